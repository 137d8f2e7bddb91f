"""
Native part of diagnoza: Rust behind the package `diagnoza`.
"""

from _typeshed import Incomplete, SupportsGetItem, SupportsLenAndGetItem
from typing import Any, SupportsFloat, SupportsIndex, final

@final
class Assessments:
    """
    Assessments of units on one table.
    """
    def frame(self, /) -> Table:
        """
        A row per unit, indicator and set of peers.
        """
    def json(self, /) -> str:
        """
        Everything as JSON: indicators, peers, settings, units.
        """

@final
class CohortProjection:
    """
    Stocks and flows of one projected area.

    `T` steps, `A` age groups, `K` sexes (females first; 1 for females alone). `population` (T+1, K, A); `births`
    (T, K); `deaths` (T, K, A+1), of those born in the step and then by age at its start; `net_migration` (T, K, A).
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
        Births by sex, (T, K): girls alone where females are projected alone.
        """
    @property
    def births_by_age(self, /) -> Incomplete:
        """
        Births of both sexes by age of mother, (T, A).
        """
    @property
    def deaths(self, /) -> Incomplete:
        """
        Deaths, birth cohort first and then by age at the start of the step, (T, K, A+1).
        """
    @property
    def net_migration(self, /) -> Incomplete:
        """
        Net migration in persons by age at the end of the step, adjustments included, (T, K, A).
        """
    @property
    def population(self, /) -> Incomplete:
        """
        Stocks at the jump-off and after every step, (T+1, K, A).
        """
    @property
    def step(self, /) -> int:
        """
        Years of an age group and of a step, 1 or 5.
        """
    @property
    def woman_years(self, /) -> Incomplete:
        """
        Woman-years the fertility rates were applied to, (T, A).
        """

@final
class Decision:
    """
    What running a specification comes to: a decision with its record, or the table that is missing.
    """
    def compare(self, /, first: str, second: str) -> str:
        """
        Two candidates side by side, as JSON.
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
    def publication(self, /) -> str:
        """
        The view for publication, as JSON.
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
    def why(self, /, unit: str) -> str:
        """
        Why a gmina is in or is not, and the least that would change it, as JSON.
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
class Leslie:
    """
    A Leslie matrix and what it leads to.
    """
    def __repr__(self, /) -> str: ...
    @property
    def damping_ratio(self, /) -> float | None:
        """
        Growth rate over the modulus of the second eigenvalue; None where all others are zero.
        """
    @property
    def elasticities(self, /) -> Incomplete:
        """
        Relative change of the growth rate with a relative change of every entry, (A, A).
        """
    @staticmethod
    def from_matrix(matrix: Incomplete, *, step: SupportsIndex = 1) -> Leslie:
        """
        Analyses a Leslie matrix made elsewhere (A, A): first row, diagonal below, last cell.
        """
    @property
    def generation_length(self, /) -> float:
        """
        Years in which the population grows by the net reproduction rate.
        """
    @property
    def generation_time(self, /) -> float:
        """
        Mean age of mothers in the stable population, years.
        """
    @property
    def growth_rate(self, /) -> float:
        """
        Growth in one step: the dominant eigenvalue.
        """
    @property
    def matrix(self, /) -> Incomplete:
        """
        The matrix, (A, A).
        """
    @property
    def net_reproduction_rate(self, /) -> float:
        """
        Daughters who replace a woman.
        """
    @property
    def r(self, /) -> float:
        """
        Intrinsic growth rate, per year.
        """
    @property
    def reproductive_value(self, /) -> Incomplete:
        """
        Reproductive value by age relative to the youngest, (A,).
        """
    @property
    def sensitivities(self, /) -> Incomplete:
        """
        Change of the growth rate with every entry that is not zero, (A, A).
        """
    @property
    def stable_age_distribution(self, /) -> Incomplete:
        """
        Shares of the age groups, (A,).
        """

@final
class LifeTable:
    """
    A life table; made by `diagnoza.LifeTable`.
    """
    def abridged(self, /) -> LifeTable:
        """
        The table in ages 0, 1 to 4 and five-year ages.
        """
    def ages(self, /) -> tuple[list[int], list[int | None]]:
        """
        Lower bounds and widths of the ages; the open age has no width.
        """
    def closed_at(self, /, age: SupportsIndex) -> LifeTable:
        """
        The table with a younger open age.
        """
    def columns(self, /) -> list[tuple[str, Incomplete]]:
        """
        Columns mx, ax, qx, lx, dx, Lx, Tx, ex.
        """
    def e0_interval(self, /, method: str, level: SupportsFloat | SupportsIndex, seed: SupportsIndex, draws: SupportsIndex) -> tuple[float, float, float, float]:
        """
        Lower end, upper end, estimate and standard error of life expectancy at birth.
        """
    def ex(self, /, age: SupportsIndex) -> float:
        """
        Life expectancy at an exact age.
        """
    @staticmethod
    def make(source: str, values: Incomplete, exposure: Incomplete | None, ages: SupportsGetItem[int, SupportsIndex], *, sex: str, a0: str | SupportsFloat | SupportsIndex, ax: str | Incomplete, radix: SupportsFloat | SupportsIndex | None) -> LifeTable:
        """
        Makes a table from `mx`, `qx` or `lx`, or from `deaths` with their `exposure`.
        """
    def moved(self, /, level: SupportsFloat | SupportsIndex, slope: SupportsFloat | SupportsIndex) -> LifeTable:
        """
        The table at another level and slope of mortality.
        """
    def record(self, /) -> str:
        """
        How the table was made, as JSON.
        """
    def survival_ratios(self, /, step: SupportsIndex, open_age: SupportsIndex | None, open_group: str) -> Incomplete:
        """
        Survival ratios, birth first, the open group last.
        """

@final
class OzpsForm:
    """
    A form of OZPS with what is wrong in it; see `diagnoza.ozps`.
    """
    def about(self, /) -> str:
        """
        Unit, kind, year, edition, signs and source as JSON.
        """
    def edition(self, /) -> str:
        """
        The edition as JSON.
        """
    def frame(self, /, english: bool) -> Table:
        """
        Fields in long form; labels in Polish, or in English.
        """
    def inputs(self, /, column: str) -> Table:
        """
        Counts of a column by the names under which indicators ask for them.
        """
    def json(self, /) -> str:
        """
        The form, its edition included, as JSON; `ozps_from_json` reads it back.
        """
    def shift(self, /, edition: str | None = None, *, forecasts: str = "drop") -> OzpsForm:
        """
        The next year's form, in this edition or another (name or text).
        """
    def template(self, /) -> str:
        """
        The form laid out for filling in, as JSON.
        """
    def template_csv(self, /) -> str:
        """
        The form laid out as CSV.
        """
    def violations(self, /, english: bool) -> Table:
        """
        Violations by place; messages in Polish, or in English.
        """

@final
class Raked:
    """
    A table raked to margins.
    """
    def __repr__(self, /) -> str: ...
    @property
    def factors(self, /) -> list[Incomplete]:
        """
        Factors on the seed, one array per margin.
        """
    @property
    def iterations(self, /) -> int:
        """
        Iterations made.
        """
    @property
    def max_deviation(self, /) -> float:
        """
        Largest relative deviation of a sum from its target.
        """
    @property
    def table(self, /) -> Incomplete:
        """
        The table, of the seed's shape.
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
    A scenario: a base and named, dated changes to it.

    Bases are GUS's variants `main`, `low`, `high`, and `own`, the forecast from observed data (voivodeship 28).

    Methods return a new scenario with one more change; `to_toml()` is the file that repeats it.
    """
    def __add__(self, other: object, /) -> Scenario:
        """
        The changes of this scenario and then the other's, on the official variant that both start from.
        """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, name: str = "main", *, base: str | None = None, note: str | None = None) -> Scenario: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def base(self, /) -> str:
        """
        What the changes start from.
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
    def net_migration(self, /, factor: SupportsFloat | SupportsIndex, *, from_year: SupportsIndex, by: SupportsIndex | None = None, direction: str | None = None, units: str | SupportsGetItem[int, str] | None = None) -> Scenario:
        """
        Net migration at every age times `factor`; 0 is no migration. With `direction` `gains` or `losses` only at the
        ages and sexes that gain or lose people.
        """
    @staticmethod
    def reference(kind: str, *, base: str = "main", from_year: SupportsIndex | None = None) -> Scenario:
        """
        A reference that other scenarios are read against: `constant_rates` (survival, fertility and net migration of
        `from_year` ever after) or `zero_migration` (nobody moves from then on); by default from the first projected year.
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
class StablePopulation:
    """
    Lotka's stable population of one sex.
    """
    def __repr__(self, /) -> str: ...
    @property
    def age_distribution(self, /) -> Incomplete:
        """
        Shares of the age groups, (A,).
        """
    @property
    def birth_rate(self, /) -> float:
        """
        Births per person-year.
        """
    @property
    def death_rate(self, /) -> float:
        """
        Deaths per person-year.
        """
    @property
    def generation_length(self, /) -> float:
        """
        Mean length of a generation, years.
        """
    @property
    def gross_reproduction_rate(self, /) -> float:
        """
        Daughters of a woman who does not die.
        """
    @property
    def mean_age(self, /) -> float:
        """
        Mean age of the population, years.
        """
    @property
    def mean_age_at_childbearing(self, /) -> float:
        """
        Mean age of mothers in the stable population, years.
        """
    @property
    def net_reproduction_rate(self, /) -> float:
        """
        Daughters who replace a woman under the life table.
        """
    @property
    def r(self, /) -> float:
        """
        Intrinsic growth rate, per year.
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

def ahp(matrix: Incomplete) -> tuple[Incomplete, float, float, float | None, float | None]:
    """
    Weights, eigenvalue, consistency index, random index and consistency ratio of pairwise comparisons.
    """

def arriaga(first: tuple[SupportsGetItem[int, SupportsFloat | SupportsIndex], SupportsGetItem[int, SupportsFloat | SupportsIndex]], second: tuple[SupportsGetItem[int, SupportsFloat | SupportsIndex], SupportsGetItem[int, SupportsFloat | SupportsIndex]], method: str) -> tuple[list[float], list[float], list[float]]:
    """
    Direct, indirect and total effects by age, in years, from `lx` and `Lx` of two life tables.
    """

def asfr(births: Incomplete, exposure: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]]) -> Incomplete:
    """
    Births over woman-years by age; see `diagnoza.asfr`.
    """

def assess(units: str | None, *, peers: SupportsGetItem[int, str], own_peers: str | None, table: Any | None, indicators: Any | None, directions: SupportsGetItem[int, tuple[str, str]], settings: str) -> Assessments:
    """
    Assesses units on the public indicators, or on a user's frames; see `diagnoza.assess`.
    """

def attack(publication: str, *, width: SupportsFloat | SupportsIndex | None = None) -> str:
    """
    The interval of every suppressed cell of a publication (JSON), as JSON; refused if one is narrower than
    `width`.
    """

def bachi(counts: SupportsGetItem[int, SupportsFloat | SupportsIndex], first: SupportsIndex, between: tuple[SupportsIndex, SupportsIndex]) -> str:
    """
    Bachi's index; see `diagnoza.bachi`. Returns the record as JSON.
    """

def backtest(jump_offs: SupportsGetItem[int, SupportsIndex], years: SupportsGetItem[int, SupportsIndex] | None, methods: SupportsGetItem[int, str], settings: str, *, by: SupportsGetItem[int, str] | None = None) -> Table:
    """
    Records, or errors summed up by keys, of past forecasts of the subregions of 28; see `diagnoza.backtest`.
    """

def basket_coverage(file: str, text: str, unit: str, known: str) -> str:
    """
    What a unit has of a basket (TOML) by the user's statements (JSON), as JSON.
    """

def births(rates: Incomplete, exposure: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]]) -> Incomplete:
    """
    Births of rates and woman-years; see `diagnoza.births`.
    """

def borda(x: Incomplete, directions: str, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None, ties: str) -> dict:
    """
    The sum of ranks.
    """

def borders(level: str) -> str:
    """
    Borders of the powiats or gminas of voivodeship 28 as GeoJSON text.
    """

def catalogue() -> str:
    """
    The catalogue as JSON: every indicator with a published definition, then the official names without one.
    """

def catalogue_inputs() -> str:
    """
    The figures that indicators are computed from, as JSON: name, unit, labels.
    """

def check_formula(formula: str) -> str:
    """
    Checks a formula given as JSON and returns it in one spelling.
    """

def class_breaks(values: SupportsGetItem[int, SupportsFloat | SupportsIndex], method: str, classes: SupportsIndex) -> str:
    """
    Classes of a map as JSON: method, limits, counts, fit; see `diagnoza.class_breaks`.
    """

def coherent_lee_carter(female: Incomplete, male: Incomplete, *, ages: SupportsGetItem[int, SupportsIndex], years: SupportsGetItem[int, SupportsIndex], method: str) -> str:
    """
    Fits `diagnoza.CoherentLeeCarter` to rates of females and males.
    """

def coherent_mx_from_e0(fitted: str, e0_female: SupportsGetItem[int, SupportsFloat | SupportsIndex], e0_male: SupportsGetItem[int, SupportsFloat | SupportsIndex], options: str) -> str:
    """
    Rates of both sexes for targets of life expectancy, as JSON.
    """

def cohort_component(base: Incomplete, survival: Incomplete, asfr: Incomplete, srb: Incomplete, migration: Incomplete, timing: str = "end", *, migration_as: str = "counts", rate_base: str = "start", step: SupportsIndex = 1, negative: str = "refuse") -> CohortProjection:
    """
    Projects one area with the cohort-component method, ages and steps of one or five years.

    `base` (K, A) females first, or (A,) for females alone; `survival` (T, K, A+1) birth first, then by age at the
    start of the step, the open group last; `asfr` (T, A) a year; `srb` (T,) or one number, boys per girl; `migration`
    (T, K, A) by age at the end of the step. With females alone the sex axis may be left out.

    `timing`: migrants come at the `end` of the step, `even` (half live through it, as the United Nations count) or
    `mid` (they live through half of it). `migration_as`: `counts` of persons in the step; `rates` per person-year of
    the population at the `start`, or its mean over the step without migration, `mid` (`rate_base`);
    `annual_proportions` of the stock at the start. `step` is 1 or 5 years. `negative`: `refuse` outflows that leave
    fewer than nobody, or `spread` them over other ages of the sex and list it. Raises `InputError` naming the array
    and the place.
    """

def cohort_deaths(deaths: Incomplete, infant: SupportsFloat | SupportsIndex) -> Incomplete:
    """
    Deaths by cohort (2, A+1) of deaths by year and age; see `diagnoza.cohort_deaths`.
    """

def cohort_weights(ages: SupportsGetItem[int, SupportsIndex], years: SupportsGetItem[int, SupportsIndex], *, clip: SupportsIndex) -> Incomplete:
    """
    Weights (ages x years) of 0 for the `clip` earliest and latest cohorts, 1 elsewhere.

    As R `StMoMo::genWeightMat`; for `diagnoza.LeeCarter(method="poisson")`.
    """

def components(selection: str, scenario: Scenario, *, until: SupportsIndex, negative: str) -> Table:
    """
    Births, deaths, net migration, fertility and life expectancy by unit and year; see `diagnoza.Projection`.
    """

def components_of_change(population: SupportsGetItem[int, SupportsFloat | SupportsIndex], births: SupportsGetItem[int, SupportsFloat | SupportsIndex], deaths: SupportsGetItem[int, SupportsFloat | SupportsIndex], net_migration: SupportsGetItem[int, SupportsFloat | SupportsIndex]) -> list[list[float]]:
    """
    Start, end, change, births, deaths, natural increase, net migration, residual and person-years by year; all years last.
    """

def compute_indicators(inputs: Any, *, ids: SupportsGetItem[int, str], formulas: str) -> Table:
    """
    Indicators from a frame of inputs and formulas as JSON; see `diagnoza.indicators`.
    """

def constant_rates(base: Incomplete, survival: Incomplete, asfr: Incomplete, srb: Incomplete, migration: Incomplete, *, steps: SupportsIndex, timing: str = "end", migration_as: str = "counts", rate_base: str = "start", step: SupportsIndex = 1, negative: str = "refuse") -> Incomplete:
    """
    Stocks when survival, fertility and migration of the last year stay: the baseline of a backtest.

    Takes what `cohort_component` takes and holds the last step of its arrays through `steps` steps. Returns
    stocks (steps, K, A), the jump-off not among them. Raises `InputError` naming the array and the place.
    """

def copeland(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], directions: str) -> dict:
    """
    Pairwise majorities.
    """

def coverage(targets: str, *, path: str | None = None, columns: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str | None]]] | None = None, encoding: str | None = None, frames: str = "{}", keys: str = "trim", step: str = "year") -> tuple[str, list[str]]:
    """
    Counts a register, a file or named columns, towards targets (TOML); the result as JSON, and the columns
    that mean nothing. See `diagnoza.coverage`.
    """

def data_weights(x: Incomplete, rule: str, directions: str | None) -> Incomplete:
    """
    Weights from the data by `entropy`, `critic` or `std`; directions as JSON, for CRITIC alone.
    """

def deinstitutionalisation(counts: str, measured: str, file: str, targets: str) -> tuple[str, str, str]:
    """
    Balance of institutions and community, progress towards targets and the targets, as JSON.
    """

def diagnose(unit: str, until: SupportsIndex) -> str:
    """
    The diagnosis of a unit as JSON; see `diagnoza.diagnose`.
    """

def diff_records(first: tuple[SupportsGetItem[int, SupportsIndex], str], second: tuple[SupportsGetItem[int, SupportsIndex], str]) -> str:
    """
    What differs between two records, each given with what messages call it, as JSON.
    """

def difference(selection: str, first: Scenario, second: Scenario, *, until: SupportsIndex, negative: str) -> Table:
    """
    Causes of the difference of two scenarios in a year; see `diagnoza.Projection.difference`.
    """

def electre3(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], directions: str, thresholds: str) -> dict:
    """
    ELECTRE III; the thresholds as JSON.
    """

def fertility_schedule(family: str, values: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]], evaluate: str, mean_age: SupportsFloat | SupportsIndex | None) -> Incomplete:
    """
    Shares of the total fertility rate by age; see `diagnoza.fertility_schedule`.
    """

def fit_fertility(rates: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]], family: str, evaluate: str, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None) -> str:
    """
    A fitted family as JSON; see `diagnoza.fit_fertility`.
    """

def fit_rogers_castro(ages: Incomplete, rates: Incomplete, parameters: SupportsIndex, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None) -> str:
    """
    A fitted schedule as JSON; see `diagnoza.fit_rogers_castro`.
    """

def forecast_errors(forecast: SupportsGetItem[int, SupportsFloat | SupportsIndex], observed: SupportsGetItem[int, SupportsFloat | SupportsIndex], zero_observed: str) -> tuple[int, float, float, float, float | None, float | None, float | None, int]:
    """
    Number of cells, ME, MAE, RMSE, MPE, MAPE, wAPE and number of observed zeros.
    """

def gdm(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], directions: str, scale: str) -> dict:
    """
    The generalised distance measure; the scale as JSON.
    """

def generalised_mean(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], power: SupportsFloat | SupportsIndex) -> dict:
    """
    The generalised mean.
    """

def graduate(counts: SupportsGetItem[int, SupportsFloat | SupportsIndex], starts: SupportsGetItem[int, SupportsIndex], *, method: str, open_group: str, last_age: SupportsIndex | None, structure: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None, empty_structure: str, negatives: str, totals: str, exposure: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None, smoothing: SupportsFloat | SupportsIndex | None, criterion: str) -> str:
    """
    Graduates counts by groups of ages; see `diagnoza.graduate`. Returns the record as JSON.
    """

def gross_flows(counts: Incomplete) -> list[Incomplete]:
    """
    Sums of gross flows (6, 2, A); see `diagnoza.gross_flows`.
    """

def gross_reproduction(rates: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]], srb: SupportsFloat | SupportsIndex) -> float:
    """
    Daughters per woman; see `diagnoza.gross_reproduction`.
    """

def hamilton_perry(earlier: Incomplete, later: Incomplete, steps: SupportsIndex, width: SupportsIndex, interval: SupportsIndex, mothers: tuple[SupportsIndex, SupportsIndex], caps: tuple[SupportsFloat | SupportsIndex, SupportsFloat | SupportsIndex] | None, empty: str) -> tuple[tuple[Incomplete, Incomplete], list[tuple[str, int, float, float]]]:
    """
    Ratios (2, A), stocks after each step (steps, 2, A), and the ratios that caps changed: sex, position, observed, used.
    """

def hellwig(x: Incomplete, directions: str, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None, ddof: SupportsIndex) -> dict:
    """
    Hellwig's measure of development.
    """

def in_shares(arrivals: Incomplete) -> Incomplete:
    """
    In-shares (areas, 2, A) of observed arrivals; see `diagnoza.in_shares`.
    """

def indicators(selection: str, scenario: Scenario, *, years: SupportsGetItem[int, SupportsIndex], ids: SupportsGetItem[int, str], peers: str, negative: str) -> Table:
    """
    Demographic indicators with the position among peers; see `diagnoza.indicators`.
    """

def interval_coverage(jump_offs: SupportsGetItem[int, SupportsIndex], *, levels: SupportsGetItem[int, SupportsFloat | SupportsIndex], draws: SupportsIndex, seed: SupportsIndex, settings: dict[str, SupportsFloat | SupportsIndex], threads: SupportsIndex, progress: Any | None = None) -> Table:
    """
    Past intervals beside what was observed; see `diagnoza.interval_coverage`.

    `progress` is called with the paths done and those of all jump-offs; Ctrl-C stops the run.
    """

def interval_quality(lower: SupportsGetItem[int, SupportsFloat | SupportsIndex], upper: SupportsGetItem[int, SupportsFloat | SupportsIndex], observed: SupportsGetItem[int, SupportsFloat | SupportsIndex], level: SupportsFloat | SupportsIndex) -> tuple[int, float, float, float, float, float]:
    """
    Number, coverage, shares below and above, mean width and mean score of intervals.
    """

def kannisto(mx: Incomplete, mx_men: Incomplete | None, ages: SupportsGetItem[int, SupportsIndex], *, fit: tuple[SupportsIndex, SupportsIndex] | None, start: SupportsIndex | None, end: SupportsIndex | None, step: SupportsIndex | None) -> tuple[list[int], list[float], list[float] | None]:
    """
    Ages and death rates with the highest ages by Kannisto's law: of one sex, or of women and then men.
    """

def kitagawa(rates1: SupportsGetItem[int, SupportsFloat | SupportsIndex], structure1: SupportsGetItem[int, SupportsFloat | SupportsIndex], rates2: SupportsGetItem[int, SupportsFloat | SupportsIndex], structure2: SupportsGetItem[int, SupportsFloat | SupportsIndex]) -> tuple[list[float], list[float], float, float]:
    """
    Parts of rates and structure by group, and the two crude rates.
    """

def kitagawa_many(rates: SupportsGetItem[int, SupportsGetItem[int, SupportsFloat | SupportsIndex]], structures: SupportsGetItem[int, SupportsGetItem[int, SupportsFloat | SupportsIndex]]) -> list[tuple[float, float, float]]:
    """
    Crude rate, effect of the rates and of the structure for each of several populations.
    """

def lee_carter(mx: Incomplete, exposure: Incomplete | None, weights: Incomplete | None, *, ages: SupportsGetItem[int, SupportsIndex], years: SupportsGetItem[int, SupportsIndex], sex: str | None, method: str) -> str:
    """
    Fits `diagnoza.LeeCarter`; `method` and the fitted model are JSON.
    """

def lee_carter_forecast(fitted: str, horizon: SupportsIndex, options: str) -> str:
    """
    Forecast of a fitted `diagnoza.LeeCarter` as JSON.
    """

def lee_carter_simulate(fitted: str, horizon: SupportsIndex, paths: SupportsIndex, seed: SupportsIndex, options: str) -> tuple[Incomplete, Incomplete]:
    """
    Paths of a fitted `diagnoza.LeeCarter`: the index (paths, years) and rates (paths, ages, years).
    """

def leslie(survival: Incomplete, fertility: Incomplete, *, srb: SupportsFloat | SupportsIndex, step: SupportsIndex = 1, oldest_mothers: str = "survivors") -> Leslie:
    """
    The Leslie matrix of one sex and its analysis.

    `survival` (A+1) birth first, the open group last; `fertility` (A) annual rates of all births; `srb` boys per
    girl; `step` 1 or 5 years. `oldest_mothers`: `survivors` as at every age, or `bare_rate` as the R package demogR.
    """

def lexicographic(x: Incomplete, directions: str, comparisons: str) -> dict:
    """
    Criteria one after another; the comparisons as JSON.
    """

def li_lee(populations: SupportsGetItem[int, tuple[str, Incomplete, Incomplete | None, str | None]], *, ages: SupportsGetItem[int, SupportsIndex], years: SupportsGetItem[int, SupportsIndex], method: str) -> str:
    """
    Fits `diagnoza.LiLee` to (name, rates, exposure, sex) of every population.
    """

def li_lee_forecast(fitted: str, horizon: SupportsIndex, options: str) -> str:
    """
    Forecast of a fitted `diagnoza.LiLee` as JSON.
    """

def li_lee_simulate(fitted: str, horizon: SupportsIndex, paths: SupportsIndex, seed: SupportsIndex, options: str) -> tuple[Incomplete, dict[str, tuple[Incomplete, Incomplete]]]:
    """
    Paths of a fitted `diagnoza.LiLee`: the common index, and by population its deviation and rates.
    """

def life_expectancies(mx: Incomplete, *, ages: SupportsGetItem[int, SupportsIndex], sex: str | None, rule: str) -> list[float]:
    """
    Life expectancy at the first age of every column of rates (ages x columns); `rule` is JSON.
    """

def life_expectancy(survival: Incomplete) -> float:
    """
    Life expectancy of survival ratios; see `diagnoza.life_expectancy`.
    """

def manifest() -> str:
    """
    The manifest of the embedded data set as JSON: tables with source, basis, date, columns and hash.
    """

def mean_age_at_birth(rates: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]]) -> float:
    """
    Mean age of the rates; see `diagnoza.mean_age_at_birth`.
    """

def migration_direction(word: str) -> int:
    """
    Position of a direction on the first axis of gross flows.
    """

def migration_directions() -> list[str]:
    """
    Words of the directions in the order of the first axis of gross flows.
    """

def migration_pool(population: Incomplete, out_rates: Incomplete, in_shares: Incomplete, rule: str, departure_share: Incomplete | None, arrivals: Incomplete | None) -> list[Incomplete]:
    """
    Moves of a closed set of areas; see `diagnoza.migration_pool`.
    """

def migration_proportions(values: Incomplete, population: Incomplete, years: SupportsFloat | SupportsIndex, back: bool) -> Incomplete:
    """
    Rates of migrants of some years (2, A), or with `back` migrants of rates; see `diagnoza.annual_proportions`.
    """

def migration_rates(moves: Incomplete, population: Incomplete, arrivals: bool) -> Incomplete:
    """
    Out-rates, or in-rates, (areas, 2, A); see `diagnoza.out_rates` and `diagnoza.in_rates`.
    """

def mx_from_e0(target: SupportsFloat | SupportsIndex, ax: SupportsGetItem[int, SupportsFloat | SupportsIndex], bx: SupportsGetItem[int, SupportsFloat | SupportsIndex], *, ages: SupportsGetItem[int, SupportsIndex], sex: str | None, search: str) -> str:
    """
    Rates for one life expectancy, as JSON.
    """

def myers(counts: SupportsGetItem[int, SupportsFloat | SupportsIndex], first: SupportsIndex, between: tuple[SupportsIndex, SupportsIndex], rule: str) -> str:
    """
    Myers' blended index; see `diagnoza.myers`. Returns the record as JSON.
    """

def needs(selection: str, scenarios: SupportsGetItem[int, Scenario], *, rates: tuple[str, Any], supply: tuple[str, Any] | None, supply_rule: str, from_year: SupportsIndex, until: SupportsIndex, decimal: str, negative: str) -> tuple[Table, Table, str, str, str]:
    """
    Need, supply and gap: rows, first gaps, and as JSON provenance, rates and supply; see `diagnoza.needs`.
    """

def net_of_balance(start: SupportsFloat | SupportsIndex, end: SupportsFloat | SupportsIndex, births: SupportsFloat | SupportsIndex, deaths: SupportsFloat | SupportsIndex) -> float:
    """
    Net migration of a balance; see `diagnoza.net_of_balance`.
    """

def net_reproduction(rates: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]], srb: SupportsFloat | SupportsIndex, person_years: Incomplete) -> float:
    """
    Daughters per newborn girl; see `diagnoza.net_reproduction`.
    """

def no_change(stock: Incomplete, years: SupportsIndex) -> Incomplete:
    """
    The stock in every later year; see `diagnoza.no_change`.
    """

def normalise_criteria(x: Incomplete, directions: str, method: str, constant: str) -> Incomplete:
    """
    Criteria on one scale; directions and method as JSON of the core's types.
    """

def not_reproduced() -> str:
    """
    Published figures that do not come out, with the reasons, as JSON.
    """

def omission_cost(file: str, text: str) -> tuple[str, str]:
    """
    Cost of omission of a card, TOML by the file's name, else JSON, as JSON with the card.
    """

def ozps_edition(edition: str) -> str:
    """
    An edition by name, assessed year or the text of its file, checked, as JSON.
    """

def ozps_editions() -> str:
    """
    The shipped editions as JSON.
    """

def ozps_empty(unit: str, edition: str, year: SupportsIndex) -> OzpsForm:
    """
    An empty form of a unit, by code or name, for an assessed year.
    """

def ozps_from_json(json: str) -> OzpsForm:
    """
    A form from its JSON.
    """

def ozps_read(content: SupportsGetItem[int, SupportsIndex], name: str, *, edition: str | None = None, unit: str | None = None, unit_kind: str | None = None, year: SupportsIndex | None = None, zero: str | None = None, dot: str | None = None, dash: str | None = None, partial: bool | None = None, encoding: str | None = None) -> list[OzpsForm]:
    """
    Reads every form of a file; see `diagnoza.ozps.read`.
    """

def population(selection: str, scenario: Scenario, *, from_year: SupportsIndex, until: SupportsIndex, by_sex: bool, by_age: bool, negative: str) -> Table:
    """
    Population at 31 XII by unit and year, optionally by sex and age; see `diagnoza.project`.
    """

def project_parts(area: CohortProjection, bases: Incomplete, migration_difference: Incomplete, movers: Incomplete) -> tuple[list[Incomplete], float]:
    """
    Stocks of each part, (T+1, 2, A), and the factor farthest from 1; see `diagnoza.project_parts`.
    """

def promethee2(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], directions: str, preferences: str) -> dict:
    """
    PROMETHEE II; the preference functions as JSON.
    """

def provenance(selection: str, scenario: Scenario, *, until: SupportsIndex, negative: str) -> str:
    """
    Methods, sources and adjustments of a projection as JSON, one entry per voivodeship.
    """

def publication_view(levels: SupportsGetItem[int, str], across: str | None, rows: SupportsGetItem[int, tuple[SupportsGetItem[int, str], str | None, SupportsIndex, str | None, SupportsIndex | None]], rules: str, *, absent_is_zero: bool = False) -> str:
    """
    The publication view of counts, rows of path, class, count, contributor and largest part, with its audit,
    as JSON. See `diagnoza.publication_view`.
    """

def published_table(levels: SupportsGetItem[int, str], across: str | None, rows: SupportsGetItem[int, tuple[SupportsGetItem[int, str], str | None, SupportsIndex | None]], rules: str) -> str:
    """
    A table that somebody has published, rows of path, class and count or none, as JSON of a publication.
    """

def rake(seed: Incomplete, margins: SupportsGetItem[int, tuple[SupportsGetItem[int, SupportsIndex], Incomplete]], tolerance: SupportsFloat | SupportsIndex, max_iterations: SupportsIndex, margin_tolerance: SupportsFloat | SupportsIndex) -> Raked:
    """
    Rakes a table to margins, each the axes it keeps and its target.
    """

def read_bdl(path: str, *, layout: str, year: SupportsIndex | None = None, encoding: str | None = None) -> Reading:
    """
    Reads an export of GUS's local data bank; see `diagnoza.read_bdl`.
    """

def read_eurostat(path: str, *, format: str = "auto", encoding: str | None = None) -> Reading:
    """
    Reads a file of Eurostat; see `diagnoza.read_eurostat`.
    """

def read_gus_projection(path: str, *, unit: str, scenario: str | None = None) -> Reading:
    """
    Reads a workbook of GUS's projection; see `diagnoza.read_gus_projection`.
    """

def read_hmd(path: str, *, sex: str | None = None, encoding: str | None = None) -> Reading:
    """
    Reads a file of the Human Mortality Database; see `diagnoza.read_hmd`.
    """

def read_tidy(path: str, schema: str, *, decimal: str = ".", delimiter: str | None = None, encoding: str | None = None) -> Reading:
    """
    Reads a CSV or Parquet file with a declared schema (JSON); see `diagnoza.read_tidy`.
    """

def reconcile(areas: SupportsGetItem[int, CohortProjection], upper: CohortProjection, bounds: tuple[SupportsFloat | SupportsIndex, SupportsFloat | SupportsIndex], leftover: str, jump_off: str) -> tuple[list[CohortProjection], list[tuple[int, str, int | None, str, float | None, float, bool, float]]]:
    """
    Reconciles projections of areas with the upper level's: the areas and the factors used.
    """

def relational_logit(deaths: Incomplete, exposure: Incomplete, standard: tuple[SupportsGetItem[int, SupportsFloat | SupportsIndex], SupportsGetItem[int, SupportsFloat | SupportsIndex]], starts: SupportsGetItem[int, SupportsIndex], *, parameters: str, between: str, shrink: bool) -> str:
    """
    Fits one area (a single row), or many with shrinkage; see `diagnoza.relational_logit`. Returns the record as JSON.
    """

def relational_tables(standard: tuple[SupportsGetItem[int, SupportsFloat | SupportsIndex], SupportsGetItem[int, SupportsFloat | SupportsIndex]], levels: SupportsGetItem[int, SupportsFloat | SupportsIndex], slope: SupportsFloat | SupportsIndex, open: SupportsIndex) -> tuple[Incomplete, Incomplete]:
    """
    Death rates (ages 0 to open) and survival ratios (birth first) of a standard moved to each of the levels.
    """

def replay_decision(record: bytes, *, file: str, table_name: str | None = None, table: SupportsGetItem[int, SupportsIndex] | None = None, frame: Any | None = None, decimal: str = ".") -> Decision:
    """
    Makes the decision of a record again and compares it to the byte; see `diagnoza.replay`.
    """

def required_values(spec: str, *, file: str, published: SupportsGetItem[int, str] | None, floor: SupportsFloat | SupportsIndex | None, table: SupportsGetItem[int, SupportsIndex] | None = None, table_name: str | None = None, frame: Any | None = None, decimal: str = ".") -> str:
    """
    Bounds of unknown values for a published choice, as JSON; see `diagnoza.required_values`.
    """

def residual_by_deaths(start: Incomplete, end: Incomplete, births: SupportsLenAndGetItem[SupportsFloat | SupportsIndex], deaths: Incomplete, infant: SupportsFloat | SupportsIndex) -> tuple[Incomplete, Incomplete, str]:
    """
    Net migration between two stocks, by deaths of calendar years; see `diagnoza.residual_migration`.
    """

def residual_by_survival(start: Incomplete, end: Incomplete, births: SupportsLenAndGetItem[SupportsFloat | SupportsIndex], survival: Incomplete, method: str) -> tuple[Incomplete, Incomplete, str]:
    """
    Net migration between two stocks, by survival ratios; see `diagnoza.residual_migration`.
    """

def robustness(decision: Decision, *, settings: str, threads: SupportsIndex, progress: Any | None = None) -> str:
    """
    Robustness of a decision, as JSON; see `diagnoza.Selection.robustness`.
    """

def rogers_castro(ages: Incomplete, basic: SupportsLenAndGetItem[SupportsFloat | SupportsIndex], retirement: SupportsLenAndGetItem[SupportsFloat | SupportsIndex] | None, post_retirement: SupportsLenAndGetItem[SupportsFloat | SupportsIndex] | None) -> Incomplete:
    """
    Rates of a model schedule; see `diagnoza.rogers_castro`.
    """

def select(spec: str, *, file: str, table_name: str | None = None, table: SupportsGetItem[int, SupportsIndex] | None = None, frame: Any | None = None, decimal: str = ".") -> Decision:
    """
    Runs a specification on a table (a frame with the Arrow PyCapsule interface, or the bytes of a CSV or
    Parquet file with its name) or on the embedded table it names; see `diagnoza.select`.
    """

def service_basket(file: str, text: str) -> str:
    """
    A checked service basket as JSON, from TOML.
    """

def shift_life_expectancy(survival: Incomplete, years: SupportsFloat | SupportsIndex) -> Incomplete:
    """
    Survival ratios of another life expectancy; see `diagnoza.shift_life_expectancy`.
    """

def shipped_specs() -> list[tuple[str, str]]:
    """
    Specifications that come with the library: pairs of name and TOML text.
    """

def shipped_targets() -> list[tuple[str, str]]:
    """
    Sets of targets that come with the library: pairs of name and TOML text.
    """

def simulate(selection: str, *, draws: SupportsIndex, until: SupportsIndex, seed: SupportsIndex, indicators: SupportsGetItem[int, str], probabilities: SupportsGetItem[int, SupportsFloat | SupportsIndex], components: tuple[bool, bool, bool], settings: dict[str, SupportsFloat | SupportsIndex], threads: SupportsIndex, paths_of: str | None = None, progress: Any | None = None) -> tuple[Table, str, Table | None]:
    """
    Fans as a table, the record as JSON, and the paths of one indicator if wanted; see `diagnoza.simulate`.

    `progress` is called with the paths done and asked for; Ctrl-C stops the run.
    """

def smaa(x: Incomplete, given: Incomplete | None, drawn: tuple[SupportsIndex, SupportsIndex], at_least: SupportsGetItem[int, tuple[SupportsIndex, SupportsIndex]] | None, progress: Any | None = None) -> tuple[Incomplete, list[list[float] | None], int, str]:
    """
    Counts of ranks, central weights and the law of the weights as JSON.
    """

def smaa_pairwise(x: Incomplete, given: Incomplete | None, drawn: tuple[SupportsIndex, SupportsIndex], at_least: SupportsGetItem[int, tuple[SupportsIndex, SupportsIndex]] | None, progress: Any | None = None) -> Incomplete:
    """
    Share of draws in which the row beats the column.
    """

def spec_schema() -> str:
    """
    The JSON Schema of specifications, for editors.
    """

def stable_population(survival: Incomplete, fertility: Incomplete, *, srb: SupportsFloat | SupportsIndex, step: SupportsIndex = 1) -> StablePopulation:
    """
    Lotka's stable population of `survival` (A+1), annual `fertility` (A), boys per girl `srb`; `step` 1 or 5 years.
    """

def standard_migration(width: SupportsIndex) -> Incomplete:
    """
    Shares of migrants by age; see `diagnoza.standard_migration`.
    """

def structure_one_year_before(later: Incomplete, survival: Incomplete, totals: SupportsLenAndGetItem[SupportsFloat | SupportsIndex], groups: SupportsGetItem[int, tuple[str, SupportsIndex, SupportsIndex, SupportsFloat | SupportsIndex]]) -> Incomplete:
    """
    The stock of a year before; see `diagnoza.structure_one_year_before`.
    """

def table(name: str) -> Table:
    """
    An embedded table by name.
    """

def table_info(name: str) -> str:
    """
    What the manifest says of one table, as JSON.
    """

def template(name: str) -> str:
    """
    Text of an empty file by its name: need_rates, supply, service_basket, omission_card with .toml or .csv.
    """

def tfr_path_converging(years: tuple[SupportsIndex, SupportsIndex], start: tuple[SupportsIndex, SupportsFloat | SupportsIndex], end: tuple[SupportsIndex, SupportsFloat | SupportsIndex], shape: str) -> list[float]:
    """
    Total fertility rates of the years (first, last) on the way from (year, rate) to (year, rate).
    """

def tfr_path_given(years: tuple[SupportsIndex, SupportsIndex], tfr: SupportsFloat | SupportsIndex | None, given: SupportsGetItem[int, tuple[SupportsIndex, SupportsFloat | SupportsIndex]]) -> list[float]:
    """
    Total fertility rates of the years (first, last): one rate, or those given.
    """

def topsis(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex], directions: str, normalisation: str) -> dict:
    """
    TOPSIS; the normalisation as JSON.
    """

def total_fertility(rates: Incomplete, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]]) -> float:
    """
    Children per woman; see `diagnoza.total_fertility`.
    """

def trend(earlier: Incomplete, later: Incomplete, kind: str, interval: SupportsFloat | SupportsIndex, years: SupportsIndex) -> Incomplete:
    """
    Stocks whose total grows on; see `diagnoza.trend`.
    """

def un_male_labour() -> str:
    """
    Schedules of the United Nations' family of male labour migration as JSON, females first.
    """

def weighted_product(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex]) -> dict:
    """
    The weighted product.
    """

def weighted_sum(x: Incomplete, weights: SupportsGetItem[int, SupportsFloat | SupportsIndex]) -> dict:
    """
    The weighted sum.
    """

def which_specs(family: str, *, file: str, published: SupportsGetItem[int, str] | None, nearest: SupportsIndex, progress: Any | None = None, table: SupportsGetItem[int, SupportsIndex] | None = None, table_name: str | None = None, frame: Any | None = None, decimal: str = ".") -> str:
    """
    Specifications of a family that give a published choice, as JSON; see `diagnoza.which_specs`.
    """

def whipple(counts: SupportsGetItem[int, SupportsFloat | SupportsIndex], first: SupportsIndex, digits: SupportsGetItem[int, SupportsIndex], between: tuple[SupportsIndex, SupportsIndex]) -> str:
    """
    Whipple's index; see `diagnoza.whipple`. Returns the record as JSON.
    """

def woman_years(start: Incomplete, end: Incomplete, years: SupportsFloat | SupportsIndex, groups: tuple[SupportsGetItem[int, SupportsIndex], SupportsGetItem[int, SupportsIndex]]) -> Incomplete:
    """
    Woman-years between two stocks of women; see `diagnoza.woman_years`.
    """

def __getattr__(name: str) -> Incomplete: ...
