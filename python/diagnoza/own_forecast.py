"""Past forecasts beside what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import whole_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

__all__ = ["Backtest", "backtest"]

Method = Literal["own", "no_change", "constant_rates", "hamilton_perry"]
Key = Literal["unit", "jump_off", "year", "horizon"]


@dataclass(frozen=True)
class Backtest:
    """Forecasts of the subregions of Warmia-Mazury from past jump-offs. Made by `backtest`."""

    jump_offs: tuple[int, ...]
    years: tuple[int, ...] | None
    methods: tuple[Method, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def frame(self) -> pl.DataFrame:
        """One row per unit, jump-off, year, ages and method.

        Returns:
            Columns unit, name, jump_off, year, ages, method, forecast, observed (persons), error (per cent).
        """
        return self._table(None)

    def summary(self, by: Sequence[Key] = ()) -> pl.DataFrame:
        """Errors of each method by group of ages.

        Args:
            by: also by ``unit``, ``jump_off``, ``year`` or ``horizon``.

        Returns:
            Columns method, ages, the keys, count, mpe, mape, wape (per cent), me, rmse (persons).
        """
        return self._table([by] if isinstance(by, str) else list(by))

    def _table(self, by: list[str] | None) -> pl.DataFrame:
        import polars as pl

        years = None if self.years is None else list(self.years)
        table = _native.backtest(
            list(self.jump_offs), years, list(self.methods), json.dumps(dict(self.settings)), by=by
        )
        return pl.DataFrame(table)

    def _repr_html_(self) -> str:
        return str(self.summary()._repr_html_())


def backtest(
    jump_offs: Sequence[int] = (2014, 2015, 2016, 2017),
    *,
    years: Sequence[int] | None = None,
    methods: Sequence[Method] = ("own", "no_change", "constant_rates", "hamilton_perry"),
    settings: Mapping[str, Any] | None = None,
) -> Backtest:
    """Forecast the subregions of Warmia-Mazury from past jump-offs and compare with what happened.

    A forecast knows only what was observed until its jump-off. Jump-offs 2014 to 2020 are compared with Eurostat's
    stocks to 2021 (usual residents), all ages; jump-off 2022 with GUS's stocks of 2023 and 2024: the subregions in
    total and at 15-64, the voivodeship in 2024 at all ages.

    Args:
        jump_offs: years of the last stock known, 31 XII.
        years: years compared; all observed ones if left out.
        methods: ``own`` and the naive ``no_change``, ``constant_rates``, ``hamilton_perry``.
        settings: choices of the own forecast that differ from the shipped ones: ``mortality_from``,
            ``excluded_years``, ``mortality_trend`` (``lee_carter``, ``none``), ``jump_off_years``, ``profile_years``,
            ``migration_years``, ``fertility_years``.

    Raises:
        InputError: a jump-off that cannot be tested, an unknown method or setting.
    """
    made = Backtest(
        tuple(whole_numbers("jump_offs", jump_offs)),
        None if years is None else tuple(whole_numbers("years", years)),
        tuple(methods),
        dict(settings or {}),
    )
    made.frame()
    return made
