"""A brand's SDK from an SDK's template: its values put into the slots."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact, Slot
from themekit.model.sdk import SdkTemplate, go_module, sdk_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.model import Brand

_PRERELEASE = re.compile(r"(\d+\.\d+\.\d+)(?:-(.*))?")
_PEP_440 = {"alpha": "a", "beta": "b", "rc": "rc", "dev": ".dev"}
_SAYABLE = re.compile(r"(alpha|beta|rc|dev)(?:\.([1-9]\d*))?")


def stamp(template: SdkTemplate, brand: Brand, *, folder: PurePosixPath) -> tuple[Artifact, ...]:
    """The files of the brand's SDK, below `folder`, in the order of the template."""
    return fill(template, slot_values(brand), folder=folder)


def fill(template: SdkTemplate, values: Mapping[str, str], *, folder: PurePosixPath) -> tuple[Artifact, ...]:
    """The same with these values, by slot. A file without slots is the same in every brand, and says so."""
    written: dict[Slot, str] = {}

    def filled(part: str | Slot) -> str:
        if isinstance(part, str):
            return part
        if part not in written:
            written[part] = ESCAPINGS[part.escaping](values[part.field])
        return written[part]

    return tuple(
        Artifact(
            folder / "".join(map(filled, file.path)),
            "".join(map(filled, file.parts)).encode(),
            file.media_type,
            is_shared=not any(isinstance(part, Slot) for part in file.parts),
        )
        for file in template.files
    )


def stamped_text(text: str, brand: Brand) -> str:
    """A text with marks, such as a sample, in the brand's name."""
    template = SdkTemplate("", (sdk_file("text", text),))
    (file,) = fill(template, slot_values(brand), folder=PurePosixPath())
    return file.content.decode()


def slot_values(brand: Brand) -> Mapping[str, str]:
    """What a brand has for each slot."""
    sdk = brand.sdk
    return {
        "id": brand.id,
        "name": brand.name,
        "legal-name": brand.legal_name,
        "version": brand.version,
        "base-url": brand.api.base_url,
        "sandbox-url": brand.api.sandbox_url,
        "home-url": brand.urls.home,
        "support-url": brand.urls.support or "",
        "repository-url": brand.urls.repository or "",
        "email": brand.contact.email or "",
        "docs-url": brand.urls.site,
        "client": sdk.client,
        "typescript-package": sdk.typescript.package,
        "python-package": sdk.python.package,
        "python-module": sdk.python.module,
        "python-path": sdk.python.module.replace(".", "/"),
        "python-version": python_version(brand.version),
        "java-group": sdk.java.group,
        "java-artifact": sdk.java.artifact,
        "java-package": sdk.java.package,
        "java-path": sdk.java.package.replace(".", "/"),
        "java-group-path": sdk.java.group.replace(".", "/"),
        "go-module": go_module(sdk.go.module, brand.version),
        "go-package": sdk.go.package,
        "go-version": f"v{brand.version}",
    }


def python_version(version: str) -> str:
    """A semantic version as PEP 440 has it: `1.0.0-beta.2` is `1.0.0b2`. What `version_fault` refuses is `.dev0`."""
    found = _PRERELEASE.fullmatch(version)
    if found is None or not found[2]:
        return version
    said = _SAYABLE.fullmatch(found[2])
    return f"{found[1]}.dev0" if said is None else f"{found[1]}{_PEP_440[said[1]]}{said[2] or 0}"


def version_fault(language: str, version: str) -> str | None:
    """What is wrong with a version in a language: Python has no name for every pre-release.

    Two versions are never one there: `1.0.0-alpha.0` would be `1.0.0-alpha`, and `1.0.0-x1` the same as `1.0.0-y1`.
    Source: PEP 440, "Pre-releases" and "Developmental releases".
    """
    found = _PRERELEASE.fullmatch(version)
    if language != "python" or found is None or not found[2] or _SAYABLE.fullmatch(found[2]):
        return None
    return "has a pre-release that versions of Python cannot say"


def _json(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/") if "</" in text else json.dumps(text)[1:-1]


def _string(text: str) -> str:
    """In Python and Go: one escape for each character, as surrogates mean nothing to them."""
    return "".join(
        each if each.isascii() and each.isprintable() and each not in '"\\' else f"\\U{ord(each):08x}" for each in text
    )


def _xml(text: str) -> str:
    return re.sub(r"[&<>\"']", lambda found: f"&#{ord(found[0])};", text)


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", text)


def _comment(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).replace("\\", "/")  # first: `*\` would become what ends a comment
    return plain.replace("*/", "* /").replace('"""', "'''")


ESCAPINGS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "json": _json,
    "string": _string,
    "xml": _xml,
    "markdown": _markdown,
    "comment": _comment,
}
