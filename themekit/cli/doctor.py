"""`themekit doctor`: what is wrong with this machine or this project, and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, wants_color

if TYPE_CHECKING:
    from themekit.build.doctor import Finding

COLORS = {"good": "32", "limited": "33", "broken": "31"}
MARKS = {"good": "ok", "limited": "limited", "broken": "broken"}


@click.command(short_help="Look at the machine and the project, and say how to mend what is broken.")
@click.option(
    "--project",
    "root",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder; without one, only the machine is looked at.  [default: this folder]",
)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(*, root: Path, format_: str) -> int:
    """Look at Python, packages, programs, rights, space, the cache and locks. Ends with 1 if a build cannot work.

    What is limited stops only what it names.
    """
    from themekit.build.doctor import State, examine
    from themekit.build.project import Project

    project = Project(root.resolve()) if (root / "brands").exists() else None
    findings = examine(project)
    broken = [each for each in findings if each.state is State.BROKEN]
    if format_ == "json":
        rows = [{"subject": f.subject, "state": f.state.value, "found": f.found, "fix": f.fix} for f in findings]
        click.echo(json.dumps({"version": 1, "healthy": not broken, "findings": rows}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding), color=True)
        limited = sum(each.state is State.LIMITED for each in findings)
        done = f"{counted(len(broken), 'fault')}, {counted(limited, 'limit')}"
        click.echo(f"{done}{'' if project else '; no project here: there is no folder `brands`'}", err=True)
    return Exit.MISTAKES if broken else Exit.GOOD


def _line(finding: Finding) -> str:
    mark = MARKS[finding.state]
    padded = mark.ljust(max(map(len, MARKS.values())))
    shown = f"\x1b[{COLORS[finding.state]}m{padded}\x1b[0m" if wants_color() else padded
    fix = f"\n{' ' * (len(padded) + 2)}fix: {finding.fix}" if finding.fix else ""
    return f"{shown}  {finding.subject}: {finding.found}{fix}"
