"""Migration: schedules, residuals and the pool."""

from __future__ import annotations

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
    ],
)
def test_wrong_input_is_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
