"""What a render needs to know of a brand, and how plain `mkdocs build` gets it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from themekit.site.probe import slot_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact, Brand, SourceFile
    from themekit.site.variant import Variant

PROVIDER_GROUP = "themekit.site_provider"
"""Entry point group with one member, a `Provider`. It lives where stages are joined: this one may not read brands."""

BRAND_FOLDER = PurePosixPath("assets/brand")
"""Where the site has the brand's generated files, the same in every brand: pages link to constant paths."""

STYLES = ("fonts.css", "tokens.css", "material.css", "components.css")
"""Style sheets in BRAND_FOLDER, in the order they are linked."""

LOGO_LIGHT, LOGO_DARK, ICON = "logo-header-light.svg", "logo-header-dark.svg", "icon.svg"
MARK_LIGHT, MARK_DARK = "mark-header-light.svg", "mark-header-dark.svg"
FAVICON, TOUCH_ICON, MANIFEST, CARD = "favicon.ico", "apple-touch-icon.png", "site.webmanifest", "og-image.png"
BRAND_FILES = (*STYLES, LOGO_LIGHT, LOGO_DARK, MARK_LIGHT, MARK_DARK, ICON, FAVICON, TOUCH_ICON, MANIFEST, CARD)
"""Every file in BRAND_FOLDER that templates link to. There may be more, which style sheets name (fonts, icons)."""


@dataclass(frozen=True, slots=True)
class BrandProvision:
    """A brand and its files, for a render by plain mkdocs.

    `overlay` has the brand's own pages by project path (`brands/acme/docs/guides/x.md`), `files` its generated files by
    site path (`assets/brand/tokens.css`). `brand` is None if it cannot be read; `diagnostics` then say why.
    `pages` are generated pages as files of the docs, in the brand's language (`docs_src/reference/index.md`).
    `watched` are the project's paths that `mkdocs serve` should watch.
    """

    brand: Brand | None
    overlay: tuple[SourceFile, ...] = ()
    files: tuple[Artifact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    watched: tuple[PurePosixPath, ...] = ()
    pages: tuple[SourceFile, ...] = ()


class Provider(Protocol):
    """What the entry point must be: reads a project's brand and builds its files."""

    def __call__(self, project: Path, brand_id: str, *, has_files: bool = True) -> BrandProvision:
        """`project` is the folder of mkdocs.yml; `files` are made only if wanted. Never raises on a user's mistake."""


@dataclass(frozen=True, slots=True)
class SiteInputs:
    """What one render shows: structure, texts (a brand's or probes), own pages, generated files and pages.

    `fields` has those of the variant only, whatever was given: a brand's other texts cannot make a difference.
    """

    variant: Variant
    fields: Mapping[str, str]
    overlay: tuple[SourceFile, ...] = ()
    files: tuple[Artifact, ...] = ()
    pages: tuple[SourceFile, ...] = ()

    def __post_init__(self) -> None:
        """Leave out what is not the variant's."""
        known = {name: self.fields[name] for name in slot_names(self.variant) if name in self.fields}
        object.__setattr__(self, "fields", known)
