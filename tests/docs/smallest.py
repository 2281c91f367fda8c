"""The tokens of the smallest brand there can be: what the handbook shows of defaults."""

from functools import cache
from pathlib import PurePosixPath

from themekit.model import BrandId, ResolvedTokens
from themekit.resolve import resolve_tokens
from themekit.source.brand import BrandInputs, parse_brand


@cache
def smallest_tokens() -> ResolvedTokens:
    content = b'{"name": "Acme", "color": {"primary": "#0b5fff"}}'
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, _ = parse_brand(PurePosixPath("brands/acme/brand.json"), content, brand_id=BrandId("acme"), inputs=inputs)
    assert brand is not None
    resolved, _ = resolve_tokens(brand)
    assert resolved is not None
    return resolved
