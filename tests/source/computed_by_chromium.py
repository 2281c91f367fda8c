"""What Chromium computes of custom properties, beside what an import makes of them."""

import json
from pathlib import PurePosixPath

from coloraide.everything import ColorAll

from themekit.resolve.color_mixing import MATH
from themekit.source.importing.read import import_tokens

ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
PROBES = {
    "color": "color",
    "dimension": "marginLeft",
    "number": "scale",
    "duration": "transitionDelay",
    "cubicBezier": "transitionTimingFunction",
}
"""A property for each type whose computed value is that of the token and nothing else."""
ASK = """(asked) => asked.map(([name, property]) => {
    const probe = document.createElement("span");
    probe.style[property] = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe)[property];
    probe.remove();
    return found;
})"""


def imported_sheet(sheet):
    """The tokens by name."""
    found, _ = import_tokens(PurePosixPath("in.css"), sheet.encode(), maths=MATH)
    return found.document


def followed(document, name, mode):
    """The type and the value of a token in a mode, over references."""
    token = document[name]
    modes = token.get("$extensions", {}).get("themekit", {}).get("modes", {})
    value = modes.get(mode, token["$value"])
    if isinstance(value, str) and value.startswith("{"):
        return followed(document, value[1:-1], mode)
    return token.get("$type"), value


def differences(page, sheet, document, *, scheme="light"):
    """Names of tokens that are something else in Chromium, with both values; and how many were compared."""
    page.emulate_media(color_scheme=scheme)
    names = ("theme", "bs-theme", "color-mode", "light-theme", "dark-theme", "mantine-color-scheme")
    chosen = " ".join(f'data-{name}="{scheme}"' for name in names)
    chosen += f' class="{scheme} sl-theme-{scheme} ion-palette-{scheme}" style="color-scheme: {scheme}"'
    page.set_content(f"<!doctype html><html {chosen}><style>{sheet}</style><body></body>")
    root_px = float(page.evaluate("getComputedStyle(document.documentElement).fontSize").removesuffix("px"))
    kinds = {name: followed(document, name, scheme) for name in document}
    asked = [(name, PROBES[type_]) for name, (type_, _) in kinds.items() if type_ in PROBES]
    answers = page.evaluate(ASK, asked)
    found = {
        name: (kinds[name][1], answer)
        for (name, _), answer in zip(asked, answers, strict=True)
        if not is_same(*kinds[name], answer, root_px=root_px)
    }
    return found, len(asked)


def is_same(type_, value, answer, *, root_px=16):
    """Whether a value of DTCG is what Chromium says, to half a byte of a colour and to its six digits of a length."""
    if type_ == "color":
        return is_same_color(value, answer)
    if type_ == "dimension":
        expected = value["value"] * {"px": 1, "rem": root_px}[value["unit"]]
        return abs(expected - float(answer.removesuffix("px"))) <= 0.001 + abs(expected) * 1e-5
    if type_ == "duration":
        expected = value["value"] / {"s": 1, "ms": 1000}[value["unit"]]
        return abs(expected - float(answer.removesuffix("s"))) <= 0.0001
    if type_ == "number":
        return answer == "none" or abs(value - float(answer.split()[0])) <= 1e-4 + abs(value) * 1e-5
    wanted = {"ease": [0.25, 0.1, 0.25, 1], "linear": [0, 0, 1, 1], "ease-in": [0.42, 0, 1, 1]}
    wanted |= {"ease-out": [0, 0, 0.58, 1], "ease-in-out": [0.42, 0, 0.58, 1]}
    points = wanted.get(answer) or json.loads(f"[{answer.removeprefix('cubic-bezier(').removesuffix(')')}]")
    return all(abs(a - b) < 1e-4 for a, b in zip(value, points, strict=True))


def is_same_color(value, answer):
    space = value["colorSpace"]
    scale = (1, 100, 100) if space in {"hsl", "hwb"} else (1, 1, 1)
    parts = [part / by for part, by in zip(value["components"], scale, strict=True)]
    ours = ColorAll(space, parts, value.get("alpha", 1))
    theirs = ColorAll(answer)
    if abs(ours.alpha(nans=False) - theirs.alpha(nans=False)) > 0.0026:
        return False
    if ours.alpha(nans=False) == 0:
        return True
    return any(
        all(abs(a - b) <= limit for a, b in zip(in_space(ours, space), in_space(theirs, space), strict=True))
        for space, limit in (("srgb", 0.0025), ("srgb-linear", 0.0005))
    )


def in_space(color, space):
    return color.convert(space).coords(nans=False)
