"""Which contexts of a resolver's modifiers are wanted, and the resolutions that this makes.

Source: DTCG Resolver Module 2025.10, "Inputs" and "Input validation".
"""

from __future__ import annotations

import shlex
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.codes import INVALID_RESOLVER, TOO_LONG, UNKNOWN_CONTEXT
from themekit.source.did_you_mean import did_you_mean_or
from themekit.source.plain_tokens import ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.diagnostics import Reporter
    from themekit.source.resolver import Modifier, Resolver

ALL = "*"
MAX_RESOLUTIONS = 64  # of one output: each is a complete set of tokens


class Resolution(NamedTuple):
    """One context for each modifier. `label` has those that differ between the resolutions of one output."""

    label: str
    contexts: Mapping[str, str]


def resolutions(resolver: Resolver, wanted: Mapping[str, Sequence[str]], *, report: Reporter) -> tuple[Resolution, ...]:
    """Every combination of the contexts wanted, the first of each modifier first; none if one was reported.

    A modifier that is not named has its default. `*` stands for all contexts of a modifier, its default first. Names
    are compared with case, and without it where only that finds one ("Inputs SHOULD be case-insensitive").
    """
    modifiers = resolver.modifiers
    place = Origin(resolver.path, "/modifiers", "key")
    chosen: dict[str, Sequence[str]] = {}
    is_good = True
    for name, contexts in wanted.items():
        known = match(name, modifiers)
        if known is None:
            hint = did_you_mean_or(name, modifiers, label="modifiers")
            report(UNKNOWN_CONTEXT, place, f"there is no modifier {quoted(name)}", hint=hint)
            is_good = False
        else:
            chosen[known] = _contexts(modifiers[known], contexts, report)
    for name, modifier in modifiers.items():
        if name not in chosen:
            if modifier.default is None:
                hint = f"choose one: --context {shlex.quote(f'{name}={next(iter(modifier.contexts))}')}"
                report(UNKNOWN_CONTEXT, modifier.item.origin("key"), f"{quoted(name)} has no default", hint=hint)
            chosen[name] = (modifier.default,) if modifier.default else ()
    if not is_good or not all(chosen.values()):
        return ()
    return _combined({name: chosen[name] for name in modifiers}, place, report)


def every_context(resolver: Resolver) -> tuple[Resolution, ...]:
    """Resolutions that use each context at least once: for a check of all that can be chosen."""
    modifiers = resolver.modifiers
    usual = {name: each.default or next(iter(each.contexts)) for name, each in modifiers.items()}
    found = [usual]
    for name, modifier in modifiers.items():
        found += [{**usual, name: context} for context in modifier.contexts if context != usual[name]]
    return tuple(Resolution(" ".join(each.values()) or ONLY, each) for each in found)


def _contexts(modifier: Modifier, wanted: Sequence[str], report: Reporter) -> Sequence[str]:
    """The contexts by the names that the document has; none if one is unknown, which was reported."""
    if ALL in wanted:
        return tuple(sorted(modifier.contexts, key=lambda name: name != modifier.default))
    found = []
    for name in wanted:
        known = match(name, modifier.contexts)
        if known is None:
            hint = did_you_mean_or(name, modifier.contexts, label="contexts")
            message = f"the modifier {quoted(modifier.name)} has no context {quoted(name)}"
            report(UNKNOWN_CONTEXT, modifier.item.origin("key"), message, hint=hint)
            return ()
        found.append(known)
    return tuple(dict.fromkeys(found))


def match(name: str, names: Iterable[str]) -> str | None:
    """The one of the names that is meant: the same, or the only one that is the same without case."""
    known = tuple(names)
    alike = [each for each in known if each.casefold() == name.casefold()]
    return name if name in known else alike[0] if len(alike) == 1 else None


def _combined(chosen: Mapping[str, Sequence[str]], place: Origin, report: Reporter) -> tuple[Resolution, ...]:
    count = 1
    for contexts in chosen.values():
        count *= len(contexts)
    if count > MAX_RESOLUTIONS:
        report(TOO_LONG, place, f"{count} resolutions are too many for one output; at most {MAX_RESOLUTIONS} are made")
        return ()
    varied = [name for name, contexts in chosen.items() if len(contexts) > 1]
    found: dict[str, Resolution] = {}
    for contexts in product(*chosen.values()):
        by_name = dict(zip(chosen, contexts, strict=True))
        label = " ".join(by_name[name] for name in varied) or ONLY
        if label in found:  # contexts with spaces: in outputs one of the two would hide the other
            both = [", ".join(f"{name}={one[name]}" for name in varied) for one in (found[label].contexts, by_name)]
            message = f"{quoted(both[0])} and {quoted(both[1])} would both be the mode {quoted(label)}"
            report(INVALID_RESOLVER, place, message, hint="choose other contexts, or name them without spaces")
            return ()
        found[label] = Resolution(label, by_name)
    return tuple(found.values())
