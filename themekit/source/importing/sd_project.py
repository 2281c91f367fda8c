"""A project of Style Dictionary: its configuration, and the token files that it names, merged as it merges them.

Inline tokens come first, then `include`, then `source`; a token of two files of one list is the later one's, whole.
Source: styledictionary.com, "Configuration"; the merge is that of its `combineJSON`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.importing.imported import NOT_IMPORTED, Imported
from themekit.source.importing.sd_globs import UnreadableGlobError, alternatives, folder_of, matching, work_of
from themekit.source.importing.sd_platforms import platforms_of
from themekit.source.importing.style_dictionary import style_dictionary
from themekit.source.json_value import child_pointer, dotted
from themekit.source.node import Item
from themekit.source.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonObject, JsonValue

MAX_PATTERNS = 200
MAX_TRIED = 2_000_000  # names for all patterns together: each costs some ten microseconds
EXCLUDING = "exclude within a pattern, as in `tokens/!(old|draft).json`"
LISTS = ("include", "source")
_CODE = ("hooks", "parsers", "preprocessors", "expand", "transform", "format", "filter", "action", "fileHeader")


def is_configuration(value: JsonValue) -> bool:
    """The object has what only a configuration has: platforms, or a list of patterns."""
    members = value if isinstance(value, dict) else {}
    return isinstance(members.get("platforms"), dict) or any(
        isinstance(listed := members.get(key), list) and all(isinstance(each, str) for each in listed) for key in LISTS
    )


def patterns_of(config: Item) -> Iterator[tuple[str, Item]]:
    """The patterns that can be read, each with the list it stands in. Others are reported."""
    members = config.value if isinstance(config.value, dict) else {}
    for key in LISTS:
        listed = members.get(key)
        place = config.at(key, listed)
        if key in members and not isinstance(listed, list):
            place.report(NOT_IMPORTED, f"{place.name} was left out: it is a list of patterns")
        for index, each in enumerate((listed if isinstance(listed, list) else [])[: MAX_PATTERNS + 1]):
            item = place.at(index, each)
            if index == MAX_PATTERNS:
                item.report(NOT_IMPORTED, f"a list has up to {MAX_PATTERNS} patterns: what follows here was left out")
                break
            try:
                alternatives(each if isinstance(each, str) else "\\")
            except UnreadableGlobError as error:
                shown = quoted(each) if isinstance(each, str) else item.name
                hint = EXCLUDING if shown.startswith("`!") else None
                item.report(NOT_IMPORTED, f"{shown} was left out: {error}", hint=hint)
                continue
            yield key, item


def folders_of(config: Item) -> tuple[PurePosixPath, ...]:
    """The folders, from that of the configuration, below which all lies that is named."""
    quiet = Item(config.value, config.pointer, config.sources, Reporter())  # the same is said when files are chosen
    found = dict.fromkeys(
        folder_of(each) for _, item in patterns_of(quiet) for each in alternatives(str(item.value)) if each
    )
    return tuple(one for one in found if not any(other != one and one.is_relative_to(other) for other in found))


def names_of(config: Item, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The files that count, each with the list it stands in, in the order of the merge. Nothing found is reported."""
    chosen: list[tuple[str, str]] = []
    tried = 0
    for key, item in patterns_of(config):
        tried += work_of(str(item.value)) * len(names)
        if tried > MAX_TRIED:
            message = f"{quoted(str(item.value))} was left out: there are too many patterns for {len(names)} files"
            item.report(NOT_IMPORTED, message)
            continue
        found = matching(str(item.value), names)
        if not found:
            item.report(NOT_IMPORTED, f"no file is named by {quoted(str(item.value))}")
        chosen += [(key, name) for name in found]
    return tuple(chosen)


def merged_project(config: Item, files: tuple[tuple[str, Item], ...]) -> Imported:
    """The tokens of a configuration. `files` are the documents, each with its list, in the order of the merge."""
    members = config.value if isinstance(config.value, dict) else {}
    for key in _CODE:
        if members.get(key):
            message = f"{quoted(key)} was left out: it is for code, which is never run"
            config.at(key, members[key]).report(NOT_IMPORTED, message, part="key")
    platforms = platforms_of(config)
    inline = members.get("tokens")
    if "tokens" in members and not isinstance(inline, dict):
        config.at("tokens", inline).report(NOT_IMPORTED, "`tokens` was left out: it is no object")
    inline = inline if isinstance(inline, dict) else {}
    report = Reporter()
    within = config.sources.path / "tokens"  # no file, so that no token file is taken for it
    whole, written = merged_trees(inline, files, path=within, report=report)
    found = style_dictionary(Item(whole, "", Sources(config.sources.path, written), report), bare=platforms.bare)
    for each in report.found:
        place = each.place
        if isinstance(place, Origin) and place.path == within:
            place = Origin(config.sources.path, f"/tokens{place.pointer}", place.part)
        config.reporter.found.append(replace(each, place=place))
    return Imported("style-dictionary", found.document, found.count, targets=platforms.targets, prefix=platforms.prefix)


def merged_trees(
    inline: JsonObject, files: tuple[tuple[str, Item], ...], *, path: PurePosixPath, report: Reporter
) -> tuple[JsonObject, dict[str, PurePosixPath]]:
    """The tree of all, and the file of each member by its pointer; inline tokens stand in the file at `path`."""
    merge = _Merge(report)
    merge.add({}, inline, "", path=path)
    parts: dict[str, JsonObject] = {key: {} for key in LISTS}
    dollars: dict[str, bool] = {}
    for key, item in files:
        if not isinstance(item.value, dict):
            item.report(NOT_IMPORTED, "the file was left out: it is no object")
            continue
        dollars.setdefault(key, _has_dollars(item.value))
        merge.add(parts[key], item.value, "", path=item.sources.path, value="$value" if dollars[key] else "value")
    whole: JsonObject = {}
    for part in (inline, *parts.values()):
        merge.add(whole, part, "", path=None)
    return whole, merge.written


def _has_dollars(tree: JsonObject) -> bool:
    """The first token of a file is written with `$value`: the others are read so too."""
    pending: list[JsonValue] = [tree]
    while pending:
        members = pending.pop()
        if isinstance(members, dict):
            if "$value" in members or "value" in members:
                return "$value" in members
            pending.extend(reversed(list(members.values())))
    return False


@dataclass(slots=True)
class _Merge:
    """Trees laid over one another. `written` has the file of each member, by its pointer."""

    report: Reporter
    written: dict[str, PurePosixPath] = field(default_factory=dict)

    def add(
        self, target: JsonObject, other: JsonObject, pointer: str, *, path: PurePosixPath | None, value: str = ""
    ) -> JsonObject:
        """Lay `other` over the target, in place. A token whose `value` is there twice is the later one, whole."""
        if value and value in other and target.get(value) is not None and not isinstance(other[value], dict | list):
            first = self.written.get(child_pointer(pointer, value))
            if first is not None and target[value] != other[value]:
                message = f"{quoted(dotted(pointer), 120)} is defined again in {quoted(str(path))}: that one counts"
                self.report(NOT_IMPORTED, Origin(first, pointer), message)
            target.clear()
        for key, each in other.items():
            target[key] = self.laid(target.get(key), each, child_pointer(pointer, key), path=path, value=value)
        return target

    def laid(
        self, before: JsonValue, each: JsonValue, pointer: str, *, path: PurePosixPath | None, value: str
    ) -> JsonValue:
        """What becomes of a member: objects and lists are merged, so that the end of a longer list stays."""
        is_merged = isinstance(before, dict | list) and type(before) is type(each)
        if path is not None and not is_merged:
            self.written[pointer] = path
        if isinstance(each, dict):
            return self.add(before if isinstance(before, dict) else {}, each, pointer, path=path, value=value)
        if not isinstance(each, list):
            return each
        old = before if isinstance(before, list) else []
        found = [
            self.laid(old[at] if at < len(old) else None, one, f"{pointer}/{at}", path=path, value=value)
            for at, one in enumerate(each)
        ]
        return [*found, *old[len(each) :]]
