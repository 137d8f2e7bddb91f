"""Commands about needs and means: template."""

from __future__ import annotations

import argparse
from pathlib import Path

from diagnoza.cli.output import replace, say
from diagnoza.cli.words import Commands

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    template = commands.add_parser("template", help="empty form of a unit, for filling in")
    template.set_defaults(run=_template)
    template.add_argument("form", choices=("ozps",), help="ozps: resource assessment of social assistance")
    template.add_argument("--unit", required=True, metavar="UNIT", help="code (2816033) or name (Pisz)")
    template.add_argument(
        "--edition",
        required=True,
        metavar="NAME|YEAR|FILE.toml",
        help="edition by name or assessed year (2014), or your own edition file",
    )
    template.add_argument("--year", type=int, default=None, metavar="YEAR", help="assessed year, default the edition's")
    template.add_argument("--out", required=True, type=_form_file, metavar="FILE", help=".csv or .xlsx")


def _template(args: argparse.Namespace) -> None:
    from diagnoza import ozps

    form = ozps.empty(args.unit, edition=args.edition, year=args.year)
    out = Path(args.out)
    replace(out, form.to_bytes("csv" if out.suffix == ".csv" else "xlsx"))
    name = form.unit_name or form.unit
    say(f"template: {out} ({name}, {form.edition}, {form.year}, rows: {form.frame()['row'].n_unique()})")


def _form_file(text: str) -> str:
    """Argument that names a form to write."""
    if Path(text).suffix not in {".csv", ".xlsx"}:
        raise argparse.ArgumentTypeError(f"'{text}': the ending must be .csv or .xlsx")
    return text
