"""The bill of materials is CycloneDX 1.6 by its strict schema, tells what is in the bundle, and is always the same."""

import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from themekit.build.bill import WITH_THEME, components_of
from themekit.bundle.manifest import BundleBrand
from themekit.bundle.sbom import Component, check_sbom, sbom_json

BRAND = BundleBrand("acme", "Acme", "1.0.0", "en")
PATHS = (
    "assets/fonts/LICENSE-inter.txt",
    "assets/fonts/LICENSE-of-the-brand.txt",
    "site/assets/themekit/vendor/iframe-worker.js",
    "site/assets/themekit/vendor/mermaid.min.js",
    "site/index.html",
)
EPOCH_S = 1_790_000_000


def made(paths: tuple[str, ...] = PATHS, epoch_s: int = EPOCH_S) -> bytes:
    return sbom_json(BRAND, components_of(paths), tool_version="0.1.0", epoch_s=epoch_s)


def test_the_strict_schema_holds():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made().decode()) is None
    assert len(json.loads(made())["components"]) == check_sbom(made(), BRAND)


def test_it_is_the_same_each_time_and_another_for_another_content():
    assert made() == made(tuple(reversed(PATHS)))
    serials = {json.loads(each)["serialNumber"] for each in (made(), made(PATHS[1:]), made(epoch_s=EPOCH_S + 1))}
    assert 3 == len(serials)
    assert "2026-09-21T14:13:20Z" == json.loads(made())["metadata"]["timestamp"]


def test_it_lists_what_is_there_and_nothing_else():
    names = {each.name for each in components_of(PATHS)}
    assert {"themekit", "mkdocs", "mkdocs-material", "fontpkg-inter", "mermaid", "iframe-worker", "d3", "rxjs"} <= names
    assert {"themekit"} == {each.name for each in components_of(["theme/tokens.css"])}
    assert not {"axe-core", "fontpkg-jetbrains-mono", "fontpkg-of-the-brand"} & names
    assert "mermaid" not in {each.name for each in components_of(["site/index.html"])}


def test_everything_has_a_licence_and_a_version_where_one_is_told():
    found = components_of(PATHS)
    assert [] == [each.name for each in found if not each.license]
    assert {name for _, name, _ in WITH_THEME} == {each.name for each in found if not each.version}


def test_two_versions_of_a_package_are_two_components():
    """As npm may install one beside the other."""
    two = [Component("npm", "@a/b", version, "MIT OR Apache-2.0", "c") for version in ("1.0.0", "2.0.0")]
    document = json.loads(sbom_json(BRAND, [*two, Component("npm", "c", "1", "ISC")], tool_version="1", epoch_s=0))
    assert ["pkg:npm/%40a/b@1.0.0", "pkg:npm/%40a/b@2.0.0", "pkg:npm/c@1"] == [
        each["bom-ref"] for each in document["components"]
    ]
    assert [{"expression": "MIT OR Apache-2.0"}] == document["components"][0]["licenses"]
    assert {"pkg:npm/%40a/b@1.0.0", "pkg:npm/%40a/b@2.0.0"} == set(document["dependencies"][1]["dependsOn"])
