"""The diagnosis of one unit: how many people now and later, why, and where it stands among its peers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from diagnoza import _native
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Diagnosis", "diagnose"]


@dataclass(frozen=True)
class Diagnosis:
    """What is known of one unit. Made by `diagnose`."""

    record: dict[str, Any]
    """The whole diagnosis: prospects, change, standings, provenance."""

    @property
    def prospects(self) -> pl.DataFrame:
        """Population at both ends of every official scenario."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "scenario": row["scenario"],
                    "first_year": row["start"]["year"],
                    "first": row["start"]["persons"],
                    "last_year": row["end"]["year"],
                    "last": row["end"]["persons"],
                    "status": row["end"]["status"],
                }
                for row in self.record["prospects"]
            ]
        )

    @property
    def change(self) -> dict[str, float]:
        """Births, deaths and net migration of the main scenario, summed over the years from..until."""
        found: dict[str, float] = self.record["change"]
        return found

    @property
    def standings(self) -> pl.DataFrame:
        """Every indicator in the first and last year with the rank among units of the same level."""
        import polars as pl

        return pl.DataFrame(self.record["standings"], schema_overrides={"note": pl.String})

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.record['name'])}</b> ({escape(self.record['unit'])})</p>"
        return head + str(self.prospects._repr_html_()) + str(self.standings._repr_html_())


def diagnose(unit: str | Region, *, until: int = 2050) -> Diagnosis:
    """Diagnose a powiat, subregion or voivodeship of voivodeship 28.

    Args:
        unit: code, name or region.
        until: last year, 2023 to 2060.

    Raises:
        UnknownUnitError, AmbiguousUnitError: the unit.
        InputError: a gmina, a year, or a unit whose stock of 2021 is not embedded.

    >>> diagnose("PL623").prospects["last"].to_list()
    [228942.0, 206057.0, 248506.0]
    """
    return Diagnosis(json.loads(_native.diagnose(selection_text(unit), until)))
