"""The assessment of units: values with trend, the place among peers, what stands out and why, what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from diagnoza import _native
from diagnoza.arguments import check_word, number, whole
from diagnoza.assessment_texts import gap_sentence, sentence
from diagnoza.errors import InputError, UnknownUnitError
from diagnoza.files import html_file
from diagnoza.labels import check_lang
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    import os

    import polars as pl

    from diagnoza.form_assessing import PeersFrom

__all__ = ["Assessment", "Assessments", "assess", "class_breaks"]

Peers = Literal["kind", "powiat", "subregion", "voivodeship"]
Direction = Literal["higher_favourable", "lower_favourable", "not_stated"]
Lang = Literal["pl", "en"]

PEERS: Final[tuple[Peers, ...]] = ("kind", "voivodeship", "subregion", "powiat")
CLASS_METHODS: Final = ("quantile", "equal_interval", "jenks")


@dataclass(frozen=True)
class Assessment:
    """What is known of one unit. An item of `Assessments`."""

    record: dict[str, Any]
    """Unit, indicators with series, trend and standings, flags, gaps, provenance."""
    indicators: dict[str, dict[str, Any]]
    """What the table says of every indicator, by id."""
    settings: dict[str, Any]
    """Parameters of the rules."""
    origins: Mapping[str, PeersFrom] = field(default_factory=dict)
    """Where the peers of a form's indicators come from, by indicator; empty if all are of one table."""

    @property
    def unit(self) -> str:
        """Code of the unit."""
        return str(self.record["unit"])

    @property
    def name(self) -> str:
        """Name of the unit; not unique."""
        return str(self.record["name"])

    @property
    def flags(self) -> pl.DataFrame:
        """What stands out, most pressing first: indicator, year, rule, judgement, peers, reason_pl, reason_en."""
        return _flags([self])

    @property
    def gaps(self) -> pl.DataFrame:
        """Values asked for and not known: indicator, label_pl, label_en, year, reason, reason_pl, reason_en."""
        return _gaps([self])

    def to_html(self, path: str | os.PathLike[str] | None = None, *, lang: Lang = "pl", date: str | None = None) -> str:
        """Return the assessment as one self-contained page for people who decide; write it to `path` if given.

        Args:
            path: file ending in .html.
            lang: language of the page.
            date: date printed on it, YYYY-MM-DD; by default that of the embedded data set.
        """
        from diagnoza.cli.output import replace
        from diagnoza.report.assessment import page

        made = page(self, lang=lang, date=date)
        if path is not None:
            replace(html_file(path), made.encode())
        return made

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.name)}</b> ({escape(self.unit)})</p>"
        items = "".join(f"<li>{escape(sentence(self, flag, 'pl'))}</li>" for flag in self.record["flags"])
        return head + (f"<ul>{items}</ul>" if items else "<p>Nic nie odbiega od porównywanych jednostek.</p>")


@dataclass(frozen=True)
class Assessments:
    """Assessments of units on one table. Made by `assess`."""

    native: _native.Assessments
    origins: Mapping[str, Mapping[str, PeersFrom]] = field(default_factory=dict)
    """Of forms: where the peers come from, by unit and indicator. See `diagnoza.assess_forms`."""

    @cached_property
    def record(self) -> dict[str, Any]:
        """Everything: indicators, peers, settings, units."""
        found: dict[str, Any] = json.loads(self.native.json())
        return found

    @cached_property
    def units(self) -> dict[str, Assessment]:
        """Assessment of every unit by its code, in the order asked for."""
        indicators = {row["id"]: row for row in self.record["indicators"]}
        settings = self.record["settings"]
        return {
            row["unit"]: Assessment(row, indicators, settings, self.origins.get(row["unit"], {}))
            for row in self.record["units"]
        }

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.record["units"])

    def __iter__(self) -> Iterator[Assessment]:
        """Go through the units in the order asked for."""
        return iter(self.units.values())

    def __getitem__(self, unit: str) -> Assessment:
        """Return the assessment of a unit by its code, with or without the digit of its kind."""
        found = self.units.get(unit) or next((one for code, one in self.units.items() if code[:6] == unit[:6]), None)
        if found is None or (len(unit) != len(found.unit) and len(unit) < 6):
            known = ", ".join(f"{code} ({one.name})" for code, one in list(self.units.items())[:10])
            raise UnknownUnitError(f"unit {unit!r} was not assessed; there are {len(self)} units: {known}, ...")
        return found

    def frame(self, *, lang: Lang = "pl") -> pl.DataFrame:
        """Return a row per unit, indicator and set of peers.

        Columns unit, name, level, indicator, label, year, value, missing (why it is empty), unit_of_measure, decimals,
        direction, status, peers, peer_units, without_value, few, n, lowest, q1, median, q3, highest, percentile, rank
        (1 is the highest value), ties, from_median, trend_from, trend_to, change, per_year, percent, course,
        outlook_year, outlook, flags (rules met), judgement. Of forms also peers_from (library, forms) and
        peers_from_note (which figures, or why not the library's).
        """
        import polars as pl

        other = "en" if check_lang(lang) == "pl" else "pl"
        frame = pl.DataFrame(self.native.frame())
        frame = frame.drop(f"label_{other}", f"unit_of_measure_{other}").rename(
            {f"label_{lang}": "label", f"unit_of_measure_{lang}": "unit_of_measure"}
        )
        if not self.origins:
            return frame
        from diagnoza.form_peers_texts import note

        found = [self.origins[unit][indicator] for unit, indicator in frame.select("unit", "indicator").rows()]
        return frame.with_columns(
            peers_from=pl.Series([one.source for one in found], dtype=pl.String),
            peers_from_note=pl.Series([note(one, lang) for one in found], dtype=pl.String),
        )

    @property
    def flags(self) -> pl.DataFrame:
        """What stands out: unit, name, indicator, year, rule, judgement, peers, reason_pl, reason_en."""
        return _flags(list(self))

    @property
    def gaps(self) -> pl.DataFrame:
        """Values asked for and not known, by unit, indicator and year."""
        return _gaps(list(self))

    @property
    def series(self) -> pl.DataFrame:
        """All values: unit, name, indicator, year, value, missing, status."""
        import polars as pl

        rows = [
            {
                "unit": one.unit,
                "name": one.name,
                "indicator": measured["indicator"],
                "year": point["year"],
                "value": point["cell"] if not isinstance(point["cell"], str) else None,
                "missing": point["cell"] if isinstance(point["cell"], str) else None,
                "status": point["status"],
            }
            for one in self
            for measured in one.record["indicators"]
            for point in measured["series"]
        ]
        text = dict.fromkeys(("unit", "name", "indicator", "missing", "status"), pl.String)
        return pl.DataFrame(rows, schema_overrides={**text, "year": pl.Int32, "value": pl.Float64})

    def to_html(self, folder: str | os.PathLike[str], *, lang: Lang = "pl", date: str | None = None) -> Path:
        """Write an index of the units with a page of each, and the tables as CSV and Parquet; return the index.

        Args:
            folder: folder to make or fill; the folder above it must exist.
            lang: language of the pages.
            date: date printed on them, YYYY-MM-DD; by default that of the embedded data set.
        """
        from diagnoza.report.assessment_index import write

        return write(self, folder, lang=lang, date=date)

    def _repr_html_(self) -> str:
        flagged = self.flags.select("unit", "name", "judgement", "reason_pl")
        return f"<p><b>{len(self)}</b> jednostek, {len(flagged)} flag</p>" + str(flagged._repr_html_())


def assess(
    units: str | Region | Sequence[str | Region] | None = None,
    *,
    peers: Peers | Sequence[Peers] = PEERS,
    own_peers: str | Region | Sequence[str | Region] | None = None,
    table: object | None = None,
    indicators: object | None = None,
    directions: Mapping[str, Direction] | None = None,
    year: int | None = None,
    few_peers: int = 5,
    fence: float = 1.5,
    extreme_share: float = 0.1,
    big_change: float = 20.0,
    big_change_from: float = 20.0,
    against_share: float = 0.75,
) -> Assessments:
    """Assess units among their peers: values, trend, place, what stands out and why, what is not known.

    A value is *flagged* when it lies outside the fence of its peers or among their extreme share, when it changed much
    from one year to the next, or when it moves against its peers. Whether that is good or bad is said only where the
    indicator's direction is known; counts of people or money are flagged by their change alone.

    Args:
        units: selection such as ``"gminas:28"``, codes, names or regions; with `table` all its units by default.
        peers: whom a unit is compared with, the first being the main one: gminas of the same ``kind`` in the
            voivodeship, units of its level in the ``voivodeship``, ``subregion`` or ``powiat``.
        own_peers: peers of your own, a selection; they come first.
        table: your values as a frame with columns unit, indicator, year, value, and if wanted missing (why a value is
            empty: not_reported, below_unit, suppressed, not_applicable) and name; by default the public indicators of
            voivodeship 28 or of the gminas of 12.
        indicators: what `table` holds, one row per indicator: indicator, and any of name_pl, name_en, unit_pl, unit_en,
            direction, kind (size, ratio), change (absolute, relative), decimals, observed_until, break_year,
            break_reason_pl, break_reason_en, source_publisher, source_title, source_date, note.
        directions: which values are better, by indicator, where the table's word is not yours.
        year: leave out values after this year; by default the last year that is common to half of the units.
        few_peers: with fewer other values no flag is raised by comparing.
        fence: a value beyond the quartiles by more than this many interquartile ranges is far from its peers.
        extreme_share: share at either end that is flagged, equal values counted in.
        big_change: change from one year to the next that is flagged, in per cent.
        big_change_from: counts below this never make a big change.
        against_share: share of peers that must move the other way.

    Raises:
        UnknownUnitError, AmbiguousUnitError: a unit.
        ReadError: `table` or `indicators`; the message lists every fault by row.
        InputError: a setting, a voivodeship without public indicators, units of several voivodeships.

    >>> szczawa = assess("1207132")["1207132"]
    >>> szczawa.gaps["indicator"].to_list()
    ['population_change_10y', 'beneficiaries_per_10k']
    """
    if indicators is not None and table is None:
        raise InputError("indicators describe a table of your own: give table as well")
    if units is None and table is None:
        raise InputError("units are needed unless a table is given: for example gminas:28")
    groups = [peers] if isinstance(peers, str) else list(peers)
    for group in groups:
        check_word("peers", group, sorted(PEERS))
    settings = {
        "year": None if year is None else whole("year", year, 1800, 2200),
        "few_peers": whole("few_peers", few_peers),
        "fence": number("fence", fence),
        "extreme_share": number("extreme_share", extreme_share),
        "big_change": number("big_change", big_change),
        "big_change_from": number("big_change_from", big_change_from),
        "against_share": number("against_share", against_share),
    }
    return Assessments(
        _native.assess(
            None if units is None else selection_text(units),
            peers=groups,
            own_peers=None if own_peers is None else selection_text(own_peers),
            table=_frame("table", table),
            indicators=_frame("indicators", indicators),
            directions=list((directions or {}).items()),
            settings=json.dumps(settings),
        )
    )


def class_breaks(
    values: Sequence[float | None] | pl.Series,
    *,
    method: Literal["quantile", "equal_interval", "jenks"] = "jenks",
    classes: int = 5,
) -> dict[str, Any]:
    """Divide values into the classes of a map; equal values are always in one class.

    Args:
        values: numbers; missing ones (None) are left out.
        method: ``quantile``, ``equal_interval`` or ``jenks`` (natural breaks, found exactly).
        classes: how many, 1 to 20; there are fewer if there are fewer distinct values.

    Returns:
        method, asked, limits (the lowest value and the upper end of every class, which belongs to it), counts,
        distinct, fit (goodness of variance fit, None if all values are equal).

    >>> class_breaks([4, 5, 9, 10], classes=2)["limits"]
    [4.0, 5.0, 10.0]
    """
    check_word("method", method, CLASS_METHODS)
    given = [number(f"values[{i}]", value) for i, value in enumerate(values) if value is not None]
    found: dict[str, Any] = json.loads(_native.class_breaks(given, method, whole("classes", classes)))
    return found


def _frame(what: str, given: object | None) -> Any:
    """Return a frame that crosses by Arrow."""
    if given is None:
        return None
    from diagnoza.plot.frames import as_frame

    return as_frame(given, columns=("unit", "indicator", "year", "value") if what == "table" else (), what=what)


def _flags(assessed: list[Assessment]) -> pl.DataFrame:
    import polars as pl

    columns = ("unit", "name", "indicator", "year", "rule", "judgement", "peers", "reason_pl", "reason_en")
    rows = [
        (
            one.unit,
            one.name,
            flag["indicator"],
            flag["year"],
            flag["rule"],
            flag["judgement"],
            flag["peers"],
            sentence(one, flag, "pl"),
            sentence(one, flag, "en"),
        )
        for one in assessed
        for flag in one.record["flags"]
    ]
    return pl.DataFrame(
        rows, schema={name: pl.Int32 if name == "year" else pl.String for name in columns}, orient="row"
    )


def _gaps(assessed: list[Assessment]) -> pl.DataFrame:
    import polars as pl

    columns = ("unit", "name", "indicator", "label_pl", "label_en", "year", "reason", "reason_pl", "reason_en")
    rows = [
        (
            one.unit,
            one.name,
            gap["indicator"],
            one.indicators[gap["indicator"]]["name_pl"],
            one.indicators[gap["indicator"]]["name_en"],
            gap["year"],
            gap["reason"],
            gap_sentence(gap["reason"], "pl"),
            gap_sentence(gap["reason"], "en"),
        )
        for one in assessed
        for gap in one.record["gaps"]
    ]
    return pl.DataFrame(
        rows, schema={name: pl.Int32 if name == "year" else pl.String for name in columns}, orient="row"
    )
