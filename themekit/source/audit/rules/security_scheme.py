"""Security requirements name schemes of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of, object_at
from themekit.source.audit.rule import Finding, Rule
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

UNDEFINED_SECURITY_SCHEME = Code(
    "undefined-security-scheme", Severity.WARNING, "A security requirement names a scheme that does not exist."
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    schemes = object_at(object_at(description.root, "components"), "securitySchemes")
    owners = [("", description.root), *((each.pointer, each.members) for each in description.operations)]
    for pointer, members in owners:
        for index, requirement in enumerate(items_of(members.get("security"))):
            for name in requirement if isinstance(requirement, dict) else ():
                if name not in schemes:
                    place = child_pointer(f"{pointer}/security/{index}", name)
                    message = f"there is no security scheme {quoted(name)}"
                    yield Finding(place, message, did_you_mean(name, schemes), "key")


RULE = Rule(UNDEFINED_SECURITY_SCHEME, find)
