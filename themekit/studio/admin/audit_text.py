"""The audit log as lines for people, and as an object for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.studio.admin.audit_log import Record
    from themekit.studio.admin.chain import Fault

SHORT = 12


def log_text(records: Sequence[Record], faults: Sequence[Fault], *, is_verified: bool) -> str:
    """A line for each record, and what was found of them all."""
    lines = [record_text(record) for record in records]
    if is_verified and not faults:
        head = f"; the head is {records[-1].digest}" if records else ""
        lines.append(f"verified {len(records)} records: none is changed, missing or moved{head}")
    return "".join(f"{line}\n" for line in lines)


def record_text(record: Record) -> str:
    """One record as a line."""
    entry = record.entry
    brand = f" {entry.brand}" if entry.brand else ""
    change = f" {entry.before[:SHORT] or 'nothing'} → {entry.after[:SHORT]}" if entry.after else ""
    reason = f": {entry.reason}" if entry.reason else ""
    return printable(f"{record.number} {record.time} {entry.actor} {entry.action}{brand}{change}{reason}")


def log_json(records: Sequence[Record], faults: Sequence[Fault], *, is_verified: bool) -> str:
    """`verified` is null where nobody asked for it."""
    shown = {
        "version": 1,
        "records": [record_json(record) for record in records],
        "verified": not faults if is_verified else None,
        "faults": [{"line": fault.line, "message": fault.text} for fault in faults],
        "head": records[-1].digest if records else None,
    }
    return json.dumps(shown, indent=1, ensure_ascii=False) + "\n"


def record_json(record: Record) -> dict[str, object]:
    """One record as an object."""
    entry = record.entry
    return {
        "number": record.number,
        "time": record.time,
        "actor": entry.actor,
        "action": entry.action,
        "brand": entry.brand,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "digest": record.digest,
    }
