"""Tasks that read brands: which there are, what each says, and what its tokens resolve to."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Diagnostic, Severity, Span
from themekit.diagnostics.printable import printable, quoted
from themekit.engine import UnreadableInput
from themekit.engine.answers import unreadable
from themekit.model import BrandId, SourceFile
from themekit.model.portable_path import portability_fault
from themekit.resolve import diagnose_tokens, resolve_tokens
from themekit.site.descriptions import NAMES
from themekit.site.variant import DOCS, NOT_SECTIONS, sections_of
from themekit.source.brand import BrandInputs, draft_brand, is_brand_folder, parse_brand
from themekit.source.brand_face import Face, face_of
from themekit.source.codes import INVALID_PATH
from themekit.source.locate import all_located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Note
    from themekit.engine import Ask
    from themekit.model import Brand, ResolvedTokens

BRANDS = PurePosixPath("brands")
API_FOLDER = DOCS / "api"
API_FILES = tuple(API_FOLDER / name for name in NAMES)
"""Where a project may describe its API; the first there is, is meant."""
REFERENCE_PAGE = DOCS / "reference" / "index.md"
"""The first page of the section that is generated from the description."""
GUIDE_PAGE = DOCS / "style-guide" / "index.md"
"""The page of the section that is generated where mkdocs.yml lists it."""
CONFIGURATION = PurePosixPath("mkdocs.yml")
MAX_FILES = 100_000  # below one folder: ten thousand pages with pictures; a few links can lead to millions


def brand_path(brand_id: str) -> PurePosixPath:
    """The brand's file, from the project's root."""
    return BRANDS / brand_id / "brand.json"


def brand_ids(ask: Ask) -> tuple[BrandId, ...]:
    """The folders below brands/ that hold a brand.json, sorted.

    A link that cannot be followed is listed as if it were a file. To ask what is in it reports why; a name with a dot
    is not asked, as no brand has one and a file that is no business of ours may well be a link.
    """
    names = tuple(name for name in ask.list(BRANDS) if is_brand_folder(name))
    for name in names:
        if not name.endswith("/") and "." not in name:
            ask.list(BRANDS / name)
    folders = (name.removesuffix("/") for name in names if name.endswith("/"))
    return tuple(BrandId(name) for name in folders if "brand.json" in ask.list(BRANDS / name))


def brand(ask: Ask, brand_id: BrandId) -> Brand | None:
    """The brand; None if there is an error in its file."""
    path = brand_path(brand_id)
    content = ask.read(path)
    if content is None:
        if path.name in ask.list(path.parent):
            report_dead_end(ask, path)
        return None
    inputs = BrandInputs(ask.read, ask.list, ask(section_names) or None)
    found, diagnostics = parse_brand(path, content, brand_id=brand_id, inputs=inputs)
    report_located(ask, diagnostics)
    return found


def face(ask: Ask, brand_id: BrandId) -> Face:
    """What the brand is known by, where it has mistakes too."""
    known = ask(brand, brand_id)
    if known is not None:
        return Face(known.name, known.color.primary)
    path = brand_path(brand_id)
    content = ask.read(path)
    return Face(None, None) if content is None else face_of(path, content, inputs=BrandInputs(ask.read, ask.list))


def section_names(ask: Ask) -> tuple[str, ...]:
    """The portal's sections, as the site has them; of the docs only listings are read, up to a section's first page."""
    folders = (name for name in _shown(ask, DOCS) if name.endswith("/") and name.removesuffix("/") not in NOT_SECTIONS)
    found = {page for name in folders if (page := _first_page(ask, DOCS / name))}
    described = {API_FOLDER / name for name in ask.list(API_FOLDER)} & set(API_FILES)
    generated = (*((REFERENCE_PAGE,) if described else ()), *((GUIDE_PAGE,) if ask(lists_style_guide) else ()))
    return sections_of((*found, *generated))


def lists_style_guide(ask: Ask) -> bool:
    """Whether the navigation has the style guide's page: a task, so that other edits of mkdocs.yml stop here."""
    configuration = ask.read(CONFIGURATION) or b""
    if GUIDE_PAGE.parent.name.encode() not in configuration:
        return False
    # Most projects come no further, and YAML takes longer to load than a brand to read.
    from themekit.site.navigation_free import named_in_navigation  # noqa: PLC0415

    return named_in_navigation(configuration, GUIDE_PAGE.relative_to(DOCS).as_posix())


def _first_page(ask: Ask, folder: PurePosixPath) -> PurePosixPath | None:
    names = _shown(ask, folder)
    found = next((folder / name for name in names if name.endswith(".md")), None)
    below = (_first_page(ask, folder / name) for name in names if name.endswith("/"))
    return found or next((page for page in below if page), None)


def tokens(ask: Ask, brand_id: BrandId) -> ResolvedTokens | None:
    """The brand's tokens in every mode; None if the brand or a reference among them is wrong."""
    known = ask(brand, brand_id)
    if known is None:
        ask(judged_draft, brand_id)
        return None
    resolved, diagnostics = resolve_tokens(known)
    report_located(ask, diagnostics)
    return resolved


def judged_draft(ask: Ask, brand_id: BrandId) -> bool:
    """Whether the tokens of a brand with mistakes could be judged; what is wrong with them is reported."""
    path = brand_path(brand_id)
    content = ask.read(path)
    if content is None:
        return False
    inputs = BrandInputs(ask.read, ask.list, ask(section_names) or None)
    draft = draft_brand(path, content, brand_id=brand_id, inputs=inputs)
    if draft is None:
        return False
    report_located(ask, diagnose_tokens(draft.brand, has_colors=draft.has_colors))
    return True


def overlay(ask: Ask, brand_id: BrandId) -> tuple[SourceFile, ...]:
    """The brand's own pages and their pictures, below brands/<id>/docs/."""
    return files_below(ask, BRANDS / brand_id / "docs")


def files_below(ask: Ask, folder: PurePosixPath) -> tuple[SourceFile, ...]:
    """Every file in a folder and its folders, in path order; hidden ones (`.git`, `.DS_Store`) left out."""
    found: list[SourceFile] = []
    pending, looked_at = [folder], 0
    while pending:
        inner = pending.pop()
        names = _shown(ask, inner)
        looked_at += 1 + len(names)
        if looked_at > MAX_FILES:
            reason = f"it has more than {MAX_FILES} files and folders, counted along its links"
            ask.report(unreadable(UnreadableInput(folder, reason)))
            break
        for name in names:
            if fault := portability_fault(name.removesuffix("/")):
                place = Span(inner / printable(name), 1, 1)
                message = f"the name {quoted(name)} {fault}"
                ask.report(Diagnostic(INVALID_PATH.name, INVALID_PATH.severity, message, place))
            elif name.endswith("/"):
                pending.append(inner / name)
            elif (content := ask.read(inner / name)) is not None:
                found.append(SourceFile(inner / name, content))
    return tuple(sorted(found, key=lambda file: file.path))


def _shown(ask: Ask, folder: PurePosixPath) -> tuple[str, ...]:
    return tuple(name for name in ask.list(folder) if not name.startswith("."))


def report_located(ask: Ask, diagnostics: Iterable[Diagnostic]) -> None:
    """Report diagnostics at their lines and columns."""
    found = tuple(diagnostics)
    if found:
        ask.report(*all_located(found, partial(_text_of, ask)))


def located_notes(ask: Ask, notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes at their lines and columns."""
    (found,) = all_located((Diagnostic("", Severity.ERROR, "", None, notes),), partial(_text_of, ask))
    return found.notes


def _text_of(ask: Ask, path: PurePosixPath) -> str | None:
    content = ask.read(path)
    return None if content is None else content.decode("utf-8-sig", "replace")


def report_dead_end(ask: Ask, path: PurePosixPath) -> None:
    """Report a name that is listed and leads to nothing, which a host reads as if it were not there."""
    refused: list[PurePosixPath] = []

    def noted() -> tuple[Note, ...]:
        """Called where the host itself says why."""
        refused.append(path)
        return ()

    if ask.read(path, notes=noted) is None and not refused:
        ask.report(unreadable(UnreadableInput(path, "it is a folder, or a link that leads to nothing")))
