"""A policy's text to all that is known of it: what it means, what is wrong, and what it changes."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.brands import BRANDS, brand_ids
from themekit.build.gateway import POLICY_FILE, gateway, has_policy, policy, tags_of
from themekit.engine import DiskHost, Engine, MemoryStore, OverlayHost, UnreadableInput
from themekit.engine.encoding import digest
from themekit.gateway.change import Area, Change, Risk
from themekit.gateway.changes import WHOLE, changes
from themekit.source.policy_codes import INVALID_SECRET
from themekit.source.secret_texts import SECRET_IN_OUTPUT

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId
    from themekit.model.policy import Policy

MAX_RUNS = 500  # then what is remembered of old drafts is let go
INCOMPARABLE = "there is no policy to compare it with, so all that it lets through is new"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy's file and what came of it; without content there is no file. Only what `is_good` may be published.

    `meaning` changes with all that the policy means, wherever it is written: in what it extends, or in its API.
    """

    content: bytes | None
    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_good: bool = False

    @property
    def digest(self) -> str:
        """Of the file; empty without one."""
        return "" if self.content is None else content_digest(self.content)

    @property
    def meaning(self) -> str:
        """Empty while it has none."""
        return "" if self.policy is None else digest(self.policy)

    @property
    def key(self) -> str:
        """Of file and meaning together: what a trial is good for."""
        return hashlib.sha256(f"{self.digest} {self.meaning}".encode()).hexdigest()


class Compiler:
    """Compiles policies of a project, each as if it were saved. Threads wait for one another."""

    def __init__(self, root: Path) -> None:
        """Nothing is read yet."""
        self._root = root
        self._lock = threading.Lock()
        self._store = MemoryStore()
        self._runs = 0

    def saved(self, brand_id: BrandId) -> Compiled:
        """What is on the disk now. Raises UnreadableInput."""
        content = DiskHost(self._root).read(policy_path(brand_id))
        return Compiled(None, None, ()) if content is None else self.compiled(brand_id, content)

    def extended_by(self, brand_id: BrandId) -> tuple[BrandId, ...]:
        """The other brands whose policies extend this one's: what is published for it would change theirs, too."""
        path = str(policy_path(brand_id))
        with self._lock:
            engine = Engine(DiskHost(self._root), self._store)
            others = [each for each in engine.get(brand_ids) if each != brand_id and engine.get(has_policy, each)]
            for each in others:
                engine.get(policy, each)
            return tuple(each for each in others if any(leaf.name == path for leaf in engine.leaves(policy, each)))

    def compiled(self, brand_id: BrandId, content: bytes) -> Compiled:
        """As if the brand's policy were this text."""
        with self._lock:
            self._runs += 1
            if self._runs % MAX_RUNS == 0:
                self._store = MemoryStore()
            host = OverlayHost(DiskHost(self._root), {policy_path(brand_id): content})
            engine = Engine(host, self._store)
            try:
                files, known = engine.get(gateway, brand_id), engine.get(policy, brand_id)
                found = engine.diagnostics(gateway, brand_id)
                tags = () if known is None else engine.get(tags_of, known.api)
            except UnreadableInput:
                return Compiled(content, None, ())
        return Compiled(content, known, found, tags, bool(files) and not any(each.is_error for each in found))


HELD_SECRETS = frozenset({INVALID_SECRET.name, SECRET_IN_OUTPUT.name})


def holds_secret(found: Compiled) -> bool:
    """Something stands where only a reference to a secret may, so it may be one."""
    return any(each.code in HELD_SECRETS for each in found.diagnostics)


def policy_path(brand_id: str) -> PurePosixPath:
    """The brand's policy, from the project's root."""
    return BRANDS / brand_id / POLICY_FILE


def content_digest(content: bytes) -> str:
    """What a text is known by."""
    return hashlib.sha256(content).hexdigest()


def change_id(old: Compiled, new: Compiled) -> str:
    """What an approval is for: these two files with these two meanings, and nothing else."""
    return hashlib.sha256(f"{old.key} {new.key}".encode()).hexdigest()


def changes_between(old: Compiled, new: Compiled) -> tuple[Change, ...]:
    """In words, the weakening ones first. What cannot be compared counts as weaker."""
    if new.policy is None:
        return ()
    if old.policy is None:
        return (Change(Area.OPERATIONS, Risk.WEAKENS, INCOMPARABLE, where=WHOLE),)
    return changes(old.policy, new.policy, tags=dict(new.tags))


def is_weaker(found: tuple[Change, ...]) -> bool:
    """At least one of the changes weakens what is protected."""
    return any(each.risk is Risk.WEAKENS for each in found)
