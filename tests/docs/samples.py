"""What pages say about the API: requests with curl, JSON of requests and answers, and names in code spans."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.docs.markdown_pages import Block, Page
from tests.docs.openapi import Json

VALUES = {
    "api.sandboxUrl": "https://sandbox.example.com/v1",
    "api.baseUrl": "https://api.example.com/v1",
    "urls.site": "https://developers.example.com/",
}
"""Placeholders with a meaning here; another one is shown by the last word of its name."""

_PLACEHOLDER = re.compile(r"\{\{ brand\.([\w.]+) \}\}")
_URL = re.compile(r"https://(?:sandbox|api)\.example\.com/v1(/[^\s\"']*)")
_LOOPBACK = re.compile(r"https?://(?:localhost|127\.0\.0\.1)")
_ANNOTATION = re.compile(r"\s*// \(\d+\)!")
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Curl:
    """One curl command. `path` is None if it calls nothing of the platform."""

    text: str
    path: str | None

    @property
    def is_get_with_data(self) -> bool:
        return "--get" in self.text or "-G " in self.text

    @property
    def method(self) -> str:
        named = re.search(r"-X (\w+)", self.text)
        if named:
            return named[1].lower()
        has_body = " -d " in self.text or " -F " in self.text or "--data" in self.text
        return "post" if has_body and not self.is_get_with_data else "get"

    @property
    def body(self) -> Json | None:
        found = re.search(r"-d '(\{.*?\})'", self.text, re.DOTALL)
        return json.loads(found[1]) if found else None

    @property
    def query(self) -> list[str]:
        """Names of parameters."""
        written = re.findall(r"(?:-d|--data-urlencode) ['\"]?(\w+)=", self.text) if self.is_get_with_data else []
        return written + re.findall(r"[?&](\w+)=", self.path or "")

    @property
    def has_key(self) -> bool:
        return '-H "Authorization' in self.text or "Publishable-Key" in self.text

    @property
    def is_loopback(self) -> bool:
        return _LOOPBACK.search(self.text) is not None


def curls(block: Block) -> Iterator[Curl]:
    """The commands of a shell block."""
    if block.language in {"bash", "sh", "shell", "console"}:
        for chunk in re.split(r"(?m)^(?:\$ )?curl ", filled(block.text))[1:]:
            text = _first_command(chunk.replace("\\\n", " "))
            url = _URL.search(text)
            yield Curl(text, url[1] if url else None)


def _first_command(text: str) -> str:
    """Up to the first line feed that stands in no quotes."""
    quote = ""
    for index, character in enumerate(text):
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif not quote and character == "\n":
            return text[:index]
    return text


@dataclass(frozen=True)
class Sample:
    """A JSON block: `request` is method and path if its title says so."""

    value: Json
    request: tuple[str, str] | None


def json_sample(block: Block) -> Sample | None:
    """The block's JSON; None for other blocks. Raises ValueError if it is none."""
    if block.language != "json":
        return None
    titled = re.fullmatch(r"(GET|POST|PATCH|DELETE) (/\S+)", block.title or "")
    value = json.loads(_ANNOTATION.sub("", filled(block.text)))
    return Sample(value, (titled[1].lower(), titled[2]) if titled else None)


def kind_of(value: Json, root: Json) -> str | None:
    """The schema that a value of an answer must be of, by what it says of itself."""
    if not isinstance(value, dict):
        return None
    if {"type", "code"} <= value.keys():
        return "Problem"
    schemas = root["components"]["schemas"]
    if {"data", "has_more"} <= value.keys() and value["data"]:
        item = kind_of(value["data"][0], root)
        return f"{item}List" if item else None
    if value.get("object") == "payment_method":
        return "PaymentMethod"
    for name, schema in schemas.items():
        if value.get("object") is not None and object_of(schema) == value["object"]:
            return name
    if str(value.get("id", "")).startswith("pay_"):
        return "Payment"
    plain = ("WebhookTestResult", "AccessToken")
    return next((name for name in plain if value.keys() <= schemas[name]["properties"].keys()), None)


def object_of(schema: Json) -> str | None:
    """The constant of the member `object`."""
    member = schema.get("properties", {}).get("object", {})
    constant = member.get("const")
    return constant if isinstance(constant, str) else None


def spans(page: Page) -> list[str]:
    """What stands in code spans of the prose."""
    return [span for line in page.prose for span in _SPAN.findall(filled(line))]


def code_of(page: Page) -> str:
    """All blocks of a page: names that a page makes up itself are there."""
    return "\n".join(block.text for block in page.blocks)


def filled(text: str) -> str:
    return _PLACEHOLDER.sub(lambda match: VALUES.get(match[1], Path(match[1].replace(".", "/")).name), text)
