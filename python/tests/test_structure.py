"""Indicators and the position among peers."""

from __future__ import annotations

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError


def test_double_ageing_follows_from_the_population() -> None:
    people = dg.project("PL623", from_year=2022, until=2050).frame(by=("unit", "year", "sex", "age"))
    last = people.filter(year=2050)
    expected = (
        last.filter(pl.col("age") >= 80)["population"].sum()
        / last.filter(pl.col("age") >= 60)["population"].sum()
        * 100
    )
    frame = dg.indicators("PL623", years=[2050], ids=["double_ageing"])
    assert frame["value"].item() == pytest.approx(expected, rel=1e-9)
    assert frame["label"].item() == "Wskaźnik podwójnego starzenia"


def test_powiats_stand_among_all_of_the_voivodeship() -> None:
    frame = dg.indicators("powiats:28", years=[2030], ids=["share_65_plus"])
    assert frame["n"].unique().to_list() == [21]  # the unit and its twenty peers
    ranked = frame.sort("value", descending=True)
    assert ranked["rank"].to_list() == sorted(frame["rank"].to_list())
    assert frame["rank"].min() == 1 and frame["rank"].max() == 21


def test_gminas_have_what_their_groups_give_and_say_what_they_lack() -> None:
    frame = dg.indicators("2816033", years=[2030], ids=["care_potential", "parent_support"], peers="kind")
    given, lacking = frame.rows(named=True)
    assert given["value"] is not None and given["n"] == 34
    assert lacking["value"] is None and "85+" in lacking["note"]


def test_wrong_requests_name_what_is_there() -> None:
    with pytest.raises(InputError, match="double_ageing"):
        dg.indicators("28", ids=["double_aging"])
    with pytest.raises(InputError, match="2040"):
        dg.indicators("gminas:2816", years=[2050])
    with pytest.raises(InputError, match="voivodeship, subregion, powiat"):
        dg.indicators("28", peers="country")  # type: ignore[arg-type]


def test_the_catalogue_says_formula_and_source() -> None:
    catalogue = dg.catalogue()
    assert catalogue.height >= 19
    assert catalogue.filter(id="double_ageing")["formula"].item() == "100 * persons 80+ / persons 60+"
