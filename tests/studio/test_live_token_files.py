"""An edit of a file of tokens is told to those who look at the brand, as one of its own file is."""

import asyncio
import json
from pathlib import PurePosixPath

import pytest

from themekit.model import BrandId
from themekit.studio.updating.live import Live

pytestmark = pytest.mark.anyio

ACME = BrandId("acme")
BRAND = {"name": "Acme", "color": {"primary": "#0b5fff"}}
RESOLVER = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"$ref": "light.json"}]}},
    "modifiers": {"theme": {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}},
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
}
TOKENS = {"files": ["light.json"], "resolver": {"resolver": "r.json"}}


@pytest.fixture
def anyio_backend():
    return "asyncio"


def write(project, name, value):
    (project.root / "brands" / "acme" / name).write_text(json.dumps(value))


def glow(text):
    return {"glow": {"$type": "color", "$value": text}}


@pytest.fixture
def opened(project, monkeypatch):
    """A function that opens a live project whose brand has its tokens in files."""
    monkeypatch.setattr(Live, "_draw_later", lambda *_: None)

    async def call(tokens):
        write(project, "brand.json", {**BRAND, "tokens": tokens})
        write(project, "r.json", RESOLVER)
        write(project, "light.json", glow("#111111"))
        write(project, "dark.json", glow("#eeeeee"))
        live = Live(project)
        assert await live.shown(ACME, lambda _: True)
        return live

    return call


async def told(live, name, value, *, until="sheet"):
    heard, found = live.events.subscribe(), []
    write(live.project, name, value)
    await live.changed({PurePosixPath("brands/acme") / name})
    while not found or found[-1]["kind"] != until:
        found.append((await asyncio.wait_for(heard.get(), 60))[0])
    live.events.leave(heard)
    return found


def values(events):
    rules = [rule for event in events if event["kind"] == "sheet" for rule in event.get("rules", ())]
    return {changed["--tk-glow"] for _, changed in rules if "--tk-glow" in changed} or {
        value for event in events for value in ("#222", "#ddd") if value in str(event.get("text", ""))
    }


@pytest.mark.parametrize("kind", list(TOKENS))
async def test_an_edit_of_a_file_of_tokens_is_told(opened, kind):
    live = await opened(TOKENS[kind])
    try:
        assert "#222" in values(await told(live, "light.json", glow("#222222")))
        assert {"acme"} == set(live.state()["serials"])
    finally:
        await live.close()


async def test_an_edit_of_the_file_of_a_context_is_told(opened):
    live = await opened(TOKENS["resolver"])
    try:
        assert {"#ddd"} == values(await told(live, "dark.json", glow("#dddddd")))
    finally:
        await live.close()


@pytest.mark.parametrize("kind", list(TOKENS))
async def test_a_mistake_in_a_file_of_tokens_is_told_with_its_place_and_goes(opened, kind):
    live = await opened(TOKENS[kind])
    try:
        (problems,) = (
            event
            for event in await told(live, "light.json", glow("#22222"), until="problems")
            if event["kind"] == "problems"
        )
        assert [("invalid-color", "brands/acme/light.json")] == [
            (each["code"], each["path"]) for each in problems["diagnostics"]
        ]
        *_, problems = await told(live, "light.json", glow("#222222"), until="problems")
        assert [] == problems["diagnostics"]
    finally:
        await live.close()
