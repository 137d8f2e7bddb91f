"""Trajectories of the own forecast: few paths, so that they are quick."""

from __future__ import annotations

import importlib
import json
import pickle

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.cli import main
from diagnoza.errors import InputError

FEW = {"draws": 20, "until": 2035, "progress": False, "threads": 2}


@pytest.fixture(scope="module")
def made() -> dg.Simulation:
    return dg.simulate("subregions:28", **FEW)


def test_frame_has_a_row_for_every_unit_indicator_and_year(made: dg.Simulation) -> None:
    frame = made.frame()
    assert frame.columns[:6] == ["unit", "name", "year", "indicator", "mean", "central"]
    assert frame.columns[6:] == ["q0.025", "q0.1", "q0.25", "q0.5", "q0.75", "q0.9", "q0.975"]
    assert frame.height == 3 * len(made.indicators) * 11
    assert sorted(frame["unit"].unique()) == ["PL621", "PL622", "PL623"]
    assert sum(frame.null_count().row(0)) == 0
    assert (frame["q0.1"] <= frame["q0.5"]).all() and (frame["q0.5"] <= frame["q0.9"]).all()


def test_the_central_path_is_the_own_forecast(made: dg.Simulation) -> None:
    own = dg.project("subregions:28", scenario="own", from_year=2025, until=2035).frame()
    joined = made.frame().filter(pl.col("indicator") == "population").join(own, on=["unit", "year"])
    assert joined.height == 33
    assert (joined["central"] / joined["population"] - 1).abs().max() < 1e-9


def test_the_same_seed_gives_the_same_paths_for_any_units_and_threads(made: dg.Simulation) -> None:
    alone = dg.simulate("PL623", indicators=["population"], **{**FEW, "threads": 1})
    both = made.frame().filter(pl.col("unit") == "PL623", pl.col("indicator") == "population")
    assert alone.frame().equals(both)
    other = dg.simulate("PL623", indicators=["population"], seed=2, **FEW)
    assert not other.frame().equals(both)


def test_paths_and_pyramid_are_drawn_again_from_the_same_numbers(made: dg.Simulation) -> None:
    paths = made.paths("population")
    assert paths.columns == ["unit", "name", "path", "year", "value"] and paths.height == 3 * 20 * 11
    means = paths.group_by("unit", "year").agg(pl.col("value").mean())
    joined = made.frame().filter(pl.col("indicator") == "population").join(means, on=["unit", "year"])
    assert (joined["mean"] / joined["value"] - 1).abs().max() < 1e-12
    pyramid = made.pyramid(2035)
    assert pyramid.height == 3 * 2 * 19 and set(pyramid["sex"]) == {"F", "M"}
    assert sorted(pyramid["age"].unique()) == list(range(0, 95, 5))
    total = pyramid.group_by("unit").agg(pl.col("mean").sum().alias("sum"))
    joined = made.frame().filter(pl.col("indicator") == "population", pl.col("year") == 2035).join(total, on="unit")
    assert (joined["mean"] / joined["sum"] - 1).abs().max() < 1e-9


def test_the_record_says_where_every_parameter_comes_from(made: dg.Simulation) -> None:
    parameters = made.parameters
    assert {"name", "value", "method", "series", "first", "last", "values"} <= set(parameters.columns)
    assert "migration.common.level_sd" in parameters["name"].to_list()
    assert parameters["last"].max() <= 2024
    assert made.record["provenance"]["library_version"] == dg.__version__
    assert made.record["seed"] == 1 and made.record["jump_off"] == 2024
    assert pickle.loads(pickle.dumps(made)) == made
    assert "PL623" in made._repr_html_()


def test_settings_and_switches_change_the_width(made: dg.Simulation) -> None:
    def width(**options: object) -> float:
        frame = dg.simulate("PL623", indicators=["population"], **{**FEW, **options}).frame()
        row = frame.filter(pl.col("year") == 2035).row(0, named=True)
        return row["q0.9"] - row["q0.1"]

    assert width(fertility=False, mortality=False, migration=False) == 0
    assert 0 < width(mortality=False, migration=False) < width()
    assert width(settings={"migration.common.level_sd": 0.01}) > width()


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(dg.errors.UnknownUnitError, match="no trajectories of 2816033.*not for gminas"):
        dg.simulate("2816033", **FEW)
    with pytest.raises(dg.errors.UnknownUnitError, match="no trajectories of 0201"):
        dg.simulate("0201", **FEW)
    with pytest.raises(dg.errors.InputError, match="draws is 1: expected 2 or more"):
        dg.simulate("PL623", draws=1, progress=False)
    with pytest.raises(dg.errors.InputError, match="did you mean 'median_age'.*old_dependency"):
        dg.simulate("PL623", indicators=["median_agge"], **FEW)
    for bad in (0.0, 1.0, 1.5, float("nan")):
        with pytest.raises(dg.errors.InputError, match="probability"):
            dg.simulate("PL623", probabilities=[bad], **FEW)
    with pytest.raises(dg.errors.InputError, match="no parameter 'fertility.sd'.*fertility.common.sd"):
        dg.simulate("PL623", settings={"fertility.sd": 0.1}, **FEW)
    with pytest.raises(dg.errors.InputError, match="goes to 2060"):
        dg.simulate("PL623", draws=2, until=2061, progress=False)
    with pytest.raises(dg.errors.InputError, match="threads"):
        dg.simulate("PL623", draws=2, threads=0, progress=False)


def test_progress_is_told_and_can_stop_the_run() -> None:
    told: list[tuple[int, int]] = []
    dg.simulate("PL623", draws=20, until=2026, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (20, 20)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dg.simulate("PL623", draws=2000, threads=1, progress=stop)


def test_past_intervals_beside_what_happened() -> None:
    frame = dg.interval_coverage([2016, 2017], draws=30, threads=2)
    assert frame.height == 3 * 6 * (5 + 4) * 2
    inside = frame.group_by("level").agg(pl.col("inside").mean()).sort("level")["inside"].to_list()
    assert 0.5 < inside[0] <= inside[1] <= 1


def test_past_intervals_tell_how_far_they_are_and_refuse_what_means_nothing() -> None:
    told: list[tuple[int, int]] = []
    dg.interval_coverage([2016, 2017], draws=20, threads=1, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (40, 40)
    for level in (0.0, 1.0, 80.0):
        with pytest.raises(InputError, match="level"):
            dg.interval_coverage([2016], levels=[level], draws=20)
    with pytest.raises(InputError, match=r"'migration\.area\.sd' is of powiats"):
        dg.interval_coverage([2016], settings={"migration.area.sd": 0.0}, draws=20)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dg.interval_coverage([2016], draws=200, threads=1, progress=stop)


@pytest.mark.parametrize("indicator", ["population", "75+", "old_dependency", "births"])
def test_fan_chart_in_both_languages(made: dg.Simulation, indicator: str) -> None:
    for lang, word in (("pl", "przedział"), ("en", "interval")):
        svg = dg.plot.to_svg(made.plot(unit="PL623", indicator=indicator, lang=lang))
        assert "<svg" in svg and word in svg


def test_fan_chart_refuses_what_it_cannot_draw(made: dg.Simulation) -> None:
    with pytest.raises(dg.errors.InputError, match="name one of"):
        made.plot()
    with pytest.raises(dg.errors.InputError, match="indicator 'x'"):
        dg.plot.fan_chart(made.frame(), unit="PL623", indicator="x")
    with pytest.raises(dg.errors.InputError, match="no two quantiles"):
        dg.plot.fan_chart(made.frame().drop("q0.975", "q0.9", "q0.75"), unit="PL623")


def test_command_line(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    out, record = tmp_path / "fan.csv", tmp_path / "record.json"
    few = ["simulate", "--units", "PL623", "--until", "2027", "--draws", "8"]
    assert main([*few, "--indicators", "population,75+", "--record", str(record), "--out", str(out)]) == 0
    assert pl.read_csv(out).height == 2 * 3
    assert json.loads(record.read_text())["draws"] == 8
    assert main(["simulate", "--units", "2816033", "--out", str(out)]) == 3
    assert "not for gminas" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*few, "--set", "fertility.common.sd=x", "--out", str(out)])
    assert "expected a name and a number" in capsys.readouterr().err


def test_estimated_flows_are_not_drawn_as_observed(made: dg.Simulation, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {}
    module = importlib.import_module("diagnoza.plot.fan_chart")
    monkeypatch.setattr(module, "fan_chart", lambda *_, indicator, observed, **__: drawn.update({indicator: observed}))
    for indicator in ("births", "deaths", "net_migration", " population "):
        made.plot(unit="PL623", indicator=indicator, compare=())
    assert [len(drawn[name]) for name in ("births", "deaths", "net_migration", "population")] == [0, 0, 0, 4]


def test_spaces_around_indicators_are_of_no_account(made: dg.Simulation) -> None:
    found = dg.simulate("PL623", indicators=[" population", "75+ "], **FEW)
    assert found.indicators == ("population", "75+")
    assert found.paths(" population ").equals(found.paths("population"))
    with pytest.raises(InputError, match="indicators: 7 is no name"):
        dg.simulate("PL623", indicators=[7], **FEW)  # type: ignore[list-item]


@pytest.mark.parametrize("component", ["fertility", "mortality", "migration"])
def test_a_component_is_true_or_false(component: str) -> None:
    for wrong in ("no", 0, None):
        with pytest.raises(InputError, match=f"{component} is .*: expected True or False"):
            dg.simulate("PL623", **{**FEW, component: wrong})  # type: ignore[arg-type]


def test_a_simulation_has_no_hash(made: dg.Simulation) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)
    assert made == dg.simulate("subregions:28", **FEW)
