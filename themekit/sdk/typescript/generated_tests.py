"""The tests in the package: every operation, and what clients must get right, against a server at `API_BASE_URL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.typescript.client import options_of
from themekit.sdk.typescript.invocations import invocation
from themekit.sdk.typescript.layout import Raw
from themekit.sdk.typescript.spelling import string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sdk.typescript.layout import Value
    from themekit.sdk.typescript.plan import Call, Plan, Resource

CLIENT = slot("client")
ITEMS_IN_SANDBOX = 7


def test_setup(plan: Plan) -> str:
    """The clients that tests use."""
    options = [f"  {name}: {_credential(name, 'test')},\n" for name, _, _ in options_of(plan.api)]
    wrong = [f"  {name}: {_credential(name, 'invalid')},\n" for name, _, _ in options_of(plan.api)]
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
        f"export function connectAnonymously() {{\n  return new {CLIENT}({{ baseUrl, apiKey: null }});\n}}\n"
    )


def _credential(name: str, word: str) -> str:
    return "undefined" if name == "scopes" else string(f"{word}_{name}")


def operation_tests(resource: Resource, plan: Plan) -> str:
    """One test for each operation of a group."""
    tests = [_operation_test(resource, call, plan) for call in resource.calls]
    needs_assert = any("assert." in each for each in tests)
    head = 'import assert from "node:assert/strict";\n' if needs_assert else ""
    return (
        f'{head}import {{ test }} from "node:test";\nimport {{ connect, skip }} from "./setup.js";\n\n'
        "const client = connect();\n\n" + "\n".join(tests)
    )


def _operation_test(resource: Resource, call: Call, plan: Plan) -> str:
    called = invocation(resource, call, plan)
    lines = {
        "none": f"  await {called};\n",
        "binary": f"  const response = await {called};\n  assert.ok((await response.arrayBuffer()).byteLength >= 0);\n",
        "text": f'  assert.equal(typeof (await {called}), "string");\n',
    }
    stream = (
        f"  const found = [];\n  const stream = {called};\n"
        "  for await (const event of stream) {\n    found.push(event);\n    if (found.length >= 3) {\n      break;\n    }\n"
        "  }\n  assert.ok(found.length > 0);\n"
    )
    if call.answer.kind in {"events", "json-lines"}:
        body = stream
    else:
        missing = f"  const answer = await {called};\n  assert.notEqual(answer, undefined);\n"
        body = lines.get(call.answer.kind, f"  await {called};\n" if call.answer.has_none else missing)
    return _test(f"{resource.name}.{call.name}", body)


def _test(title: str, body: str) -> str:
    return f"test({string(title)}, {{ skip }}, async () => {{\n{body}}});\n"


def behaviour_tests(plan: Plan) -> str:
    """What holds for all operations, tried with those that fit."""
    tests = [text for text in _behaviours(plan) if text]
    used = "\n".join(tests)
    names = [each for each in ("connect", "connectAnonymously", "connectWrongly") if f"{each}(" in used]
    errors = [each for each in ("ApiError", "AuthenticationError", "CredentialsError", "NotFoundError") if each in used]
    imports = ['import assert from "node:assert/strict";\n'] if "assert." in used else []
    imports += ['import { randomUUID } from "node:crypto";\n'] if "randomUUID" in used else []
    imports.append('import { test } from "node:test";\n')
    imports += [f'import {{ {", ".join(errors)} }} from "../esm/index.js";\n'] if errors else []
    imports.append(f'import {{ {", ".join([*names, "skip"])} }} from "./setup.js";\n')
    return "".join(imports) + "\n" + used if tests else ""


def _behaviours(plan: Plan) -> Iterator[str]:
    calls = [(resource, call) for resource in plan.resources for call in resource.calls]
    plain = [(resource, call) for resource, call in calls if call.answer.kind in {"json", "none", "text"}]
    secured = [each for each in plain if each[1].operation.security and all(each[1].operation.security)]
    reads = [each for each in plain if each[1].operation.method == "GET"]
    simple = sorted(reads or plain, key=lambda each: len(each[1].path) + len(each[1].params))
    if secured:
        secured.sort(key=lambda each: (each[1].operation.method != "GET", len(each[1].path)))
        yield from _credential_tests(*secured[0], plan)
    if simple and simple[0][1].operation.method == "GET":
        yield _retry_test(*simple[0], plan)
    if simple:
        yield _error_test(*simple[0], plan)
    for resource, call in calls:
        if call.iterate and _size_key(call):
            yield _page_test(resource, call, plan)


def _credential_tests(resource: Resource, call: Call, plan: Plan) -> Iterator[str]:
    called = invocation(resource, call, plan)
    yield _test(
        "a call without credentials is not sent",
        f"  const client = connectAnonymously();\n  await assert.rejects(async () => {called}, CredentialsError);\n",
    )
    yield _test(
        "wrong credentials are an error of their own",
        "  const client = connectWrongly();\n"
        f"  await assert.rejects(async () => {called}, (error) => {{\n"
        "    assert.ok(error instanceof AuthenticationError);\n    assert.equal(error.status, 401);\n    return true;\n"
        "  });\n",
    )


def _retry_test(resource: Resource, call: Call, plan: Plan) -> str:
    prefer = Raw("`code=429; times=2; run=${randomUUID()}`")
    called = invocation(resource, call, plan, options={"headers": {"Prefer": prefer}})
    return _test(
        "too many requests are repeated until they are answered",
        "  const seen = [];\n  const client = connect({\n    onResponse: ({ status }) => {\n      seen.push(status);\n"
        f"    }},\n  }});\n  await {called};\n  assert.deepEqual(seen.slice(0, 2), [429, 429]);\n"
        "  assert.equal(seen.length, 3);\n",
    )


def _error_test(resource: Resource, call: Call, plan: Plan) -> str:
    called = invocation(resource, call, plan, options={"headers": {"Prefer": "code=404"}})
    return _test(
        "what is not there is an error of its own",
        "  const client = connect();\n"
        f"  await assert.rejects(async () => {called}, (error) => {{\n"
        "    assert.ok(error instanceof NotFoundError);\n    assert.ok(error instanceof ApiError);\n"
        "    assert.equal(error.status, 404);\n    return true;\n  });\n",
    )


def _page_test(resource: Resource, call: Call, plan: Plan) -> str:
    size: dict[str, Value] = {_size_key(call): 3}
    called = invocation(resource, call, plan, name=call.iterate, more=size)
    return _test(
        f"{resource.name}.{call.iterate} goes on to the end",
        f"  const client = connect();\n  const pages = {called};\n"
        f"  assert.equal((await pages.toArray()).length, {ITEMS_IN_SANDBOX});\n",
    )


def _size_key(call: Call) -> str:
    pagination = call.operation.pagination
    if pagination is None or not pagination.size:
        return ""
    return next((each.key for each in call.params if each.parameter.wire == pagination.size), "")
