"""The embedded tables, one module per subject, in the order of the manifest."""

from pathlib import Path

from . import projection, register
from .table import Table


def all_tables(sources: Path) -> list[Table]:
    """Every embedded table, built from the files under `sources`."""
    subjects = (register, projection)
    return [table for subject in subjects for table in subject.tables(sources)]
