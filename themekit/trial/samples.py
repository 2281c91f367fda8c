"""The reference's samples, compiled against a brand's SDKs by the languages' own compilers, in a scratch folder.

A language whose compiler is not installed is left out, and said to be: of its samples nothing is known then.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand
from themekit.build.reference import language_samples
from themekit.build.sdk import SDK, sdk_files
from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.stamp import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from themekit.build.project import Project
    from themekit.model import Brand, BrandId
    from themekit.site.reference.samples import Sample

TIME_LIMIT_S = 900
MOST_TOLD = 20
_NUMBERED = re.compile(r"\bs(\d+)[./\\]")


@dataclass(frozen=True, slots=True)
class Compiler:
    """How samples of one language are compiled: all in one run.

    `path` is a sample's file, `head` what is put before its text; `command` is None if the compiler is not there.
    `prepare` gives files besides.
    """

    path: Callable[[int], str]
    command: Callable[[Path, Brand], list[str] | None]
    head: Callable[[int], str] = lambda _: ""
    prepare: Callable[[Brand], Mapping[str, str]] = lambda _: {}
    environment: tuple[tuple[str, str], ...] = ()


def compiled_samples(
    project: Project, brand_id: BrandId, *, tell: Callable[[str], None]
) -> dict[str, list[tuple[Sample, bool]]]:
    """For each language its samples, and whether each compiles."""
    known = project.engine.get(brand, brand_id)
    found: dict[str, list[tuple[Sample, bool]]] = {}
    for language, compiler in COMPILERS.items():
        samples = [sample for _, sample in project.engine.get(language_samples, language)]
        if known is None or not samples:
            continue
        with tempfile.TemporaryDirectory(prefix="themekit-samples-") as scratch:
            folder = Path(scratch)
            command = compiler.command(folder, known)
            if command is None:
                tell(f"samples in {language} are not compiled: its compiler is not installed")
                continue
            files = {str(each.path): each.content for each in project.engine.get(sdk_files, brand_id, language)}
            _lay_out(folder, {**files, **_sample_files(samples, compiler, known)})
            refused = _refused(command, folder, compiler)
        found[language] = [(sample, number not in refused) for number, sample in enumerate(samples)]
        tell(f"compiled {len(samples)} samples in {language}: {len(refused)} refused")
        for line in list(refused.values())[:MOST_TOLD]:
            tell(f"  {line}")
    return found


def _sample_files(samples: Sequence[Sample], compiler: Compiler, known: Brand) -> dict[str, bytes]:
    files = [
        sdk_file(compiler.path(number), compiler.head(number) + sample.text) for number, sample in enumerate(samples)
    ]
    stamped = stamp(SdkTemplate("samples", tuple(files)), known, folder=PurePosixPath())
    found = {str(each.path): each.content for each in stamped}
    return found | {path: text.encode() for path, text in compiler.prepare(known).items()}


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _refused(command: list[str], folder: Path, compiler: Compiler) -> dict[int, str]:
    """What the compiler says first of each sample that it names. Raises RuntimeError if it fails and names none."""
    done = subprocess.run(  # noqa: S603 - a compiler, on sources that we emitted
        command,
        cwd=folder,
        env={**os.environ, **dict(compiler.environment)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=TIME_LIMIT_S,
    )
    said = done.stdout + done.stderr
    found: dict[int, str] = {}
    for line in said.splitlines():
        for number in _NUMBERED.findall(line.partition(":")[0]):
            found.setdefault(int(number), line)
    if done.returncode != 0 and not found:
        raise RuntimeError(f"{command[0]} refuses the SDK:\n{said[:4000]}")
    return found if done.returncode != 0 else {}


def _mypy(folder: Path, known: Brand) -> list[str] | None:
    del known
    if find_spec("mypy") is None:
        return None
    flags = ["--strict", "--no-error-summary", "--no-color-output", f"--cache-dir={folder / 'cache'}"]
    return [sys.executable, "-m", "mypy", *flags, "samples"]


def _tsc(folder: Path, known: Brand) -> list[str] | None:
    """The SDK stands where a program would have it installed; Node's own types are those of `@types/node`."""
    found = shutil.which("tsc")
    types = _node_types(Path(found)) if found is not None else None
    if found is None or types is None:
        return None
    package = folder / "node_modules" / known.sdk.typescript.package
    package.parent.mkdir(parents=True, exist_ok=True)
    package.symlink_to(folder / SDK / "typescript", target_is_directory=True)
    options = {
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "module": "nodenext",
        "moduleResolution": "nodenext",
        "moduleDetection": "force",
        "typeRoots": [str(types.parent)],
        "types": ["node"],
    }
    document = {"compilerOptions": options, "include": ["samples/*.mts"]}
    (folder / "tsconfig.json").write_text(json.dumps(document), encoding="utf-8")
    return [found, "--pretty", "false", "-p", "tsconfig.json"]


def _node_types(tsc: Path) -> Path | None:
    """`@types/node` in a folder of packages above the compiler, as npm puts it there."""
    for folder in (*tsc.parents, *tsc.resolve().parents):
        for place in (folder / "node_modules" / "@types" / "node", folder / "@types" / "node"):
            if place.is_dir():
                return place
    return None


def _javac(folder: Path, known: Brand) -> list[str] | None:
    del folder, known
    found = shutil.which("javac")
    if found is None:
        return None
    script = 'find sdk/java/src/main samples -name "*.java" > sources && exec "$0" "$@" @sources'
    flags = ["--release", "11", "-encoding", "UTF-8", "-proc:none", "-nowarn", "-Xmaxerrs", "10000", "-d", "out"]
    return ["sh", "-c", script, found, *flags]


def _go(folder: Path, known: Brand) -> list[str] | None:
    del known
    found = shutil.which("go")
    if found is None:
        return None
    (folder / "samples").mkdir(exist_ok=True)
    return [found, "build", "-C", "samples", "./..."]


def _go_module(known: Brand) -> Mapping[str, str]:
    (module,) = stamp(SdkTemplate("go", (sdk_file("go.mod", _GO_MODULE),)), known, folder=PurePosixPath("samples"))
    return {str(module.path): module.content.decode()}


_GO_MODULE = f"""module samples.example

go 1.21

require {slot("go-module")} {slot("go-version")}

replace {slot("go-module")} => ../sdk/go
"""

COMPILERS: Mapping[str, Compiler] = {
    "typescript": Compiler(lambda number: f"samples/s{number}.mts", _tsc),
    "python": Compiler(lambda number: f"samples/s{number}.py", _mypy, environment=(("MYPYPATH", f"{SDK}/python/src"),)),
    "java": Compiler(lambda number: f"samples/s{number}/Example.java", _javac, lambda number: f"package s{number};\n"),
    "go": Compiler(
        lambda number: f"samples/s{number}/main.go",
        _go,
        prepare=_go_module,
        environment=(("GOFLAGS", "-mod=mod"), ("GOPROXY", "off"), ("GOWORK", "off"), ("GONOSUMDB", "*")),
    ),
}
