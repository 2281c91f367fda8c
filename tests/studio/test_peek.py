"""A peek sees what the engine would, and leaves nothing behind; a mistake is nothing to look at."""

import json

import pytest

from themekit.build.brands import brand
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.studio.updating.peek import Peek

ACME = BrandId("acme")
SHARED = {"color": {"accent": "#7d5a3c"}}
GOOD = {"name": "Acme", "extends": "../_shared/base.json", "color": {"primary": "#0b5fff"}}


def engine_for(value):
    files = {"brands/acme/brand.json": json.dumps(value), "brands/_shared/base.json": json.dumps(SHARED)}
    return Engine(MemoryHost(files), MemoryStore(), code="1")


def test_it_is_what_the_engine_has_and_is_not_recorded():
    engine = engine_for(GOOD)
    found = brand(Peek(engine), ACME)
    assert [] == [name for name in engine.ran if name == "brand"]
    assert engine.get(brand, ACME) == found
    assert found.color.accent is not None
    assert "brand" in engine.ran


@pytest.mark.parametrize(
    "wrong",
    [{**GOOD, "color": {"primary": "blu"}}, {**GOOD, "extends": "../_shared/none.json"}, {**GOOD, "extends": "/etc"}],
    ids=["value", "missing", "outside"],
)
def test_a_mistake_is_nothing(wrong):
    engine = engine_for(wrong)
    assert brand(Peek(engine), ACME) is None
    assert engine.get(brand, ACME) is None


def test_a_brand_that_is_not_there():
    assert brand(Peek(engine_for(GOOD)), BrandId("nobody")) is None
