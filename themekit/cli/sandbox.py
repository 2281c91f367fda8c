"""`themekit sandbox`: the API's sandbox on this machine, for programs, SDKs and gateways."""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import say, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.sandbox.making import SandboxData

PORT = 8370


@click.command(short_help="Answer as the API does, on this machine.")
@click.argument("brand", required=False, metavar="[BRAND]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"Where it listens; 0 takes any port that is free.  [default: {PORT}, or a free one if that is taken]",
)
@click.option("--api", metavar="FILE", help="Another description, in the project.  [default: the project's]")
@project_option
def command(brand: str | None, *, port: int | None, api: str | None, root: Path) -> int:
    """Answer every operation of the API with its example, until Ctrl+C; with BRAND, at the path of its sandbox.

    Requests are checked, what is created is there, and `Prefer: code=…` asks for any answer. Nothing leaves this
    machine, and nothing is kept.
    """
    project = open_project(root)
    data = _data(project, api)
    if data is None:
        return Exit.MISTAKES
    base_path = _base_path(project, brand) if brand else data.base_path
    with suppress(KeyboardInterrupt):
        try:
            _serve(data, base_path, port=PORT if port is None else port)
        except OSError as taken:
            if port is not None:
                reason = str(taken.strerror or taken).lower()
                raise click.UsageError(f"port {port} cannot be used: {reason}") from taken
            _serve(data, base_path, port=0)
    return Exit.GOOD


def _data(project: Project, api: str | None) -> SandboxData | None:
    from themekit.build.sandbox import sandbox_data
    from themekit.build.sdk import api_path
    from themekit.cli.apis import path_of

    path = path_of(project, api) if api else project.engine.get(api_path)
    if path is None:
        raise click.UsageError("the project describes no API: there is no `docs_src/api/openapi.yaml`")
    data = project.engine.get(sandbox_data, path)
    found = project.engine.diagnostics(sandbox_data, path)
    if data is None and not found:
        raise click.UsageError(f"there is no description `{path}`")
    show_diagnostics(found, "text")
    return data


def _base_path(project: Project, brand: str) -> str:
    from themekit.build.brands import brand as brand_task
    from themekit.sandbox.described import path_of

    (chosen,) = chosen_brands(project, [brand])
    known = project.engine.get(brand_task, chosen)
    if known is None:
        raise click.UsageError(f"the brand `{brand}` has mistakes; `themekit check {brand}` shows them")
    return path_of(known.api.sandbox_url)


def _serve(data: SandboxData, base_path: str, *, port: int) -> None:
    from themekit.trial.sandbox import serving_data

    with serving_data(data, base_path=base_path, port=port) as base_url:
        click.echo(base_url)
        say(f"the sandbox of {data.title} is at this address, for this machine only; Ctrl+C ends it")
        Event().wait()
