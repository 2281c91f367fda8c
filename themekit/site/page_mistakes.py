"""The mistakes in the source of one page, whoever wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.site.front_matter import check_front_matter, split_front_matter
from themekit.site.pages import PageRules, parse_page
from themekit.site.secrets import check_secrets
from themekit.source.utf8 import SAVE_AS_UTF_8, undecodable

if TYPE_CHECKING:
    from themekit.model import SourceFile

UNREADABLE_PAGE = Code("unreadable-page", summary="A page is not plain UTF-8 text.")
# What some readers take for the end of a line and others do not, and what no text has: both hide things from a check.
_HIDING = re.compile("\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


def check_page(source: SourceFile, rules: PageRules) -> tuple[Diagnostic, ...]:
    """The mistakes in one page's head and tags, and the secrets in it."""
    try:
        text = source.content.decode().replace("\r\n", "\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        report = Reporter()
        report(UNREADABLE_PAGE, *undecodable(source.path, error), hint=SAVE_AS_UTF_8)
        return report.diagnostics
    if hiding := _HIDING.search(text):
        report = Reporter()
        start = text.rfind("\n", 0, hiding.start()) + 1
        place = Span(source.path, text.count("\n", 0, start) + 1, hiding.start() - start + 1)
        report(UNREADABLE_PAGE, place, f"the character U+{ord(hiding.group()):04X} stands in no page")
        return report.diagnostics
    front = split_front_matter(text)
    in_head = parse_page(front.head, source.path, first_line=front.head_line, rules=PageRules(rules.sections))[1]
    in_text = parse_page(front.text, source.path, first_line=front.text_line, rules=rules)[1]
    in_front = check_front_matter(front, source.path, is_partner=rules.is_partner)
    return (*check_secrets(source), *in_front, *in_head, *in_text)
