"""Violations of accessibility rules as diagnostics: at the page's source, and at the token to change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from themekit.build.brands import brand, tokens
from themekit.diagnostics import Code, Diagnostic, Note, Reporter, Span
from themekit.model import Mode, TargetOptions, TokenId
from themekit.render.property_names import property_name
from themekit.resolve.aliases import place_in
from themekit.resolve.seeds import SCALES
from themekit.source.locate import all_located, span_at
from themekit.studio.chromium.axe import audit_visit
from themekit.studio.chromium.crew import Failed, visit_all
from themekit.studio.visits import PAGE_NOT_SHOWN, Sources
from themekit.studio.written_at import written_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import PurePosixPath

    from themekit.build.project import Project
    from themekit.model import Brand, BrandId, Origin, ResolvedTokens
    from themekit.studio.chromium.axe import Contrast, Violation
    from themekit.studio.chromium.cascade import Paint
    from themekit.studio.chromium.crew import Crew
    from themekit.studio.visits import Visit

ACCESSIBILITY_VIOLATION = Code("accessibility-violation", summary="A built page breaks a rule of accessibility.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token's value is decided. `path` leads from the token to what the brand wrote, over its references."""

    path: tuple[TokenId, ...]
    origin: Origin | None
    is_seed: bool


def audit_accessibility(
    project: Project, visits: Sequence[Visit], *, crew: Crew, tell: Callable[[str], None]
) -> tuple[Diagnostic, ...]:
    """All violations on these visits. One that shows in several modes or windows is one diagnostic.

    Raises BrowserMissingError.
    """
    sources, report = Sources(project), Reporter()
    found: dict[tuple[BrandId, PurePosixPath, Violation], list[tuple[Mode, str]]] = {}
    answers = visit_all(project.output, visits, work=audit_visit, crew=crew)
    for done, answer in enumerate(answers, start=1):
        visit = answer.visit if isinstance(answer, Failed) else answer[0]
        if isinstance(answer, Failed):
            message = f"`{visit.page}` of `{visit.brand}` could not be opened at {visit.viewport}: {answer.reason}"
            report(PAGE_NOT_SHOWN, sources.place_of(visit.brand, visit.page), message)
            continue
        tell(f"auditing: {done} of {len(visits)}, {visit.brand} {visit.page} {visit.viewport}")
        for mode, violations in answer[1]:
            for violation in violations:
                found.setdefault((visit.brand, visit.page, violation), []).append((mode, str(visit.viewport)))
    themes: dict[BrandId, Theme] = {}
    texts = cache(partial(_text_of, project))
    for (brand_id, page, violation), looks in found.items():
        theme = themes.setdefault(brand_id, Theme(project, brand_id))
        modes = tuple(mode for mode in Mode if mode in {each for each, _ in looks})
        where = f"`{page}` of `{brand_id}`, {', '.join(modes)}, {', '.join(sorted({size for _, size in looks}))}"
        notes = theme.notes(violation.contrast, modes[0]) if violation.contrast else ()
        report(
            ACCESSIBILITY_VIOLATION,
            _place_of(violation, sources.place_of(brand_id, page), texts),
            _message(violation, where),
            notes=notes,
            hint=theme.hint(violation.contrast) if violation.contrast else violation.advice or None,
        )
    return all_located(report.diagnostics, texts)


def _place_of(violation: Violation, page: Span, text_of: Callable[[PurePosixPath], str | None]) -> Span:
    """Where the element is written, if its page's Markdown tells; else the page's begin."""
    text = text_of(page.path) if violation.is_article and page.path.suffix == ".md" else None
    found = None if text is None else written_at(text, violation.html)
    return page if text is None or found is None else span_at(page.path, text, start=found[0], end=found[1])


def _text_of(project: Project, path: PurePosixPath) -> str | None:
    content = project.host.read(path)
    return None if content is None else content.decode("utf-8-sig", "replace")


class Theme:
    """A brand's tokens, by the custom properties that carry them."""

    def __init__(self, project: Project, brand_id: BrandId) -> None:
        """What a build has resolved is not resolved again."""
        self._ask = project.engine
        self._brand: Brand | None = project.engine.get(brand, brand_id)
        self._tokens: ResolvedTokens | None = project.engine.get(tokens, brand_id)
        prefix = TargetOptions().prefix
        self._by_property = {property_name(prefix, token.id): token.id for token in self._tokens or ()}

    def notes(self, contrast: Contrast, mode: Mode) -> tuple[Note, ...]:
        """What gives the two colours, and where to change it."""
        sides = (("text", contrast.text, contrast.text_paint), ("ground", contrast.ground, contrast.ground_paint))
        return tuple(
            note for what, color, paint in sides if paint for note in self._side(what, color, paint, mode=mode)
        )

    def hint(self, contrast: Contrast) -> str:
        """The tokens to change, those of the text first."""
        paints = [paint for paint in (contrast.text_paint, contrast.ground_paint) if paint]
        names = [self._by_property[name] for paint in paints for name in paint.properties if name in self._by_property]
        change = f"change {' or '.join(f'`{name}`' for name in dict.fromkeys(names))}, or " if names else ""
        return f"{change}give the text a colour that is solved for it, such as `color.text-muted`"

    def _side(self, what: str, color: str, paint: Paint, *, mode: Mode) -> Iterator[Note]:
        known = [self._by_property[name] for name in paint.properties if name in self._by_property]
        if not known:
            yield Note(f"the {what}'s colour {color} is `{paint.written}`, written in {paint.where}")
        for token_id in known:
            place = self._place(token_id, mode)
            over = "".join(f", by `{each}`" for each in place.path[1:])
            ends = "whose seed is this" if place.is_seed else "written here"
            yield Note(f"the {what}'s colour {color} is the token `{token_id}`{over}, {ends}", place.origin)

    def _place(self, token_id: TokenId, mode: Mode) -> Place:
        if self._brand is None or self._tokens is None:
            return Place((token_id,), None, is_seed=True)
        written, index = self._brand.tokens, self._tokens.modes.index(mode)
        own = {token.id: token for token in written if not written.leaves_default(token.id, mode)}
        references = {token.id: token.references[index] for token in self._tokens}
        path = [token_id]
        while path[-1] not in own and (following := references.get(path[-1])):
            path.append(following)
        if path[-1] in own:
            return Place(tuple(path), place_in(own[path[-1]], mode), is_seed=False)
        parts = path[-1].split(".")
        scale = parts[1] if len(parts) > 1 and parts[1] in SCALES else "primary"
        seed = self._brand.origin_of(f"/color/{scale}") or self._brand.origin_of("/color/primary")
        return Place(tuple(path), seed, is_seed=True)


def _message(violation: Violation, where: str) -> str:
    contrast = violation.contrast
    said = violation.help
    if contrast:
        said = f"{contrast.text} on {contrast.ground} has {contrast.ratio:g}:1 and needs {contrast.needed:g}:1"
    return (
        f"{violation.rule} ({violation.impact}): {said}: "
        f"`{violation.html}` at selector `{violation.selector}` in {where}"
    )
