"""Pages on the API's versions: what each one changed, what breaks first, and a list of all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.site.reference.markup import code, escaped, heading, html_block, quoted_yaml
from themekit.site.reference.words import reference_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.version_change import Line, VersionChange

INDEX = "index"
_CODE = re.compile(r"`([^`]*)`")


def changes_page(change: VersionChange, locale: str) -> str:
    """The page on one version, in Markdown."""
    words = reference_words(locale)
    title = words["changes-in"].format(name=change.version)
    lead = html_block(f"<p>{words['changes-since'].format(name=escaped(change.before))}</p>")
    body = "\n\n".join(_sections(change, words)) or html_block(f"<p>{words['changes-none']}</p>")
    return _page(title, f"{lead}\n\n{body}", words["changes-since"].format(name=change.before))


def changes_index(versions: Iterable[tuple[str, str]], locale: str) -> str:
    """The list of versions, each with the one before it, the newest first. Versions are names of files."""
    words = reference_words(locale)
    items = [
        f"- [{heading(version)}]({version}.md): {heading(words['changes-since'].format(name=before))}"
        for version, before in versions
    ]
    return _page(words["changes"], "\n".join(items), words["changes-text"])


def _page(title: str, body: str, description: str) -> str:
    return f"---\ndescription: {quoted_yaml(description)}\n---\n\n# {heading(title)}\n\n{body}\n"


def _sections(change: VersionChange, words: Mapping[str, str]) -> Iterator[str]:
    told = ""
    for level, scope, lines in change.groups:
        if level != told:
            yield f"## {words[f'changes-{level}']} {{ #{level} }}"
            told = level
        head = f"<h3>{words['changes-sdk'].format(name=escaped(scope))}</h3>" if scope else ""
        # the sentences are those of `themekit sdk diff`, which speaks English
        yield html_block(f'{head}<ul lang="en">{"".join(map(_item, lines))}</ul>')


def _item(line: Line) -> str:
    where, words = line
    return f"<li><strong>{_text(where)}</strong> {_text(words)}</li>"


def _text(text: str) -> str:
    """A text whose parts in backticks are code."""
    return "".join(code(part) if index % 2 else escaped(part) for index, part in enumerate(_CODE.split(text)))
