"""UN World Population Prospects 2024: Poland, the medium variant with its prediction intervals."""

from pathlib import Path

import polars as pl

from .table import Table, texts, whole

BOUNDS = {"lower_95": "95l", "lower_80": "80l", "upper_80": "80u", "upper_95": "95u"}
FIRST, LAST = 2024, 2100


def series(path: Path, column: str, measure: str, sex: str, unit: str, factor: float = 1.0) -> pl.DataFrame:
    """One measure by year; bounds are null where the UN publishes none."""
    raw = texts(path).filter(pl.col("year").cast(pl.Int32).is_between(FIRST, LAST))
    assert raw["country_code"].unique().to_list() == ["616"] and raw.height == LAST - FIRST + 1, path
    names = {"value": column} | {bound: f"{column}_{suffix}" for bound, suffix in BOUNDS.items()}
    figures = [
        ((pl.col(name) if name in raw.columns else pl.lit(None)).cast(pl.Float64) * factor).round(6).alias(as_)
        for as_, name in names.items()
    ]
    labels = [pl.lit(word).alias(name) for name, word in (("measure", measure), ("sex", sex), ("unit", unit))]
    return raw.select(whole("year"), *figures, *labels)


def tables(sources: Path) -> list[Table]:
    folder = sources / "wpp"
    e0 = folder / "wpp2024_poland_e0proj1dt.csv"
    tfr = folder / "wpp2024_poland_tfrproj1dt.csv"
    ratio = folder / "wpp2024_poland_sexRatio1dt.csv"
    migration = folder / "wpp2024_poland_migproj1dt.csv"
    columns = {
        "measure": ("word", "tfr, life_expectancy (at birth), sex_ratio_at_birth or net_migration"),
        "sex": ("word", "F females, M males, T both"),
        "year": ("year", "calendar year"),
        "value": ("as in unit", "medium variant: the median of the UN's probabilistic projection"),
        **{
            bound: ("as in unit", f"{end} end of the {bound[-2:]} % prediction interval; null for the sex ratio")
            for bound, end in zip(BOUNDS, ("lower", "lower", "upper", "upper"), strict=True)
        },
        "unit": ("text", "unit of the figure"),
    }
    frame = pl.concat(
        [
            series(tfr, "tfr", "tfr", "F", "children per woman"),
            series(e0, "e0F", "life_expectancy", "F", "years"),
            series(e0, "e0M", "life_expectancy", "M", "years"),
            series(e0, "e0B", "life_expectancy", "T", "years"),
            series(ratio, "srb", "sex_ratio_at_birth", "T", "boys per girl"),
            series(migration, "mig", "net_migration", "T", "persons", factor=1000.0),
        ]
    )
    return [
        Table(
            name="wpp2024_poland",
            title_pl="Polska: założenia prognozy ONZ 2024, wariant średni 2024-2100",
            title_en="Poland: assumptions of the UN projection of 2024, medium variant 2024-2100",
            publisher="United Nations, Department of Economic and Social Affairs, Population Division (UN DESA)",
            publication="World Population Prospects 2024",
            date="edition 2024; projected 2024 to 2100",
            basis=["not_population"],
            licence="CC BY 3.0 IGO. Cite: United Nations, Department of Economic and Social Affairs, Population Division "
            "(2024). World Population Prospects 2024",
            status="published, projected; found in PPgp/wpp2024. The medium variant with the 80 % and 95 % prediction "
            "intervals; the UN's low and high variants of fertility, left out, are the medium one less and plus 0.25 "
            "child in 2024-2028, 0.4 in 2029-2033, 0.5 after. Net migration is strongly negative in 2024 and 2025, "
            "when the UN expects refugees of the war in Ukraine to return",
            sources=[tfr, e0, ratio, migration],
            columns=columns,
            frame=frame.select(*columns).sort("measure", "sex", "year"),
        )
    ]
