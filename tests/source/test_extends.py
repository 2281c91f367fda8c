"""What a brand file inherits, and who is blamed for it."""

import pytest

BASE = "brands/_shared/base.json"
CHILD = '{{"extends": "../_shared/base.json", "name": "Acme"{}}}'


def extend(read, own, base, **more):
    return read(CHILD.format(f", {own}" if own else ""), {BASE: base, **more})


def test_objects_merge_and_single_values_and_arrays_replace(read):
    base = (
        '{"$schema": "x", "tagline": "base", "color": {"primary": "#000", "accent": "#111"},'
        ' "portal": {"sections": ["guides", "payments"]}, "shape": {"radius": {"value": 1, "unit": "rem"}}}'
    )
    own = (
        '"color": {"primary": "#fff"}, "portal": {"sections": ["sdks"]},'
        ' "shape": {"radius": {"value": 4, "unit": "px"}}'
    )
    brand = extend(read, own, base).brand
    assert (1, 1, 1) == brand.color.primary.components
    assert (17 / 255,) * 3 == brand.color.accent.components
    assert ("sdks",) == brand.portal.sections
    assert ("base", 4, "px") == (brand.tagline, brand.shape.radius.value, brand.shape.radius.unit)


def test_null_keeps_a_value_from_being_inherited(read):
    base = (
        '{"tagline": "base", "color": {"primary": "#000", "accent": "#111"}, "urls": {"terms": "https://a.example/"}}'
    )
    brand = extend(read, '"tagline": null, "color": {"accent": null}, "urls": null', base).brand
    assert ("Developer portal", None, None) == (brand.tagline, brand.color.accent, brand.urls.terms)


def test_null_without_anything_to_inherit_means_not_set(read):
    reading = read(
        '{"name": "Acme", "color": {"primary": "#000", "accent": null}, "tokens": {"a": null, "$type": null}}'
    )
    assert [] == reading.codes
    assert ["missing-field"] == read('{"name": null, "color": {"primary": "#000"}}').codes
    assert ["unknown-key"] == read('{"name": "A", "color": {"primary": "#000"}, "nmae2": null}').codes


def test_a_token_is_replaced_by_value_and_keeps_the_rest(read):
    base = (
        '{"color": {"primary": "#000"}, "tokens": {"$type": "color", "a": {"$value": {"colorSpace": "srgb",'
        ' "components": [0, 0, 0], "alpha": 0.5}, "$description": "A"}, "b": {"$value": "{a}"}}}'
    )
    own = '"tokens": {"a": {"$value": {"colorSpace": "srgb", "components": [1, 1, 1]}}, "b": {"$ref": "#/c"}}'
    a, b = extend(read, own, base).brand.tokens
    assert ((1, 1, 1), 1, "A") == (a.value.components, a.value.alpha, a.description)
    assert "c" == b.value.target


def test_each_mistake_is_shown_in_the_file_that_has_it(read):
    base = '{\n  "foo": 1,\n  "color": {"primary": "#00"},\n  "tokens": {"x.y": {}}\n}'
    reading = extend(read, '"color": {"accent": "#11"}, "tokens": {"a": {"$value": 1}}', base)
    places = {(str(d.place.path), d.place.line, d.code) for d in reading.diagnostics}
    assert {
        (BASE, 2, "unknown-key"),
        (BASE, 3, "invalid-color"),
        (BASE, 4, "invalid-token-name"),
        ("brands/acme/brand.json", 1, "invalid-color"),
        ("brands/acme/brand.json", 1, "missing-token-type"),
    } == places


def test_a_chain_of_files_is_merged_and_each_value_knows_its_file(read):
    files = {
        BASE: '{"extends": "grand.json", "shape": {"shadow": "none"}, "urls": {"terms": "https://b.example/"}}',
        "brands/_shared/grand.json": (
            '{"color": {"primary": "#000"}, "shape": {"radius": "2px", "shadow": "soft"},'
            ' "urls": {"privacy": "https://g.example/"}}'
        ),
    }
    brand = read(CHILD.format(""), files).brand
    assert ("none", 2) == (brand.shape.shadow, brand.shape.radius.value)
    paths = {pointer: str(origin.path) for pointer, origin in brand.origins}
    assert "brands/_shared/grand.json" == paths["/shape/radius"] == paths["/color"] == paths["/urls/privacy"]
    assert BASE == paths["/shape/shadow"] == paths["/urls/terms"]
    assert "brands/acme/brand.json" == paths["/name"]
    assert BASE == str(brand.origin_of("/shape/shadow").path)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../../../../etc/passwd", "invalid-path"),
        ("../../../../etc/passwd.json", "invalid-path"),
        ("../../pyproject.json", "invalid-path"),
        ("/brands/_shared/base.json", "invalid-path"),
        ("https://a.example/b.json", "invalid-path"),
        ("..\\\\_shared\\\\base.json", "invalid-path"),
        ("%2e%2e/x.json", "invalid-path"),
        ("../_shared/b\\u0000.json", "invalid-path"),
        ("../_shared/b\\u00e4.json", "invalid-path"),
        ("../_shared/base.yaml", "invalid-path"),
        ("", "invalid-path"),
        ("../_shared/bsae.json", "missing-file"),
    ],
)
def test_only_json_files_below_brands_are_read(read, written, code):
    reading = read(f'{{"extends": "{written}", "name": "Acme"}}', {BASE: "{}", "etc/passwd": "root:x:"})
    assert [code] == reading.codes
    assert "root:x:" not in reading.text
    assert not any(path.startswith("etc") or ".." in path for path in reading.asked)


def test_a_missing_base_has_its_nearest_name_and_no_follow_ups(read):
    reading = read('{"extends": "../_shared/bsae.json"}', {BASE: "{}"})
    assert (["missing-file"], ["did you mean `base.json`?"]) == (reading.codes, reading.hints)


def test_required_fields_may_stand_in_no_file(read):
    assert ["missing-field"] == extend(read, "", "{}").codes


def test_a_cycle_shows_its_chain(read):
    files = {BASE: '{"extends": "b.json"}', "brands/_shared/b.json": '{"extends": "base.json"}'}
    reading = read(CHILD.format(""), files)
    assert ["extends-cycle"] == reading.codes
    assert reading.messages[0].endswith(f"`{BASE}` -> `brands/_shared/b.json` -> `{BASE}`")
    assert ["extends-cycle"] == read('{"extends": "brand.json", "name": "Acme"}').codes


def test_a_long_chain_is_cut(read):
    files = {f"brands/_shared/{i}.json": f'{{"extends": "{i + 1}.json"}}' for i in range(20)}
    reading = read('{"extends": "../_shared/0.json", "name": "A"}', files)
    assert ["extends-depth"] == reading.codes
    assert 8 == len([path for path in reading.asked if path.endswith(".json")]) + 1


@pytest.mark.parametrize(
    ("base", "code"), [("[]", "wrong-type"), ("{", "json-syntax"), ('{"a": 1, "a": 2}', "json-duplicate-key")]
)
def test_a_base_that_cannot_be_read_is_reported_there(read, base, code):
    reading = extend(read, "", base)
    assert code == reading.codes[0]
    assert BASE == str(reading.diagnostics[0].place.path)


def test_extends_of_a_wrong_type(read):
    assert ["wrong-type"] == read('{"extends": 3, "name": "A"}').codes
    assert [] == read('{"extends": null, "name": "A", "color": {"primary": "#000"}}').codes
