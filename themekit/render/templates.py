"""The one home of Jinja outside the site: templates and finished values to text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2


def render_template(templates: Mapping[str, str], name: str, *, values: Mapping[str, object]) -> str:
    """The template of this name filled in; it may include others of `templates`, and nothing else.

    Every value is escaped for HTML, a name that is not in `values` raises UndefinedError, and a template that is not
    there TemplateNotFound. The templates are our own: they are not sandboxed, and they get finished values, so they
    loop and test a flag, but look nothing up and compute nothing.
    """
    return _environment(tuple(templates.items())).get_template(name).render(values)


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    """An environment that has compiled nothing yet; kept, as compiling costs more than filling in."""
    import jinja2  # noqa: PLC0415  # 74 ms that only a report needs

    return jinja2.Environment(
        loader=jinja2.DictLoader(dict(templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
