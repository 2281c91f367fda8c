"""The page on brand.json says of every field what the reader's table says, and knows no other field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.docs.markdown_pages import code_words, handbook_page
from themekit.resolve.lint.registry import all_rules
from themekit.source.brand import LOGO_SUFFIXES, MAX_BORDER_PX, MAX_RADIUS_PX
from themekit.source.brand_fields import BRAND
from themekit.source.defaults import BASE_SIZE, BODY_FAMILY, BORDER, CODE_FAMILY, RADIUS, RATIO, VERSION
from themekit.source.field_table import Field, Leaf, Listing, Members, Named
from themekit.source.typography import FONT_SUFFIXES, LARGEST_PX, SMALLEST_PX

PAGE = handbook_page("brand-format")
STAR = ("body", "heading", "code")


@dataclass(frozen=True)
class Row:
    value: str
    default: str
    meaning: str


def fields_in(table: Members, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its dotted name; items of lists are written `social[].kind`."""
    for field in table.fields:
        name = f"{prefix}{field.name}"
        yield name, field
        kind, inner = field.kind, f"{name}."
        if isinstance(kind, Listing):
            kind, inner = kind.item, f"{name}[]."
        if isinstance(kind, Members):
            yield from fields_in(kind, inner)


def rows() -> dict[str, Row]:
    found = {}
    for table in PAGE.tables():
        if table[0][0] == "field":
            for field, value, default, meaning in table[1:]:
                (name,) = code_words(field)
                for each in [name.replace("*", role) for role in STAR] if "*" in name else [name]:
                    assert each not in found, f"{each} stands twice"
                    found[each] = Row(value, default, meaning)
    return found


ROWS = rows()
FIELDS = dict(fields_in(BRAND))


def limits(field: Field) -> Iterator[str]:
    """The words that the column of values must have."""
    kind = field.kind
    if isinstance(kind, Named):
        yield f"≤ {kind.max_items}"
    if isinstance(kind, Listing):
        yield f"≤ {kind.max_items}"
        kind = kind.item
    if isinstance(kind, Leaf):
        yield from (f"`{choice}`" for choice in kind.choices)
        yield from [f"≤ {kind.max_length}"] if kind.max_length else []
        yield from [f"{kind.minimum:g} to {kind.maximum:g}"] if kind.maximum else []


def default_of(field: Field) -> tuple[str, ...]:
    """What the column of defaults may say."""
    if field.is_required:
        return ("required",)
    return (field.default,) if field.default else ("optional", "")


def test_every_field_stands_on_the_page_and_no_other():
    assert set(FIELDS) == set(ROWS)


def test_limits_and_choices_are_those_of_the_reader():
    missing = [
        (name, word) for name, field in FIELDS.items() for word in limits(field) if not has(ROWS[name].value, word)
    ]
    assert [] == missing


def has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(word)}(?!\d)", text) is not None


def test_no_other_numbers_stand_beside_values():
    """A limit that the reader does not know would be made up."""
    known = {f"{MAX_RADIUS_PX}px", f"{MAX_BORDER_PX}px", f"{SMALLEST_PX}px", f"{LARGEST_PX}px", "0px"}
    for name, field in FIELDS.items():
        said = set(re.findall(r"\d+(?:px)?", re.sub(r"`[^`]*`|DTCG 2025\.10", "", ROWS[name].value)))
        assert said <= {*known, *re.findall(r"\d+", " ".join(limits(field)))}, name


def test_defaults_are_those_of_the_reader():
    wrong = {
        name: row.default for name, row in ROWS.items() if row.default.replace("`", "") not in default_of(FIELDS[name])
    }
    assert {} == wrong


def test_defaults_in_the_table_are_those_that_are_filled_in():
    """The table of fields says them in words, the defaults are values: both are what the page says."""
    expected = {
        "version": VERSION,
        "shape.radius": f"{RADIUS.value:g}{RADIUS.unit}",
        "shape.border": f"{BORDER.value:g}{BORDER.unit}",
        "typography.scale.base": f"{BASE_SIZE.value:g}{BASE_SIZE.unit}",
        "typography.scale.ratio": f"{RATIO:g}",
        "typography.families.body": BODY_FAMILY,
        "typography.families.code": CODE_FAMILY,
    }
    assert expected == {name: ROWS[name].default.replace("`", "") for name in expected}


def test_ranges_of_lengths():
    expected = {
        "shape.radius": f"length, 0px to {MAX_RADIUS_PX}px",
        "shape.border": f"length, 0px to {MAX_BORDER_PX}px",
        "typography.scale.base": f"length, {SMALLEST_PX}px to {LARGEST_PX}px",
    }
    assert expected == {name: ROWS[name].value for name in expected}


def test_kinds_of_files():
    assert set(LOGO_SUFFIXES) == set(code_words(ROWS["logos.light"].value))
    assert set(FONT_SUFFIXES) == set(code_words(ROWS["typography.families.body.files[].path"].meaning))


def test_a_wrong_limit_would_be_seen():
    """The words of `name`'s limit are not in a row that says another."""
    assert [word for word in limits(FIELDS["name"]) if not has("text, ≤ 800", word)]


def test_every_rule_of_the_lint_stands_in_the_table_with_its_level():
    expected = {rule.code.name: rule.code.severity.value if rule.is_on else "off" for rule in all_rules()}
    table = next(table for table in PAGE.tables() if table[0][0] == "rule")
    assert expected == {code_words(name)[0]: code_words(level)[0] for name, level, _ in table[1:]}
