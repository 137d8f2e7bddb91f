"""Sentences of an assessment, Polish and English: why a flag was raised, whom a unit is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from diagnoza._native import Gazetteer
from diagnoza.errors import DiagnozaError
from diagnoza.labels import check_lang, format_number, unit_label

if TYPE_CHECKING:
    from diagnoza.assessing import Assessment

__all__ = [
    "change_text",
    "gap_sentence",
    "measure",
    "name_of",
    "peers_text",
    "place_text",
    "sentence",
    "unit_title",
    "value_text",
]

# key: (Polish, English)
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "fence.high": (
        "{name}: {value} ({year}) – wyraźnie więcej niż {peers}, gdzie mediana to {median}, a typowe wartości nie "
        "przekraczają {limit} (porównano {n}).",
        "{name}: {value} ({year}) – far more than {peers}, where the median is {median} and usual values do not exceed "
        "{limit} ({n} compared).",
    ),
    "fence.low": (
        "{name}: {value} ({year}) – wyraźnie mniej niż {peers}, gdzie mediana to {median}, a typowe wartości nie "
        "schodzą poniżej {limit} (porównano {n}).",
        "{name}: {value} ({year}) – far less than {peers}, where the median is {median} and usual values do not fall "
        "below {limit} ({n} compared).",
    ),
    "extreme.high": (
        "{name}: {value} ({year}) – {as_far} {peers}; mediana {median} (porównano {n}).",
        "{name}: {value} ({year}) – {as_far} {peers}; median {median} ({n} compared).",
    ),
    "extreme.low": (
        "{name}: {value} ({year}) – {as_far} {peers}; mediana {median} (porównano {n}).",
        "{name}: {value} ({year}) – {as_far} {peers}; median {median} ({n} compared).",
    ),
    "change.up": (
        "{name}: wzrost z {first} ({from_year}) do {last} ({to_year}), {percent} w ciągu roku.",
        "{name}: a rise from {first} ({from_year}) to {last} ({to_year}), {percent} in one year.",
    ),
    "change.down": (
        "{name}: spadek z {first} ({from_year}) do {last} ({to_year}), {percent} w ciągu roku.",
        "{name}: a fall from {first} ({from_year}) to {last} ({to_year}), {percent} in one year.",
    ),
    "change.from_zero": ("od zera", "from zero"),
    "against.up": (
        "{name}: wzrost w latach {from_year}–{to_year} ({change}), podczas gdy spadek zanotowano w {against} z "
        "{compared} "
        "porównywanych jednostek: {peers}.",
        "{name}: a rise {from_year}–{to_year} ({change}) while {against} of the {compared} units compared fell: "
        "{peers}.",
    ),
    "against.down": (
        "{name}: spadek w latach {from_year}–{to_year} ({change}), podczas gdy wzrost zanotowano w {against} z "
        "{compared} "
        "porównywanych jednostek: {peers}.",
        "{name}: a fall {from_year}–{to_year} ({change}) while {against} of the {compared} units compared rose: "
        "{peers}.",
    ),
    "missing": (
        "{name}: brak wartości za {year} r. ({reason}); znana jest dla {others} jednostek tego szczebla.",
        "{name}: no value for {year} ({reason}); it is known for {others} units of this level.",
    ),
    "missing.not_reported": ("nie podano", "not reported"),
    "missing.suppressed": ("objęta tajemnicą statystyczną", "withheld for statistical secrecy"),
    "missing.below_unit": ("poniżej połowy jednostki", "below half the unit"),
    "missing.not_applicable": ("nie dotyczy", "does not apply"),
    "extreme.1.high": ("najwyższa wartość", "the highest value"),
    "extreme.1.low": ("najniższa wartość", "the lowest value"),
    "extreme.n.high": ("jedna z {rank} najwyższych wartości", "one of the {rank} highest values"),
    "extreme.n.low": ("jedna z {rank} najniższych wartości", "one of the {rank} lowest values"),
}

# level or kind of gmina: nominative and genitive plural, English
_UNITS: Final[Mapping[str, tuple[str, str, str]]] = {
    "urban": ("gminy miejskie", "gmin miejskich", "urban gminas"),
    "rural": ("gminy wiejskie", "gmin wiejskich", "rural gminas"),
    "urban_rural": ("gminy miejsko-wiejskie", "gmin miejsko-wiejskich", "urban-rural gminas"),
    "gmina": ("gminy", "gmin", "gminas"),
    "powiat": ("powiaty", "powiatów", "powiats"),
    "subregion": ("podregiony", "podregionów", "subregions"),
    "voivodeship": ("województwa", "województw", "voivodeships"),
    "poland": ("kraje", "krajów", "countries"),
    "own": ("jednostki wybrane", "jednostek wybranych", "chosen units"),
}

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "urban": ("gmina miejska", "urban gmina"),
    "rural": ("gmina wiejska", "rural gmina"),
    "urban_rural": ("gmina miejsko-wiejska", "urban-rural gmina"),
}


def _text(key: str, lang: str, **values: object) -> str:
    found = _TEXTS[key][0 if check_lang(lang) == "pl" else 1]
    return found.format(**values) if values else found


def value_text(indicator: Mapping[str, Any], value: object, lang: str, *, sign: bool = False, unit: bool = True) -> str:
    """Write a value with its unit of measure, or the reason why there is none."""
    if isinstance(value, str):
        return gap_sentence(value, lang)
    found = format_number(
        value if isinstance(value, int | float) else None, lang, decimals=indicator["decimals"], sign=sign
    )
    return f"{found}{measure(indicator, lang)}" if unit else found


def measure(indicator: Mapping[str, Any], lang: str) -> str:
    """Return the unit of measure as it stands after a number: ``%`` without a space in Polish and English."""
    word = indicator[f"unit_{lang}"]
    if not word:
        return ""
    return word if word == "%" else f"\u00a0{word}"


def gap_sentence(reason: str, lang: str) -> str:
    """Return why a value is not there."""
    return _text(f"missing.{reason}", lang)


def sentence(one: Assessment, flag: Mapping[str, Any], lang: str) -> str:
    """Return in one sentence what was found, with the numbers."""
    indicator = one.indicators[flag["indicator"]]
    rule = flag["rule"]

    def written(key: str, **more: Any) -> str:
        return value_text(indicator, flag[key], lang, **more)

    name, year = indicator[f"name_{lang}"], flag["year"]
    if rule == "missing_value":
        reason = gap_sentence(flag["reason"], lang)
        return _text("missing", lang, name=name, year=year, reason=reason, others=flag["others"])
    if rule == "outside_fence":
        peers = peers_text(one.record, flag["peers"], lang, case="in")
        return _text(
            f"fence.{flag['side']}",
            lang,
            name=name,
            value=written("value"),
            year=year,
            peers=peers,
            median=written("median"),
            limit=written("limit"),
            n=flag["n"],
        )
    if rule == "extreme":
        form = "1" if flag["as_far"] == 1 else "n"
        return _text(
            f"extreme.{flag['side']}",
            lang,
            name=name,
            value=written("value"),
            year=year,
            as_far=_text(f"extreme.{form}.{flag['side']}", lang, rank=flag["as_far"]),
            peers=peers_text(one.record, flag["peers"], lang, case="among"),
            median=written("median"),
            n=flag["n"],
        )
    if rule == "big_change":
        percent = flag["percent"]
        return _text(
            "change.up" if flag["to"] > flag["from"] else "change.down",
            lang,
            name=name,
            first=written("from"),
            last=written("to"),
            from_year=flag["from_year"],
            to_year=flag["to_year"],
            percent=_text("change.from_zero", lang)
            if percent is None
            else format_number(percent, lang, decimals=1, sign=True) + "%",
        )
    return _text(
        f"against.{flag['course']}",
        lang,
        name=name,
        from_year=flag["from_year"],
        to_year=flag["to_year"],
        change=_change(indicator, flag["change"], lang),
        against=flag["against"],
        compared=flag["compared"],
        peers=peers_text(one.record, flag["peers"], lang),
    )


def _change(indicator: Mapping[str, Any], change: float | None, lang: str) -> str:
    if change is None:
        return "–"
    if indicator["change"] == "relative":
        return format_number(change, lang, decimals=1, sign=True) + "%"
    if indicator[f"unit_{lang}"] == "%":
        points = "pkt proc." if lang == "pl" else "percentage points"
        return format_number(change, lang, decimals=indicator["decimals"], sign=True) + f"\u00a0{points}"
    return value_text(indicator, change, lang, sign=True)


def change_text(indicator: Mapping[str, Any], trend: Mapping[str, Any], lang: str) -> str:
    """Write the change of a trend in the measure of its indicator."""
    relative = indicator["change"] == "relative"
    return _change(indicator, trend["percent"] if relative else trend["change"], lang)


def peers_text(record: Mapping[str, Any], peers: str, lang: str, *, case: str = "") -> str:
    """Name the units that a unit is compared with: ``gminy wiejskie województwa małopolskiego``.

    `case` puts a preposition before them: ``in`` ("w porównaniu z ...") or ``among`` ("wśród ...").
    """
    check_lang(lang)
    which = record["kind"] if peers == "kind" else record["level"]
    nominative, genitive, english = _UNITS["own" if peers == "own" else which]
    place_pl, place_en = ("", "") if peers == "own" else _place(record, "voivodeship" if peers == "kind" else peers)
    if lang == "en":
        return f"{'among ' if case else ''}{english}{place_en}"
    if case == "among":
        return f"wśród {genitive}{place_pl}"
    return f"{'w grupie: ' if case else ''}{nominative}{place_pl}"


def _place(record: Mapping[str, Any], level: str) -> tuple[str, str]:
    """Return `` województwa małopolskiego`` and `` of voivodeship małopolskie``."""
    code = record[level]
    if not code:
        return "", ""
    name = name_of(code)
    genitive = {"voivodeship": "województwa", "subregion": "podregionu", "powiat": "powiatu"}[level]
    inflected = f"{name[:-1]}ego" if name.endswith("ie") else f"{name}ego" if name.endswith("ki") else name
    return f" {genitive} {inflected}", f" of the {name} {level}"


@cache
def name_of(code: str) -> str:
    """Return the name of a unit of the register; another code stands for itself."""
    try:
        return Gazetteer().name(code)
    except DiagnozaError:
        return code


def unit_title(record: Mapping[str, Any], lang: str) -> str:
    """Return a unit's name with its kind or level: ``gmina wiejska Szczawa``."""
    kind = record["kind"]
    if kind in _KINDS:
        return f"{_KINDS[kind][0 if check_lang(lang) == 'pl' else 1]} {record['name']}"
    return unit_label(record["unit"], record["name"], lang)


def place_text(record: Mapping[str, Any], lang: str) -> str:
    """Return where a unit lies: ``powiat limanowski, województwo małopolskie``."""
    levels = [level for level in ("powiat", "subregion", "voivodeship") if record[level] and record["level"] != level]
    return ", ".join(unit_label(record[level], name_of(record[level]), lang) for level in levels)
