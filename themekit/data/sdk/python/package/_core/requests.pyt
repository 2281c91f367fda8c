"""Values into requests: styles of parameters, bodies, files."""

from __future__ import annotations

import datetime
import io
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Union
from urllib.parse import quote, quote_plus

from .headers import Headers
from .messages import Body, BytesBody, HttpRequest
from .options import UNSET
from .values import Model, encode

if TYPE_CHECKING:
    from .operations import BodySpec, Operation, Param, Part

_PIECE = 65_536
_RESERVED = ":/?#[]@!$&'()*+,;="


@dataclass(frozen=True)
class Upload:
    """A file to send, with a name and a media type of its own.

    Attributes:
        content: Bytes, a file that is open for reading bytes, or a path.
        name: The file's name; by default that of the path or the open file.
        content_type: The media type; by default `application/octet-stream`.
    """

    content: bytes | os.PathLike[str] | IO[bytes] = field(repr=False)
    name: str = ""
    content_type: str = ""


FileInput = Union[bytes, "os.PathLike[str]", IO[bytes], Upload]


@dataclass(frozen=True)
class FileBody:
    """A file that is read while it is sent."""

    file: IO[bytes] = field(repr=False)
    start: int | None
    length: int | None
    is_blocking = True

    def chunks(self) -> Iterator[bytes]:
        """The pieces, from where the file was when it was given."""
        if self.start is not None:
            self.file.seek(self.start)
        while piece := self.file.read(_PIECE):
            yield piece

    def can_repeat(self) -> bool:
        """It can be read again if it is one that can be wound back."""
        return self.start is not None


@dataclass(frozen=True)
class PathBody:
    """A file that is opened when it is sent."""

    path: os.PathLike[str]
    is_blocking = True

    @property
    def length(self) -> int:
        """How many bytes the file has now."""
        return os.stat(self.path).st_size

    def chunks(self) -> Iterator[bytes]:
        """The pieces of the file."""
        with open(self.path, "rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def can_repeat(self) -> bool:
        """It can be sent any number of times."""
        return True


@dataclass(frozen=True)
class JoinedBody:
    """Bodies one after the other."""

    bodies: tuple[Body, ...]

    @property
    def is_blocking(self) -> bool:
        """One of them is."""
        return any(body.is_blocking for body in self.bodies)

    @property
    def length(self) -> int | None:
        """The sum, if all are known."""
        total = 0
        for body in self.bodies:
            length = body.length
            if length is None:
                return None
            total += length
        return total

    def chunks(self) -> Iterator[bytes]:
        """All pieces."""
        for body in self.bodies:
            yield from body.chunks()

    def can_repeat(self) -> bool:
        """All can."""
        return all(body.can_repeat() for body in self.bodies)


def file_body(content: FileInput) -> Body:
    """The body of a file."""
    if isinstance(content, Upload):
        return file_body(content.content)
    if isinstance(content, (bytes, bytearray, memoryview)):
        return BytesBody(bytes(content))
    if isinstance(content, os.PathLike):
        return PathBody(content)
    if isinstance(content, str):
        raise TypeError("a file is given as bytes, as an open file or as a Path")
    start = content.tell() if _is_seekable(content) else None
    length = None
    if start is not None:
        length = content.seek(0, io.SEEK_END) - start
        content.seek(start)
    return FileBody(content, start, length)


def _is_seekable(file: IO[bytes]) -> bool:
    seekable = getattr(file, "seekable", None)
    return bool(seekable and seekable())


def file_name(content: FileInput) -> str:
    """The name to send with a file."""
    if isinstance(content, Upload):
        return content.name or file_name(content.content)
    if isinstance(content, os.PathLike):
        return os.path.basename(os.fspath(content))
    name = getattr(content, "name", None)
    return os.path.basename(name) if isinstance(name, str) and name else "file"


def build(
    operation: Operation[Any], values: Mapping[str, Any], base_url: str
) -> HttpRequest:
    """The request of a call, without credentials. Raises ValueError for bad values."""
    target = operation.path
    pairs: list[str] = []
    cookies: list[str] = []
    headers = Headers()
    for param in operation.params:
        value = values.get(param.name)
        if param.place == "path":
            target = target.replace("{" + param.wire + "}", _in_path(param, value))
        elif value is None or value is UNSET:
            continue
        elif param.place == "query":
            pairs += _in_query(param, value)
        elif param.place == "header":
            headers[param.wire] = _plain(param, value)
        else:
            cookies += _in_cookie(param, value)
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    body = _body(operation.body, values, headers) if operation.body else None
    url = f"{base_url.rstrip('/')}{target}"
    if pairs:
        url += ("&" if "?" in url else "?") + "&".join(pairs)
    return HttpRequest(operation.method, url, headers, body)


def text_of(value: Any) -> str:
    """A value as text: as JSON has it, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, (datetime.datetime, datetime.date, bytes)):
        return str(encode(value))
    encoded = encode(value)
    return encoded if isinstance(encoded, str) else json.dumps(encoded)


def _is_map(value: Any) -> bool:
    return isinstance(value, (Mapping, Model))


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(
        value, (str, bytes, bytearray, Mapping)
    )


def _members(value: Any) -> list[tuple[str, Any]]:
    return [(name, each) for name, each in encode(value).items() if each is not None]


def _in_path(param: Param, value: Any) -> str:
    if value is None or value is UNSET or value == "":
        raise ValueError(f"the parameter {param.name!r} is empty")
    if param.is_json:
        return quote(json.dumps(encode(value)), safe="")
    safe = _RESERVED.replace("?", "").replace("#", "") if param.allow_reserved else ""

    def written(each: Any) -> str:
        return quote(text_of(each), safe=safe)

    start, joint = {"label": (".", "."), "matrix": (";", ";")}.get(
        param.style, ("", ",")
    )
    name = f"{quote(param.wire, safe='')}="
    if _is_map(value):
        members = [(written(key), written(each)) for key, each in _members(value)]
        if param.explode:
            return start + joint.join(f"{key}={each}" for key, each in members)
        flat = ",".join(f"{key},{each}" for key, each in members)
        return f"{start}{name if param.style == 'matrix' else ''}{flat}"
    if _is_list(value):
        items = [written(each) for each in value]
        if param.style == "matrix":
            return (
                ";" + ";".join(f"{name}{each}" for each in items)
                if param.explode
                else f";{name}{','.join(items)}"
            )
        return start + (joint if param.explode else ",").join(items)
    text = written(value)
    if text in {".", ".."}:
        raise ValueError(f"the parameter {param.name!r} may not be {text!r}")
    return f";{name}{text}" if param.style == "matrix" else f"{start}{text}"


def _in_query(param: Param, value: Any) -> list[str]:
    safe = _RESERVED.translate({ord(each): None for each in "#&+="})

    def written(each: Any) -> str:
        return quote(text_of(each), safe=safe if param.allow_reserved else "")

    if param.is_json:
        return [f"{quote(param.wire, safe='')}={quote(json.dumps(encode(value)))}"]
    return [
        f"{quote(name, safe='[]')}={each}"
        for name, each in _styled(
            param.wire, param.style, value, param.explode, written
        )
    ]


def _styled(
    name: str, style: str, value: Any, explode: bool, written: Any
) -> list[tuple[str, str]]:
    """A value of a query or a form. Source: OpenAPI 3.1, "Style Examples"."""
    if _is_map(value):
        if style == "deepObject":
            return list(_deep(name, value, written))
        members = [(key, written(each)) for key, each in _members(value)]
        if explode:
            return members
        flat = [text for key, each in members for text in (written(key), each)]
        return [(name, _joint(style).join(flat))]
    if _is_list(value):
        items = [written(each) for each in value]
        if style == "deepObject":
            return [(f"{name}[]", each) for each in items]
        if explode:
            return [(name, each) for each in items]
        return [(name, _joint(style).join(items))]
    return [(name, written(value))]


def _joint(style: str) -> str:
    return {"spaceDelimited": "%20", "pipeDelimited": "%7C"}.get(style, ",")


def _deep(name: str, value: Any, written: Any) -> Iterator[tuple[str, str]]:
    for key, each in _members(value):
        inner = f"{name}[{key}]"
        if isinstance(each, dict):
            yield from _deep(inner, each, written)
        elif isinstance(each, list):
            yield from ((f"{inner}[]", written(item)) for item in each)
        else:
            yield inner, written(each)


def _in_cookie(param: Param, value: Any) -> list[str]:
    """One cookie, or one for each item or member if these are exploded."""
    if param.is_json:
        return [f"{param.wire}={quote(json.dumps(encode(value)), safe='')}"]
    pairs = _styled(
        param.wire, "form", value, param.explode, lambda each: quote(text_of(each), "")
    )
    return [f"{quote(name, safe='[]')}={each}" for name, each in pairs]


def _plain(param: Param, value: Any) -> str:
    """A value of a header: style `simple`."""
    if param.is_json:
        return json.dumps(encode(value))
    if _is_map(value):
        joint = "=" if param.explode else ","
        return ",".join(f"{key}{joint}{text_of(each)}" for key, each in _members(value))
    if _is_list(value):
        return ",".join(text_of(each) for each in value)
    return text_of(value)


def _body(spec: BodySpec, values: Mapping[str, Any], headers: Headers) -> Body | None:
    if spec.fields is None:
        value = values.get("body", UNSET)
        if value is UNSET or (value is None and not spec.is_required):
            return None
        return _whole(spec, value, headers)
    given: dict[str, Any] = dict(values.get("extra") or {})
    for name, part in spec.fields.items():
        value = values.get(name, UNSET)
        if value is not UNSET and (value is not None or name in spec.nullable):
            given[part.wire] = value
    if not given and not spec.is_required:
        return None
    if spec.kind == "multipart":
        return _multipart(spec, given, headers)
    if spec.kind == "form":
        return _form(spec, given, headers)
    headers["Content-Type"] = spec.media_type
    return BytesBody(_json(given))


def _json(value: Any) -> bytes:
    return json.dumps(encode(value), ensure_ascii=False, allow_nan=False).encode()


def _whole(spec: BodySpec, value: Any, headers: Headers) -> Body:
    content_type = spec.media_type
    if spec.kind == "binary":
        if "*" in content_type:
            content_type = "application/octet-stream"
        if isinstance(value, Upload) and value.content_type:
            content_type = value.content_type
        headers["Content-Type"] = content_type
        return file_body(value)
    headers["Content-Type"] = content_type
    if spec.kind == "text":
        if isinstance(value, (bytes, bytearray)):
            return BytesBody(bytes(value))
        return BytesBody(text_of(value).encode())
    if spec.kind == "json-lines":
        return BytesBody(b"".join(_json(each) + b"\n" for each in value))
    if spec.kind == "form":
        return _form(spec, encode(value), headers)
    if spec.kind == "multipart":
        return _multipart(spec, value if _is_map(value) else {}, headers)
    return BytesBody(_json(value))


def _parts(spec: BodySpec) -> dict[str, Part]:
    return {part.wire: part for part in (spec.fields or {}).values()}


def _form(spec: BodySpec, given: Mapping[str, Any], headers: Headers) -> Body:
    parts = _parts(spec)
    pairs: list[str] = []
    for wire, value in given.items():
        if value is None:
            continue
        part = parts.get(wire)
        style, explode = (part.style, part.explode) if part else ("form", True)
        if part and "json" in part.content_type:
            value = json.dumps(encode(value))
        pairs += [
            f"{quote_plus(name, safe='[]')}={each}"
            for name, each in _styled(
                wire, style, value, explode, lambda each: quote_plus(text_of(each))
            )
        ]
    headers["Content-Type"] = spec.media_type
    return BytesBody("&".join(pairs).encode("ascii"))


def _multipart(spec: BodySpec, given: Mapping[str, Any], headers: Headers) -> Body:
    """Source: RFC 7578, and names escaped as the HTML standard does."""
    parts = _parts(spec)
    boundary = secrets.token_hex(16)
    bodies: list[Body] = []
    for wire, value in given.items():
        if value is None:
            continue
        part = parts.get(wire)
        is_file = part.is_file if part else _is_file(value)
        single = not _is_list(value) or (is_file and hasattr(value, "read"))
        for each in (value,) if single else value:
            content_type = part.content_type.split(",")[0].strip() if part else ""
            bodies += _part(boundary, wire, each, is_file, content_type)
    bodies.append(BytesBody(f"--{boundary}--\r\n".encode()))
    headers["Content-Type"] = f"{spec.media_type}; boundary={boundary}"
    return JoinedBody(tuple(bodies))


def _is_file(value: Any) -> bool:
    kinds = (bytes, bytearray, os.PathLike, Upload)
    return isinstance(value, kinds) or hasattr(value, "read")


def _part(
    boundary: str, wire: str, value: Any, is_file: bool, content_type: str
) -> list[Body]:
    lines = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(wire)}"'
    body: Body
    if is_file:
        body = file_body(value)
        lines += f'; filename="{_quoted(file_name(value))}"'
        given = value.content_type if isinstance(value, Upload) else ""
        content_type = given or content_type
        if not content_type or "*" in content_type:
            content_type = "application/octet-stream"
    elif _is_map(value) or _is_list(value) or "json" in content_type:
        body = BytesBody(_json(value))
        content_type = content_type or "application/json"
    else:
        body = BytesBody(text_of(value).encode())
    if content_type:
        clean = "".join(each for each in content_type if each.isprintable())
        lines += f"\r\nContent-Type: {clean}"
    head = BytesBody(f"{lines}\r\n\r\n".encode())
    return [head, body, BytesBody(b"\r\n")]


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
