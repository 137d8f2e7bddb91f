"""How firm a selection is, and which rules give a published one: on the embedded figures of Małopolska."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza import _native
from diagnoza.cli import main
from diagnoza.errors import InputError, MissingTableError, SpecError
from diagnoza.plot import parallel, to_svg
from diagnoza.selecting import run


def family(spec: str = "malopolska_2025") -> dict[str, Any]:
    """Whoever has most or fewest, in one place or not."""
    parts = {
        "direction": ("criteria.0.direction", {"most": "stimulant", "fewest": "destimulant"}),
        "places together": ("locality", {"free": "free", "forbid": "forbid"}),
    }
    vary = [
        {"name": name, "options": [{"name": word, "set": {key: value}} for word, value in options.items()]}
        for name, (key, options) in parts.items()
    ]
    base = {**json.loads(run(spec).spec()), "notes": []}
    return {"format": "diagnoza-family/1", "spec": base, "vary": vary}


def weighted() -> dg.Selection:
    spec = json.loads(run("malopolska_2025").spec())
    second = {**spec["criteria"][0], "variable": "dependency_per_100_2025", "year": 2025, "unit": "persons per 100"}
    spec |= {"notes": [], "criteria": [spec["criteria"][0], second], "weights": {"rule": "equal"}}
    spec["method"] = {"name": "weighted_sum", "normalisation": "zero_unitarisation"}
    return dg.select(spec, dg.table("malopolska_gminas_2025"))


def test_acceptability_fills_the_places_and_does_not_depend_on_threads() -> None:
    selection = weighted()
    study = selection.robustness(draws=600, seed=4)
    shares = study.acceptability
    assert abs(shares["chosen"].sum() - 5) < 1e-9
    assert shares["standard_error"].max() < 0.03
    assert selection.robustness(draws=600, seed=4, threads=2).content == study.content
    ordered = selection.robustness(
        draws=300, seed=4, at_least=[("beneficiaries_per_10k_2024", "dependency_per_100_2025")]
    )
    heavier = ordered.acceptability.drop_nulls("weight_dependency_per_100_2025")
    assert (heavier["weight_beneficiaries_per_10k_2024"] >= 0.5).all()
    assert "%" in to_svg(study.plot(lang="pl")) and to_svg(study.plot(what="grid", lang="en"))


def test_every_variant_is_run_or_refused_with_its_reason() -> None:
    study = weighted().robustness(draws=10)
    assert study.chosen_in["variants"].sum() == pytest.approx(5 * study.grid.height)
    assert study.refused_variants["reason"].str.len_chars().min() > 10
    assert set(study.leave_one_out["variable"]) == {"beneficiaries_per_10k_2024", "dependency_per_100_2025"}
    assert study.perturbation["chosen"].sum() == pytest.approx(5)
    assert study.pareto.height >= 1 and "variants" in study._repr_html_()


def test_settings_out_of_range_are_refused() -> None:
    selection = weighted()
    for wrong in ({"draws": 0}, {"error": 2.0}, {"error_law": "dice"}, {"at_least": [("x", "y")]}):
        with pytest.raises(InputError):
            selection.robustness(**wrong)  # type: ignore[arg-type]
    study = dg.select("malopolska_2025").robustness(draws=10)
    with pytest.raises(InputError, match="uses no weights"):
        _ = study.acceptability


def test_the_rule_that_made_a_choice_is_found_among_its_family() -> None:
    chosen = dg.select("malopolska_2025").chosen
    found = dg.which_specs(family(), published=chosen)
    assert {"direction": "most", "places together": "free", "unique": True} in found.matches.to_dicts()
    fewest = found.nearest.filter(pl.col("direction") == "fewest").row(0, named=True)
    assert fewest["shared"] == 0 and "direction = most" in fewest["single_changes"]
    assert found.shared["specs"].sum() == 4 and 0 < found.chance["same_set"] < 1e-6
    with pytest.raises(InputError, match="no published choice"):
        dg.which_specs(family())
    with pytest.raises(SpecError, match="line"):
        dg.which_specs("format = 'x'\n")
    with pytest.raises(MissingTableError, match="ozps2016_families_total"):
        dg.which_specs(family("pilot_28_2018") | {"vary": []}, published=["2816033"])
    nowhere = {"name": "x", "options": [{"name": "y", "set": {"ties": "dice"}}]}
    with pytest.raises(SpecError, match="none of its specifications reads; the first: .*dice"):
        dg.which_specs(family() | {"vary": [nowhere]})


def test_long_work_tells_its_progress_and_can_be_ended() -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        raise KeyboardInterrupt

    values = np.random.default_rng(1).random((2000, 3))
    with pytest.raises(KeyboardInterrupt):
        _native.smaa(values, None, (100_000, 1), None, progress=stop)
    assert told and told[0][1] == 100_000 and 0 < told[0][0] < 100_000
    with pytest.raises(KeyboardInterrupt):
        settings = {"draws": 1_000_000, "seed": 1, "at_least": [], "error_law": "uniform", "error_size": 0.1}
        _native.robustness(weighted().decision, settings=json.dumps(settings), threads=2, progress=stop)


def test_required_values_of_2018_exclude_nothing_and_known_ones_bind() -> None:
    free = dg.required_values("pilot_28_2018")
    assert free.height == 33 and free["upper"].null_count() == 33 and (free["lower"] == 0).all()
    table = free.select(teryt="unit", name="name").with_columns(
        ozps2016_families_total=pl.when(pl.col("teryt") == "2816033").then(100.0),
        ozps2016_persons_in_families_total=pl.lit(None, dtype=pl.Float64),
    )
    bound = dg.required_values("pilot_28_2018", table=table)
    others = bound.filter(stratum="PL623", published=False)
    assert others.height == 7 and (others["upper"] == 100.0).all()


def test_commands_write_tables_and_say_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["robustness", "malopolska_2025", "--draws", "20", "--out", str(tmp_path / "r")]) == 0
    assert "Szczucin 220 of 220" in capsys.readouterr().out
    assert (tmp_path / "r" / "grid.svg").is_file()
    path = tmp_path / "family.json"
    path.write_text(json.dumps(family()), encoding="utf-8")
    published = ",".join(dg.select("malopolska_2025").chosen)
    assert main(["inverse", str(path), "--published", published, "--out", str(tmp_path / "i")]) == 0
    assert "give the published choice" in capsys.readouterr().out
    assert pl.read_csv(tmp_path / "i" / "shared.csv")["specs"].sum() == 4
    assert main(["inverse", str(tmp_path / "none.toml"), "--out", str(tmp_path / "i")]) == 3


def test_parallel_coordinates_name_the_chosen() -> None:
    frame = dg.table("malopolska_gminas_2025").rename({"teryt": "unit"})
    criteria = ["beneficiaries_per_10k_2024", "own_income_per_capita_pln_2025", "dependency_per_100_2025"]
    chosen = dg.select("malopolska_2025").chosen
    chart = parallel(frame, criteria, chosen=chosen, destimulants=[criteria[1]])
    assert "Szczucin" in to_svg(chart)
    with pytest.raises(InputError):
        parallel(frame, criteria[:1])
