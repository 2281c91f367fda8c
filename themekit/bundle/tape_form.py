"""The `.tar.zst` form of a bundle, made from the zip and read as strictly."""

from __future__ import annotations

from themekit.bundle.archive import STORED, epoch_of
from themekit.bundle.inflating import TOO_LARGE, inflated
from themekit.bundle.reader import DOWNLOAD_AGAIN, UNSAFE_PATH, Entry, check_names, read_entries, shown
from themekit.bundle.tape import InvalidTarError, TarFile, read_tar, write_tar
from themekit.bundle.zstd import InvalidZstdError, compressed, decompressed
from themekit.diagnostics import Code, Reporter
from themekit.model.portable_path import portability_fault

BAD_TAR = Code("bundle-tar", summary="A bundle in the form of a tar archive is damaged, or not as bundles are written.")
MAX_TAR_BYTES = 1024**3
LEAST_BYTES = 64 * 1024**2
MAX_RATIO = 100  # bundles have 6; a text that repeats itself has 30,000


def tar_of(bundle: bytes) -> bytes:
    """The canonical tar of a bundle in zip form that was verified: its time is the zip's."""
    report = Reporter()
    entries = read_entries(memoryview(bundle), report)
    files = [TarFile(entry.path, b"".join(inflated(entry, report))) for entry in entries]
    if report.found:
        raise ValueError(f"the bundle is not whole: {report.found[0].message}")
    return write_tar(files, epoch_s=epoch_of(bundle))


def tape_of(bundle: bytes) -> bytes:
    """The same, compressed."""
    return compressed(tar_of(bundle))


def read_tape(content: bytes, report: Reporter) -> tuple[Entry, ...]:
    """The files in a `.tar.zst`; everything strange goes to `report`. Memory is bounded by the size of the file."""
    limit = min(MAX_TAR_BYTES, LEAST_BYTES + MAX_RATIO * len(content))
    try:
        tar = decompressed(content, max_bytes=limit)
    except InvalidZstdError as error:
        is_large = "more than" in str(error)
        report(
            TOO_LARGE if is_large else BAD_TAR, None, f"the bundle {error}", hint=None if is_large else DOWNLOAD_AGAIN
        )
        return ()
    return tar_entries(memoryview(tar), report)


def tar_entries(tar: memoryview, report: Reporter) -> tuple[Entry, ...]:
    """The files in the tar itself."""
    try:
        files, _ = read_tar(tar)
    except InvalidTarError as error:
        report(BAD_TAR, None, f"the tar archive {error}", hint="pass on the file as `themekit package` wrote it")
        return ()
    for file in files:
        if fault := portability_fault(file.path):
            report(UNSAFE_PATH, None, f"the path of the member `{shown(file.path)}` {fault}")
    check_names([file.path for file in files], report)
    return tuple(Entry(file.path, STORED, None, len(file.content), memoryview(file.content)) for file in files)
