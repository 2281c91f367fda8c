"""The page on writing pages names the placeholders there are, and those that may be absent."""

from tests.docs.markdown_pages import code_words, handbook_page
from themekit.site.fields import PLACEHOLDERS
from themekit.site.metadata import PARTNER_KEYS
from themekit.site.pages import GROUPS
from themekit.site.sanitise import URL_SCHEMES
from themekit.site.variant import HIDDEN_BY_DEFAULT, NOT_SECTIONS

PAGE = handbook_page("portal-content")
PROSE = " ".join(PAGE.prose)


def test_placeholders():
    rows = [row for table in PAGE.tables() if table[0][0] == "names" for row in table[1:]]
    listed = [(word, value == "always") for names, value in rows for word in code_words(names)]
    assert {(f"brand.{field.name}", not field.is_optional) for field in PLACEHOLDERS} == set(listed)
    assert len(listed) == len(PLACEHOLDERS)


def test_groups_sections_and_keys():
    for name in GROUPS:
        assert f"`brand.{name}`" in PROSE
    for name in NOT_SECTIONS | HIDDEN_BY_DEFAULT | PARTNER_KEYS | (URL_SCHEMES - {"brand"}):
        assert f"`{name}`" in PROSE, name
