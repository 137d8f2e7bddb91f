"""The report on how uncertain the forecast is: figures of the simulation, both languages, the same bytes."""

from __future__ import annotations

import dataclasses
import functools
import html
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError
from diagnoza.labels import format_number, format_percent
from diagnoza.report import ReportData, build, write
from diagnoza.report.diagnosis import USED, USED_BY_THE_OWN, _uncertainty, diagnosis
from diagnoza.report.diagnosis_texts import TEXTS
from diagnoza.report.findings import Figures
from diagnoza.report.uncertainty import DRAWS, GROUPS, SEED, frame, intro, tables
from diagnoza.simulating import interval_coverage, simulate
from diagnoza.tables import embedded_name

LANGUAGES = ("pl", "en")
BANDS = (("q0.1", "q0.9"), ("q0.025", "q0.975"))


@functools.cache
def small(unit: str, lang: str) -> ReportData:
    """Return the report without what takes long to draw: the section is the same."""
    bare: dict[str, Any] = {"maps": (), "indicators": None, "profiles": (), "what_if": None, "what_ifs": ()}
    return dataclasses.replace(diagnosis(unit, lang=lang), resources=None, resources_note="", **bare)


@functools.cache
def page(unit: str, lang: str) -> str:
    """Return the page of the small report."""
    return build(small(unit, lang), lang=lang)


def section(of: str) -> str:
    """Return the section as text with plain spaces."""
    found = re.search(r'<section id="uncertainty">.*?</section>', of, re.DOTALL)
    assert found
    return html.unescape(found.group(0)).replace("\u00a0", " ")


def drawn(unit: str) -> pl.DataFrame:
    """Return a simulation made here, with other threads than the report's."""
    return simulate(unit, draws=DRAWS, until=2050, seed=SEED, threads=1, progress=False).frame()


def plain(value: float, lang: str) -> str:
    """Write a number as the page does, with plain spaces."""
    return format_number(value, lang).replace("\u00a0", " ")


@pytest.mark.parametrize(("unit", "parts"), [("28", 3), ("PL623", 6), ("2816", 0)])
def test_tables_are_those_of_the_simulation_and_of_gus(unit: str, parts: int) -> None:
    """Central, both intervals and GUS's main variant, by year and age; the parts in the last year."""
    lang = "en" if unit == "PL623" else "pl"
    shown = section(page(unit, lang))
    found = simulate(unit, draws=DRAWS, seed=SEED, indicators=list(GROUPS), threads=1, progress=False).frame()
    gus = (
        dg.project(unit, until=2050).frame(by=("unit", "year", "age")).filter(pl.col("year").is_in([2030, 2040, 2050]))
    )
    for word, age in GROUPS.items():
        for year in (2030, 2040, 2050):
            row = found.filter(indicator=word, year=year).row(0, named=True)
            spans = [f"{plain(row[low], lang)}–{plain(row[high], lang)}" for low, high in BANDS]
            main = gus.filter(pl.col("year") == year, pl.col("age") >= age)["population"].sum()
            cells = [plain(row["central"], lang), *spans, plain(main, lang)]
            assert "".join(f"<td>{cell}</td>" for cell in cells) in shown, (word, year)
    assert shown.count("<figure") == 1 and shown.count("<svg ") == 1
    made = tables(Figures(small(unit, lang)), lang)
    assert len(made) == (2 if parts else 1) and (not parts or len(made[1].rows) == parts)


def test_parts_are_those_of_the_simulation() -> None:
    """The subregions in 2050."""
    shown = section(page("28", "pl"))
    rows = drawn("subregions:28").filter(indicator="population", year=2050)
    assert rows.height == 3
    for row in rows.iter_rows(named=True):
        assert f"{plain(row['q0.025'], 'pl')}–{plain(row['q0.975'], 'pl')}" in shown
        assert f"Podregion {row['name']}</th><td>{plain(row['central'], 'pl')}</td>" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_say_what_the_figures_are(lang: str) -> None:
    """Bounds, draws, seed, and how past intervals did; what the text says of them is true."""
    shown = section(page("28", lang))
    row = drawn("28").filter(indicator="population", year=2050).row(0, named=True)
    for column in ("central", "q0.025", "q0.1", "q0.9", "q0.975"):
        assert plain(row[column], lang) in shown.split("<figure")[0]
    past = interval_coverage(draws=DRAWS, seed=SEED, threads=1)
    share = {
        (ages, level): inside
        for ages, level, inside in past.group_by("ages", "level").agg(pl.col("inside").mean()).rows()
    }
    for key in (("0+", 0.8), ("0+", 0.95), ("75+", 0.8), ("75+", 0.95)):
        assert format_percent(share[key], lang, decimals=0).replace("\u00a0", " ") in shown
        assert share[key] > key[1] if key[0] == "0+" else share[key] < key[1]
    late = past.filter(pl.col("ages") == "75+", pl.col("level") == 0.8).group_by(pl.col("year") >= 2020)
    inside = dict(late.agg(pl.col("inside").mean()).rows())
    assert inside[True] < 0.8 <= inside[False]
    told = ("1 000 trajektorii (ziarno losowania 1)", "a nie prawdopodobieństwo", "2014–2017", "do 31 XII 2024")
    english = ("1,000 trajectories (seed 1)", "not a probability", "2014–2017", "31 December 2024")
    for words in told if lang == "pl" else english:
        assert words in shown


@pytest.mark.parametrize(
    ("main", "said"),
    [(1.0, "inside the 80%"), (1.12, "outside the 80% interval, but inside"), (0.5, "below the 95%"), (2.0, "above")],
)
def test_where_gus_main_lies_is_computed(main: float, said: str) -> None:
    """A main variant moved about the central path lies where it is said to lie."""
    data = small("28", "en")
    figures = Figures(data)
    rows = frame(figures)
    assert rows is not None
    end = rows.filter(unit="28", indicator="population", year=2050).row(0, named=True)
    moved = data.population.with_columns(population=pl.col("population") * (end["central"] * main / end["gus_main"]))
    assert said in intro(Figures(dataclasses.replace(data, population=moved)), "en")


@pytest.mark.parametrize(("unit", "name"), [("22", "pomorskie"), ("02", "dolnośląskie"), ("2816033", "Pisz")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_without_an_own_forecast_says_why(unit: str, name: str, lang: str) -> None:
    """No intervals, no chart, no table: one sentence."""
    words = {key: pair[LANGUAGES.index(lang)] for key, pair in TEXTS.items()}
    made, why = _uncertainty(dg.region(unit), [], words, lang)
    assert made is None and name.casefold() in why.casefold()
    shown = section(build(dataclasses.replace(small("2816", lang), uncertainty=None, uncertainty_note=why), lang=lang))
    assert html.unescape(why).replace("\u00a0", " ") in shown
    assert "<figure" not in shown and "<table" not in shown


def test_nothing_to_say_is_no_section() -> None:
    """A report made without trajectories and without a reason has no heading for them."""
    assert 'id="uncertainty"' not in build(dataclasses.replace(small("2816", "pl"), uncertainty=None))


def test_same_bytes_for_any_threads_and_tables_beside(tmp_path: Path) -> None:
    """The page, CSV, Parquet and workbook do not depend on the threads that drew."""
    data = small("2816", "pl")
    made = data.uncertainty
    assert made is not None
    run = made.simulation
    again = simulate(run.units, draws=run.draws, seed=run.seed, indicators=run.indicators, threads=3, progress=False)
    past = interval_coverage(draws=DRAWS, seed=SEED, threads=3)
    other = dataclasses.replace(data, uncertainty=dataclasses.replace(made, simulation=again, past=past))
    first = write(data, tmp_path / "a").parent
    second = write(other, tmp_path / "b").parent
    assert (first / "files.json").read_bytes() == (second / "files.json").read_bytes()
    back = pl.read_parquet(first / "tables" / "uncertainty.parquet")
    assert back.height == len(GROUPS) * 26 and back["gus_main"].null_count() == 0
    assert pl.read_csv(first / "tables" / "uncertainty.csv").height == back.height
    book = pl.read_csv(first / "tables" / "uncertainty.csv").columns
    assert book == back.columns
    drawn_here = run.frame().sort("unit", "indicator", "year", maintain_order=True)
    assert back.select(drawn_here.columns).equals(drawn_here)


def test_every_input_of_the_own_forecast_is_a_source() -> None:
    """What the record names is in the list of sources, by its hash."""
    data = small("2816", "pl")
    assert data.uncertainty is not None
    inputs = {item["sha256"] for item in data.uncertainty.simulation.record["provenance"]["inputs"]}
    assert inputs <= {source.sha256 for source in data.sources}
    named = {embedded_name(sha256) for sha256 in inputs}
    assert {name for name, _, _ in USED_BY_THE_OWN} <= named
    assert not {name for name, _, _ in USED} & {name for name, _, _ in USED_BY_THE_OWN}


def test_trajectories_of_another_region_are_refused() -> None:
    """A report on 28 with trajectories of piski would show the wrong people."""
    with pytest.raises(InputError, match="trajectories have no region '28'; they have 2816"):
        dataclasses.replace(small("28", "pl"), uncertainty=small("2816", "pl").uncertainty)
