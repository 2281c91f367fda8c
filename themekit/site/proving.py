"""A template held against renders with words, where plugins work on pages that nobody here has read.

Probes hold every sign that some escaping changes, and so a plugin may do to a harmless text what it does to no probe: a
minifier drops the quotes around an attribute of letters alone, and BeautifulSoup chooses an attribute's quotes by those
in its value (mkdocs-minify-plugin and mkdocs-swagger-ui-tag do these). Such a file is alike in both renders of probes,
and wrong in a brand's. So renders with words, and with either quote alone, must be what is stamped with the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.site.fields import kind_of
from themekit.site.inputs import SiteInputs
from themekit.site.probe import slot_names
from themekit.site.render import render_sites
from themekit.site.stamp import SITE, stamp_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path, PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import SiteTemplate, SourceFile
    from themekit.site.fields import FieldKind
    from themekit.site.variant import Variant

REASON = "a plugin writes it in another way around some texts"
Shapes = dict["FieldKind", str]
WORDS: tuple[Shapes, ...] = (
    {
        "text": "Word{}",
        "url": "https://word{}.example/",
        "email": "word{}@word.example",
        "identifier": "word{}",
        "version": "1.0.{}",
    },
    {
        "text": '"Word {}" &copy; co',
        "url": "https://word{}.example/a&copy;b/",
        "email": "w&copy;{}@word.example",
        "identifier": "word.{}",
        "version": "1.0.{}-beta.1",
    },
    {
        "text": "Word's {} & co",
        "url": "https://word{}.example/it's&x/",
        "email": "o'word{}@word.example",
        "identifier": "@word/{}",
        "version": "1.0.{}-rc",
    },
)
"""`{}` is the place of the field's number."""


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
    each = [words(slot_names(variant), shapes, locale=variant.locale) for shapes in WORDS]
    inputs = [SiteInputs(variant, texts, tuple(overlay)) for texts in each]
    wrong: dict[PurePosixPath, str] = {}
    for texts, rendered in zip(each, render_sites(sources, inputs, scratch=scratch), strict=True):
        if not rendered.files:
            return template, tuple(found for found in rendered.diagnostics if found.is_error)
        stamped = {artifact.path.relative_to(SITE): artifact.content for artifact in stamp_fields(template, texts)}
        paths = (stamped.keys() | rendered.files.keys()) - {path for path, _ in template.plain}
        wrong |= {path: REASON for path in paths if stamped.get(path) != rendered.files.get(path)}
    files = tuple(file for file in template.files if file.path not in wrong)
    return replace(template, files=files, plain=tuple(sorted((*template.plain, *wrong.items())))), ()


def words(names: Iterable[str], shapes: Shapes, *, locale: str) -> dict[str, str]:
    """A text of these shapes for each field; the locale is itself."""
    return {
        name: locale if kind_of(name) == "locale" else shapes[kind_of(name)].format(number)
        for number, name in enumerate(names)
    }
