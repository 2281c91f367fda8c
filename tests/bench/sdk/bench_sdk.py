"""What SDKs cost: a description of 1,000 operations in four languages, the next brand, and openapi-generator beside it.

    .venv/bin/python tests/bench/sdk/bench_sdk.py [--operations 1000] [--rounds 3] [--no-peer] [--api FILE]

Processor time, all processes, in alternation, medians. Each arm is a process of its own, as is each run of the peer:
themekit's reads the description, makes its examples valid and emits four languages; the peer's is one run for each
language, with a serial collector and the first compiler only, which is its fastest way.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from made_api import description
from measure import Usage, machine, median, run

PEER_LANGUAGES = ("typescript-fetch", "python", "java", "go")
HERE = {"PYTHONPATH": str(Path(__file__).parents[3])}
MAX_CPU_S, MAX_MB, MIN_TIMES, MAX_BRAND_S = 10.0, 400.0, 10.0, 0.1

_EMIT = """
import sys, time, json
from dataclasses import replace
from pathlib import Path, PurePosixPath
import themekit
from themekit.model import SourceFile
from themekit.plugins import languages
from themekit.sandbox.requests import with_valid_requests
from themekit.sdk.stamp import fill
from themekit.source.api import read_api
from typing import get_args
from themekit.model.sdk import SlotField
data = Path(themekit.__file__).parent / "data"
path = Path(sys.argv[1])
spent = {}
def timed(name, work):
    started = time.process_time()
    found = work()
    spent[name] = round(time.process_time() - started, 3)
    return found
api, found = timed("read", lambda: read_api(PurePosixPath(path.name), path.read_bytes(), read=lambda _: None))
assert api is not None, [each.message for each in found][:5]
where = PurePosixPath(path.name)
api = timed("examples", lambda: with_valid_requests(api, where, content=path.read_bytes(), read=lambda _: None))
values = {field: "acme.example" for field in get_args(SlotField)}
for language in languages():
    sources = tuple(
        SourceFile(PurePosixPath("@themekit") / file.relative_to(data).as_posix(), file.read_bytes())
        for folder in language.sources for file in sorted((data / folder).rglob("*")) if file.is_file()
    )
    template = timed(language.name, lambda: language.emit(api, replace(language.options, sources=sources)))
    fill(template, values, folder=PurePosixPath("a"))
    files = timed(f"{language.name}, next brand", lambda: fill(template, values, folder=PurePosixPath("b")))
    spent[f"{language.name}, files"] = len(files)
print(json.dumps(spent))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true", help="leave openapi-generator out")
    parser.add_argument("--api", type=Path, help="a description of JSON in place of the made one")
    given = parser.parse_args()
    print(", ".join(f"{name} {value}" for name, value in machine().items() if name != "versions"))
    with tempfile.TemporaryDirectory(prefix="themekit-bench-") as scratch:
        api = given.api or Path(scratch, "openapi.json")
        if not given.api:
            api.write_text(json.dumps(description(given.operations)), encoding="utf-8")
        program = Path(scratch, "emit.py")
        program.write_text(_EMIT, encoding="utf-8")
        ours: list[Usage] = []
        peer: list[list[Usage]] = []
        for number in range(given.rounds):
            ours.append(run((sys.executable, program, api), Path(scratch), environment=HERE))
            if not given.no_peer:
                peer.append([_peer(api, Path(scratch), language, number) for language in PEER_LANGUAGES])
        show(ours, peer)
        import subprocess

        done = subprocess.run([sys.executable, program, api], capture_output=True, text=True, check=True, env=HERE)
        for name, value in json.loads(done.stdout).items():
            print(f"  {name:28}{value:>10}")


def _peer(api: Path, scratch: Path, language: str, number: int) -> Usage:
    found = find_spec("openapi_generator_cli")
    if found is None or not found.origin:
        raise SystemExit('the peer is not installed: pip install "themekit[other-languages]", or --no-peer')
    jar = Path(found.origin).parent / "openapi-generator.jar"
    flags = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    out = scratch / f"{language}-{number}"
    return run(("java", *flags, "-jar", jar, "generate", "-i", api, "-g", language, "-o", out), scratch)


def show(ours: list[Usage], peer: list[list[Usage]]) -> None:
    """The figures and their bars."""
    mine = median(ours)
    print(f"four languages: {mine.cpu_s:.2f} s CPU (bar {MAX_CPU_S:.0f}), {mine.peak_mb:.0f} MB (bar {MAX_MB:.0f})")
    if peer:
        theirs = sorted(sum(each.cpu_s for each in runs) for runs in peer)[len(peer) // 2]
        print(f"openapi-generator: {theirs:.2f} s CPU, {theirs / mine.cpu_s:.1f} times as much (bar {MIN_TIMES:.0f})")
    print(f"of one more run, CPU seconds (next brand: bar {MAX_BRAND_S} each):")


if __name__ == "__main__":
    main()
