"""`themekit.lock`: which inputs and tools a release was made from, and what differs from that now.

Inputs are the files below INPUTS, but for hidden ones, by SHA-256: one line a file, so that a review shows what a
change touches. Tools are Python (major and minor), themekit, and the distributions that themekit needs, by version, and
Skia where it can be loaded, as it draws icons then; what else happens to be installed makes no difference to a build.
"""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.project import INPUTS
from themekit.diagnostics import Code, Reporter, Span
from themekit.diagnostics.printable import quoted
from themekit.engine.host import UnreadableInput
from themekit.model import Origin
from themekit.render import skia_svg
from themekit.source.json_text import read_json
from themekit.source.json_value import child_pointer
from themekit.source.locate import all_located

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Host
    from themekit.source.json_value import JsonValue

LOCK = PurePosixPath("themekit.lock")
MAX_BYTES = 16 << 20  # a hundred thousand files
VERSION = 1
DRAWS_ICONS = ("tools", skia_svg.DISTRIBUTION)
DRAWN = "`themekit doctor` says why; install what it names, or run `themekit lock` if this is meant"
AGAIN = "run `themekit lock` if this is meant, and review what it changes"

LOCK_DRIFT = Code("lock-drift", summary="An input or a tool is not the one that themekit.lock names.")
INVALID_LOCK = Code("invalid-lock", summary="themekit.lock is missing, or is not what `themekit lock` writes.")


@dataclass(frozen=True, slots=True)
class Lock:
    """Tools by name with their versions, inputs by path with their digests (`sha256:…`); both sorted by name."""

    tools: Mapping[str, str]
    inputs: Mapping[str, str]


def lock_of(host: Host) -> Lock:
    """What a build of this project, here and now, is made from. A file that cannot be read is left to the build."""
    digests = dict(file for path in INPUTS for file in _inputs(host, path))
    return Lock(tools(), dict(sorted(digests.items())))


def lock_text(lock: Lock) -> str:
    """The lock as JSON, a line for each tool and each input."""
    document = {"version": VERSION, "tools": dict(lock.tools), "inputs": dict(lock.inputs)}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def lock_drift(host: Host) -> tuple[Diagnostic, ...]:
    """Every difference between the project's lock and what it is now, at its line; empty if there is none."""
    content = host.read(LOCK)
    report = Reporter()
    if content is None:
        report(INVALID_LOCK, Span(LOCK, 1, 1), "the project has no `themekit.lock`", hint="run `themekit lock`")
        return report.diagnostics
    document, mistakes = read_json(LOCK, content, max_bytes=MAX_BYTES, if_empty="run `themekit lock`")
    if mistakes or document is None:
        return mistakes
    locked = _parsed(document.value)
    if locked is None:
        report(INVALID_LOCK, Span(LOCK, 1, 1), "the file is not what this version writes", hint="run `themekit lock`")
        return report.diagnostics
    now = lock_of(host)
    _compare(report, locked.tools, now=now.tools, member="tools")
    _compare(report, locked.inputs, now=now.inputs, member="inputs")
    text = content.decode("utf-8-sig", "replace")
    return all_located(report.found, lambda path: text if path == LOCK else None)


def _compare(report: Reporter, locked: Mapping[str, str], *, now: Mapping[str, str], member: str) -> None:
    for name, value in locked.items():
        place = Origin(LOCK, child_pointer(f"/{member}", name))
        if name not in now and (member, name) == DRAWS_ICONS:
            report(LOCK_DRIFT, place, f"`{name}` is not here, so resvg draws icons, with other bytes", hint=DRAWN)
        elif name not in now:
            report(LOCK_DRIFT, place, f"{quoted(name)} is gone", hint=AGAIN)
        elif value != now[name] and member == "tools":
            report(
                LOCK_DRIFT,
                place,
                f"{quoted(name)} is {quoted(now[name])} here, and locked is {quoted(value)}",
                hint=AGAIN,
            )
        elif value != now[name]:
            report(LOCK_DRIFT, place, f"{quoted(name)} has changed", hint=AGAIN)
    for name in sorted(now.keys() - locked.keys()):
        why = ", and draws icons with other bytes than resvg did" if (member, name) == DRAWS_ICONS else ""
        report(LOCK_DRIFT, Origin(LOCK, f"/{member}", "key"), f"{quoted(name)} is not locked{why}", hint=AGAIN)


def _parsed(value: JsonValue) -> Lock | None:
    if not isinstance(value, dict) or value.get("version") != VERSION or len(value) != len(("version", *_MEMBERS)):
        return None
    found = [_texts(value.get(member)) for member in _MEMBERS]
    return None if None in found else Lock(*(each or {} for each in found))


_MEMBERS = ("tools", "inputs")


def _texts(value: JsonValue) -> dict[str, str] | None:
    if not isinstance(value, dict):
        return None
    texts = {name: text for name, text in value.items() if isinstance(text, str)}
    return texts if len(texts) == len(value) else None


def _inputs(host: Host, path: PurePosixPath) -> Iterator[tuple[str, str]]:
    """Path and digest of the file, or of every file below the folder."""
    try:
        names = host.list(path)
        content = None if names else host.read(path)
    except UnreadableInput:
        return
    if content is not None:
        yield str(path), f"sha256:{sha256(content).hexdigest()}"
    for name in names:
        if not name.startswith("."):
            yield from _inputs(host, path / name)


@cache
def tools() -> Mapping[str, str]:
    """The versions of Python, themekit and every installed distribution that it needs, directly or not; and of Skia."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415  # 20 ms, only with a lock

    from packaging.requirements import Requirement  # noqa: PLC0415  # the same
    from packaging.utils import canonicalize_name  # noqa: PLC0415  # the same

    found: dict[str, str] = {}
    pending = ["themekit"]
    while pending:
        name = canonicalize_name(pending.pop())
        try:
            known = distribution(name)
        except PackageNotFoundError:  # of an extra that is not installed, or of another system
            continue
        if name in found:
            continue
        found[name] = known.version
        needs = map(Requirement, known.requires or ())
        pending += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    if skia_svg.is_there():  # not only installed: without the system's libGL it draws nothing
        found[skia_svg.DISTRIBUTION] = version_of_skia()
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **dict(sorted(found.items()))}


def version_of_skia() -> str:
    """Of the distribution that is installed."""
    from importlib.metadata import version  # noqa: PLC0415  # 20 ms, only with a lock

    return version(skia_svg.DISTRIBUTION)
