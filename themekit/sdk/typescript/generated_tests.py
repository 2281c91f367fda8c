"""The tests in the package: every operation, and what clients must get right, against a server at `API_BASE_URL`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.typescript.client import options_of
from themekit.sdk.typescript.invocations import Shown
from themekit.sdk.typescript.layout import Raw, imported
from themekit.sdk.typescript.spelling import string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sdk.typescript.plan import Call, Plan, Resource

CLIENT = slot("client")
ITEMS_IN_SANDBOX = 7


def test_setup(plan: Plan) -> str:
    """The clients that tests use."""
    unused = {"accessToken"} if plan.api.gives_tokens else {"clientId", "clientSecret", "scopes"}
    names = [name for name, _, _ in options_of(plan.api) if name not in unused]
    options = [f"  {name}: {_credential(name, 'test')},\n" for name in names]
    wrong = [f"  {name}: {_credential(name, 'invalid')},\n" for name in names]
    return (
        f'import {{ {CLIENT} }} from "../esm/index.js";\n\n'
        "const baseUrl = process.env.API_BASE_URL;\n\n"
        "/** Why tests are skipped, if they are. */\n"
        'export const skip = baseUrl ? false : "API_BASE_URL is not set";\n\n'
        "const credentials = {\n" + "".join(options) + "};\n\n"
        "const wrong = {\n" + "".join(wrong) + "};\n\n"
        "/** A client with credentials. */\n"
        f"export function connect(options = {{}}) {{\n"
        f"  return new {CLIENT}({{ baseUrl, timeoutMs: 20_000, ...credentials, ...options }});\n}}\n\n"
        "/** A client whose credentials are refused. */\n"
        f"export function connectWrongly() {{\n  return new {CLIENT}({{ baseUrl, ...wrong }});\n}}\n\n"
        "/** A client without credentials. */\n"
        f"export function connectAnonymously() {{\n  return new {CLIENT}({{ baseUrl, apiKey: null }});\n}}\n\n"
        "/** The error of a call. */\n"
        "export async function failure(call) {\n  try {\n    await call();\n  } catch (error) {\n"
        '    return error;\n  }\n  throw new Error("the call did not fail");\n}\n'
    )


def _credential(name: str, word: str) -> str:
    return "undefined" if name == "scopes" else string(f"{word}_{name}")


def operation_tests(resource: Resource, plan: Plan) -> str:
    """One test for each operation of a group."""
    calls = sorted(resource.calls, key=lambda call: call.operation.method == "DELETE")  # what is gone is tried no more
    tests = [_operation_test(Shown(resource, call, plan)) for call in calls if call.operation.may_succeed]
    needs_assert = any("assert." in each for each in tests)
    head = 'import assert from "node:assert/strict";\n' if needs_assert else ""
    return (
        f'{head}import {{ test }} from "node:test";\nimport {{ connect, skip }} from "../setup.js";\n\n'
        "const client = connect();\n\n" + "\n".join(tests)
    )


def _operation_test(shown: Shown) -> str:
    call = shown.call
    title = f"{shown.resource.name}.{call.name}"
    if call.answer.kind in {"events", "json-lines"}:
        return _test(title, shown.statement("const stream = ", indent=2) + _FIRST_EVENTS)
    if call.answer.kind == "binary":
        read = "  assert.ok((await response.arrayBuffer()).byteLength >= 0);\n"
        return _test(title, shown.statement("const response = await ", indent=2) + read)
    if call.answer.kind == "none" or call.answer.has_none:
        return _test(title, shown.statement("await ", indent=2))
    return _test(title, shown.statement("const answer = await ", indent=2) + "  assert.notEqual(answer, undefined);\n")


_FIRST_EVENTS = """  const found = [];
  for await (const event of stream) {
    found.push(event);
    if (found.length >= 3) {
      break;
    }
  }
  assert.ok(found.length > 0);
"""


def _test(title: str, body: str) -> str:
    return f"test({string(title)}, {{ skip }}, async () => {{\n{body}}});\n"


def behaviour_tests(plan: Plan) -> str:
    """What holds for all operations, tried with those that fit."""
    tests = list(_behaviours(plan))
    used = "\n".join(tests)
    names = [each for each in _SETUP if f"{each}(" in used]
    errors = [each for each in ("AuthenticationError", "CredentialsError", "NotFoundError") if each in used]
    imports = ['import assert from "node:assert/strict";\n'] if "assert." in used else []
    imports += ['import { randomUUID } from "node:crypto";\n'] if "randomUUID" in used else []
    imports.append('import { test } from "node:test";\n')
    imports += [imported(errors, "../esm/index.js")] if errors else []
    imports.append(imported([*names, "skip"], "./setup.js"))
    return "".join(imports) + "\n" + used if tests else ""


_SETUP = ("connect", "connectAnonymously", "connectWrongly", "failure")


def _behaviours(plan: Plan) -> Iterator[str]:
    calls = [
        Shown(resource, call, plan)
        for resource in plan.resources
        for call in resource.calls
        if call.operation.may_succeed
    ]
    plain = [each for each in calls if each.call.answer.kind in {"json", "none", "text"}]
    plain.sort(key=lambda each: (each.call.operation.method != "GET", len(each.call.path), each.call.needs_params))
    secured = [each for each in plain if each.call.operation.security and all(each.call.operation.security)]
    if secured:
        yield from _credential_tests(secured[0])
    if plain and plain[0].call.operation.method == "GET":
        yield _retry_test(plain[0])
    if plain:
        yield _error_test(plain[0])
    for each in calls:
        if each.call.iterate and _size_key(each.call):
            yield _page_test(each)


def _credential_tests(shown: Shown) -> Iterator[str]:
    yield _test(
        "a call without credentials is not sent",
        f"  const client = connectAnonymously();\n{_failure(shown)}  assert.ok(error instanceof CredentialsError);\n",
    )
    yield _test(
        "wrong credentials are an error of their own",
        "  const client = connectWrongly();\n"
        f"{_failure(shown)}  assert.ok(error instanceof AuthenticationError);\n  assert.equal(error.status, 401);\n",
    )


def _failure(shown: Shown) -> str:
    return f"  const error = await failure(async () => {{\n{shown.statement('await ', indent=4)}  }});\n"


def _retry_test(shown: Shown) -> str:
    headers = {"Prefer": Raw("`code=429; times=2; run=${randomUUID()}`")}
    called = replace(shown, options={"headers": headers}).statement("await ", indent=2)
    return _test(
        "too many requests are repeated",
        "  const seen = [];\n  const onResponse = ({ status }) => seen.push(status);\n"
        f"  const client = connect({{ onResponse }});\n{called}"
        "  assert.deepEqual(seen.slice(0, 2), [429, 429]);\n  assert.equal(seen.length, 3);\n",
    )


def _error_test(shown: Shown) -> str:
    called = _failure(replace(shown, options={"headers": {"Prefer": "code=404"}}))
    return _test(
        "what is not there is an error of its own",
        f"  const client = connect();\n{called}"
        "  assert.ok(error instanceof NotFoundError);\n  assert.equal(error.status, 404);\n",
    )


def _page_test(shown: Shown) -> str:
    call = shown.call
    paged = replace(shown, name=call.iterate, more={_size_key(call): 3})
    return _test(
        f"all of {shown.resource.name}.{call.iterate}",
        f"  const client = connect();\n{paged.statement('const pages = ', indent=2)}"
        f"  const items = await pages.toArray();\n  assert.equal(items.length, {ITEMS_IN_SANDBOX});\n",
    )


def _size_key(call: Call) -> str:
    pagination = call.operation.pagination
    if pagination is None or not pagination.size:
        return ""
    return next((each.key for each in call.params if each.parameter.wire == pagination.size), "")
