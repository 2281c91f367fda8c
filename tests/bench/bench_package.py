"""One more brand's bundle, joined from pieces, against zipfile: `python tests/bench/bench_package.py [--pages N]`.

CPU time, medians of alternating rounds, over this project's pages, made ones (`--pages`) or a folder's (`--corpus`).
`join` is what `themekit package` does for each brand of a variant after the first, but for the brand's own theme and
assets: texts into zones, pages, digests, archive, its SHA-256. Beside it, the floor under it: what no way of joining
can leave out.
"""

import hashlib
import io
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from zlib_ng import zlib_ng

from themekit.build.joining import shared_site, stamped_files
from themekit.bundle import package_brand, verify_bundle
from themekit.bundle.pieces import pack_files, pack_site
from themekit.model import Artifact, BrandId
from themekit.site.compiling import compile_site
from themekit.site.stamp import SITE, Stamper, stamp_fields
from themekit.source.brand import BrandInputs, parse_brand

sys.path.insert(0, str(Path(__file__).parent))
from one_variant import read_corpus, texts_of, variant_for

ROUNDS = 15
BRAND = b'{"name": "Zitrone", "version": "1.0.0", "color": {"primary": "#0b5fff"}}'


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
    name, sources = read_corpus()
    variant = variant_for(sources)
    with tempfile.TemporaryDirectory() as scratch:
        template, _ = compile_site(variant, sources, scratch=Path(scratch))
    if template is None:
        raise SystemExit("the pages cannot be rendered")
    site = shared_site(pack_site(template.files, folder=SITE), template)
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, _ = parse_brand(PurePosixPath("brands/b/brand.json"), BRAND, brand_id=BrandId("b"), inputs=inputs)
    if brand is None:
        raise SystemExit("the bundle's brand is wrong")
    texts = texts_of(variant, 1)
    tree = stamp_fields(template, texts)
    pages = [page.packed.path for page in site.pages]
    contents = [each.content for each in tree if each.path in set(pages)]

    def bundle(files: list[object]) -> bytes:
        return package_brand(files, brand=brand, inputs="0" * 64, tools=(), epoch_s=0)[0].content

    def joined() -> bytes:
        content = bundle([*site.files, *stamped_files(site, Stamper(texts))])
        hashlib.sha256(content).digest()
        return content

    written, anew, peer = joined(), bundle([*pack_files(tree)]), zipped(tree)
    cases: dict[str, Callable[[], object]] = {
        "join": joined,
        "floor: SHA-256 of its pages": lambda: [hashlib.sha256(content).digest() for content in contents],
        "floor: CRC-32 of its pages": lambda: [zlib_ng.crc32(content) for content in contents],
        "floor: SHA-256 of the bundle": lambda: hashlib.sha256(written).digest(),
        "once a variant: pack": lambda: pack_site(template.files, folder=SITE),
        "every member anew": lambda: bundle([*pack_files(tree)]),
        "zipfile": lambda: zipped(tree),
        "verify": lambda: verify_bundle(written),
    }
    times: dict[str, list[float]] = {case: [] for case in cases}
    for _ in range(ROUNDS):
        for case, work in cases.items():
            times[case].append(cpu_ms(work))
    medians = {case: statistics.median(measured) for case, measured in times.items()}
    sizes = {"join": len(written), "every member anew": len(anew), "zipfile": len(peer)}
    size = sum(len(each.content) for each in tree) / 1e6
    print(f"{name}: {len(tree)} files, {size:.1f} MB; {len(pages)} with values, {sum(map(len, contents)) / 1e6:.1f} MB")
    print(f"{'case':<30}{'CPU ms':>8}{'join = 1':>10}{'MB':>8}{'':>4}one stream a page = 1")
    for case, median in medians.items():
        of = f"{sizes[case] / 1e6:8.2f}{sizes[case] / sizes['every member anew']:10.3f}" if case in sizes else ""
        print(f"{case:<30}{median:8.1f}{median / medians['join']:10.2f}{of}")


if __name__ == "__main__":
    main()
