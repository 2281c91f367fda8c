"""Which pages of which brands are visited, at which sizes and in which modes."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand, overlay
from themekit.build.parts import PARTS
from themekit.build.portal import site_sources
from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.engine.explain import State, explain
from themekit.site.comparing import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.build.project import Project
    from themekit.model import BrandId, Mode
    from themekit.studio.viewport import Viewport

STALE_OUTPUT = Code(
    "stale-output",
    severity=Severity.WARNING,
    summary="The output of a brand is older than its inputs.",
)
PAGE_NOT_SHOWN = Code("page-not-shown", summary="A built page could not be opened in the browser.")


class NothingToVisitError(Exception):
    """A brand is not built, or no page has a name that was asked for; the text is for users."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One page of a brand's site, opened at one size and shown in modes. `page` is relative to the site."""

    brand: BrandId
    page: PurePosixPath
    viewport: Viewport
    modes: tuple[Mode, ...]

    @property
    def path(self) -> str:
        """The page as the server has it: below the folder of all brands."""
        return f"{self.brand}/site/{self.page}"


def visits_of(
    output: Path,
    brands: Sequence[BrandId],
    *,
    patterns: Sequence[str],
    modes: Sequence[Mode],
    viewports: Sequence[Viewport],
) -> tuple[Visit, ...]:
    """Every visit, brand by brand and page by page. `output` has the trees of all brands.

    A pattern is a path below the site, in which `*` stands for anything; `.md` may stand for `.html`.
    Raises NothingToVisitError.
    """
    pages = {brand_id: _pages(output / brand_id / "site") for brand_id in brands}
    for brand_id, found in pages.items():
        if not found:
            raise NothingToVisitError(f"`{brand_id}` has no site in {output.name}/; run `themekit build {brand_id}`")
    for pattern in patterns:
        if not any(is_wanted(page, (pattern,)) for found in pages.values() for page in found):
            raise NothingToVisitError(f"no page is named `{pattern}`; a pattern is like `guides/*`")
    return tuple(
        Visit(brand_id, page, viewport, tuple(modes))
        for brand_id, found in pages.items()
        for page in found
        if is_wanted(page, patterns)
        for viewport in viewports
    )


def is_wanted(page: PurePosixPath, patterns: Sequence[str]) -> bool:
    """The page fits one of the patterns, or there is none."""
    names = [f"{pattern[:-3]}.html" if pattern.endswith(".md") else pattern for pattern in patterns]
    return not names or any(fnmatchcase(str(page), name) for name in names)


def stale_outputs(project: Project, brands: Sequence[BrandId]) -> tuple[Diagnostic, ...]:
    """A warning for each brand whose site was made from other inputs than those of now."""
    report = Reporter()
    for brand_id in brands:
        # Where nothing is known, as in a tree that another machine built, nothing is said.
        if explain(project.engine, PARTS["site"], brand_id).state is State.STALE:
            place = Span(PurePosixPath("build", brand_id, "site"), 1, 1)
            message = f"the site of `{brand_id}` is older than its inputs"
            report(STALE_OUTPUT, place, message, hint=f"run `themekit build {brand_id}`")
    return report.diagnostics


class Sources:
    """The Markdown files that built pages are made from; each brand's are looked for once."""

    def __init__(self, project: Project) -> None:
        """Nothing is read yet."""
        self._project = project
        self._known: dict[str, tuple[tuple[PurePosixPath, ...], str]] = {}

    def place_of(self, brand_id: BrandId, page: PurePosixPath) -> Span:
        """The page's source at its begin, or the built page if it has none, as a page of tags."""
        if brand_id not in self._known:
            self._known[brand_id] = self._read(brand_id)
        paths, locale = self._known[brand_id]
        return Span(source_of(page, paths, locale=locale) or PurePosixPath("build", brand_id, "site", page), 1, 1)

    def _read(self, brand_id: BrandId) -> tuple[tuple[PurePosixPath, ...], str]:
        engine = self._project.engine
        known = engine.get(brand, brand_id)
        sources = (*engine.get(site_sources), *engine.get(overlay, brand_id))
        return tuple(source.path for source in sources), known.locale if known else "en"


def _pages(site: Path) -> tuple[PurePosixPath, ...]:
    return tuple(sorted(_html_below(site)))


def _html_below(site: Path) -> Iterator[PurePosixPath]:
    return (PurePosixPath(path.relative_to(site).as_posix()) for path in site.rglob("*.html") if path.is_file())
