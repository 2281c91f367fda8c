"""A template held against a render with plain words, where plugins work on pages that nobody here has read.

Probes are full of signs that escapings change, and a plugin may do to a harmless word what it does to no probe: a
minifier drops the quotes around an attribute of letters alone. Such a file is alike in both renders with probes, and
wrong in a brand's. One more render, with a word for each text, must be what is stamped with these words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.site.fields import kind_of
from themekit.site.inputs import SiteInputs
from themekit.site.probe import slot_names
from themekit.site.render import render_site
from themekit.site.stamp import SITE, stamp_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.model import SiteTemplate, SourceFile
    from themekit.site.fields import FieldKind
    from themekit.site.variant import Variant

REASON = "a plugin writes it in another way around some texts"
_SHAPES: dict[FieldKind, str] = {
    "text": "Word{}",
    "url": "https://word{}.example/",
    "email": "word{}@word.example",
    "identifier": "word{}",
    "version": "1.0.{}",
}


def prove(
    template: SiteTemplate,
    variant: Variant,
    *,
    sources: Sequence[SourceFile],
    overlay: Sequence[SourceFile] = (),
    scratch: Path,
) -> tuple[SiteTemplate, tuple[Diagnostic, ...]]:
    """The template without the files that the words show to be wrong, which are to be rendered for each brand.

    The other arguments are those that `compile_site` made the template from. Errors are those of a render that failed.
    """
    words = plain_words(slot_names(variant), locale=variant.locale)
    rendered = render_site(sources, SiteInputs(variant, words, tuple(overlay)), scratch=scratch)
    if not rendered.files:
        return template, tuple(found for found in rendered.diagnostics if found.is_error)
    stamped = {artifact.path.relative_to(SITE): artifact.content for artifact in stamp_fields(template, words)}
    known = {path for path, _ in template.plain}
    paths = sorted((stamped.keys() | rendered.files.keys()) - known)
    wrong = {path: REASON for path in paths if stamped.get(path) != rendered.files.get(path)}
    files = tuple(file for file in template.files if file.path not in wrong)
    return replace(template, files=files, plain=tuple(sorted((*template.plain, *wrong.items())))), ()


def plain_words(names: Iterable[str], *, locale: str) -> dict[str, str]:
    """A word of letters and digits for each field; the locale is itself."""
    return {
        name: locale if kind_of(name) == "locale" else _SHAPES[kind_of(name)].format(number)
        for number, name in enumerate(names)
    }
