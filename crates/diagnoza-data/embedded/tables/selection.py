"""Material for the choice of gminas, and the indicator definitions."""

from pathlib import Path

import polars as pl

from .population import gmina_totals, short_code
from .register import KINDS
from .table import GUS, GUS_LICENCE, TERYT, Table, texts, whole

KIND = ("word", "urban, rural or urban_rural")
NUTS3 = ("code", "subregion PL621, PL622 or PL623")
OZPS = "OZPS 2016: not public, empty until a user supplies it"
DECLARED_YEARS = (2016, 2021, 2024)


def number(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float64, strict=True)


def kind_of_code() -> pl.Expr:
    return pl.col("teryt").str.slice(6).replace_strict(KINDS).alias("kind")


def tables(sources: Path) -> list[Table]:
    folder = sources / "selection"
    totals = sources / "population/gmina_totals_2015_2024.csv"
    return [
        malopolska(folder / "malopolska_gminas_2025.csv"),
        frame_28(folder / "gmina_frame_28.csv", totals),
        own_revenue(folder / "own_revenue_28_2016_2021_2024.csv"),
        indicators(sources / "ozps/ioss_definitions.csv"),
    ]


def malopolska(path: Path) -> Table:
    figures = {
        "share_65plus_pct_2025": ("%", "persons aged 65 and over in the population, 2025"),
        "population_change_10y_pct": ("%", "change of the population in ten years; null: not in the source"),
        "beneficiaries_per_10k_2024": ("persons per 10,000 inhabitants", "beneficiaries of social assistance, 2024"),
        "income_per_capita_pln_2025": ("zł per inhabitant", "revenue of the gmina's budget, 2025"),
        "own_income_per_capita_pln_2025": ("zł per inhabitant", "own revenue of the gmina's budget, 2025"),
        "unemployed_share_working_age_pct_2025": ("%", "registered unemployed in the working-age population, 2025"),
        "dependency_per_100_2025": ("persons per 100", "non-productive ages per 100 of productive age, 2025"),
    }
    frame = (
        texts(path)
        .select(
            "teryt",
            "name",
            kind_of_code(),
            pl.col("teryt").str.slice(0, 4).alias("powiat"),
            "bdl_unit_id",
            whole("population_2025", pl.UInt32),
            *(number(column) for column in figures),
        )
        .sort("teryt")
    )
    assert frame.height == 183
    return Table(
        name="malopolska_gminas_2025",
        title_pl="183 gminy Małopolski: wskaźniki do wyboru gmin",
        title_en="The 183 gminas of Małopolska: indicators for a choice of gminas",
        publisher=GUS,
        publication="Bank Danych Lokalnych, found in JaQubus/Spolecznik",
        date="2024 and 2025, as the columns say",
        basis=["census_2021"],
        licence=GUS_LICENCE,
        status="published, observed; Bochnia and other names are borne by two gminas; three figures are missing",
        sources=[path],
        columns={
            "teryt": TERYT,
            "name": ("text", "name of the gmina; not unique"),
            "kind": KIND,
            "powiat": ("code", "TERYT code of the powiat"),
            "bdl_unit_id": ("code", "id of 12 digits in the local data bank"),
            "population_2025": ("persons", "population, 2025"),
            **figures,
        },
        frame=frame,
    )


def frame_28(path: Path, totals: Path) -> Table:
    counts = {
        "population_2020": "population, 31 XII 2020, 2011-census basis",
        "age_0_14": "aged 0-14, 31 XII 2020",
        "age_15_64": "aged 15-64, 31 XII 2020",
        "age_65plus": "aged 65 and over, 31 XII 2020",
        "age_80plus": "aged 80 and over, 31 XII 2020",
    }
    unreported = {
        "ozps2016_families_total": ("families", f"assisted families. {OZPS}"),
        "ozps2016_persons_in_families_total": ("persons", f"persons in assisted families. {OZPS}"),
        "ozps2016_families_helplessness": ("families", f"assisted because of helplessness in care. {OZPS}"),
        "ozps2016_persons_helplessness": ("persons", f"persons in families assisted because of helplessness. {OZPS}"),
        "ozps2016_pct_population_on_assistance": ("%", f"share of the population assisted. {OZPS}"),
        "families_with_asystent_2016": ("families", f"families with an asystent rodziny. {OZPS}"),
        "income_per_capita_2016_pln": ("zł per inhabitant", "revenue of the gmina's budget, 2016: empty"),
    }
    raw = texts(path)
    wielbark = pl.col("candidate_urban_rural_2016").str.starts_with("no (")
    assert raw.filter(wielbark)["teryt"].to_list() == ["2817083"]
    for column in [*unreported, "population_2016"]:
        assert raw[column].null_count() == raw.height, column
    population = gmina_totals(totals).filter(pl.col("year") == 2016, pl.col("level") == "gmina")
    population = population.select(
        pl.col("teryt").str.slice(0, 6).alias("unit"), pl.col("population").alias("population_2016")
    )
    frame = raw.drop("population_2016").with_columns(pl.col("teryt").str.slice(0, 6).alias("unit"))
    frame = (
        frame.join(population, on="unit", how="left")
        .select(
            "teryt",
            "name",
            kind_of_code(),
            pl.col("teryt").str.slice(0, 4).alias("powiat"),
            "nuts3",
            *(whole(column, pl.UInt32) for column in counts),
            number("share_65plus_pct"),
            (pl.col("candidate_urban_rural_2016") == "yes").alias("candidate_urban_rural_2016"),
            (pl.col("selected_2018") == "selected").fill_null(False).alias("selected_2018"),
            "population_2016",
            *(
                whole(c, pl.UInt32) if unit in ("families", "persons") else number(c)
                for c, (unit, _) in unreported.items()
            ),
        )
        .sort("teryt")
    )
    assert frame.height == 116 and frame["population_2016"].null_count() == 0
    assert frame["selected_2018"].sum() == 5 and frame["candidate_urban_rural_2016"].sum() == 33
    return Table(
        name="gmina_frame_28",
        title_pl="Operat wyboru pięciu gmin w 2018 r.: 116 gmin województwa warmińsko-mazurskiego",
        title_en="Frame of the choice of five gminas in 2018: the 116 gminas of voivodeship 28",
        publisher=GUS,
        publication="Bank Danych Lokalnych; result of the choice as announced in April 2018",
        date="31 XII 2020 (ages), 31 XII 2016 (population_2016), April 2018 (choice)",
        basis=["census_2011"],
        licence=GUS_LICENCE,
        status="published and observed; the counts of 2020 are on the 2011-census basis, withdrawn by GUS since; "
        "population_2016 is that of population_gminas_28; the seven columns of 2016 are empty because the figures are "
        "not public: a template for a user's table",
        sources=[path, totals],
        columns={
            "teryt": TERYT,
            "name": ("text", "name of the gmina; not unique"),
            "kind": KIND,
            "powiat": ("code", "TERYT code of the powiat"),
            "nuts3": NUTS3,
            **{column: ("persons", meaning) for column, meaning in counts.items()},
            "share_65plus_pct": ("%", "aged 65 and over in the population, 31 XII 2020"),
            "candidate_urban_rural_2016": ("boolean", "was an urban-rural gmina in 2016; Wielbark became one in 2019"),
            "selected_2018": ("boolean", "was one of the five chosen"),
            "population_2016": ("persons", "population, 31 XII 2016"),
            **unreported,
        },
        frame=frame,
    )


def own_revenue(path: Path) -> Table:
    columns = {f"rev{year}": year for year in DECLARED_YEARS}
    wide = texts(path, separator=";").select(
        "teryt",
        *(pl.col(column).str.replace(",", ".", literal=True).cast(pl.Float64, strict=True) for column in columns),
    )
    frame = wide.unpivot(index="teryt", variable_name="column", value_name="own_revenue")
    frame = frame.with_columns(pl.col("column").replace_strict(columns, return_dtype=pl.Int32).alias("year"))
    code, year = pl.col("teryt"), pl.col("year")
    # The file carries today's code in every year; Wielbark was rural until the end of 2018.
    code = pl.when((code == "2817083") & (year < 2019)).then(pl.lit("2817082")).otherwise(code)
    lengths = {2: "voivodeship", 4: "powiat", 7: "gmina"}
    frame = (
        frame.with_columns(code.alias("teryt"))
        .with_columns(short_code("teryt").alias("teryt"))
        .with_columns(pl.col("teryt").str.len_chars().replace_strict(lengths, return_dtype=pl.String).alias("level"))
    )
    frame = frame.select("teryt", "level", "year", "own_revenue").sort("teryt", "year")
    assert frame.height == 3 * 138
    return Table(
        name="own_revenue_28",
        title_pl="Dochody własne budżetów gmin województwa warmińsko-mazurskiego 2016, 2021, 2024",
        title_en="Own revenue of the budgets of the gminas of voivodeship 28, 2016, 2021, 2024",
        publisher=GUS,
        publication="Bank Danych Lokalnych",
        date="2016, 2021, 2024",
        basis=["not_population"],
        licence=GUS_LICENCE,
        status="published, observed; a powiat's row is the sum of the budgets of its gminas (city budgets included, the "
        "powiat's own budget not), the voivodeship's row the sum of all 116: equal to the grosz; a gmina carries the "
        "code of the year",
        sources=[path],
        columns={
            "teryt": TERYT,
            "level": ("word", "voivodeship, powiat or gmina"),
            "year": ("year", "budget year"),
            "own_revenue": ("zł", "own revenue (dochody własne) of the gminas' budgets, exact to the grosz"),
        },
        frame=frame,
    )


def indicators(path: Path) -> Table:
    frame = texts(path).select(whole("ioss_id"), "name_pl", "numerator", "denominator", "unit", whole("factor"), "note")
    assert frame.height == 64
    return Table(
        name="indicator_definitions",
        title_pl="Definicje 64 wskaźników społecznych (IOSS)",
        title_en="Definitions of 64 social indicators (IOSS)",
        publisher="ROPS Kraków (Regionalny Ośrodek Polityki Społecznej w Krakowie)",
        publication="IOSS",
        date="as read in 2024",
        basis=["not_population"],
        licence="CC BY 4.0 (ROPS Kraków)",
        status="published; wording shortened and put into English except names; order of the source",
        sources=[path],
        columns={
            "ioss_id": ("number", "number of the indicator in IOSS; null: not recorded"),
            "name_pl": ("text", "name in Polish"),
            "numerator": ("text", "what is counted; 'count' where the indicator is a number"),
            "denominator": ("text", "what it is divided by; null: nothing"),
            "unit": ("text", "unit in Polish as published"),
            "factor": ("number", "by which the ratio is multiplied; null: none"),
            "note": ("text", "remark"),
        },
        frame=frame,
    )
