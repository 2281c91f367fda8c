"""All pictures of a run, taken by several browsers and saved as they come."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from themekit.diagnostics import Diagnostic, Reporter
from themekit.studio.chromium.camera import photograph_visit
from themekit.studio.chromium.crew import Crew, Failed, visit_all
from themekit.studio.pictures.index import Index, Shot, View, file_of
from themekit.studio.visits import PAGE_NOT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path, PurePosixPath

    from themekit.diagnostics import Span
    from themekit.model import BrandId
    from themekit.studio.visits import Visit

    PlaceOf = Callable[[BrandId, PurePosixPath], Span]


def take_pictures(
    folder: Path,
    visits: Sequence[Visit],
    *,
    crew: Crew,
    save: Callable[[str, bytes], None],
    place_of: PlaceOf,
    tell: Callable[[str], None],
) -> tuple[Index, tuple[Diagnostic, ...]]:
    """The list of the pictures, in order of views, and what could not be photographed.

    `folder` has the trees of all brands; `save` gets each picture. Raises BrowserMissingError.
    """
    shots: list[Shot] = []
    report = Reporter()
    names: set[str] = set()
    answers = visit_all(folder, visits, work=photograph_visit, crew=crew)
    for done, answer in enumerate(answers, start=1):
        if isinstance(answer, Failed):
            visit = answer.visit
            message = f"`{visit.page}` of `{visit.brand}` could not be opened at {visit.viewport}: {answer.reason}"
            report(PAGE_NOT_SHOWN, place_of(visit.brand, visit.page), message)
            continue
        visit, (name, pictures) = answer
        names.add(name)
        tell(f"photographing: {done} of {len(visits)}, {visit.brand} {visit.page} {visit.viewport}")
        for mode, picture in pictures:
            view = View(visit.brand, str(visit.page), mode, visit.viewport)
            digest = hashlib.sha256(picture.png).hexdigest()
            size = picture.width_px, picture.height_px
            save(file_of(view), picture.png)
            shots.append(Shot(view, file_of(view), digest, *size, is_cut=picture.is_cut, is_still=picture.is_still))
    shots.sort(key=lambda shot: shot.view.order)
    return Index(", ".join(sorted(names)), tuple(shots)), report.diagnostics
