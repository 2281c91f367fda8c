"""Shared by all tests: golden files, rewritten by `pytest --update-golden` and reviewed as a diff; how laws search.

No law is timed, as a loaded machine is not a broken law. In CI the examples of a law are always the same: a commit is
green or red, never both, and what is red there is red here with `CI=true pytest`. Everywhere else they are new in each
run, so that the laws go on searching; a failing one is kept in `.hypothesis` and tried first from then on.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "search")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files instead of comparing")


@pytest.fixture
def update_golden(request):
    """Golden files are to be rewritten."""
    return request.config.getoption("--update-golden")


@pytest.fixture
def golden(update_golden):
    """Compares text with a golden file, or rewrites the file."""

    def check(path, actual):
        if update_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == actual

    return check
