"""Selection of gminas: one specification from the frame to the chosen, with a reason for every gmina."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.errors import InputError, MissingTableError, ReadError, SpecError

if TYPE_CHECKING:
    import os

    import polars as pl

    from diagnoza.progress import Progress
    from diagnoza.robustness import Robustness

__all__ = ["Selection", "diff_records", "replay", "run", "select", "shipped_specs", "spec_schema"]

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
        """Ranking per stratum, one row per candidate.

        Columns: stratum, quota, rank, unit, name, value (of the first criterion), score, place, margin,
        margin_over; for every criterion its variable with the value compared, and where the method says so
        ``<variable>_normalised`` and ``<variable>_contribution``.
        """
        import polars as pl

        result = self.record["result"]
        criteria = result["criteria"]
        primary = [criterion for criterion in criteria if criterion["role"] == "primary"]
        rows = []
        for stratum in result["strata"]:
            for row in stratum["rows"]:
                margin = row["margin"] or {}
                made = {
                    "stratum": stratum["stratum"],
                    "quota": stratum["quota"],
                    "rank": row["rank"],
                    "unit": row["code"],
                    "name": row["name"],
                    "value": row["values"][0]["value"],
                    "score": row["score"],
                    "place": row["place"]["place"],
                    "margin": _margin(row["margin"]),
                    "margin_over": margin.get("name"),
                }
                for criterion, value in zip(criteria, row["values"], strict=True):
                    made[_column(criterion, criteria)] = value["value"]
                for criterion, part in zip(primary, row["parts"], strict=False):
                    column = _column(criterion, criteria)
                    made[f"{column}_normalised"] = part["normalised"]
                    if part["contribution"] is not None:
                        made[f"{column}_contribution"] = part["contribution"]
                rows.append(made)
        return pl.DataFrame(
            rows, schema_overrides={"margin": pl.Float64, "margin_over": pl.String}, infer_schema_length=None
        )

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

    def why_not(self, unit: str) -> dict[str, Any]:
        """Why a gmina, by code or name, is not chosen, and the least that would bring it in.

        Keys: chosen, step (where it fell), because (pl, en), values (for every criterion the smallest change of
        its value, found by choosing again: from, enough, not_enough), weights (the nearest weights, or a
        certificate that none would do), best_set_with_it, text (pl, en). For a chosen gmina the changes are
        those that would throw it out.
        """
        found: dict[str, Any] = json.loads(self.decision.why(unit))
        return found

    def compare(self, first: str, second: str) -> dict[str, Any]:
        """Put two candidates side by side: values, which of them each criterion speaks for, scores, text."""
        found: dict[str, Any] = json.loads(self.decision.compare(first, second))
        return found

    def publication(self) -> dict[str, Any]:
        """Return what may be shown to everybody: small counts kept back by ``disclosure`` of the specification."""
        found: dict[str, Any] = json.loads(self.decision.publication())
        return found

    def replay(self, table: str | Path | pl.DataFrame | None = None) -> Selection:
        """Make the decision again from its record and compare it to the byte; see `diagnoza.replay`."""
        return replay(self.record_bytes, table)

    def robustness(
        self,
        *,
        draws: int = 2_000,
        seed: int = 1,
        at_least: Sequence[tuple[str, str]] = (),
        error: float = 0.05,
        error_law: Literal["uniform", "normal"] = "uniform",
        threads: int = 1,
        progress: Progress = True,
    ) -> Robustness:
        """Study how much the choice rests on weights, method, single criteria, and errors in the values.

        Args:
            draws: number of draws of weights, and of tables with errors.
            seed: of the draws; the same seed gives the same figures for any number of threads.
            at_least: pairs of criteria (variables) of which the first weighs at least as much as the second.
            error: relative error of the values, 0.05 for 5 per cent.
            error_law: uniform between -error and +error, or normal with that standard deviation.
            threads: threads to draw with.
            progress: a bar that shows after a second, nothing, or a function of the steps done and all of them.

        Raises:
            InputError: a setting is out of range, or a variable is no primary criterion.
        """
        from diagnoza.arguments import check_word, number, whole
        from diagnoza.progress import bar
        from diagnoza.robustness import Robustness

        criteria = [c["variable"] for c in self.record["spec"]["criteria"] if c.get("role", "primary") == "primary"]
        unknown = [name for pair in at_least for name in pair if name not in criteria]
        if unknown:
            raise InputError(f"at_least: {unknown[0]!r} is no primary criterion; there are {', '.join(criteria)}")
        check_word("error_law", error_law, ("uniform", "normal"))
        settings = {
            "draws": whole("draws", draws, lowest=1),
            "seed": whole("seed", seed),
            "at_least": [[criteria.index(first), criteria.index(second)] for first, second in at_least],
            "error_law": error_law,
            "error_size": number("error", error),
        }
        workers = whole("threads", threads, lowest=1)
        with bar("draws", progress) as tell:
            found = _native.robustness(self.decision, settings=json.dumps(settings), threads=workers, progress=tell)
        names = {code: reason["name"] for code, reason in self.record["result"]["reasons"].items()}
        return Robustness(json.loads(found), names, tuple(criteria))

    def to_html(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        lang: Lang = "pl",
        robustness: bool | Robustness | None = None,
        date: str | None = None,
    ) -> str:
        """Return the selection as one self-contained page for people who decide and audit; write it to `path` if given.

        With ``disclosure`` in the specification the page is the view for publication.

        Args:
            path: file ending in .html.
            lang: language of the page.
            robustness: True or False, or a study made by `robustness`; by default a study is made where it is quick.
            date: date printed on the page, YYYY-MM-DD; by default that of the embedded data set.

        Raises:
            InputError: the language, the date, the ending, or a study of another selection.
        """
        from diagnoza.cli.output import replace
        from diagnoza.files import html_file
        from diagnoza.report.selection import page

        target = None if path is None else html_file(path)
        made = page(self, lang=lang, robustness=robustness, date=date)
        if target is not None:
            replace(target, made.encode())
        return made

    def _repr_html_(self) -> str:
        result = self.record["result"]
        names = {row["code"]: row["name"] for one in result["strata"] for row in one["rows"]}
        chosen = ", ".join(f"{names[code]} ({code})" for code in result["chosen"])
        tied = result["tied_sets"]
        lines = [f"<p><b>{escape(result['title']['pl'])}</b><br>wybrane: {escape(chosen or '-')}"]
        if tied:
            lines.append(f"<br>remis: {escape(str(tied['count']))} równie dobrych zestawów")
        shown = self.ranking.select("stratum", "rank", "name", "value", "score", "place", "margin", "margin_over")
        return "".join(lines) + "</p>" + str(shown._repr_html_())


def select(
    spec: str | Path | Mapping[str, Any],
    table: str | Path | pl.DataFrame | None = None,
    *,
    decimal: Literal[".", ","] = ".",
) -> Selection:
    """Choose gminas by a specification.

    Args:
        spec: path of a specification (.toml, or .json), its text, the name of one of `shipped_specs()`, or a
            mapping (or dataclass) of the same keys; see `spec_schema`.
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
    spec: str | Path | Mapping[str, Any],
    table: str | Path | pl.DataFrame | None = None,
    *,
    decimal: Literal[".", ","] = ".",
) -> _native.Decision:
    """Run a specification and return the decision or what is missing for one; see `select`."""
    text, name = spec_text(spec)
    return _native.select(text, file=name, **table_arguments(table, decimal))


def replay(
    record: str | Path | bytes,
    table: str | Path | pl.DataFrame | None = None,
    *,
    decimal: Literal[".", ","] = ".",
) -> Selection:
    """Make the decision of a record again and compare it to the byte.

    Args:
        record: path of a record, or its bytes.
        table: the table of the decision, in any file; by default the embedded one that the record names.
        decimal: decimal mark of a CSV file.

    Raises:
        InputError: the version, the values or the result are not those of the record; the message says which.
    """
    content, name = _record(record)
    return Selection(_native.replay_decision(content, file=name, **table_arguments(table, decimal)))


def diff_records(first: str | Path | bytes, second: str | Path | bytes) -> dict[str, Any]:
    """Say what differs between two records.

    Keys: same, library, spec (keys of the specification: path, first, second), table, result, only_first,
    only_second, both (codes chosen), text (pl, en).
    """
    given = {"first": first, "second": second}
    # two records mostly have the same file name, so that messages need the whole path
    named = [
        (_record(one)[0], f"{which} record" if isinstance(one, bytes) else f"record {one}")
        for which, one in given.items()
    ]
    found: dict[str, Any] = json.loads(_native.diff_records(*named))
    return found


def spec_schema() -> dict[str, Any]:
    """Return the JSON Schema of specifications, for editors and forms."""
    found: dict[str, Any] = json.loads(_native.spec_schema())
    return found


def table_arguments(table: str | Path | pl.DataFrame | None, decimal: str) -> dict[str, Any]:
    """Return the arguments of the native part for a table."""
    if table is None:
        return {}
    if not isinstance(table, str | Path):
        return {"frame": table}
    path = Path(table)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"table {path}: {error.strerror or error}") from error
    return {"table": content, "table_name": path.name, "decimal": decimal}


def _record(record: str | Path | bytes) -> tuple[bytes, str]:
    if isinstance(record, bytes):
        return record, "record"
    path = Path(record)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise InputError(f"record {path}: {error.strerror or error}") from error


def shipped_specs() -> dict[str, str]:
    """Specifications that come with the library: name and TOML text."""
    return dict(_native.shipped_specs())


def spec_text(spec: str | Path | Mapping[str, Any]) -> tuple[str, str]:
    if is_dataclass(spec) and not isinstance(spec, type):
        spec = asdict(spec)
    if isinstance(spec, Mapping):
        try:
            return json.dumps(dict(spec), default=_json_form, ensure_ascii=False, allow_nan=False), "given"
        except (TypeError, ValueError) as error:
            raise SpecError(f"specification: {error}") from error
    shipped = shipped_specs()
    if isinstance(spec, str) and spec in shipped:
        return shipped[spec], f"{spec}.toml"
    if isinstance(spec, str) and ("\n" in spec or spec.lstrip().startswith("{")):
        return spec, "given"
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


def _json_form(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} ({type(value).__name__}) has no place in a specification")


def _column(criterion: dict[str, Any], criteria: list[dict[str, Any]]) -> str:
    """Return the name of a criterion's column: its variable, with the year where two years are there."""
    same = [other for other in criteria if other["variable"] == criterion["variable"]]
    variable: str = criterion["variable"]
    return variable if len(same) == 1 else f"{variable}@{criterion['year']}"


def _margin(margin: dict[str, Any] | None) -> float | None:
    by = ((margin or {}).get("decided_by") or {}).get("by")
    return None if by is None else float(by)
