"""A request for each operation of a description, with values that are valid by it: the author's, else made ones."""

import json
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from themekit.diagnostics import Reporter
from themekit.sandbox import bodies
from themekit.sandbox.described import Description
from themekit.sandbox.generator import Generator
from themekit.sandbox.making import UNREAD_HEADERS
from themekit.sandbox.schemas import SchemaTable
from themekit.sandbox.validity import Validity
from themekit.source.api.reading import ApiFiles


class Sent(NamedTuple):
    operation: str
    method: str
    path: str
    headers: dict
    body: bytes


def requests_of(file: Path):
    """One request for each operation, in the order of the description; paths are relative to the base."""
    files = ApiFiles(lambda path: (file.parent / path).read_bytes(), Reporter())
    document = files.parsed(PurePosixPath(file.name), file.read_bytes())
    return _Requests(Description(files, PurePosixPath(file.name), document.value)).all()


class _Requests:
    def __init__(self, description):
        self.description = description
        self.table = SchemaTable(description.files, "request", description.is_3_0)
        self.generator = Generator(Validity(self.table))
        self.schemes = dict(self._schemes())

    def all(self):
        return [self.request(each) for each in self.description.operations()]

    def _schemes(self):
        components = self.description.member(self.description.top, "components")
        yield from self.description.members(components, "securitySchemes")

    def request(self, each):
        path, query, headers = each.path.partition("#")[0], [], {}
        for (place, name), parameter in each.parameters.items():
            if place == "header" and name.lower() in UNREAD_HEADERS:
                continue
            if not parameter.flag("required") and place != "path" and "example" not in parameter.value:
                continue
            value, is_json = self.parameter(parameter)
            if place == "path":
                path = path.replace("{" + name + "}", quote(flat(value), safe=""))
            elif place == "query":
                query += [(name, bodies.json_text(value))] if is_json else pairs(name, value, parameter)
            elif place == "header":
                headers[name.lower()] = flat(value)
        self.credentials(each, headers, query)
        body = self.body(each, headers)
        text = "&".join(f"{quote(name, safe='[]')}={quote(value, safe='')}" for name, value in query)
        name = each.id or f"{each.method} {each.path}"
        return Sent(name, each.method, path + (f"?{text}" if text else ""), headers, body)

    def parameter(self, parameter):
        content = next((each for _, each in self.description.members(parameter, "content")), None)
        owner = content or parameter
        return self.value(owner), content is not None

    def value(self, owner):
        """The author's example if it is valid, else one that is made."""
        schema = self.table.schema(owner.value.get("schema"), owner.below("schema"))
        written = [
            each.value["value"] for _, each in self.description.members(owner, "examples") if "value" in each.value
        ]
        if "example" in owner.value:
            written.append(owner.value["example"])
        return next((each for each in written if self.generator.validity.holds(schema, each)), None) or (
            self.generator.value(schema, owner.text("name"))
        )

    def credentials(self, each, headers, query):
        options = each.said.value.get("security", self.description.root.get("security")) or [{}]
        for name in options[0]:
            scheme = self.schemes[name]
            match scheme.text("type"), scheme.text("scheme").lower(), scheme.text("in"):
                case "apiKey", _, "header":
                    headers[scheme.text("name").lower()] = "key"
                case "apiKey", _, "query":
                    query.append((scheme.text("name"), "key"))
                case "http", "basic", _:
                    headers["authorization"] = "Basic a2V5OnNlY3JldA=="
                case _:
                    headers["authorization"] = "Bearer key"

    def body(self, each, headers):
        body = self.description.member(each.said, "requestBody")
        for media_type, media in self.description.members(body, "content"):
            headers["content-type"] = media_type
            if bodies.is_json(media_type):
                return json.dumps(self.value(media)).encode()
            if media_type == "application/x-www-form-urlencoded":
                value = self.value(media)
                found = [pair for name, inner in value.items() for pair in form_pairs(name, inner)]
                return "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in found).encode()
            if media_type.startswith("multipart/"):
                headers["content-type"] = f"{media_type}; boundary=b"
                return multipart(self.value(media))
            return b"<a>1</a>" if bodies.is_xml(media_type) else b"hello"
        return b""


def flat(value):
    if isinstance(value, list):
        return ",".join(flat(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value)


def pairs(name, value, parameter):
    style = parameter.text("style") or "form"
    explode = parameter.value.get("explode", style == "form")
    if isinstance(value, dict):
        if style == "deepObject":
            return [pair for key, inner in value.items() for pair in form_pairs(f"{name}[{key}]", inner)]
        return [(key, flat(inner)) for key, inner in value.items()]
    if isinstance(value, list) and explode:
        return [(name, flat(each)) for each in value]
    if isinstance(value, list):
        return [(name, {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",").join(map(flat, value)))]
    return [(name, flat(value))]


def form_pairs(name, value):
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in form_pairs(f"{name}[{key}]", inner)]
    if isinstance(value, list):
        return [(name, flat(each)) for each in value]
    return [(name, flat(value))]


def multipart(value):
    found = b""
    for name, inner in value.items():
        for each in inner if isinstance(inner, list) else [inner]:
            is_json = isinstance(each, dict)
            text = json.dumps(each) if is_json else flat(each)
            head = f'Content-Disposition: form-data; name="{name}"' + (
                "\r\nContent-Type: application/json" if is_json else ""
            )
            found += f"--b\r\n{head}\r\n\r\n{text}\r\n".encode()
    return found + b"--b--\r\n"
