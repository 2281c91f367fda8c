"""What is published where: a brand's packages, by the kind of registry that takes them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.packages import FOLDER, go_packages, java_packages, project_files
from themekit.model import Artifact
from themekit.publish.registries import publish_files, publish_npm, publish_python
from themekit.sdk.packages import npm, pypi

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.publish.registries import Published
    from themekit.publish.requests import Registry
    from themekit.sdk.packages.npm import Tarball
    from themekit.sdk.packages.pypi import Distribution

Release = tuple["Distribution", ...] | tuple["Tarball", ...] | tuple[Artifact, ...]


def release(ask: Ask, brand_id: BrandId, kind: str) -> Release:
    """A task: what a registry of this kind gets of the brand; empty if there is nothing."""
    if kind == "pypi":
        files = project_files(ask, brand_id, "python")
        return pypi.distributions(files) if files else ()
    if kind == "npm":
        files = project_files(ask, brand_id, "typescript")
        return (npm.tarball(files),) if files else ()
    made = ask(java_packages if kind == "maven" else go_packages, brand_id)
    folder = PurePosixPath(FOLDER, kind)
    return tuple(Artifact(file.path.relative_to(folder), file.content, file.media_type) for file in made)


def publish(registry: Registry, found: Release, *, dry_run: bool) -> list[Published]:
    """Send it there. Raises RegistryError."""
    first = found[0]
    if isinstance(first, pypi.Distribution):
        return publish_python(
            registry, [each for each in found if isinstance(each, pypi.Distribution)], dry_run=dry_run
        )
    if isinstance(first, npm.Tarball):
        return publish_npm(registry, first, dry_run=dry_run)
    return publish_files(registry, [each for each in found if isinstance(each, Artifact)], dry_run=dry_run)
