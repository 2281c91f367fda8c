"""Each page of the handbook on diagnostics is run: its examples give exactly the errors it says."""

import importlib.util
import sys
from pathlib import Path

import pytest

from themekit.diagnostics.codes import defined_codes

FOLDER = Path(__file__).parent
SOURCE = FOLDER.parents[1] / "themekit" / "source"


def load_pages():
    spec = importlib.util.spec_from_file_location("literate_pages", FOLDER / "pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


pages = load_pages()
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_give_the_errors_the_page_says(page):
    for part in pages.parts_of(page.read_text(encoding="utf-8")):
        assert part.expected == pages.positions(pages.diagnose(part.files)), part.heading


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_message_shown_is_the_message_printed(page, update_golden):
    text = page.read_text(encoding="utf-8")
    fresh = pages.with_shown(text)
    if update_golden:
        page.write_text(fresh, encoding="utf-8")
    else:
        assert text == fresh


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_its_code_and_then_a_brand_without_errors(page):
    """Who reads about a mistake wants to see it made, and then made good."""
    parts = pages.parts_of(page.read_text(encoding="utf-8"))
    assert page.stem in {code for _, _, _, code in parts[0].expected}
    assert frozenset() == parts[-1].expected


def test_every_code_of_the_source_stage_has_a_page():
    texts = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py")}
    assert {defined.code.name for defined in defined_codes(texts)} == {page.stem for page in PAGES}


def test_summaries_open_their_pages():
    """The list of codes and the page say the same."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py")}
    for defined in defined_codes(texts):
        page = (FOLDER / f"{defined.code.name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# `{defined.code.name}`\n\n{defined.code.summary}\n"), defined.code.name
