"""GUS projection 2023-2060: powiats of 28, 22 and 02, voivodeships, components."""

from pathlib import Path

import polars as pl

from .table import GUS, GUS_LICENCE, SEX, TERYT, YEAR_FLOW, YEAR_STOCK, Table, texts, whole

PUBLICATION = "Prognoza ludności na lata 2023-2060"
SCENARIOS = ["main", "low", "high"]
SCENARIO = ("word", "main, low or high: GUS's główny, niski, wysoki")
FLOWS = ["births", "deaths", "internal_in", "internal_out", "immigration", "emigration"]
NAMES = {"28": "warmińsko-mazurskiego", "22": "pomorskiego", "02": "dolnośląskiego"}


def scenario_order() -> pl.Expr:
    return pl.col("scenario").replace_strict(SCENARIOS, range(len(SCENARIOS)), return_dtype=pl.Int32)


def dense(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in the order of the axes, no cell of a unit's scenario missing: the last column is a dense array."""
    axes = ["scenario", "teryt", "sex", "year", "age"]
    frame = frame.select(
        "scenario",
        "teryt",
        "sex",
        pl.col("year").cast(pl.Int32),
        pl.col("age").cast(pl.Int32),
        pl.col("population").cast(pl.UInt32),
    ).sort(scenario_order(), *axes[1:])
    blocks = frame.select("scenario", "teryt").n_unique()
    cells = blocks * frame["sex"].n_unique() * frame["year"].n_unique() * frame["age"].n_unique()
    assert cells == frame.height == frame.select(axes).n_unique()
    return frame


def population(
    name: str, of_pl: str, of_en: str, frame: pl.DataFrame, open_age: int, source: Path, note: str = ""
) -> Table:
    return Table(
        name=name,
        title_pl=f"Prognoza ludności 2023-2060 według płci i wieku: {of_pl}",
        title_en=f"Population projection 2023-2060 by sex and single age: {of_en}",
        publisher=GUS,
        publication=PUBLICATION,
        date="workbooks of August 2023; jump-off 31 XII 2022",
        basis=["gus_projection_2023"],
        licence=GUS_LICENCE,
        status="published; 2022 is observed (2021-census basis) and equal in the three scenarios, 2023-2060 projected"
        + note,
        sources=[source],
        columns={
            "scenario": SCENARIO,
            "teryt": TERYT,
            "sex": SEX,
            "year": YEAR_STOCK,
            "age": ("completed years", f"0 to {open_age - 1}; {open_age} is {open_age} and over"),
            "population": ("persons", "rows are sorted by scenario, teryt, sex, year, age: a dense array"),
        },
        frame=dense(frame),
    )


def tables(sources: Path) -> list[Table]:
    folder = sources / "gus_projection_2023_2060"
    powiat_file = folder / "powiat_population.parquet"
    voivodeship_file = folder / "voivodeship_population.parquet"
    components_file = folder / "components.csv"
    powiats = pl.read_parquet(powiat_file)
    built = []
    assert powiats.select("scenario", "teryt").n_unique() == 3 * powiats["teryt"].n_unique()
    for code, genitive in NAMES.items():
        frame = powiats.filter(pl.col("teryt").str.starts_with(code))
        of_pl, of_en = f"powiaty województwa {genitive}", f"powiats of voivodeship {code}"
        built.append(population(f"projection_{code}", of_pl, of_en, frame, 90, powiat_file))
    built.append(
        population(
            "projection_voivodeships",
            "Polska i województwa 02, 22, 28",
            "Poland and voivodeships 02, 22, 28",
            pl.read_parquet(voivodeship_file),
            100,
            voivodeship_file,
            "; Poland (00) in the main scenario only",
        )
    )
    components = texts(components_file).select(
        "scenario", "teryt", whole("year"), *(whole(flow, pl.UInt32) for flow in FLOWS)
    )
    components = components.sort(scenario_order(), "teryt", "year")
    assert components.select("scenario", "teryt", "year").n_unique() == components.height
    persons = {
        "births": "live births",
        "deaths": "deaths",
        "internal_in": "arrivals from other gminas in Poland, moves inside the unit between its gminas included",
        "internal_out": "departures to other gminas in Poland, moves inside the unit between its gminas included",
        "immigration": "arrivals from abroad",
        "emigration": "departures abroad",
    }
    built.append(
        Table(
            name="projection_components",
            title_pl="Prognoza ludności 2023-2060: składniki zmian",
            title_en="Population projection 2023-2060: components of change",
            publisher=GUS,
            publication=PUBLICATION,
            date="workbooks of August 2023; jump-off 31 XII 2022",
            basis=["gus_projection_2023"],
            licence=GUS_LICENCE,
            status="published; Poland (00) in the main scenario only; every flow of a voivodeship is the sum of its "
            "powiats, internal ones too; the change of population is births - deaths + internal_in - internal_out + "
            "immigration - emigration, but in 2023 larger by up to 2 persons in a powiat, 9 in a voivodeship, 39 in "
            "Poland",
            sources=[components_file],
            columns={
                "scenario": SCENARIO,
                "teryt": TERYT,
                "year": YEAR_FLOW,
                **{flow: ("persons", meaning) for flow, meaning in persons.items()},
            },
            frame=components,
        )
    )
    return built
