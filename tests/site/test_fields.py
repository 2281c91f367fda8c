"""What a brand's fields are on pages: where an announcement leads, and how Go names a module."""

import pytest

from themekit.site.compiling import slot_names
from themekit.site.fields import ANNOUNCED_PAGE, slot_fields, text_fields
from themekit.site.variant import variant_of

SITE = "https://acme.example/"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("payouts/index.md", "payouts/index.html"),
        ("payouts/", "payouts/index.html"),
        ("a.md?x=b.md#c.md", "a.html?x=b.md#c.md"),
        ("a.html", "a.html"),
        ("#news", "index.html#news"),
        ("/payouts/", None),
        ("https://x.example/a.md", None),
        ("mailto:a@x.example", None),
    ],
)
def test_where_an_announcement_leads(url, page, make_brand):
    portal = {"announcement": {"text": "New", "url": url}}
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}, "portal": portal})
    fields, variant = slot_fields(brand), variant_of(brand, sources=())
    assert page == fields.get(ANNOUNCED_PAGE)
    assert (page is not None) is variant.announces_page is (ANNOUNCED_PAGE in slot_names(variant))
    if page:
        assert SITE + page == fields["portal.announcement.url"]


def test_without_an_announcement_there_is_no_page(plain_brand):
    assert ANNOUNCED_PAGE not in slot_fields(plain_brand)
    assert not variant_of(plain_brand, sources=()).announces_page


@pytest.mark.parametrize(("version", "expected"), [("1.9.0", "acme.example/go"), ("2.0.1", "acme.example/go/v2")])
def test_the_go_module_is_that_of_its_major_version(version, expected, make_brand):
    """As programs import it. Source: Go modules, "Major version suffixes"."""
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}, "version": version})
    assert expected == text_fields(brand)["sdk.go.module"]
