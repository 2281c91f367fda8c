"""The keys that a partner trusts, as a file: which, until when, and which no longer.

Time is the reader's own. What a signer wrote about when it signed proves nothing once its key is stolen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from themekit.bundle.keys import PublicKey, UnusableKeyError, public_key
from themekit.diagnostics import Code, Reporter
from themekit.model import Origin
from themekit.source.json_text import decoded_text, read_json
from themekit.source.json_value import child_pointer
from themekit.source.locate import all_located

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic

FORMAT = "themekit-keys/1"
MAX_KEYS = 1000
TRUSTED_KEYS = Code("trusted-keys", summary="A file of trusted keys has a mistake in it.")

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_FILE = frozenset({"format", "keys"})
_KEY = frozenset({"publicKey", "validFrom", "validUntil", "revoked"})
_REVOKED = frozenset({"at", "reason"})


@dataclass(frozen=True, slots=True)
class Revocation:
    """When a key was given up, and why."""

    at_s: int
    reason: str


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key and when it is trusted: from the first second up to, not including, the last; None: without a bound."""

    key: PublicKey
    from_s: int | None = None
    until_s: int | None = None
    revoked: Revocation | None = None

    def refusal(self, now_s: int) -> str:
        """Why the key is not trusted now, as a clause after "the key", or ""."""
        if self.revoked:
            reason = f": {self.revoked.reason}" if self.revoked.reason else ""
            return f"was revoked at {shown_time(self.revoked.at_s)}{reason}"
        if self.from_s is not None and now_s < self.from_s:
            return f"is trusted from {shown_time(self.from_s)} on only"
        if self.until_s is not None and now_s >= self.until_s:
            return f"was trusted until {shown_time(self.until_s)} only"
        return ""


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """Keys with different ids."""

    keys: tuple[TrustedKey, ...] = ()

    def find(self, key_id: str) -> TrustedKey | None:
        """The key of this id."""
        return next((each for each in self.keys if each.key.id == key_id), None)

    def put(self, key: TrustedKey) -> TrustedKeys:
        """The same with this key, in the place of the one with its id if there is one."""
        if self.find(key.key.id) is None:
            return TrustedKeys((*self.keys, key))
        return TrustedKeys(tuple(key if each.key.id == key.key.id else each for each in self.keys))

    def until(self, key_id: str, until_s: int) -> TrustedKeys:
        """The same, that key trusted no longer than that, and not longer than before."""
        found = self.find(key_id)
        if found is None:
            return self
        return self.put(replace(found, until_s=until_s if found.until_s is None else min(found.until_s, until_s)))

    def to_json(self) -> str:
        """The file's text."""
        document = {"format": FORMAT, "keys": [_as_json(each) for each in self.keys]}
        return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"


def shown_time(time_s: int) -> str:
    """The time in UTC, as the file has it."""
    return datetime.fromtimestamp(time_s, UTC).strftime(_TIME)


def parse_trusted_keys(path: PurePosixPath, content: bytes) -> tuple[TrustedKeys, tuple[Diagnostic, ...]]:
    """The keys in a file, and every mistake at its place. With a mistake in it no key is trusted."""
    document, found = read_json(path, content)
    if document is None or found:
        return TrustedKeys(), found
    report = Reporter()
    keys = _Reading(path, report).keys(document.value)
    text = decoded_text(content)
    diagnostics = all_located(report.diagnostics, lambda _: text)
    return (TrustedKeys() if diagnostics else TrustedKeys(keys)), tuple(diagnostics)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file as it is read; each value goes with its JSON pointer."""

    path: PurePosixPath
    report: Reporter

    def fault(self, pointer: str, message: str, hint: str | None = None) -> None:
        self.report(TRUSTED_KEYS, Origin(self.path, pointer), message, hint=hint)

    def members(self, value: object, pointer: str, *, known: frozenset[str]) -> dict[str, object]:
        if not isinstance(value, dict):
            self.fault(pointer, "an object is due here")
            return {}
        for name in value.keys() - known:
            self.fault(
                child_pointer(pointer, name),
                f"`{name[:80]}` is no member known here",
                f"there are {', '.join(sorted(known))}",
            )
        return value

    def keys(self, value: object) -> tuple[TrustedKey, ...]:
        top = self.members(value, "", known=_FILE)
        if top.get("format") != FORMAT:
            self.fault("/format" if "format" in top else "", f"the format is not `{FORMAT}`, the only one known here")
        listed = top.get("keys")
        if not isinstance(listed, list) or len(listed) > MAX_KEYS:
            self.fault("/keys" if "keys" in top else "", f"`keys` is no list of at most {MAX_KEYS} keys")
            return ()
        found: dict[str, TrustedKey] = {}
        for place, each in enumerate(listed):
            key = self.key(each, f"/keys/{place}")
            if key is not None and found.setdefault(key.key.id, key) is not key:
                self.fault(f"/keys/{place}", f"the key {key.key.id} is listed twice")
        return tuple(found.values())

    def key(self, value: object, pointer: str) -> TrustedKey | None:
        members = self.members(value, pointer, known=_KEY)
        if not members:
            return None
        revoked = self.revocation(members["revoked"], f"{pointer}/revoked") if "revoked" in members else None
        start_s, end_s = (self.time(members, name, pointer) for name in ("validFrom", "validUntil"))
        text = members.get("publicKey")
        try:
            key = public_key(text if isinstance(text, str) else "")
        except UnusableKeyError as error:
            place = f"{pointer}/publicKey" if "publicKey" in members else pointer
            self.fault(place, str(error), "the second line of the `.pub` file stands here")
            return None
        return TrustedKey(key, start_s, end_s, revoked)

    def revocation(self, value: object, pointer: str) -> Revocation | None:
        why = self.members(value, pointer, known=_REVOKED)
        if not isinstance(value, dict):
            return None
        at_s, reason = self.time(why, "at", pointer), why.get("reason", "")
        if "at" not in why:
            self.fault(pointer, "a revoked key needs the time `at` which it was revoked")
        if not isinstance(reason, str):
            self.fault(f"{pointer}/reason", "the reason is no text")
        return Revocation(at_s or 0, str(reason))

    def time(self, members: dict[str, object], name: str, pointer: str) -> int | None:
        if name not in members:
            return None
        try:
            moment = datetime.strptime(str(members[name]), _TIME).replace(tzinfo=UTC)
        except ValueError:
            self.fault(f"{pointer}/{name}", f"`{name}` is no time such as `2026-11-27T00:00:00Z`")
            return None
        return int(moment.timestamp())


def _as_json(trusted: TrustedKey) -> dict[str, object]:
    times = {"validFrom": trusted.from_s, "validUntil": trusted.until_s}
    members: dict[str, object] = {"publicKey": trusted.key.text}
    members |= {name: shown_time(time_s) for name, time_s in times.items() if time_s is not None}
    if trusted.revoked:
        members["revoked"] = {"at": shown_time(trusted.revoked.at_s), "reason": trusted.revoked.reason}
    return members
