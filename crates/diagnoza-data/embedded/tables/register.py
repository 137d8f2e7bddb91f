"""Units of territory: one row per version of a unit."""

from datetime import date
from pathlib import Path

import polars as pl

from .table import GUS, GUS_LICENCE, Table, texts

VOIVODESHIPS = {"02": "dolnośląskie", "12": "małopolskie", "22": "pomorskie", "28": "warmińsko-mazurskie"}
SUBREGIONS = {"PL621": "elbląski", "PL622": "olsztyński", "PL623": "ełcki"}
KINDS = {"1": "urban", "2": "rural", "3": "urban_rural"}
# The only change of a code inside the years of the tables whose day is known.
WIELBARK_BECAME_URBAN_RURAL = date(2019, 1, 1)

SCHEMA = {
    "code": pl.String,
    "level": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "nuts3": pl.String,
    "bdl_prefix": pl.String,
}
LEVELS = ["poland", "voivodeship", "subregion", "powiat", "gmina"]

# First seven digits of the subregions' own ids in GUS's local data bank (BDL), which the ids of all units in
# them begin with: published in BDL's list of units.
BDL_PREFIXES = {"PL621": "0428154", "PL622": "0428156", "PL623": "0428155"}


def clean_powiat(label: str) -> str:
    """`m.Wałbrzych od 2013` is the city `m. Wałbrzych`."""
    label = label.removesuffix(" od 2013")
    return "m. " + label.removeprefix("m.").strip() if label.startswith("m.") else label


def tables(sources: Path) -> list[Table]:
    units_file = sources / "gus_projection_2023_2060/units.csv"
    gminas_file = sources / "territory/gminas_28.csv"
    malopolska_file = sources / "selection/malopolska_gminas_2025.csv"
    gminas, malopolska = texts(gminas_file), texts(malopolska_file)
    nuts3 = dict(gminas.select("powiat_teryt", "nuts3").unique().rows())
    subregions = dict(gminas.select("nuts3", "subregion").unique().rows())
    assert subregions == SUBREGIONS, subregions
    units = dict(texts(units_file).rows())

    rows = [("00", "poland", "Polska")]
    rows += [(code, "voivodeship", name) for code, name in VOIVODESHIPS.items()]
    rows += [(code, "subregion", name) for code, name in SUBREGIONS.items()]
    rows = [(*row, None, None, None, None, None) for row in rows]
    for code, label in units.items():
        if len(code) == 4:
            subregion = nuts3.get(code)
            prefix = BDL_PREFIXES.get(subregion)
            rows.append((code, "powiat", clean_powiat(label), None, None, None, subregion, prefix))
        else:
            assert label == dict(VOIVODESHIPS, **{"00": "Polska"})[code], (code, label)
    powiats = malopolska.select(
        pl.col("teryt").str.slice(0, 4).alias("code"), "powiat", pl.col("bdl_unit_id").str.slice(0, 7).alias("prefix")
    ).unique()
    for code, name, prefix in powiats.rows():
        rows.append((code, "powiat", name, None, None, None, None, prefix))
    for code, name, kind, before in gminas.select("teryt", "name", "type_code", "type_code_before_2019").rows():
        assert code[-1] == kind, code
        if before == kind:
            rows.append((code, "gmina", name, KINDS[kind], None, None, None, None))
        else:
            day = WIELBARK_BECAME_URBAN_RURAL
            assert (code, before) == ("2817083", "2"), code
            rows.append((code[:-1] + before, "gmina", name, KINDS[before], None, day, None, None))
            rows.append((code, "gmina", name, KINDS[kind], day, None, None, None))
    for code, name in malopolska.select("teryt", "name").rows():
        rows.append((code, "gmina", name, KINDS[code[-1]], None, None, None, None))

    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    frame = frame.sort(pl.col("level").replace_strict(LEVELS, range(len(LEVELS))), "code")
    assert frame["code"].n_unique() == frame.height
    return [
        Table(
            name="register",
            title_pl="Jednostki podziału terytorialnego (TERYT, NUTS 2021)",
            title_en="Units of territory (TERYT, NUTS 2021)",
            publisher=GUS,
            publication="TERYT (TERC), BDL list of units; names of powiats as in the projection 2023-2060 and the local data bank",
            date="state on 2024-01-01, Małopolska 2025",
            basis=["not_population"],
            licence=GUS_LICENCE,
            status="derived: re-expressed; gminas of voivodeships 28 and 12 only, powiats of 02, 12, 22, 28, subregions "
            "of 28; a date is null where the sources state none (a code with null valid_from may be younger "
            "than the tables that use it: kinds that changed at an unknown date before 2015 are not listed)",
            sources=[units_file, gminas_file, malopolska_file],
            columns={
                "code": ("code", "TERYT: 2 digits voivodeship (00 Poland), 4 powiat, 7 gmina; or NUTS such as PL623"),
                "level": ("word", "poland, voivodeship, subregion, powiat or gmina"),
                "name": (
                    "text",
                    "name in Polish without the words powiat and gmina; a city with powiat rights: m. Elbląg",
                ),
                "kind": ("word", "urban, rural or urban_rural; null above gminas"),
                "valid_from": ("date", "first day on which the code is valid; null: no change known"),
                "valid_to": ("date", "first day on which the code is valid no more; null: still valid"),
                "nuts3": ("code", "subregion a powiat of 28 lies in; null elsewhere"),
                "bdl_prefix": (
                    "code",
                    "first 7 digits of the powiat's id in the local data bank; null: not known",
                ),
            },
            frame=frame,
        )
    ]
