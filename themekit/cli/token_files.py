"""Arguments that name token files, a resolver and contexts, and the project that they make."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from themekit.build.tokens import TokenProject
    from themekit.engine.disk import DiskHost


RESOLVER_END = ".resolver.json"

files_argument = click.argument(
    "files", nargs=-1, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
resolver_option = click.option(
    "--resolver",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A resolver document. A FILE that ends in `{RESOLVER_END}` is one, too.",
)
contexts_option = click.option(
    "--context",
    "contexts",
    metavar="MODIFIER=CONTEXT",
    multiple=True,
    help="Choose a context; several with commas, or `*`, become modes.  [default: the modifier's]",
)


def token_project(
    files: tuple[Path, ...], *, resolver: Path | None, contexts: tuple[str, ...]
) -> tuple[DiskHost, TokenProject]:
    """The project, and where it is read from: this folder, or one above it that holds all files named.

    Raises UsageError.
    """
    from themekit.build.tokens import TokenProject
    from themekit.engine.disk import DiskHost

    plain = [path for path in files if not path.name.endswith(RESOLVER_END)]
    resolvers = [path for path in files if path not in plain] + ([resolver] if resolver else [])
    if len(resolvers) > 1:
        raise click.UsageError("there is more than one resolver")
    if not plain and not resolvers:
        raise click.UsageError("name a file of tokens, or a resolver")
    named = [Path(os.path.abspath(path)) for path in (*plain, *resolvers)]  # noqa: PTH100  # links stay links
    here = Path.cwd()
    is_here = all(path.is_relative_to(here) for path in named)
    root = here if is_here else Path(os.path.commonpath([path.parent for path in named]))
    within = [PurePosixPath(path.relative_to(root).as_posix()) for path in named]
    project = TokenProject(
        tuple(within[: len(plain)]), within[len(plain)] if resolvers else None, chosen_contexts(contexts)
    )
    if project.contexts and project.resolver is None:
        raise click.UsageError("`--context` chooses contexts of a resolver, and there is none")
    return DiskHost(root), project


def chosen_contexts(written: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`theme=light,dark` by modifier. Raises UsageError."""
    found: dict[str, tuple[str, ...]] = {}
    for each in written:
        name, equals, contexts = each.partition("=")
        names = tuple(context.strip() for context in contexts.split(",") if context.strip())
        if not equals or not name or not names:
            raise click.UsageError(f"`{each}` is not of the form MODIFIER=CONTEXT, as in `theme=dark`")
        found[name] = (*found.get(name, ()), *names)
    return found
