"""Brands for the tests of resolving: as short as what each test is about."""

import json
from pathlib import PurePosixPath

from themekit.model import BrandId, Mode, TokenId
from themekit.resolve import resolve_tokens
from themekit.resolve.colour import hex as hex_of
from themekit.source.brand import BrandInputs, parse_brand

PATH = PurePosixPath("brands/acme/brand.json")


def brand(primary="#0b5fff", tokens=None, colors=None, **fields):
    """A brand of two keys, and what is added to it, read as a user's file is."""
    document = {"name": "Acme", "color": {"primary": primary, **(colors or {})}, "tokens": tokens or {}, **fields}
    found, diagnostics = parse_brand(
        PATH,
        json.dumps(document).encode(),
        brand_id=BrandId("acme"),
        inputs=BrandInputs(lambda _: None, lambda _: ()),
    )
    assert () == diagnostics
    return found


def resolved(*args, **kwargs):
    """The tokens of a brand that has no mistake."""
    tokens, diagnostics = resolve_tokens(brand(*args, **kwargs))
    assert () == diagnostics
    return tokens


def hexes(tokens, name):
    """A colour token in light, dark, light-contrast and dark-contrast."""
    return [hex_of(tokens.in_mode(mode)[TokenId(name)]) for mode in Mode]


def value(tokens, name, mode=Mode.LIGHT):
    return tokens.in_mode(mode)[TokenId(name)]


def token(tokens, name):
    return next(one for one in tokens if one.id == name)


def literal(color, **modes):
    """A colour token as a brand writes it."""
    extensions = {"$extensions": {"themekit": {"modes": {k.replace("_", "-"): v for k, v in modes.items()}}}}
    return {"$type": "color", "$value": color, **(extensions if modes else {})}


def alias(name):
    return {"$value": f"{{{name}}}"}


def found(diagnostics):
    """Code and pointer of each diagnostic."""
    return [(one.code, one.place.pointer) for one in diagnostics]
