"""The sources that the site's benchmarks render, and texts for any number of brands of one variant."""

from __future__ import annotations

import argparse
from pathlib import Path, PurePosixPath

from corpus import ROOT, Size, folder_project, made_project

from themekit.model import SourceFile
from themekit.site.compiling import slot_names
from themekit.site.fields import BY_NAME, kind_of
from themekit.site.variant import Variant, sections_of


def read_corpus() -> tuple[str, tuple[SourceFile, ...]]:
    """This project's docs, or with `--corpus DIR` any folder of pages; its name, and the sources."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown pages to use in place of docs_src")
    parser.add_argument("--pages", type=int, help="use this many made pages in place of docs_src")
    given = parser.parse_args()
    if given.pages:
        return f"{given.pages} made pages", sources_of(made_project(Size(given.pages, brands=0)))
    if given.corpus:
        return given.corpus.name, sources_of(folder_project(given.corpus, Size(brands=0)))
    files = {PurePosixPath("mkdocs.yml"): (ROOT / "mkdocs.yml").read_bytes()}
    for path in sorted(path for path in (ROOT / "docs_src").rglob("*") if path.is_file()):
        files[PurePosixPath(path.relative_to(ROOT).as_posix())] = path.read_bytes()
    return "docs_src", sources_of(files)


def sources_of(files: dict[PurePosixPath, bytes]) -> tuple[SourceFile, ...]:
    """What a render reads of a project."""
    return tuple(SourceFile(path, content) for path, content in files.items() if path.parts[0] != "brands")


def variant_for(sources: tuple[SourceFile, ...]) -> Variant:
    """English, everything shown, every field present."""
    return Variant("en", sections_of(source.path for source in sources), tuple(BY_NAME))


def texts_of(variant: Variant, number: int) -> dict[str, str]:
    """One brand's texts, of other lengths than another's."""
    samples = {
        "text": f"Zitrone & Söhne {'No. ' * (number % 3)}{number}",
        "url": f"https://brand-{number}.example/docs/",
        "email": f"dev@brand-{number}.example",
        "identifier": f"brand{number}",
        "version": f"1.{number}.0",
        "locale": variant.locale,
    }
    return {name: samples[kind_of(name)] for name in slot_names(variant)}
