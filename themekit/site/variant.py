"""What decides the structure of a brand's site: brands of one variant differ in text only, and share one render."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.site.asked import asked_in_all
from themekit.site.fields import ANNOUNCED_PAGE, BY_NAME, OF_TEMPLATES, slot_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from themekit.model import Brand, SourceFile

DOCS = PurePosixPath("docs_src")
NOT_SECTIONS = frozenset({"api", "changes", "assets"})
"""Folders of the docs that hold no pages of the portal."""
HIDDEN_BY_DEFAULT = frozenset({"handbook"})
DEFAULT_LOCALE = "en"
LOCALE_SUFFIX = re.compile(r"\.([a-z]{2})\.md$")
"""The end of a path that is a translation: `quickstart.de.md`."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The structure key.

    `present` names the fields that have a value and are asked for, by pages or by templates: no render of the variant
    sees others. `overlay` is a digest, "" for no overlay. `navigation` counts the extra links, `social` has the kinds
    of the social links in order. With `announces_page` the announcement leads to a page of the portal, not to an
    address.
    """

    locale: str
    sections: tuple[str, ...]
    present: tuple[str, ...]
    navigation: int = 0
    social: tuple[str, ...] = ()
    overlay: str = ""
    announces_page: bool = False


def variant_of(
    brand: Brand,
    *,
    sources: Sequence[SourceFile],
    overlay: Sequence[SourceFile] = (),
    asked: Collection[str] | None = None,
) -> Variant:
    """The brand's variant. `sources` are the project's docs, `overlay` the brand's own pages (`brands/<id>/docs/…`).

    `asked` are the optional fields that the docs ask for; without it they are looked for in `sources`. A brand's own
    pages have no conditions, and so no optional fields.
    """
    known = sections_of(source.path for source in sources)
    key = {*OF_TEMPLATES, *(asked_in_all(sources) if asked is None else asked)}
    shown = set(known) - HIDDEN_BY_DEFAULT if brand.portal.sections is None else set(brand.portal.sections)
    fields = slot_fields(brand)
    return Variant(
        locale=brand.locale,
        sections=tuple(name for name in known if name in shown),
        present=tuple(
            name for name, field in BY_NAME.items() if name in fields and (not field.is_optional or name in key)
        ),
        navigation=len(brand.portal.navigation),
        social=tuple(link.kind for link in brand.portal.social),
        overlay=_digest(overlay),
        announces_page=ANNOUNCED_PAGE in fields,
    )


def sections_of(paths: Iterable[PurePosixPath]) -> tuple[str, ...]:
    """Names of the sections: the first folders below the docs that hold a page, however deep; sorted."""
    found = {
        path.parts[1] for path in paths if path.suffix == ".md" and path.parts[0] == DOCS.name and len(path.parts) > 2
    }
    return tuple(sorted(found - NOT_SECTIONS))


def overlay_path(path: PurePosixPath) -> PurePosixPath:
    """Where a brand's own page stands in the portal: `brands/acme/docs/guides/x.md` is `guides/x.md`."""
    return PurePosixPath(*path.parts[path.parts.index("docs") + 1 :])


def _digest(overlay: Sequence[SourceFile]) -> str:
    if not overlay:
        return ""
    digest = hashlib.sha256()
    for source in sorted(overlay, key=lambda source: source.path):
        for part in (str(overlay_path(source.path)).encode(errors="surrogatepass"), source.content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
