"""The registry finds targets by looking; adding one is adding a file."""

import importlib
import sys
from importlib import metadata
from importlib.metadata import EntryPoint

import pytest

from themekit.model import Artifact, ResolvedTokens, Target, TargetOptions
from themekit.plugins import PluginError, targets

TOY = """
from themekit.model import Artifact, Target

def emit(tokens, options):
    return (Artifact.text("theme/toy.txt", [token.id for token in tokens]),)

TARGET = Target({name!r}, "Names, one a line", emit)
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that is searched as if it were themekit/targets/."""
    package = importlib.import_module("themekit.targets")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("themekit.targets.toy")]:
        del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture
def entry_points(monkeypatch):
    """Entry points of installed packages."""
    found = []
    monkeypatch.setattr(metadata, "entry_points", lambda *, group: [point for point in found if point.group == group])
    return found


def test_the_targets_of_the_package():
    expected = ["components", "contrast", "css", "dtcg", "material", "scss"]
    assert expected == [target.name for target in targets() if target.is_default]
    for target in targets():
        assert target.emit.__module__ in {
            f"themekit.targets.{target.name.replace('-', '_')}",
            "themekit.render.stylesheets",
        }
    assert all(target.summary and "\n" not in target.summary for target in targets())


def test_a_new_file_is_a_new_target(folder):
    folder.joinpath("toy.py").write_text(TOY.format(name="toy"), encoding="utf-8")
    toy = next(target for target in targets() if target.name == "toy")
    assert b"" == toy.emit(ResolvedTokens(()), toy.options)[0].content


def test_two_targets_of_one_name_are_an_error(folder):
    folder.joinpath("toy_css.py").write_text(TOY.format(name="css"), encoding="utf-8")
    with pytest.raises(
        PluginError, match=r"two targets are named `css`: themekit.targets.css and themekit.targets.toy"
    ):
        targets()


def test_a_file_without_a_target_is_an_error(folder):
    folder.joinpath("toy_none.py").write_text("", encoding="utf-8")
    with pytest.raises(PluginError, match=r"themekit\.targets\.toy_none has no TARGET"):
        targets()


def test_an_installed_package_adds_a_target(entry_points):
    entry_points.append(EntryPoint("sketch", f"{__name__}:SKETCH", "themekit.targets"))
    sys.modules.setdefault(__name__, sys.modules[__name__])
    assert SKETCH is targets()[-1]


def test_an_installed_package_cannot_replace_a_target(entry_points):
    entry_points.append(EntryPoint("css", "themekit.targets.css:TARGET", "themekit.targets"))
    with pytest.raises(PluginError, match=r"and the entry point css = themekit\.targets\.css:TARGET"):
        targets()


@pytest.mark.parametrize("prefix", ["", "Tk", "tk-", "1x", "a b", "x{}"])
def test_a_prefix_that_is_no_name_is_refused(prefix):
    with pytest.raises(ValueError, match="is no prefix for names"):
        TargetOptions(prefix)


SKETCH = Target("sketch", "Sketch", lambda _tokens, _options: (Artifact.text("theme/tokens.sketch", ""),))
