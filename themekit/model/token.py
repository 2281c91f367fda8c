"""Design tokens before and after resolving, as in the W3C DTCG format 2025.10."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NewType

from themekit.model.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

TokenId = NewType("TokenId", str)
"""A token's path joined with dots: `color.primary.9`."""

TokenType = Literal[
    "color",
    "dimension",
    "fontFamily",
    "fontWeight",
    "duration",
    "cubicBezier",
    "number",
    "strokeStyle",
    "border",
    "transition",
    "shadow",
    "gradient",
    "typography",
]


class Mode(StrEnum):
    """The complete sets a theme has. High contrast exists for both schemes, as people who need it use both."""

    LIGHT = "light"
    DARK = "dark"
    LIGHT_CONTRAST = "light-contrast"
    DARK_CONTRAST = "dark-contrast"

    @property
    def is_dark(self) -> bool:
        """Light text on dark ground."""
        return self.startswith("dark")

    @property
    def is_high_contrast(self) -> bool:
        """WCAG AAA text contrast and stronger borders."""
        return self.endswith("-contrast")


@dataclass(frozen=True, slots=True)
class Alias:
    """A reference `{color.primary.9}` not yet resolved."""

    target: TokenId


@dataclass(frozen=True, slots=True)
class Color:
    """A colour of DTCG 2025.10: `components` are in the units of `space` (CSS Color 4), `alpha` is 0..1."""

    space: str
    components: tuple[float, float, float]
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Dimension:
    """A length. DTCG 2025.10 allows px and rem."""

    value: float
    unit: Literal["px", "rem"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A time span."""

    value: float
    unit: Literal["ms", "s"]


@dataclass(frozen=True, slots=True)
class CubicBezier:
    """Control points x1, y1, x2, y2; the x are 0..1."""

    points: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FontNames:
    """Family names, the preferred first."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrokeStyle:
    """A named style, or dashes with a cap."""

    style: str | None = None
    dash: tuple[Dimension | Alias, ...] = ()
    cap: Literal["round", "butt", "square"] = "butt"


@dataclass(frozen=True, slots=True)
class BorderValue:
    """Composite `border`."""

    color: Color | Alias
    width: Dimension | Alias
    style: StrokeStyle | Alias


@dataclass(frozen=True, slots=True)
class TransitionValue:
    """Composite `transition`."""

    duration: Duration | Alias
    delay: Duration | Alias
    timing: CubicBezier | Alias


@dataclass(frozen=True, slots=True)
class ShadowLayer:
    """One layer of the composite `shadow`; a shadow is a tuple of layers, the topmost first."""

    color: Color | Alias
    offset_x: Dimension | Alias
    offset_y: Dimension | Alias
    blur: Dimension | Alias
    spread: Dimension | Alias
    inset: bool = False


@dataclass(frozen=True, slots=True)
class GradientStop:
    """One stop of the composite `gradient`; position is 0..1."""

    color: Color | Alias
    position: float | Alias


@dataclass(frozen=True, slots=True)
class TypographyValue:
    """Composite `typography`. `line_height` is a multiple of the size."""

    family: FontNames | Alias
    size: Dimension | Alias
    weight: float | Alias
    letter_spacing: Dimension | Alias
    line_height: float | Alias


ResolvedValue = (
    Color
    | Dimension
    | Duration
    | CubicBezier
    | FontNames
    | StrokeStyle
    | BorderValue
    | TransitionValue
    | TypographyValue
    | float
    | tuple[ShadowLayer, ...]
    | tuple[GradientStop, ...]
)
"""After resolving, the members of a composite hold no Alias either."""

TokenValue = ResolvedValue | Alias | tuple[ShadowLayer | Alias, ...] | tuple[GradientStop | Alias, ...]
"""As written: a layer of a shadow, or a stop of a gradient, may be another token's."""


@dataclass(frozen=True, slots=True)
class ModeValue:
    """A token's value in one mode, where it differs from `value`.

    `origin` is the place of the token that gives it, if that is another than the one that gives `value`: a context's.
    """

    mode: Mode
    value: TokenValue
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A token as written. `type` is None only for an alias, whose type is its target's.

    `extensions` is what `$extensions` holds beside themekit's own, as JSON text; "" if there is nothing.
    """

    id: TokenId
    type: TokenType | None
    value: TokenValue
    modes: tuple[ModeValue, ...] = ()
    description: str = ""
    deprecated: str | None = None
    origin: Origin | None = None
    extensions: str = ""

    def place(self, slot: Mode | None = None, *, pointer: str = "") -> Origin | None:
        """Where the value of a mode is written, of None `$value`, or the part of it at `pointer`; None of a default."""
        if self.origin is None:
            return None
        elsewhere = next((one.origin for one in self.modes if one.mode is slot), None)
        if elsewhere is not None:
            return Origin(elsewhere.path, f"{elsewhere.pointer}/$value{pointer}")
        value = "/$value" if slot is None else f"/$extensions/themekit/modes/{slot}"
        return Origin(self.origin.path, f"{self.origin.pointer}{value}{pointer}")


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """What a group says of itself; `extensions` as in a Token. The id of the outermost group is ""."""

    id: TokenId
    description: str = ""
    extensions: str = ""


@dataclass(frozen=True, slots=True)
class LostToken:
    """A token, or a group with all below it, that was written and could not be read: in a mode, or at all."""

    id: TokenId
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Tokens in the order they were written; ids are unique. `lost` is empty but in a draft: see source/brand.py.

    `groups` has those that say something of themselves. `made_modes` are the modes that contexts of a resolver make.
    """

    tokens: tuple[Token, ...] = ()
    lost: tuple[LostToken, ...] = ()
    groups: tuple[TokenGroup, ...] = ()
    made_modes: tuple[Mode, ...] = ()

    def __iter__(self) -> Iterator[Token]:
        """In order."""
        return iter(self.tokens)

    def by_id(self) -> dict[TokenId, Token]:
        """A new mapping, in order."""
        return {token.id: token for token in self.tokens}


@dataclass(frozen=True, slots=True)
class ResolvedToken:
    """A token without aliases. `values` has one value for each of `ResolvedTokens.modes`, in that order.

    `references` has, for each mode, the token this value was an alias of (so that CSS can say `var(--…)`), or None.
    """

    id: TokenId
    type: TokenType
    values: tuple[ResolvedValue, ...]
    references: tuple[TokenId | None, ...]
    description: str = ""
    deprecated: str | None = None
    extensions: str = ""

    @property
    def is_constant(self) -> bool:
        """The same in every mode, its reference too."""
        return len(set(self.values)) == 1 and len(set(self.references)) == 1


@dataclass(frozen=True, slots=True)
class ResolvedTokens:
    """Every token in every mode, in order; no alias left.

    A brand has the four modes of `Mode`. Token files without a brand have one mode for each set of contexts they are
    built for, named by these ("dark", "dark large"; "default" if there is but one); a name that is one of `Mode` is
    that `Mode`. The first mode is the one that holds where none was chosen.
    """

    tokens: tuple[ResolvedToken, ...]
    modes: tuple[str, ...] = tuple(Mode)
    groups: tuple[TokenGroup, ...] = ()

    def __iter__(self) -> Iterator[ResolvedToken]:
        """In order."""
        return iter(self.tokens)

    @property
    def theme_modes(self) -> tuple[Mode, ...]:
        """Those of the modes that are a `Mode`: of a brand, all."""
        return tuple(mode for mode in self.modes if isinstance(mode, Mode))

    def in_mode(self, mode: str) -> dict[TokenId, ResolvedValue]:
        """Id to value in one mode: a new mapping, in order."""
        index = self.modes.index(mode)
        return {token.id: token.values[index] for token in self.tokens}

    def of(self, type_: TokenType) -> tuple[ResolvedToken, ...]:
        """The tokens of one type, in order."""
        return tuple(token for token in self.tokens if token.type == type_)
