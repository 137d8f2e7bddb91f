"""The diagnosis of one unit."""

from __future__ import annotations

import pytest

import diagnoza as dg
from diagnoza.errors import InputError


def test_the_change_is_births_less_deaths_plus_net_migration() -> None:
    diagnosis = dg.diagnose("PL623", until=2050)
    change = diagnosis.change
    stocks = dg.project("PL623", from_year=2022).frame()["population"]
    total = change["births"] - change["deaths"] + change["net_migration"]
    assert total == pytest.approx(stocks[-1] - stocks[0], abs=1e-4)
    assert diagnosis.prospects["scenario"].to_list() == ["main", "low", "high"]


def test_standings_are_those_of_the_indicators() -> None:
    standing = dg.diagnose("2816").standings.filter(indicator="share_65_plus", year=2050).row(0, named=True)
    frame = dg.indicators("2816", years=[2050], ids=["share_65_plus"])
    assert (standing["value"], standing["rank"]) == (frame["value"].item(), frame["rank"].item())


@pytest.mark.parametrize(
    ("unit", "until", "says"), [("2816033", 2040, "gminas"), ("28", 2061, "2060"), ("22", 2050, "2021")]
)
def test_what_cannot_be_diagnosed_is_said(unit: str, until: int, says: str) -> None:
    with pytest.raises(InputError, match=says):
        dg.diagnose(unit, until=until)
