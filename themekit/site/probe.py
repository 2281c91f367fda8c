"""Probes: values that stand for a brand's while a variant is rendered, and tell by their look what was done to them.

A probe holds every sort of character that some escaping changes: `&`, both quotes, a letter outside ASCII, a capital,
digits, what Markdown reads, and spaces where its kind has them. Values are inert, so even an identifier's probe may
hold quotes. It also holds a salt that occurs nowhere else. Two sets differ in every character class and in length, so
that whatever is derived from a value (a first letter, a length) differs as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.site.fields import ANNOUNCED_PAGE, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.site.fields import FieldKind
    from themekit.site.variant import Variant


@dataclass(frozen=True, slots=True)
class ProbeSet:
    """Salt and shapes of one set of probes. In a shape, `@@` is the place of the salt with the field's number."""

    salt: str
    shapes: tuple[tuple[FieldKind, str], ...]

    def core(self, number: int) -> str:
        """The salt of one field; no core is the beginning of another."""
        return f"{self.salt}{number:03}x"

    def value(self, kind: FieldKind, number: int) -> str:
        """The probe for a field of this kind. Raises KeyError for `locale`, which is structure and never probed."""
        return dict(self.shapes)[kind].replace("@@", self.core(number))


FIRST = ProbeSet(
    "Qz7Kv9Wp",
    (
        ("text", '\ue0a1Zoë & l\'@@ "Ünï" *a_ `b\\ ~~~ [c](d)  Co\ue0a2'),
        ("url", "https://ho-@@.example/Pfä&d's\"/`~~~/@@/"),
        ("email", "O'ne&il+é`~~~\"@@@ex-ample.example"),
        ("identifier", "@Kx-@@/a.B_1&ö`~~~'\""),
        ("version", "41.7.3-@@+bÖ&`~~~'\""),
    ),
)
SECOND = ProbeSet(
    "Jt4Hb8Rm",
    (
        ("text", '\ue0b3Æther\'s "@@" &  Straße ~~~ [Ñ](andú) \\_`*  GmbH\ue0b4'),
        ("url", "https://a.b-@@.example/Çà&l'x/~~~`\"Longer/@@/"),
        ("email", "Y&va'n.ï~~~`\"@@+tag@longer.ex-ample.example"),
        ("identifier", "@Longer.X-@@\"/b_C.2/q'&~~~`Å"),
        ("version", "9.88.1023-@@+Build&~~~`'\"ñ"),
    ),
)


def probe_fields(names: Iterable[str], probes: ProbeSet, *, locale: str) -> dict[str, str]:
    """A probe for each field; the locale is itself, as it decides structure."""
    return {
        name: locale if kind_of(name) == "locale" else probes.value(kind_of(name), number)
        for number, name in enumerate(names)
    }


def slot_names(variant: Variant) -> tuple[str, ...]:
    """The fields that a site of this variant may show, in the order that numbers the probes."""
    links = [f"portal.navigation.{index}.{part}" for index in range(variant.navigation) for part in ("title", "url")]
    social = [f"portal.social.{index}.url" for index in range(len(variant.social))]
    announced = (ANNOUNCED_PAGE,) if variant.announces_page else ()
    return (*variant.present, *announced, *links, *social)
