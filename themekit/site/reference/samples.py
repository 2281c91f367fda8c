"""Programs that call an operation, as pages show them: marks of brands' values become placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.sdk import BETWEEN, END, START
from themekit.site.reference.markup import fence, literal_code, referenced, without_control

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS: Mapping[str, str] = {
    "id": "id",
    "name": "name",
    "legal-name": "legalName",
    "version": "version",
    "base-url": "api.baseUrl",
    "sandbox-url": "api.sandboxUrl",
    "home-url": "urls.home",
    "docs-url": "urls.site",
    "client": "sdk.client",
    "typescript-package": "sdk.typescript.package",
    "python-package": "sdk.python.package",
    "python-module": "sdk.python.module",
    "java-group": "sdk.java.group",
    "java-artifact": "sdk.java.artifact",
    "java-package": "sdk.java.package",
    "go-module": "sdk.go.module",
    "go-package": "sdk.go.package",
}
"""The names by which pages know what SDKs have slots for. What is derived or optional, no sample shows."""

_INCLUSION = re.compile(r"-8<-")
_MARK = re.compile(f"{START}([^{END}]*){BETWEEN}[^{END}]*{END}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A program in one language. `lexer` is Pygments' name, `text` has marks where a brand's value belongs."""

    language: str
    title: str
    lexer: str
    text: str


class UnknownSlotError(ValueError):
    """A sample shows a value that pages have no name for."""


def tabs(samples: Iterable[Sample]) -> str:
    """The samples as Markdown, a tab each."""
    return "\n\n".join(f'=== "{sample.title}"\n\n{_block(sample)}' for sample in samples)


def _block(sample: Sample) -> str:
    """A fence; where a line of it would have another file put in (pymdownx.snippets reads fences too), HTML."""
    if not _INCLUSION.search(sample.text):
        return fence(with_placeholders(sample.text), sample.lexer, indent="    ")
    pieces = _MARK.split(without_control(sample.text).rstrip("\n"))
    shown = (placeholder(piece) if index % 2 else referenced(piece) for index, piece in enumerate(pieces))
    return f"    <pre><code>{''.join(shown)}</code></pre>"


def with_placeholders(text: str) -> str:
    """Code for a page: marks are placeholders, and all else is literal. Raises UnknownSlotError."""
    pieces = _MARK.split(text)
    return "".join(placeholder(piece) if index % 2 else literal_code(piece) for index, piece in enumerate(pieces))


def placeholder(name: str) -> str:
    """The placeholder of a slot's value. Raises UnknownSlotError."""
    field = FIELDS.get(name)
    if field is None:
        raise UnknownSlotError(f"pages have no name for the slot `{name}`")
    return f"{{{{ brand.{field} }}}}"
