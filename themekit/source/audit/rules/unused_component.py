"""Components are referred to; one that is not is in no SDK and on no page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import object_at
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

UNUSED_COMPONENT = Code("unused-component", Severity.WARNING, "A component that nothing refers to.")

_KINDS = ("schemas", "parameters", "responses", "requestBodies", "headers")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    used = {unquote(reference[1:]) for _, reference in description.references if reference.startswith("#")}
    components = object_at(description.root, "components")
    for kind in _KINDS:
        for name in object_at(components, kind):
            pointer = child_pointer(f"/components/{kind}", name)
            if pointer not in used:
                yield Finding(pointer, f"nothing refers to the component {quoted(name)}", part="key")


RULE = Rule(UNUSED_COMPONENT, find)
