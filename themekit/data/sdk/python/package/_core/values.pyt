"""JSON and typed values: each keeps what the other has, what nobody knows included.

A codec says how JSON becomes a value; None is: as it is. Text names a type of the API.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import enum
import importlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, Union

from .options import UNSET

if TYPE_CHECKING:
    from .messages import ResponseInfo

M = TypeVar("M", bound="Model")
Codec = Union["ListOf", "MapOf", "UnionOf", "Scalar", str, None]


class Model:
    """A JSON object with members that have names.

    Members that this version of the library does not know are in `extra`, and so is a
    null where a member may be left out as well as null.
    """

    __slots__ = ("_absent", "_response")

    _wire: ClassVar[Mapping[str, str]] = {}
    _codecs: ClassVar[Mapping[str, Codec]] = {}
    _extra: ClassVar[Codec] = None

    @property
    def last_response(self) -> ResponseInfo:
        """The head of the answer that this is. What is inside an answer has none."""
        response: ResponseInfo = self._response  # type: ignore[attr-defined]
        return response

    def to_json(self) -> dict[str, Any]:
        """The object as `json.dumps` takes it."""
        encoded: dict[str, Any] = encode(self)
        return encoded

    @classmethod
    def from_json(cls: type[M], value: Mapping[str, Any]) -> M:
        """The object that `json.loads` gave, typed."""
        made: M = _decode_model(cls, dict(value))
        return made


@dataclass(frozen=True)
class Unknown(Model):
    """An object of a kind that is newer than this version of the library."""

    extra: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name != "extra" and not name.startswith("__") and name in self.extra:
            return self.extra[name]
        raise AttributeError(f"the object has no member {name!r}")


class Scalar(enum.Enum):
    """A value that JSON has no type for."""

    DATE = "date"
    DATE_TIME = "date-time"
    BYTES = "base64"


DATE: Final = Scalar.DATE
DATE_TIME: Final = Scalar.DATE_TIME
BYTES: Final = Scalar.BYTES


@dataclass(frozen=True)
class ListOf:
    """A list of such values."""

    item: Codec


@dataclass(frozen=True)
class MapOf:
    """An object with such values."""

    value: Codec


@dataclass(frozen=True)
class UnionOf:
    """One of several types: by the value of a member, or the one that fits best.

    `tags` are for values of the member; `default` is for all others.
    """

    variants: tuple[Codec | Kind, ...] = ()
    discriminator: str = ""
    tags: Mapping[str, str] | None = None
    default: str | None = None


class Kind(enum.Enum):
    """A kind of JSON value that is as it is."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    MAP = "object"
    ANY = "any"


_NAMED: dict[str, type[Model] | Codec] = {}
_PLANS: dict[type[Model], list[tuple[str, str, Codec, Any]]] = {}
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:?\d\d)?"
)


def named(name: str) -> type[Model] | Codec:
    """The type of the API of this name, loaded when it is first needed."""
    if name not in _NAMED:
        root = __name__.rpartition("._core")[0]
        index = importlib.import_module(f"{root}.types")
        module = importlib.import_module(f"{root}.types.{index.MODULES[name]}")
        found = module.CODECS[name] if name in module.CODECS else getattr(module, name)
        _NAMED[name] = found
    return _NAMED[name]


def decode(codec: Codec, value: Any) -> Any:
    """The typed value. What does not fit stays as it came."""
    if codec is None or value is None:
        return value
    if isinstance(codec, str):
        found = named(codec)
        if isinstance(found, type):
            return _decode_model(found, value)
        return decode(found, value)
    if isinstance(codec, ListOf):
        if isinstance(value, list):
            return [decode(codec.item, each) for each in value]
        return value
    if isinstance(codec, MapOf):
        if isinstance(value, dict):
            return {name: decode(codec.value, each) for name, each in value.items()}
        return value
    if isinstance(codec, UnionOf):
        return _decode_union(codec, value)
    return _decode_scalar(codec, value) if isinstance(value, str) else value


def _decode_scalar(codec: Scalar, value: str) -> Any:
    try:
        if codec is DATE:
            return datetime.date.fromisoformat(value) if len(value) == 10 else value
        if codec is DATE_TIME:
            return parse_date_time(value)
        content = base64.b64decode(value, validate=True)
        is_exact = base64.b64encode(content).decode("ascii") == value
        return content if is_exact else value
    except (ValueError, binascii.Error):
        return value


def parse_date_time(text: str) -> datetime.datetime:
    """A time by RFC 3339. Raises ValueError if it is none; below a microsecond is cut."""
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        raise ValueError("not a time by RFC 3339")
    date, minutes, seconds, fraction, zone = found.groups()
    if zone and zone not in "Zz" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    offset = "+00:00" if zone and zone in "Zz" else zone or ""
    micro = f".{(fraction or '0')[:6]:0<6}"
    return datetime.datetime.fromisoformat(
        f"{date}T{minutes}{seconds or ':00'}{micro}{offset}"
    )


def _plan(cls: type[Model]) -> list[tuple[str, str, Codec, Any]]:
    plan = _PLANS.get(cls)
    if plan is None:
        plan = _PLANS[cls] = [
            (
                each.name,
                cls._wire.get(each.name, each.name),
                cls._codecs.get(each.name),
                each.default,
            )
            for each in fields(cls)  # type: ignore[arg-type]
            if each.name != "extra"
        ]
    return plan


def _decode_model(cls: type[Model], value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rest = dict(value)
    absent: list[str] = []
    made = object.__new__(cls)
    for name, wire, codec, default in _plan(cls):
        if wire in rest:
            raw = rest[wire]
            if raw is not None or default is MISSING or default is not None:
                del rest[wire]
            member = raw if codec is None else decode(codec, raw)
        else:
            member = None
            if default is MISSING:
                absent.append(name)
        object.__setattr__(made, name, member)
    if cls._extra is not None:
        rest = {name: decode(cls._extra, each) for name, each in rest.items()}
    object.__setattr__(made, "extra", rest)
    if absent:  # the API left out what it says is always there
        object.__setattr__(made, "_absent", absent)
    return made


def encode(value: Any) -> Any:
    """The value as `json.dumps` takes it."""
    if isinstance(value, Model):
        return _encode_model(value)
    if value is None or isinstance(value, (str, bool, int, float)):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, Mapping):
        return {
            str(name): encode(each) for name, each in value.items() if each is not UNSET
        }
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime.datetime):
        return format_date_time(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Iterable):
        return [encode(each) for each in value]
    return str(value)


def format_date_time(value: datetime.datetime) -> str:
    """The time by RFC 3339; one without a zone stays without."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _encode_model(value: Model) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, wire, _, default in _plan(type(value)):
        member = getattr(value, name)
        if member is not None:
            made[wire] = encode(member)
        elif default is MISSING and name not in getattr(value, "_absent", ()):
            made[wire] = None
    extra: Mapping[str, Any] = value.extra  # type: ignore[attr-defined]
    for wire, member in extra.items():
        if wire not in made:
            made[wire] = encode(member)
    return made


def _decode_union(union: UnionOf, value: Any) -> Any:
    if union.discriminator:
        if not isinstance(value, dict):
            return value
        tag = value.get(union.discriminator)
        name = (union.tags or {}).get(tag if isinstance(tag, str) else str(tag))
        chosen = name or union.default
        return Unknown(value) if chosen is None else decode(chosen, value)
    best: tuple[int, Codec | Kind] | None = None
    for variant in union.variants:
        misfit = _misfit(variant, value)
        if misfit is not None and (best is None or misfit < best[0]):
            best = misfit, variant
    if best is None:
        return Unknown(value) if isinstance(value, dict) else value
    return value if isinstance(best[1], Kind) else decode(best[1], value)


def _misfit(codec: Codec | Kind, value: Any) -> int | None:
    """How badly a type fits a value, 0 is: very well; None is: not at all."""
    if codec is None:
        return 50
    if isinstance(codec, Kind):
        return _kind_misfit(codec, value)
    if isinstance(codec, str):
        found = named(codec)
        if isinstance(found, type):
            return _model_misfit(found, value)
        return _misfit(found, value)
    if isinstance(codec, ListOf):
        if not isinstance(value, list):
            return None
        return _worst(_misfit(codec.item, each) for each in value[:8])
    if isinstance(codec, MapOf):
        if not isinstance(value, dict):
            return None
        worst = _worst(_misfit(codec.value, each) for each in value.values())
        return None if worst is None else worst + 20
    if isinstance(codec, UnionOf):
        return _union_misfit(codec, value)
    if not isinstance(value, str):
        return None
    return None if isinstance(_decode_scalar(codec, value), str) else 0


def _kind_misfit(kind: Kind, value: Any) -> int | None:
    fits = {
        Kind.STRING: isinstance(value, str),
        Kind.NUMBER: isinstance(value, (int, float)) and not isinstance(value, bool),
        Kind.BOOLEAN: isinstance(value, bool),
        Kind.LIST: isinstance(value, list),
        Kind.MAP: isinstance(value, dict),
        Kind.ANY: True,
    }[kind]
    if not fits:
        return None
    return {Kind.ANY: 50, Kind.MAP: 40, Kind.LIST: 10, Kind.STRING: 5}.get(kind, 0)


def _model_misfit(cls: type[Model], value: Any) -> int | None:
    if not isinstance(value, dict):
        return None
    plan = _plan(cls)
    known = {wire for _, wire, _, _ in plan}
    misfit = sum(2 for name in value if name not in known)
    for _, wire, codec, default in plan:
        if wire not in value:
            if default is MISSING:
                return None
            if default is not None:  # a constant that is not there
                return None
            continue
        if default is not MISSING and default is not None and value[wire] != default:
            return None
        if codec is not None and value[wire] is not None:
            inner = _misfit(codec, value[wire])
            if inner is None:
                misfit += 30
            else:
                misfit += min(inner, 10)
    return misfit


def _union_misfit(union: UnionOf, value: Any) -> int | None:
    if union.discriminator:
        if not isinstance(value, dict):
            return None
        return 0 if str(value.get(union.discriminator)) in (union.tags or {}) else 20
    found = [_misfit(each, value) for each in union.variants]
    fitting = [each for each in found if each is not None]
    return min(fitting) if fitting else None


def _worst(misfits: Iterable[int | None]) -> int | None:
    worst = 0
    for misfit in misfits:
        if misfit is None:
            return None
        worst = max(worst, misfit)
    return worst
