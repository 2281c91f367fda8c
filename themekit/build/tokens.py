"""Token files without a brand: read, composed by a resolver, resolved, and emitted by token targets."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.files import holds_content, naming, write_new
from themekit.diagnostics import Reporter
from themekit.engine.host import UnreadableInput
from themekit.model.token_names import Casing
from themekit.resolve.plain_tokens import resolve_plain
from themekit.source.json_text import decoded_text
from themekit.source.plain_tokens import ONLY, read_plain_tokens
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.engine.host import Host
    from themekit.model import Artifact, Origin, SourceFile, Target, TargetOptions, TokenSet
    from themekit.model.token_columns import ColumnTokens
    from themekit.source.resolver_documents import Documents

    Plain = tuple[ColumnTokens, tuple[Diagnostic, ...]]

OWN_DATA = PurePosixPath("@themekit")
USUAL = frozenset((PurePosixPath("theme/tokens.css"), PurePosixPath("theme/tokens.min.css")))
"""The files of the target `css`, which are all that most builds have."""


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
    return _portable(_built(host, project, targets=targets, prefix=prefix))


def _built(host: Host, project: TokenProject, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    with without_sweeps():
        casings = tuple(dict.fromkeys(casing for target in targets for casing in target.casings))
        reading = Reading(host, project, casings)
        plain = reading.plain()
        report = None if plain is None else plainly_built(plain, reading, targets=targets, prefix=prefix)
        if report is not None:
            return report
        from themekit.build.token_contexts import build_contexts  # noqa: PLC0415  # 15 ms, a tenth of a plain build

        report = build_contexts(reading, targets=targets, prefix=prefix)
        reading.known = None  # it and its documents know each other: apart, all goes now, and not with the next sweep
        return report


def _portable(report: TokenReport) -> TokenReport:
    """The report, with each file that not every system could hold: targets name files after tokens, however long."""
    if USUAL.issuperset(each.path for each in report.artifacts):
        return report
    from themekit.build.outputs import Output, check_outputs  # noqa: PLC0415  # 5 ms, for names that are our own

    mistakes = check_outputs((Output("the tokens", report.artifacts),))
    return replace(report, artifacts=(), diagnostics=(*report.diagnostics, *mistakes)) if mistakes else report


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
    from themekit.build.context_sets import check_contexts  # noqa: PLC0415  # 50 ms, a third of a plain build

    return check_contexts(Reading(host, project, casings), lint=lint)


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


def options_of(target: Target, host: Host, *, prefix: str) -> TargetOptions:
    """A target's options, with the files of ours that it asks for."""
    return replace(target.options, prefix=prefix, sources=_sources(host, target))


@dataclass(slots=True)
class Reading:
    """The files of a project as they are read."""

    host: Host
    project: TokenProject
    casings: tuple[Casing, ...]
    report: Reporter = field(default_factory=Reporter)
    known: Documents | None = None

    @property
    def documents(self) -> Documents:
        """The files, each read once."""
        from themekit.source.resolver_documents import Documents  # noqa: PLC0415  # 5 ms, for files that are not plain

        if self.known is None:
            self.known = Documents(self.read, self.list, self.report)
        return self.known

    def plain(self) -> Plain | None:
        """What nearly all projects of one file are: tokens in one mode, with nothing to report but their colours."""
        if self.project.resolver is not None or len(self.project.files) != 1:
            return None
        (path,) = self.project.files
        try:
            content = self.host.read(path)
        except UnreadableInput:
            return None
        tokens = None if content is None else read_plain_tokens(path, content)
        return None if tokens is None else resolve_plain(tokens, lambda pointer: _key_at(path, pointer), mode=ONLY)

    def finished(self, more: Sequence[Diagnostic], *, is_sound: bool = False) -> TokenReport:
        """Each mistake once, however many resolutions share it, at its line and column.

        The files are `is_sound` if nothing is wrong with their JSON.
        """
        found = tuple(dict.fromkeys((*self.report.diagnostics, *more)))
        if not found:
            return TokenReport((), ())
        from themekit.source.locate import all_located  # noqa: PLC0415  # 10 ms, for nothing that is as it should be

        return TokenReport((), all_located(found, self.text, is_sound=is_sound))

    def read(self, path: PurePosixPath) -> bytes | None:
        """A file's content. One that cannot be read is reported, and an empty object."""
        try:
            return self.host.read(path)
        except UnreadableInput as refused:
            from themekit.engine.answers import unreadable  # noqa: PLC0415  # 10 ms, for what hardly happens

            self.report.found.append(unreadable(refused))
            return b"{}"  # it is there, and was reported

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder; none if it cannot be read."""
        try:
            return self.host.list(folder)
        except UnreadableInput:
            return ()

    def text(self, path: PurePosixPath) -> str | None:
        """A file's text, for excerpts."""
        content = self.read(path)
        return None if content is None else decoded_text(content)


def _key_at(path: PurePosixPath, pointer: str) -> Origin:
    from themekit.model import Origin  # noqa: PLC0415  # 1 ms, for a warning

    return Origin(path, pointer, "key")


def plainly_built(plain: Plain, reading: Reading, *, targets: Sequence[Target], prefix: str) -> TokenReport | None:
    """The files of the targets; None if one of these cannot say all of the tokens, which has to be told with places."""
    resolved, found = plain
    options = [options_of(target, reading.host, prefix=prefix) for target in targets]
    if any(target.losses and target.losses(resolved, given) for target, given in zip(targets, options, strict=True)):
        return None
    artifacts = [each for target, given in zip(targets, options, strict=True) for each in target.emit(resolved, given)]
    count = len(resolved.columns[0].ids)
    return TokenReport(tuple(artifacts), reading.finished(found, is_sound=True).diagnostics, count, resolved.modes)


def _sources(host: Host, target: Target) -> tuple[SourceFile, ...]:
    """The files of ours that a target asks for."""
    if not target.sources:
        return ()
    from themekit.model import SourceFile  # noqa: PLC0415  # of a module that few targets need

    found = []
    for path in target.sources:
        content = host.read(OWN_DATA / path)
        if content is not None:
            found.append(SourceFile(OWN_DATA / path, content))
    return tuple(found)
