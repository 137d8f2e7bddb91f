"""Indicators of population structure with the position among peers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from diagnoza import _native
from diagnoza.projection import NegativePolicy, scenario_of
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import polars as pl

    from diagnoza._native import Scenario

__all__ = ["catalogue", "indicators"]

Peers = Literal["voivodeship", "subregion", "powiat", "kind"]


def indicators(
    units: str | Region | Sequence[str | Region],
    *,
    years: Sequence[int] = (2022, 2030, 2050),
    scenario: str | Path | Scenario = "main",
    ids: Sequence[str] = (),
    peers: Peers = "voivodeship",
    lang: Literal["pl", "en"] = "pl",
    negative: NegativePolicy = "refuse",
) -> pl.DataFrame:
    """Compute demographic indicators and the place of every unit among its peers.

    Args:
        units: selection such as ``"powiats:28"``, a region, or a list of them.
        years: years at 31 XII: 2021 to 2060; 2022 to 2040 for gminas.
        scenario: as in `project`; gminas have the main variant only.
        ids: ids of `catalogue()`; all by default.
        peers: units of the same level in the ``voivodeship``, ``subregion`` or ``powiat``, or of the same
            ``kind`` of gmina.
        lang: language of labels and units of measure.
        negative: as in `project`.

    Returns:
        Columns unit, name, scenario, year, indicator, label, value, unit_of_measure, note (why a value is
        empty), peers, n (units compared, this one included), rank (1 is the highest value), percentile
        (mid-rank), q1, median and q3 of the peers, status.
    """
    import polars as pl

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


def catalogue() -> pl.DataFrame:
    """List the indicators: id, names, units, formula, source and status of the definition."""
    import polars as pl

    return pl.DataFrame(json.loads(_native.catalogue()))
