"""OZPS from Python: editions, reading, faults, shift, templates, the command line."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import diagnoza as dg
from diagnoza import ozps
from diagnoza.errors import AmbiguousUnitError, InputError, ReadError, SpecError

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ozps" / "ozps_inputs_examples.csv"
HEAD = "Wiersz;Wyszczególnienie;2012;2013;2014;2015 (prognoza);2016 (prognoza)\n"


def examples() -> list[ozps.Form]:
    if not EXAMPLES.exists():
        pytest.skip("no shared/data/ozps beside the project")
    return dg.ozps.read_all(EXAMPLES, edition="2012-2014")


def test_editions_say_what_is_known_and_how_surely() -> None:
    listed = dg.ozps.editions()
    assert listed["name"].to_list() == ["ozps_2011", "ozps_2012_2014", "ozps_2015_2016", "ozps_2017"]
    assert listed["rows"].to_list() == [0, 24, 0, 0]
    rows = dg.ozps.edition("2014").frame()
    assert rows.filter(row=1).select("label", "identity", "input", "status", "details").row(0) == (
        "Mieszkańcy ogółem",
        "1=2+6",
        "persons of all ages",
        "verbatim",
        "inferred",
    )
    assert "Mieszkańcy" in dg.ozps.edition("ozps_2012_2014")._repr_html_()
    with pytest.raises(InputError, match="ozps_2011, ozps_2012_2014"):
        dg.ozps.edition("2009")


def test_the_two_real_tables_have_no_violation() -> None:
    unnamed, drobin = examples()
    assert unnamed.violations.is_empty() and drobin.violations.is_empty()
    assert drobin.unchecked.is_empty() and unnamed.unchecked["identity"].unique().to_list() == ["10>=12"]
    assert (drobin.unit, drobin.year, drobin.edition) == (None, None, "ozps_2012_2014")
    last = drobin.frame().filter(row=24, column="forecast_2")
    assert last.select("value", "state").row(0) == (None, "not_reported")
    inputs = drobin.inputs("assessed")
    assert inputs.filter(input="unemployed")["value"].item() == 483
    assert inputs.filter(input="nurseries").select("value", "state").row(0) == (0, "value")


def test_faults_are_listed_by_place_and_strict_raises_them_all(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        HEAD + "1;Mieszkańcy ogółem;10;10;10;;\n2;Kobiety;5;5;5;;\n6;Mężczyźni;5;5;4;;\n10;Wiek 0-17;-1;b.d.;2,5;;\n"
    )
    form = dg.ozps.read(path, partial=True)
    found = form.violations.select("file_row", "file_column", "row", "rule", "found", "expected").rows()
    assert found == [
        (2, "5", 1, "sum", 10.0, 9.0),
        (5, None, 10, "wrong_label", None, None),
        (5, "4", 10, "not_a_number", None, None),
        (5, "3", 10, "negative", -1.0, 0.0),
        (5, "5", 10, "fraction", 2.5, 3.0),
    ]
    assert "w wierszu jest 10, części dają 9" in form.violations["message"][0]
    assert "sum to 9" in dg.ozps.read(path, partial=True, lang="en").violations["message"][0]
    with pytest.raises(ReadError) as caught:
        dg.ozps.read(path, partial=True, strict=True)
    assert str(caught.value).startswith("form.csv: 5 violations\n") and str(caught.value).count("\n") == 5
    assert dg.ozps.read(path).violations.filter(rule="missing_row").height == 19
    shown = form._repr_html_()
    assert "naruszenia: 5" in shown and "background" in shown and "b.d." in shown


def test_a_shift_moves_the_columns_to_the_left() -> None:
    form = dg.ozps.read(HEAD.encode() + b"10;;562;608;483;483;485\n", partial=True)
    after = form.shift()
    values = after.frame().filter(row=10)["value"].to_list()
    assert (after.year, values) == (2015, [608, 483, None, None, None])
    assert form.shift(forecasts="carry").frame().filter(row=10)["value"].to_list() == [608, 483, None, 485, None]
    assert any(note.startswith("wiersze bez danych z poprzedniego roku: 2:1, ") for note in after.notes)
    with pytest.raises(InputError, match="drop, carry"):
        form.shift(forecasts="keep")  # type: ignore[arg-type]


def test_notes_are_in_the_language_of_the_form() -> None:
    content = b"row;2012;2013;2014;remarks\n10;562;608;483;seen\n"
    polish, english = (dg.ozps.read(content, lang=lang).notes for lang in ("pl", "en"))
    assert polish[0] == "pominięto kolumnę 'remarks' na prawo od lat (wypełnionych pól: 1)"
    assert english[0] == "column 'remarks' to the right of the years was left out (1 filled fields)"
    assert polish[1].startswith("wiersze, których nie ma w tabeli, odczytano jako niezgłoszone: 2:1, ")
    assert english[1].startswith("rows that are not in the table are read as not reported: 2:1, ")
    after = dg.ozps.read(content, lang="en").shift()
    assert after.notes[0].startswith("rows with nothing before them: 2:1, ")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_templates_read_back_and_are_the_same_bytes(tmp_path: Path, ending: str) -> None:
    path = dg.ozps.template("Pisz", edition="2014", path=tmp_path / f"pisz.{ending}")
    again = dg.ozps.template("2816033", edition="ozps_2012_2014", path=tmp_path / f"again.{ending}")
    assert path.read_bytes() == again.read_bytes()
    form = dg.ozps.read(path)
    assert form.violations.is_empty()
    assert (form.unit, form.unit_name, form.unit_kind, form.year) == ("2816033", "Pisz", "gmina", 2014)
    assert form.frame()["state"].unique().to_list() == ["not_reported"]
    full = dg.ozps.read(HEAD.encode() + b"10;;562;608;483;0;x\n22;;;;brak miejsc;;\n", partial=True, unit="Pisz")
    back = dg.ozps.read(full.write(tmp_path / f"full.{ending}"))
    assert back.frame().equals(full.frame()) and back.violations.is_empty()


def test_frames_read_back_and_forms_pickle(tmp_path: Path) -> None:
    form = dg.ozps.read(HEAD.encode() + b"10;;562;608;483;0;x\n", partial=True, unit="2816033")
    form.frame().write_csv(tmp_path / "long.csv")
    back = dg.ozps.read(tmp_path / "long.csv")
    assert back.frame().equals(form.frame())
    assert pickle.loads(pickle.dumps(form)).frame().equals(form.frame())


OWN = """format = "diagnoza-form/1"
name = "mine"
title = { pl = "Mój formularz", en = "My form" }
first_year = 2020
unit_kinds = ["powiat"]
source = "test"
[[chapter]]
number = "7"
title = "Wydatki"
status = "own"
columns = ["year_minus_2", "year_minus_1", "assessed", "forecast_1"]
[[chapter.row]]
number = 1
label = "Wydatki ogółem"
unit = "zł"
content = { decimal = 2 }
identity = "z tego 2, 3"
status = "own"
details = "own"
[[chapter.row]]
number = 2
label = "=własne"
unit = "zł"
content = { decimal = 2 }
status = "own"
details = "own"
[[chapter.row]]
number = 3
label = "zlecone"
unit = "zł"
content = { decimal = 2 }
not_applicable = ["forecast_1"]
status = "own"
details = "own"
"""


def test_an_edition_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(OWN)
    path = dg.ozps.template("2816", edition=file, path=tmp_path / "t.xlsx", year=2023)
    form = dg.ozps.read(path, edition=file)
    assert form.violations.is_empty() and form.unit_kind == "powiat"
    assert form.frame().filter(row=3, column="forecast_1")["state"].item() == "not_applicable"
    wide = b"row;2021;2022;2023;2024\n1;10,10;0;3;\n2;5,05;0;1,00;\n3;5,06;0;1,01;4\n"
    read = dg.ozps.read(wide, edition=dg.ozps.edition(file))
    assert read.violations.select("row", "column", "rule").rows() == [
        (1, "assessed", "sum"),
        (3, "forecast_1", "not_applicable"),
    ]
    assert read.frame().filter(row=1, column="year_minus_1")["state"].item() == "below_unit"
    assert (
        dg.ozps.read(wide, edition=file, zero="value").frame().filter(row=1, column="year_minus_1")["value"].item() == 0
    )
    with pytest.raises(SpecError, match="row 7:9.*does not have"):
        dg.ozps.edition(OWN.replace("2, 3", "2, 9"))
    with pytest.raises(InputError, match="gmina"):
        dg.ozps.template("2816", edition="2014", path=tmp_path / "x.csv")


def test_wrong_arguments_say_what_is_allowed(tmp_path: Path) -> None:
    good = HEAD.encode() + b"10;;1;1;1;;\n"
    for options, says in [
        ({"zero": "nothing"}, "by_unit, value, below_unit"),
        ({"dot": "zero"}, "not_reported, suppressed"),
        ({"dash": "x"}, "refuse, zero, not_reported"),
        ({"encoding": "latin"}, "utf-8, windows-1250"),
        ({"unit_kind": "wieś"}, "gmina, powiat"),
        ({"lang": "de"}, "pl, en"),
        ({"year": 2014.5}, "whole number"),
        ({"edition": "nothing.toml"}, "nothing.toml"),
    ]:
        with pytest.raises(InputError, match=says):
            dg.ozps.read(good, **options)  # type: ignore[arg-type]
    with pytest.raises(AmbiguousUnitError):
        dg.ozps.read(good, unit="Bartoszyce")
    with pytest.raises(InputError, match="known by name only"):
        dg.ozps.template("Pisz", edition="2018", path=tmp_path / "x.csv")
    with pytest.raises(InputError, match="ending"):
        dg.ozps.template("Pisz", edition="2014", path=tmp_path / "x.pdf")
    with pytest.raises(InputError, match="column"):
        dg.ozps.read(good, partial=True).inputs("2014")  # type: ignore[arg-type]
    with pytest.raises(ReadError, match="no header|no row"):
        dg.ozps.read(b"a;b\n1;2\n")
    assert list(tmp_path.iterdir()) == []


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "diagnoza", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_template_on_the_command_line(tmp_path: Path) -> None:
    for name in ("pisz.csv", "pisz.xlsx"):
        done = run("template", "ozps", "--unit", "Pisz", "--edition", "2014", "--out", name, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert "Pisz" in done.stdout and "rows: 24" in done.stdout
        assert dg.ozps.read(tmp_path / name).violations.is_empty()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--unit", "Piszz", "--edition", "2014", "--out", "a.csv"], 3, "Pisz"),
        (["--unit", "Bartoszyce", "--edition", "2014", "--out", "a.csv"], 3, "2801032"),
        (["--unit", "Pisz", "--edition", "2009", "--out", "a.csv"], 3, "ozps_2012_2014"),
        (["--unit", "Pisz", "--edition", "2018", "--out", "a.csv"], 3, "by name only"),
        (["--unit", "Pisz", "--edition", "ozps_2017", "--out", "a.csv"], 3, "assessed year"),
        (["--unit", "28", "--edition", "2014", "--out", "a.csv"], 3, "gmina"),
        (["--unit", "Pisz", "--edition", "2014", "--year", "2016", "--out", "a.csv"], 3, "2016"),
        (["--unit", "Pisz", "--edition", "x.toml", "--out", "a.csv"], 3, "x.toml"),
        (["--unit", "Pisz", "--edition", "2014", "--out", "no/a.csv"], 3, "no folder"),
        (["--unit", "Pisz", "--edition", "2014", "--out", "a.doc"], 2, ".xlsx"),
        (["--unit", "Pisz", "--out", "a.csv"], 2, "--edition"),
    ],
)
def test_wrong_use_of_the_command(tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    done = run("template", "ozps", *arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert says in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_many_units_is_read_in_one_go(tmp_path: Path) -> None:
    codes = dg.Gazetteer().select("gminas:28")
    rows = [(code, row, year, 5.0) for code in codes for row in (10, 11) for year in (2012, 2013, 2014)]
    pl.DataFrame(rows, schema=["unit", "row", "year", "value"], orient="row").write_csv(tmp_path / "all.csv")
    forms = dg.ozps.read_all(tmp_path / "all.csv", year=2014)
    # cities with powiat rights fill the form of a gmina too
    assert len(forms) == 116 and all(form.violations.is_empty() for form in forms)


def test_assess_checks_a_form_and_computes_what_its_rows_give(tmp_path: Path) -> None:
    # Row 6 is one person short in 2014: said, listed, and the indicators that do not need it are computed.
    rows = {1: (10, 10, 10), 2: (5, 5, 5), 3: (1, 1, 1), 4: (3, 3, 3), 5: (1, 1, 1), 6: (5, 5, 4)}
    names = {row["row"]: row["label"] for row in ozps.edition("2014").frame().to_dicts()}
    lines = [f"{row};{names[row]};{';'.join(map(str, values))};;" for row, values in rows.items()]
    path = tmp_path / "form.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "diagnoza", "assess", str(path), "--edition", "2014", "--out", str(tmp_path / "o")]
    unnamed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert unnamed.returncode == 3 and "--units" in unnamed.stderr
    made = subprocess.run(
        [*command, "--units", "2816033", "--year", "2014"], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert "violations" in made.stdout and "indicators computed from the form" in made.stdout
    assert pl.read_csv(tmp_path / "o" / "violations.csv").height >= 1
    computed = pl.read_csv(tmp_path / "o" / "computed.csv", infer_schema_length=None)
    people = computed.filter(pl.col("indicator") == "population").sort("year")
    assert people.select("year", "value").rows() == [(2012, 10.0), (2013, 10.0), (2014, 10.0)]
    refused = computed.filter(pl.col("indicator") == "double_ageing")
    assert refused["value"].null_count() == 3 and refused["problem"].str.contains("persons 80\\+").all()
    assert (tmp_path / "o" / "index.html").is_file()
