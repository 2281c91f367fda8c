"""A brand's logo files as clean pictures: SVG sanitised, PNG, JPEG and WebP encoded anew and wrapped in an SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter
from themekit.render.images import data_url, format_of, read_picture
from themekit.render.svg import sanitise_svg
from themekit.render.svg_tree import Box, CleanSvg
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from themekit.model import Origin, SourceFile

INVALID_IMAGE = Code("invalid-image", summary="A picture file cannot be read.")


def read_logo(file: SourceFile, report: Reporter, *, prefix: str, origin: Origin | None) -> CleanSvg | None:
    """The picture, or None with the reason reported. The content tells the format; a suffix of another is a fault."""
    found = format_of(file.content)
    suffix = file.path.suffix.lower()
    if suffix == ".svg" and found is None:
        clean, diagnostics = sanitise_svg(file.content, path=file.path, prefix=prefix)
        report.found += diagnostics
        return clean
    allowed = {"png": {".png"}, "jpeg": {".jpg", ".jpeg"}, "webp": {".webp"}}
    if found is not None and suffix not in allowed[found]:
        hint = f"rename it to `{file.path.stem}.{found}`"
        report(INVALID_IMAGE, origin, f"`{file.path.name}` is a {found.upper()} file", hint=hint)
        return None
    picture = read_picture(file.content)
    if isinstance(picture, Failed):
        report(INVALID_IMAGE, origin, f"`{file.path.name}` cannot be used: {picture.reason}")
        return None
    box = Box(0, 0, picture.width_px, picture.height_px)
    size = f'width="{picture.width_px}" height="{picture.height_px}"'
    return CleanSvg(box, f'<image {size} href="{data_url(picture.png)}"/>', f"{prefix}root")
