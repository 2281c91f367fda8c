"""The heavy tasks of a build, run in several processes, and the judgement on what came of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.brands import brand_ids
from themekit.build.machines import open_executor
from themekit.build.outputs import Output
from themekit.build.parts import PARTS
from themekit.build.pictures import assets
from themekit.build.portal import site_template, variant
from themekit.diagnostics import Code, Diagnostic, Reporter, Severity
from themekit.engine.job import End, Job, is_done
from themekit.model import BrandId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.build.project import Project
    from themekit.engine import Task
    from themekit.engine.executor import Executor

    Tell = Callable[[str], None]


class JobCrashedError(RuntimeError):
    """A task raised an exception in its process; the message is its traceback."""


JOB_FAILED = Code("job-failed", summary="A part of a brand could not be built: its process was stopped.")
CACHE_PROBLEM = Code(
    "cache-problem", Severity.WARNING, "Something in a store was damaged, or the store could not be read or written."
)
CLUSTER_PROBLEM = Code(
    "cluster-problem", Severity.WARNING, "A cluster did not do all that it was asked, so this machine did it."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of the heavy tasks: brands whose jobs were lost, with the reason, and what went wrong without harm."""

    lost: dict[BrandId, str]
    diagnostics: tuple[Diagnostic, ...] = ()


def prepare(
    project: Project,
    brands: Sequence[BrandId],
    *,
    parts: Sequence[str],
    jobs: int | None,
    tell: Tell,
    own: Task[[BrandId], object] = assets,
) -> Prepared:
    """Run the heavy tasks where the project's executor says, so that what follows finds their values.

    What several brands share runs once: the renders of variants are jobs of their own, told by the brands they are for.
    `own` is what is heavy for each brand.
    """
    workers = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
    lost: dict[BrandId, str] = {}
    report = Reporter()
    with open_executor(project, workers=workers) as executor:
        if "site" in parts:
            tell("rendering")
            lost |= _run(project, executor, _variant_jobs(project, brands))
        if {"site", "assets"} & set(parts):
            tell("drawing")
            drawn = [brand_id for brand_id in brands if brand_id not in lost]
            lost |= _run(project, executor, {Job.of(own, brand_id): [brand_id] for brand_id in drawn})
        for problem in executor.problems:
            report(CLUSTER_PROBLEM, None, problem)
    return Prepared(lost, report.diagnostics)


def _variant_jobs(project: Project, brands: Sequence[BrandId]) -> dict[Job, list[BrandId]]:
    """One job a variant, with the brands that have it."""
    found: dict[Job, list[BrandId]] = {}
    for brand_id in brands:
        of = project.engine.get(variant, brand_id)
        if of is not None:
            found.setdefault(Job.of(site_template, of, brand_id if of.overlay else ""), []).append(brand_id)
    return found


def _run(project: Project, executor: Executor, jobs: dict[Job, list[BrandId]]) -> dict[BrandId, str]:
    """Run the jobs whose values are not in the store; the brands of those whose process died, with the reason.

    An exception in a job is our bug, and is raised here as JobCrashedError with the traceback of its process.
    """
    due = tuple(job for job in jobs if not is_done(project.engine, job))
    if not due:
        return {}
    outcomes = executor.run(due)
    project.engine.refresh()  # it looked at these tasks before they ran
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        project.store.complain(problem)
    for outcome in outcomes:
        if outcome.end is End.FAILED:
            raise JobCrashedError(outcome.reason)
    dead = {outcome.job: outcome.reason for outcome in outcomes if outcome.end is not End.DONE}
    return {brand_id: reason for job, reason in dead.items() for brand_id in jobs[job]}


def judged(
    project: Project, brands: Sequence[BrandId], *, parts: Sequence[str], lost: dict[BrandId, str]
) -> tuple[tuple[Diagnostic, ...], tuple[BrandId, ...]]:
    """All diagnostics of the parts, each once; and the brands that have an error among theirs."""
    return judged_by(project, brands, tasks=[PARTS[part] for part in parts], lost=lost)


def judged_by(
    project: Project, brands: Sequence[BrandId], *, tasks: Sequence[Task[[BrandId], object]], lost: dict[BrandId, str]
) -> tuple[tuple[Diagnostic, ...], tuple[BrandId, ...]]:
    """The same of any tasks of a brand."""
    found: dict[Diagnostic, None] = {}
    failed: list[BrandId] = []
    if set(brands) == set(project.engine.get(brand_ids)):  # all are asked for, so those that cannot be looked at too
        for each in project.engine.diagnostics(brand_ids):
            found[each] = None
            failed += [BrandId(each.place.path.name)] if each.place else []
    report = Reporter()
    for brand_id in brands:
        if brand_id in lost:
            report(JOB_FAILED, None, f"the brand `{brand_id}` could not be built: {lost[brand_id]}")
            failed.append(brand_id)
            continue
        own = [each for task in tasks for each in project.engine.diagnostics(task, brand_id)]
        found |= dict.fromkeys(own)
        if any(each.is_error for each in own):
            failed.append(brand_id)
    return (*found, *report.diagnostics), tuple(failed)


def cache_diagnostics(project: Project) -> tuple[Diagnostic, ...]:
    """What was found damaged in the cache, or could not be kept there: nothing is wrong with the output."""
    report = Reporter()
    for problem in project.store.problems:
        report(CACHE_PROBLEM, None, problem)
    return report.diagnostics


def outputs_of(project: Project, brand_id: BrandId, *, parts: Iterable[str]) -> tuple[Output, ...]:
    """The artifacts of these parts, each with the name of its producer."""
    return tuple(Output(f"the part {part}", project.engine.get(PARTS[part], brand_id)) for part in parts)
