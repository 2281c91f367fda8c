"""All files of the Python SDK of an API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.python.client import client_text
from themekit.sdk.python.layout import modules_of
from themekit.sdk.python.methods import analysed
from themekit.sdk.python.package import package_files, public_names, root_text
from themekit.sdk.python.resources import resource_text
from themekit.sdk.python.type_modules import type_files
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from themekit.model.api import ApiModel
    from themekit.model.sdk import SdkOptions

_RUNTIME = "python/package/"
_CLASS = re.compile(r"\b[A-Z]\w*")
_APACHE = "python/licences/Apache-2.0.txt"
_SUFFIX = ".pyt"
"""Of the runtime's sources, which are no modules of the program that emits them."""


@without_sweeps()
def emit(api: ApiModel, options: SdkOptions) -> SdkTemplate:
    """The SDK. `options.sources` are the runtime's."""
    found = analysed(api)
    types, resources = found.types, found.resources
    root = f"src/{slot('python-path')}"
    texts = {f"{root}/__init__.py": root_text(), f"{root}/_client.py": client_text(api, resources)}
    texts |= runtime_texts(options, root=root)
    texts[f"{root}/py.typed"] = ""
    texts[f"{root}/resources/__init__.py"] = '"""The operations, one module for each resource."""\n'
    for each in resources:
        texts[f"{root}/resources/{each.module}.py"] = resource_text(each, types)
    for name, text in type_files(types, modules_of(api)).items():
        texts[f"{root}/types/{name}.py"] = text
    texts |= package_files(api, resources, types=types, apache=_apache(options), with_tests=options.with_tests)
    files = [sdk_file(path, text, media_type=_media_type(path)) for path, text in sorted(texts.items())]
    return SdkTemplate("python", tuple(files), _taken(texts[f"{root}/_client.py"]))


def _taken(client: str) -> tuple[str, ...]:
    """What the package and the module of the client have; there are two of these, one with `Async` before its name."""
    head = client.partition("_BASE_URLS")[0]
    names = {*public_names(), *_CLASS.findall(head), "WebhookEvent", "Webhooks"}
    return tuple(sorted(names | {name.removeprefix("Async") for name in names} - {""}))


def runtime_texts(options: SdkOptions, *, root: str) -> dict[str, str]:
    """The modules that are the same for every API."""
    found = {}
    for source in options.sources:
        _, mark, path = source.path.as_posix().partition(_RUNTIME)
        if mark and path.endswith(_SUFFIX):
            found[f"{root}/{path.removesuffix(_SUFFIX)}.py"] = source.content.decode()
    if not found:
        raise ValueError("the runtime's sources are not there")
    return found


def _apache(options: SdkOptions) -> str:
    found = [each.content.decode() for each in options.sources if each.path.as_posix().endswith(_APACHE)]
    return found[0] if found else ""


def _media_type(path: str) -> str:
    kinds = {"py": "text/x-python", "md": "text/markdown", "json": "application/json", "toml": "application/toml"}
    return kinds.get(path.rpartition(".")[2], "text/plain")
