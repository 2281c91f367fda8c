"""`themekit package`: one verified zip a brand, for partners to download and host."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.machines import machine_options, open_machines, sharded_brands
from themekit.cli.project import frozen_option, jobs_option, project_option, require_frozen
from themekit.cli.show import counted, end_progress, format_option, progress, say, show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.build.shard import Shard
    from themekit.build.signing import Signing

INCLUDED = ("sdk", "packages")


@click.command(short_help="Write one zip a brand to build/dist/, and SHA256SUMS.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@jobs_option
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@frozen_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.option("--sign", "key", metavar="KEY", help="Sign by this secret key; `env` takes THEMEKIT_SIGNING_KEY.")
@click.option(
    "--builder-id",
    "builder",
    metavar="URI",
    envvar="THEMEKIT_BUILDER_ID",
    help="Who builds, for the provenance: what a CI system names itself.",
)
@click.option("--tar", is_flag=True, help="Each bundle as .tar.zst, too.")
@click.option(
    "--delta-from",
    "old",
    metavar="OLD",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Write a patch from this old bundle, or each in this folder; repeatable.",
)
@click.option(
    "--include",
    type=click.Choice(INCLUDED),
    multiple=True,
    help="Put SDK sources, or the packages that pip, npm, mvn and go install, into the bundle; repeatable.",
)
@machine_options
@project_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    jobs: int | None,
    strict: bool,
    frozen: bool,
    quiet: bool,
    executor: str,
    store: str,
    shard: Shard | None,
    key: str | None,
    builder: str | None,
    tar: bool,
    old: tuple[Path, ...],
    include: tuple[str, ...],
    root: Path,
    format_: str,
) -> int:
    """Write build/dist/<brand>-<version>.zip for each BRAND (all by default), and SHA256SUMS beside them.

    A shard writes SHA256SUMS.<i>-of-<n>, of its own bundles; sorted together by name these are SHA256SUMS.

    Packages what a build makes, whether or not build/ holds it already. Times inside are SOURCE_DATE_EPOCH, or 1980:
    the same inputs give the same bytes.
    """
    from themekit.build.dist import Extras
    from themekit.build.packaging import InvalidEpochError, package

    signing = _signing(key, builder)
    extras = Extras(tuple(name for name in INCLUDED if name in include), tar, old, signing)
    started = time.perf_counter()
    project = open_machines(root, executor=executor, store=store)
    if frozen:
        require_frozen(project, format_)
    chosen = sharded_brands(project, brands, shard=shard)
    try:
        report = package(project, chosen, jobs=jobs, tell=_tell(quiet), shard=shard, extras=extras)
    except InvalidEpochError as error:
        raise click.UsageError(str(error)) from error
    if not quiet:
        end_progress()
    show_diagnostics(report.diagnostics, format_)
    for bundle in report.bundles:
        # What machines read is one document, and nothing else is on standard output then.
        click.echo(f"{bundle.sha256}  {bundle.path}", err=format_ != "text")
    if not quiet:
        size = sum(bundle.size for bundle in report.bundles) / 1e6
        elapsed_s = time.perf_counter() - started
        failed = f"; {', '.join(report.failed)} failed" if report.failed else ""
        count = counted(len({bundle.brand_id for bundle in report.bundles}), "brand")
        say(f"packaged {count}, {size:.1f} MB in {elapsed_s:.2f} s{failed}")
    warned = strict and any(not each.is_error for each in report.diagnostics)
    return Exit.MISTAKES if report.failed or warned else Exit.GOOD


def _tell(quiet: bool) -> Callable[[str], None]:  # noqa: FBT001
    return (lambda _: None) if quiet else progress


def _signing(key: str | None, builder: str | None) -> Signing | None:
    """Who signs; a usage error for a builder without a key, or one that is no URI."""
    if builder is not None and not re.fullmatch(r"[a-z][a-z0-9+.-]*:[!-~]+", builder):
        raise click.UsageError(
            "--builder-id is no URI, such as https://github.com/acme/portals/.github/workflows/ci.yml"
        )
    if key is None:
        return None
    from themekit.build.signing import DEFAULT_BUILDER, Signing
    from themekit.cli.signing_key import signing_key

    return Signing(signing_key(key), builder or DEFAULT_BUILDER)
