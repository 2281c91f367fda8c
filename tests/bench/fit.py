"""Lines and curves through measured points, by least squares, with how far off each point is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def line_fit(xs: Sequence[float], ys: Sequence[float]) -> dict[str, float]:
    """`fixed + each * x`, of relative errors, so that the small points count as much as the large ones.

    `worst` is the largest residual as a part of its point.
    """
    fixed, each = polynomial_fit(xs, ys, degree=1)
    return {"fixed": fixed, "each": each, "worst": worst(xs, ys, (fixed, each))}


def polynomial_fit(xs: Sequence[float], ys: Sequence[float], *, degree: int) -> tuple[float, ...]:
    """Coefficients, the constant first, that make the relative errors small. Raises ZeroDivisionError if a y is 0."""
    rows = [[x**power / y for power in range(degree + 1)] for x, y in zip(xs, ys, strict=True)]
    size = degree + 1
    matrix = [[sum(row[i] * row[j] for row in rows) for j in range(size)] for i in range(size)]
    return _solved(matrix, [sum(row[i] for row in rows) for i in range(size)])


def at(coefficients: Sequence[float], x: float) -> float:
    """The polynomial's value."""
    return sum(each * x**power for power, each in enumerate(coefficients))


def worst(xs: Sequence[float], ys: Sequence[float], coefficients: Sequence[float]) -> float:
    """The largest difference between a point and the polynomial, as a part of the point."""
    return max(abs(at(coefficients, x) / y - 1) for x, y in zip(xs, ys, strict=True))


def _solved(matrix: list[list[float]], right: list[float]) -> tuple[float, ...]:
    """Gauss with pivots; the systems here have two or three unknowns."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(rows[index][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for index in range(size):
            if index != column:
                part = rows[index][column] / rows[column][column]
                rows[index] = [a - part * b for a, b in zip(rows[index], rows[column], strict=True)]
    return tuple(rows[index][size] / rows[index][index] for index in range(size))
