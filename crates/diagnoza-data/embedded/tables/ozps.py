"""What was seen of the OZPS: worked examples, names of indicators, unit costs, scattered values of voivodeship 28."""

from pathlib import Path

import polars as pl

from .table import TERYT, Table, texts, whole

SEEN = "Documents of ROPS, OPS and GUS, as the column source says"
LICENCE = "Single published figures; cite the source of the row"
SOURCE = ("text", "where the figure was published")


def tables(sources: Path) -> list[Table]:
    folder = sources / "ozps"
    return [
        worked_examples(folder / "worked_examples.csv"),
        indicator_names(folder / "ozps_indicator_names.csv"),
        unit_costs(folder / "unit_costs_seen.csv"),
        scattered(folder / "wm_scattered_values.csv", sources / "selection/gmina_frame_28.csv"),
    ]


def worked_examples(path: Path) -> Table:
    frame = texts(path).select(
        "id",
        "what",
        pl.col("numerator_or_input").alias("inputs"),
        "denominator",
        pl.col("factor").cast(pl.Float64, strict=True),
        "computed",
        "published",
        "status",
        "source",
    )
    assert frame["id"].n_unique() == frame.height == 26
    return Table(
        name="worked_examples",
        title_pl="Opublikowane przykłady obliczeń wskaźników",
        title_en="Published worked examples of indicators",
        publisher=SEEN,
        publication="OZPS, IOSS and reports of ROPS",
        date="2012 to 2025, as the examples say",
        basis=["not_population"],
        licence=LICENCE,
        status="transcribed; what does not reproduce is listed with the reason in the catalogue",
        sources=[path],
        columns={
            "id": ("word", "name of the example"),
            "what": ("text", "what is computed"),
            "inputs": ("text", "numerator or inputs as published"),
            "denominator": ("text", "denominator as published; null: none"),
            "factor": ("number", "by which the quotient is multiplied; null: none"),
            "computed": ("text", "what the inputs give"),
            "published": ("text", "published result; null: none"),
            "status": ("text", "verified, or why not"),
            "source": SOURCE,
        },
        frame=frame,
    )


def indicator_names(path: Path) -> Table:
    raw = texts(path)
    assert raw["formula"].null_count() == raw.height == 35
    frame = raw.select(
        pl.format(
            "ozps_{}_{}",
            pl.col("edition").str.replace_all("[- ]", "_"),
            pl.col("order").str.zfill(2),
        ).alias("id"),
        "edition",
        whole("order"),
        pl.when(pl.col("status").str.starts_with("name"))
        .then(pl.lit("indicator"))
        .otherwise(pl.lit("section"))
        .alias("kind"),
        "name_pl",
        "source",
    )
    return Table(
        name="ozps_indicator_names",
        title_pl="Nazwy wskaźników OZPS bez opublikowanych wzorów",
        title_en="Names of OZPS indicators without published formulas",
        publisher=SEEN,
        publication="OZPS of gminas",
        date="2011 to 2018",
        basis=["not_population"],
        licence=LICENCE,
        status="names seen verbatim; formulas not found, so none is given",
        sources=[path],
        columns={
            "id": ("word", "id in the catalogue"),
            "edition": ("text", "edition of the form and kind of unit"),
            "order": ("number", "place in the list"),
            "kind": ("word", "indicator, or section: a chapter whose indicators were not seen"),
            "name_pl": ("text", "name in Polish as seen"),
            "source": SOURCE,
        },
        frame=frame,
    )


def cost_rows(row: dict[str, str], source: str) -> list[tuple[str, float, str, str, str]]:
    """One row per amount: the source writes some side by side."""
    item, amount, unit, year = row["item"], row["amount"], row["unit"], row["year"]
    if " -> " in amount:
        millions = [float(part.replace(",", ".")) for part in amount.removesuffix(" mln").split(" -> ")]
        what = item.removesuffix(" 2016 -> 2024")
        years = year.split(";")
        return [(what, round(m * 1e6), unit, y, source) for m, y in zip(millions, years, strict=True)]
    if " / " in amount:
        what, kinds = item.split(": ")
        pairs = zip(kinds.split(" / "), amount.split(" / "), strict=True)
        return [(f"{what.removesuffix(' II 2022')}, {kind}", float(one), unit, year, source) for kind, one in pairs]
    return [(item, float(amount), unit, year, source)]


def unit_costs(path: Path) -> Table:
    rows, source = [], ""
    for row in texts(path).rows(named=True):
        assert row["area"] == "małopolskie"
        source = source if row["source"] == "as above" else row["source"]
        rows += cost_rows(row, source)
    frame = pl.DataFrame(rows, schema=["item", "amount", "unit", "date", "source"], orient="row")
    frame = frame.select(
        "item",
        pl.col("amount").cast(pl.Float64),
        "unit",
        pl.lit("12").alias("teryt"),
        whole_year("date"),
        "date",
        "source",
    )
    assert frame.height == 14
    return Table(
        name="unit_costs_seen",
        title_pl="Opublikowane koszty jednostkowe i wydatki, Małopolska",
        title_en="Published unit costs and spending, Małopolska",
        publisher=SEEN,
        publication="OZPS Małopolska 2025 and reports 855, 1105, 1348 of ROPS Kraków",
        date="2016 to 2025",
        basis=["not_population"],
        licence=LICENCE,
        status="published, current prices; spending on care services is published in millions with one decimal",
        sources=[path],
        columns={
            "item": ("text", "what costs"),
            "amount": ("as unit says", "amount"),
            "unit": ("text", "zł/miesiąc: per month; zł/rok: per year"),
            "teryt": TERYT,
            "year": ("year", "year of the price"),
            "date": ("text", "date as published"),
            "source": SOURCE,
        },
        frame=frame,
    )


def whole_year(column: str) -> pl.Expr:
    """The year of `2025` or `XI 2023`."""
    return pl.col(column).str.extract(r"(\d{4})$").cast(pl.Int32).alias("year")


def scattered(path: Path, counted: Path) -> Table:
    raw = texts(path)
    towns = raw.filter(pl.col("unit_of_measure") == "deg")
    places = []
    for i, what in enumerate(("town, latitude", "town, longitude")):
        value = pl.col("value").str.split(" ").list.get(i)
        places.append(towns.with_columns(value.alias("value"), pl.lit(what).alias("what")))
    frame = pl.concat([raw.filter(pl.col("unit_of_measure") != "deg"), *places])
    frame = frame.select(
        pl.col("unit").alias("name"),
        "teryt",
        "what",
        whole("year"),
        pl.col("value").cast(pl.Float64, strict=True),
        "unit_of_measure",
        "source",
    )
    # The counts of 2020 are those of GUS that were withdrawn with the 2021 census; of others no basis is stated.
    withdrawn = texts(counted).select("teryt", whole("population_2020").cast(pl.Float64).alias("value"))
    withdrawn = withdrawn.with_columns(
        pl.lit("population").alias("what"), pl.lit(2020, pl.Int32).alias("year"), pl.lit("census_2011").alias("basis")
    )
    frame = frame.join(withdrawn, on=["teryt", "what", "year", "value"], how="left", maintain_order="left")
    assert frame["basis"].drop_nulls().len() == 2
    assert frame.height == raw.height + towns.height == 31, frame.height
    return Table(
        name="wm_scattered_values",
        title_pl="Rozproszone wartości dla województwa warmińsko-mazurskiego",
        title_en="Scattered values of voivodeship 28",
        publisher=SEEN,
        publication="Encyclopaedias, newspapers, budget documents",
        date="2002 to 2023, as the rows say",
        basis=["census_2011"],
        licence=LICENCE,
        status="seen in secondary sources, not official publications; a code is null where the source's name is borne by "
        "two units or no code was recorded; a year is null where none was recorded; the population of Morąg given for 2018 "
        "is that of GUS for 31 XII 2017",
        sources=[path, counted],
        columns={
            "name": ("text", "unit as the source writes it"),
            "teryt": TERYT,
            "what": ("text", "what the value is"),
            "year": ("year", "year; null: not recorded"),
            "value": ("as unit_of_measure says", "value"),
            "unit_of_measure": ("text", "unit in Polish"),
            "source": SOURCE,
            "basis": ("word", "basis of a population that equals GUS's count; null: not stated, or no population"),
        },
        frame=frame,
    )
