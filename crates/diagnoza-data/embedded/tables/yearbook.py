"""GUS Demographic Yearbook 2025: voivodeship 28 in 2024, tidied."""

import csv
from itertools import count
from pathlib import Path

import polars as pl

from .age_group import limits
from .table import GUS, GUS_LICENCE, Table

PLACES = {"P O L S K A": "00", "POLSKA": "00", "Warmińsko-mazurskie": "28", "Region Warmińsko-mazurskie": "28"}
PLACES |= {"Elbląski": "PL621", "Olsztyński": "PL622", "Ełcki": "PL623"}
PLACES |= {"Podr. elbląski": "PL621", "Podr. olsztyński": "PL622", "Podr. ełcki": "PL623"}
AREAS = ("total", "urban", "rural")
ALL = "TOTAL"
FIVE_YEARS = [f"{a}-{a + 4}" for a in range(5, 85, 5)]

Row = tuple[str, str, str, str, str, int, float, str, str]


def place(label: str) -> str:
    """The code of a place; Poland's label carries the English name too."""
    return PLACES[label.split("  ")[0].strip()]


def number(cell: str) -> float:
    """GUS writes a dash where nothing happened: zero."""
    return 0.0 if cell in ("–", "-") else float(cell)


class Yearbook:
    """The lines of the source, by the number of the published table."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            _, *lines = csv.reader(file)
        self.lines = lines
        self.rows: list[Row] = []
        self.known: dict[tuple, float] = {}
        self.read: set[int] = set()

    def table(self, name: str, label: str | None = None) -> list[tuple[str, list[str]]]:
        """Place and cells of every line of a published table, in sheet order."""
        found = []
        for i, (_, _, sheet, _, where, *cells) in enumerate(self.lines):
            if sheet == name and (label is None or where.startswith(label)):
                self.read.add(i)
                found.append((where, cells))
        assert found, name
        return found

    def add(self, measure, code, group, value, unit, table, area="total", sex="T", year=2024) -> None:
        """Keeps one figure; one that two published tables give must be the same in both."""
        key = (measure, code, area, sex, group, year)
        if key in self.known:
            assert self.known[key] == number(value), key
            return
        self.known[key] = number(value)
        self.rows.append((*key, number(value), unit, table))


def blocks(lines: list[tuple[str, list[str]]]) -> list[tuple[str, str, list[str]]]:
    """Lines of total, urban and rural blocks with their area; Poland stands in the total block only."""
    seen: dict[str, count] = {}
    return [(place(w), AREAS[next(seen.setdefault(place(w), count()))], cells) for w, cells in lines]


def births(book: Yearbook) -> None:
    name = "Tabl. 61 (85)"
    groups = [ALL, "<20", "20-24", "25-29", "30-34", "35-39", "40-44", "45+"]
    for code, area, cells in blocks(book.table(name)):
        *counts, median = cells
        assert sum(map(number, counts[1:])) == number(counts[0])
        for group, value in zip(groups, counts, strict=True):
            book.add("live_births_by_age_of_mother", code, group, value, "persons", name, area)
        book.add("median_age_of_mothers", code, ALL, median, "years", name, area)


def fertility(book: Yearbook) -> None:
    name = "Tabl. 77 (101)"
    ages = ["15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49"]
    for code, area, cells in blocks(book.table(name)):
        _, crude, general, *rates, tfr, gross, net, vitality = cells
        book.add("crude_birth_rate", code, ALL, crude, "live births per 1000 inhabitants", name, area)
        book.add("general_fertility_rate", code, "15-49", general, "live births per 1000 women", name, area, "F")
        for group, value in zip(ages, rates, strict=True):
            book.add("asfr", code, group, value, "live births per 1000 women", name, area, "F")
        book.add("tfr", code, ALL, tfr, "children per woman", name, area, "F")
        book.add("gross_reproduction_rate", code, ALL, gross, "daughters per woman", name, area, "F")
        book.add("net_reproduction_rate", code, ALL, net, "daughters per woman", name, area, "F")
        book.add("births_per_death", code, ALL, vitality, "live births per death", name, area)


def deaths(book: Yearbook) -> None:
    name = "Tabl. 90 (114)"
    order = [(area, sex) for area in AREAS for sex in ("T", "M", "F")]
    groups = [ALL, "0-4", "0", *FIVE_YEARS, "85+"]
    for (area, sex), (where, cells) in zip(order, book.table(name), strict=True):
        *counts, median = cells
        values = list(map(number, counts))
        assert sum(values[1:]) - values[2] == values[0]
        for group, value in zip(groups, counts, strict=True):
            book.add("deaths", place(where), group, value, "persons", name, area, sex)
        book.add("median_age_at_death", place(where), ALL, median, "years", name, area, sex)


def life_expectancy(book: Yearbook) -> None:
    name = "Tabl. 118 (142)"
    ages = ["0", "15", "30", "45", "60"]
    for code, area, cells in blocks(book.table(name)):
        for sex, part in (("M", cells[:5]), ("F", cells[5:])):
            for age, value in zip(ages, part, strict=True):
                book.add("life_expectancy", code, age, value, "years", name, area, sex)
    now = {(r[1], r[2], r[3]): r[6] for r in book.rows if r[0] == "life_expectancy" and r[4] == "0"}
    name = "Tabl. 119 (143)"
    for code, area, cells in blocks(book.table(name)):
        for sex, part in (("M", cells[:5]), ("F", cells[5:])):
            *before, last = part
            assert number(last) == now[code, area, sex]
            for year, value in zip((1990, 2000, 2010, 2020), before, strict=True):
                book.add("life_expectancy", code, "0", value, "years", name, area, sex, year)


def migration(book: Yearbook) -> None:
    ages = [ALL, "0-4", "5-14", "15-19", "20-29", "30-44", "45-59", "60+"]
    name = "Tabl. 9 (160)"
    lines = book.table(name)
    for position, measure in ((0, "internal_arrivals"), (5, "internal_departures")):
        values = [cells[position] for _, cells in lines]
        assert sum(map(number, values[1:])) == number(values[0])
        for group, value in zip(ages, values, strict=True):
            book.add(measure, "28", group, value, "persons", name)
    name = "Tabl. 7 (158)"
    for where, cells in book.table(name):
        if place(where) != "28":
            book.add("internal_arrivals", place(where), ALL, cells[0], "persons", name)
            book.add("internal_departures", place(where), ALL, cells[5], "persons", name)


def overview(book: Yearbook) -> None:
    name = "Tabl. XII"
    measures = {
        0: "population",
        4: "marriages",
        5: "divorces",
        6: "live_births",
        7: "deaths",
        8: "infant_deaths",
        9: "natural_increase",
        10: "net_internal_migration",
        11: "net_international_migration",
    }
    for where, cells in book.table(name):
        for position, measure in measures.items():
            unit = "events" if measure in ("marriages", "divorces") else "persons"
            book.add(measure, place(where), ALL, cells[position], unit, name)


def population(book: Yearbook) -> None:
    name = "Tabl. 16"
    order = [(area, sex) for area in AREAS for sex in ("T", "M")]
    groups = [ALL, "0", "1-4", *FIVE_YEARS, "85+"]
    for (area, sex), (where, cells) in zip(order, book.table(name), strict=True):
        assert sum(map(number, cells[1:])) == number(cells[0])
        for group, value in zip(groups, cells, strict=True):
            book.add("population", place(where), group, value, "persons", name, area, sex)


def tables(sources: Path) -> list[Table]:
    path = sources / "yearbook_2025/warminsko_mazurskie_2024.csv"
    book = Yearbook(path)
    for read in (population, births, fertility, deaths, life_expectancy, migration, overview):
        read(book)
    left = [line for i, line in enumerate(book.lines) if i not in book.read]
    assert not left, left
    rows = [(*row[:5], *limits(row[4]), *row[5:]) for row in book.rows]
    schema = {
        "measure": pl.String,
        "code": pl.String,
        "area": pl.String,
        "sex": pl.String,
        "group": pl.String,
        "age_from": pl.Int32,
        "age_to": pl.Int32,
        "year": pl.Int32,
        "value": pl.Float64,
        "unit": pl.String,
        "table": pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert frame.select("measure", "code", "area", "sex", "group", "year").n_unique() == frame.height
    return [
        Table(
            name="yearbook_2025",
            title_pl="Rocznik Demograficzny 2025: województwo warmińsko-mazurskie w 2024 r.",
            title_en="Demographic Yearbook 2025: voivodeship 28 in 2024",
            publisher=GUS,
            publication="Rocznik Demograficzny 2025",
            date="2024; life expectancy also 1990, 2000, 2010, 2020",
            basis=["census_2021"],
            licence=GUS_LICENCE,
            status="published, observed, to the digits printed; a dash is zero. Left out: directions of internal moves "
            "between town and country (tables 7 and 9), and of table XII the rates and the columns derived from counts. "
            "Internal arrivals and departures are between gminas, moves inside the voivodeship included. Ages at "
            "'life_expectancy' are exact ages. Figures before 2024 are on the bases of their time",
            sources=[path],
            columns={
                "measure": ("word", "what is counted: population, live_births_by_age_of_mother, asfr, tfr ..."),
                "code": ("code", "TERYT 00 Poland, 28; or subregion PL621, PL622, PL623"),
                "area": ("word", "total, urban or rural"),
                "sex": ("word", "F females, M males, T both"),
                "group": ("text", "age group as published, or the exact age of a life expectancy; TOTAL is all ages"),
                "age_from": ("completed years", "first age of the group; TOTAL begins at 0"),
                "age_to": ("completed years", "last age of the group; null: open upwards"),
                "year": ("year", "year of the events, or of the stock of 31 XII"),
                "value": ("as in unit", "the figure"),
                "unit": ("text", "unit of the figure"),
                "table": ("text", "number of the published table"),
            },
            frame=frame,
        )
    ]
