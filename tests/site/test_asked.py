"""What a brand has and no page asks for makes no variant of its own."""

import pytest

from themekit.model import SourceFile
from themekit.site.asked import asked_in
from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.variant import variant_of

PHONE = {
    "name": "Acme",
    "color": {"primary": "#0b5fff"},
    "contact": {"phone": "+49 30 1234567", "email": "a@b.example"},
}


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("# Plain {{ brand.name }}", []),
        ("{% if brand.contact.phone %}\nCall.\n{% endif %}", ["contact.phone"]),
        (
            "{% if not brand.contact.phone %}\nMail.\n{% else %}\n{{ brand.contact.phone }}\n{% endif %}",
            ["contact.phone"],
        ),
        ("{% if locale == 'de' or brand.urls.terms %}\nx\n{% endif %}", ["urls.terms"]),
        ("{% if sections.x %}\n{% if brand.contact.email %}\nx\n{% endif %}\n{% endif %}", ["contact.email"]),
        ("{% if brand.portal.announcement %}\nx\n{% endif %}", ["portal.announcement.text", "portal.announcement.url"]),
        ("{{ brand.contact.address }} without a guard", ["contact.address"]),
        ("{% raw %}\n{{ brand.contact.phone }}\n{% endraw %}", []),
    ],
)
def test_what_a_page_asks_for(page, asked):
    assert asked == list(asked_in(page.encode()))


def with_page(sources, text):
    return (*sources, SourceFile(sources[1].path.with_name("more.md"), text.encode()))


def test_a_field_that_nobody_asks_for_makes_no_variant(small, make_brand):
    """The small portal asks for the e-mail address; the footer of every page asks for the terms."""
    without = {"name": "Acme", "color": {"primary": "#0b5fff"}, "contact": {"email": "a@b.example"}}
    one, other = make_brand(PHONE), make_brand(without)
    assert variant_of(one, sources=small) == variant_of(other, sources=small)
    asking = with_page(small, "{% if brand.contact.phone %}\nx\n{% endif %}\n")
    assert variant_of(one, sources=asking) != variant_of(other, sources=asking)
    terms = make_brand({**without, "urls": {"terms": "https://a.example/terms"}})
    assert variant_of(terms, sources=small) != variant_of(other, sources=small)
    nobody = make_brand({name: value for name, value in without.items() if name != "contact"})
    assert variant_of(nobody, sources=small) != variant_of(other, sources=small)


def test_no_render_sees_what_is_not_in_the_key(small, make_brand):
    brand = make_brand(PHONE)
    inputs = SiteInputs(variant_of(brand, sources=small), slot_fields(brand))
    assert "contact.phone" not in inputs.fields
    assert "a@b.example" == inputs.fields["contact.email"]
