"""Brands, fonts and logo files for the tests and the benchmark of the assets. Only the fonts come from the disk."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from themekit.assets.font_packages import FontPackage, read_font_package
from themekit.assets.fonts import FontPlan, plan_fonts
from themekit.assets.lettering import Letterer
from themekit.assets.logos import LogoSet, read_logos
from themekit.engine.disk import installed_mounts
from themekit.model import Brand, BrandId, Color, Mode, ResolvedToken, ResolvedTokens, SourceFile, TokenId
from themekit.render.fonts import Typeface
from themekit.resolve.tokens import resolve_tokens
from themekit.source.brand import BrandInputs, parse_brand

WAVE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="24" fill="#12324a"/>'
    '<path d="M8 28c6-10 10-10 16 0s10 10 16 0v6c-6 10-10 10-16 0s-10-10-16 0z" fill="#7ad7c4"/></svg>'
)
NAVY_WORDMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 152 48"><style>.a{fill:#14213d}.b{fill:#fca311}</style>'
    '<path class="b" d="M0 24a24 24 0 0 1 48 0H24v24A24 24 0 0 1 0 24z"/>'
    '<path class="a" d="M64 12h8v24h-8zM80 12h22v8H88v2h12v6H88v8h-8zM110 12h8v24h-8zM126 12h26v8h-9v16h-8V20h-9z"/>'
    "</svg>"
)
BRANDS = {
    "violet": {
        "name": "Lumen Pay",
        "color": {"primary": "#5b21ff", "accent": "#ff5c8a"},
        "tagline": "Accept payments anywhere, settle the next day",
        "typography": {"families": {"heading": {"family": "Space Grotesk"}}},
        "shape": {"radius": "10px"},
    },
    "grey": {
        "name": "Harrow & Stone Clearing",
        "color": {"primary": "#5d6673"},
        "tagline": "Clearing and custody interfaces for institutions",
        "typography": {"families": {"heading": {"family": "Source Serif 4"}, "body": {"family": "IBM Plex Sans"}}},
        "shape": {"radius": "0px"},
    },
    "yellow": {
        "name": "Pingo",
        "color": {"primary": "#ffd60a", "accent": "#ff3d68"},
        "tagline": "Money for the two of you",
        "typography": {"families": {"heading": {"family": "Nunito"}, "body": {"family": "Nunito"}}},
        "shape": {"radius": "16px"},
    },
    "acme": {"name": "Acme", "color": {"primary": "#0b5fff"}},
    "zitrone": {
        "name": 'Zitrone & Söhne’s "Pay"',
        "color": {"primary": "#1f7a4d"},
        "locale": "de",
        "tagline": "Zahlungsabwicklungsschnittstellen für Großhändler",
    },
    "wave": {"name": "Wave", "color": {"primary": "#0f766e"}, "logos": {"mark": "mark.svg"}},
    "navy": {"name": "Fiit", "color": {"primary": "#14213d", "accent": "#fca311"}, "logos": {"light": "logo.svg"}},
    "long": {
        "name": "Genossenschaft der Zahlungsdienstleister Mitteleuropas eG",
        "color": {"primary": "#b3123c"},
        "tagline": (
            "One interface for card payments, transfers, direct debits, payouts, disputes and everything that a "
            "cooperative of forty banks promised their merchants"
        ),
    },
}
FILES = {"wave": {"mark.svg": WAVE}, "navy": {"logo.svg": NAVY_WORDMARK}}


@dataclass(frozen=True)
class Sample:
    brand: Brand
    tokens: ResolvedTokens
    files: tuple[SourceFile, ...]
    plan: FontPlan
    letterer: Letterer

    @property
    def logos(self) -> LogoSet:
        return read_logos(self.brand, self.tokens, files=self.files, letterer=self.letterer)[0]


def brand_of(
    brand_id: str, fields: dict, files: dict[str, str | bytes] | None = None
) -> tuple[Brand, tuple[SourceFile, ...]]:
    """A brand from the members of its brand.json, with files in its folder."""
    folder = PurePosixPath("brands", brand_id)
    contents = {folder / name: text.encode() if isinstance(text, str) else text for name, text in (files or {}).items()}
    text = json.dumps(fields).encode()

    def list_folder(path: PurePosixPath) -> tuple[str, ...]:
        return tuple(sorted({each.relative_to(path).parts[0] for each in contents if path in each.parents}))

    inputs = BrandInputs(contents.get, list_folder)
    brand, diagnostics = parse_brand(folder / "brand.json", text, brand_id=BrandId(brand_id), inputs=inputs)
    assert () == tuple(each.message for each in diagnostics if each.is_error)
    assert brand is not None
    return brand, tuple(SourceFile(path, content) for path, content in contents.items())


@cache
def sample(brand_id: str) -> Sample:
    brand, files = brand_of(brand_id, BRANDS[brand_id], FILES.get(brand_id))
    return sample_of(brand, files)


def sample_of(brand: Brand, files: tuple[SourceFile, ...] = ()) -> Sample:
    tokens, _ = resolve_tokens(brand)
    assert tokens is not None
    plan, _ = plan_fonts(brand, packages())
    heading = tuple(Typeface(read(lettering.source), lettering.weight) for lettering in plan.heading)
    body = tuple(Typeface(read(lettering.source), lettering.weight) for lettering in plan.body)
    return Sample(brand, tokens, files, plan, Letterer(heading, body))


@cache
def packages() -> tuple[FontPackage, ...]:
    slugs = sorted({mount.split("/")[1] for mount in installed_mounts() if mount.startswith("@fonts/")})
    return tuple(read_font_package(slug, read(PurePosixPath("@fonts", slug, "metadata.json"))) for slug in slugs)


@cache
def read(name: PurePosixPath | str) -> bytes:
    path = PurePosixPath(name)
    mounts = installed_mounts()
    mount = max(
        (mount for mount in mounts if path == PurePosixPath(mount) or PurePosixPath(mount) in path.parents), key=len
    )
    return Path(mounts[mount], *path.parts[len(PurePosixPath(mount).parts) :]).read_bytes()


FIXED = {
    "color.page": ("#ffffff", "#101114"),
    "color.text": ("#1c1c20", "#ececf0"),
    "color.text-muted": ("#5a5a63", "#a8a8b3"),
    "color.header": ("#0b5fff", "#0b5fff"),
    "color.header-text": ("#ffffff", "#ffffff"),
    "color.header-text-muted": ("#e6eeff", "#e6eeff"),
    "color.primary.9": ("#0b5fff", "#0b5fff"),
    "color.primary.10": ("#0050e0", "#3a7dff"),
    "color.primary.on": ("#ffffff", "#ffffff"),
    "color.primary.edge": ("#0b5fff", "#3f6fd0"),
    "color.accent.9": ("#9a35c8", "#9a35c8"),
}


def fixed_tokens(**changes: tuple[str, str]) -> ResolvedTokens:
    """The colours that pictures use, light and dark, by hand: goldens must not follow the solving of scales.

    `changes` name tokens with `_` for `.` and for `-`.
    """
    given = {
        name: changes.get(name.removeprefix("color.").replace(".", "_").replace("-", "_"), pair)
        for name, pair in FIXED.items()
    }
    modes = (Mode.LIGHT, Mode.DARK)
    tokens = tuple(
        ResolvedToken(TokenId(name), "color", tuple(srgb(text) for text in pair), (None, None))
        for name, pair in given.items()
    )
    return ResolvedTokens(tokens, modes)


def srgb(text: str) -> Color:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return Color("srgb", (red / 255, green / 255, blue / 255))
