"""The docs that the site's benchmarks work on, and texts for any number of brands."""

from __future__ import annotations

import argparse
import resource
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import SourceFile
from themekit.site.compiling import slot_names
from themekit.site.fields import BY_NAME, kind_of
from themekit.site.variant import Variant, sections_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def read_corpus() -> tuple[str, tuple[SourceFile, ...]]:
    """This project's docs, or with `--corpus DIR` any folder of pages; its name, and the sources."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown pages to use in place of docs_src")
    corpus = parser.parse_args().corpus
    folder = corpus or ROOT / "docs_src"
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    if corpus:
        configuration = configuration.partition("\nnav:")[0] + "\n"
    files = [SourceFile(PurePosixPath("mkdocs.yml"), configuration.encode())]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if corpus and path.suffix == ".md":
            content = without_templates(content.decode()).encode()
        files.append(SourceFile(PurePosixPath("docs_src", path.relative_to(folder).as_posix()), content))
    return folder.name, tuple(files)


def without_templates(text: str) -> str:
    """Other people's pages show template tags and list tags in ways of their own."""
    lines = text.replace("<!-- material/tags", "<!-- ").split("\n")
    return "\n".join(f"{{% raw %}}\n{line}\n{{% endraw %}}" if "{%" in line else line for line in lines)


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


def cpu_s(work: Callable[[], object]) -> float:
    """User and system time of the work, child processes included."""

    def spent() -> float:
        each = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in each)

    before = spent()
    work()
    return spent() - before
