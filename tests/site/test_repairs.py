"""Titles that Python-Markdown writes in English are in the page's language."""

from markdown import markdown

from themekit.site.repairs import repaired

PAGE = markdown(
    "# A\n\nx[^1]\n\n[^1]: y", extensions=["toc", "footnotes"], extension_configs={"toc": {"permalink": True}}
)


def test_titles_of_links_are_german():
    page = repaired(PAGE, "de")
    assert '<a class="headerlink" href="#a" title="Link zu diesem Abschnitt">' in page
    assert 'title="Zurück zu Fußnote 1 im Text">' in page


def test_english_pages_stay_as_they_are():
    assert PAGE == repaired(PAGE, "en")
