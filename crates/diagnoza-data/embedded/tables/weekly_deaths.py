"""GUS: deaths by ISO week, summed to ISO years."""

from pathlib import Path

import polars as pl

from . import age_group
from .table import AGE_FROM, AGE_TO, GEO, GROUP, GUS, GUS_LICENCE, SEX_T, Table, texts, whole

GROUPS = {"Ogółem": "TOTAL", "90 i więcej": "90+"} | {f"{a} - {a + 4}": f"{a}-{a + 4}" for a in range(0, 90, 5)}
KEY = ["geo", "sex", "group", "iso_year"]
# ISO 8601: a year has 53 weeks when 1 January or 31 December is a Thursday.
LONG_YEARS = {2004, 2009, 2015, 2020}
LAST_YEAR, LAST_WEEK = 2023, 30


def weeks(year: int) -> int:
    return LAST_WEEK if year == LAST_YEAR else 53 if year in LONG_YEARS else 52


def tables(sources: Path) -> list[Table]:
    path = sources / "mortality/deaths_iso_year_by_age_sex_subregion_2000_2023.csv"
    frame = age_group.with_limits(
        texts(path).select(
            "geo",
            "sex",
            pl.col("age").replace_strict(GROUPS).alias("group"),
            whole("year").alias("iso_year"),
            whole("weeks"),
            whole("deaths", pl.UInt32),
        )
    )
    assert frame.select(KEY).n_unique() == frame.height == 24 * 5 * 3 * len(GROUPS)
    assert all(weeks(year) == count for year, count in frame.select("iso_year", "weeks").unique().iter_rows())
    return [
        Table(
            name="deaths_iso_year",
            title_pl="Zgony według tygodni w latach ISO 2000-2023, płci i pięcioletnich grup wieku: Polska, region "
            "warmińsko-mazurski i podregiony",
            title_en="Deaths by weeks in ISO years 2000-2023, sex and five-year age: Poland, region PL62 and its "
            "subregions",
            publisher=GUS,
            publication="deaths by week, sex, age and subregion (title of the file not recorded)",
            date="ISO years 2000 to 2022; 2023 to week 30",
            basis=["not_population"],
            licence=GUS_LICENCE,
            status="derived: the weeks published by GUS, summed. An ISO year runs from Monday to Sunday and is not the "
            "calendar year: 53 weeks in 2004, 2009, 2015 and 2020, 52 elsewhere, and 2023 is incomplete (weeks 1 to "
            "30). For rates of calendar years use eurostat_deaths",
            sources=[path],
            columns={
                "geo": GEO,
                "sex": SEX_T,
                "group": GROUP,
                "age_from": AGE_FROM,
                "age_to": AGE_TO,
                "iso_year": ("year", "year of the ISO weeks; week 1 is that of 4 January"),
                "weeks": ("weeks", "weeks summed: 52 or 53, and 30 in 2023"),
                "deaths": ("persons", "deaths; age in completed years"),
            },
            frame=frame.select("geo", "sex", "group", "age_from", "age_to", "iso_year", "weeks", "deaths").sort(
                "geo", "sex", pl.col("group") != "TOTAL", "age_from", "iso_year"
            ),
        )
    ]
