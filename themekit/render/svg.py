"""A brand's SVG made safe: parsed by expat under limits, rebuilt from allow-lists, written anew.

Refused with `invalid-svg`: what is no SVG, a DTD with declarations, more than the limits below, a picture without a
usable size, a reference to itself. Removed with an `unsafe-svg` warning: all else that is not on the lists. What draws
nothing (comments, metadata, notes of drawing tools, a bare DOCTYPE) goes without a word. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.render import svg_allowed
from themekit.render.images import inline_picture
from themekit.render.svg_css import CssCleaner, Names
from themekit.render.svg_size import find_box
from themekit.render.svg_tree import CleanSvg, Element
from themekit.render.svg_use import find_bomb

if TYPE_CHECKING:
    from pathlib import PurePosixPath

INVALID_SVG = Code("invalid-svg", summary="An SVG file cannot be used as a logo.")
UNSAFE_SVG = Code("unsafe-svg", Severity.WARNING, "Something that could run or load was removed from an SVG.")
SVG_TEXT = Code("svg-text", Severity.WARNING, "An SVG holds text, which looks different on each machine.")

MAX_BYTES = 1_000_000  # a logo is some kilobytes; one of 1 MB is a traced photograph
MAX_DEPTH = 64  # resvg overflows its stack at 100,000
MAX_NODES = 20_000  # elements, attributes not counted
MAX_OCTAVES = 8  # of noise: each has half the strength of the one before, so a ninth changes no byte of a colour
MAX_WARNINGS = 20  # of one file; the rest is counted
ENCODINGS = re.compile(r"(?i)utf-?8|utf-?16(le|be)?|us-ascii|ascii|(iso-8859|windows|cp)-?\d{1,4}")
"""What an XML declaration may name: Python knows others, of which `punycode` takes 17 s for 600 kB."""
MAX_EXCERPT = 160  # characters; a minified file is one line, which would fill the screen
_BEFORE_TEXT = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*+>(?:\s|<!--(?s:.*?)-->|<\?(?s:.*?)\?>|<!\[CDATA\[)*+""")
"""A tag and what may stand between it and the first letter of a text."""


def sanitise_svg(content: bytes, *, path: PurePosixPath, prefix: str) -> tuple[CleanSvg | None, tuple[Diagnostic, ...]]:
    """The picture as it may be shown, or None if it is refused; and what was wrong with it, by line and column.

    `prefix` starts every id and class of the result: give each picture of a page its own.
    """
    document = _Document(path, prefix)
    try:
        document.parse(content)
        return document.finished(), document.diagnostics
    except _RefusedError:
        return None, document.diagnostics


class _RefusedError(Exception):
    """Ends the parse; the diagnostic has been reported."""


@dataclass(slots=True)
class _Document:
    path: PurePosixPath
    prefix: str
    report: Reporter = field(default_factory=Reporter)
    source: bytes = b""
    lines: list[str] = field(default_factory=list)
    stack: list[Element | None] = field(default_factory=list)
    root: Element = field(default_factory=lambda: Element("svg", {}))
    names: Names = field(init=False)
    parser: expat.XMLParserType = field(init=False)
    styles: dict[int, int] = field(default_factory=dict)
    nodes: int = 0
    last_tag: int = 0
    warnings: int = 0
    has_text: bool = False

    def __post_init__(self) -> None:
        self.names = Names(self.prefix)

    def parse(self, content: bytes) -> None:
        self.source = self._utf8(content)
        self.lines = self.source.decode().split("\n")
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.SkippedEntityHandler = lambda name, _: self._refuse(f"it uses the undeclared entity `&{name};`")
        parser.ProcessingInstructionHandler = self._on_instruction
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        try:
            parser.Parse(self.source, True)
        except expat.ExpatError as error:
            self._refuse(f"it is no well-formed XML: {expat.ErrorString(error.code)}", (error.lineno, error.offset + 1))

    def finished(self) -> CleanSvg:
        box = find_box(self.root.attributes)
        if isinstance(box, str):
            self._refuse(box, (1, 1))
        self._clean_styles(self.root)
        root = self._exchange_ids(self.root)
        bomb = find_bomb(root, self.names.root_class)
        if bomb:
            self._refuse(bomb, (1, 1))
        if self.warnings > MAX_WARNINGS:
            more = self.warnings - MAX_WARNINGS
            self.report(UNSAFE_SVG, self._span((1, 1)), f"{more} more unsafe parts of `{self.path.name}` were removed")
        body = root.serialized() if root.attributes else root.inside()
        return CleanSvg(box, body, self.names.root_class, self.has_text)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.report.diagnostics

    def _utf8(self, content: bytes) -> bytes:
        if content.startswith(b"\x1f\x8b"):
            self._refuse("it is compressed (SVGZ)", (1, 1), hint="unpack it with `gunzip` and use the `.svg`")
        if len(content) > MAX_BYTES:
            self._refuse(f"it has {len(content):,} bytes; at most {MAX_BYTES:,} are read", (1, 1))
        if not content.strip():
            self._refuse("it is empty", (1, 1))
        declared = re.match(rb"""[^>]{0,60}\sencoding=["']([\w-]{1,20})["']""", content)
        encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else (declared or (b"", b"utf-8"))[1].decode()
        if not ENCODINGS.fullmatch(encoding):
            self._refuse(f"its encoding `{encoding}` is not read", (1, 1), hint="save it as UTF-8")
        try:
            return content.decode(encoding).removeprefix("\ufeff").encode()
        except (UnicodeError, LookupError):
            self._refuse(f"it is not encoded as {encoding}", (1, 1), hint="save it as UTF-8")

    def _on_doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:  # the only place that can declare an entity: expat loads nothing from outside
            self._refuse("its DOCTYPE holds declarations", hint="delete the `<!DOCTYPE …>`; SVG needs none")

    def _on_instruction(self, target: str, _data: str) -> None:
        self._warn(f"the processing instruction `<?{target[:40]}?>`")

    def _on_start(self, name: str, pairs: list[str]) -> None:
        namespace, local = name.rpartition(" ")[::2]
        self.nodes += 1
        self.last_tag = self.parser.CurrentByteIndex
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(f"its elements are nested more than {MAX_DEPTH} deep")
        if self.nodes > MAX_NODES:
            self._refuse(f"it has more than {MAX_NODES:,} elements")
        if not self.stack:
            self._check_root(namespace, local)
        parent = self.stack[-1] if self.stack else None
        if self.stack and parent is None:
            self.stack.append(None)  # within something removed
        elif namespace == svg_allowed.SVG and local in svg_allowed.ELEMENTS:
            self._keep(Element(local, {}), parent, pairs)
        elif namespace == svg_allowed.SVG and local in svg_allowed.UNWRAPPED:
            self._warn(f"the element `{local}`", kept="; what is in it was kept")
            self._keep(Element("g", {}), parent, pairs)
        else:
            is_harmless = namespace.startswith(svg_allowed.EDITOR_NAMESPACES) or local in svg_allowed.UNDRAWN
            if not is_harmless:
                self._warn(f"the element `{local[:40]}`")
            self.stack.append(None)

    def _check_root(self, namespace: str, local: str) -> None:
        if local != "svg":
            self._refuse(f"its outermost element is `{local[:40]}`, not `svg`")
        if namespace != svg_allowed.SVG:
            self._refuse("its `svg` element has no namespace", hint=f'write `<svg xmlns="{svg_allowed.SVG}" …>`')

    def _keep(self, element: Element, parent: Element | None, pairs: list[str]) -> None:
        for index in range(0, len(pairs), 2):
            self._attribute(element, pairs[index], pairs[index + 1])
        if element.name == "image" and "href" not in element.attributes:
            self.stack.append(None)
            return
        if element.name == "style":
            self.styles[id(element)] = self.parser.CurrentLineNumber
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self.stack.append(element)

    def _on_end(self, _name: str) -> None:
        self.stack.pop()
        self.last_tag = self.parser.CurrentByteIndex

    def _on_text(self, text: str) -> None:
        element = self.stack[-1]
        if element is None or element.name not in svg_allowed.TEXT_ELEMENTS:
            return
        if element.name in {"text", "tspan"} and text.strip() and not self.has_text:
            self.has_text = True
            message = f"the text `{text.strip()[:30]}` is drawn with whatever font a reader has, and not in PNG files"
            self.report(SVG_TEXT, self._text_span(), message, hint="turn it into outlines in your drawing tool")
        element.children.append(text)

    def _attribute(self, element: Element, name: str, value: str) -> None:
        namespace, local = name.rpartition(" ")[::2]
        if local == "href" and namespace in {"", svg_allowed.XLINK}:
            self._href(element, value)
        elif namespace:
            self._foreign_attribute(element, namespace, local=local, value=value)
        elif local in svg_allowed.PROPERTIES:
            cleaned = self._css(local).value(value)
            if cleaned is not None:
                element.attributes[local] = cleaned
        elif local == "style":
            cleaned = self._css("style").declarations(value)
            if cleaned:
                element.attributes["style"] = cleaned
        elif local == "class":
            element.attributes["class"] = " ".join(self.names.css_class(word) for word in value.split())
        elif local in svg_allowed.ATTRIBUTES:
            element.attributes[local] = _bounded(value) if local == "numOctaves" else value
        elif not (local in svg_allowed.UNDRAWN_ATTRIBUTES or local.startswith(("data-", "aria-"))):
            self._warn(f"the attribute `{local[:40]}`", attribute=local)

    def _foreign_attribute(self, element: Element, namespace: str, *, local: str, value: str) -> None:
        is_note = namespace.startswith(svg_allowed.EDITOR_NAMESPACES)
        if (namespace, local) == (svg_allowed.XML, "space") and value in {"default", "preserve"}:
            element.attributes["xml:space"] = value
        elif not (is_note or (namespace, local) in svg_allowed.UNDRAWN_FOREIGN):
            self._warn(f"the attribute `{local[:40]}`", attribute=local)

    def _href(self, element: Element, value: str) -> None:
        target = value.strip()
        if element.name == "image" and target.startswith("data:"):
            picture = inline_picture(target)
            if picture.startswith("data:"):
                element.attributes["href"] = picture
            else:
                self._warn(f"a picture: {picture}", attribute="href")
        elif element.name in svg_allowed.LINKED - {"image"} and target.startswith("#"):
            element.attributes["href"] = f"#{self.names.reference(target[1:])}"
        else:
            self._warn(f"a link to `{target[:60]}`", attribute="href")

    def _css(self, attribute: str) -> CssCleaner:
        return CssCleaner(self.names, lambda message, _line: self._warn(message, attribute=attribute))

    def _clean_styles(self, element: Element) -> None:
        """Clean style elements once all is parsed: only then is their text whole."""
        for child in [child for child in element.children if isinstance(child, Element)]:
            if child.name != "style":
                self._clean_styles(child)
                continue
            cleaner = CssCleaner(self.names, partial(self._warn_in_sheet, self.styles[id(child)]))
            child.children = [cleaner.sheet("".join(part for part in child.children if isinstance(part, str)))]
            if not child.children[0]:
                element.children.remove(child)

    def _exchange_ids(self, root: Element) -> Element:
        """Give each id that something points to its new name, drop the others; the root becomes a group."""
        pending = [root]
        while pending:
            element = pending.pop()
            original = element.attributes.pop("id", None)
            if original is not None and original in self.names.used:
                element.attributes["id"] = self.names.id(original)
            pending += [child for child in element.children if isinstance(child, Element)]
        dropped = {"viewBox", "width", "height", "x", "y", "preserveAspectRatio", "role", "xml:space", "overflow"}
        kept = {name: value for name, value in root.attributes.items() if name not in dropped}
        return Element("g", kept, root.children)

    def _warn(self, what: str, *, attribute: str | None = None, kept: str = "") -> None:
        # An attribute is looked for in its tag: not for those of 100,000 that are only counted.
        is_placed = attribute is not None and self.warnings < MAX_WARNINGS
        self._warn_at(what, self._attribute_place(attribute) if attribute and is_placed else self._here(), kept=kept)

    def _warn_in_sheet(self, first_line: int, what: str, line: int) -> None:
        self._warn_at(what, (first_line + line - 1, 1))

    def _warn_at(self, what: str, place: tuple[int, int], *, kept: str = "") -> None:
        self.warnings += 1
        if self.warnings <= MAX_WARNINGS:
            self.report(UNSAFE_SVG, self._span(place), f"{what} is not allowed in a logo and was removed{kept}")

    def _refuse(self, why: str, place: tuple[int, int] | None = None, *, hint: str | None = None) -> NoReturn:
        self.report(INVALID_SVG, self._span(place), f"`{self.path.name}` cannot be used: {why}", hint=hint)
        raise _RefusedError

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _attribute_place(self, attribute: str) -> tuple[int, int]:
        """Where the attribute's name stands: expat tells only the place of its element."""
        start = self.parser.CurrentByteIndex
        tag = self.source[start : start + 100_000]
        found = re.search(rb"\s((?:[\w.-]+:)?%s)\s*=" % re.escape(attribute.encode()), tag)
        if not found:
            return self._here()
        return self._place_at(start + found.start(1))

    def _text_span(self) -> Span:
        """Where the text since the last tag begins: expat tells of it when the next tag stands before it."""
        raw = self.source[: self.parser.CurrentByteIndex]
        start = _BEFORE_TEXT.match(raw, self.last_tag)
        first = start.end() if start else self.last_tag
        line = re.split(rb"\n|]]>|<", raw[first:])[0].decode().rstrip()
        return replace(self._span(self._place_at(first)), length=max(1, len(line)))

    def _place_at(self, index: int) -> tuple[int, int]:
        before = self.source[:index].decode()
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def _span(self, place: tuple[int, int] | None = None) -> Span:
        line, column = place or self._here()
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start = max(0, column - 1 - MAX_EXCERPT // 2) if len(text) > MAX_EXCERPT else 0
        return Span(self.path, line, column, excerpt=text[start : start + MAX_EXCERPT], excerpt_column=start + 1)


def _bounded(octaves: str) -> str:
    text = octaves.strip()
    return str(min(int(text[:10]), MAX_OCTAVES)) if text.isdecimal() else octaves
