"""Logos, icon and manifest of small brands. tests/golden/assets/<case>/ has brand.json, its files and expected/."""

import json
from pathlib import Path

import pytest

from tests.assets.sample import brand_of, fixed_tokens, sample_of
from themekit.assets.icons import emit_icons
from themekit.assets.logos import emit_logos, read_logos
from themekit.assets.webmanifest import emit_webmanifest

GOLDEN = Path(__file__).parents[1] / "golden" / "assets"
SHOWN = (".svg", ".webmanifest")


@pytest.mark.parametrize("case", sorted(path.name for path in GOLDEN.iterdir()))
def test_case(case, update_golden):
    folder = GOLDEN / case
    given = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    brand, files = brand_of(case, json.loads(given.pop("brand.json")), given)
    letterer, tokens = sample_of(brand).letterer, fixed_tokens()
    logos, diagnostics = read_logos(brand, tokens, files=files, letterer=letterer)
    artifacts = [
        *emit_logos(brand, logos, tokens=tokens)[0],
        *emit_icons(brand, logos, tokens=tokens)[0],
        *emit_webmanifest(brand, tokens),
    ]
    got = {each.path.name: each.content.decode() for each in artifacts if each.path.suffix in SHOWN}
    got["diagnostics.txt"] = "".join(f"{each.severity}[{each.code}]: {each.message}\n" for each in diagnostics)
    expected = folder / "expected"
    if update_golden:
        expected.mkdir(exist_ok=True)
        for name, text in got.items():
            (expected / name).write_text(text, encoding="utf-8", newline="\n")
    assert {path.name: path.read_text(encoding="utf-8") for path in expected.iterdir()} == got
