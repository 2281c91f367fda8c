"""READMEs of the four languages: what they show is right for the API at hand, and nothing of it is left out."""

import json
import re
from pathlib import Path, PurePosixPath

import pytest

from themekit.model.sdk import SdkOptions
from themekit.model.site import SourceFile
from themekit.plugins import languages
from themekit.source.api import read_api

DATA = Path(__file__).parents[2] / "themekit" / "data"
LANGUAGES = {each.name: each for each in languages()}

STRING = {"type": "string"}
ANSWER = {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Box"}}}}}
BODY = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Box"}}}}
FLOWS = {"clientCredentials": {"tokenUrl": "/token", "scopes": {}}}
API = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1.0.0"},
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/boxes": {"post": {"operationId": "createBox", "tags": ["Boxes"], "requestBody": BODY, "responses": ANSWER}}
    },
    "webhooks": {"boxed": {"post": {"requestBody": BODY, "responses": {"204": {"description": ""}}}}},
    "security": [{"oauth": []}],
    "components": {
        "schemas": {"Box": {"type": "object", "properties": {"name": STRING}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {"type": "oauth2", "flows": FLOWS},
            "basic": {"type": "http", "scheme": "basic"},
        },
    },
}
SIGNED = {**API, "x-webhook-signature": "timestamped-hmac-sha256"}


def api_of(document):
    api, found = read_api(PurePosixPath("api.json"), json.dumps(document).encode(), read=lambda _: None)
    assert () == found
    return api


def readme(language, document):
    """The README with its marks as the slots' names."""
    chosen = LANGUAGES[language]
    sources = tuple(
        SourceFile(PurePosixPath("@themekit", path.relative_to(DATA).as_posix()), path.read_bytes())
        for folder in chosen.sources
        for path in sorted((DATA / folder).rglob("*"))
        if path.is_file()
    )
    files = chosen.emit(api_of(document), SdkOptions(sources=sources)).files
    found = next(each for each in files if each.path == ("README.md",))
    return "".join(each if isinstance(each, str) else each.field for each in found.parts)


def first_call(text):
    return text.split("## First call")[1].split("\n## ")[0]


def test_a_first_call_in_go_has_the_credentials_that_it_needs():
    shown = first_call(readme("go", API))
    assert 'New("", go-package.WithClientCredentials(os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET")))' in shown
    assert "API_KEY" not in shown
    assert 'New(os.Getenv("API_KEY"))' in first_call(readme("go", {**API, "security": [{"key": []}]}))


@pytest.mark.parametrize(
    ("variables", "security"),
    [({"ACCESS_TOKEN"}, "oauth"), ({"API_USERNAME", "API_PASSWORD"}, "basic"), ({"API_KEY"}, "key")],
)
def test_a_sample_in_go_names_what_it_takes(variables, security):
    """The same words as in curl and in the other languages."""
    api = api_of({**API, "security": [{security: []}]})
    text = LANGUAGES["go"].sample(api, api.operations[0])
    assert variables == set(re.findall(r'Getenv\("(\w+)"\)', text)) - {"API_BASE_URL"}


def test_a_name_and_its_password_are_given_together_in_java():
    text = readme("java", API)
    assert (
        '        .username(System.getenv("API_USERNAME"))\n        .password(System.getenv("API_PASSWORD"))\n' in text
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_webhooks_that_can_be_verified_are_shown(language):
    assert "## Webhooks\n" in readme(language, SIGNED)
    assert "## Webhooks\n" not in readme(language, API)


def test_no_key_is_told_of_where_the_api_has_none():
    assert "`API_KEY`" in readme("typescript", API)
    only = {"oauth": API["components"]["securitySchemes"]["oauth"]}
    without = {**API, "components": {**API["components"], "securitySchemes": only}}
    assert "`API_KEY`" not in readme("typescript", without)
