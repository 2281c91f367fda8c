"""Where a colour comes from: the declaration that won, followed through custom properties up to the theme's tokens.

Source: Chrome DevTools Protocol, `CSS.getMatchedStylesForNode`. It lists what matched in the order of the cascade, the
strongest last, and then the same for each ancestor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page

MAX_DEPTH = 12  # of properties that refer to one another
MAX_VALUE = 200
OWN = "is-own"  # our mark on the style that stands in the element itself
INHERITS = {"inherit", "unset", "revert", "revert-layer", "initial", ""}
_VAR = re.compile(r"var\(\s*(--[^\s,)]+)")

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Paint:
    """What gave a colour: its text as written, where, and the properties of the theme that it led to, in order."""

    written: str
    where: str
    properties: tuple[str, ...] = ()


@dataclass  # without slots: Playwright keeps what it knows of a listener on the listener's object
class Cascade:
    """The styles of one open page. It answers for the mode that the page is in when it is asked."""

    page: Page
    prefix: str
    _session: CDPSession | None = None
    _sheets: dict[str, str] = field(default_factory=dict)

    def paint(self, selector: str, names: tuple[str, ...], *, inherited: bool) -> Paint | None:
        """What gives an element the first of these properties that is declared; None if nothing does."""
        levels = self._levels(selector)
        for name in names:
            for level in levels if inherited else levels[:1]:
                found = _winner(level, name)
                if found and found[0] not in INHERITS:
                    written, where = found[0], self._where(found[1])
                    properties = tuple(dict.fromkeys(self._tokens(written, levels, MAX_DEPTH)))
                    return Paint(written[:MAX_VALUE], where, properties)
        return None

    def _tokens(self, value: str, levels: list[list[Json]], depth: int) -> Iterator[str]:
        """The properties with our prefix that a value leads to."""
        for name in _VAR.findall(value):
            if name.startswith(f"--{self.prefix}-"):
                yield name
                continue
            declared = next((found for level in levels if (found := _winner(level, name))), None)
            if declared and depth:
                yield from self._tokens(declared[0], levels, depth - 1)

    def _levels(self, selector: str) -> list[list[Json]]:
        """The declaring styles of the element, and of each ancestor, the weakest first."""
        session = self._opened()
        root = cast("Json", session.send("DOM.getDocument", {"depth": 0})["root"])
        node = session.send("DOM.querySelector", {"nodeId": root["nodeId"], "selector": selector})["nodeId"]
        if not node:
            return []
        matched = session.send("CSS.getMatchedStylesForNode", {"nodeId": node})
        return [_styles(matched), *(_styles(each) for each in matched.get("inherited", []))]

    def _opened(self) -> CDPSession:
        if self._session is None:
            self._session = self.page.context.new_cdp_session(self.page)
            self._session.on("CSS.styleSheetAdded", self._note)
            self._session.send("DOM.enable")
            self._session.send("CSS.enable")
        return self._session

    def _note(self, event: Json) -> None:
        header = cast("Json", event["header"])
        self._sheets[str(header["styleSheetId"])] = str(header.get("sourceURL", ""))

    def _where(self, style: Json) -> str:
        """The element itself, or sheet and line."""
        if style.get(OWN):
            return "the element's own `style`"
        sheet = self._sheets.get(str(style.get("styleSheetId")), "")
        path = sheet.partition("/site/")[2]
        if not path:
            return "a style of the page"
        line = cast("dict[str, int]", style.get("range", {})).get("startLine", 0) + 1
        return f"`{path}`, line {line}"


def _styles(matched: Json) -> list[Json]:
    rules = cast("list[Json]", matched.get("matchedCSSRules") or [])
    styles = [cast("Json", cast("Json", rule["rule"])["style"]) for rule in rules]
    own = [cast("Json", matched[name]) for name in ("attributesStyle", "inlineStyle") if matched.get(name)]
    return styles + [{**style, OWN: True} for style in own]


def _winner(level: list[Json], name: str) -> tuple[str, Json] | None:
    """The value that wins among an element's own declarations, and the style it stands in."""
    found: tuple[str, Json] | None = None
    is_important = False
    for style in level:
        for declared in cast("list[Json]", style.get("cssProperties") or []):
            if declared.get("name") != name or declared.get("disabled") or declared.get("parsedOk") is False:
                continue
            important = bool(declared.get("important"))
            if important or not is_important:
                found, is_important = (
                    (str(declared.get("value", "")).removesuffix("!important").strip(), style),
                    important,
                )
    return found
