"""Pages and API description agree: every request, answer, operation, event, scope and name on a page is in the API."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.docs.markdown_pages import Page, pages, parse_page
from tests.docs.openapi import Json, Schemas, dereferenced, document, template_of
from tests.docs.samples import Curl, code_of, curls, json_sample, kind_of, spans

HISTORICAL = frozenset({"resources/changelog", "resources/migration-2026"})
"""Pages that speak of versions which are gone."""
OWN_OPERATIONS = frozenset({("samples/webhook-receiver", "POST /webhooks")})
"""Operations of a sample's own server."""
LIBRARY_NAMES = frozenset({("sdks/python", "payment.extra")})
"""Members of the client libraries that look like events."""
TOKEN_PATH = "/oauth/token"  # noqa: S105  # a path

RESOURCES = "payment|refund|payout|dispute|customer|checkout_session|payment_method"
_EVENT = re.compile(rf"(?:{RESOURCES})\.[a-z_]+")
_OPERATION = re.compile(r"(GET|POST|PATCH|DELETE) (/[^\s?]*)\S*")
_SCOPE = re.compile(r"[a-z_]+:(?:read|write)")
_SNAKE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")


@cache
def whole() -> Schemas:
    return Schemas(document())


@cache
def partial() -> Schemas:
    return Schemas(document(), is_partial=True)


@cache
def words() -> frozenset[str]:
    """Every word of the description."""
    return frozenset(re.findall(r"\w+", json.dumps(document())))


def name_of(page: Page) -> str:
    """The page without its ending and language: `guides/webhooks`."""
    return re.sub(r"(\.de)?\.md$", "", page.path)


def body_schema(operation: Json) -> Json:
    return operation["requestBody"]["content"]["application/json"]["schema"]


def curl_faults(curl: Curl) -> Iterator[str]:
    if curl.path is None:
        if not curl.is_loopback:
            yield f"curl calls no address of the platform: {curl.text[:60]}"
        return
    template = template_of(curl.path, document())
    operation = document()["paths"].get(template, {}).get(curl.method)
    if operation is None:
        yield f"there is no {curl.method.upper()} {curl.path}"
        return
    if template != TOKEN_PATH:
        if curl.method == "post" and "Idempotency-Key" not in curl.text:
            yield f"POST {template} without idempotency key"
        if not curl.has_key:
            yield f"{template} without key"
    if curl.body is not None:
        yield from whole().faults(body_schema(operation), curl.body)
    known = {dereferenced(each, document())["name"] for each in operation.get("parameters", [])}
    yield from (f"{template} has no parameter {name}" for name in curl.query if name not in known)


def json_faults(page: Page) -> Iterator[str]:
    for block in page.blocks:
        try:
            sample = json_sample(block)
        except ValueError as error:
            yield f"line {block.line}: no JSON: {error}"
            continue
        if sample is None or (name_of(page) in HISTORICAL and kind_of(sample.value, document()) is None):
            continue
        if sample.request:
            method, path = sample.request
            operation = document()["paths"].get(template_of(path, document()), {}).get(method)
            faults = whole().faults(body_schema(operation), sample.value) if operation else ["no such operation"]
        else:
            kind = kind_of(sample.value, document())
            faults = partial().named(kind, sample.value) if kind else [f"of no known kind: {list(sample.value)[:4]}"]
        yield from (f"line {block.line}: {fault}" for fault in faults)


def operation_faults(page: Page) -> Iterator[str]:
    for span in spans(page):
        match = _OPERATION.fullmatch(span)
        if match and (name_of(page), span) not in OWN_OPERATIONS:
            template = template_of(re.sub(r"(\w+_)…", r"\1x", match[2]), document())
            if match[1].lower() not in document()["paths"].get(template, {}):
                yield f"there is no operation {span}"


def name_faults(page: Page) -> Iterator[str]:
    """Events, scopes and words with underscores. A page may use names of its own: they stand in its code."""
    if name_of(page) in HISTORICAL:
        return
    events = document()["components"]["schemas"]["EventType"]["enum"]
    scopes = document()["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]["scopes"]
    code = code_of(page)
    for span in dict.fromkeys(spans(page)):
        if span in code or (name_of(page), span) in LIBRARY_NAMES:
            continue
        if _EVENT.fullmatch(span) and span not in events and not is_member(span):
            yield f"there is no event {span}"
        if _SCOPE.fullmatch(span) and span not in scopes:
            yield f"there is no scope {span}"
        if _SNAKE.fullmatch(span) and span not in words():
            yield f"the API has no {span}"


def is_member(span: str) -> bool:
    """`payment.status`: a member of an object, as programs write it."""
    resource, _, member = span.partition(".")
    schema = document()["components"]["schemas"].get("".join(word.capitalize() for word in resource.split("_")), {})
    return member in schema.get("properties", {})


def faults(page: Page) -> list[str]:
    of_curls = [fault for block in page.blocks for curl in curls(block) for fault in curl_faults(curl)]
    return [*of_curls, *json_faults(page), *operation_faults(page), *name_faults(page)]


@cache
def portal_pages() -> list[Page]:
    return [page for page in pages() if not page.path.startswith("handbook/")]


def test_pages_agree_with_the_description():
    assert {} == {page.path: found for page in portal_pages() if (found := faults(page))}


def test_there_is_something_to_compare():
    blocks = [block for page in portal_pages() for block in page.blocks]
    assert sum(curl.path is not None for block in blocks for curl in curls(block)) > 50
    assert sum(block.language == "json" for block in blocks) > 30


def test_exemptions_are_in_use():
    """An exemption for what is gone would wait for the wrong page to come."""
    names = {name_of(page) for page in portal_pages()}
    assert set() == HISTORICAL - names
    said = {(name_of(page), span) for page in portal_pages() for span in spans(page)}
    assert said >= OWN_OPERATIONS | LIBRARY_NAMES


CURL = '```bash\ncurl {{ brand.api.sandboxUrl }}%s \\\n  -H "Authorization: Bearer $KEY" %s\n```\n'
KEYED = '-H "Idempotency-Key: 1"'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CURL % ("/paymnets", ""), "there is no GET /paymnets"),
        (CURL % ("/balance", f"-X POST {KEYED}"), "there is no POST /balance"),
        (
            CURL % ("/refunds", """-d '{"payment_id": "pay_7Hq2Lr9XcVb4Tn1K"}'"""),
            "POST /refunds without idempotency key",
        ),
        (CURL % ("/refunds", KEYED + """ -d '{"payment": "pay_1"}'"""), "'payment' was unexpected"),
        (CURL % ("/payments", "--get -d stat=x"), "/payments has no parameter stat"),
        ("```bash\ncurl {{ brand.api.baseUrl }}/balance\n```\n", "/balance without key"),
        ("```bash\ncurl https://elsewhere.example/\n```\n", "calls no address"),
        ('```json\n{"object": "payment", "amout": 1}\n```\n', "Unevaluated properties"),
        ('```json\n{"object": "payment", "status": "done"}\n```\n', "'done' is not one of"),
        ('```json\n{"objects": 1}\n```\n', "of no known kind"),
        ("```json\n{,}\n```\n", "no JSON"),
        ('```json title="POST /refunds"\n{"payment": 1}\n```\n', "'payment' was unexpected"),
        ("`DELETE /payments`", "there is no operation"),
        ("`payment.exploded`", "there is no event"),
        ("`payments:delete` `payment:write`", "there is no scope payment:write"),
        ("`no_such_word`", "the API has no no_such_word"),
    ],
)
def test_a_planted_mistake_is_found(text, fault):
    found = faults(parse_page(text, "guides/planted.md"))
    assert [one for one in found if fault in one], found


def test_a_page_may_use_the_names_of_its_own_code():
    text = "```python\nbook_payout(payment.extra)\n```\n\n`book_payout` takes `payment.extra` and `payment.status`.\n"
    assert [] == faults(parse_page(text, "samples/planted.md"))
