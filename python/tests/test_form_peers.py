"""Filed forms against the library's public figures: what is compared, what is not and why.

The forms here are made up for the tests; codes of units and the figures of the other units are real.
"""

from __future__ import annotations

import html
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza import ozps
from diagnoza.errors import InputError

COUNTS = {1: 26000, 2: 13200, 3: 2400, 4: 7300, 5: 3500, 6: 12800, 7: 2500, 8: 8300, 9: 2000}
COMPARED = ["demographic_dependency", "population", "share_post_working", "share_pre_working", "share_working"]
ALONE = ["feminisation", "masculinisation"]


def edition(moment: str | None = "stan 31.XII") -> str:
    """Return an edition of one's own with the rows of people of 2012-2014, of a moment."""
    rows = ozps.edition("2014").frame().filter(pl.col("row") <= 9).to_dicts()
    head = """format = "diagnoza-form/1"
name = "mine"
title = { pl = "Mój formularz", en = "My form" }
first_year = 2015
unit_kinds = ["gmina"]
source = "made up for the tests"
[[chapter]]
number = "2"
title = "Ludność"
status = "own"
columns = ["year_minus_2", "year_minus_1", "assessed"]
"""
    for row in rows:
        head += f'[[chapter.row]]\nnumber = {row["row"]}\nlabel = "{row["label"]}"\nunit = "osoby"\ncontent = "whole"\n'
        head += f'input = "{row["input"]}"\nstatus = "own"\ndetails = "own"\n'
        head += f'moment = "{moment}"\n' if moment else ""
    return head


def form(year: int, *, unit: str = "2816033", moment: str | None = "stan 31.XII", times: int = 1) -> ozps.Form:
    """Return a form of made-up people."""
    options: dict[str, Any] = {"edition": edition(moment), "unit": unit, "year": year}
    return ozps.read(form_text(year, times), **options)


def form_text(year: int, times: int = 1) -> bytes:
    names = {row["row"]: row["label"] for row in ozps.edition("2014").frame().to_dicts()}
    text = f"Wiersz;Wyszczególnienie;{year - 2};{year - 1};{year}\n"
    text += "".join(f"{row};{names[row]};{';'.join([str(n * times)] * 3)}\n" for row, n in COUNTS.items())
    return text.encode()


def reasons(found: dg.Assessments, unit: str = "2816033") -> dict[str, str]:
    return {indicator: origin.reason for indicator, origin in found[unit].origins.items()}


@pytest.fixture(scope="module")
def pisz() -> dg.Assessments:
    return dg.assess_forms([form(2022)])


def test_peers_are_the_public_figures_of_the_same_year(pisz: dg.Assessments) -> None:
    """Median, quartiles and counts are those of the library's other gminas with the form's own value among them."""
    assert {key for key, why in reasons(pisz).items() if not why} == set(COMPARED)
    public = dg.assess("gminas:28").series.filter(pl.col("year") == 2022, pl.col("unit") != "2816033")
    frame = pisz.frame().filter(peers="voivodeship")
    for indicator in COMPARED:
        row = frame.filter(indicator=indicator).row(0, named=True)
        values = public.filter(indicator=indicator)["value"].extend(pl.Series([row["value"]]))
        assert (row["n"], row["year"], row["few"]) == (116, 2022, False)
        assert row["median"] == pytest.approx(values.quantile(0.5, "linear"), abs=1e-9)
        assert row["rank"] == int((values > row["value"]).sum()) + 1
    assert frame.filter(indicator="population")["value"].item() == 26000.0
    assert frame.filter(indicator="share_post_working")["value"].item() == pytest.approx(5500 / 260)
    kinds = pisz.frame().filter(peers="kind", indicator="population")
    assert kinds["n"].item() == 34


def test_the_frame_says_whose_figures_the_peers_are(pisz: dg.Assessments) -> None:
    frame = pisz.frame().filter(peers="kind")
    assert dict(frame.select("indicator", "peers_from").rows()) == dict.fromkeys(COMPARED, "library") | dict.fromkeys(
        ALONE, "forms"
    )
    notes = dict(frame.select("indicator", "peers_from_note").rows())
    stock, projection = (dg.table_info(name)["sha256"][:12] for name in ("population_gminas_28", "gmina_projection_28"))
    assert stock in notes["population"] and "31 XII 2015 – 31 XII 2024" in notes["population"]
    assert projection not in notes["population"] and projection in notes["share_working"]
    assert notes["feminisation"].startswith("brak innych formularzy w tym pliku")
    english = pisz.frame(lang="en")["peers_from_note"]
    assert english[0].startswith("figures of the library: ") and english.null_count() == 0
    assert "peers_from" not in dg.assess("gminas:2816").frame().columns


def test_no_other_year_is_compared() -> None:
    """2024 has the population of the library, not its structure; before 2015 there is nothing."""
    found = dg.assess_forms([form(2024)])
    assert reasons(found) == {
        "population": "",
        **dict.fromkeys(ALONE, "not_embedded"),
        **dict.fromkeys(set(COMPARED) - {"population"}, "other_year"),
    }
    assert found["2816033"].origins["share_working"].years == (2022,)
    shares = found.frame().filter(indicator="share_working")
    assert shares["n"].unique().to_list() in ([1], [0], [None])
    late = dg.assess_forms([form(2040)])
    # the library's figure of 2040 is a projection, and no form is compared with that
    assert reasons(late)["population"] == "other_year" and late["2816033"].origins["population"].years[-1] == 2024


def test_another_moment_or_none_is_not_compared() -> None:
    found = dg.assess_forms([form(2022, moment="stan 30.VI")])
    assert reasons(found)["population"] == "form_moment"
    assert "na dzień: stan 30.VI, a biblioteka na 31 XII" in found["2816033"].to_html().replace("\u00a0", " ")
    assert reasons(dg.assess_forms([form(2022, moment=None)]))["population"] == "form_no_moment"


@pytest.mark.parametrize("moment", ["stan 31.XII", "31 grudnia", "stan w dniu 31-12", "31.12."])
def test_the_end_of_the_year_is_read_as_people_write_it(moment: str) -> None:
    assert reasons(dg.assess_forms([form(2022, moment=moment)]))["population"] == ""


def test_figures_without_a_day_and_voivodeships_without_figures() -> None:
    found = dg.assess_forms([form(2022, unit="1207132")])
    assert reasons(found, "1207132")["population"] == "library_no_moment"
    assert reasons(found, "1207132")["share_working"] == "not_embedded"
    other = dg.assess_forms([form(2022, unit="2201011")])
    assert set(reasons(other, other.record["units"][0]["unit"]).values()) == {"no_figures"}
    page = next(iter(other)).to_html(lang="en")
    assert "No indicator of the form can be compared" in page and "no public indicators of such units" in page


def test_many_forms_each_among_the_library_and_the_rest_among_themselves() -> None:
    """A form is no peer of another where the library's figures are; one writes a kind the register does not know."""
    forms = [form(2022), form(2022, unit="2816022", times=2), form(2022, unit="2801011", times=3)]
    found = dg.assess_forms(forms)
    assert [one.unit for one in found] == ["2816033", "2816023", "2801011"]
    alone = dg.assess_forms(forms[:1]).frame()
    together = found.frame().filter(unit="2816033")
    same = pl.col("indicator").is_in(COMPARED)
    assert together.filter(same).equals(alone.filter(same))
    women = together.filter(indicator="feminisation", peers="voivodeship").row(0, named=True)
    assert (women["n"], women["peers_from"]) == (3, "forms")
    assert women["peers_from_note"].startswith("formularze w tym pliku: 2;")
    assert len(found.record["indicators"]) == 7


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_page_says_what_is_compared_with_what(pisz: dg.Assessments, lang: Any) -> None:
    page = html.unescape(pisz["2816033"].to_html(lang=lang)).replace("\u00a0", " ")
    assert page == html.unescape(dg.assess_forms([form(2022)])["2816033"].to_html(lang=lang)).replace("\u00a0", " ")
    assert '<section id="origins">' in page and dg.table_info("population_gminas_28")["sha256"] in page
    says = (
        ("ewidencji ludności gminy", "Ludność ogółem (2022)", "nie ma tego wskaźnika", "26 000 osób")
        if lang == "pl"
        else ("the gmina's register", "Population (2022)", "is not among", "26,000 persons")
    )
    for words in says:
        assert words in page
    # who has no value is not listed where nobody could have one
    assert "33 z 33" not in page and "33 of the 33" not in page
    assert 'id="origins"' not in dg.assess("2816033")["2816033"].to_html(lang=lang)


def test_names_in_a_form_are_escaped() -> None:
    hostile = form(2022, moment="<img src=x onerror=alert(1)>")
    page = dg.assess_forms([hostile])["2816033"].to_html()
    assert "<img" not in page and "&lt;img src=x" in page


def test_what_cannot_be_assessed_is_said() -> None:
    with pytest.raises(InputError, match="forms is empty"):
        dg.assess_forms([])
    text = "Wiersz;Wyszczególnienie;2020;2021;2022\n1;Mieszkańcy ogółem;;;\n"
    empty = ozps.read(text.encode(), edition=edition(), unit="2816033", year=2022, partial=True)
    with pytest.raises(InputError, match="no indicator can be computed"):
        dg.assess_forms([empty])
    with pytest.raises(InputError, match="does not say its unit"):
        dg.assess_forms([ozps.read(text.encode(), edition=edition(), partial=True)])


def test_the_command_says_it_too(tmp_path: Path) -> None:
    form(2022).write(tmp_path / "form.csv")
    (tmp_path / "mine.toml").write_text(edition(), encoding="utf-8")
    command = [sys.executable, "-m", "diagnoza", "assess", "form.csv", "--edition", "mine.toml", "--peers", "kind"]
    command += ["--units", "2816033", "--year", "2022", "--out"]
    for out in ("a", "b"):
        done = subprocess.run([*command, out], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "porównanie z danymi biblioteki: 5 z 7 wskaźników" in done.stdout
    assert "feminisation, masculinisation" in done.stdout and "0 values missing" in done.stdout
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / out).rglob("*.*")} for out in ("a", "b"))
    assert one == two and b"peers_from_note" in one["assessment.csv"]


@pytest.mark.parametrize(("unit", "year"), [("2816033", 2022), ("2816032", 2022), ("2816033", 2025)])
def test_two_forms_of_one_unit_are_refused_by_file_and_unit(tmp_path: Path, unit: str, year: int) -> None:
    forms = []
    for name, of, when in (("first.csv", "2816033", 2022), ("second.csv", unit, year)):
        (tmp_path / name).write_bytes(form_text(when))
        forms.append(ozps.read(tmp_path / name, edition=edition(), unit=of, year=when))
    with pytest.raises(InputError, match=r"two forms are of unit 281603\b.*first\.csv.*second\.csv"):
        dg.assess_forms(forms)
    with pytest.raises(InputError, match="two forms are of unit"):
        dg.assess_forms([forms[0], forms[0]])
