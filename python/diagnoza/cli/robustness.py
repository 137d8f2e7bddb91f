"""Commands about how firm a choice is: robustness, inverse."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from diagnoza.cli.output import replace, say, write
from diagnoza.cli.words import Commands

if TYPE_CHECKING:
    import polars as pl

__all__ = ["register"]


def register(commands: Commands) -> None:
    """Add the commands of this file."""
    robustness = commands.add_parser("robustness", help="how much a choice rests on weights, method, criteria, errors")
    robustness.set_defaults(run=_robustness)
    robustness.add_argument("spec", metavar="SPEC.toml", help="specification, or the name of a shipped one")
    robustness.add_argument("--table", metavar="FILE", help="criteria as CSV or Parquet; default: the embedded table")
    robustness.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of the CSV table")
    robustness.add_argument("--draws", type=int, default=2000, metavar="N", help="draws of weights and errors, 2000")
    robustness.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the draws, default 1")
    robustness.add_argument("--error", type=float, default=0.05, metavar="E", help="relative error of values, 0.05")
    robustness.add_argument("--lang", choices=("pl", "en"), default="pl", help="language of the charts")
    robustness.add_argument("--out", required=True, metavar="DIR", help="folder for the tables and charts")

    inverse = commands.add_parser("inverse", help="which specifications of a family give a published choice")
    inverse.set_defaults(run=_inverse)
    inverse.add_argument("family", metavar="FAMILY.toml", help="specification with parts to vary")
    inverse.add_argument("--table", metavar="FILE", help="criteria as CSV or Parquet; default: the embedded table")
    inverse.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of the CSV table")
    inverse.add_argument("--published", metavar="CODE,CODE", help="codes; default: those of the specification")
    inverse.add_argument("--nearest", type=int, default=50, metavar="N", help="other specifications kept, default 50")
    inverse.add_argument("--out", required=True, metavar="DIR", help="folder for the tables")


def _robustness(args: argparse.Namespace) -> None:
    from diagnoza.errors import InputError
    from diagnoza.plot import save
    from diagnoza.selecting import select

    study = select(args.spec, args.table, decimal=args.decimal).robustness(
        draws=args.draws, seed=args.seed, error=args.error
    )
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    missing = []
    for name in ("acceptability", "leave_one_out", "pareto"):
        try:
            write(_flat(getattr(study, name)), out / f"{name}.csv")
        except InputError as error:  # this selection has no such part; the others are written
            missing.append(f"no {name}: {error}")
    for name in ("grid", "chosen_in", "refused_variants", "perturbation", "steps"):
        write(_flat(getattr(study, name)), out / f"{name}.csv")
    content = json.dumps(study.content, ensure_ascii=False, indent=2) + "\n"
    replace(out / "robustness.json", content.encode())
    save(study.plot(what="grid", lang=args.lang), out / "grid.svg")
    if "found" in study.content["acceptability"]:
        save(study.plot(lang=args.lang), out / "acceptability.svg")
    first = study.chosen_in.head(5).iter_rows(named=True)
    say(
        "chosen in variants: " + ", ".join(f"{row['name']} {row['variants']:g} of {row['of']}" for row in first),
        "without effect: " + (", ".join(study.without_effect) or "nothing"),
        *missing,
        f"tables and charts: {out}",
    )


def _inverse(args: argparse.Namespace) -> None:
    from diagnoza.robustness import which_specs

    published = args.published.split(",") if args.published else None
    found = which_specs(args.family, args.table, published, nearest=args.nearest, decimal=args.decimal)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    for name in ("matches", "nearest", "shared", "refused"):
        write(_flat(getattr(found, name)), out / f"{name}.csv")
    content = json.dumps(found.content, ensure_ascii=False, indent=2) + "\n"
    replace(out / "inverse.json", content.encode())
    say(found.summary(), f"tables: {out}")


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text, for CSV."""
    import polars as pl

    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(lists).list.join(" ")) if lists else frame
