"""A brand file as a whole."""

import pytest

from themekit.model import Color, Dimension
from themekit.source.brand import is_brand_folder


def test_the_smallest_legal_brand_has_every_default(read):
    reading = read('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    brand = reading.brand
    assert [] == reading.messages
    assert ("acme", "Acme", "Acme", "1.0.0", "en") == (
        brand.id,
        brand.name,
        brand.legal_name,
        brand.version,
        brand.locale,
    )
    assert "Developer portal" == brand.tagline
    assert "Guides, API reference and SDKs for building with Acme." == brand.description
    assert ("https://acme.example/", "https://acme.example/") == (brand.urls.site, brand.urls.home)
    assert [None] * 5 == [
        brand.urls.support,
        brand.urls.status,
        brand.urls.terms,
        brand.urls.privacy,
        brand.urls.repository,
    ]
    assert [None] * 3 == [brand.contact.email, brand.contact.phone, brand.contact.address]
    assert ("https://api.acme.example/v1", "https://sandbox.acme.example/v1") == (
        brand.api.base_url,
        brand.api.sandbox_url,
    )
    assert Color("srgb", (11 / 255, 95 / 255, 1.0)) == brand.color.primary
    assert (None, "keep") == (brand.color.accent, brand.color.solid)
    assert (Dimension(16, "px"), 1.2) == (brand.typography.scale.base, brand.typography.scale.ratio)
    assert (Dimension(6, "px"), Dimension(1, "px")) == (brand.shape.radius, brand.shape.border)
    assert ("soft", "comfortable") == (brand.shape.shadow, brand.shape.density)
    assert (None, (), None, ()) == (
        brand.portal.sections,
        brand.portal.navigation,
        brand.portal.announcement,
        brand.portal.social,
    )
    assert ("Acme", "@acme/sdk", "acme-sdk", "acme") == (
        brand.sdk.client,
        brand.sdk.typescript.package,
        brand.sdk.python.package,
        brand.sdk.python.module,
    )
    assert ("example.acme", "acme-sdk", "example.acme.sdk") == (
        brand.sdk.java.group,
        brand.sdk.java.artifact,
        brand.sdk.java.package,
    )
    assert ("acme.example/go", "acme") == (brand.sdk.go.module, brand.sdk.go.package)
    assert ["/name", "/color", "/color/primary"] == [pointer for pointer, _ in brand.origins]
    assert [] == reading.asked


def test_german_defaults(read_fields):
    brand = read_fields('"locale": "de"').brand
    assert "Entwicklerportal" == brand.tagline
    assert "Anleitungen, API-Referenz und SDKs für die Entwicklung mit Acme." == brand.description


def test_braces_in_a_name_are_text(read):
    brand = read('{"name": "{name} {0} {{ brand.name }} %s", "color": {"primary": "#000"}}').brand
    assert "Guides, API reference and SDKs for building with {name} {0} {{ brand.name }} %s." == brand.description


def test_every_mistake_is_reported_in_one_run(read):
    reading = read(
        """{
  "nmae": "Acme",
  "version": 1,
  "color": {"primary": "#0b5ff", "primry": "#000"},
  "urls": {"home": "acme"},
  "logos": {"mark": "mark.svg"},
  "tokens": {"a.b": {}, "c": {"$value": 1}},
}"""
    )
    assert [
        "error[unknown-key]: a brand has no key `nmae`",
        "error[wrong-type]: `version`: expected a string, found a number",
        "error[invalid-color]: `color.primary`: `#0b5ff` is not a colour: hex has 3, 4, 6 or 8 digits from 0 to f",
        "error[unknown-key]: `color` has no key `primry`",
        "error[invalid-url]: `urls.home`: `acme` is not absolute",
        "error[missing-file]: `logos.mark`: there is no file `mark.svg`",
        "error[invalid-token-name]: a token or group cannot be named `a.b`",
        "error[missing-token-type]: `c` has a value but no type",
        "error[json-syntax]: a comma before `}`",
    ] == [line.split(": ", 1)[1] for line in reading.text.splitlines() if ": error[" in line]


def test_what_follows_from_a_mistake_is_not_reported(read):
    """The name is there, though it cannot be read; a mistyped key is not a missing one too."""
    reading = read(
        '{"name": "\\ud800", "color": {"primray": "#000"}, "portal": {"sections": [NaN]}, "tokens": {"a": 1e999}}'
    )
    assert ["json-encoding", "json-number", "json-number", "unknown-key"] == reading.codes


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("pallete", None),
        ("colour", "did you mean `color`?"),
        ("accent", "did you mean `color.accent`?"),
        ("families", "did you mean `typography.families`?"),
        ("__proto__", None),
    ],
)
def test_unknown_keys_have_a_hint(read_fields, key, hint):
    reading = read_fields(f'"{key}": {{}}')
    assert ["unknown-key"] == reading.codes
    assert hint in {None, *reading.hints}


@pytest.mark.parametrize(
    ("text", "code"), [("[]", "wrong-type"), ('"x"', "wrong-type"), ("null", "wrong-type"), ("{}", "missing-field")]
)
def test_a_brand_is_an_object(read, text, code):
    assert code in read(text).codes


@pytest.mark.parametrize(
    ("name", "is_id"),
    [
        ("acme", True),
        ("a", True),
        ("1und1-pay", True),
        ("a" * 40, True),
        ("a" * 41, False),
        ("Acme", False),
        ("acme-", False),
        ("--help", False),
        ("con", False),
        ("lpt1", False),
        ("dist", False),
        ("shots", False),
        ("root", False),
        ("targets", False),
        ("snapshot", False),
        ("timestamp", False),
        ("metadata", False),
        ("roots", True),
        ("a b", False),
        ("söhne", False),
        ("\x1b[2J", False),
    ],
)
def test_the_folder_is_the_id(read, name, is_id):
    reading = read('{"name": "A", "color": {"primary": "#000"}}', path=f"brands/{name}/brand.json")
    assert ([] if is_id else ["invalid-brand-id"]) == reading.codes
    assert "\x1b" not in reading.text


def test_shared_folders_are_no_brands():
    assert [True, False, False] == [is_brand_folder(name) for name in ("acme", "_shared", ".git")]
