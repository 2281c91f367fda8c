"""What a thousand brands cost, against copies, zips and other engines: the table in docs_src/handbook/benchmarks.md.

    python tests/bench/bench_scale.py [--rows marginal,cold,edit,growth,pages] [--quick] [--corpus DIR] [--keep FILE]
        [--counts 10,100,1000]

Processor time with every process, wall time and memory; what is compared takes turns; medians. Peers build one brand;
100 of it is that times a hundred, and is called so. `--keep` puts the figures into a JSON file for `plot.py` and
`scale_model.py`. Set TMPDIR to choose the disk; a whole run takes half an hour on two cores and 20 GB, `--quick` a
few minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from measure import keep, machine
from scale_rows import ROWS, Run

from themekit.engine.sweeping import sweep_rarely

if TYPE_CHECKING:
    from collections.abc import Mapping


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default=",".join(ROWS), help=f"comma-separated, of {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="small projects: shows that it works, not what it costs")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="take the pages of this folder")
    parser.add_argument("--counts", default="10,100,1000", help="numbers of brands for the row growth")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="add the figures to this JSON file")
    given = parser.parse_args()
    sweep_rarely()  # as the command does: some rows work in this process
    print(", ".join(f"{name} {value}" for name, value in machine().items() if name != "versions"))
    for name in given.rows.split(","):
        with tempfile.TemporaryDirectory(prefix="themekit-bench-") as scratch:
            counts = tuple(map(int, given.counts.split(",")))
            figures = ROWS[name](Run(Path(scratch), given.quick, given.corpus, counts))
        print(f"\n{name}")
        show(figures)
        if given.keep:
            keep(given.keep, {name: figures})


def show(figures: Mapping[str, object], indent: str = "  ") -> None:
    """Print nested figures, one a line."""
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{indent}{name}")
            show(value, indent + "  ")
        else:
            text = f"{value:.4g}" if isinstance(value, float) else str(value)
            print(f"{indent}{name:44}{text:>14}")


if __name__ == "__main__":
    main()
