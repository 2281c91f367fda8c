"""Texts and numbers by a shape, the ones that read best first."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from themekit.sandbox.matching import MAX_LENGTH, matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sandbox.shapes import Shape

_OF_FORMAT: dict[str, tuple[str, ...]] = {
    "date": tuple(f"2026-01-{day}" for day in range(15, 29)),
    "date-time": tuple(f"2026-01-{day}T09:30:00Z" for day in range(15, 29)),
    "time": tuple(f"{hour}:30:00Z" for hour in range(10, 24)),
    "duration": tuple(f"P{days}D" for days in range(1, 15)),
    "uuid": tuple(f"3fa85f64-5717-4562-b3fc-2c963f66af{number:02x}" for number in range(0xA6, 0xB4)),
    "email": tuple(f"{name}@example.com" for name in ("mara", "jon", "lea", "tim", "ana", "ben", "eva", "ida")),
    "idn-email": tuple(f"{name}@example.com" for name in ("mara", "jon", "lea", "tim")),
    "hostname": tuple(f"{name}.example.com" for name in ("www", "api", "shop", "mail", "docs", "app")),
    "idn-hostname": ("www.example.com", "api.example.com"),
    "uri": tuple(f"https://example.com/{name}" for name in ("a", "b", "c", "d", "e", "f", "g", "h")),
    "url": tuple(f"https://example.com/{name}" for name in ("a", "b", "c", "d")),
    "iri": ("https://example.com/a", "https://example.com/b"),
    "uri-reference": ("/a", "/b", "/c", "/d"),
    "iri-reference": ("/a", "/b", "/c", "/d"),
    "uri-template": ("/a/{id}", "/b/{id}"),
    "ipv4": tuple(f"192.0.2.{number}" for number in range(1, 15)),
    "ipv6": tuple(f"2001:db8::{number}" for number in range(1, 10)),
    "byte": ("aGVsbG8=", "d29ybGQ=", "Zm9v", "YmFy", "YmF6", ""),
    "binary": ("hello",),
    "json-pointer": ("/a", "/b"),
    "regex": ("^[a-z]+$", "^[0-9]+$"),
    "int32": ("1", "2", "3"),
    "int64": ("1", "2", "3"),
    "decimal": ("1.5", "2.5"),
}


def texts_of(shape: Shape, name: str) -> Iterator[str]:
    """Texts that fit the shape's lengths; patterns are kept as far as one text can keep them."""
    low, high = shape.least_length, shape.most_length
    if low > MAX_LENGTH:
        return
    for each in (*_OF_FORMAT.get(shape.format, ()), *_made(shape, name)):
        if len(each) >= low and (high is None or len(each) <= high):
            yield each
    if not shape.patterns:
        word = name or "text"
        whole = word * (low // len(word) + 1)
        yield from (whole[:size] for size in dict.fromkeys((low, high or low)) if size <= MAX_LENGTH)
        yield from (f"{word}-{number}" for number in range(2, 40))
        yield from ("abcdefghijklmnopqrstuvwxyz0123456789"[number] * max(1, low) for number in range(36))


def _made(shape: Shape, name: str) -> Iterator[str]:
    if shape.patterns:
        each = (matching(pattern, shortest=shape.least_length, longest=shape.most_length) for pattern in shape.patterns)
        yield from itertools.chain.from_iterable(each)
        return
    yield name or "text"


def numbers_of(shape: Shape, *, is_whole: bool) -> Iterator[float]:
    """Numbers within the shape's limits, 1 or 1.5 if they may be."""
    step = shape.step if shape.step is not None else (1 if is_whole else None)
    low, high = shape.low, shape.high
    wished = (1, 2, 3, 10, 100) if is_whole else (1.5, 1, 10.5)
    for each in wished:
        if (low is None or each >= low) and (high is None or each <= high) and _is_step(each, step):
            yield each
    if step is None:
        yield from _between(low, high)
        return
    first, way = (
        (math.floor(high / step), -1) if low is None and high is not None else (math.ceil((low or 0) / step), 1)
    )
    for number in range(45):
        value = (first + way * number) * step
        yield int(value) if value == int(value) else value


def _between(low: float | None, high: float | None) -> Iterator[float]:
    if low is not None and high is not None:
        yield from (low + (high - low) * part for part in (0.5, 0, 1, 0.25, 0.75, 0.1, 0.2, 0.3, 0.4, 0.6))
    elif low is not None:
        yield from (low + number for number in (0, 0.5, *range(1, 40)))
    elif high is not None:
        yield from (high - number for number in (0, 0.5, *range(1, 40)))
    else:
        yield from (number + 0.5 for number in range(40))


def _is_step(value: float, step: float | None) -> bool:
    return step is None or value % step == 0
