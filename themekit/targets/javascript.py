"""ECMAScript and CommonJS modules with types: each token as `var(--…)`, and all values of each mode.

`tkColorText` is `"var(--tk-color-text)"`, which follows the mode where the custom properties are loaded. `tkModes.dark`
has the values themselves as CSS text, for canvases, charts and tests. A mode has only what differs from the first one,
laid over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Artifact, Target, TokenId
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.code_text import comment, json_string
from themekit.render.identifiers import code_name, free_name, own_name, type_name
from themekit.render.losses import dashes_as_keyword
from themekit.render.property_names import property_name
from themekit.render.reserved_names import JAVASCRIPT_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import ResolvedTokens, TargetOptions

NOTICE = "// Made by themekit from design tokens: change those, not this file."


@dataclass(frozen=True, slots=True)
class _Constant:
    """A token as JavaScript has it; `values` are JSON texts, one for each mode."""

    name: str
    variable: str
    values: tuple[str, ...]
    notes: str


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.mjs` and `tokens.cjs`, and their types `tokens.d.mts` and `tokens.d.cts`."""
    constants = [
        _Constant(
            own_name(Casing.CAMEL, token.id, prefix=options.prefix, reserved=JAVASCRIPT_MEMBERS),
            json_string(f"var({property_name(options.prefix, token.id)})"),
            tuple(json_string(css.text_of(value, paint=css.exact_color)) for value in token.values),
            _notes(token.description, token.deprecated),
        )
        for token in tokens
    ]
    modes = free_name(
        code_name(Casing.CAMEL, TokenId("modes"), prefix=options.prefix),
        (each.name for each in constants),
        more="Map",
    )
    kind = type_name(options.prefix, "tokens")
    types = "\n".join(_types(constants, tokens.modes, modes_name=modes, kind=kind)) + "\n"
    values = list(_values(constants, tokens.modes))
    table = ", ".join(f"[{json_string(mode)}]: _mode{index}" for index, mode in enumerate(tokens.modes))
    esm = [f"export const {each.name} = {each.variable};" for each in constants]
    cjs = [f"exports.{each.name} = {each.variable};" for each in constants]
    return (
        _artifact("tokens.mjs", [NOTICE, *esm, *values, f"export const {modes} = Object.freeze({{ {table} }});"]),
        _artifact(
            "tokens.cjs", ['"use strict";', NOTICE, *cjs, *values, f"exports.{modes} = Object.freeze({{ {table} }});"]
        ),
        Artifact.text("theme/javascript/tokens.d.mts", types, media_type="text/x-typescript"),
        Artifact.text("theme/javascript/tokens.d.cts", types, media_type="text/x-typescript"),
    )


def _values(constants: Sequence[_Constant], modes: Sequence[str]) -> Iterator[str]:
    """One frozen object for each mode. Names of modes are keys only, and computed ones: `__proto__` is one of many."""
    for index in range(len(modes)):
        own = [each for each in constants if not index or each.values[index] != each.values[0]]
        yield f"const _mode{index} = Object.freeze({{"
        if index:
            yield "  ..._mode0,"
        yield from (f"  {each.name}: {each.values[index]}," for each in own)
        yield "});"


def _types(constants: Sequence[_Constant], modes: Sequence[str], *, modes_name: str, kind: str) -> Iterator[str]:
    yield NOTICE
    for each in constants:
        if each.notes:
            yield each.notes
        yield f"export declare const {each.name}: {each.variable};"
    yield "/** The values of all tokens in one mode, as CSS text. */"
    yield f"export interface {kind} {{"
    yield from (f"  readonly {each.name}: string;" for each in constants)
    yield "}"
    table = " ".join(f"readonly {json_string(mode)}: {kind};" for mode in modes)
    yield f"export declare const {modes_name}: {{ {table} }};"


def _notes(description: str, deprecated: str | None) -> str:
    parts = [comment(description), "" if deprecated is None else f"@deprecated {comment(deprecated)}".rstrip()]
    text = " ".join(part for part in parts if part)
    return f"/** {text} */" if text else ""


def _artifact(name: str, lines: Sequence[str]) -> Artifact:
    return Artifact.text(f"theme/javascript/{name}", lines, media_type="text/javascript")


TARGET = Target(
    "javascript",
    "ECMAScript and CommonJS modules with TypeScript types",
    emit,
    casings=(Casing.CAMEL,),
    is_default=False,
    losses=dashes_as_keyword,
)
