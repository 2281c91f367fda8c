"""Names, strings and comments of JavaScript and TypeScript: every text of a description passes through here.

Strings are written with the quotes and escapes that Prettier leaves, names as ECMAScript's IdentifierName allows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk.prose import kept, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.api_types import Name

_RESERVED_WORDS = (
    "arguments await break case catch class const continue debugger default delete do else enum eval export "
    "extends false finally for function if implements import in instanceof interface let new null package private "
    "protected public return static super switch this throw true try typeof undefined var void while with yield"
)
RESERVED = frozenset(_RESERVED_WORDS.split())
"""Words that are no names of variables and parameters."""

_MEMBERS_WORDS = (
    "constructor prototype then catch finally toString toLocaleString valueOf hasOwnProperty isPrototypeOf "
    "propertyIsEnumerable baseUrl"
)
MEMBERS = frozenset(_MEMBERS_WORDS.split())
"""Names that mean something else on every object, on promises, or on the client."""

WIDTH = 80
"""Prettier's width of lines."""

WIDEST = 100
"""Columns of text in a comment, which Prettier leaves alone."""

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNPRINTABLE = re.compile(
    "[\\\\\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_TAG = re.compile(r"(^[ \t*]*|\{)@")


@lru_cache(maxsize=65536)
def camel(name: Name) -> str:
    """As variables and methods are named: `paymentIntent`."""
    return name[0] + "".join(word[:1].upper() + word[1:] for word in name[1:])


@lru_cache(maxsize=65536)
def pascal(name: Name) -> str:
    """As types and classes are named: `PaymentIntent`."""
    return "".join(word[:1].upper() + word[1:] for word in name)


def variable(name: Name) -> str:
    """A name of a parameter or variable."""
    found = camel(name)
    return f"{found}_" if found in RESERVED else found


def member(name: Name) -> str:
    """A name of a method, or of a resource of the client."""
    found = camel(name)
    return f"{found}_" if found in MEMBERS else found


def is_identifier(text: str) -> bool:
    """It can be the name of a property without quotes."""
    return _IDENTIFIER.fullmatch(text) is not None


def string(text: str) -> str:
    """A string literal."""
    quote = "'" if '"' in text and text.count('"') > text.count("'") else '"'
    return quote + _UNPRINTABLE.sub(_escaped, text).replace(quote, f"\\{quote}") + quote


def key(text: str) -> str:
    """The name of a property in an object, or in the type of one."""
    return text if is_identifier(text) else string(text)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


def comment(lines: Iterable[str], *, indent: str = "") -> list[str]:
    """A documentation comment; none if there is nothing to say."""
    said = list(lines)
    while said and not said[-1]:
        said.pop()
    if not said:
        return []
    if len(said) == 1 and len(indent) + len(said[0]) + 7 <= WIDTH:
        return [f"{indent}/** {said[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}" if line else f"{indent} *" for line in said), f"{indent} */"]


def prose(text: str) -> list[str]:
    """Lines of a comment: Markdown as it is, but nothing that would end the comment, be a tag, or be hidden."""
    return [_plain(line) for line in kept(text, WIDEST)]


def quoted(code: str) -> list[str]:
    """Lines of a comment: code, in which a backslash may stand where it would end the comment or be a tag."""
    return [_plain(line) for line in visible(code).split("\n")]


def _plain(line: str) -> str:
    found = line.replace("*/", "*\\/") if "*/" in line else line
    return _TAG.sub(r"\1\\@", found) if "@" in found else found
