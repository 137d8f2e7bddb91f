"""The section on resources and needs in the report of a region: figures of the assessment, both languages, tables."""

from __future__ import annotations

import dataclasses
import functools
import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError
from diagnoza.report import ReportData, build, write
from diagnoza.report.assessment_words import _WORDS
from diagnoza.report.diagnosis import diagnosis
from diagnoza.report.page import build as built
from diagnoza.report.resources import frames, resources
from diagnoza.report.workbook import gathered


@functools.cache
def report(unit: str, lang: str) -> ReportData:
    """Return the report's data."""
    return diagnosis(unit, lang="pl" if lang == "pl" else "en")


@functools.cache
def small(unit: str, lang: str) -> ReportData:
    """Return the report without what takes long to draw: the section is the same."""

    bare: dict[str, Any] = {"maps": (), "indicators": None, "profiles": (), "what_if": None, "what_ifs": ()}
    return dataclasses.replace(report(unit, lang), **bare)


def section(page: str) -> str:
    """Return the section as text."""
    found = re.search(r'<section id="resources">.*?</section>', page, re.DOTALL)
    assert found
    return html.unescape(found.group(0)).replace("\u00a0", " ")


@functools.cache
def section_of(unit: str, lang: str) -> str:
    return section(build(small(unit, lang), lang=lang))


class TestSection:
    """What the section says of 28 and of ełcki."""

    @pytest.mark.parametrize("lang", ["pl", "en"])
    def test_values_are_those_of_the_assessment(self, lang: Any) -> None:
        """Values and medians of the region's table, counts of units that stand out."""
        text = section_of("PL623", lang)
        frame = dg.assess("subregions:28").frame(lang=lang).filter(unit="PL623")
        assert frame.height == 12
        for row in frame.iter_rows(named=True):
            written = dg.labels.format_number(row["value"], lang, decimals=row["decimals"]).replace("\u00a0", " ")
            median = dg.labels.format_number(row["median"], lang, decimals=row["decimals"]).replace("\u00a0", " ")
            assert f'<td class="strong">{written}</td><td>{median}</td>' in text, row["indicator"]
        flags = dg.assess("powiats:28,gminas:28").flags.filter(pl.col("judgement") != "unknown")
        elcki = dg.region("PL623")
        for level, units in (("powiat", elcki.powiats), ("gmina", elcki.gminas)):
            flagged = flags.filter(pl.col("unit").is_in([unit.code for unit in units]))["unit"].n_unique()
            said = {"powiat": "powiaty", "gmina": "gminy"}[level] if lang == "pl" else f"{level}s"
            assert f"{said} – {flagged} {'z' if lang == 'pl' else 'of'} {len(units)}" in text
        assert text.count('<svg class="small"') == 12

    def test_order_of_the_ranking(self) -> None:
        """Unfavourable first, then all flags, then code; all powiats, 15 gminas."""
        data = small("28", "pl")
        assert data.resources is not None
        found = resources(data, "pl")
        assert found is not None
        powiats, gminas = found["heats"]
        assert len(powiats.rows) == 21 and len(gminas.rows) == 15
        for table in (powiats, gminas):
            keys = [[int(n) for n in row.flags.split(" / ")] for row in table.rows]
            ranks = [(-bad, -(bad + open_ + good)) for bad, open_, good in keys]
            assert ranks == sorted(ranks)
        flags = data.resources.flags.filter(pl.col("unit").str.len_chars() == 7, judgement="unfavourable")
        worst = flags.group_by("unit").agg(pl.col("indicator").n_unique())["indicator"].max()
        assert keys[0][0] == worst
        # Ełk the town and Ełk around it are two names, though only one of them is shown
        assert "Ełk (gmina wiejska)" in [row.name for row in gminas.rows]

    def test_a_voivodeship_has_nobody_to_compare_with(self) -> None:
        """It says so, gives the values, and no columns that would be empty."""
        text = section_of("28", "pl")
        assert "Nie ma tu jednostek, z którymi można by porównać" in text
        assert "1 349 172" in text and "położenie wśród innych" not in text
        assert "Miejsc, kadr i świadczeń pomocy społecznej nie obejmuje" in text
        assert "tylko gminy mają grupy" not in text

    def test_sources_dates_and_rules_stand_on_the_page(self) -> None:
        """Every table with its hash; dates in the page's language; the rules among the methods."""
        page = build(small("PL623", "pl"), lang="pl").replace("\u00a0", " ")
        for name in ("own_revenue_28", "population_gminas_28", "gmina_projection_28"):
            assert dg.table_info(name)["sha256"] in section(page)
        assert "workbooks of" not in page and "arkusze z XI 2023" in page
        assert page.index("<h3>Ocena zasobów i potrzeb</h3>") > page.index('id="methods"')
        numbers = [int(n) for n in re.findall(r"Tabela (\d+)\.", page)]
        assert numbers == list(range(1, len(numbers) + 1))

    def test_same_bytes_and_nothing_from_outside(self) -> None:
        """A second run gives the same page."""
        data = small("PL623", "en")
        page = build(data, lang="en")
        assert page == built(data, lang="en") and "<script" not in page
        assert '<a href="#resources">Resources and needs</a>' in page
        assert set(re.findall(r'(?:src|href)="([^#"]+)"', page.replace('xlink:href="#', ""))) == set()

    def test_every_word_has_both_languages_with_the_same_fields(self) -> None:
        """A figure said in Polish is said in English."""
        for key, (polish, english) in _WORDS.items():
            assert polish and english, key
            assert set(re.findall(r"{(\w+)}", polish)) == set(re.findall(r"{(\w+)}", english)), key


class TestOwnAssessment:
    """Assessments of a user's own table, or none."""

    def test_hostile_names_are_escaped(self) -> None:
        """Names of units, indicators and sources are text."""

        bad = '<img src=x onerror="alert(1)">'
        codes = [one.code for one in dg.region("PL623").gminas]
        table = pl.DataFrame({"unit": ["PL623", *codes], "indicator": "x", "year": 2023, "name": bad})
        table = table.with_columns(value=pl.Series([1.0, *(float(i * i) for i in range(len(codes)))]))
        described = pl.DataFrame(
            {"indicator": ["x"], "name_pl": [bad], "unit_pl": [bad], "source_publisher": [bad], "note": [bad]}
        )
        own = dg.assess(table=table, indicators=described)
        page = build(dataclasses.replace(small("PL623", "pl"), resources=own, resources_note=bad), lang="pl")
        assert "<img" not in page and section(page).count("<img src=x") > 5

    def test_without_an_assessment_the_reason_is_said(self) -> None:
        """A note alone is a section; nothing at all is none."""

        none = dataclasses.replace(small("PL623", "pl"), resources=None, resources_note="Brak wskaźników.")
        text = section(build(none, lang="pl"))
        assert "Brak wskaźników." in text and "<table" not in text
        assert 'id="resources"' not in build(dataclasses.replace(none, resources_note=""), lang="pl")

    def test_the_region_must_be_assessed(self) -> None:
        """Another region's assessment is refused by name."""

        with pytest.raises(InputError, match="the assessment has no region 'PL623'; it has 1207132"):
            dataclasses.replace(small("PL623", "pl"), resources=dg.assess("1207132"))


class TestTables:
    """The assessment beside the report."""

    @pytest.mark.parametrize("lang", ["pl", "en"])
    def test_frames_are_in_the_language(self, lang: str) -> None:
        """One label and one reason; all units of the region; nothing that the assessment does not have."""
        data = small("PL623", lang)
        assert data.resources is not None
        found = frames(data.resources, lang)
        assert found["resources"]["unit"].n_unique() == 1 + 6 + 25
        assert found["resources_flags"].height == data.resources.flags.height > 0
        assert found["resources_flags"]["reason"].to_list() == data.resources.flags[f"reason_{lang}"].to_list()
        assert found["resources_gaps"].columns == ["unit", "name", "indicator", "label", "year", "reason"]
        assert {"resources", "resources_flags", "resources_gaps"} <= set(gathered(data, lang))

    def test_files_and_sheets(self, tmp_path: Path) -> None:
        """CSV, Parquet and sheets with Polish words; a second run gives the same files."""
        data = small("PL623", "pl")
        page = write(data, tmp_path / "raport")
        first = (page.parent / "files.json").read_bytes()
        assert data.resources is not None
        back = pl.read_parquet(page.parent / "tables" / "resources.parquet")
        assert back.equals(data.resources.frame().sort("unit", "indicator", "year", maintain_order=True))
        assert (page.parent / "tables" / "resources_gaps.csv").read_text().startswith("unit,name,indicator,label")
        with zipfile.ZipFile(io.BytesIO((page.parent / "tables.xlsx").read_bytes())) as book:
            sheets, strings = book.read("xl/workbook.xml").decode(), book.read("xl/sharedStrings.xml").decode()
            number = re.findall(r'<sheet name="([^"]+)"', sheets).index("zasoby i potrzeby") + 1
            sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
        assert "zasoby i potrzeby" in sheets and "wyróżnienia" in sheets and "braki wartości" in sheets
        # main peers of 32 units and 12 indicators, a note and the head
        assert sheet.count("<row ") == 32 * 12 + 2 and "na tle swojej głównej grupy" in strings
        assert "gminy tego samego rodzaju" in strings and "wyraźnie daleko" in strings
        for word in ("not_stated", "outside_fence", "from_median", ">True<", ">subregion<"):
            assert word not in strings
        write(data, tmp_path / "raport")
        assert (page.parent / "files.json").read_bytes() == first
