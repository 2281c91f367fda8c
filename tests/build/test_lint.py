"""The lint of tokens in a project: found by `check` and refused by `build` as the brand and its base file say."""

import json

from tests.literate.project import ProjectHost
from themekit.build.theme import theme
from themekit.diagnostics import Span
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId

SMALL = {"font": {"size": {"xs": {"$type": "dimension", "$value": "10px"}}}}
BRAND = {"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": SMALL}


def found(brand, **others):
    files = {"brands/acme/brand.json": brand} | {f"brands/_shared/{name}.json": file for name, file in others.items()}
    host = ProjectHost({path: json.dumps(file).encode() for path, file in files.items()})
    diagnostics = Engine(host, MemoryStore(), code="").diagnostics(theme, BrandId("acme"))
    assert all(isinstance(each.place, Span) for each in diagnostics)
    return [(each.code, str(each.severity), str(each.place.path)) for each in diagnostics]


def test_the_theme_tells_what_rules_find():
    """It is what both commands ask for."""
    assert [("small-text", "warning", "brands/acme/brand.json")] == found(BRAND)


def test_a_base_file_sets_the_levels_for_all_that_extend_it():
    base = {"lint": {"small-text": "error"}}
    extending = BRAND | {"extends": "../_shared/base.json"}
    assert [("small-text", "error", "brands/acme/brand.json")] == found(extending, base=base)
    assert [] == found(extending | {"lint": {"small-text": "off"}}, base=base)
    assert [("small-text", "warning", "brands/acme/brand.json")] == found(
        extending | {"lint": {"small-text": None}}, base=base
    )


def test_a_level_that_there_is_not_is_an_error():
    assert [("unknown-choice", "error", "brands/acme/brand.json")] == found(BRAND | {"lint": {"small-text": "loud"}})


def test_tokens_with_mistakes_are_not_judged():
    wrong = {"color": {"text": {"$value": "{nope}"}}, **SMALL}
    assert [("unknown-token", "error", "brands/acme/brand.json")] == found(BRAND | {"tokens": wrong})
