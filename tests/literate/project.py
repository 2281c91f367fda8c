"""A project in memory, judged as `themekit check` judges one on disk: what a page's files have wrong.

Pictures and fonts are looked at only where a page says so (`literate: assets`), as other pages name files that are
stand-ins. SCSS is no part of a project; its codes are for those who write sheets, and are shown on the sheets alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from themekit.assets.fonts import BASE_UNICODES, check_font, emit_fonts
from themekit.build.brands import BRANDS, brand, report_located, tokens
from themekit.build.checking import checked_pages
from themekit.build.documentation import linted
from themekit.build.gateway import gateway
from themekit.build.pictures import font_plan, logos
from themekit.build.portal import MISSING_PORTAL, has_portal
from themekit.build.sdk import api_model, api_path
from themekit.build.theme import linted as linted_tokens
from themekit.build.theme import lost_in_targets
from themekit.diagnostics import Diagnostic
from themekit.engine import DiskHost, Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.render.fonts import describe_font, subset_woff2
from themekit.render.sass import compile_scss

SECTIONS = ("get-started", "guides", "payments", "payouts", "disputes", "sdks", "samples", "resources", "handbook")


class ProjectHost(MemoryHost):
    """Files in memory, and the mounts of the installed package."""

    _installed = DiskHost(Path(__file__).parent)

    def read(self, path: PurePosixPath) -> bytes | None:
        return self._installed.read(path) if str(path).startswith("@") else super().read(path)

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        return self._installed.list(folder) if str(folder).startswith("@") else super().list(folder)


def diagnose_project(files: dict[str, bytes], *, with_assets: bool) -> tuple[Diagnostic, ...]:
    """All that is wrong with the brands, pages and sheets among the files, with lines and columns."""
    host = ProjectHost({f"docs_src/{section}/index.md": b"" for section in SECTIONS} | files)
    engine = Engine(host, MemoryStore(), code="")
    found: list[Diagnostic] = list(_sheets(files))
    for brand_id in _brand_ids(files):
        found += engine.diagnostics(tokens, brand_id)
        found += engine.diagnostics(lost_in_targets, brand_id)
        found += engine.diagnostics(linted_tokens, brand_id)
        assert (engine.get(brand, brand_id) is None) == any(
            each.is_error for each in engine.diagnostics(brand, brand_id)
        )
        if with_assets:
            found += engine.diagnostics(own_fonts, brand_id)
            found += engine.diagnostics(logos, brand_id)
    for brand_id in _policy_ids(files):
        found += engine.diagnostics(gateway, brand_id)
    if not _policy_ids(files) and (described := engine.get(api_path)) is not None:
        found += (*engine.diagnostics(api_model, described), *engine.diagnostics(linted, described))
    if any(_is_of_pages(path) for path in files):
        for brand_id in _brand_ids(files) or (BrandId("acme"),):
            found += engine.diagnostics(checked_pages, brand_id)
        found += (each for each in engine.diagnostics(has_portal) if each.code != MISSING_PORTAL.name)
    return tuple(dict.fromkeys(found))


def own_fonts(ask, brand_id):
    """What is said of the brand's own font files; web fonts of installed families take seconds and say nothing."""
    plan = ask(font_plan, brand_id)
    if plan is None:
        return 0
    own = replace(plan, faces=tuple(face for face in plan.faces if face.source.parts[0] == str(BRANDS)), licences=())
    contents = [ask.read(face.source) or b"" for face in own.faces]
    for face, content in zip(own.faces, contents, strict=True):
        report_located(ask, check_font(face, describe_font(content)))
    subsets = [subset_woff2(content, unicodes=BASE_UNICODES) for content in contents]
    report_located(ask, emit_fonts(own, subsets, licences=(), unicodes=BASE_UNICODES)[1])
    return len(own.faces)


def _brand_ids(files: dict[str, bytes]) -> tuple[BrandId, ...]:
    paths = [PurePosixPath(path) for path in files]
    folders = [path.parent for path in paths if path.name == "brand.json" and path.parent.parent == BRANDS]
    return tuple(BrandId(folder.name) for folder in folders if not folder.name.startswith("_"))


def _policy_ids(files: dict[str, bytes]) -> tuple[BrandId, ...]:
    folders = [PurePosixPath(path).parent for path in files if PurePosixPath(path).name == "policy.json"]
    return tuple(BrandId(folder.name) for folder in folders if not folder.name.startswith("_"))


def _is_of_pages(path: str) -> bool:
    return (
        (path.startswith("docs_src/") and not path.startswith("docs_src/api/"))
        or path == "mkdocs.yml"
        or "docs" in PurePosixPath(path).parts[2:3]
    )


def _sheets(files: dict[str, bytes]) -> Iterator[Diagnostic]:
    """The first sheet is the one that is compiled."""
    sheets = {path: content.decode() for path, content in files.items() if path.endswith(".scss")}
    if sheets:
        yield from compile_scss(sheets, next(iter(sheets)))[1]
