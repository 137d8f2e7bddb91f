"""Commands about targets of support: coverage."""

from __future__ import annotations

import argparse
from pathlib import Path

from diagnoza.cli.output import replace, say, write
from diagnoza.cli.words import Commands

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    coverage = commands.add_parser(
        "coverage",
        help="distinct people and units of a register of support towards targets",
        description="Count a register of support towards the targets of a programme, each person and unit once.",
    )
    coverage.set_defaults(run=_coverage, usage=coverage.error)
    coverage.add_argument(
        "register", nargs="?", metavar="REGISTER", help="register of support: .csv, .xlsx or .parquet"
    )
    coverage.add_argument("--targets", metavar="FILE.toml", help="set of targets, or the name of a shipped one")
    coverage.add_argument(
        "--frame",
        type=_frame,
        action="append",
        default=[],
        metavar="TARGET=N|FILE",
        help="number of units of which a target's share is taken, or a text file with one per line",
    )
    coverage.add_argument(
        "--keys", choices=("exact", "trim", "trim_case"), default="trim", help="how keys are made equal, default trim"
    )
    coverage.add_argument(
        "--period", choices=("year", "half", "quarter", "month"), default="year", help="periods, default year"
    )
    coverage.add_argument("--encoding", choices=("utf-8", "windows-1250"), help="of a CSV register, default utf-8")
    coverage.add_argument("--lang", choices=("pl", "en"), default="pl", help="language, default pl")
    coverage.add_argument("--out", metavar="DIR", help="folder for index.html, tables, chart and record")
    coverage.add_argument("--template", metavar="FILE.csv", help="write an empty register and stop")


def _coverage(args: argparse.Namespace) -> None:
    import json

    import polars as pl

    from diagnoza.covering import coverage, coverage_template
    from diagnoza.plot import to_svg

    if args.template:
        replace(Path(args.template), coverage_template().encode())
        say(f"template: {args.template}")
        return
    lacking = [name for name in ("register", "targets", "out") if not getattr(args, name)]
    if lacking:
        args.usage(f"missing: {', '.join('REGISTER' if name == 'register' else '--' + name for name in lacking)}")
    found = coverage(
        args.register,
        targets=args.targets,
        frames=dict(args.frame),
        keys=args.keys,
        period=args.period,
        encoding=args.encoding,
    )
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    targets = found.frame(lang=args.lang)
    write(targets, out / "targets.csv")
    write(found.frame("periods", lang=args.lang), out / "periods.csv")
    write(found.frame("territory", lang=args.lang), out / "territory.csv")
    write(found.missing_units, out / "missing_units.csv")
    write(found.unmatched, out / "unmatched.csv")
    write(
        found.left_out.rename({f"because_{args.lang}": "because"}).drop(
            "because_en" if args.lang == "pl" else "because_pl"
        ),
        out / "left_out.csv",
    )
    lists = pl.col("rows", "periods", "forms", "units", "institutions")
    joined = found.double_counting.with_columns(lists.cast(pl.List(pl.String)).list.join(" | "))
    write(joined, out / "double_counting.csv")
    replace(out / "targets.svg", to_svg(found.chart(lang=args.lang)).encode())
    index = out / "index.html"
    found.to_html(index, lang=args.lang)
    replace(out / "record.json", (json.dumps(found.record, ensure_ascii=False, indent=1) + "\n").encode())
    say(*(_line(row, args.lang) for row in targets.iter_rows(named=True)), *found.summary(lang=args.lang))
    warning = {
        "pl": f"Tabele w {out} są pełnym widokiem: małych liczb osób nie należy publikować (dg.publication_view).",
        "en": f"The tables in {out} are the full view: do not publish small counts of persons (dg.publication_view).",
    }
    say(warning[args.lang], f"index: {index}")


def _line(row: dict[str, object], lang: str) -> str:
    from diagnoza.labels import format_number

    def written(value: object) -> str:
        return format_number(float(str(value)), lang, decimals=0 if float(str(value)).is_integer() else 1)

    achieved = written(row["achieved"])
    if row["percent"] is None:
        unknown = "cel nieznany" if lang == "pl" else "target not known"
        return f"{row['name']}: {achieved} ({unknown}: {row['remarks']})"
    of = "z" if lang == "pl" else "of"
    percent = format_number(float(str(row["percent"])), lang, decimals=1)
    return f"{row['name']}: {achieved} {of} {written(row['needed'])} ({percent}{' %' if lang == 'pl' else '%'})"


def _frame(text: str) -> tuple[str, int | list[str]]:
    """Argument ``target=139`` or ``target=units.txt``."""
    target, equals, value = text.partition("=")
    if not (target and equals and value):
        raise argparse.ArgumentTypeError(f"'{text}': expected TARGET=NUMBER or TARGET=FILE")
    if value.isdigit():
        return target, int(value)
    try:
        lines = Path(value).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"'{text}': {value} is no number and cannot be read: {error}") from None
    return target, [line.strip() for line in lines if line.strip()]
