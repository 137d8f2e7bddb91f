"""Lee-Carter, Li-Lee and rates for a life expectancy."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

AGES = list(range(101))
YEARS = list(range(1990, 2020))


def rates(shift: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Gompertz rates that fall unevenly, with noise, and person-years."""
    noise = np.random.default_rng(seed)
    age, year = np.arange(101.0)[:, None], np.arange(30.0)[None, :]
    log_mx = -9.2 + 0.087 * age + shift - (0.03 - 0.0002 * age) * year + noise.normal(0, 0.03, (101, 30))
    return np.exp(log_mx), np.full((101, 30), 2e4) * np.exp(-age / 60)


def test_svd_is_that_of_numpy() -> None:
    mx, _ = rates()
    fitted = dg.LeeCarter(adjust="none").fit(mx, ages=AGES, years=YEARS)
    log_mx = np.log(mx)
    ax = log_mx.mean(axis=1)
    u, d, vt = np.linalg.svd(log_mx - ax[:, None], full_matrices=False)
    np.testing.assert_allclose(fitted.ax, ax, atol=1e-12)
    np.testing.assert_allclose(fitted.bx, u[:, 0] / u[:, 0].sum(), atol=1e-12)
    np.testing.assert_allclose(fitted.kt, d[0] * vt[0] * u[:, 0].sum(), atol=1e-9)
    assert fitted.explained == pytest.approx(d[0] ** 2 / (d**2).sum(), rel=1e-12)
    steps = np.diff(fitted.kt)
    assert fitted.drift == pytest.approx(steps.mean())
    assert fitted.drift_se == pytest.approx(steps.std(ddof=1) / np.sqrt(29))


def test_dt_gives_the_deaths_of_every_year() -> None:
    mx, exposure = rates()
    fitted = dg.LeeCarter(adjust="dt").fit(mx.tolist(), exposure=exposure, ages=np.arange(101.0), years=YEARS)
    model = np.exp(fitted.ax[:, None] + fitted.bx[:, None] * fitted.kt)
    np.testing.assert_allclose((model * exposure).sum(axis=0), (mx * exposure).sum(axis=0), rtol=1e-10)


def test_poisson_has_the_highest_likelihood() -> None:
    mx, exposure = rates()
    given = {"exposure": exposure, "ages": AGES, "years": YEARS}
    poisson = dg.LeeCarter(method="poisson").fit(mx, **given)
    for adjust in ("none", "dt", "dxt", "e0"):
        other = dg.LeeCarter(adjust=adjust).fit(mx, **given)
        assert other.log_likelihood < poisson.log_likelihood
        assert other.deviance > poisson.deviance
    assert dg.LeeCarter(adjust="e0").fit(mx, ages=AGES, years=YEARS).deviance is None


def test_weights_leave_cells_out_of_the_likelihood() -> None:
    mx, exposure = rates()
    weights = dg.cohort_weights(AGES, YEARS, clip=3)
    assert weights.shape == (101, 30) and (weights == 0).sum() == 12
    given = {"exposure": exposure, "ages": AGES, "years": YEARS}
    spoiled = np.where(weights == 0, 2 * mx, mx)
    poisson = dg.LeeCarter(method="poisson")
    clean, same = (poisson.fit(table, weights=weights, **given) for table in (mx, spoiled))
    np.testing.assert_allclose(clean.kt, same.kt, atol=1e-8)
    assert np.abs(poisson.fit(spoiled, **given).kt - clean.kt).max() > 1e-3
    for clip in (-1, 0, 10**6):
        with pytest.raises(InputError, match="clip"):
            dg.cohort_weights(AGES, YEARS, clip=clip)
    with pytest.raises(InputError, match="weights are for the Poisson"):
        dg.LeeCarter().fit(mx, weights=weights, **given)


def test_a_forecast_starts_from_what_it_is_told() -> None:
    mx, exposure = rates()
    fitted = dg.LeeCarter().fit(mx, exposure=exposure, ages=AGES, years=YEARS, sex="F")
    actual = fitted.forecast(31, level=0.95, jump_off="actual")
    assert (actual.years[0], actual.years[-1]) == (2020, 2050)
    np.testing.assert_allclose(actual.mx[:, 0], mx[:, -1] * np.exp(fitted.bx * fitted.drift), rtol=1e-12)
    assert (actual.lower < actual.mx).all() and (actual.mx < actual.upper).all()
    np.testing.assert_allclose(actual.kt, fitted.kt[-1] + fitted.drift * np.arange(1, 32), rtol=1e-12)
    known = fitted.forecast(31, level=0.95, jump_off="actual", uncertainty="innovations")
    assert (known.kt_se < actual.kt_se).all()
    assert (np.diff(actual.life_expectancy()) > 0).all()
    frame = actual.frame()
    assert frame.columns == ["year", "age", "mx", "lower", "upper"]
    assert frame.filter(year=2021, age=40)["mx"].item() == actual.mx[40, 1]


def test_paths_do_not_depend_on_their_number() -> None:
    mx, exposure = rates()
    fitted = dg.LeeCarter().fit(mx, exposure=exposure, ages=AGES, years=YEARS)
    few, many = (fitted.simulate(10, paths=paths, seed=28) for paths in (3, 300))
    assert many.mx.shape == (300, 101, 10) and many.kt.shape == (300, 10)
    np.testing.assert_array_equal(few.mx, many.mx[:3])
    ahead = fitted.forecast(10)
    inside = (many.kt[:, -1] > ahead.kt_lower[-1]) & (many.kt[:, -1] < ahead.kt_upper[-1])
    assert 0.72 < inside.mean() < 0.88


def test_years_may_be_left_out() -> None:
    mx, exposure = rates()
    keep = [t for t in range(30) if t not in (20, 21)]
    fitted = dg.LeeCarter().fit(mx[:, keep], exposure=exposure[:, keep], ages=AGES, years=[1990 + t for t in keep])
    whole = dg.LeeCarter().fit(mx, exposure=exposure, ages=AGES, years=YEARS)
    assert fitted.drift == pytest.approx(whole.drift, rel=0.02)


def test_li_lee_keeps_the_sexes_together() -> None:
    (f, f_lived), (m, m_lived) = rates(), rates(shift=0.5, seed=2)
    given = {"exposure": {"F": f_lived, "M": m_lived}, "ages": AGES, "years": YEARS}
    fitted = dg.LiLee(deviation="ar1").fit({"F": f, "M": m}, **given)
    ahead = fitted.forecast(150, jump_off="actual")
    ratio = ahead["M"].mx / ahead["F"].mx
    np.testing.assert_allclose(ratio[:, -1], ratio[:, -2], rtol=1e-9)
    assert ahead["M"].sex == "M" and set(ahead.frame()["population"]) == {"F", "M"}
    common, paths = fitted.simulate(5, paths=20, seed=1)
    assert common.shape == (20, 5) and paths["F"].mx.shape == (20, 101, 5)
    assert fitted.populations["F"]["explained"] > fitted.populations["F"]["explained_common"] > 0.8
    with pytest.raises(InputError, match="M needs|exposure"):
        dg.LiLee().fit({"F": f, "M": m}, ages=AGES, years=YEARS)
    assert dg.LiLee(weights="equal").fit({"F": f, "M": m}, ages=AGES, years=YEARS).common.drift < 0


def test_rates_for_a_life_expectancy() -> None:
    mx, exposure = rates()
    fitted = dg.LeeCarter().fit(mx, exposure=exposure, ages=AGES, years=YEARS, sex="F")
    one = dg.mx_from_e0(85.0, fitted.ax, fitted.bx, ages=AGES, sex="F", rule="demography")
    several = dg.mx_from_e0([80.0, 85.0], fitted.ax, fitted.bx, ages=AGES, sex="F", rule="demography")
    assert one.shape == (101,) and several.shape == (101, 2)
    np.testing.assert_array_equal(one, several[:, 1])
    assert (several[:, 0] > several[:, 1]).all()
    both = dg.CoherentLeeCarter().fit(mx, rates(shift=0.5, seed=2)[0], ages=AGES, years=YEARS)
    assert both.bx.sum() == pytest.approx(1.0) and set(both.ax) == {"F", "M"}
    found = both.mx_from_e0(female=[86.0, 88.0], male=[80.0, 83.0])
    assert found["F"].shape == (101, 2) and (found["M"][30:] > found["F"][30:]).all()


def test_fitted_models_pickle() -> None:
    mx, exposure = rates()
    fitted = dg.LeeCarter().fit(mx, exposure=exposure, ages=AGES, years=YEARS)
    again = pickle.loads(pickle.dumps(fitted))
    assert again == fitted and again.record["method"] == {"estimation": {"svd": "dt"}, "zeros": "refuse"}
    np.testing.assert_array_equal(again.forecast(5).mx, fitted.forecast(5).mx)


def test_errors_name_the_age_and_the_year_or_the_words() -> None:
    mx, exposure = rates()
    given = {"exposure": exposure, "ages": AGES, "years": YEARS}
    wrong = mx.copy()
    wrong[7, 3] = np.nan
    with pytest.raises(InputError, match="mx is NaN at age 7 in 1993"):
        dg.LeeCarter().fit(wrong, **given)
    wrong[7, 3] = 0.0
    with pytest.raises(InputError, match="mx is 0 at age 7 in 1993"):
        dg.LeeCarter().fit(wrong, **given)
    filled = dg.LeeCarter(zeros="interpolate").fit(wrong, **given)
    assert [(cell["age"], cell["year"]) for cell in filled.record["interpolated"]] == [(7, 1993)]
    with pytest.raises(InputError, match="adjustment dt needs the exposure"):
        dg.LeeCarter().fit(mx, ages=AGES, years=YEARS)
    with pytest.raises(InputError, match="expected one of none, dt, dxt, e0"):
        dg.LeeCarter(adjust="dtx")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="30 x 101: expected 101 ages"):
        dg.LeeCarter().fit(mx.T, **given)
    with pytest.raises(InputError, match="dimensions"):
        dg.LeeCarter().fit(mx[0], **given)
    with pytest.raises(InputError, match="ages at position 0 is 'a': expected a whole number"):
        dg.LeeCarter().fit(mx, exposure=exposure, ages=["a"] * 101, years=YEARS)  # type: ignore[list-item]
    fitted = dg.LeeCarter().fit(mx, **given)
    for wrong_options in ({"level": 80.0}, {"level": float("nan")}, {"jump_off": "last"}):
        with pytest.raises(InputError):
            fitted.forecast(10, **wrong_options)
    for horizon in (0, -1, 500):
        with pytest.raises(InputError, match="horizon"):
            fitted.forecast(horizon)
    with pytest.raises(InputError, match="paths"):
        fitted.simulate(30, paths=10**9, seed=1)
    with pytest.raises(InputError, match="no values"):
        dg.mx_from_e0([], fitted.ax, fitted.bx, ages=AGES)
    with pytest.raises(InputError, match="out of reach"):
        dg.mx_from_e0(200.0, fitted.ax, [1.0] + [0.0] * 100, ages=AGES)
