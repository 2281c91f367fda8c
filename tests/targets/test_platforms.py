"""What every format of another platform has in common: it is asked for, the same each time, and holds every token."""

import json
import re
from pathlib import PurePosixPath

import pytest
from themes import GOLDEN, mini, options, theme

from themekit.model import Artifact, ResolvedTokens
from themekit.model.token_names import css_name
from themekit.plugins import targets
from themekit.render.identifiers import ascii_name
from themekit.render.leaves import leaves

PLATFORMS = [target for target in targets() if not target.is_default]
GOLDEN_PLATFORMS = [target for target in PLATFORMS if target.name != "components-scss"]  # copies of the package's data
NAMES = [target.name for target in PLATFORMS]
PICTURES = "style-guide"


def made(target, tokens):
    found = target.emit(tokens if target.per_brand else ResolvedTokens(()), options(target))
    return {str(each.path): each.content.decode() for each in found}


def test_the_platforms():
    expected = (
        "android bootstrap components-scss compose email figma flutter javascript json less material3 react-native "
        "shadcn style-guide stylus swift swiftui tailwind xcassets"
    )
    assert expected.split() == sorted(set(NAMES) - {"css-light-dark"})


@pytest.mark.parametrize("target", GOLDEN_PLATFORMS, ids=lambda target: target.name)
def test_golden(target, golden):
    """Every file as text; of the many pictures of the style guide, one of each kind."""
    tokens = theme("violet") if target.needs_defaults else mini()
    kept = {"tk-color-veil.svg", "tk-space-s.svg", "tk-lift.svg", "tk-ease.svg", "tk-sky.svg"}
    for path, text in made(target, tokens).items():
        inside = PurePosixPath(path).relative_to("theme")
        if target.name == PICTURES and inside.suffix == ".svg" and inside.name not in kept:
            continue
        golden(GOLDEN / ("violet" if target.needs_defaults else "mini") / inside, text)


@pytest.mark.parametrize("target", PLATFORMS, ids=NAMES)
def test_the_files_lie_in_the_folder_of_their_target(target):
    """Only what is made for every brand lies in theme/ itself, where the portal takes its sheets from."""
    paths = [PurePosixPath(path).parts for path in made(target, theme("violet"))]
    assert paths
    assert all(("theme", target.name) == parts[:2] for parts in paths)


@pytest.mark.parametrize("target", PLATFORMS, ids=NAMES)
def test_the_same_tokens_give_the_same_bytes(target):
    assert made(target, theme("wide")) == made(target, theme("wide"))
    for each in target.emit(theme("wide"), options(target)):
        assert isinstance(each, Artifact)
        assert each.content.endswith(b"\n")
        assert b"\r" not in each.content


def words(text):
    """Lower-case letters and digits alone: what is left of a name in every casing."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


WHOLE = [target for target in PLATFORMS if not target.needs_defaults and target.name not in {"xcassets", "tailwind"}]


@pytest.mark.parametrize("target", WHOLE, ids=lambda target: target.name)
@pytest.mark.parametrize("tokens", [mini(), theme("yellow")], ids=["mini", "yellow"])
def test_no_token_is_left_out(target, tokens):
    """Each is there by its name, or each of its members is."""
    text = words("\n".join(made(target, tokens).values()))
    members = {}
    for leaf in leaves(tokens):
        members.setdefault(leaf.token, []).append(words(ascii_name(css_name(leaf.id))))
    missing = [
        token.id
        for token in tokens
        if words(ascii_name(css_name(token.id))) not in text and not all(member in text for member in members[token.id])
    ]
    assert [] == missing


def test_the_catalogue_has_every_colour():
    xcassets = next(target for target in PLATFORMS if target.name == "xcassets")
    colors = {f"tk-{ascii_name(css_name(leaf.id))}" for leaf in leaves(theme("yellow")) if leaf.type == "color"}
    found = {PurePosixPath(path).parent.stem for path in made(xcassets, theme("yellow")) if ".colorset" in path}
    assert colors == found
    assert len(colors) > 100


@pytest.mark.parametrize("target", [each for each in PLATFORMS if each.losses], ids=lambda target: target.name)
def test_wide_colours_and_dashes_are_kept_or_told(target):
    """`color.brand` is beyond sRGB: it is in the file as a wider colour or as the custom property, or it is told."""
    lost = {token for loss in target.losses(mini(), options(target)) for token in loss.tokens}
    text = "\n".join(made(target, theme("violet") if target.needs_defaults else mini()).values())
    is_kept = re.search(r"oklch\(|var\(--tk-color-brand\)|display-?p3", text, re.IGNORECASE)
    assert "color.brand" in lost or is_kept
    assert "color.link" not in lost


def test_json_files_are_json():
    for target in PLATFORMS:
        for path, text in made(target, theme("wide")).items():
            if path.endswith(".json"):
                assert json.loads(text), path
