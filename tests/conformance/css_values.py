"""Custom properties of a sheet's root, and values in one form, whatever tool has written them."""

import re

from coloraide import Color

_DECLARATION = re.compile(r"--([\w\\.-]+):\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])+);?")
_VAR = re.compile(r"var\(--([\w\\.-]+)\)")
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\)")
_NUMBER = re.compile(r"(?<![\w#.])([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)")


def squashed(name):
    """A name's letters and digits: tools part words in different ways, and this is not about that."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def root_properties(css, key=squashed):
    """The properties of the first rule, by their names, or what `key` makes of these."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    body = text[text.index("{") + 1 : text.index("}")]
    return {key(name): value.strip() for name, value in _DECLARATION.findall(body)}


def plain(value, properties, key=squashed):
    """The value with references filled in, and colours, numbers, quotes and spaces in one form."""
    for _ in range(20):
        filled = _VAR.sub(lambda match: properties.get(key(match.group(1)), "?"), value)
        if filled == value:
            break
        value = filled
    value = value.replace('"', "").replace("'", "").replace("\\", "")
    value = _COLOR.sub(lambda match: _color(match.group()), value)
    value = _NUMBER.sub(lambda match: _number(*match.groups()), value)
    return re.sub(r"\s*,\s*", ",", " ".join(value.split()))


def _color(text):
    color = Color(text).convert("srgb")
    if not color.in_gamut("srgb", tolerance=0.0005):
        color = color.fit("srgb")
    channels = [max(0, min(255, round(channel * 255))) for channel in color.coords(nans=False)]
    return f"<{' '.join(map(str, channels))} {round(color.alpha(nans=False), 2):g}>"


def _number(digits, unit):
    number = round(float(digits), 4)
    return f"{number:g}{unit if number else ''}"
