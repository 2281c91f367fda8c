"""What it costs to make gateways' files: one policy of 500 operations, and the policies of 100 brands.

    .venv/bin/python tests/bench/gateway/bench_compile.py

Processor time of this process. The first is `emit` of every registered gateway that can do what the policy asks; the
second is everything from the files of brands, policies and the API on, with nothing kept from before.
"""

import json
import os
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.bench.measure import machine
from themekit.build.gateway import gateway
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.gateway.support import judge
from themekit.model import BrandId
from themekit.plugins import gateways
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy

OPERATIONS, BRANDS, REPEATS = 500, 100, 5
MAX_EMIT_S, MAX_BRANDS_S = 0.5, 10.0
THREE = ("envoy", "kong", "aws-http")
ROOT = Path(__file__).parents[3]
API = "docs_src/api/openapi.yaml"
POLICY = "brands/acme/policy.json"


def description():
    """An API of two operations a path."""
    paths = {
        f"/things-{number}/{{id}}": {
            method: {"operationId": f"{method}Thing{number}", "tags": [f"Group {number % 20}"]}
            for method in ("get", "post")
        }
        for number in range(OPERATIONS // 2)
    }
    return json.dumps({"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "paths": paths})


def policy_text():
    """Ten routes, each for a tag, on the policy of a brand of the project."""
    known = json.loads((ROOT / "brands/_shared/policy.json").read_text(encoding="utf-8"))
    known |= json.loads((ROOT / "brands/volt/policy.json").read_text(encoding="utf-8"))
    del known["extends"]
    known["api"] = API.replace(".yaml", ".json")
    known["limits"] = ["reads"]
    known["routes"] = {
        f"group-{number}": {
            "tag": f"Group {number}",
            "access": {"tokens": ["main"], "scopes": [[f"things-{number}:read"], [f"things-{number}:write", "all"]]},
        }
        for number in range(20)
    }
    known["rates"] = {"reads": known["rates"]["reads"]}
    return json.dumps(known)


def parsed():
    """The policy, without its targets."""
    contents = {POLICY: policy_text().encode(), API.replace(".yaml", ".json"): description().encode()}

    def read(path):
        return contents.get(str(path))

    def names(folder):
        return tuple(PurePosixPath(path).name for path in contents if PurePosixPath(path).parent == folder)

    inputs = PolicyInputs(read, names, lambda path: parse_openapi(path, contents[str(path)], read=read)[0])
    found, diagnostics = parse_policy(PurePosixPath(POLICY), contents[POLICY], name="acme", inputs=inputs)
    assert found is not None, diagnostics
    assert OPERATIONS == len(found.operations)
    return found


def cpu_s(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def emitted(policy):
    """The median of every gateway by its name, in seconds; prints how much each made."""
    found = {}
    for each in gateways():
        own = replace(policy, targets=(each.name,), accepted=tuple(a for a in policy.accepted if a.target == each.name))
        faults = [told.message for told in judge(own, {each.name: each}) if told.is_error]
        if faults:
            print(f"{each.name:12} cannot do it exactly: {faults[0]}")
        files = each.emit(own)
        used = statistics.median(cpu_s(lambda each=each, own=own: each.emit(own)) for _ in range(REPEATS))
        found[each.name] = used
        print(f"{each.name:12} {used * 1000:7.0f} ms, {sum(len(file.content) for file in files) / 1000:,.0f} kB")
    return found


def all_brands():
    """The files of all brands, from nothing."""
    shared = (ROOT / "brands/_shared/policy.json").read_text(encoding="utf-8")
    own = (ROOT / "brands/volt/policy.json").read_text(encoding="utf-8")
    files = {"brands/_shared/policy.json": shared, API: (ROOT / API).read_text(encoding="utf-8")}
    for number in range(BRANDS):
        files[f"brands/b{number}/policy.json"] = own.replace("volt", f"b{number}")
        files[f"brands/b{number}/brand.json"] = '{"name": "B", "color": {"primary": "#0b5fff"}}'
    engine = Engine(MemoryHost(files), MemoryStore(), code="bench")
    for number in range(BRANDS):
        assert engine.get(gateway, BrandId(f"b{number}")), engine.diagnostics(gateway, BrandId(f"b{number}"))


def main():
    used_s = emitted(parsed())
    emit_s = sum(used_s[name] for name in THREE)
    print(f"{OPERATIONS} operations, {', '.join(THREE)}: {emit_s:.2f} s (bar: {MAX_EMIT_S})")
    print(f"{OPERATIONS} operations, all gateways: {sum(used_s.values()):.2f} s")
    brands_s = cpu_s(all_brands)
    print(f"{BRANDS} brands from nothing: {brands_s:.2f} s (bar: {MAX_BRANDS_S})")
    found = machine()
    print(f"{found['processor']}, {found['cores']} cores, Python {found['python']}, load {os.getloadavg()[0]:.1f}")
    return 0 if emit_s <= MAX_EMIT_S and brands_s <= MAX_BRANDS_S else 1


if __name__ == "__main__":
    sys.exit(main())
