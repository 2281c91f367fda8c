"""What belongs to a Go module besides its source: go.mod, licence, changelog, bill of materials, and doc.go."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from themekit.model.sdk import sdk_file, slot
from themekit.sdk.go.comments import comment, one_line
from themekit.sdk.go.readme import readme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.sdk import SdkFile, SdkOptions
    from themekit.sdk.go.plan import Plan

GO_VERSION = "1.21"
LICENSE_TEXT = "LICENSE-Apache-2.0.txt"
_APACHE = frozenset({"apache-2.0", "apache 2.0", "apache license 2.0", "apache license, version 2.0"})


def package_files(plan: Plan, options: SdkOptions) -> Iterator[SdkFile]:
    """The files beside the source."""
    yield sdk_file("go.mod", f"module {slot('go-module')}\n\ngo {GO_VERSION}\n")
    yield sdk_file("doc.go", _doc(plan), media_type="text/x-go")
    yield sdk_file("README.md", readme(plan), media_type="text/markdown")
    yield sdk_file("CHANGELOG.md", _changelog(plan.api), media_type="text/markdown")
    yield sdk_file("LICENSE", _license(plan.api, options))
    yield sdk_file("sbom.cdx.json", _sbom(plan.api), media_type="application/vnd.cyclonedx+json")


def is_apache(api: ApiModel) -> bool:
    """The API is under the Apache License 2.0."""
    return api.license_name.strip().lower() in _APACHE


def _doc(plan: Plan) -> str:
    about = comment(plan.api.docs.summary.strip() or f"It calls the API {one_line(plan.api.title)}.")
    lines = [f"// Package {slot('go-package')} calls the API of {slot('name', 'comment')}.", "//", *about]
    lines += ["//", "// Make one client for the process with New. Its fields are the resources of the API."]
    return "\n".join([*lines, f"package {slot('go-package')}", ""])


def _changelog(api: ApiModel) -> str:
    version = re.sub(r"[^\w.+-]+", "-", api.version, flags=re.ASCII) or "-"
    return (
        "# Changelog\n\n"
        f"## {slot('version')}\n\n"
        f"- All operations of version {version} of the API.\n\n"
        "The module follows semantic versioning.\n"
    )


def _license(api: ApiModel, options: SdkOptions) -> str:
    text = next((each.content for each in options.sources if each.path.name == LICENSE_TEXT), None)
    if is_apache(api) and text is not None:
        return text.decode()
    return f"Copyright {slot('legal-name')}. All rights reserved.\n"


def _sbom(api: ApiModel) -> str:
    """CycloneDX 1.6. It has no serial number and no time, so that the same module has the same one."""
    reference = f"pkg:golang/{slot('go-module')}@{slot('go-version')}"
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": reference,
        "name": slot("go-module"),
        "version": slot("go-version"),
        "purl": reference,
    }
    if is_apache(api):
        component["licenses"] = [{"license": {"id": "Apache-2.0"}}]
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component},
        "components": [],
        "dependencies": [{"ref": reference, "dependsOn": []}],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
