"""Tasks that make a brand's theme: the files of every target that is always made, and of those it asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand, files_below, report_located, tokens
from themekit.build.target_choice import check_asked, lossy_output
from themekit.model import ResolvedTokens, SourceFile
from themekit.plugins import targets
from themekit.resolve.lint.lint import lint

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic
    from themekit.engine import Ask
    from themekit.model import Artifact, AskedTarget, BrandId, Loss, Target

OWN_DATA = PurePosixPath("@themekit")
NO_TOKENS = ResolvedTokens(())
"""What a target gets that is the same for every brand."""


def theme(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The files of all targets, below theme/; none if the brand has an error."""
    if ask(tokens, brand_id) is None:
        return ()
    found: list[Artifact] = []
    asked = {each.name for each in ask(asked_targets, brand_id)}
    for target in _targets():
        if target.is_default or target.name in asked:
            found += ask(target_files, brand_id, target.name) if target.per_brand else ask(shared_files, target.name)
    ask(lost_in_targets, brand_id)
    ask(linted, brand_id)
    return tuple(found)


def asked_targets(ask: Ask, brand_id: BrandId) -> tuple[AskedTarget, ...]:
    """What the brand chooses about each target that it names; what there is not is reported and left out."""
    known = ask(brand, brand_id)
    if known is None:
        return ()
    asked, diagnostics = check_asked(known, _targets())
    report_located(ask, diagnostics)
    return asked


def lost_in_targets(ask: Ask, brand_id: BrandId) -> int:
    """The number of targets that cannot say every token as it is; each is reported."""
    known, asked = ask(brand, brand_id), {each.name for each in ask(asked_targets, brand_id)}
    if known is None:
        return 0
    found: list[Diagnostic] = []
    for target in _targets():
        if target.losses and (target.is_default or target.name in asked):
            place = known.origin_of(f"/targets/{target.name}")
            losses = ask(losses_of, brand_id, target.name)
            found += lossy_output(target, losses, tokens=known.tokens, asked=place)
    report_located(ask, found)
    return len(found)


def linted(ask: Ask, brand_id: BrandId) -> int:
    """The number of places where a rule of the lint is broken, which are reported."""
    known, resolved = ask(brand, brand_id), ask(tokens, brand_id)
    if known is None or resolved is None:
        return 0
    found = lint(known, resolved)
    report_located(ask, found)
    return len(found)


def losses_of(ask: Ask, brand_id: BrandId, name: str) -> tuple[Loss, ...]:
    """What one target cannot say of the brand's tokens."""
    resolved, target = ask(tokens, brand_id), _named(name)
    return () if resolved is None or target.losses is None else target.losses(resolved, target.options)


def target_files(ask: Ask, brand_id: BrandId, name: str) -> tuple[Artifact, ...]:
    """One target's files for one brand."""
    resolved = ask(tokens, brand_id)
    if resolved is None:
        return ()
    target = _named(name)
    settings = ask(settings_of, brand_id, name) if target.settings else ()
    options = replace(target.options, settings=settings)
    if target.names_brand:
        brand_name, locale = ask(name_and_locale, brand_id)
        options = replace(options, brand_name=brand_name, locale=locale, text_lc=ask(text_lc, brand_id))
    return _emitted(ask, replace(target, options=options), resolved)


def settings_of(ask: Ask, brand_id: BrandId, name: str) -> tuple[tuple[str, str], ...]:
    """What the brand chooses about one target: a task, so that another choice stops here."""
    return next((each.settings for each in ask(asked_targets, brand_id) if each.name == name), ())


def name_and_locale(ask: Ask, brand_id: BrandId) -> tuple[str, str]:
    """What a brand is called, and its language: a task, so that other edits of its file stop here."""
    known = ask(brand, brand_id)
    return ("", "en") if known is None else (known.name, known.locale)


def text_lc(ask: Ask, brand_id: BrandId) -> float:
    """The floor of APCA that a brand asks for, 0 without one: a task, as above."""
    known = ask(brand, brand_id)
    return 0.0 if known is None else known.color.options.text_lc


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
