"""Words of the page of a selection, in Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnoza.labels import check_lang, format_number
from diagnoza.report.texts import bound

__all__ = ["WORDS", "counted", "listed", "word"]

#: key: (Polish, English)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "lead": (
        "Kto został wybrany, według jakiej reguły, dlaczego i na ile odporny jest wynik",
        "Who was chosen, by which rule, why, and how firm the result is",
    ),
    "contents": ("Na tej stronie", "On this page"),
    "chosen": ("Kto został wybrany", "Who was chosen"),
    "map": ("Mapa", "Map"),
    "reasons": ("Dlaczego te gminy, a nie inne", "Why these gminas and not others"),
    "ranking": ("Kolejność i wartości", "Order and values"),
    "ties": ("Remisy", "Ties"),
    "robustness": ("Na ile odporny jest wynik", "How firm the result is"),
    "rule": ("Reguła wyboru", "The rule"),
    "funnel": ("Od wszystkich gmin do wybranych", "From all gminas to the chosen"),
    "published": ("Porównanie z wynikiem ogłoszonym", "Against the published result"),
    "adjustments": ("Korekty", "Adjustments"),
    "sources": ("Źródła danych", "Sources of the data"),
    "record": ("Zapis decyzji", "Decision record"),
    # answer
    "answer": (
        "Wybrano {chosen} z {eligible} spełniających warunki ({frame} w rejestrze województwa): {names}.",
        "{chosen} of the {eligible} that meet the conditions ({frame} in the register of the voivodeship) are chosen: "
        "{names}.",
    ),
    "answer.rule": ("Reguła: {rule}.", "The rule: {rule}."),
    "answer.tie": (
        "Reguła rozstrzyga o {sure} z {places} miejsc; o pozostałe jest remis. Równie dobrych zestawów: {sets}.",
        "The rule does not decide every place: {sure} of {places} are certain, the others are tied – equally good "
        "sets: {sets}.",
    ),
    "answer.none": (
        "Nie ma gminy, która byłaby w każdym równie dobrym zestawie.",
        "No gmina is in every one of the equally good sets.",
    ),
    "tied": ("W remisie: {names}.", "Tied: {names}."),
    "answer.firm": (
        "We wszystkich {of} wariantach metody wychodzi ten sam zestaw.",
        "All {of} variants of the method give the same set.",
    ),
    "answer.variants": (
        "Najmniej pewny jest wybór gminy {name}: pojawia się w {times} z {of} wariantów metody.",
        "The least firm is {name}: chosen in {times} of {of} variants of the method.",
    ),
    "answer.errors": (
        "Gdy wartości zmienić losowo o nie więcej niż {size}, najmniej pewny jest wybór gminy {name}: powtarza się w "
        "{share} losowań.",
        "With random errors in the values of up to {size}, the least firm is {name}: still chosen in {share} of draws.",
    ),
    "answer.errors.firm": (
        "Losowe zmiany wartości o nie więcej niż {size} nie zmieniają wyboru.",
        "Random errors in the values of up to {size} do not change the choice.",
    ),
    "answer.errors.normal": (
        "Gdy wartości zmienić losowo z odchyleniem standardowym {size}, najmniej pewny jest wybór gminy {name}: "
        "powtarza się w {share} losowań.",
        "With random errors in the values of standard deviation {size}, the least firm is {name}: still chosen in "
        "{share} of draws.",
    ),
    "answer.errors.normal.firm": (
        "Losowe zmiany wartości z odchyleniem standardowym {size} nie zmieniły wyboru w żadnym losowaniu.",
        "Random errors in the values of standard deviation {size} changed the choice in no draw.",
    ),
    "answer.other": (
        "Zestaw różni się od ogłoszonego (wspólnych gmin: {both} z {of}).",
        "The set differs from the published one (gminas in common: {both} of {of}).",
    ),
    "answer.same": ("Zestaw jest taki jak ogłoszony.", "The set is the published one."),
    "view": (
        "Widok do publikacji: liczebności większe od 0 i mniejsze niż {threshold} zastąpiono znakiem „{mark}” "
        "(ukrytych wartości: {count}). {more}",
        "Publication view: counts above 0 and below {threshold} are shown as “{mark}” (values kept back: {count}). "
        "{more}",
    ),
    "view.more": (
        "Nie pokazano też ocen, wartości znormalizowanych, przewag i wykresów, z których dałoby się je odtworzyć. "
        "Pełne wartości są w zapisie decyzji, który nie jest przeznaczony do publikacji.",
        "Nor are scores, normalised values, margins and charts shown from which they could be worked out. The full "
        "values are in the decision record, which is not for publication.",
    ),
    "view.nothing": ("Żadnej wartości nie trzeba było ukryć.", "None had to be kept back."),
    "hidden": ("•", "•"),
    # tables
    "table.chosen": ("Gminy wybrane", "Gminas chosen"),
    "table.reserve": ("Lista rezerwowa", "Reserve list"),
    "table.tied": ("Gminy w remisie", "Tied gminas"),
    "table.funnel": ("Kolejne kroki i liczba gmin", "Steps and the number of gminas"),
    "table.stratum": (
        "{stratum}: {quota}, {candidates}",
        "{stratum}: {quota}, {candidates}",
    ),
    "table.rest": ("Pozostałe gminy ({count})", "The other gminas ({count})"),
    "table.criteria": ("Kryteria", "Criteria"),
    "table.firm": (
        "Jak często gmina jest wybierana, gdy zmienić metodę, wagi albo wartości",
        "How often a gmina is chosen when method, weights or values change",
    ),
    "table.left_out": ("Wybór bez jednego kryterium", "The choice without one criterion"),
    "table.steps": ("Wybór bez jednego elementu reguły", "The choice without one part of the rule"),
    "table.front": (
        "Zestawy, od których żaden nie jest lepszy pod każdym względem",
        "Sets that none beats in every respect",
    ),
    "table.sources": ("Skąd pochodzą wartości", "Where the values come from"),
    "table.record": ("Ślad decyzji", "Trace of the decision"),
    "table.published": ("Wynik ogłoszony i obliczony", "Published and computed"),
    "head.gmina": ("gmina", "gmina"),
    "head.code": ("kod", "code"),
    "head.powiat": ("powiat", "powiat"),
    "head.stratum": ("warstwa", "stratum"),
    "head.rank": ("miejsce", "rank"),
    "head.place": ("wynik", "result"),
    "head.score": ("ocena", "score"),
    "head.margin": ("przewaga lub strata", "ahead or behind"),
    "head.firm": ("wybrana w wariantach metody", "chosen in variants"),
    "head.step": ("krok", "step"),
    "head.rule": ("warunek", "condition"),
    "head.entered": ("przed", "before"),
    "head.dropped": ("odpadło", "dropped"),
    "head.left": ("zostało", "left"),
    "head.weights": ("przy losowych wagach", "with random weights"),
    "head.errors": ("przy błędach danych ±{error}", "with errors of ±{error}"),
    "head.errors.normal": (
        "przy błędach danych o odchyleniu standardowym {error}",
        "with errors of standard deviation {error}",
    ),
    "head.criterion": ("kryterium", "criterion"),
    "head.part": ("element reguły", "part of the rule"),
    "head.enters": ("wchodzi", "comes in"),
    "head.leaves": ("wypada", "goes out"),
    "head.effect": ("skutek", "effect"),
    "head.set": ("zestaw", "set"),
    "head.publisher": ("wydawca", "publisher"),
    "head.title": ("tytuł", "title"),
    "head.date": ("data", "date"),
    "head.used_for": ("kryteria", "criteria"),
    "head.hash": ("suma SHA-256", "SHA-256"),
    "head.item": ("element", "item"),
    "head.value": ("wartość", "value"),
    "rank": ("{rank} z {of}", "{rank} of {of}"),
    "place.reserve": ("rezerwa ({position}.)", "reserve ({position})"),
    "score.behind": ("Ocena: {score}.", "Score: {score}."),
    # funnel
    "step.voivodeship": ("województwo", "voivodeship"),
    "step.kind": ("rodzaj gminy", "kind of gmina"),
    "step.exclusion": ("wyłączenia", "exclusions"),
    "step.consent": ("zgoda", "consent"),
    "step.required_data": ("wymagane dane", "required data"),
    "step.missing_value": ("braki wartości", "missing values"),
    "step.threshold": ("progi", "thresholds"),
    "step.offer": ("odmowy", "refusals"),
    "step.choice": ("wybór", "choice"),
    "funnel.voivodeship": (
        "gminy województwa {name}, rejestr TERYT z {date} r.",
        "gminas of the voivodeship {name}, TERYT register of {date}",
    ),
    "funnel.kind": ("rodzaj: {kinds}", "kind: {kinds}"),
    "funnel.choice": (
        "{places} według kryteriów i limitów warstw",
        "{places} by the criteria and the quotas of the strata",
    ),
    # ranking
    "key.cell": (
        "W kolumnach kryteriów: wartość, a pod nią wartość znormalizowana → wkład do oceny.",
        "In the columns of criteria: the value, below it the normalised value → what it adds to the score.",
    ),
    "key.cell.normalised": (
        "W kolumnach kryteriów: wartość, a pod nią wartość znormalizowana.",
        "In the columns of criteria: the value, below it the normalised value.",
    ),
    "key.rate": ("W nawiasie licznik i mianownik.", "In brackets numerator and denominator."),
    "key.margin": (
        "Przewaga lub strata: odległość do najbliższej gminy po drugiej stronie limitu.",
        "Ahead or behind: the distance to the nearest gmina on the other side of the quota.",
    ),
    "key.lexicographic": (
        "Gminy porównuje się według kryteriów po kolei, każde następne tylko między równymi w poprzednich.",
        "Gminas are compared by the criteria in turn, each only among those equal in all before it.",
    ),
    "key.whole": (
        "Zestaw wybrano jako całość (wiążą także warunki wspólne dla zestawu), więc wybrane nie muszą stać na początku "
        "kolejności.",
        "The set was chosen as a whole (conditions on the set bind too), so the chosen need not stand first.",
    ),
    "key.constant": (
        "Bez znaczenia dla kolejności, bo ma jedną wartość u wszystkich: {names}.",
        "Without effect on the order, as all have the same value: {names}.",
    ),
    "margin.ahead": ("{by} przed gminą {name}", "{by} ahead of {name}"),
    "margin.behind": ("{by} za gminą {name}", "{by} behind {name}"),
    "margin.code": ("na równi z gminą {name}; rozstrzygnął kod TERYT", "equal to {name}; the code decided"),
    "margin.equal": ("na równi z gminą {name}", "equal to {name}"),
    "stratum.empty": ("Brak gmin w tej warstwie.", "No gminas in this stratum."),
    "figure.map": ("Gminy wybrane, w rezerwie i pozostałe", "Gminas chosen, in reserve and others"),
    "figure.map.desc": (
        "Mapa gmin. Wybrane: {chosen}. W rezerwie: {reserve}.",
        "Map of gminas. Chosen: {chosen}. In reserve: {reserve}.",
    ),
    "figure.ranking": ("Kolejność gmin w warstwach", "Order of the gminas in the strata"),
    "figure.ranking.desc": (
        "Słupki gmin w kolejności warstw; te same wartości podają tabele poniżej.",
        "Bars of the gminas in the order of the strata; the tables below give the same values.",
    ),
    "figure.parallel": ("Gminy według wszystkich kryteriów", "Gminas by all criteria"),
    "figure.parallel.note": (
        "Każda linia to gmina; kolorem gminy wybrane. Na każdej osi korzystniejsza wartość jest wyżej.",
        "Each line is a gmina; the chosen in colour. On every axis the more favourable value is higher.",
    ),
    "figure.acceptability": ("Jak często gmina jest wybierana przy losowych wagach", "Choice with random weights"),
    "figure.variants": (
        "W ilu wariantach metody gmina jest wybierana",
        "In how many variants of the method each gmina is chosen",
    ),
    "figure.firm.desc": (
        "Słupki; te same wartości podaje tabela w tej części strony.",
        "Bars; the table of this section gives the same values.",
    ),
    "no_map": (
        "Mapy nie ma: biblioteka zawiera granice gmin województwa warmińsko-mazurskiego, a ten wybór dotyczy "
        "województwa {name}.",
        "No map: the library holds the borders of the gminas of warmińsko-mazurskie, and this choice is about {name}.",
    ),
    "no_map.gminas": (
        "Mapy nie ma: granice zawarte w bibliotece nie obejmują wszystkich wybranych gmin.",
        "No map: the borders in the library lack some of the gminas chosen.",
    ),
    # ties
    "ties.none": (
        "Na granicy limitu żadne gminy nie były równe: wynik jest jednoznaczny.",
        "No gminas were equal at the edge of the quota: the result is unique.",
    ),
    "ties.open": (
        "Równie dobrych zestawów: {sets}. Reguła ich nie rozróżnia; losowania się nie stosuje.",
        "There are {sets} equally good sets. The rule does not tell them apart, and chance is never used.",
    ),
    "ties.many": ("Zestawów jest zbyt wiele, by je wymienić.", "There are too many sets to list."),
    "ties.first": ("Pierwsze {count} zestawów:", "The first {count} sets:"),
    "ties.resolved": (
        "{stratum}: równe były {names}; rozstrzygnęło: {by}.",
        "{stratum}: {names} were equal; decided by: {by}.",
    ),
    "ties.unresolved": (
        "{stratum}: równe były {names}; nie rozstrzygnięto.",
        "{stratum}: {names} were equal; nothing decided.",
    ),
    "by.criterion": ("kryterium „{name}”", "criterion “{name}”"),
    "by.score": ("ocena", "the score"),
    "by.code_order": ("kolejność kodów", "the order of codes"),
    # reasons
    "reasons.chosen": ("Dlaczego wybrane", "Why the chosen"),
    "reasons.next": ("Dlaczego nie następne w kolejności", "Why not the next ones"),
    "reasons.others": (
        "Pozostałe gminy, które spełniają warunki ({count})",
        "The other gminas that meet the conditions ({count})",
    ),
    "reasons.excluded": (
        "Gminy, które nie spełniają warunków ({count})",
        "Gminas that do not meet the conditions ({count})",
    ),
    "reasons.strata": (
        "Oznaczenia warstw: {names}.",
        "Strata in the texts: {names}.",
    ),
    "reasons.change": ("Co by to zmieniło", "What would change it"),
    "reason.view": (
        "{place}, miejsce {rank} z {of} w warstwie {stratum}.",
        "{place}, rank {rank} of {of} in stratum {stratum}.",
    ),
    "reason.all": (" w warstwie all (", " in stratum all ("),
    "reason.suffix": (" W wyniku ogłoszonym ({source})", " In the published result ({source})"),
    # published
    "published.same": (
        "Obliczony zestaw jest taki jak ogłoszony.",
        "The computed set is the published one.",
    ),
    "published.among": (
        "Ogłoszony zestaw jest jednym z równie dobrych zestawów.",
        "The published set is one of the equally good sets.",
    ),
    "published.other": (
        "Obliczony zestaw różni się od ogłoszonego. Obliczenia nie korzystają z wyniku ogłoszonego.",
        "The computed set differs from the published one. Nothing computed uses the published result.",
    ),
    "published.source": ("Źródło ogłoszenia: {source}.", "Where it was published: {source}."),
    "published.published": ("ogłoszone", "published"),
    "published.in_both": ("w obu", "in both"),
    "published.tied": ("ogłoszone, w obliczeniu w remisie", "published, tied in the computation"),
    "published.only_published": ("tylko ogłoszone", "only published"),
    "published.only_computed": ("tylko obliczone", "only computed"),
    # adjustments
    "adjust.none": (
        "Żadnej wartości nie zastąpiono, żadnej gminy nie wyłączono z nazwy i żadna nie odmówiła.",
        "No value was imputed, no gmina was left out by name, and none refused.",
    ),
    "adjust.imputed": (
        "{name}: brak wartości „{criterion}” zastąpiono: {rule}{value} (z {from}).",
        "{name}: the missing value of “{criterion}” was replaced by: {rule}{value} (of {from}).",
    ),
    "adjust.excluded": ("{name}: wyłączona z nazwy – {reason}.", "{name}: left out by name – {reason}."),
    "adjust.offer": (
        "{name} odmówiła przyjęcia miejsca (runda {round}, {stratum}{when}{why}); miejsce przeszło na: {taken}.",
        "{name} refused the place (round {round}, {stratum}{when}{why}); it went to: {taken}.",
    ),
    "adjust.nobody": ("nikogo", "nobody"),
    # sources and record
    "not_stated": ("nie podano", "not stated"),
    "sources.note": (
        "Suma SHA-256 wskazuje dokładnie ten plik, z którego wzięto wartości.",
        "The SHA-256 names exactly the file from which the values were taken.",
    ),
    "record.sha256": ("suma SHA-256 zapisu", "SHA-256 of the record"),
    "record.spec": ("suma SHA-256 specyfikacji", "SHA-256 of the specification"),
    "record.table": ("tabela wartości", "table of values"),
    "record.table_hash": ("suma SHA-256 wartości tabeli", "SHA-256 of the table's values"),
    "record.library": ("biblioteka", "library"),
    "record.register": ("rejestr gmin z dnia", "register of gminas of"),
    "record.seed": ("ziarno losowania", "seed"),
    "record.no_seed": ("brak: w wyborze nie ma losowania", "none: the choice uses no chance"),
    "record.replay": (
        "Zapis decyzji (record.json) odtwarza wybór co do bajtu:",
        "The decision record (record.json) gives the choice again, to the byte:",
    ),
    "record.replay_table": (
        "Tabela pochodzi od użytkownika, więc trzeba ją podać.",
        "The table is the user's own and has to be given.",
    ),
    # missing table
    "missing.lead": (
        "Wyboru nie obliczono, bo brakuje tabeli wartości. Niżej: czego brakuje, gminy i reguła.",
        "Nothing is chosen, as the table of values is missing. Below: what is wanted, the gminas, the rule.",
    ),
    "missing.answer": (
        "Brakuje tabeli „{table}”: {columns} dla {gminas} spełniających warunki. Wartości nie są publiczne albo nie "
        "zostały podane; niczego nie zastąpiono.",
        "Table “{table}” is missing: {columns} for {gminas} that meet the conditions. The values are not public or "
        "were not given; nothing stands in for them.",
    ),
    "missing.table": ("Czego brakuje", "What is missing"),
    "missing.columns": ("Kolumny, które trzeba wypełnić", "Columns to fill in"),
    "missing.frame": ("Gminy, które spełniają warunki", "Gminas that meet the conditions"),
    "missing.known": (
        "W tabeli: to, co o gminach wiadomo z danych urzędowych zawartych w bibliotece. „–” oznacza brak danych.",
        "The table shows what official figures in the library say of the gminas. “–” means no data.",
    ),
    "missing.how": (
        "Proszę wypełnić szablon {template} i podać go poleceniem:",
        "Fill in the template {template} and pass it with the command:",
    ),
    "missing.published": (
        "Ogłoszone gminy: {names}. Wynik ogłoszony, nie obliczony.",
        "Gminas announced: {names}. Published, not computed.",
    ),
    "missing.strata": ("Warstwy i miejsca", "Strata and places"),
    "head.column": ("kolumna", "column"),
    "head.meaning": ("co oznacza", "meaning"),
    "head.year": ("rok", "year"),
    "head.unit": ("jednostka", "unit"),
    "head.quota": ("miejsc", "places"),
    "head.eligible": ("gmin spełniających warunki", "eligible gminas"),
    "head.published": ("wynik ogłoszony", "published result"),
    "yes": ("tak", "yes"),
    "published.heading": ("Wynik ogłoszony", "The published result"),
    "column.population": ("ludność", "population"),
    "column.own_revenue": ("dochody własne (zł)", "own revenue (PLN)"),
    "column.own_revenue_per_head": ("dochody własne na mieszkańca (zł)", "own revenue per inhabitant (PLN)"),
}

_NOUNS: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "gmina": ("gmina", "gminy", "gmin", "gmina", "gminas"),
    "of_gminas": ("gminy", "gmin", "gmin", "gmina", "gminas"),
    "place": ("miejsce", "miejsca", "miejsc", "place", "places"),
    "candidate": ("kandydatka", "kandydatki", "kandydatek", "candidate", "candidates"),
    "column": ("kolumna", "kolumny", "kolumn", "column", "columns"),
    "of_columns": ("kolumny", "kolumn", "kolumn", "column", "columns"),
    "criterion": ("kryterium", "kryteria", "kryteriów", "criterion", "criteria"),
    "of_criteria": ("kryterium", "kryteriów", "kryteriów", "criterion", "criteria"),
    "of_values": ("wartości", "wartości", "wartości", "value", "values"),
    "of_draws": ("losowania", "losowań", "losowań", "draw", "draws"),
    "set": ("zestaw", "zestawy", "zestawów", "set", "sets"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return the words `key` in `lang` with ``{names}`` replaced."""
    chosen = WORDS[key][0 if check_lang(lang) == "pl" else 1]
    written = chosen.format(**values) if values else chosen
    return bound(written) if lang == "pl" else written


def counted(count: int, noun: str, lang: str) -> str:
    """Write a number with its noun: ``1 gmina``, ``3 gminy``, ``12 gmin``."""
    one, few, many, single, several = _NOUNS[noun]
    if check_lang(lang) == "en":
        form = single if count == 1 else several
    elif count == 1:
        form = one
    else:
        form = few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many
    return f"{format_number(count, lang)}\u00a0{form}"


def listed(names: list[str], lang: str) -> str:
    """Write a list with its last joined by a word: ``Morąg, Pisz i Reszel``."""
    if len(names) < 2:
        return "".join(names)
    joint = "i\u00a0" if check_lang(lang) == "pl" else "and "
    return f"{', '.join(names[:-1])} {joint}{names[-1]}"
