"""The Studio's API on files that are no text: colours of a picture, logos and fonts, and whole new brands."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from themekit.assets.logo_files import read_logo
from themekit.build.brands import BRANDS, brand, brand_path, section_names
from themekit.build.scaffold import SCHEMA
from themekit.diagnostics import Reporter
from themekit.engine import OverlayHost, UnreadableInput
from themekit.model import BrandId, SourceFile
from themekit.model.portable_path import portability_fault
from themekit.render.picture_colors import picture_colors
from themekit.render.worker import Failed
from themekit.source.brand import LOGO_SUFFIXES, BrandInputs, parse_brand
from themekit.source.brand_fields import BRAND
from themekit.source.field_table import names_at
from themekit.source.files import path_fault
from themekit.source.json_edit import Edit, EditFault, edited
from themekit.source.json_text import read_json
from themekit.source.locate import all_located
from themekit.studio.serving.answers import (
    BRAND_ID,
    Refused,
    answer,
    body_of,
    brand_id_of,
    bytes_in,
    text_in,
    version_of,
    wanted_version,
)
from themekit.studio.serving.api_brands import changed_meanwhile, saving
from themekit.studio.serving.asset_files import AssetFault, Upload, is_taken, judged_upload, plain_name
from themekit.studio.serving.brand_facts import brand_problems
from themekit.studio.serving.json_edits import edits_made
from themekit.studio.serving.saving import create_file, create_folder, remove_file, replace_file, writing

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from starlette.requests import Request

    from themekit.source.json_value import JsonObject
    from themekit.studio.serving.api_brands import BrandApi
    from themekit.studio.updating.live import Live

MAX_ID = 37  # with `-99` behind it, 40
NEW_BRAND = '{\n  "name": "",\n  "color": { "primary": "" }\n}\n'


class FileApi:
    """The handlers, beside those of brands."""

    def __init__(self, live: Live, brands: BrandApi) -> None:
        """Nothing is read yet."""
        self._live = live
        self._brands = brands

    def routes(self) -> list[Route]:
        """Below `/api`."""
        return [
            Route("/brands", self.create, methods=["POST"]),
            Route("/brands/{brand_id}/files", self.thumbnail),
            Route("/brands/{brand_id}/files", self.upload, methods=["PUT"]),
            Route("/colors", self.colors, methods=["POST"]),
        ]

    async def colors(self, request: Request) -> Response:
        """What a picture is made of."""
        content = bytes_in(await body_of(request))
        return answer({"colors": await _colors(content)})

    async def thumbnail(self, request: Request) -> Response:
        """A brand's logo, clean, as SVG: one that it inherits, too."""
        brand_id = brand_id_of(request)
        role = request.query_params.get("pointer", "").removeprefix("/logos/")
        content = await self._brands.content_of(brand_id)
        nothing = Refused(404, "not-found", "the field names no picture")
        if role not in names_at(BRAND, "/logos"):
            raise nothing
        known = await self._live.ask(lambda engine: engine.get(brand, brand_id))
        found: PurePosixPath | None = getattr(known.logos, role) if known else _written(brand_id, content, role)
        if found is None:
            raise nothing
        path = found

        def work() -> str | None:
            try:
                content = self._live.project.host.read(path)
            except UnreadableInput:
                return None
            if content is None:
                return None
            clean = read_logo(SourceFile(path, content), Reporter(), prefix="thumbnail-", origin=None)
            return None if clean is None else clean.text

        picture = await asyncio.to_thread(work)
        if picture is None:
            raise nothing
        return Response(picture, media_type="image/svg+xml")

    async def upload(self, request: Request) -> Response:
        """A logo or a font beside the brand's file, and the field that names it."""
        brand_id, version = brand_id_of(request), wanted_version(request)
        body = await body_of(request)
        pointer, name, content = text_in(body, "pointer"), text_in(body, "name"), bytes_in(body)
        before = await self._brands.content_of(brand_id)
        if version_of(before) != version:
            raise changed_meanwhile(before)
        try:
            upload = await asyncio.to_thread(partial(judged_upload, pointer, name, content=content))
        except AssetFault as fault:
            raise Refused(422, "wrong-file", f"the file cannot be used: {fault}") from None
        after: list[bytes] = []
        path = brand_path(brand_id)

        def work() -> PurePosixPath:
            with writing(self._live.project, brand_id):
                kept, is_new = self._keep(path.parent, upload)
                try:
                    after.append(edits_made(before, [_naming(pointer, upload, kept)], path=path))
                    replace_file(self._live.project.root, path, content=after[0], version=version)
                except BaseException:
                    if is_new:
                        remove_file(self._live.project.root, path.parent / kept)
                    raise
            return kept

        kept = await saving(work, path)
        await self._live.changed({path, path.parent / kept})
        return answer({**await self._brands.saved(brand_id, after[0]), "path": str(kept)})

    async def create(self, request: Request) -> Response:
        """A new brand from a name and a colour, or a logo."""
        body = await body_of(request)
        name = text_in(body, "name").strip()
        logo = body.get("logo")
        upload = None
        if logo is not None:
            upload = await _uploaded_logo(logo if isinstance(logo, dict) else {})
        colors = await _colors(upload.content) if upload is not None else ()
        primary = text_in(body, "primary", default=colors[0] if colors else "")
        if not primary:
            raise Refused(422, "color-needed", "give the brand a colour, or a logo that has one")
        wanted = text_in(body, "id", default=plain_name(name, most=MAX_ID))
        if not wanted:
            raise Refused(422, "id-needed", "the name has no letters a to z: give the brand an `id` of them")
        if BRAND_ID.fullmatch(wanted) is None or portability_fault(wanted):
            raise Refused(422, "wrong-id", "an id has up to 40 lower-case letters, digits and hyphens")
        files = {"brand.json": self._new_file(name, primary, upload=upload)}
        if upload is not None:
            files[upload.path.name] = upload.content
        brand_id = await self._created(wanted, files)
        path = brand_path(brand_id)
        await self._live.changed({path, BRANDS, *(path.parent / each for each in files)})
        return answer({"id": brand_id, "path": str(path), "colors": list(colors)}, 201)

    def _keep(self, folder: PurePosixPath, upload: Upload) -> tuple[PurePosixPath, bool]:
        """Write the file under a name that no other has; whether it is new, as the same may be there already."""
        host, root = self._live.project.host, self._live.project.root
        for path in upload.names():
            place = folder / path
            if is_taken(path.name, host.list(place.parent)):
                if path.name in host.list(place.parent) and host.read(place) == upload.content:
                    return path, False
            elif create_file(root, place, content=upload.content):
                return path, True
        raise Refused(409, "name-taken", "there are too many files of that name")

    def _new_file(self, name: str, primary: str, *, upload: Upload | None) -> bytes:
        """A brand file as `themekit init` writes it."""
        edits = [Edit("/name", name), Edit("/color/primary", primary)]
        if SCHEMA.name in self._live.project.host.list(BRANDS):
            edits.append(Edit("/$schema", f"../{SCHEMA.name}"))
        if upload is not None:
            edits.append(Edit("/logos/light", upload.path.name))
        text = edited(NEW_BRAND, edits, order=partial(names_at, BRAND))
        if isinstance(text, EditFault):
            raise Refused(422, "wrong-edit", text.reason)
        return text.encode()

    async def _created(self, wanted: str, files: dict[str, bytes]) -> BrandId:
        """Write the brand under the first id that is free. Before that it is read as any brand is."""
        sections = await self._live.ask(lambda engine: engine.get(section_names))
        project = self._live.project

        def work() -> BrandId:
            for number in range(1, 100):
                brand_id = BrandId(wanted if number == 1 else f"{wanted}-{number}")
                if is_taken(brand_id, project.host.list(BRANDS)):
                    continue
                _require_good(OverlayHost(project.host, _placed(brand_id, files)), brand_id, sections=sections)
                with writing(project, brand_id):
                    if create_folder(project.root, BRANDS / brand_id, files=files):
                        return brand_id
            raise Refused(409, "id-taken", f"there are too many brands named `{wanted}`")

        return await saving(work, BRANDS)


def _placed(brand_id: BrandId, files: dict[str, bytes]) -> dict[PurePosixPath, bytes | None]:
    return {BRANDS / brand_id / name: content for name, content in files.items()}


def _require_good(host: OverlayHost, brand_id: BrandId, *, sections: tuple[str, ...]) -> None:
    path = brand_path(brand_id)
    content = host.read(path) or b""
    inputs = BrandInputs(host.read, host.list, sections or None)
    _, found = parse_brand(path, content, brand_id=brand_id, inputs=inputs)
    if any(each.is_error for each in found):
        located = all_located(found, lambda _: content.decode())
        problems = brand_problems(located, path, content=content)
        raise Refused(422, "wrong-brand", str(problems[0]["message"]), diagnostics=problems)


async def _uploaded_logo(logo: JsonObject) -> Upload:
    name, content = text_in(logo, "name"), bytes_in(logo)
    try:
        return await asyncio.to_thread(partial(judged_upload, "/logos/light", name, content=content))
    except AssetFault as fault:
        raise Refused(422, "wrong-file", f"the logo cannot be used: {fault}") from None


async def _colors(content: bytes) -> tuple[str, ...]:
    found = await asyncio.to_thread(picture_colors, content)
    if isinstance(found, Failed):
        raise Refused(422, "wrong-file", f"the picture cannot be used: {found.reason}")
    return found


def _naming(pointer: str, upload: Upload, path: PurePosixPath) -> Edit:
    """The edit that names a file: a font's stands in an object with its weight."""
    if upload.is_font and not pointer.endswith("/path"):
        return Edit(pointer, {"path": str(path)})
    return Edit(pointer, str(path))


def _written(brand_id: BrandId, content: bytes, role: str) -> PurePosixPath | None:
    """The logo that a file with mistakes names, if it may."""
    document, _ = read_json(brand_path(brand_id), content)
    logos = document.value.get("logos") if document and isinstance(document.value, dict) else None
    written = logos.get(role) if isinstance(logos, dict) else None
    if not isinstance(written, str) or path_fault(written) or not written.lower().endswith(LOGO_SUFFIXES):
        return None
    return BRANDS / brand_id / written
