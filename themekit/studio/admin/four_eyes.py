"""What must be so before a policy is published, as a function: nothing here reads or writes.

A change that weakens needs a reason and somebody else's approval of exactly this change. Who wrote a text does not
approve it, whatever their roles: an approval is judged by the name, and roles only say who may give one at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.studio.admin.release import Progress
from themekit.studio.admin.users import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.studio.admin.release import Submission, Trial
    from themekit.studio.admin.users import User

APPROVERS = frozenset({Role.REVIEWER, Role.PUBLISHER})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something may not be done: a word for programs, a sentence for people."""

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Case:
    """A submission as it is now: the id of its change, what that change does, and what attacks have shown.

    `extended_by` are other brands, whose policies would change with it.
    """

    submission: Submission
    change: str
    is_weaker: bool
    is_good: bool
    trial: Trial | None
    extended_by: tuple[str, ...] = ()


def against_publishing(case: Case, users: Sequence[User]) -> tuple[Obstacle, ...]:
    """What is in the way of publishing, whoever publishes; `users` are those there are now."""
    submission, trial = case.submission, case.trial
    found = []
    if submission.progress is not Progress.OPEN:
        found.append(Obstacle("not-open", f"submission {submission.number} is {submission.progress}"))
    if not case.is_good:
        found.append(Obstacle("has-errors", "the policy has errors, so there is nothing to publish"))
    if case.extended_by:
        names = ", ".join(case.extended_by)
        text = f"the policies of {names} extend this one and would change unseen: give them a base of their own"
        found.append(Obstacle("is-extended", text))
    if trial is None:
        found.append(Obstacle("not-attacked", "the attacks have not been run on exactly this policy"))
    elif not trial.is_passed:
        text = f"{trial.through} attacks got through" if trial.through else "no attack could be made"
        found.append(Obstacle("attack-got-through", f"{text}, so the gateway does not do what the policy means"))
    if case.is_weaker and not submission.reason.strip():
        found.append(Obstacle("reason-needed", "a change that weakens what is protected needs a reason"))
    if case.is_weaker and not approvers(case, users):
        text = (
            "a change that weakens what is protected needs the approval of a reviewer or publisher who did not write it"
        )
        found.append(Obstacle("approval-needed", text))
    return tuple(found)


def approvers(case: Case, users: Sequence[User]) -> tuple[str, ...]:
    """Whose approval counts: of exactly this change, by somebody who may approve still and wrote none of it."""
    may = {user.name for user in users if APPROVERS & set(user.roles)}
    return tuple(
        each.name
        for each in case.submission.approvals
        if each.change == case.change and each.name in may and each.name not in case.submission.authors
    )


def against_approving(case: Case, user: User, *, change: str) -> tuple[Obstacle, ...]:
    """What is in the way of this user's approval of the change that they were shown."""
    submission = case.submission
    found = []
    if not APPROVERS & set(user.roles):
        found.append(Obstacle("wrong-role", "reviewers and publishers approve"))
    if user.name in submission.authors:
        found.append(Obstacle("own-work", "nobody approves what they wrote themselves"))
    if submission.progress is not Progress.OPEN:
        found.append(Obstacle("not-open", f"submission {submission.number} is {submission.progress}"))
    if change != case.change:
        found.append(Obstacle("changed-meanwhile", "the change is another one by now: look at it again"))
    if not case.is_good:
        found.append(Obstacle("has-errors", "the policy has errors"))
    return tuple(found)
