"""`themekit gateway load`: good requests at a fixed rate, and what the gateway makes of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.gateway_policy import chosen_policy, explained_envoy
from themekit.cli.project import open_project, project_option
from themekit.cli.show import say

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.trial.measuring import Load

MAX_RATE = 5000
MAX_SECONDS = 600
FORMATS = ("table", "json")


@click.command("load", short_help="Send good requests at a fixed rate; exit 1 if they take too long.")
@click.argument("brand", metavar="BRAND")
@click.option("--rate", type=click.IntRange(1, MAX_RATE), default=200, show_default=True, help="Requests a second.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, MAX_SECONDS),
    default=10.0,
    show_default=True,
    help="How long they are sent.",
)
@click.option(
    "--p99-ms", type=click.FloatRange(min=0), default=250.0, show_default=True, help="What 99 % may take at most."
)
@click.option(
    "--errors", type=click.IntRange(min=0), default=0, show_default=True, help="How many may have no good answer."
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="Of the result."
)
@project_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brand: str, *, rate: int, seconds: float, p99_ms: float, errors: int, format_: str, root: Path
) -> int:
    """Run the policy of BRAND on this machine and send it requests that it lets through, with test keys.

    A server that answers at once stands in the place of the API. Requests do not wait for the answers to others, so a
    slow answer counts for all that it holds up.
    """
    project = open_project(root)
    brand_id, policy = chosen_policy(project, brand)
    with explained_envoy():
        from themekit.trial.load import NothingToSend, loaded_gateway, run_load

        try:
            with loaded_gateway(policy, rate=rate, seconds=seconds) as loaded:
                for note in loaded.notes:
                    say(f"note: {note}")
                found = run_load(loaded.envoy, loaded.messages, rate=rate)
        except NothingToSend as nothing:
            raise click.UsageError(f"the policy of `{brand_id}` cannot be loaded: {nothing}") from nothing
    click.echo(_shown(found, format_))
    is_good = found.p99_ms <= p99_ms and found.failed <= errors
    if not is_good:
        said = f"{found.failed} without a good answer, p99 {found.p99_ms:.1f} ms"
        say(f"error[gateway]: {said}; allowed are {errors} and {p99_ms:g} ms")
    return Exit.GOOD if is_good else Exit.MISTAKES


def _shown(found: Load, format_: str) -> str:
    if format_ == "json":
        return json.dumps({**asdict(found), "errors": dict(found.errors)})
    rows = [
        ("requests", str(found.requests)),
        ("errors", ", ".join(f"{count} × {what}" for what, count in found.errors) or "0"),
        ("seconds", f"{found.seconds:.1f}"),
        *((name, f"{getattr(found, f'{name}_ms'):.1f} ms") for name in ("p50", "p90", "p99", "max")),
        ("processor time of Envoy", f"{found.cpu_us:.0f} µs a request"),
    ]
    return "\n".join(f"{name:24} {value}" for name, value in rows)
