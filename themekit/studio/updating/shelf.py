"""One file of a brand's site, made alone: no whole site is stamped for a page.

Where a mistake is in the way, the last good file is there still: its template, as the brand's texts may be others now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.assets.webmanifest import emit_webmanifest
from themekit.build.brands import brand, tokens
from themekit.build.pictures import font_files, icon_files, logo_files, social_card
from themekit.build.pieces import copied_file, docs_names, outline, page_output, theme_files
from themekit.build.portal import PORTAL_ROOT, guide_files, has_portal, page_has_errors, pages, site_template
from themekit.build.portal import texts as texts_of
from themekit.build.portal import variant as variant_task
from themekit.build.theme import shared_files, target_files
from themekit.model import Artifact, FileTemplate
from themekit.site.assembling import page_path
from themekit.site.inputs import BRAND_FOLDER, CARD, MANIFEST
from themekit.site.media_types import media_type
from themekit.site.stamp import SITE, Stamper
from themekit.site.style_guide.page import SCRIPT
from themekit.site.variant import sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import PurePosixPath

    from themekit.engine import Ask, Engine
    from themekit.model import BrandId
    from themekit.site.pieces import PlacedPage
    from themekit.site.variant import Variant

TOKENS_SHEET = BRAND_FOLDER / "tokens.css"
_LISTINGS = frozenset({".json", ".xml", ".gz", ".txt"})
KEPT_VARIANTS = 8  # as many as the renderer keeps
LOGOS = ("logo", "mark", "email-logo")
"""How the names of logos begin."""
_SHARED_SHEETS = {"material.css": "material", "components.css": "components"}
_PICTURES: tuple[tuple[str, Callable[[Ask, BrandId], tuple[Artifact, ...]]], ...] = (
    *((start, logo_files) for start in LOGOS),
    ("fonts", font_files),
    (CARD, social_card),
)
"""The task by how the name of its file begins."""


@dataclass(slots=True)
class BrandShelf:
    """What is known of a brand: its structure and texts when they were good the last time."""

    of: Variant | None = None
    whose: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """Everybody's. Only for the thread that owns the engine."""

    brands: dict[BrandId, BrandShelf] = field(default_factory=dict)
    _good: dict[tuple[Variant, str], dict[PurePosixPath, FileTemplate]] = field(default_factory=dict)
    _good_files: dict[tuple[BrandId, PurePosixPath], Artifact] = field(default_factory=dict)
    _placed: dict[str, dict[PurePosixPath, PlacedPage]] = field(default_factory=dict)

    def look(self, engine: Engine, brand_id: BrandId) -> BrandShelf:
        """The brand's structure and texts as they are now; the last good ones if its file has a mistake."""
        shelf = self.brands.setdefault(brand_id, BrandShelf())
        of = engine.get(variant_task, brand_id)
        if of is not None:
            shelf.of, shelf.whose = of, brand_id if of.overlay else ""
            shelf.texts = dict(engine.get(texts_of, brand_id))
        return shelf

    def file(self, engine: Engine, brand_id: BrandId, *, path: PurePosixPath) -> Artifact | None:
        """The file at this path of the brand's site; None if there is none, or none yet that is good."""
        if path.is_relative_to(BRAND_FOLDER):
            return self._brand_file(engine, brand_id, path)
        shelf = self.look(engine, brand_id)
        if shelf.of is None:
            return None
        good = self._good.pop((shelf.of, shelf.whose), {})
        self._good = {(shelf.of, shelf.whose): good, **dict(list(self._good.items())[: KEPT_VARIANTS - 1])}
        found = self._template(engine, shelf, path) or good.get(path)
        if found is None:
            return _plain_file(engine, brand_id, shelf=shelf, path=path)
        if not found.is_static:
            good[path] = found
        return Artifact(path, Stamper(shelf.texts).content(found), found.media_type, found.is_static)

    def placed(self, engine: Engine, of: Variant) -> dict[PurePosixPath, PlacedPage]:
        """The pages of a site that is rendered by pieces, by the paths of their files; none of another."""
        digest = engine.digest(outline, of)
        found = self._placed.get(digest)
        if found is None:
            known = engine.get(outline, of)
            found = {} if known is None else {page_path(placed.page): placed for placed in known.pages}
            self._placed = {digest: found, **dict(list(self._placed.items())[: KEPT_VARIANTS - 1])}
        return found

    def _brand_file(self, engine: Engine, brand_id: BrandId, path: PurePosixPath) -> Artifact | None:
        found = brand_file(engine, brand_id, name=path.relative_to(BRAND_FOLDER))
        if found is not None:
            self._good_files[brand_id, path] = found
        return found or self._good_files.get((brand_id, path))

    def _template(self, engine: Engine, shelf: BrandShelf, path: PurePosixPath) -> FileTemplate | None:
        of = shelf.of
        if of is None or not engine.get(has_portal):
            return None
        placed = {} if shelf.whose else self.placed(engine, of)
        if path in placed:
            return page_template(engine, of, placed=placed[path])
        known = engine.get(outline, of) if placed else None
        for file in known.files if known else ():
            if file.path == path:
                return engine.get(copied_file, file.path, file.source)
        theme = engine.get(theme_files, of) if placed else None
        return _of_path(theme or (), path) or _of_path(_site_files(engine, shelf), path)


def is_drawn(path: PurePosixPath) -> bool:
    """A picture, a font, or the sheet that names fonts: what takes long to make."""
    made_at_once = {TOKENS_SHEET.name, MANIFEST, SCRIPT, *_SHARED_SHEETS}
    return path.is_relative_to(BRAND_FOLDER) and path.name not in made_at_once


def is_logo(path: PurePosixPath) -> bool:
    """A logo of the brand, as pages show it."""
    return path.is_relative_to(BRAND_FOLDER) and path.name.startswith(LOGOS)


def is_of_all_pages(path: PurePosixPath) -> bool:
    """The search index, the site map and the like: what cannot be made alone."""
    return path.suffix in _LISTINGS and not path.is_relative_to(BRAND_FOLDER)


def blank(path: PurePosixPath) -> Artifact:
    """What stands for a file that is not drawn yet."""
    content = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>' if path.suffix == ".svg" else b""
    return Artifact(path, content, media_type(path))


def page_template(engine: Engine, of: Variant, *, placed: PlacedPage) -> FileTemplate | None:
    """A page's file; None if the page has a mistake, or cannot be stamped."""
    if engine.get(page_has_errors, placed.source, sections_of(engine.get(docs_names))):
        return None
    output = engine.get(page_output, of, placed)
    return output.file if output is not None and isinstance(output.file, FileTemplate) else None


def brand_file(engine: Engine, brand_id: BrandId, *, name: PurePosixPath) -> Artifact | None:
    """The file of this name in the brand's own folder, from the one task that makes it; None if the brand is wrong."""
    known, resolved = engine.get(brand, brand_id), engine.get(tokens, brand_id)
    if known is None or resolved is None:
        return None
    if str(name) == TOKENS_SHEET.name:
        made = engine.get(target_files, brand_id, "css")
    elif str(name) in _SHARED_SHEETS:
        made = engine.get(shared_files, _SHARED_SHEETS[str(name)])
    elif str(name) == SCRIPT:
        made = engine.get(guide_files, brand_id)
    elif str(name) == MANIFEST:
        made = emit_webmanifest(known, resolved, start_url=PORTAL_ROOT)
    else:
        task = next((task for start, task in _PICTURES if str(name).startswith(start)), icon_files)
        made = engine.get(task, brand_id)
    return next((file for file in made if file.path.relative_to(file.path.parts[0]) == name), None)


def _of_path(files: Iterable[FileTemplate], path: PurePosixPath) -> FileTemplate | None:
    return next((file for file in files if file.path == path), None)


def _site_files(engine: Engine, shelf: BrandShelf) -> tuple[FileTemplate, ...]:
    template = engine.get(site_template, shelf.of, shelf.whose) if shelf.of else None
    return template.files if template else ()


def _plain_file(engine: Engine, brand_id: BrandId, *, shelf: BrandShelf, path: PurePosixPath) -> Artifact | None:
    """A file that cannot be stamped, from a render of this brand alone."""
    template = engine.get(site_template, shelf.of, shelf.whose) if shelf.of else None
    if template is None or path not in dict(template.plain):
        return None
    return next((file for file in engine.get(pages, brand_id) if file.path == SITE / path), None)
