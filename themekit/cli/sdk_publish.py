"""`themekit sdk publish`: a brand's packages into registries, each version once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import say, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.publish.requests import Credentials

KINDS = ("pypi", "npm", "maven", "go")


def _registries(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`kind=URL` for each."""
    found: dict[str, str] = {}
    for value in values:
        kind, is_given, url = value.partition("=")
        if kind not in KINDS or not is_given:
            named = f"`{kind}`" if kind.isalnum() else "this"  # an address may hold a password
            raise click.BadParameter(
                f"{named} is no registry; write `--registry pypi=https://…`, of {', '.join(KINDS)}"
            )
        if kind in found:
            raise click.BadParameter(f"`{kind}` is given twice")
        found[kind] = url.rstrip("/")
    return found


@click.command(short_help="Publish a brand's SDKs to registries; the same version again is no work.")
@click.argument("brand")
@click.option(
    "--registry",
    "registries",
    multiple=True,
    required=True,
    callback=_registries,
    metavar="KIND=URL",
    help=f"Where to; may be repeated. KIND is one of {', '.join(KINDS)}.",
)
@click.option("--dry-run", is_flag=True, help="Look what is there, and send nothing.")
@project_option
def command(brand: str, *, registries: dict[str, str], dry_run: bool, root: Path) -> int:
    """Publish the SDKs of BRAND: a wheel and a source distribution, a tarball, a Maven artifact, a Go module.

    A version that a registry has with the same bytes stays as it is; with other bytes it is an error, and nothing of
    that kind is sent. Credentials come from the environment: THEMEKIT_PYPI_TOKEN, THEMEKIT_NPM_TOKEN,
    THEMEKIT_MAVEN_TOKEN, THEMEKIT_GO_TOKEN, or …_USER and …_PASSWORD.
    """
    from themekit.publish.kinds import publish, release
    from themekit.publish.registries import VersionTaken
    from themekit.publish.requests import Registry, RegistryError

    project = open_project(root)
    (brand_id,) = chosen_brands(project, (brand,))
    status: int = Exit.GOOD
    for kind, url in registries.items():
        found = project.engine.get(release, brand_id, kind)
        show_diagnostics(project.engine.diagnostics(release, brand_id, kind), "text")
        if not found:
            say(f"error[publish]: `{brand_id}` has no package for {kind}")
            status = Exit.MISTAKES
            continue
        try:
            done = publish(Registry(url, _credentials(kind)), found, dry_run=dry_run)
        except VersionTaken as error:
            say(f"error[publish]: {error}")
            status = status or Exit.MISTAKES
            continue
        except RegistryError as error:
            say(f"error[publish]: {error}")
            status = Exit.IO
            continue
        for each in done:
            click.echo(f"{kind}: {each.state} {each.name}")
    return status


def _credentials(kind: str) -> Credentials:
    from themekit.publish.requests import Credentials

    def given(name: str) -> str:
        return os.environ.get(f"THEMEKIT_{kind.upper()}_{name}", "")

    return Credentials(given("TOKEN"), given("USER"), given("PASSWORD"))
