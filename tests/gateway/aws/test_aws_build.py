"""A build makes the files of every target that a policy names, and a second build makes none anew."""

import json
from pathlib import PurePosixPath

from tests.gateway.aws.aws_samples import FORMS, SAMPLE, accepting
from tests.gateway.sample_policy import API, API_PATH, changed
from themekit.build.gateway import gateway
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId

ACME = BrandId("acme")
ENVOY = {"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "A test"}
TARGETS = ["envoy", "aws-http", "aws-rest"]


def engine_of(accept):
    policy = changed({"targets": TARGETS, "accept": accept}, SAMPLE)
    files = {"brands/acme/policy.json": json.dumps(policy, indent=1).encode(), API_PATH: API.encode()}
    return Engine(MemoryHost(files), MemoryStore(), code="")


def everything_accepted():
    return [ENVOY, *(each for target, forms in FORMS.items() for each in accepting(target, forms))]


def test_files_of_three_targets():
    engine = engine_of(everything_accepted())
    files = engine.get(gateway, ACME)
    assert () == engine.diagnostics(gateway, ACME)
    found = {str(each.path) for each in files}
    for target in ("aws-http", "aws-rest"):
        names = ("template.json", "terraform.tf.json", "authorizer/authorizer.py", "authorizer/access.json")
        assert {f"gateway/{target}/{name}" for name in names} <= found
    assert "gateway/envoy/envoy.json" in found
    assert len(found) == len(files)
    assert all(each.path.is_relative_to(PurePosixPath("gateway")) for each in files)
    engine.ran.clear()
    assert files == engine.get(gateway, ACME)
    assert [] == list(engine.ran)


def test_one_target_that_cannot_leaves_no_file_of_any():
    accept = [each for each in everything_accepted() if each["feature"] != "body-size"]
    engine = engine_of(accept)
    assert () == engine.get(gateway, ACME)
    (found,) = engine.diagnostics(gateway, ACME)
    assert ("not-expressible", "brands/acme/policy.json") == (found.code, str(found.place.path))
    assert "maxBodyBytes" in found.place.excerpt
