"""The command line: fixed columns, exit codes, one clear message, nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import diagnoza as dg


def diagnoza(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "diagnoza", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_project_writes_the_fixed_columns(tmp_path: Path) -> None:
    out = tmp_path / "p.csv"
    done = diagnoza(
        "project",
        "--units",
        "subregions:28",
        "--scenario",
        "main",
        "--until",
        "2050",
        "--by",
        "unit,year",
        "--out",
        out,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = out.read_text().splitlines()
    assert lines[0] == "unit,year,population,status"
    assert "PL621,2050,401160,projected" in lines and "PL623,2021,275273,observed" in lines


@pytest.mark.parametrize("ending", ["parquet", "json"])
def test_project_by_sex_and_age_in_other_forms(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"p.{ending}"
    done = diagnoza(
        "project",
        "--units",
        "2816,PL623",
        "--from",
        "2022",
        "--until",
        "2023",
        "--by",
        "unit,year,sex,age",
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr
    frame = pl.read_parquet(out) if ending == "parquet" else pl.DataFrame(json.loads(out.read_text()))
    assert frame.columns == ["unit", "year", "sex", "age", "population", "status"]
    assert frame.height == 2 * 2 * 2 * 91


def test_a_scenario_file_on_the_command_line(tmp_path: Path) -> None:
    scenario = tmp_path / "still.toml"
    scenario.write_text(
        'format = "diagnoza-scenario/1"\nname = "still"\nbase = "main"\n'
        "[[change]]\nnet_migration_factor = 0.0\nfrom = 2023\n"
        '[[change]]\ntfr = 1.1\nfrom = 2025\nunits = ["PL623"]\n'
    )
    out = tmp_path / "p.csv"
    done = diagnoza("project", "--units", "PL623", "--scenario", scenario, "--until", "2050", "--out", out)
    assert done.returncode == 0, done.stderr
    changed = dg.Scenario("still", base="main").net_migration(0.0, from_year=2023).tfr(1.1, from_year=2025)
    expected = dg.project("PL623", scenario=changed).frame().filter(year=2050)["population"].item()
    assert pl.read_csv(out).filter(year=2050)["population"].item() == pytest.approx(expected, abs=1e-6)


def test_indicators_select_and_data(tmp_path: Path) -> None:
    out = tmp_path / "i.csv"
    done = diagnoza("indicators", "--units", "powiats:28", "--years", "2022,2050", "--out", out)
    assert done.returncode == 0, done.stderr
    assert pl.read_csv(out)["indicator"].n_unique() >= 19
    done = diagnoza("select", "malopolska_2025", "--out", tmp_path / "s")
    assert done.returncode == 0 and "chosen:" in done.stdout
    assert {p.name for p in (tmp_path / "s").iterdir()} == {
        "frame.csv",
        "funnel.csv",
        "index.html",
        "ranking.csv",
        "reasons.csv",
        "record.json",
    }
    assert "projection_28" in diagnoza("data", "list").stdout
    assert json.loads(diagnoza("data", "show", "hmd_poland").stdout)["publisher"]
    export = tmp_path / "t.csv"
    assert diagnoza("data", "export", "europop2019_totals", "--out", export).returncode == 0
    assert export.read_text().startswith("geo,year,population")


def test_the_pilot_of_2018_says_what_is_missing_and_writes_the_template(tmp_path: Path) -> None:
    done = diagnoza("select", "pilot_28_2018", "--out", tmp_path)
    assert done.returncode == 3
    assert "ozps2016_families_total" in done.stderr and "33 gminas" in done.stderr
    assert "2816033" in done.stdout
    template = (tmp_path / "gmina_frame_28_template.csv").read_text().splitlines()
    assert len(template) == 34 and template[0].startswith("teryt,name,ozps2016_families_total")
    frame = pl.read_csv(tmp_path / "frame.csv")
    assert frame.height == 33 and {"stratum", "population_2016", "own_revenue_per_head_2016"} <= set(frame.columns)


def test_a_decision_is_explained_replayed_and_compared(tmp_path: Path) -> None:
    assert diagnoza("select", "malopolska_2025", "--out", tmp_path / "a").returncode == 0
    record = tmp_path / "a" / "record.json"
    done = diagnoza("select", "--replay", record, "--out", tmp_path / "b")
    assert done.returncode == 0 and "reproduced to the byte" in done.stdout, done.stderr
    assert (tmp_path / "b" / "record.json").read_bytes() == record.read_bytes()
    done = diagnoza("explain", "malopolska_2025", "Trzebinia", "--against", "Koszyce", "--lang", "en")
    assert done.returncode == 0 and "with beneficiaries" in done.stdout and "For Koszyce" in done.stdout
    done = diagnoza("diff", record, tmp_path / "b" / "record.json", "--lang", "en")
    assert done.stdout == "The records are the same to the byte.\n"
    tampered = tmp_path / "t.json"
    tampered.write_text(record.read_text().replace('"reserve":5', '"reserve":6', 1))
    done = diagnoza("select", "--replay", tampered, "--out", tmp_path / "c")
    assert done.returncode == 3 and "was changed after it was made" in done.stderr
    assert not (tmp_path / "c").exists()
    torn = tmp_path / "torn.json"
    torn.write_bytes(record.read_bytes()[:500])
    done = diagnoza("diff", record, torn)
    assert done.returncode == 3 and f"record {torn}: " in done.stderr, done.stderr
    done = diagnoza("select", "--out", tmp_path / "c")
    assert done.returncode == 3 and "--replay" in done.stderr


TABLE = "teryt,name,beneficiaries_per_10k_2024\n"


@pytest.fixture
def small_pool(tmp_path: Path) -> Path:
    """A specification whose table a test supplies: three gminas of Małopolska, synthetic values."""
    from diagnoza import shipped_specs

    spec = tmp_path / "spec.toml"
    text = shipped_specs()["malopolska_2025"].replace("reserve = 5", "").replace("all = 5", "all = 1")
    spec.write_text(text.replace('table = "malopolska_gminas_2025"', 'table = "mine"'), encoding="utf-8")
    return spec


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["project", "--units", "2899", "--out", "x.csv"], "2899"),
        (["project", "--units", "Bartoszyce", "--out", "x.csv"], "2801032"),
        (["project", "--units", "28", "--until", "2061", "--out", "x.csv"], "2061"),
        (["project", "--units", "28", "--scenario", "medium", "--out", "x.csv"], "medium"),
        (["project", "--units", "powiat:28", "--out", "x.csv"], "powiats"),
        (["project", "--units", "28", "--out", "nowhere/x.csv"], "nowhere"),
        (["data", "show", "regster"], "register"),
        (["report", "--unit", "2816033", "--out", "r"], "powiat"),
        (["select", "nothing.toml", "--out", "s"], "nothing.toml"),
    ],
)
def test_bad_input_ends_with_3_one_message_and_no_file(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = diagnoza(*arguments, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert says in done.stderr and "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"teryt,name\n1201032,Drwinia\n", "beneficiaries_per_10k_2024"),
        (TABLE.encode() + b"1201032,Drwinia,many\n", "row 2"),
        (TABLE.encode() + b'1201032,Drwinia,"12,5"\n', "comma"),
        (TABLE.encode("utf-8") + "1201032,Łapanów,12\n".encode("windows-1250"), "row 2"),
        (TABLE.encode() + b"1201032,Drwinia,12\n1201032,Drwinia,13\n", "row 3"),
        (TABLE.encode() + b"9901032,Drwinia,12\n", "row 2"),
        (b"", "empty"),
    ],
    ids=["missing column", "text", "decimal comma", "encoding", "duplicate", "unknown code", "empty"],
)
def test_faulty_tables_end_with_3_and_their_place(tmp_path: Path, small_pool: Path, content: bytes, says: str) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    done = diagnoza("select", small_pool, "--table", table, "--out", tmp_path / "s")
    assert done.returncode == 3, (done.stdout, done.stderr)
    assert says in done.stderr and "table.csv" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["project"],
        ["project", "--units", "28", "--until", "soon", "--out", "x.csv"],
        ["project", "--units", "28", "--by", "unit", "--out", "x.csv"],
        ["project", "--units", "28", "--out", "x.doc"],
        ["indicators", "--units", "28", "--years", "2022;2030", "--out", "x.csv"],
        ["report", "--lang", "de", "--out", "r"],
    ],
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    done = diagnoza(*arguments, cwd=tmp_path)
    assert done.returncode == 2 and "usage:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command() -> None:
    text = diagnoza("--help").stdout
    assert all(command in text for command in ("project", "indicators", "select", "report", "data"))
