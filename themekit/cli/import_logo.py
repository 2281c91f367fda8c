"""`themekit import logo`: a brand file from the colours of a logo."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, say, show_diagnostics

NO_NAME = frozenset({"logo", "mark", "icon", "wordmark", "dark", "light"})
"""Words of a file's name that are no brand's."""


@click.command(short_help="Make a brand file of a logo's colours.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", metavar="TEXT", help="What the brand is called.  [default: from the file's name]")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the brand file goes; must not be there.  [default: it is printed]",
)
@format_option
def command(file: Path, *, name: str | None, out: Path | None, format_: str) -> int:
    """Find the seed colours in FILE, a logo as SVG, PNG, JPEG or WebP, and print a brand.json with them.

    What contrast makes of each colour is said beside it. The picture is read as logos of brands are: what is hostile or
    broken is refused.
    """
    from themekit.assets.logo_seeds import logo_seeds, seed_notes
    from themekit.model import BrandId
    from themekit.resolve import resolve_tokens
    from themekit.source.brand import BrandInputs, parse_brand
    from themekit.source.locate import all_located

    if out is not None and out.exists():
        raise click.UsageError(f"`{out}` is there already")
    colors = _colors(file, format_, prints_all=out is not None)
    if colors is None:
        return Exit.MISTAKES
    seeds = logo_seeds(colors)
    text = _brand_text(name or _name_of(file), seeds.members(), file=file)
    path = PurePosixPath("brands/logo/brand.json")
    inputs = BrandInputs(lambda _: b"", lambda _: (file.name,))
    brand, diagnostics = parse_brand(path, text.encode(), brand_id=BrandId("logo"), inputs=inputs)
    if brand is None:
        show_diagnostics(all_located(diagnostics, lambda _: text), format_)
        return Exit.MISTAKES
    tokens, _ = resolve_tokens(brand)
    if out is None:
        click.echo(text.encode(), nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    for note in seed_notes(seeds, tokens) if tokens else ():
        say(note)
    return Exit.GOOD


def _colors(file: Path, format_: str, *, prints_all: bool) -> tuple[str, ...] | None:
    """The colours of the picture; None if it was refused, with the reason shown."""
    from themekit.assets.logo_files import INVALID_IMAGE, read_logo
    from themekit.diagnostics import Reporter
    from themekit.model import Origin, SourceFile
    from themekit.render.images import MAX_FILE_BYTES
    from themekit.render.picture_colors import picture_colors
    from themekit.render.worker import Failed

    path, report = PurePosixPath(file.as_posix()), Reporter()
    origin = Origin(path, "")
    colors: tuple[str, ...] | Failed = ()
    with file.open("rb") as opened:
        content = opened.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        report(INVALID_IMAGE, origin, f"`{path.name}` has more than {MAX_FILE_BYTES // 1_000_000} MB")
    elif read_logo(SourceFile(path, content), report, prefix="logo-", origin=origin) is not None:
        colors = picture_colors(content)
        if isinstance(colors, Failed):
            report(INVALID_IMAGE, origin, f"`{path.name}` cannot be used: {colors.reason}")
        elif not colors:
            report(INVALID_IMAGE, origin, f"`{path.name}` has no colour: nothing in it can be seen")
    if isinstance(colors, Failed) or not colors:
        show_diagnostics(report.diagnostics, format_)
        return None
    if prints_all or format_ == "text":  # else standard output has the brand file
        show_diagnostics(report.diagnostics, format_)
    return colors


def _brand_text(name: str, color: dict[str, str], *, file: Path) -> str:
    """The brand file, which names the logo where a brand beside it could."""
    from themekit.source.brand import LOGO_SUFFIXES
    from themekit.source.files import path_fault

    can_be_logo = file.suffix.lower() in LOGO_SUFFIXES and path_fault(file.name) is None
    document = {"name": name, "color": color, **({"logos": {"light": file.name}} if can_be_logo else {})}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _name_of(file: Path) -> str:
    """`acme-pay_logo.svg` is Acme Pay, and so is `acme-pay/logo.svg`."""
    words: list[str] = []
    for name in (file.stem, file.parent.name):
        words = words or [word for word in re.split(r"[\W_]+", name) if word and word.lower() not in NO_NAME]
    return " ".join(word if word.isupper() else word.capitalize() for word in words)[:80].strip() or "Brand"
