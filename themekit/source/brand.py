"""A brand file to a `Brand`: merged with what it extends, every default filled in, every mistake reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from themekit.diagnostics import Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import (
    Api,
    AskedTarget,
    Brand,
    Color,
    ColorOptions,
    Contact,
    GoSdk,
    JavaSdk,
    Logos,
    Origin,
    Palettes,
    PythonSdk,
    Sdk,
    Seeds,
    Shape,
    TypeScriptSdk,
    Urls,
)
from themekit.model.portable_path import portability_fault
from themekit.source import defaults, sdk_names
from themekit.source.brand_fields import BRAND
from themekit.source.brand_tokens import brand_tokens
from themekit.source.codes import INVALID_BRAND_ID, UNUSED_OPTION
from themekit.source.colors import color
from themekit.source.dimensions import dimension_between
from themekit.source.extends import Reading, merged
from themekit.source.files import Folders, asset_file
from themekit.source.json_value import as_number, child_pointer
from themekit.source.node import Node
from themekit.source.portal import portal
from themekit.source.resolver_documents import Documents
from themekit.source.sdk_names import sdk_name
from themekit.source.structure import checked
from themekit.source.text_policy import email, phone, plain_text, version
from themekit.source.typography import typography
from themekit.source.urls import base_url, contact_url, site_url, web_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId
    from themekit.source.brand_tokens import Layer
    from themekit.source.json_value import JsonValue

LOGO_SUFFIXES = (".svg", ".png")
MAX_RADIUS_PX = 64
MAX_BORDER_PX = 8

_BRAND_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")  # also a host label, an npm scope and a file name
_TAKEN = frozenset({"dist", "shots"})  # folders of the output beside those of brands
# Roles of an update channel and its folder: a brand is a role there, and a folder beside. Source: TUF 1.0.34, 2.1.
_CHANNEL = frozenset({"metadata", "root", "snapshot", "targets", "timestamp"})


@dataclass(frozen=True, slots=True)
class BrandInputs:
    """What `parse_brand` may ask for: a file's bytes or None, a folder's names, and the sections of the portal."""

    read: Callable[[PurePosixPath], bytes | None]
    list_folder: Callable[[PurePosixPath], tuple[str, ...]]
    sections: tuple[str, ...] | None = None


def parse_brand(
    path: PurePosixPath, content: bytes, *, brand_id: BrandId, inputs: BrandInputs
) -> tuple[Brand | None, tuple[Diagnostic, ...]]:
    """The brand that the file at `path` (`brands/<id>/brand.json`) describes, and every mistake in it.

    The brand is None if and only if there is an error. Places are Origins, or Spans for mistakes in the JSON itself;
    `source.locate` turns the first into the second. With `inputs.sections` None, any section name is accepted.
    """
    report = Reporter()
    _check_id(path, brand_id, report=report)
    reading = Reading(inputs.read, inputs.list_folder, report)
    whole = merged(path, content, root=path.parent.parent, reading=reading)
    if whole is None:
        return None, report.diagnostics
    members = checked(whole.members, BRAND, sources=whole.sources, report=report, is_whole=whole.is_whole)
    root = Node(members, "", whole.sources, report)
    brand = _brand(root, brand_id, inputs=inputs, layers=whole.layers)
    if any(diagnostic.is_error for diagnostic in report.found):
        return None, report.diagnostics
    return brand, report.diagnostics


@dataclass(frozen=True, slots=True)
class Draft:
    """A brand with mistakes, defaults in the place of what is wrong: only to be judged further.

    With `has_colors` False its colours are not those that were meant.
    """

    brand: Brand
    has_colors: bool


def draft_brand(path: PurePosixPath, content: bytes, *, brand_id: BrandId, inputs: BrandInputs) -> Draft | None:
    """What of a brand with mistakes can be judged further; None if so much is unknown that it would be guessing."""
    report = Reporter()
    reading = Reading(inputs.read, inputs.list_folder, report)
    whole = merged(path, content, root=path.parent.parent, reading=reading)
    if whole is None or not whole.is_whole:
        return None
    members = checked(whole.members, BRAND, sources=whole.sources, report=report)
    brand = _brand(Node(members, "", whole.sources, report), brand_id, inputs=inputs, layers=whole.layers)
    files = {path, *whole.sources.inherited.values()}  # a pointer into a file of tokens says nothing of seeds
    places = [each.place for each in report.found if each.is_error and isinstance(each.place, Origin)]
    wrong = [place.pointer for place in places if place.path in files]
    colors = Node(members, "", whole.sources, report).node("color")
    has_colors = colors.has("primary") and not any(
        f"{pointer}/".startswith("/color/") for pointer in (*wrong, *whole.sources.omitted)
    )
    return Draft(brand, has_colors)


def is_brand_folder(name: str) -> bool:
    """Folders below `brands/` whose names start with `_` or `.` hold shared files, not brands."""
    return not name.startswith(("_", "."))


def _check_id(path: PurePosixPath, brand_id: str, *, report: Reporter) -> None:
    is_taken = brand_id in _TAKEN | _CHANNEL
    if _BRAND_ID.fullmatch(brand_id) and portability_fault(brand_id) is None and not is_taken:
        return
    message = f"a brand's folder cannot be named {quoted(brand_id)}"
    hint = "use up to 40 lower-case letters, digits and hyphens, and no device name of Windows"
    if is_taken:
        hint = f"take another name: `build/{brand_id}` holds what is made of all brands"
    if brand_id in _CHANNEL:
        hint = f"take another name: where bundles are published, `{brand_id}` is the update channel's"
    report(INVALID_BRAND_ID, Origin(path, ""), message, hint=hint)


def _brand(root: Node, brand_id: BrandId, *, inputs: BrandInputs, layers: Sequence[Layer]) -> Brand:
    folders = Folders(inputs.list_folder)
    brands = root.sources.path.parent.parent
    documents = Documents(inputs.read, inputs.list_folder, root.reporter, folder=brands)
    name = plain_text(root.item("name")) or brand_id
    locale = root.choice("locale", defaults.LOCALE)
    return Brand(
        id=brand_id,
        name=name,
        legal_name=plain_text(root.item("legalName")) or name,
        tagline=plain_text(root.item("tagline")) or defaults.TAGLINES[locale],
        description=plain_text(root.item("description")) or defaults.description(name, locale),
        version=version(root.item("version")) or defaults.VERSION,
        locale=locale,
        urls=_urls(root.node("urls"), brand_id),
        contact=_contact(root.node("contact")),
        color=_seeds(root.node("color")),
        tokens=brand_tokens(root, layers, documents=documents),
        typography=typography(root.node("typography"), folders),
        shape=_shape(root.node("shape")),
        logos=_logos(root.node("logos"), folders),
        portal=portal(root.node("portal"), inputs.sections),
        api=_api(root.node("api"), brand_id),
        sdk=_sdk(root.node("sdk"), name, brand_id=brand_id),
        targets=tuple(_targets(root.node("targets"))),
        lint=tuple(_levels(root.node("lint"))),
        origins=tuple(_origins(root)),
    )


def _urls(node: Node, brand_id: str) -> Urls:
    site = site_url(node.item("site")) or f"https://{defaults.host(brand_id)}/"
    return Urls(
        site=site,
        home=web_url(node.item("home")) or site,
        support=web_url(node.item("support")),
        status=web_url(node.item("status")),
        terms=web_url(node.item("terms")),
        privacy=web_url(node.item("privacy")),
        repository=web_url(node.item("repository")),
    )


def _contact(node: Node) -> Contact:
    return Contact(
        email(node.item("email")),
        phone(node.item("phone")),
        plain_text(node.item("address")),
        contact_url(node.item("security")),
    )


def _seeds(node: Node) -> Seeds:
    def seed(key: str) -> Color | None:
        return color(node.item(key), is_seed=True)

    # Black stands in only where an error was reported, and then no brand is returned.
    return Seeds(
        primary=seed("primary") or Color("srgb", (0, 0, 0)),
        accent=seed("accent"),
        neutral=seed("neutral"),
        success=seed("success"),
        warning=seed("warning"),
        danger=seed("danger"),
        info=seed("info"),
        solid=cast('Literal["keep", "adjust"]', node.choice("solid", "keep")),
        options=_color_options(node),
        palettes=_palettes(node.node("palettes")),
    )


def _palettes(node: Node) -> Palettes:
    wanted = [node.members.get(name) is True for name in ("tones", "data", "gradient")]
    return Palettes(*wanted)


def _color_options(colors: Node) -> ColorOptions:
    node = colors.node("options")
    shift, tint = node.node("hueShift"), node.item("neutralTint")
    if tint is not None and colors.has("neutral"):
        tint.report(UNUSED_OPTION, f"{tint.name} changes nothing, as `color.neutral` is given", hint="take one away")
    return ColorOptions(
        text_lc=node.number("textLc", 0.0),
        chroma=cast('Literal["muted", "standard", "vivid"]', node.choice("chroma", "standard")),
        light_turn_deg=shift.number("light", 0.0),
        dark_turn_deg=shift.number("dark", 0.0),
        neutral_tint=None if tint is None else as_number(tint.value),
    )


def _shape(node: Node) -> Shape:
    radius = dimension_between(node.item("radius"), low_px=0, high_px=MAX_RADIUS_PX)
    border = dimension_between(node.item("border"), low_px=0, high_px=MAX_BORDER_PX)
    return Shape(
        radius=radius or defaults.RADIUS,
        border=border or defaults.BORDER,
        shadow=cast('Literal["none", "soft", "strong"]', node.choice("shadow", "soft")),
        density=cast('Literal["compact", "comfortable", "spacious"]', node.choice("density", "comfortable")),
    )


def _logos(node: Node, folders: Folders) -> Logos:
    light = asset_file(node.item("light"), folders, suffixes=LOGO_SUFFIXES)
    dark = asset_file(node.item("dark"), folders, suffixes=LOGO_SUFFIXES)
    return Logos(light, dark, asset_file(node.item("mark"), folders, suffixes=LOGO_SUFFIXES))


def _api(node: Node, brand_id: str) -> Api:
    host = defaults.host(brand_id)
    return Api(
        base_url=base_url(node.item("baseUrl")) or f"https://api.{host}/v1",
        sandbox_url=base_url(node.item("sandboxUrl")) or f"https://sandbox.{host}/v1",
    )


def _sdk(node: Node, name: str, *, brand_id: str) -> Sdk:
    word = sdk_names.identifier_from(brand_id)
    typescript, python, java, go = (node.node(language) for language in ("typescript", "python", "java", "go"))
    group = sdk_name(java.item("group"), sdk_names.maven_fault) or f"example.{word}"
    package = sdk_name(java.item("package"), sdk_names.java_package_fault)
    return Sdk(
        client=sdk_name(node.item("client"), sdk_names.client_fault) or sdk_names.client_from(name, brand_id),
        typescript=TypeScriptSdk(sdk_name(typescript.item("package"), sdk_names.npm_fault) or f"@{brand_id}/sdk"),
        python=PythonSdk(
            package=sdk_name(python.item("package"), sdk_names.pypi_fault) or f"{brand_id}-sdk",
            module=sdk_name(python.item("module"), sdk_names.python_module_fault) or word,
        ),
        java=JavaSdk(
            group=group,
            artifact=sdk_name(java.item("artifact"), sdk_names.maven_fault) or f"{brand_id}-sdk",
            package=package or f"{sdk_names.java_package_from(group, word)}.sdk",
        ),
        go=GoSdk(
            module=sdk_name(go.item("module"), sdk_names.go_module_fault) or f"{defaults.host(brand_id)}/go",
            package=sdk_name(go.item("package"), sdk_names.go_package_fault) or word,
        ),
    )


def _targets(node: Node) -> Iterator[AskedTarget]:
    """What the brand asks for; whether there are such targets and settings, only the build knows."""
    for name, settings in node.members.items():
        chosen = settings.items() if isinstance(settings, dict) else ()
        yield AskedTarget(name, tuple((key, value) for key, value in chosen if isinstance(value, str)))


def _levels(node: Node) -> Iterator[tuple[str, str]]:
    """How severe each rule is; whether there is such a rule, only the lint knows."""
    yield from ((name, level) for name, level in node.members.items() if isinstance(level, str))


def _origins(root: Node) -> Iterator[tuple[str, Origin]]:
    """Every field that was given, in order. Tokens have their own origins."""
    pending: list[tuple[str, JsonValue]] = [("", {key: root.members[key] for key in root.members if key != "tokens"})]
    while pending:
        pointer, value = pending.pop()
        if value is None:
            continue
        if pointer:
            yield pointer, root.sources.origin(pointer)
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        pending.extend(reversed([(child_pointer(pointer, key), member) for key, member in members]))
