"""The description that a foreign engine gets."""

import json
from types import SimpleNamespace

import pytest

from themekit.build.other_languages import at_home, what_it_said

BRAND = SimpleNamespace(
    name="Acme", api=SimpleNamespace(base_url="https://api.acme.example", sandbox_url="https://sandbox.acme.example")
)


@pytest.mark.parametrize("info", [{}, {"info": None}, {"info": {"contact": {"name": "Zebra"}}}])
def test_a_description_without_a_title_has_the_brands(info: dict[str, object]) -> None:
    """Readers take it without, so the engine gets one."""
    found = json.loads(at_home(json.dumps(info).encode(), BRAND))
    assert {"version": "1", "title": "Acme API"} == found["info"]
    assert ["https://api.acme.example", "https://sandbox.acme.example"] == [each["url"] for each in found["servers"]]


def test_of_what_the_engine_says_the_error_is_shown():
    """For a language that it does not know it lists the 200 that it does, on one line."""
    known = "\\n".join(f"language-{number}" for number in range(200))
    assert "Check the spelling" == what_it_said(f"Available:\\n{known}\\n\\n[error] Check the spelling\n")
    assert "b\nc" == what_it_said("a\n" * 20 + "b\nc\n")[-3:]
