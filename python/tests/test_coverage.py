"""Registers of support here are made up for the tests; codes and names of units are real."""

import json
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

import diagnoza as dg

REGISTER = """osoba;instytucja;jednostka;forma;moduł;godziny;data
A;OPS Pisz;2816033;training;1;60;01.03.2023
A;OPS Pisz;2816033;training;2;52;01.09.2023
A;OPS Pisz;2816033;training;3;57;10.01.2024
B;OPS Pisz;Pisz;training;1;60;2023-03-01
B;CUS Ełk;2805011;training;2;30,5;2023-04-01
B;CUS Ełk;2805011;training;2;30,5;2023-04-01
;CUS Ełk;2805011;advice_a;;8;2023-05-05
;CUS Olsztyn;2862;advice_a;;-8;2023-05-05
C;;9999;doradztwo;;;31.02.2023
D;;2816033;doradztwo;;;2023-06-30
"""


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "rejestr.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def by_target(frame):
    return {row["target"]: row for row in frame.iter_rows(named=True)}


def test_register_is_counted_towards_a_shipped_set(register):
    found = dg.coverage(register, targets="cus_training_warmia_mazury_2023")
    rows = by_target(found.frame())
    course = rows["trained_in_all_modules"]
    assert (course["achieved"], course["needed"], course["missing"], course["incomplete"]) == (1.0, 160.0, 159.0, 1)
    assert course["status"] == "approximate"
    assert (course["rows_counted"], course["rows_same"]) == (5, 1)
    assert rows["advice_a_hours"]["achieved"] == 8.0
    assert found.same_rows == [(7, 6)]
    faults = found.left_out.filter(pl.col("target").is_null())
    assert faults.select("row", "reason").rows() == [
        (9, "negative_hours"),
        (10, "bad_date"),
        (10, "unknown_unit"),
    ]
    assert found.unmatched.row(0) == ("doradztwo", None, None, 1)
    missing = found.missing_units.filter(target="trained_in_all_modules")
    assert len(missing) == 116 - 2 and "Pisz" not in missing["name"]
    periods = found.frame("periods").filter(target="trained_in_all_modules")
    assert periods.select("period", "keys", "cumulated").rows() == [("2023", 2, 0.0), ("2024", 1, 1.0)]
    places = found.frame("territory").filter(target="trained_in_all_modules", level="subregion")
    assert places.select("unit", "keys", "complete").rows() == [("PL623", 2, 1)]
    assert found.record["provenance"]["inputs"][0]["title"] == "rejestr.csv"
    html = found._repr_html_()
    assert "Około" not in html and "<table>" in html and "Wierszy z błędem, nieliczonych: 2." in html


def test_file_frame_and_parquet_agree(register, tmp_path):
    from_file = dg.coverage(register, targets="cus_training_warmia_mazury_2023")
    frame = pl.read_csv(register, separator=";", infer_schema=False)
    frame.write_parquet(tmp_path / "r.parquet")
    for other in (frame, frame.to_pandas(), tmp_path / "r.parquet"):
        found = dg.coverage(other, targets="cus_training_warmia_mazury_2023")
        assert found.frame().equals(from_file.frame())


def test_workbook_with_days_and_numbers(tmp_path):
    path = tmp_path / "rejestr.xlsx"
    frame = pl.DataFrame(
        {
            "osoba": ["A", "B"],
            "jednostka": [2816033, 2805011],
            "forma": ["training"] * 2,
            "data": [date(2023, 5, 31)] * 2,
        }
    )
    frame.write_excel(path)
    found = dg.coverage(path, targets="pomorskie_2023_2028")
    assert found.left_out["reason"].to_list() == ["outside_territory"] * 2
    found = dg.coverage(frame, targets=TARGETS)
    assert by_target(found.frame())["people"]["achieved"] == 2.0


TARGETS = """
title = { pl = "Próba", en = "Trial" }
source = "made up for the tests"
[[target]]
id = "people"
name = { pl = "Osoby", en = "Persons" }
counts = "persons"
goal = { value = 4 }
[[target]]
id = "gminas"
name = { pl = "Gminy", en = "Gminas" }
counts = "gminas"
goal = { share = 0.5 }
"""


def test_frames_are_given_as_numbers_or_lists():
    frame = pl.DataFrame({"person": ["A"], "unit": ["2816033"], "date": ["2023-01-01"]})
    rows = by_target(dg.coverage(frame, targets=TARGETS).frame(lang="en"))
    assert rows["gminas"]["needed"] is None and "number of units is not known" in rows["gminas"]["remarks"]
    rows = by_target(dg.coverage(frame, targets=TARGETS, frames={"gminas": 3}).frame())
    assert (rows["gminas"]["needed"], rows["gminas"]["achieved"]) == (2.0, 1.0)
    second = dg.Gazetteer().gminas("2816")[0]
    listed = dg.coverage(frame, targets=TARGETS, frames={"gminas": ["Pisz", second]})
    assert listed.missing_units.select("target", "unit").rows() == [("gminas", second)]
    with pytest.raises(dg.errors.SpecError, match="no target of the set: its targets are people, gminas"):
        dg.coverage(frame, targets=TARGETS, frames={"gmina": 3})
    with pytest.raises(dg.errors.InputError, match="number of units or a list"):
        dg.coverage(frame, targets=TARGETS, frames={"gminas": "Pisz"})
    with pytest.raises(dg.errors.SpecError, match="a powiat is none of the gminas"):
        dg.coverage(frame, targets=TARGETS, frames={"gminas": ["2816"]})


def test_pomorskie_says_what_has_to_be_given():
    frame = pl.DataFrame(
        {"instytucja": ["PCPR"], "jednostka": ["2201"], "forma": ["foster_care"], "data": ["2024-05-01"]}
    )
    found = dg.coverage(frame, targets="pomorskie_2023_2028")
    rows = by_target(found.frame())
    # 70 % of the 20 powiats in the register of territory.
    assert (rows["foster_care"]["frame"], rows["foster_care"]["needed"], rows["foster_care"]["achieved"]) == (
        20,
        14.0,
        1.0,
    )
    assert rows["social_economy"]["needed"] is None and rows["family_support"]["needed"] is None
    assert len(found.missing_units.filter(target="foster_care")) == 19


def test_wrong_words_and_tables_are_refused():
    frame = pl.DataFrame({"person": ["A"], "date": ["2023-01-01"]})
    with pytest.raises(dg.errors.InputError, match="expected one of exact, trim, trim_case"):
        dg.coverage(frame, targets=TARGETS, keys="fuzzy")
    with pytest.raises(dg.errors.InputError, match="shipped sets are pomorskie"):
        dg.coverage(frame, targets="nothing.toml")
    with pytest.raises(dg.errors.SpecError, match="line 1"):
        dg.coverage(frame, targets="title = 1\n")
    with pytest.raises(dg.errors.ReadError, match="date \\(data\\)"):
        dg.coverage(frame.drop("date"), targets=TARGETS)


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_chart_shows_every_target(register, lang):
    found = dg.coverage(register, targets="cus_training_warmia_mazury_2023", period="quarter")
    svg = dg.plot.to_svg(found.chart(lang=lang))
    assert ("brakuje 159" if lang == "pl" else "159 missing") in svg
    assert "2023-Q1" in svg
    with pytest.raises(dg.errors.InputError, match="result of diagnoza.coverage"):
        dg.plot.target_progress([])


def diagnoza(*arguments):
    return subprocess.run([sys.executable, "-m", "diagnoza", *arguments], capture_output=True, text=True, check=False)


def test_command_writes_tables_chart_and_record(register, tmp_path):
    out = tmp_path / "out"
    done = diagnoza("coverage", str(register), "--targets", "cus_training_warmia_mazury_2023", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "1 z 160" in done.stdout and "dg.publication_view" in done.stdout
    names = {"targets", "periods", "territory", "missing_units", "unmatched", "left_out", "double_counting"}
    assert {path.name for path in out.iterdir()} == {f"{name}.csv" for name in names} | {
        "targets.svg",
        "record.json",
        "index.html",
    }
    assert pl.read_csv(out / "left_out.csv")["because"][0] == "liczba godzin jest ujemna"
    assert json.loads((out / "record.json").read_text())["targets"][0]["achieved"] == 1.0


def test_command_says_what_is_wrong(register, tmp_path):
    missing = diagnoza("coverage", str(register))
    assert missing.returncode == 2 and "missing: --targets, --out" in missing.stderr
    bad = diagnoza("coverage", str(register), "--targets", "x.toml", "--out", str(tmp_path / "o"))
    assert bad.returncode == 3 and "shipped sets are" in bad.stderr and not (tmp_path / "o").exists()
    bad = diagnoza("coverage", str(register), "--targets", "x", "--frame", "a", "--out", "o")
    assert bad.returncode == 2 and "TARGET=NUMBER" in bad.stderr
    template = tmp_path / "t.csv"
    assert diagnoza("coverage", "--template", str(template)).returncode == 0
    assert template.read_text() == dg.coverage_template()
