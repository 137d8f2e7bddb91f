"""Commands about people: project, simulate, backtest, indicators."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from diagnoza.cli.output import file, replace, write
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

    draws = commands.add_parser("simulate", help="prediction intervals of the own forecast of 28, 2025 to 2060")
    draws.set_defaults(run=_simulate)
    draws.add_argument("--units", required=True, metavar="SEL", help="powiats and subregions of 28, and 28 itself")
    draws.add_argument("--until", type=int, default=2050, metavar="YEAR", help="last year, default 2050")
    draws.add_argument("--draws", type=int, default=1000, metavar="N", help="number of paths, default 1000")
    draws.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the paths, default 1")
    draws.add_argument(
        "--indicators",
        default="",
        metavar="ID,ID",
        help="population, 75+, 'F 15-49', median_age, old_dependency, births, ...; default a selection",
    )
    draws.add_argument(
        "--probabilities", type=_numbers, default=None, metavar="P,P", help="default 0.025,0.1,0.25,0.5,0.75,0.9,0.975"
    )
    draws.add_argument(
        "--set",
        dest="settings",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="replace an estimated parameter, e.g. fertility.common.sd=0.03; may be given again",
    )
    draws.add_argument("--threads", type=int, default=None, metavar="N", help="threads, all processors by default")
    draws.add_argument("--record", metavar="FILE.json", help="parameters, methods and inputs of the run")
    draws.add_argument("--out", required=True, type=file, metavar="FILE", help=".csv, .parquet or .json")

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


def _simulate(args: argparse.Namespace) -> None:
    from diagnoza.simulating import INDICATORS, PROBABILITIES, simulate

    made = simulate(
        args.units,
        draws=args.draws,
        until=args.until,
        seed=args.seed,
        indicators=args.indicators.split(",") if args.indicators else INDICATORS,
        probabilities=PROBABILITIES if args.probabilities is None else args.probabilities,
        settings=dict(args.settings),
        threads=args.threads,
    )
    write(made.frame(), args.out)
    if args.record:
        content = json.dumps(made.record, ensure_ascii=False, indent=2) + "\n"
        replace(Path(args.record), content.encode())


def _backtest(args: argparse.Namespace) -> None:
    from diagnoza.own_forecast import backtest

    made = backtest(args.jump_offs, years=args.years)
    write(made.summary(args.by.split(",")) if args.by else made.frame(), args.out)


def _indicators(args: argparse.Namespace) -> None:
    from diagnoza.structure import indicators

    ids = args.indicators.split(",") if args.indicators else ()
    frame = indicators(args.units, years=args.years, scenario=args.scenario, ids=ids, peers=args.peers, lang=args.lang)
    write(frame, args.out)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of numbers such as 0.1,0.5,0.9") from None


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}': expected a name and a number, name=0.03") from None


def _by(text: str) -> str:
    words = text.split(",")
    allowed = {"unit", "year", "sex", "age"}
    if not set(words) <= allowed or not {"unit", "year"} <= set(words):
        raise argparse.ArgumentTypeError(f"'{text}': expected unit,year and, if wanted, sex and age")
    return text
