"""`themekit gateway admin`: who may log in to the Studio's page on gateway policies, and as what."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from themekit.studio.admin.audit_log import AuditLog
    from themekit.studio.admin.users import Users

ROLES = ("author", "reviewer", "publisher")
ACTOR = "command line"


@click.group(short_help="Say who may change gateway policies in the Studio.")
def command() -> None:
    """Say who may change gateway policies in the Studio."""


@command.group(short_help="Users of the Studio's page on policies.")
def user() -> None:
    """Users of the Studio's page on policies: kept in `.themekit/users.json`, which Git does not see."""


@user.command("add", short_help="Add a user, or give one another password and roles.")
@click.argument("name", metavar="NAME")
@click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="What they may do; repeatable."
)
@project_option
def add(name: str, *, roles: tuple[str, ...], root: Path) -> int:
    """Add the user NAME, or give NAME another password and other roles, which ends their sessions.

    The password is asked for, or read as the first line of stdin where that is no terminal.
    """
    from themekit.studio.admin.audit_log import Entry
    from themekit.studio.admin.users import Role

    with _kept(root) as (users, log):
        password = _password()
        try:
            is_new = users.find(name) is None
            added = users.put(name, password, roles=tuple(Role(role) for role in roles))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        what = "user-added" if is_new else "user-changed"
        log.append(Entry(ACTOR, what, reason=f"{name}: {', '.join(added.roles)}"))
        say(f"{'added' if is_new else 'changed'} {name}: {', '.join(added.roles)}")
    return Exit.GOOD


@user.command("remove", short_help="Take a user out, which ends their sessions.")
@click.argument("name", metavar="NAME")
@project_option
def remove(name: str, *, root: Path) -> int:
    """Take the user NAME out, which ends their sessions."""
    from themekit.studio.admin.audit_log import Entry

    with _kept(root) as (users, log):
        if not users.remove(name):
            raise click.UsageError(f"there is no user `{name}`")
        log.append(Entry(ACTOR, "user-removed", reason=name))
        say(f"removed {name}")
    return Exit.GOOD


@user.command("list", short_help="Print users and their roles.")
@project_option
def list_users(*, root: Path) -> int:
    """Print each user with their roles."""
    with _kept(root) as (users, _):
        for each in users.all():
            click.echo(f"{each.name}: {', '.join(each.roles)}")
    return Exit.GOOD


@contextmanager
def _kept(root: Path) -> Iterator[tuple[Users, AuditLog]]:
    """The project's users and its log; what is not as it must be ends the command with a line on it."""
    from themekit.studio.admin.audit_log import AuditBroken, AuditLog
    from themekit.studio.admin.keeping import NotPrivate, kept_folder
    from themekit.studio.admin.users import BrokenUsers, Users

    try:
        folder = kept_folder(open_project(root).root)
        yield Users(folder), AuditLog(folder)
    except (NotPrivate, BrokenUsers, AuditBroken) as error:
        say(f"error[admin]: {error}")
        raise click.exceptions.Exit(Exit.IO) from None


def _password() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
