"""What mkdocs says in its log, as diagnostics with a place in the source."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.site.placeholder import source_words
from themekit.site.variant import DOCS, overlay_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model import SourceFile

BROKEN_LINK = Code(
    "broken-link", Severity.WARNING, "A link leads to a page or an anchor that the portal does not have."
)
PAGE_OUTSIDE_NAVIGATION = Code(
    "page-outside-navigation", Severity.WARNING, "A page is in no part of the navigation of mkdocs.yml."
)
MISSING_PAGE = Code("missing-page", Severity.WARNING, "The navigation of mkdocs.yml names a page that does not exist.")
RENDER_WARNING = Code("render-warning", Severity.WARNING, "The site renderer warns of something.")

_LINK = re.compile(
    r"Doc file '(?P<page>[^']+)' contains an? (?:[a-z ]*)link '(?P<target>[^']+)',? ?(?:but )?(?P<rest>.*)", re.DOTALL
)
_NAVIGATION = re.compile(r"(?:themekit: )?A reference to '(?P<page>[^']+)' is included in the 'nav' configuration")
_SETTING = re.compile(r"Config value '[^']*': Unrecognised configuration name:")
_OMITTED = "The following pages exist in the docs directory, but are not included"
_HINT = re.compile(r" ?Did you mean '([^']+)'\?")


def diagnostics_of(
    messages: Iterable[str], *, sources: Iterable[SourceFile], overlay: Iterable[SourceFile] = ()
) -> tuple[Diagnostic, ...]:
    """A diagnostic for each warning of mkdocs, in order."""
    report = Reporter()
    texts = {source.path: source.content.decode(errors="replace") for source in sources if _has_text(source.path)}
    own = {DOCS / overlay_path(source.path): source for source in overlay if source.path.suffix == ".md"}
    for message in map(source_words, messages):
        if match := _LINK.match(message):
            path = DOCS / match["page"]
            text = own[path].content.decode(errors="replace") if path in own else texts.get(path, "")
            place = _find(own[path].path if path in own else path, text, match["target"])
            hint = _HINT.search(match["rest"])
            why = _HINT.sub("", match["rest"]).strip(" .") or "no such target"
            report(
                BROKEN_LINK,
                place,
                f"the link `{match['target']}` leads nowhere: {why}",
                hint=f"did you mean `{hint[1]}`?" if hint else None,
            )
        elif match := _NAVIGATION.match(message):
            place = _find(PurePosixPath("mkdocs.yml"), texts.get(PurePosixPath("mkdocs.yml"), ""), match["page"])
            report(MISSING_PAGE, place, f"there is no page `{match['page']}`")
        elif _SETTING.match(message):
            continue  # `unknown-setting` says it, with the line
        elif message.startswith(_OMITTED):
            for page in re.findall(r"^  - (.+)$", message, re.MULTILINE):
                report(PAGE_OUTSIDE_NAVIGATION, Span(DOCS / page, 1, 1), f"`{page}` is not in the navigation")
        else:
            report(RENDER_WARNING, None, message.strip())
    return report.diagnostics


def _has_text(path: PurePosixPath) -> bool:
    return path.suffix in {".md", ".yml"}


def _find(path: PurePosixPath, text: str, wanted: str) -> Span:
    offset = text.find(wanted)
    if offset < 0:
        return Span(path, 1, 1)
    start = text.rfind("\n", 0, offset) + 1
    excerpt = text[start:].partition("\n")[0]
    return Span(path, text.count("\n", 0, offset) + 1, offset - start + 1, len(wanted), excerpt)
