"""All files of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import SdkFile, SdkTemplate, sdk_file
from themekit.sdk.typescript import generated_tests, package
from themekit.sdk.typescript.client import INDEXED, client_code, client_types, index_code, index_types, resource_index
from themekit.sdk.typescript.declarations import types_module
from themekit.sdk.typescript.error_members import error_members
from themekit.sdk.typescript.modules import common_js
from themekit.sdk.typescript.readme import readme
from themekit.sdk.typescript.resources import resource_code, resource_types
from themekit.sdk.typescript.samples import cached_plan
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api import ApiModel
    from themekit.model.sdk import SdkOptions
    from themekit.sdk.typescript.plan import Plan

JAVASCRIPT = "text/javascript"
TYPESCRIPT = "application/typescript"
JSON = "application/json"
MARKDOWN = "text/markdown"

_MEMBERS = "  // @@error-members@@\n"
_WEBHOOKS = "core/webhooks.js"


@without_sweeps()
def emit(api: ApiModel, options: SdkOptions) -> SdkTemplate:
    """The package of an API. Raises KeyError if the runtime is not among the sources."""
    plan = cached_plan(api)
    sources = {_own(str(each.path)): each.content.decode() for each in options.sources}
    files = [*_texts(plan, sources), *_code(plan, sources), *_types(plan, sources)]
    if options.with_tests:
        files += _tests(plan)
    return SdkTemplate("typescript", tuple(files), tuple(sorted(plan.names.taken | INDEXED)))


def _own(path: str) -> str:
    return path.partition("sdk/typescript/")[2]


def _texts(plan: Plan, sources: Mapping[str, str]) -> Iterator[SdkFile]:
    is_apache = package.is_apache(plan.api)
    yield sdk_file("package.json", package.manifest(plan.api), media_type=JSON)
    yield sdk_file("README.md", readme(plan), media_type=MARKDOWN)
    yield sdk_file("LICENSE", sources["LICENSE-Apache-2.0.txt"] if is_apache else package.notice())
    yield sdk_file("CHANGELOG.md", package.changelog(), media_type=MARKDOWN)
    yield sdk_file("sbom.cdx.json", package.bill_of_materials(), media_type=JSON)


def _code(plan: Plan, sources: Mapping[str, str]) -> Iterator[SdkFile]:
    """Each module twice."""
    modules = {
        path: text for path, text in sources.items() if path.endswith(".js") and (plan.webhooks or path != _WEBHOOKS)
    }
    modules |= {f"resources/{each.module}.js": resource_code(each, plan) for each in plan.resources}
    modules["resources/index.js"] = resource_index(plan)
    modules["client.js"] = client_code(plan)
    modules["index.js"] = index_code()
    for path, text in modules.items():
        yield sdk_file(f"esm/{path}", text, media_type=JAVASCRIPT)
        yield sdk_file(f"cjs/{path}", common_js(text), media_type=JAVASCRIPT)
    yield sdk_file("cjs/package.json", '{\n  "type": "commonjs"\n}\n', media_type=JSON)


def _types(plan: Plan, sources: Mapping[str, str]) -> Iterator[SdkFile]:
    """The types stand with the CommonJS modules, and those of the ES modules lead there."""
    core = sources["core.d.ts"].replace(_MEMBERS, error_members(plan))
    if not plan.webhooks:
        core = core.partition("\n/** Checks that webhooks are genuine. */")[0]
    if "types." not in core:
        core = core.partition("\n\n")[2]
    yield sdk_file("cjs/core.d.ts", core, media_type=TYPESCRIPT)
    yield sdk_file("cjs/types.d.ts", types_module(plan), media_type=TYPESCRIPT)
    for each in plan.resources:
        yield sdk_file(f"cjs/resources/{each.module}.d.ts", resource_types(each, plan), media_type=TYPESCRIPT)
    yield sdk_file("cjs/resources/index.d.ts", resource_index(plan), media_type=TYPESCRIPT)
    yield sdk_file("cjs/client.d.ts", client_types(plan), media_type=TYPESCRIPT)
    yield sdk_file("cjs/index.d.ts", index_types(), media_type=TYPESCRIPT)
    yield sdk_file("esm/index.d.ts", 'export * from "../cjs/index.js";\n', media_type=TYPESCRIPT)


def _tests(plan: Plan) -> Iterator[SdkFile]:
    yield sdk_file("tests/setup.js", generated_tests.test_setup(plan), media_type=JAVASCRIPT)
    for each in plan.resources:
        text = generated_tests.operation_tests(each, plan)
        yield sdk_file(f"tests/resources/{each.module}.test.js", text, media_type=JAVASCRIPT)
    behaviour = generated_tests.behaviour_tests(plan)
    if behaviour:
        yield sdk_file("tests/client.test.js", behaviour, media_type=JAVASCRIPT)
