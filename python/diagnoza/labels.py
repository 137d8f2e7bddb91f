"""Texts shown to people, in Polish and English, and the way numbers are written.

One place: charts, reports and tables take their words from here, so that a scenario or a status has
the same name everywhere. Nothing here imports more than the standard library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from diagnoza.errors import InputError

__all__ = [
    "LANGUAGES",
    "Lang",
    "age_label",
    "check_lang",
    "distinct_names",
    "format_date",
    "format_number",
    "in_language",
    "format_percent",
    "indicator_label",
    "label",
    "scenario_label",
    "status_label",
    "unit_label",
]

Lang = Literal["pl", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("pl", "en")

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"

# key: (Polish, English)
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # scenarios
    "scenario.main": ("wariant główny", "main variant"),
    "scenario.low": ("wariant niski", "low variant"),
    "scenario.high": ("wariant wysoki", "high variant"),
    "scenario.own": ("prognoza własna", "own forecast"),
    # statuses of a figure
    "status.observed": ("obserwowane", "observed"),
    "status.estimated": ("szacowane", "estimated"),
    "status.projected": ("prognozowane", "projected"),
    "status.reference": ("punkt odniesienia", "reference"),
    # sexes
    "sex.F": ("kobiety", "women"),
    "sex.M": ("mężczyźni", "men"),
    "sex.T": ("ogółem", "both sexes"),
    # directions of migration and their sums
    "migration.in_from_towns": ("zameldowania z miast", "arrivals from towns"),
    "migration.in_from_countryside": ("zameldowania ze wsi", "arrivals from the countryside"),
    "migration.immigration": ("zameldowania z zagranicy", "immigration"),
    "migration.out_to_towns": ("wymeldowania do miast", "departures to towns"),
    "migration.out_to_countryside": ("wymeldowania na wieś", "departures to the countryside"),
    "migration.emigration": ("wymeldowania za granicę", "emigration"),
    "migration.inflow": ("napływ", "inflow"),
    "migration.outflow": ("odpływ", "outflow"),
    "migration.net": ("saldo migracji", "net migration"),
    "migration.internal_net": ("saldo migracji wewnętrznych", "net internal migration"),
    "migration.external_net": ("saldo migracji zagranicznych", "net international migration"),
    # age groups: economic (GUS) and broad
    "age.preworking": ("przedprodukcyjny (0–17)", "pre-working (0–17)"),
    "age.working": ("produkcyjny (K 18–59, M 18–64)", "working (W 18–59, M 18–64)"),
    "age.postworking": ("poprodukcyjny (K 60+, M 65+)", "post-working (W 60+, M 65+)"),
    "age.0_14": ("0–14 lat", "0–14"),
    "age.15_64": ("15–64 lata", "15–64"),
    "age.65_79": ("65–79 lat", "65–79"),
    "age.80plus": ("80 lat i więcej", "80 and over"),
    # axes
    "axis.age": ("wiek (lata)", "age (years)"),
    "axis.persons": ("liczba osób", "persons"),
    "axis.population": ("ludność (osoby)", "population (persons)"),
    "axis.year": ("rok (stan w dniu 31 XII)", "year (31 December)"),
    "axis.share": ("udział w ludności (%)", "share of population (%)"),
    # chart words
    "chart.total": ("razem", "total"),
    "chart.missing": ("brak danych", "no data"),
    "chart.jump_off": ("stan wyjściowy", "jump-off"),
    "chart.no_zero": ("Oś pionowa nie zaczyna się od zera.", "The vertical axis does not start at zero."),
    "chart.median": ("mediana", "median"),
    "chart.central": ("prognoza własna, ścieżka centralna", "own forecast, central path"),
    "chart.known": (
        "obserwowane (wiek w latach 2023–2024 częściowo szacowany)",
        "observed (ages of 2023–2024 partly estimated)",
    ),
    "chart.interval": ("przedział {level}%", "{level}% interval"),
    "chart.trajectories": (
        "Przedziały predykcji z {draws} trajektorii dzietności, umieralności i migracji.",
        "Prediction intervals from {draws} trajectories of fertility, mortality and migration.",
    ),
    "trajectory.births": ("urodzenia żywe (w roku)", "live births (a year)"),
    "trajectory.deaths": ("zgony (w roku)", "deaths (a year)"),
    "trajectory.net_migration": ("saldo migracji (w roku)", "net migration (a year)"),
    "trajectory.F": ("kobiety w wieku", "women aged"),
    "trajectory.M": ("mężczyźni w wieku", "men aged"),
    "trajectory.T": ("osoby w wieku", "persons aged"),
    "chart.quartiles": (
        "połowa jednostek (od 1. do 3. kwartyla)",
        "middle half of units (1st to 3rd quartile)",
    ),
    "chart.peer": ("pozostałe jednostki", "other units"),
    "chart.value": ("wartość", "value"),
    "chart.position": ("miejsce", "position"),
    "chart.of": ("z", "of"),
    "chart.open_group": (
        "wiek {age}+: {sums} osób (rozłożone równo do 100 lat)",
        "age {age}+: {sums} persons (spread evenly up to 100)",
    ),
    "chart.open_group_plain": ("wiek {age}+: {sums} osób", "age {age}+: {sums} persons"),
    "chart.bracket.powiat": ("w nawiasie: liczba powiatów", "in brackets: number of powiats"),
    "chart.bracket.gmina": ("w nawiasie: liczba gmin", "in brackets: number of gminas"),
    # basis of a count
    "basis.census_2011": ("bilans po NSP 2011", "balance, 2011 census"),
    "basis.census_2021": ("bilans po NSP 2021", "balance, 2021 census"),
    "basis.usual_residents": ("ludność rezydująca", "usual residents"),
    "basis.gus_projection_2023": ("prognoza GUS 2023", "GUS projection 2023"),
    "basis.europop_2019": ("EUROPOP2019, ludność rezydująca", "EUROPOP2019, usual residents"),
    "basis.not_population": ("nie dotyczy", "not a population"),
    # whom a unit is compared with
    "peers.voivodeship": ("na tle województwa", "within the voivodeship"),
    "peers.subregion": ("na tle podregionu", "within the subregion"),
    "peers.powiat": ("na tle powiatu", "within the powiat"),
    "peers.kind": ("na tle gmin tego samego rodzaju", "among gminas of the same kind"),
    "chart.rank": ("miejsce 1. ma najwyższą wartość", "position 1 has the highest value"),
    "chart.below": ("poniżej {limit}", "below {limit}"),
    "chart.above": ("{limit} i więcej", "{limit} and over"),
    "chart.groups.economic": (
        "Ludność według ekonomicznych grup wieku",
        "Population by economic age group",
    ),
    "chart.groups.broad": ("Ludność według grup wieku", "Population by age group"),
    "chart.population": ("Ludność", "Population"),
    "chart.filled": ("wypełnienie", "filled"),
    "chart.outline": ("obrys", "outline"),
    "chart.units": ("jedn.", "units"),
    "chart.heat": ("Wskaźniki i miejsce wśród porównywanych", "Indicators and the place among the units compared"),
    "chart.tenth.0": ("najniższe 10%", "lowest 10%"),
    "chart.tenth.1": ("10–25%", "10–25%"),
    "chart.tenth.2": ("środkowa połowa", "middle half"),
    "chart.tenth.3": ("75–90%", "75–90%"),
    "chart.tenth.4": ("najwyższe 10%", "highest 10%"),
    "chart.method.quantile": ("klasy: kwantyle", "classes: quantiles"),
    "chart.method.equal_interval": ("klasy: równe przedziały", "classes: equal intervals"),
    "chart.method.jenks": ("klasy: naturalne przerwy (Jenks)", "classes: natural breaks (Jenks)"),
    "chart.class.first": ("{low} do {high}", "{low} to {high}"),
    "chart.class.next": ("powyżej {low} do {high}", "above {low} to {high}"),
    "chart.each_year": ("lata przy wskaźnikach", "years beside the indicators"),
    # selections
    "place.chosen": ("wybrana", "chosen"),
    "place.tied": ("w remisie", "tied"),
    "place.reserve": ("rezerwa", "reserve"),
    "place.tied_for_reserve": ("w remisie o rezerwę", "tied for the reserve"),
    "place.refused": ("odmówiła", "refused"),
    "place.below": ("niewybrana", "not chosen"),
    "place.excluded": ("niekwalifikująca się", "not eligible"),
    "selection.bar": ("słupek", "bar"),
    "selection.more": ("oraz dalsze: {count}", "and {count} more"),
    "selection.stratum": (
        "{stratum}: miejsc {quota}, kandydatek {count}",
        "{stratum}: {quota} places, {count} candidates",
    ),
    "stock.31 XII": ("31 XII", "31 December"),
    "stock.1 I": ("1 I", "1 January"),
    # levels
    "level.voivodeship": ("województwo", "voivodeship"),
    "level.subregion": ("podregion", "subregion"),
    "level.powiat": ("powiat", "powiat"),
    "level.gmina": ("gmina", "gmina"),
    "kind.1": ("gmina miejska", "urban gmina"),
    "kind.2": ("gmina wiejska", "rural gmina"),
    "kind.3": ("gmina miejsko-wiejska", "urban-rural gmina"),
    "kind.4": ("miasto w gminie miejsko-wiejskiej", "town of an urban-rural gmina"),
    "kind.5": ("obszar wiejski gminy miejsko-wiejskiej", "rural part of an urban-rural gmina"),
    # indicators, where the frame brings no label of its own
    "indicator.total": ("ludność", "population"),
    "indicator.median_age": ("mediana wieku", "median age"),
    "indicator.share_0_17": ("udział osób w wieku 0–17 lat", "share aged 0–17"),
    "indicator.share_65_plus": ("udział osób w wieku 65+", "share aged 65+"),
    "indicator.share_80_plus": ("udział osób w wieku 80+", "share aged 80+"),
    "indicator.old_age_dependency": (
        "osoby 65+ na 100 osób w wieku 15–64",
        "persons 65+ per 100 aged 15–64",
    ),
    "indicator.young_age_dependency": (
        "osoby 0–14 na 100 osób w wieku 15–64",
        "persons 0–14 per 100 aged 15–64",
    ),
    "indicator.total_dependency": (
        "osoby 0–14 i 65+ na 100 osób w wieku 15–64",
        "persons 0–14 and 65+ per 100 aged 15–64",
    ),
    "indicator.ageing_index": ("osoby 65+ na 100 osób 0–14", "persons 65+ per 100 aged 0–14"),
    "indicator.double_ageing": ("osoby 80+ na 100 osób 60+", "persons 80+ per 100 aged 60+"),
    "indicator.parent_support": ("osoby 85+ na 100 osób 50–64", "persons 85+ per 100 aged 50–64"),
    "indicator.care_potential": ("kobiety 45–64 na 100 osób 80+", "women 45–64 per 100 persons 80+"),
    "indicator.support_ratio": ("osoby 15–64 na jedną osobę 65+", "persons 15–64 per person 65+"),
    # need for services against supply
    "need.title": ("Zapotrzebowanie i zasób: {service}, {unit}", "Need and supply: {service}, {unit}"),
    "need.people": ("Ludność w dniu 31 XII: {source}.", "Population at 31 December: {source}."),
    "need.factor.persons_per_place": ("osób na miejsce", "persons per place"),
    "need.factor.persons_per_worker": ("osób na etat", "persons per worker"),
    "need.factor.hours_per_person": ("godzin rocznie na osobę", "hours a year per person"),
    "need.factor.visits_per_person": ("wizyt rocznie na osobę", "visits a year per person"),
    "need.factor.hours_per_place": ("godzin rocznie na miejsce", "hours a year per place"),
    "need.factor.hours_per_worker": ("godzin rocznie na etat", "hours a year per worker"),
    "need.factor.hours_per_visit": ("godzin na wizytę", "hours per visit"),
    "need.factor.visits_per_place": ("wizyt rocznie na miejsce", "visits a year per place"),
    "need.factor.visits_per_worker": ("wizyt rocznie na etat", "visits a year per worker"),
    "need.need": ("zapotrzebowanie: {scenario}", "need: {scenario}"),
    "need.band": ("od wariantu niskiego do wysokiego", "from the low to the high variant"),
    "need.supply_line": ("zasób", "supply"),
    "need.gap": ("luka ({scenario})", "gap ({scenario})"),
    "need.no_supply": ("Zasób nieznany (nie podano go).", "Supply unknown (none was given)."),
    "need.scenarios": (
        "Warianty to założenia prognozy ludności; ich rozpiętość nie jest przedziałem ufności. Stawki są "
        "stałe w czasie, zmienia się ludność.",
        "Variants are assumptions of the population projection; their spread is no confidence interval. Rates stay "
        "constant, the population changes.",
    ),
    "need.axis.persons": ("osoby potrzebujące usługi", "persons in need of the service"),
    "need.axis.hours": ("godziny usługi rocznie", "hours of service a year"),
    "need.axis.visits": ("wizyty rocznie", "visits a year"),
    "need.rate.persons_per_person": ("osoby potrzebujące na osobę", "persons in need per person"),
    "need.rate.hours_per_person": ("godziny rocznie na osobę", "hours a year per person"),
    "need.rate.visits_per_person": ("wizyty rocznie na osobę", "visits a year per person"),
    "need.ages": ("{sex} {ages}", "{sex} {ages}"),
    "need.rates": (
        "Stawki użytkownika ({measure}): {rates}. Źródło: {source}.",
        "The user's rates ({measure}): {rates}. Source: {source}.",
    ),
    "need.without_rate": ("Bez potrzeby według użytkownika: {ages}.", "No need according to the user: {ages}."),
    "need.supply": ("Zasób ({measure}): {source}; {rule}", "Supply ({measure}): {source}; {rule}"),
    "need.capacity.places": ("miejsca", "places"),
    "need.capacity.staff": ("etaty", "full-time workers"),
    "need.capacity.hours": ("godziny rocznie", "hours a year"),
    "need.capacity.visits": ("wizyty rocznie", "visits a year"),
    "need.rule.constant": ("ostatni znany stan bez zmian", "last known stock unchanged"),
    "need.rule.planned_changes": ("ostatni znany stan i planowane zmiany", "last known stock and planned changes"),
    "need.rule.given_path": ("tylko podane lata", "given years only"),
    "need.finding": (
        "{year}: zapotrzebowanie {need}, zasób {supply} ({scenario}). {since}",
        "{year}: need {need}, supply {supply} ({scenario}). {since}",
    ),
    "need.finding.unknown": (
        "{year}: zapotrzebowanie {need} ({scenario}). Luka nieznana, bo nieznany jest zasób.",
        "{year}: need {need} ({scenario}). The gap is unknown because supply is.",
    ),
    "need.finding.none": ("Do {year} nie ma luki.", "No gap until {year}."),
    "need.finding.from_start": (
        "Luka jest już w pierwszym znanym roku ({year}).",
        "The gap is there in the first year known ({year}).",
    ),
    "need.finding.opens": ("Luka otwiera się w {year}.", "The gap opens in {year}."),
    # cost of omission
    "omission.title": ("Koszt zaniechania", "Cost of omission"),
    "omission.year": ("rok", "year"),
    "omission.axis.zloty": ("koszt narastająco (zł, ceny {year})", "cumulated cost (PLN, prices of {year})"),
    "omission.axis.thousand": (
        "koszt narastająco (tys. zł, ceny {year})",
        "cumulated cost (thousand PLN, prices of {year})",
    ),
    "omission.axis.million": (
        "koszt narastająco (mln zł, ceny {year})",
        "cumulated cost (million PLN, prices of {year})",
    ),
    "omission.without": ("bez interwencji", "without the intervention"),
    "omission.with": ("z interwencją", "with the intervention"),
    "omission.even": ("interwencja się zwróciła", "the intervention has paid for itself"),
    "omission.break_even": ("zwrot w {year}", "paid back in {year}"),
    "omission.costs": (
        "Zaniechanie kosztuje {amount} zł w latach {span} (wartość bieżąca netto).",
        "Omission costs PLN {amount} over {span} (net present value).",
    ),
    "omission.no_gain": (
        "W latach {span} interwencja kosztuje o {amount} zł więcej, niż oszczędza (wartość bieżąca netto).",
        "Over {span} the intervention costs PLN {amount} more than it saves (net present value).",
    ),
    "omission.paid": ("Interwencja zwraca się od {year}.", "The intervention has paid for itself from {year} on."),
    "omission.not_paid": ("W tym okresie się nie zwraca.", "It does not pay for itself in that time."),
    "omission.method": (
        "Koszty zdyskontowane na pierwszy rok, ceny {year}, realna stopa {rate}% rocznie. "
        "Wzór własny biblioteki, nie urzędowy.",
        "Costs discounted to the first year, prices of {year}, real rate {rate}% a year. "
        "The library's own formula, not an official one.",
    ),
    "omission.npv.zloty": ("wartość bieżąca netto (zł, ceny {year})", "net present value (PLN, prices of {year})"),
    "omission.npv.thousand": (
        "wartość bieżąca netto (tys. zł, ceny {year})",
        "net present value (thousand PLN, prices of {year})",
    ),
    "omission.npv.million": (
        "wartość bieżąca netto (mln zł, ceny {year})",
        "net present value (million PLN, prices of {year})",
    ),
    "omission.tornado": (
        "Każda liczba zmieniana osobno od dolnego do górnego końca swojego zakresu (końce przy pasku), pozostałe bez "
        "zmian; linia ciągła: wynik bez zmian. Zakresy podał użytkownik.",
        "Each figure alone from the lower to the upper end of its range (ends beside the bar), the others unchanged; "
        "solid line: the result unchanged. The ranges are the user's.",
    ),
    "omission.not_varied": ("Bez zakresu, więc niezmieniane: {names}.", "Without a range and so not changed: {names}."),
    "omission.parameter.discount_rate": ("stopa dyskontowa", "discount rate"),
    "omission.parameter.persons": ("liczba osób", "persons"),
    "omission.parameter.effect": ("efekt (udział wychodzących)", "effect (share who leave)"),
    "omission.parameter.cost_of_need": ("koszt potrzeby", "cost of the need"),
    "omission.parameter.intervention": ("koszt interwencji", "cost of the intervention"),
    "omission.parameter.start_up": ("koszt początkowy", "start-up cost"),
    "omission.parameter.benefit": ("korzyść", "benefit"),
    "omission.parameter.saving": ("oszczędność", "saving"),
    "omission.sources": ("Liczby użytkownika; źródła: {sources}.", "The user's figures; sources: {sources}."),
}

_MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def in_language(text: str | Mapping[str, str], lang: str) -> str:
    """Return a text that is written once for both languages, or in each."""
    return text if isinstance(text, str) else text[lang]


def check_lang(lang: str) -> Lang:
    """Return `lang` if texts exist in it.

    Raises:
        InputError: if it is neither ``"pl"`` nor ``"en"``.
    """
    if lang not in LANGUAGES:
        raise InputError(f"lang={lang!r} is not known: use 'pl' or 'en'")
    return lang


def label(key: str, lang: str = "pl", **values: object) -> str:
    """Return the text `key` in `lang`, with ``{names}`` in it replaced from `values`.

    Raises:
        InputError: if the language or the key is unknown.

    >>> label("scenario.main"), label("scenario.main", "en")
    ('wariant główny', 'main variant')
    """
    pair = _TEXTS.get(key)
    if pair is None:
        raise InputError(f"there is no text {key!r}; known are {', '.join(sorted(_TEXTS))}")
    text = pair[LANGUAGES.index(check_lang(lang))]
    return text.format(**values) if values else text


def _or_itself(prefix: str, word: str, lang: str) -> str:
    check_lang(lang)
    key = f"{prefix}.{word}"
    return label(key, lang) if key in _TEXTS else word


def scenario_label(scenario: str, lang: str = "pl", names: Mapping[str, str] | None = None) -> str:
    """Return a scenario's name: from `names`, else the official one, else the word itself (a what-if)."""
    if names is not None and scenario in names:
        return names[scenario]
    return _or_itself("scenario", scenario, lang)


def status_label(status: str, lang: str = "pl") -> str:
    """Return the name of a status (observed, estimated, projected)."""
    return _or_itself("status", status, lang)


def indicator_label(indicator: str, lang: str = "pl") -> str:
    """Return the fallback name of an indicator whose table brings no label."""
    return _or_itself("indicator", indicator, lang)


def age_label(age: int, width: int, open_age: int) -> str:
    """Return an age group in digits: ``"5"``, ``"5–9"``, ``"90+"``."""
    if age >= open_age:
        return f"{age}+"
    return str(age) if width == 1 else f"{age}–{age + width - 1}"


def _spaced(name: str) -> str:
    """Return a city's name as people write it: the register has ``m.Olsztyn``."""
    return re.sub(r"^m\.(?=\S)", "m. ", name)


def unit_label(code: str, name: str, lang: str = "pl") -> str:
    """Return a unit's name with its level, read off the code.

    ``PL621`` is a subregion, two digits a voivodeship, four a powiat (61 and above: a city with powiat
    rights, whose name needs no level), six or seven a gmina.

    >>> unit_label("PL621", "elbląski"), unit_label("2804", "elbląski"), unit_label("2861", "m. Elbląg")
    ('podregion elbląski', 'powiat elbląski', 'm. Elbląg')
    """
    check_lang(lang)
    name = _spaced(name)
    level = ""
    if len(code) == 5 and code[:2].isalpha():
        level = "subregion"
    elif code.isdigit() and len(code) == 2 and code != "00":
        level = "voivodeship"
    elif code.isdigit() and len(code) == 4 and int(code[2:]) < 61:
        level = "powiat"
    if not level:
        return name
    word = label(f"level.{level}", lang)
    if name.casefold().startswith((word, *(label(f"level.{level}", other) for other in LANGUAGES))):
        return name
    lower = name.lower() if name.isupper() else name
    return f"{word} {lower}" if lang == "pl" else f"{lower} {word}"


def distinct_names(units: Sequence[tuple[str, str]], lang: str = "pl") -> dict[str, str]:
    """Return a name for each ``(code, name)`` that no other unit of the list shares.

    A town and the rural gmina around it often have one name (34 base names of voivodeship 28 are shared
    by two units); such names get the gmina's kind from the seventh digit, and where that does not help,
    the code.

    >>> distinct_names([("2801011", "Bartoszyce"), ("2801032", "Bartoszyce"), ("2801043", "Bisztynek")])
    {'2801011': 'Bartoszyce (gmina miejska)', '2801032': 'Bartoszyce (gmina wiejska)', '2801043': 'Bisztynek'}
    """
    check_lang(lang)
    count: dict[str, int] = {}
    units = [(code, _spaced(name)) for code, name in units]
    for _, name in dict(units).items():
        count[name] = count.get(name, 0) + 1
    named: dict[str, str] = {}
    for code, name in dict(units).items():
        kind = f"kind.{code[6:7]}"
        shared = count[name] > 1
        named[code] = f"{name} ({label(kind, lang)})" if shared and kind in _TEXTS else name
    seen: dict[str, int] = {}
    for name in named.values():
        seen[name] = seen.get(name, 0) + 1
    return {code: name if seen[name] == 1 else f"{name} [{code}]" for code, name in named.items()}


def format_number(value: float | None, lang: str = "pl", *, decimals: int = 0, sign: bool = False) -> str:
    r"""Write a number the way the language does; a missing value is an en dash.

    Halves are rounded away from zero, as statistical offices do, and what lies a rounding error (1e-9) below
    a half is a half. Polish: no-break space between thousands
    and a decimal comma; English: comma and point. The minus is U+2212.

    >>> format_number(503531.4, "pl"), format_number(503531.4, "en"), format_number(-1.25, "pl", decimals=1)
    ('503\xa0531', '503,531', '−1,3')
    """
    check_lang(lang)
    if value is None or not math.isfinite(value):
        return "–"
    scale = 10.0**decimals
    rounded = math.floor(abs(value) * scale + 0.5 + 1e-9) / scale
    digits = f"{rounded:,.{decimals}f}"
    if lang == "pl":
        digits = digits.replace(",", NO_BREAK_SPACE).replace(".", ",")
    if rounded > 0 and value < 0:
        return MINUS + digits
    return f"+{digits}" if sign and rounded > 0 else digits


def format_percent(share: float | None, lang: str = "pl", *, decimals: int = 1, sign: bool = False) -> str:
    """Write a share (0.123) as per cent, without a space in both languages: ``12,3%`` and ``12.3%``."""
    if share is None or not math.isfinite(share):
        return "–"
    return format_number(share * 100.0, lang, decimals=decimals, sign=sign) + "%"


def format_date(iso: str, lang: str = "pl") -> str:
    """Write an ISO date (``2026-03-01``) in words.

    Raises:
        InputError: if it is not a date of the form YYYY-MM-DD.
    """
    from datetime import date

    check_lang(lang)
    try:
        day = date.fromisoformat(iso)
    except ValueError as error:
        raise InputError(f"{iso!r} is not a date: write it as YYYY-MM-DD") from error
    return f"{day.day} {_MONTHS[lang][day.month - 1]} {day.year}"
