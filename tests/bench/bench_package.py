"""Package and verify against zipfile: CPU time of one bundle, medians of alternating runs.

python tests/bench/bench_package.py [--rounds N]

The tree is made here, in sizes like a real portal's: 300 pages of 30 to 70 KB, 150 pictures of 47 KB that do not
compress, 150 scripts and style sheets.
"""

import argparse
import io
import random
import statistics
import time
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from themekit.bundle import verify_bundle
from themekit.bundle.archive import member, write_zip
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Tool, manifest_of
from themekit.model import Artifact

WORDS = "the payment of a customer is captured when an event says so and retried by your server".split()


def made_tree() -> tuple[Artifact, ...]:
    """600 files, about 25 MB, the same in every run."""
    chance = random.Random(7)

    def text(size: int) -> bytes:
        words = [
            f"<p class=md-{chance.randrange(40)}>{chance.choice(WORDS)} {chance.randrange(9999)}</p>"
            for _ in range(size // 28)
        ]
        return "\n".join(words).encode()

    pages = [
        Artifact(PurePosixPath(f"site/{n}.html"), text(chance.randrange(30_000, 70_000)), "text/html")
        for n in range(300)
    ]
    images = [Artifact(PurePosixPath(f"site/{n}.png"), chance.randbytes(47_000), "image/png") for n in range(150)]
    sheets = [Artifact(PurePosixPath(f"site/{n}.css"), text(16_000), "text/css") for n in range(150)]
    return (*pages, *images, *sheets)


def packed(tree: tuple[Artifact, ...]) -> bytes:
    """As `themekit package` does it."""
    brand = BundleBrand("acme", "Acme", "1.0.0", "en")
    manifest = manifest_of(tree, brand=brand, inputs="0" * 64, tools=[Tool("themekit", "bench")])
    first = Artifact(MANIFEST_PATH, manifest.to_json(), "application/json")
    return write_zip([member(each) for each in (first, *sorted(tree, key=lambda each: str(each.path)))], epoch_s=0)


def zipped(tree: tuple[Artifact, ...]) -> bytes:
    """As the standard library does it, at its default level."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in tree:
            archive.writestr(str(each.path), each.content)
    return buffer.getvalue()


def cpu_ms(function: Callable[[], object]) -> float:
    """CPU time of one call."""
    started = time.process_time()
    function()
    return (time.process_time() - started) * 1000


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    tree = made_tree()
    bundle, peer = packed(tree), zipped(tree)
    cases: dict[str, Callable[[], object]] = {
        "package": lambda: packed(tree),
        "zipfile": lambda: zipped(tree),
        "verify": lambda: verify_bundle(bundle),
        "zipfile.testzip": lambda: zipfile.ZipFile(io.BytesIO(peer)).testzip(),
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            times[name].append(cpu_ms(case))
    sizes = {"package": len(bundle), "zipfile": len(peer)}
    print(f"{len(tree)} files, {sum(len(each.content) for each in tree) / 1e6:.1f} MB; medians of {rounds}")
    print(f"{'case':<18}{'CPU ms':>8}{'MB':>8}")
    for name, measured in times.items():
        size = f"{sizes[name] / 1e6:8.2f}" if name in sizes else ""
        print(f"{name:<18}{statistics.median(measured):8.0f}{size}")


if __name__ == "__main__":
    main()
