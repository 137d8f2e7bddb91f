"""Need, supply and gap. Every rate, place and factor here is invented for the test and named so."""

from pathlib import Path

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, ReadError, UnknownUnitError
from diagnoza.plot import to_svg

INVENTED = "przykład: stawka zmyślona do testu"
# The population frame rounds each of at most 182 cells to a millionth.
ROUNDING = 182 * 0.5e-6


def rates(**columns: object) -> pl.DataFrame:
    rows = {
        "service": ["care_services"] * 3,
        "name_pl": ["usługi opiekuńcze"] * 3,
        "name_en": ["care services"] * 3,
        "unit": ["persons_per_person"] * 3,
        "sex": ["T", "F", "M"],
        "ages": ["0-74", "75+", "75+"],
        "rate": [0.0, 0.2, 0.1],
        "year": [2024] * 3,
        "source": [INVENTED] * 3,
    }
    return pl.DataFrame({**rows, **columns})


def everybody(ages: str = "0+", rate: float = 1.0) -> pl.DataFrame:
    row = {"service": "all", "unit": "persons_per_person", "sex": "T", "ages": ages, "rate": rate}
    return pl.DataFrame([{**row, "year": 2024, "source": INVENTED, "other_ages": "no_need"}])


def places(unit: str = "PL623", **columns: object) -> pl.DataFrame:
    row = {
        "unit": unit,
        "service": "care_services",
        "measure": "places",
        "year": 2024,
        "value": 3500.0,
        "conversion": "persons_per_place",
        "factor": 1.0,
        "factor_source": INVENTED,
        "source": "przykład: zasób zmyślony do testu",
    }
    return pl.DataFrame([{**row, **columns}])


def test_a_rate_of_one_gives_the_population_in_every_scenario() -> None:
    found = dg.needs("subregions:28", rates=everybody()).frame()
    for scenario in ("main", "low", "high"):
        people = dg.project("subregions:28", scenario=scenario).frame()
        both = people.join(found, on=["unit", "scenario", "year"], suffix="_need")
        assert len(both) == len(people) == 90
        assert ((both["population"] - both["need"]).abs() < ROUNDING).all()
        assert (both["status"] == both["status_need"]).sum() >= 87  # 2021: total observed, ages estimated


def test_need_adds_over_units_and_follows_the_order_of_scenarios() -> None:
    found = dg.needs("28,subregions:28", rates=rates()).frame()
    by_unit = found.pivot("unit", index=["scenario", "year"], values="need")
    parts = by_unit["PL621"] + by_unit["PL622"] + by_unit["PL623"]
    assert ((parts - by_unit["28"]).abs() < 1e-6).all()
    later = found.filter(pl.col("year") > 2030).pivot("scenario", index=["unit", "year"], values="need")
    assert (later["low"] < later["main"]).all()
    assert (later["main"] < later["high"]).all()
    assert (found["need_low"] <= found["need"] + 1e-9).all()
    assert (found["need"] <= found["need_high"] + 1e-9).all()


def test_need_by_hand_from_the_projection() -> None:
    found = dg.needs("PL623", rates=rates(), scenarios=["main"], until=2030)
    old = dg.project("PL623", until=2030).frame(["unit", "year", "sex", "age"]).filter(pl.col("age") >= 75)
    weight = pl.when(pl.col("sex") == "F").then(0.2).otherwise(0.1)
    by_hand = old.group_by("year", maintain_order=True).agg((pl.col("population") * weight).sum())
    assert found.frame()["need"].to_list() == pytest.approx(by_hand["population"].to_list(), rel=1e-12)
    assert found.frame()["need_low"].null_count() == 10  # one scenario has no spread


def test_the_own_forecast_is_a_scenario_as_well() -> None:
    found = dg.needs("PL623", rates=rates(), scenarios=("main", "own")).frame()
    assert found["scenario"].unique(maintain_order=True).to_list() == ["main", "own"]


def test_supply_gap_and_coverage() -> None:
    found = dg.needs("PL623", rates=rates(), supply=places())
    frame = found.frame()
    early = frame.filter(pl.col("year") < 2024)
    assert early["supply"].null_count() == len(early)  # nothing is known before the first stock, and it is not 0
    assert early["missing"].unique().to_list() == ["not_reported"]
    known = frame.filter(pl.col("year") >= 2024)
    assert (known["gap"] == known["need"] - 3500.0).all()
    assert (known["coverage"] == 3500.0 / known["need"]).all()
    first = found.gap.filter(scenario="main").row(0, named=True)
    opens = known.filter(pl.col("scenario") == "main", pl.col("gap") > 0)["year"].min()
    assert first["year"] == opens
    assert first["state"] == ("from_start" if opens == 2024 else "opens")
    assert first["until"] == 2050


def test_supply_of_powiats_makes_that_of_their_subregion() -> None:
    powiats = [region.code for region in dg.region("PL623").powiats]
    whole = pl.concat([places(code, value=100.0) for code in powiats])
    found = dg.needs("PL623", rates=rates(), supply=whole, scenarios="main").frame()
    assert found.filter(year=2050)["supply"].item() == 100.0 * len(powiats)
    lacking = dg.needs("PL623", rates=rates(), supply=whole[1:], scenarios="main").frame()
    assert lacking["supply"].null_count() == len(lacking)


def test_without_supply_the_gap_is_unknown_and_never_the_need() -> None:
    found = dg.needs("PL623", rates=rates())
    assert found.frame()["gap"].null_count() == len(found.frame())
    assert set(found.gap["state"]) == {"unknown"}


def test_planned_changes_and_given_paths() -> None:
    planned = pl.concat([places(kind="stock"), places(kind="change", year=2030, value=-500.0)])
    found = dg.needs("PL623", rates=rates(), supply=planned, supply_rule="planned_changes", scenarios="main").frame()
    assert found.filter(pl.col("year").is_in([2029, 2030, 2050]))["supply"].to_list() == [3500.0, 3000.0, 3000.0]
    path = dg.needs("PL623", rates=rates(), supply=places(), supply_rule="given_path", scenarios="main").frame()
    assert path["supply"].drop_nulls().to_list() == [3500.0]
    with pytest.raises(ReadError, match="choose planned_changes"):
        dg.needs("PL623", rates=rates(), supply=planned)
    with pytest.raises(InputError, match="expected one of constant, planned_changes, given_path"):
        dg.needs("PL623", rates=rates(), supply=planned, supply_rule="linear")  # type: ignore[arg-type]


def test_gminas_have_ten_year_groups_and_begin_in_2022() -> None:
    found = dg.needs("gminas:2816", rates=everybody(), scenarios="main").frame()
    people = dg.project("gminas:2816", from_year=2022).frame()
    both = people.join(found, on=["unit", "year"])
    assert len(both) == len(people)
    assert ((both["population"] - both["need"]).abs() < ROUNDING).all()
    with pytest.raises(InputError, match=r"rate of persons 75\+ cuts .* 70-79, 80\+"):
        dg.needs("2816033", rates=everybody("75+"))


def test_files_in_every_form_give_the_same(tmp_path: Path) -> None:
    expected = dg.needs("PL623", rates=rates(), scenarios="main").frame()
    rates().write_csv(tmp_path / "r.csv")
    rates().write_parquet(tmp_path / "r.parquet")
    comma = rates().with_columns(pl.col("rate").cast(pl.String).str.replace(".", ",", literal=True))
    comma.write_csv(tmp_path / "comma.csv", separator=";")
    for name, decimal in (("r.csv", "."), ("r.parquet", "."), ("comma.csv", ",")):
        found = dg.needs("PL623", rates=tmp_path / name, scenarios="main", decimal=decimal)  # type: ignore[arg-type]
        assert found.frame().equals(expected)
        assert found.provenance["inputs"][0]["title"] == name
    assert found.provenance["methods"]["supply_rule"] == "constant"
    assert any(source["title"].startswith("Bank Danych Lokalnych") for source in found.provenance["inputs"])  # 2021
    assert any("GUS" in source["publisher"] for source in found.provenance["inputs"])


def test_templates_are_empty_and_are_not_written_over(tmp_path: Path) -> None:
    for what in ("rates", "supply"):
        for name in (f"{what}.csv", f"{what}.toml"):
            path = dg.needs_template(tmp_path / name, what=what)  # type: ignore[arg-type]
            with pytest.raises(InputError, match="is there already"):
                dg.needs_template(path)
    with pytest.raises(ReadError, match=r"36 faults\n  row 2, rate: empty, expected a number: fill it in"):
        dg.needs("PL623", rates=tmp_path / "rates.csv")
    with pytest.raises(ReadError, match="entry 1, source: empty"):
        dg.needs("PL623", rates=tmp_path / "rates.toml")
    polish = dg.needs_template(tmp_path / "stawki.csv", decimal=",")
    assert polish.read_bytes().startswith(b"\xef\xbb\xbfservice;name_pl")
    with pytest.raises(ReadError, match="36 faults"):
        dg.needs("PL623", rates=polish, decimal=",")
    with pytest.raises(InputError, match=r"the ending must be \.csv or \.toml"):
        dg.needs_template(tmp_path / "rates.xlsx")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rate": [0.0, 20.0, 0.1]}, r"row 3, rate: '20', expected persons in need per person, 0 to 1 \(12 per cent"),
        ({"rate": [0.0, None, 0.1]}, "row 3, rate: empty"),
        (
            {"ages": ["0-74", "70+", "75+"]},
            "row 3, ages: '70\\+', expected ages that no other row rates: women aged 70",
        ),
        ({"ages": ["0-70", "75+", "75+"]}, "other_ages: empty, expected rates of care_services for persons 71-74"),
        ({"sex": ["T", "K", "M"]}, "row 3, sex: 'K', expected F, M or T"),
        ({"source": [INVENTED, "", INVENTED]}, "row 3, source: empty"),
        ({"unit": ["persons_per_person", "hours_per_person", ""]}, "row 3, unit: 'hours_per_person'"),
    ],
)
def test_rates_that_are_none_are_refused_by_row(change: dict[str, object], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        dg.needs("PL623", rates=rates(**change))


def test_other_wrong_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        dg.needs("PL623", rates=tmp_path / "none.csv")
    with pytest.raises(InputError, match="rates is a dict: expected a path or a frame"):
        dg.needs("PL623", rates={})  # type: ignore[arg-type]
    with pytest.raises(UnknownUnitError, match="row 2, unit"):
        dg.needs("PL623", rates=rates(), supply=places("2899"))
    with pytest.raises(ReadError, match="a service that has rates of need: care_services"):
        dg.needs("PL623", rates=rates(), supply=places(service="dps"))
    with pytest.raises(InputError, match="two scenarios are named 'main'"):
        dg.needs("PL623", rates=rates(), scenarios=("main", "main"))
    with pytest.raises(InputError, match="2020 to 2050"):
        dg.needs("PL623", rates=rates(), from_year=2020)
    (tmp_path / "bad.toml").write_bytes(b"format = \xff")
    with pytest.raises(ReadError, match=r"bad\.toml: not UTF-8 at byte 9"):
        dg.needs("PL623", rates=tmp_path / "bad.toml")


def test_the_chart_prints_rates_units_and_sources() -> None:
    found = dg.needs("PL623", rates=rates(), supply=places())
    svg = to_svg(found.plot())
    for text in ("zasób: usługi opiekuńcze, podregion ełcki", "zmyślona do testu", "osoby potrzebujące na osobę",
                 "nie jest", "zasób zmyślony", "osób na miejsce: 1", "Prognoza ludności"):  # fmt: skip
        assert text in svg, text
    assert "No confidence" not in svg
    english = to_svg(found.plot(lang="en"))
    assert "Need and supply: care services, ełcki subregion" in english
    unknown = to_svg(dg.needs("PL623", rates=rates()).plot())
    assert "Zasób nieznany" in unknown


def test_a_chart_of_several_units_asks_which() -> None:
    found = dg.needs("subregions:28", rates=rates(), scenarios="main")
    with pytest.raises(InputError, match="name the unit: there are PL621, PL622, PL623"):
        found.plot()
    with pytest.raises(UnknownUnitError, match="there is no unit 'PL624'"):
        found.plot(unit="PL624")
    assert "podregion elbląski" in to_svg(found.plot(unit="PL621"))
    with pytest.raises(InputError, match="the chart is of one unit"):
        dg.plot.need_gap(found.frame())


def test_a_result_shows_itself_and_its_rates() -> None:
    found = dg.needs("PL623", rates=rates(), supply=places())
    assert "wariant główny" in found._repr_html_()
    assert found.rates["source"].unique().to_list() == [INVENTED]
    assert found.rates["rate"].to_list() == [0.0, 0.2, 0.1]


def counts() -> pl.DataFrame:
    rows = [
        ("28", 2023, "dps", "institutional", 100.0),
        ("28", 2023, "care_services", "community", 300.0),
        ("28", 2024, "dps", "institutional", 90.0),
        ("28", 2024, "care_services", "community", None),
    ]
    names = ["unit", "year", "service", "form", "persons"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(source=pl.lit("synthetic"))


def measured(*rows: tuple[int, int, int]) -> pl.DataFrame:
    names = {"year": pl.Int64, "done": pl.Int64, "of": pl.Int64}
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(unit=pl.lit("28"), target=pl.lit("facilities_transformed"), source=pl.lit("synthetic"))


def test_deinstitutionalisation_balance_and_targets() -> None:
    found = dg.deinstitutionalisation(counts(), measured=measured((2025, 0, 40), (2030, 6, 40)))
    assert found.balance["community_share"].to_list() == [0.75, None]
    assert found.balance.row(1, named=True)["lacking"] == "care_services"
    behind = found.progress.filter(target="facilities_transformed").row(0, named=True)
    assert (behind["state"], behind["share"], behind["on_path"], behind["still_to_do"]) == ("behind", 0.15, 0.2, 10.0)
    unknown = found.progress.filter(target="periodic_assessment").row(0, named=True)
    assert (unknown["state"], unknown["missing"]) == ("unknown", "a measurement of periodic_assessment")
    assert found.targets["status"].to_list() == ["as_named", "as_named"]
    assert found.targets["year"].to_list() == [2025, 2035]
    assert "periodic_assessment" in found._repr_html_()


def test_deinstitutionalisation_refuses_by_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="counts, row 2, form='home' is not known"):
        dg.deinstitutionalisation(counts().with_columns(form=pl.lit("home")))
    with pytest.raises(UnknownUnitError, match="2899"):
        dg.deinstitutionalisation(counts().with_columns(unit=pl.lit("2899")))
    with pytest.raises(InputError, match="28, 2023, dps: no source"):
        dg.deinstitutionalisation(counts().with_columns(source=pl.lit("")))
    with pytest.raises(InputError, match="has no column form"):
        dg.deinstitutionalisation(counts().drop("form"))
    with pytest.raises(InputError, match="NaN"):
        dg.deinstitutionalisation(counts().with_columns(persons=pl.lit(float("nan"))))
    with pytest.raises(InputError, match="done: 41"):
        dg.deinstitutionalisation(counts(), measured=measured((2025, 41, 40)))
    with pytest.raises(InputError, match="there is no target 'x'"):
        dg.deinstitutionalisation(counts(), measured=measured((2025, 1, 40)).with_columns(target=pl.lit("x")))
    (tmp_path / "t.toml").write_text("format = 'diagnoza-targets/2'")
    with pytest.raises(InputError, match=r"t\.toml"):
        dg.deinstitutionalisation(counts(), targets=tmp_path / "t.toml")
