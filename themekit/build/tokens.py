"""Token files without a brand: read, composed by a resolver, resolved, and emitted by token targets."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.files import holds_content, naming, write_new
from themekit.build.target_choice import lossy_output
from themekit.diagnostics import Reporter
from themekit.engine.host import UnreadableInput
from themekit.model import SourceFile, TokenSet
from themekit.model.token_names import Casing
from themekit.resolve.contexts import resolve_contexts
from themekit.source.composition import Part, composed
from themekit.source.json_text import decoded_text
from themekit.source.locate import all_located
from themekit.source.node import Node
from themekit.source.resolver import read_resolver
from themekit.source.resolver_documents import Documents
from themekit.source.resolver_input import ONLY, every_context, resolutions
from themekit.source.sweeps import without_sweeps
from themekit.source.tokens import read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.engine.host import Host
    from themekit.model import Artifact, Target

OWN_DATA = PurePosixPath("@themekit")


@dataclass(frozen=True, slots=True)
class TokenProject:
    """Which files are built for which contexts. The tokens of a resolver come over those of `files`."""

    files: tuple[PurePosixPath, ...] = ()
    resolver: PurePosixPath | None = None
    contexts: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TokenReport:
    """What was made, and what is wrong. `count` is the number of tokens, `modes` the labels of their modes."""

    artifacts: tuple[Artifact, ...]
    diagnostics: tuple[Diagnostic, ...]
    count: int = 0
    modes: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Without an error."""
        return not any(each.is_error for each in self.diagnostics)


def build_tokens(host: Host, project: TokenProject, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    """The files of the targets; none if there is an error."""
    with without_sweeps():
        casings = tuple(dict.fromkeys(casing for target in targets for casing in target.casings))
        reading = _Reading(host, project, casings)
        sets = reading.sets()
        resolved, found = resolve_contexts(sets)
        report = reading.finished(found)
        if resolved is None or not report.is_good:
            return report
        artifacts: list[Artifact] = []
        lossy: list[Diagnostic] = []
        for target in targets:
            options = replace(target.options, prefix=prefix, sources=_sources(host, target))
            artifacts += target.emit(resolved, options)
            if target.losses and (losses := target.losses(resolved, options)):
                lossy += lossy_output(target, losses, tokens=(token for _, tokens in sets for token in tokens))
        if lossy:
            report = reading.finished((*found, *lossy))
        return TokenReport(tuple(artifacts), report.diagnostics, len(resolved.tokens), resolved.modes)


def check_tokens(
    host: Host,
    project: TokenProject,
    *,
    casings: tuple[Casing, ...] = tuple(Casing),
    lint: Callable[[TokenSet], Iterable[Diagnostic]] = lambda _: (),
) -> TokenReport:
    """All that is wrong in any context, each of which is looked at with the defaults of the other modifiers.

    `lint` says what else it finds in the tokens of a context.
    """
    reading = _Reading(host, project, casings)
    sets = reading.sets(has_every_context=not project.contexts)
    found: list[Diagnostic] = []
    for each in sets:
        found += (*resolve_contexts((each,))[1], *lint(each[1]))
    report = reading.finished(found)
    return replace(report, count=max((len(tokens.tokens) for _, tokens in sets), default=0))


def write_artifacts(artifacts: Sequence[Artifact], folder: Path) -> tuple[int, int]:
    """Write the files into a folder; how many were written, and how many were the same already.

    Each is whole or as it was before. What else is in the folder stays. Raises OutputError.
    """
    written = 0
    for artifact in artifacts:
        path = folder / artifact.path.relative_to("theme" if artifact.path.parts[0] == "theme" else ".")
        if holds_content(path, artifact.content):
            continue
        with naming(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            fresh.unlink(missing_ok=True)
            write_new(fresh, artifact.content)
            fresh.replace(path)
        written += 1
    return written, len(artifacts) - written


@dataclass(slots=True)
class _Reading:
    """The files of a project as they are read."""

    host: Host
    project: TokenProject
    casings: tuple[Casing, ...]
    report: Reporter = field(default_factory=Reporter)

    def sets(self, *, has_every_context: bool = False) -> tuple[tuple[str, TokenSet], ...]:
        """The tokens of each resolution by its label."""
        documents = Documents(self.read, self.list, self.report)
        roots = [root for path in self.project.files if (root := documents.root(path)) is not None]
        parts = [Part(root.value, root.sources) for root in roots if isinstance(root.value, dict)]
        if self.project.resolver is None:
            return ((ONLY, self.tokens(parts)),)
        resolver = read_resolver(self.project.resolver, documents)
        if resolver is None:
            return ()
        wanted = (
            every_context(resolver)
            if has_every_context
            else resolutions(resolver, self.project.contexts, report=self.report)
        )
        return tuple((each.label, self.tokens([*parts, *resolver.parts(each.contexts)])) for each in wanted)

    def tokens(self, parts: Sequence[Part]) -> TokenSet:
        if not parts:
            return TokenSet()
        whole = composed(parts, self.report)
        return read_tokens(Node(whole.members, "", whole.sources, self.report), casings=self.casings)

    def finished(self, more: Sequence[Diagnostic]) -> TokenReport:
        """Each mistake once, however many resolutions share it, at its line and column."""
        found = tuple(dict.fromkeys((*self.report.diagnostics, *more)))
        return TokenReport((), all_located(found, self.text) if found else ())

    def read(self, path: PurePosixPath) -> bytes | None:
        try:
            return self.host.read(path)
        except UnreadableInput as refused:
            from themekit.engine.answers import unreadable  # noqa: PLC0415  # 10 ms, for what hardly happens

            self.report.found.append(unreadable(refused))
            return b"{}"  # it is there, and was reported

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        try:
            return self.host.list(folder)
        except UnreadableInput:
            return ()

    def text(self, path: PurePosixPath) -> str | None:
        content = self.read(path)
        return None if content is None else decoded_text(content)


def _sources(host: Host, target: Target) -> tuple[SourceFile, ...]:
    """The files of ours that a target asks for."""
    found = []
    for path in target.sources:
        content = host.read(OWN_DATA / path)
        if content is not None:
            found.append(SourceFile(OWN_DATA / path, content))
    return tuple(found)
