"""Whom the provider has sent, and with which roles the last time: approvals are judged by it when nobody is logged in.

Who somebody is, the provider's `sub` says alone; a name is only what is shown, and can be given to others or changed
there. So the name of the first login is kept for good, and nobody else gets it: who could have two names could approve
their own work. Names begin with `oidc:`, which no local name can.

Source: OpenID Connect Core 1.0, 5.7.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from themekit.studio.admin.keeping import alone, keep, require_private
from themekit.studio.admin.oidc.settings import SettingsFile
from themekit.studio.admin.users import Role, User

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from themekit.source.json_value import JsonValue
    from themekit.studio.admin.oidc.settings import OidcSettings

FILE = "oidc-users.json"
PREFIX = "oidc:"
SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+|:/-]{0,127}")
MAX_ACCOUNTS = 10_000
MAX_FILE_BYTES = 16 << 20


class BrokenAccounts(Exception):  # noqa: N818  # the state, not a fault
    """The file of those whom the provider has sent is not what we write."""


class NoName(ValueError):  # noqa: N818  # an answer, not a fault
    """Somebody cannot be called anything; the message says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the provider. Without roles they are nobody now, and the name stays theirs.

    `granted_by` is the digest of the settings by which the roles were given.
    """

    subject: str
    name: str
    roles: tuple[Role, ...]
    granted_by: str

    @property
    def user(self) -> User:
        """The same for those who do not ask where somebody comes from."""
        return User(self.name, self.roles, None, f"{self.granted_by} {self.subject}")


class Accounts:
    """Those of a project's provider. Another issuer's begin anew."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the one that is kept."""
        self._folder = folder
        self._settings = SettingsFile(folder)

    def may_come(self) -> bool:
        """There is a provider."""
        return self._settings.read() is not None

    def all(self) -> tuple[User, ...]:
        """Those who have roles by the settings as they are now. Raises NotPrivate, BrokenAccounts, BrokenSettings."""
        settings = self._settings.read()
        if settings is None:
            return ()
        found = self._read(settings.issuer)
        return tuple(each.user for each in found if each.roles and each.granted_by == settings.digest)

    def find(self, name: str) -> User | None:
        """The one of this name, `oidc:` included."""
        return next((user for user in self.all() if user.name == name), None)

    def admit(
        self,
        settings: OidcSettings,
        subject: str,
        *,
        preferred: str,
        roles: tuple[Role, ...],
        note: Callable[[User], object],
    ) -> User:
        """Keep somebody who has come, with the roles they have now; `note` writes it down before. Raises NoName.

        `preferred` is what they would like to be called; where that cannot be a name, it is their subject.
        """
        with alone(self._folder, "oidc-users"):
            accounts = self._read(settings.issuer)
            known = next((each for each in accounts if each.subject == subject), None)
            name = _new_name(subject, preferred, accounts) if known is None else known.name
            account = Account(subject, name, roles, settings.digest)
            others = [each for each in accounts if each.subject != subject]
            if len(others) >= MAX_ACCOUNTS:
                raise NoName(f"there are {MAX_ACCOUNTS} accounts already")
            note(account.user)
            self._write(settings.issuer, [*others, account])
        return account.user

    def remove(self, name: str) -> bool:
        """Take the roles from somebody until they come again; False if nobody of this name has any."""
        return bool(self._dismiss(lambda each: each.name == name))

    def dismiss(self, subject: str) -> str:
        """The same for somebody by their subject; the name, or nothing."""
        return self._dismiss(lambda each: each.subject == subject)

    def _dismiss(self, is_meant: Callable[[Account], bool]) -> str:
        settings = self._settings.read()
        if settings is None:
            return ""
        with alone(self._folder, "oidc-users"):
            accounts = self._read(settings.issuer)
            found = next((each for each in accounts if is_meant(each) and each.roles), None)
            if found is None:
                return ""
            others = [each for each in accounts if each is not found]
            self._write(settings.issuer, [*others, replace(found, roles=())])
        return found.name

    def _read(self, issuer: str) -> tuple[Account, ...]:
        path = self._folder / FILE
        require_private(path)
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except FileNotFoundError:
            return ()
        try:
            written_for, accounts = _accounts_in(cast("JsonValue", json.loads(content)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BrokenAccounts(f"`{FILE}` is not as it was written: {type(error).__name__}") from error
        return accounts if written_for == issuer else ()

    def _write(self, issuer: str, accounts: list[Account]) -> None:
        listed = [
            {"subject": each.subject, "name": each.name, "roles": list(each.roles), "grantedBy": each.granted_by}
            for each in sorted(accounts, key=lambda each: each.name)
        ]
        value = {"version": 1, "issuer": issuer, "users": listed}
        keep(self._folder / FILE, json.dumps(value, indent=1).encode() + b"\n")


def _new_name(subject: str, preferred: str, accounts: tuple[Account, ...]) -> str:
    shown = preferred if SHOWN.fullmatch(preferred) else subject
    if SHOWN.fullmatch(shown) is None:
        raise NoName("neither `preferred_username` nor `sub` of this account can be shown as a name")
    name = f"{PREFIX}{shown}"
    if any(each.name.casefold() == name.casefold() for each in accounts):
        raise NoName(f"`{name}` is another account's name here, and stays it: this account needs another username")
    return name


def _accounts_in(value: JsonValue) -> tuple[str, tuple[Account, ...]]:
    if not isinstance(value, dict) or value["version"] != 1 or not isinstance(value["users"], list):
        raise ValueError
    accounts = tuple(map(_account_in, value["users"]))
    if len({each.name for each in accounts}) < len(accounts) or len({each.subject for each in accounts}) < len(
        accounts
    ):
        raise ValueError
    return str(value["issuer"]), accounts


def _account_in(value: JsonValue) -> Account:
    if not isinstance(value, dict) or not isinstance(value["roles"], list):
        raise TypeError
    texts = [value[name] for name in ("subject", "name", "grantedBy")]
    subject, name, granted_by = (each for each in texts if isinstance(each, str))
    if not name.startswith(PREFIX) or SHOWN.fullmatch(name.removeprefix(PREFIX)) is None:
        raise ValueError
    return Account(subject, name, tuple(Role(str(role)) for role in value["roles"]), granted_by)
