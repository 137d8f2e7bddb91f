"""Parts of the page of a selection: rankings, funnel, ties, reasons, published result, adjustments, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from diagnoza.labels import format_date, format_number, in_language, label
from diagnoza.report.selection_rule_words import rule_word
from diagnoza.report.selection_view import View, decimals_of, plain, sets_text
from diagnoza.report.selection_words import counted, listed, word
from diagnoza.report.tables import Table
from diagnoza.strata import of_voivodeship, register_name

__all__ = [
    "Cell",
    "Excluded",
    "Ranking",
    "Reason",
    "Row",
    "adjustments",
    "chosen_tables",
    "excluded",
    "funnel",
    "published",
    "rankings",
    "reasons",
    "record_table",
    "sources",
    "ties",
]

_NEAREST: Final = 5
_SETS: Final = 20
_EXPLAINED: Final = 12
_SCORE: Final = 4


@dataclass(frozen=True)
class Cell:
    """A value of a criterion, and below it what it comes from and becomes."""

    value: str
    below: str = ""


@dataclass(frozen=True)
class Row:
    """A gmina in the ranking of its stratum."""

    rank: str
    name: str
    code: str
    place: str
    look: str
    cells: list[Cell]
    score: str
    margin: str


@dataclass(frozen=True)
class Ranking:
    """A stratum: the rows shown, and the rest, which is folded."""

    caption: str
    rows: list[Row]
    rest: list[Row] = field(default_factory=list)
    rest_caption: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a gmina was or was not chosen: the reason, and the least that would change it."""

    name: str
    code: str
    look: str
    text: str
    change: str = ""


@dataclass(frozen=True)
class Excluded:
    """Gminas that dropped out at one step for one reason."""

    step: str
    because: str
    names: list[str]


def place_text(place: Mapping[str, Any], lang: str) -> str:
    """Return the name of a place, with the position of a reserve."""
    if place["place"] == "reserve":
        return word("place.reserve", lang, position=place["position"])
    return label(f"place.{place['place']}", lang)


def chosen_tables(view: View, firm_head: str, firm: Mapping[str, str]) -> list[Table]:
    """Return the chosen, the tied, and those in reserve, by stratum; `firm` says how often each is chosen."""
    lang, several = view.lang, view.result["strata_by"] != "all"
    made = []
    for caption, places in (
        ("table.chosen", {"chosen"}),
        ("table.tied", {"tied"}),
        ("table.reserve", {"reserve", "tied_for_reserve"}),
    ):
        held = caption == "table.reserve"
        keys = ["gmina", "code", "powiat", *(["stratum"] if several else []), *(["place"] if held else []), "rank"]
        head = [word(f"head.{key}", lang) for key in keys]
        if firm:
            head.append(firm_head)
        rows = []
        for stratum in view.strata:
            for row in stratum["rows"]:
                if row["place"]["place"] not in places:
                    continue
                cells = [
                    view.names[row["code"]],
                    row["code"],
                    view.powiat(row["code"]),
                    *([view.stratum(stratum["stratum"])] if several else []),
                    *([place_text(row["place"], lang)] if held else []),
                    word("rank", lang, rank=row["rank"], of=len(stratum["rows"])),
                ]
                rows.append([*cells, firm.get(row["code"], "–")] if firm else cells)
        if rows:
            made.append(Table(word(caption, lang), head, rows, left=3 + several + held))
    return made


def funnel(view: View) -> Table:
    """Return the steps from the frame to the chosen."""
    lang, frame = view.lang, view.spec["frame"]
    own = {
        "voivodeship": word(
            "funnel.voivodeship",
            lang,
            name=of_voivodeship(frame["voivodeship"], frame["date"], lang),
            date=format_date(frame["date"], lang),
        ),
        "kind": word(
            "funnel.kind",
            lang,
            kinds=listed([rule_word(f"kind.{kind}", lang) for kind in view.spec["eligibility"]["kinds"]], lang),
        ),
        "choice": word(
            "funnel.choice", lang, places=counted(sum(s["quota"] for s in view.result["strata"]), "place", lang)
        ),
    }
    rows = [
        [
            word(f"step.{step['step']}", lang),
            own.get(step["step"], step["rule"][lang]),
            *(format_number(step[key], lang) for key in ("entered", "dropped", "left")),
        ]
        for step in view.result["funnel"]
    ]
    head = [word(f"head.{key}", lang) for key in ("step", "rule", "entered", "dropped", "left")]
    return Table(word("table.funnel", lang), head, rows, left=2)


def rankings(view: View) -> list[Ranking]:
    """Return every stratum that has places or gminas: the chosen, the reserve and the nearest, then the rest."""
    made = []
    for stratum in view.strata:
        rows = stratum["rows"]
        last = max((at for at, row in enumerate(rows) if row["place"]["place"] != "below"), default=-1)
        shown = last + 1 + _NEAREST
        if len(rows) <= shown + 3:
            shown = len(rows)
        caption = word(
            "table.stratum",
            view.lang,
            stratum=_capital(view.stratum(stratum["stratum"])),
            quota=counted(stratum["quota"], "place", view.lang),
            candidates=counted(len(rows), "candidate", view.lang),
        )
        rest = [_row(view, row) for row in rows[shown:]]
        more = word("table.rest", view.lang, count=len(rest))
        made.append(Ranking(caption, [_row(view, row) for row in rows[:shown]], rest, more))
    return made


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(view: View, row: Mapping[str, Any]) -> Row:
    lang, code = view.lang, row["code"]
    cells = []
    parts = iter(row["parts"])
    for at, criterion in enumerate(view.criteria):
        below = []
        measured = view.shown[code][at]
        if measured is not None and measured["denominator"] is not None:
            below.append(f"({plain(measured['numerator'], lang)} / {plain(measured['denominator'], lang)})")
        part = next(parts, None) if criterion["role"] == "primary" else None
        if part is not None and not view.hides:
            made = format_number(part["normalised"], lang, decimals=_SCORE)
            if part["contribution"] is not None:
                made += f" → {format_number(part['contribution'], lang, decimals=_SCORE)}"
            below.append(made)
        cells.append(Cell(view.value(code, at), " ".join(below)))
    scored = view.result["method"]["name"] != "lexicographic" and not view.hides
    return Row(
        rank=str(row["rank"]),
        name=view.names[code],
        code=code,
        place=place_text(row["place"], lang),
        look=row["place"]["place"],
        cells=cells,
        score=format_number(row["score"], lang, decimals=_SCORE) if scored else "",
        margin="" if view.hides else _margin(view, row),
    )


def _margin(view: View, row: Mapping[str, Any]) -> str:
    margin, lang = row["margin"], view.lang
    if margin is None:
        return "–"
    by, name = margin["decided_by"], margin["name"]
    if by["decided_by"] == "code_order":
        return word("margin.code", lang, name=name)
    if by["decided_by"] == "nothing":
        return word("margin.equal", lang, name=name)
    if by["decided_by"] == "score":
        much = format_number(by["by"], lang, decimals=_SCORE)
    else:
        decimals = max(view.decimals[by["position"]], min(decimals_of([by["by"]]), 2))
        much = format_number(by["by"], lang, decimals=decimals)
        if by["position"] > 0:
            much += f" ({view.label(view.criteria[by['position']])})"
    key = "margin.ahead" if row["place"]["place"] == "chosen" else "margin.behind"
    return word(key, lang, by=much, name=name)


def ties(view: View) -> tuple[list[str], list[str]]:
    """Return sentences on ties, and the equally good sets, twenty at most."""
    lang, tied = view.lang, view.result["tied_sets"]
    said, sets = [], []
    if tied:
        said.append(word("ties.open", lang, sets=sets_text(tied["count"], lang)))
        if tied["sets"] is None:
            said.append(word("ties.many", lang))
        else:
            if len(tied["sets"]) > _SETS:
                said.append(word("ties.first", lang, count=_SETS))
            sets = [view.named(codes) for codes in tied["sets"][:_SETS]]
    for one in view.result["resolved_ties"]:
        if view.kept_back.intersection(one["among"]):  # who is equal would tell small counts
            continue
        by = one["decided_by"]
        name = view.label(view.criteria[by["position"]]) if by["decided_by"] == "criterion" else ""
        about = {"stratum": _capital(view.stratum(one["stratum"])), "names": view.named(one["among"])}
        if by["decided_by"] == "nothing":
            said.append(word("ties.unresolved", lang, **about))
        else:
            said.append(word("ties.resolved", lang, **about, by=word(f"by.{by['decided_by']}", lang, name=name)))
    return said or [word("ties.none", lang)], sets


def reasons(view: View, *, quick: bool) -> tuple[list[Reason], list[Reason], list[Reason]]:
    """Return why the chosen, why not the next, and the reason of every other gmina that was ranked.

    `quick` asks also for the smallest changes, for which the choice is made again many times.
    """
    chosen = [row["code"] for row in view.rows.values() if row["place"]["place"] in {"chosen", "tied"}]
    following = [code for stratum in view.strata for code in _next(stratum["rows"])][:_EXPLAINED]
    others = sorted((code for code in view.rows if code not in {*chosen, *following}), key=_alphabet(view))
    changes = quick and view.publication is None and len(chosen) <= 2 * _EXPLAINED
    return (
        [_reason(view, code, changes) for code in chosen],
        [_reason(view, code, changes) for code in following],
        [_reason(view, code, False) for code in others],
    )


def _next(rows: list[Mapping[str, Any]]) -> list[str]:
    """Return the reserve of a stratum, or the first two that are not chosen."""
    kept = [row["code"] for row in rows if row["place"]["place"] in {"reserve", "tied_for_reserve", "refused"}]
    return kept or [row["code"] for row in rows if row["place"]["place"] == "below"][:2]


def _alphabet(view: View) -> Any:
    letters = {letter: at for at, letter in enumerate("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")}
    return lambda code: [letters.get(letter, -1) for letter in view.names[code].lower()]


def _reason(view: View, code: str, changes: bool) -> Reason:
    lang, row = view.lang, view.rows[code]
    name = view.result["reasons"][code]["name"]
    look = row["place"]["place"]
    if view.hides:
        outcome = view.result["reasons"][code]["outcome"]
        said = word(
            "reason.view",
            lang,
            place=place_text(row["place"], lang),
            rank=row["rank"],
            of=outcome["of"],
            stratum=outcome["stratum"],
        ).replace(word("reason.all", lang)[:-2], "")
        return Reason(view.names[code], code, look, _capital(said))
    because = view.selection.explain(code, lang=lang)
    change = ""
    if changes:
        why = view.selection.why_not(code)
        because = why["because"][lang]
        change = why["text"][lang].removeprefix(because).strip()
    compared = view.result["published"]
    if compared:  # said once, in a part of its own
        suffix = word("reason.suffix", lang, source=in_language(compared["source"], lang))
        because = because.split(suffix.replace("\u00a0", " "))[0]
    return Reason(view.names[code], code, look, _capital(because.removeprefix(f"{name} ({code}): ")), change)


def excluded(view: View) -> list[Excluded]:
    """Return the gminas that were not ranked, by step and reason."""
    lang = view.lang
    rules = {step["step"]: step["rule"][lang] for step in view.result["funnel"]}
    groups: dict[tuple[str, str], list[str]] = {}
    for code, reason in view.result["reasons"].items():
        outcome = reason["outcome"]
        if outcome["outcome"] != "excluded":
            continue
        step, because = outcome["step"], outcome["because"][lang]
        if view.publication is not None and step == "threshold":  # that reason names the value
            because = rules.get(step, because)
        groups.setdefault((step, because), []).append(code)
    made = []
    for (step, because), codes in groups.items():
        names = [f"{view.names[code]} ({code})" for code in sorted(codes, key=_alphabet(view))]
        made.append(Excluded(word(f"step.{step}", lang), because, names))
    return made


def published(view: View) -> tuple[str, str, Table] | None:
    """Return what the published result and the computed one have in common, and the note on it."""
    compared, lang = view.result["published"], view.lang
    if not compared:
        return None
    among = "published.among" if view.result["tied_sets"] else "published.same"
    said = word(among if compared["reproduced"] else "published.other", lang)
    source = word("published.source", lang, source=in_language(compared["source"], lang))
    rows = [
        [
            word("published.published" if key == "chosen" else f"published.{key}", lang),
            str(len(compared[key])),
            view.named(compared[key]),
        ]
        for key in ("chosen", "in_both", "tied", "only_published", "only_computed")
        if compared[key]
    ]
    table = Table(word("table.published", lang), [], rows)
    return said, f"{source} {compared['note'][lang]}", table


def adjustments(view: View) -> list[str]:
    """Return what was changed or left out by hand or by rule: imputed values, exclusions, refusals."""
    lang, made = view.lang, []
    labels = {(c["variable"], c["year"]): view.label(c) for c in view.criteria}
    for one in view.result["imputed"]:
        at = list(labels).index((one["variable"], one["year"]))
        value = "" if view.publication is not None else f" {view.value(one['code'], at)}"
        made.append(
            word(
                "adjust.imputed",
                lang,
                name=view.names[one["code"]],
                criterion=labels[one["variable"], one["year"]],
                rule=rule_word(f"missing.{one['rule']}", lang),
                value=value,
                **{"from": counted(one["from"], "of_values", lang)},
            )
        )
    for one in view.spec["eligibility"]["exclude"]:
        name = view.names.get(one["code"], register_name(one["code"], view.record["register_date"]))
        made.append(word("adjust.excluded", lang, name=name, reason=one["reason"][lang].rstrip(".")))
    for one in view.result["offers"]:
        made.append(
            word(
                "adjust.offer",
                lang,
                name=view.names[one["code"]],
                round=one["round"],
                stratum=view.stratum(one["stratum"]),
                when=f", {format_date(one['date'], lang)}" if one["date"] else "",
                why=f"; {one['reason'][lang].rstrip('.')}" if one["reason"] else "",
                taken=view.named(one["taken_by"]) or word("adjust.nobody", lang),
            )
        )
    return made


def sources(view: View) -> Table:
    """Return every source with the criteria it serves."""
    from diagnoza.tables import embedded_title

    lang = view.lang
    used: dict[tuple[str, str, str, str], list[str]] = {}
    labels = {(c["variable"], c["year"]): c["label"][lang] for c in view.spec["criteria"]}
    if view.spec["diversity"]:
        wanted = view.spec["diversity"]
        labels[wanted["variable"], wanted["year"]] = wanted["label"][lang]
    unknown = word("not_stated", lang)
    for column in view.record["table"]["columns"]:
        source = column["source"]
        title = embedded_title(source["sha256"], lang) or source["title"]
        key = tuple(unknown if part == "not stated" else part for part in (source["publisher"], title, source["date"]))
        name = labels.get((column["variable"], column["year"]), column["variable"])
        used.setdefault((*key, source["sha256"]), []).append(f"{name} ({column['year']})")
    head = [word(f"head.{key}", lang) for key in ("publisher", "title", "date", "used_for", "hash")]
    rows = [[*key[:3], "; ".join(names), key[3]] for key, names in used.items()]
    return Table(word("table.sources", lang), head, rows, left=5)


def record_table(view: View) -> Table:
    """Return the hashes, the version and the dates that identify the decision."""
    lang, record, table = view.lang, view.record, view.record["table"]
    seed = word("record.no_seed", lang) if record["seed"] is None else str(record["seed"])
    rows = [
        [word("record.sha256", lang), view.selection.sha256],
        [word("record.spec", lang), record["spec_sha256"]],
        [
            word("record.table", lang),
            f"{table['name']} ({counted(table['gminas'], 'gmina', lang)})",
        ],
        [word("record.table_hash", lang), table["sha256"]],
        [word("record.library", lang), record["library"]],
        [word("record.register", lang), format_date(record["register_date"], lang)],
        [word("record.seed", lang), seed],
    ]
    return Table(word("table.record", lang), [], rows, left=2)
