"""Tables that come with the library, and borders."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native

if TYPE_CHECKING:
    import polars as pl

__all__ = ["borders", "table", "table_info", "tables"]


def table(name: str) -> pl.DataFrame:
    """Return an embedded table; `tables()` lists them.

    Raises:
        InputError: no table has that name; the message suggests the nearest.
    """
    import polars as pl

    return pl.DataFrame(_native.table(name))


def tables() -> pl.DataFrame:
    """List the embedded tables: name, title, publisher, date, basis, rows, status, sha256."""
    import polars as pl

    rows = [
        {
            "name": info["name"],
            "title_pl": info["title"]["pl"],
            "title_en": info["title"]["en"],
            "publisher": info["publisher"],
            "date": info["date"],
            "basis": ", ".join(info["basis"]),
            "rows": info["rows"],
            "status": info["status"],
            "sha256": info["sha256"],
        }
        for info in _manifest()
    ]
    return pl.DataFrame(rows)


def table_info(name: str) -> dict[str, Any]:
    """Return everything the manifest says of a table: source files, columns, licence, hash.

    Raises:
        InputError: no table has that name; the message suggests the nearest.
    """
    found: dict[str, Any] = json.loads(_native.table_info(name))
    return found


def borders(level: Literal["powiat", "gmina"]) -> dict[str, Any]:
    """Return the borders of the powiats or gminas of voivodeship 28 as GeoJSON; properties code and name."""
    found: dict[str, Any] = json.loads(_native.borders(level))
    return found


def embedded_title(sha256: str, lang: str) -> str | None:
    """Return publication and title of the embedded table of that hash, in `lang`; None if there is none."""
    found = next((info for info in _manifest() if info["sha256"] == sha256), None)
    return f"{found['publication']}: {found['title'][lang]}" if found else None


def embedded_name(sha256: str) -> str | None:
    """Return the name of the embedded table of that hash; None if there is none."""
    return next((str(info["name"]) for info in _manifest() if info["sha256"] == sha256), None)


@cache
def _manifest() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_native.manifest())["tables"]
    return found
