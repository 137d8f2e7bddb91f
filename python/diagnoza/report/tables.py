"""Tables of the page, as text cells in the report's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnoza.labels import distinct_names, format_number, format_percent, label, scenario_label, status_label
from diagnoza.report.texts import text

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.report.findings import Figures

__all__ = [
    "Table",
    "indicators",
    "scenarios",
    "sources",
    "statuses",
    "structure",
    "totals",
    "what_if",
    "what_ifs",
]


@dataclass(frozen=True)
class Table:
    """A table as it is printed: cells are text; the first `left` columns are words, the others figures."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    left: int = 1
    unit_of_measure: str = ""
    source: str = ""


def _shown_years(first: int, last: int, there: set[int]) -> list[int]:
    return [year for year in sorted(there) if first <= year <= last and (year in (first, last) or year % 10 == 0)]


def totals(figures: Figures, lang: str) -> Table:
    """Return the main variant in the first year, the full decades and the last year."""
    y0, y1 = figures.data.years
    years = _shown_years(y0, y1, {year for _, word, year in figures.total if word == "main"})

    def status(year: int) -> str:
        return status_label(figures.status.get((figures.data.region, "main", year), ""), lang)

    rows = []
    for unit in figures.units:
        numbers = [format_number(figures.total.get((unit, "main", year)), lang) for year in years]
        change = figures.total[unit, "main", y1] - figures.total[unit, "main", y0]
        rows.append(
            [
                figures.name(unit, lang),
                *numbers,
                format_number(change, lang, sign=True),
                format_percent(figures.change(unit), lang, sign=True),
            ]
        )
    head = [text("head.unit", lang), *(f"{year} ({status(year)})" for year in years)]
    head += [text("head.change", lang, y0=y0, y1=y1), text("head.percent", lang)]
    return Table(text("table.totals", lang), head, rows, unit_of_measure=text("persons", lang))


def structure(figures: Figures, lang: str) -> Table:
    """Return persons and shares of the economic age groups in both structure years."""
    years = figures.data.structure_years
    groups = ("preworking", "working", "postworking")
    head = [text("head.unit", lang), label("axis.year", lang).split(" ")[0]]
    head += [label(f"age.{group}", lang) for group in groups]
    head += [f"{label(f'age.{group}', lang).split(' (')[0]}, %" for group in groups]
    rows = []
    for unit in figures.units:
        for year in years:
            numbers = [figures.of_group(year, group, unit=unit) for group in groups]
            whole = sum(numbers)
            shares = [format_percent(number / whole if whole > 0 else None, lang) for number in numbers]
            name = figures.name(unit, lang) if year == years[0] else ""
            when = f"{year} ({figures.structure_status(year, lang)})"
            rows.append([name, when, *(format_number(number, lang) for number in numbers), *shares])
    return Table(text("table.structure", lang), head, rows, left=2, unit_of_measure=text("persons", lang))


def scenarios(figures: Figures, lang: str) -> Table:
    """Return the variants in the last year beside the first, and other projections with their dates."""
    import polars as pl

    y0, y1 = figures.data.years
    words = [word for word in ("low", "main", "high") if any((u, word, y1) in figures.total for u in figures.units)]
    head = [text("head.unit", lang), f"{y0}"]
    for word in words:
        head += [f"{scenario_label(word, lang)} {y1}", "%"]
    others: list[tuple[str, int, str]] = []
    reference = figures.data.reference
    points: dict[tuple[str, str, int, str], float] = {}
    if reference is not None:
        for row in reference.with_columns(unit=pl.col("unit").cast(pl.String)).to_dicts():
            stock = str(row.get("stock") or "31 XII")
            series = str(row.get("series") or label("status.reference", lang))
            points[str(row["unit"]), series, int(row["year"]), stock] = row["population"]
            if (series, int(row["year"]), stock) not in others and row["unit"] in figures.units:
                others.append((series, int(row["year"]), stock))
        others.sort()
        for series, year, stock in others:
            head.append(f"{series}, {label(f'stock.{stock}', lang)}\u00a0{year}")
    rows = []
    for unit in figures.units:
        first = figures.total[unit, "main", y0]
        cells = [figures.name(unit, lang), format_number(first, lang)]
        for word in words:
            number = figures.total.get((unit, word, y1))
            change = number / first - 1 if number is not None and first > 0 else None
            cells += [format_number(number, lang), format_percent(change, lang, sign=True)]
        cells += [format_number(points.get((unit, *other)), lang) for other in others]
        rows.append(cells)
    return Table(text("table.scenarios", lang), head, rows, unit_of_measure=text("persons", lang))


def what_if(figures: Figures, frame: pl.DataFrame, lang: str) -> Table:
    """Return the what-ifs in the last year, and their difference from the main variant."""
    from diagnoza.plot.frames import totals as summed

    y1 = figures.data.years[1]
    found = {
        (str(row["unit"]), str(row["scenario"])): row["population"]
        for row in summed(frame).to_dicts()
        if row["year"] == y1
    }
    rows = []
    for unit in figures.units:
        main = figures.total[unit, "main", y1]
        if not any((unit, item.scenario) in found for item in figures.data.what_ifs):
            continue
        rows.append([figures.name(unit, lang), scenario_label("main", lang), format_number(main, lang), "–", "–"])
        for item in figures.data.what_ifs:
            number = found.get((unit, item.scenario))
            if number is None:
                continue
            share = number / main - 1 if main > 0 else None
            cells = [format_number(number, lang), format_number(number - main, lang, sign=True)]
            rows.append(["", item.name, *cells, format_percent(share, lang, sign=True)])
    head = [text("head.unit", lang), text("head.scenario", lang), str(y1)]
    head += [text("head.against_main", lang), "%"]
    caption = text("table.what_if", lang, y1=y1)
    return Table(caption, head, rows, left=2, unit_of_measure=text("persons", lang))


def what_ifs(figures: Figures, lang: str) -> Table:
    """Return what each scenario of the user's assumes."""
    head = [text("head.scenario", lang), text("head.assumption", lang)]
    return Table(
        text("table.what_ifs", lang),
        head,
        [[item.name, item.assumption] for item in figures.data.what_ifs],
        left=2,
    )


_COLUMNS = 5


def indicators(frame: pl.DataFrame, lang: str) -> list[Table]:
    """Return the last year's indicators of all units, five to a table so that it fits the page."""
    import polars as pl

    last = frame.filter(pl.col("year") == pl.col("year").max().over("indicator"))
    words = list(dict.fromkeys(last["indicator"].to_list()))
    names = distinct_names([(str(code), str(name)) for code, name in last.select("unit", "name").unique().rows()], lang)
    codes = sorted(names)
    cells: dict[tuple[str, str], str] = {}
    heads: dict[str, str] = {}
    for row in last.to_dicts():
        value, rank = row["value"], row["rank"]
        written = label("chart.missing", lang) if value is None else format_number(value, lang, decimals=1)
        cells[str(row["unit"]), row["indicator"]] = written if rank is None else f"{written} ({rank})"
        measure = f", {row['unit_of_measure']}" if row.get("unit_of_measure") else ""
        heads[row["indicator"]] = f"{row.get('label') or row['indicator']}{measure}, {row['year']}"
    made = []
    for start in range(0, len(words), _COLUMNS):
        part = words[start : start + _COLUMNS]
        rows = [[names[code], *(cells.get((code, word), "–") for word in part)] for code in codes]
        made.append(
            Table(
                text("table.indicators", lang),
                [text("head.unit", lang), *(heads[word] for word in part)],
                rows,
            )
        )
    return made


def statuses(figures: Figures, lang: str) -> Table:
    """Return which years of each frame are observed, estimated and projected."""
    from diagnoza.report import uncertainty

    data = figures.data
    frames = {
        "totals": data.totals,
        "population": data.population,
        "uncertainty": uncertainty.frame(figures),
        "indicators": data.indicators,
        "what_if": data.what_if,
    }
    words = ("observed", "estimated", "projected")
    rows = []
    for name, frame in frames.items():
        if frame is None or "status" not in frame.columns:
            continue
        pairs = set(frame.select("status", "year").unique().rows())
        ranges = [_ranges(sorted(int(year) for status, year in pairs if status == word)) for word in words]
        rows.append([text(f"data.{name}", lang), *ranges])
    head = [text("head.data", lang), *(status_label(word, lang) for word in words)]
    return Table(text("table.status", lang), head, rows, left=4)


def _ranges(years: list[int]) -> str:
    """Write years as ranges: ``2021, 2023–2050``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs) or "–"


def sources(figures: Figures, lang: str) -> Table:
    """Return the list of sources, numbered."""
    head = [
        "",
        *(text(f"head.{word}", lang) for word in ("publisher", "title", "date", "basis", "used_for", "hash")),
    ]
    rows = [
        [
            str(number),
            item.publisher,
            item.title,
            item.date,
            item.basis,
            item.used_for or "–",
            item.sha256 or "–",
        ]
        for number, item in enumerate(figures.data.sources, start=1)
    ]
    return Table(text("table.sources", lang), head, rows, left=7)
