"""Two renders with different probes, compiled to one template: every place of a brand's value becomes a slot.

A file that is not the same in both is cut at the probes; what was found must be alike in both renders, and nothing of a
probe may be left over in any form. A file that fails is named with the reason, and rendered for each brand.
"""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity
from themekit.model import FileTemplate, SiteTemplate, Slot
from themekit.site.checking import check_sources
from themekit.site.decided import without_decided
from themekit.site.escaping import ESCAPINGS, apply_escaping
from themekit.site.fields import kind_of
from themekit.site.inputs import SiteInputs
from themekit.site.media_types import media_type
from themekit.site.pieces import Fault
from themekit.site.probe import FIRST, SECOND, ProbeSet, probe_fields, slot_names
from themekit.site.render import render_sites

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from themekit.model import SourceFile
    from themekit.site.pieces import Parts
    from themekit.site.variant import Variant

NOT_STAMPED = Code(
    "not-stamped", Severity.WARNING, "A file of the site cannot be stamped and is rendered for each brand."
)

MANY_FILES = 8  # more of one reason are told in one line


def compile_site(
    variant: Variant, sources: Sequence[SourceFile], *, overlay: Sequence[SourceFile] = (), scratch: Path
) -> tuple[SiteTemplate | None, tuple[Diagnostic, ...]]:
    """The variant's site as a template, or None if the sources have errors.

    `sources` are `mkdocs.yml`, `docs_src/**` and, to have them in the trace, `@themekit/site/**`; `overlay` is one
    brand's `brands/<id>/docs/**`; `scratch` is an empty folder that the caller removes.
    """
    checked = check_sources(sources, overlay=overlay)
    if any(found.is_error for found in checked):
        return None, checked
    names = slot_names(variant)
    each = [
        SiteInputs(variant, probe_fields(names, probes, locale=variant.locale), tuple(overlay))
        for probes in (FIRST, SECOND)
    ]
    first, second = render_sites(sources, each, scratch=scratch, watches=True)
    diagnostics = (*checked, *first.diagnostics)
    if not first.files or not second.files:
        return None, diagnostics if not first.files else (*diagnostics, *second.diagnostics)
    template = compile_files(names, (first.files, second.files))
    template = without_decided(template, (*first.decisions, *second.decisions))
    return template, (*diagnostics, *not_stamped(template))


def not_stamped(template: SiteTemplate) -> tuple[Diagnostic, ...]:
    """What is said of the files that must be rendered for each brand."""
    report = Reporter()
    by_reason: dict[str, list[PurePosixPath]] = {}
    for path, reason in template.plain:
        by_reason.setdefault(reason, []).append(path)
    for reason, (path, *others) in by_reason.items():
        if len(others) < MANY_FILES:
            for each in (path, *others):
                report(NOT_STAMPED, None, f"`{each}` is rendered for each brand: {reason}")
        else:
            report(NOT_STAMPED, None, f"`{path}` and {len(others)} other files are rendered for each brand: {reason}")
    return report.diagnostics


def compile_files(
    names: Sequence[str], renders: tuple[Mapping[PurePosixPath, bytes], Mapping[PurePosixPath, bytes]]
) -> SiteTemplate:
    """The template of two renders of the same site, with the first and the second probes, which `names` number."""
    first, second = renders
    files, plain = [], []
    for path in sorted(first.keys() | second.keys()):
        compiled = compile_file(tuple(names), path, renders=(first.get(path), second.get(path)))
        if isinstance(compiled, Fault):
            plain.append((path, compiled.reason))
        else:
            files.append(compiled)
    return SiteTemplate(tuple(files), tuple(plain))


def compile_file(
    names: tuple[str, ...], path: PurePosixPath, *, renders: tuple[bytes | None, bytes | None]
) -> FileTemplate | Fault:
    """The template of one file, or why there is none. A render is None if it does not have the file."""
    first, second = renders
    if first is None or second is None:
        return Fault(0, "it exists or not depending on a brand's text")
    if first != second and path.suffix == ".gz":
        first, second = _unzipped(first), _unzipped(second)
    parts = compile_parts(names, (first, second))
    return parts if isinstance(parts, Fault) else FileTemplate(path, parts, media_type(path))


def compile_parts(names: tuple[str, ...], renders: tuple[bytes, bytes]) -> Parts | Fault:
    """A piece of a file as literals and slots. Pieces compiled alone and then joined are as compiled in one."""
    first, second = renders
    if first == second:
        return (first,)
    cutters = _cutter(names, FIRST), _cutter(names, SECOND)
    one, other = cutters[0].cut(first), cutters[1].cut(second)
    if one == other and not cutters[0].left_over(one):  # the second's probes are in no literal of the first's
        return tuple(one)
    for stage, (parts, cutter) in enumerate(((one, cutters[0]), (other, cutters[1])), start=1):
        if left := cutter.left_over(parts):
            return Fault(stage, f"it shows {left} in a way that is not known")
    return Fault(3, "it depends on a brand's text beyond showing it")


@lru_cache(maxsize=32)
def _cutter(names: tuple[str, ...], probes: ProbeSet) -> Cutter:
    return Cutter.of(names, probes)


def _unzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content


@dataclass(frozen=True, slots=True)
class Cutter:
    """Finds the probes of one set. `forms` has for each field number what its probe may look like, the longest first.

    A form is its bytes, where in them the field's core begins, and the slot it stands for.
    """

    names: tuple[str, ...]
    core: re.Pattern[bytes]
    forms: tuple[tuple[tuple[bytes, int, Slot], ...], ...]
    remains: re.Pattern[bytes]
    hints: tuple[bytes, ...]

    @classmethod
    def of(cls, names: Sequence[str], probes: ProbeSet) -> Cutter:
        """The cutter for these fields."""
        core = re.compile(re.escape(probes.salt.encode()) + rb"(\d{3})x", re.IGNORECASE)
        forms = tuple(tuple(_forms(name, number, probes)) for number, name in enumerate(names))
        return cls(tuple(names), core, forms, _remains(probes), _hints(probes))

    def cut(self, content: bytes) -> list[bytes | Slot]:
        """Literal and slot in turn. What is no known form of a probe stays in a literal, for `left_over` to see."""
        parts: list[bytes | Slot] = []
        end = 0
        for match in self.core.finditer(content):
            for form, offset, slot in self.forms[int(match[1])]:
                start = match.start() - offset
                if start >= end and content.startswith(form, start):
                    if start > end:
                        parts.append(content[end:start])
                    parts.append(slot)
                    end = start + len(form)
                    break
        if end < len(content):
            parts.append(content[end:])
        return parts

    def left_over(self, parts: Sequence[bytes | Slot]) -> str | None:
        """A field of which something is left in the literals, in words; None if there is nothing."""
        literals = [part for part in parts if isinstance(part, bytes)]
        text = b" ".join(literals).lower()
        if not any(hint in text for hint in self.hints):
            return None
        for part in literals:
            if match := self.remains.search(part):
                core = self.core.search(part, match.start())
                number = int(core[1]) if core and core.start() == match.start() else None
                return f"`{self.names[number]}`" if number is not None else "a brand's text"
        return None


def _forms(name: str, number: int, probes: ProbeSet) -> Iterator[tuple[bytes, int, Slot]]:
    kind = kind_of(name)
    if kind == "locale":
        return
    value, core = probes.value(kind, number), probes.core(number).lower()
    found: dict[bytes, tuple[int, Slot]] = {}
    for escaping in ESCAPINGS:
        form = apply_escaping(escaping, value)
        offset = form.lower().find(core)
        if offset >= 0:
            found.setdefault(form.encode(), (len(form[:offset].encode()), Slot(name, escaping)))
    for form_bytes, (offset, slot) in sorted(found.items(), key=lambda item: -len(item[0])):
        yield form_bytes, offset, slot


def _hints(probes: ProbeSet) -> tuple[bytes, ...]:
    """In lower case, of which one is in any text that `_remains` is in: a search for words is forty times as fast."""
    one, two = (ord(character) for character in probes.salt[:2])
    found = [probes.salt, f"{one};&#", f"{one:x};&#", rf"\u{one:04x}\u{two:04x}", f"%{one:02x}%{two:02x}"]
    for character in _delimiters(probes):
        code = ord(character)
        found += [character, f"{code};", f"{code:x};", rf"\u{code:04x}"]
        found.append("".join(f"%{octet:02x}" for octet in character.encode()))
    return tuple(hint.lower().encode() for hint in found)


def _delimiters(probes: ProbeSet) -> list[str]:
    return [character for _, shape in probes.shapes for character in shape if "\ue000" <= character <= "\uf8ff"]


def _remains(probes: ProbeSet) -> re.Pattern[bytes]:
    """The salt and the delimiters as they are, in entities, in JSON and in percents."""
    salt = probes.salt
    spelled = [
        re.escape(salt),
        "".join(f"&#0*{ord(character)};" for character in salt),
        "".join(f"&#x0*{ord(character):x};" for character in salt),
        "".join(rf"\\u{ord(character):04x}" for character in salt),
        "".join(f"%{ord(character):02x}" for character in salt),
    ]
    for character in _delimiters(probes):
        code, octets = ord(character), character.encode()
        spelled += [character, f"&#0*{code};", f"&#x0*{code:x};", rf"\\u{code:04x}"]
        spelled.append("".join(f"%{octet:02x}" for octet in octets))
    return re.compile("|".join(spelled).encode(), re.IGNORECASE)
