"""A policy to the attacks on it: every way known of getting past a gateway, on the operations where it would count."""

from __future__ import annotations

from themekit.gateway.attacks.attack import Attack, Need, Shot
from themekit.gateway.attacks.bursts import burst_attacks
from themekit.gateway.attacks.callers import caller_attacks
from themekit.gateway.attacks.contents import content_attacks
from themekit.gateway.attacks.networks import network_attacks
from themekit.gateway.attacks.pages import page_attacks
from themekit.gateway.attacks.paths import path_attacks
from themekit.gateway.attacks.scene import Scene

__all__ = ["Attack", "Need", "Scene", "Shot", "attacks_on"]


def attacks_on(scene: Scene) -> tuple[Attack, ...]:
    """The suite for a policy. Those that use up limits come last: what they use up is missed by others."""
    families = (caller_attacks, network_attacks, page_attacks, path_attacks, content_attacks, burst_attacks)
    return tuple(attack for family in families for attack in family(scene))
