"""The relational logit model of small areas."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

# Synthetic: Gompertz mortality, ages 0 to 100 and over.
AGE = np.arange(101)
LX = np.exp(-0.0004 * (np.exp(0.09 * AGE) - 1))
AX = np.append(np.full(100, 0.5), 1.8)
EXPOSURE = np.linspace(300, 20, 91)


def deaths(level: float, size: float = 1.0) -> np.ndarray:
    logit = 0.5 * np.log((1 - LX[1:]) / LX[1:])
    alive = np.append(1.0, 1 / (1 + np.exp(2 * (level + logit))))
    lived = np.append(alive[1:] + 0.5 * (alive[:-1] - alive[1:]), 1.8 * alive[-1])
    rates = np.append((alive[:90] - alive[1:91]) / lived[:90], alive[90] / lived[90:].sum())
    return size * EXPOSURE * rates


def test_the_level_of_one_area_is_found() -> None:
    fit = dg.relational_logit(deaths(0.25), EXPOSURE, LX, AX)
    assert isinstance(fit, dg.RelationalLogit)
    assert fit.level == pytest.approx(0.25, abs=1e-7)
    assert fit.slope == 1 and fit.slope_error is None
    np.testing.assert_allclose(fit.mortality_rates(), deaths(0.25) / EXPOSURE, rtol=1e-6)
    assert fit.survival_ratios(85).shape == (87,)
    ages = list(range(0, 90, 5))
    grouped = np.add.reduceat(deaths(0.25), ages)
    both = dg.relational_logit(grouped, EXPOSURE, LX, AX, ages=ages, parameters="level_and_slope")
    assert isinstance(both, dg.RelationalLogit)
    assert both.level == pytest.approx(0.25, abs=1e-6) and both.slope == pytest.approx(1, abs=1e-6)


def test_small_areas_are_drawn_to_the_mean() -> None:
    sizes = [1e6, 1e6, 0.1, 0.1]
    died = np.stack([deaths(-0.2, 1e6), deaths(0.3, 1e6), deaths(0.9, 0.1), 0 * EXPOSURE])
    lived = np.stack([size * EXPOSURE for size in sizes])
    for between in ("dersimonian_laird", "reml"):
        found = dg.relational_logit(died, lived, LX, AX, between=between, areas=["A", "B", "C", "D"])
        assert isinstance(found, dg.SmallAreaMortality)
        frame = found.frame()
        assert frame["area"].to_list() == ["A", "B", "C", "D"]
        assert found.shrunken[:2] == pytest.approx([-0.2, 0.3], abs=1e-4)
        assert found.mean < found.shrunken[2] < 0.9
        assert frame["level"][3] is None and found.shrunken[3] == pytest.approx(found.mean)
        assert found.mortality_rates().shape == (4, 91)
        assert found.survival_ratios(100).shape == (4, 101)
        assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"deaths": 0 * EXPOSURE}, "nobody died in area 0"),
        ({"exposure": EXPOSURE[:50]}, "50 exposures were given"),
        ({"deaths": [EXPOSURE]}, "expected the same"),
        ({"standard_lx": LX[:50]}, "same ages"),
        ({"parameters": "both"}, "level, level_and_slope"),
        ({"between": "bayes"}, "dersimonian_laird, reml"),
    ],
)
def test_wrong_input_is_refused_in_words(change: dict[str, object], words: str) -> None:
    given = {"deaths": deaths(0.0), "exposure": EXPOSURE, "standard_lx": LX, "standard_ax": AX}
    with pytest.raises(InputError, match=words):
        dg.relational_logit(**{**given, **change})  # type: ignore[arg-type]
