"""The files around the modules: metadata, README, licence, changelog, bill of materials, tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.python.own_tests import own_tests
from themekit.sdk.python.printed import imported
from themekit.sdk.python.readme import readme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.api import ApiModel
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.methods import Resource

_ERRORS = [
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "MissingCredentialsError",
    "NotFoundError",
    "PaymentDeclinedError",
    "PermissionDeniedError",
    "RateLimitError",
    "SdkError",
    "ServerError",
    "UnprocessableEntityError",
    "WebhookVerificationError",
]
_CORE = {
    "_core.async_transport": ["AsyncHttpTransport"],
    "_core.headers": ["Headers"],
    "_core.messages": ["AsyncTransport", "HttpRequest", "ResponseInfo", "Transport"],
    "_core.options": ["UNSET", "Timeout", "Unset"],
    "_core.requests": ["Upload"],
    "_core.streams": ["AsyncDownload", "AsyncStream", "Download", "ServerEvent", "Stream"],
    "_core.sync_transport": ["HttpTransport"],
    "_core.values": ["Model", "Unknown"],
}


def public_names() -> tuple[str, ...]:
    """What programs import from the package besides the clients."""
    return tuple(sorted([*_ERRORS, *(name for names in _CORE.values() for name in names)]))


def package_files(
    api: ApiModel, resources: Sequence[Resource], *, types: Types, apache: str, with_tests: bool
) -> dict[str, str]:
    """The text of each file by its path. `apache` is the text of that licence."""
    files = {
        "pyproject.toml": _pyproject(api),
        "README.md": readme(api, resources, types=types),
        "LICENSE": apache if is_apache(api) else _NOTICE,
        "CHANGELOG.md": _changelog(api),
        "sbom.cdx.json": _materials(api),
    }
    return {**files, **(own_tests(api, resources, types=types) if with_tests else {})}


def root_text() -> str:
    """The module that programs import. The clients are imported apart: their names are the brand's."""
    client = slot("client")
    lines = [f'"""The client library of {slot("name", "comment")}."""', "", "from __future__ import annotations", ""]
    for module, names in sorted({**_CORE, "errors": list(_ERRORS)}.items()):
        lines += imported(f".{module}", names)
    lines += ["", "# isort: split", f"from ._client import Async{client}", f"from ._client import {client}", ""]
    lines += [f'__version__ = "{slot("python-version")}"', ""]
    exported = [f'"Async{client}"', f'"{client}"', *(f'"{name}"' for name in public_names()), '"types"']
    lines += ["__all__ = [", *(f"    {name}," for name in exported), "]"]
    return "\n".join([*lines, "", "# isort: split", "from . import types  # noqa: E402"]) + "\n"


def _pyproject(api: ApiModel) -> str:
    licence = _licence_id(api)
    return "\n".join(
        [
            "[build-system]",
            'requires = ["hatchling>=1.27"]',
            'build-backend = "hatchling.build"',
            "",
            "[project]",
            f'name = "{slot("python-package")}"',
            f'version = "{slot("python-version")}"',
            f'description = "The client library of {slot("name", "string")}."',
            'readme = "README.md"',
            'requires-python = ">=3.10"',
            f'license = "{licence}"',
            'license-files = ["LICENSE"]',
            f'authors = [{{ name = "{slot("legal-name", "string")}" }}]',
            "dependencies = []",
            "classifiers = [",
            '    "Programming Language :: Python :: 3",',
            '    "Programming Language :: Python :: 3.10",',
            '    "Programming Language :: Python :: 3.11",',
            '    "Programming Language :: Python :: 3.12",',
            '    "Programming Language :: Python :: 3.13",',
            '    "Typing :: Typed",',
            "]",
            "",
            "[project.urls]",
            f'Homepage = "{slot("home-url", "string")}"',
            f'Documentation = "{slot("docs-url", "string")}"',
            "",
            "[tool.hatch.build.targets.wheel]",
            f'packages = ["src/{slot("python-path")}"]',
            'sources = ["src"]',
            "",
            "[tool.hatch.build.targets.sdist]",
            'include = ["src", "tests", "README.md", "CHANGELOG.md", "LICENSE", "sbom.cdx.json"]',
            "",
        ]
    )


def is_apache(api: ApiModel) -> bool:
    """The description says that its licence is that one."""
    return api.license_name.strip().lower().replace(" ", "-") in {"apache-2.0", "apache-license-2.0", "apache-2"}


def _licence_id(api: ApiModel) -> str:
    return "Apache-2.0" if is_apache(api) else "LicenseRef-Proprietary"


_NOTICE = (
    f"Copyright (c) {slot('legal-name')}\n\n"
    "All rights reserved. You may use this software to call the services of the\n"
    "copyright holder, under the terms on which these services are provided to you.\n"
)


def _changelog(api: ApiModel) -> str:
    version = " ".join(api.version.split())
    clean = "".join(each for each in version if each.isalnum() or each in ".-_+ ")
    return f"# Changelog\n\n## {slot('version')}\n\n- Made for version {clean or 'unknown'} of the API.\n"


def _materials(api: ApiModel) -> str:
    """CycloneDX 1.6: the library has no dependency."""
    package, version = slot("python-package", "json"), slot("python-version", "json")
    component = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{package}@{version}",
        "supplier": {"name": slot("legal-name", "json")},
        "name": package,
        "version": version,
        "purl": f"pkg:pypi/{package}@{version}",
        "licenses": [{"license": {"id": "Apache-2.0"} if is_apache(api) else {"name": "Proprietary"}}],
        "properties": [{"name": "api:version", "value": api.version}, {"name": "api:sha256", "value": api.digest}],
    }
    content = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component},
        "components": [],
        "dependencies": [{"ref": component["bom-ref"], "dependsOn": []}],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
