"""Web fonts: which files a brand needs, and the style sheet that names them."""

import pytest

from tests.assets.sample import brand_of, packages, read
from themekit.assets.font_packages import read_font_package
from themekit.assets.fonts import BASE_UNICODES, check_font, emit_fonts, needed_unicodes, plan_fonts, slug_of
from themekit.assets.lettering import set_lines
from themekit.diagnostics import Reporter
from themekit.render.fonts import FontFacts, Typeface, subset_woff2
from themekit.render.worker import Failed

MINIMAL = {"name": "Acme", "color": {"primary": "#0b5fff"}}
FIGTREE = read("@fonts/figtree/Figtree[wght].ttf")


def plan_of(families=None, files=None, **fields):
    typography = {"typography": {"families": families}} if families else {}
    brand, _ = brand_of("acme", {**MINIMAL, **typography, **fields}, files or {})
    return plan_fonts(brand, packages())


def test_the_default_families_are_installed():
    plan, diagnostics = plan_of()
    assert () == diagnostics
    assert {
        "assets/fonts/inter.woff2",
        "assets/fonts/inter-italic.woff2",
        "assets/fonts/jetbrains-mono.woff2",
        "assets/fonts/jetbrains-mono-italic.woff2",
    } == {str(face.output) for face in plan.faces}
    assert {"assets/fonts/LICENSE-inter.txt", "assets/fonts/LICENSE-jetbrains-mono.txt"} == {
        str(output) for _, output in plan.licences
    }
    assert "100 900" == plan.faces[0].weight


def test_a_family_of_single_weights_gives_those_that_are_used():
    plan, _ = plan_of({"code": {"family": "IBM Plex Mono"}})
    names = [face.output.name for face in plan.faces if face.family == "IBM Plex Mono"]
    assert {
        "ibm-plex-mono-400.woff2",
        "ibm-plex-mono-500.woff2",
        "ibm-plex-mono-600.woff2",
        "ibm-plex-mono-700.woff2",
        "ibm-plex-mono-400-italic.woff2",
        "ibm-plex-mono-700-italic.woff2",
    } == set(names)


def test_own_files_come_first():
    files = [
        {"path": "fonts/a.ttf", "weight": "300 900"},
        {"path": "fonts/b.ttf", "weight": "300 900", "style": "italic"},
    ]
    plan, diagnostics = plan_of(
        {"heading": {"family": "Inter", "files": files}}, {"fonts/a.ttf": FIGTREE, "fonts/b.ttf": FIGTREE}
    )
    assert () == diagnostics
    assert "brands/acme/fonts/a.ttf" == str(plan.heading[0].source)


def test_an_unknown_family_is_told_once_with_the_nearest():
    plan, diagnostics = plan_of({"body": {"family": "Figtre"}, "heading": {"family": "Figtre"}})
    assert ["unknown-font"] == [each.code for each in diagnostics]
    assert "`Figtree`" in diagnostics[0].hint
    assert "/typography/families/body/family" == diagnostics[0].place.pointer
    assert "@fonts/inter/Inter[opsz,wght].ttf" == str(plan.heading[0].source)


def test_without_packages_a_family_needs_files():
    brand, _ = brand_of("acme", MINIMAL)
    plan, diagnostics = plan_fonts(brand, ())
    assert ["unknown-font", "unknown-font"] == [each.code for each in diagnostics]
    assert ((), (), ()) == (plan.faces, plan.heading, plan.sources)


def test_families_of_one_slug_do_not_overwrite_each_other():
    files = [{"path": "a.ttf"}]
    plan, _ = plan_of(
        {"body": {"family": "My Font", "files": files}, "heading": {"family": "My-Font", "files": files}},
        {"a.ttf": FIGTREE},
    )
    assert ["my-font.woff2", "my-font-2.woff2"] == [face.output.name for face in plan.faces[:2]]


def test_files_of_one_weight_do_not_overwrite_each_other():
    plan, _ = plan_of(
        {"body": {"family": "Mine", "files": [{"path": "a.ttf"}, {"path": "b.ttf"}]}},
        {"a.ttf": FIGTREE, "b.ttf": FIGTREE},
    )
    assert ["mine-400.woff2", "mine-400-2.woff2"] == [face.output.name for face in plan.faces[:2]]


def test_a_damaged_heading_font_gives_way_to_the_next():
    """Its own check reports it; pictures take the next family."""
    report = Reporter()
    faces = (Typeface(b"damaged", 700), Typeface(FIGTREE, 700))
    assert "" == set_lines(["A"], faces, report=report, size_px=10).lines[0].missing
    assert [] == report.found


def test_headings_are_lettered_bold():
    files = [{"path": "a.ttf", "weight": "400"}, {"path": "b.ttf", "weight": "600"}, {"path": "c.ttf", "weight": "900"}]
    plan, _ = plan_of(
        {"heading": {"family": "Mine", "files": files}}, {"a.ttf": FIGTREE, "b.ttf": FIGTREE, "c.ttf": FIGTREE}
    )
    assert "b.ttf" == plan.heading[0].source.name


def test_every_source_is_read_once():
    plan, _ = plan_of()
    assert len(plan.sources) == len(set(plan.sources)) == 4


def test_brands_share_a_subset_unless_their_texts_need_more():
    plain, _ = brand_of("acme", {**MINIMAL, "name": 'Zitrone & Söhne’s "Pay"'})
    other, _ = brand_of("other", {**MINIMAL, "tagline": "Жук"})
    assert tuple(sorted(BASE_UNICODES)) == needed_unicodes(plain)
    assert {ord(letter) for letter in "Жук"} == set(needed_unicodes(other)) - BASE_UNICODES


def test_the_style_sheet_and_its_files():
    plan, _ = plan_of({"body": {"family": "Figtree"}})
    subsets = [b"font"] * len(plan.faces)
    artifacts, diagnostics = emit_fonts(plan, subsets, licences=[b"OFL"] * len(plan.licences), unicodes=[0x20, 0x21])
    assert () == diagnostics
    sheet = artifacts[-1]
    assert "assets/fonts.css" == str(sheet.path)
    css = sheet.content.decode()
    assert len(plan.faces) == css.count("@font-face") == css.count("font-display: swap")
    assert "url('fonts/figtree.woff2') format('woff2')" in css
    assert "unicode-range: U+20-21;" in css
    assert {str(face.output) for face in plan.faces} < {str(each.path) for each in artifacts}


def test_a_font_that_cannot_be_used_is_an_error_and_has_no_rule():
    plan, _ = plan_of()
    subsets = [Failed("it is empty"), *[b"font"] * (len(plan.faces) - 1)]
    artifacts, (diagnostic,) = emit_fonts(plan, subsets, licences=[b"OFL"] * 2, unicodes=[65])
    assert "invalid-font" == diagnostic.code
    assert "`Inter[opsz,wght].ttf` cannot be used: it is empty" == diagnostic.message
    assert "fonts/inter.woff2" not in artifacts[-1].content.decode()


def test_a_font_is_faulted_at_its_own_path():
    """Not at its family, which may have several files; one of a package has no path in the brand."""
    files = [{"path": "a.ttf", "weight": "400"}, {"path": "b.ttf", "weight": "700"}]
    plan, _ = plan_of({"heading": {"family": "Mine", "files": files}}, {"a.ttf": FIGTREE, "b.ttf": FIGTREE})
    places = {face.source.name: face.origin and face.origin.pointer for face in plan.faces}
    assert "/typography/families/heading/files/0/path" == places["a.ttf"]
    assert "/typography/families/heading/files/1/path" == places["b.ttf"]
    assert "files" not in str(places["Inter[opsz,wght].ttf"])


def test_a_licence_that_forbids_embedding_is_told():
    plan, _ = plan_of()
    (face, *_) = plan.faces
    assert ["restricted-font"] == [each.code for each in check_font(face, FontFacts(400, 400, 2, 100))]
    assert () == check_font(face, Failed("it is empty")), "said once, by `emit_fonts`"
    assert () == check_font(face, FontFacts(400, 400, 4, 100))


def test_the_default_family_becomes_a_small_file():
    content = subset_woff2(FIGTREE, unicodes=BASE_UNICODES)
    assert len(content) < 30_000


@pytest.mark.parametrize(
    ("family", "slug"), [("IBM Plex Sans", "ibm-plex-sans"), ("Ärger 2", "rger-2"), ("中文", "font"), ("-a-", "a")]
)
def test_slugs_are_file_names(family, slug):
    assert slug == slug_of(family)


@pytest.mark.parametrize("metadata", [b"", b"[]", b"{}", b'{"axes": [], "files": [{}], "family": "x"}'])
def test_metadata_of_another_form_is_our_own_mistake(metadata):
    with pytest.raises(ValueError, match="`x` is not of schema 1"):
        read_font_package("x", metadata)
