"""Migration: rates, schedules, residuals and the pool."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

SEVEN = {"a1": 0.1, "alpha1": 0.1, "a2": 0.2, "alpha2": 0.1, "mu2": 20, "lambda2": 0.4, "c": 0.003}
RETIREMENT = {"a3": 0.02, "alpha3": 0.25, "mu3": 67, "lambda3": 0.6}


def test_schedule_is_the_published_formula() -> None:
    x = np.arange(101)
    children = 0.1 * np.exp(-0.1 * x) + 0.003
    working = 0.2 * np.exp(-0.1 * (x - 20) - np.exp(-0.4 * (x - 20)))
    np.testing.assert_allclose(dg.rogers_castro(x, **SEVEN), children + working, atol=1e-15)
    retired = 0.02 * np.exp(-0.25 * (x - 67) - np.exp(-0.6 * (x - 67)))
    eleven = dg.rogers_castro(list(range(101)), **SEVEN, **RETIREMENT)
    np.testing.assert_allclose(eleven, children + working + retired, atol=1e-15)


def test_groups_are_means_and_standards_are_shares() -> None:
    single = dg.rogers_castro(range(20, 25), **SEVEN)
    assert dg.rogers_castro([20], **SEVEN, width=5) == pytest.approx([single.mean()])
    assert dg.standard_migration().shape == (101,) and dg.standard_migration(width=5).shape == (21,)
    assert dg.standard_migration().sum() == pytest.approx(1) == dg.standard_migration(width=5).sum()


@pytest.mark.parametrize("parameters", [7, 11])
def test_fit_gives_the_schedule_back(parameters: int) -> None:
    truth = SEVEN if parameters == 7 else {**SEVEN, **RETIREMENT}
    rates = dg.rogers_castro(range(101), **truth)
    fit = dg.fit_rogers_castro(range(101), rates, parameters=parameters)
    assert fit.rmse < 1e-10 and fit.converged
    assert fit.parameters == pytest.approx(truth, rel=1e-5)
    np.testing.assert_allclose(fit.rates(range(101)), rates, atol=1e-9)


def test_residual_finds_the_migrants_of_a_step() -> None:
    start = np.array([[100.0, 80.0, 60.0], [90.0, 70.0, 50.0]])
    survival = np.array([[0.99, 0.98, 0.9, 0.5], [0.99, 0.97, 0.85, 0.4]])
    migrants = np.array([[1.0, -2.0, 3.0], [0.0, 4.0, -5.0]])
    births = np.array([20.0, 21.0])
    aged = np.column_stack(
        [births * survival[:, 0], start[:, 0] * survival[:, 1], (start[:, 1:] * survival[:, 2:]).sum(axis=1)]
    )
    found = dg.residual_migration(start, aged + migrants, births=births, survival=survival)
    np.testing.assert_allclose(found.net, migrants, atol=1e-12)
    np.testing.assert_allclose(found.expected, aged)
    assert found.method == "forward"
    by_deaths = dg.residual_migration(start, start, births=births, deaths=np.zeros((1, 2, 3)))
    assert by_deaths.method == "cohort_deaths"
    assert by_deaths.net.sum() == pytest.approx(-births.sum())


@pytest.mark.parametrize("rule", ["shared", "exclude_origin"])
def test_pool_conserves_moves(rule: str) -> None:
    random = np.random.default_rng(1)
    population = random.uniform(0, 1000, (5, 2, 4))
    shares = dg.in_shares(random.uniform(1, 9, (5, 2, 4)))
    moves = dg.migration_pool(population, random.uniform(0, 0.1, (5, 2, 4)), shares, rule=rule)
    np.testing.assert_allclose(moves.from_pool.sum(axis=0), moves.into_pool.sum(axis=0), rtol=1e-15)
    assert moves.net.sum() == pytest.approx(0, abs=1e-9)


VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "migration"


def column(name: str, position: int) -> list[float]:
    if not VECTORS.exists():
        pytest.skip(f"{name}: ../shared/vectors is not here")
    with (VECTORS / name).open() as file:
        return [float(row[position]) for row in list(csv.reader(file))[1:]]


def test_published_curves_are_met() -> None:
    for name, schedule in (("rogers_castro_7par.csv", SEVEN), ("rogers_castro_11par.csv", {**SEVEN, **RETIREMENT})):
        np.testing.assert_allclose(dg.rogers_castro(range(101), **schedule), column(name, 1), rtol=0, atol=1e-9)
    for name, width in (("bayesPop_rcastro_annual.csv", 1), ("bayesPop_rcastro_5yr.csv", 5)):
        np.testing.assert_allclose(dg.standard_migration(width=width), column(name, 1), rtol=0, atol=1e-9)


def test_the_family_of_male_labour_is_that_of_the_united_nations() -> None:
    family = dg.un_male_labour()
    shares = np.array([dg.rogers_castro(range(121), **family[sex]) for sex in ("F", "M")])
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    migrants = 1000 * np.column_stack([shares[:, :100], shares[:, 100:].sum(axis=1)])
    wanted = column("un_family_male_labor_NM1000.csv", 2)
    np.testing.assert_allclose(migrants.ravel(), wanted, rtol=0, atol=1e-9)


def test_rates_have_the_people_at_risk_below() -> None:
    population = np.array([[[100.0], [200.0]], [[300.0], [400.0]], [[500.0], [600.0]]])
    moves = np.array([[[8.0], [10.0]], [[6.0], [8.0]], [[4.0], [6.0]]])
    np.testing.assert_allclose(dg.out_rates(moves, population), moves / population, rtol=1e-15)
    np.testing.assert_allclose(dg.in_rates(moves, population), moves / (population.sum(axis=0) - population))
    net, people = [[-50, 20], [10, 0]], [[1000, 500], [900, 400]]
    shares = dg.annual_proportions(net, people, years=5)
    np.testing.assert_allclose(shares, [[-0.01, 0.008], [10 / 4500, 0]])
    np.testing.assert_allclose(dg.net_from_proportions(shares, people, years=5), net, atol=1e-12)
    np.testing.assert_array_equal(dg.net_rates(net, people), dg.annual_proportions(net, people, years=1))


def test_proportions_are_those_of_the_projection() -> None:
    base, none = np.array([[100.0, 50.0], [100.0, 50.0]]), np.zeros((1, 2, 2))
    net = np.array([[5.0, -2.0], [10.0, 0.0]])
    flat = {"survival": np.ones((1, 2, 3)), "asfr": np.zeros((1, 2)), "srb": [1.06], "step": 5}
    moved = dg.cohort_component(
        base, migration=dg.annual_proportions(net, base, years=5)[None], migration_as="annual_proportions", **flat
    )
    still = dg.cohort_component(base, migration=none, **flat)
    assert moved.population[1].sum() - still.population[1].sum() == pytest.approx(net.sum())


def test_a_balance_and_cohorts() -> None:
    assert dg.net_of_balance(51_000, 50_600, births=350, deaths=620) == -130
    deaths = np.full((1, 2, 3), 4.0)
    np.testing.assert_allclose(dg.cohort_deaths(deaths, infant_share=0.7)[0], [3.4, 2.6, 2.0, 4.0])


ONES = np.ones((2, 2, 3))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.rogers_castro([0], **{**SEVEN, "c": float("nan")}), "c = NaN"),
        (lambda: dg.rogers_castro([1], **SEVEN, width=0), "width is 0"),
        (lambda: dg.standard_migration(width=2), "one of 1, 5"),
        (lambda: dg.rogers_castro([-1], **SEVEN), "age is -1 at position 0"),
        (lambda: dg.rogers_castro([0], **SEVEN, a3=0.1), "alpha3, mu3, lambda3 not given"),
        (lambda: dg.fit_rogers_castro(range(30), [0.1] * 30, parameters=9), "7, 11"),
        (lambda: dg.fit_rogers_castro(range(30), [0.0] * 30), "every rate is zero"),
        (lambda: dg.residual_migration(ONES[0], ONES[0], births=[1, 1]), "either survival or deaths"),
        (lambda: dg.residual_migration(ONES[0], ONES[0], births=[1], survival=ONES[0]), "girls and boys"),
        (lambda: dg.residual_migration(ONES[0], ONES[0], births=[1, 1], survival=ONES[0]), "survival has shape"),
        (lambda: dg.migration_pool(ONES, ONES, ONES), "in-shares of sex F at age position 0 add to 2"),
        (lambda: dg.migration_pool(ONES, ONES, ONES / 2, rule="all"), "shared, exclude_origin"),
        (lambda: dg.migration_pool(ONES[0], ONES, ONES), "population has 2 dimension"),
        (lambda: dg.net_rates([[1, 2], [0, 0]], [[9, 0], [9, 9]]), "2 moves of sex F at age position 1.*join ages"),
        (lambda: dg.net_rates([[np.nan, 2]] * 2, [[9, 9]] * 2), "migrants is NaN"),
        (lambda: dg.net_rates([[1, 2]] * 2, [[9, 9, 9]] * 2), "population has shape"),
        (lambda: dg.net_rates(ONES, ONES), "migrants has 3 dimensions"),
        (lambda: dg.annual_proportions(ONES[0], ONES[0], years=0), "years = 0"),
        (lambda: dg.annual_proportions(ONES[0], ONES[0], years=np.inf), "years is inf"),
        (lambda: dg.annual_proportions(ONES[0], ONES[0] * 1e308, years=9), "from a population of inf"),
        (lambda: dg.net_from_proportions(ONES[0], ONES[0] * 1e308, years=9), "net migration is inf"),
        (lambda: dg.out_rates(ONES, ONES * [[[0]], [[1]]]), "out-rate of area 0: 1 moves of sex F"),
        (lambda: dg.in_rates(ONES[:1], ONES[:1]), "in-rate of area 0.*population of 0"),
        (lambda: dg.out_rates(-ONES, ONES), "departures is -1 at area 0"),
        (lambda: dg.net_of_balance(-1, 5, births=1, deaths=1), "start = -1"),
        (lambda: dg.net_of_balance(0, 1.7e308, births=0, deaths=1.7e308), "can be added up"),
        (lambda: dg.cohort_deaths(ONES, infant_share=1.5), "infant = 1.5"),
    ],
)
def test_wrong_input_is_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
