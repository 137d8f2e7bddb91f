"""Commands about the tables that come with the library and the report on them: data, report."""

from __future__ import annotations

import argparse
from pathlib import Path

from diagnoza.cli.output import file, replace, say, write
from diagnoza.cli.words import Commands
from diagnoza.errors import InputError

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    report = commands.add_parser("report", help="self-contained page and tables of a region")
    report.set_defaults(run=_report)
    report.add_argument("--unit", default="28", metavar="UNIT", help="voivodeship, subregion or powiat, default 28")
    report.add_argument("--lang", choices=("pl", "en"), default="pl", help="language, default pl")
    report.add_argument("--date", default=None, metavar="YYYY-MM-DD", help="date printed on the report")
    report.add_argument("--out", required=True, metavar="DIR", help="folder for index.html and tables")

    data = commands.add_parser("data", help="tables that come with the library")
    data.set_defaults(run=_data)
    data.add_argument("action", choices=("list", "show", "export"), help="list tables, show one's source, export it")
    data.add_argument("name", nargs="?", help="name of a table")
    data.add_argument("--out", type=file, metavar="FILE", help="for export: .csv, .parquet or .json")


def _report(args: argparse.Namespace) -> None:
    from diagnoza.report.diagnosis import diagnosis
    from diagnoza.report.writing import write

    page = write(diagnosis(args.unit, lang=args.lang, date=args.date), args.out, args.lang)
    say(f"report: {page}")


def _data(args: argparse.Namespace) -> None:
    import json

    import polars as pl

    from diagnoza import _native
    from diagnoza.tables import table, table_info, tables

    if args.action == "list":
        with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, fmt_str_lengths=70, tbl_width_chars=160):
            say(str(tables().select("name", "rows", "date", "title_en")))
        return
    if not args.name:
        raise InputError(f"data {args.action} needs the name of a table; `diagnoza data list` lists them")
    info = table_info(args.name)
    if args.action == "show":
        say(json.dumps(info, ensure_ascii=False, indent=2))
        return
    if not args.out:
        raise InputError("data export needs --out FILE ending in .csv, .parquet or .json")
    if args.name.startswith("borders_"):
        if Path(args.out).suffix != ".json":
            raise InputError(f"--out {args.out}: borders are GeoJSON, the ending must be .json")
        replace(Path(args.out), _native.borders("gmina" if "gminy" in args.name else "powiat").encode())
    else:
        write(table(args.name), args.out)
