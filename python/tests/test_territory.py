"""Regions and the register of a date."""

from __future__ import annotations

import pytest

import diagnoza as dg
from diagnoza.errors import AmbiguousUnitError, InputError, UnknownUnitError


def test_wielbark_becomes_urban_rural_on_1_january_2019() -> None:
    def kinds(date: str) -> int:
        frame = dg.region("28", date=date).frame()
        return frame.filter(level="gmina", kind="urban_rural").height

    assert (kinds("2018-12-31"), kinds("2019-01-01")) == (33, 34)
    assert dg.Gazetteer("2018-04-01").find("281708") == "2817082"
    assert dg.Gazetteer().find("2817082") == "2817083"


def test_names_fold_and_ambiguous_names_list_the_candidates() -> None:
    assert dg.Gazetteer().find("podregion elcki") == "PL623"
    with pytest.raises(AmbiguousUnitError, match="2801011.*2801032"):
        dg.region("Bartoszyce")
    with pytest.raises(UnknownUnitError, match="Pisz"):
        dg.region("Piszz")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        dg.Gazetteer("1.04.2018")


def test_bdl_ids_go_both_ways() -> None:
    register = dg.Gazetteer()
    assert register.bdl_id("1201011") == "011212001011"
    assert register.unit_of_bdl("011212001011") == "1201011"
    for code in register.select("gminas:28,powiats:28"):
        assert register.unit_of_bdl(register.bdl_id(code)) == code


def test_a_region_counts_its_units() -> None:
    region = dg.region("28")
    assert (len(region.subregions), len(region.powiats), len(region.gminas)) == (3, 21, 116)
    assert "gminy: 116" in region._repr_html_()
