"""Calls of a sandbox over HTTP, and the descriptions that are tried."""

import json
import os
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, build_opener

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"
SHARED = Path(os.environ.get("THEMEKIT_SHARED", ROOT.parent / "shared")) / "specs"
SPECS = sorted(path for path in SHARED.glob("*") if path.suffix in {".json", ".yaml"}) if SHARED.is_dir() else []
KEY = "sk_test_1"


class Got(NamedTuple):
    status: int
    headers: dict
    content: bytes

    @property
    def json(self):
        return json.loads(self.content)


class Caller:
    """Calls one sandbox with a good key, unless it is told otherwise."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.opener = build_opener()

    def __call__(self, method, path, body=None, **headers):
        named = {"authorization": f"Bearer {KEY}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            named.setdefault("content-type", "application/json")
        return self.raw(method, path, body, {name: value for name, value in named.items() if value is not None})

    def raw(self, method, path, body, headers):
        """Call with these headers and no others."""
        request = Request(self.base_url + path, data=body, headers=headers, method=method)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return Got(answer.status, _lower(answer.headers), answer.read())
        except HTTPError as error:
            with error:
                return Got(error.code, _lower(error.headers), error.read())


def _lower(headers):
    return {name.lower(): value for name, value in headers.items()}
