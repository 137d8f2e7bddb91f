import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

AGES = [0, 1, *range(5, 101, 5)]
# Poland 2020-25, women (United Nations, World Population Prospects 2024).
MX = [
    0.00318574, 0.0001234, 7.49e-05, 9.674e-05, 0.000208, 0.00023664, 0.00026967, 0.00039712, 0.00062408, 0.00103186,
    0.00181373, 0.00296976, 0.00492752, 0.00829434, 0.01288265, 0.02012685, 0.03268772, 0.05820107, 0.10725998,
    0.18757196, 0.30711105, 0.45952931,
]  # fmt: skip


def test_matches_mortcast_for_poland():
    table = dg.LifeTable.from_mx(MX, AGES, sex="F")
    assert table.e0 == pytest.approx(81.585469016362, abs=1e-8)
    assert table.ex(65) == pytest.approx(19.9150035562148, abs=1e-8)
    ratios = table.survival_ratios(step=5)
    assert ratios.shape == (len(AGES),)
    assert ratios[0] == pytest.approx(0.996669222246079, abs=1e-12)
    assert ratios[-1] == ratios[-2] == pytest.approx(0.13591694850032, abs=1e-12)
    assert table.survival_ratios(5, open_group="apart")[-1] != ratios[-1]


def test_frame_has_the_columns_and_the_record_the_rules():
    table = dg.LifeTable.from_mx(np.array(MX), ages=np.array(AGES), sex="F", a0="coale_demeny", ax="pas", radix=1)
    frame = table.frame()
    assert frame.columns == ["age", "n", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex"]
    assert frame["n"].to_list()[:3] == [1, 4, 5]
    assert frame["n"][-1] is None
    assert frame["lx"][0] == 1.0
    assert frame["ax"][0] == pytest.approx(0.0595286711756426)
    assert table.record["rules"] == {"infant": "coale_demeny", "separation": "pas"}
    assert "e0=" in repr(table)
    assert repr(table) in table._repr_html_()


def test_probabilities_survivors_and_given_years_lead_back():
    table = dg.LifeTable.from_mx(MX, AGES, sex="F")
    frame = table.frame()
    again = dg.LifeTable.from_mx(MX, AGES, sex="F", ax=frame["ax"])
    assert again.e0 == pytest.approx(table.e0, abs=1e-10)
    by_q = dg.LifeTable.from_qx(frame["qx"], AGES, sex="F", ax=frame["ax"])
    by_l = dg.LifeTable.from_lx(frame["lx"], AGES, sex="F", ax=frame["ax"])
    assert by_q.e0 == pytest.approx(table.e0, abs=1e-9)
    assert by_l.e0 == pytest.approx(table.e0, abs=1e-9)
    given = dg.LifeTable.from_mx(MX, AGES, sex="F", a0=0.25)
    assert given.frame()["ax"][0] == 0.25


def test_single_years_group_and_close_without_changing_life_expectancy():
    mx = 3e-5 * np.exp(0.095 * np.arange(101)) + 1e-4
    table = dg.LifeTable.from_mx(mx, sex="M", ax="keyfitz")
    assert table.abridged().e0 == pytest.approx(table.e0, abs=1e-12)
    assert table.closed_at(85).frame()["age"].to_list() == list(range(86))
    assert table.survival_ratios(1, open_age=90).shape == (92,)


def test_intervals_need_deaths_and_repeat_by_seed():
    deaths = np.array(MX) * 20_000
    table = dg.LifeTable.from_deaths(deaths, np.full(len(MX), 20_000), AGES, sex="F")
    chiang = table.e0_interval()
    assert chiang.lower < chiang.estimate == table.e0 < chiang.upper
    assert chiang.standard_error <= table.e0_interval("silcocks").standard_error
    first = table.e0_interval("monte_carlo", level=0.9, seed=5)
    assert first == table.e0_interval("monte_carlo", level=0.9, seed=5)
    assert first != table.e0_interval("monte_carlo", level=0.9, seed=6)
    with pytest.raises(InputError, match="deaths and exposure"):
        dg.LifeTable.from_mx(MX, AGES, sex="F").e0_interval()


def test_kannisto_extends_to_130():
    frame = dg.kannisto(MX, AGES)
    assert frame["age"].to_list() == [*AGES, *range(105, 131, 5)]
    assert frame["mx"].to_list()[:21] == MX[:21]
    both = dg.kannisto_coherent(MX, [1.2 * m for m in MX], AGES, fit=(80, 95), start=95, end=110)
    assert both.columns == ["age", "mx_f", "mx_m"]
    assert both.filter(pl.col("mx_m") <= pl.col("mx_f")).is_empty()
    assert dg.kannisto(3e-5 * np.exp(0.095 * np.arange(101)))["age"][-1] == 130


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"sex": "X"}, "expected one of F, M, T"),
        ({"a0": "west"}, "expected one of andreev_kingkade"),
        ({"ax": "linear"}, "expected one of greville"),
        ({"ax": [0.5, 0.5]}, "a has 2 values for 22 ages"),
        ({"a0": 1.5}, "0 to 1 year"),
        ({"ages": [0.5, *AGES[1:]]}, "whole number"),
        ({"ages": AGES[:-1]}, "22 values for 21 ages"),
        ({"mx": [*MX[:-1], 0.0]}, r"age 100\+"),
        ({"mx": [*MX[:-1], float("nan")]}, r"m\(100\)"),
        ({"mx": ["a"] * 22}, "expected numbers"),
        ({"mx": [MX]}, "2 dimensions"),
        ({"radix": -1.0}, "above 0"),
    ],
)
def test_wrong_input_is_named(change, text):
    given = {"mx": MX, "ages": AGES, "sex": "F", **change}
    with pytest.raises(InputError, match=text):
        dg.LifeTable.from_mx(given.pop("mx"), given.pop("ages"), **given)


def test_brass_moves_the_logits() -> None:
    table = dg.LifeTable.from_mx(0.0005 * np.exp(0.08 * np.arange(101)), sex="F")
    moved = table.moved(level=0.3, slope=1.2)
    alive, other = (one.frame()["lx"].to_numpy()[1:] / 1e5 for one in (table, moved))
    logit = [np.log((1 - share) / share) / 2 for share in (alive, other)]
    np.testing.assert_allclose(logit[1], 0.3 + 1.2 * logit[0], atol=1e-9)
    assert table.moved(level=0).e0 == pytest.approx(table.e0, abs=1e-9) and moved.e0 < table.e0
    for wrong in ({"level": float("nan")}, {"level": 1e9}, {"level": 0, "slope": -1}):
        with pytest.raises(InputError):
            table.moved(**wrong)
    with pytest.raises(InputError, match="single years"):
        table.abridged().moved(level=0.1)
