"""Selection of gminas: one specification from the frame to the chosen, with a reason for every gmina."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.errors import InputError, MissingTableError, ReadError, SpecError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Selection", "run", "select", "shipped_specs"]

Lang = Literal["pl", "en"]


@dataclass(frozen=True)
class Selection:
    """A choice with its record. Made by `select`."""

    decision: _native.Decision

    @property
    def record(self) -> dict[str, Any]:
        """Decision record: specification, hashes, rankings, ties, reasons."""
        found: dict[str, Any] = json.loads(self.record_bytes)
        return found

    @property
    def record_bytes(self) -> bytes:
        """Canonical bytes of the record: the same input gives the same bytes."""
        return self.decision.record() or b""

    @property
    def sha256(self) -> str:
        """SHA-256 of the record."""
        return self.decision.sha256() or ""

    @property
    def chosen(self) -> list[str]:
        """Codes of the gminas chosen in every optimal set."""
        codes: list[str] = self.record["result"]["chosen"]
        return codes

    @property
    def ranking(self) -> pl.DataFrame:
        """Ranking per stratum: stratum, quota, rank, unit, name, value, place, margin."""
        import polars as pl

        rows = [
            {
                "stratum": stratum["stratum"],
                "quota": stratum["quota"],
                "rank": row["rank"],
                "unit": row["code"],
                "name": row["name"],
                "value": row["values"][0]["value"],
                "place": row["place"]["place"],
                "margin": _margin(row["margin"]),
                "margin_over": (row["margin"] or {}).get("name"),
            }
            for stratum in self.record["result"]["strata"]
            for row in stratum["rows"]
        ]
        return pl.DataFrame(rows, schema_overrides={"margin": pl.Float64, "margin_over": pl.String})

    @property
    def funnel(self) -> pl.DataFrame:
        """Steps from the frame to the chosen: step, rule (pl, en), entered, left."""
        import polars as pl

        rows = [
            {
                "step": step["step"],
                "rule_pl": step["rule"]["pl"],
                "rule_en": step["rule"]["en"],
                "entered": step["entered"],
                "left": step["left"],
            }
            for step in self.record["result"]["funnel"]
        ]
        return pl.DataFrame(rows)

    @property
    def frame(self) -> pl.DataFrame:
        """Eligible gminas with what official figures say of them."""
        import polars as pl

        return pl.DataFrame(self.decision.frame())

    def reasons(self, *, lang: Lang = "pl") -> pl.DataFrame:
        """Why every gmina of the frame was or was not chosen: unit, name, outcome, reason."""
        import polars as pl

        rows = [
            {
                "unit": code,
                "name": reason["name"],
                "outcome": reason["outcome"].get("result", {}).get("place", "excluded"),
                "reason": self.explain(code, lang=lang),
            }
            for code, reason in self.record["result"]["reasons"].items()
        ]
        return pl.DataFrame(rows)

    def explain(self, unit: str, *, lang: Lang = "pl") -> str:
        """Why a gmina, by code or name, was or was not chosen."""
        return self.decision.explain(unit, lang=lang) or ""

    def _repr_html_(self) -> str:
        title = escape(self.record["result"]["title"]["pl"])
        return f"<p><b>{title}</b></p>" + str(self.ranking._repr_html_())


def select(
    spec: str | Path,
    table: str | Path | pl.DataFrame | None = None,
    *,
    decimal: Literal[".", ","] = ".",
) -> Selection:
    """Choose gminas by a specification.

    Args:
        spec: path of a specification (.toml), its text, or the name of one of `shipped_specs()`.
        table: frame (polars, pandas, pyarrow), or path of a CSV or Parquet file, with the criteria; by default
            the embedded table that the specification names.
        decimal: decimal mark of a CSV file.

    Raises:
        SpecError: the specification does not read or contradicts itself.
        MissingTableError: its table is not embedded and none was given; the message says which columns of
            which gminas are wanted. `run` gives the template and the frame instead of raising.
        ReadError: the table; the message lists every fault by row and column.
    """
    decision = run(spec, table, decimal=decimal)
    if decision.record() is None:
        raise MissingTableError(decision.missing_message())
    return Selection(decision)


def run(
    spec: str | Path,
    table: str | Path | pl.DataFrame | None = None,
    *,
    decimal: Literal[".", ","] = ".",
) -> _native.Decision:
    """Run a specification and return the decision or what is missing for one; see `select`."""
    text, name = _spec_text(spec)
    if table is None:
        return _native.select(text, file=name)
    if not isinstance(table, str | Path):
        return _native.select(text, file=name, frame=table)
    path = Path(table)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"table {path}: {error.strerror or error}") from error
    return _native.select(text, file=name, table=content, table_name=path.name, decimal=decimal)


def shipped_specs() -> dict[str, str]:
    """Specifications that come with the library: name and TOML text."""
    return dict(_native.shipped_specs())


def _spec_text(spec: str | Path) -> tuple[str, str]:
    shipped = shipped_specs()
    if isinstance(spec, str) and spec in shipped:
        return shipped[spec], f"{spec}.toml"
    if isinstance(spec, str) and "\n" in spec:
        return spec, "specification"
    path = Path(spec)
    try:
        return path.read_text(encoding="utf-8"), path.name
    except UnicodeDecodeError as error:
        raise SpecError(f"specification {path}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        names = ", ".join(shipped)
        raise InputError(
            f"specification {path}: {error.strerror or error}; shipped specifications are {names}"
        ) from error


def _margin(margin: dict[str, Any] | None) -> float | None:
    by = ((margin or {}).get("decided_by") or {}).get("by")
    return None if by is None else float(by)
