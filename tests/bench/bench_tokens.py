"""What it costs to resolve a brand, and on how many of a thousand seeds the contrast contract holds.

    .venv/bin/python tests/bench/bench_tokens.py [number of seeds]

CPU time of this process, medians; the contract is judged by coloraide on the final hex colours. `edits` is what a live
preview does: one seed of a brand is changed, again and again, in a process that has seen the brand before.
"""

import itertools
import json
import platform
import random
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[2]))

from coloraide import Color as Oracle

from themekit.model import BrandId, Mode, SourceFile, TargetOptions
from themekit.resolve import contrast_report, resolve_tokens
from themekit.resolve.colour import hex as hex_of
from themekit.source.brand import BrandInputs, parse_brand
from themekit.targets import css, material

ORACLE_TOLERANCE = 0.002  # coloraide's luminance has more digits than WCAG's
REPEATS = 15
EDITS = 40
FRESH = 7  # processes
ONE_SEED = {"primary": "#0b5fff"}
SEVEN_SEEDS = {
    "primary": "#0b5fff",
    "accent": "#ff7a00",
    "neutral": "#667085",
    "success": "#12864a",
    "warning": "#f5b301",
    "danger": "#d92d20",
    "info": "#0ba5ec",
}
DATA = Path(css.__file__).parents[1] / "data"


def brand(primary, **seeds):
    content = json.dumps({"name": "Acme", "color": {"primary": primary, **seeds}}).encode()
    inputs = BrandInputs(lambda _: None, lambda _: ())
    return parse_brand(PurePosixPath("brands/acme/brand.json"), content, brand_id=BrandId("acme"), inputs=inputs)[0]


def cpu_ms(work):
    """Milliseconds of CPU of each of several runs."""
    found = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return found


def speed():
    print(f"{'brand':10} {'tokens':>7} {'again ms':>11} {'best':>6} {'report ms':>10}")
    for name, primary in (
        ("blue", "#0b5fff"),
        ("yellow", "#ffe600"),
        ("grey", "#6b7280"),
        ("wide", "color(display-p3 0 0.4 1)"),
    ):
        one = brand(primary)
        tokens, _ = resolve_tokens(one)
        times = cpu_ms(lambda one=one: resolve_tokens(one))
        report = cpu_ms(lambda tokens=tokens: contrast_report(tokens))
        columns = [statistics.median(times), min(times), statistics.median(report)]
        print(f"{name:10} {len(tokens.tokens):7} {columns[0]:11.1f} {columns[1]:6.1f} {columns[2]:10.1f}")


def edits():
    """Per edit, each of another random colour: parse and resolve, then write both sheets."""
    sources = [SourceFile(PurePosixPath("@themekit", file.relative_to(DATA)), file.read_bytes()) for file in sheets()]
    options = {css: TargetOptions(), material: TargetOptions(sources=tuple(sources))}
    print(f"\n{'edit of':10} {'seeds given':>11} {'parse ms':>9} {'resolve ms':>11} {'css + material ms':>18}")
    for role, seeds in (("primary", ONE_SEED), ("primary", SEVEN_SEEDS), ("success", SEVEN_SEEDS)):
        colors = random.Random(7)
        rows = []
        for _ in range(EDITS + 5):
            edited = {**seeds, role: f"#{colors.randrange(1 << 24):06x}"}
            laps = [time.process_time()]
            one = brand(**edited)
            laps.append(time.process_time())
            tokens, _ = resolve_tokens(one)
            laps.append(time.process_time())
            for target, given in options.items():
                target.TARGET.emit(tokens, given)
            laps.append(time.process_time())
            rows.append([(after - before) * 1000 for before, after in itertools.pairwise(laps)])
        columns = [statistics.median(column) for column in zip(*rows[5:], strict=True)]
        print(f"{role:10} {len(seeds):11} {columns[0]:9.1f} {columns[1]:11.1f} {columns[2]:18.1f}")


def sheets():
    return sorted(file for source in material.TARGET.sources for file in (DATA / source).rglob("*") if file.is_file())


def cold():
    """The first brand of a process: nothing is remembered."""
    runs = [subprocess.run([sys.executable, __file__, "--cold"], check=True, capture_output=True) for _ in range(FRESH)]
    print(f"\nfirst brand of a process, resolve ms: {statistics.median(float(run.stdout) for run in runs):.1f}")


def contract(count):
    """Per mode: seeds on which every pair holds, seeds kept as the solid, and the lowest Lc of muted text on step 5."""
    seeds = random.Random(42)
    held, kept, lowest = dict.fromkeys(Mode, 0), dict.fromkeys(Mode, 0), dict.fromkeys(Mode, 200.0)
    for _ in range(count):
        seed = f"#{seeds.randrange(1 << 24):06x}"
        tokens, _ = resolve_tokens(brand(seed))
        report = contrast_report(tokens)
        for mode in Mode:
            colors = {
                name: hex_of(value)[:7] for name, value in tokens.in_mode(mode).items() if name.startswith("color.")
            }
            light = {color: Oracle(color).luminance() for color in set(colors.values())}
            pairs = [pair for pair in report if pair.mode is mode]
            held[mode] += all(
                ratio(light[colors[pair.text]], light[colors[pair.ground]]) >= pair.required - ORACLE_TOLERANCE
                for pair in pairs
            )
            kept[mode] += colors["color.primary.9"] == seed
            lc = [abs(pair.lc) for pair in pairs if pair.text.endswith(".11") and pair.ground.endswith(".5")]
            lowest[mode] = min(lowest[mode], *lc)
    print(f"\n{'mode':15} {'contract held':>14} {'seed kept':>10} {'lowest Lc of 11 on 5':>21}")
    for mode in Mode:
        print(f"{mode:15} {held[mode] / count:14.1%} {kept[mode] / count:10.1%} {lowest[mode]:21.1f}")


def ratio(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


if __name__ == "__main__":
    if "--cold" in sys.argv:
        first = brand(**ONE_SEED)
        start = time.process_time()
        resolve_tokens(first)
        print((time.process_time() - start) * 1000)
        sys.exit()
    print(f"Python {platform.python_version()}, coloraide {version('coloraide')}, {platform.machine()}\n")
    speed()
    edits()
    cold()
    contract(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
