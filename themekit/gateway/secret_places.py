"""Two references whose secrets a gateway would look for in one place: a variable, or a file with one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.gateway import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.model.policy import Policy, Secret


def shared_places(policy: Policy, place: Callable[[Secret], str]) -> Iterator[Refusal]:
    """What is refused, where `place` gives two different references the same name: one would be taken for the other.

    Names of variables and files have fewer characters than references, so `vault:a/b#c` and `vault:a-b#c` meet.
    """
    tls = policy.listen.tls
    named = [("/listen", secret) for secret in ((tls.certificate, tls.key) if tls else ())]
    named += [("/certificates", each.authority) for each in policy.certificates]
    first: dict[str, Secret] = {}
    for pointer, secret in named:
        where = place(secret)
        if first.setdefault(where, secret) != secret:
            yield Refusal(None, policy.origin_of(pointer), f"it looks for two of the secrets in one place, `{where}`")
