"""Tasks that make pages on what each version of the API changed, from the descriptions that the project has kept."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from themekit.build.api_changes import api_changes
from themekit.build.brands import API_FOLDER
from themekit.build.sdk import api_model, api_path
from themekit.engine import heavy
from themekit.model.version_change import VersionChange
from themekit.plugins import languages
from themekit.sdk.changes.report import grouped
from themekit.site.reference.changes import INDEX, changes_index, changes_page
from themekit.site.reference.places import ROOT
from themekit.site.variant import DEFAULT_LOCALE, LOCALE_SUFFIX
from themekit.site.wording import LOCALES

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask

VERSIONS = API_FOLDER / "versions"
"""Holds `<version>.yaml`: the description as it was when that version came out."""
CHANGES_PAGES = ROOT / "changes"
_SUFFIXES = (".yaml", ".yml", ".json")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_NUMBER = re.compile(r"(\d+)")


def kept_versions(ask: Ask) -> tuple[tuple[str, PurePosixPath], ...]:
    """Each version with its description, the oldest first; last the API's own, unless a kept one has its version."""
    path = ask(api_path)
    api = None if path is None else ask(api_model, path)
    if path is None or api is None:
        return ()
    found = [VERSIONS / name for name in ask.list(VERSIONS)]
    kept = {each.stem: each for each in found if each.suffix in _SUFFIXES and _NAME.fullmatch(each.stem)}
    versions = sorted(kept.items(), key=lambda each: age(each[0]))
    if not versions or api.version in kept or not _NAME.fullmatch(api.version):
        return tuple(versions)
    return (*versions, (api.version, path))


def age(version: str) -> tuple[tuple[bool, int, str], ...]:
    """Sorts versions: numbers in them as numbers (`2` before `10`), and a pre-release before its release."""
    core, _, prerelease = version.partition("-")
    if _NUMBER.fullmatch(core) and _NUMBER.match(prerelease):  # a date, `2026-10-01`
        core, prerelease = version, ""
    return (*_parts(core), (False, -1 if prerelease else 0, ""), *_parts(prerelease))


def _parts(text: str) -> tuple[tuple[bool, int, str], ...]:
    return tuple(
        (True, int(each), "") if each.isdecimal() else (True, -2, each) for each in _NUMBER.split(text) if each
    )


def version_page_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The pages, in every language; none unless there are two versions."""
    newer = [name for name, _ in ask(kept_versions)[1:]]
    names = [INDEX, *newer] if newer else []
    return tuple(CHANGES_PAGES / _file_name(name, locale) for name in names for locale in LOCALES)


def version_page(ask: Ask, path: PurePosixPath) -> bytes:
    """One of these pages."""
    locale = found[1] if (found := LOCALE_SUFFIX.search(path.name)) else DEFAULT_LOCALE
    versions = ask(kept_versions)
    pairs = list(pairwise(versions))
    for before, after in pairs:
        if _file_name(after[0], locale) == path.name:
            return changes_page(ask(version_change, before, after), locale).encode()
    return changes_index([(after[0], before[0]) for before, after in reversed(pairs)], locale).encode()


@heavy
def version_change(ask: Ask, before: tuple[str, PurePosixPath], after: tuple[str, PurePosixPath]) -> VersionChange:
    """What changed from one version to the next; nothing if one of them has an error, which is reported."""
    old, new = ask(api_model, before[1]), ask(api_model, after[1])
    found = () if old is None or new is None else api_changes(old, new)
    titles = {each.name: each.title for each in languages()}
    groups = tuple((level, titles.get(scope, ""), lines) for level, scope, lines in grouped(found))
    return VersionChange(after[0], before[0], groups)


def _file_name(name: str, locale: str) -> str:
    return f"{name}.md" if locale == DEFAULT_LOCALE else f"{name}.{locale}.md"
