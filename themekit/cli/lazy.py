"""A group whose commands are modules, each imported when it is run: `--help` costs no heavy import."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click


class LazyGroup(click.Group):
    """The commands of `names`, in that order; `<prefix><name>` is the module whose `command` is one."""

    def __init__(self, names: tuple[str, ...], *, prefix: str, **given: object) -> None:
        """`given` is click's."""
        super().__init__(**given)  # type: ignore[arg-type]  # click types each of twenty arguments
        self._names = names
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of a day's work, not of the alphabet."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command's object, or None for an unknown name."""
        if cmd_name not in self._names:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name  # `import` is no name of a module
        command = import_module(f"{self._prefix}{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each of the modules has one
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or a usage error that offers the nearest name, be it an option's, or all commands."""
        if args and args[0] not in self._names and not args[0].startswith("-"):
            from themekit.source.did_you_mean import listed, nearest

            options = {name.lstrip("-"): name for parameter in self.get_params(ctx) for name in parameter.opts}
            near = nearest(args[0], (*self._names, *options))
            hint = f"did you mean `{options.get(near, near)}`?" if near else f"the commands are: {listed(self._names)}"
            ctx.fail(f"no command is named `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)
