"""The sample brands are read without a word, and differ as real ones do."""

from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from themekit.source.json_text import read_json
from themekit.source.policy_schema import policy_schema_object
from themekit.source.schema import brand_schema_object

ROOT = Path(__file__).parents[2]
SAMPLES = ("acme", "harrow", "volt", "zitrone")
ALL = (*SAMPLES, "themekit")


@pytest.fixture(scope="module")
def brands(read_project):
    files = {str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / "brands").rglob("*") if path.is_file()}
    return {name: read_project(files, path=f"brands/{name}/brand.json") for name in ALL}


def test_no_sample_has_a_mistake(brands):
    assert dict.fromkeys(ALL, "") == {name: reading.text for name, reading in brands.items()}


@pytest.mark.parametrize("name", [*ALL, "_shared"])
def test_every_file_fits_the_schema(name):
    brand, policy = map(jsonschema.Draft202012Validator, (brand_schema_object(), policy_schema_object()))
    for path in (ROOT / "brands" / name).glob("*.json"):
        validator = policy if path.stem == "policy" else brand
        document, _ = read_json(PurePosixPath(path.name), path.read_bytes())
        if name == "_shared":  # a base alone is no brand, so its own shape is judged as if it extended another
            document.value["extends"] = "x.json"
        validator.validate(document.value)


def test_the_smallest_is_exactly_the_smallest():
    text = (ROOT / "brands/acme/brand.json").read_text(encoding="utf-8")
    assert '{"name": "Acme", "color": {"primary": "#0b5fff"}}\n' == text


def test_one_has_an_awkward_name_and_is_german(brands):
    brand = brands["zitrone"].brand
    assert 'Zitrone & Söhne’s "Pay"' == brand.name  # fmt: skip
    assert ("de", "https://zitrone.example/entwickler/") == (brand.locale, brand.urls.site)
    assert ("ZitroneSoehnesPay", "17px") == (brand.sdk.client, f"{brand.typography.scale.base.value:g}px")


def test_they_differ_in_form(brands):
    samples = [brands[name].brand for name in SAMPLES]
    shapes = {(brand.shape.radius, brand.shape.shadow, brand.shape.density) for brand in samples}
    families = {brand.typography.heading.family for brand in samples}
    assert (4, 4) == (len(shapes), len(families))
    assert not {"disputes", "samples"} & set(brands["harrow"].brand.portal.sections)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "brands").rglob("*.svg")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_logos_are_shapes_alone(path):
    """No text that needs a font, nothing that loads or runs."""
    allowed = {"svg", "defs", "linearGradient", "stop", "rect", "path", "circle"}
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # our own files
    assert {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()} <= allowed
    assert "0 0 " == root.get("viewBox")[:4]
