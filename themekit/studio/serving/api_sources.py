"""The Studio's API on the files that a brand's tokens stand in: each is written by its version, as a brand's own is."""

from __future__ import annotations

import asyncio
import hashlib
from functools import partial
from typing import TYPE_CHECKING

from starlette.routing import Route

from themekit.studio.serving.answers import Refused, answer, body_of, brand_id_of, version_of, wanted_version
from themekit.studio.serving.api_brands import changed_meanwhile, saving
from themekit.studio.serving.json_edits import edited_content
from themekit.studio.serving.saving import replace_file, writing

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from starlette.requests import Request
    from starlette.responses import Response

    from themekit.studio.serving.api_brands import BrandApi
    from themekit.studio.updating.live import Live


class SourceApi:
    """The handler, beside those of brands, which tell what the files have."""

    def __init__(self, live: Live, brands: BrandApi) -> None:
        """Nothing is read yet."""
        self._live = live
        self._brands = brands

    def routes(self) -> list[Route]:
        """Below `/api`."""
        return [Route("/brands/{brand_id}/sources", self.write, methods=["PUT"])]

    async def write(self, request: Request) -> Response:
        """An edit of the file `?path=` that the brand is made of, saved."""
        brand_id, version = brand_id_of(request), wanted_version(request)
        asked = request.query_params.getlist("path")
        if len(asked) != 1:
            raise Refused(400, "wrong-path", "a write on a file of a brand names it once, as `path`")
        body = await body_of(request)
        own = await self._brands.content_of(brand_id)
        source = await self._brands.source_of(brand_id, asked[0])
        if version_of(source.content) != version:
            raise changed_meanwhile(source.content)
        after = await asyncio.to_thread(partial(edited_content, source.content, body, path=source.path, fields=None))

        def work() -> None:
            with writing(self._live.project, _lock_of(source.path)):
                replace_file(self._live.project.root, source.path, content=after, version=version)

        await saving(work, source.path)
        await self._live.changed({source.path})
        return answer(await self._brands.saved(brand_id, own, of=(source.path, after)))


def _lock_of(path: PurePosixPath) -> str:
    """One for each file, as several brands may be made of it; no id of a brand has an underscore."""
    return f"_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
