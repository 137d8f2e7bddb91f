"""Readers from Python: real files where they are, hostile ones made here."""

from __future__ import annotations

from pathlib import Path

import pytest

import diagnoza as dg
from diagnoza.errors import InputError, ReadError

SHARED = Path(__file__).parents[3] / "shared" / "data"
SCHEMA = {
    "columns": [
        {"name": "teryt", "kind": "code"},
        {"name": "year", "kind": "year"},
        {"name": "population", "kind": {"number": {"min": 0}}},
    ],
    "key": ["teryt", "year"],
}


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no shared/data/{name} beside the project")
    return path


def test_a_gus_workbook_equals_the_embedded_projection() -> None:
    book = dg.read_gus_projection(shared("gus_projection_2023_2060/workbooks/2816_main.xlsx"), unit="2816")
    total = book.population.filter(sex="T", year=2050)["population"].sum()
    assert total == dg.project("2816").frame().filter(year=2050)["population"].item()
    assert book.source["sha256"] and book.components.height == 38


def test_bdl_exports() -> None:
    long = dg.read_bdl(shared("bdl_exports/LUDN_2462_CREL_20250113230153_WM.csv"))
    assert {"teryt", "year", "value", "missing"} <= set(long.frame.columns)
    wide = dg.read_bdl(shared("bdl_exports/LUDN_2137_CTAB_20210624222104.csv"), layout="ctab", year=2020)
    assert wide.frame.height > 1000
    with pytest.raises(InputError, match="crel, ctab"):
        dg.read_bdl("x.csv", layout="wide")  # type: ignore[arg-type]


def test_tidy_tables_list_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "powiaty.csv"
    path.write_text("teryt,year,population\n2816,2022,10\n2816,2022,11\n2805,1022,-4\n2899x,2022,many\n")
    with pytest.raises(ReadError) as caught:
        dg.read_tidy(path, SCHEMA)
    message = str(caught.value)
    assert "powiaty.csv" in message
    assert all(part in message for part in ("row 3", "row 4", "row 5", "1022", "-4", "many"))
    path.write_text("teryt;year;population\n2816;2022;10,5\n")
    assert dg.read_tidy(path, SCHEMA, decimal=",").frame["population"].to_list() == [10.5]


def test_a_truncated_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(ReadError, match=r"cut\.xlsx"):
        dg.read_gus_projection(path, unit="2816")
    with pytest.raises(ReadError, match=r"none\.csv"):
        dg.read_bdl(tmp_path / "none.csv")


HMD = "Poland, {}\tLast modified: 05 Nov 2024;  Methods Protocol: v6 (2017)\n\n{}"
TSV = "freq,unit,sex,age,geo\\TIME_PERIOD\t2021 \t2022 \n"


def test_hmd_life_tables_equal_the_embedded_ones() -> None:
    table = dg.read_hmd(shared("mortality/hmd_poland_mltper_1x1.txt"))
    embedded = dg.table("hmd_poland").filter(sex="M")
    for column in ("year", "age", "mx", "ex"):
        assert table.frame[column].to_list() == embedded[column].to_list(), column
    assert table.source["date"] == "05 Nov 2024" and table.source["title"].startswith("Poland, Life tables")


def test_hmd_rates_and_their_faults(tmp_path: Path) -> None:
    path = tmp_path / "Mx_1x1.txt"
    rows = "Year Age Female Male Total\n2023 0 0.003 0.004 0.0035\n2023 1+ 0.01 . 0.02\n"
    path.write_text(HMD.format("Death rates (period 1x1), ", rows))
    assert dg.read_hmd(path).frame.height == 6
    males = dg.read_hmd(path, sex="M").frame
    assert males["value"].to_list() == [0.004, None] and males["missing"].to_list() == [None, "not_reported"]
    path.write_text(HMD.format("Death rates (period 1x1), ", rows + "2024 0 -1 x 0.1\n"))
    with pytest.raises(ReadError) as caught:
        dg.read_hmd(path)
    assert all(part in str(caught.value) for part in ("Mx_1x1.txt", "row 6", "-1", "'x'", "cut off"))
    with pytest.raises(InputError, match="F, M, T"):
        dg.read_hmd(path, sex="K")  # type: ignore[arg-type]


def test_eurostat_layouts_mean_the_same(tmp_path: Path) -> None:
    tsv, csv = tmp_path / "estat_demo.tsv", tmp_path / "demo_linear.csv"
    tsv.write_text(TSV + "A,NR,F,Y_LT5,PL62\t30847 ep\t: c\n")
    csv.write_text(
        "DATAFLOW,LAST UPDATE,freq,unit,sex,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:DEMO(1.0),07/03/24 23:00:00,A,NR,F,Y_LT5,PL62,2021,30847,ep\n"
        "ESTAT:DEMO(1.0),07/03/24 23:00:00,A,NR,F,Y_LT5,PL62,2022,,c\n"
    )
    first, second = dg.read_eurostat(tsv), dg.read_eurostat(csv, format="sdmx_csv")
    assert first.frame.equals(second.frame)
    assert first.frame["missing"].to_list() == [None, "suppressed"]
    assert first.frame.select("age_from", "age_to", "year", "flags").row(0) == (0, 4, 2021, "ep")
    assert (first.source["title"], second.source["date"]) == ("demo", "07/03/24 23:00:00")
    with pytest.raises(InputError, match="auto, tsv, sdmx_csv"):
        dg.read_eurostat(tsv, format="json")  # type: ignore[arg-type]


def test_eurostat_bulk_files_and_their_faults(tmp_path: Path) -> None:
    table = dg.read_eurostat(shared("eurostat/estat_demo_r_pjangrp3_bulk_format.tsv"))
    here = table.frame.filter(geo="PL623", sex="F", age="TOTAL", year=2022)
    assert here["value"].item() == 139715 and any("UNK" in note for note in table.notes)
    path = tmp_path / "broken.tsv"
    path.write_text(TSV + "A,NR,F,Y_LT5,PL62\t1x\t2\nA,NR,F,Y_LT5,PL62\t1\t2\nA,NR,F\t1\t2\n")
    with pytest.raises(ReadError) as caught:
        dg.read_eurostat(path)
    assert all(part in str(caught.value) for part in ("broken.tsv", "row 2", "same as row 2", "row 4"))
