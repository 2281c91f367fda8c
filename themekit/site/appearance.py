"""mkdocs' configuration for one brand: every text escaped, every path constant, every switch labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from themekit.site.fields import LEGAL
from themekit.site.inputs import (
    BRAND_FOLDER,
    FAVICON,
    ICON,
    LOGO_DARK,
    LOGO_LIGHT,
    MANIFEST,
    MARK_DARK,
    MARK_LIGHT,
    STYLES,
    TOUCH_ICON,
)
from themekit.site.metadata import expand_text
from themekit.site.wording import social_kind, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem

    from themekit.site.inputs import SiteInputs

    Watched = Callable[[str, str], str]

PORTAL_STYLES = ("assets/themekit/portal.css",)
PORTAL_SCRIPTS = ("assets/themekit/portal.js",)
SEARCH_SHIM = "assets/themekit/vendor/iframe-worker.js"

_SCHEMES = (
    ("default", "(prefers-color-scheme: light) and (not (prefers-contrast: more))", "material/weather-sunny", "dark"),
    ("slate", "(prefers-color-scheme: dark) and (not (prefers-contrast: more))", "material/weather-night", "contrast"),
    ("contrast", "(prefers-contrast: more)", "material/contrast-circle", "light"),
)
"""Scheme, media query (Material takes the first that matches), icon, and the wording of the switch to the next one."""


def configure(config: MkDocsConfig, inputs: SiteInputs, *, watched: Watched | None = None) -> None:
    """Set what the templates read. Values are Markup, so that neither `{{ x }}` nor `{{ x | e }}` errs.

    Each text is set as `watched(field, text)`, where that is given.
    """
    fields, words, watch = inputs.fields, wording(inputs.variant.locale), watched or _unwatched
    text = {name: watch(name, escape(value)) for name, value in fields.items()}
    config.site_name = text["name"]
    config.site_description = text["description"]
    config.site_author = text["legalName"]
    config.site_url = watch("urls.site", fields["urls.site"])  # mkdocs joins paths to it; templates escape the outcome
    config.copyright = watch("legalName", Markup("© ") + escape(fields["legalName"]))
    config.use_directory_urls = False  # so that the unpacked bundle works from a disk
    _theme(config, inputs)
    config.extra_css = [*(str(BRAND_FOLDER / name) for name in STYLES), *PORTAL_STYLES, *config.extra_css]
    config.extra_javascript = [*PORTAL_SCRIPTS, *config.extra_javascript]
    config.extra["generator"] = False
    config.extra["social"] = [
        {"name": social_kind(kind)[0], "icon": social_kind(kind)[1], "link": text[f"portal.social.{index}.url"]}
        for index, kind in enumerate(inputs.variant.social)
    ]
    config.extra["themekit"] = {
        "words": words,
        "text": text,
        "legal": [{"label": words[name.removeprefix("urls.")], "url": text[name]} for name in LEGAL if name in fields],
        "logo_light": str(BRAND_FOLDER / LOGO_LIGHT),
        "logo_dark": str(BRAND_FOLDER / LOGO_DARK),
        "mark_light": str(BRAND_FOLDER / MARK_LIGHT),
        "mark_dark": str(BRAND_FOLDER / MARK_DARK),
        "icon": str(BRAND_FOLDER / ICON),
        "touch_icon": str(BRAND_FOLDER / TOUCH_ICON),
        "manifest": str(BRAND_FOLDER / MANIFEST),
        "search_shim": SEARCH_SHIM,
    }


def _unwatched(_field: str, text: str) -> str:
    return text


def navigation_links(inputs: SiteInputs) -> list[dict[str, str]]:
    """The brand's extra links, for the end of the navigation."""
    fields = inputs.fields
    return [
        {Markup(escape(fields[f"portal.navigation.{index}.title"])): fields[f"portal.navigation.{index}.url"]}  # noqa: S704
        for index in range(inputs.variant.navigation)
    ]


def escape_titles(items: Iterable[StructureItem], fields: Mapping[str, str]) -> None:
    """Escape the titles of sections and the titles and addresses of links. Pages have theirs from their content."""
    for item in items:
        if item.is_section and item.title and not isinstance(item.title, Markup):
            item.title = escape(expand_text(item.title, fields))
        if item.is_link:
            link: Any = item
            link.title, link.url = escape(link.title or ""), escape(link.url)
        escape_titles(getattr(item, "children", None) or (), fields)


def _theme(config: MkDocsConfig, inputs: SiteInputs) -> None:
    theme, words = config.theme, wording(inputs.variant.locale)
    theme["language"] = inputs.variant.locale
    theme["font"] = False
    theme["favicon"] = str(BRAND_FOLDER / FAVICON)
    theme["logo"] = str(BRAND_FOLDER / LOGO_LIGHT)
    theme["palette"] = [
        {
            "scheme": scheme,
            "media": media,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": icon, "name": words[following]},
        }
        for scheme, media, icon, following in _SCHEMES
    ]
