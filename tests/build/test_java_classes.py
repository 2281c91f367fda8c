"""Classes compiled once are, for each brand, the bytes that javac would have written for it."""

import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import get_args

import pytest

from tests.sdk.changes.change_cases import api
from themekit.build.java_classes import compiled
from themekit.model import SourceFile
from themekit.model.sdk import SlotField
from themekit.sdk.java import LANGUAGE
from themekit.sdk.packages.class_files import TooLongError, modified_utf8, probes, stamped_classes
from themekit.sdk.stamp import fill

DATA = Path(__file__).parents[2] / "themekit/data"
SOURCES = tuple(
    SourceFile(PurePosixPath("@themekit") / path.relative_to(DATA).as_posix(), path.read_bytes())
    for folder in LANGUAGE.sources
    for path in sorted((DATA / folder).rglob("*"))
    if path.is_file()
)
BRANDS = [
    {"client": "A", "java-package": "a", "java-path": "a", "name": "Ä & „O“ 𝕏", "version": "1.0.0"},
    {
        "client": "ZebraPaymentsClientOfTheNorth",
        "java-package": "org.zebra.payments.sdk_2",
        "java-path": "org/zebra/payments/sdk_2",
        "name": 'Quote " and \\ back',
        "version": "12.34.56-beta.7",
    },
]


@pytest.mark.skipif(shutil.which("javac") is None, reason="there is no JDK here, and this is about its output")
def test_stamped_classes_are_what_javac_writes(tmp_path: Path) -> None:
    """Short names and long ones, other orders of names, characters that class files write in their own way."""
    javac = shutil.which("javac") or ""
    template = LANGUAGE.emit(api({}), replace(LANGUAGE.options, sources=SOURCES))
    known = probes(get_args(SlotField), seal="0123456789abcdef")

    def classes(values, name: str):
        files = fill(template, values, folder=PurePosixPath())
        (tmp_path / name).mkdir()
        return compiled(javac, {str(file.path): file.content for file in files}, scratch=tmp_path / name)

    once = classes(known, "probes")
    for number, brand in enumerate(BRANDS):
        values = {field: f"value-of-{field}" for field in get_args(SlotField)} | brand
        expected, found = (
            dict(classes(values, str(number))),
            dict(stamped_classes((tuple(known.items()), once), values)),
        )
        assert list(expected) == list(found)
        assert [] == [path for path in expected if expected[path] != found[path]]


def test_text_of_class_files() -> None:
    """NUL is two bytes, what is beyond the basic plane two surrogates of three bytes each."""
    assert b"a\xc0\x80\xc3\xa4\xed\xa0\xb5\xed\xb5\x8f" == modified_utf8("a\0ä𝕏")
    assert b"plain" == modified_utf8("plain")


def test_what_does_not_fit_is_refused() -> None:
    """A constant has a length of 16 bits."""
    constant = b"Zz1zseal"
    content = b"\xca\xfe\xba\xbe" + bytes(4) + b"\x00\x02" + b"\x01\x00\x08" + constant
    with pytest.raises(TooLongError):
        stamped_classes(
            ((("name", "Zz1zseal"), ("java-package", "zz.zy")), (("A.class", content),)),
            {"name": "x" * 65536, "java-package": "a"},
        )
