"""Changes of policies as text for people, and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from themekit.gateway.change import Risk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.gateway.change import Change

WIDTH = 100
_HEADS = {
    Risk.WEAKENS: "weakens: more gets through, is seen or is believed",
    Risk.STRENGTHENS: "strengthens",
    Risk.NEUTRAL: "neutral",
}


def changes_text(changes: Sequence[Change], *, old: str, new: str) -> str:
    """The changes under a head for each risk, wrapped; one line says how many there are."""
    counts = ", ".join(f"{_number(changes, risk)} {risk}" for risk in Risk if _number(changes, risk))
    lines = [f"{old} → {new}: {counts or 'no change of meaning'}"]
    for risk in Risk:
        those = [each for each in changes if each.risk is risk]
        if those:
            lines += ["", _HEADS[risk]]
        for each in those:
            text = f"{each.area}: {each.where}: {each.text}"
            lines += textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="    ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def _number(changes: Sequence[Change], risk: Risk) -> int:
    return sum(each.risk is risk for each in changes)


def changes_json(changes: Sequence[Change], *, old: str, new: str) -> str:
    """The shape is documented in the handbook and only ever grows."""
    shown = {
        "version": 1,
        "old": old,
        "new": new,
        "counts": {str(risk): _number(changes, risk) for risk in Risk},
        "changes": [
            {
                "risk": each.risk,
                "area": each.area,
                "where": each.where,
                "text": each.text,
                "operations": list(each.operations),
            }
            for each in changes
        ],
    }
    return json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
