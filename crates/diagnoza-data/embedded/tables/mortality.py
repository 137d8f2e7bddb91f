"""Life tables of the Human Mortality Database."""

from pathlib import Path

import polars as pl

from .table import HMD, SEX, Table

FILES = {"F": "hmd_poland_fltper_1x1.txt", "M": "hmd_poland_mltper_1x1.txt"}
COLUMNS = ["year", "age", "mx", "qx", "ax", "lx", "dx", "Lx", "Tx", "ex"]
INTEGERS = {"lx", "dx", "Lx", "Tx"}
OPEN_AGE = 110


def life_tables(path: Path, sex: str) -> pl.DataFrame:
    title, _, header, *lines = path.read_text(encoding="utf-8").splitlines()
    assert "Poland, Life tables (period 1x1)" in title and {"F": "Females", "M": "Males"}[sex] in title, title
    assert header.split() == ["Year", "Age", *COLUMNS[2:]], header
    cells = [[sex, *line.removesuffix("+").replace("110+", "110").split()] for line in lines if line.strip()]
    frame = pl.DataFrame(cells, schema=["sex", *COLUMNS], orient="row")
    types = {column: pl.Int32 if column in INTEGERS else pl.Float64 for column in COLUMNS[2:]}
    return frame.cast({"year": pl.Int32, "age": pl.Int32, **types}, strict=True)


def tables(sources: Path) -> list[Table]:
    paths = {sex: sources / "mortality" / name for sex, name in FILES.items()}
    frame = pl.concat([life_tables(path, sex) for sex, path in paths.items()])
    frame = frame.select("sex", "year", "age", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex").sort(
        "sex", "year", "age"
    )
    years = frame["year"].n_unique()
    assert frame.height == 2 * years * (OPEN_AGE + 1) and frame["year"].min() == 1958 and frame["year"].max() == 2023
    return [
        Table(
            name="hmd_poland",
            title_pl="Polska: tablice trwania życia (przekrojowe, 1x1) 1958-2023",
            title_en="Poland: period life tables 1x1, 1958-2023",
            publisher=HMD,
            publication="Poland, Life tables (period 1x1), Methods Protocol v6 (2017)",
            date="last modified 05 Nov 2024",
            basis=["not_population"],
            licence="CC BY 4.0. Cite: HMD. Human Mortality Database. Max Planck Institute for Demographic Research "
            "(Germany), University of California, Berkeley (USA), and French Institute for Demographic Studies "
            "(France). Available at www.mortality.org (version of 05 Nov 2024)",
            status="published, as rounded by the HMD; lx, dx, Lx, Tx are rounded to persons, so that identities hold to "
            "rounding",
            sources=list(paths.values()),
            columns={
                "sex": SEX,
                "year": ("year", "calendar year of the deaths"),
                "age": ("completed years", "0 to 109; 110 is 110 and over"),
                "mx": ("deaths per person-year", "central death rate"),
                "ax": ("years", "mean years lived in the age interval by those who die in it"),
                "qx": ("probability", "probability of dying before the next birthday; 1 in the open age"),
                "lx": ("persons", "survivors at exact age of 100,000 births"),
                "dx": ("persons", "deaths in the age interval"),
                "Lx": ("person-years", "years lived in the age interval"),
                "Tx": ("person-years", "years lived from this age on"),
                "ex": ("years", "life expectancy at exact age"),
            },
            frame=frame,
        )
    ]
