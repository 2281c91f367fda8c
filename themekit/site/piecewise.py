"""Which configurations can be rendered piece by piece: those of which we know all that a page is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PLUGINS = frozenset({"themekit", "search", "material/search", "tags", "material/tags"})
EXTENSIONS = frozenset(
    {"abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs"}
    | {"legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "themekit", "toc", "wikilinks"}
)
READ_FILES = frozenset({"pymdownx.b64", "pymdownx.pathconverter", "pymdownx.snippets", "pymdownx.blocks.caption"})
"""Extensions whose pages depend on more than their own text: files, or (captions) what was rendered before."""
PREFIXES = ("pymdownx.", "markdown.extensions.")


class UnpiecedError(Exception):
    """The site can only be rendered whole; the message says why."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request to the renderer was not done, and its process ends. A render of the whole site will say what is wrong.

    It stands here, as the process runs serving.py under another name, by which no value of it could be read elsewhere.
    """

    reason: str


def refuse_unpieced(config: MkDocsConfig) -> None:
    """Raises UnpiecedError if anything in the configuration may read or keep what pieces do not know of."""
    for name in config.plugins:
        if name not in PLUGINS:
            raise UnpiecedError(f"the plugin {name} may read anything")
    for name in map(str, config.markdown_extensions):
        if name in READ_FILES or not (name in EXTENSIONS or name.startswith(PREFIXES)):
            raise UnpiecedError(f"the Markdown extension {name} may read other files")
    emoji = (config.mdx_configs or {}).get("pymdownx.emoji") or {}
    reasons = {
        "it has hooks": bool(config.hooks),
        "it has templates of its own": bool(config.extra_templates or config.theme.custom_dir),
        "its theme is not Material": config.theme.name != "material",
        "its build is strict": bool(config.strict),
        "its icons are files": "options" in emoji,
        "it names other folders": not config.docs_dir.endswith("docs_src"),
    }
    for reason, is_true in reasons.items():
        if is_true:
            raise UnpiecedError(reason)
