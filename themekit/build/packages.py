"""Tasks that make packages of a brand's SDKs, and the static registries that pip, npm, Maven and go install from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand
from themekit.build.java_classes import java_template, missing_jdk
from themekit.build.sdk import SDK, sdk_files
from themekit.engine import assembled, heavy
from themekit.sdk.packages import golang, maven, npm, pypi
from themekit.sdk.packages.class_files import stamped_classes
from themekit.sdk.stamp import slot_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId

FOLDER = "packages"


@assembled
def packages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The brand's packages, as static registries below packages/; none if there is no API, or an error."""
    kinds = (python_packages, npm_packages, go_packages, java_packages)
    return tuple(file for kind in kinds for file in ask(kind, brand_id))


@heavy
def python_packages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """A wheel and a source distribution, with a simple index."""
    files = project_files(ask, brand_id, "python")
    return pypi.index(pypi.distributions(files), folder=f"{FOLDER}/pypi") if files else ()


@heavy
def npm_packages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """A tarball, and the document that says where it is: at the brand's site, below packages/npm/."""
    files, known = project_files(ask, brand_id, "typescript"), ask(brand, brand_id)
    if not files or known is None:
        return ()
    return npm.registry(npm.tarball(files), folder=f"{FOLDER}/npm", base_url=f"{known.urls.site}{FOLDER}/npm")


@heavy
def go_packages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """A module's zip, in the files of a proxy."""
    files, known = project_files(ask, brand_id, "go"), ask(brand, brand_id)
    if not files or known is None:
        return ()
    return golang.proxy(files, version=slot_values(known)["go-version"], folder=f"{FOLDER}/go")


@heavy
def java_packages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """Jars in a Maven repository; none, with a warning, where there is no JDK to compile them."""
    files, known = project_files(ask, brand_id, "java"), ask(brand, brand_id)
    if not files or known is None:
        return ()
    compiled = ask(java_template)
    if not compiled:
        ask.report(missing_jdk(brand_id))
        return ()
    classes = stamped_classes(compiled, slot_values(known))
    java = known.sdk.java
    of = maven.Coordinates(java.group, java.artifact, known.version)
    content = maven.jar(dict(classes), files, module=java.package)
    return maven.repository(of, files, jar_content=content, folder=f"{FOLDER}/maven")


def project_files(ask: Ask, brand_id: BrandId, language: str) -> Mapping[str, bytes]:
    """The files of a brand's SDK by path, relative to its project; empty if there is none."""
    folder = SDK / language
    return {str(file.path.relative_to(folder)): file.made().content for file in ask(sdk_files, brand_id, language)}
