"""Filed forms among their peers: the library's public figures where they count the same, else the forms beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from diagnoza.assessing import PEERS, Assessments, Peers, assess
from diagnoza.errors import InputError
from diagnoza.territory import Region

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.ozps import Column, Form

__all__ = ["PeersFrom", "assess_computed", "assess_forms", "form_values"]

Reason = Literal[
    "",
    "no_figures",
    "not_embedded",
    "no_such_units",
    "other_year",
    "form_moment",
    "form_no_moment",
    "library_no_moment",
]

# Columns of a form that are no forecast, from the assessed year back.
PAST: Final[tuple[Column, ...]] = ("assessed", "year_minus_1", "year_minus_2")
# Voivodeships whose embedded figures say that they count people on 31 XII; those of Małopolska name the year alone.
AT_YEAR_END: Final = frozenset({"28"})
_YEAR_END: Final = re.compile(r"31[\s.\-/]*(XII|12|grudnia)\b", re.IGNORECASE)
_PEOPLE: Final = re.compile(r"(women|men|persons) ")
_AFTER_A_NUMBER: Final = {"osoba": "osób", "osoby": "osób", "rodziny": "rodzin"}
_COUNTS: Final = ("persons", "families", "children")


_Row: TypeAlias = tuple[str, int, float]
"""Unit, year and value."""


@dataclass(frozen=True)
class PeersFrom:
    """Where the peers of one indicator of a form come from, and why not from the library if they do not."""

    indicator: str
    source: Literal["library", "forms"]
    """``library``: its public figures; ``forms``: other forms of the same file, if there are any."""
    year: int
    """Last year of the form with a value."""
    reason: Reason = ""
    """Why the library's figures are not taken; empty if they are."""
    years: tuple[int, ...] = ()
    """Years for which the library has observed figures."""
    moment: str = ""
    """Day of which the form counts people, as it writes it."""
    sources: tuple[Mapping[str, str], ...] = ()
    """Publisher, title, date and sha256 of the library's figures."""
    others: int = 0
    """Other units with a value: in the library, or among the forms."""


@dataclass(frozen=True)
class _Joined:
    """Assessments of units one by one, as if of one table."""

    parts: tuple[Assessments, ...]

    def json(self) -> str:
        first = self.parts[0].record
        indicators = {row["id"]: row for part in self.parts for row in part.record["indicators"]}
        units = [unit for part in self.parts for unit in part.record["units"]]
        return json.dumps({**first, "indicators": list(indicators.values()), "units": units})

    def frame(self) -> pl.DataFrame:
        import polars as pl

        return pl.concat(pl.DataFrame(part.native.frame()) for part in self.parts)


def assess_forms(
    forms: Sequence[Form],
    *,
    peers: Peers | Sequence[Peers] = PEERS,
    own_peers: str | Region | Sequence[str | Region] | None = None,
) -> Assessments:
    """Assess filed forms: every indicator that their rows give, among the library's public figures where it can be.

    The peers of an indicator are the library's figures where these hold the same indicator of the catalogue, observed,
    for the same year as the form's last value, and both count people on 31 December. Otherwise its peers are the other
    forms given, and `Assessments.origins`, the frame (columns peers_from, peers_from_reason) and the page say why.

    Args:
        forms: as read by `diagnoza.ozps.read` or `read_all`.
        peers: as in `diagnoza.assess`.
        own_peers: as in `diagnoza.assess`.

    Raises:
        InputError: a form does not name its unit or year, two forms are of one unit, or no indicator can be computed
            from any.
    """
    import polars as pl

    if not forms:
        raise InputError("forms is empty: expected at least one form")
    return assess_computed(pl.concat(form_values(form) for form in forms), forms, peers=peers, own_peers=own_peers)


def assess_computed(
    computed: pl.DataFrame,
    forms: Sequence[Form],
    *,
    peers: Peers | Sequence[Peers] = PEERS,
    own_peers: str | Region | Sequence[str | Region] | None = None,
) -> Assessments:
    """Assess what `form_values` gives of forms; see `assess_forms`."""
    import polars as pl

    from diagnoza.cataloguing import catalogue

    known = computed.filter(pl.col("value").is_not_null()).select("indicator", "unit", "year", "value")
    if known.is_empty():
        raise InputError("no indicator can be computed from the rows of the forms")
    values = _rows(known)
    _one_form_each(forms)
    moments = {str(form.unit): _moment(form) for form in forms}
    titles = {str(form.unit): form.source["title"] for form in forms}
    catalogued = {row["id"]: row for row in catalogue().to_dicts()}
    made: list[Assessments] = []
    origins: dict[str, Mapping[str, PeersFrom]] = {}
    figures: dict[str, _Figures | None] = {}
    for unit in dict.fromkeys(known["unit"]):
        selection = f"{_level(unit)}:{unit[:2]}"
        if selection not in figures:
            figures[selection] = _figures(selection)
        public = figures[selection]
        of_unit = {
            indicator: _peers_from(indicator, unit, rows, moments[unit], public)
            for indicator, rows in values.items()
            if any(row[0] == unit for row in rows)
        }
        described = _described(of_unit, catalogued, public, titles[unit])
        table = _table(unit, values, of_unit, public)
        made.append(assess(unit, table=table, indicators=described, peers=peers, own_peers=own_peers))
        # the register may know the gmina by another kind than the form writes
        origins[made[-1].record["units"][0]["unit"]] = of_unit
    native: Any = made[0].native if len(made) == 1 else _Joined(tuple(made))
    return Assessments(native, origins)


def _one_form_each(forms: Sequence[Form]) -> None:
    """Refuse two forms of one unit; the kind of a gmina (seventh digit) makes no other unit."""
    seen: dict[str, Form] = {}
    for form in forms:
        unit = str(form.unit)[:6]
        if before := seen.get(unit):
            first, second = (f"{one.source['title']} (unit {one.unit}, {one.year})" for one in (before, form))
            named = f"{unit} {form.unit_name}" if form.unit_name else unit
            raise InputError(
                f"two forms are of unit {named}: {first} and {second}; assess one form of a unit at a time"
            )
        seen[unit] = form


def _rows(frame: pl.DataFrame) -> dict[str, list[_Row]]:
    """Return unit, year and value of every row, by indicator."""
    found: dict[str, list[_Row]] = {}
    for indicator, *row in frame.select("indicator", "unit", "year", "value").iter_rows():
        found.setdefault(indicator, []).append((row[0], row[1], row[2]))
    return found


def form_values(form: Form) -> pl.DataFrame:
    """Return every indicator of the catalogue of a form's three past columns; `problem` says what a row lacks.

    Raises:
        InputError: the form does not say its unit and assessed year.
    """
    import polars as pl

    from diagnoza.structure import indicators

    if form.unit is None or form.year is None:
        raise InputError("the form does not say its unit and assessed year: name them when it is read")
    unit, year = form.unit, form.year
    return pl.concat(
        indicators(inputs=form.inputs(column).with_columns(unit=pl.lit(unit), year=pl.lit(year - back)), lang=form.lang)
        for back, column in enumerate(PAST)
    )


@dataclass(frozen=True)
class _Figures:
    """Observed public figures of the units of one level of a voivodeship."""

    values: dict[str, list[_Row]]
    indicators: Mapping[str, Mapping[str, Any]]
    at_year_end: bool


def _level(unit: str) -> str:
    return {2: "voivodeships", 4: "powiats"}.get(len(unit), "gminas")


def _figures(selection: str) -> _Figures | None:
    """Return what the library has of a selection, None if it has nothing."""
    import polars as pl

    if selection.startswith("voivodeships"):
        return None
    try:
        found = assess(selection)
    except InputError:
        return None
    observed = found.series.filter(pl.col("status") == "observed", pl.col("value").is_not_null())
    indicators = {row["id"]: row for row in found.record["indicators"]}
    voivodeship = selection.partition(":")[2]
    return _Figures(_rows(observed), indicators, voivodeship in AT_YEAR_END)


def _moment(form: Form) -> str:
    """Return the day of which the form's rows count people, as written; several are all named."""
    import polars as pl

    from diagnoza.ozps import Edition

    rows = Edition(json.loads(form.native.edition())).frame()
    people = rows.filter(pl.col("input").fill_null("").str.contains(f"^{_PEOPLE.pattern}"))
    found = people["moment"].fill_null("").unique(maintain_order=True).to_list()
    return "; ".join(found) if all(found) else ""


def _peers_from(indicator: str, unit: str, rows: Sequence[_Row], moment: str, figures: _Figures | None) -> PeersFrom:
    """Return whether the library's figures count the same, and why not."""
    year = max(row[1] for row in rows if row[0] == unit)
    beside = len({row[0] for row in rows if row[0] != unit and row[1] == year})

    def forms(reason: Reason, years: tuple[int, ...] = ()) -> PeersFrom:
        return PeersFrom(indicator, "forms", year, reason, years, moment, others=beside)

    if figures is None:
        return forms("no_figures")
    if indicator not in figures.indicators:
        return forms("not_embedded")
    if not figures.at_year_end:
        return forms("library_no_moment")
    if not moment:
        return forms("form_no_moment")
    if not all(_YEAR_END.search(part) for part in moment.split("; ")):
        return forms("form_moment")
    public = [row for row in figures.values.get(indicator, ()) if row[0][:6] != unit[:6]]
    if not public:
        return forms("no_such_units")
    years = tuple(sorted({row[1] for row in public}))
    if year not in years:
        return forms("other_year", years)
    # the first is that of the observed values; a second one holds the projection, which is left out here
    sources = tuple(figures.indicators[indicator]["sources"][:1])
    return PeersFrom(
        indicator, "library", year, "", years, moment, sources, len({row[0] for row in public if row[1] == year})
    )


def _table(
    unit: str, values: Mapping[str, Sequence[_Row]], origins: Mapping[str, PeersFrom], figures: _Figures | None
) -> pl.DataFrame:
    """Return the unit's values of its form with those of its peers, by indicator of one origin."""
    import polars as pl

    table: list[tuple[str, _Row]] = []
    for indicator, origin in origins.items():
        rows = values[indicator]
        if origin.source == "library" and figures is not None:
            own = [row for row in rows if row[0] == unit]
            # figures of other years than the form's would be gaps of the unit, and later ones the year compared
            years = {row[1] for row in own}
            rows = own + [row for row in figures.values[indicator] if row[1] in years and row[0][:6] != unit[:6]]
        table += [(indicator, row) for row in rows]
    schema = {"indicator": pl.String, "unit": pl.String, "year": pl.Int32, "value": pl.Float64}
    return pl.DataFrame([(indicator, *row) for indicator, row in table], schema=schema, orient="row")


def _described(
    origins: Mapping[str, PeersFrom], catalogued: Mapping[str, Any], figures: _Figures | None, title: str
) -> pl.DataFrame:
    """Return what the catalogue says of the indicators, and the breaks of the library's series that are peers."""
    import polars as pl

    rows = []
    for indicator in (name for name in catalogued if name in origins):
        row = catalogued[indicator]
        size = row["unit_en"] in _COUNTS and "/" not in row["formula"]
        public = figures.indicators[indicator] if figures and origins[indicator].source == "library" else None
        breaks = public["breaks"][:1] if public else []
        rows.append(
            {
                "indicator": indicator,
                **{key: row[key] for key in ("name_pl", "name_en", "unit_en", "decimals")},
                "unit_pl": _AFTER_A_NUMBER.get(row["unit_pl"], row["unit_pl"]),
                "kind": "size" if size else "ratio",
                "change": "relative" if size else "absolute",
                "break_year": breaks[0]["year"] if breaks else None,
                "break_reason_pl": breaks[0]["reason_pl"] if breaks else None,
                "break_reason_en": breaks[0]["reason_en"] if breaks else None,
                "source_title": title,
            }
        )
    texts = ("name_pl", "name_en", "unit_pl", "unit_en", "break_reason_pl", "break_reason_en", "source_title")
    schema: dict[str, Any] = dict.fromkeys(texts, pl.String)
    return pl.DataFrame(rows, schema_overrides={**schema, "decimals": pl.Int64, "break_year": pl.Int32})
