"""Every parser of what partners hand in: bytes in, nothing out but a value and diagnostics.

Each is a function of bytes that must return for any input: an exception, a hang, or a diagnostic without a place is a
fault. `seeds` are inputs to start from; what was once a fault lies in `corpus/<parser>/` and is tried in every run.
"""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from tests.fuzz import fetched
from tests.gateway.sample_policy import API, API_PATH, POLICY, read_policy
from themekit.build.locking import LOCK, lock_drift
from themekit.build.tokens import TokenProject, check_tokens
from themekit.bundle import parse_sums, verify_bundle
from themekit.diagnostics import Diagnostic, Span
from themekit.diagnostics.text import render_text
from themekit.engine import MemoryHost
from themekit.model import BrandId, SourceFile
from themekit.render.svg import sanitise_svg
from themekit.resolve.color_changes import changed
from themekit.resolve.color_mixing import MATH
from themekit.resolve.tokens import resolve_tokens
from themekit.site.checking import check_sources
from themekit.site.partner_files import check_partner_file
from themekit.source.api import read_api
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.importing.projects import project_of
from themekit.source.importing.read import import_tokens
from themekit.source.locate import all_located
from themekit.source.openapi import parse_openapi

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = json.loads((ROOT / "tests/cases/hostile_inputs.json").read_text(encoding="utf-8"))["cases"]
BRAND = PurePosixPath("brands/acme/brand.json")
PAGE = PurePosixPath("brands/acme/docs/page.md")
TOKENS = PurePosixPath("a.tokens.json")
GAP = {
    "$type": "dimension",
    "a": {"$value": {"value": 1, "unit": "px"}, "$extensions": {"mode": {"dark": "{gap.b}"}}},
    "b": {"$value": "{gap.c}", "$description": "two"},
    "c": {"$value": "3rem", "$deprecated": True},
}
STUDIO = {
    "core": {
        "ink": {
            "value": "#123456",
            "type": "color",
            "$extensions": {
                "studio.tokens": {"modify": {"type": "mix", "value": "0.3", "space": "lch", "color": "{b}"}}
            },
        },
        "glow": {"value": "linear-gradient(45deg, {core.ink} 0%, #fff 100%)", "type": "color"},
    },
    "$themes": [{"id": "a", "name": "dark", "selectedTokenSets": {"core": "enabled"}}],
    "$metadata": {"tokenSetOrder": ["core"]},
}
NO_FILES = BrandInputs(lambda _: None, lambda _: ())


@dataclass(frozen=True)
class Parser:
    """`parse` takes any bytes; `seeds` are some that it takes well, or was once attacked with."""

    name: str
    parse: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]


def shown(diagnostics: tuple[Diagnostic, ...], text: bytes, *, is_foreign: bool = False) -> str:
    """Printed as a user sees them: that must work for every one of them, too."""
    located = all_located(diagnostics, lambda _: text.decode("utf-8-sig", "replace"), is_foreign=is_foreign)
    assert all(each.place is None or not isinstance(each.place, Span) or each.place.line >= 1 for each in located)
    return render_text(located)


def brand(content: bytes) -> None:
    """A brand and its DTCG tokens, resolved in every mode if it has no mistake."""
    found, diagnostics = parse_brand(BRAND, content, brand_id=BrandId("acme"), inputs=NO_FILES)
    assert (found is None) == any(each.is_error for each in diagnostics)
    shown(diagnostics, content)
    if found is not None:
        _, more = resolve_tokens(found)
        shown(more, content)


def dtcg(content: bytes) -> None:
    """A file of tokens, the same as a resolver's document, and as another tool's file to be imported."""
    host = MemoryHost({str(TOKENS): content})
    for project in (TokenProject(files=(TOKENS,)), TokenProject(resolver=TOKENS)):
        shown(check_tokens(host, project).diagnostics, content)
    for path in (TOKENS, PurePosixPath("a.css")):
        shown(import_tokens(path, content)[1], content, is_foreign=True)


def imports(content: bytes) -> None:
    """A style sheet with computations, a script, and a configuration that names such a script."""
    for path in (PurePosixPath("a.css"), PurePosixPath("a.js")):
        shown(import_tokens(path, content, change=changed, maths=MATH)[1], content, is_foreign=True)
    for path in (PurePosixPath("c/config.json"), PurePosixPath("c/sd.config.js")):
        project = project_of(path, content)
        if project is not None:
            project.folders()
            chosen = project.files(("a.json", "tokens/b.js", "tokens/c/d.json5"))
            others = {path.parent / name: content for _, name in chosen}
            shown(project.imported(chosen, others)[1], content, is_foreign=True)


def policy(content: bytes) -> None:
    read_policy(content.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode())


def openapi(content: bytes) -> None:
    """The same description as gateways and as SDKs read it."""
    for read in (parse_openapi, read_api):
        found, diagnostics = read(PurePosixPath(API_PATH), content, read=lambda _: None)
        assert (found is None) == any(each.is_error for each in diagnostics)
        shown(diagnostics, content)


def svg(content: bytes) -> None:
    picture, diagnostics = sanitise_svg(content, path=PurePosixPath("brands/acme/logo.svg"), prefix="x-")
    assert picture is not None or any(each.is_error for each in diagnostics)
    shown(diagnostics, content)


def page(content: bytes) -> None:
    shown(check_partner_file(SourceFile(PAGE, content), ()), content)


def configuration(content: bytes) -> None:
    shown(check_sources([SourceFile(PurePosixPath("mkdocs.yml"), content)]), content)


def bundle(content: bytes) -> None:
    _, diagnostics = verify_bundle(content, expected_brand="acme")
    shown(diagnostics, b"")


def sums(content: bytes) -> None:
    _, diagnostics = parse_sums(PurePosixPath("SHA256SUMS"), content.decode("utf-8", "replace"))
    shown(diagnostics, content)


def lock(content: bytes) -> None:
    shown(lock_drift(MemoryHost({str(LOCK): content})), content)


def of_area(*areas: str) -> list[bytes]:
    return [case["payload"].encode() for case in CASES if case["area"] in areas and case["payload_kind"] == "text"]


def project_files(pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(ROOT.glob(pattern))]


def a_zip() -> bytes:
    opened = BytesIO()
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("site/index.html", "<p>hello</p>" * 9)
        archive.writestr(".themekit/manifest.json", '{"version": 1, "files": []}')
    return opened.getvalue()


def brands() -> list[bytes]:
    return [*project_files("brands/*/brand.json"), *of_area("json", "alias", "css", "html")]


def some_tokens() -> list[bytes]:
    resolver = {"version": "2025.10", "resolutionOrder": [{"type": "set", "name": "a", "sources": [{"gap": GAP}]}]}
    return [
        *(json.dumps(each).encode() for each in ({"gap": GAP}, resolver, STUDIO)),
        b":root { --gap: 1px; --ink: #123; --glow: linear-gradient(45deg, #123 0%, 30%, rgb(1 2 3 / .5)) }",
        b"{ // sd\n size: { a: { value: '4px', }, b: { value: .5, type: 'number' } }, /* c */ }",
    ]


def some_imports() -> list[bytes]:
    sheets = (
        ":root { --a: calc(1px + 2 * (3px - var(--b, 4px)) / 5); --b: clamp(1px, 2px, 3px) }",
        ":root { --c: color-mix(in oklch longer hue, #123 20%, rgb(from var(--d) r calc(g * 2) none / .5)); --d: red }",
        ".dark { --c: light-dark(hsl(var(--h) 50% 40%), var(--c)) } @property --h { syntax: '<n>'; initial-value: 2 }",
        "@media (prefers-contrast: more) { :root:not([data-theme=dark]) { --s: 0 0 calc(1px) var(--d) } }",
    )
    config = {
        "source": ["tokens/**/*.{js,json5}", "[!a]?.json"],
        "platforms": {
            "css": {"transformGroup": "css", "transforms": ["size/px"], "files": [{"format": "css/variables"}]}
        },
        "tokens": {"size": {"a": {"value": 1, "type": "dimension"}}},
    }
    scripts = (
        "module.exports = { a: { value: `#fff`, type: 'color' }, 100: f(1, [2]), ...b, [c]: 1 + 2, };",
        "const t: T = { a: { $value: -1.5e3, $type: 'number' } } as const;\nexport default t",
    )
    return [*(text.encode() for text in (*sheets, *scripts)), json.dumps(config).encode()]


PARSERS = {
    parser.name: parser
    for parser in (
        Parser("brand", brand, brands),
        Parser("policy", policy, lambda: [json.dumps(POLICY).encode(), *project_files("brands/*/policy.json")]),
        Parser("openapi", openapi, lambda: [API.encode(), *of_area("openapi")]),
        Parser("svg", svg, lambda: [*project_files("brands/*/*.svg"), *of_area("svg")]),
        Parser("page", page, lambda: [*project_files("docs_src/guides/*.md")[:5], *of_area("markdown", "template")]),
        Parser("configuration", configuration, lambda: [*project_files("mkdocs.yml"), *of_area("yaml")]),
        Parser("bundle", bundle, lambda: [a_zip(), b""]),
        Parser("sums", sums, lambda: [f"{'0' * 64}  acme-1.0.0.zip\n".encode()]),
        Parser("dtcg", dtcg, lambda: [*some_tokens(), *of_area("alias", "json")]),
        Parser("imports", imports, some_imports),
        Parser("minisign", fetched.signature, fetched.some_signatures),
        Parser("keys", fetched.keys, fetched.some_keys),
        Parser("provenance", fetched.provenance, fetched.some_provenance),
        Parser("listing", fetched.listing, fetched.some_listings),
        Parser("patch", fetched.patch, fetched.some_patches),
        Parser("tuf", fetched.metadata, fetched.some_metadata),
        Parser("lock", lock, lambda: [b'{"version": 1, "tools": {"a": "1"}, "inputs": {"b": "sha256:0"}}']),
    )
}


@cache
def corpus(name: str) -> tuple[bytes, ...]:
    """The seeds of a parser, and what was a fault once."""
    kept = sorted((HERE / "corpus" / name).glob("*"))
    return (*PARSERS[name].seeds(), *(path.read_bytes() for path in kept))
