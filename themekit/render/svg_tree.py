"""A sanitised SVG as a value: its text, its size, and how it is put into a larger picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from themekit.render.svg_allowed import SVG


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in user units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class CleanSvg:
    """A picture that is safe to show inline, and the only kind that is drawn or joined with others.

    `body` is what stands within the outermost element; its ids and classes start with a prefix of their own, which
    `root_class` ends. `has_text` says that it holds text, which is drawn only where its font is.
    """

    box: Box
    body: str
    root_class: str
    has_text: bool = False

    @property
    def text(self) -> str:
        """The whole document, with a size in pixels: without one, browsers make a picture 300 wide or all the width."""
        size = f'width="{number(self.box.width)}" height="{number(self.box.height)}"'
        return f'<svg xmlns="{SVG}" {self._view} {size}>{self.body}</svg>\n'

    def placed(self, box: Box) -> str:
        """An element that shows the picture as large as fits into `box`, in its middle."""
        return (
            f'<svg x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}" '
            f"{self._view}>{self.body}</svg>"
        )

    @property
    def _view(self) -> str:
        box = self.box
        view = f"{number(box.x)} {number(box.y)} {number(box.width)} {number(box.height)}"
        return f'viewBox="{view}" class="{self.root_class}"'


@dataclass(slots=True)
class Element:
    """A kept element; `children` are elements and text in order."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def serialized(self) -> str:
        """XML text, attributes in the order of the source."""
        opening = "".join(
            [f"<{self.name}", *(f' {name}="{_quoted(value)}"' for name, value in self.attributes.items())]
        )
        inside = self.inside()
        return f"{opening}>{inside}</{self.name}>" if inside else f"{opening}/>"

    def inside(self) -> str:
        """XML text of the children."""
        return "".join(escape(child) if isinstance(child, str) else child.serialized() for child in self.children)


def number(value: float) -> str:
    """A coordinate in at most three decimals, which is a thousandth of a pixel."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
