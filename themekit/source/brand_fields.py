"""The table of brand.json: every field with its kind, its limits, its default and what it is for."""

from __future__ import annotations

from themekit.source.field_table import ColorValue, DimensionValue, Field, Leaf, Listing, Members, Named, TokenTree
from themekit.source.text_policy import SEMVER

LOCALES = ("en", "de")
SOCIAL_KINDS = (
    "bluesky",
    "discord",
    "github",
    "gitlab",
    "instagram",
    "linkedin",
    "mastodon",
    "medium",
    "reddit",
    "slack",
    "stack-overflow",
    "x",
    "xing",
    "youtube",
)

MAX_URL = 2000  # what browsers and servers agree to carry
"""Source: semver.org, without build metadata: "+" is no part of a file name in a bundle."""


def _text(limit: int) -> Leaf:
    return Leaf(max_length=limit)


_NAME = Leaf(max_length=80)
_URL = Leaf(max_length=MAX_URL)
_WEB_URL = Leaf(max_length=MAX_URL, pattern="^[hH][tT][tT][pP][sS]?://")
_PATH = Leaf(max_length=240)
_PACKAGE = Leaf(max_length=214)  # npm's limit; the other registries are less strict
_COLOR = ColorValue()

_FONT_FILE = Members(
    (
        Field("path", _PATH, "Font file, relative to this file", examples=("fonts/acme.woff2",), is_required=True),
        Field(
            "weight",
            Leaf(("string", "number"), max_length=9, minimum=1, maximum=1000),
            "Weight, or the range of a variable font",
            default="400",
            examples=("400", "400 700"),
        ),
        Field("style", Leaf(choices=("normal", "italic")), "Upright or italic", default="normal"),
    )
)


def _family(role: str, default: str, *, name: str = "Inter", fallback: str = "sans-serif") -> Field:
    family = Members(
        (
            Field("family", _NAME, "Name of the family", examples=(name,), is_required=True),
            Field("files", Listing(_FONT_FILE, 32), "The brand's own font files; absent: an installed family"),
            Field(
                "fallback",
                Listing(_NAME, 16),
                "Families that follow it",
                default="usual families of systems",
                examples=(["system-ui", fallback],),
            ),
        )
    )
    return Field(role, family, f"Family of {role} text", default=default)


_TYPOGRAPHY = Members(
    (
        Field(
            "families",
            Members(
                (
                    _family("body", "Inter"),
                    _family("heading", "the body family"),
                    _family("code", "JetBrains Mono", name="JetBrains Mono", fallback="monospace"),
                )
            ),
            "Font families by role",
        ),
        Field(
            "scale",
            Members(
                (
                    Field("base", DimensionValue(), "Size of body text", default="16px", examples=("16px", "1rem")),
                    Field(
                        "ratio",
                        Leaf(("number",), minimum=1, maximum=2),
                        "Factor from one size to the next",
                        default="1.2",
                        examples=(1.2, 1.25),
                    ),
                )
            ),
            "Modular scale of the sizes",
        ),
    )
)

_URLS = Members(
    (
        Field("site", _WEB_URL, "Where the portal is published", default="https://<id>.example/"),
        Field("home", _WEB_URL, "The brand's home page", default="urls.site"),
        Field("support", _WEB_URL, "Support page"),
        Field("status", _WEB_URL, "Status page"),
        Field("terms", _WEB_URL, "Terms of service"),
        Field("privacy", _WEB_URL, "Privacy policy"),
        Field("repository", _WEB_URL, "Public source repository"),
    )
)

_CONTACT = Members(
    (
        Field("email", _text(254), "E-mail address", examples=("developers@acme.example",)),
        Field("phone", _text(30), "Telephone number", examples=("+49 30 1234567",)),
        Field("address", _text(200), "Postal address on one line"),
        Field(
            "security",
            Leaf(max_length=MAX_URL, pattern="^([hH][tT][tT][pP][sS]://|[mM][aA][iI][lL][tT][oO]:)"),
            "Where to tell of a hole, for security.txt",
            default="contact.email",
            examples=("mailto:security@acme.example", "https://acme.example/security"),
        ),
    )
)

MAX_TURN_DEG = 40  # further and the ends of a scale are other colours
_TURN = Leaf(("number",), minimum=-MAX_TURN_DEG, maximum=MAX_TURN_DEG)
_COLOR_OPTIONS = Members(
    (
        Field(
            "textLc",
            Leaf(("number",), minimum=0, maximum=100),
            "Least APCA contrast of running text; other text has 15 less",
            default="by mode",
            examples=(75, 90),
        ),
        Field(
            "chroma",
            Leaf(choices=("muted", "standard", "vivid")),
            "How colourful surfaces, borders and text are; solids are as the seed",
            default="standard",
        ),
        Field(
            "hueShift",
            Members(
                (
                    Field("light", _TURN, "Degrees at the light end", default="0", examples=(12,)),
                    Field("dark", _TURN, "Degrees at the dark end", default="0", examples=(-16,)),
                )
            ),
            "How far the hue of primary, accent and neutral turns towards the ends of the scale",
        ),
        Field(
            "neutralTint",
            Leaf(("number",), minimum=0, maximum=1),
            "Share of the primary's hue in the greys, where `neutral` is not given",
            default="derived from primary",
            examples=(0, 0.5),
        ),
    )
)

_PALETTES = Members(
    (
        Field("tones", Leaf(("boolean",)), "Tonal palettes: each seed at fixed lightness", default="false"),
        Field("data", Leaf(("boolean",)), "Colours of charts that every eye tells apart", default="false"),
        Field("gradient", Leaf(("boolean",)), "A gradient that carries text", default="false"),
    )
)

_SEEDS = Members(
    (
        Field("primary", _COLOR, "The brand's colour", examples=("#0b5fff",), is_required=True),
        Field("accent", _COLOR, "Second colour", default="derived from primary"),
        Field("neutral", _COLOR, "Grey, often tinted", default="derived from primary"),
        Field("success", _COLOR, "Success", default="a green"),
        Field("warning", _COLOR, "Warning", default="an amber"),
        Field("danger", _COLOR, "Danger", default="a red"),
        Field("info", _COLOR, "Information", default="a blue"),
        Field(
            "solid",
            Leaf(choices=("keep", "adjust")),
            "Whether buttons have exactly the seed, or one moved until contrast is comfortable",
            default="keep",
        ),
        Field("options", _COLOR_OPTIONS, "How scales are solved"),
        Field("palettes", _PALETTES, "Further colours, as tokens"),
    )
)

_SHAPE = Members(
    (
        Field("radius", DimensionValue(), "Corner radius", default="6px", examples=("6px", "0")),
        Field("border", DimensionValue(), "Width of lines", default="1px", examples=("1px",)),
        Field("shadow", Leaf(choices=("none", "soft", "strong")), "Depth", default="soft"),
        Field("density", Leaf(choices=("compact", "comfortable", "spacious")), "Spacing", default="comfortable"),
    )
)

_LOGOS = Members(
    (
        Field(
            "light", _PATH, "Logo on light ground, svg or png", examples=("logo.svg",), default="drawn from the name"
        ),
        Field("dark", _PATH, "Logo on dark ground, svg or png", default="logos.light"),
        Field("mark", _PATH, "Square mark for icons, svg or png", default="drawn from the first letter"),
    )
)

_PORTAL = Members(
    (
        Field(
            "sections",
            Listing(Leaf(max_length=60), 40),
            "Sections shown, by their folder in docs_src",
            default="all but handbook",
            examples=(["get-started", "guides", "payments"],),
        ),
        Field(
            "navigation",
            Listing(
                Members(
                    (
                        Field("title", _text(40), "Text of the link", examples=("Status",), is_required=True),
                        Field(
                            "url",
                            _URL,
                            "Where it leads: https, mailto or a path",
                            examples=("guides/",),
                            is_required=True,
                        ),
                    )
                ),
                12,
            ),
            "Extra links in the navigation",
        ),
        Field(
            "announcement",
            Members(
                (
                    Field("text", _text(160), "What it says", examples=("Instant payouts are here",), is_required=True),
                    Field("url", _URL, "Where it leads: https, mailto or a path"),
                )
            ),
            "Bar above the header",
        ),
        Field(
            "social",
            Listing(
                Members(
                    (
                        Field(
                            "kind",
                            Leaf(choices=SOCIAL_KINDS),
                            "Network, for its icon",
                            examples=("github",),
                            is_required=True,
                        ),
                        Field("url", _WEB_URL, "Page there", examples=("https://github.com/acme",), is_required=True),
                    )
                ),
                12,
            ),
            "Links in the footer",
        ),
    )
)

_API = Members(
    (
        Field("baseUrl", _WEB_URL, "Production base URL", default="https://api.<id>.example/v1"),
        Field("sandboxUrl", _WEB_URL, "Sandbox base URL", default="https://sandbox.<id>.example/v1"),
    )
)

_SDK = Members(
    (
        Field("client", _NAME, "Client class", default="from the name", examples=("Acme",)),
        Field(
            "typescript",
            Members((Field("package", _PACKAGE, "npm package", default="@<id>/sdk", examples=("@acme/sdk",)),)),
            "TypeScript",
        ),
        Field(
            "python",
            Members(
                (
                    Field("package", _PACKAGE, "Distribution", default="<id>-sdk", examples=("acme-sdk",)),
                    Field("module", _PACKAGE, "Import name", default="<id>", examples=("acme",)),
                )
            ),
            "Python",
        ),
        Field(
            "java",
            Members(
                (
                    Field("group", _PACKAGE, "Maven group", default="example.<id>", examples=("com.acme",)),
                    Field("artifact", _PACKAGE, "Maven artifact", default="<id>-sdk", examples=("acme-sdk",)),
                    Field("package", _PACKAGE, "Java package", default="<group>.sdk", examples=("com.acme.sdk",)),
                )
            ),
            "Java",
        ),
        Field(
            "go",
            Members(
                (
                    Field("module", _PACKAGE, "Module path", default="<id>.example/go", examples=("acme.example/go",)),
                    Field("package", _NAME, "Package name", default="<id>", examples=("acme",)),
                )
            ),
            "Go",
        ),
    )
)

_TARGETS = Named(Named(Leaf(max_length=200), 16), 64)  # names and settings are the registry's: the build knows them

LEVELS = ("off", "warning", "error")
_LINT = Named(Leaf(choices=LEVELS), 64)  # names are the rules'

BRAND = Members(
    (
        Field("$schema", Leaf(), "JSON Schema of this file, for editors"),
        Field("extends", _PATH, "Brand file whose fields this one inherits", examples=("../_shared/base.json",)),
        Field("name", _text(80), "What the brand is called", examples=("Acme",), is_required=True),
        Field("legalName", _text(120), "Name of the company", default="name", examples=("Acme Payments Ltd",)),
        Field("tagline", _text(160), "One line under the name", default="by locale: Developer portal"),
        Field("description", _text(400), "What search engines and cards show", default="from name and locale"),
        Field("version", Leaf(max_length=64, pattern=SEMVER), "Version of the bundle", default="1.0.0"),
        Field("locale", Leaf(choices=LOCALES), "Language of the portal", default="en"),
        Field("urls", _URLS, "Addresses"),
        Field("contact", _CONTACT, "How customers reach the brand"),
        Field("color", _SEEDS, "Seed colours", examples=({"primary": "#0b5fff"},), is_required=True),
        Field(
            "tokens",
            TokenTree(),
            "Design tokens of DTCG 2025.10, or files of them: overrides of the defaults, and new ones",
        ),
        Field("targets", _TARGETS, "More formats of the tokens, by name", examples=({"tailwind": {}},)),
        Field("lint", _LINT, "How severe rules of the lint are, by name", examples=({"small-text": "error"},)),
        Field("typography", _TYPOGRAPHY, "Families and sizes"),
        Field("shape", _SHAPE, "Corners, lines, depth and spacing"),
        Field("logos", _LOGOS, "Logo files, relative to this file"),
        Field("portal", _PORTAL, "What the portal shows"),
        Field("api", _API, "Base URLs of the API"),
        Field("sdk", _SDK, "Names in the SDKs"),
    )
)
