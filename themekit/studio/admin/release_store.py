"""Where drafts, submissions and versions of a policy are kept: texts by their digests, and a file that joins them.

A text is read back by its digest, and one that no longer has it is refused.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from themekit.build.files import naming
from themekit.studio.admin.compiling import content_digest
from themekit.studio.admin.keeping import PRIVATE_FOLDER, keep, require_private
from themekit.studio.admin.release import BrokenState, State, Trial, state_in, state_json, trial_in

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.model import BrandId
    from themekit.source.json_value import JsonValue

FOLDER = "policies"
STATE = "state.json"
DIGEST_DIGITS = 64


class ReleaseStore:
    """Of one brand. Who writes holds the brand's lock."""

    def __init__(self, kept: Path, brand_id: BrandId) -> None:
        """`kept` is the folder for such files; nothing is made yet."""
        self._folders = (kept / FOLDER, kept / FOLDER / brand_id)

    @property
    def _folder(self) -> Path:
        return self._folders[-1]

    def state(self) -> State:
        """What there is. Raises BrokenState, NotPrivate."""
        content = _content(self._folder / STATE)
        return State() if content is None else state_in(_json(content))

    def write(self, state: State) -> None:
        """Put it in the place of what was there."""
        self._make()
        keep(self._folder / STATE, _bytes(state_json(state)))

    def put(self, content: bytes) -> str:
        """Keep a text; its digest."""
        digest = content_digest(content)
        self._make()
        if _content(self._text_path(digest)) != content:
            keep(self._text_path(digest), content)
        return digest

    def text(self, digest: str) -> bytes:
        """The text of this digest. Raises BrokenState if it is missing, or is another one by now."""
        content = _content(self._text_path(digest))
        if content is None or content_digest(content) != digest:
            raise BrokenState(f"the text {digest[:12]} that is kept of the policy is missing or was changed")
        return content

    def trial(self, key: str) -> Trial | None:
        """What came of attacks on the policy with this key."""
        content = _content(self._folder / f"trial-{_checked(key)}.json")
        found = None if content is None else trial_in(_json(content))
        return found if found is not None and found.key == key else None

    def put_trial(self, trial: Trial) -> None:
        """Keep it."""
        self._make()
        keep(self._folder / f"trial-{_checked(trial.key)}.json", _bytes(asdict(trial)))

    def _text_path(self, digest: str) -> Path:
        return self._folder / f"policy-{_checked(digest)}.json"

    def _make(self) -> None:
        for folder in self._folders:
            with naming(folder):
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            require_private(folder)


def _checked(digest: str) -> str:
    if len(digest) != DIGEST_DIGITS or not set(digest) <= set("0123456789abcdef"):
        raise BrokenState("what is kept of the policy names no digest where one belongs")
    return digest


def _content(path: Path) -> bytes | None:
    require_private(path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _json(content: bytes) -> JsonValue:
    try:
        return cast("JsonValue", json.loads(content))
    except (ValueError, RecursionError) as error:
        raise BrokenState("what is kept of the policy is no JSON") from error


def _bytes(value: object) -> bytes:
    return json.dumps(value, indent=1).encode() + b"\n"
