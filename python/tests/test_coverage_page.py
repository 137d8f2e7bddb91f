"""The page of coverage targets: figures of the tables, hostile names, no keys of persons, both languages.

Registers here are made up for the tests; codes and names of units are real.
"""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError
from diagnoza.report.bars import bar, progress
from diagnoza.report.coverage import page
from diagnoza.report.coverage_words import _WORDS

TARGETS = """
title = { pl = "Próba <b>", en = "Trial <b>" }
source = "made up for the tests"
[[unknown]]
pl = "Cel czwarty"
en = "The fourth target"
[[target]]
id = "people"
name = { pl = "Osoby & inni", en = "Persons & others" }
counts = "persons"
goal = { value = 4 }
[[target]]
id = "gminas"
name = { pl = "Gminy", en = "Gminas" }
counts = "gminas"
goal = { share = 0.5 }
source = "another document"
[[target]]
id = "hours"
name = { pl = "Godziny", en = "Hours" }
counts = "hours"
"""
ROWS = [
    ("KEY-ANNA", "OPS Pisz", "2816033", "7,5", "2023-03-01"),
    ("KEY-ANNA", "OPS Pisz", "2805011", "2,5", "2024-03-01"),
    ("KEY-BOB", "<img src=x>", "2816033", "1", "2024-03-01"),
    ("KEY-BOB", "<img src=x>", "2816033", "1", "2024-03-01"),
    ("KEY-EVE", "OPS Pisz", "9999", "1", "2024-02-30"),
    ("KEY-DAN", "<img src=x>", "", "", "2024-05-30"),
]


def register() -> pl.DataFrame:
    return pl.DataFrame(ROWS, schema=["osoba", "instytucja", "jednostka", "godziny", "data"], orient="row")


@pytest.fixture(scope="module")
def found() -> dg.Coverage:
    return dg.coverage(register(), targets=TARGETS)


def text_of(made: str) -> str:
    return html.unescape(made).replace("\u00a0", " ")


def rows_of(made: str, caption: str) -> list[list[str]]:
    """Return the cells of the body of the table with that caption."""
    table = next(part for part in made.split("<table>") if caption in text_of(part.split("</caption>")[0]))
    body = table.split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[text_of(c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in cells]


def test_targets_are_those_of_the_frame(found: dg.Coverage) -> None:
    rows = rows_of(page(found), "Cele")
    frame = found.frame()
    assert [row[0] for row in rows] == frame["name"].to_list()
    assert [row[1:6] for row in rows] == [
        ["osoby", "3", "4", "75,0%", "1"],
        ["gminy", "2", "–", "–", "–"],
        ["godziny", "11", "–", "–", "–"],
    ]
    assert frame["achieved"].to_list() == [3.0, 2.0, 11.0]
    assert rows[0][6].startswith("<svg") and rows[1][6] == ""


def test_periods_and_territory_with_their_shares(found: dg.Coverage) -> None:
    made = page(found)
    periods = rows_of(made, "Osoby & inni: okresy")
    # Anna in 2023; Bob and Dan in 2024
    assert [row[:7] for row in periods] == [
        ["2023", "1", "1", "7,5", "1", "1", "25,0%"],
        ["2024", "3", "3", "3,5", "2", "3", "75,0%"],
    ]
    places = {row[0]: row[1:6] for row in rows_of(made, "Osoby & inni: obszary")}
    assert places["podregion ełcki"] == ["3", "2", "11", "2", "66,7%"]
    assert places["Pisz"] == ["2", "2", "8,5", "2", "66,7%"] and places["Ełk"] == ["1", "1", "2,5", "1", "33,3%"]
    assert places["bez jednostki szczebla: gmina"][:2] == ["1", "1"]
    assert "suma gmin byłaby za duża o 1" in text_of(made) and "suma okresów byłaby za duża o 1" in text_of(made)
    # a target of unknown size has no share and no bar
    assert [row[:5] for row in rows_of(made, "Gminy: okresy")] == [
        ["2023", "1", "1", "7,5", "1", "1"][:5],
        ["2024", "2", "2", "3,5", "1", "2"][:5],
    ]
    assert [row[-2] for row in rows_of(made, "Godziny: obszary") if row[0] == "Pisz"] == ["77,3%"]


def test_what_is_counted_once_and_what_is_refused_stands_by_place(found: dg.Coverage) -> None:
    made = page(found)
    assert "Wiersze równe wcześniejszym, policzone raz: 4 (jak 3)." in text_of(made)
    repeats = rows_of(made, "Osoby i instytucje w kilku wierszach")
    assert ["osoba (klucz w double_counting.csv)", "1, 2"] in [row[:2] for row in repeats]
    account = rows_of(made, "Co się stało z wierszami bez błędu")
    assert account[0][1:] == ["4", "1", "0", "0", "1", "1"]
    refused = [row[:3] for row in rows_of(made, "Wiersze niepoliczone")]
    assert refused == [
        ["5", "żaden cel", "2024-02-30"],
        ["5", "żaden cel", "9999"],
        ["6", "Gminy", "–"],
        ["6", "Godziny", "–"],
    ]


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_page_stands_alone_and_holds_no_keys_of_persons(found: dg.Coverage, lang: str) -> None:
    made = page(found, lang=lang)
    assert "<script" not in made and not re.search(r'(?:src|href)="', made) and f'<html lang="{lang}">' in made
    assert "KEY-" not in made and "<img" not in made and "<b>" not in made.split("<body>")[1]
    assert made == page(dg.coverage(register(), targets=TARGETS), lang=lang)
    for said in ("made up for the tests", "another document", "&lt;img src=x&gt;", "&lt;b&gt;"):
        assert said in made
    assert ("Cel czwarty" if lang == "pl" else "The fourth target") in made
    numbers = [int(number) for number in re.findall(r"(?:Tabela|Table) (\d+)\.", made)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 8
    assert "{" not in made.split("<body>")[1]


def test_a_share_says_of_how_many() -> None:
    listed = dg.coverage(register(), targets=TARGETS, frames={"gminas": ["Pisz", "2805011", "2801011"]})
    made = text_of(page(listed))
    assert "Cel: 50% z 3 jednostek, czyli 2 (gminy). Osiągnięto 2, 100,0% celu: cel osiągnięty." in made
    assert "Jednostki jeszcze bez wsparcia (1): Bartoszyce." in made
    assert "nie wiadomo, z ilu jednostek" in text_of(page(dg.coverage(register(), targets=TARGETS)))


def test_an_empty_register_is_said_to_be_empty() -> None:
    made = text_of(page(dg.coverage(register().head(0), targets=TARGETS)))
    assert made.count("W rejestrze nie ma wierszy, które dotyczą tego celu.") == 3
    assert "Nic nie powtarza się w rejestrze." in made and "Policzono wszystkie wiersze" in made
    assert "-0" not in made.split("<body>")[1] and "−0" not in made


def test_no_figure_is_minus_zero() -> None:
    record = dg.coverage(register().head(0), targets=TARGETS).record
    assert str(record["targets"][2]["achieved"]) == "0.0"


def test_bars_end_where_the_track_ends() -> None:
    drawn = progress([(2.0, "#111"), (100.0, "#222"), (1.0, "#333")], 4.0, 'a "quote" <')
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="8"', drawn)]
    assert widths == [80.0, 120.0] and "&quot;quote&quot; &lt;" in drawn
    assert 'width="0.0"' in bar(0, 0, "") and 'width="100.0"' in bar(1, 2, "")


def test_words_have_both_languages_with_the_same_fields() -> None:
    for key, (polish, english) in _WORDS.items():
        assert polish and english, key
        assert set(re.findall(r"{(\w+)}", polish)) == set(re.findall(r"{(\w+)}", english)), key


def test_written_to_a_file_of_html_only(found: dg.Coverage, tmp_path: Path) -> None:
    made = found.to_html(tmp_path / "a.html", lang="en")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == made
    with pytest.raises(InputError, match=r"ending in \.html"):
        found.to_html(tmp_path / "a.pdf")
    with pytest.raises(InputError, match="lang"):
        page(found, lang="de")


def test_the_command_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    register().write_csv(tmp_path / "r.csv")
    (tmp_path / "t.toml").write_text(TARGETS, encoding="utf-8")
    command = [sys.executable, "-m", "diagnoza", "coverage", "r.csv", "--targets", "t.toml", "--out"]
    for out in ("a", "b"):
        done = subprocess.run([*command, out], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0 and f"index: {Path(out) / 'index.html'}" in done.stdout, done.stderr
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / out).iterdir()} for out in ("a", "b"))
    assert one == two and "index.html" in one
    digest = hashlib.sha256((tmp_path / "r.csv").read_bytes()).hexdigest()
    assert digest in one["index.html"].decode()
    assert "Rejestr: r.csv." in one["index.html"].decode()
