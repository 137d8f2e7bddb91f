"""Selections: the real pool of Małopolska, the rule of 2018 and its missing table."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, MissingTableError, ReadError, SpecError, UnknownUnitError

PILOT = "pilot_28_2018"


def test_the_rule_of_2018_on_malopolska_chooses_the_widest_reach_of_every_subregion() -> None:
    selection = dg.select("pilot_12_2025")
    table = dg.table("malopolska_gminas_2025").filter(kind="urban_rural")
    widest = table.with_columns(subregion=pl.col("bdl_unit_id").str.slice(0, 7)).sort(
        "beneficiaries_per_10k_2024", descending=True
    )
    assert selection.chosen == sorted(widest.group_by("subregion", maintain_order=True).first()["teryt"])
    assert selection.record["result"]["choice"]["sets_by_quotas"] == str(16 * 6 * 13 * 11 * 4)


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


def weighted_spec() -> dict[str, Any]:
    """Return the 2018 frame with two invented criteria, weighted."""
    spec = json.loads(dg.selecting.run(PILOT).spec())
    names = {"a": 0.6, "b": 0.4}
    criterion = {"year": 2016, "unit": "persons", "measure": "count", "direction": "stimulant"}
    spec["criteria"] = [
        {**criterion, "variable": name, "label": {"pl": name, "en": name}, "weight": weight}
        for name, weight in names.items()
    ]
    return spec | {
        "ties": "report",
        "reserve": 2,
        "method": {"name": "weighted_sum", "normalisation": "zero_unitarisation"},
        "weights": {"rule": "given"},
    }


def weighted_table() -> pl.DataFrame:
    """Return invented criteria for the gminas of the 2018 frame: synthetic, for these tests only."""
    row = pl.int_range(1, pl.len() + 1)
    frame = pl.DataFrame(dg.selecting.run(PILOT).frame())
    return frame.select(
        pl.col("unit").alias("teryt"), "name", a=row * 37 % 101, b=row * 53 % 97, income=1000 + row * 61 % 89 * 7
    )


def test_a_mapping_is_a_specification_and_scores_are_sums_of_contributions() -> None:
    selection = dg.select(weighted_spec(), weighted_table())
    ranking = selection.ranking
    parts = ranking["a_contribution"] + ranking["b_contribution"]
    assert (ranking["score"] - parts).abs().max() < 1e-12  # type: ignore[operator]
    choice = selection.record["result"]["choice"]
    assert choice["feasible_sets"] == choice["sets_by_quotas"] == "41184"
    # 10 of 66 pairs of elbląski and 12 of 78 of olsztyński lie in one powiat.
    assert choice["same_powiat_chance"] == pytest.approx(10 / 66 * 12 / 78, abs=1e-15)
    bad = weighted_spec()
    bad["criteria"][1]["direction"] = "more"
    with pytest.raises(SpecError, match=r"criteria\.direction.*`stimulant`, `destimulant`, `nominant`"):
        dg.select(bad, weighted_table())
    with pytest.raises(SpecError, match="no place in a specification"):
        dg.select(weighted_spec() | {"reserve": {1, 2}}, weighted_table())


def test_why_not_says_what_would_bring_a_gmina_in() -> None:
    spec, table = weighted_spec(), weighted_table()
    selection = dg.select(spec, table)
    why = selection.why_not("Pasłęk")
    assert not why["chosen"] and why["code"] == "2804073" and "Weszłaby" in why["text"]["pl"]
    for change in why["values"]:
        raised = table.with_columns(
            pl.when(pl.col("teryt") == "2804073")
            .then(int(change["enough"]))
            .otherwise(pl.col(change["variable"]))
            .alias(change["variable"])
        )
        assert "2804073" in dg.select(spec, raised).chosen
    pair = selection.compare("Pasłęk", selection.chosen[0])
    assert len(pair["criteria"]) == 2 and pair["text"]["en"]
    with pytest.raises(UnknownUnitError):
        selection.why_not("Nowhere")
    with pytest.raises(InputError, match="not among"):
        selection.compare("Pasłęk", "Olsztyn")


def test_sets_are_bound_by_locality_and_diversity() -> None:
    spec = weighted_spec() | {"locality": "require"}
    chosen = dg.select(spec, weighted_table()).chosen
    assert len({code[:4] for code in chosen}) == 3
    income = {"variable": "income", "year": 2016, "label": {"pl": "d", "en": "i"}, "unit": "zł"}
    diverse = {**income, "measure": "as_published", "spread": "max_min_gap", "purpose": "objective"}
    selection = dg.select(weighted_spec() | {"diversity": diverse}, weighted_table())
    incomes = sorted(weighted_table().filter(pl.col("teryt").is_in(selection.chosen))["income"])
    gap = min(b - a for a, b in itertools.pairwise(incomes))
    assert selection.record["result"]["choice"]["objective"]["diversity"] == gap
    impossible = {**diverse, "purpose": "threshold", "at_least": 500.0}
    with pytest.raises(InputError, match=r"no set of gminas meets these together.*diversity\.at_least"):
        dg.select(weighted_spec() | {"diversity": impossible}, weighted_table())


def test_records_are_replayed_compared_and_published(tmp_path: Path) -> None:
    spec = weighted_spec() | {"disclosure": {"threshold": 3.0}}
    selection = dg.select(spec, weighted_table())
    record, table = tmp_path / "record.json", tmp_path / "other name.csv"
    record.write_bytes(selection.record_bytes)
    weighted_table().write_csv(table)
    assert dg.replay(record, table).record_bytes == selection.record_bytes
    assert dg.select("malopolska_2025").replay().sha256 == dg.select("malopolska_2025").sha256
    changed = weighted_table().with_columns(pl.when(pl.col("a") == pl.col("a").max()).then(0).otherwise("a").alias("a"))
    with pytest.raises(InputError, match="its values are not those of the record"):
        dg.replay(record, changed)
    with pytest.raises(InputError, match="gmina_frame_28.*--table"):
        dg.replay(record)
    with pytest.raises(InputError, match="no decision record"):
        dg.replay(b"{}")
    other = dg.select(spec | {"reserve": 3}, weighted_table())
    diff = dg.diff_records(selection.record_bytes, other.record_bytes)
    assert [change["path"] for change in diff["spec"]] == ["reserve"] and not diff["only_first"]
    torn = tmp_path / "torn" / "record.json"
    torn.parent.mkdir()
    torn.write_bytes(selection.record_bytes[:99])
    for first, second in ((record, torn), (torn, record)):
        with pytest.raises(InputError, match=re.escape(f"record {torn}: ")):
            dg.diff_records(first, second)
    with pytest.raises(InputError, match="second record: "):
        dg.diff_records(record, b"[]")
    view = selection.publication()
    assert view["threshold"] == 3.0
    assert (
        view["suppressed"] == weighted_table().select((pl.col("a", "b").is_between(1, 2)).sum()).sum_horizontal().item()
    )


def test_the_schema_names_every_part() -> None:
    schema = dg.spec_schema()
    assert set(json.loads(dg.selecting.run(PILOT).spec())) == set(schema["properties"])


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_charts_of_a_selection(lang: str) -> None:
    from diagnoza import plot

    selection = dg.select(weighted_spec(), weighted_table())
    drawn = plot.to_svg(plot.selection_ranking(selection, lang=lang))
    assert all(name in drawn for name in selection.ranking["name"].head(12))
    with pytest.raises(InputError, match="PL621"):
        plot.selection_ranking(selection, stratum="nowhere")
    chart = plot.selection_map(selection, borders=dg.borders("gmina"), lang=lang)
    assert selection.ranking["name"][0] in plot.to_svg(chart)
    with pytest.raises(InputError, match="have no gmina"):
        plot.selection_map(dg.select("malopolska_2025"), borders=dg.borders("gmina"))
