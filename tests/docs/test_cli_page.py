"""The page on the command line knows every command, option, format and exit code, and no other."""

import re
from collections.abc import Iterator

import click

from tests.docs.markdown_pages import code_words, handbook_page
from themekit.cli.build import PARTS
from themekit.cli.exit_code import Exit
from themekit.cli.main import command as themekit
from themekit.cli.show import FORMATS

PAGE = handbook_page("cli")
EVERYWHERE = {"--help", "--project", "--format"}
"""Options that the page explains once for all commands."""
OTHER_PROGRAMS = {"cp", "rsync"}
"""Whose commands the page shows with options of theirs."""


def rows(head: str) -> list[list[str]]:
    return [row for table in PAGE.tables() if table[0][0] == head for row in table[1:]]


def commands(group: click.Group = themekit, prefix: str = "") -> dict[str, click.Command]:
    """By their names on the command line; of a group those that are in it."""
    context = click.Context(group)
    found: dict[str, click.Command] = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= commands(command, f"{prefix}{name} ")
        elif command:
            found[f"{prefix}{name}"] = command
    return found


def options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from parameter.opts


def test_every_command_stands_in_the_table():
    words = [code_words(row[0])[0].removeprefix("themekit ") for row in rows("command")]
    assert list(commands()) == [named(each) for each in words]


def named(words: str) -> str:
    """The command that the words begin with; the words themselves if there is none."""
    found = [name for name in commands() if f"{words} ".startswith(f"{name} ")]
    return max(found, key=len, default=words)


def test_options_on_the_page_exist_and_all_are_there():
    ours = [span for span in code_words(" ".join(PAGE.prose)) if span.partition(" ")[0] not in OTHER_PROGRAMS]
    said = {word.split()[0] for span in ours for word in span.split(", ") if word.startswith("-")}
    said |= set(re.findall(r"--[a-z][a-z0-9-]*", " ".join(ours)))
    known = {option for command in commands().values() for option in options(command)}
    assert known - EVERYWHERE <= said
    assert said <= known | EVERYWHERE


def test_commands_without_a_project():
    """The page names those that take none."""
    without = [name for name, command in commands().items() if "--project" not in options(command)]
    names = list(dict.fromkeys(name.partition(" ")[0] for name in without))
    expected = "init verify publish channel fetch downloads report host apply keys tokens import schema"
    assert expected.split() == names
    *most, last = names
    said = f"All but {', '.join(f'`{name}`' for name in most)} and `{last}` take `--project DIR`"
    assert said in " ".join(PAGE.prose)


def test_formats_and_parts():
    assert list(FORMATS) == [row[0].strip("`") for row in rows("`--format`")]
    assert f"`--only {','.join(PARTS)}`" in " ".join(PAGE.prose)


def test_exit_codes():
    assert [code.value for code in Exit] == [int(row[0]) for row in rows("code")]
