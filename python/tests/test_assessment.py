"""The assessment of units: values, peers, flags, gaps, classes, charts, pages, the command."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza import plot
from diagnoza.errors import AmbiguousUnitError, InputError, ReadError, UnknownUnitError
from diagnoza.plot.classes import classify_by


def made_up(values: dict[str, list[float | None]], first: int = 2022) -> pl.DataFrame:
    """Return one indicator ``x``: values by gmina and year."""
    rows = [(unit, "x", first + i, value) for unit, series in values.items() for i, value in enumerate(series)]
    return pl.DataFrame(rows, schema=["unit", "indicator", "year", "value"], orient="row")


def rural(n: int) -> list[str]:
    """Return codes of rural gminas that no register has: voivodeship 02."""
    return [f"02{1 + i // 90:02d}{1 + i % 90:02d}2" for i in range(n)]


@pytest.fixture(scope="module")
def malopolska() -> dg.Assessments:
    return dg.assess("gminas:12")


@pytest.fixture(scope="module")
def warmia() -> dg.Assessments:
    return dg.assess("28,subregions:28,powiats:28,gminas:28")


class TestPublicFigures:
    """Małopolska's table and that of voivodeship 28."""

    def test_places_and_medians_are_those_of_polars(self, malopolska: dg.Assessments) -> None:
        """Median, quartiles, rank and counts, computed another way from the embedded table."""
        table = dg.table("malopolska_gminas_2025")
        column = "unemployed_share_working_age_pct_2025"
        frame = malopolska.frame().filter(indicator="unemployed_share", peers="kind")
        for kind in ("urban", "rural", "urban_rural"):
            values = table.filter(kind=kind)[column]
            codes = table.filter(kind=kind)["teryt"].to_list()
            rows = frame.filter(pl.col("unit").is_in(codes))
            assert rows["n"].unique().to_list() == [len(values)]
            for name, q in (("q1", 0.25), ("median", 0.5), ("q3", 0.75)):
                assert rows[name].to_list() == pytest.approx([values.quantile(q, "linear")] * len(codes))
            ranks = dict(zip(codes, values.rank("min", descending=True), strict=True))
            assert rows["rank"].to_list() == [ranks[code] for code in rows["unit"]]
            ties = {code: values.to_list().count(value) - 1 for code, value in zip(codes, values, strict=True)}
            assert rows["ties"].to_list() == [ties[code] for code in rows["unit"]]

    def test_gaps_are_the_three_that_the_source_has(self, malopolska: dg.Assessments) -> None:
        """No figure of them is made up, and peers without a value are listed."""
        gaps = malopolska.gaps
        assert gaps.select("unit", "indicator").rows() == [
            ("1207052", "population_change_10y"),
            ("1207132", "population_change_10y"),
            ("1207132", "beneficiaries_per_10k"),
        ]
        laskowa = malopolska["1207062"].record["indicators"][1]["standings"]
        assert laskowa[-1]["peers"] == "powiat" and laskowa[-1]["without_value"] == ["1207052", "1207132"]

    def test_units_of_one_name_are_two(self, malopolska: dg.Assessments) -> None:
        """Bochnia the town and Bochnia around it."""
        assert malopolska["1201011"].name == malopolska["1201022"].name == "Bochnia"
        assert malopolska["120102"].unit == "1201022"
        with pytest.raises(AmbiguousUnitError, match="1201011"):
            dg.assess("Bochnia")

    def test_all_levels_of_28(self, warmia: dg.Assessments) -> None:
        """Peers of a subregion are subregions; kinds and powiats are for gminas."""
        assert len(warmia) == 1 + 3 + 21 + 116
        sizes = {s["peers"]: s["units"] for s in warmia["PL623"].record["indicators"][0]["standings"]}
        assert sizes == {"voivodeship": 2}
        reasons = {item["peers"]: item["reason"] for item in warmia["28"].record["without_peers"]}
        assert reasons == {
            "kind": "only_gminas", "voivodeship": "not_inside", "subregion": "not_inside", "powiat": "only_gminas"
        }  # fmt: skip
        assert warmia["2816"].record["indicators"][0]["standings"][0]["units"] == 20

    def test_a_trend_does_not_cross_the_census(self, warmia: dg.Assessments) -> None:
        """Population is compared from 2020 on; the projection is an outlook, not a trend."""
        population = warmia["2816033"].record["indicators"][0]
        trend, outlook = population["trend"], population["outlook"]
        assert (trend["first_year"], trend["last_year"], trend["break_year"]) == (2020, 2024, 2020)
        assert outlook["year"] == 2040 and len(population["series"]) == 13
        revenue = warmia["2816033"].record["indicators"][1]
        assert revenue["trend"]["years_without_value"] == [2022, 2023]

    def test_indicators_agree_with_those_of_the_projection(self, warmia: dg.Assessments) -> None:
        """The same definition from the same figures."""
        frame = dg.indicators("gminas:2816", years=[2022, 2040], ids=["share_65_plus"])
        found = warmia.series.filter(pl.col("indicator") == "share_65_plus", pl.col("year").is_in([2022, 2040]))
        found = found.filter(pl.col("unit").is_in(frame["unit"].to_list()))
        assert found["value"].to_list() == pytest.approx(frame["value"].to_list(), abs=1e-9)

    def test_frame_in_both_languages(self, malopolska: dg.Assessments) -> None:
        """One label column; three sets of peers, two for the three cities that are a powiat."""
        polish, english = malopolska.frame(), malopolska.frame(lang="en")
        assert polish.columns == english.columns and "label" in polish.columns
        assert english["label"][0] == "Population" and polish.height == (183 * 3 - 3) * 8


class TestOwnTable:
    """A user's frames."""

    def test_flags_by_direction_and_own_peers(self) -> None:
        """The one far value is flagged once; directions turn its judgement."""
        codes = rural(12)
        table = made_up({code: [10.0 + i] for i, code in enumerate(codes[:-1])} | {codes[-1]: [90.0]})
        for direction, judgement in (
            ("higher_favourable", "favourable"), ("lower_favourable", "unfavourable"), ("not_stated", "not_stated")
        ):  # fmt: skip
            found = dg.assess(table=table, peers="voivodeship", directions={"x": direction})  # type: ignore[dict-item]
            flags = found.flags.filter(rule="outside_fence")
            assert flags.select("unit", "judgement").rows() == [(codes[-1], judgement)]
            assert "90,0 (2022)" in flags["reason_pl"][0] and "far more than among" in flags["reason_en"][0]
        own = dg.assess(codes[0], table=table, own_peers=codes[1:4], peers=[])
        standing = own[codes[0]].record["indicators"][0]["standings"]
        assert [(s["peers"], s["units"], s["few"]) for s in standing] == [("own", 3, True)]

    def test_metadata_is_read(self) -> None:
        """Names, breaks, observed years and sources of the user's own."""
        table = made_up({code: [5.0, 4.0, 3.0, 2.0] for code in rural(2)})
        described = pl.DataFrame(
            {
                "indicator": ["x"], "name_pl": ["Miejsca"], "unit_pl": ["miejsc"], "kind": ["size"], "decimals": [0],
                "observed_until": [2024], "break_year": [2023], "source_publisher": ["MOPS"],
            }
        )  # fmt: skip
        one = dg.assess(table=table, indicators=described)[rural(1)[0]]
        measured = one.record["indicators"][0]
        assert (measured["year"], measured["outlook"]["year"]) == (2024, 2025)
        assert (measured["trend"]["first_year"], measured["trend"]["break_year"]) == (2023, 2023)
        page = one.to_html()
        assert "Miejsca (miejsc, 2024)" in page and "MOPS" in page

    def test_missing_values_are_typed(self) -> None:
        """What does not apply is no gap; what is withheld is."""
        table = made_up({code: [None] for code in rural(3)[:2]} | {rural(3)[2]: [1.0]})
        table = table.with_columns(missing=pl.Series(["suppressed", "not_applicable", None]))
        found = dg.assess(table=table)
        assert found.gaps.select("unit", "reason").rows() == [(rural(1)[0], "suppressed")]
        assert "tajemnicą" in found.flags["reason_pl"][0]

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"unit": "9916"}, "row 1, column unit"),
            ({"year": 1022}, "row 1, column year"),
            ({"value": math.inf}, "row 1, 'x', 0201012, 2022: inf is no value"),
            ({"value": math.nan}, "NaN is no value"),
            ({"unit": "0201022"}, "rows 1 and 2 are both of 'x', 0201022, 2022"),
            ({"unit": "0201021"}, "rows 1 and 2 are both of 'x'"),
        ],
    )
    def test_faults_are_named_by_row(self, change: dict[str, Any], says: str) -> None:
        """A wrong code, year or number; one cell twice, whatever the digit of the kind."""
        rows = made_up({code: [1.0] for code in rural(2)}).to_dicts()
        rows[0].update(change)
        with pytest.raises(ReadError, match=re.escape(says)):
            dg.assess(table=pl.DataFrame(rows))

    def test_wrong_words_list_the_right_ones(self) -> None:
        """Columns, directions, peers, methods, settings."""
        table = made_up({code: [1.0] for code in rural(2)})
        with pytest.raises(ReadError, match="'valeu' is not known: expected unit, name, indicator"):
            dg.assess(table=table.with_columns(valeu=pl.lit(1)))
        with pytest.raises(InputError, match="no column indicator"):
            dg.assess(table=table.drop("indicator"))
        described = pl.DataFrame({"indicator": ["x"], "direction": ["up"]})
        with pytest.raises(ReadError, match="row 1, column direction: 'up' is not known: expected higher_favourable"):
            dg.assess(table=table, indicators=described)
        with pytest.raises(InputError, match="no indicator 'y', expected x"):
            dg.assess(table=table, directions={"y": "not_stated"})
        with pytest.raises(InputError, match="expected one of higher_favourable"):
            dg.assess(table=table, directions={"x": "up"})  # type: ignore[dict-item]
        with pytest.raises(InputError, match="peers='country' is not known"):
            dg.assess("gminas:12", peers="country")  # type: ignore[arg-type]
        with pytest.raises(InputError, match=r"fence is 0: expected a number above 0"):
            dg.assess("gminas:12", fence=0)
        with pytest.raises(InputError, match="few_peers"):
            dg.assess("gminas:12", few_peers=-1)
        with pytest.raises(InputError, match="units are needed"):
            dg.assess()
        with pytest.raises(InputError, match="give table as well"):
            dg.assess("gminas:12", indicators=described)
        with pytest.raises(UnknownUnitError, match="0201092"):
            dg.assess("0201092", table=table)
        with pytest.raises(InputError, match="one at a time"):
            dg.assess("gminas:28,gminas:12")

    def test_one_unit_and_nothing_known(self) -> None:
        """No peers, no value: said, not raised."""
        found = dg.assess(table=made_up({rural(1)[0]: [None]}))
        one = found[rural(1)[0]]
        assert found.frame()["peers"].to_list() == [None]
        assert one.gaps.height == 1 and "Bez porównania" in one.to_html()


class TestClasses:
    """Class breaks, and the map drawn by them."""

    def test_methods(self) -> None:
        """Ties stay together; fewer distinct values than classes; the method is recorded."""
        jenks = dg.class_breaks([1, 2, 2, None, 9, 10], classes=2)
        assert (jenks["limits"], jenks["counts"], jenks["method"]) == ([1.0, 2.0, 10.0], [3, 2], "jenks")
        assert dg.class_breaks([7, 7, 7], classes=4)["limits"] == [7.0, 7.0]
        assert dg.class_breaks([0, 10], method="equal_interval", classes=4)["counts"] == [1, 0, 0, 1]
        assert sum(dg.class_breaks(list(range(100)), method="quantile")["counts"]) == 100
        with pytest.raises(InputError, match="expected one of quantile, equal_interval, jenks"):
            dg.class_breaks([1], method="natural")  # type: ignore[arg-type]
        for bad in ([], [math.nan], ["a"]):
            with pytest.raises(InputError):
                dg.class_breaks(bad)

    def test_map_names_its_method(self) -> None:
        """Counts of the legend are those of the classes."""
        frame = dg.assess("gminas:28").frame().filter(indicator="own_revenue_per_head", peers="voivodeship")
        chart = plot.choropleth(
            frame.select("unit", "value"), value="value", borders=dg.borders("gmina"), level="gmina", method="jenks"
        )
        found = plot.to_svg(chart)
        assert "naturalne przerwy (Jenks)" in found
        counts = dg.class_breaks(frame["value"], classes=5)["counts"]
        assert [int(n) for n in re.findall(r"do [^<]*\((\d+)\)", found)] == counts
        with pytest.raises(InputError, match="scheme='diverging'"):
            plot.choropleth(
                frame.select("unit", "value"),
                value="value",
                borders=dg.borders("gmina"),
                level="gmina",
                method="jenks",
                scheme="diverging",
            )

    def test_limits_are_written_apart(self) -> None:
        """As many decimals as it takes; a value on a limit is in the class below."""
        classes = classify_by([1.0001, 1.0002, 1.0003], method="jenks", count=3, decimals=1)
        assert classes.words("en") == ["1.0001", "above 1.0001 to 1.0002", "above 1.0002 to 1.0003"]
        assert [classes.of(value) for value in (1.0001, 1.0002, 1.0003)] == [0, 1, 2]


class TestCharts:
    """Heat table and profile of assessments."""

    def test_heat_table_shows_values_and_says_what_is_missing(self) -> None:
        """A cell per unit and indicator; missing cells are crossed out."""
        frame = dg.assess("gminas:1207").frame()
        drawn = plot.to_svg(plot.heat_table(frame, peers="powiat"))
        assert "952" in drawn and "brak danych" in drawn and "Limanowa (gmina miejska)" in drawn
        with pytest.raises(InputError, match="the frame has kind, voivodeship, powiat"):
            plot.heat_table(frame, peers="own")
        with pytest.raises(UnknownUnitError):
            plot.heat_table(frame, units=["1201011"])
        with pytest.raises(InputError, match="at most 60"):
            plot.heat_table(dg.assess("gminas:12").frame())

    def test_profile_takes_every_indicator_in_its_year(self) -> None:
        """Years stand beside the indicators; the missing value is said."""
        frame = dg.assess("1207132").frame()
        drawn = plot.to_svg(plot.indicator_profile(frame, unit="1207132", peers="kind", year="each"))
        assert "(2024)" in drawn and "(2025)" in drawn and "brak danych" in drawn
        with pytest.raises(InputError, match="no peers 'own'"):
            plot.indicator_profile(frame, unit="1207132", peers="own")


class TestPages:
    """The page of a unit and the index."""

    @pytest.mark.parametrize("lang", ["pl", "en"])
    def test_page_stands_alone_and_begins_with_what_stands_out(self, malopolska: dg.Assessments, lang: Any) -> None:
        """No script, no outside address; every source with its hash."""
        page = malopolska["1207132"].to_html(lang=lang)
        assert "<script" not in page and "http" not in page and f'<html lang="{lang}">' in page
        assert page.index('id="findings"') < page.index('id="values"') < page.index('id="unknown"')
        assert dg.table_info("malopolska_gminas_2025")["sha256"] in page
        assert page == malopolska["1207132"].to_html(lang=lang)

    def test_every_sentence_is_written_in_both_languages(self, warmia: dg.Assessments) -> None:
        """No reason is empty or left with a brace."""
        flags = warmia.flags
        assert flags.height > 100
        for column in ("reason_pl", "reason_en"):
            assert all(text.endswith(".") and "{" not in text for text in flags[column])

    def test_names_are_escaped(self) -> None:
        """A name is text, whatever it holds."""
        table = made_up({code: [1.0] for code in rural(2)}).with_columns(name=pl.lit('<b>&"x'))
        page = dg.assess(table=table)[rural(1)[0]].to_html()
        assert "<b>&" not in page and "&lt;b&gt;&amp;" in page

    def test_index_has_every_unit_and_the_tables(self, tmp_path: Path) -> None:
        """Pages, CSV and Parquet; a folder that cannot be is refused."""
        index = dg.assess("gminas:1207").to_html(tmp_path / "out")
        text = index.read_text(encoding="utf-8")
        assert text.count('href="units/') == 13 and "Limanowa (gmina miejska)" in text
        assert pl.read_parquet(tmp_path / "out/assessment.parquet").height == 13 * 8 * 3
        assert pl.read_csv(tmp_path / "out/gaps.csv").height == 3
        assert (tmp_path / "out/units/1207132.html").is_file()
        with pytest.raises(InputError, match="does not exist"):
            dg.assess("1207132").to_html(tmp_path / "no/out")
        with pytest.raises(InputError, match=r"ending in \.html"):
            dg.assess("1207132")["1207132"].to_html(tmp_path / "page.pdf")


class TestCommand:
    """`diagnoza assess`."""

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "diagnoza", "assess", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_units_and_table(self, tmp_path: Path) -> None:
        """A list of units, and a CSV whose codes begin with zeros."""
        done = self.run("gminas:2816", "--peers", "powiat", "--lang", "en", "--out", tmp_path / "a")
        assert (done.returncode, done.stderr) == (0, "") and "assessed: 4 units" in done.stdout
        made_up({code: [1.0, 2.0] for code in rural(6)}).write_csv(tmp_path / "t.csv")
        done = self.run(tmp_path / "t.csv", "--out", tmp_path / "b")
        assert done.returncode == 0, done.stderr
        assert pl.read_csv(tmp_path / "b/series.csv", schema_overrides={"unit": pl.String})["unit"][0] == rural(1)[0]

    @pytest.mark.parametrize(
        ("arguments", "code", "says"),
        [
            (["gmians:28"], 3, "did you mean 'gminas'"),
            (["gminas:28", "--peers", "kin"], 2, "expected some of kind"),
            (["none.csv"], 3, "no such file"),
            (["gminas:28", "--indicators", "x.csv"], 3, "go with a table"),
        ],
    )
    def test_wrong_usage_is_said_in_one_message(
        self, tmp_path: Path, arguments: list[str], code: int, says: str
    ) -> None:
        """Exit code and message; nothing is written."""
        done = self.run(*arguments, "--out", tmp_path / "out")
        assert done.returncode == code and says in done.stderr and not (tmp_path / "out").exists()


def test_settings_and_methods_are_recorded(malopolska: dg.Assessments) -> None:
    """A result says how it came about."""
    assert malopolska.record["settings"]["fence"] == 1.5
    one = malopolska["1201011"].record
    assert one["provenance"]["methods"]["quartiles"] == "type7"
    assert one["provenance"]["inputs"][0]["sha256"] == dg.table_info("malopolska_gminas_2025")["sha256"]
    json.dumps(malopolska.record, allow_nan=False)
