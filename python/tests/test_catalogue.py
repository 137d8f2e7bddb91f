"""The catalogue, indicators from inputs, formulas, the two definitions of beneficiaries."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

# Powiat brzeski (Małopolska), 31 XII 2024; foster care in Małopolska, 31 XII 2023 (ROPS Kraków).
BRZESKI = {"persons of all ages": 91_340, "social_workers_ops": 39, "social_workers_ops_higher_education": 32}
FOSTER = {
    "children_in_related_foster_families": 1623,
    "children_in_non_related_foster_families": 820 + 330 + 51 + 143,
    "children_in_family_childrens_homes": 164,
    "children_in_family_type_institutions": 170,
    "children_in_foster_care": 4247,
}


def formula(**changed: Any) -> dict[str, Any]:
    usual = {
        "id": "ozps_2011_gmina_01",
        "expression": "100 * social_workers_ops_higher_education / social_workers_ops",
        "unit": "%",
        "decimals": 2,
        "author": "a test",
        "source": "not official",
    }
    return {**usual, **changed}


def test_the_catalogue_lists_definitions_and_official_names() -> None:
    catalogue = dg.catalogue(lang="pl")
    counts = dict(catalogue.group_by("status").len().rows())
    assert counts == {"verbatim": 64, "inferred": 6, "name_only": 26, "section": 9}
    assert catalogue["ioss_id"].drop_nulls().n_unique() == 62
    row = catalogue.row(by_predicate=pl.col("id") == "beneficiaries", named=True)
    assert row["name"] == "Beneficjenci pomocy społecznej" and row["decimals"] == 2
    assert row["inputs"] == ["persons_in_families_covered", "persons of all ages"]
    assert row["levels"] == ["powiat"]
    nameless = catalogue.filter(pl.col("status").is_in(["name_only", "section"]))
    assert nameless["formula"].null_count() == nameless.height
    assert dg.catalogue(lang="en").filter(id="beneficiaries")["name"].item() == "Beneficiaries of social assistance"
    with pytest.raises(InputError, match="pl, en"):
        dg.catalogue(lang="de")  # type: ignore[arg-type]


def test_inputs_and_what_does_not_come_out_are_listed() -> None:
    known = dg.catalogue_inputs(lang="en")
    assert known.columns == ["name", "unit", "label"]
    assert set(FOSTER) <= set(known["name"])
    off = dg.not_reproduced()
    assert {"OZ1", "OZ3", "FC5", "AR2"} <= set(off["id"]) and off["reason"].null_count() == 0
    assert "rounded" in dg.not_reproduced(lang="en").filter(id="OZ1")["reason"].item()


def test_foster_care_comes_out_in_both_variants() -> None:
    ids = ["deinstitutionalisation", "deinstitutionalisation_with_related"]
    frame = dg.indicators(inputs=FOSTER, ids=ids, lang="en")
    assert [round(value, 1) for value in frame["value"]] == [63.9, 77.7]
    assert frame["rounded"].to_list() == [63.95, 77.7]
    assert frame["name"][0] == "Deinstitutionalisation of foster care, without related families"


def test_a_frame_of_units_and_years_drops_nothing() -> None:
    inputs = pl.DataFrame(
        {
            "unit": ["1202"] * 3 + ["1201"],
            "year": [2024] * 4,
            "input": [*BRZESKI, "social_workers_ops"],
            "value": [*map(float, BRZESKI.values()), None],
            "state": [None, None, None, "suppressed"],
        }
    )
    frame = dg.indicators(inputs=inputs, ids=["inhabitants_per_social_worker", "beneficiaries"])
    assert frame.columns == [
        "unit",
        "year",
        "indicator",
        "name",
        "value",
        "rounded",
        "unit_of_measure",
        "formula",
        "status",
        "source",
        "problem",
    ]
    assert frame.select("unit", "rounded").rows() == [("1201", None), ("1201", None), ("1202", 2342.0), ("1202", None)]
    assert frame["problem"][0] == (
        "inhabitants_per_social_worker of 1201 in 2024 needs persons of all ages: not given; "
        "social_workers_ops: suppressed"
    )
    assert frame["problem"][2] is None
    assert dg.indicators(inputs=inputs).height == 2 * 70


def test_official_indicators_take_a_formula_and_have_none_of_their_own() -> None:
    ids = ["ozps_2011_gmina_01"]
    without = dg.indicators(inputs=BRZESKI, ids=ids)
    assert without["problem"].item() == "ozps_2011_gmina_01 has no public formula: supply one"
    for given in (formula(), dg.Formula(**formula())):
        frame = dg.indicators(inputs=BRZESKI, ids=ids, formulas=[given])
        assert frame["rounded"].item() == 82.05 and frame["status"].item() == "user"
        assert frame["source"].item() == "a test: not official"
        assert frame["name"].item() == "Wskaźnik wykształcenia pracowników socjalnych"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"expression": "social_workers_ops +"}, "character 21: got the end"),
        ({"expression": "gmina_spending + deaths"}, "character 16: '\\+' joins zł and persons"),
        ({"expression": "assistants / deaths"}, "unit of measure is not known of assistants \\(character 1\\)"),
        ({"unit": "zł"}, "gives a pure number"),
        ({"id": "beneficiaries"}, "published definition"),
        ({"id": "ozps_2013_2018_gmina_01"}, "title of a chapter"),
        ({"author": ""}, "author is empty"),
        ({"author": None}, "author of a formula is None"),
        ({"decimals": -1}, "decimals"),
        (
            {"expression": "persons_granted_benefits + persons_in_families_covered", "unit": "persons"},
            "two definitions of beneficiaries",
        ),
    ],
)
def test_a_formula_is_refused_with_the_place(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        dg.Formula(**formula(**changed))


def test_wrong_calls_say_what_to_do() -> None:
    with pytest.raises(InputError, match="neither units nor inputs"):
        dg.indicators()
    with pytest.raises(InputError, match="units, peers with inputs"):
        dg.indicators("28", inputs=BRZESKI, peers="powiat")
    with pytest.raises(InputError, match="formulas are computed from inputs"):
        dg.indicators("28", formulas=[formula()])
    with pytest.raises(InputError, match="did you mean 'beneficiaries'"):
        dg.indicators(inputs=BRZESKI, ids=["beneficaries"])
    with pytest.raises(InputError, match="expected a list of ids"):
        dg.indicators(inputs=BRZESKI, ids="beneficiaries")
    with pytest.raises(InputError, match="inputs is a list"):
        dg.indicators(inputs=[1, 2])
    with pytest.raises(InputError, match="inputs is empty"):
        dg.indicators(inputs={})
    with pytest.raises(InputError, match="deaths='hidden' is not known: expected one of not_reported"):
        dg.indicators(inputs={"deaths": "hidden"})
    with pytest.raises(InputError, match="deaths is nan"):
        dg.indicators(inputs={"deaths": float("nan")})
    with pytest.raises(InputError, match="'women x' names no people"):
        dg.indicators(inputs={"women x": 1})
    with pytest.raises(InputError, match="unknown field `expresion`"):
        dg.indicators(inputs=BRZESKI, formulas=[{"expresion": "1"}])
    with pytest.raises(InputError, match="column value"):
        dg.indicators(inputs=pl.DataFrame({"input": ["deaths"]}))
    with pytest.raises(InputError, match="leading zero"):
        dg.indicators(inputs=pl.DataFrame({"unit": [1202], "input": ["deaths"], "value": [1.0]}))


def test_the_two_definitions_of_beneficiaries_do_not_mix() -> None:
    members, recipients = dg.HouseholdMembers(2517), dg.BenefitRecipients(1300)
    assert members.per(100, 106_985) == pytest.approx(2.3527, abs=1e-4)
    assert members - dg.HouseholdMembers(17) == 2500
    for mixed in (lambda: members + recipients, lambda: members < recipients, lambda: recipients / members):
        with pytest.raises(InputError, match="two definitions of beneficiaries"):
            mixed()
    with pytest.raises(InputError, match="expected HouseholdMembers"):
        members + 5
    with pytest.raises(InputError, match="zero or more"):
        dg.BenefitRecipients(-1)
    frame = dg.indicators(
        inputs={"persons_in_families_covered": members, "persons of all ages": 106_985}, ids=["beneficiaries"]
    )
    assert frame["rounded"].item() == 2.35
    with pytest.raises(InputError, match="do not stand for each other"):
        dg.indicators(inputs={"persons_in_families_covered": recipients}, ids=["beneficiaries"])
    other = dg.indicators(
        inputs={"persons_granted_benefits": recipients, "persons of all ages": 9}, ids=["beneficiaries"]
    )
    assert "another definition of beneficiaries" in other["problem"].item()
