"""What the portal's pages show in Java compiles against the library of the sample API."""

import re

from java_packages import HERE, PACKAGE, ROOT, VALUES, compiled

DOCS = ROOT / "docs_src"
BLOCK = re.compile(r"^(?P<indent> *)```java[^\n]*\n(?P<code>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
PLACEHOLDERS = {
    "brand.sdk.client": VALUES["client"],
    "brand.sdk.java.package": PACKAGE,
}
IMPORTS = """\
import com.acme.pay.*;
import java.io.*;
import java.net.URI;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.CompletableFuture;
"""
FRAMEWORKS = re.compile(r"^@|HttpServer|HttpExchange|static boolean", re.MULTILINE)  # of what is not on the class path


def blocks():
    """Blocks that use the library, with the place of each."""
    for page in sorted(DOCS.rglob("*.md")):
        if "client" not in (text := page.read_text(encoding="utf-8")):
            continue
        for found in BLOCK.finditer(text):
            code = re.sub(rf"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
            for name, value in PLACEHOLDERS.items():
                code = code.replace(f"{{{{ {name} }}}}", value)
            if "client" in code and not FRAMEWORKS.search(code):
                yield f"{page.relative_to(DOCS)}:{text[: found.start()].count(chr(10)) + 1}", code


def program(name, code):
    """A whole file as it is; statements within a method, whose last word may be thrown or returned."""
    if re.search(r"^(?:public )?(?:final )?class ", code, re.MULTILINE):
        return re.sub(r"(?:public )?(?:final )?class \w+", f"final class {name}", code)
    own = "".join(f"{line}\n" for line in code.splitlines() if line.startswith("import "))
    code = re.sub(r"^import .*\n", "", code, flags=re.MULTILINE)
    declares = re.search(r"^\w+ client =", code, re.MULTILINE)
    client = "" if declares else f"    {VALUES['client']} client;\n"
    if not re.search(r"^\w+ params =", code, re.MULTILINE):
        client += f"    {'PaymentListParams' if 'iterate(params' in code else 'PaymentCreateParams'} params;\n"
    return (
        f"{own}{IMPORTS}\nclass {name} extends PageStubs {{\n{client}    Object shown() throws Exception {{\n"
        f"        if (true) {{\n{code}\n        }}\n        return null;\n    }}\n}}\n"
    )


def test_what_pages_show_compiles(sample_sdk, tmp_path):
    places = {}
    for number, (place, code) in enumerate(blocks()):
        name = f"Shown{number}"
        places[name] = place
        (tmp_path / f"{name}.java").write_text(program(name, code), encoding="utf-8")
    assert 20 < len(places)
    (tmp_path / "PageStubs.java").write_text((HERE / "scenarios" / "PageStubs.java").read_text(), encoding="utf-8")
    found = compiled(tmp_path.rglob("*.java"), tmp_path / "out", classpath=str(sample_sdk.classes))
    for name, place in places.items():
        found = found.replace(f"{tmp_path}/{name}.java", place)
    assert "" == found, found
