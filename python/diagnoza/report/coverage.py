"""Coverage targets as a page: how far each is, by period and territory, what was counted once, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from diagnoza._native import __version__
from diagnoza.labels import check_lang, distinct_names, format_number, in_language, unit_label
from diagnoza.plot.target_progress import period_shade
from diagnoza.plot.theme import heading
from diagnoza.report.bars import Drawn, bar, progress
from diagnoza.report.coverage_words import word
from diagnoza.report.tables import Table
from diagnoza.report.templates import template_of
from diagnoza.report.texts import text

if TYPE_CHECKING:
    from diagnoza.covering import Coverage

__all__ = ["page"]

_UNITS: Final = 40
"""Gminas shown of a target; all are in territory.csv."""
_ROWS: Final = 200
"""Rows shown of a list that grows with the register."""
_NAMES: Final = 12
_UNSAID: Final = "–"


def page(coverage: Coverage, *, lang: str = "pl") -> str:
    """Return the page, with its styles and drawings in it: no script, no link to anywhere, no keys of persons.

    Raises:
        InputError: the language.
    """
    check_lang(lang)
    record = coverage.record
    targets = record["targets"]
    periods = sorted({period["period"] for target in targets for period in target["periods"]})
    colours = {period: period_shade(place, len(periods)) for place, period in enumerate(periods)}
    inputs = record["provenance"]["inputs"]
    return template_of("coverage.html.j2").render(
        lang=lang,
        t=lambda key, **values: text(key, lang, **values),
        w=lambda key, **values: word(key, lang, **values),
        version=__version__,
        title=heading(record["title"][lang]),
        made=word(
            "made", lang, title=", ".join(item["title"] for item in inputs) or word("frame", lang), version=__version__
        ),
        sentences=[_summary(targets, lang), *coverage.summary(lang="pl" if lang == "pl" else "en")],
        legend=list(colours.items()),
        overview=_overview(targets, colours, lang),
        targets=[_target(target, colours, lang) for target in targets],
        account=_account(record, lang),
        repeats=_repeats(record["double_counting"], lang),
        double=_double(record["double_counting"], lang),
        left_out=_left_out(record, lang),
        unmatched=_unmatched(record["unmatched"], lang),
        source_table=_sources(record, lang),
        notes=[note[lang] for note in record["notes"]],
        unknown=[note[lang] for note in record["unknown"]],
        methods=[word(f"{key}.{value}", lang) for key, value in record["provenance"]["methods"].items()],
    )


def _number(value: float | None, lang: str) -> str:
    if value is None:
        return _UNSAID
    return format_number(value, lang, decimals=0 if float(value).is_integer() else 1)


def _percent(part: float | None, whole: float | None, lang: str) -> str:
    """Return 100 x part / whole with one decimal, a dash if either is not known."""
    if part is None or not whole:
        return _UNSAID
    return format_number(100 * part / whole, lang, decimals=1) + "%"


def _counts(target: Mapping[str, Any], lang: str) -> str:
    from diagnoza.covering import counted

    return counted(target["counts"], lang)


def _summary(targets: list[dict[str, Any]], lang: str) -> str:
    known = [target for target in targets if target["missing"] is not None]
    reached = sum(not target["missing"] for target in known)
    return word(
        "summary",
        lang,
        all=len(targets),
        reached=reached,
        open=len(known) - reached,
        unknown=len(targets) - len(known),
    )


def _overview(targets: list[dict[str, Any]], colours: dict[str, str], lang: str) -> Drawn:
    """Return all targets with a bar each."""
    rows, drawings = [], []
    for target in targets:
        achieved, needed = target["achieved"], target["needed"]
        rows.append(
            [
                target["name"][lang],
                _counts(target, lang),
                _number(achieved, lang),
                _number(needed, lang),
                _percent(achieved, needed, lang),
                _number(target["missing"], lang),
            ]
        )
        pieces = [(period["new"], colours[period["period"]]) for period in target["periods"]]
        said = word("bar", lang, achieved=_number(achieved, lang), needed=_number(needed, lang))
        drawings.append(progress(pieces, needed, said) if needed else "")
    heads = ("target", "counts", "achieved", "needed", "percent", "missing", "bar")
    table = Table(word("table.targets", lang), [word(f"head.{key}", lang) for key in heads], rows, left=2)
    return Drawn(table, drawings)


def _target(target: dict[str, Any], colours: dict[str, str], lang: str) -> dict[str, Any]:
    """Return what is said of one target."""
    return {
        "name": heading(target["name"][lang]),
        "sentences": _sentences(target, lang),
        "remarks": [remark[lang] for remark in target["remarks"]],
        "tables": [made for made in (_periods(target, colours, lang), _territory(target, lang)) if made],
    }


def _sentences(target: dict[str, Any], lang: str) -> list[str]:
    counts, goal = _counts(target, lang), target["goal"]
    achieved, needed = _number(target["achieved"], lang), _number(target["needed"], lang)
    if goal is None:
        made = [word("goal.unknown", lang, counts=counts)]
    elif "share" in goal:
        share = _percent(goal["share"], 1, lang).replace(",0%", "%").replace(".0%", "%")
        key = "goal.open" if target["needed"] is None else "goal.share"
        made = [word(key, lang, share=share, frame=_number(target["frame"], lang), needed=needed, counts=counts)]
    else:
        made = [word("goal.value", lang, needed=needed, counts=counts)]
    key = "counted" if target["missing"] is None else "reached" if target["missing"] else "done"
    percent = _percent(target["achieved"], target["needed"], lang)
    made.append(word(key, lang, achieved=achieved, percent=percent, missing=_number(target["missing"], lang)))
    if target["incomplete"]:
        made.append(word("incomplete", lang, count=_number(target["incomplete"], lang)))
    if target["status"] != "stated":
        made.append(word(f"status.{target['status']}", lang))
    if not target["rows"]["counted"]:
        made.append(word("no_rows", lang))
    return [" ".join(made), *_without(target, lang)]


def _without(target: dict[str, Any], lang: str) -> list[str]:
    """Return who has no support yet, by name; nothing where it is not known who there is."""
    units, institutions = target["without_support"], target["institutions_without_support"]
    if not target["rows"]["counted"] or (units is None and institutions is None):
        return []
    named = [(unit["unit"], unit_label(unit["unit"], unit["name"] or unit["unit"], lang)) for unit in units or ()]
    names = [*distinct_names(named, lang).values(), *(institutions or ())]
    if not names:
        return [word("without.all", lang)]
    said = ", ".join(names[:_NAMES])
    if len(names) > _NAMES:
        said += " " + word("more", lang, count=_number(len(names) - _NAMES, lang))
    return [word("without", lang, count=_number(len(names), lang), names=said)]


def _periods(target: dict[str, Any], colours: dict[str, str], lang: str) -> Drawn | None:
    """Return the periods: rows, distinct keys, what was reached, how much of the target that is."""
    periods, needed = target["periods"], target["needed"]
    if not target["rows"]["counted"]:
        return None
    with_hours = _with_hours(target, periods)
    rows, drawings, pieces = [], [], []
    for period in periods:
        cumulated = period["cumulated"]
        hours = [_number(period["hours"], lang)] if with_hours else []
        figures = [_number(period[key], lang) for key in ("new", "cumulated")]
        cells = [period["period"], _number(period["rows"], lang), _number(period["keys"], lang), *hours, *figures]
        if needed is None:
            rows.append(cells)
            continue
        rows.append([*cells, _percent(cumulated, needed, lang)])
        pieces.append((period["new"], colours[period["period"]]))
        said = word("bar", lang, achieved=_number(cumulated, lang), needed=_number(needed, lang))
        drawings.append(progress(pieces, needed, said))
    heads = [word("head.period", lang), word("head.rows", lang), word(f"keys.{target['counts']}", lang)]
    heads += [word("head.hours", lang)] if with_hours else []
    last = ("new", "cumulated") if needed is None else ("new", "cumulated", "percent", "bar")
    heads += [word(f"head.{key}", lang) for key in last]
    twice = target["twice_by_period"]
    note = word("note.periods", lang, count=_number(twice, lang)) if twice else ""
    return Drawn(Table(word("table.periods", lang, name=target["name"][lang]), heads, rows), drawings, note)


def _with_hours(target: dict[str, Any], parts: list[dict[str, Any]]) -> bool:
    """Whether hours stand in a column of their own: not where they are what is counted."""
    return target["counts"] != "hours" and any(part["hours"] for part in parts)


def _territory(target: dict[str, Any], lang: str) -> Drawn | None:
    """Return subregions, powiats and gminas: rows, distinct keys, which of them are reached."""
    if not target["territory"]:
        return None
    measure = "hours" if target["counts"] == "hours" else "complete"
    places = [place for place in target["territory"] if place["level"] != "gmina"]
    gminas = [place for place in target["territory"] if place["level"] == "gmina"]
    shown = sorted(gminas, key=lambda place: (-place[measure], _code(place) or "9"))[:_UNITS]
    places += sorted(shown, key=lambda place: _code(place) or "9")
    names = _place_names(places, lang)
    with_hours = _with_hours(target, places)
    rows, drawings = [], []
    largest = {place["level"]: 0.0 for place in places}
    for place in places:
        largest[place["level"]] = max(largest[place["level"]], place[measure])
    for place, name in zip(places, names, strict=True):
        reached = _number(place[measure], lang)
        hours = [_number(place["hours"], lang)] if with_hours else []
        cells = [name, _number(place["rows"], lang), _number(place["keys"], lang), *hours, reached]
        rows.append([*cells, _percent(place[measure], target["achieved"], lang)])
        drawings.append(bar(place[measure], largest[place["level"]], f"{name}: {reached}"))
    heads = [word("head.unit", lang), word("head.rows", lang), word(f"keys.{target['counts']}", lang)]
    heads += [word("head.hours", lang)] if with_hours else []
    heads += [word("head.hours" if measure == "hours" else "head.complete", lang), word("head.part", lang), ""]
    notes = []
    if target["twice_by_gmina"]:
        notes.append(word("note.territory", lang, count=_number(target["twice_by_gmina"], lang)))
    if len(gminas) > len(shown):
        notes.append(word("note.more", lang, shown=len(shown), all=len(gminas), file="territory.csv"))
    return Drawn(
        Table(word("table.territory", lang, name=target["name"][lang]), heads, rows), drawings, " ".join(notes)
    )


def _code(place: dict[str, Any]) -> str:
    return str(place["unit"]["unit"]) if place["unit"] else ""


def _place_names(places: list[dict[str, Any]], lang: str) -> list[str]:
    named = [
        (_code(place), unit_label(_code(place), place["unit"]["name"] or _code(place), lang))
        for place in places
        if place["unit"]
    ]
    names = distinct_names(named, lang)
    return [
        names[_code(place)] if place["unit"] else word("no_unit", lang, level=word(f"level.{place['level']}", lang))
        for place in places
    ]


def _account(record: dict[str, Any], lang: str) -> Drawn:
    """Return what became of the rows without fault, and by how much sums of parts would be too many."""
    rows = []
    for target in record["targets"]:
        account = target["rows"]
        figures = [account[key] for key in ("counted", "same", "of_other_kind", "left_out")]
        figures += [target["twice_by_period"], target["twice_by_gmina"]]
        rows.append([target["name"][lang], *(_number(figure, lang) for figure in figures)])
    heads = ("target", "achieved", "same", "other", "left_out", "by_period", "by_gmina")
    head = [word("head.rows" if key == "achieved" else f"head.{key}", lang) for key in heads]
    sound = _number(record["double_counting"]["sound_rows"], lang)
    return Drawn(Table(word("table.account", lang), head, rows), [], word("note.account", lang, rows=sound))


def _double(double: dict[str, Any], lang: str) -> list[str]:
    """Return sentences on equal rows and similar keys; that nothing is repeated if nothing is."""
    made = []
    if double["same_rows"]:
        pairs = [word("same.row", lang, row=same["row"], of=same["of"]) for same in double["same_rows"][:_ROWS]]
        more = [word("note.more", lang, shown=_ROWS, all=len(double["same_rows"]), file="record.json")]
        made.append(word("same", lang, rows=", ".join(pairs)))
        made += more if len(double["same_rows"]) > _ROWS else []
    if double["alike"]:
        made.append(word("alike", lang, count=_number(len(double["alike"]), lang)))
    if not made and not double["repeats"]:
        made.append(word("no_double", lang))
    return made


def _repeats(double: dict[str, Any], lang: str) -> Drawn | None:
    """Return keys in several rows: institutions by name, persons by their rows alone."""
    repeats = double["repeats"]
    if not repeats:
        return None
    rows = []
    for repeat in repeats[:_ROWS]:
        who = word("person", lang) if repeat["kind"] == "person" else repeat["key"]
        differ = "; ".join(", ".join(repeat[key]) or _UNSAID for key in ("periods", "forms", "units"))
        rows.append([who, ", ".join(map(str, repeat["rows"])), differ, _number(len(repeat["rows"]), lang)])
    heads = [word(f"head.{key}", lang) for key in ("who", "where", "differ", "count")]
    more = word("note.more", lang, shown=_ROWS, all=len(repeats), file="double_counting.csv")
    return Drawn(Table(word("table.repeats", lang), heads, rows, left=3), [], more if len(repeats) > _ROWS else "")


def _left_out(record: dict[str, Any], lang: str) -> Drawn | None:
    """Return every row that a target, or none of them, counts: where, what stands there, why."""
    left = record["left_out"]
    if not left:
        return None
    names = {target["id"]: target["name"][lang] for target in record["targets"]}
    rows = [
        [
            str(item["row"]),
            names.get(item["target"], item["target"]) if item["target"] else word("every_target", lang),
            item["got"] or _UNSAID,
            item["because"][lang],
        ]
        for item in left[:_ROWS]
    ]
    heads = [word(f"head.{key}", lang) for key in ("row", "target", "got", "because")]
    more = word("note.more", lang, shown=_ROWS, all=len(left), file="left_out.csv")
    return Drawn(Table(word("table.left_out", lang), heads, rows, left=4), [], more if len(left) > _ROWS else "")


def _unmatched(unmatched: list[dict[str, Any]], lang: str) -> Drawn | None:
    if not unmatched:
        return None
    rows = [
        [*(item[key] or _UNSAID for key in ("form", "role", "module")), _number(item["rows"], lang)]
        for item in unmatched[:_ROWS]
    ]
    heads = [word(f"head.{key}", lang) for key in ("form", "role", "module", "rows")]
    return Drawn(Table(word("table.unmatched", lang), heads, rows, left=3), [], word("note.unmatched", lang))


def _sources(record: dict[str, Any], lang: str) -> Table:
    """Return where the set, targets with a document of their own, and the register come from."""
    rows = [
        [
            word("set", lang, title=record["title"][lang]),
            in_language(record["source"], lang) or _UNSAID,
            _UNSAID,
            _UNSAID,
        ]
    ]
    for target in record["targets"]:
        if target["source"] != record["source"]:
            rows.append([target["name"][lang], in_language(target["source"], lang) or _UNSAID, _UNSAID, _UNSAID])
    for item in record["provenance"]["inputs"]:
        publisher = word("publisher.user", lang) if item["publisher"] == "user" else item["publisher"]
        date = word("not stated", lang) if item["date"] == "not stated" else item["date"]
        rows.append([word("register", lang), f"{publisher}: {item['title']}", date, item["sha256"]])
    if not record["provenance"]["inputs"]:
        rows.append([word("register", lang), word("frame", lang), _UNSAID, _UNSAID])
    heads = [word(f"head.{key}", lang) for key in ("what", "source", "date", "hash")]
    return Table(word("table.sources", lang), heads, rows, left=4)
