"""The pages' origin: brands' sites file by file, with our client in each page, and the stream of events.

Its routes are below the secret, which the guard takes for ASGI's `root_path`.
"""

from __future__ import annotations

import asyncio
import re
from functools import cache, partial
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

import themekit
from themekit.model import BrandId
from themekit.render.templates import render_template
from themekit.studio.serving.answers import on_closed
from themekit.studio.serving.showcase import gallery, picture_sheet
from themekit.studio.updating.kitchen import KitchenClosed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from themekit.studio.serving.guard import Origins
    from themekit.studio.updating.live import Live

    Endpoint = Callable[[Request], Awaitable[Response]]
    Showcase = Callable[..., str | None]

DATA = Path(themekit.__file__).parent / "data"
CLIENT = DATA / "studio" / "pages"
PATIENCE_S = 0.3  # then a page says that it is being rendered, and waits in its reader's place
WAITING = "x-themekit-wait"
HTML = "text/html; charset=utf-8"
NOT_HERE = "Not here"
GONE = "gone"
"""The version of the page that stands for a brand that is not there."""
_CLIENT_TYPES = {".js": "text/javascript", ".css": "text/css"}
_HEAD_END = re.compile(rb"</head>", re.IGNORECASE)


def pages_app(live: Live, origins: Origins) -> Starlette:
    """The app; `PagesGuard` goes around it."""

    def endpoint(answer: Callable[..., Awaitable[Response]]) -> Endpoint:
        return partial(answer, live=live, origins=origins)

    routes = [
        Route("/", endpoint(_first)),
        Route("/@events", endpoint(_events)),
        Route("/@client/{name}", endpoint(_client)),
        Route("/{brand}/@gallery", endpoint(partial(_showcase, show=gallery))),
        Route("/{brand}/@pictures", endpoint(partial(_showcase, show=picture_sheet))),
        Route("/{brand}/{path:path}", endpoint(_page)),
    ]
    return Starlette(routes=routes, exception_handlers={KitchenClosed: on_closed})


async def _first(request: Request, *, live: Live, origins: Origins) -> Response:
    brands = await live.brands()
    if not brands:
        return _problem_page(
            request, (NOT_HERE, "The project has no brand yet: add brands/<id>/brand.json."), live, origins
        )
    return RedirectResponse(f"{request.scope['root_path']}/{brands[0]}/index.html", status_code=303)


async def _events(_request: Request, *, live: Live, origins: Origins) -> Response:  # noqa: ARG001
    return StreamingResponse(
        live.events.stream(live.state), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )


async def _client(request: Request, *, live: Live, origins: Origins) -> Response:  # noqa: ARG001
    file = next((file for file in CLIENT.iterdir() if file.name == request.path_params["name"]), None)
    if file is None or file.suffix not in _CLIENT_TYPES:
        return _missing()
    return _answer(request, file.read_bytes(), _CLIENT_TYPES[file.suffix])


async def _showcase(request: Request, *, live: Live, origins: Origins, show: Showcase) -> Response:
    brand_id = BrandId(request.path_params["brand"])
    make = partial(show, brand_id=brand_id, templates=_templates(), client=_client_url(request))

    async def made() -> tuple[bytes, str] | None:
        if show is picture_sheet:
            await live.prepare_pictures(brand_id)
        text = await live.shown(brand_id, make)
        return None if text is None else (text.encode(), HTML)

    return await _made(request, brand_id, made, live=live, origins=origins)


async def _page(request: Request, *, live: Live, origins: Origins) -> Response:
    brand_id, asked = BrandId(request.path_params["brand"]), str(request.path_params["path"])
    path = PurePosixPath(f"{asked}index.html" if not asked or asked.endswith("/") else asked)

    async def file() -> tuple[bytes, str] | None:
        found = await live.file(brand_id, path)
        return None if found is None else (found.content, found.media_type)

    if path.suffix == ".html":
        return await _made(request, brand_id, file, live=live, origins=origins)
    found = await file()
    if found is None:
        return _missing()
    return _answer(request, *found)


async def _made(
    request: Request,
    brand_id: BrandId,
    make: Callable[[], Awaitable[tuple[bytes, str] | None]],
    *,
    live: Live,
    origins: Origins,
) -> Response:
    """A page with the client in it; if it takes long, one that says so and waits."""
    serial = live.serials.get(brand_id, 0)  # from before: what changes meanwhile is told to this page again
    making = asyncio.ensure_future(make())
    if WAITING not in request.headers:
        done, _ = await asyncio.wait([making], timeout=PATIENCE_S)
        if not done:
            making.add_done_callback(lambda each: each.cancelled() or each.exception())
            text = render_template(_templates(), "preview/waiting.html", values={"client": _client_url(request)})
            return Response(text, status_code=202, media_type=HTML)
    found = await making
    if found is None:
        return _problem_page(request, await _why_not(brand_id, live), live, origins)
    content, _ = found
    return _answer(request, content, HTML, tag=partial(_tag, request, brand_id, serial=serial, origins=origins))


async def _why_not(brand_id: BrandId, live: Live) -> tuple[str, str]:
    """Title and sentence of the page that stands for one that cannot be shown."""
    if brand_id not in await live.brands():
        return _gone(brand_id)
    if live.has_errors(brand_id):
        return (
            "Nothing to show yet",
            "There are mistakes, and there was no state without them. The page comes by itself.",
        )
    return NOT_HERE, "The portal has no such page."


def _gone(brand_id: BrandId) -> tuple[str, str]:
    return NOT_HERE, f"No brand is named “{brand_id}”."


def _problem_page(request: Request, why: tuple[str, str], live: Live, origins: Origins) -> Response:
    brand_id = BrandId(request.path_params.get("brand", ""))
    values = {"title": why[0], "message": why[1], "client": _client_url(request)}
    text = render_template(_templates(), "preview/missing.html", values=values)
    version = GONE if why == _gone(brand_id) else ""
    tag = _tag(request, brand_id, version, serial=live.serials.get(brand_id, 0), origins=origins)
    return Response(_HEAD_END.sub(lambda _: tag + b"</head>", text.encode(), count=1), status_code=404, media_type=HTML)


def _missing() -> Response:
    return Response("there is no such file", status_code=404, media_type="text/plain")


def _answer(
    request: Request, content: bytes, media_type: str, *, tag: Callable[[str], bytes] | None = None
) -> Response:
    """The content, unless the browser has it. Browsers ask each time: a file may be another by now."""
    version = sha256(content).hexdigest()[:16]
    headers = {"etag": f'"{version}"', "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if tag is not None:
        inserted = tag(version)
        content = _HEAD_END.sub(lambda _: inserted + b"</head>", content, count=1)
    return Response(content, headers=headers, media_type=media_type)


def _tag(request: Request, brand_id: BrandId, version: str, *, serial: int, origins: Origins) -> bytes:
    host = request.url.hostname or "127.0.0.1"
    path = str(request.url.path).removeprefix(f"{request.scope['root_path']}/{brand_id}/")
    members = {
        "base": f"{request.scope['root_path']}/",
        "brand": brand_id,
        "path": f"{path}index.html" if not path or path.endswith("/") else path,
        "serial": str(serial),
        "version": version,
        "studio": origins.studio(host),
    }
    attributes = " ".join(f'data-{name}="{escape(text)}"' for name, text in members.items())
    source = f"{_client_url(request)}client.js"
    return f'<script type="module" id="themekit-client" src="{source}" {attributes}></script>'.encode()


def _client_url(request: Request) -> str:
    return f"{request.scope['root_path']}/@client/"


@cache
def _templates() -> dict[str, str]:
    return {f"preview/{path.name}": path.read_text("utf-8") for path in (DATA / "templates" / "preview").glob("*.html")}
