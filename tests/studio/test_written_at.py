"""The place of an element in its page's Markdown, from what the browser shows of the element."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from themekit.studio.written_at import written_at

PAGE = """\
---
title: Offers
---

# Offers

Our *best* offer
is here, and now. Twice, twice.

<p class="promo" style="color: #c9ced6">Now</p>

![](../pictures/till.png)

See [the list](prices.md#all) & **more**.
"""


def found(html, page=PAGE):
    place = written_at(page, html)
    return None if place is None else page[slice(*place)]


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<p class="promo" style="color: #c9ced6">Now</p>', '<p class="promo" style="color: #c9ced6">Now</p>'),
        ('<p class="promo" style="color: #c9ced6">Of…', '<p class="promo" style="color: #c9ced6">'),
        ("<p>Our <em>best</em> offer is here, and now. Twice, twice.</p>", "offer\nis here, and now. Twice, twice."),
        ("<p>Our <em>best</em> offer is here, and no…", "offer\nis here, and"),
        ('<img alt="" src="../../pictures/till.png">', "till.png"),
        ('<a href="../prices.html#all">the list</a>', "the list"),
        ("<p>See <a>the list</a> &amp; <strong>more</strong>.</p>", "the list"),
    ],
    ids=["raw", "cut", "lines", "cut-word", "picture", "link", "entity"],
)
def test_what_stands_there_once_is_the_place(html, written):
    assert written == found(html)


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Offers</h1>",
        "<p>wice</p>",
        "<p>No</p>",
        "<p>Another brand's name</p>",
        '<svg viewBox="0 0 24 24"></svg>',
        "",
        "…",
        "<p cla…",
    ],
    ids=["twice", "half-a-word", "short", "stamped", "drawn", "nothing", "cut-to-nothing", "half-a-tag"],
)
def test_what_is_not_sure_has_no_place(html):
    assert found(html) is None


HOSTILE = "<>/&;!-[]\"'= \nabp…*(?\\"


@example("<![a[…", "<![a[")
@example("<p><!-- <![b", "")
@given(st.text(alphabet=HOSTILE, max_size=60), st.text(alphabet=HOSTILE, max_size=200))
def test_any_element_and_any_page_are_looked_at(html, page):
    """A hostile page breaks nothing, and a place is within the file."""
    place = written_at(page, " ".join(html.split()))
    assert place is None or 0 <= place[0] < place[1] <= len(page)
