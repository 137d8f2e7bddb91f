"""Static charts of populations, projections and indicators.

Every function takes a polars frame (or anything with the Arrow PyCapsule interface) in the long layout of
the library, and returns an Altair chart that shows itself in a notebook. :func:`save` and :func:`to_svg`
render it without browser or network. Numbers in charts are written as the language writes them.

Altair, vl-convert and polars are imported when a chart is made, not when this package is.
"""

from __future__ import annotations

from diagnoza.plot.acceptability import acceptability, variants
from diagnoza.plot.age_groups import age_groups
from diagnoza.plot.choropleth import choropleth
from diagnoza.plot.fan_chart import fan_chart
from diagnoza.plot.heat_table import heat_table
from diagnoza.plot.indicator_profile import indicator_profile
from diagnoza.plot.lines import lines
from diagnoza.plot.need_gap import need_gap
from diagnoza.plot.omission_cost import omission_cost, omission_sensitivity
from diagnoza.plot.parallel import parallel
from diagnoza.plot.pyramid import pyramid
from diagnoza.plot.saving import save, to_svg
from diagnoza.plot.selection_map import selection_map
from diagnoza.plot.selection_ranking import selection_ranking
from diagnoza.plot.target_progress import target_progress

__all__ = [
    "acceptability",
    "age_groups",
    "choropleth",
    "fan_chart",
    "heat_table",
    "indicator_profile",
    "lines",
    "need_gap",
    "omission_cost",
    "omission_sensitivity",
    "parallel",
    "pyramid",
    "save",
    "selection_map",
    "selection_ranking",
    "target_progress",
    "to_svg",
    "variants",
]
