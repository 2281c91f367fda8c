"""What people read of a method: what it does, what it takes, and a call of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk.prose import one_line, wrapped
from themekit.sdk.python.examples import call_lines
from themekit.sdk.python.literals import WIDTH, docstring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.api_types import Docs
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument
    from themekit.sdk.python.methods import Method, Resource

_MOST = 600
"""Characters of a parameter's description: who needs more reads the reference."""


def method_docstring(
    method: Method, *, resource: Resource, arguments: Sequence[Argument], is_async: bool, types: Types
) -> list[str]:
    """The docstring's lines, in sections as Google's style has them."""
    docs = method.operation.docs
    title = docs.summary.strip() or f"{method.operation.method} {method.operation.path}"
    sections = [title if title.endswith((".", "?", "!", ":")) else f"{title}."]
    if docs.is_deprecated:
        sections.append("Deprecated.")
    description = docs.description.strip()
    if description and description.rstrip(".") != title.rstrip("."):
        sections.append(description)
    described = [(each.name, argument_text(each.docs)) for each in arguments]
    lines = [line for name, text in described if text for line in _entry(name, text)]
    example = call_lines(method, types, resource=resource, is_async=is_async)
    more = [*(["Args:", *lines, ""] if lines else []), "Example:"]
    more += ["    ```python", *(f"    {line}" for line in example), "    ```"]
    return docstring("\n\n".join(sections), indent=8, more=more)


@lru_cache(maxsize=4096)  # the synchronous method and the asynchronous one say the same
def _entry(name: str, text: str) -> list[str]:
    return wrapped(f"    {name}: {one_line(text)}", WIDTH - 8, further="        ")


def argument_text(docs: Docs) -> str:
    """What one parameter is: the first paragraph, and what is left out by default."""
    text = (docs.description.strip() or docs.summary.strip()).split("\n\n")[0]
    if "\n" in text:
        text = re.sub(r"\s*\n\s*", " ", text)
    if len(text) > _MOST:
        text = f"{text[:_MOST].rsplit(' ', 1)[0]} …"
    if docs.default is not None and len(docs.default) < 60 and docs.default not in {"null", '""'}:
        text = f"{text} Default: `{docs.default}`.".strip()
    if docs.is_deprecated:
        text = f"Deprecated. {text}".strip()
    return text
