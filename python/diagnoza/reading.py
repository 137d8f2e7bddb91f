"""Readers of the offices' files: GUS projection workbooks, BDL exports, tidy tables with a schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

__all__ = ["GusProjection", "Table", "read_bdl", "read_gus_projection", "read_tidy"]

Encoding = Literal["utf-8", "windows-1250"]


@dataclass(frozen=True)
class Table:
    """A table read from a file."""

    frame: pl.DataFrame
    notes: list[str]
    """What the reader left out."""
    source: dict[str, str]
    """Publisher, title, date and SHA-256 of the file."""

    def _repr_html_(self) -> str:
        return str(self.frame._repr_html_())


@dataclass(frozen=True)
class GusProjection:
    """A workbook of GUS's population projection."""

    population: pl.DataFrame
    """teryt, scenario, sex (F, M, T), age, age_to (null: open), year, population, observed."""
    groups: pl.DataFrame
    """The selected groups of the workbook, which overlap."""
    components: pl.DataFrame
    """teryt, scenario, year, births, deaths, internal_in, internal_out, immigration, emigration."""
    notes: list[str]
    """Misprints met and how they were read."""
    source: dict[str, str]
    """Publisher, title, date and SHA-256 of the file."""


def read_gus_projection(
    path: str | Path, *, unit: str, scenario: Literal["main", "low", "high"] | None = None
) -> GusProjection:
    """Read a workbook of GUS's projection of a voivodeship, powiat or gmina (.xlsx) and check its sums.

    Args:
        path: the workbook.
        unit: the unit it is of, by code or name; the workbooks do not hold the code.
        scenario: for workbooks that do not state theirs.

    Raises:
        ReadError: every fault with file, sheet, row and column.
        UnknownUnitError, AmbiguousUnitError: the unit.
    """
    reading = _native.read_gus_projection(str(path), unit=unit, scenario=scenario)
    frames = _frames(reading)
    return GusProjection(
        frames["population"], frames["groups"], frames["components"], reading.notes, json.loads(reading.source())
    )


def read_bdl(
    path: str | Path,
    *,
    layout: Literal["crel", "ctab"] = "crel",
    year: int | None = None,
    encoding: Encoding | None = None,
) -> Table:
    """Read an unmodified export of the website of GUS's local data bank (BDL).

    Args:
        path: the file.
        layout: ``crel``, a row per value ("relational table"), or ``ctab``, a column per category.
        year: year of a ``ctab`` file that does not state it.
        encoding: utf-8 by default.

    Returns:
        teryt, name, kind, the dimensions, year, value, unit, attribute, missing (why a value is not there).

    Raises:
        ReadError: every fault with file, row and column.
    """
    return _table(_native.read_bdl(str(path), layout=layout, year=year, encoding=encoding))


def read_tidy(
    path: str | Path,
    schema: Mapping[str, Any],
    *,
    decimal: Literal[".", ","] = ".",
    delimiter: Literal[",", ";", "\t"] | None = None,
    encoding: Encoding | None = None,
) -> Table:
    """Read a CSV or Parquet file whose columns are declared.

    Args:
        path: the file.
        schema: ``{"columns": [{"name": "teryt", "kind": "code"}, {"name": "families", "kind": {"number":
            {"min": 0, "nullable": True}}}], "key": ["teryt"]}``; kinds are code, year, age, sex, text and number.
        decimal: decimal mark of a CSV file.
        delimiter: by default the one that stands most often in the header.
        encoding: utf-8 by default; windows-1250 has to be said.

    Raises:
        ReadError: every fault with file, row and column; nothing is dropped.
    """
    reading = _native.read_tidy(str(path), json.dumps(schema), decimal=decimal, delimiter=delimiter, encoding=encoding)
    return _table(reading)


def _frames(reading: _native.Reading) -> dict[str, pl.DataFrame]:
    import polars as pl

    return {name: pl.DataFrame(table) for name, table in reading.tables()}


def _table(reading: _native.Reading) -> Table:
    return Table(_frames(reading)["values"], reading.notes, json.loads(reading.source()))
