"""Tasks that make a brand's theme: every registered target's files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand, files_below, tokens
from themekit.model import ResolvedTokens, SourceFile
from themekit.plugins import targets

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId, Target

OWN_DATA = PurePosixPath("@themekit")
NO_TOKENS = ResolvedTokens(())
"""What a target gets that is the same for every brand."""


def theme(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The files of all targets, below theme/; none if the brand has an error."""
    if ask(tokens, brand_id) is None:
        return ()
    found: list[Artifact] = []
    for target in _targets():
        found += ask(target_files, brand_id, target.name) if target.per_brand else ask(shared_files, target.name)
    return tuple(found)


def target_files(ask: Ask, brand_id: BrandId, name: str) -> tuple[Artifact, ...]:
    """One target's files for one brand."""
    resolved = ask(tokens, brand_id)
    if resolved is None:
        return ()
    target = _named(name)
    if not target.names_brand:
        return _emitted(ask, target, resolved)
    brand_name, locale = ask(name_and_locale, brand_id)
    options = replace(target.options, brand_name=brand_name, locale=locale)
    return _emitted(ask, replace(target, options=options), resolved)


def name_and_locale(ask: Ask, brand_id: BrandId) -> tuple[str, str]:
    """What a brand is called, and its language: a task, so that other edits of its file stop here."""
    known = ask(brand, brand_id)
    return ("", "en") if known is None else (known.name, known.locale)


def shared_files(ask: Ask, name: str) -> tuple[Artifact, ...]:
    """One target's files that are the same for every brand: emitted once."""
    return _emitted(ask, _named(name), NO_TOKENS)


def _named(name: str) -> Target:
    return next(target for target in _targets() if target.name == name)


@cache
def _targets() -> tuple[Target, ...]:
    """A look at all that is installed takes 10 ms, and each brand asks for each target."""
    return targets()


def _emitted(ask: Ask, target: Target, resolved: ResolvedTokens) -> tuple[Artifact, ...]:
    return target.emit(resolved, replace(target.options, sources=_sources(ask, target)))


def _sources(ask: Ask, target: Target) -> tuple[SourceFile, ...]:
    found: list[SourceFile] = []
    for path in target.sources:
        content = ask.read(OWN_DATA / path) if path.suffix else None
        found += files_below(ask, OWN_DATA / path) if content is None else (SourceFile(OWN_DATA / path, content),)
    return tuple(found)
