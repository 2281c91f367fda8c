"""The contrast report: every promised pair of text and ground in every mode, as data and as a page for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import floor
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from themekit.diagnostics.printable import printable
from themekit.model import Artifact, Color, Dimension, FontNames, Mode, Target, TokenId
from themekit.render import css
from themekit.render.code_text import json_string
from themekit.render.templates import render_template
from themekit.resolve import contrast_report, unjudged_gradients

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import ResolvedTokens, ResolvedValue, TargetOptions
    from themekit.resolve import ContrastPair

    Colors = Mapping[TokenId, str]
    Shapes = set[tuple[TokenId, TokenId]]

TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3; what needs less in any mode is a shape, not text
USES = ("roles", "code", "admonition")
_ENGLISH = {
    Mode.LIGHT: "Light",
    Mode.DARK: "Dark",
    Mode.LIGHT_CONTRAST: "Light, high contrast",
    Mode.DARK_CONTRAST: "Dark, high contrast",
    "title": "Contrast report",
    "about": "Every pair of text and ground that this theme promises, measured on the 8-bit colours a screen shows. "
    "The ratio is that of WCAG 2.2; Lc is lightness contrast and only informs.",
    "all-pass": "All {total} pairs pass.",
    "some-fail": "{failing} of {total} pairs do not pass.",
    "lc-kept": "All {total} texts have the Lc that the brand asks for.",
    "lc-missed": "{missing} of {total} texts do not have the Lc that the brand asks for.",
    "unjudged": "Not judged, as no colour is named for text on them:",
    "modes": "Modes",
    "passed": "{passed} of {total} pass",
    "count": "{passed} of {total}",
    "lowest": "lowest text {ratio} : 1",
    "caption": "{title} in {mode}: pairs, ratios and what is required",
    "sample": "Sample",
    "pair": "Pair",
    "on": "on",
    "ratio": "Ratio",
    "needs": "Needs",
    "result": "Result",
    "pass": "pass",
    "fail": "fail",
    "roles": "Text, links and lines",
    "code": "Code",
    "admonition": "Admonitions",
    "scale": "{name} scale",
    "point": ".",
}
_GERMAN = {
    Mode.LIGHT: "Hell",
    Mode.DARK: "Dunkel",
    Mode.LIGHT_CONTRAST: "Hell, hoher Kontrast",
    Mode.DARK_CONTRAST: "Dunkel, hoher Kontrast",
    "title": "Kontrastbericht",
    "about": "Jedes Paar aus Text und Grund, für das dieses Farbschema einsteht, gemessen an den 8-Bit-Farben, die ein "
    "Bildschirm zeigt. Das Verhältnis ist das von WCAG 2.2; Lc ist der Helligkeitskontrast und dient nur der Auskunft.",
    "all-pass": "Alle {total} Paare bestehen.",
    "some-fail": "{failing} von {total} Paaren bestehen nicht.",
    "lc-kept": "Alle {total} Texte haben den Lc, den die Marke verlangt.",
    "lc-missed": "{missing} von {total} Texten haben nicht den Lc, den die Marke verlangt.",
    "unjudged": "Nicht beurteilt, da keine Farbe für Text darauf benannt ist:",
    "modes": "Modi",
    "passed": "{passed} von {total} bestehen",
    "count": "{passed} von {total}",
    "lowest": "niedrigster Text {ratio} : 1",
    "caption": "{title}, {mode}: Paare, Verhältnisse und was verlangt ist",
    "sample": "Probe",
    "pair": "Paar",
    "on": "auf",
    "ratio": "Verhältnis",
    "needs": "Verlangt",
    "result": "Ergebnis",
    "pass": "besteht",
    "fail": "besteht nicht",
    "roles": "Text, Links und Linien",
    "code": "Code",
    "admonition": "Hinweise",
    "scale": "Skala {name}",
    "point": ",",
}
WORDS: dict[str, Mapping[str, str]] = {"de": _GERMAN}
"""The page's words by language; English for one that has none."""
FONTS = {"body": "body", "heading": "heading", "mono": "code"}
# Names of the page's own custom properties, and the tokens they take their values from.
PAGE_COLORS = {
    "page": "page",
    "text": "text",
    "muted": "text-muted",
    "surface": "surface-raised",
    "border": "border",
    "focus": "focus",
    "good": "success.11",
    "bad": "danger.11",
}
PLAIN_PARTS = 2  # `color.text`; a step of a scale has three
MAX_CHIPS = 12
_JSON_OF = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as the page shows it."""

    text: str
    ground: str
    color: str
    background: str
    ratio: str
    required: str
    lc: str
    verdict: str
    result: str
    is_text: bool
    of_lc: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs that belong together: a scale, or a use."""

    title: str
    is_open: bool
    chips: tuple[str, ...]
    count: str
    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ModeReport:
    """All pairs of one mode."""

    id: str
    label: str
    count: str
    lowest: str
    groups: tuple[Group, ...]


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`contrast.json` and `contrast.html`, which uses the brand's web fonts if they are there and nothing else."""
    pairs = contrast_report(tokens, text_lc=options.text_lc)
    templates = {str(each.path).removeprefix("@themekit/"): each.content.decode() for each in options.sources}
    words = WORDS.get(options.locale, _ENGLISH)
    values = {
        **_page(tokens, pairs, words),
        "language": options.locale if options.locale in WORDS else "en",
        "brand": options.brand_name,
        "words": {name: word for name, word in words.items() if "{" not in word},
    }
    html = render_template(templates, "templates/contrast.html", values=values)
    return (
        Artifact.text("theme/contrast.json", f"{_data(tokens, pairs)}\n", media_type="application/json"),
        Artifact.text("theme/contrast.html", html, media_type="text/html"),
    )


def _data(tokens: ResolvedTokens, pairs: Sequence[ContrastPair]) -> str:
    modes = {mode: _colors(tokens.in_mode(mode)) for mode in tokens.modes}
    lines = ",\n".join(_line(pair, modes[pair.mode]) for pair in pairs)
    passes = json.dumps(all(pair.passes for pair in pairs))
    return (
        f'{{\n  "standard": "WCAG 2.2",\n  "passes": {passes},\n'
        f'  "unjudged": {json.dumps(unjudged_gradients(tokens))},\n  "pairs": [\n{lines}\n  ]\n}}'
    )


def _line(pair: ContrastPair, colors: Colors) -> str:
    """A pair as JSON. Names of the contract need no escape; those of a brand's own gradients may."""
    text, ground = (f'"{pair.text}"', f'"{pair.ground}"') if pair.worst is None else _quoted(pair)
    floor_ = f', "requiredLc": {pair.required_lc:g}, "hasLc": {_JSON_OF[pair.has_lc]}' if pair.required_lc else ""
    return (
        f'    {{"mode": "{pair.mode}", "text": {text}, "ground": {ground}, '
        f'"textColor": "{colors[pair.text]}", "groundColor": "{_ground(pair, colors)}", "required": {pair.required}, '
        f'"ratio": {float(_ratio(pair.ratio))}, "lc": {round(pair.lc, 1)}, "passes": {_JSON_OF[pair.passes]}{floor_}}}'
    )


def _quoted(pair: ContrastPair) -> tuple[str, str]:
    return json_string(pair.text), json_string(pair.ground)


def _ground(pair: ContrastPair, colors: Colors) -> str:
    """The colour of the ground; of a gradient the one on which the text is worst."""
    return colors[pair.ground] if pair.worst is None else css.hex_color(pair.worst)


def _page(tokens: ResolvedTokens, pairs: Sequence[ContrastPair], words: Mapping[str, str]) -> dict[str, object]:
    failing = sum(not pair.passes for pair in pairs)
    light = tokens.in_mode(tokens.modes[0])
    dark = tokens.in_mode(Mode.DARK) if Mode.DARK in tokens.modes else light
    return {
        "verdict": words["some-fail" if failing else "all-pass"].format(failing=failing, total=len(pairs)),
        "ramp": [_hex(light.get(TokenId(f"color.primary.{step}"))) for step in range(1, 13)],
        "light": [*_page_colors(light), ("radius", _radius(light)), *_fonts(light)],
        "dark": _page_colors(dark),
        "remarks": list(_remarks(tokens, pairs, words)),
        "modes": [_mode(mode, _colors(tokens.in_mode(mode)), pairs, words=words) for mode in tokens.theme_modes],
    }


def _remarks(tokens: ResolvedTokens, pairs: Sequence[ContrastPair], words: Mapping[str, str]) -> Iterator[str]:
    """Whether texts have the Lc that the brand asks for, if it asks for any; and what is not judged."""
    asking = [pair for pair in pairs if pair.required_lc]
    missing = sum(not pair.has_lc for pair in asking)
    if asking:
        yield words["lc-missed" if missing else "lc-kept"].format(missing=missing, total=len(asking))
    if unjudged := unjudged_gradients(tokens):
        yield f"{words['unjudged']} {', '.join(map(printable, unjudged))}."


def _page_colors(values: Mapping[TokenId, ResolvedValue]) -> list[tuple[str, str]]:
    return [(name, _hex(values.get(TokenId(f"color.{token}")))) for name, token in PAGE_COLORS.items()]


def _fonts(values: Mapping[TokenId, ResolvedValue]) -> list[tuple[str, Markup]]:
    found = ((name, values.get(TokenId(f"font.family.{role}"))) for name, role in FONTS.items())
    # Finished CSS: its strings hold no `<`, and an entity within <style> would be read as it stands.
    return [(name, Markup(css.text_of(value))) for name, value in found if isinstance(value, FontNames)]  # noqa: S704


def _radius(values: Mapping[TokenId, ResolvedValue]) -> str:
    value = values.get(TokenId("radius.l"))
    return css.text_of(value) if isinstance(value, Dimension) else "0"


def _mode(mode: Mode, colors: Colors, pairs: Sequence[ContrastPair], *, words: Mapping[str, str]) -> ModeReport:
    own = [pair for pair in pairs if pair.mode is mode]
    groups: dict[str, list[ContrastPair]] = {}
    for pair in own:
        of = _group_of(pair.text, pair.ground) if pair.worst is None else "roles"
        groups.setdefault(of, []).append(pair)
    order = sorted(groups, key=lambda name: name not in USES)  # uses first, then scales
    shapes = {(pair.text, pair.ground) for pair in pairs if pair.required < TEXT_RATIO}
    lowest = min((pair.ratio for pair in own if (pair.text, pair.ground) not in shapes), default=0.0)
    return ModeReport(
        mode,
        words[mode],
        words["passed"].format(passed=sum(pair.passes for pair in own), total=len(own)),
        words["lowest"].format(ratio=_figure(_ratio(lowest), words)),
        tuple(_group(name, groups[name], colors, shapes=shapes, words=words) for name in order),
    )


@cache
def _group_of(text: TokenId, ground: TokenId) -> str:
    """`code`, `admonition`, the name of a scale, or `roles`: of a pair of the contract."""
    use = f"{text} {ground}"
    kind = next((name for name in ("code", "admonition") if f"color.{name}" in use), None)
    parts = text.split(".")
    return kind or (parts[1] if len(parts) > PLAIN_PARTS else "roles")


def _group(
    name: str,
    pairs: Sequence[ContrastPair],
    colors: Colors,
    *,
    shapes: Shapes,
    words: Mapping[str, str],
) -> Group:
    shown = {color: None for pair in pairs for color in (_ground(pair, colors), colors[pair.text])}
    passed = sum(pair.passes for pair in pairs)
    title = words[name] if name in USES else words["scale"].format(name=name.capitalize())
    return Group(
        title,
        name in USES or passed < len(pairs),
        tuple(shown)[:MAX_CHIPS],
        words["count"].format(passed=passed, total=len(pairs)),
        words["caption"].format(title=title, mode=words[pairs[0].mode]),
        tuple(_row(pair, colors, is_text=(pair.text, pair.ground) not in shapes, words=words) for pair in pairs),
    )


def _row(pair: ContrastPair, colors: Colors, *, is_text: bool, words: Mapping[str, str]) -> Row:
    verdict = "pass" if pair.passes else "fail"
    return Row(
        escape(printable(pair.text.removeprefix("color."))),
        escape(printable(pair.ground.removeprefix("color."))),
        colors[pair.text],
        _ground(pair, colors),
        _figure(_ratio(pair.ratio), words),
        _figure(f"{pair.required:g}", words),
        f"{floor(abs(pair.lc))} / {pair.required_lc:g}" if pair.required_lc else f"{abs(pair.lc):.0f}",
        verdict,
        words[verdict],
        is_text,
        "" if pair.has_lc else "fail",
    )


def _figure(digits: str, words: Mapping[str, str]) -> str:
    return digits.replace(".", words["point"])


def _ratio(value: float) -> str:
    """Rounded down, so that 4.499 never reads as the 4.5 it misses."""
    return f"{floor(value * 100) / 100:.2f}"


def _colors(values: Mapping[TokenId, ResolvedValue]) -> Colors:
    return {token: css.hex_color(value) for token, value in values.items() if isinstance(value, Color)}


def _hex(value: ResolvedValue | None) -> str:
    return css.hex_color(value) if isinstance(value, Color) else "transparent"


TARGET = Target(
    "contrast",
    "Contrast report, for programs and for people",
    emit,
    sources=(PurePosixPath("templates/contrast.html"), PurePosixPath("templates/contrast.css")),
    names_brand=True,
    needs_defaults=True,
)
