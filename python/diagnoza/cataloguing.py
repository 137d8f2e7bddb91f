"""The catalogue of indicators: what there is, what it needs, and a user's own formulas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from diagnoza import _native
from diagnoza.arguments import check_word, number, whole
from diagnoza.beneficiaries import BenefitRecipients, HouseholdMembers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["Formula", "catalogue", "catalogue_inputs", "compute", "not_reproduced"]

Lang = Literal["pl", "en"]
State = Literal["not_reported", "below_unit", "suppressed", "not_applicable"]


@dataclass(frozen=True)
class Formula:
    """A formula of one's own, for an official indicator without a public one or for a new indicator.

    It is checked when it is made: brackets, names, and units of measure.

    >>> import diagnoza as dg
    >>> gap = dg.Formula(
    ...     id="assistance_gap",
    ...     name="Luka asystentury",
    ...     expression="families_helpless - families_with_assistant",
    ...     unit="families",
    ...     author="ROPS Kraków",
    ...     source="report 1348 (2025)",
    ...     inputs={"families_helpless": "families", "families_with_assistant": "families"},
    ... )
    >>> values = {"families_helpless": 4947, "families_with_assistant": 3719}
    >>> dg.indicators(inputs=values, ids=["assistance_gap"], formulas=[gap])["value"].item()
    1228.0
    """

    id: str
    """Id of an official indicator of `catalogue()` with status ``name_only``, or one of your own."""
    expression: str
    """Names of inputs, numbers, ``+ - * /`` and brackets, e.g. ``100 * deaths / persons of all ages``."""
    unit: str
    """Unit of the result, which the formula must give: ``%``, ``zł/persons``, ``marriages per 1000 persons``."""
    author: str
    """Who wrote the formula."""
    source: str
    """Where it is written."""
    name: str | None = None
    """Name shown to people; an official indicator has its own."""
    decimals: int | None = None
    """Decimals to which results are rounded."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Units of the inputs that `catalogue_inputs()` does not list."""

    def __post_init__(self) -> None:
        """Check the formula."""
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name not in {"name", "decimals", "inputs"} and not isinstance(value, str):
                raise InputError(f"{one.name} of a formula is {value!r}: expected text")
        if self.decimals is not None:
            whole("decimals", self.decimals, highest=15)
        object.__setattr__(self, "inputs", dict(self.inputs))
        _native.check_formula(json.dumps(asdict(self)))


def catalogue(*, lang: Lang | None = None) -> pl.DataFrame:
    """List the indicators, and the official names whose formulas are not public.

    Args:
        lang: language of the columns name and unit_of_measure; by default both languages stand in columns of their
            own: name_pl, name_en, unit_pl, unit_en.

    Returns:
        Columns id, ioss_id (number in the indicator base of ROPS Kraków), names and units, formula, inputs (names it
        is computed from), decimals and levels (of the published figures), status (``verbatim``: as published;
        ``inferred``: found by reproducing published figures; ``name_only``: takes a `Formula`; ``section``: title of
        a chapter of the form), source.
    """
    import polars as pl

    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "id": pl.String,
        "ioss_id": pl.Int32,
        "name_pl": pl.String,
        "name_en": pl.String,
        "unit_pl": pl.String,
        "unit_en": pl.String,
        "formula": pl.String,
        "inputs": pl.List(pl.String),
        "decimals": pl.Int32,
        "levels": pl.List(pl.String),
        "status": pl.String,
        "source": pl.String,
    }
    rows = [{name: row.get(name) for name in schema} for row in json.loads(_native.catalogue())]
    frame = pl.DataFrame(rows, schema=schema)
    if lang is None:
        return frame
    check_word("lang", lang, get_args(Lang))
    other = "en" if lang == "pl" else "pl"
    return frame.drop(f"name_{other}", f"unit_{other}").rename(
        {f"name_{lang}": "name", f"unit_{lang}": "unit_of_measure"}
    )


def catalogue_inputs(*, lang: Lang = "pl") -> pl.DataFrame:
    """List the inputs that indicators are computed from, without people by sex and age.

    People are named by the words of the formulas: ``women 18-59``, ``men 65+``, ``persons of all ages``.

    Returns:
        Columns name, unit, label.
    """
    import polars as pl

    check_word("lang", lang, get_args(Lang))
    frame = pl.DataFrame(json.loads(_native.catalogue_inputs()))
    return frame.select("name", "unit", pl.col(f"label_{lang}").alias("label"))


def not_reproduced(*, lang: Lang = "pl") -> pl.DataFrame:
    """List the published figures that their published inputs do not give, with the reason.

    Returns:
        Columns id (of the table ``worked_examples``), indicator, what, computed, published, reason, source.
    """
    import polars as pl

    check_word("lang", lang, get_args(Lang))
    frame = pl.DataFrame(json.loads(_native.not_reproduced()), infer_schema_length=None)
    columns = ["id", "indicator", "what", "computed", "published"]
    return frame.select(*columns, pl.col(f"reason_{lang}").alias("reason"), "source")


def compute(
    inputs: Any, ids: Sequence[str], formulas: Sequence[Formula | Mapping[str, Any]], lang: Lang
) -> pl.DataFrame:
    """Compute indicators from inputs; see `diagnoza.indicators`."""
    import polars as pl

    check_word("lang", lang, get_args(Lang))
    if isinstance(ids, str):
        raise InputError(f"ids is the text {ids!r}: expected a list of ids")
    specs = [asdict(one) if isinstance(one, Formula) else dict(one) for one in _listed(formulas)]
    table = _table_of(inputs) if isinstance(inputs, Mapping) else inputs
    if not hasattr(table, "__arrow_c_stream__"):
        raise InputError(
            f"inputs is a {type(inputs).__name__}: expected a frame with the columns unit, year, input, value, or a "
            "mapping of names to numbers"
        )
    frame = pl.DataFrame(_native.compute_indicators(table, ids=list(ids), formulas=json.dumps(specs)))
    other = "en" if lang == "pl" else "pl"
    return frame.drop(f"name_{other}", f"unit_of_measure_{other}").rename(
        {f"name_{lang}": "name", f"unit_of_measure_{lang}": "unit_of_measure"}
    )


def _listed(formulas: Any) -> Sequence[Any]:
    """Return formulas as a sequence; a single one is an easy slip."""
    if isinstance(formulas, (Formula, Mapping)):
        return [formulas]
    return list(formulas)


def _table_of(inputs: Mapping[str, Any]) -> pl.DataFrame:
    """Return inputs by name as a table of one place; a word instead of a number is a reason for a missing value."""
    import polars as pl

    rows: list[tuple[str, float | None, str | None]] = []
    for name, given in inputs.items():
        value = given
        if isinstance(given, (HouseholdMembers, BenefitRecipients)):
            if name != given.INPUT:
                raise InputError(
                    f"{name} is given {type(given).__name__} ({given.SOURCE}), which is the input {given.INPUT}: "
                    "the two definitions of beneficiaries do not stand for each other"
                )
            value = given.persons
        state: str | None = None
        if isinstance(value, str):
            check_word(name, value, get_args(State))
            value, state = None, value
        elif value is not None:
            value = number(name, value)
        rows.append((name, value, state))
    if not rows:
        raise InputError("inputs is empty: expected at least one name and number")
    return pl.DataFrame(rows, schema={"input": pl.String, "value": pl.Float64, "state": pl.String}, orient="row")
