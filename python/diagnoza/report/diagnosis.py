"""The diagnosis of a region: the report's frames and texts, gathered from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diagnoza._native import Scenario, __version__
from diagnoza.assessing import Assessments, assess
from diagnoza.errors import InputError, UnknownUnitError
from diagnoza.labels import check_lang, label, unit_label
from diagnoza.plot.theme import heading
from diagnoza.projection import project
from diagnoza.report.assessment import parts
from diagnoza.report.assessment_words import word
from diagnoza.report.diagnosis_texts import METHODS, OWN_FORECAST, TEXTS
from diagnoza.report.model import MapFigure, Note, ReportData, Source, WhatIf
from diagnoza.report.uncertainty import DRAWS, GROUPS, SEED, Uncertainty
from diagnoza.simulating import interval_coverage, simulate
from diagnoza.structure import indicators
from diagnoza.tables import borders, embedded_name, table, table_info
from diagnoza.territory import Region, region

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["diagnosis"]

EDITION: Final = "2026-11-21"
"""Date of the embedded data set: the date of a report for which none is given."""

FIRST: Final = 2021
JUMP_OFF: Final = 2022
LAST: Final = 2050
LAST_OF_GMINAS: Final = 2040
SHOWN: Final = (
    "share_65_plus",
    "ageing_index",
    "double_ageing",
    "old_dependency",
    "demographic_dependency",
    "care_potential",
    "parent_support",
    "potential_support",
    "median_age",
)
USED: Final = (
    # table, what it is used for, text of its date
    ("projection_28", "totals", "projection"),
    ("projection_components", "totals", "projection"),
    ("population_powiats_age_28", "stock", "powiats"),
    ("population_gminas_28", "stock", "stock"),
    ("gmina_projection_28", "gminas", "gminas"),
    ("hmd_poland", "mortality", "mortality"),
    ("asfr_poland", "fertility", "fertility"),
    ("europop2019_totals", "reference", "reference"),
    ("own_revenue_28", "resources", "revenue"),
    ("indicator_definitions", "indicators", "indicators"),
    ("borders_powiaty_28", "borders", "borders"),
    ("borders_gminy_28", "borders", "borders"),
)
USED_BY_THE_OWN: Final = (
    # what the own forecast and its intervals use beyond that
    ("eurostat_population", "own", "population5"),
    ("eurostat_population_broad", "own", "population3"),
    ("eurostat_deaths", "own", "deaths"),
    ("eurostat_births_deaths", "own", "births"),
    ("eurostat_region_rates", "own", "rates"),
    ("eurostat_migration_rate", "own", "migration"),
    ("poland_single_age", "own", "poland"),
    ("yearbook_2025", "own", "yearbook"),
)


def embedded_date(sha256: str, lang: str) -> str | None:
    """Return the date of an embedded table, as its publisher states it, in the language; None if it is not known."""
    dates = {name: date_of for name, _, date_of in (*USED, *USED_BY_THE_OWN)} | {"malopolska_gminas_2025": "malopolska"}
    date_of = dates.get(embedded_name(sha256) or "")
    return TEXTS[f"date.{date_of}"][0 if lang == "pl" else 1] if date_of else None


def diagnosis(unit: str = "28", *, lang: str = "pl", date: str | None = None) -> ReportData:
    """Gather the report on a voivodeship, subregion or powiat.

    Args:
        unit: code or name: ``"28"`` with its subregions, a subregion with its powiats, or a powiat.
        lang: language of the texts.
        date: date printed on the report, YYYY-MM-DD; by default the date of the embedded data set.

    Raises:
        InputError: the unit is a gmina, or figures of 2021 are not known for it.
    """
    language = check_lang(lang)
    place = region(unit)
    if place.level not in {"voivodeship", "subregion", "powiat"}:
        raise InputError(
            f"a report is on a voivodeship, a subregion or a powiat; {place.code} ({place.name}) is a {place.level}"
        )
    # gminas are no parts: GUS projects them in one variant only, and not to the last year
    subregions = place.subregions if place.level == "voivodeship" else []
    parts = subregions or [powiat for powiat in place.powiats if powiat.code != place.code]
    reference = _reference(place, [part.code for part in parts])
    units: list[str | Region] = [place, *parts]
    words = {key: pair[0 if language == "pl" else 1] for key, pair in TEXTS.items()}
    found = _indicators(place, words, language)
    totals = _totals(units)
    uncertain, uncertain_note = _uncertainty(place, parts, words, language)
    assessed, assessed_note = _assessed(place, words, language)
    return ReportData(
        title=words["title"].format(name=unit_label(place.code, place.name, language)),
        subtitle=words["subtitle"].format(first=FIRST, last=LAST),
        region=place.code,
        date=date or EDITION,
        version=__version__,
        totals=totals,
        population=project(units, from_year=FIRST, until=LAST).frame(by=("unit", "year", "sex", "age")),
        years=(FIRST, LAST),
        structure_years=(JUMP_OFF, LAST),
        reference=reference,
        reference_note=words["reference_note"] if reference is not None else "",
        maps=_maps(place, words, language),
        indicators=found,
        profiles=_oldest(place, found),
        what_if=_what_if(units, totals, words),
        what_ifs=tuple(
            WhatIf(
                scenario=words[f"{key}.name"],
                name=words[f"{key}.name"],
                assumption=words[f"{key}.assumption"],
            )
            for key in ("still", "tfr")
        ),
        sources=tuple(
            _source(name, words[f"used.{used}"], words[f"date.{date_of}"], language)
            for name, used, date_of in (*USED, *(USED_BY_THE_OWN if uncertain is not None else ()))
        ),
        resources=assessed,
        resources_note=assessed_note,
        uncertainty=uncertain,
        uncertainty_note=uncertain_note,
        methods=_methods(assessed, uncertain, place, language),
        figure_sources={
            key: words[f"source.{key}"]
            for key in ("totals", "structure", "reference", "uncertainty", "indicators", "what_if")
        },
    )


def _totals(units: list[str | Region]) -> pl.DataFrame:
    import polars as pl

    return pl.concat(
        project(units, scenario=scenario, from_year=FIRST, until=LAST).frame() for scenario in ("main", "low", "high")
    )


def _what_if(units: list[str | Region], totals: pl.DataFrame, words: dict[str, str]) -> pl.DataFrame:
    """Main variant beside the two questions a planner asks first."""
    import polars as pl

    still = Scenario(words["still.name"], base="main").net_migration(0.0, from_year=JUMP_OFF + 1)
    lower = Scenario(words["tfr.name"], base="main").tfr(1.1, from_year=2025)
    frames = [project(units, scenario=what, from_year=FIRST, until=LAST).frame() for what in (still, lower)]
    return pl.concat([totals.filter(scenario="main"), *frames])


def _indicators(place: Region, words: dict[str, str], lang: Any) -> pl.DataFrame:
    """Indicators of the region, its subregions and its powiats, each among the units of its level."""
    import polars as pl

    levels = [[place], place.subregions, place.powiats]
    if place.level == "powiat":
        levels = [region(place.code[:2]).powiats]  # alone it would be compared with nothing
    return pl.concat(
        indicators(units, years=(JUMP_OFF, 2030, LAST), ids=SHOWN, lang=lang).with_columns(
            peers=pl.lit(words[f"peers.{units[0].level}"])
        )
        for units in levels
        if units
    )


def _assessed(place: Region, words: dict[str, str], lang: str) -> tuple[Assessments | None, str]:
    """Assessment of the region and all units in it, and what it leaves out; None and the reason if there is none."""
    inside = {unit.code: unit for unit in (place, *place.subregions, *place.powiats, *place.gminas)}
    try:
        return assess(list(inside.values())), words["resources.scope"]
    except InputError:
        name = unit_label(place.code, place.name, lang)
        return None, words["resources.none"].format(name=heading(name))


def _uncertainty(
    place: Region, parts: Sequence[Region], words: dict[str, str], lang: str
) -> tuple[Uncertainty | None, str]:
    """Trajectories of the region and its parts; None and the reason if they have no forecast of their own."""
    try:
        drawn = simulate([place, *parts], draws=DRAWS, until=LAST, seed=SEED, indicators=list(GROUPS), progress=False)
    except UnknownUnitError:
        name = unit_label(place.code, place.name, lang)
        return None, words["uncertainty.none"].format(name=heading(name))
    return Uncertainty(simulation=drawn, past=interval_coverage(draws=DRAWS, seed=SEED)), ""


def _methods(assessed: Assessments | None, uncertain: Uncertainty | None, place: Region, lang: str) -> tuple[Note, ...]:
    made = [
        Note(title=pl if lang == "pl" else en, text=pl_text if lang == "pl" else en_text)
        for pl, en, pl_text, en_text in (*METHODS, *([OWN_FORECAST] if uncertain is not None else []))
    ]
    if assessed is not None:
        rules = parts(assessed.units[place.code], lang)["methods"]
        made.append(Note(title=word("section.method", lang), text=" ".join(rules)))
    return tuple(made)


def _oldest(place: Region, found: pl.DataFrame) -> tuple[str, ...]:
    """Powiats with the highest old-age dependency of each subregion in the last year."""
    groups = place.subregions or [place]
    last = found.filter(indicator="old_dependency", year=LAST)
    return tuple(
        str(
            last.filter(last["unit"].is_in([powiat.code for powiat in group.powiats])).sort(
                "value", "unit", descending=[True, False]
            )["unit"][0]
        )
        for group in groups
    )


def _reference(place: Region, parts: list[str]) -> pl.DataFrame | None:
    """EUROPOP2019 totals of the parts and, where all parts are there, of the whole."""
    import polars as pl

    europop = table("europop2019_totals").rename({"geo": "unit"})
    found = europop.filter(pl.col("unit").is_in([place.code, *parts])).cast({"population": pl.Float64})
    if found.is_empty():
        return None
    if set(parts) <= set(found["unit"]) and place.code not in set(found["unit"]):
        whole = found.group_by("year").agg(pl.col("population").sum()).with_columns(unit=pl.lit(place.code))
        found = pl.concat([found, whole.select(found.columns)])
    return found.sort("unit", "year").with_columns(series=pl.lit("EUROPOP2019"), stock=pl.lit("1 I"))


def _maps(place: Region, words: dict[str, str], lang: Any) -> tuple[MapFigure, ...]:

    powiats = project(place.powiats, from_year=JUMP_OFF, until=LAST).frame()
    gminas = project(place.gminas, from_year=JUMP_OFF, until=LAST_OF_GMINAS).frame()
    old_powiats = indicators(place.powiats, years=(LAST,), ids=("share_65_plus",), lang=lang)
    old_gminas = indicators(place.gminas, years=(LAST_OF_GMINAS,), ids=("share_65_plus",), lang=lang)
    changes = words["map.change"]
    old = words["map.old"]
    percent = words["percent"]
    around = _borders("powiat", place)

    def figure(frame: pl.DataFrame, level: Any, title: str, scheme: Any, source: str) -> MapFigure:
        return MapFigure(
            frame=frame,
            value="value",
            borders=_borders(level, place),
            title=title,
            unit_of_measure=percent,
            source=source,
            status="projected",
            level=level,
            scheme=scheme,
            outline=around if level == "gmina" else None,
        )

    last, last_gminas = str(LAST), str(LAST_OF_GMINAS)
    of_powiats = (
        figure(
            _change(powiats, LAST),
            "powiat",
            changes.format(y0=JUMP_OFF, y1=last, of=words["powiats"]),
            "diverging",
            words["source.totals"],
        ),
        figure(
            old_powiats.select("unit", "value"),
            "powiat",
            old.format(y1=last, of=words["powiats"]),
            "sequential",
            words["source.structure"],
        ),
    )
    of_gminas = (
        figure(
            _change(gminas, LAST_OF_GMINAS),
            "gmina",
            changes.format(y0=JUMP_OFF, y1=last_gminas, of=words["gminas"]),
            "diverging",
            words["source.gminas"],
        ),
        figure(
            old_gminas.select("unit", "value"),
            "gmina",
            old.format(y1=last_gminas, of=words["gminas"]),
            "sequential",
            words["source.gminas"],
        ),
    )
    # a map of one powiat shows nothing
    return (*of_powiats, *of_gminas) if len(place.powiats) > 1 else of_gminas


def _change(frame: pl.DataFrame, last: int) -> pl.DataFrame:
    """Change of the population since the jump-off in per cent, one row per unit."""
    import polars as pl

    ends = frame.filter(pl.col("year").is_in([JUMP_OFF, last])).pivot("year", index="unit", values="population")
    return ends.select("unit", value=(pl.col(str(last)) / pl.col(str(JUMP_OFF)) - 1) * 100)


def _borders(level: Any, place: Region) -> dict[str, Any]:
    """Borders of the units in the region."""
    inside = place.powiats if level == "powiat" else place.gminas
    codes = {unit.code[:6] for unit in inside}
    found = borders(level)
    features = [feature for feature in found["features"] if feature["properties"]["code"][:6] in codes]
    return {"type": "FeatureCollection", "features": features}


def _source(name: str, used_for: str, date: str, lang: str) -> Source:
    info = table_info(name)
    return Source(
        publisher=info["publisher"],
        title=f"{info['publication']}: {info['title'][lang]}",
        date=date,
        basis=", ".join(label(f"basis.{word}", lang) for word in info["basis"]),
        sha256=info["sha256"],
        used_for=used_for,
    )
