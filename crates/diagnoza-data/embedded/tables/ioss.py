"""Published values of the indicators: IOSS and reports of ROPS Kraków, GUS's two counts of beneficiaries."""

from pathlib import Path

import polars as pl

from .population import basis_of_year
from .register import clean_powiat
from .table import GUS, GUS_LICENCE, TERYT, Table, texts, whole

ROPS = "ROPS Kraków (Regionalny Ośrodek Polityki Społecznej w Krakowie)"
ROPS_LICENCE = "CC BY 4.0 (ROPS Kraków)"
NAME = ("text", "name of the unit")
YEAR = ("year", "year of the figure; stocks at its 31 XII")
INDICATOR = ("word", "id in the catalogue; null: an indicator whose definition was not seen")
DECIMALS = ("number", "decimals as published")

# Short labels of the source and ids of the catalogue; two have no published definition.
LABELS = {
    "ludność": "population",
    "przedprodukcyjny %": "share_pre_working",
    "produkcyjny %": "share_working",
    "poprodukcyjny %": "share_post_working",
    "60+ %": "share_60_plus",
    "podwójne starzenie %": "double_ageing",
    "wsparcie najstarszych": "parent_support",
    "potencjał pielęgnacyjny": "care_potential",
    "obciążenie": "demographic_dependency",
    "przyrost naturalny ‰": "natural_increase_rate",
    "feminizacja": "feminisation",
    "maskulinizacja": "masculinisation",
    "gęstość": "population_density",
    "urbanizacja %": "urbanisation",
    "małżeństwa ‰": "marriage_rate",
    "urodzenia ‰": "birth_rate",
    "zgony ‰": "death_rate",
    "indeks starości": "ageing_index",
    "65+ %": "share_65_plus",
    "potencjalne wsparcie": "potential_support",
    "mieszkańcy na 1 pracownika socjalnego": "inhabitants_per_social_worker",
    "wyższe wykształcenie %": "social_workers_higher_education_share",
    "I stopień %": "social_workers_first_degree_share",
    "II stopień %": "social_workers_second_degree_share",
    "alkoholizm %": "reason_alcoholism",
    "bezdomność %": "reason_homelessness",
    "bezradność %": "reason_helplessness",
    "bezrobocie %": "reason_unemployment",
    "choroba %": "reason_illness",
    "narkomania %": "reason_drug_addiction",
    "niepełnosprawność %": "reason_disability",
    "macierzyństwo %": "reason_maternity",
    "przemoc %": "reason_violence",
    "sieroctwo %": "reason_orphanhood",
    "sytuacja kryzysowa %": "reason_crisis",
    "ubóstwo %": "reason_poverty",
    "wielodzietność %": "reason_large_family",
    "zdarzenie losowe %": "reason_chance_event",
    "beneficjenci %": "beneficiaries",
    "rodziny niepełne %": "one_parent_families_share",
    "rodziny wielodzietne %": "large_families_share",
    "rodziny emerytów %": "pensioner_families_share",
    "DPS leżący %": "dps_bedridden",
    "DPS <=18 %": "dps_to_18",
    "DPS 19-40 %": "dps_19_40",
    "DPS 41-60 %": "dps_41_60",
    "DPS 61-74 %": "dps_61_74",
    "DPS >74 %": "dps_over_74",
    "świadczenia pieniężne %": "cash_benefits_share",
    "świadczenia niepieniężne %": "non_cash_benefits_share",
    "usługi opiekuńcze os.": "care_services",
    "usługi psychiatryczne os.": "psychiatric_care_services",
    "kontrakty %": "social_contract_share",
    "dożywianie ‰": "meals_rate",
    "dożywianie dzieci %": "meals_children_share",
    "dożywianie uczniowie %": "meals_pupils_share",
    "deinstytucjonalizacja %": "deinstitutionalisation",
    "intensywność ‰": "foster_care_intensity",
    "rodziny zastępcze": "foster_families",
    "dzieci w rodz. zast.": "foster_family_children",
    "wydatki gmin zł/mieszk.": "gmina_spending_per_inhabitant",
    "wydatki pomoc społeczna": "gmina_social_spending_per_inhabitant",
    "stopa bezrobocia %": "unemployment_rate",
    "wydatki oświata": None,
    "wydatki kultura": None,
}
SERIES = {"17": "beneficiaries", "39": "reason_illness"}
FOSTER = {"deinstytucjonalizacja %": "deinstitutionalisation", "intensywność ‰": "foster_care_intensity"}
VOIVODESHIPS = {
    "Polska": "00",
    "dolnośląskie": "02",
    "kujawsko-pomorskie": "04",
    "lubelskie": "06",
    "lubuskie": "08",
    "łódzkie": "10",
    "małopolskie": "12",
    "mazowieckie": "14",
    "opolskie": "16",
    "podkarpackie": "18",
    "podlaskie": "20",
    "pomorskie": "22",
    "śląskie": "24",
    "świętokrzyskie": "26",
    "warmińsko-mazurskie": "28",
    "wielkopolskie": "30",
    "zachodniopomorskie": "32",
}
DEFINITIONS = {
    "1.D.5 all members of assisted households": "household_members",
    "1.B.1 persons granted benefits by decision": "benefit_recipients",
}


def tables(sources: Path) -> list[Table]:
    folder = sources / "ozps"
    gminas = sources / "selection/malopolska_gminas_2025.csv"
    codes = dict(texts(gminas).select("powiat", pl.col("teryt").str.slice(0, 4)).unique().rows())
    assert len(codes) == 22
    return [
        values_2024(folder / "ioss_values_2024.csv", gminas, codes),
        powiat_series(folder / "ioss_powiat_series.csv", gminas, codes),
        foster(folder / "foster_series.csv"),
        assistants(folder / "asystenci_malopolska.csv"),
        ageing(folder / "malopolska_ageing_2012_2021.csv"),
        ageing_powiats(folder / "malopolska_ageing_powiaty_2021.csv", gminas, codes),
        beneficiaries(folder / "gus_beneficiaries_voivodship.csv"),
    ]


def city(name: str) -> str:
    """`m.NowySącz` of the source is `m. Nowy Sącz`."""
    return clean_powiat(name.replace("NowySącz", "Nowy Sącz"))


def with_powiat(frame: pl.DataFrame, codes: dict[str, str]) -> pl.DataFrame:
    """Adds the code and the name in the register's spelling."""
    name = pl.col("powiat").map_elements(city, return_dtype=pl.String)
    return frame.with_columns(name.alias("name")).with_columns(pl.col("name").replace_strict(codes).alias("teryt"))


def decimals(column: str) -> pl.Expr:
    """Digits after the point of a published number."""
    after = pl.col(column).str.split(".").list.get(1, null_on_oob=True).fill_null("")
    return after.str.len_chars().cast(pl.Int32).alias("decimals")


def values_2024(path: Path, gminas: Path, codes: dict[str, str]) -> Table:
    raw = texts(path)
    assert set(raw["indicator"]) == set(LABELS), set(raw["indicator"]) ^ set(LABELS)
    frame = with_powiat(raw, codes).select(
        "teryt",
        "name",
        pl.col("indicator").replace_strict(LABELS, return_dtype=pl.String).alias("indicator"),
        pl.col("indicator").alias("label"),
        whole("year"),
        pl.col("value").cast(pl.Float64, strict=True),
        decimals("value"),
    )
    assert frame.select("teryt", "label").n_unique() == frame.height == 95
    return Table(
        name="ioss_values_2024",
        title_pl="Wskaźniki IOSS dwóch powiatów Małopolski, 2024",
        title_en="IOSS indicators of two powiats of Małopolska, 2024",
        publisher=ROPS,
        publication="IOSS",
        date="2024",
        basis=["census_2021"],
        licence=ROPS_LICENCE,
        status="published; order of the source; powiat brzeski is not complete in the source",
        sources=[path, gminas],
        columns={
            "teryt": TERYT,
            "name": NAME,
            "indicator": INDICATOR,
            "label": ("text", "short label in Polish, with the unit"),
            "year": YEAR,
            "value": ("as the indicator says", "published value"),
            "decimals": DECIMALS,
        },
        frame=frame,
    )


def powiat_series(path: Path, gminas: Path, codes: dict[str, str]) -> Table:
    frame = with_powiat(texts(path), codes).select(
        pl.col("ioss_id").replace_strict(SERIES).alias("indicator"),
        "teryt",
        "name",
        whole("year"),
        pl.col("value").cast(pl.Float64, strict=True),
        decimals("value"),
    )
    frame = frame.sort("indicator", "teryt")
    assert frame.height == 44
    return Table(
        name="ioss_powiat_series",
        title_pl="Beneficjenci (2017) i długotrwała choroba (2015) w powiatach Małopolski",
        title_en="Beneficiaries (2017) and long illness (2015) in the powiats of Małopolska",
        publisher=ROPS,
        publication="IOSS",
        date="2015 and 2017",
        basis=["census_2011"],
        licence=ROPS_LICENCE,
        status="published",
        sources=[path, gminas],
        columns={
            "indicator": INDICATOR,
            "teryt": TERYT,
            "name": NAME,
            "year": YEAR,
            "value": ("%", "published value"),
            "decimals": DECIMALS,
        },
        frame=frame,
    )


def foster(path: Path) -> Table:
    variants = {
        "excl. related, report data": "without related families, data of the report",
        "own and foreign children": "own and foreign children",
        "report data": "data of the report",
    }
    frame = texts(path).select(
        pl.col("indicator").replace_strict(FOSTER).alias("indicator"),
        pl.col("variant").replace_strict(variants).alias("variant"),
        pl.col("area").replace_strict(VOIVODESHIPS).alias("teryt"),
        pl.col("area").alias("name"),
        whole("year"),
        pl.col("value").cast(pl.Float64, strict=True),
        decimals("value"),
    )
    frame = frame.sort("indicator", "variant", "teryt", "year")
    assert frame.height == 40
    return Table(
        name="foster_series",
        title_pl="Piecza zastępcza w Polsce i Małopolsce 2016-2021",
        title_en="Foster care in Poland and Małopolska 2016-2021",
        publisher=ROPS,
        publication="Reports on foster care",
        date="2016 to 2021",
        basis=["census_2011"],
        licence=ROPS_LICENCE,
        status="published; inputs not given; the intensity of 2020 and 2021 may be on the 2021-census basis: the "
        "source does not say",
        sources=[path],
        columns={
            "indicator": INDICATOR,
            "variant": ("text", "which children are counted, as the report says"),
            "teryt": TERYT,
            "name": NAME,
            "year": YEAR,
            "value": ("% or per 1000", "published value"),
            "decimals": DECIMALS,
        },
        frame=frame,
    )


def assistants(path: Path) -> Table:
    frame = texts(path).select(whole("year"), whole("assistants"), whole("families"), "source").sort("year")
    assert frame.height == 9
    return Table(
        name="family_assistants",
        title_pl="Asystenci rodziny w Małopolsce 2014-2024",
        title_en="Family assistants in Małopolska 2014-2024",
        publisher=ROPS,
        publication="Reports 855 (2023) and 1348 (2025)",
        date="2014 to 2024",
        basis=["not_population"],
        licence=ROPS_LICENCE,
        status="published; families of 2020 from the stated difference to 2021; 2022 and 2023 not seen",
        sources=[path],
        columns={
            "year": YEAR,
            "assistants": ("persons", "family assistants (asystenci rodziny)"),
            "families": ("families", "families with an assistant; null: not seen"),
            "source": ("text", "report"),
        },
        frame=frame,
    )


def ageing(path: Path) -> Table:
    raw = texts(path)
    assert (raw["double_ageing_pct_reported"] == raw["double_ageing_pct_recomputed"]).all()
    frame = raw.select(
        whole("year"),
        whole("persons_60plus", pl.UInt32),
        whole("persons_80plus", pl.UInt32),
        pl.col("share_60plus_pct_reported").cast(pl.Float64, strict=True).alias("share_60plus_pct"),
        pl.col("double_ageing_pct_reported").cast(pl.Float64, strict=True).alias("double_ageing_pct"),
    )
    frame = frame.with_columns(basis_of_year()).sort("year")
    assert frame.height == 10
    return Table(
        name="ageing_malopolska",
        title_pl="Starzenie się ludności Małopolski 2012-2021",
        title_en="Ageing of the population of Małopolska 2012-2021",
        publisher=ROPS,
        publication="IOSS, from figures of GUS",
        date="31 XII 2012 to 31 XII 2021",
        basis=["census_2011", "census_2021"],
        licence=ROPS_LICENCE,
        status="published; the share of 60+ falls in 2020 with the change of basis",
        sources=[path],
        columns={
            "year": YEAR,
            "persons_60plus": ("persons", "aged 60 and over"),
            "persons_80plus": ("persons", "aged 80 and over"),
            "share_60plus_pct": ("%", "persons aged 60 and over in the population, as published"),
            "double_ageing_pct": ("%", "persons aged 80 and over among those aged 60 and over, as published"),
            "basis": ("word", "census_2011 to 31 XII 2019, census_2021 from 31 XII 2020"),
        },
        frame=frame,
    )


def ageing_powiats(path: Path, gminas: Path, codes: dict[str, str]) -> Table:
    figures = ("share_60plus_pct", "double_ageing_pct")
    frame = with_powiat(texts(path), codes).select(
        "teryt", "name", *(pl.col(column).cast(pl.Float64, strict=True) for column in figures)
    )
    frame = frame.sort("teryt")
    assert frame.height == 22
    return Table(
        name="ageing_malopolska_powiats_2021",
        title_pl="Starzenie się ludności powiatów Małopolski, 2021",
        title_en="Ageing of the population of the powiats of Małopolska, 2021",
        publisher=ROPS,
        publication="IOSS, from figures of GUS",
        date="31 XII 2021",
        basis=["census_2021"],
        licence=ROPS_LICENCE,
        status="published with one decimal; counts not given",
        sources=[path, gminas],
        columns={
            "teryt": TERYT,
            "name": NAME,
            "share_60plus_pct": ("%", "persons aged 60 and over in the population"),
            "double_ageing_pct": ("%", "persons aged 80 and over among those aged 60 and over"),
        },
        frame=frame,
    )


def beneficiaries(path: Path) -> Table:
    frame = texts(path).select(
        pl.col("indicator").replace_strict(DEFINITIONS).alias("definition"),
        pl.col("indicator").str.slice(0, 5).alias("gus_indicator"),
        pl.col("area").replace_strict(VOIVODESHIPS).alias("teryt"),
        pl.col("area").alias("name"),
        whole("year"),
        pl.col("per_10k").cast(pl.Float64, strict=True),
        "source",
    )
    frame = frame.sort("definition", "teryt", "year")
    assert frame.select("definition", "teryt", "year").n_unique() == frame.height == 75
    return Table(
        name="gus_beneficiaries",
        title_pl="Korzystający z pomocy społecznej na 10 tys. ludności, według dwóch definicji",
        title_en="Beneficiaries of social assistance per 10,000 inhabitants, by two definitions",
        publisher=GUS,
        publication="Sustainable development indicators, 1.D.5 and 1.B.1, regional data",
        date="2010 to 2025",
        basis=["census_2011", "census_2021"],
        licence=GUS_LICENCE,
        status="published; the two definitions count other people and are never mixed; the source names no basis of the "
        "population: it is taken to be the one in force in the year",
        sources=[path],
        columns={
            "definition": (
                "word",
                "household_members: all members of assisted households; benefit_recipients: persons granted benefits by "
                "decision",
            ),
            "gus_indicator": ("word", "number of the indicator"),
            "teryt": TERYT,
            "name": NAME,
            "year": YEAR,
            "per_10k": ("persons per 10,000 inhabitants", "published value"),
            "source": ("text", "file of GUS"),
            "basis": ("word", "basis of the population: census_2011 to 2019, census_2021 from 2020"),
        },
        frame=frame.with_columns(basis_of_year()),
    )
