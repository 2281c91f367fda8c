"""The page on theming: its contract is the one that is judged, its files are those that are written."""

import json
import re
from collections.abc import Iterator

from tests.docs.markdown_pages import Page, code_words, handbook_page
from tests.docs.smallest import smallest_tokens
from themekit.assets.icons import ICO_SIDES_PX, ICON_SIDES_PX, MASKABLE_SIDES_PX, MONOCHROME_SIDE_PX, TOUCH_SIDE_PX
from themekit.model import Mode
from themekit.plugins import targets
from themekit.resolve import contrast_report
from themekit.resolve.contract import contract
from themekit.resolve.roles import ADMONITIONS
from themekit.resolve.scale import DESIGNS
from themekit.resolve.seeds import SCALES
from themekit.site.inputs import BRAND_FILES, STYLES
from themekit.targets.contrast import _data

PAGE = handbook_page("theming")

Line = tuple[str, str, float, float]


def rows(page: Page, head: str) -> list[list[str]]:
    return [row for table in page.tables() if table[0][0] == head for row in table[1:]]


def written_lines(page: Page) -> Iterator[Line]:
    """Each pair that the table promises, `*` and `to` written out."""
    for texts, grounds, normal, high in rows(page, "text"):
        for text in code_words(texts):
            for ground in spelled(grounds):
                for name in names(text, ground):
                    yield text.replace("*", name), ground.replace("*", name), float(normal), float(high)


def spelled(cell: str) -> list[str]:
    """The names of a cell, ranges written out: "`*.1` to `*.3`" is three."""

    def range_of(match: re.Match[str]) -> str:
        stem, first, last = match[1], int(match[2]), int(match[3])
        return " ".join(f"`{stem}.{step}`" for step in range(first, last + 1))

    return code_words(re.sub(r"`([a-z*]+)\.(\d+)` to `\1\.(\d+)`", range_of, cell))


def names(text: str, ground: str) -> tuple[str, ...]:
    """What `*` stands for."""
    if "*" not in text + ground:
        return ("",)
    return ADMONITIONS if "admonition" in text + ground else SCALES


def test_the_contract_on_the_page_is_the_contract():
    expected = {
        (pair.text.removeprefix("color."), pair.ground.removeprefix("color."), pair.normal, pair.high)
        for pair in contract()
    }
    assert expected == set(written_lines(PAGE))


def test_a_pair_left_out_would_be_seen():
    prose = tuple(line for line in PAGE.prose if "`on-accent`" not in line)
    without = set(written_lines(Page(PAGE.path, PAGE.meta, PAGE.blocks, prose)))
    assert {("on-accent", "accent-solid", 4.5, 7.0)} == set(written_lines(PAGE)) - without


def test_the_figures_of_the_solver():
    """The page names them in words."""
    prose = " ".join(PAGE.prose)
    (_, _, muted_lc), (_, _, text_lc) = DESIGNS[Mode.DARK].text
    assert f"text of step 11 has at least Lc {muted_lc} of APCA on every surface" in prose
    assert f"text of step 12 Lc {text_lc}," in prose
    (ratio,) = {design.text[1][1] for mode, design in DESIGNS.items() if mode.is_high_contrast}
    assert f"in high contrast, step 12 has {ratio}:1" in prose


def test_theme_files_are_those_of_the_targets():
    """Targets that are the same for every brand are compiled SCSS: their one file has their name."""
    expected = set()
    for target in targets():
        if not target.is_default:
            continue
        if not target.per_brand:
            expected.add(f"{target.name}.css")
        elif target.name != "contrast":
            expected |= {artifact.path.name for artifact in target.emit(smallest_tokens(), target.options)}
    listed = {name for row in rows(PAGE, "file")[:8] for name in code_words(row[0])}
    assert {*expected, "contrast.json", "contrast.html"} == listed


def test_asset_files():
    listed = {name for row in rows(PAGE, "file")[8:] for name in code_words(row[0])}
    assert set(BRAND_FILES) - set(STYLES) <= listed
    icons = {f"icon-{side}.png" for side in ICON_SIDES_PX} | {f"maskable-{side}.png" for side in MASKABLE_SIDES_PX}
    assert icons | {f"monochrome-{MONOCHROME_SIDE_PX}.png"} == {
        name for name in listed if re.fullmatch(r"(icon|maskable|monochrome)-\d+\.png", name)
    }
    prose = " ".join(PAGE.prose)
    assert "{}, {} and {} px".format(*ICO_SIDES_PX) in prose
    assert f"{TOUCH_SIDE_PX} px" in prose


def test_the_report_on_the_page_is_a_real_one():
    """The first pair of the smallest brand, figure for figure."""
    (shown,) = [json.loads(block.text) for block in PAGE.blocks if block.language == "json"]
    real = json.loads(_data(smallest_tokens(), contrast_report(smallest_tokens())))
    assert {**real, "pairs": real["pairs"][:1]} == shown
