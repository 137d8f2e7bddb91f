"""Coverage targets: how far a register of support has come towards the targets of a programme."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from diagnoza import _native
from diagnoza.arguments import check_word
from diagnoza.errors import InputError, SpecError
from diagnoza.files import html_file
from diagnoza.labels import Lang, check_lang, format_number

if TYPE_CHECKING:
    import os

    import altair as alt
    import polars as pl

__all__ = ["Coverage", "counted", "coverage", "coverage_template", "shipped_targets"]

Keys = Literal["exact", "trim", "trim_case"]
PeriodStep = Literal["year", "half", "quarter", "month"]
Table = Literal["targets", "periods", "territory"]

_COLUMNS = ("person", "institution", "unit", "form", "module", "hours", "date", "role")
_TARGETS = (
    "target:text name:text counts:text needed:number achieved:number percent:number missing:number frame:whole "
    "share:number incomplete:whole rows_counted:whole rows_same:whole rows_of_other_kind:whole rows_left_out:whole "
    "status:text remarks:text"
)
_PERIODS = "target:text period:text rows:whole keys:whole hours:number new:number cumulated:number"
_TERRITORY = "target:text level:text unit:text name:text rows:whole keys:whole complete:whole hours:number"
_COUNTED = {
    "persons": ("osoby", "persons"),
    "institutions": ("instytucje", "institutions"),
    "gminas": ("gminy", "gminas"),
    "powiats": ("powiaty", "powiats"),
    "gminas_and_powiats": ("gminy i powiaty", "gminas and powiats"),
    "hours": ("godziny", "hours"),
}


@dataclass(frozen=True)
class Coverage:
    """Targets counted on a register of support. Made by `coverage`.

    The tables are the full view: small counts of persons are not for publication.
    """

    record: dict[str, Any]
    """Everything: targets, double counting, rows left out, methods, hash of the register."""
    ignored: tuple[str, ...]
    """Columns of the register that mean nothing here."""

    @property
    def targets(self) -> list[dict[str, Any]]:
        """Targets with all their parts, in the order of the set."""
        found: list[dict[str, Any]] = self.record["targets"]
        return found

    def frame(self, by: Table = "targets", *, lang: Lang = "pl") -> pl.DataFrame:
        """Return one of the tables.

        Args:
            by: ``targets``: target, name, counts, needed, achieved, percent, missing, frame, share, incomplete
                (with rows, the condition on hours or modules not met), rows_counted, rows_same,
                rows_of_other_kind, rows_left_out, status, remarks; null is not known.
                ``periods``: target, period, rows, keys (distinct in the period), hours, new, cumulated (no key
                twice). ``territory``: target, level, unit, name, rows, keys, complete, hours; unit null for rows of
                no unit of that level. Keys of periods and of units do not add up where a key is in several.
            lang: language of names and remarks.
        """
        check_lang(lang)
        check_word("by", by, get_args(Table))
        import polars as pl

        if by == "targets":
            return pl.DataFrame([_target_row(target, lang) for target in self.targets], schema=_typed(_TARGETS))
        if by == "periods":
            rows = [{"target": target["id"], **period} for target in self.targets for period in target["periods"]]
            return pl.DataFrame(rows, schema=_typed(_PERIODS))
        rows = [_territory_row(target["id"], place) for target in self.targets for place in target["territory"]]
        return pl.DataFrame(rows, schema=_typed(_TERRITORY))

    @cached_property
    def double_counting(self) -> pl.DataFrame:
        """Keys in several rows: kind, key, rows, periods, forms, units, institutions (lists)."""
        import polars as pl

        rows = self.record["double_counting"]["repeats"]
        texts = dict.fromkeys(("periods", "forms", "units", "institutions"), pl.List(pl.String))
        return pl.DataFrame(rows, schema={"kind": pl.String, "key": pl.String, "rows": pl.List(pl.Int64), **texts})

    @property
    def same_rows(self) -> list[tuple[int, int]]:
        """Rows equal to an earlier one in every field, counted once, each with that row."""
        return [(same["row"], same["of"]) for same in self.record["double_counting"]["same_rows"]]

    @property
    def alike(self) -> list[list[str]]:
        """Keys that differ only in case, spaces or punctuation: counted apart, look whether they are the same."""
        found: list[list[str]] = self.record["double_counting"]["alike"]
        return found

    @property
    def left_out(self) -> pl.DataFrame:
        """Rows not counted: row, target (null: no target can count it), reason, got, because_pl, because_en."""
        import polars as pl

        rows = [
            {**left, "because_pl": left["because"]["pl"], "because_en": left["because"]["en"]}
            for left in self.record["left_out"]
        ]
        texts = dict.fromkeys(("target", "reason", "got", "because_pl", "because_en"), pl.String)
        return pl.DataFrame(rows, schema={"row": pl.Int64, **texts})

    @property
    def missing_units(self) -> pl.DataFrame:
        """Units and listed institutions without support: target, unit, name; not known: no rows of the target."""
        import polars as pl

        rows: list[dict[str, Any]] = []
        for target in self.targets:
            rows += [{"target": target["id"], **unit} for unit in target["without_support"] or ()]
            institutions = target["institutions_without_support"] or ()
            rows += [{"target": target["id"], "unit": None, "name": key} for key in institutions]
        return pl.DataFrame(rows, schema={"target": pl.String, "unit": pl.String, "name": pl.String})

    @property
    def unmatched(self) -> pl.DataFrame:
        """Forms, roles and modules of rows that are the matter of no target: a misspelling shows here."""
        import polars as pl

        schema = {"form": pl.String, "role": pl.String, "module": pl.String, "rows": pl.Int64}
        return pl.DataFrame(self.record["unmatched"], schema=schema)

    def chart(self, *, lang: Lang = "pl", title: str | None = None) -> alt.LayerChart:
        """Draw a bar per target with its periods, the line of the target and what is missing."""
        from diagnoza.plot.target_progress import target_progress

        return target_progress(self, lang=lang, title=title)

    def to_html(self, path: str | os.PathLike[str] | None = None, *, lang: Lang = "pl") -> str:
        """Return targets, periods, territory, double counting and rows left out as one page; write it if wanted.

        The page holds no keys of persons, but small counts: it is not for publication.

        Args:
            path: file ending in .html.
            lang: language of the page.
        """
        from diagnoza.cli.output import replace
        from diagnoza.report.coverage import page

        made = page(self, lang=lang)
        if path is not None:
            replace(html_file(path), made.encode())
        return made

    def summary(self, *, lang: Lang = "pl") -> list[str]:
        """Sentences on the register: rows, persons, rows counted once, left out, keys to look at."""
        check_lang(lang)
        polish = lang == "pl"
        double = self.record["double_counting"]
        number = {key: format_number(double[key], lang) for key in ("rows", "persons", "institutions")}
        faulty = double["rows"] - double["sound_rows"]
        lines = [
            f"Wierszy: {number['rows']}; różnych osób: {number['persons']}; różnych instytucji: "
            f"{number['institutions']}."
            if polish
            else f"Rows: {number['rows']}; distinct persons: {number['persons']}; distinct institutions: "
            f"{number['institutions']}."
        ]
        notes = [
            (faulty, "Wierszy z błędem, nieliczonych: {}.", "Rows with a fault, not counted: {}."),
            (
                len(double["same_rows"]),
                "Wierszy powtórzonych w całości, policzonych raz: {}.",
                "Rows repeated in full, counted once: {}.",
            ),
            (
                len(double["repeats"]),
                "Kluczy osób i instytucji w kilku wierszach: {}.",
                "Keys of persons and institutions in several rows: {}.",
            ),
            (
                len(double["alike"]),
                "Grup podobnych kluczy, liczonych osobno: {} (sprawdź).",
                "Groups of similar keys, counted apart: {} (check them).",
            ),
            (
                sum(row["rows"] for row in self.record["unmatched"]),
                "Wierszy, których nie dotyczy żaden cel (forma, rola lub moduł): {}.",
                "Rows that are no target's matter (form, role or module): {}.",
            ),
            (
                double["pesel_like"],
                "Kluczy osób będących numerem PESEL: {}; zastąp je pseudonimami.",
                "Keys of persons that are PESEL numbers: {}; replace them by pseudonyms.",
            ),
        ]
        lines += [(pl if polish else en).format(format_number(count, lang)) for count, pl, en in notes if count]
        if self.ignored:
            lines.append(("Pominięte kolumny: " if polish else "Columns left aside: ") + ", ".join(self.ignored) + ".")
        return lines

    def _repr_html_(self) -> str:
        rows = []
        for target in self.targets:
            percent = "–" if target["percent"] is None else f"{format_number(target['percent'], 'pl', decimals=1)} %"
            cells = (
                escape(target["name"]["pl"]),
                _COUNTED[target["counts"]][0],
                format_number(target["achieved"], "pl"),
                "nieznany" if target["needed"] is None else format_number(target["needed"], "pl"),
                percent,
                "–" if target["missing"] is None else format_number(target["missing"], "pl"),
            )
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        head = "".join(f"<th>{name}</th>" for name in ("Cel", "Liczone", "Osiągnięto", "Cel", "%", "Brakuje"))
        lines = "<br>".join(escape(line) for line in self.summary())
        title = escape(self.record["title"]["pl"])
        return f"<p><b>{title}</b></p><table><tr>{head}</tr>{''.join(rows)}</table><p>{lines}</p>"


def coverage(
    register: str | Path | pl.DataFrame,
    *,
    targets: str | Path,
    frames: Mapping[str, int | Sequence[str]] | None = None,
    keys: Keys = "trim",
    period: PeriodStep = "year",
    encoding: Literal["utf-8", "windows-1250"] | None = None,
) -> Coverage:
    """Count distinct people and units of a register of support towards targets.

    Args:
        register: a file (.csv, .xlsx, .parquet) or a frame with the columns of `coverage_template`; date and
            person or institution are needed. Polish headers (osoba, instytucja, jednostka, forma, moduł,
            godziny, data, rola) do too.
        targets: a set of targets (.toml), its text, or the name of one of `shipped_targets()`.
        frames: by target, of what a share is taken where the set does not say: the number of units, or a list
            of them (codes or names; keys for institutions). With a list, the missing ones are named.
        keys: how keys are made equal: exact, trim (spaces at the ends), trim_case (and case). Nothing is
            guessed beyond that.
        period: length of the periods.
        encoding: of a CSV file, utf-8 by default.

    Raises:
        SpecError: the targets contradict themselves; the message names the target.
        ReadError: the register has no such columns; faults of single rows are in `left_out`.
    """
    check_word("keys", keys, get_args(Keys))
    check_word("period", period, get_args(PeriodStep))
    given = json.dumps({name: _frame(name, frame) for name, frame in (frames or {}).items()})
    options: dict[str, Any] = {"frames": given, "keys": keys, "step": period}
    text = _targets_text(targets)
    if isinstance(register, str | Path) and Path(register).suffix.lower() != ".parquet":
        found, ignored = _native.coverage(text, path=str(register), encoding=encoding, **options)
    else:
        found, ignored = _native.coverage(text, columns=_columns(register), **options)
    # a sum of no hours is minus zero: people read 0
    return Coverage(json.loads(found, parse_float=lambda digits: float(digits) + 0.0), tuple(ignored))


def counted(what: str, lang: str) -> str:
    """Return what a target counts in words: persons, institutions, gminas, powiats, hours."""
    return _COUNTED[what][0 if check_lang(lang) == "pl" else 1]


def coverage_template() -> str:
    """Return an empty register of support as CSV text: its header."""
    return ",".join(_COLUMNS) + "\n"


def shipped_targets() -> dict[str, str]:
    """Sets of targets that come with the library: name and TOML text."""
    return dict(_native.shipped_targets())


def _frame(name: str, frame: int | Sequence[str]) -> dict[str, Any]:
    if isinstance(frame, bool) or isinstance(frame, str):
        raise InputError(f"frames[{name!r}] is {frame!r}: expected the number of units or a list of them")
    if isinstance(frame, int):
        if not 0 < frame < 2**32:
            raise InputError(f"frames[{name!r}] is {frame}: expected a number of units above 0")
        return {"number": frame}
    return {"listed": [str(unit) for unit in frame]}


def _targets_text(targets: str | Path) -> str:
    shipped = shipped_targets()
    if isinstance(targets, str) and targets in shipped:
        return shipped[targets]
    if isinstance(targets, str) and "\n" in targets:
        return targets
    path = Path(targets)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"targets {path}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        names = ", ".join(shipped)
        raise InputError(f"targets {path}: {error.strerror or error}; shipped sets are {names}") from error


def _columns(register: Any) -> list[tuple[str, list[str | None]]]:
    """Columns of a frame or Parquet file as text; days and numbers as people write them."""
    import polars as pl

    if isinstance(register, str | Path):
        try:
            frame = pl.read_parquet(register)
        except OSError as error:
            raise InputError(f"{register}: {error.strerror or error}") from error
        except pl.exceptions.PolarsError as error:
            raise InputError(f"{register}: not a readable Parquet file: {error}") from error
    else:
        try:
            frame = register if isinstance(register, pl.DataFrame) else pl.DataFrame(register)
        except (TypeError, ValueError) as error:
            raise InputError(f"register: expected a file or a frame, not a {type(register).__name__}") from error
    return [
        (name, [None if value is None else _text(value) for value in frame[name].to_list()]) for name in frame.columns
    ]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _target_row(target: dict[str, Any], lang: Lang) -> dict[str, Any]:
    rows = target["rows"]
    return {
        **target,
        "target": target["id"],
        "name": target["name"][lang],
        **{f"rows_{key}": rows[key] for key in ("counted", "same", "of_other_kind", "left_out")},
        "remarks": " ".join(remark[lang] for remark in target["remarks"]),
    }


def _territory_row(target: str, place: dict[str, Any]) -> dict[str, Any]:
    unit = place["unit"] or {"unit": None, "name": None}
    return {**place, "target": target, "unit": unit["unit"], "name": unit["name"]}


def _typed(columns: str) -> dict[str, Any]:
    """Schema of columns written as ``name:kind``."""
    import polars as pl

    kinds = {"text": pl.String, "whole": pl.Int64, "number": pl.Float64}
    return {name: kinds[kind] for name, kind in (column.split(":") for column in columns.split())}
