"""Charts: what they show, how they write numbers, and what they say about bad input."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from diagnoza import plot
from diagnoza.errors import DiagnozaError, InputError, UnknownUnitError
from diagnoza.labels import distinct_names, format_number, format_percent, label, scenario_label, unit_label
from diagnoza.plot.age_groups import grouped
from diagnoza.plot.classes import classify
from diagnoza.plot.geometry import read_borders

NBSP = "\u00a0"


def population(width: int = 1, years: tuple[int, ...] = (2022, 2030, 2050)) -> pl.DataFrame:
    """Return two subregions with 1000 women and 900 men at every closed age group."""
    rows = []
    for unit, name in (("PL621", "elbląski"), ("PL623", "ełcki")):
        for scenario, factor in (("main", 1.0), ("low", 0.9), ("high", 1.1)):
            for year in years:
                status = "observed" if year <= 2022 else "projected"
                for age in range(0, 91, width):
                    for sex, number in (("F", 1000.0), ("M", 900.0)):
                        value = number if status == "observed" else number * factor
                        rows.append((unit, name, scenario, year, sex, age, value, status))
    schema = ["unit", "name", "scenario", "year", "sex", "age", "population", "status"]
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("year").cast(pl.Int32))


def square(code: str, name: str, x: float, y: float, *, clockwise: bool = False, size: float = 1.0) -> dict[str, Any]:
    """Return a feature that is a square with its lower left corner at x, y."""
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    ring = ring[::-1] if clockwise else ring
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry}


def borders() -> dict[str, Any]:
    """Return three powiats in a row, wound in both directions."""
    features = [
        square("2801", "bartoszycki", 20, 54),
        square("2802", "braniewski", 21, 54, clockwise=True),
        square("2803", "działdowski", 22, 54),
    ]
    return {"type": "FeatureCollection", "features": features}


def indicators() -> pl.DataFrame:
    """Return two indicators of three powiats; one value is missing."""
    rows = []
    for word, figures in (("share_65_plus", (20.0, 18.5, 16.0)), ("care_potential", (None, 300.0, 350.0))):
        for code, name, value, rank in zip(("2801", "2802", "2803"), "abc", figures, (1, 2, 3), strict=True):
            place = None if value is None else rank
            rows.append((code, name, 2022, word, None, value, "%", "powiaty", 3, place, 18.5, 17.0, 19.0, "observed"))
    names = "unit name year indicator label value unit_of_measure peers n rank median q1 q3 status".split()
    kinds = {"label": pl.String, "value": pl.Float64, "rank": pl.Int32}
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides=kinds)


def texts(svg: str) -> list[str]:
    """Return the texts of an SVG image."""
    return re.findall(r"<text[^>]*>([^<]*)", svg)


class TestNumbers:
    """Numbers are written as the language writes them."""

    def test_polish_uses_no_break_space_and_comma(self) -> None:
        """GUS: 503 531; -1,3 with a real minus."""
        assert format_number(503531, "pl") == f"503{NBSP}531"
        assert format_number(-1.25, "pl", decimals=1) == "−1,3"
        assert format_percent(-0.2033, "pl", sign=True) == "−20,3%"

    def test_english_uses_comma_and_point(self) -> None:
        """503,531 and 20.3%."""
        assert format_number(503531, "en") == "503,531"
        assert format_percent(0.2033, "en", sign=True) == "+20.3%"

    @pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
    def test_missing_is_a_dash_and_never_zero(self, value: float | None) -> None:
        """A missing number must not look like a figure."""
        assert format_number(value) == "–"

    def test_rounding_to_zero_has_no_minus(self) -> None:
        """There is no minus zero."""
        assert format_number(-0.04, "pl", decimals=1) == "0,0"

    def test_charts_write_polish_numbers_on_axes(self) -> None:
        """The SVG itself carries the no-break space, in axis labels and in words."""
        found = texts(plot.to_svg(plot.lines(population())))
        assert any(re.fullmatch(rf"\d{{3}}{NBSP}000", text) for text in found)
        assert not any("," in text for text in found if any(digit in text for digit in "0123456789"))

    def test_charts_write_english_numbers_on_axes(self) -> None:
        """The same chart in English has commas."""
        found = texts(plot.to_svg(plot.lines(population(), lang="en")))
        assert any(re.fullmatch(r"\d{3},000", text) for text in found)
        assert not any(re.search(rf"\d{NBSP}\d", text) for text in found)


class TestLabels:
    """Texts exist in both languages, and names do not collide."""

    def test_a_what_if_keeps_its_own_name(self) -> None:
        """Only the official scenarios have a translation."""
        assert scenario_label("main") == "wariant główny"
        assert scenario_label("bez migracji", "en") == "bez migracji"

    def test_unknown_language_is_an_error(self) -> None:
        """The error lists the languages."""
        with pytest.raises(InputError, match="'pl' or 'en'"):
            label("sex.F", "de")

    def test_levels_are_read_off_the_code(self) -> None:
        """A city with powiat rights needs no level, and is written with a space."""
        assert unit_label("28", "WARMIŃSKO-MAZURSKIE") == "województwo warmińsko-mazurskie"
        assert unit_label("2862", "m.Olsztyn") == "m. Olsztyn"
        assert unit_label("2816", "powiat piski") == "powiat piski"

    def test_equal_names_are_told_apart(self) -> None:
        """By kind where it differs, else by code."""
        named = distinct_names([("2801011", "Bartoszyce"), ("2801032", "Bartoszyce"), ("x", "A"), ("y", "A")])
        assert named["2801011"] == "Bartoszyce (gmina miejska)"
        assert (named["x"], named["y"]) == ("A [x]", "A [y]")


class TestPyramid:
    """The pyramid."""

    @pytest.mark.parametrize("width", [1, 5])
    def test_totals_of_both_years_are_written(self, width: int) -> None:
        """91 or 19 groups of 1000 + 900 persons."""
        chart = plot.pyramid(population(width), unit="PL623", scenario="low")
        found = " ".join(texts(plot.to_svg(chart)))
        groups = 91 if width == 1 else 19
        assert format_number(1900 * groups) in found
        assert format_number(1900 * groups * 0.9) in found
        assert "mężczyźni" in found and "kobiety" in found and "Podregion ełcki" in found

    def test_axis_has_no_negative_numbers(self) -> None:
        """Men are on the left, their labels are positive."""
        found = texts(plot.to_svg(plot.pyramid(population(), unit="PL623")))
        assert not any("−" in text or re.search(r"-\d", text) for text in found)

    def test_open_group_keeps_its_area(self) -> None:
        """90+ is drawn over ten ages with a tenth of its persons at each: the area is the number."""
        chart = plot.pyramid(population(), unit="PL623", years=(2022,))
        drawn = chart.to_dict()
        bars = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
        oldest = [bar for bar in bars if bar["a"] == 90]
        assert {(bar["b"], bar["v"]) for bar in oldest} == {(100, 100.0), (100, -90.0)}
        assert sum(abs(bar["v"]) * (bar["b"] - bar["a"]) for bar in bars) == pytest.approx(1900 * 91)

    def test_unknown_unit_lists_those_that_are_there(self) -> None:
        """The error is a LookupError as well."""
        with pytest.raises(UnknownUnitError, match=r"'PL622'.*PL621 \(elbląski\), PL623 \(ełcki\)") as caught:
            plot.pyramid(population(), unit="PL622")
        assert isinstance(caught.value, LookupError)

    def test_unknown_year_column_and_scenario(self) -> None:
        """Each is named with what is there."""
        with pytest.raises(InputError, match="2049.*2022, 2030, 2050"):
            plot.pyramid(population(), unit="PL623", years=(2022, 2049))
        with pytest.raises(InputError, match="no column age; its columns are unit"):
            plot.pyramid(population().drop("age"), unit="PL623")
        with pytest.raises(InputError, match="high, low, main"):
            plot.pyramid(population(), unit="PL623", scenario="middle")

    def test_empty_frame_and_no_frame(self) -> None:
        """Neither draws an empty picture."""
        with pytest.raises(InputError, match="empty"):
            plot.pyramid(population().head(0), unit="PL623")
        with pytest.raises(InputError, match="a list"):
            plot.pyramid([1, 2], unit="PL623")

    def test_twice_and_missing_and_negative_are_errors(self) -> None:
        """A stock is counted once, known, and not below zero."""
        one = population().filter(pl.col("scenario") == "main")
        with pytest.raises(InputError, match="twice"):
            plot.pyramid(pl.concat([one, one]), unit="PL623")
        with pytest.raises(InputError, match="age 7: population is None"):
            gap = pl.when(pl.col("age") == 7).then(None).otherwise(pl.col("population"))
            plot.pyramid(one.with_columns(population=gap), unit="PL623")
        with pytest.raises(InputError, match="population is -1"):
            plot.pyramid(one.with_columns(population=pl.lit(-1.0)), unit="PL623")

    def test_accepts_arrow(self) -> None:
        """Anything with the Arrow PyCapsule interface will do."""
        pyarrow = pytest.importorskip("pyarrow")
        table = pyarrow.table(population())
        assert "Podregion ełcki" in plot.to_svg(plot.pyramid(table, unit="PL623"))


class TestLines:
    """Lines of scenarios."""

    def test_end_figures_and_jump_off(self) -> None:
        """Each scenario ends with its figure; the last observed year is marked."""
        found = texts(plot.to_svg(plot.lines(population().filter(pl.col("unit") == "PL621"))))
        for factor in (0.9, 1.0, 1.1):
            assert format_number(1900 * 91 * factor) in found
        assert "stan wyjściowy 2022" in found

    def test_end_labels_never_touch(self) -> None:
        """Equal ends are pushed a line apart."""
        same = population().with_columns(population=pl.lit(10.0)).filter(pl.col("unit") == "PL621")
        svg = plot.to_svg(plot.lines(same))
        text = format_number(10.0 * 182)
        heights = sorted(
            float(y) for y in re.findall(rf'translate\([\d.]+,([\d.]+)\)"[^>]*font-weight="bold"[^>]*>{text}<', svg)
        )
        assert len(heights) == 3
        assert all(b - a >= 12.99 for a, b in zip(heights, heights[1:], strict=False))

    def test_first_of_january_is_the_december_before(self) -> None:
        """1 I 2050 and 31 XII 2049 are the same moment."""
        point = {"unit": ["PL621"], "year": [2050], "population": [171000.0], "series": ["EUROPOP2019"]}
        chart = plot.lines(population(), reference=pl.DataFrame({**point, "stock": ["1 I"]}))
        assert '"year": 2049' in json.dumps(chart.to_dict())
        with pytest.raises(InputError, match="'1 I' or '31 XII'"):
            plot.lines(population(), reference=pl.DataFrame({**point, "stock": ["June"]}))

    def test_a_gap_is_not_summed_over(self) -> None:
        """A missing age group would make the total too small without anyone noticing."""
        gap = pl.when(pl.col("age") == 7).then(None).otherwise(pl.col("population"))
        with pytest.raises(InputError, match="population is missing for unit PL621"):
            plot.lines(population().with_columns(population=gap))


class TestAgeGroups:
    """Age groups."""

    def test_economic_groups_follow_gus(self) -> None:
        """0-17; women 18-59 and men 18-64; older: counted by hand on the even population."""
        frame = grouped(population().filter((pl.col("scenario") == "main") & (pl.col("unit") == "PL621")))
        first = frame.filter(pl.col("year") == 2022)
        assert first["group"].to_list() == ["preworking", "working", "postworking"]
        assert first["population"].to_list() == [
            18 * 1900.0,
            42 * 1000.0 + 47 * 900.0,
            31 * 1000.0 + 26 * 900.0,
        ]
        assert first["share"].sum() == pytest.approx(1.0)

    def test_five_year_groups_cannot_be_cut_at_18(self) -> None:
        """The error says which limit and what to use instead."""
        with pytest.raises(InputError, match="begins at age 18.*broad"):
            plot.age_groups(population(5))

    @pytest.mark.parametrize("kind", ["bars", "area"])
    @pytest.mark.parametrize("share", [True, False])
    def test_every_kind_is_drawn(self, kind: Any, share: bool) -> None:
        """Bars and areas, shares and persons."""
        svg = plot.to_svg(plot.age_groups(population(5), groups="broad", kind=kind, share=share))
        assert "80 lat i więcej" in texts(svg)


class TestMap:
    """Choropleths."""

    def test_rings_are_wound_for_the_sphere(self) -> None:
        """d3-geo fills the outside of a counterclockwise exterior: all three squares must end clockwise."""
        for area in read_borders(borders()):
            ring = area.polygons[0][0]
            assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) < 0

    def test_missing_is_said_and_counted(self) -> None:
        """One area has no row, one a null: both are without data."""
        frame = pl.DataFrame({"unit": ["2801", "2802"], "v": [12.34, None]})
        svg = plot.to_svg(plot.choropleth(frame, value="v", borders=json.dumps(borders())))
        assert "brak danych (2)" in texts(svg)
        assert texts(svg).count("brak danych") == 2 * 2  # each printed with its halo
        assert "12,3" in texts(svg)

    def test_label_stands_inside_and_off_the_hole(self) -> None:
        """A powiat around a city is labelled beside the city."""
        outer = square("2814", "olsztyński", 20, 53, size=3)
        outer["geometry"]["coordinates"].append([[21, 54], [22, 54], [22, 55], [21, 55], [21, 54]])
        (area,) = read_borders({"type": "FeatureCollection", "features": [outer]})
        x, y = area.label_point()
        assert 20 < x < 23 and 53 < y < 56
        assert not (21 <= x <= 22 and 54 <= y <= 55)

    def test_codes_match_by_six_digits(self) -> None:
        """Wielbark changed its kind, 2817082 to 2817083: it is the same gmina."""
        collection = {"type": "FeatureCollection", "features": [square("2817083", "Wielbark", 21, 53)]}
        frame = pl.DataFrame({"unit": ["2817082"], "v": [5.0]})
        svg = plot.to_svg(plot.choropleth(frame, value="v", borders=collection, level="gmina"))
        assert not any("brak danych" in text for text in texts(svg))

    def test_bad_input(self) -> None:
        """Unknown codes, repeated units, words for numbers, wrong level, broken borders."""
        frame = pl.DataFrame({"unit": ["2801", "2899"], "v": [1.0, 2.0]})
        with pytest.raises(InputError, match="no unit 2899"):
            plot.choropleth(frame, value="v", borders=borders())
        with pytest.raises(InputError, match="more than once"):
            plot.choropleth(pl.concat([frame.head(1)] * 2), value="v", borders=borders())
        with pytest.raises(InputError, match="not numbers"):
            plot.choropleth(frame.with_columns(v=pl.lit("a")), value="v", borders=borders())
        with pytest.raises(InputError, match="no unit is a gmina"):
            plot.choropleth(frame, value="v", borders=borders(), level="gmina")
        with pytest.raises(InputError, match="not JSON"):
            plot.choropleth(frame, value="v", borders="{")
        with pytest.raises(InputError, match="properties 'code' and 'name'"):
            broken = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"x": 1}}]}
            plot.choropleth(frame, value="v", borders=broken)
        with pytest.raises(InputError, match="all are missing"):
            plot.choropleth(frame.head(1).with_columns(v=pl.lit(None, pl.Float64)), value="v", borders=borders())

    @pytest.mark.parametrize(
        "values",
        [
            [5.0],
            [0.0],
            [0.0, 0.0],
            [-3.0, -3.0],
            [-1e-9, 1e9],
            [1.0, 1.0, 2.0],
            [float(n) for n in range(-20, 80)],
        ],
    )
    @pytest.mark.parametrize("scheme", ["auto", "sequential", "diverging"])
    def test_every_value_has_a_class(self, values: list[float], scheme: str) -> None:
        """Limits rise, every value falls into a class whose words hold it, whatever the values."""
        classes = classify(values, scheme=scheme)
        assert len(classes.limits) == len(classes.colours) + 1 == len(classes.words("pl")) + 1
        assert all(a <= b for a, b in zip(classes.limits, classes.limits[1:], strict=False))
        for value in values:
            index = classes.of(value)
            assert value >= classes.limits[index] - 1e-9 or (index == 0 and classes.open_low)
            last = index == len(classes.colours) - 1
            assert value <= classes.limits[index + 1] + 1e-9 or (last and classes.open_high)

    def test_diverging_breaks_at_zero(self) -> None:
        """A loss and a gain never share a colour."""
        classes = classify([-29.6, -6.0, 0.04, 3.0], scheme="auto")
        assert any(abs(limit) < 1e-12 for limit in classes.limits)


class TestProfile:
    """Indicator profiles."""

    def test_value_median_and_position(self) -> None:
        """Figures stand beside the picture; a label comes from the fallback list."""
        found = texts(plot.to_svg(plot.indicator_profile(indicators(), unit="2802")))
        assert "18,5 %" in found and "2 z 3" in found and "udział osób w wieku 65+" in found

    def test_missing_value_is_said(self) -> None:
        """No dot, and the words for it."""
        found = texts(plot.to_svg(plot.indicator_profile(indicators(), unit="2801", indicators=["care_potential"])))
        assert "brak danych" in found

    def test_unknown_indicator(self) -> None:
        """The error lists those of the unit."""
        with pytest.raises(InputError, match="share_65_plus, care_potential"):
            plot.indicator_profile(indicators(), unit="2801", indicators=["x"])

    def test_equal_values_are_drawn(self) -> None:
        """A row without spread does not divide by zero."""
        same = indicators().with_columns(value=1.0, median=1.0, q1=1.0, q3=1.0)
        assert "1,0 %" in texts(plot.to_svg(plot.indicator_profile(same, unit="2801")))


class TestSaving:
    """Files."""

    @pytest.mark.parametrize(
        ("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE"), ("json", b"{")]
    )
    def test_every_ending(self, tmp_path: Path, ending: str, start: bytes) -> None:
        """Each is written whole, alone in its folder, and the same twice."""
        path = tmp_path / f"wykres.{ending}"
        assert plot.save(plot.pyramid(population(5), unit="PL623"), path) == path
        first = path.read_bytes()
        plot.save(plot.pyramid(population(5), unit="PL623"), path)
        assert first.startswith(start) and path.read_bytes() == first
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name]

    def test_nothing_is_loaded_from_elsewhere(self, tmp_path: Path) -> None:
        """The page has no script and no link."""
        path = plot.save(plot.pyramid(population(5), unit="PL623"), tmp_path / "a.html")
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page and not re.search(r'(src|href)="http', page)

    def test_bad_places(self, tmp_path: Path) -> None:
        """Unknown ending, missing folder, wrong scale, not a chart."""
        chart = plot.pyramid(population(5), unit="PL623")
        with pytest.raises(InputError, match=r"'\.gif'.*\.svg, \.png"):
            plot.save(chart, tmp_path / "a.gif")
        with pytest.raises(InputError, match="does not exist"):
            plot.save(chart, tmp_path / "none" / "a.svg")
        with pytest.raises(InputError, match="above 0"):
            plot.save(chart, tmp_path / "a.png", scale=0)
        with pytest.raises(DiagnozaError, match="not a dict"):
            plot.to_svg({})


def test_a_hostile_name_stays_text() -> None:
    """A name from a file must not become markup."""
    frame = population(5).with_columns(name=pl.lit("<script>alert(1)</script>"))
    svg = plot.to_svg(plot.pyramid(frame, unit="PL623"))
    assert "<script" not in svg and "&lt;script&gt;" in svg


def test_import_is_lazy() -> None:
    """Importing charts and report does not load the libraries that draw."""
    heavy = ["altair", "vl_convert", "jinja2", "xlsxwriter", "polars"]
    code = f"import sys, diagnoza.plot, diagnoza.report; print([m for m in {heavy!r} if m in sys.modules])"
    # a native module beside this package may need polars itself; it is not part of this promise
    root = str(Path(__file__).resolve().parents[1])
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    loaded = set(made.stdout.strip("[]\n").replace("'", "").split(", ")) - {""}
    assert not loaded & {"altair", "vl_convert", "jinja2", "xlsxwriter"}
