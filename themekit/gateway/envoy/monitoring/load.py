"""A load test for k6: safe operations below their limits and within the time, and one limit that has to hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.gateway.envoy.monitoring.queries import TARGET_MS
from themekit.model.policy import PERIOD_S, Public

if TYPE_CHECKING:
    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import OperationPolicy, Policy

BELOW_LIMIT = 0.8
MAX_PER_MINUTE = 3000


def load_text(policy: Policy) -> str:
    """The script. It holds no token: who runs it gives one in the environment."""
    operations: JsonObject = {operation.id: _operation(policy, operation) for operation in policy.operations}
    shown = json.dumps(operations, indent=2, ensure_ascii=False)
    host = json.dumps(policy.listen.hosts[0])
    base = json.dumps(_base_url(policy))
    return (
        _SCRIPT.replace("@OPERATIONS@", shown)
        .replace("@HOST@", host)
        .replace("@BASE@", base)
        .replace("@TARGET@", str(TARGET_MS))
        .replace("@SHARE@", str(BELOW_LIMIT))
        .replace("@MOST@", str(MAX_PER_MINUTE))
    )


def _base_url(policy: Policy) -> str:
    scheme, usual = ("https", 443) if policy.listen.tls else ("http", 80)
    port = "" if policy.listen.port == usual else f":{policy.listen.port}"
    return f"{scheme}://{policy.listen.hosts[0]}{port}"


def _operation(policy: Policy, operation: OperationPolicy) -> JsonObject:
    limits: list[Json] = [
        {
            "name": limit.name,
            "perMinute": round(limit.rate.requests * 60 / PERIOD_S[limit.rate.period], 6),
            "burst": limit.rate.burst,
        }
        for limit in map(policy.limit, operation.limits)
    ]
    return {
        "method": operation.method,
        "path": policy.listen.base_path + operation.path,
        "isOpen": isinstance(operation.access, Public),
        "limits": limits,
    }


_SCRIPT = """\
// Made by themekit from policy.json: change the policy, not this file.
//
//   k6 run --no-usage-report -e TOKEN="$TOKEN" load.js
//
// TOKEN       a bearer token for operations that are not open
// BASE_URL    where the gateway is called, if not at its own host; HOST is what the header says then
// OPERATIONS  the ids to call, with commas; without it every GET that has no parameter in its path
// DURATION    how long, 30s by default; RATE requests a minute, if fewer than the limits allow
// OVER        the id of an operation to call more often than its limits allow: some must be refused with 429
// HEADERS     more headers, as a JSON object
import http from "k6/http";
import exec from "k6/execution";
import { check, fail } from "k6";
import { Counter, Rate } from "k6/metrics";

const OPERATIONS = @OPERATIONS@;
const TARGET_MS = @TARGET@;
const SHARE = @SHARE@;
const MOST = @MOST@;

const base = __ENV.BASE_URL || @BASE@;
const extra = JSON.parse(__ENV.HEADERS || "{}");
const chosen = __ENV.OPERATIONS
  ? __ENV.OPERATIONS.split(",").filter((id) => id)
  : Object.keys(OPERATIONS).filter((id) => {
      const operation = OPERATIONS[id];
      const canCall = operation.isOpen || __ENV.TOKEN;
      return operation.method === "GET" && !operation.path.includes("{") && canCall;
    });
const over = __ENV.OVER || "";
for (const id of [...chosen, ...(over ? [over] : [])]) {
  if (!OPERATIONS[id]) fail(`there is no operation ${id}`);
  if (OPERATIONS[id].path.includes("{")) fail(`${id} has parameters in its path`);
}
if (!chosen.length && !over) fail("there is no operation to call: give OPERATIONS, or a TOKEN");

const limited = new Rate("gateway_limited");
const refusedOver = new Counter("gateway_over_limit");

const allowed = chosen.flatMap((id) => OPERATIONS[id].limits.map((limit) => limit.perMinute * SHARE));
const perMinute = Math.max(1, Math.floor(Math.min(MOST, Number(__ENV.RATE || MOST), ...allowed)));
const duration = __ENV.DURATION || "30s";

const scenarios = {};
const thresholds = {};
if (chosen.length) {
  scenarios.steady = {
    executor: "constant-arrival-rate",
    exec: "steady",
    rate: perMinute,
    timeUnit: "1m",
    duration,
    preAllocatedVUs: 10,
    maxVUs: 100,
  };
  thresholds["http_req_duration{scenario:steady}"] = [`p(99)<${TARGET_MS}`];
  thresholds["checks{scenario:steady}"] = ["rate>0.99"];
  thresholds.gateway_limited = ["rate==0"];
  for (const id of chosen) thresholds[`http_req_duration{operation:${id}}`] = [`p(99)<${TARGET_MS}`];
}
if (over) {
  const bursts = OPERATIONS[over].limits.map((limit) => limit.burst);
  if (!bursts.length) fail(`${over} has no limit`);
  const times = 2 * Math.min(...bursts) + 20;
  scenarios.over = {
    executor: "shared-iterations",
    exec: "beyond",
    vus: Math.min(50, times),
    iterations: times,
    startTime: chosen.length ? duration : "0s",
  };
  thresholds.gateway_over_limit = ["count>0"];
}
export const options = { scenarios, thresholds };

function call(id) {
  const operation = OPERATIONS[id];
  const headers = { Host: __ENV.HOST || @HOST@, ...extra };
  if (!operation.isOpen && __ENV.TOKEN) headers.Authorization = `Bearer ${__ENV.TOKEN}`;
  const tags = { operation: id, name: id };
  return http.request(operation.method, base + operation.path, null, { headers, tags });
}

export function steady() {
  const id = chosen[exec.scenario.iterationInTest % chosen.length];
  const answer = call(id);
  limited.add(answer.status === 429);
  const isLetThrough = ({ status }) => status >= 200 && status < 500 && ![401, 403, 429].includes(status);
  check(answer, { "is let through": isLetThrough });
}

export function beyond() {
  if (call(over).status === 429) refusedOver.add(1);
}
"""
