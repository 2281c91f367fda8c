"""A configuration of Style Dictionary and the files it names, whoever reads them, to DTCG 2025.10."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.source.importing.read import read_document
from themekit.source.importing.sd_project import folders_of, is_configuration, merged_project, names_of
from themekit.source.node import Item
from themekit.source.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.importing.imported import Imported


@dataclass(frozen=True, slots=True)
class Project:
    """A configuration that was read. All names are from its folder."""

    config: Item

    def folders(self) -> tuple[PurePosixPath, ...]:
        """The folders below which all files lie that it can name."""
        return folders_of(self.config)

    def files(self, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Of these names the ones that count, each with its list, in the order in which they are merged."""
        return names_of(self.config, names)

    def imported(
        self, chosen: tuple[tuple[str, str], ...], contents: Mapping[PurePosixPath, bytes]
    ) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
        """The tokens, and all that could not be carried over; None if a file cannot be read.

        `chosen` is what `files` gave, `contents` are by the path of the configuration's folder and the name.
        """
        report = self.config.reporter
        read: dict[str, Item | None] = {}
        for _, name in chosen:
            if name not in read:
                path = self.config.sources.path.parent / name
                document, diagnostics = read_document(path, contents[path])
                report.found.extend(diagnostics)
                sources = Sources(path, omitted=frozenset() if document is None else document.omitted)
                read[name] = None if document is None else Item(document.value, "", sources, report)
        if any(each.is_error for each in report.found):
            return None, report.diagnostics
        files = tuple((key, item) for key, name in chosen if (item := read[name]) is not None)
        return merged_project(self.config, files), report.diagnostics


def project_of(path: PurePosixPath, content: bytes) -> Project | None:
    """The project of a configuration; None if the file is none."""
    report = Reporter()
    document, diagnostics = read_document(path, content)
    if document is None or not is_configuration(document.value):
        return None
    report.found.extend(diagnostics)
    return Project(Item(document.value, "", Sources(path, omitted=document.omitted), report))
