"""The function that tells whether a webhook is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import ObjectType
from themekit.sdk.go.source import Piece, piece

if TYPE_CHECKING:
    from themekit.sdk.go.plan import Plan


def verification(plan: Plan) -> Piece:
    """It returns the type that all webhooks bring, or the JSON if they bring several."""
    go_type = webhook_type(plan)
    return piece(
        "// VerifyWebhook checks the signature of a webhook and reads its body. The signature is",
        "// a header such as t=1791192604,v1=5f8d…; one of the secrets must fit, and it must be",
        "// younger than five minutes. Give it the bytes as they came.",
        f"func VerifyWebhook(body []byte, signature string, secrets ...string) ({go_type}, error) {{",
        f"\tvar event {go_type}",
        "\tif err := verifySignature(body, signature, secrets, time.Now()); err != nil {",
        "\t\treturn event, err",
        "\t}",
        "\terr := decodeInto(body, &event)",
        "\treturn event, err",
        "}",
        types=[go_type],
        imports=["time"],
    )


def webhook_type(plan: Plan) -> str:
    """The Go type of what webhooks bring."""
    kinds = dict.fromkeys(
        content.type for each in plan.api.webhooks if each.body is not None for content in each.body.contents[:1]
    )
    if len(kinds) == 1:
        kind = next(iter(kinds))
        plain = plan.types.of(kind)
        return f"*{plain}" if plan.types.object_of(kind) is not None else plain
    whole = _common(plan, [plan.types.object_of(each) for each in kinds])
    return "json.RawMessage" if whole is None else f"*{plan.types.names[whole.id]}"


def _common(plan: Plan, bodies: list[ObjectType | None]) -> ObjectType | None:
    """An object that is in the API and has the members of all of these, so that it stands for them."""
    names = {frozenset(each.wire for each in body.fields) if body else None for body in bodies}
    if len(names) != 1 or None in names:
        return None
    found = names.pop()
    objects = (each for each in plan.api.types if isinstance(each, ObjectType) and each not in bodies)
    return next((each for each in objects if frozenset(one.wire for one in each.fields) == found), None)
