"""What makes a new bundle of an old one: the new files, told by the old ones, and how each member was compressed.

A patch is a file of Zstandard. Its first frame is one that unpackers skip: the head, JSON in a frame of its own. The
second is the new bundle's canonical tar, from the old one's: `zstd -d --patch-from OLD.tar` unpacks it, too.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from themekit.bundle.archive import EARLIEST_S, MAX_BYTES, Header, Member, epoch_of, write_zip
from themekit.bundle.inflating import inflated
from themekit.bundle.reader import Entry, read_entries
from themekit.bundle.recipe import KEPT, InvalidRecipeError, Recipe, cooked, parse_recipe, recipe_of
from themekit.bundle.tape import InvalidTarError, TarFile, read_tar, write_tar
from themekit.bundle.verify import verify_bundle
from themekit.bundle.zstd import SKIPPABLE, InvalidZstdError, compressed, decompressed, patched_from
from themekit.diagnostics import Code, Diagnostic, Reporter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.bundle.manifest import Manifest

FORMAT = "themekit-patch/1"
BAD_PATCH = Code("bundle-patch", summary="A patch does not fit the bundle it is applied to, or is damaged or hostile.")
MAX_HEAD_BYTES = 64 * 1024 * 1024
MAX_GROWTH = 4
LEAST_BYTES = 64 * 1024 * 1024
"""A new bundle unpacks to four times what the old one does, and 64 MB, at most."""
LATEST_S = 4_354_819_199  # the end of 2107, the last year a zip can hold

_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEAD = frozenset({"epoch", "format", "new", "old", "recipes", "size", "zlib-ng"})


class InvalidPatchError(ValueError):
    """A patch that cannot be applied; the message says why, as a clause after "the patch"."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch as its file has it: SHA-256 of both zips, the size of the new tar, and a recipe a member."""

    old: str
    new: str
    size: int
    epoch_s: int
    zlib_ng: str
    recipes: tuple[Recipe, ...]
    frame: memoryview


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """A verified bundle with the content of each member."""

    entries: tuple[Entry, ...]
    files: tuple[TarFile, ...]
    tar: bytes
    manifest: Manifest


def make_patch(old: bytes, new: bytes) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The patch from one bundle to another of its brand; nothing, with the reasons, if one is no whole bundle."""
    report = Reporter()
    before, after = _unpacked(old, report), _unpacked(new, report)
    if before is None or after is None:
        return b"", report.diagnostics
    if before.manifest.brand.id != after.manifest.brand.id:
        of, to = before.manifest.brand.id, after.manifest.brand.id
        report(BAD_PATCH, None, f"the old bundle is of the brand `{of}`, the new one of `{to}`")
        return b"", report.diagnostics
    head = {
        "epoch": epoch_of(new),
        "format": FORMAT,
        "new": hashlib.sha256(new).hexdigest(),
        "old": hashlib.sha256(old).hexdigest(),
        "recipes": [recipe.as_json() for recipe in _recipes(before, after)],
        "size": len(after.tar),
        "zlib-ng": version("zlib-ng"),
    }
    packed = compressed(json.dumps(head, separators=(",", ":"), sort_keys=True).encode())
    patch = SKIPPABLE + len(packed).to_bytes(4, "little") + packed + patched_from(before.tar, after.tar)
    made, found = apply_patch(old, patch)
    if made != new:
        raise AssertionError(f"the patch does not make the bundle it was made for: {found}")
    return patch, ()


def apply_patch(old: bytes, patch: bytes) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The new bundle, verified; nothing, with the reasons, if the patch is not for this bundle or cannot be trusted.

    The patch may be hostile: work is bounded by the size of the old bundle.
    """
    report = Reporter()
    try:
        parsed = parse_patch(patch)
        _require_base(parsed, old)
        before = _unpacked(old, report)
        made = b"" if before is None else _applied(before, parsed)
    except (InvalidPatchError, InvalidRecipeError) as error:
        report(BAD_PATCH, None, f"the patch {error}", hint="download the patch again, or the whole bundle")
        return b"", report.diagnostics
    if before is None:
        return b"", report.diagnostics
    _, faults = verify_bundle(made, expected_brand=before.manifest.brand.id)
    return (b"" if faults else made), faults


def parse_patch(patch: bytes) -> Patch:
    """What a patch says; nothing is applied. Raises InvalidPatchError or InvalidRecipeError."""
    size = int.from_bytes(patch[4:8], "little")
    if patch[:4] != SKIPPABLE or size > len(patch) - 8:
        raise InvalidPatchError("is none, or is cut off")
    try:
        head = json.loads(decompressed(patch[8 : 8 + size], max_bytes=min(MAX_HEAD_BYTES, LEAST_BYTES)))
    except InvalidZstdError as error:
        raise InvalidPatchError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InvalidPatchError("has a head that is not JSON") from error
    if not isinstance(head, dict) or head.get("format") != FORMAT or head.keys() != _HEAD:
        raise InvalidPatchError(f"is not of the format `{FORMAT}`, the only one known here")
    digests, recipes = (head["old"], head["new"]), head["recipes"]
    if not all(isinstance(each, str) and _SHA256.fullmatch(each) for each in digests):
        raise InvalidPatchError("names a bundle by something that is no SHA-256")
    numbers = (head["size"], head["epoch"])
    if not all(type(each) is int for each in numbers) or not EARLIEST_S <= head["epoch"] <= LATEST_S:
        raise InvalidPatchError("has a size or a time that is none")
    if not isinstance(recipes, list) or not isinstance(head["zlib-ng"], str):
        raise InvalidPatchError("has a head with a member of a wrong type")
    parsed = tuple(parse_recipe(each) for each in recipes)
    return Patch(*digests, *numbers, head["zlib-ng"], parsed, memoryview(patch)[8 + size :])


def _require_base(patch: Patch, old: bytes) -> None:
    if hashlib.sha256(old).hexdigest() != patch.old:
        raise InvalidPatchError(f"is for another old bundle: the one with the SHA-256 {patch.old}")
    if patch.zlib_ng != version("zlib-ng"):
        raise InvalidPatchError(f"needs zlib-ng {patch.zlib_ng}, here is {version('zlib-ng')}")


def _unpacked(bundle: bytes, report: Reporter) -> _Unpacked | None:
    verification, faults = verify_bundle(bundle)
    report.found += faults
    if faults or verification.manifest is None:
        return None
    entries = read_entries(memoryview(bundle), report)
    if not entries:
        report(BAD_PATCH, None, "patches are between bundles in zip form")
        return None
    files = tuple(TarFile(entry.path, b"".join(inflated(entry, report))) for entry in entries)
    return _Unpacked(entries, files, write_tar(files, epoch_s=epoch_of(bundle)), verification.manifest)


def _recipes(before: _Unpacked, after: _Unpacked) -> Sequence[Recipe]:
    known = {entry.path: (entry, file.content) for entry, file in zip(before.entries, before.files, strict=True)}
    recipes = []
    for entry, file in zip(after.entries, after.files, strict=True):
        other, content = known.get(entry.path, (None, b""))
        is_kept = (
            other is not None and content == file.content and (other.method, other.data) == (entry.method, entry.data)
        )
        recipes.append(Recipe(KEPT) if is_kept else recipe_of(entry, bytes(file.content)))
    return recipes


def _applied(before: _Unpacked, patch: Patch) -> bytes:
    limit = min(LEAST_BYTES + MAX_GROWTH * len(before.tar), MAX_BYTES)
    if not 0 < patch.size <= limit:
        raise InvalidPatchError(f"would unpack to more than {limit} bytes, from a bundle of {len(before.tar)}")
    try:
        tar = decompressed(patch.frame, max_bytes=patch.size, old=before.tar)
        files, _ = read_tar(memoryview(tar))
    except (InvalidZstdError, InvalidTarError) as error:
        raise InvalidPatchError(str(error)) from error
    if len(files) != len(patch.recipes):
        raise InvalidPatchError("has another number of recipes than of files")
    known = {entry.path: (entry, file.content) for entry, file in zip(before.entries, before.files, strict=True)}
    members = (_member(file, recipe, known) for file, recipe in zip(files, patch.recipes, strict=True))
    try:
        made = write_zip(members, epoch_s=patch.epoch_s)
    except (InvalidPatchError, InvalidRecipeError):
        raise
    except ValueError as error:
        raise InvalidPatchError(f"makes no bundle: {error}") from error
    if hashlib.sha256(made).hexdigest() != patch.new:
        raise InvalidPatchError("does not make the bundle that it names")
    return made


def _member(file: TarFile, recipe: Recipe, known: dict[str, tuple[Entry, bytes | memoryview]]) -> Member:
    content = bytes(file.content)
    if recipe.how != KEPT:
        return cooked(file.path, content, recipe=recipe)
    entry, old = known.get(file.path, (None, b""))
    if entry is None or old != content:
        raise InvalidPatchError("keeps a member that the old bundle does not have")
    data = bytes(entry.data)
    return Member(Header(file.path, entry.method, entry.crc32 or 0, len(data), entry.size), data)
