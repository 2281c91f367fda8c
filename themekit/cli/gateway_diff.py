"""`themekit gateway diff`: what a change of a policy means, and whether it weakens what is protected."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.apis import engine_of
from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.build.project import Project
    from themekit.engine import Engine
    from themekit.model.policy import Policy


@click.command(short_help="Explain every change of meaning between two policies.")
@click.argument("policies", nargs=-1, required=True, metavar="BRAND | OLD NEW")
@click.option("--from", "from_", metavar="REV", help="Of one policy: as it is in this Git revision.")
@click.option("--to", metavar="REV", help="With --from: up to this revision.  [default: the files as they are]")
@click.option(
    "--fail-on", type=click.Choice(("weakens",)), default=None, help="End with 3 if a change weakens what is protected."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Sentences for people, or an object for programs.",
)
@project_option
def command(
    policies: tuple[str, ...], *, from_: str | None, to: str | None, fail_on: str | None, format_: str, root: Path
) -> int:
    """Explain what changes between the policies OLD and NEW, or for BRAND since a Git revision (--from).

    A policy is a brand's id, or the path of a file such as brands/acme/policy.json. Every change weakens what is
    protected, strengthens it, or does neither. Files of Git are read where they are: nothing is checked out.
    """
    from themekit.gateway.change import Risk
    from themekit.gateway.changes import changes
    from themekit.gateway.changes_text import changes_json, changes_text

    project = open_project(root)
    sides = _sides(project, policies, from_=from_, to=to)
    (old, (before, _)), (new, (after, tags)) = ((name, read()) for name, read in sides)
    if before is None or after is None:
        return Exit.MISTAKES
    found = changes(before, after, tags=tags)
    show = changes_json if format_ == "json" else changes_text
    click.echo(show(found, old=old, new=new).encode(), nl=False)
    is_weaker = any(each.risk is Risk.WEAKENS for each in found)
    return Exit.DRIFT if fail_on and is_weaker else Exit.GOOD


Tags = dict[str, tuple[str, ...]]
Read = tuple["Policy | None", Tags]


def _sides(
    project: Project, policies: tuple[str, ...], *, from_: str | None, to: str | None
) -> tuple[tuple[str, Callable[[], Read]], tuple[str, Callable[[], Read]]]:
    """What the two sides are called, and how each is read."""
    if from_ is None:
        if to is not None:
            raise click.UsageError("`--to` needs `--from`")
        if len(policies) != 2:
            raise click.UsageError("name two policies, or one and `--from REV`")
        old, new = (_path_of(project, each) for each in policies)
        return (str(old), lambda: _read(project.engine, old)), (str(new), lambda: _read(project.engine, new))
    if len(policies) != 1:
        raise click.UsageError("with `--from`, name one policy")
    path = _path_of(project, policies[0])
    name = str(path) if to is None else f"{path} in {to}"
    then = engine_of(project, from_)
    now = project.engine if to is None else engine_of(project, to)
    return (f"{path} in {from_}", lambda: _read(then, path)), (name, lambda: _read(now, path))


def _path_of(project: Project, named: str) -> PurePosixPath:
    """The policy's path in the project, of a brand's id, or of a file that is named from here or from the project."""
    if "/" not in named and not named.endswith(".json"):
        return PurePosixPath("brands") / named / "policy.json"
    from_here = Path(named).absolute()
    if from_here.is_file() and from_here.is_relative_to(project.root):
        return PurePosixPath(from_here.relative_to(project.root).as_posix())
    return PurePosixPath(named)


def _read(engine: Engine, path: PurePosixPath) -> Read:
    """The policy and the tags of its API, or None after its mistakes were shown; a usage error if it is not there."""
    from themekit.build.gateway import policy_at, tags_of

    known = engine.get(policy_at, path)
    found = engine.diagnostics(policy_at, path)
    if known is None and not found:
        raise click.UsageError(f"there is no policy `{path}`")
    show_diagnostics(found, "text")
    return known, {} if known is None else dict(engine.get(tags_of, known.api))
