"""The Studio's API on brands: what there is, what a file says, edits of it, and drafts that nobody saves."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from starlette.routing import Route

from themekit.build.brands import brand_path, face, section_names, tokens
from themekit.build.lock import OutputLocked
from themekit.build.pictures import font_packages
from themekit.engine import UnreadableInput
from themekit.model import BrandId, Mode
from themekit.resolve import contrast_report
from themekit.resolve.colour import hex as hex_of
from themekit.source.json_merge import Absent, three_way
from themekit.source.json_text import decoded_text, read_json
from themekit.source.schema import brand_schema_object
from themekit.studio.brand_sources import brand_sources, version_seen
from themekit.studio.serving.answers import (
    Refused,
    answer,
    body_of,
    brand_id_of,
    no_brand,
    text_in,
    version_of,
    wanted_version,
)
from themekit.studio.serving.brand_facts import brand_problems, facts_of
from themekit.studio.serving.json_edits import edited_content
from themekit.studio.serving.saving import ChangedMeanwhile, NotWritable, replace_file, writing
from themekit.studio.serving.source_files import known_sources, read_sources
from themekit.studio.serving.token_facts import known_tokens, token_facts
from themekit.studio.serving.token_reasons import token_reasons
from themekit.studio.updating.kitchen import Rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Engine
    from themekit.model import Brand, ResolvedTokens
    from themekit.source.json_value import JsonObject
    from themekit.studio.serving.guard import Origins
    from themekit.studio.serving.source_files import SourceText
    from themekit.studio.updating.live import Live
    from themekit.studio.updating.problems import Problem

T = TypeVar("T")

MAX_SOURCES = 256  # as many as a brand may name
MAX_REASONS = 40  # more than one element has, and an address holds


class BrandApi:
    """The handlers, around the state of the preview."""

    def __init__(self, live: Live, origins: Origins) -> None:
        """Nothing is read yet."""
        self._live = live
        self._origins = origins

    def routes(self) -> list[Route]:
        """Below `/api`."""
        return [
            Route("/project", self.project),
            Route("/brands/{brand_id}", self.read),
            Route("/brands/{brand_id}", self.write, methods=["PUT"]),
            Route("/brands/{brand_id}/draft", self.draft, methods=["POST"]),
            Route("/brands/{brand_id}/glance", self.glance, methods=["POST"]),
            Route("/brands/{brand_id}/contrast", self.contrast),
            Route("/brands/{brand_id}/tokens", self.tokens),
            Route("/brands/{brand_id}/reasons", self.reasons),
            Route("/check", self.check, methods=["POST"]),
            Route("/merge", self.merge, methods=["POST"]),
        ]

    async def project(self, request: Request) -> Response:
        """What the page needs to begin."""
        found = await self._live.ask(partial(_overview, ids=await self._live.brands()))
        pages = self._origins.pages_url(request.headers["host"].rpartition(":")[0])
        return answer({"name": self._live.project.root.name, "pages": pages, **found, "schema": brand_schema_object()})

    async def read(self, request: Request) -> Response:
        """A brand's file with all that is known of it."""
        brand_id = brand_id_of(request)
        content = await self.content_of(brand_id)
        path = brand_path(brand_id)
        facts = await asyncio.to_thread(facts_of, self._live.project.host, path, content=content)
        found = await self._live.ask(partial(_diagnosed, brand_id=brand_id))
        known = await self._live.ask(partial(known_sources, brand_id=brand_id))
        sources = await asyncio.to_thread(read_sources, self._live.project, known)
        contents = {each.path: each.content for each in sources}
        return answer(
            {
                "id": brand_id,
                "path": str(path),
                "version": version_of(content),
                "text": decoded_text(content),
                "value": facts.value,
                "inherited": facts.inherited,
                "origins": facts.origins,
                "sources": await asyncio.to_thread(lambda: [each.as_json() for each in sources]),
                "diagnostics": brand_problems(found, path, content=content, sources=contents),
            }
        )

    async def write(self, request: Request) -> Response:
        """An edit, saved."""
        brand_id = brand_id_of(request)
        version = wanted_version(request)
        body = await body_of(request)
        content = await self.content_of(brand_id)
        if version_of(content) != version:
            raise changed_meanwhile(content)
        after = await asyncio.to_thread(edited_content, content, body, path=brand_path(brand_id))
        await self.save(brand_id, after, version=version)
        return answer(await self.saved(brand_id, after))

    async def draft(self, request: Request) -> Response:
        """An edit as it would look; nothing is written."""
        brand_id = brand_id_of(request)
        contents = await self._drafted_contents(brand_id, await body_of(request))
        draft = await self._live.draft(brand_id, contents)
        contrast = await self._live.drafted(brand_id, contents, work=partial(_contrast, brand_id=brand_id))
        sheets = {path: patch.as_json() for path, patch in draft.sheets.items()}
        problems = await self._problems(brand_id, draft.diagnostics, contents=contents)
        return answer({"sheets": sheets, "diagnostics": problems, "contrast": contrast})

    async def glance(self, request: Request) -> Response:
        """The sheets of a draft alone, for while somebody drags."""
        brand_id = brand_id_of(request)
        contents = await self._drafted_contents(brand_id, await body_of(request))
        mode = next((mode for mode in Mode if mode == request.query_params.get("mode")), None)
        sheets = await self._live.glance(brand_id, contents, mode=mode)
        return answer({"sheets": {path: patch.as_json() for path, patch in sheets.items()}})

    async def _drafted_contents(self, brand_id: BrandId, body: JsonObject) -> dict[PurePosixPath, bytes]:
        """The brand's file, and further ones that it is made of, after the edits of a body."""
        contents = {brand_path(brand_id): await self.content_of(brand_id)}
        changes = body.get("sources", {})
        if not isinstance(changes, dict) or len(changes) > MAX_SOURCES:
            raise Refused(400, "wrong-body", f"`sources` has the changes of up to {MAX_SOURCES} files")
        if not changes or "edits" in body or "text" in body:
            path, content = next(iter(contents.items()))
            contents[path] = await asyncio.to_thread(edited_content, content, body, path=path)
        for written, change in changes.items():
            source = await self.source_of(brand_id, written)
            inner = change if isinstance(change, dict) else {}
            work = partial(edited_content, source.content, inner, path=source.path, fields=None)
            contents[source.path] = await asyncio.to_thread(work)
        return contents

    async def source_of(self, brand_id: BrandId, path: str) -> SourceText:
        """The further file of this name that the brand is made of, if it is edited here; who else is, is not told."""
        known = [each for each in await self._source_paths(brand_id) if str(each) == path]
        found = await asyncio.to_thread(read_sources, self._live.project, dict.fromkeys(known, ()))
        if not found:
            raise Refused(404, "unknown-file", "the brand is not made of a file of that name")
        if found[0].refusal:
            raise Refused(409, "not-writable", f"`{path}` is not edited here: {found[0].refusal}")
        return found[0]

    async def _source_paths(self, brand_id: BrandId) -> tuple[PurePosixPath, ...]:
        return await self._live.ask(partial(brand_sources, brand_id=brand_id), rank=Rank.URGENT)

    async def _problems(
        self, brand_id: BrandId, found: Iterable[Diagnostic], *, contents: Mapping[PurePosixPath, bytes]
    ) -> list[Problem]:
        """For a form; `contents` are those of the files that are not as they are on the disk, the brand's at least."""
        found, own = tuple(found), brand_path(brand_id)
        places = {each.place.path for each in found if each.place is not None}
        known = [path for path in await self._source_paths(brand_id) if path in places] if places else []
        read = await asyncio.to_thread(read_sources, self._live.project, dict.fromkeys(known, ()))
        sources, content = {each.path: each.content for each in read}, contents[own]
        return await asyncio.to_thread(
            partial(brand_problems, found, own, content=content, sources={**sources, **contents})
        )

    async def contrast(self, request: Request) -> Response:
        """Every pair of the contract in every mode."""
        brand_id = brand_id_of(request)
        await self.content_of(brand_id)
        return answer(await self._live.ask(partial(_contrast, brand_id=brand_id)))

    async def tokens(self, request: Request) -> Response:
        """Every token with its values and its place; none if there is an error."""
        brand_id = brand_id_of(request)
        await self.content_of(brand_id)
        found, versions = await self._live.ask(partial(_seen_tokens, brand_id=brand_id))
        if found is None:
            return answer({"tokens": [], "versions": versions})
        read = self._live.project.host.read
        facts = await asyncio.to_thread(partial(token_facts, *found, read=read))
        return answer({"tokens": facts, "versions": versions})

    async def reasons(self, request: Request) -> Response:
        """Why the tokens that are asked for are what they are, in each mode."""
        brand_id = brand_id_of(request)
        await self.content_of(brand_id)
        asked = request.query_params.getlist("token")
        if len(asked) > MAX_REASONS:
            raise Refused(400, "too-many", f"up to {MAX_REASONS} tokens are explained at once")
        found = await self._live.ask(partial(known_tokens, brand_id=brand_id))
        if found is None:
            return answer({"reasons": {}})
        read = self._live.project.host.read
        return answer({"reasons": await asyncio.to_thread(partial(token_reasons, *found, asked=asked, read=read))})

    async def check(self, request: Request) -> Response:
        """What is wrong with the unsaved text of a brand's file, or of one that brands are made of."""
        body = await body_of(request)
        path = PurePosixPath(text_in(body, "path"))
        content = text_in(body, "text").encode()
        is_own = brand_path(path.parent.name) == path
        brand_id = path.parent.name if is_own else text_in(body, "brand", default="")
        if brand_id in await self._live.brands():
            known = BrandId(brand_id)
            if is_own or path in await self._source_paths(known):
                contents = {brand_path(known): await self.content_of(known), path: content}
                found = await self._live.drafted(known, contents, work=partial(_diagnosed, brand_id=known))
                return answer({"diagnostics": await self._problems(known, found, contents=contents)})
        return answer({"diagnostics": brand_problems(read_json(path, content)[1], path, content=content)})

    async def merge(self, request: Request) -> Response:
        """Two edits of one text as one."""
        body = await body_of(request)
        texts = [text_in(body, name) for name in ("base", "mine", "theirs")]
        found = await asyncio.to_thread(three_way, texts[0], texts[1], theirs=texts[2])
        if found is None:
            raise Refused(422, "not-json", "one of the three texts is no JSON")
        conflicts = []
        for each in found.conflicts:
            sides = {"base": each.base, "mine": each.mine, "theirs": each.theirs}
            there = {name: value for name, value in sides.items() if not isinstance(value, Absent)}
            conflicts.append({"pointer": each.pointer, **there})
        return answer({"text": found.text, "value": found.value, "conflicts": conflicts})

    async def content_of(self, brand_id: BrandId) -> bytes:
        """The bytes of a brand's file as they are on the disk now."""
        try:
            content = await asyncio.to_thread(self._live.project.host.read, brand_path(brand_id))
        except UnreadableInput as error:
            raise Refused(409, "unreadable", f"`{error.path}` cannot be read: {error.reason}") from None
        if content is None:
            raise no_brand(brand_id)
        return content

    async def save(self, brand_id: BrandId, content: bytes, *, version: str) -> None:
        """Write a brand's file of this version, and let all know."""
        path = brand_path(brand_id)

        def work() -> None:
            with writing(self._live.project, brand_id):
                replace_file(self._live.project.root, path, content=content, version=version)

        await saving(work, path)
        await self._live.changed({path})

    async def saved(
        self, brand_id: BrandId, content: bytes, *, of: tuple[PurePosixPath, bytes] | None = None
    ) -> dict[str, object]:
        """What is answered when a file was written: the brand's, with this content, or one `of` those it is made of."""
        found = await self._live.ask(partial(_diagnosed, brand_id=brand_id))
        contents = {brand_path(brand_id): content}
        path, after = of or (brand_path(brand_id), content)
        document, _ = read_json(path, after)
        return {
            "version": version_of(after),
            "text": decoded_text(after),
            "value": None if document is None else document.value,
            "diagnostics": await self._problems(brand_id, found, contents={**contents, path: after}),
        }


def changed_meanwhile(content: bytes | None) -> Refused:
    """The answer to a write on a file that is another by now, with what it is."""
    if content is None:
        return Refused(404, "unknown-brand", "the file is gone")
    document, _ = read_json(PurePosixPath("brand.json"), content)
    return Refused(
        412,
        "changed-meanwhile",
        "the file was changed meanwhile",
        version=version_of(content),
        text=decoded_text(content),
        value=None if document is None else document.value,
    )


async def saving(work: Callable[[], T], path: PurePosixPath) -> T:
    """Run what writes in a thread of its own; its failures become refusals."""
    try:
        return await asyncio.to_thread(work)
    except ChangedMeanwhile as error:
        raise changed_meanwhile(error.content) from None
    except UnreadableInput as error:
        raise Refused(409, "unreadable", f"`{error.path}` cannot be read: {error.reason}") from None
    except NotWritable as error:
        raise Refused(409, "not-writable", f"`{path}` cannot be written: {error}") from None
    except OutputLocked as error:
        raise Refused(423, "locked", str(error)) from None


def _seen_tokens(engine: Engine, brand_id: BrandId) -> tuple[tuple[Brand, ResolvedTokens] | None, dict[str, str]]:
    """The brand and its tokens, and the versions of the files that they were made from."""
    found = known_tokens(engine, brand_id)
    paths = (brand_path(brand_id), *brand_sources(engine, brand_id))
    seen = {str(path): version_seen(engine, path) for path in paths}
    return found, {path: version for path, version in seen.items() if version}


def _diagnosed(engine: Engine, brand_id: BrandId) -> tuple[Diagnostic, ...]:
    return engine.diagnostics(tokens, brand_id)


def _overview(engine: Engine, *, ids: tuple[BrandId, ...]) -> dict[str, object]:
    brands = []
    for brand_id in ids:
        known = engine.get(face, brand_id)
        errors = sum(each.is_error for each in engine.diagnostics(tokens, brand_id))
        brands.append(
            {
                "id": brand_id,
                "name": known.name or None,
                "path": str(brand_path(brand_id)),
                "primary": None if known.primary is None else hex_of(known.primary),
                "errors": errors,
            }
        )
    fonts = sorted({package.family for package in engine.get(font_packages)})
    return {"brands": brands, "sections": engine.get(section_names), "fonts": fonts}


def _contrast(engine: Engine, brand_id: BrandId) -> dict[str, object]:
    resolved = engine.get(tokens, brand_id)
    return {"modes": [] if resolved is None else contrast_modes(resolved)}


def contrast_modes(resolved: ResolvedTokens) -> list[dict[str, object]]:
    """The contrast report by mode; ratios are rounded down, so that none looks as if it passed."""
    report = contrast_report(resolved)
    return [
        {
            "mode": mode,
            "pairs": [
                {
                    "text": one.text,
                    "ground": one.ground,
                    "ratio": int(one.ratio * 100) / 100,
                    "needs": one.required,
                    "passes": one.passes,
                }
                for one in report
                if one.mode is mode
            ],
        }
        for mode in resolved.modes
    ]
