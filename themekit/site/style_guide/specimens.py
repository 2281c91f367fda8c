"""The blocks of specimens on the style guide's page: HTML of one line each, which nothing but a browser can use."""

from __future__ import annotations

BEGINNING = '<div class="tk-guide">'


def specimen_block(html: str) -> str:
    """HTML of one line as a block of Markdown, in which nothing is Markdown."""
    return f"{BEGINNING}{html}</div>\n"


def without_specimens(markdown: str) -> str:
    """The text of a page for programs that read it: swatches are no text, and their markup is as long as a book."""
    if BEGINNING not in markdown:
        return markdown
    return "\n".join(line for line in markdown.split("\n") if not line.startswith(BEGINNING))
