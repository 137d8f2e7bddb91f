"""Graduation: counts by groups of ages become counts by single years of age."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import ages_of, number, numbers, numbers_if_given, whole_if_given

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Graduated", "graduate"]

Method = Literal[
    "uniform",
    "sprague",
    "beers_ordinary",
    "beers_modified",
    "grabill",
    "mono",
    "pclm",
    "within_structure",
]


@dataclass(frozen=True, eq=False)
class Graduated:
    """Counts by single years of age. Made by `graduate`."""

    ages: NDArray[np.int64]
    """The ages; the last is that age and over where `open`."""
    counts: NDArray[np.float64]
    open: bool
    record: dict[str, Any]
    """Method and choices, groups adjusted after the method had run, and the model fitted by PCLM."""

    @property
    def method(self) -> str:
        """The method, as a word."""
        return str(self.record["graduation"]["method"])

    def frame(self) -> pl.DataFrame:
        """Columns age (first year), label (``85+`` for the open group) and count."""
        import polars as pl

        labels = [str(age) for age in self.ages]
        if self.open:
            labels[-1] += "+"
        return pl.DataFrame({"age": self.ages, "label": labels, "count": self.counts})

    def adjusted(self) -> pl.DataFrame:
        """Groups changed after the method had run: ages, given, by_method, adjustment."""
        import polars as pl

        columns = {"ages": pl.String, "given": pl.Float64, "by_method": pl.Float64, "adjustment": pl.String}
        return pl.DataFrame(self.record["adjusted"], schema=columns)

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.frame()._repr_html_()


def graduate(
    counts: ArrayLike,
    ages: ArrayLike,
    method: Method = "sprague",
    *,
    open_group: Literal["keep", "within_structure"] = "keep",
    last_age: int | None = None,
    structure: ArrayLike | None = None,
    empty_structure: Literal["refuse", "uniform"] = "refuse",
    negatives: Literal["redistribute", "refuse", "allow"] = "redistribute",
    totals: Literal["keep", "as_method"] = "keep",
    exposure: ArrayLike | None = None,
    smoothing: float | None = None,
    criterion: Literal["bic", "aic"] = "bic",
) -> Graduated:
    """Graduate counts by groups of ages to single years of age.

    Args:
        counts: persons or events in each group.
        ages: first age of each group; the last group is open unless `last_age` is given.
        method: ``uniform``, ``mono`` (monotone cubic spline), ``pclm`` and ``within_structure`` take groups of any
            width; ``sprague``, ``beers_ordinary``, ``beers_modified`` and ``grabill`` take five-year groups, or
            parts of them such as 0 and 1-4.
        open_group: ``keep`` leaves the open group one number at the end; ``within_structure`` spreads it in the
            proportions of `structure`, whose open group becomes the last.
        last_age: last age of the last group, which is then graduated as the others are.
        structure: persons (or person-years of a life table) by single ages from 0, the last open.
        empty_structure: what to do with people at ages at which the structure has nobody: ``refuse``, or spread
            them evenly (``uniform``).
        negatives: ages of fewer than nobody: ``redistribute`` the group by the monotone spline, ``refuse``, or
            ``allow`` them as other tools do.
        totals: ``keep`` makes the ages of each group sum to its count; ``as_method`` leaves what the method gives
            (modified Beers, Grabill and PCLM move people between groups; other tools print that).
        exposure: PCLM of events: person-years by group or by single age, so that the rates are smooth.
        smoothing: PCLM: the smoothing parameter lambda; chosen by `criterion` where not given.
        criterion: PCLM: ``bic`` or ``aic``.

    >>> import diagnoza as dg
    >>> single = dg.graduate([50, 60, 70, 60, 50, 90], [0, 5, 10, 15, 20, 25])
    >>> len(single.counts), round(float(single.counts[5:10].sum()), 9), single.frame()["label"][-1]
    (26, 60.0, '25+')
    """
    import numpy as np

    given = numbers("counts", counts)
    people, lived = numbers_if_given("structure", structure), numbers_if_given("exposure", exposure)
    record: dict[str, Any] = json.loads(
        _native.graduate(
            given.tolist(),
            ages_of(ages, len(given)),
            method=method,
            open_group=open_group,
            last_age=whole_if_given("last_age", last_age),
            structure=None if people is None else people.tolist(),
            empty_structure=empty_structure,
            negatives=negatives,
            totals=totals,
            exposure=None if lived is None else lived.tolist(),
            smoothing=None if smoothing is None else number("smoothing", smoothing),
            criterion=criterion,
        )
    )
    return Graduated(
        ages=np.array(record.pop("ages"), dtype=np.int64),
        counts=np.array(record.pop("counts"), dtype=np.float64),
        open=record.pop("open"),
        record=record,
    )
