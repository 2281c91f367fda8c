"""The Studio's origin: its page and scripts, its API, and the stream of what happens to the project's files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

import themekit
from themekit.engine import DiskHost, UnreadableInput
from themekit.studio.serving.answers import NOTHING_ELSE, Refused, on_closed, on_refused
from themekit.studio.serving.api_brands import BrandApi
from themekit.studio.serving.api_files import FileApi
from themekit.studio.serving.api_sources import SourceApi
from themekit.studio.updating.kitchen import KitchenClosed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from themekit.studio.serving.guard import Origins
    from themekit.studio.updating.live import Live

APP = Path(themekit.__file__).parent / "data" / "studio" / "app"
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
MISSING_PAGE = "This installation has no Studio page: `pip install .` builds it. The API and the preview work.\n"


def studio_app(live: Live, origins: Origins, *, page: Path = APP, admin: ASGIApp | None = None) -> Starlette:
    """The app; `StudioGuard` goes around it. `page` is the folder of the Studio's own page."""
    brands = BrandApi(live, origins)
    host = DiskHost(page, dict)

    async def events(_request: Request) -> Response:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(live.events.stream(live.state), media_type="text/event-stream", headers=headers)

    async def own_file(request: Request) -> Response:
        return _own_file(host, request.path_params["path"] or "index.html")

    api = [
        Route("/events", events),
        *brands.routes(),
        *FileApi(live, brands).routes(),
        *SourceApi(live, brands).routes(),
        *([Mount("/admin", app=admin)] if admin else []),
        NOTHING_ELSE,
    ]
    return Starlette(
        routes=[Mount("/api", routes=api), Route("/{path:path}", own_file)],
        exception_handlers={Refused: on_refused, KitchenClosed: on_closed},
    )


def _own_file(host: DiskHost, name: str) -> Response:
    """A file of the page. It is read anew each time: it is small, and changes under those who write it."""
    try:
        content = host.read(PurePosixPath(name))
    except UnreadableInput:
        content = None
    if content is None:
        return PlainTextResponse(MISSING_PAGE if name == "index.html" else "there is nothing here\n", 404)
    type_ = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
    return Response(content, media_type=type_, headers={"cache-control": "no-cache"})
