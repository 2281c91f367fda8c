"""The words of a brand's page of downloads, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"

_WORDS = {
    ENGLISH: {
        "downloads": "Downloads",
        "lead": "The portal of {title}, ready to be hosted.",
        "newest-is": "The newest version is {version}.",
        "versions": "Versions",
        "newest": "newest",
        "withdrawn": "withdrawn",
        "as-tape": "{version} as .tar.zst",
        "download": "Download {name}",
        "do-not-take": "Do not take this version:",
        "size": "Size",
        "signature": "Signature",
        "provenance": "Provenance",
        "patch": "Patch from {version}",
        "nothing": "Nothing has been published yet.",
        "programs": "lists the same for programs.",
        "verify": "Verify what you fetched",
        "with-themekit": "With themekit, which checks every file in the bundle too:",
        "without": "Without it:",
        "key": "is the public key that you were given by other means than this page: whoever could change the page "
        "could change a key on it.",
        "bytes": "bytes",
    },
    "de": {
        "downloads": "Downloads",
        "lead": "Das Portal von {title}, bereit zum Veröffentlichen.",
        "newest-is": "Die neueste Version ist {version}.",
        "versions": "Versionen",
        "newest": "neueste",
        "withdrawn": "zurückgezogen",
        "as-tape": "{version} als .tar.zst",
        "download": "{name} herunterladen",
        "do-not-take": "Diese Version nicht verwenden:",
        "size": "Größe",
        "signature": "Signatur",
        "provenance": "Herkunftsnachweis",
        "patch": "Patch von {version}",
        "nothing": "Noch ist nichts veröffentlicht.",
        "programs": "enthält dasselbe für Programme.",
        "verify": "Den Download prüfen",
        "with-themekit": "Mit themekit, das auch jede Datei im Paket prüft:",
        "without": "Ohne themekit:",
        "key": "ist der öffentliche Schlüssel, den Sie auf anderem Weg als über diese Seite erhalten haben: Wer die "
        "Seite ändern könnte, könnte auch einen Schlüssel auf ihr ändern.",
        "bytes": "Bytes",
    },
}
_MARKS = {"de": str.maketrans(",.", ".,")}


def words_of(locale: str) -> Mapping[str, str]:
    """The words in this language, or in English where there are none."""
    return _WORDS.get(locale, _WORDS[ENGLISH])


def language_of(locale: str) -> str:
    """The language that `words_of` gives."""
    return locale if locale in _WORDS else ENGLISH


def shown_size(size: int, locale: str) -> str:
    """For people: `1.3 MB (1,298,600 bytes)`."""
    known, marks = words_of(locale), _MARKS.get(locale, {})
    whole = f"{size:,}".translate(marks)
    for unit, factor in (("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{f'{size / factor:.1f}'.translate(marks)} {unit} ({whole} {known['bytes']})"
    return f"{whole} {known['bytes']}"
