"""Observed population: gminas, powiats by age, Poland by single age."""

from pathlib import Path

import polars as pl

from . import age_group
from .table import AGE_FROM, AGE_TO, GROUP, GUS, GUS_LICENCE, SEX, TERYT, YEAR_STOCK, Table, texts, whole

BALANCES = "Bank Danych Lokalnych"
BASIS = ("word", "census_2011 to 31 XII 2019, census_2021 from 31 XII 2020")
LEVEL = ("word", "voivodeship, powiat, gmina, or part: town and rural area of an urban-rural gmina")


def basis_of_year() -> pl.Expr:
    """GUS counts from the 2021 census since 31 XII 2020; its first figures of 2020 are withdrawn."""
    return pl.when(pl.col("year") < 2020).then(pl.lit("census_2011")).otherwise(pl.lit("census_2021")).alias("basis")


def short_code(column: str) -> pl.Expr:
    """`2801000` is powiat 2801, `2800000` voivodeship 28, `2801011` stays."""
    code = pl.col(column)
    return (
        pl.when(code.str.ends_with("00000"))
        .then(code.str.slice(0, 2))
        .when(code.str.ends_with("000"))
        .then(code.str.slice(0, 4))
        .otherwise(code)
    )


def level_of_code() -> pl.Expr:
    code = pl.col("teryt")
    return (
        pl.when(code.str.len_chars() == 2)
        .then(pl.lit("voivodeship"))
        .when(code.str.len_chars() == 4)
        .then(pl.lit("powiat"))
        .when(code.str.slice(6).is_in(["4", "5"]))
        .then(pl.lit("part"))
        .otherwise(pl.lit("gmina"))
        .alias("level")
    )


def tables(sources: Path) -> list[Table]:
    folder = sources / "population"
    return [
        gminas(folder / "gmina_totals_2015_2024.csv"),
        powiats_by_age(folder / "powiat_age15_69_by_sex_2013_2024.csv"),
        gminas_by_age_2020(folder / "gmina_age_2020_nsp2011_basis.csv"),
        poland(
            folder / "poland_single_age_1970_2060.csv",
            sources / "gus_projection_2023_2060/voivodeship_population.parquet",
        ),
    ]


def gmina_totals(source: Path) -> pl.DataFrame:
    frame = texts(source).select(
        short_code("teryt").alias("teryt"), whole("year"), whole("population_31xii", pl.UInt32).alias("population")
    )
    frame = frame.with_columns(level_of_code(), basis_of_year()).sort("teryt", "year")
    assert frame.select("teryt", "year").n_unique() == frame.height
    assert frame.filter(pl.col("level") == "gmina").group_by("year").len()["len"].unique().to_list() == [116]
    return frame.select("teryt", "level", "year", "population", "basis")


def gminas(source: Path) -> Table:
    return Table(
        name="population_gminas_28",
        title_pl="Ludność gmin, powiatów i województwa warmińsko-mazurskiego 2015-2024",
        title_en="Population of the gminas, powiats and voivodeship 28, 2015-2024",
        publisher=GUS,
        publication=BALANCES,
        date="31 XII 2015 to 31 XII 2024",
        basis=["census_2011", "census_2021"],
        licence=GUS_LICENCE,
        status="published, observed; a gmina carries the code of the year (Wielbark 2817082 to 2018, then 2817083)",
        sources=[source],
        columns={
            "teryt": TERYT,
            "level": LEVEL,
            "year": YEAR_STOCK,
            "population": ("persons", "population"),
            "basis": BASIS,
        },
        frame=gmina_totals(source),
    )


def powiats_by_age(source: Path) -> Table:
    frame = texts(source).select(
        "teryt", "sex", pl.col("age").alias("group"), whole("year"), whole("population", pl.UInt32)
    )
    frame = age_group.with_limits(frame).with_columns(basis_of_year())
    frame = frame.sort("teryt", "sex", pl.col("group") != "TOTAL", "age_from", "year")
    assert frame["teryt"].n_unique() == 21 and frame.height == 21 * 2 * 12 * 12
    return Table(
        name="population_powiats_age_28",
        title_pl="Ludność powiatów województwa warmińsko-mazurskiego według płci i wieku 15-69, 2013-2024",
        title_en="Population of the powiats of 28 by sex and age 15-69, 2013-2024",
        publisher=GUS,
        publication=BALANCES,
        date="31 XII 2013 to 31 XII 2024",
        basis=["census_2011", "census_2021"],
        licence=GUS_LICENCE,
        status="published, observed; five-year groups 15-19 to 65-69 and TOTAL; younger and older groups are not in "
        "the source",
        sources=[source],
        columns={
            "teryt": TERYT,
            "sex": SEX,
            "group": GROUP,
            "age_from": AGE_FROM,
            "age_to": AGE_TO,
            "year": YEAR_STOCK,
            "population": ("persons", "population"),
            "basis": BASIS,
        },
        frame=frame.select("teryt", "sex", "group", "age_from", "age_to", "year", "population", "basis"),
    )


def gminas_by_age_2020(source: Path) -> Table:
    wide = texts(source)
    counts = [column for column in wide.columns if column not in ("Kod", "Nazwa")]
    wide = wide.select(short_code("Kod").alias("teryt"), *(whole(column, pl.UInt32) for column in counts))
    # Sums the source repeats: they must agree, and are left out.
    older = ["70-74", "75-79", "80-84", "85 i więcej"]
    assert wide.filter(pl.sum_horizontal(older) != pl.col("70 i więcej")).is_empty()
    assert wide.filter(pl.sum_horizontal("0-4", "5-9", "10-14") != pl.col("0-14")).is_empty()
    frame = wide.drop("70 i więcej", "0-14").rename({"ogółem": "TOTAL", "85 i więcej": "85+"})
    frame = frame.unpivot(index="teryt", variable_name="group", value_name="population")
    frame = age_group.with_limits(frame).with_columns(level_of_code())
    frame = frame.sort("teryt", pl.col("group") != "TOTAL", "age_from")
    return Table(
        name="population_gminas_age_2020",
        title_pl="Ludność gmin województwa warmińsko-mazurskiego według wieku, 31 XII 2020 (bilans NSP 2011)",
        title_en="Population of the gminas of 28 by age, 31 XII 2020 (balance of the 2011 census)",
        publisher=GUS,
        publication="Bank Danych Lokalnych, LUDN 2137",
        date="31 XII 2020, first edition of 2021",
        basis=["census_2011"],
        licence=GUS_LICENCE,
        status="published, observed, later withdrawn by GUS in favour of the 2021-census basis: use for structures of "
        "gminas, not with other figures of 2020",
        sources=[source],
        columns={
            "teryt": TERYT,
            "level": LEVEL,
            "group": GROUP,
            "age_from": AGE_FROM,
            "age_to": AGE_TO,
            "population": ("persons", "both sexes, 31 XII 2020"),
        },
        frame=frame.select("teryt", "level", "group", "age_from", "age_to", "population"),
    )


def poland(source: Path, projection: Path) -> Table:
    wide = texts(source).select(
        whole("rok").alias("year"),
        whole("wiek").alias("age"),
        whole("liczba_k", pl.UInt32).alias("F"),
        whole("liczba_m", pl.UInt32).alias("M"),
    )
    frame = wide.unpivot(index=["year", "age"], variable_name="sex", value_name="population")
    basis = (
        pl.when(pl.col("year") >= 2023)
        .then(pl.lit("gus_projection_2023"))
        .when(pl.col("year") >= 2020)
        .then(pl.lit("census_2021"))
        .when(pl.col("year") >= 2010)
        .then(pl.lit("census_2011"))
        .alias("basis")
    )
    frame = frame.select("sex", "year", "age", "population", basis).sort("sex", "year", "age")
    assert frame.height == 2 * 91 * 101
    main = pl.read_parquet(projection).filter(pl.col("scenario") == "main", pl.col("teryt") == "00")
    main = main.select("sex", pl.col("year").cast(pl.Int32), pl.col("age").cast(pl.Int32), "population")
    same = frame.join(main, on=["sex", "year", "age"])
    assert same.height == main.height and same.filter(pl.col("population") != pl.col("population_right")).is_empty()
    return Table(
        name="poland_single_age",
        title_pl="Ludność Polski według płci i pojedynczych lat wieku 1970-2060",
        title_en="Population of Poland by sex and single age, 1970-2060",
        publisher=GUS,
        publication="population by single age 1970-2060 (title of the file not recorded)",
        date="31 XII 1970 to 31 XII 2060",
        basis=["census_2011", "census_2021", "gus_projection_2023"],
        licence=GUS_LICENCE,
        status="published; 1970-2022 observed, 2023-2060 projected (main scenario, equal to projection_voivodeships 00)",
        sources=[source],
        columns={
            "sex": SEX,
            "year": YEAR_STOCK,
            "age": ("completed years", "0 to 99; 100 is 100 and over"),
            "population": ("persons", "population"),
            "basis": (
                "word",
                "census_2011 2010-2019, census_2021 2020-2022, gus_projection_2023 after; null: older census",
            ),
        },
        frame=frame,
    )
