"""The Go code of the portal's pages against the library: what a page shows is there, by that name and of that type."""

import re

import pytest
from go_modules import ACME, ROOT, SAMPLE, api_of, emitted, go, needs_go, stamped, written

PAGES = ROOT / "docs_src"
FENCE = re.compile(r"^( *)```go[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
PACKAGES = "context errors fmt io log log/slog net/http os os/signal syscall time".split()
# Fragments name things of the reader's own program, and stand in functions that are not shown.
OF_THE_READER = re.compile(
    r"undefined: (?!acme\.)|declared and not used|imported and not used|no new variables|missing return|return values"
    r"|has no field or method (?:orders|client)"
)


def fragments():
    for path in sorted(PAGES.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            lines = [line.removeprefix(found[1]) for line in found[2].split("\n")]
            code = "\n".join(lines).replace("{{ brand.sdk.go.package }}", "acme")
            code = code.replace("{{ brand.sdk.go.module }}", ACME["go-module"])
            if re.search(r"\bacme\.|\bclient\.", code) and not code.startswith("import"):
                yield f"{path.relative_to(PAGES)}:{text[: found.start()].count(chr(10)) + 1}", code


def program(code):
    """A fragment as a package."""
    if code.startswith("package"):
        return code
    if not re.search(r"^(?:func|const|type) ", code, re.MULTILINE):
        code = f"func _(ctx context.Context) error {{\n{code}\nreturn nil\n}}"
    code = f"var client *acme.Client\n\n{code}"
    used = [each for each in PACKAGES if re.search(rf"\b{each.split('/')[-1]}\.", code)]
    imports = "\n".join(f'\t"{each}"' for each in used)
    return f'package page\n\nimport (\n{imports}\n\n\tacme "{ACME["go-module"]}"\n)\n\n{code}\n'


@needs_go
def test_pages_show_what_is_there(tmp_path):
    module = written(stamped(emitted(api_of(SAMPLE), with_tests=False), ACME), tmp_path / "module")
    places = {}
    for number, (place, code) in enumerate(fragments()):
        places[f"page{number}"] = place
        written({"page.go": program(code)}, tmp_path / "pages" / f"page{number}")
    if not places:
        pytest.fail("no page has Go code")
    written(
        {
            "go.mod": f"module pages\n\ngo 1.23\n\nrequire {ACME['go-module']} v1.2.3\n\n"
            f"replace {ACME['go-module']} => {module}\n"
        },
        tmp_path / "pages",
    )
    said = go("build", "-gcflags=-e", "./...", folder=tmp_path / "pages")
    wrong = [
        f"{places[folder]}: {message}"
        for folder, message in re.findall(r"^(page\d+)/page\.go:\d+:\d+: (.*)", said, re.MULTILINE)
        if not OF_THE_READER.search(message)
    ]
    assert [] == wrong
    assert "build constraints" not in said
