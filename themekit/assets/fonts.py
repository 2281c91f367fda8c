"""Web fonts of a brand: which files, subset to what, and the style sheet that names them.

Three steps, so that the slow one can be kept: `plan_fonts` says which files are needed, `render.fonts.subset_woff2`
makes each small (a function of its bytes and the characters only, so brands share it), `emit_fonts` joins the results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.assets.lettering import INVALID_FONT
from themekit.diagnostics import Code, Diagnostic, Reporter, Severity
from themekit.model import Artifact, FontFile
from themekit.render.fonts import FontFacts, font_face_css
from themekit.render.worker import Failed
from themekit.source.did_you_mean import edit_distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.assets.font_packages import FontPackage
    from themekit.model import Brand, FontFamily, Origin

UNKNOWN_FONT = Code("unknown-font", Severity.WARNING, "A font family has no file and is not installed.")
RESTRICTED_FONT = Code("restricted-font", Severity.WARNING, "A font says that it may not be embedded.")

FOLDER = PurePosixPath("assets/fonts")
FALLBACK_FAMILY = "Inter"  # comes with themekit: what pictures are lettered in if the brand's family is not there
STATIC_WEIGHTS = (400, 500, 600, 700)  # of a family with one file for each weight: those that the theme sets text in
HEADING_WEIGHT, BODY_WEIGHT = 700.0, 450.0
_ROLES = ("body", "heading", "code")
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A: every language of the European Union but Greek and Bulgarian
    (0x192, 0x192),
    (0x218, 0x21B),
    (0x2C6, 0x2C7),
    (0x2D8, 0x2DD),
    (0x300, 0x304),
    (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E),
    (0x1EF2, 0x1EF3),
    (0x2010, 0x2015),
    (0x2018, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x2044, 0x2044),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2126, 0x2126),
    (0x2190, 0x2193),
    (0x21B5, 0x21B5),
    (0x21E7, 0x21E7),
    (0x2318, 0x2318),
    (0x2325, 0x2325),
    (0x2202, 0x2202),
    (0x2206, 0x2206),
    (0x220F, 0x220F),
    (0x2211, 0x2212),
    (0x221A, 0x221A),
    (0x221E, 0x221E),
    (0x222B, 0x222B),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
    (0x2500, 0x2502),
    (0x250C, 0x250C),
    (0x2510, 0x2510),
    (0x2514, 0x2514),
    (0x2518, 0x2518),
    (0x251C, 0x251C),
    (0x2524, 0x2524),
    (0x252C, 0x252C),
    (0x2534, 0x2534),
    (0x253C, 0x253C),
    (0x25CA, 0x25CA),
    (0x25CF, 0x25CF),
    (0x2713, 0x2713),
    (0x2717, 0x2717),
)
BASE_UNICODES = frozenset(code for first, last in _RANGES for code in range(first, last + 1))
"""Latin with its European extensions, punctuation, currency, arrows, keys, and the lines of folder trees."""


@dataclass(frozen=True, slots=True)
class PlannedFace:
    """A font file to be made a web font: where it is, what it is called, where it goes."""

    family: str
    source: PurePosixPath
    weight: str
    style: str
    output: PurePosixPath
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font file to draw text with, at a weight."""

    source: PurePosixPath
    weight: float


@dataclass(frozen=True, slots=True)
class FontPlan:
    """What a brand needs of fonts. `licences` are pairs of source and output; letterings are in order of preference."""

    faces: tuple[PlannedFace, ...]
    licences: tuple[tuple[PurePosixPath, PurePosixPath], ...]
    heading: tuple[Lettering, ...]
    body: tuple[Lettering, ...]

    @property
    def sources(self) -> tuple[PurePosixPath, ...]:
        """Every font file that is read, once, in order."""
        drawn = [lettering.source for lettering in (*self.heading, *self.body)]
        return tuple(dict.fromkeys([*(face.source for face in self.faces), *drawn]))


def plan_fonts(brand: Brand, packages: Sequence[FontPackage]) -> tuple[FontPlan, tuple[Diagnostic, ...]]:
    """The files of the brand's families: its own, else an installed package's, else none with a warning."""
    report = Reporter()
    found = {role: _files_of(brand, role, packages=packages, report=report) for role in _ROLES}
    faces: list[PlannedFace] = []
    slugs: dict[str, str] = {}
    for role in _ROLES:
        family = _family(brand, role).family
        if family not in slugs:
            slugs[family] = _unique(slug_of(family), set(slugs.values()))
            faces += _faces(family, slugs[family], files=found[role], place=partial(_place, brand, role))
    used = {package.family for package in packages if package.family in slugs and _is_from(package, faces)}
    licences = [
        (package.licence, FOLDER / f"LICENSE-{package.slug}.txt") for package in packages if package.family in used
    ]
    spare = next((package.files for package in packages if package.family == FALLBACK_FAMILY), ())
    plan = FontPlan(
        tuple(faces),
        tuple(licences),
        _letterings((found["heading"], found["body"], spare), HEADING_WEIGHT),
        _letterings((found["body"], spare), BODY_WEIGHT),
    )
    return plan, report.diagnostics


def needed_unicodes(brand: Brand) -> tuple[int, ...]:
    """What each font is subset to: the base set and every character of the brand's own texts, sorted.

    It is the base set alone for nearly every brand, so that brands of one family share its subset.
    """
    api, portal = brand.api, brand.portal
    texts = [brand.name, brand.legal_name, brand.tagline, brand.description, api.base_url, api.sandbox_url]
    texts += [value for value in (brand.contact.email, brand.contact.phone, brand.contact.address) if value]
    texts += [link.title for link in portal.navigation]
    texts += [portal.announcement.text] if portal.announcement else []
    return tuple(sorted(BASE_UNICODES | {ord(sign) for text in texts for sign in text}))


def emit_fonts(
    plan: FontPlan,
    subsets: Sequence[bytes | Failed],
    *,
    licences: Sequence[bytes],
    unicodes: Iterable[int],
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """The web fonts, their licences and assets/fonts.css. `subsets` and `licences` are in the plan's order."""
    report = Reporter()
    codes = tuple(unicodes)
    artifacts: list[Artifact] = []
    rules: list[str] = []
    for face, subset in zip(plan.faces, subsets, strict=True):
        if isinstance(subset, Failed):
            report(INVALID_FONT, face.origin, f"`{face.source.name}` cannot be used: {subset.reason}")
            continue
        url = str(face.output.relative_to("assets"))
        rules.append(font_face_css(face.family, url=url, weight=face.weight, style=face.style, unicodes=codes))
        artifacts.append(Artifact(face.output, subset, "font/woff2"))
    for (_, output), text in zip(plan.licences, licences, strict=True):
        artifacts.append(Artifact(output, text, "text/plain"))
    artifacts.append(Artifact.text("assets/fonts.css", "\n".join(rules), media_type="text/css"))
    return tuple(artifacts), report.diagnostics


def check_font(face: PlannedFace, facts: FontFacts | Failed) -> tuple[Diagnostic, ...]:
    """What a brand's own font file says against its use. One that cannot be read is reported by `emit_fonts`."""
    report = Reporter()
    if not isinstance(facts, Failed) and facts.is_restricted:
        report(
            RESTRICTED_FONT,
            face.origin,
            f"`{face.source.name}` says that it may not be embedded without its owner's leave (OS/2 fsType 2)",
            hint="ask its foundry for a web font licence and a file that allows it",
        )
    return report.diagnostics


def slug_of(family: str) -> str:
    """The family's name as part of a file name: `IBM Plex Sans` is ibm-plex-sans."""
    return re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-") or "font"


def _files_of(brand: Brand, role: str, *, packages: Sequence[FontPackage], report: Reporter) -> tuple[FontFile, ...]:
    family = _family(brand, role)
    if family.files:
        return family.files
    package = next((package for package in packages if package.family.casefold() == family.family.casefold()), None)
    if package is not None:
        return package.files
    first = next(other for other in _ROLES if _family(brand, other).family == family.family)
    if first == role:  # said once for a family, not for each of its roles
        names = sorted(package.family for package in packages)
        nearest = min(names, key=lambda name: edit_distance(name.casefold(), family.family.casefold()), default=None)
        report(
            UNKNOWN_FONT,
            _origin(brand, role),
            f"the font family `{family.family}` has no files and is not installed; readers see the families after it",
            hint=f"the nearest installed family is `{nearest}`; or add `files`" if nearest else "add `files`",
        )
    return ()


def _family(brand: Brand, role: str) -> FontFamily:
    return {"body": brand.typography.body, "heading": brand.typography.heading, "code": brand.typography.code}[role]


def _origin(brand: Brand, role: str) -> Origin | None:
    pointer = f"/typography/families/{role}"
    return brand.origin_of(f"{pointer}/family") or brand.origin_of(pointer)


def _place(brand: Brand, role: str, file: FontFile) -> Origin | None:
    """Where the path of a brand's own file was written; for a file of a package, where its family was."""
    files = _family(brand, role).files
    pointer = f"/typography/families/{role}/files/{files.index(file)}/path" if file in files else ""
    return brand.origin_of(pointer) or _origin(brand, role)


def _faces(
    family: str, slug: str, *, files: Sequence[FontFile], place: Callable[[FontFile], Origin | None]
) -> list[PlannedFace]:
    """One face for each file, less weights that no text is set in where a family has a file for each."""
    kept = [file for file in files if " " in file.weight or int(float(file.weight)) in STATIC_WEIGHTS] or list(files)
    kept = [
        file for file in kept if file.style == "normal" or " " in file.weight or file.weight in {"400", "700"}
    ] or kept
    taken: set[str] = set()
    faces: list[PlannedFace] = []
    for file in kept:
        is_only = sum(other.style == file.style for other in kept) == 1
        parts = [
            slug,
            *([file.weight.replace(" ", "-")] if not is_only else []),
            *(["italic"] if file.style == "italic" else []),
        ]
        name = _unique("-".join(parts), taken)
        taken.add(name)
        faces.append(PlannedFace(family, file.path, file.weight, file.style, FOLDER / f"{name}.woff2", place(file)))
    return faces


def _letterings(groups: Iterable[Sequence[FontFile]], weight: float) -> tuple[Lettering, ...]:
    """Of each family the upright file nearest to the weight."""
    best = [
        min(upright, key=lambda file: _distance(file, weight))
        for files in groups
        if (upright := [file for file in files if file.style == "normal"])
    ]
    return tuple(Lettering(path, weight) for path in dict.fromkeys(file.path for file in best))


def _distance(file: FontFile, weight: float) -> float:
    numbers = [float(part) for part in file.weight.split()]
    return 0.0 if numbers[0] <= weight <= numbers[-1] else min(abs(weight - number) for number in numbers)


def _is_from(package: FontPackage, faces: Sequence[PlannedFace]) -> bool:
    return any(file.path == face.source for file in package.files for face in faces)


def _unique(slug: str, taken: set[str]) -> str:
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 100))) if name not in taken)
