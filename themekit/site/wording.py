"""The portal's own words, by language: what templates say and pages do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = ("en", "de")

_ENGLISH = {
    "light": "Switch to light mode",
    "dark": "Switch to dark mode",
    "contrast": "Switch to high contrast",
    "appearance": "Appearance",
    "home": "Home",
    "menu": "Open navigation",
    "close-menu": "Close navigation",
    "search": "Open search",
    "close-search": "Close search",
    "results": "Search results",
    "expand": "Show or hide the pages below",
    "announcement": "Announcement",
    "more": "Read more",
    "legal": "Legal and support",
    "support": "Support",
    "status": "Status",
    "terms": "Terms",
    "privacy": "Privacy",
    "repository": "Source code",
    "email": "E-mail",
    "elsewhere": "Elsewhere",
    "not-found": "Page not found",
    "not-found-text": "The page may have moved, or the address has a typing error.",
    "to-home": "Go to the start page",
    "to-search": "Search the portal",
    "new-window": "opens in a new window",
    "full-text": "Full text of all pages",
    "tags": "Tags",
}

_GERMAN = {
    "light": "Zum hellen Modus wechseln",
    "dark": "Zum dunklen Modus wechseln",
    "contrast": "Zum hohen Kontrast wechseln",
    "appearance": "Darstellung",
    "home": "Start",
    "menu": "Navigation öffnen",
    "close-menu": "Navigation schließen",
    "search": "Suche öffnen",
    "close-search": "Suche schließen",
    "results": "Suchergebnisse",
    "expand": "Seiten darunter ein- oder ausblenden",
    "announcement": "Ankündigung",
    "more": "Mehr erfahren",
    "legal": "Rechtliches und Hilfe",
    "support": "Hilfe",
    "status": "Status",
    "terms": "Nutzungsbedingungen",
    "privacy": "Datenschutz",
    "repository": "Quellcode",
    "email": "E-Mail",
    "elsewhere": "Anderswo",
    "not-found": "Seite nicht gefunden",
    "not-found-text": "Die Seite wurde verschoben, oder die Adresse enthält einen Tippfehler.",
    "to-home": "Zur Startseite",
    "to-search": "Das Portal durchsuchen",
    "new-window": "öffnet ein neues Fenster",
    "full-text": "Volltext aller Seiten",
    "tags": "Schlagwörter",
}

_SECTIONS_GERMAN = {
    "Home": "Start",
    "Get started": "Erste Schritte",
    "Payments": "Zahlungen",
    "Payouts": "Auszahlungen",
    "Disputes": "Streitfälle",
    "Guides": "Anleitungen",
    "SDKs": "SDKs",
    "Samples": "Beispiele",
    "Resources": "Ressourcen",
    "Handbook": "Handbuch",
    "Diagnostics": "Diagnosen",
    "Contributing": "Mitarbeit",
    "Decisions": "Entscheidungen",
}

_KINDS = {
    "github": ("GitHub", "fontawesome/brands/github"),
    "gitlab": ("GitLab", "fontawesome/brands/gitlab"),
    "linkedin": ("LinkedIn", "fontawesome/brands/linkedin"),
    "mastodon": ("Mastodon", "fontawesome/brands/mastodon"),
    "bluesky": ("Bluesky", "fontawesome/brands/bluesky"),
    "x": ("X", "fontawesome/brands/x-twitter"),
    "twitter": ("X", "fontawesome/brands/x-twitter"),
    "youtube": ("YouTube", "fontawesome/brands/youtube"),
    "discord": ("Discord", "fontawesome/brands/discord"),
    "slack": ("Slack", "fontawesome/brands/slack"),
    "stackoverflow": ("Stack Overflow", "fontawesome/brands/stack-overflow"),
    "facebook": ("Facebook", "fontawesome/brands/facebook"),
    "instagram": ("Instagram", "fontawesome/brands/instagram"),
    "npm": ("npm", "fontawesome/brands/npm"),
    "rss": ("RSS", "material/rss"),
    "blog": ("Blog", "material/post-outline"),
    "forum": ("Forum", "material/forum-outline"),
    "email": ("E-mail", "material/email-outline"),
}


def wording(locale: str) -> Mapping[str, str]:
    """The words of a language; English for one that has none."""
    return _GERMAN if locale == "de" else _ENGLISH


def section_title(title: str, locale: str) -> str:
    """A navigation title of mkdocs.yml in the given language; unknown titles stay as they are."""
    return _SECTIONS_GERMAN.get(title, title) if locale == "de" else title


def social_kind(kind: str) -> tuple[str, str]:
    """Name and Material icon of a kind of social link."""
    return _KINDS.get(kind.lower(), (kind, "material/link-variant"))
