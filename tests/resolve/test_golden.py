"""Whole token sets, small enough to read: one line a token, its value in light, dark and the two high contrasts."""

from dataclasses import fields, is_dataclass
from pathlib import Path, PurePosixPath

import pytest

from themekit.model import BrandId, Color, Dimension
from themekit.resolve import resolve_tokens
from themekit.resolve.colour import hex as hex_of
from themekit.source.brand import BrandInputs, parse_brand

CASES = Path(__file__).parent.parent / "golden" / "resolve"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_the_tokens_of(case, request):
    folder = CASES / case
    path = PurePosixPath("brands") / case / "brand.json"
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, _ = parse_brand(path, (folder / "brand.json").read_bytes(), brand_id=BrandId(case), inputs=inputs)
    tokens, diagnostics = resolve_tokens(brand)
    assert () == diagnostics
    text = "".join(f"{line(token)}\n" for token in tokens)
    expected = folder / "tokens.txt"
    if request.config.getoption("--update-golden", default=False):
        expected.write_text(text, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == text


def line(token):
    pairs = zip(token.values, token.references, strict=True)
    shown = [f"{{{reference}}}" if reference else show(value) for value, reference in pairs]
    return " ".join([token.id, *(shown if len(set(shown)) > 1 else shown[:1])])


def show(value):
    """Short and readable; what is empty or false is left out of a composite."""
    if isinstance(value, Color):
        return hex_of(value)
    if isinstance(value, Dimension):
        return f"{value.value:g}{value.unit}"
    if isinstance(value, tuple):
        return "[" + ", ".join(show(part) for part in value) + "]"
    if is_dataclass(value):
        members = [getattr(value, field.name) for field in fields(value)]
        return "(" + " ".join(show(member) for member in members if member not in (None, (), False)) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)
