"""Targets that a brand asks for: made for that brand alone, kept while nothing of theirs changes, and said to lose."""

import json

import pytest

from themekit.build.brands import BRANDS
from themekit.build.portal import brand_files
from themekit.build.theme import target_files, theme
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.plugins import targets
from themekit.source.brand_fields import BRAND

PLAIN, ASKING = BrandId("plain"), BrandId("asking")
ASKED = {"tailwind": {"palette": "replace"}, "swift": {}}


def engine_of(**changes):
    base = {"name": "Acme", "color": {"primary": "#0b5fff"}}
    files = {
        f"{BRANDS}/plain/brand.json": json.dumps(base).encode(),
        f"{BRANDS}/asking/brand.json": json.dumps({**base, "targets": ASKED, **changes}).encode(),
    }
    return Engine(Files(files), MemoryStore(), code="")


class Files(MemoryHost):
    """Brands in memory, the package's data from disk."""

    def __init__(self, files):
        from tests.literate.project import ProjectHost

        super().__init__(files)
        self._own = ProjectHost({})

    def read(self, path):
        return self._own.read(path) if str(path).startswith("@") else super().read(path)

    def list(self, folder):
        return self._own.list(folder) if str(folder).startswith("@") else super().list(folder)


def paths(engine, brand_id):
    return {str(each.path) for each in engine.get(theme, brand_id)}


def test_a_target_is_made_for_brands_that_ask_for_it():
    engine = engine_of()
    more = {"theme/tailwind/theme.css", "theme/swift/Tokens.swift"}
    assert more == paths(engine, ASKING) - paths(engine, PLAIN)
    assert set() == paths(engine, PLAIN) - paths(engine, ASKING)
    assert () == engine.diagnostics(theme, ASKING)


def test_a_setting_reaches_the_target():
    (sheet,) = engine_of().get(target_files, ASKING, "tailwind")
    assert b"--color-*: initial;" in sheet.content
    (sheet,) = engine_of(targets={"tailwind": {}}).get(target_files, ASKING, "tailwind")
    assert b"initial" not in sheet.content


def test_the_portal_has_no_sheet_of_another_platform():
    engine = engine_of(targets={"tailwind": {}, "shadcn": {}, "material3": {}})
    sheets = {each.path.name for each in engine.get(brand_files, ASKING) if each.path.suffix == ".css"}
    assert {each.path.name for each in engine.get(brand_files, PLAIN) if each.path.suffix == ".css"} == sheets


def test_another_choice_runs_no_other_target():
    engine = engine_of()
    engine.get(theme, ASKING)
    brand = json.loads(engine.host.read(BRANDS / "asking" / "brand.json"))
    brand["targets"]["tailwind"]["palette"] = "extend"
    engine.host.write(f"{BRANDS}/asking/brand.json", json.dumps(brand).encode())
    engine.refresh()
    engine.get(theme, ASKING)
    assert 1 == sum("target_files" in str(each) for each in engine.ran)


@pytest.mark.parametrize(
    ("asked", "messages"),
    [
        ({"tailwnd": {}}, ["there is no target `tailwnd`"]),
        ({"css": {}}, []),
        ({"swift": {"x": "y"}}, ["the target `swift` has no setting `x`"]),
        ({"tailwind": {"palette": ""}}, ["`palette` of the target `tailwind` cannot be ``"]),
        ({"compose": {"package": "com.fun.x"}}, ["`package` of the target `compose` cannot be `com.fun.x`"]),
        ({"compose": {"package": "a.b\nimport c"}}, 1),
        ({"a": {}, "b": {}, "swift": {}}, ["there is no target `a`", "there is no target `b`"]),
    ],
)
def test_every_mistake_is_told(asked, messages):
    found = engine_of(targets=asked).diagnostics(theme, ASKING)
    expected = messages if isinstance(messages, list) else [each.message for each in found][:messages]
    assert expected == [each.message for each in found]
    assert all(each.place.line == 1 and each.is_error for each in found)


def test_what_a_target_loses_is_a_warning_where_it_is_asked_for():
    wide = {"$type": "color", "$value": {"colorSpace": "rec2020", "components": [0, 1, 0]}}
    engine = engine_of(
        tokens={"own": wide, "by": {"$value": "{own}"}}, targets={"android": {}, "swift": {}, "json": {}}
    )
    found = [each for each in engine.diagnostics(theme, ASKING) if each.code == "lossy-output"]
    assert [
        "the target `android` writes 1 token as the nearest colours that sRGB has",
        "the target `swift` writes 1 token as the nearest colours that Display P3 has",
    ] == [each.message for each in found]
    assert ["`own`"] == [note.message for note in found[0].notes]
    assert not any(each.is_error for each in found)


def test_the_table_of_fields_leaves_names_to_the_registry():
    assert "targets" in BRAND.by_name
    assert all(
        not setting.values or setting.allows(setting.values[0]) for each in targets() for setting in each.settings
    )
    assert all(setting.values or setting.allows(setting.default) for each in targets() for setting in each.settings)
