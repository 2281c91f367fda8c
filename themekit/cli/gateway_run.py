"""`themekit gateway run`: a brand's policy in force on this machine, live while it is edited."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.gateway_policy import chosen_policy, explained_envoy
from themekit.cli.project import open_project, project_option
from themekit.cli.show import say, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId
    from themekit.model.policy import Policy

PORT = 8360


class _Shown:
    """What happens, told to the person at the terminal."""

    def __init__(self, host: str, path: str) -> None:
        """For the sample call: a host and the path of an operation."""
        self._host, self._path = host, path

    def ready(self, url: str, notes: tuple[str, ...], tokens: tuple[tuple[str, str], ...]) -> None:
        for note in notes:
            say(f"note: {note}")
        click.echo(url)
        for issuer, token in tokens:
            click.echo(f"token of {issuer}: {token}")
        bearer = " -H 'Authorization: Bearer TOKEN'" if tokens else ""
        say(f"try: curl -i -H 'Host: {self._host}'{bearer} {url}{self._path}")
        say("the gateway is for this machine only; Ctrl+C ends it")

    def changed(self, files: tuple[str, ...], seconds: float) -> None:
        what = ", ".join(files) if files else "nothing of the gateway's files"
        say(f"saved: {what} changed, in force after {seconds * 1000:.0f} ms")

    def refused(self, why: tuple[str, ...]) -> None:
        for line in "\n".join(why).splitlines():
            say(f"error[gateway]: {line}")
        say("the policy from before is in force")

    def mistaken(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        show_diagnostics(diagnostics, "text")
        say("the policy from before is in force")


@click.command("run", short_help="Run a policy on this machine, live while you edit it.")
@click.argument("brand", metavar="BRAND")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"Where it listens; 0 takes any port that is free.  [default: {PORT}, or a free one if that is taken]",
)
@click.option("--upstream", default="", metavar="URL", help="The API behind it.  [default: one made of examples]")
@click.option("--test-keys", is_flag=True, help="Fresh keys in place of the issuers' own, and a token of each.")
@project_option
def command(brand: str, *, port: int | None, upstream: str, test_keys: bool, root: Path) -> int:
    """Run Envoy with the policy of BRAND until Ctrl+C, on loopback and in plain text.

    A policy that is saved is in force at once; one with mistakes leaves the old one in force, and they are shown.
    Without --upstream each operation answers with the example of the API's description.
    """
    project = open_project(root)
    brand_id, found = chosen_policy(project, brand)
    with explained_envoy():
        _run(project, brand_id, found, port=port, upstream=upstream, test_keys=test_keys)
    return Exit.GOOD


def _run(
    project: Project, brand_id: BrandId, found: Policy, /, *, port: int | None, upstream: str, test_keys: bool
) -> None:
    from themekit.gateway.attacks import Scene
    from themekit.studio.updating.watch import Watch
    from themekit.trial.live_run import LiveRun, PortTaken, free_port, upstream_of

    scene = Scene(found, 0)
    paths = (path for each in found.operations if each.method == "GET" and (path := scene.path(each)))
    shown = _Shown(found.listen.hosts[0], next(paths, found.listen.base_path + "/"))
    try:
        if upstream:
            upstream_of(upstream, found.upstream)
        chosen = free_port(PORT if port is None else port)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except PortTaken as taken:
        if port is not None:
            raise click.UsageError(f"port {port} cannot be used: {str(taken).lower()}") from taken
        chosen = free_port(0)
    live = LiveRun(project, brand_id, shown, chosen, upstream, test_keys)
    before = {
        number: signal.signal(number, lambda *_: live.changes.put(None))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        live.run(found, Watch)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
