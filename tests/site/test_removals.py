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


TABLE = "| a | b |\n|---|---|\n| 1 | `c` |\n"


def told(text):
    """Line, column and message of each, of a page's source."""
    found = []
    own = ThemekitExtension(partner=True, removals=found)
    markdown.markdown(text, extensions=[own, "attr_list", "md_in_html", "tables", "toc"])
    source = SourceFile(PATH, text.encode())
    return [(each.place.line, each.place.column, each.message, each.hint) for each in report_removals(found, source)]


def test_an_unclosed_math_is_one_warning_that_says_what_it_took():
    """All that follows is MathML to a parser: tables and code lose their tags, which is no mistake of theirs."""
    text = f"# A\n\nA formula: <math><mi>x\n\n{TABLE}\n<p class='md-x'>x</p>\n"
    message = "`<math>` was removed, and all markup after it, as it is not closed: the text was kept"
    assert [(3, 12, message, "close it with `</math>`, or leave it out")] == told(text)


def test_what_was_removed_before_an_unclosed_element_is_told_too():
    text = f"<blink>x</blink> <b onclick='x'>y</b>\n\nA formula: <math><mi>x\n\n{TABLE}"
    assert [
        (1, 1, "`<blink>` was removed, and the text in it kept"),
        (1, 30, "`onclick=x` was removed from `<b>`"),
        (3, 12, "`<math>` was removed, and all markup after it, as it is not closed: the text was kept"),
    ] == sorted(each[:3] for each in told(text))


def test_an_unclosed_comment_is_one_warning():
    before = "<p>a</p><!-- <table><tr><td>x</td></tr></table>"
    source = SourceFile(PATH, b"a\n<!-- \n")
    (found,) = report_removals(removals_of(before, sanitise(before)), source)
    assert (2, 1) == (found.place.line, found.place.column)
    assert found.message.startswith("a comment was removed, and all markup after it")
    assert "close it with `-->`, or leave it out" == found.hint


def test_markup_that_nothing_unclosed_took_is_told_as_it_is():
    (found,) = report_removals([Removal("table")], SourceFile(PATH, b"a <table>"))
    assert "`<table>` was removed, and the text in it kept" == found.message


def test_a_closed_math_loses_its_own_elements_only():
    text = f"<math><mi>x</mi></math>\n\n{TABLE}"
    assert ["`<math>`", "`<mi>`"] == [message.partition(" ")[0] for _, _, message, _ in told(text)]


def test_code_and_head_that_show_a_tag_are_not_its_place():
    text = "---\ntitle: <blink>\n---\n\n`<blink>`\n\n```\n<blink>\n```\n\n<blink>x</blink>\n"
    (found,) = report_removals([Removal("blink")], SourceFile(PATH, text.encode()))
    assert (11, 1) == (found.place.line, found.place.column)
    (found,) = report_removals([Removal("blink")], SourceFile(PATH, b"`<blink>`"))
    assert (1, 2) == (found.place.line, found.place.column), "better there than nowhere"


def test_a_value_that_is_written_with_entities_has_a_place():
    (found,) = report_removals([Removal("p", "style", "a&b")], SourceFile(PATH, b'x\n<p style="a&amp;b">'))
    assert (2, 11) == (found.place.line, found.place.column)
