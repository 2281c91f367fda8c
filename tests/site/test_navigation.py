"""The navigation of a variant."""

import pytest

from themekit.site.navigation import missing_pages, variant_navigation

ITEMS = [
    {"Home": "index.md"},
    {"Get started": ["get-started/index.md", "get-started/keys.md"]},
    {"Guides": ["guides/index.md", {"More": ["guides/*"]}]},
    {"Payouts": ["payouts/index.md"]},
    {"Outside": "https://x.example/a.md"},
]
PAGES = [
    "index.md",
    "get-started/index.md",
    "get-started/keys.md",
    "guides/index.md",
    "guides/b.md",
    "guides/a.md",
    "payouts/index.md",
]


def shown(**changes):
    options = {"pages": PAGES, "hidden": frozenset(), "added": [], "locale": "en", **changes}
    return variant_navigation(ITEMS, **options)


def test_folders_are_filled_in():
    assert {"Guides": ["guides/index.md", {"More": ["guides/a.md", "guides/b.md"]}]} == shown()[2]


def test_hidden_sections_go_with_their_titles():
    assert ["Home", "Get started", "Outside"] == [
        title for item in shown(hidden=frozenset({"guides", "payouts"})) for title in item
    ]


def test_titles_are_in_the_language():
    assert ["Start", "Erste Schritte", "Anleitungen", "Auszahlungen", "Outside"] == [
        title for item in shown(locale="de") for title in item
    ]


@pytest.mark.parametrize(
    ("page", "place"),
    [("payouts/own.md", 3), ("guides/own.md", 2)],
)
def test_an_added_page_ends_its_section(page, place):
    (children,) = shown(added=[page])[place].values()
    assert page == children[-1]


def test_an_added_page_without_section_ends_the_navigation():
    assert ["own.md", "new/own.md"] == shown(added=["own.md", "new/own.md"])[-2:]


def test_a_page_that_replaces_one_is_not_listed_twice():
    assert shown() == shown(added=["get-started/keys.md"])


def test_an_added_page_of_a_hidden_section_stays_hidden():
    assert shown(hidden=frozenset({"payouts"})) == shown(hidden=frozenset({"payouts"}), added=["payouts/own.md"])


def test_pages_that_do_not_exist_are_left_out_and_named():
    pages = [page for page in PAGES if page != "get-started/keys.md"]
    assert {"Get started": ["get-started/index.md"]} == shown(pages=pages)[1]
    assert ("get-started/keys.md",) == missing_pages(ITEMS, pages=pages, hidden=frozenset())
    assert () == missing_pages(ITEMS, pages=pages, hidden=frozenset({"get-started"}))


REFERENCE_PAGES = [
    "reference/errors.md",
    "reference/index.md",
    "reference/payments.md",
    "reference/types/payments.md",
    "reference/types/shared.md",
]


def test_the_reference_has_a_section_of_its_own_where_the_navigation_says_nothing_of_it():
    (title, entries), *_ = shown(pages=[*PAGES, *REFERENCE_PAGES])[-1].items()
    types = {"Types": ["reference/types/payments.md", "reference/types/shared.md"]}
    more = {"Operations and types": ["reference/payments.md", types]}
    assert ("API reference", ["reference/index.md", "reference/errors.md", more]) == (title, entries)


def test_the_reference_stands_where_the_navigation_has_it():
    items = [{"API": ["reference/index.md"]}, "index.md"]
    pages = [*PAGES, *REFERENCE_PAGES]
    assert items == variant_navigation(items, pages=pages, hidden=frozenset(), added=[], locale="en")


def test_a_portal_whose_brand_hides_the_reference_has_no_section_of_it():
    assert shown() == shown(pages=[*PAGES, *REFERENCE_PAGES], hidden=frozenset({"reference"}))
