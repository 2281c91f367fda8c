"""An SDK as a value: what a language makes of an API, for any brand at once, and what a brand fills in.

A language writes text; where a brand's value belongs it writes a mark (`slot`), and `sdk_file` takes the text apart at
the marks. Marks are made of noncharacters, which no description may hold (the reader refuses them), so that nothing in
a description is ever taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from themekit.model.site import Slot, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.model.api import ApiModel, Operation

SlotField = Literal[
    "id",  # of the brand: lower-case letters, digits, `-`
    "name",
    "legal-name",
    "version",  # semantic
    "base-url",  # no slash at the end
    "sandbox-url",
    "home-url",
    "support-url",  # "" where the brand has none; so are the next two
    "repository-url",
    "email",
    "docs-url",  # the portal, with a slash at the end
    "client",  # PascalCase: the class that programs make
    "typescript-package",
    "python-package",
    "python-module",
    "python-path",  # the module with `/` for `.`
    "python-version",  # the version by PEP 440
    "java-group",
    "java-artifact",
    "java-package",
    "java-path",  # the package with `/` for `.`
    "java-group-path",
    "go-module",  # with `/v2` and so on where the version asks for it
    "go-package",
    "go-version",  # `v1.2.3`
]

SlotEscaping = Literal[
    "plain",  # for values that are safe wherever they stand: names of packages, versions, paths, ids
    "json",  # within the quotes of a string of JSON, JavaScript, TypeScript or Java
    "string",  # within the double quotes of a string of Python or Go
    "xml",  # text or attribute
    "markdown",  # text
    "comment",  # within a comment of any of the languages: one line that cannot end it
]

START, END, BETWEEN = "\ufdd0", "\ufdd1", "\ufdd2"

_MARK = re.compile(f"{START}([^{END}]*){BETWEEN}([^{END}]*){END}")


def slot(name: SlotField, escaping: SlotEscaping = "plain") -> str:
    """The mark of a brand's value, for a text that becomes a file."""
    return f"{START}{name}{BETWEEN}{escaping}{END}"


@dataclass(frozen=True, slots=True)
class SdkFile:
    """A file of an SDK: literal text and slots, in its path too. `path` is relative to the SDK's folder."""

    path: tuple[str | Slot, ...]
    parts: tuple[str | Slot, ...]
    media_type: str = "text/plain"
    is_executable: bool = False


@dataclass(frozen=True, slots=True)
class SdkTemplate:
    """All files of an SDK in one language, no two with the same path.

    `taken` are names that the client class cannot have, since the SDK has them where it would stand, sorted.
    """

    language: str
    files: tuple[SdkFile, ...]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SdkOptions:
    """What a language is told besides the API. `sources` are the files below its folders in `SdkLanguage.sources`."""

    sources: tuple[SourceFile, ...] = ()
    with_tests: bool = True


@dataclass(frozen=True, slots=True)
class SdkLanguage:
    """One language. `emit` and `sample` are pure.

    `sample` is a whole program, as a text with marks, that calls one operation with the values of its examples, and
    runs against the address in the environment variable `API_BASE_URL`, if that is set, else the brand's. `surface` are
    the public names and signatures of the SDK, one a line, sorted: what programs that use it depend on.
    """

    name: str
    title: str
    summary: str
    emit: Callable[[ApiModel, SdkOptions], SdkTemplate]
    sample: Callable[[ApiModel, Operation], str]
    surface: Callable[[ApiModel], tuple[str, ...]]
    sources: tuple[str, ...] = ()
    options: SdkOptions = field(default_factory=SdkOptions)


def sdk_file(path: str, text: str, *, media_type: str = "text/plain", is_executable: bool = False) -> SdkFile:
    """The file of these texts, taken apart at their marks. Raises ValueError for a mark of no slot."""
    return SdkFile(_parts(path), _parts(text), media_type, is_executable)


def _parts(text: str) -> tuple[str | Slot, ...]:
    if START not in text:
        return (text,) if text else ()
    pieces = _MARK.split(text)
    found: list[str | Slot] = []
    for index in range(0, len(pieces), 3):
        if pieces[index]:
            found.append(pieces[index])
        if index + 2 < len(pieces):
            found.append(_slot(pieces[index + 1], pieces[index + 2]))
    return tuple(found)


def _slot(name: str, escaping: str) -> Slot:
    if name not in _FIELDS or escaping not in _ESCAPINGS:
        raise ValueError(f"there is no slot `{name}` that is written as `{escaping}`")
    return Slot(name, escaping)


_FIELDS = frozenset(get_args(SlotField))
_ESCAPINGS = frozenset(get_args(SlotEscaping))


def go_module(module: str, version: str) -> str:
    """The module's path with its major version, as in `/v2`. Source: Go modules, "Major version suffixes"."""
    major = int(version.partition(".")[0])
    base = re.sub(r"/v\d+$", "", module)
    return f"{base}/v{major}" if major > 1 else base
