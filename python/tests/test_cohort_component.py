"""The cohort-component step, the Leslie matrix and the stable population on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

AGES = 4


def inputs(sexes: int = 2, moves: float = 0.0) -> dict[str, Any]:
    return {
        "base": np.full((sexes, AGES), 100.0),
        "survival": np.full((2, sexes, AGES + 1), 0.81),
        "asfr": np.array([[0.0, 0.2, 0.1, 0.0]] * 2),
        "srb": np.array([1.05, 1.05]),
        "migration": np.full((2, sexes, AGES), moves),
    }


def balances(run: dg.CohortProjection) -> bool:
    change = np.diff(run.population.sum(axis=2), axis=0)
    return np.allclose(change, run.births - run.deaths.sum(axis=2) + run.net_migration.sum(axis=2), rtol=1e-12)


def test_shapes_births_and_balance() -> None:
    run = dg.cohort_component(**inputs(moves=5.0), timing="end")
    assert run.population.shape == (3, 2, AGES) and run.deaths.shape == (2, 2, AGES + 1)
    assert run.births[0].sum() == pytest.approx(0.3 * 90.5)
    assert run.births_by_age[0].sum() == pytest.approx(run.births[0].sum())
    assert balances(run) and run.step == 1
    assert repr(run) == "CohortProjection(steps=2, step=1, sexes=2, ages=4)"


@pytest.mark.parametrize(("timing", "expected"), [("end", 81 + 10), ("even", 105 * 0.81 + 5), ("mid", 81 + 9)])
def test_timings(timing: str, expected: float) -> None:
    run = dg.cohort_component(**inputs(moves=10.0), timing=timing)
    assert run.population[1, 1, 1] == pytest.approx(expected, rel=1e-12)
    assert balances(run)


@pytest.mark.parametrize(
    ("form", "base", "persons"),
    [("counts", "start", 0.01), ("rates", "start", 5.0), ("rates", "mid", 4.525), ("annual_proportions", "start", 5.0)],
)
def test_forms_of_migration(form: str, base: str, persons: float) -> None:
    run = dg.cohort_component(**inputs(moves=0.01), migration_as=form, rate_base=base, step=5)
    assert run.net_migration[0, 0, 1] == pytest.approx(persons, rel=1e-12)
    assert balances(run) and run.step == 5


def test_females_alone_and_lists() -> None:
    both, females = inputs(), inputs(sexes=1)
    alone = dg.cohort_component(**females)
    assert alone.population.shape == (3, 1, AGES) and alone.births.shape == (2, 1)
    np.testing.assert_allclose(alone.population[:, 0], dg.cohort_component(**both).population[:, 0], rtol=1e-15)
    flat = {name: np.squeeze(value, axis=1 if value.ndim == 3 else 0) for name, value in females.items() if name in
            {"base", "survival", "migration"}}  # fmt: skip
    lists = {name: value.tolist() for name, value in flat.items()}
    again = dg.cohort_component(**lists, asfr=females["asfr"].tolist(), srb=1.05)
    assert (again.population == alone.population).all()


@pytest.mark.parametrize("timing", ["end", "even", "mid"])
def test_spread_keeps_the_total_and_lists_where_it_acted(timing: str) -> None:
    arrays = inputs()
    arrays["migration"][0, 1, 2] = -250.0
    with pytest.raises(InputError, match="sex M at age 2 in step 0"):
        dg.cohort_component(**arrays, timing=timing)
    run = dg.cohort_component(**arrays, timing=timing, negative="spread")
    assert run.net_migration[0, 1].sum() == pytest.approx(-250.0)
    assert (run.population >= 0).all() and balances(run)
    assert {row[:3] for row in run.adjustments} == {(0, "M", 2)}


def test_wrong_input_is_named() -> None:
    arrays = inputs()
    with pytest.raises(InputError, match=r"survival has shape"):
        dg.cohort_component(**{**arrays, "survival": arrays["survival"][:, :, 1:]})
    with pytest.raises(InputError, match="base is NaN"):
        dg.cohort_component(**{**arrays, "base": arrays["base"] * np.nan})
    with pytest.raises(InputError, match="base has 3 axes"):
        dg.cohort_component(**{**arrays, "base": [[[1.0]]]})
    with pytest.raises(InputError, match="timing='middle' is not known: expected one of end, even, mid"):
        dg.cohort_component(**arrays, timing="middle")
    with pytest.raises(InputError, match="counts, rates, annual_proportions"):
        dg.cohort_component(**arrays, migration_as="shares")
    with pytest.raises(InputError, match="step=2"):
        dg.cohort_component(**arrays, step=2)


def test_leslie_is_one_step_and_its_eigenvalue_the_growth() -> None:
    survival, fertility = [0.9, 0.95, 0.9, 0.8, 0.5], [0.0, 0.3, 0.2, 0.0]
    leslie = dg.leslie(survival, fertility, srb=1.05, step=5)
    values = np.linalg.eigvals(leslie.matrix)
    assert leslie.growth_rate == pytest.approx(abs(values).max(), rel=1e-12)
    assert leslie.r == pytest.approx(np.log(leslie.growth_rate) / 5, rel=1e-12)
    shares = leslie.stable_age_distribution
    np.testing.assert_allclose(leslie.matrix @ shares, leslie.growth_rate * shares, rtol=1e-12)
    value = leslie.reproductive_value
    np.testing.assert_allclose(value @ leslie.matrix, leslie.growth_rate * value, rtol=1e-12)
    assert leslie.elasticities.sum() == pytest.approx(1.0) and leslie.sensitivities.shape == (4, 4)
    assert leslie.damping_ratio == pytest.approx(leslie.growth_rate / sorted(abs(values))[-2], rel=1e-9)
    run = dg.cohort_component([1.0, 2, 3, 4], [survival], [fertility], 1.05, np.zeros((1, 4)), step=5)
    np.testing.assert_allclose(run.population[1, 0], leslie.matrix @ [1.0, 2, 3, 4], rtol=1e-14)
    again = dg.Leslie.from_matrix(leslie.matrix, step=5)
    assert again.growth_rate == leslie.growth_rate and "Leslie(ages=4" in repr(again)
    with pytest.raises(InputError, match="no age that can be reached has births"):
        dg.leslie(survival, [0.0] * 4, srb=1.05)
    with pytest.raises(InputError, match="survivors, bare_rate"):
        dg.leslie(survival, fertility, srb=1.05, oldest_mothers="x")


def test_stable_population() -> None:
    survival, fertility = [0.9, 0.95, 0.9, 0.8, 0.5], [0.0, 0.3, 0.2, 0.0]
    stable = dg.stable_population(survival, fertility, srb=1.05, step=5)
    leslie = dg.leslie(survival, fertility, srb=1.05, step=5)
    assert stable.net_reproduction_rate == pytest.approx(leslie.net_reproduction_rate, rel=1e-12)
    assert stable.birth_rate - stable.death_rate == pytest.approx(stable.r)
    assert stable.age_distribution.sum() == pytest.approx(1.0)
    assert stable.generation_length == pytest.approx(np.log(stable.net_reproduction_rate) / stable.r)
