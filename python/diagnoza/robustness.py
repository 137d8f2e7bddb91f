"""How firm a selection is, and which rules give a published choice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.errors import InputError
from diagnoza.progress import Progress, bar
from diagnoza.selecting import spec_text, table_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt
    import polars as pl

__all__ = ["Inverse", "Robustness", "required_values", "which_specs"]


@dataclass(frozen=True)
class Robustness:
    """A study of one selection. Made by `Selection.robustness`.

    Attributes:
        content: everything as plain values, as in the JSON of the study.
        names: names of the gminas by code.
        criteria: variables of the primary criteria.
        record_sha256: SHA-256 of the decision record of that selection.
    """

    content: dict[str, Any]
    names: dict[str, str]
    criteria: tuple[str, ...]
    record_sha256: str

    @property
    def acceptability(self) -> pl.DataFrame:
        """Share of weights with which each gmina is chosen.

        Columns: unit, name, chosen, standard_error (Monte Carlo), certain (in every optimal set), possible (in some),
        and the mean weight of each criterion when it is chosen (`weight_...`). Sorted by `chosen`.

        Raises:
            InputError: the method uses no weights.
        """
        import polars as pl

        found = self._part("acceptability")
        rows = [
            {
                "unit": row["code"],
                "name": self.names[row["code"]],
                **{key: row[key] for key in ("chosen", "standard_error", "certain", "possible")},
                **{
                    f"weight_{variable}": None if row["central_weights"] is None else row["central_weights"][at]
                    for at, variable in enumerate(self.criteria)
                },
            }
            for row in found["gminas"]
        ]
        return pl.DataFrame(rows, infer_schema_length=None).sort("chosen", "unit", descending=[True, False])

    @property
    def grid(self) -> pl.DataFrame:
        """Variants of method, normalisation and weights with the gminas chosen and tied (lists of codes)."""
        import polars as pl

        schema: dict[str, Any] = {
            "method": pl.String,
            "normalisation": pl.String,
            "weights": pl.String,
            "chosen": pl.List(pl.String),
            "tied": pl.List(pl.String),
        }
        return pl.DataFrame(self.content["variants"]["variants"], schema=schema)

    @property
    def refused_variants(self) -> pl.DataFrame:
        """Variants that the values or the specification do not admit: method, normalisation, weights, reason."""
        import polars as pl

        schema = dict.fromkeys(("method", "normalisation", "weights", "reason"), pl.String)
        return pl.DataFrame(self.content["variants"]["refused"], schema=schema)

    @property
    def chosen_in(self) -> pl.DataFrame:
        """In how many variants each gmina is chosen: unit, name, variants (ties as shares), of, share."""
        import polars as pl

        of = len(self.content["variants"]["variants"])
        rows = [
            {"unit": code, "name": self.names[code], "variants": times, "of": of, "share": times / of}
            for code, times in self.content["variants"]["chosen_in"]
        ]
        return pl.DataFrame(rows).sort("variants", "unit", descending=[True, False])

    @property
    def leave_one_out(self) -> pl.DataFrame:
        """The choice without each primary criterion: variable, year, without_effect, chosen, tied, entered, left."""
        import polars as pl

        return pl.DataFrame(self._part("leave_one_out"), infer_schema_length=None).select(
            "variable", "year", "without_effect", "chosen", "tied", "entered", "left"
        )

    @property
    def perturbation(self) -> pl.DataFrame:
        """Share of tables with errors in which each gmina is chosen: unit, name, chosen, standard_error."""
        import polars as pl

        rows = [
            {"unit": code, "name": self.names[code], "chosen": share, "standard_error": error}
            for code, share, error in self.content["perturbation"]["gminas"]
        ]
        return pl.DataFrame(rows).sort("chosen", "unit", descending=[True, False])

    @property
    def pareto(self) -> pl.DataFrame:
        """Sets that no feasible set beats in every goal: gminas (codes), names, and one column per goal."""
        import polars as pl

        found = self._part("front")
        rows = [
            {
                "gminas": row["gminas"],
                "names": [self.names[code] for code in row["gminas"]],
                **dict(zip(found["goals"], row["values"], strict=True)),
            }
            for row in found["sets"]
        ]
        return pl.DataFrame(rows)

    @property
    def without_effect(self) -> list[str]:
        """Parts of the specification, and criteria, whose removal changes nothing."""
        parts = [step["part"] for step in self.content["steps"] if step["without_effect"]]
        left_out = self.content["leave_one_out"].get("found", [])
        return parts + [f"criterion {row['variable']}" for row in left_out if row["without_effect"]]

    @property
    def steps(self) -> pl.DataFrame:
        """The choice without each optional part: part, without_effect, entered, left, refused."""
        import polars as pl

        schema: dict[str, Any] = {
            "part": pl.String,
            "without_effect": pl.Boolean,
            "entered": pl.List(pl.String),
            "left": pl.List(pl.String),
            "refused": pl.String,
        }
        return pl.DataFrame(self.content["steps"], schema=schema)

    def plot(
        self, *, what: Literal["acceptability", "grid"] = "acceptability", lang: Literal["pl", "en"] = "pl"
    ) -> alt.Chart | alt.LayerChart:
        """Draw the acceptability of the gminas, or how many variants choose each."""
        from diagnoza.plot.acceptability import acceptability, variants

        return acceptability(self, lang=lang) if what == "acceptability" else variants(self, lang=lang)

    def _part(self, name: str) -> Any:
        part = self.content[name]
        if "absent" in part:
            raise InputError(part["absent"])
        return part["found"]

    def _repr_html_(self) -> str:
        of = len(self.content["variants"]["variants"])
        return f"<p>{of} variants</p>" + str(self.chosen_in._repr_html_())


@dataclass(frozen=True)
class Inverse:
    """What a family of specifications makes of a published choice. Made by `which_specs`."""

    content: dict[str, Any]

    @property
    def matches(self) -> pl.DataFrame:
        """Specifications that give the published choice: one column per varied part, and `unique`."""
        import polars as pl

        rows = [{**self._options(row), "unique": row["unique"]} for row in self.content["matches"]]
        schema = {**dict.fromkeys(self._parts, pl.String), "unique": pl.Boolean}
        return pl.DataFrame(rows, schema=schema)

    @property
    def nearest(self) -> pl.DataFrame:
        """Other specifications, nearest first: varied parts, shared, only_published, only_computed, single_changes."""
        import polars as pl

        rows = [
            {
                **self._options(row),
                **{key: row[key] for key in ("shared", "only_published", "only_computed")},
                "single_changes": [f"{change['part']} = {change['option']}" for change in row["single_changes"]],
            }
            for row in self.content["nearest"]
        ]
        lists = dict.fromkeys(("only_published", "only_computed", "single_changes"), pl.List(pl.String))
        return pl.DataFrame(rows, schema={**dict.fromkeys(self._parts, pl.String), "shared": pl.Int64, **lists})

    @property
    def shared(self) -> pl.DataFrame:
        """How many specifications share k gminas with the published choice, and how many would by chance."""
        import polars as pl

        chance = (self.content["chance"] or {}).get("shared", [])
        counts = self.content["shared"]
        rows = [
            {
                "shared": k,
                "specs": count,
                "share_of_specs": count / max(sum(counts), 1),
                "chance": chance[k] if k < len(chance) else 0.0,
            }
            for k, count in enumerate(counts)
        ]
        return pl.DataFrame(rows)

    @property
    def refused(self) -> pl.DataFrame:
        """Specifications that cannot be run: varied parts and the reason."""
        import polars as pl

        rows = [{**self._options(row), "reason": row["reason"]} for row in self.content["refused"]]
        return pl.DataFrame(rows, schema=dict.fromkeys((*self._parts, "reason"), pl.String))

    @property
    def chance(self) -> dict[str, Any]:
        """Number of sets, probability of the published one and of k shared gminas, of pairs in one powiat."""
        found: dict[str, Any] = self.content["chance"] or {}
        return found

    @property
    def _parts(self) -> list[str]:
        return [name for name, _ in self.content["parts"]]

    def _options(self, row: dict[str, Any]) -> dict[str, str]:
        return dict(zip(self._parts, row["options"], strict=True))

    def summary(self) -> str:
        """The result in one paragraph."""
        content = self.content
        run = content["specs"] - len(content["refused"])
        return (
            f"{len(content['matches'])} of {run} specifications that run ({content['specs']} in the family) give the "
            f"published choice; they make {content['distinct_choices']} different choices; "
            f"{content['expected_by_chance']:.4g} would match a set drawn at random."
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.summary())}</p>" + str(self.matches._repr_html_())


def which_specs(
    family: str | Path | Mapping[str, Any],
    table: str | Path | pl.DataFrame | None = None,
    published: Sequence[str] | None = None,
    *,
    nearest: int = 50,
    progress: Progress = True,
    decimal: Literal[".", ","] = ".",
) -> Inverse:
    """Find the specifications of a family that give a published choice.

    Args:
        family: path or text of a family in TOML or JSON, or a mapping of the same keys: the specification under
            `spec`, and `vary` with options.
        table: frame or path of a file with the criteria; by default the embedded table that the specification names.
        published: codes of the published choice; by default that of the specification.
        nearest: how many of the specifications that do not match are kept.
        progress: a bar that shows after a second, nothing, or a function of the steps done and all of them.
        decimal: decimal mark of a CSV file.

    Raises:
        SpecError: the family does not read.
        InputError: nothing is published, or a code is not in the frame.
        MissingTableError: the table is not embedded and none was given.
    """
    text, name = spec_text(family)
    codes = None if published is None else [str(code) for code in published]
    with bar("specifications", progress) as tell:
        found = _native.which_specs(
            text, file=name, published=codes, nearest=nearest, progress=tell, **table_arguments(table, decimal)
        )
    return Inverse(json.loads(found))


def required_values(
    spec: str | Path | Mapping[str, Any],
    published: Sequence[str] | None = None,
    table: str | Path | pl.DataFrame | None = None,
    *,
    floor: float | None = 0.0,
    decimal: Literal[".", ","] = ".",
) -> pl.DataFrame:
    """Bounds of unknown values under which a rule gives a published choice.

    Args:
        spec: specification, as in `select`.
        published: codes of the published choice; by default that of the specification.
        table: what is known, with empty cells where nothing is; without a table every value is unknown.
        floor: the smallest value that any unknown can have.
        decimal: decimal mark of a CSV file.

    Returns:
        Columns unit, name, stratum, published, variable, year, unit_of_measure, lower, upper (null: no bound).

    Raises:
        InputError: no values give the published choice (the message names the comparisons that contradict each
            other), or the rule is one whose scores are not linear in the values.
    """
    import polars as pl

    text, name = spec_text(spec)
    codes = None if published is None else [str(code) for code in published]
    found = json.loads(
        _native.required_values(text, file=name, published=codes, floor=floor, **table_arguments(table, decimal))
    )
    if not found["feasible"]:
        pairs = "; ".join(f"{pair['published']} at least {pair['other']}" for pair in found["conflict"])
        raise InputError(f"no values give the published choice: {pairs} cannot all hold")
    rows = [
        {
            "unit": row["code"],
            "name": row["name"],
            "stratum": row["stratum"],
            "published": row["published"],
            "variable": row["variable"],
            "year": row["year"],
            "unit_of_measure": row["unit"],
            "lower": row["lower"],
            "upper": row["upper"],
        }
        for row in found["values"]
    ]
    schema = {
        **dict.fromkeys(("unit", "name", "stratum"), pl.String),
        "published": pl.Boolean,
        "variable": pl.String,
        "year": pl.Int64,
        "unit_of_measure": pl.String,
        "lower": pl.Float64,
        "upper": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema)
