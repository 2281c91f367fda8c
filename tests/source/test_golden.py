"""Whole brand files: what they are read to, or what is printed for them."""

import dataclasses
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "source"
CASES = sorted(path.name for path in GOLDEN.iterdir())


def lines_of(value, name=""):
    """`name = value` for each value that is there; what was read from where is another test's business."""
    if dataclasses.is_dataclass(value) and type(value).__name__ not in VALUES:
        for field in dataclasses.fields(value):
            if field.name not in {"origin", "origins"}:
                yield from lines_of(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))
    elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        for index, item in enumerate(value):
            yield from lines_of(item, f"{name}[{index}]")
    elif value not in (None, (), ""):
        yield f"{name} = {value if isinstance(value, str) else repr(value)}\n"


VALUES = {"Color", "Dimension", "Alias", "ShadowLayer", "GradientStop", "BorderValue", "TransitionValue"}


@pytest.mark.parametrize("case", CASES)
def test_golden(case, read_project, golden):
    files = {
        str(path.relative_to(GOLDEN / case)): path.read_bytes()
        for path in sorted((GOLDEN / case / "brands").rglob("*"))
        if path.is_file()
    }
    reading = read_project(files)
    if reading.brand is None:
        golden(GOLDEN / case / "diagnostics.txt", reading.text)
    else:
        golden(GOLDEN / case / "brand.txt", "".join(lines_of(reading.brand)))
