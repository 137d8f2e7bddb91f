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
