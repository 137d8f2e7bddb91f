"""GUS projection 2023-2040 of the 116 gminas of voivodeship 28."""

from pathlib import Path

import polars as pl

from . import age_group
from .projection import FLOWS
from .table import GUS, GUS_LICENCE, SEX_T, TERYT, YEAR_FLOW, YEAR_STOCK, Table, texts, whole

PUBLICATION = "Prognoza ludności gmin 2023-2040"
DATE = "workbooks of November 2023; jump-off 31 XII 2022"
GMINAS = 116
FLAW = (
    "GUS's own flaw, kept as published: immigration of m. Elbląg (2861011) in 2026-2032 and of m. Olsztyn (2862011) in "
    "2025-2033 is up to 340 persons too high for the population to balance; use projection_components of 2861 and 2862 "
    "there. Elsewhere the flows balance exactly. Internal moves and emigration sum to the powiats exactly; births and "
    "deaths of a powiat's gminas differ from the powiat's by up to 11, immigration by up to 16, and offset each other"
)


def tables(sources: Path) -> list[Table]:
    folder = sources / "gus_gmina_projection_2023_2040"
    tens_file = folder / "gmina_population_10yr.parquet"
    selected_file = folder / "gmina_population_selected_groups.parquet"
    components_file = folder / "gmina_components.csv"
    both = pl.concat([pl.read_parquet(tens_file), pl.read_parquet(selected_file)])
    population = both.select(
        pl.col("gmina").alias("teryt"),
        "sex",
        pl.col("age_group").alias("group"),
        pl.col("year").cast(pl.Int32),
        pl.col("population").cast(pl.UInt32),
    ).unique()
    # TOTAL, 80+ and the men's 65+ stand twice in the workbooks; they must agree.
    keys = ["teryt", "sex", "group", "year"]
    assert population.select(keys).n_unique() == population.height
    assert population["teryt"].n_unique() == GMINAS
    population = age_group.with_limits(population).sort(
        "teryt", "sex", pl.col("group") != "TOTAL", "age_from", "age_to", "group", "year", nulls_last=True
    )
    population = population.select("teryt", "sex", "group", "age_from", "age_to", "year", "population")

    components = texts(components_file).select(
        pl.col("gmina").alias("teryt"), whole("year"), *(whole(flow, pl.UInt32) for flow in FLOWS)
    )
    components = components.sort("teryt", "year")
    assert components["teryt"].n_unique() == GMINAS and components.height == GMINAS * 18
    return [
        Table(
            name="gmina_projection_28",
            title_pl="Prognoza ludności gmin 2023-2040: grupy wieku, województwo warmińsko-mazurskie",
            title_en="Population projection of gminas 2023-2040: age groups, voivodeship 28",
            publisher=GUS,
            publication=PUBLICATION,
            date=DATE,
            basis=["gus_projection_2023"],
            licence=GUS_LICENCE,
            status="published, main scenario; 2022 observed, 2023-2040 projected; the groups of both parts of the "
            "workbooks in one table: they overlap, and some are given for one sex only",
            sources=[tens_file, selected_file],
            columns={
                "teryt": TERYT,
                "sex": SEX_T,
                "group": (
                    "text",
                    "age group as published: TOTAL, 0-9 ... 80+, 0-14, 18-59/64 (women to 59, men to 64) ...",
                ),
                "age_from": ("completed years", "first age; null in 60+/65+ of both sexes, where it differs by sex"),
                "age_to": ("completed years", "last age; null: open upwards, or differs by sex (groups with /)"),
                "year": YEAR_STOCK,
                "population": ("persons", "population"),
            },
            frame=population,
        ),
        Table(
            name="gmina_components_28",
            title_pl="Prognoza ludności gmin 2023-2040: składniki zmian, województwo warmińsko-mazurskie",
            title_en="Population projection of gminas 2023-2040: components of change, voivodeship 28",
            publisher=GUS,
            publication=PUBLICATION,
            date=DATE,
            basis=["gus_projection_2023"],
            licence=GUS_LICENCE,
            status=f"published, main scenario. {FLAW}",
            sources=[components_file],
            columns={
                "teryt": TERYT,
                "year": YEAR_FLOW,
                "births": ("persons", "live births"),
                "deaths": ("persons", "deaths"),
                "internal_in": ("persons", "arrivals from other gminas in Poland"),
                "internal_out": ("persons", "departures to other gminas in Poland"),
                "immigration": ("persons", "arrivals from abroad"),
                "emigration": ("persons", "departures abroad"),
            },
            frame=components,
        ),
    ]
