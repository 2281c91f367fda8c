"""SVG to pixels by Skia, as Chromium draws it: pictures that hold nothing but what Skia reads as browsers do.

Skia is optional, and its SVG module is a small one: it knows no style sheets, blend modes, markers or text.
`readable` says what can be left to it, from lists that were tried against Chromium (`tests/e2e/test_rasters.py`), and
writes that in the dialect it reads. It only ever draws in the limited worker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from themekit.render.skia_blurs import Blur, mark_blurs
from themekit.render.svg_allowed import SVG, XLINK
from themekit.render.svg_tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

_ELEMENTS = frozenset(
    name
    for kind in (
        "path rect circle ellipse line polyline polygon",
        "svg g defs use",
        "linearGradient radialGradient stop clipPath mask pattern",
        "filter feGaussianBlur feOffset feMerge feMergeNode feColorMatrix feDropShadow",
    )
    for name in kind.split()
)
_SAME_IN_EVERY_SPACE = frozenset({"#000", "#000000", "black", "#fff", "#ffffff", "white"})
_IGNORED_ELEMENTS = frozenset({"title", "desc"})
_IGNORED = frozenset({"class", "role", "isolation"})

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*{_NUMBER}(?:px|%)?\s*")
_UNIT_LESS = re.compile(rf"\s*{_NUMBER}\s*")
_NUMBERS = re.compile(rf"\s*{_NUMBER}(?:[\s,]*{_NUMBER})*\s*")
_PAINT = re.compile(
    r"\s*(?:#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\)"
    r"|(?!rebeccapurple)[a-z]+|currentColor"
    r"|url\(#[\w.-]+\))\s*"
)
_LINK = re.compile(r"\s*(?:url\(#[\w.-]+\)|none)\s*")
_WORD = re.compile(r"\s*[a-zA-Z]+\s*")
_ASPECT = re.compile(r"\s*(?:none|xM(?:in|id|ax)YM(?:in|id|ax)(?:\s+(?:meet|slice))?)\s*")
_TRANSFORM = re.compile(
    rf"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\(\s*{_NUMBER}(?:[\s,]*{_NUMBER})*\s*\)[\s,]*)+"
)
_VALUES = {
    name: pattern
    for names, pattern in (
        ("x y width height rx ry cx cy r x1 y1 x2 y2 fx fy offset stroke-dashoffset", _LENGTH),
        ("opacity fill-opacity stroke-opacity stop-opacity stroke-miterlimit", _UNIT_LESS),
        ("points viewBox stroke-dasharray", _NUMBERS),
        ("fill stroke stop-color color", _PAINT),
        ("clip-path mask filter", _LINK),
        ("fill-rule clip-rule stroke-linecap stroke-linejoin spreadMethod gradientUnits", _WORD),
        ("patternUnits clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits", _WORD),
        ("type color-interpolation-filters", _WORD),
        ("in result", re.compile(r"[\w.-]+")),
        ("stdDeviation values dx dy", _NUMBERS),
        ("flood-opacity", _UNIT_LESS),
        ("flood-color", _PAINT),
        ("transform gradientTransform patternTransform", _TRANSFORM),
        ("display", re.compile(r"\s*(?:none|inline|block)\s*")),
        ("stroke-width", re.compile(rf"\s*(?!0*\.?0*(?:px|%)?\s*$){_NUMBER}(?:px|%)?\s*")),  # 0 would be a hairline
        ("preserveAspectRatio", _ASPECT),
        ("id d", re.compile(r"[^\0]*")),
        ("href", re.compile(r"#.*")),
    )
    for name in names.split()
}
"""What is left to Skia: each attribute, or property of a style, with the values that it reads as browsers do."""

DISTRIBUTION = "skia-python"  # by whose version it is told what drew
LEAST, MOST = 1e-4, 1e5
MAX_PASSES = 400  # of filters: Skia draws the input of a primitive anew for each that names it, where resvg keeps it
_EACH_NUMBER = re.compile(_NUMBER)
_WITHOUT_NUMBERS = frozenset({"id", "href", "in", "result", "fill", "stroke", "color", "stop-color", "flood-color"})

_RULE = re.compile(r"\s*\.([\w-]+)\.([\w-]+),\.\2 \.\1\{([^{}@]*)\}")
"""A class of a picture's own root, as the cleaner writes it; other selectors are rare in logos."""
_ROOT = re.compile(
    r'<svg xmlns="[^"]*" viewBox="\S+ \S+ (?P<view_width>[0-9.]+) (?P<view_height>[0-9.]+)" class="[^"]*" '
    r'width="[^"]*" height="[^"]*">'
)


def is_there() -> bool:
    """Whether Skia is installed and can be loaded."""
    return obstacle() is None


@cache
def obstacle() -> str | None:
    """Why Skia cannot draw: "" if it is not installed, else what loading it says; None if it can.

    On Linux it needs the system's libGL and libEGL.
    """
    try:
        import skia  # noqa: F401, PLC0415 - by the worker, and where it is told what draws
    except ImportError as error:
        return "" if error.name == "skia" and isinstance(error, ModuleNotFoundError) else str(error)
    return None


@dataclass(frozen=True, slots=True)
class Readable:
    """A picture in the dialect of Skia. Its root has no size, and its blurs are marks: `draw` puts both in.

    `view` is the width and height of its view box.
    """

    text: str
    view: tuple[float, float]
    blurs: tuple[Blur, ...] = ()


def readable(svg: str) -> Readable | None:
    """The text of a `CleanSvg` for Skia; None for one of which it would draw something else than browsers do."""
    head = _ROOT.match(svg)
    if not head:
        return None
    reader = _Reader()
    try:
        root = reader.read(svg)
    except _UnreadableError:
        return None
    if _passes(root) > MAX_PASSES:
        return None
    for name in ("width", "height"):
        del root.attributes[name]
    root.attributes["xmlns"], root.attributes["xmlns:xlink"] = SVG, XLINK
    blurs = mark_blurs(root)
    return Readable(root.serialized(), (float(head["view_width"]), float(head["view_height"])), blurs)


def draw(given: Readable, sides_px: tuple[int, int], *, ground: str = "") -> Image.Image | None:
    """The picture as premultiplied RGBa, on `ground`, #rrggbb, or on nothing.

    None if Skia cannot read the text or gets no memory; it may abort the process, too.
    """
    import skia  # noqa: PLC0415 - loaded by the worker only
    from PIL import Image  # noqa: PLC0415 - the same

    width_px, height_px = sides_px
    surface = skia.Surface.MakeRasterN32Premul(width_px, height_px)
    sized = given.text.replace("<svg ", f'<svg width="{width_px}" height="{height_px}" ', 1)
    for blur in given.blurs:
        sized = sized.replace(blur.mark, blur.told(min(width_px / given.view[0], height_px / given.view[1])), 1)
    picture = skia.SVGDOM.MakeFromStream(skia.MemoryStream(sized.encode(), True))
    if surface is None or picture is None:
        return None
    surface.getCanvas().clear(0xFF000000 | int(ground[1:], 16) if ground else 0)
    picture.setContainerSize(skia.Size(width_px, height_px))
    picture.render(surface.getCanvas())
    pixels = surface.makeImageSnapshot().tobytes()
    return Image.frombytes("RGBa", (width_px, height_px), bytes(pixels), "raw", "BGRa")


def _shadow_of(shadow: Element, filter_: Element, *, is_first: bool) -> list[Element | str]:
    """What `feDropShadow` is short for, by primitives that Skia has. Source: Filter Effects 1, "feDropShadow".

    Skia does not convert a flood's colour to linear light, which changes all colours but black and white.
    """
    given = dict(shadow.attributes)
    space = given.get("color-interpolation-filters", filter_.attributes.get("color-interpolation-filters"))
    source = given.get("in", "SourceGraphic" if is_first else None)
    color = given.get("flood-color", "#000")
    if source is None or (space != "sRGB" and color not in _SAME_IN_EVERY_SPACE):
        raise _UnreadableError
    in_space = {} if space is None else {"color-interpolation-filters": space}
    blur, moved, flood, cut = (f"skia-{step}-{source}" for step in ("blur", "moved", "flood", "cut"))
    flooded = {"flood-color": color, "flood-opacity": given.get("flood-opacity", "1"), "result": flood}
    moves = {"dx": given.get("dx", "2"), "dy": given.get("dy", "2"), "result": moved}
    result = {"result": given["result"]} if "result" in given else {}
    nodes: list[Element | str] = [Element("feMergeNode", {"in": name}) for name in (cut, source)]
    return [
        Element(
            "feGaussianBlur", {"in": source, "stdDeviation": given.get("stdDeviation", "2"), "result": blur} | in_space
        ),
        Element("feOffset", {"in": blur} | moves | in_space),
        Element("feFlood", flooded | in_space),
        Element("feComposite", {"in": flood, "in2": moved, "operator": "in", "result": cut} | in_space),
        Element("feMerge", result | in_space, nodes),
    ]


def _passes(root: Element) -> float:
    """How often Skia draws for the filters of a picture: chains in which each step names the last twice double it."""
    passes: dict[str, float] = {}
    users: list[str] = []
    copies = 0
    pending = [root]
    while pending:
        element = pending.pop()
        inner = [child for child in element.children if isinstance(child, Element)]
        if element.name == "filter":
            passes[element.attributes.get("id", "")] = _passes_of(inner)
        copies += element.name == "use"
        users += [element.attributes["filter"].strip()[5:-1]] if "filter" in element.attributes else []
        pending += inner
    return (1 + copies) * sum(passes.get(user, 0) for user in users)


def _passes_of(primitives: list[Element]) -> float:
    """Of the last primitive, with all that it is made of. Without `in` it takes the one before it."""
    results: dict[str, float] = {}
    last = 0.0
    for each in primitives:
        merged = [child.attributes for child in each.children if isinstance(child, Element)]
        named = merged or [{"in": each.attributes[name]} for name in ("in", "in2") if name in each.attributes] or [{}]
        last = 1 + sum(results.get(one["in"], 0) if "in" in one else last for one in named)
        results[each.attributes.get("result", "")] = last
    return last


def _is_drawable(name: str, value: str) -> bool:
    """Whether its numbers are those of a picture: what the endless and the minute do to Skia was not tried."""
    if name in _WITHOUT_NUMBERS or _VALUES[name] is _LINK:
        return True
    least = 0 if name in {"d", "points", "offset"} else LEAST
    sizes = (abs(float(each)) for each in _EACH_NUMBER.findall(value))
    return all(size == 0 or least <= size <= MOST for size in sizes)


class _UnreadableError(Exception):
    """There is something in the picture that Skia does not draw as browsers do."""


@dataclass(slots=True)
class _Reader:
    """The parse of one document into elements in Skia's dialect."""

    rules: dict[str, str] = field(default_factory=dict)
    open: list[Element] = field(default_factory=list)
    clips: int = 0

    def read(self, svg: str) -> Element:
        for sheet in re.findall(r"<style[^>]*>([^<]*)</style>", svg):
            self._learn(sheet)
        top = Element("top", {})
        self.open = [top]
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        try:
            parser.Parse(svg, True)
        except expat.ExpatError as error:
            raise _UnreadableError from error
        (root,) = (child for child in top.children if isinstance(child, Element))
        return root

    def _learn(self, sheet: str) -> None:
        """Rules of one class each; later ones add to earlier ones, as they win."""
        rest = sheet.strip()
        while rest:
            rule = _RULE.match(rest)
            if rule is None:
                raise _UnreadableError
            self.rules[rule[1]] = f"{self.rules.get(rule[1], '')};{rule[3]}"
            rest = rest[rule.end() :].strip()

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, {})
        if name in _ELEMENTS:
            element.attributes = dict(self._translated(attributes))
            self._enclose(element)
        elif name != "style" and name not in _IGNORED_ELEMENTS:
            raise _UnreadableError
        self.open.append(element)

    def _enclose(self, element: Element) -> None:
        """Put the element where it belongs. An inner `svg` gets a clip of its own, which Skia does not give it."""
        parent = self.open[-1]
        if element.name == "svg" and len(self.open) > 1:
            place = {name: element.attributes.get(name, default) for name, default in _VIEWPORT}
            self.clips += 1
            clip = Element("clipPath", {"id": f"skia-clip-{self.clips}"}, [Element("rect", place)])
            around = Element("g", {"clip-path": f"url(#{clip.attributes['id']})"}, [clip, element])
            parent.children.append(around)
        else:
            parent.children.append(element)

    def _on_end(self, name: str) -> None:
        element = self.open.pop()
        if name == "feDropShadow":
            parent = self.open[-1]
            parent.children[-1:] = _shadow_of(element, parent, is_first=len(parent.children) == 1)

    def _translated(self, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Attributes, then the properties of sheet and style, which win over them."""
        given = {name.removeprefix("xlink:"): value for name, value in attributes.items() if name != "xmlns"}
        # The order of rules in the sheet decides where several classes meet; one class has none.
        classes = [name for name in given.get("class", "").split() if name in self.rules]
        if len(classes) > 1:
            raise _UnreadableError
        style = "".join(self.rules[name] for name in classes) + ";" + given.pop("style", "")
        for declaration in style.split(";"):
            name, colon, value = declaration.partition(":")
            if colon:
                given[name.strip()] = value.strip()
        for name, value in given.items():
            if name in _IGNORED:
                continue
            if name not in _VALUES or not _VALUES[name].fullmatch(value) or not _is_drawable(name, value):
                raise _UnreadableError
            yield ("xlink:href" if name == "href" else name), value


_VIEWPORT = (("x", "0"), ("y", "0"), ("width", "100%"), ("height", "100%"))
