"""A logo's colours become the seeds that they would be chosen for, with what contrast makes of them."""

import pytest

from tests.resolve.brands import resolved
from themekit.assets.logo_seeds import logo_seeds, seed_notes


def members(*colors):
    return logo_seeds(colors).members()


def test_the_most_telling_colour_is_primary_and_another_hue_the_accent():
    assert {"primary": "#0b5fff", "accent": "#e65100"} == members("#0b5fff", "#3f7dff", "#e65100", "#00a86b")
    assert ("#3f7dff", "#00a86b") == logo_seeds(("#0b5fff", "#3f7dff", "#e65100", "#00a86b")).others


def test_a_shade_of_the_primary_is_no_accent():
    assert {"primary": "#0b5fff"} == members("#0b5fff", "#6c9cff")


def test_a_tinted_grey_is_the_neutral_and_a_pure_one_is_not():
    assert {"primary": "#0b5fff", "neutral": "#6b7280"} == members("#0b5fff", "#808080", "#6b7280")
    assert {"primary": "#0b5fff"} == members("#0b5fff", "#12141a")


def test_beside_a_grey_any_colour_is_an_accent():
    assert {"primary": "#4a5766", "accent": "#0b5fff"} == members("#4a5766", "#0b5fff")


def test_nothing_has_no_seeds():
    with pytest.raises(ValueError, match="no seeds"):
        logo_seeds(())


def test_notes_have_the_figures_of_the_theme():
    seeds = logo_seeds(("#ffd60a", "#0b5fff", "#6b7280", "#e4002b"))
    notes = list(seed_notes(seeds, resolved("#ffd60a", colors={"accent": "#0b5fff", "neutral": "#6b7280"})))
    assert ["primary #ffd60a", "accent #0b5fff", "neutral #6b7280", "not taken"] == [one.split(":")[0] for one in notes]
    assert "1.38:1 on light pages, so it gets an outline there (#" in notes[0]
    assert "dark text on it has 1" in notes[0]
    assert "white text on it has 5.12:1; in high contrast it is #004bd8" in notes[1]
    assert "outline" not in notes[1]
    assert notes[3].endswith("#e4002b")
