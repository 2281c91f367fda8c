"""The reference and the audit of a description with a thousand operations: processor seconds of pages, coverage, rules.

    .venv/bin/python tests/bench/sdk/bench_reference.py [--operations N] [--rounds N] [FILE…]

Medians of rounds, alternating. Files are JSON descriptions whose rules are timed besides.
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.bench.measure import used
from tests.bench.sdk.made_api import description
from themekit.site.reference.pages import Reference, reference_pages
from themekit.site.reference.samples import Sample
from themekit.source.api import read_api
from themekit.source.audit.coverage import Evidence, cover
from themekit.source.audit.lint import lint

PATH = PurePosixPath("docs_src/api/openapi.json")
PROGRAM = "\n".join(f"call_number_{number}(first={number}, second='a text of some length')" for number in range(20))
LANGUAGES = ("typescript", "python", "java", "go")


def main() -> None:
    """Print a row for each kind of work."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--operations", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("files", nargs="*", type=Path)
    asked = arguments.parse_args()
    value = description(asked.operations)
    api, _ = read_api(PATH, json.dumps(value).encode(), read=lambda _: None)
    few = [Sample(name, name, name, PROGRAM) for name in LANGUAGES]
    samples = {each.id: few for each in api.operations}
    works = {
        "pages": lambda: reference_pages(Reference.of(api), samples=samples),
        "coverage": lambda: cover(api, Evidence()),
        "rules": lambda: lint(PATH, value),
    }
    for path in asked.files:
        other = json.loads(path.read_bytes())
        works[f"rules of {path.name}"] = lambda other=other: lint(PATH, other)
    times = {name: [] for name in works}
    for _ in range(asked.rounds):
        for name, work in works.items():
            times[name].append(used(work).cpu_s)
    print(f"{len(api.operations)} operations, load {os.getloadavg()[0]:.1f}, median of {asked.rounds}")
    for name, taken in times.items():
        print(f"{name:40} {statistics.median(taken):6.3f} s")


if __name__ == "__main__":
    main()
