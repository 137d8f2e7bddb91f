"""The assessment of one unit as a page for people who decide: what stands out first, then values, changes, gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from diagnoza._native import __version__
from diagnoza.assessment_texts import (
    change_text,
    gap_sentence,
    peers_text,
    place_text,
    sentence,
    unit_title,
    value_text,
)
from diagnoza.form_peers_texts import sentences
from diagnoza.labels import check_lang, format_date, format_number
from diagnoza.plot.theme import heading
from diagnoza.report.assessment_words import word
from diagnoza.report.strips import course, strip
from diagnoza.report.tables import Table
from diagnoza.report.templates import template_of
from diagnoza.report.texts import text

if TYPE_CHECKING:
    from diagnoza.assessing import Assessment

__all__ = ["JUDGEMENTS", "Finding", "findings", "page", "parts", "years_text"]

JUDGEMENTS: Final = ("unfavourable", "not_stated", "favourable", "unknown")
_SHOWN: Final = 8
_FAR: Final = {"outside_fence": 0, "extreme": 1}


@dataclass(frozen=True)
class Finding:
    """Flags of one indicator that say the same: the sentence of the first, and the other peers it holds among."""

    judgement: str
    indicator: str
    text: str
    also: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table with drawings: cells are text, `drawing` is SVG made here."""

    name: str
    cells: list[str]
    drawing: str = ""
    notes: list[str] = field(default_factory=list)
    absent: bool = False


def page(one: Assessment, *, lang: str = "pl", date: str | None = None, index: str = "") -> str:
    """Return the page of one unit, with its styles and drawings in it: no script, no link to anywhere but `index`.

    Raises:
        InputError: the language or the date.
    """
    check_lang(lang)
    return template_of("assessment.html.j2").render(
        lang=lang,
        t=lambda key, **values: text(key, lang, **values),
        w=lambda key, **values: word(key, lang, **values),
        index=index,
        title=heading(unit_title(one.record, lang)),
        place=place_text(one.record, lang),
        code=one.unit,
        version=__version__,
        made=text("made", lang, date=format_date(date or _edition(), lang), version=__version__),
        **parts(one, lang),
    )


def parts(one: Assessment, lang: str, *, unsaid: Collection[str] = ()) -> dict[str, Any]:
    """Return what a page says of one unit: sentences, findings by judgement, tables, gaps, sources, methods.

    `unsaid` holds reasons for peers that are not there which need no sentence, such as ``only_gminas``.
    """
    found = findings(one, lang)
    return {
        "summary": _summary(one, lang),
        "context": _context(one, lang),
        "groups": [(judgement, [item for item in found if item.judgement == judgement]) for judgement in JUDGEMENTS],
        "main": _main(one, lang),
        "others": _others(one, lang),
        "trends": _trends(one, lang),
        "unknown": _unknown(one, lang, unsaid),
        "source_table": _sources(one, lang),
        "methods": _methods(one, lang),
        "origins": sentences(one, lang),
        "notes": _notes(one, lang),
    }


def findings(one: Assessment, lang: str) -> list[Finding]:
    """Return the flags, those of one indicator that say the same of several groups of peers as one."""
    merged: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for flag in one.record["flags"]:
        rule = "far" if flag["rule"] in _FAR else flag["rule"]
        side = flag.get("side") or flag.get("course") or ""
        merged.setdefault((flag["judgement"], flag["indicator"], rule, side), []).append(flag)
    made = []
    for (judgement, indicator, _, _), flags in merged.items():
        first = min(flags, key=lambda flag: _FAR.get(flag["rule"], 0))
        others = [peers_text(one.record, flag["peers"], lang) for flag in flags if flag is not first]
        also = word("also", lang, peers="; ".join(others)) if others else ""
        made.append(Finding(judgement, indicator, sentence(one, first, lang), also))
    return made


def _edition() -> str:
    from diagnoza.report.diagnosis import EDITION

    return EDITION


def _summary(one: Assessment, lang: str) -> str:
    """Return how many indicators stand out and how; that none could, if there is nobody to compare with."""
    flags, measured = one.record["flags"], one.record["indicators"]
    standings = [standing for item in measured for standing in item["standings"]]
    if not flags:
        if not standings:
            return word("alone", lang)
        if all(standing["few"] for standing in standings):
            return word("too_few", lang, few=one.settings["few_peers"])
        return word("nothing", lang)
    parts = []
    for judgement in JUDGEMENTS:
        count = len({flag["indicator"] for flag in flags if flag["judgement"] == judgement})
        if count:
            parts.append(word(f"summary.{judgement}", lang, count=count))
    rest = len(measured) - len({flag["indicator"] for flag in flags})
    if rest:
        parts.append(word("summary.rest", lang, count=rest))
    return word("summary", lang, all=len(measured), parts="; ".join(parts))


def _context(one: Assessment, lang: str) -> str:
    """Return how large the unit is and where that goes: the first count that has a value."""
    for measured in one.record["indicators"]:
        known = one.indicators[measured["indicator"]]
        if known["kind"] != "size" or isinstance(measured["cell"], str):
            continue
        value = value_text(known, measured["cell"], lang)
        found = word("context", lang, name=known[f"name_{lang}"], value=value, year=measured["year"])
        trend, outlook = measured["trend"], measured["outlook"]
        if trend:
            found += word("context.trend", lang, year=trend["first_year"], change=change_text(known, trend, lang))
        if outlook:
            found += word(
                "context.outlook", lang, year=outlook["year"], value=value_text(known, outlook["value"], lang)
            )
        return found
    return ""


def _standing(measured: Mapping[str, Any], peers: str) -> Mapping[str, Any] | None:
    return next((standing for standing in measured["standings"] if standing["peers"] == peers), None)


def _groups(one: Assessment) -> list[str]:
    """Return the words of the peers that the unit has, the main one first."""
    found: dict[str, None] = {}
    for measured in one.record["indicators"]:
        found.update(dict.fromkeys(standing["peers"] for standing in measured["standings"]))
    return list(found)


def _place(standing: Mapping[str, Any] | None, lang: str) -> str:
    place = standing["place"] if standing else None
    if standing is None or place is None:
        return "–"
    n = standing["spread"]["n"]
    if place["ties"]:
        return word("place.tied", lang, rank=place["rank"], n=n, ties=place["ties"])
    return word("place.of", lang, rank=place["rank"], n=n)


def _name(one: Assessment, indicator: str, lang: str, year: int | None = None) -> str:
    known = one.indicators[indicator]
    unit = known[f"unit_{lang}"]
    measured = ", ".join(str(part) for part in (unit, year) if part)
    return f"{known[f'name_{lang}']} ({measured})" if measured else str(known[f"name_{lang}"])


def _main(one: Assessment, lang: str) -> dict[str, Any]:
    """Return the table of all indicators among the main peers; without peers, of the values alone."""
    groups = _groups(one)
    main = groups[0] if groups else ""
    rows, few = [], []
    for measured in one.record["indicators"]:
        known = one.indicators[measured["indicator"]]
        standing = _standing(measured, main)
        spread = standing["spread"] if standing else None
        value = None if isinstance(measured["cell"], str) else measured["cell"]
        drawing, median = "", "–"
        if spread and spread["n"] > (value is not None):
            parts = {key: value_text(known, spread[name], lang) for key, name in _SPREAD.items()}
            words = word("strip", lang, value=value_text(known, measured["cell"], lang), **parts)
            drawing, median = strip(spread, value, words), value_text(known, spread["median"], lang, unit=False)
        written = value_text(known, measured["cell"], lang, unit=False)
        if standing and standing["few"]:
            few.append(known[f"name_{lang}"])
        name = _name(one, measured["indicator"], lang, measured["year"])
        rows.append(Row(name, [written, median, _place(standing, lang)], drawing, absent=value is None))
    peers = peers_text(one.record, main, lang) if main else ""
    names = word("few_all", lang) if len(few) == len(rows) else "; ".join(few)
    note = word("few_note", lang, few=one.settings["few_peers"], names=names) if few else ""
    return {"peers": peers, "rows": rows, "note": note}


_SPREAD: Final = {
    "low": "lowest",
    "high": "highest",
    "q1": "lower_quartile",
    "q3": "upper_quartile",
    "median": "median",
}


def _others(one: Assessment, lang: str) -> Table | None:
    """Return medians and places among the peers that are not the main ones."""
    groups = _groups(one)[1:]
    if not groups:
        return None
    head = [word("head.indicator", lang)]
    for group in groups:
        peers = peers_text(one.record, group, lang)
        head += [f"{peers}: {word('head.median', lang)}", word("head.place", lang)]
    rows = []
    for measured in one.record["indicators"]:
        known = one.indicators[measured["indicator"]]
        cells = [_name(one, measured["indicator"], lang, measured["year"])]
        for group in groups:
            standing = _standing(measured, group)
            spread = standing["spread"] if standing else None
            # the median of the unit alone is no median of others
            alone = spread is None or spread["n"] <= (not isinstance(measured["cell"], str))
            median = "–" if spread is None or alone else value_text(known, spread["median"], lang, unit=False)
            cells += [median, _place(standing, lang)]
        rows.append(cells)
    return Table(word("table.others", lang), head, rows)


def _trends(one: Assessment, lang: str) -> list[Row]:
    """Return a row per indicator that has a trend or a projection; none if no indicator has."""
    if not any(measured["trend"] or measured["outlook"] for measured in one.record["indicators"]):
        return []
    rows = []
    for measured in one.record["indicators"]:
        known = one.indicators[measured["indicator"]]
        trend, outlook = measured["trend"], measured["outlook"]

        def at(value: object, year: object, known: Mapping[str, Any] = known) -> str:
            return f"{value_text(known, value, lang, unit=False)} ({year})"

        notes = []
        cells = ["–", "–", "–", "–"]
        if trend:
            finer = known["decimals"] + (known["kind"] != "size")
            per_year = format_number(trend["per_year"], lang, decimals=finer, sign=True)
            cells = [
                at(trend["first"], trend["first_year"]),
                at(trend["last"], trend["last_year"]),
                change_text(known, trend, lang),
                per_year,
            ]
            if trend["break_year"] is not None:
                found = next(item for item in known["breaks"] if item["year"] == trend["break_year"])
                notes.append(word("break", lang, year=found["year"], reason=found[f"reason_{lang}"] or "–"))
            if trend["years_without_value"]:
                notes.append(word("skipped", lang, years=years_text(trend["years_without_value"])))
        elif not isinstance(measured["cell"], str):
            cells[1] = at(measured["cell"], measured["year"])
            notes.append(word("one_year", lang, year=measured["year"]))
        cells.append(at(outlook["value"], outlook["year"]) if outlook else "–")
        since = trend["break_year"] if trend else None
        words = "; ".join(at(point["cell"], point["year"]) for point in measured["series"])
        name = _name(one, measured["indicator"], lang)
        rows.append(Row(name, cells, course(measured["series"], since, words), notes))
    return rows


def years_text(years: Sequence[int]) -> str:
    """Write years in order, runs of three and more as a range."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _unknown(one: Assessment, lang: str, unsaid: Collection[str]) -> list[str]:
    made = []
    gaps: dict[tuple[str, str], list[int]] = {}
    for gap in one.record["gaps"]:
        gaps.setdefault((gap["indicator"], gap["reason"]), []).append(gap["year"])
    for (indicator, reason), years in gaps.items():
        name, why = one.indicators[indicator][f"name_{lang}"], gap_sentence(reason, lang)
        made.append(word("gap", lang, name=name, years=years_text(sorted(years)), reason=why))
    for measured in one.record["indicators"]:
        for standing in measured["standings"][:1]:
            absent = standing["without_value"]
            origin = one.origins.get(measured["indicator"])
            nobody = len(absent) == standing["units"] and origin is not None and origin.source == "forms"
            # that nobody is there to compare with is said where the form's peers are
            if absent and not nobody:
                names = ", ".join(_unit_name(code) for code in absent[:_SHOWN])
                if len(absent) > _SHOWN:
                    names += " " + word("more", lang, count=len(absent) - _SHOWN)
                made.append(
                    word(
                        "peers_gap",
                        lang,
                        name=one.indicators[measured["indicator"]][f"name_{lang}"],
                        peers=peers_text(one.record, standing["peers"], lang),
                        count=len(absent),
                        units=standing["units"],
                        names=names,
                    )
                )
    for item in one.record["without_peers"]:
        reason = item["reason"]
        if reason in unsaid:
            continue
        by = word(f"by.{item['peers']}", lang) if reason == "only_gminas" else ""
        why = word(f"no_peers.{reason}", lang, peers=by)
        made.append(word("no_peers", lang, peers=word(f"peers.{item['peers']}", lang), reason=why))
    return made


def _unit_name(code: str) -> str:
    from diagnoza.assessment_texts import name_of

    name = name_of(code)
    return name if name == code else f"{name} ({code})"


def _sources(one: Assessment, lang: str) -> Table:
    """Return every source with the indicators it serves; those without one are named as such."""
    from diagnoza.report.diagnosis import embedded_date
    from diagnoza.tables import embedded_title

    used: dict[tuple[str, str, str, str], list[str]] = {}
    for measured in one.record["indicators"]:
        known = one.indicators[measured["indicator"]]
        name = known[f"name_{lang}"]
        if not known["sources"]:
            used.setdefault((word("no_source", lang), "–", "–", "–"), []).append(name)
        origin = one.origins.get(measured["indicator"])
        for source in [*known["sources"], *(origin.sources if origin else ())]:
            title = embedded_title(source["sha256"], lang) or source["title"] or "–"
            date = embedded_date(source["sha256"], lang) or source["date"] or "–"
            key = (source["publisher"] or "–", title, date, source["sha256"] or "–")
            used.setdefault(key, []).append(name)
    head = [word(f"head.{key}", lang) for key in ("publisher", "title", "date", "used_for", "hash")]
    rows = [[*key[:3], "; ".join(names), key[3]] for key, names in used.items()]
    return Table(word("table.sources", lang), head, rows, left=5)


def _methods(one: Assessment, lang: str) -> list[str]:
    settings = one.settings

    def share(number: float) -> str:
        return format_number(100 * number, lang) + "%"

    def plain(number: float) -> str:
        return format_number(number, lang, decimals=0 if number == int(number) else 1)

    known = [one.indicators[measured["indicator"]] for measured in one.record["indicators"]]
    directed = [
        word("higher" if item["direction"] == "higher_favourable" else "lower", lang, name=item[f"name_{lang}"])
        for item in known
        if item["direction"] != "not_stated"
    ]
    return [
        word("method.year", lang),
        word("method.place", lang),
        word(
            "method.far",
            lang,
            fence=plain(settings["fence"]),
            share=share(settings["extreme_share"]),
            few=settings["few_peers"],
        ),
        word("method.change", lang, big=plain(settings["big_change"]), against=share(settings["against_share"])),
        word("method.direction", lang, names="; ".join(directed)) if directed else word("method.no_direction", lang),
    ]


def _notes(one: Assessment, lang: str) -> list[str]:
    known = [one.indicators[measured["indicator"]] for measured in one.record["indicators"]]
    return [f"{item[f'name_{lang}']}: {item[f'note_{lang}']}" for item in known if item[f"note_{lang}"]]
