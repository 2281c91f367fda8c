"""Whoever opens pages in a browser without a sandbox is told, once for all browsers; with one, nothing is said."""

from contextlib import contextmanager

import pytest

from themekit.studio.chromium import crew, opening
from themekit.studio.chromium.serving import Served


class FakeChromium:
    """Starts only without a sandbox, if `gives_none`."""

    def __init__(self, *, gives_none):
        self.gives_none = gives_none

    def launch(self, *, chromium_sandbox, **_):
        if chromium_sandbox and self.gives_none:
            from playwright.sync_api import Error

            raise Error("No usable sandbox!")
        return chromium_sandbox


class FakePlaywright:
    def __init__(self, **options):
        self.chromium = FakeChromium(**options)


@pytest.mark.parametrize(
    ("uid", "gives_none", "expected"),
    [(1000, False, []), (1000, True, [opening.NO_SANDBOX]), (0, False, [opening.NO_SANDBOX_AS_ROOT])],
    ids=["sandbox", "none-given", "root"],
)
def test_no_sandbox_is_told(monkeypatch, tmp_path, uid, gives_none, expected):
    monkeypatch.setattr(opening.os, "geteuid", lambda: uid)
    said = []
    has_one = opening._launched(FakePlaywright(gives_none=gives_none), Served(tmp_path), warn=said.append)
    assert (not expected, expected) == (has_one, said)


def test_several_browsers_say_it_once(monkeypatch, tmp_path):
    @contextmanager
    def browser_on(_folder, *, warn):
        warn(opening.NO_SANDBOX)
        yield None, None

    monkeypatch.setattr(crew, "browser_on", browser_on)
    monkeypatch.setattr(crew, "new_tab", lambda *_: None)
    said = []
    found = crew.visit_all(tmp_path, [1, 2, 3], work=lambda _, visit: visit * 2, crew=crew.Crew(3, said.append))
    assert {(1, 2), (2, 4), (3, 6)} == set(found)
    assert [opening.NO_SANDBOX] == said
