"""The renderer behind one function: sources and a brand's texts in, the files of the site out.

mkdocs and Material keep state in modules, read the environment and write to a disk, so each render is a process of its
own with a scratch folder from the caller: `python -m themekit.site.render JOB`. Its start costs 0.35 s of CPU; two
renders run side by side. Another renderer would take this module's place: stamping needs only the bytes.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, astuple, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.model import SourceFile
from themekit.site.decided import Decision
from themekit.site.inputs import SiteInputs
from themekit.site.messages import diagnostics_of
from themekit.site.removals import Removal, report_removals
from themekit.site.variant import DOCS, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RENDER_FAILED = Code("render-failed", summary="The site renderer stopped with an error.")
PARTNER_PAGE = Code(
    "partner-page", summary="An overlay page of a brand takes too long to render, or cannot be rendered."
)

DATA_MOUNT = PurePosixPath("@themekit/site")
"""Where sources hold the theme's own files; without any, those of the installed package are used."""

CONFIGURATION = PurePosixPath("mkdocs.yml")
EPOCH_S = 315532800  # 1980-01-01, the earliest time a zip can hold; no page shows it
TIME_LIMIT_S = 900  # the largest site measured (1002 pages) takes 241 s on a loaded machine
MEMORY_BYTES = 4 << 30  # a render of 1002 pages takes 1 GB
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH")


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """Files by path, relative to the site's root, in path order; empty if the render failed."""

    files: Mapping[PurePosixPath, bytes]
    diagnostics: tuple[Diagnostic, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """What was decided by texts, if the render watched them."""


def render_site(sources: Sequence[SourceFile], inputs: SiteInputs, *, scratch: Path) -> RenderedSite:
    """One render of `mkdocs.yml` and `docs_src/**`. `scratch` is an empty folder that the caller removes."""
    (rendered,) = render_sites(sources, (inputs,), scratch=scratch)
    return rendered


def render_sites(
    sources: Sequence[SourceFile], each: Sequence[SiteInputs], *, scratch: Path, watches: bool = False
) -> tuple[RenderedSite, ...]:
    """One render for each inputs, at the same time. Never raises on a mistake in the sources.

    With `watches`, the texts take note of what is decided by them: see reads.py.
    """
    started = []
    for number, inputs in enumerate(each):
        folder = scratch / f"render-{number}"
        _lay_out(sources, inputs, folder, watches=watches)
        started.append((inputs, folder, _start(folder)))
    finished = []
    for inputs, folder, process in started:
        finished.append(_finish(process, folder, sources, inputs))
        if any(found.code == PARTNER_PAGE.name for found in finished[-1].diagnostics):
            for _, _, other in started:
                other.kill()  # it would pay the same time for the same page
    return tuple(finished)


def _lay_out(sources: Sequence[SourceFile], inputs: SiteInputs, folder: Path, *, watches: bool = False) -> None:
    data = [source for source in sources if source.path.is_relative_to(DATA_MOUNT)]
    for source in sources:
        if source.path.is_relative_to(DATA_MOUNT):
            _write(folder / "data" / source.path.relative_to(DATA_MOUNT), source.content)
        elif source.path == CONFIGURATION or source.path.is_relative_to(DOCS):
            _write(folder / "project" / source.path, source.content)
    for source in inputs.overlay:
        _write(folder / "overlay" / source.path, source.content)
    job = {
        "variant": asdict(inputs.variant),
        "fields": dict(inputs.fields),
        "overlay": [str(source.path) for source in inputs.overlay],
        "has_data": bool(data),
        "watches": watches,
    }
    _write(folder / "job.json", json.dumps(job).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def render_environment(home: Path) -> dict[str, str]:
    """The variables of a process that runs mkdocs: the same on every machine, but for where Python is."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {
        "SOURCE_DATE_EPOCH": str(EPOCH_S),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "HOME": str(home),
    }


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "themekit.site.render", str(folder.resolve())]
    # Our own interpreter and our own module: nothing of a user's is on the command line.
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        env=render_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _finish(
    process: subprocess.Popen[bytes], folder: Path, sources: Sequence[SourceFile], inputs: SiteInputs
) -> RenderedSite:
    try:
        output, _ = process.communicate(timeout=TIME_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    report = Reporter()
    result_path = folder / "result.json"
    result = json.loads(result_path.read_bytes()) if result_path.exists() else {"messages": []}
    found = diagnostics_of(result["messages"], sources=sources, overlay=inputs.overlay)
    for path, removed in result.get("removed", {}).items():
        source = next((each for each in inputs.overlay if str(each.path) == path), None)
        if source is not None:
            found += report_removals((Removal(*each) for each in removed), source)
    if partner := result.get("partner"):
        path = next((source.path for source in inputs.overlay if str(source.path).endswith(partner["path"])), None)
        report(PARTNER_PAGE, Span(path or PurePosixPath(partner["path"]), 1, 1), partner["reason"])
    elif process.returncode != 0:
        last = output.decode(errors="replace").strip().split("\n")[-1]
        reason = result.get("error") or (f"the renderer ended with {process.returncode}: {last}")
        report(RENDER_FAILED, None, reason)
    files = _read_tree(folder / "site") if process.returncode == 0 else {}
    shutil.rmtree(folder)
    decisions = tuple(Decision(*each) for each in result.get("decisions", ()))
    return RenderedSite(files, (*found, *report.diagnostics), decisions)


def _read_tree(folder: Path) -> dict[PurePosixPath, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes() for path in paths}


class _Messages(logging.Handler):
    """Keeps what mkdocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())


def main(folder: Path) -> int:
    """Render the job in the folder, inside the process of its own; 0 if there is a site."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - mkdocs is loaded in this process only
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    from themekit.site.plugin import DATA, ThemekitPlugin  # noqa: PLC0415
    from themekit.site.reads import Reads  # noqa: PLC0415
    from themekit.site.time_limit import PartnerPageError, limit_time  # noqa: PLC0415

    job = json.loads((folder / "job.json").read_bytes())
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    result: dict[str, object] = {}
    plugin = None
    try:
        config = load_config(str(folder / "project" / CONFIGURATION), site_dir=str(folder / "site"))
        plugin = config.plugins.get("themekit")
        if not isinstance(plugin, ThemekitPlugin):
            result["error"] = "mkdocs.yml does not list the plugin `themekit`"
            return _end(folder, result, messages)
        reads = Reads() if job["watches"] else None
        plugin.use(_inputs_of(job, folder), data_folder=folder / "data" if job["has_data"] else DATA, reads=reads)
        if job["overlay"]:
            _limit_memory()
        build(config)
        result["decisions"] = [astuple(each) for each in reads.found] if reads else []
        result["removed"] = {
            str(source.path): [astuple(each) for each in plugin.removals.get(path, ())]
            for path, source in plugin.partner_pages.items()
        }
    except PartnerPageError as error:
        result["partner"] = {"path": error.path, "reason": error.reason}
    except Exception as error:
        if isinstance(plugin, ThemekitPlugin) and plugin.partner_page:
            result["partner"] = {"path": plugin.partner_page, "reason": f"it cannot be rendered: {error}"}
        elif isinstance(error, MkDocsException):
            result["error"] = "; ".join(messages.errors) or str(error)
        else:
            raise
    finally:
        limit_time(None, 0)  # a page that failed left its clock running
    return _end(folder, result, messages)


def _limit_memory() -> None:
    """A partner's page that swells ends this process, not the machine."""
    import resource  # noqa: PLC0415 - only the process of a render limits itself

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ValueError, OSError):  # pragma: no cover - macOS knows the name and refuses it
        return


def _end(folder: Path, result: dict[str, object], messages: _Messages) -> int:
    is_done = not {"error", "partner"} & result.keys()
    result["messages"] = messages.warnings
    _write(folder / "result.json", json.dumps(result).encode())
    return 0 if is_done else 1


def _inputs_of(job: dict[str, Any], folder: Path) -> SiteInputs:
    structure: Any = job["variant"]
    lists = {name: tuple(value) for name, value in structure.items() if isinstance(value, list)}
    variant = Variant(**{**structure, **lists})
    overlay = tuple(
        SourceFile(PurePosixPath(path), (folder / "overlay" / path).read_bytes()) for path in job["overlay"]
    )
    return SiteInputs(variant, job["fields"], overlay)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
