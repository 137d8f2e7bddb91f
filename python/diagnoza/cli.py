"""Command line of diagnoza.

Exit codes: 0 done; 2 wrong usage; 3 bad input, with one message on standard error and nothing half-written;
1 a fault of the program.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from diagnoza import __version__
from diagnoza.errors import DiagnozaError, InputError, InternalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

__all__ = ["main"]

UNITS_HELP = (
    "units: subregions:28, powiats:28, gminas:28 or gminas:2816, codes (28, 2816, 2816033, PL623) or names, "
    "several separated by commas"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parsed = _parser().parse_args(arguments)
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


def _project(args: argparse.Namespace) -> None:
    from diagnoza.projection import project

    projection = project(
        args.units, scenario=args.scenario, from_year=args.from_year, until=args.until, negative=args.negative
    )
    frame = projection.frame(by=args.by.split(","))
    _write(frame.drop("name", "scenario"), args.out)


def _backtest(args: argparse.Namespace) -> None:
    from diagnoza.own_forecast import backtest

    made = backtest(args.jump_offs, years=args.years)
    _write(made.summary(args.by.split(",")) if args.by else made.frame(), args.out)


def _indicators(args: argparse.Namespace) -> None:
    from diagnoza.structure import indicators

    ids = args.indicators.split(",") if args.indicators else ()
    frame = indicators(args.units, years=args.years, scenario=args.scenario, ids=ids, peers=args.peers, lang=args.lang)
    _write(frame, args.out)


def _select(args: argparse.Namespace) -> None:
    import json

    from diagnoza.errors import MissingTableError
    from diagnoza.selecting import Selection, run

    decision = run(args.spec, args.table, decimal=args.decimal)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    import polars as pl

    _write(pl.DataFrame(decision.frame()), out / "frame.csv")
    if decision.record() is None:
        missing = json.loads(decision.missing_table())
        template = out / f"{missing['table']}_template.csv"
        _replace(template, missing["template"].encode())
        published = json.loads(decision.spec()).get("published")
        names = missing["gminas"]
        if published:
            _replace(out / "published.json", (json.dumps(published, ensure_ascii=False, indent=2) + "\n").encode())
        _say(
            f"frame of {len(missing['gminas'])} gminas: {out / 'frame.csv'}",
            f"template of the missing table: {template}",
            *([f"published result, not computed: {_named(published['chosen'], names)}"] if published else []),
        )
        raise MissingTableError(decision.missing_message())
    selection = Selection(decision)
    _write(selection.ranking, out / "ranking.csv")
    _write(selection.funnel, out / "funnel.csv")
    _write(selection.reasons(lang=args.lang), out / "reasons.csv")
    _replace(out / "record.json", selection.record_bytes)
    tied = selection.record["result"]["tied_sets"]
    names = dict(zip(selection.ranking["unit"], selection.ranking["name"], strict=True))
    _say(
        f"chosen: {_named(selection.chosen, names)}",
        *([f"ties: {tied['count']} sets are equally good, see record.json"] if tied else []),
        f"record: {out / 'record.json'} sha256 {selection.sha256}",
    )


def _named(codes: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names[code]} ({code})" for code in codes)


def _report(args: argparse.Namespace) -> None:
    from diagnoza.report.diagnosis import diagnosis
    from diagnoza.report.writing import write

    page = write(diagnosis(args.unit, lang=args.lang, date=args.date), args.out, args.lang)
    _say(f"report: {page}")


def _data(args: argparse.Namespace) -> None:
    import json

    import polars as pl

    from diagnoza import _native
    from diagnoza.tables import table, table_info, tables

    if args.action == "list":
        with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, fmt_str_lengths=70, tbl_width_chars=160):
            _say(str(tables().select("name", "rows", "date", "title_en")))
        return
    if not args.name:
        raise InputError(f"data {args.action} needs the name of a table; `diagnoza data list` lists them")
    info = table_info(args.name)
    if args.action == "show":
        _say(json.dumps(info, ensure_ascii=False, indent=2))
        return
    if not args.out:
        raise InputError("data export needs --out FILE ending in .csv, .parquet or .json")
    if args.name.startswith("borders_"):
        if Path(args.out).suffix != ".json":
            raise InputError(f"--out {args.out}: borders are GeoJSON, the ending must be .json")
        _replace(Path(args.out), _native.borders("gmina" if "gminy" in args.name else "powiat").encode())
    else:
        _write(table(args.name), args.out)


def _write(frame: pl.DataFrame, out: str | Path) -> None:
    """Write a frame in the form its file's ending names, whole or not at all."""
    import polars as pl

    path = Path(out)
    if path.suffix in {".csv", ".json"}:
        frame = frame.with_columns(
            pl.col(column).cast(pl.Int64)
            for column in frame.columns
            if frame[column].dtype == pl.Float64 and column == "population" and (frame[column] % 1 == 0).all()
        )
    if path.suffix == ".csv":
        content = frame.write_csv().encode()
    elif path.suffix == ".json":
        content = frame.write_json().encode() + b"\n"
    elif path.suffix == ".parquet":
        import io

        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        content = buffer.getvalue()
    else:
        raise InputError(f"--out {path}: the ending must be .csv, .parquet or .json")
    _replace(path, content)


def _replace(path: Path, content: bytes) -> None:
    """Put content in place in one step."""
    folder = path.parent
    if not folder.is_dir():
        raise InputError(f"--out {path}: there is no folder {folder}")
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _say(*lines: str) -> None:
    for line in lines:
        print(line)


def _years(text: str) -> list[int]:
    try:
        return [int(year) for year in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of years such as 2022,2030,2050") from None


def _by(text: str) -> str:
    words = text.split(",")
    allowed = {"unit", "year", "sex", "age"}
    if not set(words) <= allowed or not {"unit", "year"} <= set(words):
        raise argparse.ArgumentTypeError(f"'{text}': expected unit,year and, if wanted, sex and age")
    return text


def _file(text: str) -> str:
    if Path(text).suffix not in {".csv", ".parquet", ".json"}:
        raise argparse.ArgumentTypeError(f"'{text}': the ending must be .csv, .parquet or .json")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="diagnoza",
        description="Demography, resources and selection for Poland's regional social-policy centres.",
        epilog="exit codes: 0 done, 2 wrong usage, 3 bad input, 1 fault of the program",
    )
    parser.add_argument("--version", action="version", version=f"diagnoza {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    project = commands.add_parser("project", help="population by unit and year, 2021 to 2060")
    project.set_defaults(run=_project)
    project.add_argument("--units", required=True, metavar="SEL", help=UNITS_HELP)
    project.add_argument(
        "--scenario",
        default="main",
        metavar="WORD|FILE.toml",
        help="GUS's main (default), low, high; own, the forecast from observed data; or a scenario file",
    )
    project.add_argument("--from", dest="from_year", type=int, default=2021, metavar="YEAR", help="default 2021")
    project.add_argument("--until", type=int, default=2050, metavar="YEAR", help="last year, default 2050")
    project.add_argument(
        "--by",
        type=_by,
        default="unit,year",
        metavar="COLUMNS",
        help="unit,year[,sex][,age]; default unit,year",
    )
    project.add_argument(
        "--negative",
        choices=("refuse", "spread"),
        default="refuse",
        help="when emigration exceeds the people of an age: refuse (default) or spread over the other ages",
    )
    project.add_argument("--out", required=True, type=_file, metavar="FILE", help=".csv, .parquet or .json")

    past = commands.add_parser("backtest", help="past forecasts of the subregions of 28 beside what happened")
    past.set_defaults(run=_backtest)
    past.add_argument(
        "--jump-offs", type=_years, default=[2014, 2015, 2016, 2017], metavar="Y,Y", help="2014 to 2020, and 2022"
    )
    past.add_argument("--years", type=_years, default=None, metavar="Y,Y", help="years compared; default all observed")
    past.add_argument(
        "--by", default="", metavar="KEYS", help="errors by unit, jump_off, year, horizon; default records"
    )
    past.add_argument("--out", required=True, type=_file, metavar="FILE", help=".csv, .parquet or .json")

    structure = commands.add_parser("indicators", help="indicators of structure with the place among peers")
    structure.set_defaults(run=_indicators)
    structure.add_argument("--units", required=True, metavar="SEL", help=UNITS_HELP)
    structure.add_argument("--years", type=_years, default=[2022, 2030, 2050], metavar="Y,Y", help="2022,2030,2050")
    structure.add_argument("--scenario", default="main", metavar="WORD|FILE.toml", help="as in project")
    structure.add_argument("--indicators", default="", metavar="ID,ID", help="ids of the catalogue; default all")
    structure.add_argument(
        "--peers", choices=("voivodeship", "subregion", "powiat", "kind"), default="voivodeship", help="peers"
    )
    structure.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of labels")
    structure.add_argument("--out", required=True, type=_file, metavar="FILE", help=".csv, .parquet or .json")

    select = commands.add_parser("select", help="choose gminas by a specification")
    select.set_defaults(run=_select)
    select.add_argument("spec", metavar="SPEC.toml", help="specification, or the name of a shipped one")
    select.add_argument("--table", metavar="FILE", help="criteria as CSV or Parquet; default: the embedded table")
    select.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of the CSV table")
    select.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of the reasons")
    select.add_argument("--out", required=True, metavar="DIR", help="folder for ranking, reasons and record")

    report = commands.add_parser("report", help="self-contained page and tables of a region")
    report.set_defaults(run=_report)
    report.add_argument("--unit", default="28", metavar="UNIT", help="voivodeship, default 28")
    report.add_argument("--lang", choices=("pl", "en"), default="pl", help="language, default pl")
    report.add_argument("--date", default=None, metavar="YYYY-MM-DD", help="date printed on the report")
    report.add_argument("--out", required=True, metavar="DIR", help="folder for index.html and tables")

    data = commands.add_parser("data", help="tables that come with the library")
    data.set_defaults(run=_data)
    data.add_argument("action", choices=("list", "show", "export"), help="list tables, show one's source, export it")
    data.add_argument("name", nargs="?", help="name of a table")
    data.add_argument("--out", type=_file, metavar="FILE", help="for export: .csv, .parquet or .json")
    return parser


if __name__ == "__main__":
    sys.exit(main())
