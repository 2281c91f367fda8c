"""Zensical renders the same mkdocs.yml: brand values by the Markdown extension alone; and its bytes can be stamped."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from themekit.site.compiling import compile_files, slot_names
from themekit.site.fields import slot_fields
from themekit.site.probe import FIRST, SECOND, probe_fields
from themekit.site.stamp import stamp
from themekit.site.variant import variant_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAVIGATION = """
nav:
  - Home: index.md
  - Guides:
      - guides/index.md
      - guides/hooks.md
      - guides/about.md
  - Payouts:
      - payouts/index.md
  - Resources:
      - resources/tags.md
"""
FOR_ZENSICAL = re.compile(r"themekit:\n +inputs: !!python/name:themekit\.site\.zensical\.chosen_brand.*")


def lay_out(folder, files):
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def run_zensical(project, brand_id=None):
    environment = {name: value for name, value in os.environ.items() if name != "THEMEKIT_BRAND"}
    environment |= {"THEMEKIT_BRAND": brand_id} if brand_id else {}
    return subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def render(project, brand_id=None):
    """The site's files by path."""
    done = run_zensical(project, brand_id)
    assert 0 == done.returncode, done.stdout + done.stderr
    out = project / "build" / "preview"
    return {
        PurePosixPath(path.relative_to(out).as_posix()): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def pages_of(files):
    return {str(path): content.decode() for path, content in files.items() if path.suffix == ".html"}


@pytest.fixture
def sources(small, make_sources):
    pages = {str(source.path): source.content.decode() for source in small if source.path.suffix == ".md"}
    pages["docs_src/guides/about.md"] = "# About {{ brand.name }}\n\nNothing.\n"
    return make_sources(pages, navigation=NAVIGATION)


@pytest.fixture
def project(sources, specs, tmp_path):
    files = {source.path: source.content for source in sources}
    for brand_id, which in (("acme", "PLAIN"), ("zitrone", "AWKWARD")):
        files[PurePosixPath("brands", brand_id, "brand.json")] = json.dumps(specs[which]).encode()
    lay_out(tmp_path, files)
    return tmp_path


def assert_of_brand(page, name):
    """What only the finished page of this brand can hold, each in its context's escaping."""
    text = html.escape(name, quote=False).replace('"', "&#34;").replace("'", "&#39;")
    assert f"<title>{text} for developers - Developer portal</title>" in page
    assert f'<h1 id="build-with-brand-name">Build with {text}<a' in page
    assert re.search(r'<meta name="description" content="([^"]*)">', page)


def test_the_same_project_for_two_brands_one_after_the_other(project, specs):
    """Zensical keeps rendered pages: those of another brand, or of an older brand.json, must not show."""
    built = render(project)
    found = {entry["location"] for entry in json.loads(built[PurePosixPath("search.json")])["items"]}
    assert "guides/hooks.html" in found
    assert not [location for location in found if ".de.html" in location]
    first = pages_of(built)
    assert_of_brand(first["index.html"], "Acme")
    awkward = specs["AWKWARD"]
    second = pages_of(render(project, "zitrone"))
    assert_of_brand(second["index.html"], awkward["name"])
    assert not [path for path, page in second.items() if "Acme" in page or "acme" in page]
    renamed = {**specs["PLAIN"], "name": "Apex & Co"}
    (project / "brands" / "acme" / "brand.json").write_text(json.dumps(renamed), encoding="utf-8")
    third = pages_of(render(project))
    assert_of_brand(third["index.html"], "Apex & Co")
    assert not [path for path, page in third.items() if "Zitrone" in page or "Acme" in page]


def test_values_conditions_and_navigation(project):
    pages = pages_of(render(project, "zitrone"))
    index, hooks = pages["index.html"], pages["guides/hooks.html"]
    assert 'href="https://zitrone.example/hilfe?a=1&amp;copy=2"' in index
    assert 'href="mailto:o&#39;neil+x&amp;y@zitrone.example"' in index
    assert 'href="guides/hooks.html#about-brand-name"' in index
    assert "No guides here." not in index
    assert "{% " not in index
    assert '<span class="kn">import</span> <span class="n">' in hooks
    assert "{{ brand.name }} ${{ secrets.KEY }}" in html.unescape(hooks)
    assert 1 == html.unescape(hooks).count("{{ brand.name }}")
    assert 'href="./payouts/index.html"' in index
    left = re.compile(r"[Zz]xq|" + f"{FIRST.salt}|{SECOND.salt}")
    assert not [path for path, page in pages.items() if left.search(page)]


def test_mistakes_stop_the_build(project):
    unknown = run_zensical(project, "zitron")
    assert 0 != unknown.returncode
    assert "error[unknown-brand]: no brand is named `zitron`" in unknown.stderr
    assert "note: the environment variable `THEMEKIT_BRAND` names it, or else" in unknown.stderr
    assert "hint: did you mean `zitrone`?" in unknown.stderr
    page = project / "docs_src" / "payouts" / "index.md"
    page.write_text("# Payouts\n\nBy {{ brand.nam }}.\n", encoding="utf-8")
    wrong = run_zensical(project)
    assert 0 != wrong.returncode
    assert "docs_src/payouts/index.md:3:4: error[unknown-placeholder]" in wrong.stderr


def test_the_real_portal(tmp_path):
    """Every page of this repository, for a brand whose name needs escaping."""
    for folder in ("docs_src", "brands"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    pages = pages_of(render(tmp_path, "zitrone"))
    sources = {path.relative_to(tmp_path / "docs_src") for path in (tmp_path / "docs_src").rglob("*.md")}
    expected = {path.with_suffix(".html").as_posix() for path in sources if path.parts[0] != "changes"}
    assert expected < pages.keys()
    assert_of_brand(pages["index.html"], 'Zitrone & Söhne’s "Pay"')
    assert "Zitrone &amp; Söhne’s" in pages["get-started/accounts-and-keys.html"]
    portal = {path: page for path, page in pages.items() if not path.startswith("handbook/")}
    assert not [path for path, page in portal.items() if re.search(r"\{\{ ?brand|[Zz]xq", page)]


def render_with(sources, inputs, folder):
    """What render.py does with mkdocs, with Zensical: sources and a brand's texts in, the files of the site out."""
    fields = inputs["fields"]
    options = {"brand": fields, "sections": inputs["sections"], "locale": inputs["locale"]}
    files = {source.path: source.content for source in sources}
    text = files[PurePosixPath("mkdocs.yml")].decode()
    text, count = FOR_ZENSICAL.subn(lambda _: f"themekit: {json.dumps(options)}", text)
    assert 1 == count
    settings = {
        "site_name": html.escape(fields["name"]),
        "site_description": html.escape(fields["description"]),
        "site_author": html.escape(fields["legalName"]),
        "copyright": html.escape(fields["legalName"]),
    }
    lines = [line for line in text.split("\n") if not line.startswith("site_name:")]
    lines += [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
    files[PurePosixPath("mkdocs.yml")] = "\n".join(lines).encode()
    lay_out(folder, files)
    return render(folder)


def test_stamping(sources, make_brand, specs, tmp_path):
    """The oracle of test_oracle.py on another renderer's bytes: two probe renders, compiled, stamped, compared.

    Without `site_url`: Zensical drops an address that it cannot parse from the error page, so a probe would not show.
    """
    brand = make_brand(specs["AWKWARD"], "zitrone")
    variant = variant_of(brand, sources=sources)
    names = slot_names(variant)
    shape = {"sections": list(variant.sections), "locale": variant.locale}
    first, second, built = (
        render_with(sources, {"fields": fields, **shape}, tmp_path / folder)
        for folder, fields in (
            ("first", probe_fields(names, FIRST, locale=variant.locale)),
            ("second", probe_fields(names, SECOND, locale=variant.locale)),
            ("built", slot_fields(brand)),
        )
    )
    template = compile_files(names, (first, second))
    assert () == template.plain
    stamped = {artifact.path.relative_to("site"): artifact.content for artifact in stamp(template, brand)}
    assert sorted(built) == sorted(stamped)
    assert [] == [str(path) for path, content in built.items() if stamped[path] != content]
    assert "Zitrone &amp; Söhne" in stamped[PurePosixPath("index.html")].decode()
