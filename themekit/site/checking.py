"""Every mistake in the sources of a site that can be seen without rendering it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import yaml

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.site.front_matter import check_front_matter, split_front_matter
from themekit.site.pages import PageRules, parse_page
from themekit.site.sanitise import is_unsafe_link
from themekit.site.variant import DOCS, overlay_path, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from themekit.model import SourceFile

UNREADABLE_PAGE = Code("unreadable-page", summary="A page is not UTF-8 text.")
PARTNER_FILE = Code("partner-file", summary="A brand's docs folder holds a file that is neither a page nor a picture.")
PARTNER_SNIPPET = Code("partner-snippet", summary="An overlay page tries to include a file.")
UNSAFE_LINK = Code(
    "unsafe-link", summary="A link of an overlay page has a scheme other than https, http, mailto or tel."
)
UNSAFE_CONFIGURATION = Code(
    "unsafe-configuration", summary="mkdocs.yml holds a YAML tag or key that could run code or read files."
)

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})
MAX_PARTNER_PAGE = 200_000  # characters; the longest page of this project has a tenth of it
_SNIPPET = re.compile(r"^[ \t]*-{1,}8<-{1,}", re.MULTILINE)
_LINK = re.compile(
    r"""\]\(\s*<?(?P<inline>[^\s)>]+)
      | ^[ ]{0,3}\[[^\]]+\]:\s*<?(?P<reference>\S+)
      | \b(?:href|src)\s*=\s*["']?(?P<raw>[^\s"'>]+)
      | <(?P<auto>[a-z][a-z0-9+.-]*:[^>\s]*)>""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_NAMES = re.compile(r"(material|pymdownx|markdown|mkdocs|themekit)\.[A-Za-z0-9_.]+$")


def check_sources(sources: Sequence[SourceFile], *, overlay: Sequence[SourceFile] = ()) -> tuple[Diagnostic, ...]:
    """All mistakes in the project's pages and mkdocs.yml, and in a brand's own pages."""
    sections = sections_of(source.path for source in sources)
    found: list[Diagnostic] = []
    for source in sources:
        if source.path == PurePosixPath("mkdocs.yml"):
            found += check_configuration(source)
        elif is_page(source.path):
            found += check_page(source, PageRules(sections))
    for source in overlay:
        found += check_partner_file(source, sections)
    return tuple(found)


def is_page(path: PurePosixPath) -> bool:
    """A Markdown file of the portal."""
    return path.suffix == ".md" and path.parts[0] == DOCS.name and path.parts[1] != "changes"


def check_page(source: SourceFile, rules: PageRules) -> tuple[Diagnostic, ...]:
    """The mistakes in one page's head and tags."""
    try:
        text = source.content.decode()
    except UnicodeDecodeError as error:
        report = Reporter()
        line = source.content.count(b"\n", 0, error.start) + 1
        report(UNREADABLE_PAGE, Span(source.path, line, 1), f"byte {error.start} is not UTF-8: {error.reason}")
        return report.diagnostics
    front = split_front_matter(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    in_head = parse_page(front.head, source.path, first_line=front.head_line, rules=PageRules(rules.sections))[1]
    in_text = parse_page(front.text, source.path, first_line=front.text_line, rules=rules)[1]
    return (*check_front_matter(front, source.path), *in_head, *in_text)


def check_partner_file(source: SourceFile, sections: Iterable[str]) -> tuple[Diagnostic, ...]:
    """The mistakes in one file of a brand's docs folder, which is somebody else's work."""
    report = Reporter()
    place = Span(source.path, 1, 1)
    if source.path.suffix != ".md":
        if source.path.suffix.lower() not in PICTURES or overlay_path(source.path).parts[0] == "assets":
            kinds = ", ".join(sorted(PICTURES))
            report(PARTNER_FILE, place, f"only pages (.md) and pictures ({kinds}) outside assets/ may be added")
        return report.diagnostics
    found = check_page(source, PageRules(tuple(sections), is_partner=True))
    text = source.content.decode(errors="replace")
    if len(text) > MAX_PARTNER_PAGE:
        report(
            PARTNER_FILE, place, f"a page of a brand has at most {MAX_PARTNER_PAGE} characters, this one {len(text)}"
        )
    for match in _SNIPPET.finditer(text):
        report(PARTNER_SNIPPET, _span(source.path, text, match.start()), "pages of a brand cannot include files")
    for match in _LINK.finditer(text):
        target = next(group for group in match.groups() if group)
        if is_unsafe_link(target):
            start = match.start() + match.group().index(target)
            report(UNSAFE_LINK, _span(source.path, text, start, len(target)), f"`{target[:60]}` is no safe link")
    return (*found, *report.diagnostics)


def check_configuration(source: SourceFile) -> tuple[Diagnostic, ...]:
    """What in mkdocs.yml could run code or read the environment or other files when mkdocs loads it."""
    report = Reporter()
    try:
        text = source.content.decode()
    except UnicodeDecodeError:
        report(UNSAFE_CONFIGURATION, Span(source.path, 1, 1), "mkdocs.yml is no UTF-8 text")
        return report.diagnostics
    lines = text.split("\n")
    try:
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass  # grammar only: nothing is made of it
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Span(source.path, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        report(UNSAFE_CONFIGURATION, place, f"mkdocs.yml is no YAML: {error.problem}")
        return report.diagnostics
    except (ValueError, OverflowError, RecursionError, yaml.YAMLError) as error:
        report(UNSAFE_CONFIGURATION, Span(source.path, 1, 1), f"mkdocs.yml cannot be read: {error}")
        return report.diagnostics
    for mark, message in _refused(tokens):
        report(UNSAFE_CONFIGURATION, Span(source.path, mark.line + 1, mark.column + 1, 1, lines[mark.line]), message)
    return report.diagnostics


def _refused(tokens: list[yaml.Token]) -> Iterator[tuple[yaml.Mark, str]]:
    for token in tokens:
        if isinstance(token, yaml.TagToken):
            handle, suffix = token.value
            prefix, _, name = str(suffix).partition(":")
            if (handle, prefix) != ("!!", "python/name") or not _NAMES.match(name):
                yield token.start_mark, f"the tag `{handle or ''}{suffix}` is refused"
        elif isinstance(token, yaml.ScalarToken) and token.value == "INHERIT" and token.start_mark.column == 0:
            yield token.start_mark, "`INHERIT` is refused: the site's configuration is one file"


def _span(path: PurePosixPath, text: str, offset: int, length: int = 1) -> Span:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    excerpt = text[start : end if end >= 0 else len(text)]
    return Span(path, text.count("\n", 0, offset) + 1, offset - start + 1, length, excerpt)
