"""What the admin's page is shown: policies, changes and submissions as plain objects."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from themekit.gateway.comparison import compare
from themekit.gateway.comparison_text import comparison_json
from themekit.plugins import gateways
from themekit.source.json_text import decoded_text, read_json
from themekit.studio.admin.compiling import changes_between, is_weaker, policy_path
from themekit.studio.admin.four_eyes import against_approving, against_publishing, approvers
from themekit.studio.admin.release import Progress
from themekit.studio.serving.answers import version_of
from themekit.studio.serving.brand_facts import brand_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.gateway.change import Change
    from themekit.model import BrandId
    from themekit.source.json_value import JsonValue
    from themekit.studio.admin.compiling import Compiled
    from themekit.studio.admin.release import State, Submission, Trial
    from themekit.studio.admin.releases import Releases
    from themekit.studio.admin.trials import Running
    from themekit.studio.admin.users import User

View = dict[str, object]

MAX_SHOWN = 50


def text_view(brand_id: BrandId, found: Compiled) -> View:
    """A policy's text, its value, and what is wrong with it."""
    if found.content is None:
        return {"version": "", "digest": "", "text": "", "value": None, "diagnostics": []}
    path = policy_path(brand_id)
    document, _ = read_json(path, found.content)
    return {
        "version": version_of(found.content),
        "digest": found.digest,
        "text": decoded_text(found.content),
        "value": None if document is None else document.value,
        "diagnostics": brand_problems(found.diagnostics, path, content=found.content),
    }


def change_view(old: Compiled, new: Compiled) -> View:
    """What changes, in words, and which gateways could do it; null where the new one has errors."""
    found = changes_between(old, new)
    return {
        "changes": None if new.policy is None else changes_list(found),
        "isWeaker": is_weaker(found),
        "isGood": new.is_good,
        "support": support_view(new),
    }


def support_view(found: Compiled) -> JsonValue:
    """Each gateway beside the others, by what the policy uses."""
    if found.policy is None:
        return None
    return cast("JsonValue", json.loads(comparison_json(compare(found.policy, gateways()))))


def changes_list(found: Iterable[Change]) -> list[View]:
    """In their order."""
    return [
        {
            "risk": each.risk,
            "area": each.area,
            "where": each.where,
            "text": each.text,
            "operations": list(each.operations),
        }
        for each in found
    ]


def submissions_view(
    releases: Releases, brand_id: BrandId, *, state: State, user: User, users: Sequence[User]
) -> list[View]:
    """The latest first; what is open with its changes, and what is in the way of it."""
    return [
        _open_view(releases, brand_id, each, user=user, users=users) if each.progress is Progress.OPEN else _plain(each)
        for each in reversed(state.submissions[-MAX_SHOWN:])
    ]


def _open_view(
    releases: Releases, brand_id: BrandId, submission: Submission, *, user: User, users: Sequence[User]
) -> View:
    case, found, _, new = releases.case(brand_id, submission)
    return {
        **_plain(submission),
        "text": decoded_text(new.content or b""),
        "change": case.change,
        "changes": changes_list(found),
        "isWeaker": case.is_weaker,
        "support": support_view(new),
        "approvers": list(approvers(case, users)),
        "obstacles": [asdict(each) for each in against_publishing(case, users)],
        "againstApproval": [asdict(each) for each in against_approving(case, user, change=case.change)],
        "trial": trial_view(case.trial),
    }


def _plain(submission: Submission) -> View:
    return {
        "number": submission.number,
        "digest": submission.digest,
        "authors": list(submission.authors),
        "reason": submission.reason,
        "time": submission.time,
        "progress": submission.progress,
        "restores": submission.restores,
    }


def trial_view(trial: Trial | None) -> View | None:
    """What attacks came to."""
    return None if trial is None else {**asdict(trial), "faults": list(trial.faults), "isPassed": trial.is_passed}


def versions_view(state: State, current: Compiled) -> list[View]:
    """The latest first; `isCurrent` is the one whose text is on the disk."""
    latest = next((each.number for each in reversed(state.versions) if each.digest == current.digest), 0)
    return [{**asdict(each), "isCurrent": each.number == latest} for each in reversed(state.versions[-MAX_SHOWN:])]


def running_view(running: Running | None) -> View | None:
    """How far the attacks are."""
    if running is None:
        return None
    done = running.stopped + running.through + running.skipped
    return {
        "brand": running.brand,
        "number": running.number,
        "total": running.total,
        "done": done,
        "through": running.through,
        "isOver": running.is_over,
        "error": running.error,
    }
