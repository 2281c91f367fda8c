"""The law of the portal: a brand's stamped site is, byte for byte, what mkdocs builds for this brand alone.

Brands and portals are drawn (made_portals.py), and stamped as a build stamps them: page by page, with all brands of a
variant from one template. The other side is mkdocs' own `build` of the whole site with the brand's texts, in a process
of its own.

`THEMEKIT_EXAMPLES=200 pytest tests/laws/test_random_brands.py` searches for longer.
"""

import json
import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.laws.made_portals import groups, portals
from tests.literate.project import ProjectHost
from themekit.build.brands import brand, overlay
from themekit.build.pieces import pieced_site
from themekit.build.portal import pages, site_sources, site_template, variant
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId
from themekit.site.fields import BY_NAME, slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.render import render_sites
from themekit.site.renderer import shared_renderer
from themekit.site.variant import variant_of

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("THEMEKIT_EXAMPLES", "8"))


@pytest.fixture(autouse=True, scope="module")
def _end_processes():
    yield
    shared_renderer().close()


def plain_sites(engine, brands, scratch):
    """What mkdocs builds for each brand, by path below `site/`."""
    sources = engine.get(site_sources)
    inputs = []
    for each in brands:
        own = engine.get(overlay, each.id)
        of = variant_of(each, sources=sources, overlay=own, asked=BY_NAME)  # with all that nothing asks for, too
        inputs.append(SiteInputs(of, slot_fields(each), own))
    found = []
    for index in range(0, len(inputs), 2):  # two renders at a time
        found += render_sites(sources, inputs[index : index + 2], scratch=scratch)
    assert all(site.files for site in found), [site.diagnostics for site in found]
    return [{f"site/{path}": content for path, content in site.files.items()} for site in found]


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would take a hundred renders
    suppress_health_check=list(HealthCheck),
)
@given(portals(), groups())
def test_a_stamped_site_is_the_brands_own(tmp_path_factory, portal, specs):
    files = {f"brands/b{number}/brand.json": json.dumps(spec) for number, (spec, _) in enumerate(specs)}
    files |= {f"brands/b{number}/docs/guides/own.md": page for number, (_, page) in enumerate(specs) if page}
    engine = Engine(
        ProjectHost({path: text.encode() for path, text in (portal | files).items()}), MemoryStore(), code=""
    )
    ids = [BrandId(f"b{number}") for number in range(len(specs))]
    brands = [engine.get(brand, brand_id) for brand_id in ids]
    assert None not in brands, [engine.diagnostics(brand, brand_id) for brand_id in ids]
    assert engine.get(variant, ids[0]) == engine.get(variant, ids[1])
    plain = plain_sites(engine, brands, tmp_path_factory.mktemp("plain"))
    for brand_id, built in zip(ids, plain, strict=True):
        of = engine.get(variant, brand_id)
        whose = brand_id if of.overlay else ""
        template = engine.get(site_template, of, whose)
        assert template is not None, engine.diagnostics(site_template, of, whose)
        assert whose or engine.get(pieced_site, of) is not None
        assert () == template.plain, template.plain
        stamped = {str(artifact.path): artifact.content for artifact in engine.get(pages, brand_id)}
        assert sorted(built) == sorted(stamped), set(built) ^ set(stamped)
        assert [] == [
            first_difference(path, stamped[path], built[path]) for path in built if stamped[path] != built[path]
        ]


def first_difference(path, stamped, built):
    """Both sides around the first byte that differs."""
    at = next((at for at, (one, other) in enumerate(zip(stamped, built, strict=False)) if one != other), 0)
    return path, stamped[max(0, at - 60) : at + 60], built[max(0, at - 60) : at + 60]
