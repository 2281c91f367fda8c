"""The heavy tasks of a build, run in several processes, and the judgement on what came of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
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
    lost: dict[BrandId, str] = {}
    report = Reporter()
    with open_executor(project, workers=workers_of(jobs)) as executor:
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


def workers_of(jobs: int | None) -> int:
    """How many processes work at a time; without a wish one for each core that this process may use."""
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


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
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        project.store.complain(problem)
    for outcome in outcomes:
        if outcome.end is End.FAILED:
            raise JobCrashedError(outcome.reason)
    dead = {outcome.job: outcome.reason for outcome in outcomes if outcome.end is not End.DONE}
    return {brand_id: reason for job, reason in dead.items() for brand_id in jobs[job]}


@dataclass(slots=True)
class Verdict:
    """What is wrong with brands, as one after another is judged: all diagnostics, each once; who has an error."""

    project: Project
    tasks: Sequence[Task[[BrandId], object]]
    lost: dict[BrandId, str]
    failed: list[BrandId] = field(default_factory=list)
    _found: dict[Diagnostic, None] = field(default_factory=dict)
    _report: Reporter = field(default_factory=Reporter)

    @classmethod
    def on(
        cls,
        project: Project,
        brands: Sequence[BrandId],
        *,
        tasks: Sequence[Task[[BrandId], object]],
        lost: dict[BrandId, str],
    ) -> Verdict:
        """A verdict on these brands, of which none is judged yet."""
        verdict = cls(project, tasks, lost)
        if set(brands) == set(project.engine.get(brand_ids)):  # all are asked for, so what cannot be looked at is, too
            for found in project.engine.diagnostics(brand_ids):
                verdict.refuse(BrandId(found.place.path.name if found.place else ""), [found])
        return verdict

    def is_good(self, brand_id: BrandId) -> bool:
        """The brand's tasks report no error."""
        if brand_id in self.lost:
            self._report(JOB_FAILED, None, f"the brand `{brand_id}` could not be built: {self.lost[brand_id]}")
            self.failed.append(brand_id)
            return False
        own = [each for task in self.tasks for each in self.project.engine.diagnostics(task, brand_id)]
        return not self.refuse(brand_id, own)

    def refuse(self, brand_id: BrandId, diagnostics: Sequence[Diagnostic]) -> bool:
        """Add what was found wrong later; whether there is an error in it."""
        self._found |= dict.fromkeys(diagnostics)
        has_error = any(each.is_error for each in diagnostics)
        if has_error:
            self.failed.append(brand_id)
        return has_error

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All, in the order found."""
        return (*self._found, *self._report.diagnostics)


def cache_diagnostics(project: Project) -> tuple[Diagnostic, ...]:
    """What was found damaged in the cache, or could not be kept there: nothing is wrong with the output."""
    report = Reporter()
    for problem in project.store.problems:
        report(CACHE_PROBLEM, None, problem)
    return report.diagnostics


def outputs_of(project: Project, brand_id: BrandId, *, parts: Iterable[str]) -> tuple[Output, ...]:
    """The artifacts of these parts, each with the name of its producer."""
    return tuple(Output(f"the part {part}", project.engine.get(PARTS[part], brand_id)) for part in parts)
