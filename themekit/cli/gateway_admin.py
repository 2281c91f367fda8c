"""`themekit gateway admin`: who may log in to the Studio's page on gateway policies, and as what."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from themekit.studio.admin.audit_log import AuditLog
    from themekit.studio.admin.people import People
    from themekit.studio.admin.users import Role, Users

ROLES = ("author", "reviewer", "publisher")
ACTOR = "command line"
MAX_REASON = 2000


class _Given(TypedDict):
    issuer: str
    client_id: str
    secret: str
    claim: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    label: str


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
    """Take the user NAME out, which ends their sessions. Whom a provider sends may come again."""
    from themekit.studio.admin.audit_log import Entry

    with _kept(root) as (users, log):
        if not _people(root, users).remove(name):
            raise click.UsageError(f"there is no user `{name}`")
        log.append(Entry(ACTOR, "user-removed", reason=name))
        say(f"removed {name}")
    return Exit.GOOD


@user.command("list", short_help="Print users and their roles.")
@project_option
def list_users(*, root: Path) -> int:
    """Print each user with their roles."""
    with _kept(root) as (users, _):
        for each in _people(root, users).all():
            click.echo(f"{each.name}: {', '.join(each.roles)}")
    return Exit.GOOD


@command.group(short_help="An OpenID provider that sends users, too.")
def oidc() -> None:
    """An OpenID provider that sends users, too: kept in `.themekit/oidc.json`, which Git does not see."""


@oidc.command("set", short_help="Say which provider, and what gives its users roles.")
@click.option("--issuer", metavar="URL", required=True, help="The provider's issuer, as its tokens name it.")
@click.option("--client-id", metavar="ID", required=True, help="What the provider calls this client.")
@click.option(
    "--client-secret",
    "secret",
    metavar="env:NAME",
    default="",
    help="The variable with the secret; none: public client.",
)
@click.option("--claim", metavar="NAME", required=True, help="The claim of the ID token that gives roles.")
@click.option(
    "--role", "roles", metavar="ROLE=VALUE", multiple=True, required=True, help="A role for a value; repeatable."
)
@click.option(
    "--scope", "scopes", metavar="SCOPE", multiple=True, help="Asked for besides openid, profile; repeatable."
)
@click.option("--label", metavar="TEXT", default="", help='What "Sign in with" ends with; else the issuer\'s host.')
@project_option
def set_oidc(*, root: Path, **given: Unpack[_Given]) -> int:
    """Say which provider may send users, and which values of a claim of theirs give roles.

    The secret of the client is read from a variable when somebody logs in, and kept nowhere.
    """
    from themekit.studio.admin.audit_log import Entry
    from themekit.studio.admin.oidc.settings import SCOPES, OidcSettings, SettingsFile

    scopes = tuple(dict.fromkeys((*SCOPES, *given["scopes"])))
    settings = OidcSettings(
        given["issuer"],
        given["client_id"],
        given["claim"],
        _values(given["roles"]),
        given["secret"],
        scopes,
        given["label"],
    )
    with _kept(root) as (_, log):
        try:
            SettingsFile(_folder(root)).write(settings)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        granted = "; ".join(f"{role}: {', '.join(values)}" for role, values in settings.roles)
        log.append(Entry(ACTOR, "oidc-set", reason=f"{settings.issuer}, {settings.claim}: {granted}"[:MAX_REASON]))
        say(f"users of {settings.issuer} may log in; register http://127.0.0.1:PORT/oidc there to lead back to")
    return Exit.GOOD


@oidc.command("show", short_help="Print which provider sends users.")
@project_option
def show_oidc(*, root: Path) -> int:
    """Print the provider's settings; of the client's secret there is only a variable's name."""
    from themekit.studio.admin.oidc.settings import SettingsFile

    with _kept(root):
        settings = SettingsFile(_folder(root)).read()
        if settings is None:
            say("no provider is set")
            return Exit.GOOD
        click.echo(f"issuer: {settings.issuer}\nclient: {settings.client_id}\nsecret: {settings.secret or 'none'}")
        click.echo(f"scopes: {' '.join(settings.scopes)}\nclaim: {settings.claim}")
        for role, values in settings.roles:
            click.echo(f"{role}: {', '.join(values)}")
    return Exit.GOOD


@oidc.command("remove", short_help="Take the provider out, which ends its users' sessions.")
@project_option
def remove_oidc(*, root: Path) -> int:
    """Take the provider out: sessions of its users end, and their approvals count no more."""
    from themekit.studio.admin.audit_log import Entry
    from themekit.studio.admin.oidc.settings import SettingsFile

    with _kept(root) as (_, log):
        if not SettingsFile(_folder(root)).remove():
            raise click.UsageError("no provider is set")
        log.append(Entry(ACTOR, "oidc-removed"))
        say("removed the provider")
    return Exit.GOOD


def _values(given: tuple[str, ...]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """What gives each role, of `ROLE=VALUE` each."""
    from themekit.studio.admin.users import Role

    pairs = [each.partition("=") for each in given]
    wrong = [name for name, _, _ in pairs if name not in ROLES]
    if wrong:
        raise click.UsageError(f"`--role` is ROLE=VALUE with one of {', '.join(ROLES)}, not {', '.join(wrong)}")
    found = {role: tuple(value for name, _, value in pairs if name == role) for role in Role}
    return tuple((role, values) for role, values in found.items() if values)


def _folder(root: Path) -> Path:
    from themekit.studio.admin.keeping import FOLDER

    return open_project(root).root / FOLDER


def _people(root: Path, users: Users) -> People:
    from themekit.studio.admin.oidc.accounts import Accounts
    from themekit.studio.admin.people import People

    return People(users, Accounts(_folder(root)))


@contextmanager
def _kept(root: Path) -> Iterator[tuple[Users, AuditLog]]:
    """The project's users and its log; what is not as it must be ends the command with a line on it."""
    from themekit.studio.admin.audit_log import AuditBroken, AuditLog
    from themekit.studio.admin.keeping import NotPrivate, kept_folder
    from themekit.studio.admin.oidc.accounts import BrokenAccounts
    from themekit.studio.admin.oidc.settings import BrokenSettings
    from themekit.studio.admin.users import BrokenUsers, Users

    try:
        folder = kept_folder(open_project(root).root)
        yield Users(folder), AuditLog(folder)
    except (NotPrivate, BrokenUsers, BrokenAccounts, BrokenSettings, AuditBroken) as error:
        say(f"error[admin]: {error}")
        raise click.exceptions.Exit(Exit.IO) from None


def _password() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
