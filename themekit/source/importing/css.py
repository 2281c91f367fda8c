"""Custom properties of a style sheet to DTCG 2025.10.

The root's rules give values, and those for dark schemes and for more contrast the values of modes. A name stays as it
is, with its hyphens: a hyphen in CSS does not say where a group ends. What follows one other property alone stays a
reference; what is computed of others is worked out in every mode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics import Span
from themekit.diagnostics.printable import quoted
from themekit.model import Mode
from themekit.source.importing import texts
from themekit.source.importing.css_cascade import Cascade, Variant
from themekit.source.importing.css_classes import theme_classes
from themekit.source.importing.css_computed import MAX_STEPS, Spent, Values
from themekit.source.importing.css_rules import layer_named, unknown_rule
from themekit.source.importing.css_terms import NoValueError
from themekit.source.importing.css_text import Declaration, Descriptor, Other, declarations
from themekit.source.importing.css_themes import resolver
from themekit.source.importing.dangling import dangling
from themekit.source.importing.gradients import gradient, is_gradient
from themekit.source.importing.imported import NOT_IMPORTED, Imported
from themekit.source.importing.untyped import typed
from themekit.source.locate import line_starts, span_at

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter
    from themekit.source.importing.shades import ColorMath
    from themekit.source.json_value import JsonObject, JsonValue

_BAD = re.compile(r"[{}.\\\x00-\x1f\x7f]")
_IN_MODE = {
    Mode.DARK: "for dark schemes",
    Mode.LIGHT_CONTRAST: "for more contrast",
    Mode.DARK_CONTRAST: "for more contrast in dark schemes",
}
MAX_IN_THEMES = 200_000  # tokens of all themes with names together: it bounds the time that a sheet takes
MAX_SEEN = 2_000_000  # declarations that are looked at for all themes with names, for the same reason
MAX_DECLARED = 4_000_000  # characters of all values, for the same reason
EACH = 32  # characters: what a declaration costs besides its value
_FIGURE = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2})?"
_ABSOLUTE = re.compile(rf"{_FIGURE}(?:in|cm|mm|q|pt|pc)", re.IGNORECASE)
_OF_ELEMENT = re.compile(rf"{_FIGURE}(em|ex|ch|cap|ic|lh)", re.IGNORECASE)
OF_ELEMENT = "`{}` depends on the font of each element, and DTCG has lengths in px and rem"
_LAYERS = re.compile(r"@layer\s+([\w.,\s-]{1,2000})", re.IGNORECASE)
_DARK = re.compile(r"color-scheme\s*:\s*(?:only\s+)?dark(?:\s+only)?\s*", re.IGNORECASE)
_NOT_READ = re.compile(r"(?P<sheet>@(?:import|use|forward)\b)|(?P<name>[$@][\w-]{1,200})\s*:", re.IGNORECASE)
_ASKS = re.compile(r"var\(|light-dark\(", re.IGNORECASE)


def css(path: PurePosixPath, text: str, *, report: Reporter, maths: ColorMath | None = None) -> Imported:
    """The custom properties as tokens. `maths` works out colours; without it none is computed."""
    found: list[Declaration | Descriptor | Other] = []
    beyond: Declaration | Descriptor | Other | None = None
    size = 0
    for each in declarations(text):
        size += EACH + (0 if isinstance(each, Other) else len(each.value))
        if size > MAX_DECLARED:
            beyond = each
            break
        found.append(each)
    sheet = _Sheet(path, text, report, Cascade(theme_classes(found)))
    for each in found:
        sheet.declared(each)
    if beyond is not None:
        sheet.say(beyond, "the sheet declares too much: what follows here was left out")
    return sheet.imported(maths)


@dataclass(frozen=True, slots=True)
class _Found:
    """A value in DTCG's form; the type of a reference is ""."""

    type: str
    value: JsonValue


@dataclass(slots=True)
class _Sheet:
    path: PurePosixPath
    text: str
    report: Reporter
    cascade: Cascade
    values: dict[Mode, Values] = field(default_factory=dict)
    said: set[tuple[int, str]] = field(default_factory=set)
    properties: dict[str, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)
    base: Mode = Mode.LIGHT

    def declared(self, each: Declaration | Descriptor | Other) -> None:
        if isinstance(each, Descriptor):
            self.cascade.describe(each)
        elif isinstance(each, Other):
            self.not_read(each)
        elif not self.cascade.add(each):
            rule = unknown_rule(each.rules, self.cascade.classes) or "the sheet itself"
            self.say(each, f"`--{each.name}` was left out: nothing is known of where {quoted(rule, 60)} applies")
        elif each.is_important:
            self.say(each, f"`--{each.name}`: a token cannot be `!important`")

    def not_read(self, each: Other) -> None:
        """Tell of what may give values, and is no custom property. Ordinary properties are none of a token.

        A list of layers says in which order they count, `color-scheme` what `light-dark()` gives in a theme.
        """
        if _DARK.fullmatch(self.text, each.start, each.end):
            self.cascade.darken(each.rules)
        if layers := _LAYERS.fullmatch(self.text, each.start, each.end):
            for name in layers[1].split(","):
                self.cascade.order(layer_named(name))
            return
        match = _NOT_READ.match(self.text, each.start, each.end)
        if match is not None and match["sheet"]:
            self.say(each, "the sheet that is named here is not read, and was left out: import it, too")
        elif match is not None:
            self.say(each, f"{quoted(match['name'])} was left out: only custom properties are read, no variables")

    def imported(self, maths: ColorMath | None) -> Imported:
        for each in self.cascade.overridden():
            self.say(each, f"`--{each.name}` is declared again further down, and this value was left out")
        modes = self.cascade.modes()
        dark = self.cascade.in_mode(Mode.DARK)
        if dark and not self.cascade.in_mode(Mode.LIGHT):  # one of a pair of sheets
            self.base = Mode.DARK
            self.say(
                next(iter(dark.values())), "this sheet has values for dark schemes only: they hold in all modes now"
            )
        for mode in modes:
            is_dark = mode.value.startswith("dark")
            self.values[mode] = self.worked_out(self.cascade.in_mode(mode), is_dark=is_dark, maths=maths)
        made: JsonObject = {}
        sources: dict[str, Declaration] = {}
        for each in self.cascade.in_mode(self.base).values():
            token = self.token(each, modes)
            name = named(each.name)
            if token is not None and name in made:
                self.say(each, f"`--{each.name}` was left out: another property is named {quoted(name)} too")
            elif token is not None:
                made[name], sources[name] = token, each
                self.properties[name] = each.name
        for each in self.cascade.without(self.base):
            where = next((shown for mode, shown in _IN_MODE.items() if each.name in self.cascade.in_mode(mode)), None)
            if where is not None:
                self.say(each, f"`--{each.name}` was left out: it has a value {where} only")
        for name, target in _dangling(made):
            self.say(sources[name], f"`--{sources[name].name}` was left out: it follows `{target}`, which was left out")
            del made[name]
        # Names of their own come first: that of a dark scheme, `ocean-dark`, may be a theme's, too.
        chosen = sorted(self.themes(len(made)), key=lambda each: each.mode is not Mode.LIGHT)
        themes = [(each.label, self.theme(each, made, maths=maths)) for each in chosen]
        return Imported("css", resolver(made, themes) if themes else made, len(made))

    def themes(self, count: int) -> tuple[Variant, ...]:
        """The themes with names that are taken over; of too many, with too many tokens, it is said that none is."""
        found = self.cascade.variants()
        if len(found) * count <= MAX_IN_THEMES and len(found) * self.cascade.count() <= MAX_SEEN:
            return found
        self.report(
            NOT_IMPORTED,
            Span(self.path, 1, 1),
            f"{len(found)} themes of {count} tokens are too many, and were left out",
        )
        return ()

    def theme(self, variant: Variant, made: JsonObject, *, maths: ColorMath | None) -> JsonObject:
        """The tokens that a theme with a name changes."""
        declared, base = self.cascade.in_variant(variant), self.cascade.in_mode(self.base)
        values = self.worked_out(base | declared, is_dark=self.cascade.is_dark(variant), maths=maths)
        shown = quoted(str(variant.theme))
        changed: JsonObject = {}
        for each in declared.values():
            before = made.get(named(each.name))
            if each is base.get(each.name) and not _ASKS.search(each.value):
                continue
            found = self.value(each, values) if isinstance(before, dict) else None
            if not isinstance(before, dict):
                if self.cascade.is_of(each, variant.theme):
                    why = "its value" if each.name in base else "it has no value"
                    left = " was left out" if each.name in base else ""
                    self.say(each, f"`--{each.name}` was left out: {why} outside the theme {shown}{left}")
            elif found is not None and found.type and (type_ := _type_of(before, made)) not in {found.type, None}:
                self.say(each, f"`--{each.name}` is a {type_}, and this {found.type} of {shown} was left out")
            elif found is not None and found.value != before["$value"]:
                changed[named(each.name)] = (
                    {"$type": found.type, "$value": found.value} if found.type else {"$value": found.value}
                )
        for gone, target in _dangling({**made, **changed}):
            self.say(
                declared[self.properties[gone]],
                f"`--{self.properties[gone]}` was left out: it follows `{target}`, which was left out",
            )
            del changed[gone]
        return changed

    def token(self, each: Declaration, modes: tuple[Mode, ...]) -> JsonObject | None:
        found = self.value(each, self.values[self.base])
        if found is None:
            return None
        type_ = found.type
        kept: JsonObject = {}
        if type_ == "gradient":
            kept["css"] = {"gradient": each.value}
        values = self.in_modes(each, found, modes)
        types = {other.type for other in values.values() if other.type}
        type_ = type_ or next(iter(types), "")
        if values:
            kept["themekit"] = {"modes": {mode.value: other.value for mode, other in values.items()}}
        token: JsonObject = {"$type": type_, "$value": found.value} if type_ else {"$value": found.value}
        return {**token, "$extensions": kept} if kept else token

    def in_modes(self, each: Declaration, found: _Found, modes: tuple[Mode, ...]) -> dict[Mode, _Found]:
        """The values of other modes than light, where they are not what a mode takes that has none of its own."""
        made: dict[Mode, _Found] = {}
        type_ = found.type
        for mode in modes:
            own = self.cascade.in_mode(mode).get(each.name)
            if mode is self.base or own is None or (own is each and not _ASKS.search(each.value)):
                other: _Found | None = found
            else:
                other = self.value(own, self.values[mode])
            taken = made.get(Mode.DARK, found) if mode is Mode.DARK_CONTRAST else found
            if mode is self.base or other is None or other == taken:
                continue
            if type_ and other.type not in {type_, ""}:
                where = _IN_MODE[mode]
                message = f"`--{each.name}` is a {type_}, and this {other.type} {where} was left out"
                self.say(own or each, message)
                continue
            type_ = type_ or other.type
            made[mode] = other
        return made

    def value(self, each: Declaration, values: Values) -> _Found | None:
        """The value beside these others; None if it was reported."""
        try:
            if _ASKS.search(each.value):
                values.check(each.name)
            reference = self.reference(each, values)
            if reference is not None:
                return _Found("", reference)
            if is_gradient(each.value):
                return self.gradient(each, values)
            found = self.typed(each, each.value)
            if found is None and "(" in each.value:
                found = self.computed(each, values)
            elif found is None and _ABSOLUTE.fullmatch(each.value):
                found = self.typed(each, values.computed(f"calc({each.value})"))
            elif found is None and (unit := _OF_ELEMENT.fullmatch(each.value)):
                raise NoValueError(OF_ELEMENT.format(unit.group(1)))  # noqa: TRY301 - one place tells of all reasons
        except NoValueError as error:
            self.say(each, f"`--{each.name}` was left out: {quoted(each.value, 60)}: {error}")
            return None
        if found is None:
            why = f"{quoted(each.value, 60)} is no value that DTCG has" if each.value else "it is empty"
            self.say(each, f"`--{each.name}` was left out: {why}")
        return found

    def reference(self, each: Declaration, values: Values) -> str | None:
        """The alias for a value that is one other property's; None for any other value."""
        found = values.reference(each.value) if "var(" in each.value.lower() else None
        if found is None:
            return None
        try:
            values.check(found.name)
        except NoValueError:
            if found.has_fallback:
                return None
            raise
        if found.has_fallback:
            self.say(each, f"`--{each.name}`: the fallback in `var()` was left out")
        return f"{{{named(found.name)}}}"

    def computed(self, each: Declaration, values: Values) -> _Found | None:
        text = values.computed(each.value)
        found = self.gradient(each, values, text=text) if is_gradient(text) else self.typed(each, text)
        if found is None and (unit := _OF_ELEMENT.fullmatch(text)):
            raise NoValueError(OF_ELEMENT.format(unit.group(1)))
        if found is not None and values.asks(each.value):
            self.say(each, f"`--{each.name}` is worked out and follows no other token: {quoted(each.value, 60)}")
        return found

    def typed(self, each: Declaration, text: str) -> _Found | None:
        guessed = typed(each.name, text)
        found = None if guessed is None else _Found(*guessed)
        if found is not None and found.type == "number" and self.cascade.syntax(each.name) == "<length>":
            return _Found("dimension", texts.dimension(text)) if found.value == 0 else None
        return found

    def gradient(self, each: Declaration, values: Values, *, text: str | None = None) -> _Found | None:
        """The stops of a gradient. What else it says is told, and kept as text."""

        def paint(part: str) -> JsonValue:
            """The colour of a stop, which may be another property's."""
            found = values.reference(part) if "var(" in part.lower() else None
            if found is not None and not found.has_fallback:
                return f"{{{named(found.name)}}}"
            return texts.color(part) or (texts.color(values.computed(part)) if "(" in part else None)

        found = gradient(each.value if text is None else text, paint)
        if found is None:
            shown = quoted(each.value, 60)
            raise NoValueError(f"{shown} is no gradient that DTCG has")
        if found.left_out:
            lost = ", ".join(map(quoted, found.left_out))
            self.say(each, f"`--{each.name}` has its stops only: DTCG cannot say {lost} of a gradient")
        return _Found("gradient", found.stops)

    def worked_out(self, declared: dict[str, Declaration], *, is_dark: bool, maths: ColorMath | None) -> Values:
        values = {name: each.value for name, each in declared.items()}
        return Values(values, is_dark=is_dark, maths=maths, spent=self.spent)

    def say(self, each: Declaration | Descriptor | Other, message: str) -> None:
        if (each.start, message) not in self.said:
            self.said.add((each.start, message))
            if not self.starts:
                self.starts = line_starts(self.text)
            place = span_at(self.path, self.text, start=each.start, end=each.end, starts=self.starts)
            self.report(NOT_IMPORTED, place, message)


def _type_of(token: JsonObject, tokens: JsonObject) -> JsonValue:
    """The type of a token, over references; None for one that leads on and on."""
    for _ in range(MAX_STEPS):
        if "$type" in token:
            return token["$type"]
        target = tokens.get(str(token["$value"])[1:-1])
        if not isinstance(target, dict):
            return None
        token = target
    return None


def _dangling(tokens: JsonObject) -> list[tuple[str, str]]:
    """The names of tokens that lead to none, each with the one it follows."""
    names = list(tokens)
    return [(names[index], target) for index, target in dangling(list(tokens.items()))]


def named(property_: str) -> str:
    """The token's name: what DTCG forbids in it is a hyphen."""
    return _BAD.sub("-", property_).lstrip("$")
