"""The `themekit` command: options of all commands, and commands that are imported only when they are run."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

import themekit
from themekit.cli.exit_code import Exit
from themekit.cli.lazy import LazyGroup
from themekit.cli.show import say
from themekit.engine.sweeping import sweep_rarely

COMMANDS = (
    "init",
    "check",
    "preview",
    "build",
    "package",
    "verify",
    "publish",
    "channel",
    "fetch",
    "downloads",
    "report",
    "host",
    "apply",
    "keys",
    "shots",
    "audit",
    "sdk",
    "docs",
    "tokens",
    "import",
    "sandbox",
    "gateway",
    "explain",
    "ci",
    "lock",
    "cache",
    "doctor",
    "schema",
    "clean",
)


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    prefix="themekit.cli.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(themekit.__version__, prog_name="themekit")
def command() -> None:
    """One repository of docs, one JSON file per brand: themes, assets, portals and bundles for every brand."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with one of `Exit`."""
    sweep_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter still shows the rest
    code = run(arguments)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        code = Exit.CLOSED
    except OSError as error:
        code = _io_failure(error)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        result: Any = command.main(args=arguments, prog_name="themekit", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit:
        return Exit.CLOSED  # click ends so, and only so, when the reader of its output has gone
    except click.ClickException as mistake:
        from themekit.diagnostics.printable import printable

        vars(mistake)["message"] = printable(mistake.message)  # it quotes arguments and names of folders
        mistake.show()
        return mistake.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return Exit.INTERRUPTED
    except OSError as error:
        return _io_failure(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence turns our bug into a readable message
        return _failure(error)
    return int(result or Exit.GOOD)


def _io_failure(error: OSError) -> int:
    where = f": {error.filename}" if error.filename else ""
    say(f"error[io]: {error.strerror or error}{where}")
    return Exit.IO


def _failure(error: Exception) -> int:
    from themekit.build.files import OutputError
    from themekit.build.lock import OutputLocked
    from themekit.engine.executor import ClusterRefused

    if isinstance(error, OutputLocked):
        say(f"error[locked]: {error}; try again when it is done")
        return Exit.LOCKED
    if isinstance(error, ClusterRefused):
        say(f"error[cluster]: {error}")
        return Exit.IO
    if isinstance(error, OutputError):
        say(f"error[io]: {error}")
        return Exit.IO
    return _bug(error)


def _bug(error: Exception) -> int:
    import traceback

    for line in "".join(traceback.format_exception(error)).split("\n"):
        say(line)
    click.echo("This is a bug in themekit, not in your input. Please report it with the text above.", err=True)
    return Exit.BUG
