"""Commands about people: project, backtest, indicators."""

from __future__ import annotations

import argparse

from diagnoza.cli.output import file, write
from diagnoza.cli.words import UNITS_HELP, Commands, years

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
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
    project.add_argument("--out", required=True, type=file, metavar="FILE", help=".csv, .parquet or .json")

    past = commands.add_parser("backtest", help="past forecasts of the subregions of 28 beside what happened")
    past.set_defaults(run=_backtest)
    past.add_argument(
        "--jump-offs", type=years, default=[2014, 2015, 2016, 2017], metavar="Y,Y", help="2014 to 2020, and 2022"
    )
    past.add_argument("--years", type=years, default=None, metavar="Y,Y", help="years compared; default all observed")
    past.add_argument(
        "--by", default="", metavar="KEYS", help="errors by unit, jump_off, year, horizon; default records"
    )
    past.add_argument("--out", required=True, type=file, metavar="FILE", help=".csv, .parquet or .json")

    structure = commands.add_parser("indicators", help="indicators of structure with the place among peers")
    structure.set_defaults(run=_indicators)
    structure.add_argument("--units", required=True, metavar="SEL", help=UNITS_HELP)
    structure.add_argument("--years", type=years, default=[2022, 2030, 2050], metavar="Y,Y", help="2022,2030,2050")
    structure.add_argument("--scenario", default="main", metavar="WORD|FILE.toml", help="as in project")
    structure.add_argument("--indicators", default="", metavar="ID,ID", help="ids of the catalogue; default all")
    structure.add_argument(
        "--peers", choices=("voivodeship", "subregion", "powiat", "kind"), default="voivodeship", help="peers"
    )
    structure.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of labels")
    structure.add_argument("--out", required=True, type=file, metavar="FILE", help=".csv, .parquet or .json")


def _project(args: argparse.Namespace) -> None:
    from diagnoza.projection import project

    projection = project(
        args.units, scenario=args.scenario, from_year=args.from_year, until=args.until, negative=args.negative
    )
    frame = projection.frame(by=args.by.split(","))
    write(frame.drop("name", "scenario"), args.out)


def _backtest(args: argparse.Namespace) -> None:
    from diagnoza.own_forecast import backtest

    made = backtest(args.jump_offs, years=args.years)
    write(made.summary(args.by.split(",")) if args.by else made.frame(), args.out)


def _indicators(args: argparse.Namespace) -> None:
    from diagnoza.structure import indicators

    ids = args.indicators.split(",") if args.indicators else ()
    frame = indicators(args.units, years=args.years, scenario=args.scenario, ids=ids, peers=args.peers, lang=args.lang)
    write(frame, args.out)


def _by(text: str) -> str:
    words = text.split(",")
    allowed = {"unit", "year", "sex", "age"}
    if not set(words) <= allowed or not {"unit", "year"} <= set(words):
        raise argparse.ArgumentTypeError(f"'{text}': expected unit,year and, if wanted, sex and age")
    return text
