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
    "product": "Developers",
    "home": "Home",
    "search": "Search",
    "tags": "Tags",
    "permalink": "Permanent link",
    "footnote": "Jump back to footnote {number} in the text",
    "done": "Done",
    "to-do": "To do",
    "more": "Read more",
    "legal": "Legal and support",
    "support": "Support",
    "status": "Status",
    "terms": "Terms",
    "privacy": "Privacy",
    "repository": "Source code",
    "elsewhere": "Elsewhere",
    "not-found": "Page not found",
    "not-found-text": "The page may have moved, or the address has a typing error.",
    "to-home": "Go to the start page",
    "full-text": "Full text of all pages",
}

_GERMAN = {
    "light": "Zum hellen Modus wechseln",
    "dark": "Zum dunklen Modus wechseln",
    "contrast": "Zum hohen Kontrast wechseln",
    "product": "Entwickler",
    "home": "Start",
    "search": "Suche",
    "tags": "Schlagwörter",
    "permalink": "Link zu diesem Abschnitt",
    "footnote": "Zurück zu Fußnote {number} im Text",
    "done": "Erledigt",
    "to-do": "Offen",
    "more": "Mehr erfahren",
    "legal": "Rechtliches und Hilfe",
    "support": "Hilfe",
    "status": "Status",
    "terms": "Nutzungsbedingungen",
    "privacy": "Datenschutz",
    "repository": "Quellcode",
    "elsewhere": "Anderswo",
    "not-found": "Seite nicht gefunden",
    "not-found-text": "Die Seite wurde verschoben, oder die Adresse enthält einen Tippfehler.",
    "to-home": "Zur Startseite",
    "full-text": "Volltext aller Seiten",
}

_SECTIONS_GERMAN = {
    "Home": "Start",
    "Get started": "Erste Schritte",
    "Payments": "Zahlungen",
    "Payouts": "Auszahlungen",
    "Disputes": "Anfechtungen",
    "Guides": "Anleitungen",
    "SDKs": "SDKs",
    "Samples": "Beispiele",
    "Resources": "Ressourcen",
    "Handbook": "Handbuch",
    "Reference": "Referenz",
    "API reference": "API-Referenz",
    "Operations and types": "Operationen und Typen",
    "Types": "Typen",
    "Changes": "Änderungen",
    "Diagnostics": "Diagnosen",
    "Contributing": "Mitarbeit",
    "Decisions": "Entscheidungen",
}

_KINDS = {
    "bluesky": ("Bluesky", "fontawesome/brands/bluesky"),
    "discord": ("Discord", "fontawesome/brands/discord"),
    "github": ("GitHub", "fontawesome/brands/github"),
    "gitlab": ("GitLab", "fontawesome/brands/gitlab"),
    "instagram": ("Instagram", "fontawesome/brands/instagram"),
    "linkedin": ("LinkedIn", "fontawesome/brands/linkedin"),
    "mastodon": ("Mastodon", "fontawesome/brands/mastodon"),
    "medium": ("Medium", "fontawesome/brands/medium"),
    "reddit": ("Reddit", "fontawesome/brands/reddit"),
    "slack": ("Slack", "fontawesome/brands/slack"),
    "stack-overflow": ("Stack Overflow", "fontawesome/brands/stack-overflow"),
    "x": ("X", "fontawesome/brands/x-twitter"),
    "xing": ("Xing", "fontawesome/brands/xing"),
    "youtube": ("YouTube", "fontawesome/brands/youtube"),
}
"""The kinds that brand.json allows, with their names and icons."""


def wording(locale: str) -> Mapping[str, str]:
    """The words of a language; English for one that has none."""
    return _GERMAN if locale == "de" else _ENGLISH


def section_title(title: str, locale: str) -> str:
    """A navigation title of mkdocs.yml in the given language; unknown titles stay as they are."""
    return _SECTIONS_GERMAN.get(title, title) if locale == "de" else title


def social_kind(kind: str) -> tuple[str, str]:
    """Name and Material icon of a kind of social link."""
    return _KINDS[kind]
