"""What a file that somebody is typing comes to: nothing of a draft reaches the disk, and none is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.brands import brand, tokens
from themekit.engine import Engine
from themekit.resolve import resolve_tokens
from themekit.studio.updating.first_look import first_look
from themekit.studio.updating.patch import patch_of
from themekit.studio.updating.shelf import TOKENS_SHEET
from themekit.targets.css import TARGET, rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Host
    from themekit.engine.trace import Trace
    from themekit.model import Brand, BrandId, Mode
    from themekit.studio.updating.patch import Patch
    from themekit.targets.css import Rule


@dataclass(frozen=True, slots=True)
class Draft:
    """What an unsaved brand file comes to: patches of the saved sheets by path, and what is wrong with it."""

    sheets: dict[str, Patch]
    diagnostics: tuple[Diagnostic, ...]


def draft_of(engine: Engine, brand_id: BrandId, *, saved: tuple[Rule, ...]) -> Draft:
    """All that an engine which sees the draft finds; no sheets if an error is in the way."""
    resolved, found = engine.get(tokens, brand_id), engine.diagnostics(tokens, brand_id)
    if resolved is None or not saved:
        return Draft({}, found)
    return Draft({str(TOKENS_SHEET): patch_of(saved, tuple(rules_of(resolved, TARGET.options)))}, found)


def glance_of(
    engine: Engine, brand_id: BrandId, *, saved: tuple[Rule, ...], good: Brand | None, mode: Mode | None
) -> dict[str, Patch]:
    """The sheets alone; with a `mode` only what is other in it, at a fraction of the time where that is possible."""
    known = engine.get(brand, brand_id)
    if known is None or not saved:
        return {}
    of_mode = None if mode is None else first_look(known, saved, good=good, mode=mode)
    if of_mode is not None:
        return {str(TOKENS_SHEET): of_mode[1]}
    resolved = resolve_tokens(known)[0]
    return {} if resolved is None else {str(TOKENS_SHEET): patch_of(saved, tuple(rules_of(resolved, TARGET.options)))}


class DraftEngine:
    """For some files; all others are as they are saved."""

    def __init__(self, host: Host) -> None:
        """`host` has the saved files."""
        self._host = _DraftHost(host)
        self.engine = Engine(self._host, _NoStore())

    def with_contents(self, contents: Mapping[PurePosixPath, bytes]) -> Engine:
        """The engine, for which files have these contents until others are given."""
        before, self._host.contents = self._host.contents, contents
        self.engine.forget([*before, *(path for path in contents if path not in before)])
        return self.engine


class _DraftHost:
    """Another host, with the contents of some files in place of what they have there."""

    def __init__(self, base: Host) -> None:
        self._base = base
        self.contents: Mapping[PurePosixPath, bytes] = {}

    def read(self, path: PurePosixPath) -> bytes | None:
        return self.contents[path] if path in self.contents else self._base.read(path)

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        return self._base.list(folder)

    def environment(self, name: str) -> str | None:
        return self._base.environment(name)


class _NoStore:
    """Keeps nothing: what the engine has at hand is all there is, and what is superseded is gone."""

    is_shared = False

    def __init__(self) -> None:
        self.problems: list[str] = []

    def traces(self, key: str, *, is_heavy: bool = False) -> tuple[Trace, ...]:  # noqa: ARG002
        return ()

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:  # noqa: ARG002
        return None

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:
        """Nothing."""

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Nothing."""
