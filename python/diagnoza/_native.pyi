"""
Native part of diagnoza: Rust behind the package `diagnoza`.
"""

from _typeshed import Incomplete, SupportsGetItem
from typing import Any, SupportsFloat, SupportsIndex, final

@final
class CohortProjection:
    """
    Stocks and flows of one projected area.

    `T` years, `A` ages, females first. `population` (T+1, 2, A); `births` (T, 2); `deaths` (T, 2, A+1), of those
    born in the year and then by age at its start; `net_migration` (T, 2, A).
    """
    def __repr__(self, /) -> str: ...
    @property
    def adjustments(self, /) -> list[tuple[int, str, int, float]]:
        """
        Changes to net migration that keep stocks from falling below zero: (step, sex, age, persons).
        """
    @property
    def births(self, /) -> Incomplete:
        """
        Births by sex, (T, 2).
        """
    @property
    def deaths(self, /) -> Incomplete:
        """
        Deaths, birth cohort first and then by age at the start of the year, (T, 2, A+1).
        """
    @property
    def net_migration(self, /) -> Incomplete:
        """
        Net migration by age at the end of the year, adjustments included, (T, 2, A).
        """
    @property
    def population(self, /) -> Incomplete:
        """
        Stocks at the jump-off and after every year, (T+1, 2, A).
        """

@final
class Decision:
    """
    What running a specification comes to: a decision with its record, or the table that is missing.
    """
    def explain(self, /, unit: str, *, lang: str) -> str | None:
        """
        Why a gmina was or was not chosen, in sentences; a code or a name.
        """
    def frame(self, /) -> Table:
        """
        Gminas of the frame with what official figures say of them.
        """
    def missing_message(self, /) -> str:
        """
        The missing table in one sentence.
        """
    def missing_table(self, /) -> str:
        """
        The missing table as JSON: name, columns, gminas, strata, template text.
        """
    def record(self, /) -> bytes | None:
        """
        Canonical JSON bytes of the decision record; `None` when the table is missing.
        """
    def sha256(self, /) -> str | None:
        """
        SHA-256 of the record.
        """
    def spec(self, /) -> str:
        """
        The specification as JSON.
        """

@final
class Gazetteer:
    """
    Register of territory: the units valid on a date, found by code, name or list.

    `date` is `YYYY-MM-DD`; without one, the latest register.
    """
    def __new__(cls, /, date: str | None = None) -> Gazetteer: ...
    def __repr__(self, /) -> str: ...
    def bdl_id(self, /, unit: str) -> str:
        """
        Identifier of a unit in GUS's local data bank (12 digits).
        """
    def find(self, /, text: str) -> str:
        """
        Code of the unit that a code or name means; an ambiguous name raises and lists the candidates.
        """
    def gminas(self, /, of: str) -> list[str]:
        """
        Gminas of a unit, in code order.
        """
    def kind(self, /, unit: str) -> str | None:
        """
        Kind of a gmina: urban, rural or urban_rural; `None` for other levels.
        """
    def level(self, /, unit: str) -> str:
        """
        Level of a unit: poland, voivodeship, subregion, powiat or gmina.
        """
    def name(self, /, unit: str) -> str:
        """
        Name of a unit.
        """
    def powiats(self, /, of: str) -> list[str]:
        """
        Powiats of a unit, in code order.
        """
    def select(self, /, text: str) -> list[str]:
        """
        Codes of a selection such as `subregions:28,2816`.
        """
    def subregion_of(self, /, unit: str) -> str | None:
        """
        Subregion that a powiat or gmina lies in.
        """
    def subregions(self, /, of: str) -> list[str]:
        """
        Subregions of a unit, in code order.
        """
    def unit_of_bdl(self, /, id: str) -> str:
        """
        Unit that a 12-digit identifier of GUS's local data bank means.
        """

@final
class Reading:
    """
    Tables read from a file, with their source.
    """
    @property
    def notes(self, /) -> list[str]:
        """
        What the reader met and put right, or left out.
        """
    def source(self, /) -> str:
        """
        Publisher, title, date and hash of the file, as JSON.
        """
    def tables(self, /) -> list[tuple[str, Table]]:
        """
        Tables by name.
        """

@final
class Scenario:
    """
    A scenario: an official variant (`main`, `low`, `high`) and named, dated changes to it.

    Methods return a new scenario with one more change; `to_toml()` is the file that repeats it.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, name: str = "main", *, base: str | None = None, note: str | None = None) -> Scenario: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def base(self, /) -> str:
        """
        Official variant that the changes start from.
        """
    def constant_rates(self, /, *, from_year: SupportsIndex, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Survival, fertility and net migration of a year in all later years.
        """
    def e0_shift(self, /, years: SupportsFloat | SupportsIndex, *, from_year: SupportsIndex, by: SupportsIndex | None = None, sex: str | None = None, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Life expectancy at birth `years` longer than in the base, all death rates moved by one factor.
        """
    @staticmethod
    def from_toml(text: str, *, file: str = "scenario") -> Scenario:
        """
        Reads the TOML form; `file` is the name that errors use.
        """
    @property
    def name(self, /) -> str:
        """
        Name shown in tables and charts.
        """
    def named(self, /, name: str) -> Scenario:
        """
        The same scenario under another name.
        """
    def net_migration(self, /, factor: SupportsFloat | SupportsIndex, *, from_year: SupportsIndex, by: SupportsIndex | None = None, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Net migration at every age times `factor`; 0 is no migration.
        """
    def tfr(self, /, value: SupportsFloat | SupportsIndex, *, from_year: SupportsIndex, by: SupportsIndex | None = None, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Total fertility rate of `value` children per woman from a year on; with `by`, on a line until then.
        """
    def tfr_factor(self, /, factor: SupportsFloat | SupportsIndex, *, from_year: SupportsIndex, by: SupportsIndex | None = None, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Fertility rates of the base times `factor`.
        """
    def to_toml(self, /) -> str:
        """
        The TOML form of the scenario.
        """

@final
class Table:
    """
    A table that any library with the Arrow PyCapsule interface reads, e.g. `polars.DataFrame(table)`.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object | None" = None) -> "object":
        """
        The table as an Arrow stream of record batches.
        """

def borders(level: str) -> str:
    """
    Borders of the powiats or gminas of voivodeship 28 as GeoJSON text.
    """

def catalogue() -> str:
    """
    The catalogue as JSON: id, names, unit, formula, definition's source and status of every indicator.
    """

def cohort_component(base: Incomplete, survival: Incomplete, asfr: Incomplete, srb: Incomplete, migration: Incomplete, timing: str = "end", *, negative: str = "refuse") -> CohortProjection:
    """
    Projects one area by single years of age with the cohort-component method.

    `base` (2, A) females first; `survival` (T, 2, A+1) birth first, then by age at the start of the year, the open
    group last; `asfr` (T, A); `srb` (T,) boys per girl; `migration` (T, 2, A) net persons by age at the end of the
    year. `timing` is `end` (migrants arrive at the end of the year) or `even` (half live through it); `negative` is
    `refuse` or `spread`. Arrays of float64. Raises `InputError` naming the array and the place.
    """

def components(selection: str, scenario: Scenario, *, until: SupportsIndex, negative: str) -> Table:
    """
    Births, deaths, net migration, fertility and life expectancy by unit and year; see `diagnoza.Projection`.
    """

def diagnose(unit: str, until: SupportsIndex) -> str:
    """
    The diagnosis of a unit as JSON; see `diagnoza.diagnose`.
    """

def indicators(selection: str, scenario: Scenario, *, years: SupportsGetItem[int, SupportsIndex], ids: SupportsGetItem[int, str], peers: str, negative: str) -> Table:
    """
    Demographic indicators with the position among peers; see `diagnoza.indicators`.
    """

def manifest() -> str:
    """
    The manifest of the embedded data set as JSON: tables with source, basis, date, columns and hash.
    """

def population(selection: str, scenario: Scenario, *, from_year: SupportsIndex, until: SupportsIndex, by_sex: bool, by_age: bool, negative: str) -> Table:
    """
    Population at 31 XII by unit and year, optionally by sex and age; see `diagnoza.project`.
    """

def provenance(selection: str, scenario: Scenario, *, until: SupportsIndex, negative: str) -> str:
    """
    Methods, sources and adjustments of a projection as JSON, one entry per voivodeship.
    """

def read_bdl(path: str, *, layout: str, year: SupportsIndex | None = None, encoding: str | None = None) -> Reading:
    """
    Reads an export of GUS's local data bank; see `diagnoza.read_bdl`.
    """

def read_gus_projection(path: str, *, unit: str, scenario: str | None = None) -> Reading:
    """
    Reads a workbook of GUS's projection; see `diagnoza.read_gus_projection`.
    """

def read_tidy(path: str, schema: str, *, decimal: str = ".", delimiter: str | None = None, encoding: str | None = None) -> Reading:
    """
    Reads a CSV or Parquet file with a declared schema (JSON); see `diagnoza.read_tidy`.
    """

def select(spec: str, *, file: str, table_name: str | None = None, table: SupportsGetItem[int, SupportsIndex] | None = None, frame: Any | None = None, decimal: str = ".") -> Decision:
    """
    Runs a specification on a table (a frame with the Arrow PyCapsule interface, or the bytes of a CSV or
    Parquet file with its name) or on the embedded table it names; see `diagnoza.select`.
    """

def shipped_specs() -> list[tuple[str, str]]:
    """
    Specifications that come with the library: pairs of name and TOML text.
    """

def table(name: str) -> Table:
    """
    An embedded table by name.
    """

def table_info(name: str) -> str:
    """
    What the manifest says of one table, as JSON.
    """

def __getattr__(name: str) -> Incomplete: ...
