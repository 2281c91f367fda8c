"""Who may log in, and as what: a file that Git does not see, with passwords as hashes.

Somebody who is not in it costs as much time as somebody who is, so that trying tells nobody which names there are.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from themekit.studio.admin.keeping import alone, keep, require_private
from themekit.studio.admin.passwords import COST, SALT_BYTES, Cost, Hashed

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.source.json_value import JsonValue

FILE = "users.json"
OIDC_FILE = "oidc.json"
"""Beside it: the OpenID provider that sends users, too; see `oidc/settings.py`."""
NAME = re.compile(r"[a-z][a-z0-9._-]{0,31}")
MAX_N, MAX_RP = 2**20, 64


class Role(StrEnum):
    """What a user may do besides looking: write drafts and submit them, approve those of others, publish."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"


class BrokenUsers(Exception):  # noqa: N818  # the state, not a fault
    """The users' file is not what we write."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in: with a password, or as whom a provider sends, which `origin` tells from others."""

    name: str
    roles: tuple[Role, ...]
    password: Hashed | None
    origin: str = ""

    @property
    def version(self) -> str:
        """Another one when the password, the origin or the roles are others: sessions of before end with it."""
        known = self.origin if self.password is None else f"{self.password.hash} {self.password.salt}"
        text = f"{known} {' '.join(self.roles)}"
        return hashlib.sha256(text.encode()).hexdigest()


class Users:
    """The users of a project. The file is read anew each time: it is small, and the command line writes it, too."""

    def __init__(self, folder: Path, *, cost: Cost = COST) -> None:
        """`folder` is the one that is kept."""
        self._folder = folder
        self._cost = cost
        self._nobody = Hashed(cost, "00" * SALT_BYTES, "")

    def all(self) -> tuple[User, ...]:
        """In the order of their names. Raises NotPrivate, BrokenUsers."""
        return self._read()[0]

    def log_start(self) -> str:
        """The digest of the audit log's first record, as it was noted here; empty if it was not. Raises the same."""
        return self._read()[1]

    def note_log(self, digest: str) -> None:
        """Note which record the audit log begins with, if there are users: a log that is begun anew has another one."""
        with alone(self._folder, "users"):
            users, noted = self._read()
            if (users or (self._folder / OIDC_FILE).exists()) and not noted:
                self._write(users, digest)

    def _read(self) -> tuple[tuple[User, ...], str]:
        path = self._folder / FILE
        require_private(path)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return (), ""
        try:
            value = cast("JsonValue", json.loads(content))
            users = tuple(sorted(_users_in(value), key=lambda user: user.name))
            return users, str(value.get("log", "")) if isinstance(value, dict) else ""
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BrokenUsers(f"`{FILE}` is not as it was written: {type(error).__name__}") from error

    def find(self, name: str) -> User | None:
        """The user of this name."""
        return next((user for user in self.all() if user.name == name), None)

    def check(self, name: str, password: str) -> User | None:
        """The user, if the password is theirs. Takes as long for a name that nobody has."""
        user = self.find(name)
        hashed = self._nobody if user is None or user.password is None else user.password
        is_right = hashed.is_of(password)
        return user if is_right else None

    def put(self, name: str, password: str, *, roles: tuple[Role, ...]) -> User:
        """Add a user, or give one another password and other roles. Raises WeakPassword, ValueError for a name."""
        if NAME.fullmatch(name) is None:
            raise ValueError("a name is small letters, digits, `.`, `_` and `-`, at most 32, and begins with a letter")
        ordered = tuple(role for role in Role if role in roles)
        user = User(name, ordered, Hashed.of(password, cost=self._cost))
        with alone(self._folder, "users"):
            users, noted = self._read()
            self._write((*(each for each in users if each.name != name), user), noted)
        return user

    def remove(self, name: str) -> bool:
        """Take a user out; False if there is none of this name."""
        with alone(self._folder, "users"):
            before, noted = self._read()
            after = tuple(user for user in before if user.name != name)
            if len(after) == len(before):
                return False
            self._write(after, noted)
        return True

    def _write(self, users: tuple[User, ...], noted: str) -> None:
        listed = [_as_json(user) for user in sorted(users, key=lambda user: user.name)]
        value = {"version": 1, "users": listed, **({"log": noted} if noted else {})}
        keep(self._folder / FILE, json.dumps(value, indent=1).encode() + b"\n")


def _as_json(user: User) -> dict[str, object]:
    hashed = user.password
    if hashed is None:
        raise ValueError(f"{user.name} has no password")
    scrypt = {"n": hashed.cost.n, "r": hashed.cost.r, "p": hashed.cost.p, "salt": hashed.salt, "hash": hashed.hash}
    return {"name": user.name, "roles": list(user.roles), "scrypt": scrypt}


def _users_in(value: JsonValue) -> list[User]:
    if not isinstance(value, dict) or value["version"] != 1 or not isinstance(value["users"], list):
        raise ValueError
    return [_user_in(each) for each in value["users"]]


def _user_in(value: JsonValue) -> User:
    if not isinstance(value, dict) or not isinstance(value["scrypt"], dict) or not isinstance(value["roles"], list):
        raise TypeError
    name, scrypt = str(value["name"]), value["scrypt"]
    cost = Cost(_whole(scrypt["n"], MAX_N), _whole(scrypt["r"], MAX_RP), _whole(scrypt["p"], MAX_RP))
    salt, made = str(scrypt["salt"]), str(scrypt["hash"])
    if NAME.fullmatch(name) is None or len(bytes.fromhex(salt)) < SALT_BYTES or len(bytes.fromhex(made)) < SALT_BYTES:
        raise ValueError
    return User(name, tuple(Role(str(role)) for role in value["roles"]), Hashed(cost, salt, made))


def _whole(value: JsonValue, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ValueError
    return value
