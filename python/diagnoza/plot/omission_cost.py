"""Cumulated costs with and without an intervention, where it has paid for itself, and what that depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label
from diagnoza.plot.lines import apart
from diagnoza.plot.theme import INK, Text, at, dress, heading, legend_panel, notes_panel, own, values

if TYPE_CHECKING:
    import altair as alt

    from diagnoza.omission import OmissionCost

__all__ = ["omission_cost", "omission_sensitivity"]

_WIDTH: Final = 600
_HEIGHT: Final = 300
_WITHOUT: Final = "#c44e00"
_WITH: Final = "#0b5c94"


def omission_cost(cost: OmissionCost, *, lang: str = "pl", title: str | None = None) -> alt.VConcatChart:
    """Draw the discounted costs to each year with and without the intervention, and mark the break-even.

    Args:
        cost: made by `diagnoza.omission_cost`.
        lang: ``"pl"`` or ``"en"``.
        title: by default the card's.
    """
    import altair as alt

    check_lang(lang)
    rows = cost.record["years"]
    factor, unit = _unit(max(abs(row[name]) for row in rows for name in ("discounted_without", "discounted_with")))
    lines = {
        name: [{"year": row["year"], "value": row[f"discounted_{name}"] / factor} for row in rows]
        for name in ("without", "with")
    }
    every = [point["value"] for points in lines.values() for point in points]
    low, high = min(0.0, *every), max(0.0, *every)
    high += (high - low) * 0.08 or 1.0
    first, last = rows[0]["year"], rows[-1]["year"]
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[first, max(last, first + 1)], nice=False),
        axis=alt.Axis(title=label("omission.year", lang), format="d", grid=False, values=_ticks(first, last)),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(
            title=label(f"omission.axis.{unit}", lang, year=cost.price_year),
            tickCount=6,
            format=",.0f" if high - low > 8 else ",.1f",
        ),
    )
    layers: list[Any] = []
    even = cost.break_even
    if even is not None:
        place = {"year": even, "value": next(point["value"] for point in lines["with"] if point["year"] == even)}
        layers.append(alt.Chart(values([place])).mark_rule(color="#9aa5b0", strokeDash=[2, 3]).encode(x=x))
    for name, colour in (("without", _WITHOUT), ("with", _WITH)):
        mark = alt.Chart(values(lines[name])).mark_line(
            color=colour, strokeWidth=2.6, point={"size": 28, "color": colour}
        )
        layers.append(mark.encode(x=x, y=y))
    if even is not None:
        ring = alt.Chart(values([place])).mark_point(size=130, color=INK, strokeWidth=2, opacity=1)
        text = label("omission.break_even", lang, year=even)
        right = (even - first) < 0.7 * max(last - first, 1)
        words = alt.Chart(values([place])).mark_text(
            text=text, align="left" if right else "right", dx=10 if right else -10, dy=18, fontSize=11, color=INK
        )
        layers += [ring.encode(x=x, y=y), words.encode(x=x, y=y)]
    decimals = 0 if high - low > 100 else 1
    ends = [
        (lines[name][-1]["value"], format_number(lines[name][-1]["value"], lang, decimals=decimals), colour)
        for name, colour in (("without", _WITHOUT), ("with", _WITH))
    ]
    spots = [{"text": t, "ink": c, "x": _WIDTH + 9, "y": s} for s, t, c in apart(ends, low, high, _HEIGHT)]
    layers.append(
        alt.Chart(values(spots))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold")
        .encode(**at(x="x", y="y"), text="text:N", color=own("color", "ink"))
    )
    entries = [("line", _WITHOUT, label("omission.without", lang)), ("line", _WITH, label("omission.with", lang))]
    if even is not None:
        entries.append(("ring", INK, label("omission.even", lang)))
    chart = alt.vconcat(
        legend_panel(entries, width=_WIDTH + 70),
        alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT),
        notes_panel(_notes(cost, lang), width=_WIDTH + 110),
        spacing=10,
    )
    made: alt.VConcatChart = dress(
        chart,
        lang=lang,
        title=title or heading(cost.record["title"] or label("omission.title", lang)),
        subtitle=Text.wrap(_finding(cost, lang), 11, _WIDTH + 60),
    )
    return made


def _unit(largest: float) -> tuple[float, str]:
    """Return what amounts are divided by, so that figures stay short."""
    if largest >= 1e7:
        return 1e6, "million"
    return (1e3, "thousand") if largest >= 1e4 else (1.0, "zloty")


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, -(-(last - first) // 10))
    return list(range(first, last + 1, step))


def _finding(cost: OmissionCost, lang: str) -> str:
    value = cost.net_present_value
    key = "omission.costs" if value > 0 else "omission.no_gain"
    amount = format_number(abs(value), lang)
    span = f"{cost.record['years'][0]['year']}–{cost.record['years'][-1]['year']}"
    even = (
        label("omission.paid", lang, year=cost.break_even)
        if cost.break_even is not None
        else label("omission.not_paid", lang)
    )
    return label(key, lang, amount=amount, span=span) + " " + even


def _notes(cost: OmissionCost, lang: str) -> list[str]:
    card = cost.card
    lists = ("cost_of_need", "intervention", "start_up", "benefit", "saving")
    sources = [card[name]["source"] for name in ("persons", "effect", "discount_rate")]
    sources += [item["source"] for name in lists for item in card[name]]
    rate = format_number(cost.record["discount_rate"] * 100, lang, decimals=1)
    return [
        label("omission.method", lang, year=cost.price_year, rate=rate),
        label("omission.sources", lang, sources="; ".join(dict.fromkeys(sources))),
    ]


def omission_sensitivity(cost: OmissionCost, *, lang: str = "pl", title: str | None = None) -> alt.VConcatChart:
    """Draw how far each figure alone moves the net present value: a bar per figure with a range, the widest on top.

    Args:
        cost: made by `diagnoza.omission_cost`.
        lang: ``"pl"`` or ``"en"``.
        title: by default the card's.

    Raises:
        InputError: no figure of the card has a range.
    """
    import altair as alt

    check_lang(lang)
    bars = cost.record["sensitivity"]["bars"]
    if not bars:
        raise InputError("no figure of the card has a range: give low and high to those that are uncertain")
    ends = [bar[name] for bar in bars for name in ("value_at_low", "value_at_high")]
    factor, unit = _unit(max(abs(value) for value in (*ends, cost.net_present_value)))
    rows = [
        {
            "row": _parameter(bar["parameter"], lang),
            "low": bar["value_at_low"] / factor,
            "high": bar["value_at_high"] / factor,
            "low_text": format_number(bar["low"], lang, decimals=_decimals(bar["low"])),
            "high_text": format_number(bar["high"], lang, decimals=_decimals(bar["high"])),
        }
        for bar in bars
    ]
    middle = cost.net_present_value / factor
    low, high = min(0.0, middle, *(e / factor for e in ends)), max(0.0, middle, *(e / factor for e in ends))
    room = (high - low) * 0.12 or 1.0
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    axis = alt.Axis(title=label(f"omission.npv.{unit}", lang, year=cost.price_year), tickCount=6)
    x = alt.X("low:Q", scale=scale, axis=axis)
    y = alt.Y(
        "row:N",
        sort=[row["row"] for row in rows],
        axis=alt.Axis(title=None, labelLimit=240, ticks=False, domain=False),
    )
    bar = alt.Chart(values(rows)).mark_bar(color="#b9d6e8", height=18).encode(x=x, x2="high:Q", y=y)
    layers: list[Any] = [bar]
    for end, other in (("low", "high"), ("high", "low")):
        for side, test in (("right", f"datum.{end} <= datum.{other}"), ("left", f"datum.{end} > datum.{other}")):
            text = alt.Chart(values(rows)).transform_filter(test)
            mark = text.mark_text(align=side, dx=-5 if side == "right" else 5, fontSize=10, color=INK)
            layers.append(mark.encode(x=alt.X(f"{end}:Q", scale=scale, axis=axis), y=y, text=f"{end}_text:N"))
    for place, dash in ((0.0, [2, 3]), (middle, [1, 0])):
        rule = alt.Chart(values([{"low": place}])).mark_rule(color=INK, strokeDash=dash, strokeWidth=1.4)
        layers.append(rule.encode(x=x))
    left = [_parameter(name, lang) for name in cost.record["sensitivity"]["not_varied"]]
    notes = [label("omission.tornado", lang)]
    notes += [label("omission.not_varied", lang, names=", ".join(left))] if left else []
    chart = alt.vconcat(
        alt.layer(*layers).properties(width=_WIDTH - 120, height=len(rows) * 34 + 10),
        notes_panel(notes, width=_WIDTH + 40),
        spacing=10,
    )
    made: alt.VConcatChart = dress(
        chart,
        lang=lang,
        title=title or heading(cost.record["title"] or label("omission.title", lang)),
        subtitle=Text.wrap(_finding(cost, lang), 11, _WIDTH + 60),
    )
    return made


def _parameter(name: str, lang: str) -> str:
    """Return the name of a figure as people say it: `cost_of_need 'DPS'` is `koszt potrzeby: DPS`."""
    kind, _, item = name.partition(" ")
    text = label(f"omission.parameter.{kind}", lang)
    return f"{text}: {item.strip(chr(39))}" if item else text


def _decimals(value: float) -> int:
    return len(f"{value:.4f}".split(".")[1].rstrip("0"))
