"""The full protocol: fail, cut short or kill `themekit` at its system calls, one run a call and fault, and judge each.

    python tests/faults/inject.py --spread 3          three of each call and fault
    python tests/faults/inject.py theme --all         every call of one scenario
    python tests/faults/inject.py edit --only EMFILE  one fault

Prints a table of outcomes by call and fault; what is wrong is told in full, with the injection that repeats it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.protocol import FAULTS, carried_out, plans, spread
from tests.faults.scenarios import SCENARIOS, made_scenario
from tests.faults.system_calls import why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.protocol import Outcome, Plan
    from tests.faults.scenarios import Scenario


def main() -> int:
    """0 if every outcome is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", choices=[[], *SCENARIOS], help=f"of {', '.join(SCENARIOS)}; all")
    parser.add_argument("--all", action="store_true", help="every call, not a spread")
    parser.add_argument("--spread", type=int, default=3, help="calls of each name and fault [default: 3]")
    parser.add_argument("--only", choices=FAULTS, action="append", help="these faults; may be given again")
    parser.add_argument("--call", action="append", help="these calls; may be given again")
    given = parser.parse_args()
    if why_not():
        print(why_not(), file=sys.stderr)
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="themekit-faults-") as folder:
        for name in given.scenarios or SCENARIOS:
            scenario = made_scenario(name, Path(folder).resolve())
            known = plans(scenario, faults=given.only or FAULTS)
            known = tuple(plan for plan in known if not given.call or plan.call.name in given.call)
            chosen = spread(known, 0 if given.all else given.spread)
            print(
                f"\n## {name}: `themekit {' '.join(scenario.command)}`, {len(chosen)} of {len(known)} plans", flush=True
            )
            wrong += judged(scenario, chosen)
    return 1 if wrong else 0


def judged(scenario: Scenario, chosen: Sequence[Plan]) -> int:
    """Carry the plans out and say what came of them; how many went wrong."""
    started = time.perf_counter()
    outcomes = []
    for plan in chosen:
        outcome = carried_out(scenario, plan)
        outcomes.append(outcome)
        for fault in outcome.faults:
            print(f"WRONG {plan.how}  {plan.call.text[:200]}\n      {outcome.end}: {fault}", flush=True)
    show(outcomes)
    wrong = sum(bool(outcome.faults) for outcome in outcomes)
    print(f"{len(outcomes)} plans, {wrong} wrong, {time.perf_counter() - started:.0f} s", flush=True)
    return wrong


def show(outcomes: list[Outcome]) -> None:
    """How often each call and fault had each end."""
    counts = Counter((outcome.plan.call.name, outcome.plan.fault, outcome.end) for outcome in outcomes)
    rows: dict[tuple[str, str], list[str]] = {}
    for (call, fault, end), number in sorted(counts.items()):
        rows.setdefault((call, fault), []).append(f"{end} {number}")
    for (call, fault), ends in rows.items():
        print(f"| {call:10} | {fault:8} | {'; '.join(ends)} |")


if __name__ == "__main__":
    sys.exit(main())
