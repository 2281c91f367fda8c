"""The bill of materials: the packages whose content is in a bundle, as CycloneDX 1.6. The files stay in the manifest.

Source: https://cyclonedx.org/docs/1.6/json/; package URLs: https://github.com/package-url/purl-spec.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.bundle.manifest import BundleBrand

SBOM_PATH = PurePosixPath(".themekit/sbom.cdx.json")
SPEC_VERSION = "1.6"
MAX_SBOM_BYTES = 8 * 1024 * 1024
MEDIA_TYPE = "application/vnd.cyclonedx+json"

_SERIAL_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://themekit.example/sbom")
_LICENSE_ID = re.compile(r"[A-Za-z0-9.+-]+")


class InvalidSbomError(ValueError):
    """No bill of materials of the bundle; the message says why, as a clause after "the bill of materials"."""


@dataclass(frozen=True, slots=True)
class Component:
    """A package. `ecosystem` is `pypi`, `npm` or `generic`; `license` an SPDX expression, "" if nobody says.

    `version` is "" where the package was compiled into another one that does not tell. `of` names that one.
    """

    ecosystem: str
    name: str
    version: str
    license: str
    of: str = ""

    @property
    def purl(self) -> str:
        """The package URL, which is also the component's reference."""
        name = quote(self.name, safe="/")
        return f"pkg:{self.ecosystem}/{name}@{quote(self.version)}" if self.version else f"pkg:{self.ecosystem}/{name}"


def sbom_json(brand: BundleBrand, components: Iterable[Component], *, tool_version: str, epoch_s: int) -> bytes:
    """The document; `epoch_s` is its time, and its serial number is made from its content, so it is the same again."""
    root = f"themekit:{brand.id}@{brand.version}"
    listed, direct, inside = _texts(tuple(sorted(dict.fromkeys(components), key=lambda component: component.purl)))
    first = f'{{"dependsOn":{direct},"ref":{_text(root)}}}'
    document: dict[str, object] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {"components": [{"type": "application", "name": "themekit", "version": tool_version}]},
            "component": {"type": "application", "bom-ref": root, "name": brand.id, "version": brand.version},
        },
    }
    long = f'"components":{listed},"dependencies":[{first}{inside}]'
    serial = uuid.uuid5(_SERIAL_SPACE, f"{_text(document)}{long}").urn
    return f"{_text(document | {'serialNumber': serial})[:-1]},{long}}}".encode()


def check_sbom(content: bytes, brand: BundleBrand) -> int:
    """The number of components of the brand's bill of materials. Raises InvalidSbomError."""
    if len(content) > MAX_SBOM_BYTES:
        raise InvalidSbomError(f"is larger than {MAX_SBOM_BYTES} bytes")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidSbomError("is not JSON") from error
    if not isinstance(document, dict) or document.get("bomFormat") != "CycloneDX":
        raise InvalidSbomError("is no CycloneDX document")
    if document.get("specVersion") != SPEC_VERSION:
        raise InvalidSbomError(f"is not of version {SPEC_VERSION}, the only one known here")
    metadata, components = document.get("metadata"), document.get("components")
    about = metadata.get("component") if isinstance(metadata, dict) else None
    if not isinstance(about, dict) or (about.get("name"), about.get("version")) != (brand.id, brand.version):
        raise InvalidSbomError("is of another brand or version than the manifest")
    if not isinstance(components, list) or not all(_is_component(each) for each in components):
        raise InvalidSbomError("has components without a name or a package URL")
    return len(components)


def _is_component(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("name", "purl", "type"))


def _component(component: Component) -> dict[str, object]:
    document: dict[str, object] = {"type": "library", "bom-ref": component.purl, "name": component.name}
    if component.version:
        document["version"] = component.version
    if component.license:
        is_id = _LICENSE_ID.fullmatch(component.license)
        document["licenses"] = (
            [{"license": {"id": component.license}}] if is_id else [{"expression": component.license}]
        )
    return document | {"purl": component.purl}


@lru_cache(maxsize=16)
def _texts(components: tuple[Component, ...]) -> tuple[str, str, str]:
    """What brands of a variant share, as JSON: the components; what the bundle holds; what these were compiled from."""
    by_name = {each.name: each.purl for each in components}
    direct = [each.purl for each in components if each.of not in by_name]
    inside: dict[str, list[str]] = {}
    for each in components:
        if each.of in by_name:
            inside.setdefault(by_name[each.of], []).append(each.purl)
    more = "".join(f",{_text({'ref': ref, 'dependsOn': held})}" for ref, held in inside.items())
    return _text([_component(each) for each in components]), _text(direct), more


def _text(document: object) -> str:
    return json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
