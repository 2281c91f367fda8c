"""A project's brand for renderers that the engine does not drive: plain `mkdocs build` and Zensical.

The provider reads brands; it is found by its entry point, as it lives where stages are joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from themekit.diagnostics.text import headline, render_text
from themekit.model import SourceFile
from themekit.site.checking import check_sources
from themekit.site.fields import slot_fields
from themekit.site.inputs import PROVIDER_GROUP, SiteInputs
from themekit.site.variant import DOCS, variant_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.site.inputs import Provider

BRAND_VARIABLE = "THEMEKIT_BRAND"
"""The environment variable that names the brand to show."""
DEFAULT_BRAND = "acme"


class ProvisionError(ValueError):
    """There is no brand to show; the message says why, as the command line says it."""


@dataclass(frozen=True, slots=True)
class Provided:
    """A brand's inputs, warnings as lines of text, and what the brand was made from, to be watched."""

    inputs: SiteInputs
    warnings: tuple[str, ...]
    watched: tuple[Path, ...]


def provided(project: Path, brand_id: str, *, docs: Path, has_files: bool = True) -> Provided:
    """The brand's inputs from the project's folder and its docs. Raises ProvisionError on a mistake in either."""
    provision = _provider()(project, brand_id, has_files=has_files)
    warnings = _stop_on_errors(provision.diagnostics)
    if provision.brand is None:
        raise ProvisionError(f"there is no brand `{brand_id}`")
    sources = [*_docs(docs), *provision.pages]
    warnings += _stop_on_errors(check_sources(sources, overlay=provision.overlay))
    variant = variant_of(provision.brand, sources=sources, overlay=provision.overlay)
    inputs = SiteInputs(variant, slot_fields(provision.brand), provision.overlay, provision.files, provision.pages)
    return Provided(inputs, tuple(warnings), tuple(project / path for path in provision.watched))


def _provider() -> Provider:
    found = sorted(entry_points(group=PROVIDER_GROUP), key=lambda point: point.name)
    if not found:
        raise ProvisionError(f"no provider of brands is installed (entry point group `{PROVIDER_GROUP}`)")
    provider: Provider = found[0].load()
    return provider


def _stop_on_errors(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The warnings, if there are no errors."""
    found = tuple(diagnostics)
    errors = [each for each in found if each.is_error]
    if errors:
        raise ProvisionError(render_text(errors).rstrip("\n"))
    return [headline(each) for each in found]


def _docs(folder: Path) -> list[SourceFile]:
    return [
        SourceFile(DOCS / path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*.md"))
        if not path.is_symlink()
    ]
