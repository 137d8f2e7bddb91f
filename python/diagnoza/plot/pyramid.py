"""The population pyramid: two years on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label, scenario_label, status_label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.theme import INK, MEN, MUTED, WOMEN, Text, dress, heading, legend_row, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["pyramid"]

_HALF, _HEIGHT = 195, 360


def pyramid(
    frame: object,
    *,
    unit: str,
    years: Sequence[int] = (2022, 2050),
    scenario: str | None = None,
    lang: str = "pl",
    title: str | None = None,
) -> alt.LayerChart:
    """Draw the population of `unit` by sex and age: the first year filled, the second as an outline.

    Men are on the left, women on the right; labels of both halves are positive. Single ages and groups of
    one width (5 years) are both drawn. The open group (90 and over) is drawn up to age 100 with its persons
    spread evenly, so that its area is true and it does not tower over single ages; its figure is written out.

    Args:
        frame: columns unit, year, sex (``F`` and ``M``), age (first age of the group), population; name,
            scenario and status where they apply.
        unit: code of the unit.
        years: one or two years (stock at 31 December).
        scenario: which one; by default the only one there, else ``main``.
        lang: ``"pl"`` or ``"en"``.
        title: by default the unit's name.

    Raises:
        InputError: a column, year, sex or scenario is missing, or the frame is empty.
        UnknownUnitError: no row is of `unit`.
    """
    import altair as alt

    check_lang(lang)
    if not 1 <= len(years) <= 2 or len(set(years)) != len(years):
        raise InputError(f"years={tuple(years)!r}: a pyramid shows one year or two different ones")
    table = frames.as_frame(frame, columns=("unit", "year", "sex", "age", "population"))
    table = frames.choose_scenario(frames.choose_unit(table, unit), scenario)
    frames.require_years(table, years)
    sides = {year: _sides(table, unit, year) for year in years}
    width, open_age = frames.age_width(table)
    span = max(width, 100 - open_age)
    drawn = {
        year: {
            sex: {a: n * width / span if a == open_age else n for a, n in ages.items()} for sex, ages in side.items()
        }
        for year, side in sides.items()
    }
    top = open_age + span
    largest = max(person for side in drawn.values() for ages in side.values() for person in ages.values())
    reach = _reach(largest)

    x = alt.X(
        "v:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(
            title=label("axis.persons", lang),
            labelExpr="format(abs(datum.value), ',.0f')",
            tickCount=5,
            grid=True,
        ),
    )
    ticks = [*range(0, open_age, 10), open_age]
    y_axis = alt.Axis(
        title=label("axis.age", lang),
        values=ticks,
        labelExpr=f"datum.value == {open_age} ? '{open_age}+' : datum.value",
        grid=False,
    )
    y = alt.Y("a:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=y_axis)

    bars = [
        {
            "a": age,
            "b": top if age == open_age else age + width,
            "v": _signed(sex, number),
            "z": 0,
            "sex": sex,
        }
        for sex, ages in drawn[years[0]].items()
        for age, number in ages.items()
    ]
    layers: list[Any] = [
        alt.Chart(values(bars))
        .mark_rect(stroke="white", strokeWidth=0.3, opacity=0.85)
        .encode(
            x=x,
            x2="z:Q",
            y=y,
            y2="b:Q",
            color=alt.Color("sex:N", scale=alt.Scale(domain=["M", "F"], range=[MEN, WOMEN]), legend=None),
        )
    ]
    if len(years) == 2:
        for sex, ages in drawn[years[1]].items():
            steps = _outline(sex, ages, width, top)
            layers.append(
                alt.Chart(values(steps))
                .mark_line(color=INK, strokeWidth=1.5, strokeJoin="miter")
                .encode(x=x, y=y, order="i:Q")
            )
    layers.append(alt.Chart(values([{"v": 0}])).mark_rule(color="white", strokeWidth=1.2).encode(x="v:Q"))
    for sex, place in (("M", _HALF / 2), ("F", _HALF * 1.5)):
        sums = "  →  ".join(format_number(sum(sides[year][sex].values()), lang) for year in years)
        heads: tuple[tuple[str, int, dict[str, Any]], ...] = (
            (label(f"sex.{sex}", lang), -26, {"fontSize": 13, "fontWeight": "bold", "color": INK}),
            (sums, -10, {"fontSize": 11, "color": MUTED}),
        )
        for text, height, style in heads:
            layers.append(
                alt.Chart(values([{}])).mark_text(text=text, **style).encode(x=alt.value(place), y=alt.value(height))
            )
    entries = [
        (shape, colour, f"{year} ({_status(table, year, lang)}): {format_number(_total(sides[year]), lang)}")
        for year, shape, colour in zip(years, ("halves", "outline"), (MEN, INK), strict=False)
    ]
    legend, _ = legend_row(entries, top=-52)
    layers.extend(legend)
    name = frames.unit_names(table)[unit]
    oldest = " → ".join(format_number(sum(sides[year][sex][open_age] for sex in "FM"), lang) for year in years)
    notes = [label("chart.open_group" if span > width else "chart.open_group_plain", lang, age=open_age, sums=oldest)]
    if "scenario" in table.columns:
        notes.insert(0, f"{scenario_label(str(table['scenario'][0]), lang)}, {label('stock.31 XII', lang)}")
    chart = alt.layer(*layers).properties(width=2 * _HALF, height=_HEIGHT)
    made: alt.LayerChart = dress(
        chart,
        lang=lang,
        title=title or heading(unit_label(unit, name, lang)),
        subtitle=[line for note in notes for line in Text.wrap(note, 11, 2 * _HALF)],
    )
    return made


def _sides(table: pl.DataFrame, unit: str, year: int) -> dict[str, dict[int, float]]:
    import polars as pl

    sides: dict[str, dict[int, float]] = {}
    for sex in ("M", "F"):
        part = table.filter((pl.col("year") == year) & (pl.col("sex") == sex)).sort("age")
        if part.is_empty():
            there = frames.listed(sorted(str(value) for value in table["sex"].unique()))
            raise InputError(f"unit {unit}, year {year} has no rows of sex {sex!r}; the frame has {there}")
        ages: dict[int, float] = {}
        for age, number in part.select("age", "population").rows():
            if int(age) in ages:
                raise InputError(f"unit {unit}, year {year}, sex {sex}, age {age} is there twice")
            if number is None or not number >= 0:
                raise InputError(f"unit {unit}, year {year}, sex {sex}, age {age}: population is {number!r}")
            ages[int(age)] = float(number)
        sides[sex] = ages
    return sides


def _signed(sex: str, number: float) -> float:
    return -number if sex == "M" else number


def _outline(sex: str, ages: dict[int, float], width: int, top: int) -> list[dict[str, float]]:
    corners: list[tuple[float, float]] = [(0.0, float(min(ages)))]
    for age, number in ages.items():
        end = top if age == max(ages) else age + width
        corners += [(_signed(sex, number), float(age)), (_signed(sex, number), float(end))]
    corners.append((0.0, float(top)))
    return [{"v": across, "a": up, "i": index} for index, (across, up) in enumerate(corners)]


def _total(side: dict[str, dict[int, float]]) -> float:
    return sum(sum(ages.values()) for ages in side.values())


def _reach(largest: float) -> float:
    """Return the end of the axis: a little beyond the largest bar, never zero."""
    return largest * 1.06 if largest > 0 else 1.0


def _status(table: pl.DataFrame, year: int, lang: str) -> str:
    import polars as pl

    if "status" not in table.columns:
        return label("stock.31 XII", lang)
    found = table.filter(pl.col("year") == year)["status"].drop_nulls().unique().sort().to_list()
    return " / ".join(status_label(str(status), lang) for status in found) or label("stock.31 XII", lang)
