"""The report: one self-contained page for people who decide, with its tables beside it.

:func:`build` returns the page as text; :func:`write` puts it into a folder with every table as CSV, Parquet
and one workbook. The date is part of :class:`ReportData`: the same data gives the same bytes.
"""

from __future__ import annotations

from diagnoza.report.model import MapFigure, Note, ReportData, Source, WhatIf
from diagnoza.report.page import build
from diagnoza.report.writing import write

__all__ = ["MapFigure", "Note", "ReportData", "Source", "WhatIf", "build", "write"]
