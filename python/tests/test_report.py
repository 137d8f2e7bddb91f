"""The report: figures come from the frames, text is escaped, the same data gives the same bytes."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from diagnoza.errors import InputError
from diagnoza.labels import format_number
from diagnoza.report import MapFigure, Note, ReportData, Source, WhatIf, build, write
from diagnoza.report.drawings import inline
from diagnoza.report.findings import Figures, cards, findings
from diagnoza.report.texts import _TEXTS

UNITS = (("28", "warmińsko-mazurskie"), ("PL621", "elbląski"), ("PL623", "ełcki"))
YEARS = (2021, 2022, 2030, 2050)


def status(year: int) -> str:
    """Return the status of a year as the library gives it."""
    return "observed" if year <= 2022 else "projected"


def totals() -> pl.DataFrame:
    """Return totals: the region is the sum of its parts; elbląski loses half, ełcki a fifth by 2050."""
    rows = []
    for scenario, shift in (("main", 0.0), ("low", -1000.0), ("high", 1000.0)):
        for year in YEARS:
            gone = (year - 2021) / (2050 - 2021)
            parts = [50_000 * (1 - 0.5 * gone), 30_000 * (1 - 0.2 * gone)]
            parts = [part + shift * gone for part in parts]
            for (unit, name), value in zip(UNITS, [sum(parts), *parts], strict=True):
                rows.append((unit, name, scenario, year, value, status(year)))
    schema = ["unit", "name", "scenario", "year", "population", "status"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def population() -> pl.DataFrame:
    """Return 100 persons of each sex and age in 2022, 50 in 2050 but 200 from age 65 on."""
    rows = [
        (
            unit,
            name,
            "main",
            year,
            sex,
            age,
            100.0 if year == 2022 else 200.0 if age >= 65 else 50.0,
            status(year),
        )
        for unit, name in UNITS
        for year in (2022, 2050)
        for sex in "FM"
        for age in range(91)
    ]
    schema = ["unit", "name", "scenario", "year", "sex", "age", "population", "status"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def data(**changes: Any) -> ReportData:
    """Return a small report that has every section."""
    ring = [[20, 54], [21, 54], [21, 55], [20, 55], [20, 54]]
    feature = {
        "type": "Feature",
        "properties": {"code": "2801", "name": "bartoszycki"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    indicator = {
        "unit": ["2801"], "name": ["bartoszycki"], "year": [2022], "indicator": ["share_65_plus"],
        "label": ["65+"], "value": [20.0], "unit_of_measure": ["%"], "peers": ["powiaty"], "n": [21],
        "rank": [3], "median": [18.0], "q1": [17.0], "q3": [19.0], "status": ["observed"],
    }  # fmt: skip
    given: dict[str, Any] = {
        "title": "Ludność do 2050 roku",
        "region": "28",
        "date": "2026-03-01",
        "version": "0.1.0",
        "totals": totals(),
        "population": population(),
        "reference": pl.DataFrame(
            {
                "unit": ["PL621"],
                "year": [2050],
                "population": [26_000],
                "series": ["EUROPOP2019"],
                "stock": ["1 I"],
            }
        ),
        "maps": (
            MapFigure(
                frame=pl.DataFrame({"unit": ["2801"], "change": [-12.5]}),
                value="change",
                borders={"type": "FeatureCollection", "features": [feature]},
                title="Zmiana liczby ludności",
                unit_of_measure="%",
                source="GUS",
                status="projected",
            ),
        ),
        "indicators": pl.DataFrame(indicator),
        "profiles": ("2801",),
        "what_if": totals().filter(pl.col("scenario") == "low").with_columns(scenario=pl.lit("zero")),
        "what_ifs": (WhatIf(scenario="zero", name="bez migracji", assumption="Saldo migracji równe zeru."),),
        "sources": (Source(publisher="GUS", title="Prognoza", date="2023", basis="NSP 2021", sha256="ab" * 32),),
        "methods": (Note(title="Kalibracja", text="Odtworzono wskaźniki."),),
        "status_notes": (Note(title="Rok 2021", text="Struktura jest szacowana."),),
    }
    given.update(changes)
    return ReportData(**given)


@functools.lru_cache
def page_of(lang: str) -> str:
    """Return the page of the plain data, built once: drawing takes seconds."""
    return build(data(), lang=lang)


class TestFindings:
    """Sentences and cards are computed."""

    def test_five_sentences_with_figures_of_the_frames(self) -> None:
        """80 000 persons fall to 25 000 + 24 000."""
        said = [sentence.replace("\u00a0", " ") for sentence in findings(Figures(data()), "pl")]
        assert len(said) == 5
        assert "zmniejszy się z 80 000 osób (31 XII 2021, dane obserwowane) do 49 000 osób" in said[0]
        assert "31 000 osób (−38,8%)" in said[0]
        assert "najgłębszy spadek – podregion elbląski (−50,0%)" in said[1]
        assert "najłagodniejszy – podregion ełcki (−20,0%)" in said[1]
        assert "od 47 000 do 51 000 osób: rozpiętość 4 000 osób" in said[2].replace("\u00a0", " ")
        # 26 of 91 ages are 65 and over: 28.6 %, then 26 * 200 of 26 * 200 + 65 * 50
        assert "z 28,6% (2022) do 61,5% (2050)" in said[3]
        # 2022: women 42 and men 47 working ages of 91: 9300 others on 8900
        assert "wobec 104 w 2022 r." in said[4]

    def test_growth_is_called_growth(self) -> None:
        """The words follow the figures."""
        table = totals().with_columns(population=60_000.0 + pl.col("year"))
        said = findings(Figures(data(totals=table)), "en")
        assert "will rise" in said[0] and "lowest rise" in said[1]

    def test_without_variants_it_says_so(self) -> None:
        """No range is made up."""
        said = findings(Figures(data(totals=totals().filter(pl.col("scenario") == "main"))), "pl")
        assert "niepewność nie jest w nim zmierzona" in said[2].replace("\u00a0", " ")

    def test_cards_carry_status(self) -> None:
        """No figure without its status."""
        below = [card.below.replace("\u00a0", " ") for card in cards(Figures(data()), "pl")]
        assert below[0] == "31 XII 2021, obserwowane" and below[1] == "31 XII 2050, prognozowane"
        assert below[3] == "2022 (obserwowane) → 2050 (prognozowane)"


class TestPage:
    """The HTML page."""

    @pytest.mark.parametrize("lang", ["pl", "en"])
    def test_self_contained_and_whole(self, lang: str) -> None:
        """No script, no link elsewhere, every section, every id once."""
        page = page_of(lang)
        assert page.startswith("<!DOCTYPE html>")
        assert "<script" not in page and "@import" not in page
        assert not re.search(r'(?:src|href)="(?!#)', page.replace('xlink:href="#', ""))
        for section in (
            "totals",
            "structure",
            "scenarios",
            "maps",
            "indicators",
            "what_if",
            "status",
            "sources",
        ):
            assert f'<section id="{section}"' in page
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert page.count("<svg ") == 1 + 3 + 1 + 1 + 1 + 1
        numbers = [int(number) for number in re.findall(r"(?:Rycina|Figure) (\d+)\.", page)]
        assert numbers == list(range(1, 7))

    def test_same_data_same_bytes(self) -> None:
        """Nothing is read from the clock, and charts do not count up."""
        assert build(data()) == page_of("pl")

    def test_everything_given_is_escaped(self) -> None:
        """Titles, names in frames, sources and notes are text."""
        bad = "<img src=x onerror=alert(1)>"
        page = build(
            data(
                title=bad,
                totals=totals().with_columns(name=pl.lit(bad)),
                population=population().with_columns(name=pl.lit(bad)),
                sources=(Source(publisher=bad, title=bad, date=bad, basis=bad),),
                methods=(Note(title=bad, text=bad),),
                reference_note=bad,
            )
        )
        assert "<img" not in page and "&lt;img" in page

    def test_optional_sections_are_left_out(self) -> None:
        """A section without data has no heading."""
        page = build(data(maps=(), indicators=None, profiles=(), what_if=None, what_ifs=(), reference=None))
        assert 'id="maps"' not in page and 'id="what_if"' not in page and "EUROPOP" not in page

    def test_every_text_has_both_languages_with_the_same_fields(self) -> None:
        """A figure shown in Polish is shown in English."""
        for key, (polish, english) in _TEXTS.items():
            assert polish and english, key
            assert set(re.findall(r"{(\w+)}", polish)) == set(re.findall(r"{(\w+)}", english)), key

    def test_ids_of_images_do_not_meet(self) -> None:
        """Two images with one clip path each keep their own."""
        svg = '<svg a="1"><clipPath id="clip0"/><g clip-path="url(#clip0)"/><use xlink:href="#clip0"/></svg>'
        made = inline(svg, "f1")
        assert 'id="f1-clip0"' in made and "url(#f1-clip0)" in made and 'xlink:href="#f1-clip0"' in made


class TestInput:
    """What a report refuses."""

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"date": "1 March"}, "YYYY-MM-DD"),
            ({"title": " "}, "needs a title"),
            ({"sources": ()}, "at least one source"),
            ({"region": "22"}, "no region '22'; it has 28, PL621"),
            ({"years": (2050, 2021)}, "in this order"),
            ({"years": (2021, 2051)}, "no row is of year 2051"),
            ({"what_ifs": ()}, "what_ifs describes"),
            ({"figure_sources": {"x": "y"}}, "does not have"),
        ],
    )
    def test_said_before_anything_is_drawn(self, changes: dict[str, Any], message: str) -> None:
        """Every error names what is wrong and what is there."""
        with pytest.raises(InputError, match=message):
            data(**changes)

    def test_missing_column_and_main(self) -> None:
        """Frames are checked when the data is made."""
        with pytest.raises(InputError, match="frame of totals has no column status"):
            data(totals=totals().drop("status"))
        with pytest.raises(InputError, match="no scenario 'main'"):
            data(totals=totals().filter(pl.col("scenario") != "main"))

    def test_totals_twice(self) -> None:
        """A unit counted twice would double in silence."""
        table = totals()
        twice = pl.concat([table, table.with_columns(name=pl.lit("other"))])
        with pytest.raises(InputError, match="twice"):
            Figures(data(totals=twice))


class TestWrite:
    """The folder."""

    def test_all_files_and_their_hashes(self, tmp_path: Path) -> None:
        """The list of files is true, and nothing else is there."""
        page = write(data(), tmp_path / "raport")
        listed = json.loads((tmp_path / "raport" / "files.json").read_text(encoding="utf-8"))["sha256"]
        there = {p.relative_to(page.parent).as_posix() for p in page.parent.rglob("*") if p.is_file()}
        assert there == {"files.json", *listed}
        assert {"index.html", "tables.xlsx", "tables/totals.csv", "tables/totals.parquet"} <= there
        for name, digest in listed.items():
            assert hashlib.sha256((page.parent / name).read_bytes()).hexdigest() == digest
        assert [entry.name for entry in tmp_path.iterdir()] == ["raport"]
        back = pl.read_parquet(page.parent / "tables" / "totals.parquet")
        assert back.equals(totals().sort(["unit", "scenario", "year"], maintain_order=True))

    def test_same_data_same_bytes_and_replaces(self, tmp_path: Path) -> None:
        """A second run replaces the first with equal files, the workbook included."""
        page = write(data(), tmp_path / "raport")
        first = (page.parent / "files.json").read_bytes()
        write(data(), tmp_path / "raport")
        assert (page.parent / "files.json").read_bytes() == first

    def test_workbook_has_sources_and_no_formula(self, tmp_path: Path) -> None:
        """A name that begins with = stays a text."""
        evil = totals().with_columns(name=pl.lit("=1+1"))
        page = write(data(totals=evil), tmp_path / "raport")
        with zipfile.ZipFile(io.BytesIO((page.parent / "tables.xlsx").read_bytes())) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
            assert "źródła" in book.read("xl/workbook.xml").decode()
            assert not any("<f>" in sheet for sheet in sheets)
            assert "=1+1" in book.read("xl/sharedStrings.xml").decode()

    def test_a_foreign_folder_is_left_alone(self, tmp_path: Path) -> None:
        """Neither other files, nor a report someone added to, is deleted."""
        (tmp_path / "a.txt").write_text("mine")
        with pytest.raises(InputError, match="other files"):
            write(data(), tmp_path)
        page = write(data(), tmp_path / "raport")
        (page.parent / "notes.txt").write_text("mine")
        with pytest.raises(InputError, match="other files"):
            write(data(), tmp_path / "raport")
        with pytest.raises(InputError, match="is a file"):
            write(data(), tmp_path / "a.txt")
        with pytest.raises(InputError, match="does not exist"):
            write(data(), tmp_path / "none" / "raport")

    def test_failure_leaves_nothing(self, tmp_path: Path) -> None:
        """An indicator frame without a column fails before anything is written."""
        frame = data().indicators
        assert frame is not None
        with pytest.raises(InputError):
            write(dataclasses.replace(data(), indicators=frame.drop("median")), tmp_path / "raport")
        assert list(tmp_path.iterdir()) == []


def test_numbers_in_tables_follow_the_language() -> None:
    """The same total is written in two ways."""
    assert format_number(49_000, "pl") in page_of("pl")
    assert "49,000" in page_of("en")
