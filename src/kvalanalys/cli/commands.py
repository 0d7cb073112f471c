"""click with lazily imported commands and help in the user's language."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from kvalanalys.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

Table = dict[str, dict[str, tuple[str, str]]]
INTRODUCTION = N_(
    "Qualitative interview analysis: from transcripts and a codebook to a theme chapter whose "
    "every number and quotation can be traced. Nothing leaves your computer."
)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        original = self.help
        self.help = _(original) if original else None
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = original


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help text."""
        original = self.help
        self.help = _(original) if original else None
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = original

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, described in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help."""
        return _(self.help).split("\n")[0].split(". ")[0].rstrip(".") + "." if self.help else ""


class Group(Command, click.Group):
    """A group that runs one of its commands when none is named."""

    command_class = Command

    def __init__(self, *args: Any, default: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._default = default
        if default is not None:
            self.no_args_is_help = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front where no command is named."""
        asks_help = args and args[0] in ctx.help_option_names
        if self._default and not asks_help and not (args and args[0] in self.commands):
            is_option = not args or args[0].startswith("-")
            if is_option or self._takes_arguments():
                args = [self._default, *args]
        return super().parse_args(ctx, args)

    def _takes_arguments(self) -> bool:
        return any(
            isinstance(parameter, click.Argument)
            for parameter in self.commands[self._default or ""].params
        )


class LazyGroup(Group):
    """The top: commands by steps of the work, imported when they are called."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table
        self.help = INTRODUCTION
        self._places: Mapping[str, str] = {
            name: place for commands in table.values() for name, (place, _help) in commands.items()
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the work."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in self._places:
            return None
        module, attribute = self._places[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by step, then the options."""
        for step, commands in self._table.items():
            with formatter.section(_(step)):
                formatter.write_dl([(name, _(text)) for name, (_p, text) in commands.items()])
        with formatter.section(_("Everywhere")):
            formatter.write_dl(
                [
                    ("--study DIR", _("The study folder; else the one you stand in.")),
                    ("--lang sv|en", _("The language of messages.")),
                    ("--version", _("Show the version.")),
                    ("-h, --help", _("Show this help; also after a command.")),
                ]
            )
