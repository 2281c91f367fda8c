"""Pair kerning of OpenType GPOS, in the limited worker: what to add between two glyphs.

Source: OpenType 1.9, "GPOS", lookup types 2 (pairs of glyphs or classes) and 9 (extension); item variation stores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.otBase import ValueRecord
    from fontTools.ttLib.tables.otTables import PairPos
    from fontTools.varLib.varStore import VarStoreInstancer

_PAIRS, _EXTENSION = 2, 9
_VARIATION_INDEX = 0x8000


class Kerning:
    """The `kern` feature of one font at one place of its axes; the tables are read once."""

    def __init__(self, font: TTFont, location: dict[str, float]) -> None:
        """`location` is in the axes' own units."""
        self._deltas = _deltas(font, location)
        self._subtables = tuple(_subtables(font))
        self._known: dict[tuple[str, str], float] = {}

    def between(self, left: str, right: str) -> float:
        """Font units to add after the first of two glyphs."""
        if (left, right) not in self._known:
            self._known[left, right] = self._read(left, right)
        return self._known[left, right]

    def _read(self, left: str, right: str) -> float:
        for subtable in self._subtables:
            value = _value(subtable, left, right=right)
            if value is not None:
                return float(getattr(value, "XAdvance", 0) or 0) + self._delta(value)
        return 0.0

    def _delta(self, value: ValueRecord) -> float:
        device = getattr(value, "XAdvDevice", None)
        if self._deltas is None or device is None or device.DeltaFormat != _VARIATION_INDEX:
            return 0.0
        return float(self._deltas[(device.StartSize << 16) + device.EndSize])


def _subtables(font: TTFont) -> Iterator[PairPos]:
    table = font["GPOS"].table if "GPOS" in font else None
    if table is None or table.FeatureList is None or table.LookupList is None:
        return
    features = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "kern"]
    for index in sorted({index for feature in features for index in feature.LookupListIndex}):
        for subtable in table.LookupList.Lookup[index].SubTable:
            inner = subtable.ExtSubTable if subtable.LookupType == _EXTENSION else subtable
            if inner.LookupType == _PAIRS:
                yield inner


def _value(subtable: PairPos, left: str, *, right: str) -> ValueRecord | None:
    """The first glyph's value; None if the subtable says nothing of the pair, so that the next one is asked."""
    if left not in subtable.Coverage.glyphs:
        return None
    if subtable.Format == 1:
        pairs = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
        return next((pair.Value1 for pair in pairs if pair.SecondGlyph == right), None)
    first = subtable.ClassDef1.classDefs.get(left, 0)
    second = subtable.ClassDef2.classDefs.get(right, 0)
    return subtable.Class1Record[first].Class2Record[second].Value1


def _deltas(font: TTFont, location: dict[str, float]) -> VarStoreInstancer | None:
    from fontTools.varLib.varStore import VarStoreInstancer  # noqa: PLC0415 - in the worker only

    store = getattr(font["GDEF"].table, "VarStore", None) if "GDEF" in font and "fvar" in font else None
    return VarStoreInstancer(store, font["fvar"].axes, font.normalizeLocation(location)) if store else None
