"""Words of the page of coverage targets, in Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnoza.labels import check_lang
from diagnoza.report.texts import bound

__all__ = ["word"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "lead": (
        "Zasięg wsparcia: ile różnych osób i jednostek objęto wsparciem i ile brakuje do celów",
        "Coverage: how many distinct people and units have been supported, and what is missing to the targets",
    ),
    "made": ("Rejestr: {title}. Biblioteka diagnoza, wersja {version}.", "Register: {title}. diagnoza {version}."),
    "private": (
        "Widok pełny: małych liczb osób nie należy publikować (dg.publication_view). Kluczy osób na tej stronie "
        "nie ma.",
        "Full view: do not publish small counts of persons (dg.publication_view). No keys of persons are on this page.",
    ),
    "targets": ("Ile brakuje do celów", "How far the targets are"),
    "each": ("Cele po kolei", "The targets one by one"),
    "double": (
        "Co policzono raz, choć jest w rejestrze kilka razy",
        "What is counted once and stands there repeatedly",
    ),
    "left_out": ("Wiersze niepoliczone", "Rows not counted"),
    "sources": ("Skąd są cele i rejestr", "Where targets and register come from"),
    "summary": (
        "Celów: {all}; osiągniętych: {reached}; nieosiągniętych: {open}; takich, których wielkości nie znamy: "
        "{unknown}.",
        "Targets: {all}; reached: {reached}; not reached: {open}; of unknown size: {unknown}.",
    ),
    "table.targets": ("Cele", "Targets"),
    "key.bar": (
        "Szary pas sięga 125% celu, kreska oznacza 100%; odcienie: okres, w którym osobę, jednostkę lub "
        "godzinę zaliczono.",
        "The grey track ends at 125% of the target, the tick stands at 100%; shades: the period in which a person, "
        "unit or hour was reached.",
    ),
    "head.target": ("cel", "target"),
    "head.counts": ("co się liczy", "what counts"),
    "head.achieved": ("osiągnięto", "reached"),
    "head.needed": ("potrzeba", "needed"),
    "head.percent": ("%\u00a0celu", "%\u00a0of target"),
    "head.missing": ("brakuje", "missing"),
    "head.bar": ("postęp", "progress"),
    "head.period": ("okres", "period"),
    "head.rows": ("wierszy", "rows"),
    "head.hours": ("godzin", "hours"),
    "head.new": ("zaliczono w okresie", "reached in the period"),
    "head.cumulated": ("narastająco", "cumulated"),
    "head.unit": ("jednostka", "unit"),
    "head.complete": ("w tym zaliczone", "reached among them"),
    "head.part": ("% osiągniętych", "% of those reached"),
    "head.row": ("wiersz rejestru", "row of the register"),
    "head.because": ("powód", "reason"),
    "head.got": ("zapis w rejestrze", "what stands there"),
    "head.same": ("powtórzonych", "repeated"),
    "head.other": ("innej formy", "of another form"),
    "head.left_out": ("niepoliczonych", "not counted"),
    "head.by_period": ("nadwyżka po okresach", "surplus over periods"),
    "head.by_gmina": ("nadwyżka po gminach", "surplus over gminas"),
    "head.who": ("kto", "who"),
    "head.count": ("wierszy", "rows"),
    "head.where": ("wiersze rejestru", "rows of the register"),
    "head.differ": ("okresy; formy; jednostki", "periods; forms; units"),
    "head.form": ("forma", "form"),
    "head.role": ("rola", "role"),
    "head.module": ("moduł", "module"),
    "keys.persons": ("różnych osób", "distinct persons"),
    "keys.institutions": ("różnych instytucji", "distinct institutions"),
    "keys.gminas": ("różnych gmin", "distinct gminas"),
    "keys.powiats": ("różnych powiatów", "distinct powiats"),
    "keys.gminas_and_powiats": ("różnych gmin i powiatów", "distinct gminas and powiats"),
    "keys.hours": ("różnych osób i instytucji", "distinct persons and institutions"),
    "goal.value": ("Cel: {needed} ({counts}).", "Target: {needed} ({counts})."),
    "goal.share": (
        "Cel: {share} z {frame} jednostek, czyli {needed} ({counts}).",
        "Target: {share} of {frame} units, that is {needed} ({counts}).",
    ),
    "goal.open": (
        "Cel: {share}, ale nie wiadomo, z ilu jednostek ({counts}); należy podać ich liczbę albo listę.",
        "Target: {share}, but of how many units is not known ({counts}); give their number or a list.",
    ),
    "goal.unknown": ("Wielkość celu nie jest znana ({counts}).", "The size of the target is not known ({counts})."),
    "reached": (
        "Osiągnięto {achieved}, {percent} celu; brakuje {missing}.",
        "Reached: {achieved}, {percent}; missing {missing}.",
    ),
    "done": (
        "Osiągnięto {achieved}, {percent} celu: cel osiągnięty.",
        "Reached: {achieved}, {percent}: target reached.",
    ),
    "counted": ("Osiągnięto {achieved}.", "Reached: {achieved}."),
    "incomplete": (
        "Z rozpoczętym wsparciem, lecz bez wymaganych godzin lub modułów: {count}.",
        "Support begun, but without the hours or modules required: {count}.",
    ),
    "status.approximate": ("Cel przybliżony.", "The target is approximate."),
    "status.unclear": ("Treść celu jest niejednoznaczna.", "The wording of the target is not clear."),
    "no_rows": ("W rejestrze nie ma wierszy, które dotyczą tego celu.", "No row of the register is of this target."),
    "table.periods": ("{name}: okresy", "{name}: periods"),
    "table.territory": ("{name}: obszary", "{name}: territory"),
    "note.periods": (
        "Osób i jednostek z kilku okresów nie należy dodawać: suma okresów byłaby za duża o {count}. W kolumnie "
        "„narastająco” każdy jest raz.",
        "Persons and units of several periods must not be added: the sum of the periods would be {count} too many. "
        "In the cumulated column everyone is there once.",
    ),
    "note.territory": (
        "Kto był wspierany w kilku jednostkach, jest w każdej z nich: suma gmin byłaby za duża o {count}.",
        "Whoever was supported in several units is in each of them: the sum of the gminas would be {count} too many.",
    ),
    "note.more": (
        "Pokazano {shown} z {all}; wszystkie są w pliku {file}.",
        "{shown} of {all} are shown; all are in the file {file}.",
    ),
    "level.subregion": ("podregion", "subregion"),
    "level.powiat": ("powiat", "powiat"),
    "level.gmina": ("gmina", "gmina"),
    "level.voivodeship": ("województwo", "voivodeship"),
    "level.poland": ("kraj", "country"),
    "no_unit": ("bez jednostki szczebla: {level}", "no unit of the level: {level}"),
    "without": (
        "Jednostki jeszcze bez wsparcia ({count}): {names}.",
        "Units still without support ({count}): {names}.",
    ),
    "without.all": ("Wsparciem objęto wszystkie jednostki.", "All units have support."),
    "more": ("i {count} innych (missing_units.csv)", "and {count} more (missing_units.csv)"),
    "table.account": ("Co się stało z wierszami bez błędu", "What became of the rows without fault"),
    "note.account": (
        "Policzone, powtórzone, innej formy i niepoliczone dają razem wszystkie wiersze bez błędu ({rows}). Nadwyżka: "
        "o ile za dużo dałoby dodanie okresów lub gmin.",
        "Counted, repeated, of another form and not counted are together all rows without fault ({rows}). Surplus: by "
        "how much adding periods or gminas would be too many.",
    ),
    "table.repeats": ("Osoby i instytucje w kilku wierszach", "Persons and institutions in several rows"),
    "person": ("osoba (klucz w double_counting.csv)", "person (key in double_counting.csv)"),
    "same": (
        "Wiersze równe wcześniejszym, policzone raz: {rows}.",
        "Rows equal to earlier ones, counted once: {rows}.",
    ),
    "same.row": ("{row} (jak {of})", "{row} (as {of})"),
    "alike": (
        "Grup kluczy, które różnią się tylko wielkością liter, odstępami lub interpunkcją: {count}. Policzono je "
        "osobno; należy sprawdzić, czy to nie te same (record.json).",
        "Groups of keys that differ only in case, spaces or punctuation: {count}. They are counted apart; check "
        "whether they are the same (record.json).",
    ),
    "no_double": ("Nic nie powtarza się w rejestrze.", "Nothing is repeated in the register."),
    "table.left_out": ("Wiersze niepoliczone, według miejsca", "Rows not counted, by place"),
    "every_target": ("żaden cel", "no target"),
    "none_left_out": ("Policzono wszystkie wiersze, które dotyczą celów.", "Every row that is of a target is counted."),
    "table.unmatched": ("Wiersze, których nie dotyczy żaden cel", "Rows that are no target's matter"),
    "note.unmatched": (
        "Literówka w nazwie formy, roli lub modułu byłaby tu widoczna.",
        "A misspelled form, role or module would show here.",
    ),
    "table.sources": ("Źródła celów i rejestr", "Sources of the targets, and the register"),
    "head.what": ("co", "what"),
    "head.source": ("źródło", "source"),
    "head.date": ("data", "date"),
    "head.hash": ("suma SHA-256", "SHA-256"),
    "set": ("zestaw celów: {title}", "set of targets: {title}"),
    "register": ("rejestr wsparcia", "register of support"),
    "frame": ("ramka danych użytkownika", "the user's frame"),
    "publisher.user": ("użytkownik", "user"),
    "not stated": ("nie podano", "not stated"),
    "notes": ("Co trzeba wiedzieć", "What has to be known"),
    "unknown": ("Czego tu nie liczono", "What is not counted here"),
    "methods": ("Jak policzono", "How it was counted"),
    "coverage_keys.exact": ("Klucze porównano dokładnie.", "Keys are compared exactly."),
    "coverage_keys.trim": (
        "Klucze porównano bez odstępów na końcach; innych różnic w pisowni nie zgadywano.",
        "Keys are compared without spaces at the ends; other spellings are not guessed.",
    ),
    "coverage_keys.trim_case": (
        "Klucze porównano bez odstępów na końcach i bez względu na wielkość liter.",
        "Keys are compared without spaces at the ends and whatever their case.",
    ),
    "coverage_period.year": ("Okresy: lata.", "Periods: years."),
    "coverage_period.half": ("Okresy: półrocza.", "Periods: half-years."),
    "coverage_period.quarter": ("Okresy: kwartały.", "Periods: quarters."),
    "coverage_period.month": ("Okresy: miesiące.", "Periods: months."),
    "coverage_same_rows.counted_once": (
        "Wiersze równe we wszystkich polach są jednym wierszem.",
        "Rows equal in every field are one row.",
    ),
    "files": (
        "Obok: targets.csv, periods.csv, territory.csv, missing_units.csv, double_counting.csv, left_out.csv, "
        "unmatched.csv, targets.svg i record.json.",
        "Beside: targets.csv, periods.csv, territory.csv, missing_units.csv, double_counting.csv, left_out.csv, "
        "unmatched.csv, targets.svg and record.json.",
    ),
    "bar": ("{achieved} z {needed}", "{achieved} of {needed}"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return the words `key` in `lang` with ``{names}`` replaced."""
    chosen = _WORDS[key][0 if check_lang(lang) == "pl" else 1]
    written = chosen.format(**values) if values else chosen
    return bound(written) if lang == "pl" else written
