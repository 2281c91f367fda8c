"""Shared by all tests: golden files, rewritten with `pytest --update-golden` and reviewed as a diff."""

import pytest


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
