"""What trust in bundles costs: `python tests/bench/bench_trust.py [BUNDLE.zip…]`, two of `build/dist/` by default.

CPU time, medians of rounds, over a bundle made of the files of those given: the first one's as they are, those of the
others in folders of its site, so that two bundles of 6 MB make one of 12. `pack` deflates every member anew; `write` is
the cheapest packaging there is, of members that are deflated already, with manifest and digests.
"""

import hashlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from themekit.build.bill import components_of
from themekit.bundle import package_brand, verify_bundle
from themekit.bundle.envelope import sealed
from themekit.bundle.evidence import Beside, Subject, Trust, weigh
from themekit.bundle.inflating import inflated
from themekit.bundle.keys import new_key, unlocked
from themekit.bundle.manifest import MANIFEST_PATH, Manifest
from themekit.bundle.patch import apply_patch, make_patch
from themekit.bundle.pieces import PackedFile, pack_files
from themekit.bundle.provenance import Build, Dependency, statement
from themekit.bundle.reader import read_entries
from themekit.bundle.sbom import SBOM_PATH
from themekit.bundle.tape_form import tape_of
from themekit.bundle.trusted_keys import TrustedKey, TrustedKeys
from themekit.diagnostics import Reporter
from themekit.model import Artifact, Brand, BrandId
from themekit.source.brand import BrandInputs, parse_brand

DIST = Path(__file__).parents[2] / "build/dist"
ROUNDS = 9
FEW_ROUNDS = 3
SLOW = frozenset({"pack", "tar.zst", "patch of one page", "apply it"})
BRAND = b'{"name": "Zitrone", "version": "1.0.0", "color": {"primary": "#0b5fff"}}'
INPUTS = 550
NAME = "b-1.0.0.zip"
INDEX = PurePosixPath("site/search/search_index.js")


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def files_of(bundle: bytes, folder: str) -> list[Artifact]:
    """The files of a bundle but for what describes it; those of its site below a folder of the site."""
    verification, faults = verify_bundle(bundle)
    if faults or verification.manifest is None:
        raise SystemExit("this is no whole bundle")
    kinds = {str(entry.path): entry.media_type for entry in verification.manifest.files}
    return [
        Artifact.of(f"site/{folder}{entry.path}" if folder else entry.path, content(entry), kinds[entry.path])
        for entry in read_entries(memoryview(bundle), Reporter())
        if entry.path not in {str(MANIFEST_PATH), str(SBOM_PATH)}
    ]


def content(entry: object) -> bytes:
    """What a member unpacks to."""
    return b"".join(inflated(entry, Reporter()))


def edited(files: Sequence[Artifact]) -> list[Artifact]:
    """The same with a sentence more on a page in the middle, and in the search index."""
    pages = [file.path for file in files if file.path.suffix == ".html"]
    changed = {pages[len(pages) // 2], INDEX}
    more = b"A sentence was added to this page, and nothing else was changed. "
    return [
        replace(file, content=file.content[: len(file.content) // 2] + more + file.content[len(file.content) // 2 :])
        if file.path in changed
        else file
        for file in files
    ]


def bundle_of(packed: Sequence[PackedFile], brand: Brand) -> tuple[bytes, Manifest]:
    """A bundle of files that are deflated already, with its digest, as `themekit package` writes it."""
    bill = components_of(file.member.header.path for file in packed)
    made, manifest = package_brand(packed, brand=brand, inputs="0" * 64, tools=(), epoch_s=0, components=bill)
    hashlib.sha256(made.content).digest()
    return made.content, manifest


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    paths = paths or [str(path) for path in sorted(DIST.glob("*.zip"))[:2]]
    if not paths:
        raise SystemExit("there is no bundle in build/dist/: run `themekit package`")
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, _ = parse_brand(PurePosixPath("brands/b/brand.json"), BRAND, brand_id=BrandId("b"), inputs=inputs)
    if brand is None:
        raise SystemExit("the bundle's brand is wrong")
    files = [file for n, path in enumerate(paths) for file in files_of(Path(path).read_bytes(), f"{n}/" if n else "")]
    packed = pack_files(files)
    whole, manifest = bundle_of(packed, brand)
    newer, _ = bundle_of(pack_files(edited(files)), brand)
    secret, public = new_key("bench")
    key = unlocked(secret, password="bench")  # noqa: S106
    build = Build("https://ci.example", (), tuple(Dependency(f"docs_src/{n}.md", "0" * 64) for n in range(INPUTS)), 0)
    digest = hashlib.sha256(whole).hexdigest()

    def provenance() -> bytes:
        return sealed(statement(manifest, build, name=NAME, sha256=digest), key=key)

    beside = Beside({NAME: digest}, key.minisig(whole, name=NAME, epoch_s=0).encode(), provenance())
    trust = Trust(TrustedKeys((TrustedKey(public),)), 0)

    def verify() -> None:
        found, faults = verify_bundle(whole)
        _, wrong = weigh(Subject(NAME, whole, found, faults), beside, trust=trust)
        if wrong:
            raise SystemExit(f"the bundle does not hold: {wrong}")

    patch, _ = make_patch(whole, newer)
    cases: dict[str, Callable[[], object]] = {
        "pack": lambda: bundle_of(pack_files(files), brand),
        "write": lambda: bundle_of(packed, brand),
        "minisign signature": lambda: key.minisig(whole, name=NAME, epoch_s=0),
        f"provenance of {INPUTS} inputs": provenance,
        "unlock the key, once a run": lambda: unlocked(secret, password="bench"),  # noqa: S106
        "verify the archive alone": lambda: verify_bundle(whole),
        "verify with all that stands beside": verify,
        "tar.zst": lambda: tape_of(whole),
        "patch of one page": lambda: make_patch(whole, newer),
        "apply it": lambda: apply_patch(whole, patch),
    }
    times: dict[str, list[float]] = {case: [] for case in cases}
    for turn in range(ROUNDS):
        for case, work in cases.items():
            if case not in SLOW or turn < FEW_ROUNDS:
                times[case].append(cpu_ms(work))
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"bundle of {len(whole) / 1e6:.2f} MB, {len(manifest.files)} files; load {load}")
    print(f"tar.zst {len(tape_of(whole)) / 1e6:.2f} MB; patch of one page {len(patch)} bytes")
    for case, measured in times.items():
        print(f"{case:<38}{statistics.median(measured):10.2f} ms{min(measured):10.2f} at best")


if __name__ == "__main__":
    main(sys.argv[1:])
