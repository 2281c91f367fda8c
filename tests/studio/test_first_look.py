"""What is told first of an edit is what light mode will be, and nothing where the edit may be a mistake."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.resolve.brands import brand
from themekit.model import Mode
from themekit.resolve import resolve_tokens
from themekit.studio.updating.first_look import first_look, glimpse
from themekit.studio.updating.patch import patch_of
from themekit.targets.css import TARGET, rules_of

OWN = {"cta": {"$type": "color", "$value": "{color.primary.9}"}, "color": {"link": {"$value": "{color.primary.12}"}}}
WRONG = {"cta": {"$type": "color", "$value": "{color.primari.9}"}}


def rules_for(found):
    return tuple(rules_of(resolve_tokens(found)[0], TARGET.options))


def colours_of(rule):
    return {name: text for name, text in rule.declarations.items() if name.startswith("--tk-color-")}


def colours_at_root(rules):
    """In light mode: what follows others in all modes stands in a rule of its own, for the root too."""
    found = {}
    for rule in rules:
        if not rule.conditions and ":root" in rule.selectors:
            found |= colours_of(rule)
    return found


def p3_root(rules):
    """None for a grey, of which no screen shows more."""
    found = (rule.declarations for rule in rules if len(rule.conditions) == 2 and ":root" in rule.selectors)
    return next(found, {})


@pytest.mark.parametrize("own", [{}, OWN], ids=["no tokens", "tokens of its own"])
@pytest.mark.parametrize("primary", ["#b3261e", "#808080", "#00ff2a"])
def test_another_seed_shows_every_colour_of_light_mode(own, primary):
    old, new = brand("#0b5fff", own), brand(primary, own)
    before, wanted = rules_for(old), rules_for(new)
    found, patch = first_look(new, before, good=old)
    assert patch_of(before, found) == patch
    assert colours_at_root(wanted) == colours_at_root(found)
    assert before[0].declarations != found[0].declarations
    wide = p3_root(wanted)
    shown = p3_root(found)
    assert {name: wide[name] for name in shown if name in wide} == {name: shown[name] for name in shown if name in wide}
    of_modes = [[rule.declarations for rule in rules[2:10]] for rules in (before, found)]  # the second is of all modes
    assert "[data-tk-mode]" in before[1].selectors
    assert of_modes[0] == of_modes[1]


@pytest.mark.parametrize("mode", list(Mode))
def test_each_mode_alone_is_as_it_will_be_and_no_other_is_touched(mode):
    old, new = brand("#0b5fff", OWN), brand("#0b62ff", OWN)
    before, wanted = rules_for(old), rules_for(new)
    found, _ = first_look(new, before, good=old, mode=mode)
    others = [place for place, rule in enumerate(before) if rule.declarations == found[place].declarations]
    touched = [place for place in range(len(before)) if place not in others]
    assert touched
    assert [colours_of(wanted[place]) for place in touched] == [colours_of(found[place]) for place in touched]
    assert set() == {str(mode)}.symmetric_difference(mode_of(before[place]) for place in touched)


def mode_of(rule):
    """By its selector that names one, as every mode's rules have in one place at least; else by what it is for."""
    text = " ".join((*rule.conditions, *rule.selectors))
    is_dark = "slate" in text or "scheme: dark" in text or '"dark' in text
    is_contrast = "contrast: more" in text or 'contrast"' in text
    return f"{'dark' if is_dark else 'light'}{'-contrast' if is_contrast else ''}"


def test_another_shape_is_shown_too():
    old, new = brand(), brand(shape={"radius": "9px"})
    found, _ = first_look(new, rules_for(old), good=old)
    assert "9px" == found[0].declarations["--tk-radius-m"]


def test_another_seed_and_another_shape_are_shown_together():
    old, new = brand("#0b5fff"), brand("#b3261e", shape={"radius": "9px"})
    found, _ = first_look(new, rules_for(old), good=old)
    assert rules_for(new)[0].declarations == found[0].declarations


@pytest.mark.parametrize("good", [None, brand("#0b5fff")], ids=["never good", "good before"])
def test_nothing_of_a_mistake_is_shown(good):
    old, new = brand("#0b5fff"), brand("#b3261e", WRONG)
    assert first_look(new, rules_for(old), good=good) is None


COLORS = st.integers(0, (1 << 24) - 1).map(lambda number: f"#{number:06x}")


@given(COLORS, st.sampled_from(["keep", "adjust"]), st.sampled_from([{}, OWN]), st.sampled_from(list(Mode)))
def test_a_glimpse_has_the_header_as_it_will_be_and_nothing_that_will_be_otherwise(primary, solid, own, mode):
    assume(primary != "#0b5fff")
    old, new = (brand(color, own, {"solid": solid}) for color in ("#0b5fff", primary))
    before = rules_for(old)
    wanted, _ = first_look(new, before, good=old, mode=mode)
    found, patch = glimpse(new, before, good=old, mode=mode)
    assert patch_of(before, found) == patch
    for index, declarations in patch.changes:
        assert {name: wanted[index].declarations[name] for name in declarations} == declarations
    for step in ("9", "10", "on", "edge", *(["3"] if mode.is_dark else [])):
        assert [rule.declarations.get(f"--tk-color-primary-{step}") for rule in wanted] == [
            rule.declarations.get(f"--tk-color-primary-{step}") for rule in found
        ]


def test_there_is_no_glimpse_of_anything_but_another_primary_colour():
    old = brand("#0b5fff")
    assert glimpse(brand("#0b5fff", colors={"accent": "#b3261e"}), rules_for(old), good=old) is None
