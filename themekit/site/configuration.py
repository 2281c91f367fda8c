"""What in mkdocs.yml a render cannot work with, or what would make it depend on more than its inputs.

The file is the project owner's and trusted: its plugins run as code. Tags and keys that read the environment, other
files or any Python name are refused all the same, because no build would record what they read.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import yaml

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.diagnostics.printable import quoted
from themekit.site.installed import extensions_like, has_extension, has_plugin, plugin_names
from themekit.site.variant import DOCS
from themekit.source.did_you_mean import did_you_mean
from themekit.source.locate import span_at
from themekit.source.utf8 import SAVE_AS_UTF_8, undecodable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from themekit.model import SourceFile

UNSAFE_CONFIGURATION = Code(
    "unsafe-configuration", summary="mkdocs.yml holds a YAML tag or key that reads more than the project's inputs."
)
INVALID_CONFIGURATION = Code("invalid-configuration", summary="A portal cannot be rendered with this mkdocs.yml.")

UNKNOWN_SETTING = Code("unknown-setting", Severity.WARNING, "mkdocs.yml has a setting that mkdocs does not know.")

SETTINGS = (
    *("config_file_path", "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri", "edit_uri_template"),
    *("exclude_docs", "extra", "extra_css", "extra_javascript", "extra_templates", "google_analytics", "hooks"),
    *("markdown_extensions", "mdx_configs", "nav", "not_in_nav", "pages", "plugins", "remote_branch", "remote_name"),
    *("repo_name", "repo_url", "site_author", "site_description", "site_dir", "site_name", "site_url", "strict"),
    *("theme", "use_directory_urls", "validation", "watch"),
)
"""Those of mkdocs, which is not loaded here; a test compares them with its own list."""
NAVIGATION = "write `- page.md`, `- Title: page.md`, or `- Title:` and a list below it"
MAX_CHARACTERS = 1_000_000
MAX_OPENINGS = 1_000  # of flow lists and mappings: PyYAML's time is quadratic in their nesting, 0.2 s for these
MAX_ALIASES = 100
_NAMES = re.compile(r"(material|pymdownx|markdown|mkdocs|themekit)\.[A-Za-z0-9_.]+$")
_LONG_ESCAPE = re.compile(r"\\U([0-9A-Fa-f]{8})")
_KINDS: dict[str, tuple[type[yaml.Node], ...]] = {
    "site_name": (yaml.ScalarNode,),
    "docs_dir": (yaml.ScalarNode,),
    "nav": (yaml.SequenceNode,),
    "plugins": (yaml.SequenceNode, yaml.MappingNode),
    "markdown_extensions": (yaml.SequenceNode, yaml.MappingNode),
    "theme": (yaml.ScalarNode, yaml.MappingNode),
    "extra": (yaml.MappingNode,),
    "validation": (yaml.MappingNode,),
    "exclude_docs": (yaml.ScalarNode,),
}
_WORDS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "text",
    yaml.SequenceNode: "a list",
    yaml.MappingNode: "a mapping",
}
Fault = tuple[yaml.Mark | None, str, str | None]
"""Place, message, hint."""


def check_configuration(source: SourceFile) -> tuple[Diagnostic, ...]:
    """The mistakes in mkdocs.yml that can be seen without mkdocs, each at its place."""
    report = Reporter()
    start = Span(source.path, 1, 1)
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report(INVALID_CONFIGURATION, *undecodable(source.path, error), hint=SAVE_AS_UTF_8)
        return report.diagnostics
    if fault := _size_fault(text):
        report(INVALID_CONFIGURATION, start, fault)
        return report.diagnostics
    lines = text.split("\n")

    def place(mark: yaml.Mark | None) -> Span:
        if mark is None:
            return start
        excerpt = lines[mark.line] if mark.line < len(lines) else ""
        return Span(source.path, mark.line + 1, mark.column + 1, 1, excerpt)

    try:
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
        root = yaml.compose(text, Loader=yaml.SafeLoader)  # nothing is made of it
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report(INVALID_CONFIGURATION, place(mark), f"mkdocs.yml is no YAML: {error.problem or error.context}")
        return report.diagnostics
    except (ValueError, OverflowError, RecursionError, yaml.YAMLError) as error:
        report(INVALID_CONFIGURATION, *_unreadable(source.path, text, error))
        return report.diagnostics
    for mark, message in _refused(tokens):
        report(UNSAFE_CONFIGURATION, place(mark), message)
    for fault_mark, message, hint in _faults(root):
        report(INVALID_CONFIGURATION, place(fault_mark), message, hint=hint)
    for fault_mark, message, hint in _unknown_settings(root):
        report(UNKNOWN_SETTING, place(fault_mark), message, hint=hint)
    return report.diagnostics


def _unreadable(path: PurePosixPath, text: str, error: Exception) -> tuple[Span, str]:
    """The place of what no YAML can have, where it is known, and what to say of it."""
    if isinstance(error, yaml.reader.ReaderError):
        span = span_at(path, text, start=error.position, end=error.position + 1)
        return span, f"the character U+{ord(text[error.position]):04X} stands in no YAML"
    for escape in _LONG_ESCAPE.finditer(text):
        if int(escape[1], 16) > sys.maxunicode:
            span = span_at(path, text, start=escape.start(), end=escape.end())
            return span, f"`{escape.group()}` is the escape of no character: the last is `\\U{sys.maxunicode:08X}`"
    return Span(path, 1, 1), f"mkdocs.yml cannot be read: {error}"


def _size_fault(text: str) -> str | None:
    if len(text) > MAX_CHARACTERS:
        return f"mkdocs.yml has more than {MAX_CHARACTERS} characters"
    if sum(map(text.count, "[{?")) > MAX_OPENINGS or any(line.count("- ") > MAX_ALIASES for line in text.split("\n")):
        return f"mkdocs.yml opens more than {MAX_OPENINGS} lists and mappings within a line or within brackets"
    return None


def _refused(tokens: list[yaml.Token]) -> Iterator[tuple[yaml.Mark, str]]:
    aliases = 0
    for token in tokens:
        if isinstance(token, yaml.TagToken):
            handle, suffix = token.value
            prefix, _, name = str(suffix).partition(":")
            if (handle, prefix) != ("!!", "python/name") or not _NAMES.match(name):
                yield token.start_mark, f"the tag `{handle or ''}{suffix}` is refused"
        elif isinstance(token, yaml.ScalarToken) and token.value == "INHERIT" and token.start_mark.column == 0:
            yield token.start_mark, "`INHERIT` is refused: the site's configuration is one file"
        elif isinstance(token, yaml.AliasToken):
            aliases += 1
            if aliases == MAX_ALIASES + 1:
                yield token.start_mark, f"more than {MAX_ALIASES} aliases are refused: they can multiply without end"


def _faults(root: yaml.Node | None) -> Iterator[Fault]:
    if not isinstance(root, yaml.MappingNode):
        yield root.start_mark if root else None, "mkdocs.yml is a mapping of settings", 'begin with "site_name: …"'
        return
    seen: dict[str, yaml.Node] = {}
    for key, value in root.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            yield key.start_mark, "a setting's name is text", None
        elif name in seen:
            yield key.start_mark, f"`{name}` stands twice", None
        else:
            seen[name] = value
    wrong = {name for name, value in seen.items() if not isinstance(value, _KINDS.get(name, (yaml.Node,)))}
    for name in sorted(wrong):
        yield seen[name].start_mark, f"`{name}` is {' or '.join(_WORDS[kind] for kind in _KINDS[name])}", None
    if "site_name" not in seen:
        yield root.start_mark, "`site_name` is missing", did_you_mean("site_name", seen)
    for name in ("plugins", "markdown_extensions"):
        if name not in wrong and "themekit" not in _names(seen.get(name)):
            mark = seen[name].start_mark if name in seen else root.start_mark
            yield mark, f"`{name}` does not list `themekit`", "add `- themekit` as its first line"
    yield from _renderer_faults(seen, wrong, root=root)
    yield from _uninstalled({name: value for name, value in seen.items() if name not in wrong})
    if "nav" not in wrong:
        yield from _navigation_faults(seen.get("nav"), frozenset())


def _uninstalled(seen: dict[str, yaml.Node]) -> Iterator[Fault]:
    """Plugins and extensions that no installed package has."""
    install = "install the package that has it"
    for node in _name_nodes(seen.get("plugins")):
        if not has_plugin(node.value):
            hint = did_you_mean(node.value, plugin_names()) or install
            yield node.start_mark, f"no plugin named {quoted(node.value)} is installed", hint
    for node in _name_nodes(seen.get("markdown_extensions")):
        if not has_extension(node.value):
            hint = did_you_mean(node.value, extensions_like(node.value)) or install
            yield node.start_mark, f"no Markdown extension named {quoted(node.value)} is installed", hint


def _navigation_faults(node: yaml.Node | None, above: frozenset[int]) -> Iterator[Fault]:
    """An item is a page's path, or one title with a path, an address or a list of items."""
    for item in node.value if isinstance(node, yaml.SequenceNode) and id(node) not in above else ():
        if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
            (title, target) = item.value[0]
            if not _is_text(title):
                yield title.start_mark, "a title in `nav` is text", "put it in quotes"
            if isinstance(target, yaml.SequenceNode):
                yield from _navigation_faults(target, above | {id(node)})
            elif not _is_text(target):
                yield target.start_mark, "a title in `nav` leads to a page, an address or a list", NAVIGATION
        elif isinstance(item, yaml.MappingNode) or not _is_text(item):
            yield item.start_mark, "an item of `nav` is a page, or one title with a page or a list", NAVIGATION


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str"


def _unknown_settings(root: yaml.Node | None) -> Iterator[Fault]:
    """Settings that mkdocs passes over; it says so of any, but not where."""
    names = [key for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    for key in names:
        if isinstance(key, yaml.ScalarNode) and key.value not in SETTINGS and key.value != "INHERIT":
            yield key.start_mark, f"mkdocs has no setting {quoted(key.value)}", did_you_mean(key.value, SETTINGS)


def _renderer_faults(seen: dict[str, yaml.Node], wrong: set[str], *, root: yaml.Node) -> Iterator[Fault]:
    first = next(iter(seen.values()), root)  # where what is missing is told: there may be no setting at all
    theme = seen.get("theme")
    settings = dict(_members(theme)) if isinstance(theme, yaml.MappingNode) else {}
    named = theme if isinstance(theme, yaml.ScalarNode) else settings.get("name")
    if "theme" not in wrong and getattr(named, "value", None) != "material":
        yield (named or theme or first).start_mark, "the theme is `material`", "name: material"
    docs = seen.get("docs_dir")
    if "docs_dir" not in wrong and getattr(docs, "value", None) != DOCS.name:
        mark = (docs or first).start_mark
        yield mark, f"the pages are in `{DOCS}`", f"docs_dir: {DOCS}"
    for node, name in ((seen.get("hooks"), "hooks"), (settings.get("custom_dir"), "theme.custom_dir")):
        if node is not None and node.value:
            message = f"`{name}` names files that a build does not read: only plain mkdocs has them"
            yield node.start_mark, message, "make it a plugin, and install it"


def _names(node: yaml.Node | None) -> set[str]:
    return {name.value for name in _name_nodes(node)}


def _name_nodes(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """What a list of names, or of mappings from a name to its settings, lists; or a mapping's keys."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in items:
        names = [key for key, _ in item.value] if isinstance(item, yaml.MappingNode) else [item]
        yield from (name for name in names if isinstance(name, yaml.ScalarNode))


def _members(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value, value
