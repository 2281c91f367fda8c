"""One run of the camera: pictures taken, compared with earlier ones, and put into a gallery."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.studio.chromium.crew import Crew
from themekit.studio.pictures.comparing import Comparison, change_diagnostics, compare
from themekit.studio.pictures.folder import staged
from themekit.studio.pictures.gallery import write_pages
from themekit.studio.pictures.index import INDEX, View, write_index
from themekit.studio.pictures.reference import open_reference
from themekit.studio.pictures.taking import take_pictures
from themekit.studio.visits import is_wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.diagnostics import Diagnostic
    from themekit.studio.pictures.reference import Reference
    from themekit.studio.pictures.taking import PlaceOf
    from themekit.studio.visits import Visit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. `patterns` chose the pages of `visits`, and choose those of the earlier gallery too."""

    visits: tuple[Visit, ...]
    patterns: tuple[str, ...]
    target: Path
    against: Path | None
    threshold: float
    browsers: int


@dataclass(frozen=True, slots=True)
class Done:
    """How many pictures were taken, what could not be done, and what changed, each as a diagnostic too."""

    pictures: int
    mistakes: tuple[Diagnostic, ...]
    comparison: Comparison | None = None
    changes: tuple[Diagnostic, ...] = ()


def run(
    folder: Path, wanted: Wanted, *, place_of: PlaceOf, tell: Callable[[str], None], warn: Callable[[str], None]
) -> Done:
    """Take the pictures of the trees in `folder`. An earlier gallery that cannot be read stops it before the first.

    Raises NoGalleryError, BrowserMissingError and OutputError.
    """
    reference: Reference | None = None
    if wanted.against:
        reference, mistakes = open_reference(wanted.against)
        if reference is None:
            return Done(0, mistakes)
    with staged(wanted.target) as gallery:
        index, mistakes = take_pictures(
            folder, wanted.visits, crew=Crew(wanted.browsers, warn), save=gallery.save, place_of=place_of, tell=tell
        )
        pictures = {shot.file for shot in index.shots}
        comparison = None
        if reference:
            tell("comparing")
            comparison = compare(
                index.shots,
                lambda shot: (gallery.root / shot.file).read_bytes(),
                reference=reference,
                wanted=_views(reference, wanted),
                threshold=wanted.threshold,
                save=gallery.save,
            )
            mistakes = (*mistakes, *comparison.mistakes)
        write_pages(index, comparison, save=gallery.save)
        files = tuple(sorted(set(gallery.files) - pictures))
        gallery.save(INDEX, write_index(replace(index, files=files)))
    changes = tuple(change_diagnostics(comparison, place_of)) if comparison else ()
    return Done(len(index.shots), mistakes, comparison, changes)


def _views(reference: Reference, wanted: Wanted) -> frozenset[View]:
    """The earlier pictures that a run with these options would have taken: of others nobody knows whether they last."""
    brands = {visit.brand for visit in wanted.visits}
    looks = {(mode, visit.viewport) for visit in wanted.visits for mode in visit.modes}
    return frozenset(
        shot.view
        for shot in reference.index.shots
        if shot.view.brand in brands
        and (shot.view.mode, shot.view.viewport) in looks
        and is_wanted(PurePosixPath(shot.view.page), wanted.patterns)
    )
