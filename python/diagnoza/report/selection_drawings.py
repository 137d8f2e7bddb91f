"""Figures of the page of a selection: charts as inline SVG with a title and a description."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.plot import parallel, selection_map, selection_ranking, to_svg
from diagnoza.plot.acceptability import acceptability, variants
from diagnoza.report.drawings import Drawing, inline
from diagnoza.report.selection_robustness import one_order
from diagnoza.report.selection_words import word
from diagnoza.strata import of_voivodeship
from diagnoza.tables import borders

if TYPE_CHECKING:
    from diagnoza.report.selection_view import View
    from diagnoza.robustness import Robustness

__all__ = ["firm_figure", "map_figure", "parallel_figure", "ranking_figure"]

_EMBEDDED: Final = "28"
_BARS: Final = 40
_LONG: Final = 24
_STRATA: Final = 8
_AXES: Final = 6
#: how much wider than drawn a chart may be shown
_LARGER: Final = 1.3


def map_figure(view: View) -> tuple[Drawing | None, str]:
    """Return the map of the choice, or why there is none."""
    frame = view.spec["frame"]
    if frame["voivodeship"] != _EMBEDDED:
        name = of_voivodeship(frame["voivodeship"], frame["date"], view.lang)
        return None, word("no_map", view.lang, name=name)
    try:
        chart = selection_map(
            view.selection, borders=borders("gmina"), outline=borders("powiat"), lang=view.lang, title=""
        )
    except InputError:
        return None, word("no_map.gminas", view.lang)
    held = [code for code, row in view.rows.items() if row["place"]["place"] == "reserve"]
    said = word(
        "figure.map.desc",
        view.lang,
        chosen=view.named(view.chosen) or "–",
        reserve=view.named(held) or "–",
    )
    return _drawing(view, chart, "map", word("figure.map", view.lang), said), ""


def ranking_figure(view: View) -> Drawing | None:
    """Return the bars of the rankings, where there are not too many strata and nothing is kept back."""
    strata = [stratum for stratum in view.result["strata"] if stratum["rows"]]
    if view.hides or not strata or len(strata) > _STRATA:
        return None
    longest = max(len(stratum["rows"]) for stratum in strata)
    most = longest if len(view.rows) <= _BARS else max(_LONG // len(strata), 4)
    chart = selection_ranking(view.selection, most=most, lang=view.lang, title="")
    said = word("figure.ranking.desc", view.lang)
    return _drawing(view, chart, "ranking", word("figure.ranking", view.lang), said)


def parallel_figure(view: View) -> Drawing | None:
    """Return the gminas over all primary criteria, where these are a few and none is a nominant."""
    import polars as pl

    primary = [(at, c) for at, c in enumerate(view.criteria) if c["role"] == "primary"]
    if view.hides or not 2 <= len(primary) <= _AXES or any(c["direction"] == "nominant" for _, c in primary):
        return None
    columns = {f"c{at}": [row["values"][at]["value"] for row in view.rows.values()] for at, _ in primary}
    frame = pl.DataFrame({"unit": list(view.rows), "name": [view.names[code] for code in view.rows], **columns})
    chart = parallel(
        frame,
        list(columns),
        chosen=view.chosen,
        labels=[criterion["label"][view.lang] for _, criterion in primary],
        destimulants=[f"c{at}" for at, criterion in primary if criterion["direction"] == "destimulant"],
        lang=view.lang,
    )
    note = word("figure.parallel.note", view.lang)
    return _drawing(view, chart, "parallel", word("figure.parallel", view.lang), note, note)


def firm_figure(view: View, study: Robustness) -> Drawing | None:
    """Return how often gminas are chosen: over weights, or, where the method has none, over variants.

    Where all variants agree because there is one criterion, there is nothing to draw.
    """
    if one_order(study):
        return None
    weighs = "found" in study.content["acceptability"]
    chart = acceptability if weighs else variants
    try:
        drawn = chart(study, lang=view.lang, most=15)
    except InputError:  # nobody is ever chosen alone
        return None
    caption = word("figure.acceptability" if weighs else "figure.variants", view.lang)
    return replace(_drawing(view, drawn, "firm", caption, word("figure.firm.desc", view.lang)), caption="")


def _drawing(view: View, chart: Any, name: str, caption: str, said: str, note: str = "") -> Drawing:
    svg = inline(to_svg(chart), name)
    head, rest = svg.split(">", 1)
    width = re.search(r'width="(\d+)', head)
    most = f' style="max-width:{round(int(width[1]) * _LARGER)}px"' if width else ""
    head = head.replace("<svg ", f'<svg aria-labelledby="{name}-title {name}-desc"{most} ', 1)
    words = f'<title id="{name}-title">{escape(caption)}</title><desc id="{name}-desc">{escape(said)}</desc>'
    return Drawing((f"{head}>{words}{rest}",), caption, "", "", "", note)
