"""Whatever the sanitiser takes out of a partner's page is named, at its place in the page."""

from pathlib import PurePosixPath

import markdown

from themekit.model import SourceFile
from themekit.site.markdown import ThemekitExtension
from themekit.site.removals import MAX_REPORTED, Removal, removals_of, report_removals
from themekit.site.sanitise import sanitise

PATH = PurePosixPath("brands/acme/docs/x.md")


def removed(text):
    return removals_of(text, sanitise(text))


def reported(text):
    """Of a page's source, through Markdown."""
    found = []
    own = ThemekitExtension(partner=True, removals=found)
    markdown.markdown(text, extensions=[own, "attr_list", "md_in_html", "tables", "toc"])
    source = SourceFile(PATH, text.encode())
    return [(each.place.line, each.place.column, each.code) for each in report_removals(found, source)]


def test_nothing_is_removed_from_a_good_page():
    assert () == removed('<p id="a" class="annotate">x<br />y &amp; <a href="../b.html">z</a></p>')


def test_a_tag_an_attribute_a_class_and_a_link():
    text = (
        '<marquee loop="1">x</marquee><p onclick="a()" class="note md-overlay" id="body$"><a href="javascript:a">x</a>'
    )
    assert (
        Removal("marquee"),
        Removal("p", "onclick", "a()"),
        Removal("p", "class", "md-overlay"),
        Removal("p", "id", "body$"),
        Removal("a", "href", "javascript:a"),
    ) == removed(text)


def test_a_page_of_faults_is_cut():
    assert MAX_REPORTED == len(removed("".join(f'<p id="A{number}">' for number in range(100))))


def test_each_is_reported_at_its_place():
    text = "# A {#Big}\n\ntext\n{: onclick=alert .md-overlay .annotate }\n\n<p>a <iframe></iframe></p>\n"
    assert [
        (1, 7, "partner-markup"),
        (4, 12, "partner-markup"),
        (4, 19, "partner-markup"),
        (6, 6, "partner-markup"),
    ] == sorted(reported(text))


def test_a_link_that_only_the_sanitiser_sees_is_an_error():
    """No check of the source finds it: the target is put together by Markdown."""
    found = reported("text\n{: class=x }\n\n[a]{: href=javascript:alert }\n\n<a\nhref\n=\njavascript:x>y</a>\n")
    assert (9, 1, "unsafe-link") in found


def test_what_has_no_place_of_its_own_is_at_the_pages_start():
    (found,) = report_removals([Removal("p", "title", "nowhere")], SourceFile(PATH, b"x"))
    assert (1, 1) == (found.place.line, found.place.column)


def test_an_attribute_without_a_value():
    (found,) = report_removals([Removal("p", "inert")], SourceFile(PATH, b"a <p inert>"))
    assert (1, 6, "`inert` was removed from `<p>`") == (found.place.line, found.place.column, found.message)
