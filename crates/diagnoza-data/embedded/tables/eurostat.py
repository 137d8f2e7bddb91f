"""Eurostat: population, deaths, births and migration of the subregions; fertility of Poland; EUROPOP2019."""

from pathlib import Path

import polars as pl

from . import age_group
from .table import (
    AGE_FROM,
    AGE_TO,
    EUROSTAT,
    EUROSTAT_LICENCE,
    FLAG,
    GEO,
    GROUP,
    SEX_T,
    YEAR_FLOW,
    YEAR_JANUARY,
    Table,
    texts,
    whole,
)

SUBREGIONS_PL = "Polska, region warmińsko-mazurski i podregiony"
SUBREGIONS_EN = "Poland, region PL62 and its subregions"


def read(path: Path) -> pl.DataFrame:
    return texts(path, separator="\t")


def by_age(path: Path, value: str) -> pl.DataFrame:
    """A file by place, sex, age and year; ages as first and last age; the empty `unknown age` left out."""
    raw = read(path)
    assert raw.filter(pl.col("age") == "UNK")["value"].unique().to_list() == ["0"]
    ages = raw["age"].unique().to_list()
    groups = {age: age_group.eurostat_group(age) for age in ages if age != "UNK"}
    frame = raw.filter(pl.col("age") != "UNK").select(
        "geo",
        "sex",
        pl.col("age").replace_strict(groups).alias("group"),
        whole("year"),
        whole("value", pl.UInt32).alias(value),
        "flag",
    )
    assert frame.select("geo", "sex", "group", "year").n_unique() == frame.height
    frame = age_group.with_limits(frame)
    return frame.sort("geo", "sex", pl.col("group") != "TOTAL", "age_from", "age_to", "year", nulls_last=True)


def table(
    name: str, titles: tuple[str, str], data_set: str, date: str, status: str, sources: list[Path], **rest
) -> Table:
    """An entry with what all of Eurostat's tables share."""
    return Table(
        name=name,
        title_pl=titles[0],
        title_en=titles[1],
        publisher=EUROSTAT,
        publication=data_set,
        date=date,
        basis=rest.get("basis", ["usual_residents"]),
        licence=EUROSTAT_LICENCE,
        status=status,
        sources=sources,
        columns=rest["columns"],
        frame=rest["frame"],
    )


def tables(sources: Path) -> list[Table]:
    folder = sources / "eurostat"
    return [
        fertility(folder / "PL_demo_frate_ASFR_1960_2023.tsv"),
        population(folder / "pl62_demo_r_pjangrp3_2014_2022_preCensusVintage.tsv"),
        broad_population(
            folder / "pl62_demo_r_pjanaggr3_2016_2025_postCensusVintage.tsv",
            folder / "pl62_demo_r_pjanaggr3_TOTAL_1990_2021.tsv",
        ),
        deaths(folder / "pl62_demo_r_magec3_2013_2021.tsv"),
        births_deaths(folder / "pl62_demo_r_births_deaths_1990_2021.tsv"),
        subregion_fertility(folder / "pl62_demo_r_find3_2013_2018.tsv"),
        region_rates(folder / "pl62_nuts2_TFR_e0_1990_2019.tsv"),
        migration(folder / "pl62_demo_r_gind3_JAN_CNMIGRATRT_2000_2021.tsv"),
        europop(folder / "europop2019_totals_2019_2050.tsv"),
    ]


def fertility(path: Path) -> Table:
    raw = read(path)
    assert raw["agedef"].unique().to_list() == ["COMPLET"] and raw["geo"].unique().to_list() == ["PL"]
    five_years = pl.col("age").str.contains("-") & (pl.col("age") != "Y10-14")
    raw = raw.filter(~five_years)
    groups = {age: age_group.eurostat_group(age) for age in raw["age"].unique().to_list()}
    frame = age_group.with_limits(
        raw.select(
            whole("year"),
            pl.col("age").replace_strict(groups).alias("group"),
            pl.col("value").cast(pl.Float64, strict=True).alias("rate"),
            "flag",
        )
    ).sort("year", pl.col("group") != "TOTAL", "age_from")
    years = frame["year"].n_unique()
    assert frame.height == years * (35 + 3) and frame["year"].min() == 1990 and frame["year"].max() == 2023
    return table(
        "asfr_poland",
        (
            "Polska: cząstkowe współczynniki płodności według wieku 1990-2023",
            "Poland: fertility rates by age, 1990-2023",
        ),
        "demo_frate",
        "1990 to 2023",
        "published; age of the mother in completed years; TOTAL is the published total fertility rate, which is the "
        "sum of the ages 15 to 49 and five times 10-14, to rounding; five-year groups left out",
        [path],
        basis=["not_population"],
        columns={
            "year": YEAR_FLOW,
            "group": ("text", "age of the mother: TOTAL, 10-14, single years 15 to 49, 50+"),
            "age_from": AGE_FROM,
            "age_to": AGE_TO,
            "rate": ("live births per woman and year", "fertility rate; TOTAL: children per woman"),
            "flag": FLAG,
        },
        frame=frame.select("year", "group", "age_from", "age_to", "rate", "flag"),
    )


BY_AGE = {
    "geo": GEO,
    "sex": SEX_T,
    "group": GROUP,
    "age_from": AGE_FROM,
    "age_to": AGE_TO,
}


def population(path: Path) -> Table:
    frame = by_age(path, "population")
    return table(
        "eurostat_population",
        (
            f"Ludność 1 stycznia 2014-2022 według płci i pięcioletnich grup wieku: {SUBREGIONS_PL}",
            f"Population on 1 January 2014-2022 by sex and five-year age: {SUBREGIONS_EN}",
        ),
        "demo_r_pjangrp3",
        "1 I 2014 to 1 I 2022, edition before the revision to the 2021 census",
        "published, observed; 85+ is null before 2019, where 85-89 and 90+ are given; no person of unknown age",
        [path],
        columns={
            **BY_AGE,
            "year": YEAR_JANUARY,
            "population": ("persons", "usual residents"),
            "flag": FLAG,
        },
        frame=frame.select(*BY_AGE, "year", "population", "flag"),
    )


def broad_population(after: Path, before: Path) -> Table:
    revised = by_age(after, "population").with_columns(edition=pl.lit("post_census"))
    totals = read(before).select(
        "geo",
        pl.lit("T").alias("sex"),
        pl.lit("TOTAL").alias("group"),
        pl.lit(0, pl.Int32).alias("age_from"),
        pl.lit(None, pl.Int32).alias("age_to"),
        whole("year"),
        whole("value", pl.UInt32).alias("population"),
        "flag",
        pl.lit("pre_census").alias("edition"),
    )
    columns = [*BY_AGE, "year", "population", "flag", "edition"]
    frame = pl.concat([revised.select(columns), totals.select(columns)])
    frame = frame.sort("edition", "geo", "sex", pl.col("group") != "TOTAL", "age_from", "year")
    return table(
        "eurostat_population_broad",
        (
            f"Ludność 1 stycznia 1990-2025, duże grupy wieku: {SUBREGIONS_PL}",
            f"Population on 1 January 1990-2025, broad ages: {SUBREGIONS_EN}",
        ),
        "demo_r_pjanaggr3",
        "1 I 1990 to 1 I 2025, two editions",
        "published, observed; the edition before the census has totals 1990-2021 of the subregions, the revised one "
        "2016-2025 by sex and broad age; they differ from 2021 on (PL621 on 1 I 2021: 511,702 and 487,629): never "
        "read one series across both",
        [after, before],
        columns={
            **BY_AGE,
            "year": YEAR_JANUARY,
            "population": ("persons", "usual residents"),
            "flag": FLAG,
            "edition": ("word", "pre_census or post_census: before or after the revision to the 2021 census"),
        },
        frame=frame,
    )


def deaths(path: Path) -> Table:
    frame = by_age(path, "deaths")
    assert frame["flag"].null_count() == frame.height
    return table(
        "eurostat_deaths",
        (
            f"Zgony 2013-2021 według płci i pięcioletnich grup wieku: {SUBREGIONS_PL}",
            f"Deaths 2013-2021 by sex and five-year age: {SUBREGIONS_EN}",
        ),
        "demo_r_magec3",
        "2013 to 2021",
        "published, observed; no flags; no death of unknown age",
        [path],
        columns={**BY_AGE, "year": YEAR_FLOW, "deaths": ("persons", "deaths; age in completed years")},
        frame=frame.select(*BY_AGE, "year", "deaths"),
    )


def births_deaths(path: Path) -> Table:
    raw = read(path)
    assert raw["flag"].null_count() == raw.height
    frame = raw.select("indic", "geo", whole("year"), whole("value", pl.UInt32))
    births = frame.filter(pl.col("indic") == "LBIRTH").select("geo", "year", pl.col("value").alias("births"))
    deaths = frame.filter(pl.col("indic") == "DEATH").select("geo", "year", pl.col("value").alias("deaths"))
    both = births.join(deaths, on=["geo", "year"]).sort("geo", "year")
    assert 2 * both.height == raw.height
    return table(
        "eurostat_births_deaths",
        (f"Urodzenia i zgony 1990-2021: {SUBREGIONS_PL}", f"Births and deaths 1990-2021: {SUBREGIONS_EN}"),
        "demo_r_births, demo_r_deaths",
        "1990 to 2021",
        "published, observed; no flags",
        [path],
        columns={
            "geo": GEO,
            "year": YEAR_FLOW,
            "births": ("persons", "live births"),
            "deaths": ("persons", "deaths"),
        },
        frame=both,
    )


def subregion_fertility(path: Path) -> Table:
    raw = read(path)
    assert raw["flag"].null_count() == raw.height
    measures = {"TOTFERRT": "tfr", "AGEMOTH": "mean_age", "MEDAGEMOTH": "median_age"}
    assert set(raw["indic_de"]) == set(measures)
    value = pl.col("value").cast(pl.Float64, strict=True)
    parts = [
        raw.filter(pl.col("indic_de") == code).select("geo", whole("year"), value.alias(name))
        for code, name in measures.items()
    ]
    frame = parts[0]
    for part in parts[1:]:
        frame = frame.join(part, on=["geo", "year"])
    assert 3 * frame.height == raw.height
    return table(
        "eurostat_fertility",
        (
            "Dzietność i wiek matek 2013-2018: makroregion, region warmińsko-mazurski i podregiony",
            "Fertility and age of mothers 2013-2018: macroregion, region PL62 and its subregions",
        ),
        "demo_r_find3",
        "2013 to 2018",
        "published, observed; total fertility and mean age of the subregions begin in 2014; no flags",
        [path],
        basis=["not_population"],
        columns={
            "geo": GEO,
            "year": YEAR_FLOW,
            "tfr": ("children per woman", "total fertility rate"),
            "mean_age": ("years", "mean age of women at childbirth"),
            "median_age": ("years", "median age of women at childbirth"),
        },
        frame=frame.sort("geo", "year"),
    )


def region_rates(path: Path) -> Table:
    raw = read(path)
    assert raw["flag"].null_count() == raw.height and raw["geo"].unique().to_list() == ["PL62"]
    value = pl.col("value").cast(pl.Float64, strict=True)
    tfr, e0 = (
        raw.filter(pl.col("indic") == indic).select("geo", whole("year"), value.alias(name))
        for indic, name in (("demo_r_frate2:TOTAL", "tfr"), ("demo_r_mlifexp:T:Y_LT1", "life_expectancy"))
    )
    frame = tfr.join(e0, on=["geo", "year"]).drop_nulls("tfr").sort("geo", "year")
    assert 2 * (frame.height + 1) == raw.height
    return table(
        "eurostat_region_rates",
        (
            "Dzietność i trwanie życia 1991-2019: region warmińsko-mazurski",
            "Fertility and life expectancy 1991-2019: region PL62",
        ),
        "demo_r_frate2, demo_r_mlifexp",
        "1991 to 2019",
        "published, observed; no life expectancy in 2001; total fertility is up to 0.01 below that of demo_r_find3 "
        "(eurostat_fertility); no flags",
        [path],
        basis=["not_population"],
        columns={
            "geo": GEO,
            "year": YEAR_FLOW,
            "tfr": ("children per woman", "total fertility rate"),
            "life_expectancy": ("years", "life expectancy at birth, both sexes"),
        },
        frame=frame,
    )


def migration(path: Path) -> Table:
    raw = read(path)
    frame = raw.filter(pl.col("indic_de") == "CNMIGRATRT").select(
        "geo", whole("year"), pl.col("value").cast(pl.Float64, strict=True).alias("rate"), "flag"
    )
    return table(
        "eurostat_migration_rate",
        (
            "Saldo migracji z korektą na 1000 mieszkańców: region warmińsko-mazurski i podregiony",
            "Net migration with statistical adjustment per 1000: region PL62 and its subregions",
        ),
        "demo_r_gind3, CNMIGRATRT",
        "2000 to 2020, PL62 to 2021",
        "published; the residual of the balance, with corrections of the count; populations of 1 January are left out "
        "(the same as in eurostat_population_broad)",
        [path],
        basis=["not_population"],
        columns={
            "geo": GEO,
            "year": YEAR_FLOW,
            "rate": ("persons per 1000 inhabitants", "crude rate of net migration plus adjustment"),
            "flag": FLAG,
        },
        frame=frame.sort("geo", "year"),
    )


def europop(path: Path) -> Table:
    frame = read(path).select("geo", whole("year"), whole("value", pl.UInt32).alias("population")).sort("geo", "year")
    return table(
        "europop2019_totals",
        ("EUROPOP2019: ludność podregionów 2019 i 2050", "EUROPOP2019: population of subregions, 2019 and 2050"),
        "proj_19rp3",
        "EUROPOP2019",
        "published; 2019 observed, 2050 projected; thirteen subregions of Poland",
        [path],
        basis=["europop_2019"],
        columns={
            "geo": ("code", "NUTS code of a subregion, edition 2016"),
            "year": YEAR_JANUARY,
            "population": ("persons", "usual residents"),
        },
        frame=frame,
    )
