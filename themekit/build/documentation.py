"""What is behind `themekit docs audit`: coverage of the API's description, and what its rules find."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand, report_located
from themekit.build.portal import pages
from themekit.build.reference import language_samples
from themekit.build.sdk import api_model, api_path
from themekit.diagnostics import Reporter
from themekit.model import Origin
from themekit.model.outline import OperationId
from themekit.plugins import languages
from themekit.site.reference.places import places_of
from themekit.site.stamp import SITE
from themekit.source.audit.coverage import Evidence, cover
from themekit.source.audit.lint import lint
from themekit.source.audit.report import UNCHECKED_SAMPLES
from themekit.source.json_text import read_json
from themekit.source.locate import places
from themekit.source.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic, Span
    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.model.api import ApiModel
    from themekit.site.reference.samples import Sample
    from themekit.source.audit.coverage import Coverage, SampleState

RECORD_VERSION = 1
ROOT_OF_SITE = PurePosixPath("reference")


@dataclass(frozen=True, slots=True)
class Audit:
    """What is documented (None if the description has an error), what was found besides, and where everything is."""

    coverage: Coverage | None
    diagnostics: tuple[Diagnostic, ...]
    places: Mapping[Origin, Span]


def audit(
    project: Project, brands: Sequence[BrandId], *, has_site: bool, record: bytes | None, has_samples: bool
) -> Audit | None:
    """The audit of the project's API; None if it describes none.

    With `has_site` an operation counts if it is on a page of one of these brands. `record` is what a compilation of
    samples wrote, None if there was none; it is not asked without `has_samples`.
    """
    engine = project.engine
    path = engine.get(api_path)
    if path is None:
        return None
    api = engine.get(api_model, path)
    found = (*engine.diagnostics(api_model, path), *engine.diagnostics(linted, path))
    if api is None:
        return Audit(None, found, {})
    names = tuple(each.name for each in languages()) if has_samples else ()
    made = {name: engine.get(language_samples, name) for name in names}
    states, stale = sample_states(made, record)
    evidence = Evidence(
        shown_operations(api, (engine.get(shown_ids, brand_id) for brand_id in brands)) if has_site else None,
        states if has_samples else None,
        names,
    )
    coverage = cover(api, evidence)
    origins = [missing.origin for each in coverage.operations for missing in each.missing if missing.origin is not None]
    known = places(origins, lambda file: _text(project.host.read(file)))
    return Audit(coverage, (*found, *stale), known)


def located_missing(found: Audit, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics at their lines and columns."""
    return tuple(
        replace(each, place=found.places.get(each.place, each.place)) if isinstance(each.place, Origin) else each
        for each in diagnostics
    )


def linted(ask: Ask, path: PurePosixPath) -> int:
    """The number of places where a rule is broken, which are reported."""
    content = ask.read(path) or b""
    document, _ = read_json(path, content, max_bytes=MAX_BYTES) if path.suffix == ".json" else read_yaml(path, content)
    found = () if document is None else lint(path, document.value)
    report_located(ask, found)
    return len(found)


MAX_BYTES = 32 * 1024 * 1024  # as the reader of descriptions has it


def shown_ids(ask: Ask, brand_id: BrandId) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The reference's pages in a brand's site as a build makes it, each with the ids of its operations' sections."""
    if ask(brand, brand_id) is None:
        return ()
    found = []
    for artifact in ask(pages, brand_id):
        path = artifact.path.relative_to(SITE)
        if path.is_relative_to(ROOT_OF_SITE) and path.suffix == ".html":
            ids = {part.partition(b'"')[0].decode() for part in artifact.content.split(b' id="operation-')[1:]}
            found.append((str(path), tuple(sorted(ids))))
    return tuple(found)


def shown_operations(api: ApiModel, sites: Iterable[tuple[tuple[str, tuple[str, ...]], ...]]) -> frozenset[OperationId]:
    """The operations that have their section on their page in one of the sites. Sites are looked at until all have."""
    operations = places_of(api).operations
    found: set[OperationId] = set()
    for site in sites:
        on_page = {path: set(ids) for path, ids in site}
        for id_, place in operations.items():
            files = (f"{ROOT_OF_SITE}/{place.page}.html", f"{ROOT_OF_SITE}/{place.page}/index.html")
            anchor = place.anchor.removeprefix("operation-")
            if any(anchor in on_page.get(file, ()) for file in files):
                found.add(id_)
        if len(found) == len(operations):
            break
    return frozenset(found)


def sample_states(
    made: Mapping[str, Sequence[tuple[str, Sample]]], record: bytes | None
) -> tuple[dict[OperationId, dict[str, SampleState]], tuple[Diagnostic, ...]]:
    """Whether each operation's samples compile, by the record of who compiled them; what it does not know is told."""
    known = _recorded(record)
    states: dict[OperationId, dict[str, SampleState]] = {}
    report = Reporter()
    for language, samples in made.items():
        unknown = 0
        for operation, sample in samples:
            result = known.get((language, sample_digest(sample)))
            state: SampleState = "unknown" if result is None else "works" if result else "fails"
            states.setdefault(OperationId(operation), {})[language] = state
            unknown += result is None
        if unknown:
            message = f"{unknown} of {len(samples)} samples in {language} were not compiled since they were made"
            is_left_out = bool(known) and language not in {each for each, _ in known}
            report(UNCHECKED_SAMPLES, None, message, hint=COMPILER_HINT if is_left_out else COMPILE_HINT)
    return states, report.diagnostics


COMPILER_HINT = (
    "its compiler was not found the last time: install it, or leave samples out of account with `--without-samples`"
)
COMPILE_HINT = "run `themekit docs audit --compile`, or leave samples out of account with `--without-samples`"


def record_of(results: Mapping[str, Sequence[tuple[Sample, bool]]]) -> bytes:
    """The record of a compilation: for each language the samples' digests, and whether each compiled."""
    found = {
        language: {sample_digest(sample): is_good for sample, is_good in samples}
        for language, samples in results.items()
    }
    return json.dumps({"version": RECORD_VERSION, "samples": found}, indent=1, sort_keys=True).encode() + b"\n"


def sample_digest(sample: Sample) -> str:
    """What a sample is known by in the record: of another text nothing is known."""
    return hashlib.sha256(sample.text.encode()).hexdigest()


def _recorded(record: bytes | None) -> dict[tuple[str, str], bool]:
    try:
        document = json.loads(record or b"{}")
        if document.get("version") != RECORD_VERSION:
            return {}
        return {
            (str(language), str(digest)): is_good is True
            for language, samples in document["samples"].items()
            for digest, is_good in samples.items()
        }
    except (ValueError, AttributeError, KeyError, TypeError):
        return {}


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8-sig", "replace")
