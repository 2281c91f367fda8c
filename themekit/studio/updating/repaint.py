"""What an edit does to a brand that somebody looks at, in the order in which a reader would miss it.

All of this runs in the kitchen. First effects are told at once; steps are what is looked at when there is quiet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from themekit.build.brands import brand, brand_path, tokens
from themekit.build.pictures import font_files, icon_files, logo_files, social_card
from themekit.build.pieces import docs_names, outline, shell, theme_sources
from themekit.build.portal import has_errors, has_portal, page_has_errors, site_template, texts, variant
from themekit.model import Mode
from themekit.resolve import resolve_tokens
from themekit.site.assembling import page_path
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.variant import sections_of
from themekit.studio.updating.first_look import first_look, glimpse
from themekit.studio.updating.patch import patch_of
from themekit.studio.updating.peek import Peek
from themekit.studio.updating.problems import problems_of
from themekit.studio.updating.seed_place import SeedPlace
from themekit.studio.updating.shelf import TOKENS_SHEET
from themekit.targets.css import TARGET, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Ask, Engine
    from themekit.model import Artifact, Brand, BrandId
    from themekit.studio.updating.events import Event
    from themekit.studio.updating.first_look import Look
    from themekit.studio.updating.patch import Patch
    from themekit.studio.updating.shelf import Shelf
    from themekit.targets.css import Rule

    Tell = Callable[[BrandId, Event], None]
    Step = Callable[[Engine], None]

FONTS_SHEET = BRAND_FOLDER / "fonts.css"
_PICTURES: tuple[Callable[[Ask, BrandId], tuple[Artifact, ...]], ...] = (
    logo_files,
    icon_files,
    font_files,
    social_card,
)


@dataclass(slots=True)
class Told:
    """What the browsers that show a brand were served or told last. `asked` is the later, the later they asked."""

    brand_id: BrandId
    asked: int = 0
    rules: tuple[Rule, ...] = ()
    good: Brand | None = None
    """The brand when all of it was told the last time."""
    seen: Brand | None = None
    """As the last first look saw it."""
    seed: SeedPlace | None = None
    """Where the file of `good` has its primary colour."""
    texts: tuple[tuple[str, str], ...] | None = None
    structure: tuple[object, str] | None = None
    has_pages: bool = False
    """Somebody looks at its portal, not only at its components."""
    pages: tuple[str, ...] | None = None
    pictures: dict[str, str] | None = None
    """Digests by path; none of those that were served blank."""
    found: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    shown: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong with the brand and its site, each once."""
        return tuple(dict.fromkeys(each for found in self.found.values() for each in found))

    def begin(self, engine: Engine, *, turn: int) -> None:
        """Somebody looks at the brand, and gets its tokens and texts as they are now."""
        self.asked = turn
        if not self.rules:
            resolved = engine.get(tokens, self.brand_id)
            self.rules = () if resolved is None else tuple(rules_of(resolved, TARGET.options))
            self.good = None if resolved is None else engine.get(brand, self.brand_id)
            self.texts = engine.get(texts, self.brand_id) or None
            self.note("brand", engine.diagnostics(tokens, self.brand_id))

    def begin_pages(self, engine: Engine, shelf: Shelf, *, tell: Tell) -> None:
        """Somebody looks at its pages, which have been rendered. Only what is wrong with them is to be told."""
        if not self.has_pages:
            self.has_pages = True
            for step in page_steps(self, shelf, tell=lambda *_: None):
                step(engine)
            self.shown = ()
            self.tell_problems(tell)

    def note(self, of: str, found: tuple[Diagnostic, ...]) -> None:
        """Keep what is wrong with one part of the brand."""
        self.found[of] = found
        if not found:
            del self.found[of]

    def tell_problems(self, tell: Tell) -> None:
        """Tell them, unless they were told."""
        if self.diagnostics != self.shown:
            self.shown = self.diagnostics
            tell(self.brand_id, {"kind": "problems", "diagnostics": problems_of(self.shown)})


def glimpsed(engine: Engine, told: Told, *, tell: Tell) -> None:
    """Tell what follows at once from another primary seed, if that is all that is other in the brand's file."""
    content = Peek(engine).read(brand_path(told.brand_id))
    color = None if told.seed is None or content is None else told.seed.color_in(content)
    if told.good is not None and color is not None:
        known = replace(told.good, color=replace(told.good.color, primary=color))
        _tell_look(told, glimpse(known, told.rules, good=told.good), tell=tell)


def repaint_first(engine: Engine, told: Told, *, mode: Mode, tell: Tell) -> None:
    """Tell what is other in one mode, light first: all four take five times as long, and come later."""
    if mode is Mode.LIGHT:
        told.seen = brand(Peek(engine), told.brand_id)
    if told.seen is not None:
        _tell_look(told, first_look(told.seen, told.rules, good=told.good, mode=mode), tell=tell)


def repaint(engine: Engine, told: Told, *, tell: Tell) -> bool:
    """Tell what is other in the brand's custom properties. False if its file is wrong.

    The tokens are resolved as their task does it, but not kept: that comes when this is told (`after_repaint`).
    """
    known = engine.get(brand, told.brand_id)
    resolved = None if known is None else resolve_tokens(known)[0]
    if resolved is None:
        return False
    told.good = known
    rules = tuple(rules_of(resolved, TARGET.options))
    patch = patch_of(told.rules, rules)
    told.rules = rules
    _tell(told, patch, tell=tell)
    return True


def _tell_look(told: Told, look: Look | None, *, tell: Tell) -> None:
    if look is not None:
        told.rules, patch = look
        _tell(told, patch, tell=tell)


def _tell(told: Told, patch: Patch, *, tell: Tell) -> None:
    if not patch.is_empty:
        tell(told.brand_id, {"kind": "sheet", "path": str(TOKENS_SHEET), **patch.as_json()})


def after_repaint(engine: Engine, told: Told, *, tell: Tell, says_broken: bool) -> bool:
    """Tell what is other in the brand's texts, and what is wrong. True if something is, and nothing was said of it."""
    if engine.get(tokens, told.brand_id) is None:
        if not says_broken:
            return True
    else:
        now = engine.get(texts, told.brand_id)
        if now != told.texts:
            tell(told.brand_id, {"kind": "pages", "paths": None})
        told.texts = now
    told.note("brand", engine.diagnostics(tokens, told.brand_id))
    told.tell_problems(tell)
    return False


def rerender(engine: Engine, told: Told, *, shelf: Shelf, path: PurePosixPath, tell: Tell, says_broken: bool) -> bool:
    """Tell of the page that has its text in this file, and make it. True if it is wrong and nothing was said."""
    known = shelf.brands.get(told.brand_id)
    if known is None or known.of is None or known.whose:
        return False
    placed = {each.source: each for each in shelf.placed(engine, known.of).values()}.get(path)
    if placed is None:
        return False
    asked = placed.source, sections_of(engine.get(docs_names))
    if engine.get(page_has_errors, *asked) and not says_broken:
        return True
    told.note(str(path), engine.diagnostics(page_has_errors, *asked))
    tell(told.brand_id, {"kind": "pages", "paths": [str(page_path(placed.page))]})
    told.tell_problems(tell)
    return False


def page_steps(told: Told, shelf: Shelf, *, tell: Tell) -> Iterator[Step]:
    """Everything else that may be other in the brand's pages, in small steps."""
    yield lambda engine: _place_seed(engine, told)
    yield lambda engine: _structure(engine, told, shelf, tell)
    yield lambda engine: _pages(engine, told, shelf, tell)
    yield lambda engine: _page_problems(engine, told, tell)


def picture_steps(told: Told, *, tell: Tell) -> Iterator[Step]:
    """The same of its pictures and fonts."""
    for task in _PICTURES:
        yield lambda engine, task=task: told.note(task.__name__, engine.diagnostics(task, told.brand_id))  # type: ignore[misc]
    yield lambda engine: _pictures(engine, told, tell)


def _place_seed(engine: Engine, told: Told) -> None:
    """Be ready for another primary colour in the brand's file."""
    content = Peek(engine).read(brand_path(told.brand_id))
    if content is None or engine.get(brand, told.brand_id) != told.good:
        told.seed = None
    elif told.seed is None or told.seed.color_in(content) is None:
        told.seed = SeedPlace.of(content)


def _structure(engine: Engine, told: Told, shelf: Shelf, tell: Tell) -> None:
    """Whether pages have other places or other parts now."""
    known = shelf.look(engine, told.brand_id)
    if known.of is None:
        return
    now = known.of, known.whose
    if told.structure is not None and told.structure != now:
        tell(told.brand_id, {"kind": "structure"})
    told.structure = now


def _pages(engine: Engine, told: Told, shelf: Shelf, tell: Tell) -> None:
    """Whether pages show other things of one another than they did."""
    known = shelf.brands[told.brand_id]
    if known.of is None or not told.has_pages or not engine.get(has_portal):
        return
    if known.whose or not shelf.placed(engine, known.of):
        now: tuple[str, ...] = (engine.digest(site_template, known.of, known.whose),)
    else:
        now = (engine.digest(outline, known.of), engine.digest(shell, known.of), engine.digest(theme_sources))
    if told.pages is not None and told.pages != now:
        tell(told.brand_id, {"kind": "pages", "paths": None})
    told.pages = now


def _pictures(engine: Engine, told: Told, tell: Tell) -> None:
    """Which icons, logos and fonts are others."""
    if engine.get(tokens, told.brand_id) is None:
        return
    made = (file for task in _PICTURES for file in engine.get(task, told.brand_id))
    now = {str(BRAND_FOLDER / file.path.relative_to(file.path.parts[0])): _digest(file.content) for file in made}
    before, told.pictures = told.pictures, now
    changed = [] if before is None else sorted(path for path, digest in now.items() if before.get(path) != digest)
    if str(FONTS_SHEET) in changed:
        tell(told.brand_id, {"kind": "reload-sheet", "path": str(FONTS_SHEET), "version": now[str(FONTS_SHEET)]})
    paths = [path for path in changed if path != str(FONTS_SHEET)]
    if paths:
        tell(told.brand_id, {"kind": "pictures", "paths": paths, "version": _digest("".join(now.values()).encode())})


def _page_problems(engine: Engine, told: Told, tell: Tell) -> None:
    """What is wrong with pages and mkdocs.yml; of a page alone it was said before, and is among these."""
    found = (*engine.diagnostics(variant, told.brand_id), *engine.diagnostics(has_portal))
    if engine.get(has_portal):
        found += engine.diagnostics(has_errors)
    told.found = {of: each for of, each in told.found.items() if not of.endswith(".md")}
    told.note("pages", found)
    told.tell_problems(tell)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
