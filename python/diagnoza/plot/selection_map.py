"""The map of a selection: what became of every gmina."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, label
from diagnoza.plot.choropleth import map_height
from diagnoza.plot.geometry import read_borders
from diagnoza.plot.selection_ranking import PLACES
from diagnoza.plot.theme import INK, MISSING, dress, legend_row, values

if TYPE_CHECKING:
    import altair as alt

    from diagnoza.selecting import Selection

__all__ = ["selection_map"]

_WIDTH: Final = 720
_COLOURS: Final = {**PLACES, "below": "#cfe0ec", "excluded": MISSING}


def selection_map(
    selection: Selection,
    *,
    borders: Mapping[str, Any] | str,
    outline: Mapping[str, Any] | str | None = None,
    lang: str = "pl",
    title: str | None = None,
) -> alt.LayerChart:
    """Draw the gminas of the frame: chosen, tied, in reserve, not chosen, not eligible. The chosen are named.

    Gminas are matched by the first six digits of their codes.

    Args:
        selection: the choice.
        borders: GeoJSON of gminas, such as ``dg.borders("gmina")``, with properties code and name.
        outline: borders of the level above, drawn as thicker lines.
        lang: ``"pl"`` or ``"en"``.
        title: by default the selection's; empty for none.

    Raises:
        InputError: the borders have none of the gminas, or lack one that is chosen.
    """
    import altair as alt

    check_lang(lang)
    result = selection.record["result"]
    place_of = {
        code[:6]: reason["outcome"].get("result", {}).get("place", "excluded")
        for code, reason in result["reasons"].items()
    }
    areas = [area for area in read_borders(borders) if area.code[:6] in place_of]
    there = {area.code[:6] for area in areas}
    absent = [code for code in result["chosen"] if code[:6] not in there]
    if not areas or absent:
        raise InputError(f"the borders have no gmina {', '.join(absent or sorted(place_of)[:5])}")
    features = [area.feature({"fill": _COLOURS[place_of[area.code[:6]]]}) for area in areas]
    layers: list[Any] = [
        alt.Chart(values(features))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .encode(color=alt.Color("fill:N", scale=None, legend=None))
    ]
    if outline is not None:
        layers.append(
            alt.Chart(values([area.feature({}) for area in read_borders(outline)])).mark_geoshape(
                filled=False, stroke="#44505c", strokeWidth=1.1
            )
        )
    names = []
    for area in areas:
        if place_of[area.code[:6]] in {"chosen", "tied"}:
            x, y = area.label_point()
            names.append({"x": x, "y": y, "name": area.name})
    base = alt.Chart(values(names)).encode(longitude="x:Q", latitude="y:Q", text="name:N")
    layers.append(base.mark_text(fontSize=11, fontWeight="bold", stroke="white", strokeWidth=3, strokeJoin="round"))
    layers.append(base.mark_text(fontSize=11, fontWeight="bold", color=INK))
    counts = [place_of[area.code[:6]] for area in areas]
    entries = [
        ("fill", colour, f"{label(f'place.{place}', lang)} ({counts.count(place)})")
        for place, colour in _COLOURS.items()
        if place in counts
    ]
    entries.append(("note", INK, label("chart.bracket.gmina", lang)))
    height = map_height(areas)
    legend, _ = legend_row(entries, top=height + 18, width=_WIDTH)
    chart = alt.layer(*layers, *legend).project(type="mercator").properties(width=_WIDTH, height=height)
    made: alt.LayerChart = dress(chart, lang=lang, title=result["title"][lang] if title is None else title)
    return made
