"""A brand's page of downloads: its versions with sizes, digests and what changed, in the brand's own colours."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import themekit
from themekit.publish.listing import Release, version_key
from themekit.publish.wording import language_of, shown_size, words_of
from themekit.render.templates import render_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.publish.listing import Listing

TEMPLATES = Path(themekit.__file__).parent / "data" / "templates"
TOKENS, LOGO_LIGHT, LOGO_DARK = "theme/tokens.min.css", "assets/logo-light.svg", "assets/logo-dark.svg"
LOOK = (TOKENS, LOGO_LIGHT, LOGO_DARK)
"""The files of a bundle that the page takes its looks from."""
_ROLES = {
    "text": ("color-text", "#1b1c20"),
    "muted": ("color-text-muted", "#4b4f58"),
    "page": ("color-page", "#fff"),
    "surface": ("color-surface", "#f6f7f9"),
    "border": ("color-border", "#c9ccd3"),
    "link": ("color-link", "#0b4bd0"),
    "focus": ("color-focus", "#0b4bd0"),
    "solid": ("color-primary-solid", "#0b4bd0"),
    "on-solid": ("color-primary-on", "#fff"),
    "radius": ("radius-m", "6px"),
    "body": ("font-family-body", "system-ui, sans-serif"),
    "heading": ("font-family-heading", "system-ui, sans-serif"),
    "mono": ("font-family-code", "ui-monospace, monospace"),
}
_PREFIX = re.compile(r"--([a-z][a-z0-9-]*?)-color-page\s*:")
_DARK = {"text": "#eceef2", "muted": "#b4b8c2", "page": "#101114", "surface": "#181a1f", "border": "#3a3e48",
         "link": "#8fb4ff", "focus": "#8fb4ff", "solid": "#8fb4ff", "on-solid": "#101114"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a bundle has of its brand: LOOK by path, for those that are in it."""

    files: Mapping[str, bytes]


def page_files(listing: Listing, look: Look) -> dict[str, tuple[bytes, str]]:
    """`index.html`, and the files that it needs under names by their content; each with its media type."""
    style = _style(look.files.get(TOKENS, b"").decode("utf-8", "replace"))
    files = {_named("style", style, "css"): (style, "text/css; charset=utf-8")}
    logos = [look.files.get(path) for path in (LOGO_LIGHT, LOGO_DARK)]
    names = ["", ""]
    if all(logos):
        names = [_named("logo", logo or b"", "svg") for logo in logos]
        files |= {name: (logo or b"", "image/svg+xml") for name, logo in zip(names, logos, strict=True)}
    newest = listing.newest() or listing.newest(ending="")
    ordered = sorted(listing.releases, key=lambda each: version_key(each.version), reverse=True)
    locale, words = language_of(listing.locale), words_of(listing.locale)
    shown = [_shown(each, number, locale=locale, is_newest=each is newest) for number, each in enumerate(ordered)]
    values = {
        "title": listing.title,
        "locale": locale,
        "word": words,
        "lead": words["lead"].format(title=listing.title),
        "newest_is": words["newest-is"].format(version=newest.version) if newest else "",
        "style": next(iter(files)),
        "logo_light": names[0],
        "logo_dark": names[1],
        "releases": shown,
        "example": _shown(newest, 0, locale=locale, is_newest=True) if newest else None,
    }
    own = ("downloads.html", "downloads-verify.html")
    templates = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in own}
    html = render_template(templates, "downloads.html", values=values)
    return {"index.html": (html.encode(), "text/html; charset=utf-8"), **files}


def _style(tokens: str) -> bytes:
    """The brand's tokens, then the page's rules, which know them by names of roles."""
    prefix = _PREFIX.search(tokens)
    if prefix:
        of = {role: f"var(--{prefix[1]}-{name}, {fallback})" for role, (name, fallback) in _ROLES.items()}
        dark = ""
    else:
        of, tokens = {role: fallback for role, (_, fallback) in _ROLES.items()}, ""
        dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {_declared(_DARK)} }} }}\n"
    rules = (TEMPLATES / "downloads.css").read_text(encoding="utf-8")
    return f"{tokens}\n:root {{ color-scheme: light dark; {_declared(of)} }}\n{dark}{rules}".encode()


def _declared(values: Mapping[str, str]) -> str:
    return " ".join(f"--{role}: {value};" for role, value in values.items())


def _named(stem: str, content: bytes, ending: str) -> str:
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


def _shown(release: Release, number: int, *, locale: str, is_newest: bool) -> dict[str, object]:
    is_tape, words = not release.file.name.endswith(".zip"), words_of(locale)
    marks = ["newest"] * is_newest + ["yanked"] * bool(release.yanked)
    return {
        "id": f"release-{number}",
        "heading": words["as-tape"].format(version=release.version) if is_tape else release.version,
        "name": release.file.name,
        "download": words["download"].format(name=release.file.name),
        "size": shown_size(release.file.size, locale),
        "sha256": release.file.sha256,
        "signature": release.signature.name if release.signature else "",
        "provenance": release.provenance.name if release.provenance else "",
        "patches": [
            {
                "name": each.file.name,
                "label": words["patch"].format(version=each.version),
                "size": shown_size(each.file.size, locale),
            }
            for each in release.patches
        ],
        "changes": release.changes,
        "yanked": release.yanked,
        "is_newest": is_newest,
        "marks": " ".join(marks),
    }
