"""The next brand: stamped, copied, or built: `python tests/bench/bench_stamp.py [--corpus DIR | --pages N]`.

In memory and as a tree on a disk, against `cp -r` of the same tree and a full mkdocs build; processor time with child
processes, and wall time; in alternation, medians. Set TMPDIR to choose the disk.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from themekit.model import Artifact, SiteTemplate, Slot
from themekit.site.compiling import compile_site
from themekit.site.inputs import SiteInputs
from themekit.site.render import render_site
from themekit.site.stamp import stamp_fields

sys.path.insert(0, str(Path(__file__).parent))
from measure import used
from one_variant import read_corpus, texts_of, variant_for

ROUNDS = 15
BUILDS = 3


def write(artifacts: tuple[Artifact, ...], folder: Path) -> None:
    for parent in sorted({artifact.path.parent for artifact in artifacts}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for artifact in artifacts:
        (folder / artifact.path).write_bytes(artifact.content)


def main() -> None:
    name, sources = read_corpus()
    variant = variant_for(sources)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        template, diagnostics = compile_site(variant, sources, scratch=scratch)
        if template is None:
            raise SystemExit("\n".join(f"{each.place}: {each.message}" for each in diagnostics))
        write(stamp_fields(template, texts_of(variant, 0)), scratch / "base")
        rounds = measure(template, scratch, lambda: texts_of(variant, 1))
        inputs = SiteInputs(variant, texts_of(variant, 1))
        build = [timed(lambda: render_site(sources, inputs, scratch=scratch)) for _ in range(BUILDS)]
    show(name, template, {**rounds, "full mkdocs build": build})


def measure(
    template: SiteTemplate, scratch: Path, texts: Callable[[], dict[str, str]]
) -> dict[str, list[tuple[float, float]]]:
    fields, out = texts(), scratch / "out"
    jobs: dict[str, Callable[[], object]] = {
        "stamp in memory": lambda: stamp_fields(template, fields),
        "stamp and write": lambda: write(stamp_fields(template, fields), out),
        "cp -r": lambda: subprocess.run(["cp", "-r", scratch / "base", out], check=True),
    }
    times: dict[str, list[tuple[float, float]]] = {job: [] for job in jobs}
    for _ in range(ROUNDS):
        for job, work in jobs.items():
            times[job].append(timed(work))
            shutil.rmtree(out, ignore_errors=True)
    return times


def timed(work: Callable[[], object]) -> tuple[float, float]:
    usage = used(work)
    return usage.cpu_s, usage.wall_s


def show(name: str, template: SiteTemplate, times: dict[str, list[tuple[float, float]]]) -> None:
    slots = [part for file in template.files for part in file.parts if isinstance(part, Slot)]
    stamped = [file for file in template.files if not file.is_static]
    print(f"{name}: {len(template.files)} files, {len(stamped)} of them with {len(slots)} slots\n")
    print(f"{'one more brand':24}{'CPU ms':>10}{'wall ms':>10}{'CPU, build = 1':>18}")
    build = statistics.median(cpu for cpu, _ in times["full mkdocs build"])
    for job, measured in times.items():
        cpu, wall = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"{job:24}{1000 * cpu:10.1f}{1000 * wall:10.1f}{build / cpu if cpu else 0:17.0f}x")


if __name__ == "__main__":
    main()
