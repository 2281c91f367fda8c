"""A brand as the stages see it: what the user wrote, merged with what it extends, every default filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model.origin import Origin
    from themekit.model.token import Color, Dimension
    from themekit.model.token_set import TokenSet

BrandId = NewType("BrandId", str)
FamilyRole = Literal["body", "heading", "code"]


@dataclass(frozen=True, slots=True)
class Urls:
    """Absolute https URLs. `site` ends with a slash; the optional ones are None when the brand has none."""

    site: str
    home: str
    support: str | None = None
    status: str | None = None
    terms: str | None = None
    privacy: str | None = None
    repository: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How the brand's customers reach it."""

    email: str | None = None
    phone: str | None = None
    address: str | None = None
    security: str | None = None
    """Where to tell of a hole: an `https:` or `mailto:` address."""


@dataclass(frozen=True, slots=True)
class ColorOptions:
    """How scales are solved; the defaults are the design's own.

    `text_lc` is a floor of APCA's |Lc| for running text (0: none); the turns are degrees of hue at the light and the
    dark end of a scale; `neutral_tint` is the share of the primary's hue in derived greys, 0..1 (None: the design's).
    """

    text_lc: float = 0.0
    chroma: Literal["muted", "standard", "vivid"] = "standard"
    light_turn_deg: float = 0.0
    dark_turn_deg: float = 0.0
    neutral_tint: float | None = None


@dataclass(frozen=True, slots=True)
class Palettes:
    """Which further colours there are: `color.tone.*`, `color.data.*`, and `gradient.brand` with `color.gradient.*`."""

    tones: bool = False
    data: bool = False
    gradient: bool = False


@dataclass(frozen=True, slots=True)
class Seeds:
    """Seed colours. None means: derive it.

    `solid` says whether step 9 is the seed itself, or may be moved to reach contrast.
    """

    primary: Color
    accent: Color | None = None
    neutral: Color | None = None
    success: Color | None = None
    warning: Color | None = None
    danger: Color | None = None
    info: Color | None = None
    solid: Literal["keep", "adjust"] = "keep"
    options: ColorOptions = ColorOptions()
    palettes: Palettes = Palettes()


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file of the brand's own. `path` is relative to the project; `weight` is "400" or a range "100 900"."""

    path: PurePosixPath
    weight: str = "400"
    style: Literal["normal", "italic"] = "normal"


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family by name: from `files`, else from an installed font package, else only named (`fallback` follows it)."""

    family: str
    files: tuple[FontFile, ...] = ()
    fallback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeScale:
    """A modular scale: size(n) = base x ratio^n."""

    base: Dimension
    ratio: float


@dataclass(frozen=True, slots=True)
class Typography:
    """The families by role, and the scale."""

    body: FontFamily
    heading: FontFamily
    code: FontFamily
    scale: TypeScale


@dataclass(frozen=True, slots=True)
class Shape:
    """Corners, lines, depth and spacing."""

    radius: Dimension
    border: Dimension
    shadow: Literal["none", "soft", "strong"] = "soft"
    density: Literal["compact", "comfortable", "spacious"] = "comfortable"


@dataclass(frozen=True, slots=True)
class Logos:
    """Image files, relative to the project. None: drawn from the name (light, dark) or from its first letter (mark)."""

    light: PurePosixPath | None = None
    dark: PurePosixPath | None = None
    mark: PurePosixPath | None = None


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An extra entry of the portal's navigation."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """The bar above the header."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SocialLink:
    """A link in the footer; `kind` picks its icon."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Portal:
    """What the portal shows. `sections` is None for: all that the project shows by default."""

    sections: tuple[str, ...] | None = None
    navigation: tuple[NavigationLink, ...] = ()
    announcement: Announcement | None = None
    social: tuple[SocialLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Api:
    """Base URLs without a trailing slash."""

    base_url: str
    sandbox_url: str


@dataclass(frozen=True, slots=True)
class TypeScriptSdk:
    """npm package name (`@acme/sdk`)."""

    package: str


@dataclass(frozen=True, slots=True)
class PythonSdk:
    """Distribution name and import name."""

    package: str
    module: str


@dataclass(frozen=True, slots=True)
class JavaSdk:
    """Maven coordinates and the Java package."""

    group: str
    artifact: str
    package: str


@dataclass(frozen=True, slots=True)
class GoSdk:
    """Module path and package name."""

    module: str
    package: str


@dataclass(frozen=True, slots=True)
class Sdk:
    """Names in the SDKs; `client` is the client class, a PascalCase identifier."""

    client: str
    typescript: TypeScriptSdk
    python: PythonSdk
    java: JavaSdk
    go: GoSdk


@dataclass(frozen=True, slots=True)
class AskedTarget:
    """A target that a brand asks for, with what it chooses about it: pairs of a setting's name and value."""

    name: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """One brand.

    Text is text: no markup, no control characters, NFC. `lint` has rules by name with "off", "warning" or "error".
    `origins` has the place of each field that was given.
    """

    id: BrandId
    name: str
    legal_name: str
    tagline: str
    description: str
    version: str
    locale: str
    urls: Urls
    contact: Contact
    color: Seeds
    tokens: TokenSet
    typography: Typography
    shape: Shape
    logos: Logos
    portal: Portal
    api: Api
    sdk: Sdk
    targets: tuple[AskedTarget, ...] = ()
    lint: tuple[tuple[str, str], ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()

    def origin_of(self, pointer: str) -> Origin | None:
        """Where the field at this JSON pointer was written (`/color/primary`), or None if it is a default."""
        return dict(self.origins).get(pointer)
