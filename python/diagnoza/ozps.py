r"""OZPS, the resource assessment of social assistance: editions of the form, reading, checking, shifting, templates.

>>> from diagnoza import ozps
>>> form = ozps.read("row;2012;2013;2014\n10;562;608;483\n11;287;327;484\n".encode())
>>> form.edition, form.year
('ozps_2012_2014', 2014)
>>> form.violations.select("file_row", "rule", "found", "expected").rows()
[(2, 'at_most', 484.0, 483.0)]
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from diagnoza import _native
from diagnoza.arguments import check_word, whole_if_given
from diagnoza.errors import InputError, ReadError, SpecError

if TYPE_CHECKING:
    import polars as pl
    from typing_extensions import Unpack

__all__ = ["Edition", "Form", "Options", "edition", "editions", "empty", "read", "read_all", "template"]

Lang = Literal["pl", "en"]
Column = Literal["year_minus_2", "year_minus_1", "assessed", "forecast_1", "forecast_2"]
Encoding = Literal["utf-8", "windows-1250"]
UnitKind = Literal["gmina", "powiat", "city_powiat", "voivodeship"]


class Options(TypedDict, total=False):
    """How `read` reads a form; see `read_all`."""

    edition: str | Path | Edition | None
    unit: str | None
    unit_kind: UnitKind | None
    year: int | None
    zero: Literal["by_unit", "value", "below_unit"] | None
    dot: Literal["not_reported", "suppressed"] | None
    dash: Literal["refuse", "zero", "not_reported"] | None
    partial: bool | None
    encoding: Encoding | None
    strict: bool
    lang: Lang


@dataclass(frozen=True)
class Edition:
    """An edition of the form: chapters and rows as printed, with what is known of them and how surely."""

    spec: dict[str, Any]
    """What its file says."""

    @property
    def name(self) -> str:
        """Name in code and files."""
        return str(self.spec["name"])

    def frame(self) -> pl.DataFrame:
        """Rows: chapter, row, label, label_en, unit_of_measure, content, moment, identity, input, status, details,
        source; status is of number and label, details of unit, moment and identity.
        """  # noqa: D205
        import polars as pl

        rows = [
            {
                "chapter": chapter["number"],
                "row": row["number"],
                "label": row["label"],
                "label_en": row.get("label_en"),
                "unit_of_measure": row["unit"],
                "content": row["content"] if isinstance(row["content"], str) else "decimal",
                "moment": row["moment"],
                "identity": row["identity"] or None,
                "input": row.get("input"),
                "status": row["status"],
                "details": row["details"],
                "source": row["source"] or chapter["source"] or self.spec["source"],
            }
            for chapter in self.spec["chapter"]
            for row in chapter["row"]
        ]
        words = ("label", "label_en", "unit_of_measure", "content", "moment", "identity", "input")
        return pl.DataFrame(
            rows,
            schema={"chapter": pl.String, "row": pl.Int64}
            | dict.fromkeys((*words, "status", "details", "source"), pl.String),
        )

    def _repr_html_(self) -> str:
        return f"<p><b>{escape(self.spec['title']['pl'])}</b> ({escape(self.name)})</p>" + str(
            self.frame()._repr_html_()
        )


@dataclass(frozen=True)
class Form:
    """A form as read, with everything that is wrong with it. Made by `read`, `empty` or `Form.shift`."""

    native: _native.OzpsForm
    lang: Lang = "pl"
    """Language of labels and messages."""

    @property
    def _about(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.native.about())
        return found

    @property
    def unit(self) -> str | None:
        """TERYT code; None if the form does not say it."""
        unit: str | None = self._about["unit"]
        return unit

    @property
    def unit_name(self) -> str | None:
        """Name of the unit as the form writes it."""
        name: str | None = self._about["unit_name"]
        return name

    @property
    def unit_kind(self) -> str:
        """Kind of the unit: gmina, powiat, city_powiat or voivodeship."""
        return str(self._about["unit_kind"])

    @property
    def year(self) -> int | None:
        """Assessed year; None if the form does not say it."""
        year: int | None = self._about["year"]
        return year

    @property
    def edition(self) -> str:
        """Name of the edition."""
        return str(self._about["edition"])

    @property
    def symbols(self) -> dict[str, str]:
        """How ``0``, ``.`` and ``-`` were read."""
        symbols: dict[str, str] = self._about["symbols"]
        return symbols

    @property
    def source(self) -> dict[str, str]:
        """Publisher, title, date and SHA-256 of the file."""
        source: dict[str, str] = self._about["source"]
        return source

    @property
    def notes(self) -> list[str]:
        """What was read in a way that a reader should know, in the language of the form."""
        return [note[self.lang] for note in self._about["notes"]]

    @property
    def violations(self) -> pl.DataFrame:
        """Everything that is wrong, by place: file, sheet, file_row, file_column, chapter, row, label, column, year,
        rule, found, expected (the two numbers), message.
        """  # noqa: D205
        import polars as pl

        return pl.DataFrame(self.native.violations(self.lang == "en"))

    @property
    def unchecked(self) -> pl.DataFrame:
        """Identities that could not be checked in full: identity, column, lacking (rows without a number)."""
        import polars as pl

        schema: dict[str, Any] = {"identity": pl.String, "column": pl.String, "lacking": pl.List(pl.String)}
        return pl.DataFrame(self._about["unchecked"], schema=schema)

    def frame(self) -> pl.DataFrame:
        """Fields in long form: unit, chapter, row, label, column, year, unit_of_measure, value, text, state.

        ``state`` is value, text, not_reported, below_unit, suppressed or not_applicable. Written as CSV it reads back.
        """
        import polars as pl

        return pl.DataFrame(self.native.frame(self.lang == "en"))

    def inputs(self, column: Column = "assessed") -> pl.DataFrame:
        """Counts of a column by the names under which indicators ask for them: unit, year, input, value, state."""
        import polars as pl

        return pl.DataFrame(self.native.inputs(column))

    def shift(
        self, edition: str | Path | Edition | None = None, *, forecasts: Literal["drop", "carry"] = "drop"
    ) -> Form:
        """Begin the next year's form: this year's columns one to the left, the assessed year empty.

        Args:
            edition: of the next year; by default the same.
            forecasts: ``drop`` them, or ``carry`` the second, which becomes the first.
        """
        key = None if edition is None else _key(edition)
        return Form(self.native.shift(key, forecasts=forecasts), self.lang)

    def to_bytes(self, kind: Literal["csv", "xlsx"]) -> bytes:
        """The form as it is laid out; the same form gives the same bytes."""
        from diagnoza.ozps_workbook import workbook

        check_word("kind", kind, ("csv", "xlsx"))
        if kind == "csv":
            text: str = self.native.template_csv()
            return text.encode()
        return workbook(json.loads(self.native.template()), self.year)

    def write(self, path: str | Path) -> Path:
        """Write the form as it is laid out, .csv or .xlsx; `read` reads it back."""
        path = Path(path)
        kind = path.suffix.removeprefix(".")
        if kind not in ("csv", "xlsx"):
            raise InputError(f"{path}: the ending must be .csv or .xlsx")
        content = self.to_bytes(kind)  # type: ignore[arg-type]
        try:
            path.write_bytes(content)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from error
        return path

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the form; its violations are found again."""
        return (_from_json, (self.native.json(), self.lang))

    def _repr_html_(self) -> str:
        from diagnoza.ozps_table import html

        return html(self)


def editions() -> pl.DataFrame:
    """List the editions: name, title_pl, title_en, first_year, last_year, unit_kinds, rows (known), source, notes.

    >>> editions().filter(name="ozps_2012_2014")["rows"].item()
    24
    """
    import polars as pl

    rows = [
        {
            "name": spec["name"],
            "title_pl": spec["title"]["pl"],
            "title_en": spec["title"]["en"],
            "first_year": spec["first_year"],
            "last_year": spec.get("last_year"),
            "unit_kinds": spec["unit_kinds"],
            "rows": sum(len(chapter["row"]) for chapter in spec["chapter"]),
            "source": spec["source"],
            "notes": spec["notes"],
        }
        for spec in json.loads(_native.ozps_editions())
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def edition(name: str | Path) -> Edition:
    """Return an edition by name (``"ozps_2012_2014"``), assessed year (``"2014"``), or from its file (.toml).

    Raises:
        InputError: there is none of that name; the message lists the names.
        SpecError: the file contradicts itself; the message lists every contradiction.
    """
    return Edition(json.loads(_native.ozps_edition(_key(name))))


def read(source: str | Path | bytes, **options: Unpack[Options]) -> Form:
    """Read the one form of a file, CSV or XLSX; see `read_all` for the options.

    Raises:
        ReadError: there is no form to read, or several; with ``strict=True`` also if anything is wrong in it.
    """
    forms = read_all(source, **options)
    if len(forms) != 1:
        raise ReadError(f"{_name(source)}: the file holds {len(forms)} forms: read_all reads them")
    return forms[0]


def read_all(
    source: str | Path | bytes,
    *,
    edition: str | Path | Edition | None = None,
    unit: str | None = None,
    unit_kind: UnitKind | None = None,
    year: int | None = None,
    zero: Literal["by_unit", "value", "below_unit"] | None = None,
    dot: Literal["not_reported", "suppressed"] | None = None,
    dash: Literal["refuse", "zero", "not_reported"] | None = None,
    partial: bool | None = None,
    encoding: Encoding | None = None,
    strict: bool = False,
    lang: Lang = "pl",
) -> list[Form]:
    """Read every form of a file, CSV or XLSX: as printed, wide or tidy. Faults are listed, reading never stops at one.

    Args:
        source: path, or the bytes of a file.
        edition: name, assessed year or file (.toml); by default the one the file names, else that of its year.
        unit: code or name; by default the one the file names.
        unit_kind: where no code says it.
        year: assessed year; by default the one the file names, else the third year of its columns.
        zero: what ``0`` says: a zero in rows of whole units and below the unit in rows with decimals (``by_unit``,
            as the editions have it), a ``value`` everywhere, or ``below_unit`` everywhere.
        dot: what ``.`` says: no information, as in OZPS, or withheld for secrecy, as in GUS's data bank.
        dash: what ``-`` says, which OZPS does not define: a fault to list, a zero as in GUS's tables, or no
            information.
        partial: whether rows may be absent; by default not in tables as printed.
        encoding: of a text; windows-1250 has to be declared.
        strict: raise if anything is wrong, with the whole list.
        lang: language of labels and messages.

    Raises:
        ReadError: there is no form to read; with ``strict`` the list of all violations.
    """
    check_word("lang", lang, ("pl", "en"))
    found = _native.ozps_read(
        _content(source),
        _name(source),
        edition=None if edition is None else _key(edition),
        unit=unit,
        unit_kind=unit_kind,
        year=whole_if_given("year", year),
        zero=zero,
        dot=dot,
        dash=dash,
        partial=partial,
        encoding=encoding,
    )
    forms = [Form(native, lang) for native in found]
    if strict:
        messages = [message for form in forms for message in form.violations["message"]]
        if messages:
            raise ReadError("\n".join((f"{_name(source)}: {len(messages)} violations", *messages)))
    return forms


def empty(unit: str, *, edition: str | Path | Edition, year: int | None = None, lang: Lang = "pl") -> Form:
    """Return an empty form of a unit, by code or name.

    Args:
        unit: code or name.
        edition: name, assessed year or file (.toml).
        year: assessed year; by default the year given as edition, else the last year of the edition.
        lang: language of labels and messages.
    """
    check_word("lang", lang, ("pl", "en"))
    key = _key(edition)
    if year is None and key.isdigit():
        year = int(key)
    if year is None:
        spec = json.loads(_native.ozps_edition(key))
        year = spec.get("last_year")
    if year is None:
        raise InputError(f"edition {edition}: it is still in use, so the assessed year has to be given (year=)")
    found = whole_if_given("year", year)
    return Form(_native.ozps_empty(unit, key, found or 0), lang)


def template(unit: str, *, edition: str | Path | Edition, path: str | Path, year: int | None = None) -> Path:
    """Write an empty template of a unit's form, .csv or .xlsx, with the names filled in.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> path = template("Pisz", edition="2014", path=f"{folder}/pisz.csv")
    >>> read(path).unit_name
    'Pisz'
    """
    return empty(unit, edition=edition, year=year).write(path)


def _from_json(text: str, lang: Lang) -> Form:
    return Form(_native.ozps_from_json(text), lang)


def _key(edition: str | Path | Edition) -> str:
    """Name, year or text of an edition as the native part takes it."""
    if isinstance(edition, Edition):
        return json.dumps(edition.spec)
    if isinstance(edition, int):
        return str(edition)
    if isinstance(edition, str) and ("\n" in edition or not edition.endswith(".toml")):
        return edition
    path = Path(edition)
    try:
        return path.read_text(encoding="utf-8") + "\n"
    except UnicodeDecodeError as error:
        raise SpecError(f"edition {path}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise InputError(f"edition {path}: {error.strerror or error}") from error


def _name(source: str | Path | bytes) -> str:
    return "form" if isinstance(source, bytes | bytearray) else Path(source).name


def _content(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes | bytearray):
        return bytes(source)
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}") from error
