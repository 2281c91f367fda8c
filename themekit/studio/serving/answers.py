"""What the Studio's API takes and gives: JSON bodies read with care, answers, and refusals as exceptions."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import TYPE_CHECKING, cast

from starlette.responses import Response
from starlette.routing import Route

from themekit.model import BrandId

if TYPE_CHECKING:
    from starlette.requests import Request

    from themekit.source.json_value import JsonObject, JsonValue

MAX_VALUES = 100_000  # of one request: as many as a file of 1 MiB has that is full of the shortest tokens
BRAND_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Refused(Exception):  # noqa: N818  # an answer, not a fault
    """Ends a request. `more` are further members of the answer."""

    def __init__(self, status: int, error: str, message: str, **more: object) -> None:
        """`error` is a word for programs, `message` a sentence for people."""
        super().__init__(message)
        self.status = status
        self.content = {"error": error, "message": message, **more}


def answer(content: object, status: int = 200) -> Response:
    """A JSON answer."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")


async def on_refused(_request: Request, error: Exception) -> Response:
    """The answer that a refusal is."""
    if not isinstance(error, Refused):
        raise error
    return answer(error.content, error.status)


async def on_closed(_request: Request, _error: Exception) -> Response:
    """For whoever still waited when the preview ended."""
    return answer({"error": "ended", "message": "the preview has ended"}, 503)


async def on_unknown(_request: Request) -> Response:
    """For a path that nothing is at."""
    return answer({"error": "not-found", "message": "there is nothing here"}, 404)


NOTHING_ELSE = Route("/{path:path}", on_unknown, methods=["GET", "POST", "PUT"])
"""The last route of an API."""


async def body_of(request: Request) -> JsonObject:
    """The JSON object of a request. Text in it is Unicode without lone surrogates."""
    content = await request.body()
    try:
        value = cast("JsonValue", json.loads(content.decode(), parse_constant=_no_constant))
        if holds_more_than(MAX_VALUES, value):
            raise Refused(413, "too-many", f"a request has at most {MAX_VALUES:,} values")
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused(400, "not-json", "the body is no JSON") from None
    if not isinstance(value, dict):
        raise Refused(400, "not-json", "the body is no JSON object")
    return value


def holds_more_than(most: int, value: JsonValue) -> bool:
    """Whether a value and all in it are more than `most` values; of larger ones no more are looked at."""
    count, waiting = 1, [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list):
            count += len(each)
            if count > most:
                return True
            waiting.extend(each.values() if isinstance(each, dict) else each)
    return False


def text_in(body: JsonObject, name: str, *, default: str | None = None) -> str:
    """A member that is a string."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Refused(400, "wrong-body", f"`{name}` must be a string")
    return value


def bytes_in(body: JsonObject, name: str = "base64") -> bytes:
    """A member that is a file as base64, with or without the start of a `data:` URL."""
    text = text_in(body, name)
    try:
        return base64.b64decode(text.partition(",")[2] if text.startswith("data:") else text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(400, "wrong-body", f"`{name}` is no base64") from None


def brand_id_of(request: Request) -> BrandId:
    """The brand that the path names."""
    name = str(request.path_params["brand_id"])
    if BRAND_ID.fullmatch(name) is None:
        raise no_brand(name)
    return BrandId(name)


def no_brand(name: str) -> Refused:
    """There is no such brand."""
    return Refused(404, "unknown-brand", f"there is no brand `{name}`")


def version_of(content: bytes) -> str:
    """What tells one state of a file from another."""
    return hashlib.sha256(content).hexdigest()[:16]


def wanted_version(request: Request) -> str:
    """The version a write is meant for, from `If-Match`."""
    header = request.headers.get("if-match")
    found = re.fullmatch(r'"([0-9a-f]{16})"', header or "")
    if found is None:
        raise Refused(428, "version-needed", "a write on a file has `If-Match` with its version in quotes")
    return found.group(1)


def _no_constant(name: str) -> JsonValue:
    raise ValueError(name)
