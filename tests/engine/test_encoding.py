"""Values to bytes and back; what must not get in, and what must not come out."""

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Reporter
from themekit.engine.encoding import DecodingError, EncodingError, decode, digest, encode, is_our_module
from themekit.model import Alias, Artifact, Color, Mode, ShadowLayer, Slot, Token, TokenId, TokenSet

ARTIFACT = Artifact(PurePosixPath("theme/tokens.css"), b"\0\xff" * 3, "text/css")


def encoded_class(name: str, *values: object, tag: bytes = b"d") -> bytes:
    """What `encode` would write for a class of this name."""
    head = tag + len(name).to_bytes(8, "big") + name.encode()
    return head + len(values).to_bytes(8, "big") + b"".join(encode(value) for value in values)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        127,
        128,
        -129,
        10**40,
        0.1,
        float("inf"),
        "",
        "Ünï — 🎈",
        "not utf-8: \udcff",
        b"",
        b"\0",
        (),
        (1, ("a", (None,))),
        PurePosixPath("brands/acme/brand.json"),
        PurePosixPath(),
        Mode.DARK,
        (Mode.DARK, "dark"),
        ARTIFACT,
        TokenSet((Token(TokenId("a.b"), "color", Alias(TokenId("c")), origin=None),)),
        (ShadowLayer(Color("srgb", (0.0, 1.0, 0.5)), *(Alias(TokenId("d")),) * 4, inset=True), Slot("name", "html")),
    ],
    ids=repr,
)
def test_what_goes_in_comes_out(value):
    assert value == decode(encode(value))
    assert type(value) is type(decode(encode(value)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (1, 1.0),
        (0.0, -0.0),
        ("a", b"a"),
        ("dark", Mode.DARK),
        ("a/b", PurePosixPath("a/b")),
        (("ab", "c"), ("a", "bc")),
        ((1, 2), (2, 1)),
        (((),), ()),
        ((("a", 1), ("b", 2)), (("b", 2), ("a", 1))),
        (None, "None"),
    ],
    ids=repr,
)
def test_different_values_have_different_digests(one, other):
    """Python takes some of these for equal; an output made from one must not be reused for the other."""
    assert digest(one) != digest(other)


def test_the_digest_is_the_same_in_every_process_and_version():
    """Golden: the cache is shared between machines, so a change of the encoding must be seen in review."""
    assert "43467f2f83b5bde73f020ea019f20459fb3deecfc6e788e843904415ff1c1c23" == digest(
        (None, True, -7, 0.5, "ä", b"\0", PurePosixPath("a/b"), Mode.DARK, ARTIFACT)
    )


def test_equal_values_built_differently_have_equal_bytes():
    """The trap of pickle: there, a string that is one object twice is written differently from two equal strings."""
    shared = "acme-brand"
    another = shared[:4] + shared[4:]
    assert shared is not another
    assert encode((shared, shared)) == encode((shared, another))


@dataclass(frozen=True)
class Foreign:
    """Like ours, but of a module that is not."""

    name: str


@dataclass(frozen=True, slots=True)
class Pretender(Artifact):
    """A subclass of ours."""


class Plain(Artifact):
    """A subclass that is no dataclass itself, of a module of ours."""

    __module__ = "themekit.model.artifact"
    __qualname__ = "Plain"


class Shade(Enum):
    """Not a StrEnum, and foreign."""

    DARK = 1


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {1},
        bytearray(b"a"),
        1j,
        object(),
        Foreign("a"),
        Pretender(PurePosixPath("a"), b"", "b"),
        Plain(PurePosixPath("a"), b"", "b"),
        Reporter(),
        Shade.DARK,
        PurePosixPath,
        len,
        (1, [2]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_refused(value):
    with pytest.raises(EncodingError):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"s",
        b"s\0\0\0\0\0\0\0\5ab",
        b"t\0\0\0\0\0\0\0\2n",
        b"f\0",
        b"s\0\0\0\0\0\0\0\1\xff",
        b"nn",
        b"t\xff\xff\xff\xff\xff\xff\xff\xff",
        b"t\0\0\0\0\0\0\0\1" * 5_000,
        encoded_class("os:system", "true"),
        encoded_class("subprocess:Popen", ("true",)),
        encoded_class("themekit.cli.main:main"),
        encoded_class("themekit.model.artifact:PurePosixPath", "a"),
        encoded_class("themekit.model.artifact:Gone", "a"),
        encoded_class("themekit.gone:Artifact", "a"),
        encoded_class("themekit.model.artifact:Artifact", "too few"),
        encoded_class("themekit.model:Artifact", PurePosixPath("a"), b"", "b"),
        encoded_class("themekit.model.token:Mode", "dark"),
        encoded_class("themekit.diagnostics.reporter:Reporter", ()),
        encoded_class("themekit.__main__:Artifact"),
        encoded_class(f"{__name__}:Foreign", "a"),
        encode(Mode.DARK).replace(b"\4dark", b"\4dork"),
        encode(Mode.DARK).replace(b"Mode", b"Modu"),
        encode(ARTIFACT)[:-1],
        encode(ARTIFACT).replace(b"d", b"e", 1),
    ],
)
def test_other_bytes_are_refused(data):
    """Whatever the cache holds, decoding it makes values of ours or a DecodingError, and calls nothing."""
    with pytest.raises(DecodingError):
        decode(data)


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("themekit", True),
        ("themekit.model.token", True),
        ("themekit.__main__", False),
        ("themekit.cli.__main__", False),
        ("themekit_plugin", False),
        ("themekit.model.token\n", False),
        ("os", False),
        ("my.themekit.model", False),
    ],
)
def test_only_modules_of_themekit_are_imported(name, is_ours):
    assert is_ours is is_our_module(name)
