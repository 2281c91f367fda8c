"""The Java SDK's classes, for all brands: compiled once by a JDK, a foreign tool in a scratch folder."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, get_args

from themekit.build.sdk import sdk_template
from themekit.diagnostics import Code, Diagnostic, Severity, Span
from themekit.engine import heavy
from themekit.engine.encoding import digest
from themekit.model.sdk import SlotField
from themekit.sdk.packages.class_files import probes
from themekit.sdk.packages.maven import SOURCE
from themekit.sdk.stamp import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.sdk.packages.class_files import ClassFiles, Probes

MISSING_JDK = Code("missing-jdk", Severity.WARNING, "Java classes cannot be compiled, so there is no Maven package.")
TIME_LIMIT_S = 600
RELEASE = "11"  # the oldest Java that an SDK runs on


@heavy
def java_template(ask: Ask) -> tuple[Probes, ClassFiles] | None:
    """What `stamped_classes` takes; None if there is no Java SDK, or no JDK.

    The JDK is the first `javac` on PATH: another PATH is looked at anew. Raises RuntimeError if javac finds a mistake,
    which is ours.
    """
    template = ask(sdk_template, "java")
    javac = shutil.which("javac", path=ask.environment("PATH") or "")
    if template is None or javac is None:
        return None
    known = probes(get_args(SlotField), seal=digest(template)[:16])
    sources = {str(file.path): file.content for file in fill(template, known, folder=PurePosixPath())}
    with tempfile.TemporaryDirectory(prefix="themekit-java-") as scratch:
        found = compiled(javac, sources, scratch=Path(scratch))
    return tuple(known.items()), found


def missing_jdk(brand_id: BrandId) -> Diagnostic:
    """The warning that a brand gets no Maven package."""
    place = Span(PurePosixPath("build", brand_id, "packages/maven"), 1, 1)
    message = f"no `javac` was found, so `{brand_id}` gets no Maven package"
    hint = "install a JDK of version 11 or later, or leave the part out with `--only`"
    return Diagnostic(MISSING_JDK.name, MISSING_JDK.severity, message, place, (), hint)


def compiled(javac: str, sources: Mapping[str, bytes], *, scratch: Path) -> ClassFiles:
    """The classes of an SDK's sources, by their paths in a jar. Raises RuntimeError for a mistake in them."""
    chosen = [path for path in sources if path.startswith(SOURCE)]
    for path in chosen:
        target = scratch / "in" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sources[path])
    (scratch / "sources").write_text("".join(f'"in/{path}"\n' for path in chosen), encoding="utf-8")
    command = [javac, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "--release", RELEASE, "-encoding", "UTF-8"]
    command += ["-proc:none", "-implicit:none", "-nowarn", "-d", "out", "@sources"]
    done = subprocess.run(  # noqa: S603 - the JDK, on sources that we emitted
        command, cwd=scratch, capture_output=True, text=True, errors="replace", check=False, timeout=TIME_LIMIT_S
    )
    if done.returncode != 0:
        raise RuntimeError(f"javac refuses the Java SDK:\n{(done.stdout + done.stderr)[:4000]}")
    out = scratch / "out"
    return tuple((path.relative_to(out).as_posix(), path.read_bytes()) for path in sorted(out.rglob("*.class")))
