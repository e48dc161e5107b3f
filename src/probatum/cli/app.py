"""The commands, put together, and what becomes of their errors."""

from __future__ import annotations

import os
import sys

import typer

from probatum.cli import appraising, checking, files, numbers, results, retrieval
from probatum.cli import base as base_commands
from probatum.errors import ProbatumError

_HELP = """A living evidence base for a therapy: documents in, graded and traced answers out.

It is a tool for reading evidence. It never advises a dose and never helps to obtain a drug.
"""

EXAMPLES = {
    "init": "probatum init my-base",
    "add": "probatum add examples/harbour-trial.xml --base my-base",
    "build": "probatum build --base my-base",
    "answers": "probatum answers --base my-base",
    "search": "probatum search harbour --base my-base --kind document",
    "doctor": "probatum doctor --base my-base",
    "export": "probatum export csv my-tables --base my-base",
    "release": "probatum release 2026-11 --base my-base",
    "diff": "probatum diff 2026-11 current --base my-base",
    "serve": "probatum serve --base my-base --port 8080",
    "mcp": "probatum mcp --base my-base",
    "demo": "probatum demo --no-serve",
    "read": "probatum read examples/search-export.ris",
    "text": "probatum text examples/harbour-trial.xml",
    "link": "probatum link examples/harbour-trial.xml examples/search-export.ris",
    "extract": "probatum extract examples/harbour-trial.xml",
    "appraise": "probatum appraise examples/spun-page.txt",
    "add-study": "probatum add-study --base my-base",
    "check": "probatum check examples/leaflet.txt --base my-base",
    "meta": "probatum meta studies.csv --measure SMD --forest forest.svg",
    "fetch": "probatum fetch pubmed 'migraine AND placebo' --base my-base --limit 100",
    "update": "probatum update notices --base my-base",
}
"""What one types, said at the end of each command's help; a test types it."""

PANELS = {
    "Build a base": ("demo", "init", "add", "fetch", "update", "build", "doctor"),
    "Read the answers": ("answers", "search", "diff"),
    "Judge": ("check", "appraise", "add-study"),
    "Hand on": ("serve", "mcp", "export", "release"),
    "Look into documents": ("read", "text", "link", "extract"),
    "Pool a table": ("meta",),
}
"""What one comes for, in the order of a first visit; `--help` shows the commands under it."""

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS = {
    name: function
    for group in (base_commands, files, appraising, results, checking, numbers, retrieval)
    for name, function in group.COMMANDS.items()
}
for panel, names in PANELS.items():
    for name in names:
        told = app.command(name, epilog=f"Example: {EXAMPLES[name]}", rich_help_panel=panel)
        told(_COMMANDS[name])


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        from probatum import __version__

        sys.stdout.write(f"probatum {__version__}\n")
        raise typer.Exit


def run() -> int:
    """Run the command line and give its exit code."""
    try:
        app(prog_name="probatum")  # and not 'python -m probatum', which no shell completes
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
