"""Need for services against what is there, by year and scenario, from the user's rates and supply."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from diagnoza import _native
from diagnoza.arguments import check_word, whole
from diagnoza.errors import InputError, UnknownUnitError
from diagnoza.files import content_of, write_new
from diagnoza.labels import format_number, label, scenario_label
from diagnoza.projection import NegativePolicy, scenario_of
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt
    import polars as pl

    from diagnoza._native import Scenario

__all__ = ["Needs", "needs", "needs_template"]

SupplyRule = Literal["constant", "planned_changes", "given_path"]
Template = Literal["rates", "supply"]


@dataclass(frozen=True, eq=False)
class Needs:
    """Need, supply and gap of units by service, scenario and year. Made by `needs`."""

    rows: pl.DataFrame
    first_gaps: pl.DataFrame
    provenance: dict[str, Any]
    """Methods, and inputs with their hashes: the user's files and the tables behind the population."""
    rates_used: dict[str, Any]
    supply_used: dict[str, Any]

    def frame(self) -> pl.DataFrame:
        """One row per unit, service, scenario and year.

        Returns:
            Columns unit, name, service, service_pl, service_en, need_unit (persons; hours or visits a year), scenario,
            year (31 XII), status (of the population), need, supply, gap (need less supply), coverage (supply over
            need), missing (why gap is null), need_low, need_high (lowest and highest scenario: no interval of any
            probability; null with one scenario).
        """
        return self.rows

    @property
    def gap(self) -> pl.DataFrame:
        """When the gap opens: one row per unit, service and scenario.

        Columns unit, name, service, service_pl, service_en, need_unit, scenario, state (opens, from_start,
        none_until, unknown), year (of the state), until (the last year) and its need, supply, gap, coverage.
        """
        return self.first_gaps

    @property
    def rates(self) -> pl.DataFrame:
        """The user's rates: service, sexes (F, M, T), ages, rate, unit, year, basis, source."""
        import polars as pl

        rows = [
            {
                "service": service["service"],
                "sexes": rate["sexes"],
                "ages": rate["ages"],
                "rate": rate["rate"],
                "unit": service["unit"],
                "year": rate["year"],
                "basis": rate["basis"],
                "source": rate["source"],
            }
            for service in self.rates_used["services"]
            for rate in service["rates"]
        ]
        return pl.DataFrame(rows, schema_overrides={"rate": pl.Float64})

    def plot(
        self, *, unit: str | None = None, service: str | None = None, lang: Literal["pl", "en"] = "pl"
    ) -> alt.VConcatChart:
        """Draw need under each scenario, supply and the gap, with the sources of the rates.

        Args:
            unit: code; may be left out where there is one.
            service: service kind; may be left out where there is one.
            lang: ``"pl"`` or ``"en"``.

        Raises:
            UnknownUnitError, InputError: a unit or service that is not there, or that must be named.
        """
        import polars as pl

        from diagnoza.plot.need_gap import need_gap

        unit = _one("unit", unit, self.rows["unit"].unique(maintain_order=True).to_list())
        service = _one("service", service, self.rows["service"].unique(maintain_order=True).to_list())
        chosen = self.rows.filter(pl.col("unit") == unit, pl.col("service") == service)
        return need_gap(chosen, lang=lang, sources=self._sources(unit, service, lang))

    def _sources(self, unit: str, service: str, lang: str) -> list[str]:
        """Return what a chart says of its rates and supply."""
        used = next(one for one in self.rates_used["services"] if one["service"] == service)
        lines = []
        for rate in used["rates"]:
            number = _number(rate["rate"], lang)
            ages = label(
                "need.ages", lang, sex=label(f"sex.{rate['sexes']}", lang), ages=rate["ages"].replace("-", "–")
            )
            basis = f", {rate['basis']}" if rate["basis"] else ""
            lines.append((f"{ages}: {number}", f"{rate['source']} ({rate['year']}{basis})"))
        by_source: dict[str, list[str]] = {}
        for figure, source in lines:
            by_source.setdefault(source, []).append(figure)
        measure = label(f"need.rate.{used['unit']}", lang)
        texts = [
            label("need.rates", lang, measure=measure, rates="; ".join(figures), source=source)
            for source, figures in by_source.items()
        ]
        if used["without_rate"]:
            ages = ", ".join(
                label("need.ages", lang, sex=label(f"sex.{hole['sexes']}", lang), ages=hole["ages"].replace("-", "–"))
                for hole in used["without_rate"]
            )
            texts.append(label("need.without_rate", lang, ages=ages))
        return [*texts, *self._supply_sources(unit, service, lang), *self._people(lang)]

    def _people(self, lang: str) -> list[str]:
        """Return the official projections behind the population; `provenance` has every table."""
        titles = [(one["publisher"], one["title"].split(": ")[0]) for one in self.provenance["inputs"]]
        found = dict.fromkeys(f"{office}, {title}" for office, title in titles if title.startswith("Prognoza"))
        return [label("need.people", lang, source="; ".join(found))] if found else []

    def _supply_sources(self, unit: str, service: str, lang: str) -> list[str]:
        services = self.supply_used["services"]
        own = services.get(unit, {}).get(service)
        given = [own] if own else self._parts(unit, service)
        if not given:
            return [label("need.no_supply", lang)]
        sources = dict.fromkeys(source for one in given for source in one["sources"])
        conversions = [one["conversion"] for one in given if one["conversion"]]
        factors = dict.fromkeys(
            f"{label('need.factor.' + one['name'], lang)}: {_number(one['factor'], lang)} ({one['source']})"
            for one in conversions
        )
        rule = label(f"need.rule.{self.supply_used['rule']}", lang)
        measure = label(f"need.capacity.{given[0]['measure']}", lang)
        text = label("need.supply", lang, measure=measure, source="; ".join(sources), rule=rule)
        return [text + (f"; {'; '.join(factors)}" if factors else "") + "."]

    def _parts(self, unit: str, service: str) -> list[dict[str, Any]]:
        """Return the supply of the powiats or gminas of a unit, whose sum is the unit's."""
        from diagnoza.territory import region

        place = region(unit)
        if place.level == "gmina":
            return []
        parts = place.gminas if place.level == "powiat" else place.powiats
        found = (self.supply_used["services"].get(part.code, {}).get(service) for part in parts)
        return [one for one in found if one]

    def _repr_html_(self) -> str:
        shown = self.first_gaps.drop("service_en", "need_unit")
        scenarios = ", ".join(scenario_label(word) for word in self.rows["scenario"].unique(maintain_order=True))
        years = self.rows["year"].to_list()
        head = (
            "<p><b>Zapotrzebowanie i zasoby</b>: "
            f"{escape(scenarios)}; {min(years)}–{max(years)}, stan na 31 XII. "
            "Stawki i zasoby podał użytkownik; rozpiętość wariantów nie jest przedziałem ufności.</p>"
        )
        return head + str(shown._repr_html_())


def needs(
    units: str | Region | Sequence[str | Region],
    *,
    rates: str | Path | pl.DataFrame,
    supply: str | Path | pl.DataFrame | None = None,
    supply_rule: SupplyRule = "constant",
    scenarios: Sequence[str | Path | Scenario] = ("main", "low", "high"),
    from_year: int = 2021,
    until: int = 2050,
    decimal: Literal[".", ","] = ".",
    negative: NegativePolicy = "refuse",
) -> Needs:
    """Compute the need for services and compare it with supply.

    need(t) = sum over sex and age of population(t) x rate. The rates are the user's, each with its year and source:
    the library ships none; `needs_template` writes an empty file. They stay as they are; the population changes.

    Args:
        units: selection such as ``"PL623"`` or ``"powiats:28"``, a region, or a list of them. Gminas of 28 have
            ten-year age groups to 80 and over, others single ages to 90 and over, and rates must fit them.
        rates: file (.toml, .csv, .parquet) or frame with columns service, unit (``persons_per_person``,
            ``hours_per_person``, ``visits_per_person``), sex (F, M, T), ages (``75-84``, ``85+``), rate, year, source;
            name_pl, name_en, basis; other_ages (``no_need`` where ages have no rate).
        supply: file or frame with columns unit, service, measure (``places``, ``staff``, ``hours``, ``visits``), year,
            value, source; kind (``stock``, ``change``), missing; conversion, factor, factor_source (such as
            ``persons_per_place``). A unit that is not in it is the sum of its powiats or gminas. Without any, supply is
            unknown, which is not 0.
        supply_rule: ``constant`` (the last stock stays), ``planned_changes`` (with the changes added),
            ``given_path`` (only the years given).
        scenarios: as in `project`, each of another name.
        from_year: first year, 2021 or later; gminas begin in 2022.
        until: last year, 2060 at most.
        decimal: decimal mark of CSV files.
        negative: as in `project`.

    Raises:
        ReadError: the files; the message lists every fault by row and column.
        UnknownUnitError, AmbiguousUnitError: the units.
        InputError, SpecError: years, ages that cut a group, scenarios.
    """
    import polars as pl

    check_word("supply_rule", supply_rule, get_args(SupplyRule))
    if isinstance(scenarios, str | Path):
        scenarios = [scenarios]
    rows, first_gaps, provenance, rates_used, supply_used = _native.needs(
        selection_text(units),
        [scenario_of(scenario) for scenario in scenarios],
        rates=content_of("rates", rates),
        supply=None if supply is None else content_of("supply", supply),
        supply_rule=supply_rule,
        from_year=whole("from_year", from_year),
        until=whole("until", until),
        decimal=decimal,
        negative=negative,
    )
    return Needs(
        pl.DataFrame(rows),
        pl.DataFrame(first_gaps),
        json.loads(provenance),
        json.loads(rates_used),
        json.loads(supply_used),
    )


def needs_template(path: str | Path, *, what: Template = "rates", decimal: Literal[".", ","] = ".") -> Path:
    """Write an empty file of rates or supply to fill in; it holds no figures.

    Args:
        path: a file ending in .csv or .toml that is not there yet.
        what: ``rates`` or ``supply``.
        decimal: ``","`` writes a CSV for a Polish spreadsheet: semicolons, and a mark that tells it UTF-8.

    Raises:
        InputError: the ending, or a file that is there already.
    """
    check_word("what", what, get_args(Template))
    check_word("decimal", decimal, (".", ","))
    ending = Path(path).suffix.lower()
    if ending not in (".csv", ".toml"):
        raise InputError(f"{path}: the ending must be .csv or .toml")
    text = _native.template({"rates": "need_rates", "supply": "supply"}[what] + ending)
    if ending == ".csv" and decimal == ",":
        return write_new(path, text.replace(",", ";"), encoding="utf-8-sig")
    return write_new(path, text)


def _one(what: str, given: str | None, there: list[str]) -> str:
    if given is None:
        if len(there) == 1:
            return there[0]
        raise InputError(f"name the {what}: there are {', '.join(there)}")
    if given not in there:
        error = UnknownUnitError if what == "unit" else InputError
        raise error(f"there is no {what} {given!r} here: expected one of {', '.join(there)}")
    return given


def _number(value: float, lang: str) -> str:
    """Write a number with as many decimals as its shortest writing has, six at most."""
    fraction = f"{value:.6f}".split(".")[1].rstrip("0")
    return format_number(value, lang, decimals=len(fraction))
