"""Custom properties of a style sheet to DTCG 2025.10.

The root's rule gives values, and one for dark schemes the values of the mode `dark`. A name stays as it is, with its
hyphens: a hyphen in CSS does not say where a group ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing import texts
from themekit.source.importing.css_text import Declaration, declarations
from themekit.source.importing.gradients import gradient, is_gradient
from themekit.source.importing.imported import NOT_IMPORTED, Imported
from themekit.source.locate import span_at

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter
    from themekit.source.json_value import JsonObject, JsonValue

ROOTS = re.compile(r":root|html|:host|\*|@theme(?: \w+)*|@layer [\w.-]+|:where\(:root\)", re.IGNORECASE)
DARK = re.compile(
    r"""(?:html|:root)?(?:\.dark|\[data-[\w-]*(?:theme|mode|scheme)\s*=\s*["']?dark["']?\])""", re.IGNORECASE
)
DARK_MEDIA = re.compile(r"@media (?:screen and )?\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*--([^\s,()]+)\s*(,.*)?\)", re.DOTALL)
_BAD = re.compile(r"[{}.\\\x00-\x1f\x7f]")
FAMILY = re.compile(r"font-?family|font-(?:sans|serif|mono|body|heading|code)|typeface", re.IGNORECASE)
WEIGHT = re.compile(r"font-?weight", re.IGNORECASE)


def css(path: PurePosixPath, text: str, *, report: Reporter) -> Imported:
    """The custom properties as tokens."""
    sheet = _Sheet(path, text, report)
    for each in declarations(text):
        if isinstance(each, Declaration):
            sheet.declared(each)
    return sheet.imported()


@dataclass(slots=True)
class _Sheet:
    path: PurePosixPath
    text: str
    report: Reporter
    plain: dict[str, Declaration] = field(default_factory=dict)
    dark: dict[str, Declaration] = field(default_factory=dict)

    def declared(self, each: Declaration) -> None:
        kind = _kind(each.rules)
        if kind is None:
            rule = each.rules[-1] if each.rules else "the sheet itself"
            self.say(each, f"`--{each.name}` was left out: nothing is known of where {quoted(rule, 60)} applies")
            return
        held = self.dark if kind == "dark" else self.plain
        before = held.get(each.name)
        if before is not None and before.value != each.value:
            self.say(before, f"`--{each.name}` is declared again further down, and this value was left out")
        if each.is_important:
            self.say(each, f"`--{each.name}`: a token cannot be `!important`")
        held[each.name] = each

    def imported(self) -> Imported:
        made: JsonObject = {}
        for name, each in self.plain.items():
            dark = self.dark.pop(name, None)
            token = self.token(each, dark)
            if token is not None:
                made[self.name(each)] = token
        for each in self.dark.values():
            self.say(each, f"`--{each.name}` was left out: it has a value for dark schemes only")
        return Imported("css", made, len(made))

    def name(self, each: Declaration) -> str:
        return _BAD.sub("-", each.name).lstrip("$")

    def token(self, each: Declaration, dark: Declaration | None) -> JsonObject | None:
        found = self.value(each)
        if found is None:
            return None
        type_, value = found
        token: JsonObject = {"$type": type_, "$value": value} if type_ else {"$value": value}
        kept: JsonObject = {"css": {"gradient": each.value}} if type_ == "gradient" else {}
        other = None if dark is None else self.value(dark)
        if dark is not None and other is not None:
            if type_ and other[0] not in {type_, ""}:
                self.say(dark, f"`--{each.name}` is a {type_}, and this {other[0]} for dark schemes was left out")
                return {**token, "$extensions": kept} if kept else token
            if not type_ and other[0]:
                token = {"$type": other[0], **token}
            kept["themekit"] = {"modes": {"dark": other[1]}}
        return {**token, "$extensions": kept} if kept else token

    def value(self, each: Declaration) -> tuple[str, JsonValue] | None:
        """Type and value; the type of a reference is "". None if it was reported."""
        if match := _VAR.fullmatch(each.value):
            if match.group(2):
                self.say(each, f"`--{each.name}`: the fallback in `var()` was left out")
            name = _BAD.sub("-", match.group(1)).lstrip("$")
            if name in {_BAD.sub("-", known).lstrip("$") for known in (match.group(1),) if known in self.plain}:
                return "", f"{{{name}}}"
            self.say(each, f"`--{each.name}` was left out: `--{match.group(1)}` is not declared at the root here")
            return None
        if is_gradient(each.value):
            return self.gradient(each)
        found = _typed(each.name, each.value)
        if found is None:
            self.say(each, f"`--{each.name}` was left out: {quoted(each.value, 60)} is no value that DTCG has")
        return found

    def gradient(self, each: Declaration) -> tuple[str, JsonValue] | None:
        """The stops of a gradient. What else it says is told, and kept as text."""
        found = gradient(each.value, self.paint)
        if found is None:
            shown = quoted(each.value, 60)
            self.say(each, f"`--{each.name}` was left out: {shown} is no gradient that DTCG has")
            return None
        if found.left_out:
            lost = ", ".join(map(quoted, found.left_out))
            self.say(each, f"`--{each.name}` has its stops only: DTCG cannot say {lost} of a gradient")
        return "gradient", found.stops

    def paint(self, text: str) -> JsonValue:
        """The colour of a stop, which may be another property's."""
        match = _VAR.fullmatch(text)
        if match is None:
            return texts.color(text)
        is_known = match.group(1) in self.plain and not match.group(2)
        return f"{{{_BAD.sub('-', match.group(1)).lstrip('$')}}}" if is_known else None

    def say(self, each: Declaration, message: str) -> None:
        self.report(NOT_IMPORTED, span_at(self.path, self.text, start=each.start, end=each.end), message)


def _kind(rules: tuple[str, ...]) -> str | None:
    """Whether a rule is the root's ("plain") or the root's in dark schemes; None if it is neither."""
    is_dark = False
    for rule in rules:
        selectors = [selector.strip() for selector in rule.split(",")]
        if DARK_MEDIA.fullmatch(rule) or all(DARK.fullmatch(selector) for selector in selectors):
            is_dark = True
        elif not any(ROOTS.fullmatch(selector) for selector in selectors):
            return None
    return None if not rules else "dark" if is_dark else "plain"


def _typed(name: str, text: str) -> tuple[str, JsonValue] | None:
    if FAMILY.search(name) and (family := texts.font_family(text)) is not None and not text[:1].isdigit():
        return "fontFamily", family
    if WEIGHT.search(name) and (weight := texts.font_weight(text)) is not None:
        return "fontWeight", weight
    attempts: tuple[tuple[str, JsonValue], ...] = (
        ("color", texts.color(text)),
        ("number", texts.number(text) if not text.endswith("%") else None),
        ("dimension", texts.dimension(text)),
        ("duration", texts.duration(text)),
        ("cubicBezier", texts.cubic_bezier(text)),
        ("shadow", texts.shadow(text)),
    )
    found = next(((type_, value) for type_, value in attempts if value is not None), None)
    if found is None and text[:1] in "\"'" and (family := texts.font_family(text)) is not None:
        return "fontFamily", family
    return found
