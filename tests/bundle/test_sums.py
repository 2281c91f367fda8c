import hashlib
import shutil
import subprocess
from pathlib import PurePosixPath

import pytest

from themekit.bundle import SUMS_NAME, check_sum, parse_sums, sums_text

PATH = PurePosixPath("build/dist/SHA256SUMS")
DIGEST = hashlib.sha256(b"content").hexdigest()


def test_written_sums_are_read_back():
    digests = {"b.zip": DIGEST, "a.zip": "0" * 64}
    assert (digests, ()) == parse_sums(PATH, sums_text(digests))
    assert sums_text(digests).startswith("0" * 64 + "  a.zip\n")


@pytest.mark.parametrize("line", ["", "hello", f"{DIGEST} a.zip", f"{DIGEST}  ../a.zip", f"{DIGEST.upper()}  a.zip"])
def test_a_line_of_another_form_is_a_mistake(line):
    _, diagnostics = parse_sums(PATH, f"{DIGEST}  good.zip\n{line}\n")
    (found,) = diagnostics
    assert ("bundle-sums-syntax", 2, 1, max(len(line), 1)) == (
        found.code,
        found.place.line,
        found.place.column,
        found.place.length,
    )


def test_a_name_twice_is_a_mistake():
    _, diagnostics = parse_sums(PATH, f"{DIGEST}  a.zip\n" * 2)
    assert ["bundle-sums-syntax"] == [each.code for each in diagnostics]


def test_the_right_file_passes():
    assert () == check_sum("a.zip", DIGEST, digests={"a.zip": DIGEST})


@pytest.mark.parametrize("digests", [{}, {"a.zip": "0" * 64}], ids=["unlisted", "other content"])
def test_another_file_does_not(digests):
    assert ["bundle-checksum"] == [each.code for each in check_sum("a.zip", DIGEST, digests=digests)]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs GNU sha256sum to compare with")
def test_sha256sum_agrees(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"content")
    (tmp_path / SUMS_NAME).write_text(sums_text({"a.zip": DIGEST}), encoding="utf-8")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS_NAME], cwd=tmp_path, capture_output=True, check=False
    )
    assert 0 == done.returncode
