"""What `--executor` may name: this machine, or a Dask cluster. Light, as each command asks."""

from __future__ import annotations

from importlib.util import find_spec

LOCAL = "local"


class UnusableExecutor(ValueError):  # noqa: N818  # the field's word
    """The value of `--executor` cannot be used; the message says why."""


def check_executor(address: str, *, store_url: str) -> str:
    """The address itself. Raises UnusableExecutor for one of another form, or without what Dask needs."""
    if address == LOCAL:
        return address
    scheme, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if scheme not in {"dask", "dask+tls"} or not host or not port.isdecimal() or "@" in place or "/" in place:
        raise UnusableExecutor("an executor is `local`, `dask://host:port` or `dask+tls://host:port`")
    if not store_url or store_url.startswith("memory:"):
        raise UnusableExecutor(
            "a cluster needs a store that its workers reach: add `--store URL`, such as `s3://bucket`"
        )
    if find_spec("distributed") is None:
        raise UnusableExecutor("a cluster needs `distributed`: install `themekit[dask]`")
    return address
