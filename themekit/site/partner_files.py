"""A brand's own pages and pictures, which are somebody else's work: what is refused before anything is rendered."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.site.code_spans import FENCE, without_code
from themekit.site.page_limits import check_page_limits
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.removals import UNSAFE_LINK
from themekit.site.sanitise import is_unsafe_link
from themekit.site.variant import DOCS, overlay_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePosixPath

    from themekit.model import SourceFile

PARTNER_FILE = Code("partner-file", summary="A brand's docs folder holds a file that is neither a page nor a picture.")
PARTNER_SNIPPET = Code("partner-snippet", summary="An overlay page tries to include a file.")
PARTNER_DIAGRAM = Code("partner-diagram", summary="A diagram of an overlay page asks for pictures, styles or settings.")

PICTURES = {
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".jpg": rb"\xff\xd8\xff",
    ".jpeg": rb"\xff\xd8\xff",
    ".webp": rb"RIFF....WEBP",
    ".gif": rb"GIF8[79]a",
    ".avif": rb"....ftyp(?:avif|avis|mif1|miaf)",
}
"""Kinds of pictures by the end of their names, and how their files begin."""
MAX_FILES = 500  # the whole portal has 200 pages

_SNIPPET = re.compile(r"^[ \t>]*-{1,}8<-{1,}", re.MULTILINE)
_LINK = re.compile(
    r"""(?P<picture>!)?\[[^\]\n]*\]\(\s*<?(?P<inline>[^\s)>]+)
      | \]\(\s*<?(?P<nested>[^\s)>]+)
      | ^[ ]{0,3}\[[^\]\n]+\]:\s*<?(?P<reference>\S+)
      | \bhref\s*=\s*["']?(?P<raw>[^\s"'>]+)
      | \bsrc\s*=\s*["']?(?P<source>[^\s"'>]+)
      | <(?P<auto>[a-z][a-z0-9+.-]*:[^>\s]*)>""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# A diagram is drawn in the reader's browser, which would fetch what these name.
_DIAGRAM = re.compile(
    r"%%\{|\burl\s*\(|@import|\bimg\s*:|<\s*img|\bsrc\s*=|^[ \t]*---[ \t]*$|^[ \t]*click[ \t]",
    re.IGNORECASE | re.MULTILINE,
)


def check_overlay(
    overlay: Sequence[SourceFile], sections: Iterable[str], *, beside: Iterable[PurePosixPath] = ()
) -> tuple[Diagnostic, ...]:
    """The mistakes in a brand's own files. `beside` are the project's, which they may replace not shadow by case."""
    known = tuple(sections)
    report = Reporter()
    if len(overlay) > MAX_FILES:
        message = f"a brand has at most {MAX_FILES} files of its own, this one {len(overlay)}"
        report(PARTNER_FILE, Span(overlay[MAX_FILES].path, 1, 1), message)
        return report.diagnostics
    spelled = {str(path).casefold(): path for path in beside}
    found: list[Diagnostic] = []
    for source in overlay:
        path = DOCS / overlay_path(source.path)
        other = spelled.setdefault(str(path).casefold(), path)
        if other != path:
            message = f"`{other.relative_to(DOCS)}` is there too: on some systems the two are one file"
            report(PARTNER_FILE, Span(source.path, 1, 1), message)
        found += check_partner_file(source, known)
    return (*found, *report.diagnostics)


def check_partner_file(source: SourceFile, sections: Iterable[str]) -> tuple[Diagnostic, ...]:
    """The mistakes in one file of a brand's docs folder."""
    if source.path.suffix != ".md":
        return _check_picture(source)
    text = source.content.decode(errors="replace").replace("\r\n", "\n").removeprefix("\ufeff")
    too_much = check_page_limits(text, source.path)
    if too_much:
        return too_much  # what follows takes more than linear time
    found = check_page(source, PageRules(tuple(sections), is_partner=True))
    report = Reporter()
    for match in _SNIPPET.finditer(text):
        report(PARTNER_SNIPPET, _span(source.path, text, match.start()), "pages of a brand cannot include files")
    for match in _LINK.finditer(without_code(text)):
        name = next(name for name, group in match.groupdict().items() if group and name != "picture")
        target = match[name]
        fault = _link_fault(target, source.path, is_picture=bool(match["picture"] or match["source"]))
        if fault:
            place = _span(source.path, text, match.start(name), len(target))
            report(UNSAFE_LINK, place, f"`{target[:60]}` {fault}")
    for fence in FENCE.finditer(text):
        if "mermaid" not in fence["language"]:
            continue
        for match in _DIAGRAM.finditer(fence["body"]):
            place = _span(source.path, text, fence.start("body") + match.start(), len(match.group()))
            report(PARTNER_DIAGRAM, place, "diagrams of a brand are text and arrows only")
    return (*found, *report.diagnostics)


def _check_picture(source: SourceFile) -> tuple[Diagnostic, ...]:
    report = Reporter()
    place = Span(source.path, 1, 1)
    signature = PICTURES.get(source.path.suffix.lower())
    if signature is None or overlay_path(source.path).parts[0].casefold() == "assets":
        kinds = ", ".join(sorted(PICTURES))
        report(PARTNER_FILE, place, f"only pages (.md) and pictures ({kinds}) outside assets/ may be added")
    elif not re.match(signature, source.content, re.DOTALL):
        report(PARTNER_FILE, place, f"this is no {source.path.suffix.lower()[1:]} picture, whatever its name says")
    return report.diagnostics


def _link_fault(target: str, path: PurePosixPath, *, is_picture: bool) -> str | None:
    if is_unsafe_link(target, is_picture=is_picture):
        return "is no safe link"
    address = unquote(re.split(r"[?#]", target)[0]).replace("\\", "/")
    if ":" in address or "{{" in target:
        return None
    folder = overlay_path(path).parent
    return "leads out of the portal" if posixpath.normpath(folder / address).startswith("..") else None


def _span(path: PurePosixPath, text: str, offset: int, length: int = 1) -> Span:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    excerpt = text[start : end if end >= 0 else len(text)]
    return Span(path, text.count("\n", 0, offset) + 1, offset - start + 1, length, excerpt)
