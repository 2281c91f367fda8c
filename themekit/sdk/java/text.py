r"""Texts of a description as parts of Java: string literals, doc comments, identifiers' neighbours.

Java reads `\uXXXX` before anything else (JLS 3.3), in comments too, so no backslash of a description is ever written
before a `u`: in literals it is doubled, in comments it is an entity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from themekit.sdk.prose import Markup, blocks, marked, wrapped

WIDTH = 100  # columns, as google-java-format has it
MAX_CHARACTERS = 4000  # of a comment: what a person reads in an editor's window
MAX_CONSTANT_BYTES = 60_000  # a constant of a class file holds 65,535
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_PLAIN = re.compile(r"[ !#-\[\]-~]*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"}
_SPECIAL = re.compile(r"[&<>@{}\\*/]|[^\x20-\x7e]")


@lru_cache(maxsize=65536)
def literal(text: str) -> str:
    """A string literal, or an expression if the text is too long for one."""
    if _PLAIN.fullmatch(text) and len(text) < MAX_CONSTANT_BYTES:
        return f'"{text}"'
    if len(text) * 3 > MAX_CONSTANT_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_CONSTANT_BYTES:
        size = MAX_CONSTANT_BYTES // 6
        pieces = (_quoted(text[start : start + size]) for start in range(0, len(text), size))
        return f'String.join("", {", ".join(pieces)})'
    return _quoted(text)


def constant(text: str) -> str:
    """A string literal for a constant: what is too long for one is cut, which no value of an enumeration is."""
    return literal(text[: MAX_CONSTANT_BYTES // 6])


def _quoted(text: str) -> str:
    return f'"{"".join(map(_in_literal, text))}"'


def _in_literal(each: str) -> str:
    if each in _ESCAPES:
        return _ESCAPES[each]
    if " " <= each <= "~" or (each > "\xa0" and each.isprintable()):
        return each
    if each < "\x80":
        return f"\\{ord(each):03o}"
    return "".join(f"\\u{unit:04x}" for unit in _units(each))


def _units(each: str) -> tuple[int, ...]:
    code = ord(each)
    if code < 0x10000:
        return (code,)
    code -= 0x10000
    return (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))


@lru_cache(maxsize=65536)
def html(text: str) -> str:
    """Text within a doc comment: nothing in it is markup, a tag, an end of the comment or an escape."""
    return _SPECIAL.sub(lambda found: _entity(found[0], found.string[: found.start()][-1:]), text)


def _entity(each: str, before: str) -> str:
    if each in _ENTITIES:
        return _ENTITIES[each]
    if each == "*":
        return each
    if each == "/":
        return "&#47;" if before == "*" else each
    if each in "\n\t\r\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"&#{ord(each)};" if each >= " " and unicodedata.category(each) == "Cf" else "&#65533;"
    return each


def doc(text: str, indent: str = "", *, notes: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> list[str]:
    """A doc comment of CommonMark, wrapped; `notes` are paragraphs and `tags` block tags that are Javadoc already."""
    paragraphs = [*_paragraphs(text, WIDTH - len(indent) - 3)]
    for note in notes:
        paragraphs += ["", *wrapped(note, WIDTH - len(indent) - 3)]
    if len(paragraphs) == 1 and not tags and len(indent) + len(paragraphs[0]) + 7 <= WIDTH:
        return [f"{indent}/** {paragraphs[0]} */"]
    lines = [*paragraphs]
    if tags:
        lines += ["", *(line for tag in tags for line in _wrapped_tag(tag, WIDTH - len(indent) - 3))]
    if lines and not lines[0]:
        lines = lines[1:]
    return [f"{indent}/**", *(f"{indent} * {line}" if line else f"{indent} *" for line in lines), f"{indent} */"]


_PLAIN_CODE = re.compile(r"(?!.*\*/)[A-Za-z0-9_.,:;=+*'\"()\[\]~|? /-]+")  # in `{@code …}` nothing can be escaped
_ADDRESS = re.compile(r"https://[A-Za-z0-9./_~%?=&+-]+")


def _code(text: str) -> str:
    return f"{{@code {text}}}" if _PLAIN_CODE.fullmatch(text) else f"<code>{html(text)}</code>"


def _link(shown: str, target: str) -> str:
    text = html(shown) or "link"
    return f'<a href="{html(target)}">{text}</a>' if _ADDRESS.fullmatch(target) else text


MARKUP = Markup(escape=html, code=_code, strong="<strong>{}</strong>".format, link=_link)


@lru_cache(maxsize=4096)  # a field of a request is one of an answer, too
def _paragraphs(text: str, width: int) -> tuple[str, ...]:
    """Lines of HTML; a paragraph after the first is preceded by an empty one."""
    lines: list[str] = []
    is_in_list = False
    for block in blocks(_shortened(text)):
        if is_in_list and block.kind != "item":
            lines.append("</ul>")
        if lines and not (is_in_list and block.kind == "item"):
            lines.append("")
        if block.kind in {"code", "table"}:
            lines += "\n".join(("<pre>", *map(html, block.code))).replace("\n", "", 1).split("\n")
            lines[-1] += "</pre>"
        elif block.kind == "item":
            lines += [] if is_in_list else ["<ul>"]
            lines += wrapped(f"  <li>{_inline(block.text)}", width, further="      ")
        else:
            lines += wrapped(f"{'<p>' if lines else ''}{_inline(block.text)}", width)
        is_in_list = block.kind == "item"
    return (*lines, "</ul>") if is_in_list else tuple(lines)


def _inline(text: str) -> str:
    return " ".join(marked(text, MARKUP).split())


def _shortened(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS].rpartition("\n")[0] or text[:MAX_CHARACTERS]


@lru_cache(maxsize=4096)
def _wrapped_tag(tag: str, width: int) -> tuple[str, ...]:
    return tuple(wrapped(tag, width, further="    "))
