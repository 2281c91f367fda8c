"""All who may log in, wherever they come from: users with a password here, and those whom a provider has sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.studio.admin.oidc.accounts import PREFIX

if TYPE_CHECKING:
    from themekit.studio.admin.oidc.accounts import Accounts
    from themekit.studio.admin.users import User, Users


class People:
    """Of one project. Files are read anew each time."""

    def __init__(self, users: Users, accounts: Accounts) -> None:
        """Nothing is read yet."""
        self._users = users
        self.accounts = accounts

    def all(self) -> tuple[User, ...]:
        """Users first, each part in the order of names. Raises NotPrivate and what says that a file is broken."""
        return (*self._users.all(), *self.accounts.all())

    def find(self, name: str) -> User | None:
        """The one of this name."""
        return self.accounts.find(name) if name.startswith(PREFIX) else self._users.find(name)

    def remove(self, name: str) -> bool:
        """Take a user out; False if there is none of this name. Whom a provider sends may come again."""
        return self.accounts.remove(name) if name.startswith(PREFIX) else self._users.remove(name)

    def are_any(self) -> bool:
        """Somebody may log in, or a provider may send somebody."""
        return bool(self._users.all()) or self.accounts.may_come()
