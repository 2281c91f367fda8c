"""Plugins of mkdocs as other people write them, to be installed in a folder: each does what some real one does.

`Derived` takes a value apart, as macros do. `Minifier` drops quotes and spaces as htmlmin does (mkdocs-minify-plugin),
`Reserialiser` and `Quoter` write a page's text and attributes anew as BeautifulSoup does (mkdocs-swagger-ui-tag).
`Brancher` decides by what pages hold.
"""

import html
import re
import shutil
from pathlib import Path

from mkdocs.plugins import BasePlugin


class Derived(BasePlugin):
    def on_page_content(self, html, *, page, config, **_):
        return html + f"<p>{str(config.site_name)[:1]}</p>" if page.file.src_uri.endswith("hooks.md") else html


class Minifier(BasePlugin):
    def on_post_page(self, output, **_):
        return re.sub(r'(?<= )([a-z-]+)="([A-Za-z0-9]+)"', r"\1=\2", output)


class Reserialiser(BasePlugin):
    def on_post_page(self, output, **_):
        return re.sub(r">([^<]*)<", lambda match: f">{html.escape(html.unescape(match[1]), quote=False)}<", output)


class Quoter(BasePlugin):
    def on_post_page(self, output, **_):
        return re.sub(r'="([^"]*)"', lambda match: f"={quoted(html.unescape(match[1]))}", output)


def quoted(value):
    """As BeautifulSoup writes an attribute: in the quotes that the value does not hold."""
    text = value.replace("&", "&amp;")
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'


class Brancher(BasePlugin):
    def on_post_page(self, output, **_):
        return output + "<!-- ours -->" if "Lagoon" in output else output


PLUGINS = (Derived, Minifier, Reserialiser, Quoter, Brancher)


def install(folder):
    """Put these plugins into a folder that is then named by PYTHONPATH, as pip would."""
    about = folder / "foreign_plugins-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: foreign-plugins\n")
    points = [f"{each.__name__.lower()} = foreign_plugins:{each.__name__}\n" for each in PLUGINS]
    (about / "entry_points.txt").write_text("[mkdocs.plugins]\n" + "".join(points))
    shutil.copy(Path(__file__), folder)
    return str(folder)
