"""Options that say which machines take part: an executor, a store that they share, a shard of the brands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.project import chosen_brands, open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.build.shard import Shard
    from themekit.model import BrandId


def _shard_of(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Shard | None:
    if value is None:
        return None
    from themekit.build.shard import parse_shard

    try:
        return parse_shard(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def machine_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--executor`, `--store` and `--shard`."""
    options = (
        click.option(
            "--executor",
            metavar="WHERE",
            default="local",
            show_default=True,
            help="Where heavy work runs: local, dask://host:port or dask+tls://host:port.",
        ),
        click.option(
            "--store",
            metavar="URL",
            default="",
            envvar="THEMEKIT_STORE",
            help="Share what heavy work makes with other machines: s3://bucket/folder, file:///folder.",
        ),
        click.option(
            "--shard",
            metavar="I/N",
            callback=_shard_of,
            help="Only part I of N of the brands, for CI matrices.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def open_machines(root: Path, *, executor: str, store: str) -> Project:
    """The project with its store and executor, or a usage error where one cannot be."""
    from themekit.build.executors import UnusableExecutor, check_executor
    from themekit.engine.fsspec_store import UnusableStoreUrl, check_store_url

    try:
        url = check_store_url(store) if store else ""
        return open_project(root, remote=url, executor=check_executor(executor, store_url=url))
    except (UnusableExecutor, UnusableStoreUrl) as error:
        raise click.UsageError(str(error)) from error


def sharded_brands(
    project: Project, names: Sequence[str], *, shard: Shard | None, renders: bool = True
) -> tuple[BrandId, ...]:
    """The brands named, or all, and of these the ones of the shard."""
    brands = chosen_brands(project, names)
    if shard is None:
        return brands
    from themekit.build.shard import brands_of

    return brands_of(project.engine, brands, shard=shard, renders=renders)
