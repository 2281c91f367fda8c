"""Token sets for the tests of the targets: a small one of every type, and whole themes of brands."""

from functools import cache
from pathlib import Path, PurePosixPath

from themekit.model import BrandId, SourceFile, TargetOptions
from themekit.resolve import resolve_tokens
from themekit.resolve.aliases import resolve_aliases
from themekit.source.brand import BrandInputs, parse_brand

GOLDEN = Path(__file__).parents[1] / "golden" / "targets"
DATA = Path(__file__).parents[2] / "themekit" / "data"
INPUTS = BrandInputs(lambda _: None, lambda _: ())
BRANDS = {
    "violet": '{"name": "Violet", "color": {"primary": "#4f46e5", "accent": "#06b6d4"}}',
    "yellow": '{"name": "Yellow", "color": {"primary": "#ffd60a"}, "shape": {"radius": "14px", "shadow": "strong"}}',
    "wide": '{"name": "Wide", "color": {"primary": {"colorSpace": "display-p3", "components": [0, 0.6, 0.1]}}}',
}


def read_brand(text):
    """The brand that the text describes; there must be no mistake in it."""
    path = PurePosixPath("brands/x/brand.json")
    brand, diagnostics = parse_brand(path, text.encode(), brand_id=BrandId("x"), inputs=INPUTS)
    assert () == diagnostics
    return brand


@cache
def mini():
    """A token of each type, in four modes, without any default."""
    brand = read_brand((GOLDEN / "mini" / "brand.json").read_text(encoding="utf-8"))
    return resolve_aliases(brand.tokens.tokens)[0]


@cache
def theme(name):
    """All tokens of a brand."""
    return resolve_tokens(read_brand(BRANDS[name]))[0]


def options(target, prefix="tk"):
    """What a target is told: the prefix, and the package data it asks for."""
    files = [
        file
        for path in target.sources
        for file in ([DATA / path] if (DATA / path).is_file() else sorted((DATA / path).rglob("*")))
        if file.is_file()
    ]
    sources = tuple(SourceFile(PurePosixPath("@themekit", file.relative_to(DATA)), file.read_bytes()) for file in files)
    return TargetOptions(prefix, sources)


def emitted(target, tokens, prefix="tk"):
    """File name to text."""
    return {each.path.name: each.content.decode() for each in target.emit(tokens, options(target, prefix))}
