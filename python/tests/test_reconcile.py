"""Raking of tables, reconciling of projections, scenarios put together."""

from __future__ import annotations

import pickle

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, SpecError


def test_margins_as_mapping_and_as_pairs_give_the_same() -> None:
    seed = np.arange(1.0, 25.0).reshape(2, 3, 4)
    truth = seed[::-1] ** 1.5
    margins = {0: truth.sum(axis=(1, 2)), (2, 1): truth.sum(axis=0).T}
    raked = dg.rake(seed, margins)
    assert np.allclose(raked.table.sum(axis=0), truth.sum(axis=0), rtol=1e-11)
    assert np.allclose(raked.table.sum(axis=(1, 2)), margins[0], rtol=1e-11)
    assert raked.factors[1].shape == (4, 3)
    product = seed * raked.factors[0][:, None, None] * raked.factors[1].T[None]
    assert np.allclose(raked.table, product, rtol=1e-11)
    pairs = dg.rake(seed.tolist(), [([0], margins[0]), ((2, 1), margins[2, 1])])
    assert np.array_equal(raked.table, pairs.table)
    assert raked.max_deviation <= 1e-12 and raked.iterations >= 1
    assert repr(raked).startswith("Raked(shape=[2, 3, 4], iterations=")


@pytest.mark.parametrize(
    ("margins", "said"),
    [
        ({0: [3, 7], 1: [4, 7]}, "margins 1 and 2 disagree"),
        ({0: [1, 2, 3]}, "margin 1 over axes \\[0\\] has shape"),
        ({2: [3, 7]}, "margin 1 has axes \\[2\\]"),
        ({-1: [3, 7]}, "axes of margin 1 at position 0 is -1"),
        ({0: [np.nan, 7]}, "margin 1 is NaN"),
        ({0: ["x", 7]}, "margin 1: expected numbers"),
        ({}, "no margin"),
    ],
)
def test_margins_that_cannot_be_are_refused(margins: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        dg.rake([[1, 2], [3, 4]], margins)


def test_a_row_of_zeros_with_a_target_is_refused() -> None:
    with pytest.raises(InputError, match=r"margin 1 at \[0\] is 3"):
        dg.rake([[0, 0], [3, 4]], {0: [3, 7]})


def projected(people: float, survival: float, births: float, net: float) -> dg.CohortProjection:
    ages, years = 5, 3
    asfr = np.zeros((years, ages))
    asfr[:, 2:4] = births
    return dg.cohort_component(
        np.full((2, ages), float(people)),
        np.full((years, 2, ages + 1), survival),
        asfr,
        np.full(years, 1.06),
        np.full((years, 2, ages), float(net)),
    )


def test_areas_are_reconciled_by_flows() -> None:
    areas = [projected(1000, 0.95, 0.3, -5), projected(400, 0.93, 0.25, 4)]
    upper = projected(1400, 0.955, 0.28, 1)
    found = dg.reconcile(areas, upper)
    stocks = sum(area.population for area in found.areas)
    assert np.allclose(stocks, upper.population, rtol=1e-11)
    for area in found.areas:
        change = area.population[1:].sum(axis=2) - area.population[:-1].sum(axis=2)
        flows = area.births - area.deaths.sum(axis=2) + area.net_migration.sum(axis=2)
        assert np.allclose(change, flows, atol=1e-8)
    assert found.factors.columns == ["step", "sex", "age", "component", "wanted", "factor", "capped", "left"]
    assert set(found.factors["component"]) == {"births", "deaths", "net_gains", "net_losses"}
    assert found.factors["factor"].is_between(0.5, 2.0).all()
    with pytest.raises(InputError, match="at the jump-off"):
        dg.reconcile(areas, projected(1500, 0.95, 0.3, 0))
    raked = dg.reconcile(areas, projected(1500, 0.95, 0.3, 0), jump_off="rake")
    assert np.allclose(sum(area.population[0] for area in raked.areas), 1500)
    with pytest.raises(InputError, match="leftover='drop' is not known"):
        dg.reconcile(areas, upper, leftover="drop")


def test_scenarios_add_up() -> None:
    fewer = dg.Scenario("TFR 1.1", base="main").tfr(1.1, from_year=2025)
    still = dg.Scenario.reference("zero_migration")
    both = fewer + still
    assert both.name == "TFR 1.1 + zero migration"
    assert both == dg.Scenario.from_toml(both.to_toml()) == pickle.loads(pickle.dumps(both))
    components = dg.project("PL623", scenario=both, until=2030).components().filter(pl.col("year") >= 2025)
    assert np.allclose(components["tfr"], 1.1) and (components["net_migration"] == 0).all()
    swapped = dg.project("PL623", scenario=still + fewer, until=2030).components().filter(pl.col("year") >= 2025)
    assert components["births"].to_list() == swapped["births"].to_list()
    assert dg.Scenario("main") + fewer == fewer
    with pytest.raises(SpecError, match="undoes change 1"):
        fewer + fewer
    with pytest.raises(SpecError, match="different official variants"):
        fewer + dg.Scenario("low")


def test_references_and_directions() -> None:
    held = dg.project("2816", scenario=dg.Scenario.reference("constant_rates"), until=2040).components()
    assert held["tfr"].max() - held["tfr"].min() < 1e-9
    migration = held["net_migration"]
    assert migration.max() - migration.min() < 1e-6
    losses = dg.Scenario("half", base="main").net_migration(0.5, from_year=2023, direction="losses")
    main = dg.project("PL623", until=2030).components()["net_migration"].sum()
    assert dg.project("PL623", scenario=losses, until=2030).components()["net_migration"].sum() > main
    with pytest.raises(InputError, match="direction='in' is not known"):
        losses.net_migration(0.5, from_year=2023, direction="in")
    with pytest.raises(InputError, match="kind='x' is not known"):
        dg.Scenario.reference("x")


def test_a_margin_alone_goes_where_its_shape_fits() -> None:
    seed = np.arange(1.0, 31.0).reshape(3, 2, 5)
    goal = seed * np.array([1.2, 0.9, 1.1])[:, None, None]
    area, rest = goal.sum(axis=(1, 2)), goal.sum(axis=0)
    named = dg.rake(seed, {0: area, (1, 2): rest})
    assert np.array_equal(dg.rake(seed, [area, rest]).table, named.table)
    with pytest.raises(dg.errors.InputError, match="fits axes none"):
        dg.rake(seed, [rest[:, :4]])
    with pytest.raises(dg.errors.InputError, match=r"\[0\] or \[1\]"):
        dg.rake(np.ones((2, 2)), [[1.0, 1.0]])
