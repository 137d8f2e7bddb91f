"""Commands about the choice of gminas: select, explain, diff."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from diagnoza.cli.output import replace, say, write
from diagnoza.cli.words import Commands

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    select = commands.add_parser("select", help="choose gminas by a specification, or reproduce a record")
    select.set_defaults(run=_select)
    select.add_argument("spec", metavar="SPEC.toml", nargs="?", help="specification, or the name of a shipped one")
    select.add_argument("--replay", metavar="RECORD", help="make the decision of a record again, to the byte")
    _table_arguments(select)
    select.add_argument("--out", required=True, metavar="DIR", help="folder for index.html, ranking, reasons, record")
    explain = commands.add_parser("explain", help="why a gmina is chosen or not, and what would change it")
    explain.set_defaults(run=_explain)
    explain.add_argument("spec", metavar="SPEC.toml", help="specification, or the name of a shipped one")
    explain.add_argument("unit", metavar="UNIT", help="code or name of a gmina")
    explain.add_argument("--against", metavar="UNIT", help="another gmina, to put beside it")
    _table_arguments(explain)
    diff = commands.add_parser("diff", help="what differs between two decision records")
    diff.set_defaults(run=_diff)
    diff.add_argument("first", metavar="RECORD", help="record.json of one decision")
    diff.add_argument("second", metavar="RECORD", help="record.json of another")
    diff.add_argument("--lang", choices=("pl", "en"), default="pl", help="language")


def _table_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--table", metavar="FILE", help="criteria as CSV or Parquet; default: the embedded table")
    command.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of the CSV table")
    command.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of reasons and page")


def _explain(args: argparse.Namespace) -> None:
    from diagnoza.selecting import select

    selection = select(args.spec, args.table, decimal=args.decimal)
    say(selection.why_not(args.unit)["text"][args.lang])
    if args.against:
        say(selection.compare(args.unit, args.against)["text"][args.lang])


def _diff(args: argparse.Namespace) -> None:
    from diagnoza.selecting import diff_records

    say(diff_records(args.first, args.second)["text"][args.lang])


def _select(args: argparse.Namespace) -> None:
    import json

    from diagnoza.errors import InputError, MissingTableError
    from diagnoza.selecting import Selection, replay, run

    if (args.spec is None) == (args.replay is None):
        raise InputError("give a specification, or --replay with a record, and not both")
    if args.replay:
        decision = replay(args.replay, args.table, decimal=args.decimal).decision
    else:
        decision = run(args.spec, args.table, decimal=args.decimal)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    import polars as pl

    write(pl.DataFrame(decision.frame()), out / "frame.csv")
    if decision.record() is None:
        missing = json.loads(decision.missing_table())
        template = out / f"{missing['table']}_template.csv"
        replace(template, missing["template"].encode())
        published = json.loads(decision.spec()).get("published")
        names = missing["gminas"]
        if published:
            replace(out / "published.json", (json.dumps(published, ensure_ascii=False, indent=2) + "\n").encode())
        from diagnoza.report.selection_missing import page

        index = out / "index.html"
        replace(index, page(decision, spec=args.spec, lang=args.lang).encode())
        say(
            f"frame of {len(missing['gminas'])} gminas: {out / 'frame.csv'}",
            f"template of the missing table: {template}",
            *([f"published result, not computed: {named(published['chosen'], names)}"] if published else []),
            f"page: {index}",
        )
        raise MissingTableError(decision.missing_message())
    selection = Selection(decision)
    write(selection.ranking, out / "ranking.csv")
    write(selection.funnel, out / "funnel.csv")
    write(selection.reasons(lang=args.lang), out / "reasons.csv")
    replace(out / "record.json", selection.record_bytes)
    if selection.record["spec"]["disclosure"]:
        view = json.dumps(selection.publication(), ensure_ascii=False, indent=2)
        replace(out / "publication.json", (view + "\n").encode())
    index = out / "index.html"
    selection.to_html(index, lang=args.lang)
    tied = selection.record["result"]["tied_sets"]
    names = dict(zip(selection.ranking["unit"], selection.ranking["name"], strict=True))
    say(
        *(["reproduced to the byte"] if args.replay else []),
        f"chosen: {named(selection.chosen, names)}",
        *([f"ties: {tied['count']} sets are equally good, see record.json"] if tied else []),
        f"record: {out / 'record.json'} sha256 {selection.sha256}",
        f"page: {index}",
    )


def named(codes: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names[code]} ({code})" for code in codes)
