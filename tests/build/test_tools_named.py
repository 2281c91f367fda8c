"""The tools that a bundle names: those that drew and packed it."""

import pytest

from themekit.build import dist


@pytest.mark.parametrize("is_there", [True, False])
def test_skia_is_named_where_it_can_be_loaded(monkeypatch, is_there):
    """Installed without the system's libGL it draws nothing."""
    monkeypatch.setattr(dist.skia_svg, "is_there", lambda: is_there)
    monkeypatch.setattr(dist, "version", lambda name: f"version of {name}")
    named = [tool.name for tool in dist._tools.__wrapped__()]
    assert is_there == ("skia-python" in named)
    assert ["themekit", *dist.TOOLS] == named[: len(dist.TOOLS) + 1]
