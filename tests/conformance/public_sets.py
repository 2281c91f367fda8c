"""Public token sets in the DTCG format, as one tree each: resolved for the first contexts, without what we refuse.

What is refused is taken out for every tool alike, and noted with the code of the diagnostic.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from themekit.diagnostics import Reporter
from themekit.model import Origin
from themekit.model.token_names import Casing
from themekit.resolve.contexts import resolve_contexts
from themekit.source.composition import Part, composed
from themekit.source.json_value import pointer_parts
from themekit.source.node import Node
from themekit.source.resolver import read_resolver
from themekit.source.resolver_documents import Documents
from themekit.source.resolver_input import every_context
from themekit.source.tokens import read_tokens

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
EXAMPLES = PACKAGES / "dtcg-examples"
THEMES = PACKAGES / "@carbon" / "themes" / "src" / "dtcg"
MAX_ROUNDS = 12  # an alias of an alias of what was refused is refused in the third


@dataclass
class PublicSet:
    """A set: its tree, the resolved tokens, and how many tokens were refused by which diagnostic."""

    name: str
    tree: dict
    resolved: object
    refused: Counter = field(default_factory=Counter)
    messages: dict = field(default_factory=dict)


def public_sets():
    """All sets that are installed."""
    found = [
        _set(path.name.split(".")[0], EXAMPLES, resolver=path.name) for path in sorted(EXAMPLES.glob("*.resolver.json"))
    ]
    if THEMES.is_dir():
        names = [path.name for path in sorted(THEMES.glob("*.json")) if path.name != "color-palette.json"]
        found += [
            _set(f"carbon-themes-{name.split('.')[0]}", THEMES, files=("color-palette.json", name)) for name in names
        ]
    return found


def _set(name, root, *, resolver=None, files=()):
    content = {}

    def read(path):
        if path not in content:
            file = root / path
            content[path] = json.loads(file.read_bytes()) if file.is_file() else None
        return None if content[path] is None else json.dumps(content[path]).encode()

    refused, messages = Counter(), {}
    for _ in range(MAX_ROUNDS):
        report = Reporter()
        documents = Documents(read, lambda _: (), report)
        if resolver:
            document = read_resolver(PurePosixPath(resolver), documents)
            parts = document.parts(every_context(document)[0].contexts)
        else:
            roots = [documents.root(PurePosixPath(file)) for file in files]
            parts = [Part(each.value, each.sources) for each in roots]
        whole = composed(parts, report)
        tokens = read_tokens(Node(whole.members, "", whole.sources, report), casings=(Casing.KEBAB,))
        resolved, diagnostics = resolve_contexts((("default", tokens),))
        wrong = [each for each in (*report.found, *diagnostics) if each.is_error]
        if not wrong:
            return PublicSet(name, whole.members, resolved, refused, messages)
        gone = {}
        for each in wrong:
            assert isinstance(each.place, Origin), each
            gone.setdefault((each.place.path, _token_at(content[each.place.path], each.place.pointer)), each)
        for (path, parts_of_pointer), each in gone.items():
            _remove(content[path], parts_of_pointer)
            refused[each.code] += 1
            messages.setdefault(each.code, each.message)
    raise AssertionError(f"{name}: still refused after {MAX_ROUNDS} rounds: {wrong[:3]}")


def _token_at(value, pointer):
    """The way to the outermost token on a pointer, or to what the pointer means."""
    way = []
    for part in pointer_parts(pointer):
        way.append(part)
        value = value[int(part)] if isinstance(value, list) else value.get(part)
        if isinstance(value, dict) and ("$value" in value or "$ref" in value):
            break
    return tuple(way)


def _remove(value, way):
    for part in way[:-1]:
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value.pop(way[-1], None)
