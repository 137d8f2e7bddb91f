"""Selections: the real pool of Małopolska, the rule of 2018 and its missing table."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, MissingTableError, ReadError, SpecError, UnknownUnitError

PILOT = "pilot_28_2018"


def test_malopolska_chooses_the_highest_rates_with_a_reason_for_every_gmina() -> None:
    selection = dg.select("malopolska_2025")
    table = dg.table("malopolska_gminas_2025").filter(kind="urban_rural")
    top = table.sort("beneficiaries_per_10k_2024", descending=True, nulls_last=True).head(5)
    assert sorted(selection.chosen) == sorted(top["teryt"])
    assert selection.reasons().height == 183
    assert all(selection.reasons()["reason"])
    assert selection.ranking.height == 50
    assert dg.select("malopolska_2025").sha256 == selection.sha256
    assert json.loads(selection.record_bytes) == selection.record


def test_the_pilot_of_2018_says_which_table_is_missing() -> None:
    with pytest.raises(MissingTableError, match="ozps2016_families_total.*PL621 12.*PL622 13.*PL623 8"):
        dg.select(PILOT)
    frame = pl.DataFrame(dg.selecting.run(PILOT).frame())
    assert frame.height == 33 and frame["published"].sum() == 5
    pisz = frame.filter(unit="2816033").row(0, named=True)
    assert pisz["own_revenue_per_head_2016"] == pytest.approx(pisz["own_revenue_2016"] / pisz["population_2016"])
    assert frame["own_revenue_per_head_2016"].null_count() == 0


def synthetic_table() -> pl.DataFrame:
    """Return invented counts for the gminas of the 2018 frame: synthetic, for this test only."""
    frame = pl.DataFrame(dg.selecting.run(PILOT).frame())
    return frame.select(
        pl.col("unit").alias("teryt"),
        "name",
        pl.int_range(1, pl.len() + 1).alias("ozps2016_families_total"),
        pl.int_range(1, pl.len() + 1).alias("ozps2016_persons_in_families_total"),
    )


def test_a_users_table_runs_the_rule_and_is_compared_with_the_published_result(tmp_path: Path) -> None:
    path = tmp_path / "ozps.csv"
    synthetic_table().write_csv(path)
    selection = dg.select(PILOT, path)
    assert len(selection.chosen) == 5
    published = selection.record["result"]["published"]
    assert published["reproduced"] is False and len(published["chosen"]) == 5
    assert selection.chosen == dg.select(PILOT, synthetic_table()).chosen


def test_faulty_tables_are_refused_by_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "ozps.csv"

    def message(text: str) -> str:
        path.write_text(text, encoding="utf-8")
        with pytest.raises((ReadError, UnknownUnitError, InputError)) as caught:
            dg.select(PILOT, path)
        return str(caught.value)

    good = synthetic_table().write_csv()
    assert "ozps2016_families_total" in message(good.replace("ozps2016_families_total", "families"))
    lines = good.splitlines()
    assert "row 34" in message("\n".join([*lines[:-1], lines[-1].replace("33", "many", 1)]))
    assert "row 35" in message("\n".join([*lines, lines[-1]]))
    assert "2899" in message("\n".join([*lines, "2899013,Nowa,1,1"]))
    assert "ozps2016" in message("\n".join([lines[0], *[line.rsplit(",", 2)[0] + ",," for line in lines[1:]]]))


def test_wrong_specifications_are_refused_with_their_line(tmp_path: Path) -> None:
    text = dg.shipped_specs()["malopolska_2025"]
    with pytest.raises(SpecError, match="line"):
        dg.select(text.replace('ties = "report"', 'ties = "coin"'))
    with pytest.raises(SpecError, match="50"):
        dg.select(text.replace("quotas = { all = 5 }", "quotas = { all = 500 }"))
    with pytest.raises(InputError, match="malopolska_2025"):
        dg.select("malopolska.toml")


def test_explanations_take_names() -> None:
    selection = dg.select("malopolska_2025")
    first = selection.ranking.row(0, named=True)
    assert first["name"] in selection.explain(first["unit"], lang="en")
    with pytest.raises(UnknownUnitError):
        selection.explain("Nowhere")
