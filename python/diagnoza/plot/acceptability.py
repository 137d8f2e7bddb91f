"""How often each gmina is chosen: over weights, and over variants of the method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, format_percent
from diagnoza.plot.theme import INK, MUTED, SERIES, dress, values

if TYPE_CHECKING:
    import altair as alt

    from diagnoza.robustness import Robustness

__all__ = ["acceptability", "variants"]

_CHOSEN = SERIES[0]
_POSSIBLE = "#c9d8e4"

_TEXT = {
    "acceptability": ("Jak często gmina jest wybierana", "How often each gmina is chosen"),
    "draws": (
        "udział wylosowanych wag ({n} losowań); kreska: ±2 błędy Monte Carlo",
        "share of the weights drawn ({n} draws); bar: ±2 Monte Carlo errors",
    ),
    "x": ("udział losowań, w których gmina jest wybrana", "share of draws in which the gmina is chosen"),
    "variants": ("W ilu wariantach metody gmina jest wybierana", "In how many variants each gmina is chosen"),
    "of": (
        "metoda × normalizacja × wagi; wariantów: {n}; remis liczy się jako ułamek",
        "method × normalisation × weights; {n} variants; a tie counts as its share",
    ),
    "number": ("liczba wariantów", "number of variants"),
    "never": ("Gmin, które nie są wybierane nigdy: {n}", "Gminas that are never chosen: {n}"),
}


def _text(key: str, lang: str, **numbers: str) -> str:
    return _TEXT[key][0 if lang == "pl" else 1].format(**numbers)


def acceptability(study: Robustness, *, lang: str = "pl", most: int = 30) -> alt.LayerChart:
    """Draw selection acceptability: bars of the share of weights with which each gmina is chosen.

    Args:
        study: made by `Selection.robustness`.
        lang: ``"pl"`` or ``"en"``.
        most: at most so many gminas, those chosen most often; the chart says how many are not shown.

    Raises:
        InputError: the method uses no weights.
    """
    check_lang(lang)
    table = study.acceptability
    rows = [
        {
            "name": f"{row['name']} ({row['unit']})",
            "share": row["chosen"],
            "low": max(row["chosen"] - 2 * row["standard_error"], 0.0),
            "high": min(row["chosen"] + 2 * row["standard_error"], 1.0),
            "text": format_percent(row["chosen"], lang),
        }
        for row in table.iter_rows(named=True)
        if row["possible"] > 0
    ]
    draws = study.content["acceptability"]["found"]["draws"]
    notes = [_text("draws", lang, n=format_number(draws, lang))]
    never = len(table) - len(rows)
    if never:
        notes.append(_text("never", lang, n=str(never)))
    return _bars(rows[:most], _text("acceptability", lang), notes, _text("x", lang), lang, percent=True)


def variants(study: Robustness, *, lang: str = "pl", most: int = 30) -> alt.LayerChart:
    """Draw in how many variants of method, normalisation and weights each gmina is chosen."""
    check_lang(lang)
    table = study.chosen_in
    rows = [
        {
            "name": f"{row['name']} ({row['unit']})",
            "share": row["variants"],
            "low": row["variants"],
            "high": row["variants"],
            "text": f"{format_number(row['variants'], lang, decimals=int(row['variants'] % 1 > 0))} / {row['of']}",
        }
        for row in table.iter_rows(named=True)
    ]
    of = table["of"].max() if len(table) else 0
    return _bars(
        rows[:most], _text("variants", lang), [_text("of", lang, n=str(of))], _text("number", lang), lang, percent=False
    )


def _bars(
    rows: list[dict[str, Any]], title: str, notes: list[str], axis: str, lang: str, *, percent: bool
) -> alt.LayerChart:
    import altair as alt

    if not rows:
        raise InputError("no gmina is ever chosen: there is nothing to draw")
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False))
    scale = alt.Scale(domain=[0, 1]) if percent else alt.Scale(domainMin=0)
    x = alt.X("share:Q", title=axis, scale=scale, axis=alt.Axis(format=".0%" if percent else "d", tickCount=6))
    data = values(rows)
    bars = alt.Chart(data).mark_bar(color=_CHOSEN, height=13).encode(x=x, y=y)
    ends = alt.Chart(data).mark_rule(color=INK, strokeWidth=1.4).encode(x="low:Q", x2="high:Q", y=y)
    words = (
        alt.Chart(data).mark_text(align="left", dx=7, fontSize=10, color=MUTED).encode(x="high:Q", y=y, text="text:N")
    )
    chart = alt.layer(bars, *([ends] if percent else []), words).properties(width=430, height=20 * len(rows))
    made: alt.LayerChart = dress(chart, lang=lang, title=title, subtitle=notes)
    return made
