"""Processor time of the asset set, the worker's included: `python tests/bench/bench_assets.py`.

Brands in alternation, medians of five runs in a warm worker.
"""

import resource
import statistics
from collections.abc import Callable
from pathlib import Path

from tests.assets.sample import Sample, brand_of, read, sample, sample_of
from themekit.assets.fonts import BASE_UNICODES
from themekit.assets.icons import emit_icons
from themekit.assets.logos import emit_logos, read_logos
from themekit.assets.social_card import emit_social_card
from themekit.render.fonts import subset_woff2
from themekit.render.worker import shared_worker

RUNS = 5
SIMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><linearGradient id="a"><stop stop-color="#5b21ff"/>'
    '<stop offset="1" stop-color="#ff5c8a"/></linearGradient><path fill="url(#a)" d="M24 0 48 24 24 48 0 24z"/></svg>'
)
FONTS = ("@fonts/figtree/Figtree[wght].ttf", "@fonts/inter/Inter[opsz,wght].ttf")


def worker_cpu_s() -> float:
    """Of the living worker; Linux tells it in clock ticks of 10 ms."""
    process = shared_worker()._process
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def cpu_s(work: Callable[[], object]) -> float:
    """Of this process, the worker, and workers that ended meanwhile."""

    def spent() -> float:
        mine, gone = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return mine.ru_utime + mine.ru_stime + gone.ru_utime + gone.ru_stime + worker_cpu_s()

    before = spent()
    work()
    return spent() - before


def simple() -> Sample:
    fields = {"name": "Simple", "color": {"primary": "#5b21ff"}, "logos": {"mark": "mark.svg"}}
    return sample_of(*brand_of("simple", fields, {"mark.svg": SIMPLE}))


def jobs(case: Sample) -> dict[str, Callable[[], object]]:
    logos = case.logos
    return {
        "read or draw logos": lambda: read_logos(case.brand, case.tokens, files=case.files, letterer=case.letterer),
        "write logos, e-mail": lambda: emit_logos(case.brand, logos, tokens=case.tokens),
        "icon set": lambda: emit_icons(case.brand, logos, tokens=case.tokens),
        "social card": lambda: emit_social_card(case.brand, logos, tokens=case.tokens, letterer=case.letterer),
    }


def main() -> None:
    cases = {"simple logo": simple(), **{name: sample(name) for name in ("acme", "yellow", "wave", "navy")}}
    work = {name: jobs(case) for name, case in cases.items()}
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(RUNS):
        for name, steps in work.items():
            for step, run in steps.items():
                times.setdefault((step, name), []).append(cpu_s(run))
    print(f"CPU ms, median of {RUNS}".ljust(24) + "".join(name.rjust(13) for name in cases))
    steps = list(next(iter(work.values())))
    for step in steps:
        print(step.ljust(24) + "".join(f"{1000 * statistics.median(times[step, name]):13.0f}" for name in cases))
    totals = [sum(statistics.median(times[step, name]) for step in steps) for name in cases]
    print("whole set, no fonts".ljust(24) + "".join(f"{1000 * total:13.0f}" for total in totals))
    for path in FONTS:
        spent = statistics.median(cpu_s(lambda: subset_woff2(read(path), unicodes=BASE_UNICODES)) for _ in range(3))  # noqa: B023
        print(f"subset {path.rsplit('/', 1)[1]}".ljust(40) + f"{1000 * spent:8.0f}")


if __name__ == "__main__":
    main()
