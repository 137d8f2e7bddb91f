"""Indicators: of population structure with the position among peers, and from a user's own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.cataloguing import compute
from diagnoza.errors import InputError
from diagnoza.projection import NegativePolicy, scenario_of
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from diagnoza._native import Scenario
    from diagnoza.cataloguing import Formula

__all__ = ["indicators"]

Peers = Literal["voivodeship", "subregion", "powiat", "kind"]


YEARS = (2022, 2030, 2050)


def indicators(
    units: str | Region | Sequence[str | Region] | None = None,
    *,
    years: Sequence[int] = YEARS,
    scenario: str | Path | Scenario = "main",
    ids: Sequence[str] = (),
    peers: Peers = "voivodeship",
    lang: Literal["pl", "en"] = "pl",
    negative: NegativePolicy = "refuse",
    inputs: Any = None,
    formulas: Sequence[Formula | Mapping[str, Any]] = (),
) -> pl.DataFrame:
    """Compute indicators: of units from the official projections, or from numbers of your own.

    Of `units` the demographic indicators are computed with the place of every unit among its peers. From `inputs`
    any indicator of `catalogue()` is, and any formula:

    >>> import diagnoza as dg
    >>> brzeski = {"persons of all ages": 91_340, "social_workers_ops": 39}  # 2024
    >>> dg.indicators(inputs=brzeski, ids=["inhabitants_per_social_worker"])["rounded"].item()
    2342.0

    Args:
        units: selection such as ``"powiats:28"``, a region, or a list of them.
        years: years at 31 XII: 2021 to 2060; 2022 to 2040 for gminas.
        scenario: as in `project`; gminas have the main variant only.
        ids: ids of `catalogue()` or of formulas; all by default (of units, the demographic ones).
        peers: units of the same level in the ``voivodeship``, ``subregion`` or ``powiat``, or of the same
            ``kind`` of gmina.
        lang: language of labels and units of measure.
        negative: as in `project`.
        inputs: frame with the columns input (name), value, and if wanted unit (code), year and state (why there is
            no value: ``not_reported``, ``below_unit``, ``suppressed``, ``not_applicable``); or a mapping of names to
            numbers, states or none for one place. Names are those of `catalogue_inputs()`, people by sex and age
            such as ``women 18-59``, or your own. With inputs, `units`, `years`, `scenario`, `peers` and `negative`
            do not apply.
        formulas: with inputs, formulas of your own: each a `Formula` or a mapping of its fields.

    Returns:
        From inputs: columns unit, year, indicator, name, value, rounded (as published figures are), unit_of_measure,
        formula, status, source, problem (why there is no value); a row for every unit, year and indicator.
        Of units: columns unit, name, scenario, year, indicator, label, value, unit_of_measure, note (why a value is
        empty), peers, n (units compared, this one included), rank (1 is the highest value), percentile
        (mid-rank), q1, median and q3 of the peers, status.
    """
    import polars as pl

    if inputs is not None:
        options = {"units": units, "scenario": scenario, "peers": peers, "negative": negative, "years": tuple(years)}
        usual = {"units": None, "scenario": "main", "peers": "voivodeship", "negative": "refuse", "years": YEARS}
        if given := [name for name, value in options.items() if value != usual[name]]:
            raise InputError(f"{', '.join(given)} with inputs: units and years are those of the columns of inputs")
        return compute(inputs, ids, formulas, lang)
    if units is None:
        raise InputError("neither units nor inputs: expected a selection such as 'powiats:28', or inputs")
    if formulas:
        raise InputError("formulas are computed from inputs: give inputs as well")
    frame = pl.DataFrame(
        _native.indicators(
            selection_text(units),
            scenario_of(scenario),
            years=list(years),
            ids=list(ids),
            peers=peers,
            negative=negative,
        )
    )
    other = "en" if lang == "pl" else "pl"
    return frame.drop(f"label_{other}", f"unit_of_measure_{other}").rename(
        {f"label_{lang}": "label", f"unit_of_measure_{lang}": "unit_of_measure"}
    )
