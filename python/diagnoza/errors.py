"""What can go wrong, as a tree.

Every exception of the library derives from :class:`DiagnozaError`; each is also the matching built-in,
so that ``except ValueError`` and ``except LookupError`` keep working in code that knows nothing of us.
"""

from __future__ import annotations

__all__ = [
    "AmbiguousUnitError",
    "CalibrationError",
    "DiagnozaError",
    "InputError",
    "InternalError",
    "MissingTableError",
    "ReadError",
    "SpecError",
    "UnknownUnitError",
]


class DiagnozaError(Exception):
    """Base of every exception the library raises on purpose."""


class InputError(DiagnozaError, ValueError):
    """A value, table or option given by the caller cannot be used; the message says what to change."""


class UnknownUnitError(InputError, LookupError):
    """No unit has this code or name; the message lists those that are near or present."""


class AmbiguousUnitError(UnknownUnitError):
    """Several units have this name (a town and a rural gmina, say); the message lists their codes."""


class ReadError(InputError):
    """A file could not be read; the message names the file, sheet, row and column."""


class SpecError(InputError):
    """A scenario or selection specification contradicts itself or asks for something unknown."""


class MissingTableError(DiagnozaError, LookupError):
    """A table of the data set that this computation needs is not there."""


class CalibrationError(DiagnozaError, ArithmeticError):
    """An official projection could not be reproduced from the rates recovered from it."""


class InternalError(DiagnozaError, RuntimeError):
    """A promise of the library itself was broken: a defect to report, not an error of the caller."""
