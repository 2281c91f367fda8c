"""Texts that tell what is asked of them besides showing them, while a site is rendered with probes.

Two probes show where a text stands. They cannot show that a plugin compares it with another, or asks for its length,
if the outcome is the same for both. So the configuration holds texts that take note of such a question, of who asked
it, and for which page. Whether there is a text at all may be asked: that is in the structure key.
"""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2
import markdown
import markupsafe
import material
import mkdocs
import pymdownx  # type: ignore[import-untyped]
from markupsafe import Markup

from themekit.site.decided import Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_DERIVING = """
    __add__ __format__ __getitem__ __mod__ __mul__ __radd__ __rmod__ __rmul__ capitalize casefold center expandtabs
    format ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip striptags swapcase title translate
    unescape upper zfill
""".split()  # noqa: SIM905 - a list of thirty names
"""Operations whose outcome is a text, which is watched as well. Where it is shown, two probes see what it is."""
_COMPARING = {"__eq__", "__ge__", "__gt__", "__hash__", "__le__", "__lt__", "__ne__"}
_SHOWING = {"encode", "join", "maketrans", "__getnewargs__"}
_ASKING = sorted(set(dir(str)) - (set(dir(object)) - _COMPARING) - _SHOWING - set(_DERIVING))
"""All others: their outcome is no text, so something may be decided by it."""


def _folder(module: Any) -> str:  # noqa: ANN401 - modules without types
    return f"{Path(module.__file__).parent}/"


_HANDS_ON = (_folder(jinja2), _folder(markupsafe), "<frozen", "<string>")
_STANDARD = (f"{sysconfig.get_path('stdlib')}/", f"{sysconfig.get_path('platstdlib')}/")
_PACKAGES = (f"{sysconfig.get_path('purelib')}/", f"{sysconfig.get_path('platlib')}/")
_KNOWN = (_folder(mkdocs), _folder(material), _folder(markdown), _folder(pymdownx), f"{Path(__file__).parents[1]}/")
"""Code, templates included, that is the same in every project: laws and oracles hold what it does with texts."""


@dataclass(slots=True)
class Reads:
    """What was asked while one site was rendered. `file` is the one that is being made, "" for none."""

    file: str = ""
    is_page: bool = False
    found: dict[Decision, None] = field(default_factory=dict)

    def watched(self, name: str, value: str) -> str:
        """The field's text, of the same type, that takes note here."""
        text: Any = str.__new__(_WatchedMarkup if isinstance(value, Markup) else _WatchedText, value)
        text.field, text.reads = name, self
        return cast("str", text)

    def note(self, name: str, operation: str, frame: FrameType | None) -> None:
        """Take note of a question, unless code that is the same in every project asks it."""
        while frame is not None and _hands_on(frame.f_code.co_filename):
            frame = frame.f_back
        if frame is None or frame.f_code.co_filename.startswith(_KNOWN):
            return
        file = Path(frame.f_code.co_filename)  # of a template the lines are those that Jinja wrote
        asker = f"{file.name}:{frame.f_lineno}" if file.suffix == ".py" else file.name
        self.found[Decision(self.file, self.is_page, name, operation.strip("_"), asker)] = None


def _hands_on(file: str) -> bool:
    """Code that asks on behalf of its caller: the standard library, Jinja."""
    return file.startswith(_HANDS_ON) or (file.startswith(_STANDARD) and not file.startswith(_PACKAGES))


class _Watched:
    """The part that both types of texts share; it comes before `str`. Without `reads`, nothing is noted."""

    field = ""
    reads: Reads | None = None

    def __bool__(self) -> bool:
        """Presence, which is in the structure key."""
        return str.__len__(self) > 0  # type: ignore[arg-type]

    def __str__(self) -> str:
        """Itself, so that `str()` does not lose sight of it."""
        return self  # type: ignore[return-value]

    def __copy__(self) -> _Watched:
        """Itself: a text does not change."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> _Watched:
        """The same."""
        return self


def _asking(operation: str, base: type[str]) -> Callable[..., Any]:
    of_base = getattr(base, operation)

    def asked(self: _Watched, *args: object) -> Any:  # noqa: ANN401 - as the base's
        if self.reads is not None:
            self.reads.note(self.field, operation, sys._getframe(1))  # noqa: SLF001 - `inspect` takes ten times as long
        return of_base(self, *args)

    return asked


def _deriving(operation: str, base: type[str]) -> Callable[..., Any]:
    of_base = getattr(base, operation)

    def derived(self: _Watched, *args: object, **kwargs: object) -> Any:  # noqa: ANN401 - as the base's
        made = of_base(self, *args, **kwargs)
        return made if self.reads is None or not isinstance(made, str) else self.reads.watched(self.field, made)

    return derived


def _added(self: _Watched, other: object) -> Any:  # noqa: ANN401 - as `str + str`, where this is the second
    made = str.__add__(other, self) if isinstance(other, str) else NotImplemented  # type: ignore[operator]
    return made if self.reads is None or made is NotImplemented else self.reads.watched(self.field, made)


def _watching(base: type[str]) -> Any:  # noqa: ANN401 - a type made here, whose methods are those of its base
    methods = {operation: _asking(operation, base) for operation in _ASKING}
    methods |= {name: _deriving(name, base) for name in _DERIVING if hasattr(base, name)}
    return type(f"Watched{base.__name__.capitalize()}", (_Watched, base), {"__radd__": _added, **methods})


_WatchedText, _WatchedMarkup = _watching(str), _watching(Markup)
