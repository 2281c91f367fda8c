"""Keys and signatures are minisign's: its C program reads ours and we read its, and nothing else passes."""

import base64
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundle.signed import CHEAP, PASSWORD, key
from themekit.bundle.keys import UnusableKeyError, new_key, public_key, unlocked
from themekit.bundle.signature import InvalidSignatureError, check_minisig, parse_minisig, signed_name

CONTENT = b"a bundle\n" * 100


def minisign(*arguments: str, folder, given: str = "") -> subprocess.CompletedProcess[str]:
    found = shutil.which("minisign")
    if found is None:
        pytest.skip("there is no minisign; the Debian package `minisign` has it")
    return subprocess.run(
        [found, *arguments], cwd=folder, input=given, capture_output=True, text=True, check=False, timeout=60
    )


def refusal(text: bytes, content: bytes = CONTENT) -> str:
    with pytest.raises(InvalidSignatureError) as error:
        check_minisig(parse_minisig(text), content, key=key().public)
    return str(error.value)


def test_minisign_verifies_our_signature_by_our_key(tmp_path):
    (tmp_path / "bundle.zip").write_bytes(CONTENT)
    (tmp_path / "bundle.zip.minisig").write_text(key().minisig(CONTENT, name="bundle.zip", epoch_s=7))
    (tmp_path / "key.pub").write_text(key().public.to_file())
    done = minisign("-V", "-p", "key.pub", "-m", "bundle.zip", folder=tmp_path)
    assert (0, True) == (done.returncode, "timestamp:7\tfile:bundle.zip\thashed" in done.stdout), done.stderr
    (tmp_path / "bundle.zip").write_bytes(CONTENT + b"!")
    assert 0 != minisign("-V", "-p", "key.pub", "-m", "bundle.zip", folder=tmp_path).returncode


def test_minisign_opens_our_secret_key_and_shows_its_id(tmp_path):
    text, public = new_key(PASSWORD, **CHEAP)
    (tmp_path / "key").write_text(text)
    done = minisign("-R", "-s", "key", "-p", "again.pub", folder=tmp_path, given=f"{PASSWORD}\n")
    assert 0 == done.returncode, done.stderr
    again = (tmp_path / "again.pub").read_text()
    # The C program writes the id as a number, without the zeros that it may begin with.
    assert (public.text, True) == (again.splitlines()[1], f" {public.id.lstrip('0')}\n" in again)


def test_we_verify_what_minisign_signs(tmp_path):
    text, public = new_key(PASSWORD, **CHEAP)
    (tmp_path / "key").write_text(text)
    (tmp_path / "bundle.zip").write_bytes(CONTENT)
    done = minisign("-S", "-H", "-s", "key", "-m", "bundle.zip", folder=tmp_path, given=f"{PASSWORD}\n")
    assert 0 == done.returncode, done.stderr
    found = parse_minisig((tmp_path / "bundle.zip.minisig").read_bytes())
    check_minisig(found, CONTENT, key=public)
    assert "bundle.zip" == signed_name(found)


def test_a_signature_is_the_same_each_time():
    assert key().minisig(CONTENT, name="a", epoch_s=0) == key().minisig(CONTENT, name="a", epoch_s=0)


@pytest.mark.parametrize("place", range(4))
def test_each_line_of_a_signature_counts(place):
    """The first is a comment that nobody signs; the others cannot be those of another signature."""
    lines = key().minisig(CONTENT, name="a", epoch_s=0).splitlines()
    other = key().minisig(b"other", name="b", epoch_s=1).splitlines()
    mixed = "\n".join([*lines[:place], other[place], *lines[place + 1 :]]).encode()
    if place == 0:
        check_minisig(parse_minisig(mixed), CONTENT, key=key().public)
    else:
        expected = "is not of this file" if place == 1 else "has another comment"
        assert refusal(mixed).startswith(expected)


def test_the_older_kind_of_signature_is_refused():
    """Over the file itself: then a statement could be a file, and its signature this one's."""
    lines = key().minisig(CONTENT, name="a", epoch_s=0).splitlines()
    raw = bytearray(base64.b64decode(lines[1]))
    raw[:2] = b"Ed"
    raw[10:] = key().signature_of(CONTENT)
    lines[1] = base64.b64encode(raw).decode()
    assert "is not over the file's hash (`ED`), the only kind accepted here" == refusal("\n".join(lines).encode())


def test_another_key_is_named():
    text = key("second").minisig(CONTENT, name="a", epoch_s=0).encode()
    assert f"is by the key {key('second').public.id}, not by {key().public.id}" == refusal(text)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_else_is_no_signature(content):
    with pytest.raises(InvalidSignatureError):
        parse_minisig(content)


@given(st.text(max_size=300))
def test_anything_else_is_no_key(text):
    with pytest.raises(UnusableKeyError):
        public_key(text)
    with pytest.raises(UnusableKeyError):
        unlocked(text, password=PASSWORD)


def test_a_wrong_password_opens_nothing():
    text, _ = new_key(PASSWORD, **CHEAP)
    with pytest.raises(UnusableKeyError, match="does not open the key"):
        unlocked(text, password=PASSWORD[1:])


def test_a_key_needs_a_password():
    with pytest.raises(UnusableKeyError, match="the password is empty"):
        new_key("")


def test_a_key_without_a_password_and_one_that_asks_for_endless_work_are_refused():
    text, _ = new_key(PASSWORD, **CHEAP)
    first, second = text.splitlines()
    for place, value, message in ((slice(2, 4), b"\0\0", "has no password"), (slice(38, 46), b"\xff" * 8, "more work")):
        raw = bytearray(base64.b64decode(second))
        raw[place] = value
        with pytest.raises(UnusableKeyError, match=message):
            unlocked(f"{first}\n{base64.b64encode(raw).decode()}\n", password=PASSWORD)


def test_no_secret_stands_in_a_key_as_text():
    assert "secret" not in repr(key())
