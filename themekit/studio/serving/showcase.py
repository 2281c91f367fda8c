"""Pages that show a brand apart from its portal: all components, and all pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand, brand_ids, tokens
from themekit.build.pictures import icon_files, logo_files, social_card
from themekit.render.templates import render_template
from themekit.resolve.data_plan import CATEGORIES
from themekit.resolve.palettes import DIVERGING, SEQUENTIAL
from themekit.resolve.seeds import SCALES
from themekit.resolve.tones import TONES
from themekit.site.inputs import BRAND_FOLDER, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.engine import Engine
    from themekit.model import Artifact, BrandId

KINDS = ("info", "success", "warning", "danger")
GRADIENT = "gradient"
SHOWN = (".svg", ".png", ".ico", ".webp")
_GROUPS = (("logos", "Logos", logo_files), ("icons", "Icons", icon_files), ("card", "Social card", social_card))

Values = dict[str, object]


def gallery(engine: Engine, brand_id: BrandId, *, templates: Mapping[str, str], client: str) -> str | None:
    """The components in the brand's clothes; None if there is no such brand, or it has a mistake."""
    values = _common(engine, brand_id, client)
    resolved = engine.get(tokens, brand_id) if values else None
    if values is None or resolved is None:
        return None
    colors = [str(token.id) for token in resolved if token.id.startswith("color.")]
    further = {"tones": _tones(), "categories": _numbered("data.category", CATEGORIES), "orders": _orders()}
    shown = {**values, **further, "kinds": KINDS, "ramps": _ramps(colors), "roles": _swatches(_roles(colors), "color.")}
    return render_template(templates, "preview/gallery.html", values=shown)


def picture_sheet(engine: Engine, brand_id: BrandId, *, templates: Mapping[str, str], client: str) -> str | None:
    """Logos, icons and the social card; None as above."""
    values = _common(engine, brand_id, client)
    if values is None:
        return None
    groups = [
        {"id": name, "title": title, "pictures": _pictures(engine.get(task, brand_id))} for name, title, task in _GROUPS
    ]
    return render_template(templates, "preview/pictures.html", values={**values, "groups": groups})


def _common(engine: Engine, brand_id: BrandId, client: str) -> Values | None:
    known = engine.get(brand, brand_id) if brand_id in engine.get(brand_ids) else None
    if known is None:
        return None
    return {"name": known.name, "client": client, "sheets": [str(BRAND_FOLDER / name) for name in STYLES]}


def _ramps(colors: Iterable[str]) -> list[Values]:
    """The scales of twelve steps, by name."""
    found: dict[str, list[str]] = {}
    for name in colors:
        parts = name.split(".")
        if len(parts) == 3 and parts[2].isdecimal() and parts[1] != GRADIENT:
            found.setdefault(parts[1], []).append(name)
    return [{"name": ramp, "steps": _swatches(names, f"color.{ramp}.")} for ramp, names in found.items()]


def _tones() -> list[Values]:
    """Palettes are on the page of every brand; its sheet shows them when the brand has them, at once as it asks."""
    return [{"name": name, "steps": _swatches([f"color.tone.{name}.{tone}" for tone in TONES], "")} for name in SCALES]


def _orders() -> list[Values]:
    return [
        {"name": "sequential", "steps": _numbered("data.sequential", SEQUENTIAL)},
        {"name": "diverging", "steps": _numbered("data.diverging", DIVERGING)},
    ]


def _numbered(start: str, count: int) -> list[Values]:
    return _swatches([f"color.{start}.{number}" for number in range(1, count + 1)], "")


def _roles(colors: Iterable[str]) -> list[str]:
    return [name for name in colors if name.count(".") == 1]


def _swatches(names: Iterable[str], start: str) -> list[Values]:
    """`start` is left out of the labels; none: all but the last part is."""
    return [
        {
            "property": f"--tk-{name.replace('.', '-')}",
            "label": name.removeprefix(start) if start else name.rpartition(".")[2],
        }
        for name in names
    ]


def _pictures(files: Iterable[Artifact]) -> list[Values]:
    shown = (file.path.relative_to(file.path.parts[0]) for file in files if file.path.suffix in SHOWN)
    return [{"name": str(path), "path": str(BRAND_FOLDER / path), **_ground(path.stem)} for path in shown]


def _ground(name: str) -> Values:
    """What a logo is made to stand on, which its name says: a white one on white is not seen."""
    parts = name.split("-")
    if not {"logo", "mark"}.intersection(parts):
        return {"mode": "", "ground": "page"}
    return {"mode": "dark" if "dark" in parts else "light", "ground": "header" if "header" in parts else "page"}
