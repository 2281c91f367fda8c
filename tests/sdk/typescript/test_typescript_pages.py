"""The portal's TypeScript is right: its code compiles against the package."""

import re
import textwrap

from typescript_packages import ROOT, SAMPLE, api_of, installed, tools

DOCS = ROOT / "docs_src"

# What the pages leave to their readers: names that stand for a part of their program.
FREE_NAMES = re.compile(r"TS(2304|2552|18004|2582|6133|7006|7031|1108) |Cannot find module '(?!@acme/sdk)")

# Programs of a page stand on their own, fragments take the client from elsewhere on it.
PRELUDE = """import type { Acme as Client, types } from "@acme/sdk";
import type * as sdk from "@acme/sdk";
declare global {
  const ApiError: typeof sdk.ApiError;
  const client: Client;
  const paymentId: string;
  const params: types.PaymentsCreateParams;
  const payment: types.Payment;
}
"""


def code_blocks():
    """The TypeScript of each page that uses the library: path, line, text."""
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r"^( *)```ts[^\n]*\n(.*?)^\1```", text, flags=re.MULTILINE | re.DOTALL):
            code = textwrap.dedent(found[2])
            if re.search(r"\bclient\.\w+\.|brand\.sdk\.", code):
                yield path.relative_to(DOCS).as_posix(), text[: found.start()].count("\n") + 1, code


def as_of_acme(code):
    """Placeholders filled in, as a brand's page has it."""
    code = code.replace("{{ brand.sdk.client }}", "Acme").replace("{{ brand.sdk.typescript.package }}", "@acme/sdk")
    return re.sub(r"\{\{.*?\}\}", "x", code)


def test_the_typescript_of_all_pages_compiles(tmp_path):
    """Mistakes in the use of the library; names that a reader has are left alone."""
    found = tools()
    folder = installed(tmp_path, api_of(SAMPLE))
    programs = folder / "programs"
    for each in programs.glob("*.ts"):
        each.unlink()
    (programs / "prelude.ts").write_text(PRELUDE, encoding="utf-8")
    blocks = {}
    for index, (path, line, code) in enumerate(code_blocks()):
        blocks[f"page{index}.ts"] = f"{path}:{line}"
        (programs / f"page{index}.ts").write_text(f"export {{}};\n{as_of_acme(code)}", encoding="utf-8")
    assert len(blocks) > 20
    errors = found.checked(folder)[folder]["errors"]
    wrong = [each for each in errors if not FREE_NAMES.search(each)]
    assert "" == "\n".join(re.sub(r"/programs/(page\d+\.ts)", lambda at: blocks[at[1]], each) for each in wrong)
