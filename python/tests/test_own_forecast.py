"""The forecast from observed data and its backtests, as a researcher calls them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import polars as pl
import pytest

import diagnoza as dg

if TYPE_CHECKING:
    from pathlib import Path


def test_own_is_a_scenario_like_the_others() -> None:
    projection = dg.project("PL623", scenario="own", until=2050)
    frame = projection.frame()
    status = dict(zip(frame["year"], frame["status"], strict=True))
    assert [status[year] for year in (2021, 2022, 2023, 2024, 2025)] == [
        "observed",
        "observed",
        "estimated",
        "estimated",
        "projected",
    ]
    # GUS: 269,647 people in the subregion on 31 XII 2024.
    assert frame.filter(year=2024)["population"].item() == pytest.approx(269_647, abs=1e-6)
    (record,) = projection.record
    assert record["provenance"]["methods"]["forecast"] == "observed_regional_rates"
    publishers = {source["publisher"] for source in record["provenance"]["inputs"]}
    assert len(publishers) >= 3 and any("Mortality" in publisher for publisher in publishers)


def test_what_makes_own_differ_from_main() -> None:
    projection = dg.project("PL623", scenario="own", until=2050)
    parts = projection.difference("main")
    persons = dict(zip(parts["component"], parts["persons"], strict=True))
    total = persons.pop("total")
    assert sum(persons.values()) == pytest.approx(total, abs=1e-4)
    ours = projection.frame().filter(year=2050)["population"].item()
    assert ours - 228_942 == pytest.approx(total, abs=0.5)


def test_gminas_go_to_2050_in_every_base() -> None:
    for scenario in ("main", "own", "low"):
        gminas = dg.project("gminas:2816", scenario=scenario, until=2050).frame()
        powiat = dg.project("2816", scenario=scenario, until=2050).frame()
        for year in (2040, 2041, 2050):
            both = [frame.filter(year=year)["population"].sum() for frame in (gminas, powiat)]
            assert both[0] == pytest.approx(both[1], abs=1e-3)
    ages = dg.project("2816033", scenario="own", from_year=2022, until=2050).frame(by=["unit", "year", "sex", "age"])
    assert ages.filter(year=2050)["age"].unique().sort().to_list() == list(range(0, 90, 10))
    changed = dg.Scenario("lower", base="main").tfr(1.0, from_year=2025)
    with pytest.raises(dg.errors.InputError, match="gminas"):
        dg.project("2816033", scenario=changed, until=2030)


def test_backtest_beats_naive_forecasts() -> None:
    summary = dg.backtest(years=range(2018, 2022)).summary()
    assert summary.columns[:3] == ["method", "ages", "count"]
    mape = {(row["ages"], row["method"]): row["mape"] for row in summary.iter_rows(named=True)}
    for ages in ("0+", "75+"):
        others = [mape[ages, method] for method in ("no_change", "constant_rates", "hamilton_perry")]
        assert mape[ages, "own"] < min(others)
    records = dg.backtest([2022], methods=["own"]).frame()
    assert records.filter(pl.col("unit") == "28", pl.col("ages") == "75+")["observed"].item() == 99_704
    by_year = dg.backtest().summary(by="year")
    assert set(by_year["year"]) == set(range(2015, 2022))


def test_settings_and_wrong_requests() -> None:
    shipped = dg.backtest([2016]).summary()
    other = dg.backtest([2016], settings={"jump_off_years": 1}).summary()
    assert not shipped.equals(other)
    with pytest.raises(dg.errors.InputError, match="2021"):
        dg.backtest([2021])
    with pytest.raises(dg.errors.InputError, match="none of the years"):
        dg.backtest(years=[2030])
    with pytest.raises(dg.errors.InputError, match="2816033"):
        dg.project("2816033", scenario="own").difference("main")
    with pytest.raises(dg.errors.InputError, match="no_change"):
        dg.backtest(methods=["naive"])  # type: ignore[list-item]
    with pytest.raises(dg.errors.InputError, match="jump_of_years"):
        dg.backtest(settings={"jump_of_years": 1})
    with pytest.raises(dg.errors.UnknownUnitError, match="22"):
        dg.project("22", scenario="own")


def test_command_line(tmp_path: Path) -> None:
    out = tmp_path / "errors.csv"
    command = [
        sys.executable,
        "-m",
        "diagnoza",
        "backtest",
        "--jump-offs",
        "2016,2017",
        "--by",
        "year",
        "--out",
        str(out),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_text().startswith("method,ages,year,count,mpe,mape")
    command[5] = "2021"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and "2021" in done.stderr
