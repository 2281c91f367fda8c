"""What makes code a package: its manifest, its texts for people, its licence and its bill of materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.typescript.layout import Raw, literal

if TYPE_CHECKING:
    from themekit.model.api import ApiModel
    from themekit.sdk.typescript.layout import Value

NAME = slot("typescript-package", "json")
VERSION = slot("version", "json")
APACHE = "Apache-2.0"

_EXPORTS = """{
    ".": {
      "import": {
        "types": "./esm/index.d.ts",
        "default": "./esm/index.js"
      },
      "require": {
        "types": "./cjs/index.d.ts",
        "default": "./cjs/index.js"
      }
    },
    "./package.json": "./package.json"
  }"""


def manifest(api: ApiModel) -> str:
    """`package.json`."""
    license_ = APACHE if is_apache(api) else "SEE LICENSE IN LICENSE"
    members: dict[str, Value] = {
        "name": NAME,
        "version": VERSION,
        "description": f"{slot('name', 'json')} API",
        "license": license_,
        "author": slot("legal-name", "json"),
        "homepage": slot("docs-url", "json"),
        "type": "module",
        "main": "./cjs/index.js",
        "module": "./esm/index.js",
        "types": "./cjs/index.d.ts",
        "exports": Raw(_EXPORTS),
        "files": Raw('[\n    "cjs",\n    "esm",\n    "CHANGELOG.md"\n  ]'),
        "sideEffects": False,
        "engines": Raw('{\n    "node": ">=20"\n  }'),
        "scripts": Raw('{\n    "test": "node --test"\n  }'),
    }
    lines = (f'  "{name}": {_quoted(value)}' for name, value in members.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _quoted(value: Value) -> str:
    """Marks are escaped for JSON already, and all else here is plain."""
    return f'"{value}"' if isinstance(value, str) and not isinstance(value, Raw) else literal(value)


def is_apache(api: ApiModel) -> bool:
    """The description says so."""
    return api.license_name.strip().lower().replace(" ", "-").removesuffix("-license") in {
        "apache-2.0",
        "apache-license-2.0",
        "apache-license,-version-2.0",
    }


def notice() -> str:
    """A licence where the API names none: a notice."""
    return (
        f"Copyright (c) {slot('legal-name')}\n\nAll rights reserved.\n\n"
        f"This library may be used to call the API of {slot('name')}, under the terms that were agreed on for it.\n"
    )


def changelog() -> str:
    """The first entry; what follows comes with the versions."""
    return f"# Changelog\n\n## {slot('version')}\n\n- The library for the API as it is described in this version.\n"


def bill_of_materials() -> str:
    """CycloneDX 1.6: one component, no dependencies."""
    return f"""{{
  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {{
    "component": {{
      "type": "library",
      "bom-ref": "package",
      "name": "{NAME}",
      "version": "{VERSION}",
      "supplier": {{
        "name": "{slot("legal-name", "json")}"
      }}
    }}
  }},
  "components": [],
  "dependencies": [
    {{
      "ref": "package",
      "dependsOn": []
    }}
  ]
}}
"""
