"""The embedded tables, one module per subject, in the order of the manifest."""

from pathlib import Path

from . import (
    borders,
    eurostat,
    gmina_projection,
    ioss,
    mortality,
    ozps,
    population,
    projection,
    register,
    selection,
    weekly_deaths,
    wpp,
    yearbook,
)
from .table import Table

SUBJECTS = (
    register,
    projection,
    gmina_projection,
    population,
    eurostat,
    mortality,
    weekly_deaths,
    yearbook,
    wpp,
    selection,
    ioss,
    ozps,
    borders,
)


def all_tables(sources: Path) -> list[Table]:
    """Every embedded table, built from the files under `sources`."""
    return [table for subject in SUBJECTS for table in subject.tables(sources)]
