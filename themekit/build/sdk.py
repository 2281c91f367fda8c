"""Tasks that make SDKs: the API's description read once, each language emitted once, each brand stamped."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import API_FILES, API_FOLDER, brand, files_below, report_located
from themekit.build.theme import OWN_DATA
from themekit.diagnostics import Reporter
from themekit.diagnostics.printable import quoted
from themekit.engine import assembled, heavy
from themekit.model import Origin
from themekit.plugins import languages
from themekit.sandbox.requests import with_valid_requests
from themekit.sdk.stamp import stamp, version_fault
from themekit.source.api import read_api
from themekit.source.api.codes import API_FAULT
from themekit.source.codes import INVALID_SDK_NAME, INVALID_VERSION

if TYPE_CHECKING:
    from themekit.diagnostics import Code
    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId
    from themekit.model.api import ApiModel
    from themekit.model.sdk import SdkLanguage, SdkTemplate

SDK = PurePosixPath("sdk")


@assembled
def sdk(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The brand's SDKs in every language, below sdk/; none if the project describes no API, or it has an error."""
    if ask(brand, brand_id) is None:
        return ()
    return tuple(file for name in _languages() for file in ask(sdk_files, brand_id, name))


@assembled
def sdk_files(ask: Ask, brand_id: BrandId, language: str) -> tuple[Artifact, ...]:
    """The brand's SDK in one language."""
    template, known = ask(sdk_template, language), ask(brand, brand_id)
    if template is None or known is None:
        return ()
    if not ask(sdk_values, brand_id) and version_fault(language, known.version) is not None:
        return ()
    if not ask(has_free_client, brand_id, language):
        return ()
    files = stamp(template, known, folder=SDK / language)
    paths = [file.path for file in files]
    if len(set(paths)) != len(paths):  # of two of one name, one would be lost
        return _client_is_taken(ask, brand_id, known.sdk.client, language=language)
    return files


def sdk_names(ask: Ask, brand_id: BrandId) -> bool:
    """Whether the brand's client can be called as it is in every language; what is wrong is reported."""
    free = [ask(has_free_client, brand_id, name) for name in _languages()]
    return all(free)


def has_free_client(ask: Ask, brand_id: BrandId, language: str) -> bool:
    """Whether the name of the brand's client is that of nothing else in the SDK; it is reported if it is."""
    known = ask(brand, brand_id)
    if known is not None and known.sdk.client in ask(taken_names, language):
        _client_is_taken(ask, brand_id, known.sdk.client, language=language)
        return False
    return True


def taken_names(ask: Ask, language: str) -> tuple[str, ...]:
    """The names that no client can have; it stops what does not change them."""
    template = ask(sdk_template, language)
    return () if template is None else template.taken


def _client_is_taken(ask: Ask, brand_id: BrandId, name: str, *, language: str) -> tuple[Artifact, ...]:
    message = f"sdk.client: {quoted(name)} is the name of something else in the SDK in {language}"
    hint = "choose another name for the client, as in `AcmeClient`"
    return _told(ask, brand_id, "/sdk/client", code=INVALID_SDK_NAME, message=message, hint=hint)


def sdk_values(ask: Ask, brand_id: BrandId) -> bool:
    """Whether the brand's values are good for SDKs of the API, if there is one; what is wrong is reported."""
    known, path = ask(brand, brand_id), ask(api_path)
    api = None if path is None else ask(api_model, path)
    if known is None or api is None:
        return True
    fault = next(filter(None, (version_fault(name, known.version) for name in _languages())), None)
    if fault is not None:
        message = f"`version`: {quoted(known.version)} {fault}"
        hint = "write `alpha`, `beta`, `rc` or `dev`, and a number if you like: `1.0.0-beta.2`"
        _told(ask, brand_id, "/version", code=INVALID_VERSION, message=message, hint=hint)
    wanted = path_of_server(api)
    if known.origin_of("/api/baseUrl") is None and wanted is not None and wanted != _path(known.api.base_url):
        path_there = quoted(wanted or "/")
        message = f"without `api.baseUrl` SDKs ask {known.api.base_url}, and the API's server has the path {path_there}"
        hint = f'write `"api": {{"baseUrl": "https://…{wanted}"}}`'
        _told(ask, brand_id, "", code=API_FAULT, message=message, hint=hint)
    return fault is None


def path_of_server(api: ApiModel) -> str | None:
    """The path of the API's first server, without a slash at its end; None if it names none, or only `/`."""
    if not api.servers or api.servers[0].url in {"", "/"}:
        return None
    return _path(api.servers[0].url)


def _path(url: str) -> str:
    """Of a base URL, whatever its host is: `urlsplit` raises for some that a description may have."""
    after = url.partition("://")[2] if "://" in url else f"/{url.lstrip('/')}"
    return "".join(after.partition("/")[1:]).rstrip("/")


def _told(ask: Ask, brand_id: BrandId, pointer: str, *, code: Code, message: str, hint: str) -> tuple[Artifact, ...]:
    """Reports what is wrong in the brand's own file; no files are made of it."""
    report = Reporter()
    report(code, Origin(PurePosixPath("brands", brand_id, "brand.json"), pointer), message, hint=hint)
    report_located(ask, report.diagnostics)
    return ()


@heavy
def sdk_template(ask: Ask, language: str) -> SdkTemplate | None:
    """The SDK of one language, for all brands; None if there is no API, or if it has an error."""
    path = ask(api_path)
    api = None if path is None else ask(callable_api, path)
    if api is None:
        return None
    chosen = _languages()[language]
    sources = tuple(file for folder in chosen.sources for file in files_below(ask, OWN_DATA / folder))
    return chosen.emit(api, replace(chosen.options, sources=sources))


def api_path(ask: Ask) -> PurePosixPath | None:
    """Where the project describes its API, or None."""
    there = ask.list(API_FOLDER)
    return next((path for path in API_FILES if path.name in there), None)


@heavy
def api_model(ask: Ask, path: PurePosixPath) -> ApiModel | None:
    """The whole API that a file describes; None if it has an error."""
    content = ask.read(path)
    if content is None:
        return None
    found, diagnostics = read_api(path, content, read=ask.read)
    report_located(ask, diagnostics)
    return found


@heavy
def callable_api(ask: Ask, path: PurePosixPath) -> ApiModel | None:
    """The API with valid examples of all that it takes, for SDKs and samples; None if it has an error."""
    api, content = ask(api_model, path), ask.read(path)
    if api is None or content is None:
        return None
    return with_valid_requests(api, path, content=content, read=ask.read)


@cache
def _languages() -> dict[str, SdkLanguage]:
    return {each.name: each for each in languages()}
