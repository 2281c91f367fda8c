"""The made projects that the benchmarks work on."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import PROFILE, Size, made_pages, made_project, page_counts, write_project
from made_brands import MAX_VARIANTS, brand_files

from themekit.build.brands import brand_ids, tokens
from themekit.build.portal import variant
from themekit.build.project import Project
from themekit.model import SourceFile
from themekit.site.checking import check_sources


def test_same_size_same_bytes():
    """A figure can be compared with last year's: the project it was measured on is made again, to the byte."""
    assert made_project(Size(12, 5, 2, 7)) == made_project(Size(12, 5, 2, 7))
    assert made_project(Size(12, 5, 2, 7)) != made_project(Size(12, 5, 2, 8))


def test_pages_are_like_the_measured_ones():
    """Half of all pages have at least half, and at most twice, what the measured median has."""
    pages = [content.decode() for path, content in made_pages(120).items() if path.suffix == ".md"]
    counts = [page_counts(text) for text in pages]
    for name in ("words", "code", "h3", "code spans"):
        middle = sorted(each[name] for each in counts)[len(counts) // 2]
        assert PROFILE[name][3] / 2 <= middle <= PROFILE[name][3] * 2, name


def test_pages_have_no_mistakes():
    sources = [SourceFile(path, content) for path, content in made_pages(30).items()]
    assert () == check_sources(sources)


def test_brands_are_of_as_many_variants_as_asked(tmp_path):
    """Every kind of name is a brand without mistakes, and only what makes a variant makes one."""
    write_project(made_project(Size(16, 12, MAX_VARIANTS)), tmp_path)
    engine = Project(tmp_path).engine
    brands = engine.get(brand_ids)
    assert 12 == len(brands)
    assert all(engine.get(tokens, each) for each in brands)
    assert MAX_VARIANTS == len({engine.get(variant, each) for each in brands})


def test_too_many_variants():
    with pytest.raises(ValueError, match="7 variants"):
        brand_files(3, variants=7)
