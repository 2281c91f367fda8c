"""One mkdocs render, and what is around it: `python tests/bench/bench_render.py [--corpus DIR | --pages N]`.

Processor time with child processes, and wall time; the kinds of work in alternation, medians of three rounds.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from themekit.site.checking import check_sources
from themekit.site.compiling import compile_files, compile_site, slot_names
from themekit.site.inputs import SiteInputs
from themekit.site.probe import FIRST, SECOND, probe_fields
from themekit.site.render import render_site, render_sites

sys.path.insert(0, str(Path(__file__).parent))
from measure import used
from one_variant import read_corpus, texts_of, variant_for

ROUNDS = 3


def main() -> None:
    name, sources = read_corpus()
    variant = variant_for(sources)
    names = slot_names(variant)
    empty = tuple(source for source in sources if source.path.name == "index.md" and len(source.path.parts) == 2)
    configuration = type(sources[0])(sources[0].path, sources[0].content.partition(b"\nnav:")[0] + b"\n")
    start_only = (configuration, *empty)
    inputs = SiteInputs(variant, texts_of(variant, 1))
    probes = [SiteInputs(variant, probe_fields(names, each, locale="en")) for each in (FIRST, SECOND)]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        first, second = render_sites(sources, probes, scratch=scratch)
        jobs = {
            "start, theme, one page": lambda: render_site(start_only, inputs, scratch=scratch),
            "check every page": lambda: check_sources(sources),
            "one render": lambda: render_site(sources, inputs, scratch=scratch),
            "two probes, side by side": lambda: render_sites(sources, probes, scratch=scratch),
            "cut into a template": lambda: compile_files(names, (first.files, second.files)),
            "compile a variant, all of it": lambda: compile_site(variant, sources, scratch=scratch),
        }
        times: dict[str, list[tuple[float, float]]] = {job: [] for job in jobs}
        for _ in range(ROUNDS):
            for job, work in jobs.items():
                usage = used(work)
                times[job].append((usage.cpu_s, usage.wall_s))
    pages = sum(path.suffix == ".html" for path in first.files)
    size_mb = sum(map(len, first.files.values())) / 1e6
    print(f"{name}: {len(first.files)} files, {pages} pages, {size_mb:.1f} MB; median of {ROUNDS}\n")
    print(f"{'':32}{'CPU s':>8}{'wall s':>8}")
    for job, measured in times.items():
        cpu, wall = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"{job:32}{cpu:8.2f}{wall:8.2f}")


if __name__ == "__main__":
    main()
