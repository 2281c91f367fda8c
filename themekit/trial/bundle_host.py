"""A bundle's site on this machine, straight from the zip, as a partner's host would serve it: an ASGI application.

A deflated member is sent as gzip without being compressed again: the same data between a gzip header and its trailer.
Source: RFC 9110, sections 8.8, 13 and 14; RFC 1952.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from themekit.bundle.archive import DEFLATED
from themekit.bundle.inflating import inflated
from themekit.bundle.reader import Entry, read_entries
from themekit.diagnostics import Reporter

if TYPE_CHECKING:
    from themekit.bundle.manifest import FileEntry, Manifest
    from themekit.trial.serving import App, Message, Receive, Send

    Pairs = list[tuple[str, str]]

SITE = "site/"
HEADERS = "hosting/headers.json"
INDEX = "index.html"
NOT_FOUND = f"{SITE}404.html"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TEXT = re.compile(r"text/.*|application/(json|xml|manifest\+json)|image/svg\+xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of an answer; `length` is told also where the body is not sent."""

    status: int
    headers: Pairs
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Site:
    """A verified bundle's site, by path below `site/`."""

    entries: dict[str, Entry]
    files: dict[str, FileEntry]
    always: tuple[tuple[str, str], ...] = ()
    of_path: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: bytes, manifest: Manifest) -> Site:
        """The site in a bundle that was verified, with the headers it asks for."""
        report = Reporter()
        entries = {entry.path: entry for entry in read_entries(memoryview(bundle), report)}
        files = {str(file.path): file for file in manifest.files}
        if HEADERS not in entries:
            return cls(entries, files)
        asked = json.loads(b"".join(inflated(entries[HEADERS], report)))
        return cls(entries, files, tuple(asked["always"].items()), asked["paths"])

    def content(self, path: str) -> bytes:
        """The content of a member."""
        return b"".join(inflated(self.entries[path], Reporter()))

    def answer(self, method: str, target: str, asked: dict[str, str]) -> Answer:
        """What to send for a request; `target` is the path as it was sent, `asked` its headers, names in lower case."""
        if method not in {"GET", "HEAD"}:
            return Answer(405, [("allow", "GET, HEAD"), *self._always("")])
        path = unquote(target.partition("?")[0]).removeprefix("/")
        member = f"{SITE}{path}{INDEX}" if path.endswith("/") or not path else f"{SITE}{path}"
        if member not in self.entries and f"{member}/{INDEX}" in self.entries:
            place = target.partition("?")[0].lstrip("/")  # `//host/` would be another host's address
            return Answer(308, [("location", f"/{place}/"), *self._always("")])
        if member not in self.entries:
            return self._missing()
        return self._found(member, asked)

    def _missing(self) -> Answer:
        headers = [*self._always(""), ("content-type", "text/html; charset=utf-8")]
        return Answer(404, headers, self.content(NOT_FOUND) if NOT_FOUND in self.entries else b"<p>Not found</p>\n")

    def _found(self, member: str, asked: dict[str, str]) -> Answer:
        file, entry = self.files[member], self.entries[member]
        is_zipped = entry.method == DEFLATED and "range" not in asked and _takes_gzip(asked)
        tag = f'"{file.sha256}{"-gzip" if is_zipped else ""}"'
        headers = [*self._always(member.removeprefix(SITE)), ("etag", tag), ("accept-ranges", "bytes")]
        if entry.method == DEFLATED:
            headers.append(("vary", "Accept-Encoding"))
        if _names(asked.get("if-none-match", ""), tag):
            return Answer(304, headers)
        if not any(name.lower() == "content-type" for name, _ in headers):
            is_text = _TEXT.fullmatch(file.media_type) and "charset" not in file.media_type
            headers.append(("content-type", f"{file.media_type}; charset=utf-8" if is_text else file.media_type))
        if is_zipped:
            trailer = struct.pack("<II", entry.crc32 or 0, entry.size & 0xFFFF_FFFF)
            return Answer(200, [*headers, ("content-encoding", "gzip")], GZIP_HEAD + bytes(entry.data) + trailer)
        return _ranged(self.content(member), headers, asked, tag=tag)

    def _always(self, path: str) -> Pairs:
        own = self.of_path.get(path, {})
        return [(name.lower(), value) for name, value in (dict(self.always) | own).items()]


def _ranged(content: bytes, headers: Pairs, asked: dict[str, str], *, tag: str) -> Answer:
    """All of it, or the one range asked for; several, or one of another version, are answered with all."""
    found = _RANGE.fullmatch(asked.get("range", "").strip())
    if found is None or found.group(0) == "bytes=-" or asked.get("if-range", tag) != tag:
        return Answer(200, headers, content)
    first, last = found.groups()
    start = int(first[:20]) if first else max(len(content) - int(last[:20]), 0)
    end = min(int(last[:20]) + 1, len(content)) if first and last else len(content)
    if start >= len(content) or end <= start:
        return Answer(416, [*headers, ("content-range", f"bytes */{len(content)}")])
    part = ("content-range", f"bytes {start}-{end - 1}/{len(content)}")
    return Answer(206, [*headers, part], content[start:end])


def _takes_gzip(asked: dict[str, str]) -> bool:
    each = (part.replace(" ", "").lower() for part in asked.get("accept-encoding", "").split(","))
    return any(part == "gzip" or (part.startswith("gzip;q=") and part[7:].strip("0.") != "") for part in each)


def _names(condition: str, tag: str) -> bool:
    """Whether If-None-Match names the tag, weakly or not."""
    tags = {part.strip().removeprefix("W/") for part in condition.split(",")}
    return "*" in tags or tag in tags


def bundle_app(site: Site) -> App:
    """The application that answers for a site."""

    async def app(scope: Message, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        asked = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        answer = site.answer(scope["method"], scope["raw_path"].decode("latin-1"), asked)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        if answer.status != 304:
            headers.append((b"content-length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    return app
