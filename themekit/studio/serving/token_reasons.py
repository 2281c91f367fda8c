"""Why tokens are what they are, for the inspector: the sentences of `themekit explain --token`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Color
from themekit.render import css
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.explained import explain_tokens
from themekit.source.json_text import decoded_text
from themekit.source.locate import places
from themekit.studio.serving.brand_facts import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import PurePosixPath

    from themekit.model import Brand, ResolvedTokens, TokenId

    Read = Callable[[PurePosixPath], bytes | None]


def token_reasons(
    known: Brand, resolved: ResolvedTokens, *, asked: Iterable[str], read: Read
) -> dict[TokenId, dict[str, dict[str, object]]]:
    """By token and mode `{value, text, isWritten, place}`; without those tokens that the brand does not have.

    `text` is the sentence without its place; `place` is null for what no file says.
    """
    wanted = set(asked)
    found = explain_tokens(known, [token.id for token in resolved if token.id in wanted], resolved=resolved)

    def text(path: PurePosixPath) -> str | None:
        content = read(path)
        return None if content is None else decoded_text(content)

    origins = [reason.origin for reasons in found.values() for reason in reasons if reason.origin is not None]
    spans = places(origins, text)
    return {
        token_id: {
            reason.mode: {
                "value": hex_of(reason.value) if isinstance(reason.value, Color) else css.text_of(reason.value),
                "text": reason.sentence(),
                "isWritten": reason.origin is not None,
                "place": place_of(spans[reason.origin]) if reason.origin in spans else None,
            }
            for reason in reasons
        }
        for token_id, reasons in found.items()
    }
