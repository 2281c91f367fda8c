"""Words, sentences and lines of code by chance: of `random()` only, which draws the same in every version of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

WORDS = (
    "the a of to and in is for when with your that payment customer account an on by be it as this you from are or "
    "request event server response balance key token method status webhook signature amount currency page field value "
    "object list error retry client platform refund capture charge dispute evidence payout schedule bank card wallet "
    "transfer report export ledger entry invoice subscription plan price tax order cart session checkout redirect "
    "return cancel confirm create update delete search filter limit cursor order version release change migration "
    "default optional required string integer number boolean array nested parent child identifier reference secret "
    "public private test live sandbox production environment region latency timeout queue worker thread process log "
    "metric alert dashboard team role permission scope policy rule header body query path host domain certificate "
    "encryption algorithm hash digest window interval second minute hour day week month year before after during "
    "within without each every some any all none first last next previous new old same other more less most least "
    "can must should may will does has have had was were been being not only also then than if while until because"
).split()
COMMON = 24  # the words that stand in every sentence come first


def words(chance: random.Random, count: int) -> str:
    """Half of them common ones, as in English."""
    found = []
    for _ in range(count):
        below = COMMON if chance.random() < 0.5 else len(WORDS)
        found.append(WORDS[int(chance.random() * below)])
    return " ".join(found)


def sentence(chance: random.Random, count: int) -> str:
    """With a capital, without a full stop."""
    return words(chance, count).capitalize()


def paragraph(chance: random.Random, count: int) -> str:
    """One line of about `count` words; it begins with a small letter, which tells it from other blocks."""
    return ". ".join(words(chance, 12) for _ in range(max(1, count // 12))) + "."


def heading(chance: random.Random, level: int) -> str:
    """One in twelve has the brand's name."""
    name = " {{ brand.name }}" if chance.random() < 1 / 12 else ""
    return f"{'#' * level} {sentence(chance, 3)}{name}"


def _yaml(chance: random.Random) -> str:
    indent = "  " * int(chance.random() * 3)
    return f"{indent}{_name(chance)}: {words(chance, 2)} # {words(chance, 3)}"


def _python(chance: random.Random) -> str:
    return f'{_name(chance)} = client.{_name(chance)}(amount={int(chance.random() * 1e4)}, note="{words(chance, 3)}")'


def _json(chance: random.Random) -> str:
    return f'  "{_name(chance)}": "{words(chance, 2)}",'


def _shell(chance: random.Random) -> str:
    return f"curl https://api.example/v1/{_name(chance)} -d {_name(chance)}={int(chance.random() * 1e4)}"


def _html(chance: random.Random) -> str:
    return f'<p class="{_name(chance)}">{words(chance, 4)}</p>'


def _name(chance: random.Random) -> str:
    return words(chance, 2).replace(" ", "_")


CODE: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    *(("yaml", _yaml),) * 6,
    ("python", _python),
    ("json", _json),
    ("sh", _shell),
    ("html", _html),
)
"""Languages and a line of each; most of what was measured is YAML."""
