"""What is to be made in another process before somebody can be shown it: jobs whose values the store does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand_ids
from themekit.build.pictures import assets, logo_files
from themekit.build.pieces import outline, shell
from themekit.build.portal import has_portal, site_template
from themekit.engine.job import Job, is_done

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.engine import Engine
    from themekit.model import BrandId
    from themekit.studio.updating.shelf import Shelf

    Due = Callable[..., list[Job]]


def pages_due(engine: Engine, brand_id: BrandId, *, shelf: Shelf) -> list[Job]:
    """For a page of the brand: the outline first, which says whether the rest is one shell or a whole site."""
    if brand_id not in engine.get(brand_ids) or not engine.get(has_portal):
        return []
    known = shelf.look(engine, brand_id)
    if known.of is None:
        return []
    if not known.whose and (due := _due(Job.of(outline, known.of), engine)):
        return due
    is_pieced = not known.whose and engine.get(outline, known.of) is not None
    return _due(Job.of(shell, known.of) if is_pieced else Job.of(site_template, known.of, known.whose), engine)


def site_due(engine: Engine, brand_id: BrandId, *, shelf: Shelf) -> list[Job]:
    """For what shows something of all pages."""
    known = shelf.look(engine, brand_id)
    return [] if known.of is None else _due(Job.of(site_template, known.of, known.whose), engine)


def logos_due(engine: Engine, brand_id: BrandId, *, shelf: Shelf) -> list[Job]:  # noqa: ARG001  # as the others
    """For its logos alone: a tenth of all pictures, and the first that is missed."""
    return _due(Job.of(logo_files, brand_id), engine) if brand_id in engine.get(brand_ids) else []


def pictures_due(engine: Engine, brand_id: BrandId, *, shelf: Shelf) -> list[Job]:  # noqa: ARG001  # as the others
    """For its logos, icons, fonts and social card."""
    return _due(Job.of(assets, brand_id), engine) if brand_id in engine.get(brand_ids) else []


def _due(job: Job, engine: Engine) -> list[Job]:
    return [] if is_done(engine, job) else [job]
