"""Life tables by named rules, and death rates of the highest ages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from diagnoza import _native
from diagnoza.arguments import age_range, ages_of, count, number, numbers, whole, whole_if_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["ExpectancyInterval", "LifeTable", "kannisto", "kannisto_coherent"]

SexOrBoth = Literal["F", "M", "T"]
InfantRule = Literal["andreev_kingkade", "coale_demeny", "coale_demeny_rate", "midpoint", "constant_hazard"]
SeparationRule = Literal["greville", "un", "pas", "keyfitz", "midpoint", "constant_hazard"]


class ExpectancyInterval(NamedTuple):
    """Interval of life expectancy at birth, in years."""

    lower: float
    upper: float
    estimate: float
    standard_error: float
    level: float
    method: str


class LifeTable:
    """A life table, single-year or abridged, closed at any age. Made by `from_mx` and its siblings.

    All makers take ``ages``, the lower bounds (0, 1, ...; single years from 0 by default), the last of them
    open; ``sex`` F, M or T (both); ``a0``, the rule of age 0, or years; and ``ax``, the rule of the ages
    above, or an array of years for every age from 0 (with a value for the open age, its life expectancy):

    - ``a0``: ``andreev_kingkade`` (UN, HMD), ``coale_demeny`` (from q0, DemoTools ``cd``),
      ``coale_demeny_rate`` (from m0), ``midpoint``, ``constant_hazard``;
    - ``ax``: ``greville`` (UN projections, MortCast), ``un`` and ``pas`` (DemoTools), ``keyfitz`` (iterated),
      ``midpoint``, ``constant_hazard``. Single years have 0.5 under the first three.

    >>> import diagnoza as dg
    >>> ages = [0, 1, 5, 10, 20, 40]
    >>> dg.LifeTable.from_mx([0.02] * 6, ages, sex="F", a0="constant_hazard", ax="constant_hazard")
    LifeTable(sex=F, ages 0 to 40+, 6 rows, e0=50.00)
    """

    __slots__ = ("_table",)

    def __init__(self, table: _native.LifeTable) -> None:
        """Wrap a native table; use `from_mx`, `from_qx`, `from_lx` or `from_deaths`."""
        self._table = table

    @classmethod
    def from_mx(
        cls,
        mx: ArrayLike,
        ages: Sequence[int] | None = None,
        *,
        sex: SexOrBoth,
        a0: InfantRule | float = "andreev_kingkade",
        ax: SeparationRule | ArrayLike = "greville",
        radix: float = 100_000.0,
    ) -> LifeTable:
        """Make a table from death rates per person-year."""
        return cls._made("mx", mx, None, ages, sex=sex, a0=a0, ax=ax, radix=radix)

    @classmethod
    def from_qx(
        cls,
        qx: ArrayLike,
        ages: Sequence[int] | None = None,
        *,
        sex: SexOrBoth,
        a0: InfantRule | float = "andreev_kingkade",
        ax: SeparationRule | ArrayLike = "greville",
        radix: float = 100_000.0,
    ) -> LifeTable:
        """Make a table from probabilities of dying, 1 in the open age, whose rate is continued."""
        return cls._made("qx", qx, None, ages, sex=sex, a0=a0, ax=ax, radix=radix)

    @classmethod
    def from_lx(
        cls,
        lx: ArrayLike,
        ages: Sequence[int] | None = None,
        *,
        sex: SexOrBoth,
        a0: InfantRule | float = "andreev_kingkade",
        ax: SeparationRule | ArrayLike = "greville",
    ) -> LifeTable:
        """Make a table from survivors to exact ages; the first is the radix."""
        return cls._made("lx", lx, None, ages, sex=sex, a0=a0, ax=ax, radix=None)

    @classmethod
    def from_deaths(
        cls,
        deaths: ArrayLike,
        exposure: ArrayLike,
        ages: Sequence[int] | None = None,
        *,
        sex: SexOrBoth,
        a0: InfantRule | float = "andreev_kingkade",
        ax: SeparationRule | ArrayLike = "greville",
        radix: float = 100_000.0,
    ) -> LifeTable:
        """Make a table from deaths and person-years of exposure; it has intervals."""
        return cls._made("deaths", deaths, numbers("exposure", exposure), ages, sex=sex, a0=a0, ax=ax, radix=radix)

    @classmethod
    def _made(
        cls,
        source: str,
        values: ArrayLike,
        exposure: NDArray[np.float64] | None,
        ages: Any,
        *,
        a0: Any,
        ax: Any,
        **options: Any,
    ) -> LifeTable:
        found = numbers(source, values)
        a0 = a0 if isinstance(a0, str) else number("a0", a0)
        ax = ax if isinstance(ax, str) else numbers("ax", ax)
        return cls(_native.LifeTable.make(source, found, exposure, ages_of(ages, len(found)), a0=a0, ax=ax, **options))

    def frame(self) -> pl.DataFrame:
        """Columns age, n (width, empty in the open age), mx, ax, qx, lx, dx, Lx, Tx, ex."""
        import polars as pl

        ages, widths = self._table.ages()
        head = {"age": pl.Series(ages, dtype=pl.Int64), "n": pl.Series(widths, dtype=pl.Int64)}
        return pl.DataFrame({**head, **dict(self._table.columns())})

    @property
    def e0(self) -> float:
        """Life expectancy at birth, in years."""
        return self._table.ex(0)

    def ex(self, age: int) -> float:
        """Life expectancy at an exact age that begins a row."""
        return self._table.ex(whole("age", age))

    def survival_ratios(
        self, step: Literal[1, 5] = 1, *, open_age: int | None = None, open_group: Literal["pooled", "apart"] = "pooled"
    ) -> NDArray[np.float64]:
        """Survival ratios as `cohort_component` takes them.

        Args:
            step: years of the step and of the ages, 1 or 5.
            open_age: first age of the open group; that of the table by default.
            open_group: ``pooled`` gives one ratio into and within the open group (UN), ``apart`` one for each.

        Returns:
            Ratios of birth, then by age at the start of the step, the open group last.
        """
        last = whole_if_given("open_age", open_age)
        ratios: NDArray[np.float64] = self._table.survival_ratios(count("step", step), last, open_group)
        return ratios

    def e0_interval(
        self,
        method: Literal["chiang", "silcocks", "monte_carlo"] = "chiang",
        *,
        level: float = 0.95,
        seed: int = 1,
        draws: int = 1000,
    ) -> ExpectancyInterval:
        """Interval of life expectancy at birth; needs `from_deaths`.

        Args:
            method: ``chiang`` (the open age as certain), ``silcocks`` (Chiang with the open age) or
                ``monte_carlo`` (Poisson draws of deaths, the same for the same ``seed``).
            level: probability of the interval.
            seed: of the draws.
            draws: tables drawn.
        """
        found = self._table.e0_interval(
            method, number("level", level), whole("seed", seed, 0, 2**64 - 1), count("draws", draws)
        )
        return ExpectancyInterval(*found, level, method)

    def abridged(self) -> LifeTable:
        """Group into ages 0, 1 to 4 and five-year ages; life expectancies stay."""
        return LifeTable(self._table.abridged())

    def closed_at(self, age: int) -> LifeTable:
        """Close at a younger open age; life expectancies stay."""
        return LifeTable(self._table.closed_at(whole("age", age)))

    def moved(self, *, level: float, slope: float = 1.0) -> LifeTable:
        """Move a table of single years by Brass's relational logit model, ``Y'(x) = level + slope Y(x)``.

        ``Y(x) = ln((1 - l(x)) / l(x)) / 2``. A level above 0 is higher mortality, a slope above 1 lower mortality of
        the young and higher of the old. Years lived by those who die, and life expectancy in the open age, are kept.
        """
        return LifeTable(self._table.moved(number("level", level), number("slope", slope)))

    @property
    def record(self) -> dict[str, Any]:
        """Sex, input, rules, how the open age was closed, ages that fell back to a constant hazard."""
        found: dict[str, Any] = json.loads(self._table.record())
        return found

    def __repr__(self) -> str:
        """Sex, ages and life expectancy at birth."""
        ages = self._table.ages()[0]
        return f"LifeTable(sex={self.record['sex']}, ages 0 to {ages[-1]}+, {len(ages)} rows, e0={self.e0:.2f})"

    def _repr_html_(self) -> str:
        return f"<p><b>{self!r}</b></p>{self.frame()._repr_html_()}"


def kannisto(
    mx: ArrayLike,
    ages: Sequence[int] | None = None,
    *,
    fit: tuple[int, int] | None = None,
    start: int | None = None,
    end: int | None = None,
    step: int | None = None,
) -> pl.DataFrame:
    """Extend death rates to the highest ages by Kannisto's law.

    Args:
        mx: death rates.
        ages: lower bounds; single years from 0 by default.
        fit: first and last age of the fit; 80 to 95 in five-year ages, 80 to 99 in single years.
        start: first age by the law, 100; rates given from there on are replaced.
        end: last age, 130.
        step: width of the new ages; 1 or 5 as the ages have it.

    Returns:
        Columns age, mx.
    """
    import polars as pl

    found = numbers("mx", mx)
    age, rates, _ = _native.kannisto(found, None, ages_of(ages, len(found)), **_old_age(fit, start, end, step))
    return pl.DataFrame({"age": pl.Series(age, dtype=pl.Int64), "mx": rates})


def kannisto_coherent(
    mx_f: ArrayLike,
    mx_m: ArrayLike,
    ages: Sequence[int] | None = None,
    *,
    fit: tuple[int, int] | None = None,
    start: int | None = None,
    end: int | None = None,
    step: int | None = None,
) -> pl.DataFrame:
    """Extend death rates of women and men by Kannisto's law with one slope, so that they do not cross.

    Options as in `kannisto`. Returns columns age, mx_f, mx_m.
    """
    import polars as pl

    women, men = numbers("mx_f", mx_f), numbers("mx_m", mx_m)
    age, rates_f, rates_m = _native.kannisto(women, men, ages_of(ages, len(women)), **_old_age(fit, start, end, step))
    return pl.DataFrame({"age": pl.Series(age, dtype=pl.Int64), "mx_f": rates_f, "mx_m": rates_m})


def _old_age(fit: tuple[int, int] | None, start: int | None, end: int | None, step: int | None) -> dict[str, Any]:
    given = {"start": start, "end": end, "step": step}
    ages = None if fit is None else age_range("fit", fit)
    return {"fit": ages, **{name: whole_if_given(name, value) for name, value in given.items()}}
