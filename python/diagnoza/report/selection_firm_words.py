"""Words on how firm a selection is, in Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnoza.labels import check_lang
from diagnoza.report.texts import bound

__all__ = ["FIRM_WORDS", "firm_word"]

#: key: (Polish, English)
FIRM_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "none": (
        "Na tej stronie nie badano odporności wyniku. Służy do tego polecenie diagnoza robustness, a w Pythonie "
        "to_html(robustness=True).",
        "How firm the result is was not studied for this page: the command diagnoza robustness does it, and "
        "to_html(robustness=True) in Python.",
    ),
    "variants": (
        "Wybór powtórzono innymi metodami, normalizacjami i wagami; liczba wariantów: {count}{refused}. Remis liczy "
        "się jako ułamek.",
        "The choice was made again by other methods, normalisations and weights: {count} variants{refused}. A tie "
        "counts as a fraction.",
    ),
    "refused": (
        "; {count} dalszych nie da się zastosować do tych wartości",
        "; {count} more do not admit these values",
    ),
    "weights.uniform": (
        "Wagi losowano jednostajnie spośród wszystkich możliwych ({draws}, ziarno {seed}). Po znaku ± dwa błędy "
        "Monte Carlo, w punktach procentowych.",
        "Weights were drawn uniformly from all possible ones ({draws}, seed {seed}). After ± two Monte Carlo errors, "
        "in percentage points.",
    ),
    "weights.ordered": (
        "Wagi losowano jednostajnie spośród zgodnych z podaną kolejnością ważności ({draws}, ziarno {seed}). Po znaku "
        "± dwa błędy Monte Carlo, w punktach procentowych.",
        "Weights were drawn uniformly from those that keep the given order of importance ({draws}, seed {seed}). "
        "After ± two Monte Carlo errors, in percentage points.",
    ),
    "errors.uniform": (
        "Wartości zmieniano losowo, każdą osobno o nie więcej niż {size} ({draws}).",
        "Values were changed at random, each by itself by {size} at most ({draws}).",
    ),
    "errors.normal": (
        "Wartości zmieniano losowo, każdą osobno, z odchyleniem standardowym {size} ({draws}).",
        "Values were changed at random, each by itself, with a standard deviation of {size} ({draws}).",
    ),
    "refusals": (
        "Gmina, która odmówiła, nie jest wybierana w żadnym wariancie ani losowaniu.",
        "A gmina that refused is chosen in no variant and no draw.",
    ),
    "no_weights": (
        "Metoda leksykograficzna nie używa wag, więc losowe wagi niczego nie mówią.",
        "The lexicographic method uses no weights, so that random weights say nothing.",
    ),
    "one_criterion": (
        "Kryterium jest jedno: bez niego nie ma według czego wybierać.",
        "There is one criterion: without it there is nothing to choose by.",
    ),
    "no_steps": (
        "Reguła nie ma elementów dodatkowych, które można by pominąć.",
        "The rule has no optional parts to leave out.",
    ),
    "absent": (
        "Części badania nie da się wykonać dla tego wyboru{reason}.",
        "One part of the study is not possible for this choice{reason}.",
    ),
    "says": ("komunikat biblioteki: {reason}", "the library says: {reason}"),
    "same": ("bez skutku: wybór jest ten sam", "no effect: the choice is the same"),
    "other": ("wybór jest inny", "the choice differs"),
    "impossible": ("bez tego elementu wyboru nie ma", "no choice without it"),
    "goal.score": ("suma ocen", "sum of scores"),
    "goal.diversity": ("zróżnicowanie", "diversity"),
    "goal.powiats": ("liczba powiatów", "number of powiats"),
    "goal.same_powiat_pairs": ("pary w jednym powiecie", "pairs in one powiat"),
    "front.more": (" (pierwsze {shown} z {count})", " (first {shown} of {count})"),
}


def firm_word(key: str, lang: str, **values: object) -> str:
    """Return the words `key` in `lang` with ``{names}`` replaced."""
    chosen = FIRM_WORDS[key][0 if check_lang(lang) == "pl" else 1]
    written = chosen.format(**values) if values else chosen
    return bound(written) if lang == "pl" else written
