"""What signing adds to a whole run: `python tests/bench/bench_signing.py [--brands N] [--rounds N]`.

Brands are made, pages are this project's. Each round builds and packages all of them twice from nothing, without and
with `--sign`, the order exchanged each time. Processor time with all processes; medians, and that of the differences
of each round. A key costs once a run, whatever the number of brands; a signature once a bundle: both stand apart, so
that a hundred brands can be told from fewer.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from made_brands import brand_files  # noqa: E402
from measure import run, used  # noqa: E402

from themekit.bundle.keys import new_key, unlocked  # noqa: E402

PASSWORD = "bench"  # noqa: S105


def make_project(folder: Path, count: int) -> None:
    """A project with this one's pages."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs_src", folder / "docs_src")
    for path, content in brand_files(count).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def packaged(project: Path, *more: str) -> float:
    """Seconds of processor time from nothing to all bundles."""
    shutil.rmtree(project / "build", ignore_errors=True)
    command = [sys.executable, "-m", "themekit.cli"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "THEMEKIT_KEY_PASSWORD": PASSWORD}
    total = 0.0
    for words in (["build", "--quiet"], ["package", "--quiet", *more]):
        total += run([*command, *words], project, environment=environment).cpu_s
    return total


def main() -> None:
    """Print a line a round, then the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--brands", type=int, default=10)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    secret, _ = new_key(PASSWORD)
    plain, signed = [], []
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        make_project(project, given.brands)
        (project / "release.key").write_text(secret)
        for number in range(given.rounds):
            for is_signed in (number % 2 == 0, number % 2 == 1):
                (signed if is_signed else plain).append(
                    packaged(project, *(["--sign", "release.key"] if is_signed else []))
                )
            load = " ".join(f"{each:.1f}" for each in os.getloadavg())
            print(f"round {number + 1}: {plain[-1]:.1f} s without, {signed[-1]:.1f} s with; load {load}", flush=True)
        bundles = sorted((project / "build/dist").glob("*.zip"))
        size = sum(path.stat().st_size for path in bundles) / len(bundles)
        content = bundles[0].read_bytes()
        once = used(lambda: unlocked(secret, password=PASSWORD)).cpu_s
        key = unlocked(secret, password=PASSWORD)
        each = statistics.median(
            used(lambda: key.minisig(content, name="a.zip", epoch_s=0)).cpu_s for _ in range(given.rounds * 3)
        )
    base = statistics.median(plain)
    difference = statistics.median(b - a for a, b in zip(plain, signed, strict=True))
    print(f"{given.brands} brands, bundles of {size / 1e6:.1f} MB; medians of {given.rounds} rounds, from nothing")
    print(f"without {base:.1f} s, with {statistics.median(signed):.1f} s; difference {100 * difference / base:+.1f} %")
    print(f"the key, once a run: {once * 1000:.0f} ms; a minisign signature: {each * 1000:.1f} ms")


if __name__ == "__main__":
    main()
