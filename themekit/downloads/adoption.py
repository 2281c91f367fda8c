"""Who fetched what, from the download log: partners that are active, versions in use, brands that are live.

A version is in use by a partner if it is the last bundle of the brand that they fetched to the end, in one transfer or
in several. A brand is live if somebody uses it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from themekit.downloads.download_log import Record

BUNDLES = (".zip", ".tar.zst", ".patch")


@dataclass(frozen=True, slots=True)
class Use:
    """A partner's last bundle of a brand, and when it was whole there."""

    partner: str
    brand: str
    version: str
    time: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The report. `partners` have a token that is valid or was used; `published` are all brands there are."""

    since: str
    partners: tuple[str, ...]
    active: tuple[str, ...]
    published: tuple[str, ...]
    uses: tuple[Use, ...]
    transfers: int
    sent: int
    newest: dict[str, str] = field(default_factory=dict)

    @property
    def live(self) -> tuple[str, ...]:
        """Brands that somebody uses, sorted."""
        return tuple(sorted({use.brand for use in self.uses}))

    @property
    def share_live(self) -> float:
        """0 to 1; 0 where no brand is published."""
        return len([brand for brand in self.live if brand in self.published]) / max(len(self.published), 1)

    def versions(self) -> list[tuple[str, str, int]]:
        """Brand, version, and how many partners use it; by brand, then the most used first."""
        counts = Counter((use.brand, use.version) for use in self.uses)
        return sorted(
            ((brand, version, n) for (brand, version), n in counts.items()), key=lambda r: (r[0], -r[2], r[1])
        )


def adoption_of(
    records: Iterable[Record], *, since: datetime, partners: Sequence[str], newest: dict[str, str]
) -> Adoption:
    """The report from the log's records; `newest` are the published brands with their newest versions.

    One pass, whose memory grows with partners and brands and not with the log.
    """
    start = since.isoformat()
    active: set[str] = set()
    uses: dict[tuple[str, str], Use] = {}
    covered: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    transfers = sent = 0
    for record in records:
        event = record.event
        if event.event != "end" or record.time < start:
            continue
        active.add(event.partner)
        transfers += 1
        sent += event.sent
        if not event.version or not event.file.endswith(BUNDLES):
            continue
        key = (event.partner, event.brand, event.file)
        spans = _joined([*covered.get(key, []), (event.start, event.start + event.sent)])
        covered[key] = spans
        # The end of the file was sent, and nothing before it is missing.
        if event.detail == "whole" and len(spans) == 1 and spans[0][0] == 0 and spans[0][1] == event.start + event.sent:
            uses[event.partner, event.brand] = Use(event.partner, event.brand, event.version, record.time)
            del covered[key]
    ordered = tuple(sorted(uses.values(), key=lambda use: (use.brand, use.partner)))
    everybody = tuple(sorted({*partners, *active}))
    return Adoption(start, everybody, tuple(sorted(active)), tuple(sorted(newest)), ordered, transfers, sent, newest)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, and those that touch as one."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return done
