"""The rows of bench_scale.py: each measures one kind of work and returns its figures by name."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from corpus import Size, folder_project, made_project, write_project
from fit import line_fit
from measure import Usage, alternating, run, total, used
from one_variant import sources_of, texts_of, variant_for
from peers import peers

from themekit.build.joining import SharedSite, shared_site, stamped_files
from themekit.build.outputs import Output
from themekit.build.project import Project
from themekit.build.run import build
from themekit.build.shared import SharedFiles
from themekit.build.write import write_tree
from themekit.bundle import package_brand
from themekit.bundle.pieces import pack_site
from themekit.model import Artifact, BrandId
from themekit.site.compiling import compile_site
from themekit.site.stamp import SITE, Stamper, stamp_fields
from themekit.source.brand import BrandInputs, parse_brand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpus import Files

Figures = dict[str, object]
COMMAND = str(Path(sys.executable).parent / "themekit")
PARTS = ("theme", "assets", "site")
MARGINAL_ROUNDS = 15
PEER_ROUNDS = 3
NO_OP_ROUNDS = 5
EDIT_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """Where to work, whether in a hurry, whose pages, and how many brands where their number grows."""

    scratch: Path
    is_quick: bool = False
    corpus: Path | None = None
    counts: tuple[int, ...] = (10, 100, 1000)  # of brands, where they grow

    def project(self, size: Size) -> Files:
        """Its files, of the corpus if there is one."""
        return folder_project(self.corpus, size) if self.corpus else made_project(size)

    def pages(self, usual: int) -> int:
        """How many pages to make."""
        return 8 if self.is_quick else usual


def marginal(of: Run) -> Figures:
    """One more brand: in memory, as a tree, as a zip, against `cp -r` and `zipfile` over the same files."""
    sources = sources_of(of.project(Size(of.pages(150), brands=0)))
    variant = variant_for(sources)
    template, found = compile_site(variant, sources, scratch=_made(of.scratch / "render"))
    if template is None or template.plain:  # what is rendered for each brand would be left out of every figure
        raise SystemExit("\n".join(f"{each.place}: {each.message}" for each in found))
    base, out, cache = of.scratch / "base", of.scratch / "out", of.scratch / "cache"
    first, shared = stamp_fields(template, texts_of(variant, 0)), SharedFiles(cache)
    _written(first, base, shared)
    numbers = iter(range(1, 10_000))
    site = shared_site(pack_site(template.files, folder=SITE), template)
    stamped: list[tuple[Artifact, ...]] = [first]

    def next_brand() -> None:
        stamped[0] = stamp_fields(template, texts_of(variant, next(numbers)))

    jobs = {
        "stamp": lambda: _here(next_brand),
        "tree": lambda: _cleared(out, lambda: _written(stamped[0], out, shared)),
        "cp -r": lambda: _cleared(out, lambda: subprocess.run(["cp", "-r", base, out], check=True)),
        "zip": lambda: _here(lambda: _packed(site, texts_of(variant, next(numbers)))),
        "zipfile": lambda: _here(lambda: _zipped(stamped[0])),
    }
    usages = alternating(jobs, 3 if of.is_quick else MARGINAL_ROUNDS)
    cpu_s = {name: usage.cpu_s for name, usage in usages.items()}
    return {
        "pages": sum(artifact.path.suffix == ".html" for artifact in first),
        "files": len(first),
        "bytes": sum(len(artifact.content) for artifact in first),
        "zip bytes": len(_packed(site, texts_of(variant, 0))),
        "cpu ms": {name: 1000 * value for name, value in cpu_s.items()},
        "wall ms": {name: 1000 * usage.wall_s for name, usage in usages.items()},
        "tree, cp -r = 1": cpu_s["tree"] / cpu_s["cp -r"],
        "stamp and tree, cp -r = 1": (cpu_s["stamp"] + cpu_s["tree"]) / cpu_s["cp -r"],
        "zipfile, zip = 1": cpu_s["zipfile"] / cpu_s["zip"],
    }


def cold(of: Run) -> Figures:
    """100 brands from nothing, trees and zips, and again with nothing changed; one build of each peer between."""
    size = Size(of.pages(150), 3 if of.is_quick else 100)
    files = of.project(size)
    project = _made(of.scratch / "project")
    write_project(files, project)
    able, missing = peers()
    for peer in able:
        peer.lay_out(files, _made(of.scratch / peer.name))
    _warm_up(of.scratch / "small")
    rounds: dict[str, list[Usage]] = {peer.name: [] for peer in able}
    steps: dict[str, Usage] = {}
    for step in ("build", "package", "build again"):
        for peer in able:
            rounds[peer.name].append(peer.build(of.scratch / peer.name))
        steps[step] = run((COMMAND, step.split()[0], "--quiet"), project)
    no_op = alternating({"no-op": lambda: run((COMMAND, "build", "--quiet"), project)}, NO_OP_ROUNDS)["no-op"]
    ours = total([steps["build"], steps["package"]])
    each_s = {name: sorted(usage.cpu_s for usage in found) for name, found in rounds.items()}
    return {
        "brands": size.brands,
        "pages": size.pages,
        "themekit": {name: _figures(usage) for name, usage in (*steps.items(), ("cold, all", ours), ("no-op", no_op))},
        "one build of a peer, cpu s": each_s,
        "times less cpu than as many builds": {
            name: size.brands * found[len(found) // 2] / ours.cpu_s for name, found in each_s.items()
        },
        "missing peers": ", ".join(missing) or "none",
        "disk": _disk(project),
    }


def edit(of: Run) -> Figures:
    """One page edited, in a process that has built before: 200 pages, 4 brands."""
    size = Size(of.pages(200), 4)
    folder = _made(of.scratch / "project")
    write_project(of.project(size), folder)
    project = Project(folder)
    brands = tuple(BrandId(path.name) for path in sorted((folder / "brands").iterdir()))
    page = max((folder / "docs_src").rglob("page-*.md"), key=lambda path: len(path.name))

    def again() -> None:
        project.engine.refresh()
        report = build(project, brands, parts=PARTS, jobs=None, writes=True, tell=lambda _: None)
        if report.failed:
            raise SystemExit("\n".join(each.message for each in report.diagnostics))

    first = used(again)
    found = []
    for number in range(EDIT_ROUNDS):
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\nOne more sentence, no. {number}.\n", encoding="utf-8")
        found.append(used(again))
    middle = sorted(found, key=lambda usage: usage.cpu_s)[len(found) // 2]
    return {
        "brands": size.brands,
        "pages": size.pages,
        "first build": _figures(first),
        "after an edit": _figures(middle),
        "nothing changed": _figures(used(again)),
    }


def growth(of: Run) -> Figures:
    """Time, memory and bytes of builds of more and more brands of a few pages; a line through them, and how far off."""
    counts = (1, 2, 4) if of.is_quick else of.counts
    pages = 16
    figures: Figures = {"pages": pages}
    columns: dict[str, list[float]] = {}
    _warm_up(of.scratch / "small")
    for count in counts:
        folder = _made(of.scratch / f"project-{count}")
        write_project(of.project(Size(pages, count)), folder)
        built, packed = (run((COMMAND, step, "--quiet"), folder) for step in ("build", "package"))
        both, disk = total([built, packed]), _disk(folder)
        figures[f"{count} brands"] = {"build": _figures(built), "package": _figures(packed), "disk": disk}
        row = {"cpu s": both.cpu_s, "wall s": both.wall_s, "peak mb": both.peak_mb, **disk}
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
        shutil.rmtree(folder)
    figures["lines"] = {name: line_fit(counts, values) for name, values in columns.items()}
    return figures


def pages(of: Run) -> Figures:
    """The same in the other direction: more and more pages, for one brand; and the next brand's stamp, tree and zip."""
    counts = (8, 12, 16, 32) if of.is_quick else (16, 50, 150, 300)
    found: Figures = {}
    for count in counts:
        sources = sources_of(made_project(Size(count, brands=0)))
        variant, scratch = variant_for(sources), _made(of.scratch / f"{count}")
        kept: list[object] = []
        compiled = used(lambda: kept.append(compile_site(variant, sources, scratch=_made(scratch / "render"))))  # noqa: B023 - called at once
        template = kept[0][0]
        artifacts = stamp_fields(template, texts_of(variant, 1))
        site = shared_site(pack_site(template.files, folder=SITE), template)
        shared = SharedFiles(scratch / "cache")
        _written(artifacts, scratch / "base", shared)
        jobs = {
            "stamp": lambda: _here(lambda: stamp_fields(template, texts_of(variant, 2))),  # noqa: B023 - called at once
            "tree": lambda: _cleared(scratch / "out", lambda: _written(artifacts, scratch / "out", shared)),  # noqa: B023
            "zip": lambda: _here(lambda: _packed(site, texts_of(variant, 2))),  # noqa: B023 - called at once
        }
        usages = alternating(jobs, 3)
        found[f"{count} pages"] = {
            "compile cpu s": compiled.cpu_s,
            **{f"{name} cpu s": usage.cpu_s for name, usage in usages.items()},
            "files": len(artifacts),
            "site bytes": sum(len(artifact.content) for artifact in artifacts),
            "static bytes": sum(len(file.parts[0]) for file in template.files if file.is_static),
            "zip bytes": len(_packed(site, texts_of(variant, 1))),
        }
        shutil.rmtree(scratch)
    return found


ROWS: dict[str, Callable[[Run], Figures]] = {
    "marginal": marginal,
    "cold": cold,
    "edit": edit,
    "growth": growth,
    "pages": pages,
}


def _warm_up(folder: Path) -> None:
    """Compile every module that a build imports, as installing a package does."""
    write_project(made_project(Size(8, 2)), folder)
    for step in ("build", "package"):
        run((COMMAND, step, "--quiet"), folder)


def _here(work: Callable[[], object]) -> Usage:
    """Work without processes of its own, by the clock that nothing else touches."""
    cpu_s, wall_s = time.process_time(), time.perf_counter()
    work()
    return Usage(time.process_time() - cpu_s, time.perf_counter() - wall_s)


def _cleared(out: Path, work: Callable[[], object]) -> Usage:
    """Work that writes a folder, which is gone before."""
    shutil.rmtree(out, ignore_errors=True)
    return used(work)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _written(artifacts: Sequence[Artifact], out: Path, shared: SharedFiles) -> None:
    """As a build writes one more brand's tree: what brands share is there, and linked."""
    write_tree(out, (Output("the site", tuple(artifacts)),), cache=out.with_name("cache"), shared=shared)


def _packed(site: SharedSite, texts: Mapping[str, str]) -> bytes:
    """One more brand's bundle, with its digest, as `themekit package` makes it: without files of its own."""
    content = b'{"name": "Zitrone", "version": "1.0.0", "color": {"primary": "#0b5fff"}}'
    inputs = BrandInputs(lambda _: None, lambda _: ())
    whose, _ = parse_brand(PurePosixPath("brands/b/brand.json"), content, brand_id=BrandId("b"), inputs=inputs)
    if whose is None:
        raise AssertionError("the brand of the bundle is wrong")
    files = [*site.files, *stamped_files(site, Stamper(texts))]
    content = package_brand(files, brand=whose, inputs="0" * 64, tools=(), epoch_s=0)[0].content
    hashlib.sha256(content).hexdigest()
    return content


def _zipped(artifacts: Sequence[Artifact]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in artifacts:
            archive.writestr(str(each.path), each.content)
    return buffer.getvalue()


def _figures(usage: Usage) -> Figures:
    return {
        "cpu s": usage.cpu_s,
        "wall s": usage.wall_s,
        "peak mb": usage.peak_mb,
        "largest process mb": usage.largest_mb,
    }


def _disk(project: Path) -> dict[str, float]:
    """Files and bytes below build/: trees (what several names share counts once), bundles and the store."""
    found = {f"{kind} {what}": 0.0 for kind in ("tree", "dist", "store") for what in ("files", "mb")}
    seen: set[int] = set()
    for place, _, names in os.walk(project / "build"):
        top = Path(place).relative_to(project / "build").parts[:1]
        kind = {(".cache",): "store", ("dist",): "dist"}.get(top, "tree")
        for name in names:
            status = Path(place, name).lstat()
            found[f"{kind} files"] += 1
            if status.st_ino not in seen:
                seen.add(status.st_ino)
                found[f"{kind} mb"] += status.st_size / 1e6
    return found
