"""The example of a target is run, the rooms are those of the package, and notes on decisions have their form."""

import re

from tests.docs.markdown_pages import DOCS, ROOT, code_words, handbook_page, read_page
from tests.docs.smallest import smallest_tokens
from themekit.model import TargetOptions

DECISIONS = DOCS / "handbook" / "contributing" / "decisions"
PARTS = ["Decision", "Why", "What would change it"]


def test_the_target_on_the_page_writes_what_the_page_shows():
    page = handbook_page("contributing/adding-a-target")
    source = next(block for block in page.blocks if block.title == "themekit/targets/swift.py")
    shown = next(block for block in page.blocks if block.language == "swift")
    module: dict[str, object] = {}
    exec(compile(source.text, "swift.py", "exec"), module)  # noqa: S102  # our own page
    (artifact,) = module["TARGET"].emit(smallest_tokens(), TargetOptions())
    assert artifact.content.decode().startswith(shown.text)


def test_the_rooms_on_the_page_are_the_rooms_of_the_package():
    package = ROOT / "themekit"
    rooms = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()} | {"plugins.py"}
    (table,) = [table for table in handbook_page("contributing/architecture").tables() if table[0][0] == "room"]
    assert rooms == {code_words(row[0])[0] for row in table[1:]}


def test_decisions_are_dated_and_say_what_would_change_them():
    for path in sorted(DECISIONS.glob("*.md")):
        page = read_page(path)
        if path.stem != "index":
            assert re.search(r"^20\d\d-\d\d-\d\d$", "\n".join(page.prose), re.MULTILINE), path.stem
            assert [] == [part for part in PARTS if part not in {heading.text for heading in page.headings}], path.stem


def test_the_list_of_decisions_is_complete():
    listed = {target for _, target in read_page(DECISIONS / "index.md").links()}
    assert {path.name for path in DECISIONS.glob("*.md")} - {"index.md"} == listed


def test_the_page_of_benchmarks_names_every_script():
    named = re.findall(r"tests/bench/(bench_\w+\.py)", "".join(b.text for b in handbook_page("benchmarks").blocks))
    assert {path.name for path in (ROOT / "tests" / "bench").glob("bench_*.py")} == set(named)
