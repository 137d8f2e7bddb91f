"""Words of the report, in Polish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from diagnoza.labels import LANGUAGES, check_lang

__all__ = ["bound", "text"]

_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "findings": ("Najważniejsze ustalenia", "Main findings"),
    "figures": ("Najważniejsze liczby", "Key figures"),
    "contents": ("Spis treści", "Contents"),
    "totals": ("Ilu będzie mieszkańców?", "How many people will live here?"),
    "structure": ("Jak zmieni się struktura wieku?", "How will the age structure change?"),
    "scenarios": ("Jak różnią się warianty prognozy?", "How do the variants differ?"),
    "uncertainty": ("Jak niepewna jest prognoza?", "How uncertain is the forecast?"),
    "maps": ("Gdzie zmiany będą największe?", "Where will the changes be largest?"),
    "indicators": ("Jak jednostki wypadają na tle innych?", "How do units compare with others?"),
    "resources": ("Zasoby i potrzeby", "Resources and needs"),
    "what_if": ("Co by było, gdyby…", "What if…"),
    "status": ("Co jest obserwowane, szacowane, prognozowane", "What is observed, estimated, projected"),
    "sources": ("Źródła", "Sources"),
    "methods": ("Metody", "Methods"),
    "figure": ("Rycina", "Figure"),
    "table": ("Tabela", "Table"),
    "source": ("Źródło", "Source"),
    "unit_of_measure": ("Jednostka", "Unit"),
    "status_word": ("Status", "Status"),
    "own_work": (
        "opracowanie na podstawie danych: {publishers}",
        "own computation from data of: {publishers}",
    ),
    "persons": ("osoby", "persons"),
    "percent": ("%", "%"),
    "made": (
        "Stan na {date}. Biblioteka diagnoza, wersja {version}.",
        "As of {date}. diagnoza library, version {version}.",
    ),
    "files": (
        "Wszystkie tabele raportu są obok tego pliku: tables.xlsx (arkusz na tabelę) oraz CSV i Parquet w "
        "folderze tables.",
        "All tables of this report are beside this file: tables.xlsx (a sheet per table), and CSV and "
        "Parquet in the folder tables.",
    ),
    # findings
    "direction.down": ("zmniejszy się", "will fall"),
    "direction.up": ("zwiększy się", "will rise"),
    "direction.same": ("nie zmieni się", "will stay the same"),
    "said.observed": ("dane obserwowane", "observed"),
    "said.estimated": ("szacunek", "estimated"),
    "said.projected": ("prognoza", "projected"),
    "finding.total": (
        "{unit}: liczba ludności {direction} z {first} (31 XII {y0}, {s0}) do {last} (31 XII {y1}, {s1}, "
        "wariant główny), czyli o {change} ({percent}).",
        "{unit}: the population {direction} from {first} (31 December {y0}, {s0}) to {last} (31 December "
        "{y1}, "
        "{s1}, main variant), a change of {change} ({percent}).",
    ),
    "finding.parts.down": (
        "Prognozowana zmiana wobec {y0} r. (wariant główny): najgłębszy spadek – {worst} ({worst_percent}), "
        "najłagodniejszy – {best} ({best_percent}).",
        "Projected change since {y0} (main variant): deepest fall – {worst} ({worst_percent}), "
        "mildest – {best} ({best_percent}).",
    ),
    "finding.parts.mixed": (
        "Prognozowana zmiana wobec {y0} r. (wariant główny): najgłębszy spadek – {worst} ({worst_percent}), "
        "najwyższy wzrost – {best} ({best_percent}).",
        "Projected change since {y0} (main variant): deepest fall – {worst} ({worst_percent}), "
        "highest rise – {best} ({best_percent}).",
    ),
    "finding.parts.up": (
        "Prognozowana zmiana wobec {y0} r. (wariant główny): najniższy wzrost – {worst} ({worst_percent}), "
        "najwyższy – {best} ({best_percent}).",
        "Projected change since {y0} (main variant): lowest rise – {worst} ({worst_percent}), "
        "highest – {best} ({best_percent}).",
    ),
    "finding.range": (
        "W {y1} r. warianty dają od {low} do {high}: rozpiętość {spread} ({percent} wariantu głównego) "
        "pokazuje, "
        "ile zależy od założeń, ale nie jest przedziałem ufności.",
        "In {y1} the variants range from {low} to {high}: the spread of {spread} ({percent} of the main "
        "variant) "
        "shows how much depends on the assumptions; it is not a confidence interval.",
    ),
    "finding.no_range": (
        "Raport przedstawia tylko wariant główny prognozy; niepewność nie jest w nim zmierzona.",
        "The report holds the main variant only; its uncertainty is not measured.",
    ),
    "finding.old": (
        "Udział osób w wieku 65 lat i więcej {direction} z {first} ({y0}) do {last} ({y1}), a liczba osób "
        "w wieku "
        "80 lat i więcej – z {first80} do {last80} ({ratio}).",
        "The share of people aged 65 and over {direction} from {first} ({y0}) to {last} ({y1}), and the "
        "number of "
        "people aged 80 and over goes from {first80} to {last80} ({ratio}).",
    ),
    "finding.load": (
        "Na 100 osób w wieku produkcyjnym przypadnie w {y1} r. {last} osób w wieku nieprodukcyjnym wobec "
        "{first} w {y0} r., "
        "a osób w wieku produkcyjnym będzie o {change} {more_or_less}.",
        "For every 100 people of working age there will be {last} of non-working age in {y1}, against "
        "{first} in {y0}; "
        "there will be {change} {more_or_less} people of working age.",
    ),
    "less": ("mniej", "fewer"),
    "more": ("więcej", "more"),
    # cards
    "card.change": ("zmiana liczby ludności {y0}–{y1}", "change of population {y0}–{y1}"),
    "card.share65": ("udział osób w wieku 65+", "share aged 65 and over"),
    "card.number80": ("osoby w wieku 80+", "people aged 80 and over"),
    "card.working": ("osoby w wieku produkcyjnym", "people of working age"),
    # sections
    "intro.totals": (
        "Stan ludności w dniu 31 XII. Punkty ciemne są obserwowane, linie dalej – prognozowane.",
        "Population at 31 December. Dark points are observed, the lines beyond are projected.",
    ),
    "intro.structure": (
        "Wypełnione słupki pokazują {y0} r., obrys – {y1} r. (wariant główny).",
        "Filled bars show {y0}, the outline {y1} (main variant).",
    ),
    "intro.scenarios": (
        "Warianty prognozy obok siebie w {y1} r., wobec stanu z {y0} r. Inne prognozy mają inną podstawę "
        "i datę: różnic "
        "między nimi nie należy czytać jako zmiany w czasie.",
        "The variants side by side in {y1}, against {y0}. Other projections have another basis and date: "
        "differences "
        "between them must not be read as change over time.",
    ),
    "uncertainty.said": (
        "{unit}: prognoza własna, wyuczona na danych obserwowanych, daje na 31 XII {year} r. {central} osób; przedział "
        "80% sięga od {from80} do {to80}, przedział 95% – od {from95} do {to95}. Wariant główny GUS ({main}) leży "
        "{place}.",
        "{unit}: the own forecast, learnt from observed data, gives {central} persons on 31 December {year}; the 80% "
        "interval goes from {from80} to {to80}, the 95% interval from {from95} to {to95}. GUS's main variant ({main}) "
        "lies {place}.",
    ),
    "uncertainty.inside80": ("w przedziale 80%", "inside the 80% interval"),
    "uncertainty.inside95": (
        "poza przedziałem 80%, ale w przedziale 95%",
        "outside the 80% interval, but inside the 95% interval",
    ),
    "uncertainty.below": ("poniżej przedziału 95%", "below the 95% interval"),
    "uncertainty.above": ("powyżej przedziału 95%", "above the 95% interval"),
    "uncertainty.meaning": (
        "Prognoza własna to inna prognoza niż wariant główny GUS: przedłuża to, co zaobserwowano do 31 XII {jump_off} "
        "r., a GUS przyjął w 2023 r. własne założenia. Niepewne są dzietność, umieralność i migracje, a także same "
        "stany, które spisy rewidują. Rozpiętość wariantów GUS to różnica założeń, a nie prawdopodobieństwo.",
        "The own forecast is another one than GUS's main variant: it continues what was observed to 31 December "
        "{jump_off}, while GUS made assumptions of its own in 2023. Fertility, mortality and migration are uncertain, "
        "and so are the stocks themselves, which censuses revise. The spread of GUS's variants is a difference of "
        "assumptions, not a probability.",
    ),
    "uncertainty.drawn": (
        "Przedziały pochodzą z {draws} trajektorii (ziarno losowania {seed}).",
        "The intervals come from {draws} trajectories (seed {seed}).",
    ),
    "uncertainty.past": (
        "Sprawdzian na przeszłości (trzy podregiony, stany wyjściowe {first}–{last}, wyniki do {until} r.): w "
        "przedziale 80% mieściło się {all80} stanów ludności ogółem i {old80} stanów w wieku 75+, w przedziale 95% – "
        "{all95} i {old95}. Ogółem to więcej, niż mówi poziom, a w wieku 75+ mniej: epidemii lat 2020–2021 przedziały "
        "nie znały. Obserwacji jest mało, najwyżej kilka lat naprzód; o 2050 r. mówią niewiele.",
        "A check on the past (three subregions, jump-offs {first}–{last}, outcomes to {until}): the 80% interval held "
        "{all80} of the total stocks and {old80} of those aged 75 and over, the 95% interval {all95} and {old95}. "
        "In total that is more than the level says, at 75 and over less: the intervals knew nothing of the epidemic of "
        "2020–2021. The observations are few, a few years ahead at most; they say little of 2050.",
    ),
    "uncertainty.group.population": ("ogółem", "total"),
    "uncertainty.group.65+": ("65 lat i więcej", "aged 65 and over"),
    "uncertainty.group.80+": ("80 lat i więcej", "aged 80 and over"),
    "intro.indicators": (
        "Miejsce 1. oznacza najwyższą wartość; czy wysoka wartość jest dobra, zależy od wskaźnika.",
        "Position 1 is the highest value; whether high is good depends on the indicator.",
    ),
    "intro.resources": (
        "Co publiczne wskaźniki mówią o potrzebach mieszkańców i zasobach gmin, na tle innych jednostek.",
        "What public indicators say of the inhabitants' needs and the gminas' resources, among other units.",
    ),
    "intro.what_if": (
        "Wyniki pokazują skutek założeń, a nie najbardziej prawdopodobną przyszłość.",
        "The results show what the assumptions lead to, not the most likely future.",
    ),
    "intro.status": (
        "Każda liczba w raporcie ma jeden z trzech statusów.",
        "Every figure in this report has one of three statuses.",
    ),
    "status.observed": (
        "Obserwowane: ogłoszone przez urząd statystyczny jako stan faktyczny.",
        "Observed: published by the statistical office as fact.",
    ),
    "status.estimated": (
        "Szacowane: wyliczone z danych obserwowanych, bo urząd nie ogłosił tej liczby w tym przekroju.",
        "Estimated: computed from observed data, because the office did not publish this breakdown.",
    ),
    "status.projected": (
        "Prognozowane: wynik założeń o urodzeniach, zgonach i migracjach po ostatnim roku obserwowanym.",
        "Projected: what assumptions on births, deaths and migration after the last observed year lead to.",
    ),
    # table heads
    "head.unit": ("jednostka", "unit"),
    "head.change": ("zmiana {y0}–{y1}", "change {y0}–{y1}"),
    "head.percent": ("zmiana w %", "change in %"),
    "head.against_main": ("różnica wobec głównego", "difference from main"),
    "head.group": ("ludność", "people"),
    "head.central": ("prognoza własna", "own forecast"),
    "head.interval": ("przedział {level}%", "{level}% interval"),
    "head.gus_main": ("GUS, wariant główny", "GUS, main variant"),
    "head.scenario": ("scenariusz", "scenario"),
    "head.assumption": ("założenie", "assumption"),
    "head.data": ("dane", "data"),
    "head.years": ("lata", "years"),
    "head.publisher": ("wydawca", "publisher"),
    "head.title": ("tytuł", "title"),
    "head.date": ("data", "date"),
    "head.basis": ("podstawa", "basis"),
    "head.hash": ("suma SHA-256", "SHA-256"),
    "head.used_for": ("użyte do", "used for"),
    "table.totals": (
        "Ludność w wybranych latach, wariant główny",
        "Population in chosen years, main variant",
    ),
    "table.structure": ("Ekonomiczne grupy wieku, wariant główny", "Economic age groups, main variant"),
    "table.scenarios": ("Warianty prognozy i inne prognozy", "Variants, and other projections"),
    "table.uncertainty": ("Prognoza własna z przedziałami: {unit}", "Own forecast with intervals: {unit}"),
    "table.uncertainty_parts": (
        "Ludność w {year} r. według prognozy własnej, z przedziałami",
        "Population in {year} by the own forecast, with intervals",
    ),
    "table.indicators": (
        "Wartość wskaźnika i miejsce (w nawiasie)",
        "Value of the indicator, position in brackets",
    ),
    "table.what_if": ("Wyniki scenariuszy własnych w {y1} r.", "Results of the scenarios in {y1}"),
    "table.what_ifs": ("Założenia scenariuszy", "Assumptions of the scenarios"),
    "table.status": ("Status danych według lat", "Status of the data by year"),
    "table.sources": ("Źródła danych", "Sources of data"),
    "caption.lines": ("Liczba ludności według wariantów", "Population by variant"),
    "caption.pyramids": (
        "Ludność według płci i wieku, {y0} i {y1}",
        "Population by sex and age, {y0} and {y1}",
    ),
    "caption.groups": ("Udział ekonomicznych grup wieku", "Shares of the economic age groups"),
    "caption.fan": (
        "Liczba ludności: prognoza własna z przedziałami i warianty GUS",
        "Population: own forecast with its intervals, and GUS's variants",
    ),
    "caption.profile": ("Pozycja jednostki na tle innych: {unit}", "Position among others: {unit}"),
    "caption.what_if": ("Liczba ludności według scenariuszy", "Population by scenario"),
    "data.totals": ("liczba ludności ogółem", "total population"),
    "data.population": ("ludność według płci i wieku", "population by sex and age"),
    "data.uncertainty": ("prognoza własna z przedziałami", "own forecast with intervals"),
    "data.indicators": ("wskaźniki", "indicators"),
    "data.what_if": ("scenariusze własne", "scenarios of our own"),
    # columns of the workbook
    "column.unit": ("kod", "code"),
    "column.name": ("nazwa", "name"),
    "column.scenario": ("scenariusz", "scenario"),
    "column.year": ("rok", "year"),
    "column.sex": ("płeć", "sex"),
    "column.age": ("wiek", "age"),
    "column.population": ("ludność", "population"),
    "column.status": ("status", "status"),
    "column.group": ("grupa wieku", "age group"),
    "column.share": ("udział", "share"),
    "column.series": ("prognoza", "series"),
    "column.stock": ("stan na dzień", "stock at"),
    "column.indicator": ("wskaźnik (słowo)", "indicator (word)"),
    "column.label": ("wskaźnik", "indicator"),
    "column.value": ("wartość", "value"),
    "column.unit_of_measure": ("jednostka miary", "unit of measure"),
    "column.peers": ("grupa porównawcza", "peers"),
    "column.n": ("liczba jednostek", "units"),
    "column.rank": ("miejsce", "position"),
    "column.median": ("mediana", "median"),
    "column.q1": ("1. kwartyl", "1st quartile"),
    "column.q3": ("3. kwartyl", "3rd quartile"),
    "column.percentile": ("percentyl", "percentile"),
    "column.level": ("szczebel", "level"),
    "column.missing": ("brak wartości", "missing"),
    "column.decimals": ("miejsca po przecinku", "decimals"),
    "column.direction": ("kierunek", "direction"),
    "column.peer_units": ("innych jednostek w grupie", "other units in the group"),
    "column.without_value": ("z nich bez wartości", "of them without a value"),
    "column.few": ("za mało do porównania", "too few to compare"),
    "column.lowest": ("najniższa", "lowest"),
    "column.highest": ("najwyższa", "highest"),
    "column.ties": ("ex aequo", "ties"),
    "column.from_median": ("różnica od mediany", "from the median"),
    "column.trend_from": ("zmiana od roku", "change from"),
    "column.trend_to": ("zmiana do roku", "change to"),
    "column.change": ("zmiana", "change"),
    "column.per_year": ("średnio rocznie", "per year"),
    "column.percent": ("zmiana w %", "change in %"),
    "column.course": ("przebieg", "course"),
    "column.outlook_year": ("rok prognozy", "year projected"),
    "column.outlook": ("prognoza", "projection"),
    "column.flags": ("reguły", "rules met"),
    "column.judgement": ("ocena", "judgement"),
    "column.rule": ("reguła", "rule"),
    "column.reason": ("powód", "reason"),
    "column.mean": ("średnia", "mean"),
    "column.central": ("prognoza własna", "own forecast"),
    "column.gus_main": ("GUS, wariant główny", "GUS, main variant"),
    "column.q0.025": ("kwantyl 2,5%", "2.5% quantile"),
    "column.q0.1": ("kwantyl 10%", "10% quantile"),
    "column.q0.25": ("kwantyl 25%", "25% quantile"),
    "column.q0.5": ("kwantyl 50%", "50% quantile"),
    "column.q0.75": ("kwantyl 75%", "75% quantile"),
    "column.q0.9": ("kwantyl 90%", "90% quantile"),
    "column.q0.975": ("kwantyl 97,5%", "97.5% quantile"),
    "sheet.totals": ("ludność ogółem", "totals"),
    "sheet.structure": ("grupy wieku", "age groups"),
    "sheet.population": ("płeć i wiek", "sex and age"),
    "sheet.reference": ("inne prognozy", "other projections"),
    "sheet.uncertainty": ("niepewność", "uncertainty"),
    "sheet.indicators": ("wskaźniki", "indicators"),
    "sheet.what_if": ("scenariusze własne", "scenarios"),
    "sheet.map": ("mapa {number}", "map {number}"),
    "sheet.resources": ("zasoby i potrzeby", "resources"),
    "sheet.resources_flags": ("wyróżnienia", "flags"),
    "sheet.resources_gaps": ("braki wartości", "gaps"),
    "sheet.sources": ("źródła", "sources"),
    "main_peers": (
        "Tu każda jednostka na tle swojej głównej grupy; pozostałe grupy są w pliku tables/resources.csv.",
        "Here every unit among its main peers; the other groups are in tables/resources.csv.",
    ),
    "too_long": (
        "{rows} wierszy: pełna tabela w pliku tables/{name}.csv; tu pierwsze {shown}.",
        "{rows} rows: the whole table is in tables/{name}.csv; here are the first {shown}.",
    ),
}


def text(key: str, lang: str, **values: object) -> str:
    """Return the text `key` in `lang` with ``{names}`` replaced; a column without a text keeps its name."""
    check_lang(lang)
    if key not in _TEXTS and key.startswith("column."):
        return key.removeprefix("column.")
    chosen = _TEXTS[key][LANGUAGES.index(check_lang(lang))]
    written = chosen.format(**values) if values else chosen
    # names of sheets and columns are typed by people: only plain spaces there
    typed = key.startswith(("sheet.", "column."))
    return written if typed or lang != "pl" else bound(written)


def bound(written: str) -> str:
    """Keep one-letter words with the next word and "r." with its year, as Polish typography asks."""
    return re.sub(r"(\d) (r\.)", "\\1\u00a0\\2", re.sub(r"(?<!\w)([aiouwzAIOUWZ]) ", "\\1\u00a0", written))
