"""Classes of a map: where they end, their colours and their words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from diagnoza.errors import InputError
from diagnoza.labels import format_number, label
from diagnoza.plot.theme import LOSS, SEQUENTIAL

__all__ = ["SCHEMES", "Classes", "classify", "classify_by"]

_MANY: Final = 30
SCHEMES: Final = ("auto", "sequential", "diverging")


@dataclass(frozen=True)
class Classes:
    """Class limits (one more than classes), colours, and the decimals that tell the limits apart."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]
    decimals: int
    open_low: bool = False
    open_high: bool = False
    closed_right: bool = False
    """A value on a limit belongs to the class below, as `diagnoza.class_breaks` has it."""

    def of(self, value: float) -> int:
        """Return the class of a value; one on a limit belongs to the class above unless closed on the right."""
        for index in range(len(self.colours) - 1):
            limit = self.limits[index + 1]
            if value < limit or (self.closed_right and value <= limit):
                return index
        return len(self.colours) - 1

    def words(self, lang: str) -> list[str]:
        """Return "from to" of every class; "below" and "and over" where the end ones are open."""
        written = [format_number(limit, lang, decimals=self.decimals) for limit in self.limits]
        if self.closed_right:
            pairs = list(zip(written, written[1:], strict=False))
            first, *rest = [(low, high, "chart.class.next") for low, high in pairs]
            made = [first[0] if first[0] == first[1] else label("chart.class.first", lang, low=first[0], high=first[1])]
            return made + [label(key, lang, low=low, high=high) for low, high, key in rest]
        joint = "do" if lang == "pl" else "to"
        words = [f"{low} {joint} {high}" for low, high in zip(written, written[1:], strict=False)]
        if self.open_low:
            words[0] = label("chart.below", lang, limit=written[1])
        if self.open_high:
            words[-1] = label("chart.above", lang, limit=written[-2])
        return words


def classify(values: list[float], *, scheme: str, count: int = 5) -> Classes:
    """Return classes for these values.

    ``sequential``: quantiles rounded to figures a reader can keep, light to dark away from zero.
    ``diverging``: equal steps with zero between two colours (orange below, blue above); with 30 values or
    more, the outermost 3 % on each side do not stretch the steps, and the end classes are open.
    ``auto``: diverging if there are values on both sides of zero, else sequential.

    Raises:
        InputError: if the scheme is unknown or there is no value.
    """
    if scheme not in SCHEMES:
        raise InputError(f"scheme={scheme!r} is not known: use one of {', '.join(map(repr, SCHEMES))}")
    if not values:
        raise InputError("there is no value to draw: all are missing")
    low, high = min(values), max(values)
    if scheme == "diverging" or (scheme == "auto" and low < 0 < high):
        return _diverging(sorted(values))
    return _sequential(sorted(values), count)


def classify_by(values: list[float], *, method: str, count: int, decimals: int) -> Classes:
    """Return the classes of `diagnoza.class_breaks`: quantile, equal_interval or jenks.

    Limits are the exact ones; they are written with as many decimals as tell them apart.

    Raises:
        InputError: if the method is unknown, the number of classes is not 1 to 20, or there is no value.
    """
    from diagnoza.assessing import class_breaks

    if not values:
        raise InputError("there is no value to draw: all are missing")
    limits = class_breaks(values, method=method, classes=count)["limits"]  # type: ignore[arg-type]
    different = len(set(limits))
    shown = next((n for n in range(decimals, 8) if len({round(limit, n) for limit in limits}) == different), 7)
    last = len(SEQUENTIAL) - 1
    classes = len(limits) - 1
    colours = [_blend(index * last / max(classes - 1, 1)) for index in range(classes)]
    return Classes(tuple(limits), tuple(colours), shown, closed_right=True)


def _blend(place: float) -> str:
    """Return the colour at a place of the sequential palette, between its colours where more are needed."""
    low = min(int(place), len(SEQUENTIAL) - 2)
    share = place - low

    def channels(colour: str) -> list[int]:
        return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]

    pairs = zip(channels(SEQUENTIAL[low]), channels(SEQUENTIAL[low + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _step(size: float) -> float:
    """Return the nearest of 1, 2, 5 times a power of ten that is not below `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= size * (1 - 1e-9))


def _decimals(limits: list[float]) -> int:
    """Return the fewest decimals that write all limits exactly enough to tell them apart."""
    for decimals in range(7):
        if all(abs(round(limit, decimals) - limit) <= abs(limit) * 1e-9 + 1e-12 for limit in limits):
            return decimals
    return 7


def _diverging(values: list[float]) -> Classes:
    cut = len(values) * 3 // 100 if len(values) >= _MANY else 0
    low, high = min(values[cut], 0.0), max(values[len(values) - 1 - cut], 0.0)
    step = _step((high - low) / 8 if high > low else max(abs(values[0]), abs(values[-1])) or 1.0)
    first, last = min(math.floor(low / step + 1e-9), 0), max(math.ceil(high / step - 1e-9), 0)
    if first == last:
        last = 1
    limits = [step * number for number in range(first, last + 1)]
    below, above = LOSS[1:], SEQUENTIAL[1:]
    reach = max(-first, last)
    colours = [
        _shade(below, -number - 1, reach) if number < 0 else _shade(above, number, reach)
        for number in range(first, last)
    ]
    return Classes(tuple(limits), tuple(colours), _decimals(limits), values[0] < limits[0], values[-1] > limits[-1])


def _shade(palette: tuple[str, ...], place: int, reach: int) -> str:
    """Return the colour `place` steps from zero when the further side has `reach` of them."""
    return palette[round(place * (len(palette) - 1) / max(reach - 1, 1))]


def _sequential(values: list[float], count: int) -> Classes:
    low, high = values[0], values[-1]
    palette = list(reversed(LOSS)) if high <= 0 and low < 0 else list(SEQUENTIAL)
    if high <= low:
        return Classes((low, high), (palette[len(palette) // 2],), _decimals([round(low, 2)]))
    unit = _step((high - low) / 40)
    inner = {round(values[len(values) * part // count] / unit) * unit for part in range(1, count)}
    ends = [math.floor(low / unit + 1e-9) * unit, math.ceil(high / unit - 1e-9) * unit]
    limits = sorted({*ends, *(limit for limit in inner if ends[0] < limit < ends[1])})
    classes = len(limits) - 1
    last = len(palette) - 1
    colours = [palette[round(index * last / max(classes - 1, 1))] for index in range(classes)]
    return Classes(tuple(limits), tuple(colours), _decimals([round(limit, 9) for limit in limits]))
