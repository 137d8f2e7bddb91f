"""From institutions to the community: places in DPS against community services, and progress towards targets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnoza import _native
from diagnoza.arguments import check_word
from diagnoza.errors import InputError
from diagnoza.files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["Deinstitutionalisation", "deinstitutionalisation"]

_REASONS = ("not_reported", "below_unit", "suppressed", "not_applicable")


@dataclass(frozen=True)
class Deinstitutionalisation:
    """Institutions against the community, by unit and year. Made by `deinstitutionalisation`."""

    balances: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    targets_used: list[dict[str, Any]]

    @property
    def balance(self) -> pl.DataFrame:
        """Persons served in institutions and in the community.

        Columns unit, year, institutional, community, community_share (of both), community_per_institutional, missing
        (why they are null), lacking (services of which the year has no figure).
        """
        import polars as pl

        names = ("institutional", "community", "community_share", "community_per_institutional")
        rows = []
        for balance in self.balances:
            for year in balance["years"]:
                reasons = dict.fromkeys(year[name] for name in names if isinstance(year[name], str))
                rows.append(
                    {
                        "unit": balance["unit"],
                        "year": year["year"],
                        **{name: None if isinstance(year[name], str) else float(year[name]) for name in names},
                        "missing": ", ".join(reasons) or None,
                        "lacking": ", ".join(year["lacking"]) or None,
                    }
                )
        schema = {"unit": pl.String, "year": pl.Int64, **dict.fromkeys(names, pl.Float64)}
        return pl.DataFrame(rows, schema={**schema, "missing": pl.String, "lacking": pl.String})

    @property
    def progress(self) -> pl.DataFrame:
        """Where each unit stands on a straight line from its first measurement to each target.

        Columns unit, target, target_year, target_share, year (of the last measurement), share, on_path (what the line
        asks for in that year), still_to_do (of the last total), state (reached, on_path, behind, missed, unknown),
        missing (what is missing to judge).
        """
        import polars as pl

        names = ("unit", "target", "target_year", "target_share", "year", "share", "on_path", "still_to_do", "state")
        rows = [
            {**{name: step[name] for name in names}, "missing": "; ".join(step["missing"]) or None}
            for step in self.steps
        ]
        text, number, year = pl.String, pl.Float64, pl.Int64
        types = (text, text, year, number, year, number, number, number, text)
        return pl.DataFrame(rows, schema={**dict(zip(names, types, strict=True)), "missing": text})

    @property
    def targets(self) -> pl.DataFrame:
        """The targets with their source and whether it was verified."""
        import polars as pl

        return pl.DataFrame(self.targets_used)

    def _repr_html_(self) -> str:
        return str(self.balance._repr_html_()) + str(self.progress._repr_html_())


def deinstitutionalisation(
    counts: pl.DataFrame,
    *,
    measured: pl.DataFrame | None = None,
    targets: str | Path | None = None,
) -> Deinstitutionalisation:
    """Set places in institutions against services in the community, and progress against targets.

    Args:
        counts: frame with columns unit, year, service, form (``institutional``, ``community``), persons (served, or
            places; null where unknown), source; missing (why persons is null). A service that a unit has in one year
            and not in another makes the sum of that year unknown.
        measured: frame with columns unit, target, year, done (how many), of (of how many), source.
        targets: file of targets (.toml); by default those of the library, `targets` shows them with their source.

    Raises:
        InputError: names the row, or the unit, year and figure.
        ReadError: the file of targets.
    """
    counted = [_count(place, row) for place, row in enumerate(_rows("counts", counts, _COUNTS), start=2)]
    found = [] if measured is None else _rows("measured", measured, _MEASURED)
    given = [{name: _plain(row[name]) for name in _MEASURED} | {"unit": str(row["unit"])} for row in found]
    if targets is None:
        file, text = "deinstitutionalisation.toml", _native.template("deinstitutionalisation.toml")
    else:
        file, text = text_of("targets", targets)
    parts = _native.deinstitutionalisation(_json("counts", counted), _json("measured", given), file, text)
    return Deinstitutionalisation(*(json.loads(part) for part in parts))


_COUNTS = ("unit", "year", "service", "form", "persons", "source")
_MEASURED = ("unit", "target", "year", "done", "of", "source")


def _rows(what: str, frame: Any, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    from diagnoza.plot.frames import as_frame

    table = as_frame(frame, columns=columns, what=what)
    rows: list[dict[str, Any]] = table.to_dicts()
    for place, row in enumerate(rows, start=2):
        for name in columns:
            if row[name] is None and name != "persons":
                raise InputError(f"{what}, row {place}, {name}: empty, expected a value")
    return rows


def _count(place: int, row: dict[str, Any]) -> dict[str, Any]:
    check_word(f"counts, row {place}, form", str(row["form"]), ("institutional", "community"))
    persons, reason = _plain(row["persons"]), row.get("missing")
    if persons is not None and reason:
        raise InputError(f"counts, row {place}, missing='{reason}' although persons is {persons}")
    if persons is None:
        persons = reason or "not_reported"
        check_word(f"counts, row {place}, missing", persons, _REASONS)
    return {**{name: row[name] for name in _COUNTS}, "unit": str(row["unit"]), "persons": persons}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, float) else value


def _json(what: str, rows: list[dict[str, Any]]) -> str:
    try:
        return json.dumps(rows, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(f"{what}: a number is NaN or infinite, or a value is of no use here ({error})") from error
