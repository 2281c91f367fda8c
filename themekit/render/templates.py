"""The one home of Jinja outside the site: templates and finished values to text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def render_template(templates: Mapping[str, str], name: str, *, values: Mapping[str, object]) -> str:
    """The template of this name filled in; it may include others of `templates`, and nothing else.

    Every value is escaped for HTML, a name that is not in `values` raises UndefinedError, and a template that is not
    there TemplateNotFound. Templates get finished values: they may loop and test a flag, but look nothing up and
    compute nothing.
    """
    import jinja2  # noqa: PLC0415  # 74 ms that only a report needs
    import jinja2.sandbox  # noqa: PLC0415  # as above

    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(values)
