"""The part `gateway`: files for brands with a policy, made once, and none where something is wrong."""

import json
from pathlib import Path

import pytest

from tests.gateway.sample_policy import API, API_PATH, POLICY, POLICY_PATH, changed
from themekit.build.gateway import gateway
from themekit.build.parts import PARTS
from themekit.build.project import Project
from themekit.build.run import build
from themekit.cli.build import PARTS as NAMED
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId

ACME, SHOP = BrandId("acme"), BrandId("shop")


def engine_of(changes=None, *, api=API, more=None):
    files = {
        "brands/acme/policy.json": json.dumps(changed(changes or {})).encode(),
        "brands/shop/policy.json": json.dumps(POLICY).encode(),
        "brands/none/brand.json": b"{}",
        API_PATH: api.encode(),
        **(more or {}),
    }
    host = MemoryHost(files)
    return Engine(host, MemoryStore(), code=""), host


def built(root):
    """What a build of the part reports of the project there, as a process of its own would see it."""
    return build(Project(root), (ACME,), parts=("gateway",), jobs=1, writes=True, tell=lambda _: None)


def test_files_are_below_the_folder_of_the_part():
    engine, _ = engine_of()
    paths = [str(artifact.path) for artifact in engine.get(gateway, ACME)]
    envoy = "envoy.json lds.json rds.json cds.json start.sh".split()
    watching = "prometheus.yml prometheus-kubernetes.yml rules.yml rules_test.yml load.js dashboard.json".split()
    expected = [f"gateway/envoy/{name}" for name in envoy] + ["gateway/report.md", "gateway/report.json"]
    expected += [f"gateway/envoy/{name}" for name in ("container.json", "Dockerfile", "kubernetes.json")]
    assert expected + [f"gateway/monitoring/{name}" for name in watching] == paths
    assert () == engine.diagnostics(gateway, ACME)
    assert NAMED == tuple(PARTS)


def test_a_brand_without_a_policy_has_none():
    engine, _ = engine_of()
    assert () == engine.get(gateway, BrandId("none"))
    assert () == engine.diagnostics(gateway, BrandId("none"))


def test_a_mistake_leaves_no_file_and_is_told_at_its_line():
    for changes, code in (({"addresses.deny": ["x"]}, "invalid-network"), ({"accept": []}, "not-expressible")):
        engine, _ = engine_of(changes)
        assert () == engine.get(gateway, ACME)
        (found,) = engine.diagnostics(gateway, ACME)
        assert (code, "brands/acme/policy.json") == (found.code, str(found.place.path))
        assert found.place.line >= 1


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (Path.mkdir, "it is a folder"),
        (lambda path: path.symlink_to("nowhere"), "it is a folder, or a link that leads to nothing"),
        (lambda path: path.symlink_to("../../../policy.json"), "it leaves the project"),
    ],
)
def test_a_policy_that_is_no_file_is_told_once_and_removes_nothing(tmp_path, place, reason):
    """It counted as no policy, and a build removed the files of the brand's gateways."""
    (tmp_path / "brands/acme").mkdir(parents=True)
    (tmp_path / "brands/acme/brand.json").write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    (tmp_path / "docs_src/api").mkdir(parents=True)
    (tmp_path / API_PATH).write_text(API)
    path = tmp_path / "brands/acme/policy.json"
    path.write_text(json.dumps(POLICY))
    made = built(tmp_path)
    assert ((ACME,), ()) == (made.built, made.failed)
    path.unlink()
    place(path)
    report = built(tmp_path)
    assert ((ACME,), ()) == (report.failed, report.built)
    (found,) = report.diagnostics
    assert f"`brands/acme/policy.json` cannot be read: {reason}" == found.message
    assert ("unreadable-input", "brands/acme/policy.json") == (found.code, str(found.place.path))
    assert (tmp_path / "build/acme/gateway/envoy/envoy.json").is_file()


SHOWN = "abcdefghijklmnop12345"
PLACES_OF_SECRETS = {
    "a header": ({"requestHeaders.set.X-Key": {"value": f"Bearer {SHOWN}"}}, {}, "requestHeaders.set.X-Key.value"),
    "a reason": ({"routes.token.access.public": f"Bearer {SHOWN}"}, {}, "routes.token.access.public"),
    "a mistake beside it": (
        {"requestHeaders.set.X-Key": {"value": f"Bearer {SHOWN}"}, "tokens.main.issuer": f"Bearer {SHOWN} *"},
        {},
        "requestHeaders.set.X-Key.value",
    ),
    "an operation": (
        {},
        {API_PATH: API.replace("tags: [Tokens]", f"tags: [Tokens, 'Bearer {SHOWN}']")},
        "an operation has a bearer token in its names",
    ),
}


@pytest.mark.parametrize("case", PLACES_OF_SECRETS)
def test_a_secret_is_told_where_it_was_written_and_nothing_of_it_is_kept(tmp_path, case):
    """Neither a file, nor the folder that the next build remembers this one by, nor a message has it."""
    changes, files, told = PLACES_OF_SECRETS[case]
    for path, text in ({API_PATH: API, POLICY_PATH: json.dumps(changed(changes), indent=1)} | files).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "brands/acme/brand.json").write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    report = built(tmp_path)
    assert (ACME,) == report.failed
    assert "secret-in-output" in {each.code for each in report.diagnostics}
    assert any(told in each.message for each in report.diagnostics)
    assert SHOWN not in str(report.diagnostics)
    kept = [path for path in (tmp_path / "build").rglob("*") if path.is_file()]
    assert kept
    assert [] == [path for path in kept if SHOWN.encode() in path.read_bytes()]


def test_an_api_is_read_once_and_words_in_it_change_no_file():
    """What a description says to people stops at the API's model."""
    engine, host = engine_of()
    first = [engine.get(gateway, brand_id) for brand_id in (ACME, SHOP)]
    assert ["api_model", "gateway_files", "gateway_files"] == sorted(set_aside(engine.ran))
    described = API.replace("operationId: listPayments", "summary: All of them, operationId: listPayments")
    host.write(API_PATH, described.encode())
    engine.refresh()
    assert first == [engine.get(gateway, brand_id) for brand_id in (ACME, SHOP)]
    assert ["api_model"] == engine.ran


def test_of_a_brands_tokens_only_the_colours_of_series_come_to_a_dashboard():
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}}
    engine, host = engine_of(more={"brands/acme/brand.json": json.dumps(brand).encode()})
    first = engine.get(gateway, ACME)
    assert ["dashboard_file"] == [name for name in engine.ran if name == "dashboard_file"]
    host.write("brands/acme/brand.json", json.dumps({**brand, "shape": {"radius": "12px"}}).encode())
    engine.refresh()
    assert first == engine.get(gateway, ACME)
    assert "dashboard_file" not in engine.ran
    host.write("brands/acme/brand.json", json.dumps({**brand, "color": {"primary": "#c00000"}}).encode())
    engine.refresh()
    changed_files = [str(new.path) for old, new in zip(first, engine.get(gateway, ACME), strict=True) if old != new]
    assert ["gateway/monitoring/dashboard.json"] == changed_files
    assert "monitoring_files" not in engine.ran


def set_aside(names):
    return [name for name in names if name in {"api_model", "gateway_files"}]
