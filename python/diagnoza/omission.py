"""Cost of omission: what a need costs when nothing is done, beside what it costs with an intervention."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.errors import InputError
from diagnoza.files import text_of, write_new
from diagnoza.labels import format_number

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["OmissionCost", "omission_cost", "omission_template"]


@dataclass(frozen=True)
class OmissionCost:
    """Costs with and without an intervention, in zł of the price year. Made by `omission_cost`."""

    record: dict[str, Any]
    card: dict[str, Any]
    """The card as checked, with the source of every figure."""

    @property
    def net_present_value(self) -> float:
        """Discounted costs without less discounted costs with the intervention, zł; above 0 the cost of omission."""
        return float(self.record["net_present_value"])

    @property
    def break_even(self) -> int | None:
        """Year from which on the intervention has paid for itself; None if it does not within the horizon."""
        year: int | None = self.record["break_even"]
        return year

    @property
    def price_year(self) -> int:
        """Year of the prices."""
        return int(self.record["price_year"])

    def frame(self) -> pl.DataFrame:
        """Costs by year, zł.

        Columns year, persons, left_need, without, with, discount_factor, cumulated_without, cumulated_with,
        discounted_without, discounted_with (cumulated and discounted to the first year).
        """
        import polars as pl

        rows = self.record["years"]
        return pl.DataFrame(rows, schema_overrides={name: pl.Float64 for name in rows[0] if name != "year"})

    @property
    def sensitivity(self) -> pl.DataFrame:
        """Net present value with one figure at a time at the ends of its range, the most important first.

        Columns parameter, low, high, value_at_low, value_at_high (zł). Figures without a range are not in it:
        ``record["sensitivity"]["not_varied"]`` names them.
        """
        import polars as pl

        names = ("low", "high", "value_at_low", "value_at_high")
        schema = {"parameter": pl.String, **dict.fromkeys(names, pl.Float64)}
        return pl.DataFrame(self.record["sensitivity"]["bars"], schema=schema)

    def plot(self, *, lang: Literal["pl", "en"] = "pl") -> alt.VConcatChart:
        """Draw the cumulated costs with and without the intervention and where it has paid for itself."""
        from diagnoza.plot.omission_cost import omission_cost as draw

        return draw(self, lang=lang)

    def plot_sensitivity(self, *, lang: Literal["pl", "en"] = "pl") -> alt.VConcatChart:
        """Draw how far each figure alone moves the net present value (a tornado chart)."""
        from diagnoza.plot.omission_cost import omission_sensitivity as draw

        return draw(self, lang=lang)

    def _repr_html_(self) -> str:
        value = format_number(self.net_present_value)
        even = self.break_even or "nie w horyzoncie"
        head = (
            f"<p><b>Koszt zaniechania</b>{escape(': ' + self.record['title'] if self.record['title'] else '')}: "
            f"{value} zł (ceny {self.price_year}, zdyskontowane); zwrot: {even}. Wzór własny, nie urzędowy.</p>"
        )
        return head + str(self.frame()._repr_html_())


def omission_cost(card: str | Path | Mapping[str, Any]) -> OmissionCost:
    """Compute the cost of omission from a card of the user's figures.

    without(t) = n c; with(t) = n (1 - e) c + n k + F - n e (b + s), where e is the effect from year start + delay on;
    the net present value is the sum of the differences over (1 + r)^(t - start). The formula is the library's own, not
    an official one; `omission_template` writes an empty card.

    Args:
        card: file (.toml), or a mapping with the same keys: start_year, horizon, price_year, discount_rate, persons (or
            persons_by_year), effect, effect_delay, intervention_years, and lists cost_of_need, intervention, start_up,
            benefit, saving. A figure is ``{"value": .., "low": .., "high": .., "source": ".."}``, in a list with a
            ``"name"``.

    Raises:
        SpecError: lists every figure that is missing, out of range or without a source.
        ReadError: the file.
    """
    if isinstance(card, Mapping):
        made = {"format": "diagnoza-omission-cost/1", **card}
        try:
            file, text = "card", json.dumps(made, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise InputError(f"card: a number is NaN or infinite, or a value is of no use here ({error})") from error
    else:
        file, text = text_of("card", card)
        if Path(card).suffix.lower() != ".toml":
            raise InputError(f"card {card}: the ending must be .toml")
    record, checked = _native.omission_cost(file, text)
    return OmissionCost(json.loads(record), json.loads(checked))


def omission_template(path: str | Path) -> Path:
    """Write an empty card of the cost of omission (.toml) to fill in.

    Raises:
        InputError: a file that is there already.
    """
    return write_new(path, _native.template("omission_card.toml"))
