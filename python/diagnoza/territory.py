"""Regions: a unit by code or name, and the units in it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from diagnoza._native import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["Region", "region", "selection_text"]


@dataclass(frozen=True)
class Region:
    """A unit of the register and the units in it, valid on one date."""

    code: str
    name: str
    level: str
    date: str | None
    """Date of the register, YYYY-MM-DD; None for the latest."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Register of the region's date."""
        return Gazetteer(self.date)

    @property
    def subregions(self) -> list[Region]:
        """Subregions (NUTS 3) in the unit."""
        return self._inside(self.gazetteer.subregions(self.code))

    @property
    def powiats(self) -> list[Region]:
        """Powiats in the unit."""
        return self._inside(self.gazetteer.powiats(self.code))

    @property
    def gminas(self) -> list[Region]:
        """Gminas in the unit."""
        return self._inside(self.gazetteer.gminas(self.code))

    def frame(self) -> pl.DataFrame:
        """Powiats and gminas of the unit: unit, name, level, kind, subregion."""
        import polars as pl

        register = self.gazetteer
        codes = [*register.powiats(self.code), *register.gminas(self.code)]
        return pl.DataFrame(
            {
                "unit": codes,
                "name": [register.name(code) for code in codes],
                "level": [register.level(code) for code in codes],
                "kind": [register.kind(code) for code in codes],
                "subregion": [register.subregion_of(code) for code in codes],
            },
            schema={name: pl.String for name in ("unit", "name", "level", "kind", "subregion")},
        )

    def _inside(self, codes: list[str]) -> list[Region]:
        register = self.gazetteer
        return [Region(code, register.name(code), register.level(code), self.date) for code in codes]

    def _repr_html_(self) -> str:
        parts = ", ".join(
            f"{word}: {len(units)}"
            for units, word in (
                (self.subregions, "podregiony"),
                (self.powiats, "powiaty"),
                (self.gminas, "gminy"),
            )
        )
        return f"<b>{escape(self.name)}</b> ({escape(self.code)}, {escape(self.level)}): {escape(parts)}"


def region(unit: str, *, date: str | None = None) -> Region:
    """Return the unit that a code or name means.

    Args:
        unit: code (``"28"``, ``"2816"``, ``"PL623"``) or name (``"Pisz"``); case and Polish letters are folded.
        date: register of that day, YYYY-MM-DD; by default the latest.

    Raises:
        AmbiguousUnitError: several units have the name; the message lists them.
        UnknownUnitError: none has; the message suggests the nearest.

    >>> region("ełcki", date="2018-04-01")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    AmbiguousUnitError: ...
    >>> len(region("28").gminas)
    116
    """
    register = Gazetteer(date)
    code = register.find(unit)
    return Region(code, register.name(code), register.level(code), date)


def selection_text(units: str | Region | Sequence[str | Region]) -> str:
    """Return units given as text, region or a list of them as one selection text."""
    if isinstance(units, Region):
        return units.code
    if isinstance(units, str):
        return units
    return ",".join(unit.code if isinstance(unit, Region) else unit for unit in units)
