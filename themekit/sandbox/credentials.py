"""How each security scheme of a description is sent: what the sandbox looks for, and what the console asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sandbox.described import Description


def credential_kinds(description: Description) -> Iterator[tuple[str, list[str]]]:
    """By scheme: `["bearer"]`, `["header", "X-Api-Key"]`, …; `any` is taken as there."""
    components = description.member(description.top, "components")
    for name, scheme in description.members(components, "securitySchemes"):
        match scheme.text("type"), scheme.text("scheme").lower(), scheme.text("in"):
            case ("http", "bearer", _) | ("oauth2" | "openIdConnect", _, _):
                yield name, ["bearer"]
            case "http", "basic", _:
                yield name, ["basic"]
            case "http", _, _:
                yield name, ["authorization"]
            case "apiKey", _, "header" | "query" | "cookie" as place:
                yield name, [place, scheme.text("name")]
            case _:
                yield name, ["any"]
