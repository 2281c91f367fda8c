"""The plots of the handbook, of what `bench_scale.py --keep` wrote: SVG on a ground of its own, for any scheme.

python tests/bench/plot.py [FILE] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fit import at
from scale_model import MEASURED

PICTURES = Path(__file__).parents[2] / "docs_src/handbook/pictures"
WIDTH = 720
FONT = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of text and axes, of what is ours and what is not. Each has 4.5:1 or more on the ground."""

    text: str
    faint: str
    ours: str
    others: str


LOOK = Look("#24292f", "#d0d7de", "#5b21b6", "#57606a")
GROUND = "#ffffff"


def bars(rows: list[tuple[str, float]], look: Look, *, unit: str, title: str) -> str:
    """Horizontal bars that all begin at zero, as only then a length can be compared; the last row is ours."""
    left, right, height, top = 190, 90, 34, 10
    longest = max(value for _, value in rows)
    parts = []
    for index, (name, value) in enumerate(rows):
        y, color = top + index * height, look.ours if index == len(rows) - 1 else look.others
        end = left + (WIDTH - left - right) * value / longest
        parts.append(
            f'<rect x="{left}" y="{y + 6}" width="{end - left:.1f}" height="{height - 12}" rx="3" fill="{color}"/>'
        )
        parts.append(_text(left - 10, y + height / 2 + 5, name, look.text, "end"))
        parts.append(_text(end + 8, y + height / 2 + 5, f"{_rounded(value)} {unit}", look.text, "start"))
    bottom = top + height * len(rows)
    parts.append(_line(left, top, left, bottom, look.faint))
    return _svg(parts, bottom + 10, title)


def dots(points: list[tuple[float, float]], line: tuple[float, float], look: Look, *, title: str) -> str:
    """Points and the fitted line, both axes logarithmic: brands and CPU seconds."""
    left, right, top, bottom = 80, 30, 20, 300
    xs = (math.log10(min(x for x, _ in points)), math.log10(max(x for x, _ in points)))
    ys = (math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points))))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            left + (WIDTH - left - right) * (math.log10(x) - xs[0]) / (xs[1] - xs[0]),
            bottom - (bottom - top) * (math.log10(y) - ys[0]) / (ys[1] - ys[0]),
        )

    parts = []
    for power in range(ys[0], ys[1] + 1):
        _, y = place(points[0][0], 10**power)
        parts += [
            _line(left, y, WIDTH - right, y, look.faint),
            _text(left - 10, y + 5, f"{10**power:,g} s", look.text, "end"),
        ]
    steps = [10 ** (xs[0] + (xs[1] - xs[0]) * step / 60) for step in range(61)]
    path = " ".join("{:.1f},{:.1f}".format(*place(x, at(line, x))) for x in steps)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{look.others}" stroke-width="2"/>')
    for x, y in points:
        across, down = place(x, y)
        parts.append(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="6" fill="{look.ours}"/>')
        is_last = across > WIDTH - right - 1
        where = (across - 12, down - 8, "end") if is_last else (across + 12, down + 20, "start")
        parts.append(_text(where[0], where[1], f"{_rounded(y)} s", look.text, where[2]))
        edge = "end" if is_last else "start" if across < left + 1 else "middle"
        parts.append(_text(across, bottom + 34, f"{x:,g} brands", look.text, edge))
    return _svg(parts, bottom + 46, title)


def pictures(measured: dict[str, dict[str, dict]]) -> dict[str, str]:
    """File names and what is in them."""
    made = {}
    if "cold" in measured:
        cold = measured["cold"]["figures"]
        each = cold["one build of a peer, cpu s"]
        rows = [
            (f"{cold['brands']} × {name} build", cold["brands"] * sorted(s)[len(s) // 2]) for name, s in each.items()
        ]
        rows.append(("themekit, all brands", cold["themekit"]["cold, all"]["cpu s"]))
        title = f"CPU of {cold['brands']} brands of {cold['pages']} pages"
        made["peers.svg"] = bars(rows, LOOK, unit="s", title=title)
    if "growth" in measured:
        growth = measured["growth"]["figures"]
        line = growth["lines"]["cpu s"]
        points = [
            (float(name.split()[0]), row["build"]["cpu s"] + row["package"]["cpu s"])
            for name, row in growth.items()
            if name.endswith(" brands")
        ]
        title = f"CPU of builds of more and more brands of {growth['pages']} pages"
        made["growth.svg"] = dots(sorted(points), (line["fixed"], line["each"]), LOOK, title=title)
    return made


def _svg(parts: list[str], height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'font-family="{FONT}" font-size="14">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{height:g}" rx="8" fill="{GROUND}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _line(x1: float, y1: float, x2: float, y2: float, color: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}"/>'


def _rounded(value: float) -> str:
    """To three digits; whole numbers from a hundred on."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _text(x: float, y: float, text: str, color: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}" text-anchor="{anchor}">{escape(text)}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=MEASURED)
    parser.add_argument("--out", type=Path, default=PICTURES)
    given = parser.parse_args()
    for name, text in pictures(json.loads(given.file.read_text(encoding="utf-8"))).items():
        (given.out / name).write_text(text, encoding="utf-8")
        print(given.out / name)


if __name__ == "__main__":
    main()
