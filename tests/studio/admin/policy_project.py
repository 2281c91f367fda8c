"""A project with a brand's policy, people who change it, and attacks that come to what a test says."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "gateway"))

from admin_actors import PASSWORD
from sample_policy import API, POLICY, changed

from themekit.build.scaffold import write_scaffold
from themekit.studio.admin.trials import Result
from themekit.studio.admin.users import Role

PEOPLE = {
    "ann": (Role.AUTHOR,),
    "rob": (Role.REVIEWER,),
    "pam": (Role.PUBLISHER,),
    "all": (Role.AUTHOR, Role.REVIEWER, Role.PUBLISHER),
    "two": (Role.AUTHOR, Role.REVIEWER, Role.PUBLISHER),
}
WEAKER = {"routes.write.access.scopes": [["payments:write"], ["payments:read"]]}
STRONGER = {"maxBodyBytes": 512}
OTHER = {"maxBodyBytes": 256}


def text_of(changes=(), base=POLICY):
    return json.dumps(changed(dict(changes), base), indent=2) + "\n"


def write_project(root, *, has_policy=True):
    """The scaffold with a small API, and a policy for acme."""
    write_scaffold(root)
    api = root / "docs_src" / "api" / "openapi.yaml"
    api.parent.mkdir(exist_ok=True)
    api.write_text(API, encoding="utf-8")
    if has_policy:
        (root / "brands" / "acme" / "policy.json").write_text(text_of(), encoding="utf-8")


def add_people(users):
    return {name: users.put(name, PASSWORD, roles=roles) for name, roles in PEOPLE.items()}


def good_attacks(_policy):
    yield 2
    yield Result("stopped")
    yield Result("skipped")


def bad_attacks(_policy):
    yield 2
    yield Result("stopped")
    yield Result("through", "listPayments: no token: 200 instead of 401")
