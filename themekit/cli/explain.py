"""`themekit explain`: which inputs an artifact was made from, and which have changed; or why a token is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.diagnostics import Span
    from themekit.model import BrandId
    from themekit.model.token import ResolvedValue
    from themekit.resolve.explained import Reason


MAX_LINE = 160  # the arguments of a task can be long values


def _is_ours(line: str) -> bool:
    """A read of themekit's own data or of an installed font: no news to whoever asks about their project."""
    return "file @" in line or "folder @" in line


@click.command(short_help="Print what an output was made from, and what has changed.")
@click.argument("artifact", metavar="ARTIFACT")
@click.option(
    "--token",
    metavar="NAME",
    help="Say why the token NAME (color.link) of the brand ARTIFACT is what it is in each mode.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the reasons of a token are printed: for people or for programs.",
)
@project_option
def command(artifact: str, *, token: str | None, format_: str, root: Path) -> int:
    """Print the chain of reads behind ARTIFACT (build/acme/theme/tokens.css) since it was last made.

    A star marks what has changed, and what will be checked because of it. Reads of installed packages are shown only
    if they changed. Nothing is built.
    """
    if token is not None:
        return _explain_token(artifact, token, root=root, is_json=format_ == "json")
    if format_ != "text":
        raise click.UsageError("only the reasons of a token can be JSON: add `--token NAME`")
    from themekit.build.parts import PARTS, part_of
    from themekit.diagnostics.printable import printable
    from themekit.engine.explain import explain

    project = open_project(root)
    brand, _, path = artifact.removeprefix(f"{project.root}/").removeprefix("./").removeprefix("build/").partition("/")
    if brand == "dist":
        raise click.UsageError("a bundle is made of every part: explain a file of build/<brand>/ instead")
    part = part_of(path)
    if part is None:
        parts = ", ".join(f"{name}/" for name in PARTS)
        raise click.UsageError(f"`{artifact}` is no artifact: write build/<brand>/…, and there one of {parts}")
    (brand_id,) = chosen_brands(project, [brand])
    _require_output(project, brand_id, path.rstrip("/"))
    for line in explain(project.engine, part, brand_id).lines():
        if line.startswith("*") or not _is_ours(line):
            shown = printable(line)
            click.echo(shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…")
    return Exit.GOOD


def _require_output(project: Project, brand_id: BrandId, path: str) -> None:
    """Refuse a path that the brand's last build did not write, if it wrote anything of its part."""
    from themekit.build.written import load_written, record_of
    from themekit.diagnostics.printable import printable
    from themekit.source.did_you_mean import nearest

    part = f"{path.partition('/')[0]}/"
    written = load_written(record_of(project.cache, brand_id)).files
    known = [file.path for file in written if file.path.startswith(part)]
    if not known or any(each == path or each.startswith(f"{path}/") for each in known):
        return
    near = nearest(path, known)
    hint = f"; did you mean `{near}`?" if near else ""
    raise click.UsageError(printable(f"the last build of `{brand_id}` wrote no `{path}`{hint}"))


def _explain_token(artifact: str, name: str, *, root: Path, is_json: bool) -> int:
    """A line for each mode, or an object with all of them."""
    from themekit.build.brands import brand, tokens
    from themekit.diagnostics.printable import printable
    from themekit.model import TokenId
    from themekit.resolve.explained import explain_token
    from themekit.source.did_you_mean import did_you_mean

    project = open_project(root)
    named = artifact.removeprefix(f"{project.root}/").removeprefix("./").removeprefix("build/").partition("/")[0]
    (brand_id,) = chosen_brands(project, [named])
    known, resolved = project.engine.get(brand, brand_id), project.engine.get(tokens, brand_id)
    if known is None or resolved is None:
        show_diagnostics(project.engine.diagnostics(tokens, brand_id), "text")
        return Exit.MISTAKES
    ids = [each.id for each in resolved]
    if name not in ids:
        hint = did_you_mean(name, ids)
        raise click.UsageError(f"`{brand_id}` has no token `{name}`" + (f"; {hint}" if hint else ""))
    reasons = explain_token(known, TokenId(name), resolved=resolved)
    if is_json:
        click.echo(_as_json(reasons, name, brand_id=brand_id, project=project))
        return Exit.GOOD
    click.echo(printable(f"{name} of {brand_id}"))
    for reason in reasons:
        click.echo(printable(f"  {reason.mode:<14} {_shown(reason.value)}  {_why(reason, project)}"))
    return Exit.GOOD


def _shown(value: ResolvedValue) -> str:
    """A colour as hex, all else as CSS has it."""
    from themekit.model import Color
    from themekit.render import css
    from themekit.resolve.colour import hex as hex_of

    return hex_of(value) if isinstance(value, Color) else css.text_of(value)


def _as_json(reasons: Sequence[Reason], name: str, *, brand_id: BrandId, project: Project) -> str:
    """The reasons with their figures in words, as on a terminal; `place` is null for what no file says."""
    import json

    modes = []
    for reason in reasons:
        span = _span(reason, project)
        place = None
        if reason.origin is not None:
            place = {"path": str(reason.origin.path)} | ({"line": span.line, "column": span.column} if span else {})
        modes.append(
            {
                "mode": reason.mode,
                "value": _shown(reason.value),
                "through": list(reason.through),
                "reason": reason.text,
                "place": place,
            }
        )
    return json.dumps({"brand": brand_id, "token": name, "modes": modes}, indent=2)


def _span(reason: Reason, project: Project) -> Span | None:
    """Where a reason is written, if that can be found."""
    from themekit.source.json_text import decoded_text
    from themekit.source.locate import places

    if reason.origin is None:
        return None
    found = places([reason.origin], lambda path: decoded_text((project.root / path).read_bytes()))
    return found.get(reason.origin)


def _why(reason: Reason, project: Project) -> str:
    """The sentence, with the place where it is written."""
    if reason.origin is None:
        return reason.sentence()
    span = _span(reason, project)
    return reason.sentence(f"{reason.origin.path}" + (f":{span.line}:{span.column}" if span else ""))
