"""Secrets in files of a portal: found at their place, never shown, and examples are none."""

import random
import string
from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.secrets import check_secrets

PATH = PurePosixPath("docs_src/guides/a.md")
LETTERS = string.ascii_letters + string.digits


def drawn(length, letters=LETTERS):
    """A text such as keys are: made here, so that none stands in this file."""
    return "".join(random.Random(7).choices(letters, k=length))  # noqa: S311 - the same in every run


def upper(length):
    return drawn(length, string.ascii_uppercase + string.digits)


SECRETS = {
    "an access key of AWS": "AKIA" + upper(16),
    "a token of GitHub": "ghp_" + drawn(36),
    "a token of GitLab": "glpat-" + drawn(20),
    "a token of Slack": "xoxb-" + "123456789012-" + drawn(24),
    "a key of Google": "AIza" + drawn(35),
    "a token of PyPI": "pypi-" + "AgEIcHlwaS5vcmc" + drawn(70),
    "a token of npm": "npm_" + drawn(36),
    "a live key of a payment service": "sk_" + "live_" + drawn(24),
    "a private key": f"-----BEGIN RSA {'PRIVATE'} KEY-----\n{drawn(64)}\n{drawn(64)}\n",
}


def found(text, path=PATH):
    return check_secrets(SourceFile(path, text.encode()))


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_named_at_its_place_and_not_shown(kind):
    (mistake,) = found(f"# Title\n\nUse `{SECRETS[kind]}` now.\n")
    assert (3, 6, "") == (mistake.place.line, mistake.place.column, mistake.place.excerpt)
    assert f"`a.md` holds {kind}, which would be published" == mistake.message
    assert SECRETS[kind] not in str(mistake)


def test_every_secret_of_a_file_is_named():
    assert len(SECRETS) == len(found("\n\n".join(SECRETS.values())))


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAXXXXXXXXXXXXXXXX",
        "ghp_" + "x" * 36,
        "sk_" + "test_" + drawn(24),
        "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----",
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "https://user:password@example.com/",
        "AKIA",
        "",
    ],
)
def test_examples_are_no_secrets(text):
    assert () == found(text)


def test_files_of_data_are_left_alone():
    """A picture that happens to hold the letters, and a file too large to be docs."""
    assert () == check_secrets(SourceFile(PATH, bytes(range(256)) * 100))
    assert () == found(SECRETS["an access key of AWS"] + " " * (4 << 20))
