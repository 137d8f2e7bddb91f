"""Command line of diagnoza.

Exit codes: 0 done; 2 wrong usage; 3 bad input, with one message on standard error and nothing half-written;
1 a fault of the program.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from diagnoza import __version__
from diagnoza.cli import assess, coverage, data, demography, resources, robustness, selection
from diagnoza.errors import DiagnozaError, InternalError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parsed = parser().parse_args(arguments)
    try:
        parsed.run(parsed)
    except InternalError as error:
        print(f"diagnoza: fault of the program: {error}", file=sys.stderr)
        return 1
    except DiagnozaError as error:
        print(f"diagnoza: {error}", file=sys.stderr)
        return 3
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"diagnoza: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("diagnoza: interrupted", file=sys.stderr)
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    made = argparse.ArgumentParser(
        prog="diagnoza",
        description="Demography, resources and selection for Poland's regional social-policy centres.",
        epilog="exit codes: 0 done, 2 wrong usage, 3 bad input, 1 fault of the program",
    )
    made.add_argument("--version", action="version", version=f"diagnoza {__version__}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in (demography, assess, resources, coverage, selection, robustness, data):
        group.register(commands)
    return made
