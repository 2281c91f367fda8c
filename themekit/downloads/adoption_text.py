"""The adoption report as a table for people, an object for programs, and a chart."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from themekit.downloads.adoption import Adoption

_LABEL, _BAR, _ROW, _TOP = 240, 420, 34, 84


def adoption_text(report: Adoption) -> str:
    """Lines and a table."""
    lines = [
        f"since {report.since}",
        f"partners active: {len(report.active)} of {len(report.partners)}",
        f"brands live: {len(report.live)} of {len(report.published)} ({report.share_live:.0%})",
        f"transfers: {report.transfers}, {report.sent / 1e6:,.1f} MB",
    ]
    rows = [("brand", "version", "partners", "")]
    rows += [(b, v, str(n), "newest" if report.newest.get(b) == v else "") for b, v, n in report.versions()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    table = [f"{b:<{widths[0]}}  {v:<{widths[1]}}  {n:>{widths[2]}}  {mark}".rstrip() for b, v, n, mark in rows]
    idle = [partner for partner in report.partners if partner not in report.active]
    lines += ["", *table] if len(rows) > 1 else ["", "no bundle was fetched to its end"]
    lines += ["", f"not active: {', '.join(idle)}"] if idle else []
    return "".join(f"{printable(line)}\n" for line in lines)


def adoption_json(report: Adoption) -> str:
    """One object."""
    document = {
        "version": 1,
        "since": report.since,
        "partners": {"known": list(report.partners), "active": list(report.active)},
        "brands": {
            "published": list(report.published),
            "live": list(report.live),
            "shareLive": round(report.share_live, 4),
        },
        "versions": [
            {"brand": brand, "version": version, "partners": count, "isNewest": report.newest.get(brand) == version}
            for brand, version, count in report.versions()
        ],
        "uses": [
            {"partner": use.partner, "brand": use.brand, "version": use.version, "time": use.time}
            for use in report.uses
        ],
        "transfers": report.transfers,
        "bytes": report.sent,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def adoption_svg(report: Adoption) -> str:
    """Bars of how many partners use each version; the numbers stand beside them, so no colour has to be told apart."""
    rows = report.versions()
    most = max((count for _, _, count in rows), default=1)
    height = _TOP + _ROW * max(len(rows), 1) + 20
    width = _LABEL + _BAR + 150
    live, active = len(report.live), len(report.active)
    title = f"Brands live: {live} of {len(report.published)}. Partners active: {active} of {len(report.partners)}."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        'role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="15">',
        f'<title id="t">Versions in use</title><desc id="d">{escape(title)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="20" y="34" font-size="21" font-weight="600" fill="#1b1c20">Versions in use</text>',
        f'<text x="20" y="60" fill="#4b4f58">{escape(title)}</text>',
    ]
    for number, (brand, version, count) in enumerate(rows):
        y = _TOP + _ROW * number
        is_newest = report.newest.get(brand) == version
        color = "#0b4bd0" if is_newest else "#7a8190"
        bar = max(2, round(_BAR * count / most))
        label = f"{brand} {version}"
        label = label if len(label) <= 28 else f"{label[:27]}…"
        said = f"{count}{' (newest)' if is_newest else ''}"
        parts += [
            f'<text x="{_LABEL - 12}" y="{y + 18}" text-anchor="end" fill="#1b1c20">{escape(label)}</text>',
            f'<rect x="{_LABEL}" y="{y + 2}" width="{bar}" height="22" rx="3" fill="{color}"/>',
            f'<text x="{_LABEL + bar + 10}" y="{y + 18}" fill="#1b1c20">{said}</text>',
        ]
    if not rows:
        parts.append(f'<text x="20" y="{_TOP + 18}" fill="#1b1c20">No bundle was fetched to its end.</text>')
    return "\n".join((*parts, "</svg>")) + "\n"
