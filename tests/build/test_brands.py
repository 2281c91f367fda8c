"""What a project's tasks say of its brands, where two stages must agree."""

from hypothesis import given
from hypothesis import strategies as st

from themekit.build.brands import section_names
from themekit.build.portal import site_sources
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.site.variant import sections_of

PAGES = st.lists(
    st.sampled_from(
        [
            "docs_src/index.md",
            "docs_src/guides/index.md",
            "docs_src/guides/start.md",
            "docs_src/sdks/deep/down/page.md",
            "docs_src/sdks/logo.svg",
            "docs_src/payouts/only.de.md",
            "docs_src/.drafts/x.md",
            "docs_src/guides2/.hidden.md",
            "docs_src/api/openapi.md",
            "docs_src/changes/one.added.md",
            "docs_src/assets/readme.md",
            "docs_src/empty/picture.png",
        ]
    ),
    unique=True,
)


@given(paths=PAGES)
def test_a_brand_may_show_the_sections_that_the_site_has(paths):
    """`portal.sections` is judged by what the render takes for a section: no other folder, and none forgotten."""
    engine = Engine(MemoryHost(dict.fromkeys(paths, b"# x")), MemoryStore(), code="")
    assert sections_of(source.path for source in engine.get(site_sources)) == engine.get(section_names)


def test_a_section_needs_no_first_page():
    engine = Engine(MemoryHost({"docs_src/sdks/deep/page.md": b"", "docs_src/a/b.png": b""}), MemoryStore(), code="")
    assert ("sdks",) == engine.get(section_names)
