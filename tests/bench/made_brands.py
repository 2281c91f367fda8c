"""Any number of brands: names that break naive builds, logos of some, and as many variants as asked for."""

from __future__ import annotations

import colorsys
import json
import random
from pathlib import PurePosixPath

NAMES = (
    "Acme",
    "Zitrone & Söhne’s “Pay”",
    'O\'Brien "Direct" Payments',
    "A",
    "Crème Brûlée Paiements",
    "Under_score *star* Bank",
    "{{ curly }} & Co",
    "Żółta Łódź Płatności",
    "100 % Sure | Pay",
    "The Very Long Name of a Company That Was Never Asked to Be Brief, Inc.",
    "Ελληνικές Πληρωμές",
    "Дружба Платежи",
)
"""Every brand has one of them and its number. The last two need glyphs that others do not."""
LOGO_OF = 3  # every third brand brings a logo, the others get one drawn
MAX_VARIANTS = 6


def brand_files(count: int, *, variants: int = 1, seed: int = 1) -> dict[PurePosixPath, bytes]:
    """brands/*/brand.json and logos. Raises ValueError for more than MAX_VARIANTS variants."""
    if not 1 <= variants <= MAX_VARIANTS:
        raise ValueError(f"{variants} variants, but there are 1 to {MAX_VARIANTS}")
    chance = random.Random(seed)
    files: dict[PurePosixPath, bytes] = {}
    for number in range(count):
        folder = PurePosixPath("brands", f"brand-{number:05}")
        color = _color(chance)
        fields = _fields(number, color) | _structure(number % variants, number)
        if number % LOGO_OF == 0:
            fields["logos"] = {"light": "logo.svg"}
            files[folder / "logo.svg"] = _logo(chance, color)
        files[folder / "brand.json"] = json.dumps(fields, indent=2, ensure_ascii=False).encode()
    return files


def _fields(number: int, color: str) -> dict[str, object]:
    """What brands of every variant have; the addresses are of a host or of a folder on one."""
    site = f"https://brand-{number}.example/" + ("docs/" if number % 2 else "")
    return {
        "name": f"{NAMES[number % len(NAMES)]} {number}",
        "tagline": f"Payments no. {number}, “simple” & safe",
        "description": f"What developers need to take payments with brand {number}: quickstart, guides & reference.",
        "version": f"1.{number % 10}.{number % 7}",
        "urls": {"site": site, "home": f"https://www.brand-{number}.example/", "support": f"{site}help"},
        "contact": {"email": f"dev@brand-{number}.example"},
        "color": {"primary": color},
    }


def _structure(variant: int, number: int) -> dict[str, object]:
    """What makes it another variant: language, links, announcement, social links."""
    return (
        {},
        {"locale": "de"},
        {"portal": {"announcement": {"text": f"News of brand {number}"}}},
        {"portal": {"navigation": [{"title": "Dashboard", "url": f"https://app.brand-{number}.example/"}]}},
        {"portal": {"social": [{"kind": "github", "url": f"https://github.com/brand-{number}"}]}},
        {"portal": {"sections": ["get-started", "guides"]}},
    )[variant]


def _color(chance: random.Random) -> str:
    red, green, blue = colorsys.hls_to_rgb(chance.random(), 0.3 + 0.4 * chance.random(), 0.4 + 0.6 * chance.random())
    return f"#{int(255 * red):02x}{int(255 * green):02x}{int(255 * blue):02x}"


def _logo(chance: random.Random, color: str) -> bytes:
    points = " ".join(f"{int(48 * chance.random())},{int(48 * chance.random())}" for _ in range(5))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 48"><polygon fill="{color}" points="{points}"/>'
        f'<circle fill="{color}" cx="84" cy="24" r="{8 + int(12 * chance.random())}"/></svg>'
    ).encode()
