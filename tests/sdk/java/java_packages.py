"""Java SDKs as folders: emitted, stamped with one brand's values, compiled once for all tests that need them."""

import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

from themekit.model.sdk import SdkOptions
from themekit.model.site import SourceFile
from themekit.sdk.java import LANGUAGE
from themekit.source.api import read_api

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
SHARED = Path(os.environ.get("THEMEKIT_SHARED") or ROOT.parent / "shared")
SPECS = SHARED / "specs"
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"
SMALL = HERE / "small" / "openapi.yaml"
PACKAGE = "com.acme.pay"
VALUES = {
    "id": "acme",
    "name": "ACME",
    "legal-name": "ACME Inc.",
    "version": "1.2.3",
    "base-url": "https://api.acme.example/v1",
    "sandbox-url": "https://sandbox.acme.example/v1",
    "home-url": "https://acme.example/",
    "docs-url": "https://docs.acme.example/",
    "client": "AcmePay",
    "java-group": "com.acme",
    "java-artifact": "acme-pay",
    "java-package": PACKAGE,
    "java-path": "com/acme/pay",
}
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for a short run the second compiler costs more than it gives
JAVAC = shutil.which("javac")


def sources():
    """What the language is given besides the API."""
    data = ROOT / "themekit" / "data"
    return tuple(
        SourceFile(PurePosixPath(file.relative_to(data).as_posix()), file.read_bytes())
        for folder in LANGUAGE.sources
        for file in sorted((data / folder).rglob("*"))
        if file.is_file()
    )


def api_of(path):
    """The API of a description, which has no mistake."""
    api, diagnostics = read_api(PurePosixPath(path.name), path.read_bytes(), read=lambda _: None)
    assert api is not None, [each.message for each in diagnostics]
    return api


def template_of(api, *, with_tests=True):
    return LANGUAGE.emit(api, SdkOptions(sources(), with_tests))


def filled(parts):
    return "".join(part if isinstance(part, str) else VALUES[part.field] for part in parts)


def texts(template):
    """The files by path, for one brand."""
    return {filled(file.path): filled(file.parts) for file in template.files}


def write(template, folder):
    for path, text in texts(template).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def compiled(files, out, *, classpath=""):
    """The compiler's messages in its strictest mode; "" is: none."""
    listing = out.with_name(out.name + ".files")
    listing.write_text("".join(f'"{file}"\n' for file in sorted(files)), encoding="utf-8")
    command = ["javac", *(f"-J{each}" for each in QUICK), "-proc:none", "-encoding", "UTF-8", "--release", "11"]
    command += ["-Xlint:all", "-Werror", "-d", str(out), f"@{listing}"]
    command += ["-cp", classpath] if classpath else []
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=400)
    return done.stdout + done.stderr if done.returncode else ""


def java(*arguments, env=None, timeout=300):
    """A program's output, which must succeed."""
    done = subprocess.run(
        ["java", *QUICK, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, **(env or {})},
    )
    assert 0 == done.returncode, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout
