"""Sentences on the peers of a filed form, Polish and English: whose figures they are, what is not compared and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from diagnoza.labels import check_lang
from diagnoza.tables import embedded_title

if TYPE_CHECKING:
    from diagnoza.assessing import Assessment, Assessments
    from diagnoza.form_assessing import PeersFrom

__all__ = ["note", "sentences", "summary"]

# key: (Polish, English)
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "library": ("dane biblioteki: {figures}", "figures of the library: {figures}"),
    "forms": ("formularze w tym pliku: {others}; {reason}", "forms in this file: {others}; {reason}"),
    "alone": ("brak innych formularzy w tym pliku; {reason}", "no other form in this file; {reason}"),
    "reason.no_figures": (
        "biblioteka nie ma publicznych wskaźników takich jednostek w tym województwie",
        "the library has no public indicators of such units of this voivodeship",
    ),
    "reason.not_embedded": (
        "wśród publicznych wskaźników biblioteki nie ma tego wskaźnika",
        "this indicator is not among the library's public ones",
    ),
    "reason.no_such_units": (
        "biblioteka nie ma jego wartości dla innych jednostek",
        "the library has no values of it for other units",
    ),
    "reason.other_year": (
        "ostatnia wartość formularza jest za {year} r., a biblioteka ma wartości obserwowane za: {years}",
        "the form's last value is of {year}, and the library has observed values of: {years}",
    ),
    "reason.form_moment": (
        "formularz liczy ludność na dzień: {moment}, a biblioteka na 31 XII",
        "the form counts people on: {moment}, and the library on 31 December",
    ),
    "reason.form_no_moment": (
        "edycja formularza nie mówi, na jaki dzień liczy ludność",
        "the edition of the form does not say of which day it counts people",
    ),
    "reason.library_no_moment": (
        "dane biblioteki nie mówią, na jaki dzień policzono ludność",
        "the library's figures do not say of which day people were counted",
    ),
    "compared": (
        "Na tle danych biblioteki porównano: {names}. Źródło: {figures}. Stan na 31 XII, ten sam rok, ta sama "
        "definicja z katalogu; wartość ocenianej jednostki pochodzi z jej formularza, wartości innych jednostek – "
        "z danych biblioteki.",
        "Compared with the library's figures: {names}. Source: {figures}. At 31 December, of the same year, by the "
        "same definition of the catalogue; the unit's own value is of its form, those of the others are the library's.",
    ),
    "basis": (
        "Formularz nie mówi, czy liczba mieszkańców pochodzi z ewidencji ludności gminy, czy z bilansu GUS; dane "
        "biblioteki są danymi GUS. Część różnicy może z tego wynikać.",
        "The form does not say whether its inhabitants are those of the gmina's register or of the balance of GUS; the "
        "library's figures are those of GUS. A part of a difference may come from that.",
    ),
    "none": (
        "Żadnego wskaźnika z formularza nie można porównać z danymi biblioteki.",
        "No indicator of the form can be compared with the library's figures.",
    ),
    "not_compared": (
        "Nie porównano z danymi biblioteki: {names} – {reason}.",
        "Not compared with the library's figures: {names} – {reason}.",
    ),
    "beside": (
        "Te wskaźniki porównano z innymi formularzami w tym pliku (liczba innych jednostek z wartością: do {others}).",
        "These are compared with the other forms in this file (at most {others} units with a value).",
    ),
    "nobody": (
        "Innych formularzy w tym pliku nie ma, więc tych wskaźników nie porównano z innymi jednostkami.",
        "There is no other form in this file: these are compared with nobody.",
    ),
    "summary": (
        "porównanie z danymi biblioteki: {compared} z {all} wskaźników",
        "compared with the library's figures: {compared} of {all} indicators",
    ),
    "summary.reason": ("nie porównano ({reason}): {ids}", "not compared ({reason}): {ids}"),
}


def _text(key: str, lang: str, **values: object) -> str:
    found = _TEXTS[key][0 if check_lang(lang) == "pl" else 1]
    return found.format(**values) if values else found


def _figures(sources: Iterable[Mapping[str, Any]], lang: str) -> str:
    """Return publisher, title, date and hash of the library's tables."""
    from diagnoza.report.diagnosis import embedded_date

    made = []
    for source in sources:
        digest = source["sha256"]
        title, date = embedded_title(digest, lang) or source["title"], embedded_date(digest, lang) or source["date"]
        made.append(f"{source['publisher']}, {title} ({date}; SHA-256 {digest[:12]})")
    return "; ".join(made)


def _reason(origin: PeersFrom, lang: str) -> str:
    from diagnoza.report.assessment import years_text

    years = years_text(origin.years)
    return _text(f"reason.{origin.reason}", lang).format(year=origin.year, years=years, moment=origin.moment)


def note(origin: PeersFrom, lang: str) -> str:
    """Return where the peers come from in the words of a table cell."""
    if origin.source == "library":
        return _text("library", lang, figures=_figures(origin.sources, lang))
    key = "forms" if origin.others else "alone"
    return _text(key, lang, others=origin.others, reason=_reason(origin, lang))


def sentences(one: Assessment, lang: str) -> list[str]:
    """Return what a page says of the peers of a form; nothing if all are of one table."""
    if not one.origins:
        return []
    compared: dict[str, list[str]] = {}
    not_compared: dict[str, list[str]] = {}
    for indicator, origin in one.origins.items():
        name = f"{one.indicators[indicator][f'name_{lang}']} ({origin.year})"
        if origin.source == "library":
            compared.setdefault(_figures(origin.sources, lang), []).append(name)
        else:
            not_compared.setdefault(_reason(origin, lang), []).append(name)
    made = [_text("compared", lang, names="; ".join(names), figures=key) for key, names in compared.items()]
    made += [_text("basis", lang)] if compared else [_text("none", lang)]
    made += [_text("not_compared", lang, names="; ".join(names), reason=key) for key, names in not_compared.items()]
    if not_compared:
        others = max(origin.others for origin in one.origins.values() if origin.source == "forms")
        made.append(_text("beside", lang, others=others) if others else _text("nobody", lang))
    return made


def summary(found: Assessments, lang: str) -> list[str]:
    """Return lines for the command: how many indicators are compared with the library's figures, and which are not."""
    compared: dict[str, None] = {}
    reasons: dict[str, dict[str, None]] = {}
    for of_unit in found.origins.values():
        for indicator, origin in of_unit.items():
            if origin.source == "library":
                compared[indicator] = None
            else:
                reasons.setdefault(_reason(origin, lang), {})[indicator] = None
    every = {indicator for of_unit in found.origins.values() for indicator in of_unit}
    lines = [_text("summary", lang, compared=len(compared), all=len(every))]
    return lines + [_text("summary.reason", lang, reason=key, ids=", ".join(ids)) for key, ids in reasons.items()]
