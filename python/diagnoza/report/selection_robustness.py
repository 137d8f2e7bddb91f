"""How firm a selection is, as a part of its page: variants, weights, errors, criteria and steps left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import format_number, format_percent
from diagnoza.report.selection_firm_words import firm_word
from diagnoza.report.selection_rule import part_name
from diagnoza.report.selection_view import View, plain
from diagnoza.report.selection_words import counted, word
from diagnoza.report.tables import Table

if TYPE_CHECKING:
    from diagnoza.robustness import Robustness

__all__ = ["Firm", "answers", "firm", "often", "one_order", "quick", "study_of"]

_FEASIBLE: Final = 200_000
_GMINAS: Final = 500
_FRONT: Final = 8


@dataclass(frozen=True)
class Firm:
    """What a study says: sentences, tables, and why a part is absent."""

    said: list[str]
    tables: list[Table] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def quick(view: View) -> bool:
    """Whether the choice is made again fast enough to be made some thousand times for a page."""
    choice = view.result["choice"]
    if len(view.rows) > _GMINAS:
        return False
    if choice["proof"] == "order":
        return True
    return choice["proof"] == "enumeration" and int(choice["feasible_sets"] or _FEASIBLE + 1) <= _FEASIBLE


def study_of(view: View, wanted: bool | Robustness | None) -> Robustness | None:
    """Return the study to show: the one given, a new one if it is wanted or, by default, quick.

    Raises:
        InputError: the study given is of another selection.
    """
    if isinstance(wanted, bool) or wanted is None:
        return view.selection.robustness() if wanted or (wanted is None and quick(view)) else None
    if getattr(wanted, "record_sha256", None) != view.selection.sha256:
        raise InputError("robustness: expected True, False or the study of this selection, made by its .robustness()")
    return wanted


def one_order(study: Robustness) -> bool:
    """Whether there is one criterion, by which every method gives one order: that all agree then says nothing."""
    variants = study.content["variants"]
    same = all(count >= len(variants["variants"]) for _, count in variants["chosen_in"])
    return len(study.criteria) == 1 and same


def often(view: View, study: Robustness) -> tuple[str, dict[str, str]]:
    """Return a heading, and how often every ranked gmina is chosen: in ``61 z 72`` variants.

    Where that says nothing it is the share of tables with errors.
    """
    lang = view.lang
    if one_order(study):
        errors = study.content["perturbation"]["gminas"]
        head = _errors_head(study.content["settings"], lang)
        return head, {code: _share(share, error, lang) for code, share, error in errors}
    of = len(study.content["variants"]["variants"])
    found = dict(study.content["variants"]["chosen_in"])
    counts = {code: _times(found.get(code, 0.0), lang) for code in view.rows}
    return word("head.firm", lang), {code: word("rank", lang, rank=count, of=of) for code, count in counts.items()}


def _times(count: float, lang: str) -> str:
    return format_number(count, lang, decimals=0 if float(count).is_integer() else 1)


def answers(view: View, study: Robustness) -> list[str]:
    """Return whether other variants of the method, and values with errors, give the same choice."""
    chosen, lang, said = view.result["chosen"], view.lang, []
    if not chosen or view.result["tied_sets"]:
        return []
    of = len(study.content["variants"]["variants"])
    found = dict(study.content["variants"]["chosen_in"])
    weakest = min(chosen, key=lambda code: (found.get(code, 0.0), code))
    count = found.get(weakest, 0.0)
    if count < of:
        times_ = _times(count, lang)
        said.append(word("answer.variants", lang, name=view.names[weakest], times=times_, of=of))
    elif not one_order(study):
        said.append(word("answer.firm", lang, of=of))
    errors = {code: share for code, share, _ in study.content["perturbation"]["gminas"]}
    weakest = min(chosen, key=lambda code: (errors.get(code, 0.0), code))
    size = _size(study.content["settings"], lang)
    kept = errors.get(weakest, 0.0)
    law = ".normal" if study.content["settings"]["error_law"] == "normal" else ""
    if kept >= 1.0:
        said.append(word(f"answer.errors{law}.firm", lang, size=size))
    else:
        # so many decimals that what was not always chosen is not written as 100%
        decimals = next((d for d in range(6) if round(100 * kept, d) < 100), 6)
        share = format_percent(kept, lang, decimals=decimals)
        said.append(word(f"answer.errors{law}", lang, name=view.names[weakest], share=share, size=size))
    return said


def _errors_head(settings: Mapping[str, Any], lang: str) -> str:
    key = "head.errors.normal" if settings["error_law"] == "normal" else "head.errors"
    return word(key, lang, error=_size(settings, lang))


def _size(settings: Mapping[str, Any], lang: str) -> str:
    return format_percent(settings["error_size"], lang, decimals=0 if settings["error_size"] >= 0.01 else 2)


def firm(view: View, study: Robustness) -> Firm:
    """Return the study in sentences and tables."""
    content, lang = study.content, view.lang
    tables = [_often(view, content)]
    absent = []
    weights = content["acceptability"]
    if "absent" in weights:
        lexicographic = view.result["method"]["name"] == "lexicographic"
        absent.append(firm_word("no_weights", lang) if lexicographic else _absent(view, weights["absent"]))
    left_out = content["leave_one_out"]
    if "found" in left_out:
        tables.append(_left_out(view, left_out["found"]))
    else:
        one = sum(c["role"] == "primary" for c in view.criteria) == 1
        absent.append(firm_word("one_criterion", lang) if one else _absent(view, left_out["absent"]))
    if content["steps"]:
        tables.append(_steps(view, content["steps"]))
    else:
        absent.append(firm_word("no_steps", lang))
    front = content["front"].get("found")
    if front and len(front["sets"]) > 1 and view.publication is None:
        tables.append(_front(view, front))
    return Firm(_said(view, content), tables, absent)


def _absent(view: View, reason: str) -> str:
    """Return that a part is absent, with the library's reason, unless that may name a value kept back."""
    shown = f" ({firm_word('says', view.lang, reason=reason)})" if view.publication is None else ""
    return firm_word("absent", view.lang, reason=shown)


def _said(view: View, content: Mapping[str, Any]) -> list[str]:
    lang, settings = view.lang, content["settings"]
    variants = content["variants"]
    said = [
        firm_word(
            "variants",
            lang,
            count=format_number(len(variants["variants"]), lang),
            refused=firm_word("refused", lang, count=len(variants["refused"])) if variants["refused"] else "",
        )
    ]
    if view.result["offers"]:
        said.append(firm_word("refusals", lang))
    draws = counted(settings["draws"], "of_draws", lang)
    if "found" in content["acceptability"]:
        law = "ordered" if settings["at_least"] else "uniform"
        said.append(firm_word(f"weights.{law}", lang, draws=draws, seed=settings["seed"]))
    size = _size(settings, lang)
    said.append(firm_word(f"errors.{settings['error_law']}", lang, draws=draws, size=size))
    return said


def _share(share: float, error: float, lang: str) -> str:
    written = format_percent(share, lang)
    return f"{written} ± {format_number(200 * error, lang, decimals=1)}" if error > 0 else written


def _often(view: View, content: Mapping[str, Any]) -> Table:
    """Return every gmina that is ever chosen, the chosen first."""
    lang = view.lang
    of = len(content["variants"]["variants"])
    variants = dict(content["variants"]["chosen_in"])
    weights = {row["code"]: row for row in content["acceptability"].get("found", {}).get("gminas", [])}
    errors = {code: (share, error) for code, share, error in content["perturbation"]["gminas"]}
    head = [word("head.gmina", lang), word("head.place", lang), word("head.firm", lang)]
    head += [word("head.weights", lang)] if weights else []
    head.append(_errors_head(content["settings"], lang))
    found = []
    for code, row in view.rows.items():
        share, error = errors.get(code, (0.0, 0.0))
        drawn = weights[code]["chosen"] if code in weights else 0.0
        place = row["place"]["place"]
        if not (variants.get(code) or drawn or share or place in {"chosen", "tied"}):
            continue
        often = word("rank", lang, rank=_times(variants.get(code, 0.0), lang), of=of)
        cells = [view.names[code], _place(view, place), often]
        cells += [_share(drawn, weights[code]["standard_error"], lang)] if weights else []
        cells.append(_share(share, error, lang))
        first = ("chosen", "tied").index(place) if place in {"chosen", "tied"} else 2
        found.append(((first, -variants.get(code, 0.0), -share, code), cells))
    return Table(word("table.firm", lang), head, [cells for _, cells in sorted(found)], left=2)


def _place(view: View, place: str) -> str:
    from diagnoza.labels import label

    return label(f"place.{place}", view.lang)


def _left_out(view: View, found: Sequence[Mapping[str, Any]]) -> Table:
    lang = view.lang
    labels = {(c["variable"], c["year"]): view.label(c) for c in view.criteria}
    rows = [
        [
            labels[one["variable"], one["year"]],
            firm_word("same", lang) if one["without_effect"] else firm_word("other", lang),
            view.named(one["entered"]) or "–",
            view.named(one["left"]) or "–",
        ]
        for one in found
    ]
    head = [word(f"head.{key}", lang) for key in ("criterion", "effect", "enters", "leaves")]
    return Table(word("table.left_out", lang), head, rows, left=4)


def _steps(view: View, found: Sequence[Mapping[str, Any]]) -> Table:
    lang = view.lang
    effects = {True: "same", False: "other", None: "impossible"}
    rows = [
        [
            part_name(one["part"], view.spec, lang),
            firm_word(effects[one["without_effect"]], lang),
            view.named(one["entered"]) or "–",
            view.named(one["left"]) or "–",
        ]
        for one in found
    ]
    head = [word(f"head.{key}", lang) for key in ("part", "effect", "enters", "leaves")]
    return Table(word("table.steps", lang), head, rows, left=4)


def _front(view: View, front: Mapping[str, Any]) -> Table:
    lang = view.lang
    head = [word("head.set", lang), *(firm_word(f"goal.{goal}", lang) for goal in front["goals"])]
    decimals = {"score": 4}
    rows = [
        [
            view.named(one["gminas"]),
            *(
                format_number(value, lang, decimals=decimals[goal]) if goal in decimals else plain(value, lang)
                for goal, value in zip(front["goals"], one["values"], strict=True)
            ),
        ]
        for one in front["sets"][:_FRONT]
    ]
    caption = word("table.front", lang)
    if len(front["sets"]) > _FRONT:
        caption += firm_word("front.more", lang, shown=_FRONT, count=len(front["sets"]))
    return Table(caption, head, rows)
