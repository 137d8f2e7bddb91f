"""The command about the assessment of units among their peers: assess."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnoza.cli.output import say
from diagnoza.cli.words import UNITS_HELP, Commands
from diagnoza.errors import InputError, ReadError

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.assessing import Assessments

__all__ = ["register"]

PEERS = ("kind", "voivodeship", "subregion", "powiat")
TABLES = (".csv", ".parquet")
FORMS = (".xlsx",)


def register(commands: Commands) -> None:
    """Add the command of this file."""
    assess = commands.add_parser("assess", help="values, places among peers, what stands out, what is not known")
    assess.set_defaults(run=_assess)
    assess.add_argument(
        "what",
        metavar="UNITS|TABLE",
        help=f"{UNITS_HELP}; or a table of your own (.csv, .parquet) with columns unit, indicator, year, value",
    )
    assess.add_argument(
        "--peers", type=_peers, default=PEERS, metavar="WORD,WORD", help="kind,voivodeship,subregion,powiat; main first"
    )
    assess.add_argument("--own-peers", metavar="SEL", help="peers of your own: units, as above")
    assess.add_argument("--units", metavar="SEL", help="units of the table to assess; default all")
    assess.add_argument(
        "--indicators", metavar="FILE", help="what the table holds (.csv, .parquet), a row per indicator"
    )
    assess.add_argument("--year", type=int, metavar="YEAR", help="leave out later values")
    assess.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of the pages, default pl")
    assess.add_argument("--date", default=None, metavar="YYYY-MM-DD", help="date printed on the pages")
    assess.add_argument("--out", required=True, metavar="DIR", help="folder for index.html, pages, CSV and Parquet")


def _assess(args: argparse.Namespace) -> None:
    made = _assessed(args)
    index = made.to_html(args.out, lang=args.lang, date=args.date)
    flags = made.flags
    count = {word: flags.filter(judgement=word).height for word in ("unfavourable", "not_stated", "favourable")}
    say(
        f"assessed: {len(made)} units, {len(made.record['indicators'])} indicators, {made.gaps.height} values missing",
        f"flags: {count['unfavourable']} unfavourable, {count['not_stated']} open, {count['favourable']} favourable",
        f"index: {index}",
    )


def _assessed(args: argparse.Namespace) -> Assessments:
    from diagnoza.assessing import assess

    options: dict[str, Any] = {"peers": args.peers, "own_peers": args.own_peers, "year": args.year}
    path = Path(args.what)
    if path.suffix.lower() not in (*TABLES, *FORMS):
        if args.units or args.indicators:
            raise InputError("--units and --indicators go with a table of your own; name the units first")
        return assess(args.what, **options)
    values, described = _values(path)
    if args.indicators:
        described = _read(Path(args.indicators))
    return assess(args.units, table=values, indicators=described, **options)


def _values(path: Path) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return the values of a file in long form and, where the file says it, what its indicators are.

    The one place where files become values: a table is read as it is.
    """
    if path.suffix.lower() in FORMS:
        raise InputError(f"{path}: give a table (.csv, .parquet) with columns unit, indicator, year, value")
    return _read(path), None


def _read(path: Path) -> pl.DataFrame:
    import polars as pl

    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        # codes begin with zeros and must stay text
        frame = pl.read_csv(path, schema_overrides={"unit": pl.String, "indicator": pl.String})
    except OSError as error:
        raise ReadError(f"{path}: there is no such file, or it cannot be read") from error
    except pl.exceptions.PolarsError as error:
        raise ReadError(f"{path}: not a table: {error}") from error
    return frame


def _peers(text: str) -> tuple[str, ...]:
    words = tuple(text.split(","))
    unknown = [word for word in words if word not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"'{unknown[0]}': expected some of {', '.join(PEERS)}, separated by commas")
    return words
