"""The commands, put together, and what becomes of their errors."""

from __future__ import annotations

import os
import sys

import typer

from probatum.cli import appraising, checking, files, numbers, results, retrieval
from probatum.cli import base as base_commands
from probatum.errors import ProbatumError

_HELP = """A living evidence base for a therapy: documents in, graded and traced answers out.

It is a tool for reading evidence. It never advises a person on a dose and never helps to obtain
a drug.
"""

app = typer.Typer(
    help=_HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
for group in (base_commands, files, appraising, results, checking, numbers, retrieval):
    for name, function in group.COMMANDS.items():
        app.command(name)(function)


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        from probatum import __version__

        sys.stdout.write(f"probatum {__version__}\n")
        raise typer.Exit


def run() -> int:
    """Run the command line and give its exit code."""
    try:
        app()
    except ProbatumError as error:
        sys.stderr.write(f"probatum: {error}\n")
        return 2
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("probatum: stopped; nothing half-written is left\n")
        return 130
    return 0
