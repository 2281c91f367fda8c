"""What the engine itself costs: builds in which nothing changed, and the encoding of large values.

    python tests/bench/bench_engine.py

100 brands of 10 tasks with 3 inputs each. CPU time of this process in ms, medians of alternating rounds.
"""

from __future__ import annotations

import platform
import statistics
import tempfile
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.engine import Ask, DiskHost, DiskStore, Engine, MemoryHost, MemoryStore
from themekit.engine.encoding import decode, digest_bytes, encode
from themekit.engine.installation import code_digest
from themekit.model import Artifact, FileTemplate, SiteTemplate, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

BRANDS, TASKS, ROUNDS = 100, 10, 9


def step(ask: Ask, brand_id: str, number: int) -> str:
    text = (ask.read(f"brands/{brand_id}/brand.json") or b"").decode()
    shared = ask.read("docs/index.md") or b""
    below = ask(step, brand_id, number - 1) if number else str(ask.list("brands"))
    return f"{len(text)} {len(shared)} {len(below)}"


def everything(ask: Ask) -> tuple[str, ...]:
    return tuple(ask(step, f"b{number}", TASKS - 2) for number in range(BRANDS))


def project_files() -> dict[str, bytes]:
    files = {f"brands/b{number}/brand.json": b'{"name": "Acme"}' * 20 for number in range(BRANDS)}
    return files | {"docs/index.md": b"x" * 4000}


def template() -> SiteTemplate:
    """About 20 MB in 4,000 parts."""
    parts = tuple(part for _ in range(5) for part in (bytes(10_000), Slot("legalName", "html")))
    return SiteTemplate(
        tuple(
            FileTemplate(PurePosixPath(f"guides/page-{number}/index.html"), parts, "text/html") for number in range(400)
        )
    )


def pieces() -> tuple[Artifact, ...]:
    """Many small values: 2,000 artifacts of 100 bytes."""
    return tuple(Artifact(PurePosixPath(f"a/{number}"), b"x" * 100, "text/css") for number in range(2000))


def cases(folder: Path) -> dict[str, Callable[[], object]]:
    memory, disk = MemoryStore(), DiskStore(folder / "cache")
    host, root = MemoryHost(project_files()), folder / "project"
    for path, content in project_files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    code = code_digest()
    kept = Engine(host, memory, code=code)
    kept.get(everything)
    Engine(DiskHost(root), disk, code=code).get(everything)
    site, encoded, small, encoded_small = template(), encode(template()), pieces(), encode(pieces())

    def again() -> None:
        kept.refresh()
        assert len(kept.get(everything)) == BRANDS
        assert not kept.ran

    def from_disk() -> None:
        engine = Engine(DiskHost(root), DiskStore(folder / "cache"), code=code)
        engine.get(everything)
        assert not engine.ran

    return {
        f"no-op, {BRANDS * (TASKS - 1) + 1} tasks, memory": again,
        f"no-op, {BRANDS * (TASKS - 1) + 1} tasks, new engine, disk": from_disk,
        f"clean, {BRANDS * (TASKS - 1) + 1} tasks, memory": lambda: Engine(host, MemoryStore(), code=code).get(
            everything
        ),
        "digest of the code": code_digest.__wrapped__,
        f"encode a site template, {len(encoded) / 1e6:.0f} MB": lambda: encode(site),
        "decode it": lambda: decode(encoded),
        "digest of its bytes": lambda: digest_bytes(encoded),
        "encode 2,000 artifacts": lambda: encode(small),
        "decode them": lambda: decode(encoded_small),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        measured = cases(Path(name))
        times: dict[str, list[float]] = {label: [] for label in measured}
        for _ in range(ROUNDS):
            for label, run in measured.items():
                start = time.process_time()
                run()
                times[label].append((time.process_time() - start) * 1e3)
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for label, values in times.items():
        print(f"{label:45} {statistics.median(values):8.1f} ms  (best {min(values):.1f})")


if __name__ == "__main__":
    main()
