"""Where bundles are published: files by name below any URL that fsspec knows (`file://`, `s3://`, `memory://`).

A file is there whole or not at all. Credentials come from the environment; messages hold names of errors, never texts
of servers.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from themekit.engine.fsspec_store import UnusableStoreUrl, check_store_url

if TYPE_CHECKING:
    from pathlib import Path

_S3 = frozenset({"s3", "s3a"})
_S3_PATIENCE = {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 3}}


class PlaceError(Exception):
    """The place cannot be read or written; the message says which file and how, without credentials."""


class UnusablePlaceError(PlaceError):
    """The address is none that anything could be published to; the message says why."""


def open_place(url: str) -> Place:
    """The place at a URL. Raises UnusablePlaceError for a URL that is none, holds a password or needs a library."""
    try:
        check_store_url(url)
    except UnusableStoreUrl as error:
        raise UnusablePlaceError(str(error)) from None
    return Place(url.rstrip("/"))


@dataclass(slots=True)
class Place:
    """Names are relative, with forward slashes; whoever makes one has checked its parts."""

    url: str
    _opened: tuple[Any, str] | None = field(default=None, repr=False)

    @property
    def scheme(self) -> str:
        """Of the URL: `file`, `s3`."""
        return urlsplit(self.url).scheme

    def get(self, name: str) -> bytes | None:
        """The file's content; None if it is not there. Raises PlaceError."""
        try:
            system, root = self._system()
            return bytes(system.cat_file(f"{root}/{name}"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except Exception as error:  # noqa: BLE001  # a store may fail in any way its library thinks of
            raise self._failure("read", name, error) from None

    def put(self, name: str, content: bytes, *, media_type: str) -> None:
        """Write the file, in place of what was there. Raises PlaceError."""
        try:
            system, root = self._system()
            if self.scheme == "file":
                self._staged(f"{root}/{name}", content, is_new=False)
            else:
                system.pipe_file(f"{root}/{name}", content, **self._options(media_type))
        except Exception as error:  # noqa: BLE001  # as above
            raise self._failure("written", name, error) from None

    def create(self, name: str, content: bytes, *, media_type: str) -> bool:
        """Write a file that is not there yet; False if it is there, whoever was quicker. Raises PlaceError."""
        try:
            system, root = self._system()
            path = f"{root}/{name}"
            if self.scheme == "file":
                return self._staged(path, content, is_new=True)
            if system.exists(path):
                return False
            mode = {"mode": "create"} if self.scheme in _S3 else {}
            system.pipe_file(path, content, **mode, **self._options(media_type))
        except FileExistsError:
            return False
        except Exception as error:  # noqa: BLE001  # as above
            raise self._failure("written", name, error) from None
        return True

    def remove(self, name: str) -> None:
        """Remove the file, if it is there. Raises PlaceError."""
        try:
            system, root = self._system()
            with suppress(FileNotFoundError):
                system.rm_file(f"{root}/{name}")
        except Exception as error:  # noqa: BLE001  # as above
            raise self._failure("removed", name, error) from None

    def _system(self) -> tuple[Any, str]:
        if self._opened is None:
            import fsspec  # noqa: PLC0415  # 150 ms that only this needs

            options = {"config_kwargs": _S3_PATIENCE, "use_listings_cache": False} if self.scheme in _S3 else {}
            system, root = fsspec.core.url_to_fs(self.url, **options)
            self._opened = system, str(root).rstrip("/")
        return self._opened

    def _options(self, media_type: str) -> dict[str, str]:
        return {"ContentType": media_type} if self.scheme in _S3 else {}

    def _staged(self, path: str, content: bytes, *, is_new: bool) -> bool:
        """On a disk: beside its name first, then in its place in one step."""
        import os  # noqa: PLC0415  # on a disk only
        from pathlib import Path  # noqa: PLC0415

        from themekit.build.files import make_folder, sync_folder, write_new  # noqa: PLC0415

        target = Path(path)
        make_folder(target.parent)
        stage = _stage(target)
        try:
            write_new(stage, content)
            _sync(stage)
            if is_new:
                os.link(stage, target, follow_symlinks=False)
            else:
                stage.replace(target)
        finally:
            stage.unlink(missing_ok=True)
        sync_folder(target.parent)
        return True

    def _failure(self, done: str, name: str, error: Exception) -> PlaceError:
        return PlaceError(f"{self.url}/{name} could not be {done}: {type(error).__name__}")


def _stage(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}")


def _sync(path: Path) -> None:
    import os  # noqa: PLC0415  # on a disk only

    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
