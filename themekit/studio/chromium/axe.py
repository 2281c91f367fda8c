"""Barriers on a page, found by axe-core; for a contrast that is too low, also what gave the two colours.

axe finds only a part of what WCAG asks for. What it reports on a hostile page is taken as text, and cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import themekit
from themekit.model import Mode, TargetOptions
from themekit.studio.chromium.cascade import Cascade, Paint
from themekit.studio.chromium.serving import ADDRESS
from themekit.studio.chromium.stillness import open_still, resize, switch_mode

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from themekit.studio.chromium.stillness import Tab
    from themekit.studio.visits import Visit

AXE = Path(themekit.__file__).parent / "data" / "studio" / "vendor" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
MAX_NODES = 1000  # of a page: a broken template repeats itself
MAX_HTML = 160
MAX_TEXT = 300
CONTRAST = "color-contrast"
_RUN = """([tags, iframes]) =>
    axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes})"""
_ARE_IN_ARTICLE = """(selectors) => selectors.map((selector) => {
    try { return Boolean(document.querySelector(selector)?.closest('.md-content__inner')); } catch { return false; }
})"""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A text that cannot be read: colours as axe measured them, and what gave them, if that was found."""

    text: str
    ground: str
    ratio: float
    needed: float
    text_paint: Paint | None = None
    ground_paint: Paint | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """One element against one rule. `advice` is what axe says to change; `is_article`, that Markdown has made it."""

    rule: str
    impact: str
    help: str
    selector: str
    html: str
    advice: str
    contrast: Contrast | None = None
    is_article: bool = False


def audit_visit(tab: Tab, visit: Visit) -> tuple[tuple[Mode, tuple[Violation, ...]], ...]:
    """The violations of one page in each mode. Raises playwright's Error for a page that does not open."""
    resize(tab, visit.viewport)
    found = []
    for index, mode in enumerate(visit.modes):
        if index:
            switch_mode(tab, mode)
        else:
            open_still(tab, f"{ADDRESS}/{quote(visit.path)}", mode=mode)
        found.append((mode, violations_of(tab.page)))
    return tuple(found)


def violations_of(page: Page, *, looks_into_frames: bool = True) -> tuple[Violation, ...]:
    """What axe finds on the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    answer = cast("Json", page.evaluate(_RUN, [list(TAGS), looks_into_frames]))
    cascade = Cascade(page, TargetOptions().prefix)
    found: list[Violation] = []
    for rule in cast("list[Json]", answer["violations"]):
        nodes = cast("list[Json]", rule["nodes"])[: MAX_NODES - len(found)]
        found += [_violation(rule, node, cascade) for node in nodes]
    if not found:
        return ()
    are_in_article = cast("list[bool]", page.evaluate(_ARE_IN_ARTICLE, [each.selector for each in found]))
    return tuple(replace(each, is_article=is_it) for each, is_it in zip(found, are_in_article, strict=True))


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _violation(rule: Json, node: Json, cascade: Cascade) -> Violation:
    checks = [check for kind in ("any", "all", "none") for check in cast("list[Json]", node.get(kind) or [])]
    selector = _selector(node.get("target"))
    contrast = _contrast(checks, selector, cascade) if rule["id"] == CONTRAST else None
    return Violation(
        _text(rule.get("id")),
        _text(rule.get("impact")) or "minor",
        _text(rule.get("help")),
        selector[:MAX_TEXT],
        " ".join(_text(node.get("html"), MAX_HTML).split()),
        _text(checks[0].get("message")) if checks else "",
        contrast,
    )


def _contrast(checks: list[Json], selector: str, cascade: Cascade) -> Contrast | None:
    check = next((check for check in checks if check.get("id") == CONTRAST), None)
    data = check.get("data") if check else None
    if check is None or not isinstance(data, dict):
        return None
    related = [_selector(node.get("target")) for node in cast("list[Json]", check.get("relatedNodes") or [])]
    grounds = (
        cascade.paint(each, ("background-color", "background"), inherited=False) for each in [*related, selector]
    )
    needed = _text(data.get("expectedContrastRatio")).removesuffix(":1")
    return Contrast(
        _text(data.get("fgColor")),
        _text(data.get("bgColor")),
        float(data.get("contrastRatio") or 0),
        float(needed or 0),
        cascade.paint(selector, ("color",), inherited=True),
        next((paint for paint in grounds if paint), None),
    )


def _selector(target: object) -> str:
    """A selector of the document; for what lies in a frame or a shadow tree, all of them, which finds nothing."""
    parts = target if isinstance(target, list) else []
    return " >>> ".join(part if isinstance(part, str) else " >>> ".join(map(str, part)) for part in parts)


def _text(value: object, limit: int = MAX_TEXT) -> str:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
