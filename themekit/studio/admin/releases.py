"""From a draft to the brand's policy: saved, submitted, approved, attacked, published; and back to an older version.

Whoever changes anything holds the brand's lock, and names what they have seen: the draft's digest, the change's id, the
version of the file. What is other by then is not touched. What is done is written down first; if it cannot be, it is
not done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from themekit.studio.admin.audit_log import Entry
from themekit.studio.admin.compiling import (
    Compiled,
    change_id,
    changes_between,
    content_digest,
    holds_secret,
    is_weaker,
    policy_path,
)
from themekit.studio.admin.four_eyes import Case, Obstacle, against_approving, against_publishing
from themekit.studio.admin.keeping import alone
from themekit.studio.admin.release import Approval, Draft, Progress, Submission, Version
from themekit.studio.admin.release_store import ReleaseStore
from themekit.studio.serving.answers import version_of
from themekit.studio.serving.saving import (
    ChangedMeanwhile,
    NotWritable,
    create_file,
    remove_file,
    replace_file,
    writing,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path, PurePosixPath

    from themekit.build.project import Project
    from themekit.gateway.change import Change
    from themekit.model import BrandId
    from themekit.studio.admin.audit_log import AuditLog
    from themekit.studio.admin.compiling import Compiler
    from themekit.studio.admin.people import People
    from themekit.studio.admin.release import State
    from themekit.studio.admin.users import User, Users

MAX_REASON = 2000
MAX_POLICY_BYTES = 1 << 20


class NotDone(Exception):  # noqa: N818  # an answer, not a fault
    """Something is in the way; nothing was changed. `is_stale`: what the caller has seen is not what is there now."""

    def __init__(self, *obstacles: Obstacle, is_stale: bool = False) -> None:
        """At least one obstacle."""
        super().__init__("; ".join(each.message for each in obstacles))
        self.obstacles = obstacles
        self.is_stale = is_stale


class Releases:
    """The policies of a project on their way."""

    def __init__(
        self, project: Project, kept: Path, *, users: Users | People, log: AuditLog, compiler: Compiler
    ) -> None:
        """`kept` is the folder for what the Studio keeps for itself."""
        self._project = project
        self._kept = kept
        self._users = users
        self._log = log
        self._compiler = compiler

    def store(self, brand_id: BrandId) -> ReleaseStore:
        """Where a brand's are kept."""
        return ReleaseStore(self._kept, brand_id)

    def saved(self, brand_id: BrandId) -> Compiled:
        """The policy that is on the disk."""
        return self._compiler.saved(brand_id)

    def save_draft(self, brand_id: BrandId, user: User, *, content: bytes, seen: str) -> Draft:
        """Keep a text as the brand's draft. `seen` is the digest of the draft it was made from, or empty."""
        if len(content) > MAX_POLICY_BYTES:
            raise NotDone(Obstacle("too-large", f"a policy has at most {MAX_POLICY_BYTES >> 20} MiB"))
        if holds_secret(self._compiler.compiled(brand_id, content)):
            text = "something that may be a secret stands where only a reference may: it is not kept"
            raise NotDone(Obstacle("holds-secret", text))
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            former = state.draft
            _require_seen(seen, former)
            authors = tuple(dict.fromkeys((*(former.authors if former else ()), user.name)))
            draft = Draft(content_digest(content), authors, _now())
            self._log.append(Entry(user.name, "draft-saved", brand_id, former.digest if former else "", draft.digest))
            store.put(content)
            store.write(replace(state, draft=draft))
            return draft

    def discard_draft(self, brand_id: BrandId, user: User, *, seen: str) -> None:
        """Let the draft go."""
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            _require_seen(seen, state.draft)
            self._log.append(Entry(user.name, "draft-discarded", brand_id, seen))
            store.write(replace(state, draft=None))

    def submit(self, brand_id: BrandId, user: User, *, seen: str, reason: str) -> Submission:
        """Ask for the draft to be published; there is no draft afterwards."""
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            draft = state.draft
            if draft is None:
                raise NotDone(Obstacle("no-draft", "there is no draft"), is_stale=True)
            _require_seen(seen, draft)
            self._require_submittable(brand_id, store.text(draft.digest), reason=reason)
            authors = tuple(dict.fromkeys((*draft.authors, user.name)))
            made = Submission(0, draft.digest, authors, reason.strip(), "")
            return self._submitted(brand_id, replace(state, draft=None), made, by=user)

    def restore(self, brand_id: BrandId, user: User, *, number: int, reason: str) -> Submission:
        """Ask for an older version to be published again: a submission like any other, of whoever asks."""
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            version = state.version(number)
            if version is None:
                raise NotDone(Obstacle("unknown-version", f"there is no version {number}"))
            self._require_submittable(brand_id, store.text(version.digest), reason=reason)
            made = Submission(0, version.digest, (user.name,), reason.strip(), "", restores=number)
            return self._submitted(brand_id, state, made, by=user)

    def withdraw(self, brand_id: BrandId, user: User, *, number: int) -> Submission:
        """Ask no more for it."""
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            submission = _open(state, number)
            self._log.append(Entry(user.name, "withdrawn", brand_id, submission.digest, reason=f"submission {number}"))
            withdrawn = replace(submission, progress=Progress.WITHDRAWN)
            store.write(_with(state, withdrawn))
            return withdrawn

    def case(self, brand_id: BrandId, submission: Submission) -> tuple[Case, tuple[Change, ...], Compiled, Compiled]:
        """A submission as it is now, its changes, and the two policies between which they are."""
        old = self.saved(brand_id)
        store = self.store(brand_id)
        new = self._compiler.compiled(brand_id, store.text(submission.digest))
        found = changes_between(old, new)
        trial, extended_by = store.trial(new.key), self._compiler.extended_by(brand_id)
        case = Case(submission, change_id(old, new), is_weaker(found), new.is_good, trial, extended_by)
        return case, found, old, new

    def approve(self, brand_id: BrandId, user: User, *, number: int, change: str) -> Submission:
        """Approve a change that was looked at; `change` is its id."""
        with self._alone(brand_id):
            store = self.store(brand_id)
            state = store.state()
            submission = _open(state, number)
            case, _, old, new = self.case(brand_id, submission)
            _require_none(against_approving(case, user, change=change))
            reason = f"submission {number}, change {change}"
            self._log.append(Entry(user.name, "approved", brand_id, old.digest, new.digest, reason))
            others = tuple(each for each in submission.approvals if each.name != user.name)
            approved = replace(submission, approvals=(*others, Approval(user.name, change, _now())))
            store.write(_with(state, approved))
            return approved

    def publish(self, brand_id: BrandId, user: User, *, number: int, change: str, seen: str) -> Version:
        """Make a submission the brand's policy. `seen` is the version of the file that is replaced, or empty.

        What is read afterwards must be what was written; if it is not, all is as before.
        """
        with self._alone(brand_id), writing(self._project, brand_id):
            store = self.store(brand_id)
            state = store.state()
            submission = _open(state, number)
            case, _, old, new = self.case(brand_id, submission)
            if seen != ("" if old.content is None else version_of(old.content)):
                raise NotDone(Obstacle("changed-meanwhile", "the policy's file is another one by now"), is_stale=True)
            if change != case.change:
                text = "the change is another one by now: look at it again"
                raise NotDone(Obstacle("changed-meanwhile", text), is_stale=True)
            _require_none(against_publishing(case, self._users.all()))
            content = store.text(submission.digest)
            state = self._with_found(store, state, old)
            version = Version(
                _next(state.versions), new.digest, _now(), user.name, submission.reason, number, submission.restores
            )
            action = "rolled-back" if submission.restores else "published"
            self._log.append(Entry(user.name, action, brand_id, old.digest, new.digest, submission.reason))
            self._write(brand_id, user, old=old, new=replace(new, content=content))
            published = replace(submission, progress=Progress.PUBLISHED)
            store.write(_with(replace(state, versions=(*state.versions, version)), published))
            return version

    def _write(self, brand_id: BrandId, user: User, *, old: Compiled, new: Compiled) -> None:
        try:
            put_in_place(self._project.root, policy_path(brand_id), old=old.content, new=new.content)
        except (ChangedMeanwhile, NotWritable, OSError) as error:
            self._undone(brand_id, user, old=old, new=new, why=str(error))
            text = f"the file could not be written: {error}"
            raise NotDone(Obstacle("not-written", text), is_stale=isinstance(error, ChangedMeanwhile)) from error
        now = self.saved(brand_id)
        if now.key == new.key:
            return
        try:
            put_in_place(self._project.root, policy_path(brand_id), old=now.content, new=old.content)
        except (ChangedMeanwhile, NotWritable, OSError) as error:
            self._undone(brand_id, user, old=old, new=new, why=f"not even the file before could be put back: {error}")
            text = f"what was read back is not what was written, and the file before could not be put back: {error}"
            raise NotDone(Obstacle("read-back", text)) from error
        self._undone(brand_id, user, old=old, new=new, why="what was read is not what was written")
        raise NotDone(Obstacle("read-back", "what was read back is not what was written; the file is as before"))

    def _require_submittable(self, brand_id: BrandId, content: bytes, *, reason: str) -> None:
        old, new = self.saved(brand_id), self._compiler.compiled(brand_id, content)
        if not new.is_good:
            raise NotDone(Obstacle("has-errors", "the policy has errors"))
        if is_weaker(changes_between(old, new)) and not reason.strip():
            raise NotDone(Obstacle("reason-needed", "a change that weakens what is protected needs a reason"))

    def _undone(self, brand_id: BrandId, user: User, *, old: Compiled, new: Compiled, why: str) -> None:
        self._log.append(Entry(user.name, "publishing-undone", brand_id, new.digest, old.digest, why))

    def _submitted(self, brand_id: BrandId, state: State, submission: Submission, *, by: User) -> Submission:
        if len(submission.reason) > MAX_REASON:
            raise NotDone(Obstacle("too-large", f"a reason has at most {MAX_REASON} characters"))
        submission = replace(submission, number=_next(state.submissions), time=_now())
        action = "rollback-submitted" if submission.restores else "submitted"
        self._log.append(Entry(by.name, action, brand_id, after=submission.digest, reason=submission.reason))
        self.store(brand_id).write(replace(state, submissions=(*state.submissions, submission)))
        return submission

    def _with_found(self, store: ReleaseStore, state: State, old: Compiled) -> State:
        """What is on the disk becomes a version, if it is none yet: it was written by other means."""
        if old.content is None or (state.versions and state.versions[-1].digest == old.digest):
            return state
        found = Version(_next(state.versions), store.put(old.content), _now(), reason="found in the project")
        return replace(state, versions=(*state.versions, found))

    def _alone(self, brand_id: BrandId) -> AbstractContextManager[None]:
        return alone(self._kept, f"policy-{brand_id}")


def put_in_place(root: Path, path: PurePosixPath, *, old: bytes | None, new: bytes | None) -> None:
    """Exchange a file's content; None is no file. Raises ChangedMeanwhile if it is not the old one, NotWritable."""
    if old is not None and new is not None:
        replace_file(root, path, content=new, version=version_of(old))
    elif new is not None:
        if not create_file(root, path, content=new):
            raise ChangedMeanwhile(None)
    elif old is not None:
        remove_file(root, path)


def _open(state: State, number: int) -> Submission:
    found = state.submission(number)
    if found is None:
        raise NotDone(Obstacle("unknown-submission", f"there is no submission {number}"))
    if found.progress is not Progress.OPEN:
        raise NotDone(Obstacle("not-open", f"submission {number} is {found.progress}"))
    return found


def _with(state: State, submission: Submission) -> State:
    changed = tuple(submission if each.number == submission.number else each for each in state.submissions)
    return replace(state, submissions=changed)


def _require_seen(seen: str, draft: Draft | None) -> None:
    if seen != ("" if draft is None else draft.digest):
        raise NotDone(Obstacle("changed-meanwhile", "the draft is another one by now"), is_stale=True)


def _require_none(obstacles: tuple[Obstacle, ...]) -> None:
    if obstacles:
        raise NotDone(*obstacles, is_stale=any(each.error == "changed-meanwhile" for each in obstacles))


def _next(numbered: tuple[Submission, ...] | tuple[Version, ...]) -> int:
    return max((each.number for each in numbered), default=0) + 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
