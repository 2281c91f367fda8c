"""Objects by name under any URL that fsspec knows (`s3://bucket/folder`, `file:///shared/folder`, `memory://name`).

Nothing here raises for what a store does: one that refuses, fails or is away is said once in `problems`, and not asked
again. fsspec is imported when an object is first asked for, so a build that finds all it needs on its disk never
pays for it (150 ms of CPU, and 0.8 s more for S3).

No credential can be printed, as none is ever known here: a URL with a password is refused, and fsspec takes keys from
the environment, its own configuration or the machine's role. Reasons are the names of errors, never their texts.
"""

from __future__ import annotations

import errno
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")

AT_ONCE = 16  # requests in flight: a request to S3 takes 10 to 40 ms, nearly all of it waiting
# One request of these is one whole object; elsewhere an object is written beside its name and then renamed.
_WHOLE_PUTS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oci", "oss", "memory"})
# Without these botocore tries for minutes before it says that nobody answers.
_S3_PATIENCE: Mapping[str, object] = {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 2}}
_NEEDS = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs"}


class UnusableStoreUrl(ValueError):  # noqa: N818  # the field's word
    """The URL cannot be that of a store; the message says why without the URL, which may hold a password."""


class _FileSystem(Protocol):
    """What is used of fsspec's AbstractFileSystem, which has no types."""

    def cat_file(self, path: str) -> bytes: ...
    def pipe_file(self, path: str, value: bytes) -> None: ...
    def exists(self, path: str) -> bool: ...
    def ls(self, path: str, *, detail: bool) -> list[dict[str, object]]: ...
    def mv(self, path1: str, path2: str) -> None: ...
    def rm_file(self, path: str) -> None: ...
    def makedirs(self, path: str, *, exist_ok: bool) -> None: ...
    def invalidate_cache(self) -> None: ...


def check_store_url(url: str) -> str:
    """The URL itself.

    Raises UnusableStoreUrl for one without a scheme that fsspec knows, with a password, or whose library is missing.
    """
    parts = urlsplit(url)
    if not parts.scheme or "://" not in url:
        raise UnusableStoreUrl("a store is a URL, such as `s3://bucket/folder` or `file:///shared/folder`")
    if "@" in parts.netloc and (":" in parts.netloc.rpartition("@")[0] or parts.scheme in _NEEDS):
        raise UnusableStoreUrl("the store's URL has a password in it: give credentials in the environment")
    for library in ("fsspec", _NEEDS.get(parts.scheme, "fsspec")):
        if find_spec(library) is None:
            raise UnusableStoreUrl(f"a store at `{parts.scheme}://` needs `{library}`: install `themekit[remote]`")
    from fsspec import available_protocols  # noqa: PLC0415  # an optional library

    if parts.scheme not in available_protocols():
        message = f"no file system is known as `{parts.scheme}`"
        near = get_close_matches(parts.scheme, available_protocols(), n=1)
        raise UnusableStoreUrl(f"{message}: did you mean `{near[0]}`?" if near else message)
    return url


@dataclass(slots=True)
class Objects:
    """Objects by name below a URL. Names are relative, with forward slashes."""

    url: str
    problems: list[str]
    _opened: tuple[_FileSystem, str] | None = None
    _is_away: bool = False
    _refuses: bool = False
    _folders: set[str] = field(default_factory=set)

    def get(self, name: str) -> bytes | None:
        """The object, or None if it is not there or cannot be read."""
        return self._asked(lambda system, root: system.cat_file(f"{root}/{name}"))

    def put(self, name: str, content: bytes) -> bool:
        """Write the object, whole or not at all; whether it was written."""
        if self._refuses or self._is_away:
            return False
        try:
            system, root = self._open()
            self._write(system, f"{root}/{name}", content)
        except Exception as error:  # noqa: BLE001  # a store may fail in any way its library thinks of
            self._refuses = True
            self._say(f"{self.url}: refuses to be written ({_reason(error)}), so what was made here is not shared")
            return False
        return True

    def has(self, name: str) -> bool:
        """The object is there."""
        return self._asked(lambda system, root: system.exists(f"{root}/{name}")) or False

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the objects in a folder, the latest first."""

        def listed(system: _FileSystem, root: str) -> tuple[str, ...]:
            system.invalidate_cache()
            found = system.ls(f"{root}/{folder}", detail=True)
            found.sort(key=_time_of, reverse=True)
            return tuple(PurePosixPath(str(each["name"])).name for each in found)

        return self._asked(listed) or ()

    def get_many(self, names: Sequence[str]) -> dict[str, bytes]:
        """Those of the objects that are there, asked for side by side."""
        found = zip(names, self._each(self.get, names), strict=True)
        return {name: content for name, content in found if content is not None}

    def put_missing(self, contents: Mapping[str, bytes]) -> bool:
        """Write those objects that are not there yet, side by side; whether all are there now."""
        return all(self._each(lambda name: self.has(name) or self.put(name, contents[name]), contents))

    def _each(self, ask: Callable[[str], T], names: Iterable[str]) -> list[T]:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # brings logging: an unchanged build asks nobody

        self._asked(lambda *_: True)  # connects before the threads do
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(ask, names))

    def _asked(self, ask: Callable[[_FileSystem, str], T]) -> T | None:
        """What the store answers; None if the object is missing, or once the store has failed."""
        if self._is_away:
            return None
        try:
            return ask(*self._open())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except Exception as error:  # noqa: BLE001  # as above
            self._is_away = True
            self._say(f"{self.url}: cannot be read ({_reason(error)}), so nothing is taken from there or put there")
            return None

    def _open(self) -> tuple[_FileSystem, str]:
        if self._opened is None:
            import fsspec  # noqa: PLC0415  # 150 ms that only a store behind a URL needs

            options = {"config_kwargs": _S3_PATIENCE} if urlsplit(self.url).scheme in {"s3", "s3a"} else {}
            system, root = fsspec.core.url_to_fs(self.url, **options)
            self._opened = cast("_FileSystem", system), str(root).rstrip("/")
        return self._opened

    def _write(self, system: _FileSystem, path: str, content: bytes) -> None:
        if urlsplit(self.url).scheme in _WHOLE_PUTS:
            system.pipe_file(path, content)
            return
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            system.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        temporary = f"{folder}/.{name[:16]}-{secrets.token_hex(8)}"
        try:
            system.pipe_file(temporary, content)
            system.mv(temporary, path)
        except BaseException:
            with suppress(Exception):
                system.rm_file(temporary)
            raise

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _time_of(entry: dict[str, object]) -> str:
    """When an object was written, in a form that sorts; file systems name it differently."""
    return str(entry.get("LastModified") or entry.get("mtime") or entry.get("created") or "")


def _reason(error: Exception) -> str:
    """The error by its names alone: texts of servers and libraries may hold URLs, keys or headers."""
    number = (isinstance(error, OSError) and error.errno) or 0
    return f"{type(error).__name__} {errno.errorcode.get(number, '')}".rstrip()
