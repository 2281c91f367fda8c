"""Text as inert parts of a page: HTML on one line, a Markdown heading, a fence of code.

Pages are Markdown that is read by the portal's renderer, whose tags are `{{ … }}` and `{% … %}`. Every function here
takes a text of the description, whatever it holds, and gives one that the renderer shows and never reads: in HTML a
brace is a numeric reference, and a line feed too, so that no line of a description begins a line of the page.
"""

from __future__ import annotations

import html
import json
import re

# What no page may hold (see page_mistakes.py), and what Python-Markdown marks its own places with.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ud800-\udfff]")
_WORD = re.compile("(z)(xq)", re.IGNORECASE)
"""How words begin that stand for a brand's values (placeholder.py)."""
_PUNCTUATION = re.compile(r"[\n!-&*+/:-@\[-`{-~\\]")
_BRACE = re.compile(r"\{(?=[{%])")
_TICKS = re.compile(r"`+")


def plain(value: str) -> str:
    """The text without control characters, with tabs and line ends that are spaces."""
    return " ".join(_CONTROL.sub(" ", value).split())


def escaped(value: str) -> str:
    """Text for HTML, also within the quotes of an attribute; line feeds are kept as references, tabs as spaces."""
    return inert(html.escape(_CONTROL.sub(" ", value.replace("\r\n", "\n"))))


def inert(markup: str) -> str:
    """HTML that no renderer of pages reads anything in: one line, no brace."""
    found = markup.replace("{", "&#123;").replace("}", "&#125;").replace("\n", "&#10;").replace("\t", "    ")
    return _WORD.sub(lambda match: f"{match[1]}&#{ord(match[2][0])};{match[2][1]}", found)


def without_control(value: str) -> str:
    """The text of several lines, as Markdown may be read from it."""
    return _CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))


def code(value: str) -> str:
    """A code span."""
    return f"<code>{escaped(plain(value))}</code>"


def code_block(value: str) -> str:
    """Code of several lines, as it is."""
    return f"<pre><code>{escaped(value)}</code></pre>"


def json_block(value: str) -> str:
    """A JSON value, indented. What is no JSON is shown as it is."""
    try:
        shown = json.dumps(json.loads(value), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        shown = value
    return code_block(shown)


def html_block(content: str) -> str:
    """HTML of one line as a block of Markdown, in which nothing is Markdown."""
    return f'<div class="tk-api">{content}</div>'


def heading(value: str) -> str:
    """The text of a Markdown heading."""
    return referenced(plain(value)) or "&#8211;"


def referenced(value: str) -> str:
    """Text in which every sign that could mean something is a numeric reference, line feeds too."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", value)


def quoted_yaml(value: str) -> str:
    """A text of the front matter, in quotes. Tags are read in it after YAML is, so braces stand apart."""
    return json.dumps(_BRACE.sub("{ ", plain(value)), ensure_ascii=False)


def fence(lines: str, lexer: str, *, indent: str = "") -> str:
    """A fenced block of code, each line indented. `lines` may hold placeholders: see `literal_code`."""
    ticks = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(lines)), default=0))
    body = "\n".join(f"{indent}{line}".rstrip() for line in lines.rstrip("\n").split("\n"))
    return f"{indent}{ticks}{lexer}\n{body}\n{indent}{ticks}"


def literal_code(value: str) -> str:
    """Code for a fence, in which nothing is a tag of pages."""
    return _BRACE.sub("{% raw %}{{% endraw %}", without_control(value))
