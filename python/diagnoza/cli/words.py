"""Words that several commands share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypeAlias

__all__ = ["UNITS_HELP", "Commands", "years"]

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
else:
    Commands: TypeAlias = object

UNITS_HELP = (
    "units: subregions:28, powiats:28, gminas:28 or gminas:2816, codes (28, 2816, 2816033, PL623) or names, "
    "several separated by commas"
)


def years(text: str) -> list[int]:
    """Argument that lists years, such as 2022,2030,2050."""
    try:
        return [int(year) for year in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of years such as 2022,2030,2050") from None
