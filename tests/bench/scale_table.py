"""The table of docs_src/handbook/benchmarks.md, of what `bench_scale.py --keep` wrote: figure, bar, held or missed.

python tests/bench/scale_table.py [FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from scale_model import MEASURED

BARS_TIMES = {"mkdocs": 40, "zensical": 30, "hugo": 12}
LARGEST_MB = 400
LINEAR = 0.1  # no point is further than this from the line


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was done, what it took, what it should take at most (or at least), whether it does."""

    work: str
    figure: str
    bar: str
    is_held: bool


def rows(measured: dict[str, dict[str, dict]]) -> list[Row]:
    """Those that were measured."""
    makers = {"marginal": _marginal, "cold": _cold, "edit": _edit, "growth": _growth}
    found = [row for name, make in makers.items() if name in measured for row in make(measured[name]["figures"])]
    return [*found, *(_sites_alone(measured) if {"cold", "pages"} <= measured.keys() else ())]


def _marginal(figures: dict) -> list[Row]:
    cpu_ms, work = figures["cpu ms"], f"one more brand of {figures['pages']} pages"
    tree, times = figures["stamp and tree, cp -r = 1"], figures["zipfile, zip = 1"]
    return [
        Row(f"{work}, in memory", f"{cpu_ms['stamp']:.1f} ms", "≤ 10 ms", cpu_ms["stamp"] <= 10),
        Row(f"{work}, as a tree", f"{tree:.2f} × `cp -r`", "≤ 0.7 ×", tree <= 0.7),
        Row(f"{work}, as a zip", f"{cpu_ms['zip']:.0f} ms", "≤ 50 ms", cpu_ms["zip"] <= 50),
        Row("the same, against `zipfile`", f"{times:.1f} × less", "≥ 15 ×", times >= 15),
    ]


def _cold(figures: dict) -> list[Row]:
    brands, pages = figures["brands"], figures["pages"]
    times, no_op = figures["times less cpu than as many builds"], figures["themekit"]["no-op"]["cpu s"]
    work = f"{brands} brands × {pages} pages, trees and zips, against {brands} ×"
    return [
        *(
            Row(f"{work} `{name}`", f"{times[name]:.1f} × less", f"≥ {bar} ×", times[name] >= bar)
            for name, bar in BARS_TIMES.items()
            if name in times
        ),
        Row(f"{brands} brands again, nothing changed", f"{no_op:.2f} s", "≤ 0.5 s", no_op <= 0.5),
    ]


def _sites_alone(measured: dict[str, dict[str, dict]]) -> list[Row]:
    """What peers make, and no more: one variant, then for each brand a stamp, a tree and a zip. A sum, not a run."""
    cold, pages = measured["cold"]["figures"], measured["pages"]["figures"]
    brands, of = cold["brands"], pages[f"{cold['pages']} pages"]
    ours_s = of["compile cpu s"] + brands * sum(of[f"{name} cpu s"] for name in ("stamp", "tree", "zip"))
    peers_s = {name: sorted(found)[len(found) // 2] for name, found in cold["one build of a peer, cpu s"].items()}
    work = f"the sites and zips alone, {ours_s:.1f} s, against {brands} ×"
    return [
        Row(
            f"{work} `{name}`",
            f"{brands * peers_s[name] / ours_s:.1f} × less",
            f"≥ {bar} ×",
            bar <= brands * peers_s[name] / ours_s,
        )
        for name, bar in BARS_TIMES.items()
        if name in peers_s
    ]


def _edit(figures: dict) -> list[Row]:
    cpu_s = figures["after an edit"]["cpu s"]
    work = f"one page edited, {figures['pages']} pages, {figures['brands']} brands"
    return [Row(work, f"{cpu_s:.2f} s", "≤ 0.3 s", cpu_s <= 0.3)]


def _growth(figures: dict) -> list[Row]:
    runs = {int(name.split()[0]): row for name, row in figures.items() if name.endswith(" brands")}
    largest = max(runs)
    peak_mb = max(runs[largest][step]["peak mb"] for step in ("build", "package"))
    off = figures["lines"]["cpu s"]["worst"]
    grown = ", ".join(f"{count:,}" for count in sorted(runs))
    return [
        Row(f"CPU of {grown} brands, furthest from a line", f"{off:.0%}", f"≤ {LINEAR:.0%}", off <= LINEAR),
        Row(f"memory of {largest:,} brands", f"{peak_mb:.0f} MB", f"≤ {LARGEST_MB} MB", peak_mb <= LARGEST_MB),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=MEASURED)
    measured = json.loads(parser.parse_args().file.read_text(encoding="utf-8"))
    print("| work, CPU | measured | bar | result |\n|---|--:|--:|---|")
    for row in rows(measured):
        print(f"| {row.work} | {row.figure} | {row.bar} | {'held' if row.is_held else 'missed'} |")
    machines = {name: row["machine"] for name, row in measured.items()}
    print(
        f"\n{json.dumps(next(iter(machines.values())))}\nload: "
        + ", ".join(f"{n} {m['load']}" for n, m in machines.items())
    )


if __name__ == "__main__":
    main()
