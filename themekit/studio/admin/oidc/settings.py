"""Which OpenID provider may send users, and what makes them authors, reviewers or publishers: a file of the kept ones.

The client's secret is not in it, only the name of the variable that has it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from themekit.studio.admin.keeping import alone, keep, require_private
from themekit.studio.admin.oidc.fetching import address_fault
from themekit.studio.admin.users import OIDC_FILE as FILE
from themekit.studio.admin.users import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from themekit.source.json_value import JsonValue

MAX_FILE_BYTES = 1 << 20
MAX_CHARACTERS = 200
MAX_VALUES = 100
SCOPES = ("openid", "profile")
_REFERENCE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]{0,99}")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,100}")  # RFC 6749, 3.3


class BrokenSettings(Exception):  # noqa: N818  # the state, not a fault
    """The file of the settings is not what we write."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """One provider. `secret` is `env:NAME`, or empty for a public client; `roles` are values of `claim` for each role.

    `claim` is the name of a claim of the ID token, or a path through objects: `realm_access.roles`.
    """

    issuer: str
    client_id: str
    claim: str
    roles: tuple[tuple[Role, tuple[str, ...]], ...]
    secret: str = ""
    scopes: tuple[str, ...] = SCOPES
    name: str = ""

    @property
    def shown(self) -> str:
        """What "Sign in with …" ends with."""
        return self.name or self.issuer.partition("://")[2].partition("/")[0]

    @property
    def digest(self) -> str:
        """Another one when anybody might get other roles by it: what was granted before counts no more."""
        return hashlib.sha256(json.dumps([self.issuer, self.client_id, self.claim, self.roles]).encode()).hexdigest()

    def granted(self, values: frozenset[str]) -> tuple[Role, ...]:
        """The roles of somebody whose claim has these values."""
        return tuple(role for role, wanted in self.roles if values & set(wanted))

    def secret_in(self, environment: Mapping[str, str]) -> str | None:
        """The secret itself; empty for a public client, None where the variable is not there, or empty."""
        return (environment.get(self.secret.removeprefix("env:")) or None) if self.secret else ""


def settings_faults(settings: OidcSettings) -> tuple[str, ...]:
    """Why these cannot be: all reasons, as sentences without a full stop."""
    values = [value for _, each in settings.roles for value in each]
    issuer = address_fault(settings.issuer, is_issuer=True)
    found = {
        f"the issuer {issuer}": bool(issuer),
        "the id of the client is 1 to 200 printable characters": not _is_plain(settings.client_id),
        "the secret of the client is a reference, `env:NAME`: keep the secret itself in that variable": bool(
            settings.secret and not _REFERENCE.fullmatch(settings.secret)
        ),
        "the claim is 1 to 200 printable characters": not _is_plain(settings.claim),
        "no value of the claim gives a role": not values,
        f"at most {MAX_VALUES} values give roles": len(values) > MAX_VALUES,
        "a value of the claim is 1 to 200 printable characters": not all(map(_is_plain, values)),
        "a scope is up to 100 ASCII characters without spaces and quotes": not all(
            map(_SCOPE.fullmatch, settings.scopes)
        ),
        f"at most {MAX_VALUES} scopes are asked for": len(settings.scopes) > MAX_VALUES,
        "the scope `openid` is missing": "openid" not in settings.scopes,
        "the name is at most 60 printable characters": bool(settings.name)
        and not (_is_plain(settings.name) and len(settings.name) <= 60),
    }
    return tuple(fault for fault, is_so in found.items() if is_so)


class SettingsFile:
    """The settings of a project. Read anew each time: the command line writes them."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the one that is kept."""
        self._folder = folder

    def read(self) -> OidcSettings | None:
        """None if there are none. Raises NotPrivate, BrokenSettings."""
        path = self._folder / FILE
        require_private(path)
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except FileNotFoundError:
            return None
        try:
            settings = _settings_in(cast("JsonValue", json.loads(content)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BrokenSettings(f"`{FILE}` is not as it was written: {type(error).__name__}") from error
        faults = settings_faults(settings)
        if faults:
            raise BrokenSettings(f"`{FILE}` is not as it was written: {'; '.join(faults)}")
        return settings

    def write(self, settings: OidcSettings) -> None:
        """Put these in the place of any others. Raises ValueError with all faults."""
        faults = settings_faults(settings)
        if faults:
            raise ValueError("; ".join(faults))
        value = {
            "version": 1,
            "issuer": settings.issuer,
            "clientId": settings.client_id,
            "clientSecret": settings.secret,
            "claim": settings.claim,
            "roles": {role: list(values) for role, values in settings.roles},
            "scopes": list(settings.scopes),
            "name": settings.name,
        }
        with alone(self._folder, "oidc"):
            keep(self._folder / FILE, json.dumps(value, indent=1).encode() + b"\n")

    def remove(self) -> bool:
        """Take them out; False if there are none."""
        with alone(self._folder, "oidc"):
            path = self._folder / FILE
            is_there = path.exists()
            path.unlink(missing_ok=True)
        return is_there


def _settings_in(value: JsonValue) -> OidcSettings:
    if not isinstance(value, dict) or value["version"] != 1 or not isinstance(value["roles"], dict):
        raise ValueError
    given = {Role(name): _texts(values) for name, values in value["roles"].items()}
    return OidcSettings(
        _text(value["issuer"]),
        _text(value["clientId"]),
        _text(value["claim"]),
        tuple((role, given[role]) for role in Role if role in given),
        _text(value["clientSecret"]),
        _texts(value["scopes"]),
        _text(value["name"]),
    )


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: JsonValue) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text, value))


def _is_plain(text: str) -> bool:
    return 1 <= len(text) <= MAX_CHARACTERS and text.isprintable() and text.strip() == text
