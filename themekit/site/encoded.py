"""A page's front matter and table of contents as JSON: YAML has more kinds of values than JSON, and Markup is one."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mkdocs.structure.toc import AnchorLink

_KIND = "\0kind"
"""No YAML key holds a NUL."""


class NotEncodableError(ValueError):
    """A value of front matter that none of the kinds below covers."""


def encoded_meta(meta: Mapping[str, object]) -> str:
    """JSON that `decoded_meta` reads, keys in their order. Raises NotEncodableError."""
    return json.dumps(_to_json(dict(meta)), ensure_ascii=False)


def decoded_meta(text: str) -> dict[str, object]:
    """The front matter again, equal in value, class and order."""
    found: dict[str, object] = _from_json(json.loads(text))
    return found


def encoded_toc(items: Iterable[AnchorLink]) -> str:
    """Mkdocs' table of contents, as the tokens it is made from."""
    return json.dumps(_tokens(items), ensure_ascii=False)


def _tokens(items: Iterable[AnchorLink]) -> list[dict[str, object]]:
    return [
        {"name": item.title, "id": item.id, "level": item.level, "children": _tokens(item.children)} for item in items
    ]


def _to_json(value: object) -> object:
    if isinstance(value, Markup):
        return {_KIND: "markup", "value": str(value)}
    if value is None or type(value) in {str, int, float, bool}:
        return value
    if isinstance(value, datetime):
        return {_KIND: "datetime", "value": value.isoformat()}
    if isinstance(value, date):
        return {_KIND: "date", "value": value.isoformat()}
    if type(value) is list:
        return [_to_json(item) for item in value]
    if type(value) is dict:
        return {_KIND: "dict", "value": [[_to_json(key), _to_json(item)] for key, item in value.items()]}
    raise NotEncodableError(f"front matter holds a {type(value).__name__}")


def _from_json(value: Any) -> Any:  # noqa: ANN401  # whatever YAML can hold
    if isinstance(value, list):
        return [_from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind, inner = value[_KIND], value["value"]
    if kind == "dict":
        return {_from_json(key): _from_json(item) for key, item in inner}
    readers: dict[str, Callable[[str], object]] = {
        "markup": Markup,
        "datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
    }
    return readers[kind](inner)
