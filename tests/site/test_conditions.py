"""Conditions: what they mean, what is known where they hold, and where they are wrong."""

import pytest

from themekit.site.conditions import ConditionFault, Facts, parse_condition

FACTS = Facts(frozenset({"payouts", "get-started"}), frozenset({"urls.status", "name"}), "de")


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("sections.payouts", True),
        ("sections.get-started", True),
        ("sections.guides", False),
        ("not sections.guides", True),
        ("brand.urls.status", True),
        ("not brand.urls.status", False),
        ("brand.urls.support", False),
        ('locale == "de"', True),
        ("locale == 'en'", False),
        ('locale != "de"', False),
        ('not locale != "de"', True),
        ("sections.guides or sections.payouts", True),
        ("sections.payouts and sections.guides", False),
        # `and` binds tighter than `or`, on either side
        ("sections.payouts or sections.guides and sections.guides", True),
        ("sections.guides and sections.guides or sections.payouts", True),
        ("sections.guides and sections.payouts or not sections.payouts", False),
    ],
)
def test_a_condition_holds(text, truth):
    assert truth is parse_condition(text).holds(FACTS)


@pytest.mark.parametrize(
    ("text", "if_true", "if_false"),
    [
        ("brand.urls.status", {"urls.status"}, set()),
        ("not brand.urls.status", set(), {"urls.status"}),
        ("brand.urls.status and brand.contact.email", {"urls.status", "contact.email"}, set()),
        ("brand.urls.status or brand.contact.email", set(), set()),
        ("brand.urls.status and sections.x or brand.urls.status", {"urls.status"}, set()),
        ("not brand.urls.status or not brand.contact.email", set(), {"urls.status", "contact.email"}),
        ("not brand.urls.status and sections.x", set(), set()),
    ],
)
def test_a_condition_tells_which_fields_are_present(text, if_true, if_false):
    condition = parse_condition(text)
    assert (if_true, if_false) == (condition.present_if_true, condition.present_if_false)


@pytest.mark.parametrize(
    ("text", "column", "length"),
    [
        ("", 0, 1),
        ("sections.payouts and", 20, 1),
        ("not", 3, 1),
        ("payouts", 0, 7),
        ("sections.payouts sections.guides", 17, 15),
        ("sections.payouts & sections.guides", 17, 1),
        ("locale", 0, 6),
        ("locale == de", 0, 6),
        ('sections.a and locale "de"', 15, 6),
        ("(sections.payouts)", 0, 1),
        ("brand.name | length", 11, 1),
        ("brand.name == 'x'", 11, 2),
    ],
)
def test_a_fault_has_its_place(text, column, length):
    fault = parse_condition(text)
    assert isinstance(fault, ConditionFault)
    assert (column, length) == (fault.column, fault.length)
