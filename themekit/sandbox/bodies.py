"""What an answer's body is in each media type: a JSON value, a text, bytes, or the chunks of a stream."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.source.json_value import JsonValue

EVENTS = 3
"""How many events, or lines, a stream sends before it ends."""

_JSON = re.compile(r"(?:application|text)/json|[^;]+\+json")
_LINES = re.compile(r"(?:application|text)/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)")
_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_TEXTUAL = re.compile(
    r"text/.*|application/(?:xml|yaml|x-yaml|javascript|graphql|x-www-form-urlencoded)|.*\+(?:xml|yaml)"
)


def bare(media_type: str) -> str:
    """The media type in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """A JSON value is the body."""
    return bool(_JSON.fullmatch(bare(media_type))) and not is_lines(media_type)


def is_events(media_type: str) -> bool:
    """The body is a stream of server-sent events."""
    return bare(media_type) == "text/event-stream"


def is_lines(media_type: str) -> bool:
    """The body is a stream of lines, each a JSON value."""
    return bool(_LINES.fullmatch(bare(media_type)))


def is_text(media_type: str) -> bool:
    """The body is a text that people can read."""
    return bool(_TEXTUAL.fullmatch(bare(media_type)))


def is_xml(media_type: str) -> bool:
    """The body is XML."""
    return bare(media_type) in {"application/xml", "text/xml"} or bare(media_type).endswith("+xml")


def json_text(value: JsonValue) -> str:
    """The value as JSON, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def event_chunks(values: Iterable[JsonValue]) -> list[str]:
    """Each value as a server-sent event."""
    texts = (value if isinstance(value, str) else json_text(value) for value in values)
    return ["".join(f"data: {line}\n" for line in text.split("\n")) + "\n" for text in texts]


def events_in(text: str) -> list[str]:
    """The blocks of an example of a stream, its events repeated or cut to as many as a stream sends."""
    blocks = [each for each in re.split(r"\n\n+", text.replace("\r\n", "\n").strip("\n")) if each]
    events = [each for each in blocks if re.search(r"^data:", each, re.MULTILINE)]
    if not events:
        return []
    found: list[str] = []
    count = 0
    for block in [*blocks, *(events * EVENTS)]:
        if block in events:
            if count == EVENTS:
                break
            count += 1
        found.append(block + "\n\n")
    return found


def data_of(event: str) -> str:
    """The data of a server-sent event."""
    return "\n".join(re.findall(r"^data: ?(.*)$", event, re.MULTILINE))


def xml_text(value: JsonValue, name: str = "response") -> str:
    """The value as plain XML: members are elements, a list is an element each."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(name, value)}\n'


def _element(name: str, value: JsonValue) -> str:
    tag = name if _XML_NAME.fullmatch(name) else "value"
    if isinstance(value, list):
        return "".join(_element(tag, each) for each in value)
    if isinstance(value, dict):
        inner = "".join(_element(key, each) for key, each in value.items())
    else:
        inner = "" if value is None else escape(value if isinstance(value, str) else json_text(value))
    return f"<{tag}>{inner}</{tag}>"


def header_text(value: JsonValue) -> str:
    """The value as a header has it, style `simple`; what no header may hold is left out."""
    if isinstance(value, list):
        text = ",".join(header_text(each) for each in value)
    elif isinstance(value, dict):
        text = ",".join(f"{key},{header_text(each)}" for key, each in value.items())
    else:
        text = value if isinstance(value, str) else json_text(value)
    return re.sub(r"[^\x20-\x7e]", "", text).strip()
