"""Readers of the offices' files: GUS workbooks, BDL exports, Eurostat, HMD, tidy tables with a schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

__all__ = ["GusProjection", "Table", "read_bdl", "read_eurostat", "read_gus_projection", "read_hmd", "read_tidy"]

Encoding = Literal["utf-8", "windows-1250"]


@dataclass(frozen=True)
class Table:
    """A table read from a file."""

    frame: pl.DataFrame
    notes: list[str]
    """What the reader left out, or met and could not interpret."""
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
        teryt, name, kind, the dimensions, year, value, unit, attribute, missing (why a value is not there),
        reservation (what the attribute says against the figure: ``incomplete_aggregate`` for k, ``method_changed``,
        ``preliminary``, ``low_precision``, ``joint_with_city``).

    Raises:
        ReadError: every fault with file, row and column.
    """
    return _table(_native.read_bdl(str(path), layout=layout, year=year, encoding=encoding))


def read_hmd(path: str | Path, *, sex: Literal["F", "M", "T"] | None = None, encoding: Encoding | None = None) -> Table:
    """Read a text file of the Human Mortality Database as mortality.org ships it.

    Life tables (period and cohort), death rates, exposures, deaths, populations, births and life
    expectancies, in every format of age and time (1x1, 5x1, 5x10, Lexis triangles).

    Args:
        path: the file, e.g. ``fltper_1x1.txt``.
        sex: whose life table it is, where the heading does not say; of a table with columns for the sexes, the
            one to keep (T: both sexes together).
        encoding: utf-8 by default.

    Returns:
        sex (F, M, T), year (of a cohort: of birth), year_to (of an interval, else the year), age, age_to (null:
        open), then mx, qx, ax, lx, dx, Lx, Tx, ex of a life table or value of another table, and missing
        (``not_reported`` where a figure is null, printed as a point). Populations have territory
        (``before_change`` and ``after_change`` in years printed 1959- and 1959+), Lexis triangles cohort.
        Country, table and protocol are in ``source["title"]``, the last change in ``source["date"]``.

    Raises:
        ReadError: every fault with file, row and column; also rows missing from a year, as in a file cut off.
    """
    return _table(_native.read_hmd(str(path), sex=sex, encoding=encoding))


def read_eurostat(
    path: str | Path, *, format: Literal["auto", "tsv", "sdmx_csv"] = "auto", encoding: Encoding | None = None
) -> Table:
    """Read a file of Eurostat: bulk TSV, old or new, or SDMX-CSV 1.0 or 2.0, packed with gzip or not.

    Args:
        path: the file, e.g. ``estat_demo_r_pjangrp3.tsv.gz``.
        format: layout, by default read off the header.
        encoding: utf-8 by default.

    Returns:
        the dimensions in order (codes as text: freq, unit, sex, age, geo, ...), age_from and age_to where there is
        an age (5 and 9 for ``Y5-9``; age_to null where open; both null for ``UNK``), period as printed, year, value,
        flags (Eurostat's letters: b break in series, e estimated, p provisional, ...) and missing: why there is no
        value, ``not_reported`` (``:``), ``suppressed`` (c, C, N, P), ``not_applicable`` (z, m) or ``below_unit``
        (0 n). Codes that could not be interpreted are kept and named in ``notes``.

    Raises:
        ReadError: every fault with file, row and column.
    """
    return _table(_native.read_eurostat(str(path), format=format, encoding=encoding))


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
