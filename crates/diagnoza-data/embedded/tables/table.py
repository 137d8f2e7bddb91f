"""One embedded table: its figures and everything a reader must know about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

GUS = "Główny Urząd Statystyczny (GUS)"
EUROSTAT = "Eurostat"
HMD = "Human Mortality Database"

GUS_LICENCE = "Official statistics; re-use with the source named: Główny Urząd Statystyczny"
EUROSTAT_LICENCE = "Eurostat data; re-use with the source named: Eurostat"

BASES = (
    "census_2011",
    "census_2021",
    "usual_residents",
    "gus_projection_2023",
    "europop_2019",
    "not_population",
)

TERYT = ("code", "TERYT code as text: 2 digits voivodeship (00 Poland), 4 powiat, 7 gmina with its kind")
GEO = ("code", "NUTS code, edition 2021: PL Poland, PL6 macroregion, PL62 region, PL621 to PL623 subregions")
SEX = ("word", "F females, M males")
SEX_T = ("word", "F females, M males, T both")
YEAR_STOCK = ("year", "the stock is that of 31 XII of this year")
YEAR_JANUARY = ("year", "the stock is that of 1 January of this year, which is 31 XII of the year before")
YEAR_FLOW = ("year", "events between 1 I and 31 XII of this year")
GROUP = ("text", "age group as published: TOTAL, 7, 15-19, 90+; groups may overlap, TOTAL is all ages")
AGE_FROM = ("completed years", "first age of the group; TOTAL begins at 0")
AGE_TO = ("completed years", "last age of the group; null: open upwards")
FLAG = ("word", "Eurostat's flag: b break in series, e estimated, p provisional; null: none")


@dataclass
class Table:
    """A table before it is written; `frame` for Parquet, `text` for GeoJSON."""

    name: str
    title_pl: str
    title_en: str
    publisher: str
    publication: str
    date: str
    basis: list[str]
    licence: str
    status: str
    sources: list[Path]
    columns: dict[str, tuple[str, str]]
    frame: pl.DataFrame | None = None
    text: str | None = None
    rows: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        unknown = set(self.basis) - set(BASES)
        if unknown or not self.basis:
            raise ValueError(f"table {self.name}: basis {self.basis} is not of {BASES}")
        if self.frame is not None and list(self.columns) != self.frame.columns:
            raise ValueError(
                f"table {self.name}: described columns {list(self.columns)}, frame has {self.frame.columns}"
            )

    @property
    def file(self) -> str:
        return f"{self.name}.geojson" if self.frame is None else f"{self.name}.parquet"


def texts(path: Path, separator: str = ",") -> pl.DataFrame:
    """The cells of a delimited file as texts, nothing guessed; empty cells are null."""
    return pl.read_csv(path, separator=separator, infer_schema=False)


def whole(column: str, dtype: pl.DataType = pl.Int32) -> pl.Expr:
    """A text or float column of whole numbers; a fraction or a stray mark is an error."""
    return pl.col(column).cast(pl.Float64, strict=True).cast(pl.String).str.strip_suffix(".0").cast(dtype)
