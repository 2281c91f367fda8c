"""Entry points of installed wheels, read without the library for them, which costs more than all they are read for."""

import subprocess
import sys
from importlib import metadata

import pytest

from themekit.engine.installation import entry_points_of

TEXT = """\
[console_scripts]
inter = inter.main:run

[fontpkg.family]
# a comment
inter=fontpkg_inter
source_sans = fontpkg_source_sans:module [extra]

[other]
noto = noto
"""


@pytest.mark.parametrize("group", ["fontpkg.family", "console_scripts", "mkdocs.plugins", "nobody.has.this"])
def test_they_are_those_that_python_finds(group):
    expected = {point.name: point.value.partition("[")[0].strip() for point in metadata.entry_points(group=group)}
    assert expected == entry_points_of(group)


def made(folder, name: str, text: bytes):
    about = folder / f"{name}.dist-info"
    about.mkdir(parents=True)
    (about / "entry_points.txt").write_bytes(text)


def test_the_first_of_two_distributions_counts(tmp_path, monkeypatch):
    made(tmp_path / "one", "fontpkg_inter-2.0", TEXT.encode())
    made(tmp_path / "two", "Fontpkg_Inter-1.0", TEXT.replace("fontpkg_inter", "old").encode())
    made(tmp_path / "two", "broken-1.0", b"[fontpkg.family]\nbad = \xff\n")
    made(tmp_path / "two", "nothing-1.0", b"[fontpkg.family]")
    monkeypatch.setattr(sys, "path", [str(tmp_path / name) for name in ("missing", "one", "two")])
    assert {"inter": "fontpkg_inter", "source_sans": "fontpkg_source_sans:module"} == entry_points_of("fontpkg.family")


def test_an_unchanged_build_does_not_load_the_library():
    """Together with what it brings 20 ms, of half a second for a hundred brands."""
    ours = "themekit.build.unchanged, themekit.build.project, themekit.engine.fsspec_store"
    code = f"import sys, {ours}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set() == {"importlib.metadata", "concurrent.futures", "filelock", "email"} & set(done.stdout.split())
