"""The README shows what a reader gets who does as it says."""

import json
import re
from pathlib import Path, PurePosixPath

from themekit.build.brands import brand
from themekit.diagnostics.text import render_text
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ACME = PurePosixPath("brands/acme/brand.json")


def test_the_sample_mistake_is_what_the_misspelt_key_of_acme_gives():
    (sample,) = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    content = (ROOT / ACME).read_text(encoding="utf-8").replace('"primary"', '"primry"')
    engine = Engine(MemoryHost({str(ACME): content}), MemoryStore(), code="")
    assert render_text(engine.diagnostics(brand, BrandId("acme"))) == sample


def test_the_smallest_brand_is_acme():
    (smallest,) = re.findall(r"^```json\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert json.loads(smallest) == json.loads((ROOT / ACME).read_text(encoding="utf-8"))
