"""Commands about the choice of gminas: select."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from diagnoza.cli.output import replace, say, write
from diagnoza.cli.words import Commands

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    select = commands.add_parser("select", help="choose gminas by a specification")
    select.set_defaults(run=_select)
    select.add_argument("spec", metavar="SPEC.toml", help="specification, or the name of a shipped one")
    select.add_argument("--table", metavar="FILE", help="criteria as CSV or Parquet; default: the embedded table")
    select.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of the CSV table")
    select.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of the reasons")
    select.add_argument("--out", required=True, metavar="DIR", help="folder for ranking, reasons and record")


def _select(args: argparse.Namespace) -> None:
    import json

    from diagnoza.errors import MissingTableError
    from diagnoza.selecting import Selection, run

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
        say(
            f"frame of {len(missing['gminas'])} gminas: {out / 'frame.csv'}",
            f"template of the missing table: {template}",
            *([f"published result, not computed: {named(published['chosen'], names)}"] if published else []),
        )
        raise MissingTableError(decision.missing_message())
    selection = Selection(decision)
    write(selection.ranking, out / "ranking.csv")
    write(selection.funnel, out / "funnel.csv")
    write(selection.reasons(lang=args.lang), out / "reasons.csv")
    replace(out / "record.json", selection.record_bytes)
    tied = selection.record["result"]["tied_sets"]
    names = dict(zip(selection.ranking["unit"], selection.ranking["name"], strict=True))
    say(
        f"chosen: {named(selection.chosen, names)}",
        *([f"ties: {tied['count']} sets are equally good, see record.json"] if tied else []),
        f"record: {out / 'record.json'} sha256 {selection.sha256}",
    )


def named(codes: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names[code]} ({code})" for code in codes)
