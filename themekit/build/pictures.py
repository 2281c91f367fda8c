"""Tasks that make a brand's assets: fonts, logos, icons, web manifest and social card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from themekit.assets.font_packages import FontPackage, read_font_package
from themekit.assets.fonts import BASE_UNICODES, FontPlan, check_font, emit_fonts, needed_unicodes, plan_fonts
from themekit.assets.icons import emit_icons
from themekit.assets.lettering import Letterer
from themekit.assets.logos import LogoSet, emit_logos, read_logos
from themekit.assets.social_card import emit_social_card
from themekit.assets.webmanifest import emit_webmanifest
from themekit.build.brands import brand, located_notes, report_located, tokens
from themekit.diagnostics import Note
from themekit.engine import heavy
from themekit.model import SourceFile
from themekit.render.fonts import Typeface, describe_font, subset_woff2
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from themekit.assets.fonts import Lettering
    from themekit.diagnostics import Diagnostic
    from themekit.engine import Ask
    from themekit.model import Artifact, Brand, BrandId, Origin, ResolvedTokens

FONTS = "@fonts"


def assets(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """Every asset, below assets/; none if the brand has an error."""
    if ask(tokens, brand_id) is None:
        return ()
    return (
        *ask(logo_files, brand_id),
        *ask(icon_files, brand_id),
        *ask(social_card, brand_id),
        *ask(font_files, brand_id),
    )


def font_packages(ask: Ask) -> tuple[FontPackage, ...]:
    """The installed font families."""
    slugs = (name.removesuffix("/") for name in ask.list(FONTS))
    described = ((slug, ask.read(f"{FONTS}/{slug}/metadata.json")) for slug in slugs)
    return tuple(read_font_package(slug, metadata) for slug, metadata in described if metadata is not None)


def font_plan(ask: Ask, brand_id: BrandId) -> FontPlan | None:
    """Which font files the brand uses, and for what."""
    known = ask(brand, brand_id)
    if known is None:
        return None
    plan, diagnostics = plan_fonts(known, ask(font_packages))
    report_located(ask, diagnostics)
    return plan


@heavy
def subset(ask: Ask, source: PurePosixPath, extra: tuple[int, ...]) -> bytes | Failed:
    """A font reduced to the base set and `extra`: half a second or more, shared by all brands of one family."""
    content = ask.read(source)
    if content is None:
        return Failed("it is missing")
    return subset_woff2(content, unicodes=BASE_UNICODES | set(extra))


def font_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """Web fonts, their rules and their licences."""
    known, plan = ask(brand, brand_id), ask(font_plan, brand_id)
    if known is None or plan is None:
        return ()
    for face in plan.faces:
        if not str(face.source).startswith(FONTS):
            report_located(ask, check_font(face, describe_font(ask.read(face.source) or b"")))
    unicodes = needed_unicodes(known)
    extra = tuple(code for code in unicodes if code not in BASE_UNICODES)
    subsets = [ask(subset, face.source, extra) for face in plan.faces]
    licences = [ask.read(source) or b"" for source, _ in plan.licences]
    return _reported(ask, emit_fonts(plan, subsets, licences=licences, unicodes=unicodes))


@heavy
def logos(ask: Ask, brand_id: BrandId) -> LogoSet | None:
    """The brand's logos, read or drawn."""
    known, resolved = ask(brand, brand_id), ask(tokens, brand_id)
    if known is None or resolved is None:
        return None
    files = []
    for role, path in (("light", known.logos.light), ("dark", known.logos.dark), ("mark", known.logos.mark)):
        origin = known.origin_of(f"/logos/{role}")
        content = ask.read(path, notes=partial(_named_at, ask, origin)) if path else None
        if path is not None and content is not None:
            files.append(SourceFile(path, content))
    found, diagnostics = read_logos(known, resolved, files=files, letterer=_letterer(ask, brand_id))
    report_located(ask, diagnostics)
    return found


@heavy
def logo_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """Logos as SVG and for e-mail."""
    drawn = _drawn(ask, brand_id)
    return () if drawn is None else _reported(ask, emit_logos(drawn[0], drawn[2], tokens=drawn[1]))


@heavy
def icon_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """Icons for every purpose, and the web manifest that lists them."""
    drawn = _drawn(ask, brand_id)
    if drawn is None:
        return ()
    known, resolved, found = drawn
    return (*_reported(ask, emit_icons(known, found, tokens=resolved)), *emit_webmanifest(known, resolved))


@heavy
def social_card(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The picture that social networks show for a link."""
    drawn = _drawn(ask, brand_id)
    if drawn is None:
        return ()
    known, resolved, found = drawn
    return _reported(ask, emit_social_card(known, found, tokens=resolved, letterer=_letterer(ask, brand_id)))


def _drawn(ask: Ask, brand_id: BrandId) -> tuple[Brand, ResolvedTokens, LogoSet] | None:
    known, resolved, found = ask(brand, brand_id), ask(tokens, brand_id), ask(logos, brand_id)
    return None if known is None or resolved is None or found is None else (known, resolved, found)


def _letterer(ask: Ask, brand_id: BrandId) -> Letterer:
    known, plan = ask(brand, brand_id), ask(font_plan, brand_id)
    if known is None or plan is None:
        return Letterer((), ())
    origin = known.origin_of("/typography") or known.origin_of("/name")
    return Letterer(_typefaces(ask, plan.heading), _typefaces(ask, plan.body), origin)


def _typefaces(ask: Ask, letterings: Iterable[Lettering]) -> tuple[Typeface, ...]:
    read = ((ask.read(lettering.source), lettering.weight) for lettering in letterings)
    return tuple(Typeface(content, weight) for content, weight in read if content is not None)


def _named_at(ask: Ask, origin: Origin | None) -> tuple[Note, ...]:
    """Where a file is named, for the report that it cannot be read."""
    return located_notes(ask, (Note("it is named here", origin),)) if origin else ()


def _reported(ask: Ask, made: tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]) -> tuple[Artifact, ...]:
    artifacts, diagnostics = made
    report_located(ask, diagnostics)
    return artifacts
