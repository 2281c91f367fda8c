"""The answers in the words of common static hosts. What lies in `site/` they read themselves, the rest is to be copied.

Sources: Netlify and Cloudflare Pages, "_headers" and "_redirects"; nginx, ngx_http_headers_module; Apache, mod_headers;
Amazon CloudFront, API reference, "ResponseHeadersPolicyConfig"; GitHub Pages, "Bypassing Jekyll".
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.model import Artifact
from themekit.site.stamp import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model import Brand
    from themekit.site.hosting.answers import Answers

HOSTING = PurePosixPath("hosting")
HEADERS_PATH = HOSTING / "headers.json"
NOT_FOUND = "404.html"
CLOUDFRONT = {
    "Content-Security-Policy": "ContentSecurityPolicy",
    "X-Content-Type-Options": "ContentTypeOptions",
    "Referrer-Policy": "ReferrerPolicy",
}
"""Headers that CloudFront has members of its own for."""
FOR_HOSTS = ("_headers", "_redirects", ".htaccess", ".nojekyll")
"""Files of the site that are for one host, and that another would show."""
COMPRESSED = (
    "text/css text/javascript application/javascript application/json "
    "image/svg+xml application/manifest+json text/plain"
)
MANIFEST_TYPE = "application/manifest+json"  # which older lists of types lack


def host_files(brand: Brand, answers: Answers) -> tuple[Artifact, ...]:
    """A file for each host that has one of its own, and headers.json for programs."""
    root = urlsplit(brand.urls.site).path or "/"
    return (
        Artifact.text(str(HEADERS_PATH), _headers_json(answers), media_type="application/json"),
        Artifact.text(f"{HOSTING}/nginx.conf", _nginx(answers, root)),
        Artifact.text(f"{HOSTING}/cloudfront.json", _cloudfront(brand, answers), media_type="application/json"),
        Artifact.text(f"{SITE}/_headers", _headers(answers, root)),
        Artifact.text(f"{SITE}/_redirects", _redirects(root)),
        Artifact.text(f"{SITE}/.htaccess", _htaccess(answers, root)),
        Artifact.text(f"{SITE}/.nojekyll", ()),
    )


def _headers_json(answers: Answers) -> str:
    document = {"always": dict(answers.always), "paths": {path: dict(headers) for path, headers in answers.of_path}}
    return f"{json.dumps(document, indent=2)}\n"


def _headers(answers: Answers, root: str) -> Iterator[str]:
    """Netlify's and Cloudflare's form."""
    yield f"{root}*"
    yield from (f"  {name}: {value}" for name, value in answers.always)
    for path, headers in answers.of_path:
        yield f"{root}{path}"
        yield from (f"  {name}: {value}" for name, value in headers)


def _redirects(root: str) -> Iterator[str]:
    """A page has one address: without `index.html`."""
    yield f"{root}index.html {root} 301"
    yield f"{root}*/index.html {root}:splat/ 301"


def _nginx(answers: Answers, root: str) -> Iterator[str]:
    """For a server block; `root` or `alias` are the partner's."""
    yield "# Include this in the server block whose root is the unpacked folder site/."
    yield f"error_page 404 {root}{NOT_FOUND};"
    yield "index index.html;"
    yield "gzip on;"
    yield f"gzip_types {COMPRESSED};"
    yield from (f"add_header {name} {_quoted(value)} always;" for name, value in answers.always)
    yield f"location {root} {{ try_files $uri $uri/ =404; }}"
    yield f"location ~ \\.webmanifest$ {{ types {{ }} default_type {MANIFEST_TYPE}; }}"
    yield from (f"location = {root}{name} {{ return 404; }}" for name in FOR_HOSTS)
    for path, headers in answers.of_path:
        yield f"location = {root}{path} {{"
        yield from _nginx_location(answers, headers)
        yield "}"


def _nginx_location(answers: Answers, headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Nginx forgets the headers of the server where a location has one of its own."""
    own = dict(headers)
    if "Content-Type" in own:
        yield f"    types {{ }} default_type {own.pop('Content-Type')};"
    merged = dict(answers.always) | own
    yield from (f"    add_header {name} {_quoted(value)} always;" for name, value in merged.items())


def _htaccess(answers: Answers, root: str) -> Iterator[str]:
    yield f"ErrorDocument 404 {root}{NOT_FOUND}"
    yield "Options -Indexes"
    yield "DirectoryIndex index.html"
    yield "<IfModule mod_headers.c>"
    yield from (f"    Header always set {name} {_quoted(value)}" for name, value in answers.always)
    yield "</IfModule>"
    yield "<IfModule mod_mime.c>"
    yield f"    AddType {MANIFEST_TYPE} .webmanifest"
    yield "</IfModule>"
    for path, headers in answers.of_path:
        yield f"<If \"%{{REQUEST_URI}} == '{root}{path}'\">"
        yield from _htaccess_of_path(headers)
        yield "</If>"
    yield f'<FilesMatch "^({"|".join(map(re.escape, FOR_HOSTS))})$">'
    yield "    Require all denied"
    yield "</FilesMatch>"


def _htaccess_of_path(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in headers:
        yield f"    ForceType {value}" if name == "Content-Type" else f"    Header always set {name} {_quoted(value)}"


def _cloudfront(brand: Brand, answers: Answers) -> str:
    """The input of `aws cloudfront create-response-headers-policy --response-headers-policy-config`."""
    always = dict(answers.always)
    document = {
        "Name": f"{brand.id}-portal",
        "Comment": "Headers of the developer portal",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {
                "ContentSecurityPolicy": always["Content-Security-Policy"],
                "Override": True,
            },
            "ContentTypeOptions": {"Override": True},
            "ReferrerPolicy": {"ReferrerPolicy": always["Referrer-Policy"], "Override": True},
        },
        "CustomHeadersConfig": {
            "Quantity": len(always) - len(CLOUDFRONT),
            "Items": [
                {"Header": name, "Value": value, "Override": True}
                for name, value in answers.always
                if name not in CLOUDFRONT
            ],
        },
    }
    return f"{json.dumps(document, indent=2)}\n"


def _quoted(value: str) -> str:
    """For nginx and Apache: neither has an escape for what no header here holds."""
    if '"' in value or "\\" in value or "$" in value or "%" in value:
        raise ValueError(f"the header's value cannot be quoted: {value}")
    return f'"{value}"'
