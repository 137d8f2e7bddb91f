"""The rule of a selection in words: its parts, its criteria, its notes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from diagnoza.labels import format_date, format_number, format_percent, in_language
from diagnoza.report.selection_rule_words import RULE_WORDS, rule_word, unit_word
from diagnoza.report.selection_view import plain, sets_text
from diagnoza.report.selection_words import counted, listed
from diagnoza.report.tables import Table
from diagnoza.strata import of_voivodeship, register_name, stratum_name

__all__ = ["Part", "Rule", "part_name", "rule", "short_rule"]

Spec = Mapping[str, Any]
#: up to so many criteria the short rule says of each its year and direction
_FEW: Final = 3
#: columns of the table of criteria that are there whatever they hold; weights and conditions are not
_ALWAYS: Final = 5
#: rules whose weights no value goes into
_TOLD: Final = frozenset({"given", "equal", "ahp"})


@dataclass(frozen=True)
class Part:
    """One part of the rule: its name, and what the specification says of it."""

    name: str
    lines: list[str]


@dataclass(frozen=True)
class Rule:
    """The rule in words."""

    parts: list[Part]
    criteria: Table
    notes: list[tuple[str, str]] = field(default_factory=list)


def rule(spec: Spec, lang: str, *, result: Mapping[str, Any] | None = None, score: bool = True) -> Rule:
    """Return the rule of a specification; with a result also the weights used and the proof that the set is best.

    Args:
        spec: the specification.
        lang: language of the words.
        result: result of the decision record.
        score: whether the worth of the set, and weights computed from values, may be shown.
    """

    def w(key: str, **values: object) -> str:
        return rule_word(key, lang, **values)

    parts = [
        Part(w("frame"), [_frame(spec, lang)]),
        Part(w("eligibility"), _eligibility(spec, lang)),
        Part(w("strata"), _strata(spec, lang)),
        Part(w("method"), _method(spec, lang)),
        *([Part(w("weights"), _weights(spec, lang, result))] if spec["weights"] else []),
        Part(w("diversity"), [_diversity(spec, lang)]),
        Part(w("locality"), [w(f"locality.{spec['locality']}")]),
        Part(w("ties"), [w(f"ties.{spec['ties']}")]),
        Part(w("reserve"), [w("reserve.some", count=spec["reserve"]) if spec["reserve"] else w("reserve.none")]),
        Part(w("consent"), [_consent(spec, lang)]),
        Part(w("missing"), [w(f"missing.{spec['missing']}")]),
        Part(w("disclosure"), [_disclosure(spec, lang)]),
    ]
    if result is not None:
        parts.append(Part(w("search"), _proof(spec, result, lang, score)))
    notes = [(_about(note["about"], lang), in_language(note["text"], lang)) for note in spec["notes"]]
    return Rule(parts, _criteria(spec, lang, result, score), notes)


def short_rule(spec: Spec, lang: str, result: Mapping[str, Any] | None = None, *, score: bool = True) -> str:
    """Return the method and the primary criteria in one clause; `score` as in `rule`."""
    used = result["criteria"] if result else spec["criteria"]
    name = spec["method"]["name"]
    lexicographic, written = name == "lexicographic", []
    few = sum(criterion["role"] == "primary" for criterion in used) <= _FEW
    for criterion in used:
        if criterion["role"] != "primary":
            continue
        way = f"{'order' if lexicographic else 'more'}.{criterion['direction']}"
        about = [str(criterion["year"]), rule_word(way, lang, value=_nominal(criterion, lang))] if few else []
        if criterion["weight"] is not None and result and _weights_told(spec, score):
            weight = format_percent(criterion["weight"], lang, decimals=0)
            about.insert(1, rule_word("short.weight", lang, weight=weight))
        named = criterion["label"][lang]
        written.append(f"{named} ({', '.join(about)})" if about else named)
    if lexicographic:
        method = rule_word("short.lexicographic", lang) if len(written) > 1 else ""
    else:
        method = rule_word(f"method.{name}", lang)
    return f"{method} – {'; '.join(written)}" if method else "; ".join(written)


def part_name(part: str, spec: Spec, lang: str) -> str:
    """Return the name of a part that robustness takes out: ``criteria.1 threshold (x)``."""
    found = re.match(r"criteria\.(\d+)( threshold)?", part)
    if found:
        criterion = spec["criteria"][int(found[1])]
        key = "part.threshold" if found[2] else "part.criterion"
        return rule_word(key, lang, name=criterion["label"][lang])
    return rule_word(f"part.{part}", lang) if f"part.{part}" in RULE_WORDS else part


def _about(key: str | None, lang: str) -> str:
    """Return what a note is about: the name of the part and its key."""
    if not key:
        return ""
    part = key.split(".")[0]
    return f"{rule_word(part, lang)} ({key})" if part in RULE_WORDS else key


def _frame(spec: Spec, lang: str) -> str:
    frame = spec["frame"]
    name = of_voivodeship(frame["voivodeship"], frame["date"], lang)
    return rule_word("frame.text", lang, name=name, date=format_date(frame["date"], lang), table=frame["table"])


def _label_of(spec: Spec, variable: str, year: int, lang: str) -> str:
    for criterion in spec["criteria"]:
        if (criterion["variable"], criterion["year"]) == (variable, year):
            return f"{criterion['label'][lang]} ({year})"
    return f"{variable} ({year})"


def _eligibility(spec: Spec, lang: str) -> list[str]:
    wanted = spec["eligibility"]
    kinds = [rule_word(f"kind.{kind}", lang) for kind in wanted["kinds"]]
    lines = [rule_word("kinds", lang, kinds=listed(kinds, lang))]
    if wanted["exclude"]:
        names = "; ".join(
            f"{register_name(one['code'], spec['frame']['date'])} ({one['code']}) – {one['reason'][lang]}"
            for one in wanted["exclude"]
        )
        lines.append(rule_word("exclude", lang, names=names))
    if wanted["require_data"]:
        names = "; ".join(_label_of(spec, one["variable"], one["year"], lang) for one in wanted["require_data"])
        lines.append(rule_word("require", lang, names=names))
    return lines


def _strata(spec: Spec, lang: str) -> list[str]:
    strata = spec["strata"]
    lines = [
        f"{stratum_name(name, strata['by'], lang, date=spec['frame']['date'])}: {counted(quota, 'place', lang)}"
        for name, quota in strata["quotas"].items()
    ]
    within = strata["within"]
    if within:
        by = rule_word(f"by.{within['by']}", lang) if f"by.{within['by']}" in RULE_WORDS else within["by"]
        how = rule_word(f"groups.{within['rule']}", lang)
        lines.append(rule_word("strata.within", lang, groups=within["groups"], by=by, rule=how))
    return lines


def _method(spec: Spec, lang: str) -> list[str]:
    method = spec["method"]
    lines = [rule_word(f"method.{method['name']}", lang)]
    normalisation = method["normalisation"]
    if normalisation:
        key = f"normalisation.{normalisation}"
        code = normalisation.upper()
        name = rule_word(key, lang) if key in RULE_WORDS else rule_word("normalisation.n", lang, code=code)
        lines.append(rule_word("normalisation", lang, name=name))
    if method["name"] != "lexicographic":
        lines.append(rule_word(f"within.{method['compared_within']}", lang))
    lines += [
        rule_word(key, lang, value=plain(method[key], lang)) for key in ("power", "ddof") if method[key] is not None
    ]
    if method["clip"] is not None:
        lines.append(rule_word(f"clip.{str(method['clip']).lower()}", lang))
    return lines


def _weights(spec: Spec, lang: str, result: Mapping[str, Any] | None) -> list[str]:
    lines = [rule_word(f"weights.{spec['weights']['rule']}", lang)]
    ratio = result["consistency_ratio"] if result else None
    if ratio is not None:
        limit = format_number(0.1, lang, decimals=1)
        lines.append(rule_word("consistency", lang, value=format_number(ratio, lang, decimals=3), limit=limit))
    return lines


def _weights_told(spec: Spec, score: bool) -> bool:
    """Whether the weights may be shown: those computed from values tell of the values."""
    return score or (spec["weights"] or {}).get("rule", "given") in _TOLD


def _diversity(spec: Spec, lang: str) -> str:
    wanted = spec["diversity"]
    if not wanted:
        return rule_word("diversity.none", lang)
    least = plain(wanted["at_least"], lang) if wanted["at_least"] is not None else ""
    return rule_word(
        "diversity.text",
        lang,
        label=wanted["label"][lang],
        year=wanted["year"],
        unit=unit_word(wanted["unit"], lang),
        spread=rule_word(f"spread.{wanted['spread']}", lang, classes=wanted["classes"] or 2),
        over=rule_word(f"over.{wanted['over']}", lang),
        purpose=rule_word(f"purpose.{wanted['purpose']}", lang, at_least=least),
    )


def _consent(spec: Spec, lang: str) -> str:
    wanted = spec["consent"]
    if not wanted:
        return rule_word("consent.none", lang)
    count = len(wanted["agreed"] if wanted["rule"] == "before" else wanted["refused"])
    return rule_word(f"consent.{wanted['rule']}", lang, count=count)


def _disclosure(spec: Spec, lang: str) -> str:
    if not spec["disclosure"]:
        return rule_word("disclosure.none", lang)
    return rule_word("disclosure.text", lang, threshold=plain(spec["disclosure"]["threshold"], lang))


def _proof(spec: Spec, result: Mapping[str, Any], lang: str, score: bool) -> list[str]:
    choice = result["choice"]
    sets = rule_word("sets", lang, quotas=sets_text(choice["sets_by_quotas"], lang))
    if choice["feasible_sets"] not in (None, choice["sets_by_quotas"]):
        sets += f" ({rule_word('sets.feasible', lang, feasible=sets_text(choice['feasible_sets'], lang))})"
    lines = [rule_word(f"proof.{choice['proof']}", lang), sets]
    if score and result["method"]["name"] != "lexicographic":
        lines.append(rule_word("worth", lang, score=format_number(choice["objective"]["score"], lang, decimals=4)))
    if not spec["disclosure"] and choice["objective"]["diversity"] is not None:
        unit = unit_word(spec["diversity"]["unit"], lang) if spec["diversity"]["spread"] != "quantile_classes" else ""
        value = f"{plain(choice['objective']['diversity'], lang)} {unit}".strip()
        lines.append(rule_word("worth.diversity", lang, value=value))
    if choice["same_powiat_chance"] is not None:
        percent = 100 * choice["same_powiat_chance"]
        decimals = 2 if percent >= 0.1 or percent <= 0 else 1 - math.floor(math.log10(percent))
        lines.append(rule_word("chance", lang, share=f"{plain(round(percent, decimals), lang)}%"))
    return lines


def _nominal(criterion: Mapping[str, Any], lang: str) -> str:
    best = criterion["nominal"]
    if isinstance(best, Mapping):
        return rule_word("range", lang, low=plain(best["from"], lang), high=plain(best["to"], lang))
    return "" if best is None else plain(best, lang)


def _criteria(spec: Spec, lang: str, result: Mapping[str, Any] | None, score: bool) -> Table:
    told = _weights_told(spec, score)
    used = result["criteria"] if result else spec["criteria"]
    head = [rule_word(f"head.{key}", lang) for key in ("number", "criterion", "unit", "direction", "role", "weight")]
    rows = []
    for number, (criterion, wanted) in enumerate(zip(used, spec["criteria"], strict=True), start=1):
        weight = criterion["weight"] if told else None
        written = "–" if weight is None else format_percent(weight, lang, decimals=1) if result else plain(weight, lang)
        rows.append(
            [
                str(number),
                criterion["label"][lang],
                f"{criterion['year']}, {unit_word(criterion['unit'], lang)}",
                rule_word(f"direction.{criterion['direction']}", lang, value=_nominal(criterion, lang)),
                rule_word(f"role.{criterion['role']}", lang),
                written,
                "; ".join(_terms(wanted, lang)) or "–",
            ]
        )
    head.append(rule_word("head.terms", lang))
    kept = [at for at in range(len(head)) if at < _ALWAYS or any(row[at] != "–" for row in rows)]
    rows = [[row[at] for at in kept] for row in rows]
    return Table("", [head[at] for at in kept], rows, left=len(kept))


def _terms(criterion: Mapping[str, Any], lang: str) -> list[str]:
    """Return what a criterion adds to its label: how it is measured, its bounds, bands and thresholds."""

    def number(value: float) -> str:
        return plain(value, lang)

    terms = []
    below = criterion["denominator"]
    if below:
        terms.append(
            rule_word(
                "measure.rate",
                lang,
                factor=number(below["factor"]),
                numerator=criterion["variable"],
                denominator=below["variable"],
                year=below["year"],
            )
        )
    for key in ("at_least", "at_most"):
        if criterion[key] is not None:
            terms.append(rule_word(key, lang, value=number(criterion[key])))
    if criterion["goalposts"]:
        ends = criterion["goalposts"]
        terms.append(rule_word("goalposts", lang, low=number(ends["low"]), high=number(ends["high"])))
    if isinstance(criterion["comparison"], Mapping):
        ((kind, given),) = criterion["comparison"].items()
        key = "width" if kind == "bands" else "within"
        shown = format_percent(given[key], lang) if kind == "leader_share" else number(given[key])
        terms.append(rule_word(kind, lang, **{key: shown}))
    if criterion["preference"]:
        preference = criterion["preference"]
        name, given = next(iter(preference.items())) if isinstance(preference, Mapping) else (preference, {})
        name = rule_word(f"preference.{name}", lang)
        parameters = _parameters(given, number)
        terms.append(rule_word("preference", lang, name=name, parameters=f" ({parameters})" if parameters else ""))
    if criterion["thresholds"]:
        terms.append(rule_word("thresholds", lang, parameters=_parameters(criterion["thresholds"], number)))
    return terms


def _parameters(given: Mapping[str, Any], number: Callable[[float], str]) -> str:
    return ", ".join(f"{key} = {number(value)}" for key, value in given.items() if value is not None)
