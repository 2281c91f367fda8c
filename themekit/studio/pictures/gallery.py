"""A gallery's pages, which open from a disk: `index.html` with all pictures, `changes.html` with what changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import themekit
from themekit.render.templates import render_template
from themekit.studio.pictures.comparing import Kind, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.studio.pictures.comparing import Change, Comparison
    from themekit.studio.pictures.index import Index, Shot, View

TEMPLATES = Path(themekit.__file__).parent / "data" / "templates"
INDEX_PAGE, CHANGES_PAGE = "index.html", "changes.html"
SHEET, SCRIPT = "gallery.css", "gallery.js"
WORDS = {
    "light": "light",
    "dark": "dark",
    "light-contrast": "light, high contrast",
    "dark-contrast": "dark, high contrast",
}
VIEWS = (("slide", "Slider"), ("before", "Before"), ("after", "After"), ("marked", "Differences"))
KIND_WORDS = {Kind.CHANGED: "Changed", Kind.ADDED: "New", Kind.REMOVED: "Gone"}


@dataclass(frozen=True, slots=True)
class Card:
    """One picture as the gallery shows it."""

    file: str
    alt: str
    brand: str
    mode: str
    mode_words: str
    viewport: str
    width_px: int
    height_px: int
    remark: str


@dataclass(frozen=True, slots=True)
class Group:
    """All pictures of one page."""

    id: str
    page: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as the report shows it. `top` is where it begins, in percent of the picture's height.

    `only` is the picture that was or is there, if the other is not.
    """

    id: str
    kind: str
    kind_words: str
    title: str
    brand: str
    mode: str
    viewport: str
    what: str
    share: str
    before: str
    after: str
    marked: str
    only: str
    width_px: int
    height_px: int
    top: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its name, its label, and what can be chosen."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]


def write_pages(index: Index, comparison: Comparison | None, *, save: Callable[[str, bytes], None]) -> None:
    """Render the pages of a gallery, with their sheet and script."""
    templates = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("gallery*.html"))}
    values: dict[str, object] = {"browser": index.browser, "has_changes": comparison is not None}
    gallery = {"groups": _groups(index.shots), "choices": _choices(index.shots), "count": len(index.shots)}
    save(INDEX_PAGE, render_template(templates, "gallery.html", values=values | gallery).encode())
    if comparison is not None:
        report: dict[str, object] = {
            "entries": [_entry(change) for change in comparison.changes],
            "verdict": verdict(comparison),
            "views": VIEWS,
        }
        report["choices"] = _choices_of([change.view for change in comparison.changes])
        report["count"] = len(comparison.changes)
        save(CHANGES_PAGE, render_template(templates, "gallery-changes.html", values=values | report).encode())
    for name in (SHEET, SCRIPT):
        save(name, (TEMPLATES / name).read_bytes())


def verdict(comparison: Comparison) -> str:
    """What came out, in one line."""
    counts = [
        f"{comparison.count(Kind.CHANGED)} changed",
        f"{comparison.count(Kind.ADDED)} new",
        f"{comparison.count(Kind.REMOVED)} gone",
        f"{comparison.same} the same",
    ]
    return ", ".join([*counts, *([f"{comparison.below} below the threshold"] if comparison.below else [])])


def _groups(shots: Sequence[Shot]) -> list[Group]:
    by_page: dict[str, list[Shot]] = {}
    for shot in shots:
        by_page.setdefault(shot.view.page, []).append(shot)
    return [Group(_id(page), page, tuple(_card(shot) for shot in found)) for page, found in sorted(by_page.items())]


def _card(shot: Shot) -> Card:
    view = shot.view
    remarks = ["cut off at its end"] * shot.is_cut + ["taken while it moved"] * (not shot.is_still)
    return Card(
        shot.file,
        f"{view.page} of {view.brand}, {WORDS[view.mode]}, {view.viewport}",
        view.brand,
        view.mode,
        WORDS[view.mode],
        str(view.viewport),
        shot.width_px,
        shot.height_px,
        "; ".join(remarks),
    )


def _entry(change: Change) -> Entry:
    view, shot = change.view, change.now or change.then
    box = change.diff.box if change.diff else None
    height_px = shot.height_px if shot else 0
    after = change.now.file if change.now else ""
    top = 100 * box[1] / height_px if box and height_px else 0.0
    return Entry(
        _id(str(view)),
        change.kind,
        KIND_WORDS[change.kind],
        view.page,
        view.brand,
        view.mode,
        str(view.viewport),
        f"{view.brand}, {WORDS[view.mode]}, {view.viewport}",
        f"{percent(change.share)} of its pixels",
        change.before,
        after,
        change.marked,
        after or change.before,
        shot.width_px if shot else 0,
        height_px,
        f"{top:.2f}",
    )


def _choices(shots: Sequence[Shot]) -> list[Choice]:
    return _choices_of([shot.view for shot in shots])


def _choices_of(views: Sequence[View]) -> list[Choice]:
    return [
        Choice("brand", "Brand", _options(view.brand for view in views)),
        Choice(
            "mode", "Mode", tuple((mode, words) for mode, words in WORDS.items() if mode in {v.mode for v in views})
        ),
        Choice("viewport", "Window", _options(str(size) for size in sorted({view.viewport for view in views}))),
    ]


def _options(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, value) for value in dict.fromkeys(values))


def _id(text: str) -> str:
    """A fragment that no two texts share."""
    return f"at-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
