"""The contrast of a brand's pairs, as a table for people and as objects for programs."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.model import BrandId, ResolvedTokens, TokenId
    from themekit.resolve import ContrastPair

FAILS, MISSES, KEEPS = "!", "~", " "


def pairs_table(brand_id: BrandId, pairs: Sequence[ContrastPair], *, unjudged: Sequence[TokenId] = ()) -> str:
    """One row a pair, two figures a mode: WCAG's ratio and APCA's Lc, which is below zero for light text on dark.

    Ratios are rounded down, so that 4.499 never reads as the 4.5 it misses; `!` marks what is below its floor, `~` an
    Lc below the one that the brand asks for. The floors are those of the ordinary modes and, behind a `/`, of high
    contrast where they differ.
    """
    modes = tuple(dict.fromkeys(pair.mode for pair in pairs))
    rows: dict[tuple[str, str], dict[str, ContrastPair]] = {}
    for pair in pairs:
        rows.setdefault((pair.text, pair.ground), {})[pair.mode] = pair
    failing = sum(not pair.passes for pair in pairs)
    table = [["text", "ground", "needs", *modes]]
    for (text, ground), by_mode in rows.items():
        floors = dict.fromkeys(f"{pair.required:g}" for pair in by_mode.values())
        cells = [_cell(by_mode[mode]) if mode in by_mode else "" for mode in modes]
        table.append([printable(text), printable(ground), "/".join(floors), *cells])
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    asking = [pair for pair in pairs if pair.required_lc]
    missing = sum(not pair.has_lc for pair in asking)
    floors_said = f", {missing} of {len(asking)} texts miss the Lc that is asked for" if asking else ""
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    verdict = f"{failing} of {len(pairs)} are below their floor" if failing else f"all {len(pairs)} reach their floor"
    left_out = [f"not judged: text on `{each}`, as no colour is named for it" for each in unjudged]
    return (
        "\n".join([f"{brand_id}: {len(rows)} pairs in {len(modes)} modes, {verdict}{floors_said}", *lines, *left_out])
        + "\n"
    )


def pair_objects(
    brand_id: BrandId, tokens: ResolvedTokens, *, pairs: Sequence[ContrastPair]
) -> list[dict[str, object]]:
    """One object a pair and mode, with the members that `theme/contrast.json` has, and the brand's id before them."""
    from themekit.model import Color
    from themekit.render.css import hex_color

    colors: dict[str, Mapping[str, str]] = {
        mode: {token: hex_color(value) for token, value in tokens.in_mode(mode).items() if isinstance(value, Color)}
        for mode in tokens.modes
    }
    return [
        {
            "brand": brand_id,
            "mode": pair.mode,
            "text": pair.text,
            "ground": pair.ground,
            "textColor": colors[pair.mode][pair.text],
            "groundColor": hex_color(pair.worst) if pair.worst else colors[pair.mode][pair.ground],
            "required": pair.required,
            "ratio": _down(pair.ratio),
            "lc": round(pair.lc, 1),
            "passes": pair.passes,
            **({"requiredLc": pair.required_lc, "hasLc": pair.has_lc} if pair.required_lc else {}),
        }
        for pair in pairs
    ]


def _cell(pair: ContrastPair) -> str:
    """`  4.51   -62.0`: the columns of a mode's cells are as wide as the widest figures, 21.00 and -108.0."""
    return f"{KEEPS if pair.passes else FAILS}{_down(pair.ratio):5.2f}{KEEPS if pair.has_lc else MISSES}{pair.lc:6.1f}"


def _down(ratio: float) -> float:
    return floor(ratio * 100) / 100
