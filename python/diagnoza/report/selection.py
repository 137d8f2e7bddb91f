"""The page of a selection: who was chosen, by which rule, why, how firm it is, and how to make it again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from diagnoza._native import __version__
from diagnoza.labels import check_lang, format_date, format_number
from diagnoza.plot.theme import heading
from diagnoza.report import selection_parts as parts
from diagnoza.report.page import template_of
from diagnoza.report.selection_drawings import firm_figure, map_figure, parallel_figure, ranking_figure
from diagnoza.report.selection_firm_words import firm_word
from diagnoza.report.selection_robustness import answers, firm, often, quick, study_of
from diagnoza.report.selection_rule import rule, short_rule
from diagnoza.report.selection_rule_words import rule_word
from diagnoza.report.selection_view import View, plain, sets_text
from diagnoza.report.selection_words import counted, word
from diagnoza.report.texts import text

if TYPE_CHECKING:
    from diagnoza.robustness import Robustness
    from diagnoza.selecting import Selection

__all__ = ["page"]


def page(
    selection: Selection,
    *,
    lang: str = "pl",
    robustness: bool | Robustness | None = None,
    date: str | None = None,
) -> str:
    """Return the page of a selection, with its styles and drawings in it: no script, no link to anywhere.

    Where the specification has ``disclosure``, the page is the view for publication.

    Raises:
        InputError: the language, the date, or a study of another selection.
    """
    view = View(selection, check_lang(lang))
    made = text("made", lang, date=format_date(date or _edition(), lang), version=__version__)
    study = study_of(view, robustness)
    drawn_map, no_map = map_figure(view)
    return template_of("selection.html.j2").render(
        lang=lang,
        t=lambda key, **values: text(key, lang, **values),
        w=lambda key, **values: word(key, lang, **values),
        r=lambda key, **values: rule_word(key, lang, **values),
        version=__version__,
        made=made,
        title=heading(view.result["title"][lang]),
        answers=_answers(view, study),
        publication=_publication(view),
        chosen=parts.chosen_tables(view, *(often(view, study) if study else ("", {}))),
        map=drawn_map,
        no_map=no_map,
        rule=rule(view.spec, lang, result=view.result, score=not view.hides),
        funnel=parts.funnel(view),
        ranking=ranking_figure(view),
        parallel=parallel_figure(view),
        rankings=parts.rankings(view),
        columns=_columns(view),
        key=_key(view),
        ties=parts.ties(view),
        reasons=parts.reasons(view, quick=quick(view)),
        reason_strata=_strata_named(view),
        fold=len(view.criteria) > 2,
        excluded=parts.excluded(view),
        firm=firm(view, study) if study else None,
        firm_figure=firm_figure(view, study) if study else None,
        not_studied=firm_word("none", lang),
        published=parts.published(view),
        adjustments=parts.adjustments(view),
        sources=parts.sources(view),
        record=parts.record_table(view),
        replay=_replay(view),
        own_table=not _embedded(view),
    )


def _edition() -> str:
    from diagnoza.report.diagnosis import EDITION

    return EDITION


def _answers(view: View, study: Robustness | None) -> list[str]:
    """Return the answer: who, of how many, by which rule, and how firm it is."""
    lang, result = view.lang, view.result
    places = sum(stratum["quota"] for stratum in result["strata"])
    tied = [code for code, row in view.rows.items() if row["place"]["place"] == "tied"]
    names = view.named(view.chosen)
    said = [
        word(
            "answer",
            lang,
            chosen=format_number(len(result["chosen"]), lang),
            eligible=counted(len(view.rows), "of_gminas", lang),
            frame=format_number(len(result["reasons"]), lang),
            names=names,
        )
        if names
        else word("answer.none", lang)
    ]
    if tied:
        sets = sets_text(result["tied_sets"]["count"], lang)
        said.append(word("answer.tie", lang, sure=len(result["chosen"]), places=places, sets=sets))
        said.append(word("tied", lang, names=view.named(tied)))
    said.append(word("answer.rule", lang, rule=short_rule(view.spec, lang, result, score=not view.hides)))
    if study:
        said += answers(view, study)
    compared = result["published"]
    if compared and not tied:
        both = len(compared["in_both"])
        key = "answer.same" if compared["reproduced"] else "answer.other"
        said.append(word(key, lang, both=both, of=len(compared["chosen"])))
    return [one for one in said if one]


def _publication(view: View) -> str:
    if view.publication is None:
        return ""
    count = view.publication["suppressed"]
    more = word("view.more" if count else "view.nothing", view.lang)
    threshold = plain(view.publication["threshold"], view.lang)
    return word("view", view.lang, threshold=threshold, count=count, more=more, mark=word("hidden", view.lang))


def _columns(view: View) -> dict[str, Any]:
    """Return the heads of the ranking tables."""
    scored = view.result["method"]["name"] != "lexicographic" and not view.hides
    bound = not view.hides and any(row["margin"] for row in view.rows.values())
    heads = [view.head(criterion) for criterion in view.criteria]
    return {"criteria": heads, "score": scored, "margin": bound}


def _key(view: View) -> list[str]:
    """Return how to read the ranking tables."""
    lang, rows = view.lang, list(view.rows.values())
    keys = []
    if view.result["method"]["name"] == "lexicographic":
        if len(view.criteria) > 1:
            keys.append("key.lexicographic")
    if view.result["choice"]["proof"] != "order":
        keys.append("key.whole")
    elif not view.hides and any(row["margin"] for row in rows):
        keys.append("key.margin")
    if not view.hides and any(row["parts"] for row in rows):
        adds = any(part["contribution"] is not None for row in rows for part in row["parts"])
        keys.append("key.cell" if adds else "key.cell.normalised")
    if any(measured and measured["denominator"] is not None for values in view.shown.values() for measured in values):
        keys.append("key.rate")
    said = [word(key, lang) for key in keys]
    constant = [view.label(criterion) for criterion in view.criteria if criterion["constant"]]
    if constant:
        said.append(word("key.constant", lang, names="; ".join(constant)))
    return said


def _strata_named(view: View) -> str:
    """Return what the codes of strata in the texts stand for."""
    if view.result["strata_by"] == "all":
        return ""
    pairs = [(stratum["stratum"], view.stratum(stratum["stratum"])) for stratum in view.result["strata"]]
    named = [f"{code} – {name.removesuffix(f' ({code})')}" for code, name in pairs if name != code]
    return word("reasons.strata", view.lang, names="; ".join(named)) if named else ""


def _embedded(view: View) -> bool:
    """Whether the library holds the table of the decision."""
    from diagnoza.tables import tables

    known = set(tables()["sha256"])
    return all(column["source"]["sha256"] in known for column in view.record["table"]["columns"])


def _replay(view: View) -> str:
    """Return the command that makes the decision again; a table that came as a frame has no name to give."""
    if _embedded(view):
        return "diagnoza select --replay record.json --out DIR"
    names = {column["source"]["title"] for column in view.record["table"]["columns"]}
    files = [name for name in names if name.endswith((".csv", ".parquet")) and name != "frame.parquet"]
    table = shlex.quote(files[0]) if len(names) == len(files) == 1 else "TABLE.csv"
    return f"diagnoza select --replay record.json --table {table} --out DIR"
