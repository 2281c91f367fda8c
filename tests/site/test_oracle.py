"""The oracle: every stamped file of a brand is, byte for byte, the file of a plain `mkdocs build` of that brand.

The brand's generated files (`assets/brand/`) are other stages' work and come to the engine's site as artifacts.
"""

import json
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.compiling import compile_site
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.render import EPOCH_S
from themekit.site.stamp import stamp
from themekit.site.variant import variant_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "material-docs"


def lay_out(folder, files):
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def plain_build(project, out, brand_id):
    """The files of `mkdocs build`, without the brand's generated ones."""
    environment = {
        **os.environ,
        "THEMEKIT_BRAND": brand_id,
        "SOURCE_DATE_EPOCH": str(EPOCH_S),
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", out],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    files = {PurePosixPath(path.relative_to(out).as_posix()): path for path in sorted(out.rglob("*")) if path.is_file()}
    assert any(path.is_relative_to(BRAND_FOLDER) for path in files)
    return {path: place.read_bytes() for path, place in files.items() if not path.is_relative_to(BRAND_FOLDER)}


def assert_equal(stamped, built):
    assert sorted(built) == sorted(stamped)
    assert [] == [str(path) for path, content in built.items() if stamped[path] != content]


def stamped_site(brand, sources, scratch, overlay=()):
    scratch.mkdir(exist_ok=True)
    variant = variant_of(brand, sources=sources, overlay=overlay)
    template, diagnostics = compile_site(variant, sources, overlay=overlay, scratch=scratch)
    assert template is not None, diagnostics
    assert () == template.plain
    return {artifact.path.relative_to("site"): artifact.content for artifact in stamp(template, brand)}


@pytest.mark.parametrize(
    ("which", "own"),
    [
        ("PLAIN", {}),
        ("AWKWARD", {}),
        (
            "AWKWARD",
            {"guides/own.md": "# Eigene Seite von {{ brand.name }}\n\n<b onclick='x'>&copy; {{ brand.tagline }}</b>\n"},
        ),
    ],
)
def test_the_small_portal(which, own, small, make_brand, specs, tmp_path):
    brand_id = {"PLAIN": "acme", "AWKWARD": "zitrone"}[which]
    overlay = tuple(
        SourceFile(PurePosixPath("brands", brand_id, "docs", path), text.encode()) for path, text in own.items()
    )
    files = {source.path: source.content for source in (*small, *overlay)}
    files[PurePosixPath("brands", brand_id, "brand.json")] = json.dumps(specs[which]).encode()
    lay_out(tmp_path / "project", files)
    built = plain_build(tmp_path / "project", tmp_path / "out", brand_id)
    assert_equal(stamped_site(make_brand(specs[which], brand_id), small, tmp_path / "scratch", overlay), built)


@pytest.mark.parametrize("brand_id", ["acme", "zitrone"])
def test_the_real_portal(brand_id, tmp_path):
    from themekit.build.portal import site_sources
    from themekit.build.project import Project
    from themekit.build.provider import provide

    provision = provide(ROOT, brand_id)
    sources = Project(ROOT).engine.get(site_sources)  # with the pages that are made of the API's description
    stamped = stamped_site(provision.brand, sources, tmp_path / "scratch", provision.overlay)
    assert_equal(stamped, plain_build(ROOT, tmp_path / "out", brand_id))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="other people's docs, which this repository does not hold")
def test_other_peoples_docs(make_brand, make_sources, specs, tmp_path):
    """77 pages of Material's own docs with 184 uses of `{{ brand.name }}`: what we did not write for this."""
    pages = {
        f"docs_src/{path.relative_to(CORPUS).as_posix()}": literal_templates(path.read_text(encoding="utf-8"))
        for path in sorted(CORPUS.rglob("*.md"))
    }
    assert 184 <= sum(text.count("{{ brand.name }}") for text in pages.values())
    sources = make_sources(pages, navigation="\n")
    files = {source.path: source.content for source in sources}
    files[PurePosixPath("brands/zitrone/brand.json")] = json.dumps(specs["AWKWARD"]).encode()
    lay_out(tmp_path / "project", files)
    built = plain_build(tmp_path / "project", tmp_path / "out", "zitrone")
    assert_equal(stamped_site(make_brand(specs["AWKWARD"], "zitrone"), sources, tmp_path / "scratch"), built)


def literal_templates(text):
    """Jinja's tags are meant literally there, and the listings of tags need a configuration that is not ours."""
    lines = text.replace("<!-- material/tags", "<!-- ").split("\n")
    return "\n".join(f"{{% raw %}}\n{line}\n{{% endraw %}}" if "{%" in line else line for line in lines)
