"""Which addresses may call that might not before, and the reverse: exactly, however the networks are written."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network, summarize_address_range
from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Fact, Risk, names, one_way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.policy import Addresses, Policy

SHOWN = 8
Ranges = list[tuple[int, int]]
_BITS = {4: 32, 6: 128}


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of IP. Ranges of its addresses are sorted, apart, and have both ends in them."""

    number: int

    def allowed(self, addresses: Addresses) -> Ranges:
        """Every address that may call."""
        everything = [(0, 2 ** _BITS[self.number] - 1)]
        allowed = self._ranges(addresses.allow) if addresses.allow else everything
        return without(allowed, self._ranges(addresses.deny))

    def networks(self, ranges: Ranges) -> list[str]:
        """The ranges as networks in CIDR form."""
        if self.number == 4:
            return [str(n) for a, z in ranges for n in summarize_address_range(IPv4Address(a), IPv4Address(z))]
        return [str(n) for a, z in ranges for n in summarize_address_range(IPv6Address(a), IPv6Address(z))]

    def _ranges(self, networks: Iterable[str]) -> Ranges:
        known = [found for each in networks if (found := ip_network(each)).version == self.number]
        return _joined((int(each.network_address), int(each.broadcast_address)) for each in known)


def changed_addresses(old: Policy, new: Policy) -> Iterator[Fact]:
    """The facts of networks, and of the proxies that are believed."""
    opened: list[str] = []
    closed: list[str] = []
    for version in (_Version(4), _Version(6)):
        before, after = version.allowed(old.addresses), version.allowed(new.addresses)
        opened += version.networks(without(after, before))
        closed += version.networks(without(before, after))
    yield from one_way(
        Area.ADDRESSES,
        weaker=f"addresses in {_some(opened)} may call now",
        stronger=f"addresses in {_some(closed)} may no longer call",
        weakens=bool(opened),
        strengthens=bool(closed),
    )
    hops = (old.addresses.trusted_hops, new.addresses.trusted_hops)
    if hops[0] != hops[1]:
        text = f"the address of a caller is told by proxy {hops[1]} from the right, and not by {hops[0]}"
        if not all(hops):
            told = ("the connection", f"the proxy {max(hops)} from the right")
            now, then = told if hops[0] else told[::-1]
            text = f"the address of a caller is told by {now}, and not by {then}"
        yield Fact(Area.ADDRESSES, Risk.WEAKENS, text)


def without(ranges: Ranges, others: Ranges) -> Ranges:
    """What is in the first ranges and not in the second."""
    found: Ranges = []
    for first, last in ranges:
        start = first
        for other_first, other_last in others:
            if other_last < start or other_first > last:
                continue
            if other_first > start:
                found.append((start, other_first - 1))
            start = other_last + 1
        if start <= last:
            found.append((start, last))
    return found


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    found: Ranges = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _some(networks: list[str]) -> str:
    more = len(networks) - SHOWN
    return names(networks[:SHOWN]) + (f" and {more} more networks" if more > 0 else "")
