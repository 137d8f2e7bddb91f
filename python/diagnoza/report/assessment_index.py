"""Many assessments as a folder: an index with a heat table, a page for every unit, the tables beside."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from diagnoza._native import __version__
from diagnoza.cli.output import replace
from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_date
from diagnoza.report.assessment import page
from diagnoza.report.assessment_heat import heat, main_peers
from diagnoza.report.assessment_words import word
from diagnoza.report.templates import template_of
from diagnoza.report.texts import text

if TYPE_CHECKING:
    import os

    from diagnoza.assessing import Assessments

__all__ = ["write"]


def write(
    assessments: Assessments, folder: str | os.PathLike[str], *, lang: str = "pl", date: str | None = None
) -> Path:
    """Write ``index.html``, ``units/CODE.html``, and the tables as CSV and Parquet; return the path of the index.

    Raises:
        InputError: the folder above is missing, or the folder is a file.
    """
    from diagnoza.report.diagnosis import EDITION

    language = check_lang(lang)
    target, day = Path(folder), date or EDITION
    format_date(day, lang)
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(target.parent)!r} does not exist: make it first")
    if target.exists() and not target.is_dir():
        raise InputError(f"{str(target)!r} is a file: name a folder")
    (target / "units").mkdir(parents=True, exist_ok=True)
    for one in assessments:
        made = page(one, lang=lang, date=day, index="../index.html")
        replace(target / "units" / f"{one.unit}.html", made.encode())
    frame = assessments.frame(lang=language)
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    replace(target / "assessment.parquet", buffer.getvalue())
    tables = {"assessment": frame, "series": assessments.series, "flags": assessments.flags, "gaps": assessments.gaps}
    for name, table in tables.items():
        replace(target / f"{name}.csv", table.write_csv().encode())
    replace(target / "index.html", _index(assessments, lang, day).encode())
    return target / "index.html"


def _index(assessments: Assessments, lang: str, day: str) -> str:
    units = list(assessments)
    return template_of("assessment_index.html.j2").render(
        lang=lang,
        w=lambda key, **values: word(key, lang, **values),
        version=__version__,
        title=word("index.title", lang, count=len(units)),
        lead=word("index.lead", lang, peers=main_peers(units, lang)),
        made=text("made", lang, date=format_date(day, lang), version=__version__),
        heat=heat(units, lang, caption=word("index.heat", lang), file="units/{}.html"),
    )
