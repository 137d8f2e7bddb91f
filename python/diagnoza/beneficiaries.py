"""The two definitions of beneficiaries of social assistance, kept apart by type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from diagnoza.arguments import number
from diagnoza.errors import InputError

__all__ = ["BenefitRecipients", "HouseholdMembers"]


@dataclass(frozen=True)
class _Beneficiaries:
    """A number of people by one definition; it relates to that definition only."""

    persons: float
    """Their number."""

    INPUT: ClassVar[str]
    """Name of the input of the catalogue that holds them."""
    SOURCE: ClassVar[str]
    """Who defines and publishes them."""

    def __post_init__(self) -> None:
        found = number(f"persons of {type(self).__name__}", self.persons)
        if found < 0:
            raise InputError(f"{type(self).__name__}: {found:g} persons, expected zero or more")
        object.__setattr__(self, "persons", found)

    def per(self, base: float, population: float) -> float:
        """Return their number per `base` inhabitants."""
        people = number("population", population)
        if people <= 0:
            raise InputError(f"population is {people:g}: expected more than 0")
        return number("base", base) * self.persons / people

    def __add__(self, other: object) -> float:
        return self.persons + self._like(other, "add")

    def __sub__(self, other: object) -> float:
        return self.persons - self._like(other, "subtract")

    def __truediv__(self, other: object) -> float:
        divisor = self._like(other, "divide")
        if divisor == 0:
            raise InputError(f"cannot divide by 0 {type(self).__name__}")
        return self.persons / divisor

    def __lt__(self, other: object) -> bool:
        return self.persons < self._like(other, "compare")

    def __le__(self, other: object) -> bool:
        return self.persons <= self._like(other, "compare")

    def _like(self, other: Any, what: str) -> float:
        if type(other) is type(self):
            return float(other.persons)
        own = f"{type(self).__name__} ({self.SOURCE})"
        if isinstance(other, _Beneficiaries):
            raise InputError(
                f"cannot {what} {own} and {type(other).__name__} ({other.SOURCE}): they are two definitions of "
                "beneficiaries, which count other people"
            )
        raise InputError(f"cannot {what} {own} and {other!r}: expected {type(self).__name__}; `persons` is the number")


class HouseholdMembers(_Beneficiaries):
    """All members of the households that social assistance reached, each counted once.

    >>> import diagnoza as dg
    >>> round(dg.HouseholdMembers(2517).per(10_000, 106_985), 1)  # powiat bocheński, 2024
    235.3
    """

    INPUT = "persons_in_families_covered"
    SOURCE = "GUS, indicator 1.D.5; ROPS Kraków, IOSS 17"


class BenefitRecipients(_Beneficiaries):
    """Persons who were granted benefits of social assistance by decision, each counted once."""

    INPUT = "persons_granted_benefits"
    SOURCE = "GUS, indicator 1.B.1"
