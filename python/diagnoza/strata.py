"""Names of strata as people know them."""

from __future__ import annotations

from typing import Final

from diagnoza._native import Gazetteer
from diagnoza.errors import DiagnozaError
from diagnoza.labels import check_lang, unit_label

__all__ = ["of_voivodeship", "powiat_name", "register_name", "stratum_name"]

_ALL: Final = {"pl": "wszystkie gminy spełniające warunki", "en": "all gminas that meet the conditions"}
_KINDS: Final = {
    "urban": {"pl": "gminy miejskie", "en": "urban gminas"},
    "rural": {"pl": "gminy wiejskie", "en": "rural gminas"},
    "urban_rural": {"pl": "gminy miejsko-wiejskie", "en": "urban-rural gminas"},
}


def stratum_name(stratum: str, by: str, lang: str, *, date: str | None = None) -> str:
    """Return a stratum's name: ``podregion elbląski (PL621)``; one of the user's own stands for itself.

    Args:
        stratum: code or word of the stratum.
        by: what makes the strata, as in the specification.
        lang: ``"pl"`` or ``"en"``.
        date: register of that day.
    """
    language = check_lang(lang)
    if by == "all":
        return _ALL[language]
    if by == "kind":
        return _KINDS[stratum][language] if stratum in _KINDS else stratum
    name = register_name(stratum, date) if by in {"subregion", "powiat"} else stratum
    return stratum if name == stratum else f"{unit_label(stratum, name, lang)} ({stratum})"


def register_name(code: str, date: str | None) -> str:
    """Return the name of a unit in the register of a day; a code that is not there stands for itself."""
    try:
        return Gazetteer(date).name(code)
    except DiagnozaError:
        return code


def powiat_name(code: str, date: str | None, lang: str) -> str:
    """Return a gmina's powiat without the word: ``piski``, ``m. Olsztyn``."""
    name = register_name(code[:4], date)
    return unit_label(code[:4], name, lang).removeprefix("powiat ").removesuffix(" powiat")


def of_voivodeship(code: str, date: str | None, lang: str) -> str:
    """Return the name of a voivodeship; in Polish its genitive, ``warmińsko-mazurskiego``."""
    name = register_name(code, date)
    return f"{name}go" if check_lang(lang) == "pl" and name.endswith("kie") else name
