"""What a method returns: a typed value, a stream or a file, and how that is made of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import Primitive

if TYPE_CHECKING:
    from themekit.model.api import Content, Operation, Response
    from themekit.sdk.python.annotations import Types

Kind = Literal["json", "text", "none", "download", "events", "raw-events", "json-lines"]


@dataclass(frozen=True, slots=True)
class Result:
    """`annotation` is of the value, or of one item of a stream. `by_status` is there if success has several types."""

    kind: Kind
    annotation: str
    codec: str
    accept: str
    by_status: tuple[tuple[str, str], ...] = ()

    @property
    def is_stream(self) -> bool:
        """It comes item by item."""
        return self.kind in {"events", "raw-events", "json-lines"}


def result_of(operation: Operation, types: Types) -> Result:
    """The result of the plain call."""
    found = [(response, _preferred(response)) for response in operation.successes]
    contents = [content for _, content in found if content is not None]
    if not contents:
        return Result("none", "None", "", "*/*")
    first = contents[0]
    if first.kind in {"events", "json-lines"}:
        return stream_of(first, types)
    if first.kind in {"text", "xml"}:
        return Result("text", "str", "", first.media_type)
    if first.kind != "json":
        return Result("download", "Download", "", _accept(first))
    return _json(found, types)


def streamed(operation: Operation, types: Types) -> Result | None:
    """The stream of an operation that answers JSON or a stream, as it is asked."""
    for response in operation.successes:
        kinds = {content.kind: content for content in reversed(response.contents)}
        if "json" in kinds:
            for kind in ("events", "json-lines"):
                if kind in kinds:
                    return stream_of(kinds[kind], types)
    return None


def stream_of(content: Content, types: Types) -> Result:
    """The items of a stream. Events whose data has no type of its own are handed out as they are."""
    if content.kind == "events" and content.type in {Primitive("string"), Primitive("any")}:
        return Result("raw-events", "ServerEvent", "", content.media_type)
    kind: Kind = "json-lines" if content.kind == "json-lines" else "events"
    return Result(
        kind, types.answer(content.type, lists="List", maps="Dict"), types.codec(content.type), content.media_type
    )


def _json(found: list[tuple[Response, Content | None]], types: Types) -> Result:
    annotations: dict[str, str] = {}
    codecs: list[tuple[str, str]] = []
    accept = "application/json"
    for response, content in found:
        if content is None or content.kind != "json":
            annotations["None" if content is None else "Any"] = ""
            codecs.append((response.status, ""))
            continue
        codec = types.codec(content.type)
        annotations[types.answer(content.type, lists="List", maps="Dict")] = codec
        codecs.append((response.status, codec))
        accept = content.media_type if "json" in content.media_type else accept
    annotation = "Any" if "Any" in annotations else " | ".join(annotations)
    distinct = {codec for _, codec in codecs}
    first = next((codec for annotation, codec in annotations.items() if annotation != "None"), "")
    several = tuple(codecs) if len(distinct - {""}) > 1 or (len(distinct) > 1 and "None" not in annotations) else ()
    return Result("json", annotation, first, _accept_json(accept), several)


def _accept_json(media_type: str) -> str:
    return media_type if "*" not in media_type else "application/json"


def _accept(content: Content) -> str:
    return content.media_type or "*/*"


def _preferred(response: Response) -> Content | None:
    """JSON if there is any, else what comes first."""
    json_like = next((each for each in response.contents if each.kind == "json"), None)
    return json_like or (response.contents[0] if response.contents else None)


def errors_of(operation: Operation, types: Types) -> tuple[tuple[str, str], ...]:
    """The codecs of answers that are no success, by status; one entry if all are the same."""
    found: list[tuple[str, str]] = []
    successes = operation.successes
    for response in operation.responses:
        content = _preferred(response)
        if response in successes or content is None or content.kind != "json":
            continue
        if codec := types.codec(content.type):
            found.append((response.status, codec))
    distinct = {codec for _, codec in found}
    return (("default", distinct.pop()),) if len(distinct) == 1 else tuple(found)
