"""A brand file and all files it extends, merged into one object that still knows who wrote what.

Rules: the file that extends wins. Objects merge key by key; arrays and single values replace, and so do a token's
`$value`, a colour and a length written as objects; `null` removes what would be inherited. `extends` and `$schema`
belong to their own file and are not inherited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.brand_resolver import is_in_place, names_resolver
from themekit.source.codes import EXTENDS_CYCLE, EXTENDS_DEPTH, INVALID_PATH, MISSING_FILE, WRONG_TYPE
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_text import read_json
from themekit.source.json_value import child_pointer, json_type, noun
from themekit.source.relative_path import resolved_from
from themekit.source.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter
    from themekit.source.json_text import Document
    from themekit.source.json_value import JsonObject, JsonValue

MAX_FILES = 8  # nobody can follow a longer chain by eye

_OWN_KEYS = ("extends", "$schema")


@dataclass(frozen=True, slots=True)
class Merged:
    """The members with everything inherited filled in, and where each was written. A null stays: it means "not set".

    `is_whole` is False if a base file could not be read: a field that is missing here may stand there.

    `layers` are the `tokens` of base files that cannot be merged key by key with those of `members`, as one of the two
    names files: the lowest first, each with its sources.
    """

    members: JsonObject
    sources: Sources
    is_whole: bool = True
    layers: tuple[tuple[JsonValue, Sources], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How other files are read: `read` gives a file's bytes or None, `list_folder` the names in a folder."""

    read: Callable[[PurePosixPath], bytes | None]
    list_folder: Callable[[PurePosixPath], tuple[str, ...]]
    report: Reporter
    noun: str = "brand"


def merged(path: PurePosixPath, content: bytes, *, root: PurePosixPath, reading: Reading) -> Merged | None:
    """The brand file at `path` merged with its chain of base files, all below `root`; None if it cannot be read."""
    return _merged(path, content, root=root, reading=reading, chain=())


def _merged(
    path: PurePosixPath,
    content: bytes,
    *,
    root: PurePosixPath,
    reading: Reading,
    chain: tuple[PurePosixPath, ...],
) -> Merged | None:
    document, diagnostics = read_json(path, content, if_empty=IF_EMPTY[reading.noun])
    reading.report.found.extend(diagnostics)
    if document is None:
        return None
    if not isinstance(document.value, dict):
        message = f"a {reading.noun} file holds an object, found {noun(json_type(document.value))}"
        reading.report(WRONG_TYPE, Origin(path, ""), message)
        return None
    base = _base(document, document.value, root=root, reading=reading, chain=(*chain, path))
    if base is None:
        is_alone = "extends" not in document.value or document.value["extends"] is None
        return Merged(document.value, Sources(path, omitted=document.omitted), is_alone)
    inherited: dict[str, PurePosixPath] = {}
    members = _Overlay(base.sources, inherited).of(document.value, base.members, "")
    sources = Sources(path, inherited, document.omitted | base.sources.omitted)
    return Merged(members, sources, base.is_whole, _layers(document.value, base))


def _layers(own: JsonObject, base: Merged) -> tuple[tuple[JsonValue, Sources], ...]:
    """The base's layers, and its tokens as one more if either names files; none if the file removes all tokens."""
    if "tokens" not in own:
        return base.layers
    mine, theirs = own["tokens"], base.members.get("tokens")
    if mine is None:
        return ()
    is_merged = theirs is None or (is_in_place(mine) and is_in_place(theirs))
    return base.layers if is_merged else (*base.layers, (theirs, base.sources))


def _base(
    document: Document,
    members: JsonObject,
    *,
    root: PurePosixPath,
    reading: Reading,
    chain: tuple[PurePosixPath, ...],
) -> Merged | None:
    """What `extends` names, itself merged; None without one, or if it was reported."""
    written = members.get("extends")
    if not isinstance(written, str):
        return None  # a wrong type is reported with the other fields
    place = Origin(document.path, "/extends")
    path = _base_path(document.path, written, root)
    if path is None:
        message = f"`extends`: {quoted(written)} is not a JSON file below `{root}`"
        reading.report(
            INVALID_PATH, place, message, hint=f"write a relative path, as in `../_shared/{_EXAMPLES[reading.noun]}`"
        )
        return None
    if path in chain:
        names = " -> ".join(f"`{link}`" for link in (*chain[chain.index(path) :], path))
        notes = [Note("it continues here", Origin(link, "/extends")) for link in chain[chain.index(path) : -1]]
        reading.report(
            EXTENDS_CYCLE, place, f"{reading.noun} files extend one another in a circle: {names}", notes=notes
        )
        return None
    if len(chain) >= MAX_FILES:
        reading.report(EXTENDS_DEPTH, place, f"more than {MAX_FILES} {reading.noun} files extend one another in a row")
        return None
    content = reading.read(path)
    if content is None:
        hint = did_you_mean(path.name, reading.list_folder(path.parent))
        reading.report(MISSING_FILE, place, f"`extends`: there is no file `{path}`", hint=hint)
        return None
    return _merged(path, content, root=root, reading=reading, chain=chain)


def _base_path(path: PurePosixPath, written: str, root: PurePosixPath) -> PurePosixPath | None:
    """The file `written` in the file `path`, with `..` resolved; None if it is not a JSON file below `root`."""
    resolved = resolved_from(path, written, suffixes=(".json",))
    return resolved if resolved is not None and root in resolved.parents else None


@dataclass(frozen=True, slots=True)
class _Overlay:
    """The base's sources, and the growing record of what is inherited from which file."""

    base: Sources
    inherited: dict[str, PurePosixPath]

    def of(self, own: JsonObject, theirs: JsonObject, pointer: str) -> JsonObject:
        """`own` over `theirs`, the objects at `pointer`: base keys first, in the base's order, then the new ones."""
        result: JsonObject = {}
        for key, value in theirs.items():
            here = child_pointer(pointer, key)
            mine = own.get(key)
            if (key in _OWN_KEYS and not pointer) or own.get(_OTHER.get(key, "")) is not None:
                continue
            if key not in own:
                result[key] = value
                self.inherit(here)
            elif isinstance(mine, dict) and isinstance(value, dict) and _is_mergeable(key, mine, value, pointer):
                result[key] = self.of(mine, value, here)
            else:
                result[key] = mine
        result.update((key, value) for key, value in own.items() if key not in result)
        return result

    def inherit(self, pointer: str) -> None:
        """Note the file of an inherited value, and of everything in it that comes from yet another file."""
        self.inherited[pointer] = self.base.path_of(pointer)
        inside = f"{pointer}/"
        self.inherited.update((key, path) for key, path in self.base.inherited.items() if key.startswith(inside))


_EXAMPLES = {"brand": "base.json", "policy": "policy.json"}
IF_EMPTY = {
    "brand": 'write {"name": "…", "color": {"primary": "#0b5fff"}}',
    "policy": 'write {"api": "docs_src/api/openapi.yaml", "targets": ["envoy"], "routes": {…}}',
}
_OTHER = {"$value": "$ref", "$ref": "$value"}  # a token has one of the two: writing one replaces the other


def _is_mergeable(key: str, mine: JsonObject, theirs: JsonObject, pointer: str) -> bool:
    """False for objects that are one value, and would mean nonsense if merged: a token's value, a colour, a length."""
    if key == "tokens" and not pointer and (names_resolver(mine) or names_resolver(theirs)):
        return False
    return key != "$value" and not any(mark in each for each in (mine, theirs) for mark in ("colorSpace", "unit"))
