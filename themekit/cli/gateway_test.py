"""`themekit gateway test`: every attack on a policy, on this machine or where it is deployed."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.gateway_policy import chosen_policy, explained_envoy
from themekit.cli.project import open_project, project_option
from themekit.cli.show import counted, end_progress, progress, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from themekit.model.policy import Policy
    from themekit.trial.attacking import Outcome
    from themekit.trial.suite import Suite

FORMATS = ("table", "json", "junit")
MAX_TOKEN_BYTES = 65_536


@click.command("test", short_help="Attack a policy; exit 1 if an attack gets through.")
@click.argument("brand", metavar="BRAND")
@click.option("--against", "url", metavar="URL", help="A gateway that is deployed, instead of one on this machine.")
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A private key (PEM) of a test issuer, to sign tokens for --against.",
)
@click.option("--key-id", default="", metavar="ID", help="The id (`kid`) of the key.  [default: the policy's]")
@click.option("--issuer", default="", metavar="NAME", help="Whose key it is.  [default: the policy's only issuer]")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="One token for --against, where there is no key.",
)
@click.option("--with-limits", is_flag=True, help="Send bursts over the limits to --against, too.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="Of the result."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where the result goes.")
@project_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brand: str,
    *,
    url: str | None,
    key_file: Path | None,
    key_id: str,
    issuer: str,
    token_file: Path | None,
    with_limits: bool,
    format_: str,
    out: Path | None,
    root: Path,
) -> int:
    """Make attacks from the policy of BRAND, carry them out, and compare each answer with what the policy means.

    Without --against an Envoy with the policy runs on this machine, with test keys in place of the issuers' own.
    """
    if url is None and (key_file or token_file or key_id or issuer or with_limits):
        raise click.UsageError("--key-file, --key-id, --issuer, --token-file and --with-limits go with --against")
    if key_file and token_file:
        raise click.UsageError("give --key-file or --token-file, not both")
    started = time.perf_counter()
    token = "" if token_file is None else _token_in(token_file)
    if out is not None:
        _require_writable(out)
    project = open_project(root)
    brand_id, policy = chosen_policy(project, brand, needs_envoy=url is None)
    with explained_envoy():
        suite_of = (
            _embedded(policy)
            if url is None
            else _deployed(
                policy,
                url,
                key=(key_file, issuer, key_id),
                token=token,
                with_limits=with_limits,
            )
        )
        with suite_of as suite:
            for note in suite.notes:
                say(f"note: {note}")
            try:
                outcomes = tuple(suite.run(progress))
            except ConnectionRefusedError as refused:
                raise click.UsageError(f"nothing answers at {url}") from refused
    end_progress()
    _write(outcomes, brand_id, format_=format_, out=out)
    return _verdict(outcomes, brand_id, seconds=time.perf_counter() - started)


def _embedded(policy: Policy) -> AbstractContextManager[Suite]:
    from themekit.trial.suite import embedded_suite

    return embedded_suite(policy)


def _deployed(
    policy: Policy, url: str, *, key: tuple[Path | None, str, str], token: str, with_limits: bool
) -> AbstractContextManager[Suite]:
    from themekit.plugins import gateways
    from themekit.trial.keys import UnusableKey
    from themekit.trial.suite import Deployed, deployed_suite, key_of

    key_file, issuer, key_id = key
    try:
        found = key_of(policy, key_file.read_bytes(), issuer=issuer, key_id=key_id) if key_file else ("", None)
        deployed = Deployed(url, found[1], found[0], token, with_limits)
        targets = tuple(each for each in gateways() if each.name in policy.targets)
        return nullcontext(deployed_suite(policy, targets, deployed=deployed))
    except (UnusableKey, ValueError) as error:
        raise click.UsageError(str(error)) from error


def _token_in(path: Path) -> str:
    token = path.read_bytes()[:MAX_TOKEN_BYTES].decode("ascii", "replace").strip()
    if not token:
        raise click.UsageError(f"`{path}` is empty: --token-file needs a token; leave it out to send none")
    return token


def _require_writable(path: Path) -> None:
    """Find out before a minute of attacks that nobody could read of. What is there stays as it is."""
    from themekit.build.files import naming

    is_new = not path.exists()
    with naming(path):
        path.open("ab").close()
        if is_new:
            path.unlink()


def _write(outcomes: Sequence[Outcome], name: str, *, format_: str, out: Path | None) -> None:
    from themekit.trial.reporting import as_json, as_junit, table

    text = {
        "table": lambda: table(outcomes),
        "json": lambda: as_json(outcomes),
        "junit": lambda: as_junit(outcomes, f"gateway policy of {name}"),
    }[format_]()
    if out is None:
        click.echo(text.encode(), nl=False)  # UTF-8 whatever the locale
        return
    from themekit.build.files import naming

    with naming(out):
        out.write_bytes(text.encode())


def _verdict(outcomes: Sequence[Outcome], name: str, *, seconds: float) -> int:
    from themekit.trial.attacking import Verdict

    counts = {verdict: sum(each.verdict is verdict for each in outcomes) for verdict in Verdict}
    through, stopped = counts[Verdict.THROUGH], counts[Verdict.STOPPED]
    say(
        f"{counted(len(outcomes), 'attack')} on {name}: {stopped} answered as the policy means, "
        f"{through} not, {counts[Verdict.SKIPPED]} skipped in {seconds:.1f} s"
    )
    if not stopped and not through:
        say("error[gateway]: no attack could be made, so nothing is shown")
    return Exit.MISTAKES if through or not stopped else Exit.GOOD
