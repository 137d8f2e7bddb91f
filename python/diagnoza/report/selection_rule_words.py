"""Words for every choice that a specification of a selection can make, in Polish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from diagnoza.labels import check_lang, format_number
from diagnoza.report.texts import bound

__all__ = ["RULE_WORDS", "rule_word", "unit_word"]

#: key: (Polish, English)
RULE_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "frame": ("Gminy, z których wybierano", "Gminas looked at"),
    "frame.text": (
        "gminy województwa {name}, rejestr TERYT z {date} r.; wartości z tabeli „{table}”",
        "gminas of the voivodeship {name}, TERYT register of {date}; values of table “{table}”",
    ),
    "eligibility": ("Kto może być wybrany", "Who may be chosen"),
    "kinds": ("gminy: {kinds}", "gminas: {kinds}"),
    "kind.urban": ("miejskie", "urban"),
    "kind.rural": ("wiejskie", "rural"),
    "kind.urban_rural": ("miejsko-wiejskie", "urban-rural"),
    "exclude": ("wyłączone z nazwy: {names}", "left out by name: {names}"),
    "require": ("z wartością: {names}", "with a value of: {names}"),
    "strata": ("Warstwy i miejsca", "Strata and places"),
    "strata.within": (
        "liczba grup, z których pochodzą gminy wybrane w warstwie: {groups} ({by}); {rule}",
        "the chosen of a stratum lie in exactly so many groups: {groups} ({by}); {rule}",
    ),
    "by.subregion": ("podregion", "subregion"),
    "by.powiat": ("powiat", "powiat"),
    "by.kind": ("rodzaj gminy", "kind of gmina"),
    "by.all": ("wszystkie razem", "all together"),
    "groups.together": (
        "grupy wybiera się razem z gminami, jako najlepszą całość",
        "groups are chosen together with the gminas, as the best whole",
    ),
    "groups.sum": (
        "najpierw grupy, według sumy ocen ich gmin",
        "groups first, by the sum of the scores of their gminas",
    ),
    "groups.mean": (
        "najpierw grupy, według średniej ocen ich gmin",
        "groups first, by the mean score of their gminas",
    ),
    "reserve": ("Lista rezerwowa", "Reserve list"),
    "reserve.none": ("brak", "none"),
    "reserve.some": ("po {count} w każdej warstwie", "{count} in each stratum"),
    "method": ("Metoda", "Method"),
    "method.lexicographic": (
        "leksykograficzna: kryteria po kolei, każde następne tylko między gminami równymi w poprzednich",
        "lexicographic: the criteria in turn, each only among gminas equal in all before it",
    ),
    "method.weighted_sum": (
        "suma ważona wartości znormalizowanych",
        "weighted sum of the normalised values",
    ),
    "method.weighted_product": (
        "iloczyn ważony wartości znormalizowanych",
        "weighted product of the normalised values",
    ),
    "method.weighted_mean": (
        "ważona średnia uogólniona wartości znormalizowanych",
        "weighted generalised mean of the normalised values",
    ),
    "method.borda": ("ważona suma rang (Borda)", "weighted sum of ranks (Borda)"),
    "method.copeland": (
        "ważone większości wygrane minus przegrane (Copeland)",
        "weighted majorities won minus lost (Copeland)",
    ),
    "method.hellwig": ("odległość od wzorca rozwoju (Hellwig)", "distance from the pattern (Hellwig)"),
    "method.gdm1": ("uogólniona miara odległości GDM1", "generalised distance measure GDM1"),
    "method.gdm2": ("uogólniona miara odległości GDM2", "generalised distance measure GDM2"),
    "method.topsis": ("TOPSIS: bliskość rozwiązania idealnego", "TOPSIS: closeness to the ideal solution"),
    "method.promethee2": ("PROMETHEE II: przepływ netto przewyższania", "PROMETHEE II: net outranking flow"),
    "method.electre3": ("ELECTRE III: wiarygodność netto przewyższania", "ELECTRE III: net credibility of outranking"),
    "short.lexicographic": ("kryteria po kolei", "the criteria in turn"),
    "normalisation": ("normalizacja: {name}", "normalisation: {name}"),
    "normalisation.zero_unitarisation": ("unitaryzacja zerowana", "zero unitarisation"),
    "normalisation.rank": ("rangi", "ranks"),
    "normalisation.percentile": ("percentyle", "percentiles"),
    "normalisation.goalposts": ("podane wartości krańcowe", "goalposts"),
    "normalisation.vector": ("wektorowa", "vector"),
    "normalisation.n": ("{code} według clusterSim", "{code} of clusterSim"),
    "within.pool": (
        "gminy porównuje się wśród wszystkich, które spełniają warunki",
        "gminas are compared among all that meet the conditions",
    ),
    "within.stratum": ("gminy porównuje się w obrębie warstwy", "gminas are compared within their stratum"),
    "power": ("wykładnik średniej: {value}", "exponent of the mean: {value}"),
    "ddof": ("odchylenie standardowe z ddof = {value}", "standard deviation with ddof = {value}"),
    "clip.true": (
        "wartości poza krańcami liczą się jak krańcowe",
        "values outside the goalposts count as the nearer end",
    ),
    "clip.false": ("wartości poza krańcami liczą się bez zmian", "values outside the goalposts count as they are"),
    "weights": ("Wagi", "Weights"),
    "weights.given": ("podane w specyfikacji", "given in the specification"),
    "weights.equal": ("równe", "equal"),
    "weights.entropy": (
        "z entropii: więcej waży to, co bardziej różni gminy",
        "by entropy: what differs more weighs more",
    ),
    "weights.critic": (
        "CRITIC: z rozrzutu i ze sprzeczności z innymi kryteriami",
        "CRITIC: by spread and conflict with the other criteria",
    ),
    "weights.std": ("z odchylenia standardowego", "by the standard deviation"),
    "weights.ahp": ("AHP: z porównań parami", "AHP: from pairwise comparisons"),
    "consistency": (
        "współczynnik zgodności {value} (zwyczajowa granica {limit})",
        "consistency ratio {value} (customary limit {limit})",
    ),
    "diversity": ("Zróżnicowanie zestawu", "Diversity of the set"),
    "diversity.none": ("nie ma znaczenia", "of no account"),
    "diversity.text": ("{label}, {year} ({unit}): {spread}, {over}; {purpose}",) * 2,
    "spread.max_min_gap": (
        "najmniejsza różnica między dwiema wybranymi ma być jak największa",
        "the smallest difference between two of the chosen is to be large",
    ),
    "spread.range": (
        "rozstęp między największą a najmniejszą wartością ma być jak największy",
        "the range from the smallest to the largest value is to be large",
    ),
    "spread.quantile_classes": (
        "wybrane mają leżeć w jak największej liczbie klas kwantylowych ({classes})",
        "the chosen are to lie in many quantile classes (of {classes})",
    ),
    "over.set": ("w całym zestawie", "over the whole set"),
    "over.strata": ("w każdej warstwie osobno", "within each stratum"),
    "purpose.objective": ("ma pierwszeństwo przed oceną", "it goes before the score"),
    "purpose.threshold": (
        "dopuszczalne są zestawy o zróżnicowaniu co najmniej {at_least}",
        "sets from {at_least} on are admitted",
    ),
    "purpose.tie_break": ("rozstrzyga między zestawami o równej ocenie", "it decides between sets of equal score"),
    "locality": ("Położenie w powiatach", "Powiats of the chosen"),
    "locality.free": ("nie ma znaczenia", "of no account"),
    "locality.prefer": (
        "z równie dobrych zestawów lepszy jest ten, w którym więcej gmin jednej warstwy leży w jednym powiecie",
        "of equal sets the one with more gminas of a stratum in one powiat",
    ),
    "locality.require": ("wybrane w warstwie leżą w jednym powiecie", "the chosen of a stratum lie in one powiat"),
    "locality.forbid": ("żadne dwie wybrane nie leżą w jednym powiecie", "no two of the chosen lie in one powiat"),
    "consent": ("Zgoda gmin", "Consent of the gminas"),
    "consent.none": ("reguła o nią nie pyta", "the rule does not ask for it"),
    "consent.before": (
        "przed wyborem; zgodę wyraziło: {count}",
        "before the choice; agreed: {count}",
    ),
    "consent.offers": (
        "po wyborze: miejsce po odmowie przechodzi na następną w kolejności; odmów: {count}",
        "after the choice: a refused place goes to the next in order; refusals: {count}",
    ),
    "ties": ("Remisy", "Ties"),
    "ties.report": (
        "remis pozostaje remisem i podaje się wszystkie równie dobre zestawy",
        "a tie stays a tie and every equally good set is reported",
    ),
    "ties.next_criterion": (
        "rozstrzygają kryteria dodatkowe; co równe we wszystkich, pozostaje remisem",
        "the secondary criteria decide; what is equal in all stays a tie",
    ),
    "ties.code_order": (
        "rozstrzygają kryteria dodatkowe, a potem niższy kod TERYT",
        "the secondary criteria decide, then the lower TERYT code",
    ),
    "missing": ("Brakujące wartości", "Missing values"),
    "missing.refuse": ("brak choć jednej wartości wstrzymuje wybór", "one missing value stops the choice"),
    "missing.exclude": ("gmina odpada", "the gmina drops out"),
    "missing.stratum_median": ("mediana warstwy", "the median of the stratum"),
    "missing.stratum_mean": ("średnia warstwy", "the mean of the stratum"),
    "missing.pool_median": ("mediana wszystkich gmin", "the median of all gminas"),
    "missing.pool_mean": ("średnia wszystkich gmin", "the mean of all gminas"),
    "disclosure": ("Ochrona danych", "Disclosure control"),
    "disclosure.none": (
        "specyfikacja nie przewiduje ukrywania wartości",
        "the specification keeps no value back",
    ),
    "disclosure.text": (
        "w publikacji nie pokazuje się liczebności większych od 0 i mniejszych niż {threshold}",
        "counts above 0 and below {threshold} are not published",
    ),
    "search": ("Pewność, że to najlepszy zestaw", "Proof that it is the best set"),
    "proof.order": (
        "jedynym ograniczeniem jest liczba miejsc w warstwach, więc najlepsze są pierwsze gminy każdej warstwy",
        "only quotas bind, so that the first gminas of each stratum are best",
    ),
    "proof.enumeration": (
        "sprawdzono każdy dopuszczalny zestaw albo wykluczono go oszacowaniem",
        "every feasible set was looked at or excluded by a bound",
    ),
    "proof.branch_and_bound": (
        "wszystkie inne zestawy wykluczono oszacowaniami (podział i ograniczenia)",
        "all other sets were excluded by bounds (branch and bound)",
    ),
    "proof.integer_programme": (
        "wskazał go program całkowitoliczbowy; zestaw sprawdzono, lepszego nie znaleziono",
        "an integer programme gave it; the set was checked and no better one found",
    ),
    "sets": ("zestawów zgodnych z limitami: {quotas}", "sets that fill the quotas: {quotas}"),
    "sets.feasible": ("w tym dopuszczalnych: {feasible}", "of these feasible: {feasible}"),
    "worth": ("suma ocen zestawu: {score}", "sum of the scores of the set: {score}"),
    "worth.diversity": ("zróżnicowanie: {value}", "diversity: {value}"),
    "chance": (
        "prawdopodobieństwo, że gminy każdej warstwy przypadkiem znajdą się w jednym powiecie: {share}",
        "chance that the gminas of every stratum lie in one powiat by accident: {share}",
    ),
    "notes": ("Uwagi do specyfikacji", "Notes on the specification"),
    "notes.lead": (
        "W brzmieniu autora; także o tym, co w regule niejednoznaczne.",
        "As its author wrote them; also on what is ambiguous in the rule.",
    ),
    # criteria
    "criteria": ("Kryteria", "Criteria"),
    "head.number": ("nr", "no."),
    "head.criterion": ("kryterium", "criterion"),
    "head.unit": ("rok i jednostka", "year and unit"),
    "head.direction": ("co przemawia za gminą", "what speaks for a gmina"),
    "head.role": ("rola", "role"),
    "head.weight": ("waga", "weight"),
    "head.terms": ("warunki", "conditions"),
    "direction.stimulant": ("wartość wysoka", "a high value"),
    "direction.destimulant": ("wartość niska", "a low value"),
    "direction.nominant": ("bliskość wartości {value}", "nearness to {value}"),
    "order.stimulant": ("od najwyższej wartości", "from the highest value"),
    "order.destimulant": ("od najniższej wartości", "from the lowest value"),
    "order.nominant": ("od najbliższej wartości {value}", "from the nearest to {value}"),
    "more.stimulant": ("im więcej, tym wyżej", "more stands higher"),
    "more.destimulant": ("im mniej, tym wyżej", "less stands higher"),
    "more.nominant": ("im bliżej wartości {value}, tym wyżej", "nearer to {value} stands higher"),
    "short.weight": ("waga {weight}", "weight {weight}"),
    "range": ("{low}–{high}",) * 2,
    "role.primary": ("główne", "primary"),
    "role.secondary": ("dodatkowe (remisy)", "secondary (ties)"),
    "measure.rate": (
        "iloraz: {factor} × {numerator} / {denominator} ({year})",
        "rate: {factor} × {numerator} / {denominator} ({year})",
    ),
    "at_least": ("co najmniej {value}", "at least {value}"),
    "at_most": ("co najwyżej {value}", "at most {value}"),
    "goalposts": ("0 przy {low}, 1 przy {high}", "0 at {low}, 1 at {high}"),
    "bands": ("równe w przedziałach o szerokości {width}", "equal within bands of {width}"),
    "leader_distance": (
        "uznawane za równe, jeśli tracą do najlepszej nie więcej niż {within}",
        "equal up to {within} behind the best",
    ),
    "leader_share": (
        "uznawane za równe, jeśli tracą do najlepszej nie więcej niż {within}",
        "equal up to {within} behind the best",
    ),
    "preference": ("preferencja {name}{parameters}", "preference {name}{parameters}"),
    "preference.usual": ("zwykła", "usual"),
    "preference.u_shape": ("kształtu U", "U-shape"),
    "preference.v_shape": ("kształtu V", "V-shape"),
    "preference.level": ("poziomowa", "level"),
    "preference.linear": ("liniowa", "linear"),
    "preference.gaussian": ("Gaussa", "Gaussian"),
    "thresholds": ("progi {parameters}", "thresholds {parameters}"),
    # parts of the rule, as robustness takes them out
    "part.eligibility.exclude": ("wyłączenia z nazwy", "exclusions by name"),
    "part.eligibility.require_data": ("wymagane dane", "required data"),
    "part.consent": ("zgoda gmin", "consent"),
    "part.diversity": ("zróżnicowanie", "diversity"),
    "part.locality": ("położenie w powiatach", "powiats of the chosen"),
    "part.strata.within": ("drugi poziom warstw", "second level of strata"),
    "part.ties": ("rozstrzyganie remisów kodem", "ties decided by the code"),
    "part.threshold": ("próg: {name}", "threshold: {name}"),
    "part.criterion": ("kryterium dodatkowe: {name}", "secondary criterion: {name}"),
}

_UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "persons": ("osoby", "osób"),
    "inhabitants": ("mieszkańcy", "mieszkańców"),
    "families": ("rodziny", "rodzin"),
    "households": ("gospodarstwa domowe", "gospodarstw domowych"),
    "places": ("miejsca", "miejsc"),
    "PLN": ("zł", "zł"),
    "zł": ("zł", "zł"),
    "percent": ("%", "%"),
    "years": ("lata", "lat"),
}


def rule_word(key: str, lang: str, **values: object) -> str:
    """Return the words `key` in `lang` with ``{names}`` replaced."""
    chosen = RULE_WORDS[key][0 if check_lang(lang) == "pl" else 1]
    written = chosen.format(**values) if values else chosen
    return bound(written) if lang == "pl" else written


def unit_word(unit: str, lang: str) -> str:
    r"""Return a unit of a table in the language of the page; one that is not known stays as it is written.

    >>> unit_word("persons per 10000 inhabitants", "pl")
    'osoby na 10\xa0000 mieszkańców'
    """
    found = re.fullmatch(r"(\w+)(?: per (?:(\d+) )?(\w+))?", unit)
    if found is None:
        return unit
    above, factor, below = found.groups()
    many = f"{format_number(int(factor), lang)} " if factor and len(factor) < 12 else f"{factor} " if factor else ""
    if check_lang(lang) == "en":
        return f"{above} per {many}{below}" if below else unit
    if above not in _UNITS or (below and below not in _UNITS):
        return unit
    written = _UNITS[above][0]
    return f"{written} na {many}{_UNITS[below][1]}" if below else written
