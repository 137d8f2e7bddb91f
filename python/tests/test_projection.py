"""Projections: official figures, labels, what-ifs, frames that other libraries read."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, SpecError, UnknownUnitError


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("main", [401_160, 490_852, 228_942]),
        ("low", [364_573, 445_659, 206_057]),
        ("high", [432_150, 528_828, 248_506]),
    ],
)
def test_subregions_have_gus_totals_of_2050_and_2021(scenario: str, expected: list[int]) -> None:
    frame = dg.project("subregions:28", scenario=scenario, until=2050).frame()
    assert frame.columns == ["unit", "name", "scenario", "year", "population", "status"]
    assert frame.filter(year=2050)["population"].to_list() == expected
    assert frame.filter(year=2021)["population"].to_list() == [503_531, 595_895, 275_273]
    assert frame.filter(year=2021)["status"].unique().to_list() == ["observed"]


def test_every_row_is_labelled_observed_estimated_or_projected() -> None:
    frame = dg.project("PL623", until=2024).frame(by=("unit", "year", "sex", "age"))
    labels = dict(frame.select("year", "status").unique().sort("year").rows())
    assert labels == {2021: "estimated", 2022: "observed", 2023: "projected", 2024: "projected"}
    assert frame.height == 4 * 2 * 91
    by_sex = frame.filter(year=2021).group_by("sex").agg(pl.col("population").sum()).sort("sex")
    published = dg.project("PL623", until=2021).frame(by=("unit", "year", "sex")).sort("sex")
    assert np.allclose(by_sex["population"], published["population"], atol=1e-3)
    assert published["status"].to_list() == ["observed", "observed"]


def test_a_planners_what_if_for_elcki() -> None:
    still = dg.Scenario("no migration", base="main").net_migration(0.0, from_year=2023)
    lower = dg.Scenario("TFR 1.1", base="main").tfr(1.1, from_year=2025)
    assert (dg.project("PL623", scenario=still).components()["net_migration"] == 0).all()
    components = dg.project("PL623", scenario=lower).components()
    assert np.allclose(components.filter(pl.col("year") >= 2025)["tfr"], 1.1)
    main = dg.project("PL623").frame().filter(year=2050)["population"].item()
    fewer = dg.project("PL623", scenario=lower).frame().filter(year=2050)["population"].item()
    assert fewer < main


def test_components_balance_the_population() -> None:
    projection = dg.project("powiats:PL621", from_year=2022, until=2030)
    stocks = projection.frame().sort("unit", "year")
    change = stocks.with_columns(pl.col("population").diff().over("unit").alias("change")).drop_nulls()
    components = projection.components().sort("unit", "year")
    assert np.allclose(change["change"], components["change"], atol=1e-5)


def test_gminas_are_gus_own_projection() -> None:
    frame = dg.project("gminas:2816", until=2040).frame()
    assert frame["unit"].unique().len() == 4
    pisz = frame.filter(unit="2816033")
    assert pisz.filter(year=2021)["status"].item() == "observed"
    ages = dg.project("2816033", from_year=2022, until=2040).frame(by=("unit", "year", "age"))
    assert ages["age"].unique().sort().to_list() == list(range(0, 90, 10))
    total = ages.group_by("year").agg(pl.col("population").sum()).sort("year")
    assert total["population"].to_list() == pisz.filter(pl.col("year") >= 2022)["population"].to_list()


@pytest.mark.parametrize("scenario", ["main", "low"])
def test_gminas_add_to_their_powiat_in_every_scenario(scenario: str) -> None:
    years = [2030, 2040, 2050]
    gminas = dg.project("gminas:2816", scenario=scenario).frame().filter(pl.col("year").is_in(years))
    powiat = dg.project("2816", scenario=scenario).frame().filter(pl.col("year").is_in(years))
    total = gminas.group_by("year").agg(pl.col("population").sum()).sort("year")["population"]
    assert total.to_list() == pytest.approx(powiat["population"].to_list(), abs=1e-3)


def test_a_scenario_file_repeats_a_run(tmp_path: Path) -> None:
    scenario = dg.Scenario("mine", base="low", note="a test").e0_shift(1.0, from_year=2030, by=2040, sex="M")
    path = tmp_path / "mine.toml"
    path.write_text(scenario.to_toml(), encoding="utf-8")
    from_file = dg.project("2816", scenario=path)
    assert from_file.scenario == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    e0 = from_file.components().filter(year=2045)["e0_male"].item()
    low = dg.project("2816", scenario="low").components().filter(year=2045)["e0_male"].item()
    assert e0 == pytest.approx(low + 1.0, abs=1e-6)


def test_pandas_and_pyarrow_read_the_same_table() -> None:
    import pyarrow as pa

    table = dg._native.table("europop2019_totals")
    assert pa.table(table).num_rows == pl.DataFrame(table).height == pa.table(table).to_pandas().shape[0] == 26


def test_the_record_names_methods_and_sources() -> None:
    (record,) = dg.project("subregions:28").record
    assert record["provenance"]["methods"]["migration_timing"] == "end"
    assert all(source["sha256"] for source in record["provenance"]["inputs"])


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"units": "2899"}, UnknownUnitError, "2899"),
        ({"units": "28", "until": 2061}, InputError, "2061"),
        ({"units": "28", "from_year": 2019}, InputError, "2019"),
        ({"units": "28", "from_year": 2030, "until": 2029}, InputError, "2030"),
        ({"units": "gminas:28", "until": 2061}, InputError, "2061"),
        ({"units": "2201"}, InputError, "2201"),
        ({"units": "12"}, UnknownUnitError, "12"),
        ({"units": "28", "scenario": "medium"}, InputError, "main, low, high"),
        ({"units": "28", "scenario": "none.toml"}, InputError, "none.toml"),
        ({"units": "28", "negative": "zero"}, InputError, "refuse, spread"),
    ],
)
def test_wrong_requests_are_refused_with_their_place(arguments: dict, error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        dg.project(**arguments)


def test_too_much_emigration_names_powiat_and_year() -> None:
    tenfold = dg.Scenario("tenfold", base="main").net_migration(10.0, from_year=2023)
    with pytest.raises(InputError, match=r"2801, 20\d\d: net migration leaves -.*policy `spread`"):
        dg.project("powiats:28", scenario=tenfold)
    with pytest.raises(InputError, match=r"2801, 20\d\d: net emigration of sex F.*exceeds everybody"):
        dg.project("powiats:28", scenario=tenfold, negative="spread")
    spread = dg.project("2801", scenario=tenfold, until=2028, negative="spread")
    (adjusted,) = [record["adjustments"] for record in spread.record]
    assert adjusted["2801"][0]["persons"] > 0


def test_wrong_changes_are_refused() -> None:
    with pytest.raises(SpecError, match="0 to 10 children"):
        dg.Scenario("x", base="main").tfr(-1.0, from_year=2025)
    with pytest.raises(InputError, match="1025"):
        dg.Scenario("x", base="main").tfr(1.0, from_year=1025)
    with pytest.raises(SpecError, match="line 4"):
        dg.Scenario.from_toml('format = "diagnoza-scenario/1"\nname = "x"\nbase = "main"\nbse = 1\n')
