"""The command ``rubric``: finds its commands in this folder and loads only the one that is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pkgutil import iter_modules

import click

import rubriclang.cli as package

_PREFIX = "command_"


class _Commands(click.Group):
    """Commands are modules named ``command_NAME`` with a click command called ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (info.name for info in iter_modules(package.__path__))
        return sorted(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{package.__name__}.{_PREFIX}{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rubriclang", prog_name="rubric")
def cli() -> None:
    """评分标准即代码：检查标准、计分、说明得分。 Scoring rubrics as code."""


def main() -> None:
    """Runs the command line; whatever goes wrong ends in a message and an exit code, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a character the console lacks is no reason to stop
    # Syntax trees and values are no garbage, and hold no circles: looking through them every 700 objects is a fifth of
    # the time of a long check.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        cli(standalone_mode=True)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(2)
    except RecursionError:
        click.echo("rubric: 输入套得太深，没有处理完 (input nested too deeply)", err=True)
        sys.exit(2)
    except Exception as error:  # the last resort: our own mistake, said in one line
        click.echo(f"rubric: 内部错误 (internal error): {type(error).__name__}: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
