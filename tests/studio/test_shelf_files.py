"""Every picture a brand's site has is found by its name: no page asks in vain."""

from pathlib import PurePosixPath

import pytest

from themekit.build.pictures import assets
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId
from themekit.site.inputs import MANIFEST
from themekit.studio.serving.showcase import _ground
from themekit.studio.updating.shelf import BRAND_FOLDER, Shelf, is_logo

ACME = BrandId("acme")


def test_every_asset_is_found_by_its_name(project):
    engine, shelf = Engine(project.host, MemoryStore()), Shelf()
    made = {BRAND_FOLDER / file.path.relative_to("assets"): file.content for file in engine.get(assets, ACME)}
    del made[BRAND_FOLDER / MANIFEST]  # that of a portal begins elsewhere
    assert {BRAND_FOLDER / "email-logo.png", BRAND_FOLDER / "logo-light.svg", BRAND_FOLDER / "fonts.css"} <= made.keys()
    served = {path: shelf.file(engine, ACME, path=path) for path in made}
    assert made == {path: file.content if file else None for path, file in served.items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("logo-light.svg", True), ("mark-dark.svg", True), ("email-logo.png", True), ("icon.svg", False)],
)
def test_logos_are_known_by_their_names(name, expected):
    assert expected == is_logo(BRAND_FOLDER / name)
    assert not is_logo(PurePosixPath("assets") / name)


@pytest.mark.parametrize(
    ("name", "mode", "ground"),
    [
        ("logo-light", "light", "page"),
        ("logo-dark", "dark", "page"),
        ("mark", "light", "page"),
        ("logo-header-dark", "dark", "header"),
        ("email-logo-dark", "dark", "page"),
        ("apple-touch-icon", "", "page"),
    ],
)
def test_a_logo_is_shown_on_what_it_is_made_for(name, mode, ground):
    assert {"mode": mode, "ground": ground} == _ground(name)
