"""The tests in the package: every operation is called, and what all operations share, at `API_BASE_URL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import ObjectType
from themekit.model.sdk import slot
from themekit.sdk.python.client import security
from themekit.sdk.python.examples import call_of
from themekit.sdk.python.printed import Group, assigned, call, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.api import ApiModel
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.methods import Method, Resource

Lines = list[str]
Found = tuple[str, "Method"]

_SKIP = '@unittest.skipUnless(os.environ.get("API_BASE_URL"), "API_BASE_URL is not set")'


def own_tests(api: ApiModel, resources: Sequence[Resource], *, types: Types) -> dict[str, str]:
    """The text of each test module by its path."""
    found = [
        (resource.attribute, method)
        for resource in resources
        for method in resource.methods
        if method.operation.may_succeed
    ]
    return {
        "tests/__init__.py": "",
        "tests/clients.py": _clients(api),
        "tests/test_behaviour.py": _behaviour(found, types),
        "tests/test_operations.py": _operations(found, types),
    }


def _clients(api: ApiModel) -> str:
    unused = {"access_token"} if api.gives_tokens else {"client_id", "client_secret"}
    options = [each for each in security(api)[0] if each.name not in unused]
    module, client = slot("python-module"), slot("client")
    lines = [
        '"""Clients for the tests."""',
        "",
        "from __future__ import annotations",
        "",
        "import os",
        "from typing import Any",
        "",
        f"from {module} import Async{client}",
        f"from {module} import {client}",
        "",
        *printed(Group("CREDENTIALS: dict[str, Any] = {", [f'"{each.name}": "test"' for each in options], "}")),
    ]
    for prefix, name in (("", "make_client"), ("Async", "make_async_client")):
        lines += [
            "",
            "",
            f"def {name}(**options: Any) -> {prefix}{client}:",
            f"    return {prefix}{client}(",
            '        base_url=os.environ["API_BASE_URL"],',
            "        **{**CREDENTIALS, **options},",
            "    )",
        ]
    return "\n".join(lines) + "\n"


def _operations(found: Sequence[Found], types: Types) -> str:
    body: Lines = []
    kept = [each for each in found if each[1].operation.method != "DELETE"]
    removed = [each for each in found if each[1].operation.method == "DELETE"]
    for title, text, of in (
        ("OperationsTest", "Every operation answers.", kept),
        ("RemovalsTest", "Operations after which something is not there.", removed),
    ):
        if of:
            body += ["", "", _SKIP, f"class {title}(unittest.TestCase):", f'    """{text}"""', ""]
            body += ["    def setUp(self) -> None:", "        self.client = make_client()"]
            body += ["        self.addCleanup(self.client.close)"]
        for attribute, method in of:
            body += ["", *_head(f"test_{attribute}_{method.name}"), *_test(attribute, method, types)]
    text = "\n".join(body)
    module = slot("python-module")
    lines = ['"""Every operation, with example values."""', "", "from __future__ import annotations", ""]
    lines += ["import os", "import unittest", ""]
    if "Upload(" in text:
        lines.append(f"from {module} import Upload")
    if "types." in text:
        lines.append(f"from {module} import types")
    if lines[-1]:
        lines.append("")
    return "\n".join([*lines, "from .clients import make_client", *body]) + "\n"


def _head(name: str) -> Lines:
    return printed(call(f"def {name}", ["self"], end=" -> None:"), indent=4)


def _test(attribute: str, method: Method, types: Types) -> Lines:
    start = f"self.client.{attribute}.{method.name}"
    made = call_of(method, types, start=start)
    if method.result.is_stream:
        lines = printed(Group(f"with {made.start}", made.parts, f"{made.end} as stream:"), indent=8)
        return [*lines, "            self.assertGreater(len(list(stream)), 0)"]
    if method.result.kind == "download":
        lines = printed(Group(f"with {made.start}", made.parts, f"{made.end} as file:"), indent=8)
        return [*lines, "            self.assertIsInstance(file.read(), bytes)"]
    if method.result.kind == "none" or "None" in method.result.annotation.split(" | "):
        return printed(made, indent=8)
    return [*assigned("result", made, indent=8), *printed(_claim(method, types), indent=8)]


def _claim(method: Method, types: Types) -> Group | str:
    """What is claimed of the result."""
    name = method.result.annotation
    if isinstance(types.classes.get(name), ObjectType):
        return call("self.assertIsInstance", ["result", f"types.{name}"])
    if name.startswith("List["):
        return "self.assertIsInstance(result, list)"
    return "self.assertIsInstance(result, str)" if name == "str" else "self.assertIsNotNone(result)"


def _behaviour(found: Sequence[Found], types: Types) -> str:
    secured = next((each for each in found if each[1].operation.security and all(each[1].operation.security)), None)
    safe = [each for each in found if each[1].operation.method == "GET" and each[1].result.kind == "json"]
    repeated = next(iter(safe), None) or next((each for each in found if each[1].has_key), None)
    paged = [each for each in found if each[1].iterator]
    body: Lines = ["", "", _SKIP, "class BehaviourTest(unittest.TestCase):", '    """What all operations share."""']
    if secured is not None:
        body += _secured(secured, types)
    if repeated is not None:
        body += _repeated(repeated, types)
    for attribute, method in paged:
        body += ["", *_head(f"test_pages_of_{attribute}_{method.name}")]
        made = call_of(method, types, start=f"client.{attribute}.{method.iterator}")
        body += _with_client([*assigned("items", made, indent=12), "            self.assertEqual(7, len(list(items)))"])
    if len(body) == 5:
        body += ["", "    def test_client(self) -> None:", *_with_client(["            pass"])]
    if repeated is not None and not repeated[1].result.is_stream:
        body += _asynchronous(repeated, paged[0] if paged else None, types)
    text = "\n".join(body)
    module = slot("python-module")
    lines = ['"""Credentials, errors, retries and pages."""', "", "from __future__ import annotations", "", "import os"]
    lines += [
        "import unittest",
        *(["import uuid"] if "uuid." in text else []),
        *(["from unittest import mock"] if "mock." in text else []),
    ]
    errors = [
        name for name in ("AuthenticationError", "MissingCredentialsError", "NotFoundError", "Upload") if name in text
    ]
    lines += ["", *([f"from {module} import {name}" for name in errors])]
    clients = ["make_async_client"] if "make_async_client(" in text else []
    clients += ["make_client"] if "make_client(" in text else []
    options = ["CREDENTIALS"] if "CREDENTIALS" in text else []
    lines += [*([""] if errors else []), f"from .clients import {', '.join([*options, *clients])}"]
    return "\n".join([*lines, *body]) + "\n"


def _with_client(lines: Lines, options: str = "") -> Lines:
    return [f"        with make_client({options}) as client:", *lines]


def _secured(of: Found, types: Types) -> Lines:
    attribute, method = of
    made = printed(_finished(method, types, start=f"client.{attribute}.{method.name}"), indent=16)
    return [
        "",
        "    def test_wrong_credentials(self) -> None:",
        '        wrong = {name: "invalid" for name in CREDENTIALS}',
        "        with make_client(**wrong) as client:",
        "            with self.assertRaises(AuthenticationError) as caught:",
        *made,
        "        self.assertEqual(401, caught.exception.status)",
        "",
        "    def test_missing_credentials(self) -> None:",
        "        without = {name: None for name in CREDENTIALS}",
        '        with mock.patch.dict(os.environ, {"API_KEY": ""}):',
        "            client = make_client(**without)",
        "        with client, self.assertRaises(MissingCredentialsError):",
        *printed(_finished(method, types, start=f"client.{attribute}.{method.name}"), indent=12),
    ]


def _finished(method: Method, types: Types, *, start: str) -> Group:
    return call_of(method, types, start=start)


def _with_header(method: Method, types: Types, *, start: str, value: str) -> Group:
    made = call_of(method, types, start=start)
    return Group(made.start, [*made.parts, Group("headers={", [f'"Prefer": {value}'], "}")], made.end)


def _repeated(of: Found, types: Types) -> Lines:
    attribute, method = of
    start = f"client.{attribute}.{method.name}"
    return [
        "",
        "    def test_retries(self) -> None:",
        "        statuses: list[int] = []",
        '        prefer = f"code=429; times=2; run={uuid.uuid4().hex}"',
        "        with make_client(",
        "            after_response=lambda _, response: statuses.append(response.status),",
        "        ) as client:",
        *printed(_with_header(method, types, start=start, value="prefer"), indent=12),
        "        self.assertEqual([429, 429], statuses[-3:-1])",
        "        self.assertLess(statuses[-1], 300)",
        "",
        "    def test_errors(self) -> None:",
        "        with make_client() as client:",
        "            with self.assertRaises(NotFoundError) as caught:",
        *printed(_with_header(method, types, start=start, value='"code=404"'), indent=16),
        "        self.assertEqual(404, caught.exception.status)",
    ]


def _asynchronous(of: Found, paged: Found | None, types: Types) -> Lines:
    attribute, method = of
    lines = [
        "",
        "",
        _SKIP,
        "class AsyncBehaviourTest(unittest.IsolatedAsyncioTestCase):",
        '    """The asynchronous client does the same."""',
        "",
        "    async def test_retries(self) -> None:",
        '        prefer = f"code=429; times=2; run={uuid.uuid4().hex}"',
        "        async with make_async_client() as client:",
        *printed(
            _with_header(method, types, start=f"result = await client.{attribute}.{method.name}", value="prefer"),
            indent=12,
        ),
        "        self.assertIsNotNone(result)",
    ]
    if paged is not None:
        made = call_of(paged[1], types, start=f"client.{paged[0]}.{paged[1].iterator}")
        lines += [
            "",
            "    async def test_pages(self) -> None:",
            "        async with make_async_client() as client:",
            *printed(Group(f"pages = {made.start}", made.parts, made.end), indent=12),
            "            items = [item async for item in pages]",
            "        self.assertEqual(7, len(items))",
        ]
    return lines
