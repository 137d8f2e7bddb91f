"""The command about the assessment of units among their peers: assess."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnoza.cli.output import say, write
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
    assess = commands.add_parser(
        "assess",
        help="values, places among peers, what stands out, what is not known",
        description="Assess units among their peers. The peers of a filed form are the library's public figures where "
        "these hold the same indicator of the same year, counted on the same day; else the other forms of its file.",
    )
    assess.set_defaults(run=_assess)
    assess.add_argument(
        "what",
        metavar="FORM|UNITS|TABLE",
        help=f"an OZPS form (.xlsx, .csv); {UNITS_HELP}; or a table of your own (.csv, .parquet) with columns unit, "
        "indicator, year, value",
    )
    assess.add_argument("--edition", metavar="NAME|YEAR|FILE", help="edition of the form, as in template")
    assess.add_argument(
        "--peers", type=_peers, default=PEERS, metavar="WORD,WORD", help="kind,voivodeship,subregion,powiat; main first"
    )
    assess.add_argument("--own-peers", metavar="SEL", help="peers of your own: units, as above")
    assess.add_argument("--units", metavar="SEL", help="units of the table; for a form, the unit it does not name")
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
    if path.suffix.lower() in FORMS or (path.suffix.lower() == ".csv" and not _is_table(path)):
        return _assessed_forms(path, args)
    described = _read(Path(args.indicators)) if args.indicators else None
    return assess(args.units, table=_read(path), indicators=described, **options)


def _is_table(path: Path) -> bool:
    """Whether a CSV file is a table of values and not a form."""
    try:
        with path.open("rb") as file:
            head = file.readline().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise ReadError(f"{path}: there is no such file, or it cannot be read") from error
    return {"unit", "indicator"} <= {word.strip().strip('"') for word in head.split(",")}


def _assessed_forms(path: Path, args: argparse.Namespace) -> Assessments:
    """Check forms, write what is wrong with them, and assess every indicator that their rows give."""
    import polars as pl

    from diagnoza import ozps
    from diagnoza.form_assessing import assess_computed, form_values
    from diagnoza.form_peers_texts import summary

    made, forms = [], []
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    for form in ozps.read_all(path, edition=args.edition, unit=args.units, year=args.year, lang=args.lang):
        if form.unit is None or form.year is None:
            raise InputError(f"{path}: the form does not say its unit and assessed year: name them, --units and --year")
        if not form.violations.is_empty():
            write(form.violations, out / "violations.csv")
            say(f"{path}: {form.violations.height} violations, listed in {out / 'violations.csv'}")
        made.append(form_values(form))
        forms.append(form)
    computed = pl.concat(made)
    known = computed.filter(pl.col("value").is_not_null())
    write(computed, out / "computed.csv")
    some, every = known["indicator"].n_unique(), computed["indicator"].n_unique()
    say(f"{path}: {some} of {every} indicators computed from the form")
    if known.is_empty():
        raise InputError(
            f"{path}: no indicator can be computed from its rows; {out / 'computed.csv'} says what each lacks"
        )
    found = assess_computed(computed, forms, peers=args.peers, own_peers=args.own_peers)
    say(*summary(found, args.lang))
    return found


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
