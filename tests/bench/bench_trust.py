"""What trust in bundles costs: `python tests/bench/bench_trust.py [--pages N]`.

CPU time, medians of rounds, over one brand's bundle of this project's pages, made ones (`--pages`; 190 make 10 MB) or a
folder's (`--corpus`). `join` is what one more brand's bundle costs without its own theme and assets, as in
bench_package.py: signing is compared with that, the cheapest packaging there is.
"""

import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from themekit.build.bill import components_of
from themekit.build.joining import SharedSite, shared_site, stamped_files
from themekit.bundle import package_brand, verify_bundle
from themekit.bundle.envelope import sealed
from themekit.bundle.evidence import Beside, Subject, Trust, weigh
from themekit.bundle.keys import new_key, unlocked
from themekit.bundle.manifest import Manifest
from themekit.bundle.patch import apply_patch, make_patch
from themekit.bundle.pieces import pack_site
from themekit.bundle.provenance import Build, Dependency, statement
from themekit.bundle.tape_form import tape_of
from themekit.bundle.trusted_keys import TrustedKey, TrustedKeys
from themekit.model import BrandId, SourceFile
from themekit.site.compiling import compile_site
from themekit.site.stamp import SITE, Stamper
from themekit.source.brand import BrandInputs, parse_brand

sys.path.insert(0, str(Path(__file__).parent))
from one_variant import read_corpus, texts_of, variant_for

ROUNDS = 9
FEW_ROUNDS = 3
SLOW = frozenset({"tar.zst", "patch of one page", "apply it"})
BRAND = b'{"name": "Zitrone", "version": "1.0.0", "color": {"primary": "#0b5fff"}}'
INPUTS = 550
NAME = "b-1.0.0.zip"


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def edited(sources: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """The same with a sentence more on a page in the middle."""
    pages = [source.path for source in sources if source.path.suffix == ".md"]
    chosen = pages[len(pages) // 2]
    more = b"\n\nA sentence was added to this page, and nothing else was changed.\n"
    return tuple(replace(each, content=each.content + more) if each.path == chosen else each for each in sources)


def shared(sources: tuple[SourceFile, ...]) -> SharedSite:
    """The rendered site, packed for all brands."""
    with tempfile.TemporaryDirectory() as scratch:
        template, _ = compile_site(variant_for(sources), sources, scratch=Path(scratch))
    if template is None:
        raise SystemExit("the pages cannot be rendered")
    return shared_site(pack_site(template.files, folder=SITE), template)


def main() -> None:
    """Print the table."""
    name, sources = read_corpus()
    texts = texts_of(variant_for(sources), 1)
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, _ = parse_brand(PurePosixPath("brands/b/brand.json"), BRAND, brand_id=BrandId("b"), inputs=inputs)
    if brand is None:
        raise SystemExit("the bundle's brand is wrong")
    site = shared(sources)

    def bundle(of: SharedSite, *, has_bill: bool = True) -> tuple[bytes, Manifest]:
        files = [*of.files, *stamped_files(of, Stamper(texts))]
        bill = components_of(file.member.header.path for file in files) if has_bill else ()
        made, manifest = package_brand(files, brand=brand, inputs="0" * 64, tools=(), epoch_s=0, components=bill)
        hashlib.sha256(made.content).digest()
        return made.content, manifest

    content, manifest = bundle(site)
    newer, _ = bundle(shared(edited(sources)))
    secret, public = new_key("bench")
    key = unlocked(secret, password="bench")  # noqa: S106
    build = Build("https://ci.example", (), tuple(Dependency(f"docs_src/{n}.md", "0" * 64) for n in range(INPUTS)), 0)
    digest = hashlib.sha256(content).hexdigest()
    sealing = lambda: sealed(statement(manifest, build, name=NAME, sha256=digest), key=key)  # noqa: E731
    minisig = key.minisig(content, name=NAME, epoch_s=0).encode()
    beside = Beside({NAME: digest}, minisig, sealing())
    trust = Trust(TrustedKeys((TrustedKey(public),)), 0)

    def verify() -> None:
        found, faults = verify_bundle(content)
        _, wrong = weigh(Subject(NAME, content, found, faults), beside, trust=trust)
        if wrong:
            raise SystemExit(f"the bundle does not hold: {wrong}")

    patch, _ = make_patch(content, newer)
    cases: dict[str, Callable[[], object]] = {
        "join, without a bill of materials": lambda: bundle(site, has_bill=False),
        "join": lambda: bundle(site),
        "minisign signature": lambda: key.minisig(content, name=NAME, epoch_s=0),
        f"provenance of {INPUTS} inputs": sealing,
        "unlock the key, once a run": lambda: unlocked(secret, password="bench"),  # noqa: S106
        "verify the archive alone": lambda: verify_bundle(content),
        "verify with all that stands beside": verify,
        "tar.zst": lambda: tape_of(content),
        "patch of one page": lambda: make_patch(content, newer),
        "apply it": lambda: apply_patch(content, patch),
    }
    times: dict[str, list[float]] = {case: [] for case in cases}
    for turn in range(ROUNDS):
        for case, work in cases.items():
            if case not in SLOW or turn < FEW_ROUNDS:
                times[case].append(cpu_ms(work))
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{name}: bundle of {len(content) / 1e6:.2f} MB, {len(manifest.files)} files; load {load}")
    print(f"tar.zst {len(tape_of(content)) / 1e6:.2f} MB; patch of one page {len(patch)} bytes")
    for case, measured in times.items():
        print(f"{case:<38}{statistics.median(measured):10.2f} ms{min(measured):10.2f} at best")


if __name__ == "__main__":
    main()
