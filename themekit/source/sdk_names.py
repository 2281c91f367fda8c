"""Names in four languages and their package registries: which are legal, and good ones made from a brand's name."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.codes import INVALID_SDK_NAME
from themekit.source.reserved_words import CLASS_WORDS, GO_WORDS, JAVA_WORDS, NPM_TAKEN, PYTHON_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.source.node import Item

    Fault = Callable[[str], str | None]

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
_OTHER = str.maketrans({"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d"})
_APOSTROPHES = str.maketrans("", "", "'’‘`´")

_NPM_PART = r"[a-z0-9][a-z0-9._-]*"
_NPM = re.compile(rf"(@{_NPM_PART}/)?{_NPM_PART}")
_PYPI = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MAVEN = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_GO_PART = re.compile(r"[A-Za-z0-9_~-]([A-Za-z0-9._~-]*[A-Za-z0-9_~-])?")
_GO_PACKAGE = re.compile(r"[a-z][a-z0-9_]*")
_CLIENT = re.compile(r"[A-Z][A-Za-z0-9]*")


def sdk_name(item: Item | None, fault_of: Fault) -> str | None:
    """The name as written, if `fault_of` (one of the functions below) finds nothing wrong with it."""
    name = None if item is None else item.text()
    if item is None or name is None:
        return None
    fault = fault_of(name)
    if fault is None:
        return name
    item.report(INVALID_SDK_NAME, f"{item.name}: {quoted(name)} {fault}")
    return None


def client_fault(name: str) -> str | None:
    """Client class, the same in all languages: PascalCase of ASCII letters and digits."""
    if not _CLIENT.fullmatch(name):
        return "is no class name: write a capital letter, then letters and digits"
    return "is a name the languages use themselves" if name in CLASS_WORDS else None


def npm_fault(name: str) -> str | None:
    """Npm package. Source: npm, validate-npm-package-name, rules for new packages."""
    if not _NPM.fullmatch(name):
        return "is no npm package name: lower-case letters, digits, `.`, `_` and `-`, optionally `@scope/` first"
    return "is a module of Node.js itself" if name in NPM_TAKEN else None


def pypi_fault(name: str) -> str | None:
    """Distribution name. Source: PyPA, "Names and normalization"."""
    if not _PYPI.fullmatch(name):
        return "is no distribution name: letters, digits, `.`, `_` and `-`, with a letter or digit at both ends"
    return None


def python_module_fault(name: str) -> str | None:
    """Importable dotted name."""
    first = name.partition(".")[0]
    if first in sys.stdlib_module_names:
        return f"would hide the module `{first}` of Python's standard library, or be hidden by it"
    return _dotted_fault(name, "Python", PYTHON_WORDS)


def maven_fault(name: str) -> str | None:
    """Maven group or artifact. Source: Maven, "Guide to naming conventions", and its id pattern."""
    if not _MAVEN.fullmatch(name) or ".." in name:
        return "is no Maven id: letters, digits, `_`, `-` and `.`, with no dot at an end"
    return None


def java_package_fault(name: str) -> str | None:
    """Java package. Source: Java Language Specification, sections 3.9 and 6.1."""
    if name.partition(".")[0] == "java":
        return "starts with `java`, which no Java loads from a library"
    return _dotted_fault(name, "Java", JAVA_WORDS)


def go_module_fault(name: str) -> str | None:
    """Go module path that `go get` can find. Source: golang.org/x/mod/module, CheckPath."""
    parts = name.split("/")
    bad = next((part for part in parts if not _GO_PART.fullmatch(part)), None)
    if bad is not None:
        return f"is no Go module path: {quoted(bad)} is not one of its parts" if bad else "has an empty part"
    if "." not in parts[0] or parts[0] != parts[0].lower() or parts[0].startswith("-"):
        return "is no Go module path: it starts with a host name, as in `acme.example/go`"
    return None


def go_package_fault(name: str) -> str | None:
    """Go package name. Source: Effective Go, "Package names", and the Go specification, "Keywords"."""
    if not _GO_PACKAGE.fullmatch(name):
        return "is no Go package name: lower-case letters, digits and `_`"
    return "is a word with a meaning of its own in Go" if name in GO_WORDS else None


def _dotted_fault(name: str, language: str, words: frozenset[str]) -> str | None:
    for part in name.split("."):
        if not _IDENTIFIER.fullmatch(part):
            return f"is no {language} name: {quoted(part)} is not an identifier" if part else "has an empty part"
        if part in words:
            return f"holds `{part}`, a reserved word of {language}"
    return None


def transliterated(text: str) -> str:
    """The text in ASCII: German letters as Germans do (`ö` is `oe`), other accents dropped, the rest left out."""
    folded = unicodedata.normalize("NFC", text).translate(_GERMAN).translate(_OTHER)
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()


def client_from(name: str, brand_id: str) -> str:
    """A client class from the brand's name, or from its id if the name has no usable letter.

    "Bolt & Söhne" gives `BoltSoehne`, "ACME's Pay" gives `ACMEsPay`, "東京" gives the id's words.
    """
    for source in (name, brand_id):
        words = re.findall(r"[A-Za-z0-9]+", transliterated(source).translate(_APOSTROPHES))
        client = "".join(word[0].upper() + word[1:] for word in words)[:60]
        if client and client[0].isdigit():
            client = f"Api{client}"
        if client:
            return f"{client}Client" if client in CLASS_WORDS else client
    return "ApiClient"


def identifier_from(brand_id: str) -> str:
    """A lower-case identifier that is legal in Python, Java and Go, from a brand id: `bolt-pay` gives `boltpay`."""
    name = re.sub(r"[^a-z0-9]", "", brand_id.lower())
    if not name or name[0].isdigit():
        name = f"api{name}"
    is_taken = name in GO_WORDS | JAVA_WORDS | PYTHON_WORDS | sys.stdlib_module_names
    return f"{name}sdk" if is_taken else name


def java_package_from(group: str, word: str) -> str:
    """The Maven group as a Java package, or `example.<word>` if it is none: a group may hold hyphens, a package not."""
    name = group.replace("-", "_")
    return name if java_package_fault(name) is None else f"example.{word}"
