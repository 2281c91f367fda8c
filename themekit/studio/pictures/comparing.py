"""Two galleries compared: what changed, appeared and vanished, the largest change first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.render.picture_diff import PictureDiff, compare_pictures
from themekit.render.worker import Failed
from themekit.studio.pictures.index import file_of
from themekit.studio.pictures.reference import INVALID_GALLERY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from themekit.model import BrandId
    from themekit.studio.pictures.index import Shot, View
    from themekit.studio.pictures.reference import Reference

    Read = Callable[[Shot], bytes]
    Save = Callable[[str, bytes], None]
    PlaceOf = Callable[[BrandId, PurePosixPath], Span]

PICTURE_CHANGED = Code("picture-changed", summary="A page does not look as it did in earlier pictures.")
BEFORE, DIFFERENCE = "before", "difference"
LEAST_SHOWN = 0.0001


class Kind(StrEnum):
    """What became of a picture."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One picture that is not as it was. `diff` is there if it was and is; `before` and `marked` are files."""

    kind: Kind
    view: View
    now: Shot | None = None
    then: Shot | None = None
    diff: PictureDiff | None = None
    before: str = ""
    marked: str = ""

    @property
    def share(self) -> float:
        """The part of its pixels that differ; all of them if there was or is no picture."""
        return self.diff.share if self.diff else 1.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, and how many pictures did not, or by no more than the threshold."""

    changes: tuple[Change, ...]
    same: int
    below: int
    mistakes: tuple[Diagnostic, ...] = ()

    def count(self, kind: Kind) -> int:
        """How many changes are of this kind."""
        return sum(change.kind is kind for change in self.changes)


def compare(
    shots: Sequence[Shot], read: Read, *, reference: Reference, wanted: Collection[View], threshold: float, save: Save
) -> Comparison:
    """The pictures of now against those of the reference, as far as these views were `wanted`.

    `save` gets the earlier picture and the marked one of each change. A picture of another size has changed,
    whatever the threshold.
    """
    now, then = {shot.view: shot for shot in shots}, reference.index.by_view()
    report = Reporter()
    changes, same, below = [], 0, 0
    for view in sorted(now.keys() | (then.keys() & set(wanted)), key=lambda view: view.order):
        if view not in then:
            changes.append(Change(Kind.ADDED, view, now=now[view]))
            continue
        before = reference.picture(then[view])
        diff = _difference(before, read(now[view]) if view in now else before)
        if isinstance(diff, Failed) or before is None:
            reason = diff.reason if isinstance(diff, Failed) else "it is missing, or too large"
            place = Span(reference.path / then[view].file, 1, 1)
            report(INVALID_GALLERY, place, f"this picture cannot be compared: {reason}")
        elif view not in now:
            name = f"{BEFORE}/{file_of(view)}"
            save(name, before)
            changes.append(Change(Kind.REMOVED, view, then=then[view], before=name))
        elif diff.changed_px == 0:
            same += 1
        elif diff.share <= threshold and not diff.is_resized:
            below += 1
        else:
            changes.append(_changed(now[view], then[view], diff, before=before, save=save))
    changes.sort(key=lambda change: (list(Kind).index(change.kind), -change.share, change.view.order))
    return Comparison(tuple(changes), same, below, report.diagnostics)


def change_diagnostics(comparison: Comparison, place_of: PlaceOf) -> Iterator[Diagnostic]:
    """One for each page of a brand, at its source."""
    by_page: dict[tuple[BrandId, PurePosixPath], list[Change]] = {}
    for change in comparison.changes:
        by_page.setdefault((change.view.brand, PurePosixPath(change.view.page)), []).append(change)
    report = Reporter()
    for (brand_id, page), changes in by_page.items():
        place = place_of(brand_id, page)
        for kind in Kind:
            found = [change for change in changes if change.kind is kind]
            if found:
                views = _listed([f"{change.view.mode} {change.view.viewport}" for change in found])
                report(PICTURE_CHANGED, place, _message(brand_id, page, kind, views=views, share=found[0].share))
    yield from report.diagnostics


def percent(share: float) -> str:
    """`12 %`, `0.52 %`, `<0.01 %`: never a zero for what is not."""
    if 0 < share < LEAST_SHOWN:
        return "<0.01 %"
    return f"{share * 100:.0f} %" if share >= 0.1 else f"{share * 100:.2f} %"


def _message(brand_id: BrandId, page: PurePosixPath, kind: Kind, *, views: str, share: float) -> str:
    if kind is Kind.ADDED:
        return f"`{page}` of `{brand_id}` is new: there is no earlier picture of {views}"
    if kind is Kind.REMOVED:
        return f"`{page}` of `{brand_id}` is gone: there is an earlier picture of {views}"
    return f"`{page}` of `{brand_id}` looks different in {views}: {percent(share)} of its pixels"


def _listed(views: list[str], limit: int = 4) -> str:
    more = f" and {len(views) - limit} more" if len(views) > limit else ""
    return f"{', '.join(views[:limit])}{more}"


def _difference(before: bytes | None, after: bytes | None) -> PictureDiff | Failed:
    if before is None or after is None:
        return Failed("it is missing, or too large")
    return PictureDiff(0, 1) if before == after else compare_pictures(before, after)


def _changed(now: Shot, then: Shot, diff: PictureDiff, *, before: bytes, save: Save) -> Change:
    save(f"{BEFORE}/{now.file}", before)
    save(f"{DIFFERENCE}/{now.file}", diff.marked)
    return Change(Kind.CHANGED, now.view, now, then, diff, f"{BEFORE}/{now.file}", f"{DIFFERENCE}/{now.file}")
