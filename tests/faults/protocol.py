"""Plans: a call of a command and what becomes of it; and the judgement on what the command makes of that."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.scenarios import false_blobs, litter
from tests.faults.system_calls import MAKING, Call, forked, named_paths, names_build, spoilt, traced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.faults.scenarios import Scenario, State
    from tests.faults.system_calls import Ran

ERRORS = ("ENOSPC", "EIO", "EMFILE", "EROFS", "EXDEV", "EACCES", "EINTR")
KILL = "SIGKILL"
SHORT = "short"
STAYS = "ENOSPC+"
FAULTS = (*ERRORS, STAYS, SHORT, KILL)
WRITES = {"write", "pwrite64"}
IO_EXIT = 5
STRIDE = 13  # so that chosen calls lie in different parts of a run


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: the call, and the fault. `only` are the paths among whose calls it is numbered, () for all calls.

    `is_late`: all is in place by then. What is left is a last sync, the record, the old tree's removal, the lock.
    """

    call: Call
    fault: str
    is_late: bool
    only: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """For strace."""
        what = {KILL: "signal=SIGKILL", SHORT: "retval=1", STAYS: "error=ENOSPC"}.get(self.fault, f"error={self.fault}")
        return f"{self.call.name}:{what}:when={self.call.number}{'+' if self.fault == STAYS else ''}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a plan: `end` in one word, and what is wrong with that."""

    plan: Plan
    end: str
    faults: tuple[str, ...]


def plans(scenario: Scenario, *, faults: Sequence[str] = FAULTS) -> tuple[Plan, ...]:
    """Every call below build/ of one good run with every fault that it can have."""
    scenario.restore()
    calls = traced(scenario.command, root=scenario.root, scratch=scenario.scratch)
    single = [fault for fault in faults if fault != STAYS]
    last = max(index for index, call in enumerate(calls) if _puts_in_place(call, scenario))
    found = [
        Plan(call, fault, index > last)
        for index, call in enumerate(calls)
        for fault in single
        if fault != SHORT or call.name in WRITES
    ]
    if STAYS in faults:
        # From one call on, all: only of calls that name our files, or the error's own line could not be written.
        only = named_paths(calls)
        scenario.restore()
        again = traced(scenario.command, root=scenario.root, scratch=scenario.scratch, only=only)
        # The first failure may be one that a build can do without; a later one ends it then, with all in place.
        found += [Plan(call, STAYS, True, only) for call in again if call.name in MAKING]
    return tuple(found)


def spread(found: Sequence[Plan], most: int) -> tuple[Plan, ...]:
    """At most so many of each call and fault, the first and the last among them; all if it is 0."""
    groups: dict[tuple[str, str], list[Plan]] = {}
    for plan in found:
        groups.setdefault((plan.call.name, plan.fault), []).append(plan)
    return tuple(plan for group in groups.values() for plan in _spread(group, most))


def sample(found: Sequence[Plan], turn: int) -> tuple[Plan, ...]:
    """One plan a call, with another fault and another place in the run for each, and for each `turn`."""
    by_call: dict[str, dict[str, list[Plan]]] = {}
    for plan in found:
        by_call.setdefault(plan.call.name, {}).setdefault(plan.fault, []).append(plan)
    chosen = []
    for number, groups in enumerate(by_call.values(), turn):
        group = list(groups.values())[number % len(groups)]
        chosen.append(group[(number * STRIDE) % len(group)])
    return tuple(chosen)


def carried_out(scenario: Scenario, plan: Plan) -> Outcome:
    """Run the plan, judge what it left, run the plain command after it, and judge that."""
    scenario.restore()
    ran = spoilt(scenario.command, plan.how, root=scenario.root, scratch=scenario.scratch, only=plan.only)
    end = _end(ran, plan, scenario.state(), scenario.states)
    faults = [] if ran.hits else ["the call was not met"]
    faults += [f"hit another's call: {hit}" for hit in ran.hits if not names_build(hit, scenario.root)]
    faults += _faults(ran, plan, scenario)
    faults += [f"false blob {name}" for name in false_blobs(scenario.build)]
    faults += [f"after the next run: {fault}" for fault in _mended(scenario)]
    return Outcome(plan, end, tuple(faults))


def _puts_in_place(call: Call, scenario: Scenario) -> bool:
    """A rename to a tree, or to a file of dist/."""
    places = "|".join(re.escape(name) for name in scenario.states[0].keys() | scenario.states[1].keys())
    return re.search(rf'^rename.*"{re.escape(str(scenario.build))}/(?:{places})"', call.text) is not None


def _spread(group: list[Plan], most: int) -> Iterator[Plan]:
    if not most or len(group) <= most:
        yield from group
    elif most == 1:
        yield group[len(group) // 2]
    else:
        yield from (group[round(index * (len(group) - 1) / (most - 1))] for index in range(most))


def _end(ran: Ran, plan: Plan, now: State, states: tuple[State, State]) -> str:
    before, after = states
    if now == after:
        place = "new"
    elif now == before:
        place = "old"
    else:
        place = "each old or new" if _is_mixed(now, states) else "HALF"
    return f"{'killed' if plan.fault == KILL else f'exit {ran.code}'}, {place}"


def _is_mixed(now: State, states: tuple[State, State]) -> bool:
    """Each tree and file by itself is one of the two; there may be none only if there was none."""
    before, after = states
    names = before.keys() | after.keys() | now.keys()
    return all(now.get(name) in (before.get(name), after.get(name)) for name in names)


def _faults(ran: Ran, plan: Plan, scenario: Scenario) -> Iterator[str]:
    now = scenario.state()
    if not _is_mixed(now, scenario.states):
        yield "a tree or file is neither old nor new"
    if "Traceback" in ran.err:
        yield f"a traceback: {ran.err.strip().splitlines()[-3:]}"
    if plan.fault == KILL:
        if ran.code not in {-9, 137}:
            yield f"not killed, but exit code {ran.code}"
    elif ran.code == 0:
        if now != scenario.states[1]:
            yield "exit code 0, and not new"
    elif ran.code == IO_EXIT:
        yield from _line_faults(ran, plan, scenario)
        if now == scenario.states[1] and not plan.is_late:
            yield "an error before the last file was in place, and new"
    else:
        yield f"exit code {ran.code}: {ran.err.strip()[-300:]}"


def _line_faults(ran: Ran, plan: Plan, scenario: Scenario) -> Iterator[str]:
    lines = [line for line in ran.err.splitlines() if "error[" in line or "error:" in line.lower()]
    name = {STAYS: "ENOSPC", SHORT: "EIO"}.get(plan.fault, plan.fault)
    text = os.strerror(getattr(errno, name)).lower()
    if 1 != len(lines):
        yield f"{len(lines)} lines of error: {ran.err.strip()[-300:]}"
    elif not (name in lines[0] or text in lines[0].lower()):
        yield f"the error's name is not in {lines[0]}"
    elif str(scenario.build) not in lines[0]:
        yield f"no path in {lines[0]}"


def _mended(scenario: Scenario) -> Iterator[str]:
    """What is wrong after a plain run; nothing should be."""
    done = forked(scenario.command, root=scenario.root, scratch=scenario.scratch)
    if done.code:
        yield f"exit code {done.code}: {done.err.strip()[-300:]}"
    if scenario.state() != scenario.states[1]:
        yield "not new"
    yield from (f"left over: {name}" for name in litter(scenario.build))
    yield from (f"false blob {name}" for name in false_blobs(scenario.build))
