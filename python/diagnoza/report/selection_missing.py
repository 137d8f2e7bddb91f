"""The page of a selection whose table is missing: the rule, the gminas, what is wanted, and what was published."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diagnoza._native import __version__
from diagnoza.labels import check_lang, distinct_names, format_date, format_number, in_language
from diagnoza.plot.theme import heading
from diagnoza.report.page import template_of
from diagnoza.report.selection_rule import rule, short_rule
from diagnoza.report.selection_rule_words import rule_word, unit_word
from diagnoza.report.selection_words import WORDS, counted, listed, word
from diagnoza.report.tables import Table
from diagnoza.report.texts import text
from diagnoza.strata import powiat_name, stratum_name

if TYPE_CHECKING:
    from diagnoza import _native

__all__ = ["page"]

_ABOUT: Final = ("unit", "name", "powiat", "kind", "stratum", "quota", "published")


def page(decision: _native.Decision, *, spec: str, lang: str = "pl", date: str | None = None) -> str:
    """Return the page of a decision that has no record because its table is missing.

    Args:
        decision: what `diagnoza.selecting.run` returned.
        spec: the specification as the user named it, for the command to run.
        lang: ``"pl"`` or ``"en"``.
        date: date printed on the page, YYYY-MM-DD.

    Raises:
        InputError: the language or the date.
    """
    from diagnoza.report.diagnosis import EDITION

    check_lang(lang)
    missing, wanted = json.loads(decision.missing_table()), json.loads(decision.spec())
    template = f"{missing['table']}_template.csv"
    return template_of("selection_missing.html.j2").render(
        lang=lang,
        t=lambda key, **values: text(key, lang, **values),
        w=lambda key, **values: word(key, lang, **values),
        r=lambda key, **values: rule_word(key, lang, **values),
        version=__version__,
        made=text("made", lang, date=format_date(date or EDITION, lang), version=__version__),
        title=heading(wanted["title"][lang]),
        answers=[
            word(
                "missing.answer",
                lang,
                table=missing["table"],
                columns=counted(len(missing["columns"]), "of_columns", lang),
                gminas=counted(len(missing["gminas"]), "of_gminas", lang),
            ),
            word("answer.rule", lang, rule=short_rule(wanted, lang)),
        ],
        published=_published(missing, wanted, lang),
        columns=_columns(missing, lang),
        strata=_strata(missing, wanted, lang),
        frame=_frame(decision, wanted, lang),
        template=template,
        command=f"diagnoza select {shlex.quote(Path(spec).name)} --table {shlex.quote(template)} --out DIR",
        rule=rule(wanted, lang),
    )


def _published(missing: Mapping[str, Any], spec: Mapping[str, Any], lang: str) -> list[str]:
    found = spec["published"]
    if not found:
        return []
    names = listed([missing["gminas"].get(code, code) for code in found["chosen"]], lang)
    source = word("published.source", lang, source=in_language(found["source"], lang))
    return [word("missing.published", lang, names=names), source, found["note"][lang]]


def _columns(missing: Mapping[str, Any], lang: str) -> Table:
    head = [word(f"head.{key}", lang) for key in ("column", "meaning", "year", "unit")]
    rows = [
        [column["header"], column["meaning"][lang], str(column["year"]), unit_word(column["unit"], lang) or "–"]
        for column in missing["columns"]
    ]
    return Table(word("missing.columns", lang), head, rows, left=4)


def _strata(missing: Mapping[str, Any], spec: Mapping[str, Any], lang: str) -> Table:
    by, date = spec["strata"]["by"], spec["frame"]["date"]
    rows = [
        [stratum_name(code, by, lang, date=date), str(supply["eligible"]), str(supply["quota"])]
        for code, supply in missing["strata"].items()
    ]
    return Table(
        word("missing.strata", lang), [word(f"head.{key}", lang) for key in ("stratum", "eligible", "quota")], rows
    )


def _frame(decision: _native.Decision, spec: Mapping[str, Any], lang: str) -> Table:
    """Return the gminas with what official figures say of them; one with no such figures has its codes alone."""
    import polars as pl

    frame = pl.DataFrame(decision.frame())
    names = distinct_names(list(frame.select("unit", "name").iter_rows()), lang)
    known = [name for name in frame.columns if name not in _ABOUT]
    by, date = spec["strata"]["by"], spec["frame"]["date"]
    head = [word(f"head.{key}", lang) for key in ("gmina", "code", "powiat", "stratum")]
    if spec["published"]:
        head.append(word("head.published", lang))
    left = len(head)
    head += [_heading(name, lang) for name in known]
    rows = []
    for row in frame.iter_rows(named=True):
        powiat = powiat_name(row["unit"], date, lang)
        cells = [names[row["unit"]], row["unit"], powiat, stratum_name(row["stratum"], by, lang, date=date)]
        if spec["published"]:
            cells.append(word("yes", lang) if row["published"] else "–")
        cells += [
            format_number(row[name], lang, decimals=2 if "per_head" in name else 0)
            if isinstance(row[name], int | float)
            else row[name] or "–"
            for name in known
        ]
        rows.append(cells)
    return Table("", head, rows, left=left)


def _heading(column: str, lang: str) -> str:
    name, _, year = column.rpartition("_")
    key = f"column.{name}"
    return f"{word(key, lang)}, {year}" if key in WORDS and year.isdigit() else column
