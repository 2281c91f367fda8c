"""`themekit preview`: the Studio and live pages, on this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import say

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.studio.serving.guard import Origins

PORT = 8350


@click.command(short_help="Show brands live while you edit them.")
@click.argument("brand", required=False, metavar="[BRAND]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"The port of the Studio; 0 takes any that is free.  [default: {PORT}, or a free one if that is taken]",
)
@click.option("--no-open", "opens", flag_value=False, default=True, type=bool, help="Do not open the browser.")
@click.option(
    "--prometheus",
    "prometheus_url",
    metavar="URL",
    envvar="THEMEKIT_PROMETHEUS",
    help="Show live requests of a gateway elsewhere, as this Prometheus recorded them.  [env: THEMEKIT_PROMETHEUS]",
)
@project_option
def command(brand: str | None, *, port: int | None, opens: bool, prometheus_url: str | None, root: Path) -> int:
    """Serve the Studio and every brand's pages, beginning with BRAND, until Ctrl+C.

    An edit of a brand file, a page or a logo is on the page at once, without a reload. Only this machine can connect,
    and only with the address that is printed.
    """
    from themekit.studio.admin.prometheus import Prometheus, UnusableAddress
    from themekit.studio.preview import PortTaken, run_preview

    try:
        prometheus = Prometheus.at(prometheus_url) if prometheus_url else None
    except UnusableAddress as error:
        raise click.UsageError(f"--prometheus: {error}") from None
    project = open_project(root)
    chosen = chosen_brands(project, [brand])[0] if brand else None

    def ready(origins: Origins) -> None:
        url = origins.first_url + (f"&brand={chosen}" if chosen else "")
        click.echo(url)
        say("the Studio is at this address, for this machine only; Ctrl+C ends it")
        if opens:
            click.launch(url)

    try:
        run_preview(project, port=PORT if port is None else port, ready=ready, prometheus=prometheus)
    except PortTaken as taken:
        if port is not None:
            raise click.UsageError(f"port {port} cannot be used: {str(taken).lower()}") from taken
        run_preview(project, port=0, ready=ready, prometheus=prometheus)
    return Exit.GOOD
