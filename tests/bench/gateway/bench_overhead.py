"""What a policy costs on a real Envoy, and whether requests survive that it is changed while they come.

    .venv/bin/python tests/bench/gateway/bench_overhead.py [brand]

Three Envoys take turns: one that answers by itself, a bare one that passes requests on, and one with the whole policy
of the brand, which verifies an RS256 token for each request. What stands behind the last two is the first kind of
Envoy. Processor time is that of the Envoy measured, by the kernel's clock of its process.
"""

import asyncio
import os
import statistics
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.bench.measure import machine
from themekit.build.gateway import policy as policy_of
from themekit.build.project import Project
from themekit.model import BrandId
from themekit.trial.answering import answering_files, bare_files
from themekit.trial.envoy import private_folder, running_envoy, running_files
from themekit.trial.envoy_files import on_loopback, sandbox_upstream
from themekit.trial.keys import fresh_keys
from themekit.trial.live_run import free_port
from themekit.trial.load import good_messages, run_load, send_all
from themekit.trial.signing import KeySigner

ROOT = Path(__file__).parents[3]
ROUNDS = 7
RATE, COUNT = 400, 800
SWAPS, SWAP_PAUSE_S = 20, 0.4
MAX_RATIO = 2.2
P99_RATE, P99_S, MAX_P99_MS = 200, 10, 250


def cost(jobs, messages):
    """Medians over rounds in which the gateways take turns, in microseconds."""
    found = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, envoy in jobs.items():
            load = run_load(envoy, messages, rate=RATE)
            assert not load.failed, (name, load)
            found[name].append(load.cpu_us)
    return {name: statistics.median(each) for name, each in found.items()}


async def swapped_under_load(envoy, messages, policies):
    """The load while the policies are put in force by turns, and what Envoy refused."""
    load = asyncio.create_task(send_all(envoy.place, messages, rate=P99_RATE, pid=envoy.pid))
    refused = []
    for number in range(SWAPS):
        await asyncio.sleep(SWAP_PAUSE_S)
        refused += await asyncio.to_thread(envoy.swap, policies[number % len(policies)])
    return await load, refused


def variants(policy):
    """The same policy with another deny list (in the listener), with other timeouts (in routes), and as it was."""
    denied = replace(policy.addresses, deny=(*policy.addresses.deny, "203.0.113.0/24"))
    slower = tuple(replace(each, timeout_s=each.timeout_s + 1) for each in policy.operations)
    return replace(policy, addresses=denied), replace(policy, operations=slower), policy


def main(brand):
    policy = Project(ROOT).engine.get(policy_of, BrandId(brand))
    keys = fresh_keys(policy)
    with ExitStack() as stack:

        def started(files):
            return stack.enter_context(running_files(files, stack.enter_context(private_folder())))

        behind, direct = started(answering_files()), started(answering_files())
        bare = started(bare_files(behind.port))
        local = on_loopback(policy, sandbox_upstream(policy, behind.port), port=free_port(0), keys=keys).policy
        full = stack.enter_context(running_envoy(local))
        messages = good_messages(local, KeySigner(keys), rate=RATE, count=COUNT)
        costs = cost({"direct_response": direct, "bare route": bare, "full policy": full}, messages)
        for name, used_us in costs.items():
            print(f"{name:16} {used_us:7.0f} µs of processor time a request")
        ratio = costs["full policy"] / costs["bare route"]
        print(f"full / bare      {ratio:7.2f}   (bar: {MAX_RATIO})")

        steady = good_messages(local, KeySigner(keys), rate=P99_RATE, count=P99_RATE * P99_S)
        load = run_load(full, steady, rate=P99_RATE)
        shown = f"p50 {load.p50_ms:.1f}, p90 {load.p90_ms:.1f}, p99 {load.p99_ms:.1f} ms (bar: {MAX_P99_MS})"
        print(f"{P99_RATE} a second: {shown}, {load.failed} errors")
        swaps, refused = asyncio.run(swapped_under_load(full, steady, variants(local)))
        shown = f"{swaps.failed} errors {dict(swaps.errors)}, {len(refused)} refused, p99 {swaps.p99_ms:.1f} ms"
        print(f"{SWAPS} swaps under load: {shown}")
    found = machine()
    print(f"{found['processor']}, {found['cores']} cores, Python {found['python']}, load {os.getloadavg()[0]:.1f}")
    is_good = ratio <= MAX_RATIO and load.p99_ms < MAX_P99_MS and not (load.failed or swaps.failed or refused)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "volt"))
