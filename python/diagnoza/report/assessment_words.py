"""Words of the page of an assessment, in Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnoza.labels import check_lang
from diagnoza.report.texts import bound

__all__ = ["said", "word"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "lead": (
        "Ocena na tle innych jednostek: co się wyróżnia, jakie są wartości i dokąd zmierzają, czego nie wiadomo",
        "Assessment among other units: what stands out, the values and where they go, what is not known",
    ),
    "findings": ("Co się wyróżnia", "What stands out"),
    "origins": ("Z czym porównano formularz", "What the form is compared with"),
    "values": ("Wartości i miejsce wśród innych", "Values and the place among others"),
    "trend": ("Jak się zmienia", "How it changes"),
    "unknown": ("Czego nie wiadomo", "What is not known"),
    "sources": ("Źródła", "Sources"),
    "methods": ("Jak to policzono", "How it was computed"),
    "summary": ("Oceniono {all} wskaźników: {parts}.", "{all} indicators were assessed: {parts}."),
    "summary.unfavourable": ("{count} wyróżnia się niekorzystnie", "{count} standing out unfavourably"),
    "summary.not_stated": (
        "{count} odbiega od innych bez oceny, czy to dobrze, czy źle",
        "{count} far from the others without a verdict",
    ),
    "summary.favourable": ("{count} wyróżnia się korzystnie", "{count} standing out favourably"),
    "summary.unknown": ("{count} nie ma wartości", "{count} without a value"),
    "summary.rest": ("{count} nie odbiega od innych", "{count} not far from the others"),
    "context": ("{name}: {value} ({year}).", "{name}: {value} ({year})."),
    "context.trend": (" Od {year} r.: {change}.", " Since {year}: {change}."),
    "context.outlook": (" Prognoza na {year} r.: {value}.", " Projection for {year}: {value}."),
    "too_few": (
        "Porównywanych jednostek jest za mało (mniej niż {few}), by cokolwiek wyróżnić; wartości i miejsca są niżej.",
        "There are too few units to compare (fewer than {few}) for anything to be flagged; values and places are "
        "below.",
    ),
    "few_note": (
        "Za mało innych jednostek z wartością (mniej niż {few}), by wyróżniać: {names}.",
        "Too few other units with a value (fewer than {few}) for flags: {names}.",
    ),
    "few_all": ("wszystkie wskaźniki", "all indicators"),
    "nothing": (
        "Żaden wskaźnik nie odbiega od porównywanych jednostek tak, by zwrócić na niego uwagę.",
        "No indicator is so far from the units compared that it calls for attention.",
    ),
    "alone": (
        "Nie ma tu jednostek, z którymi można by porównać wartości.",
        "There are no units here to compare the values with.",
    ),
    "look": (
        "Wyróżnienie jest powodem, by się przyjrzeć, a nie wyrokiem. Reguły są opisane na końcu strony.",
        "A flag is a reason to look closer, not a verdict. The rules are at the end of the page.",
    ),
    "group.unfavourable": ("Niekorzystne", "Unfavourable"),
    "group.not_stated": (
        "Odbiega od innych – bez oceny, czy to dobrze, czy źle",
        "Far from the others, without a verdict",
    ),
    "group.favourable": ("Korzystne", "Favourable"),
    "group.unknown": ("Brak wartości", "No value"),
    "also": ("Podobnie na tle: {peers}.", "Likewise among: {peers}."),
    "table.values": ("Wskaźniki na tle grupy: {peers}", "Indicators among {peers}"),
    "table.alone": ("Wartości wskaźników", "Values of the indicators"),
    "table.others": ("Miejsce w pozostałych grupach", "The place in the other groups"),
    "table.trend": ("Zmiany wskaźników", "Changes of the indicators"),
    "head.indicator": ("wskaźnik", "indicator"),
    "head.value": ("wartość", "value"),
    "head.median": ("mediana", "median"),
    "head.place": ("miejsce", "place"),
    "head.strip": ("położenie wśród innych", "position among others"),
    "head.first": ("początek", "first"),
    "head.last": ("koniec", "last"),
    "head.change": ("zmiana", "change"),
    "head.per_year": ("średnio rocznie", "per year"),
    "head.outlook": ("prognoza", "projection"),
    "head.series": ("przebieg", "course"),
    "place.of": ("{rank} z {n}", "{rank} of {n}"),
    "place.tied": ("{rank} z {n} (ex aequo z {ties})", "{rank} of {n} (tied with {ties})"),
    "strip": (
        "wartość {value}; od {low} do {high}, połowa jednostek od {q1} do {q3}, mediana {median}",
        "value {value}; from {low} to {high}, the middle half from {q1} to {q3}, median {median}",
    ),
    "key.strip": (
        "Linia: od najniższej do najwyższej wartości w grupie; pas: środkowa połowa jednostek; kreska: mediana; "
        "kropka: "
        "oceniana jednostka. Miejsce 1. ma najwyższa wartość – to, czy jest dobra, zależy od wskaźnika.",
        "Line: from the lowest to the highest value of the group; band: the middle half of the units; tick: the "
        "median; "
        "dot: the unit assessed. Place 1 has the highest value; whether that is good depends on the indicator.",
    ),
    "key.series": (
        "Linia ciągła: wartości obserwowane; przerywana: prognoza; przerwa: brak danych albo zmiana podstawy liczenia.",
        "Solid line: observed; dashed: projected; a gap: no data or another basis of counting.",
    ),
    "no_trend": (
        "Źródła podają po jednym roku obserwacji: zmian nie można ocenić.",
        "The sources give one observed year each: changes cannot be assessed.",
    ),
    "one_year": ("tylko {year} r.", "only {year}"),
    "break": (
        "Nie porównuje się z latami przed {year} r.: {reason}.",
        "Not compared with years before {year}: {reason}.",
    ),
    "skipped": ("Brak lat: {years}.", "Years without a value: {years}."),
    "nothing_unknown": ("Wszystkie wartości, o które pytano, są znane.", "All values asked for are known."),
    "gap": ("{name}, {years}: {reason}.", "{name}, {years}: {reason}."),
    "peers_gap": (
        "{name}: w grupie „{peers}” nie ma wartości {count} z {units} innych jednostek: {names}.",
        "{name}: among {peers}, {count} of the {units} other units have no value: {names}.",
    ),
    "more": ("i {count} innych", "and {count} more"),
    "no_peers.only_gminas": ("tylko gminy mają grupy według {peers}", "only gminas have groups by {peers}"),
    "no_peers.kind_unknown": ("kod nie mówi, jakiego rodzaju jest gmina", "the code does not say the gmina's kind"),
    "no_peers.subregion_unknown": (
        "nie wiadomo, w którym podregionie leży jednostka",
        "the unit's subregion is not known",
    ),
    "no_peers.not_inside": ("jednostka nie leży wewnątrz takiej grupy", "the unit does not lie inside such a group"),
    "no_peers.nobody": ("nie ma w niej żadnej innej jednostki", "there is no other unit in it"),
    "no_peers": ("Bez porównania: {peers} – {reason}.", "Not compared: {peers} – {reason}."),
    "peers.kind": ("gminy tego samego rodzaju", "gminas of the same kind"),
    "peers.powiat": ("gminy tego samego powiatu", "gminas of the same powiat"),
    "peers.subregion": ("jednostki podregionu", "units of the subregion"),
    "peers.voivodeship": ("jednostki województwa", "units of the voivodeship"),
    "peers.own": ("jednostki wybrane", "chosen units"),
    "by.kind": ("rodzaju", "kind"),
    "by.powiat": ("powiatu", "powiat"),
    "no_source": ("źródła nie podano", "source not given"),
    "head.publisher": ("wydawca", "publisher"),
    "head.title": ("tytuł", "title"),
    "head.date": ("data", "date"),
    "head.used_for": ("wskaźniki", "indicators"),
    "head.hash": ("suma SHA-256", "SHA-256"),
    "table.sources": ("Źródła wskaźników", "Sources of the indicators"),
    "method.year": (
        "Jednostki porównuje się w jednym roku: ostatnim obserwowanym, w którym wartość ma co najmniej połowa "
        "jednostek tego "
        "szczebla. Wartość samej jednostki należy do grupy.",
        "Units are compared in one year: the last observed one in which at least half of the units of the level have a "
        "value. The unit's own value belongs to the group.",
    ),
    "method.place": (
        "Mediana i kwartyle: typ 7 (Hyndman i Fan 1996). Miejsce 1. ma najwyższa wartość; równe wartości mają wspólne, "
        "najlepsze miejsce. Percentyl: 100 × (liczba niższych + połowa równych, z jednostką) / n.",
        "Median and quartiles: type 7 (Hyndman and Fan 1996). Place 1 has the highest value; equal values share the "
        "best "
        "place. Percentile: 100 × (number below + half the number equal, the unit included) / n.",
    ),
    "method.far": (
        "Wyraźnie daleko: poza granicą kwartyl ± {fence} rozstępu ćwiartkowego (Tukey 1977). Skrajna: wśród {share} "
        "jednostek o najwyższych lub najniższych wartościach, razem z równymi. Porównanie wymaga co najmniej {few} "
        "innych "
        "jednostek z wartością; liczebności i kwoty ogółem ocenia się tylko po zmianie.",
        "Far: beyond a quartile by more than {fence} interquartile ranges (Tukey 1977). Extreme: among the {share} of "
        "units "
        "with the highest or lowest values, equal ones counted in. Comparing needs at least {few} other units with a "
        "value; "
        "totals of people or money are assessed by their change alone.",
    ),
    "method.change": (
        "Duża zmiana: co najmniej {big}% z roku na rok. Pod prąd: co najmniej {against} porównywanych jednostek "
        "zmienia się "
        "w tych samych latach w przeciwną stronę. Zmian nie liczy się przez zmianę podstawy ani z prognozą.",
        "Big change: at least {big}% from one year to the next. Against the others: at least {against} of the units "
        "compared "
        "move the other way over the same years. No change is counted across a break of the series or with "
        "projections.",
    ),
    "method.direction": (
        "Kierunek (które wartości są lepsze) przyjęto tylko tam, gdzie nie budzi sporu: {names}.",
        "A direction (which values are better) is taken only where it is not in dispute: {names}.",
    ),
    "method.no_direction": (
        "Dla żadnego wskaźnika nie przyjęto, które wartości są lepsze.",
        "For no indicator it is said which values are better.",
    ),
    "higher": ("{name} – wyższe", "{name}: higher"),
    "lower": ("{name} – niższe", "{name}: lower"),
    "notes": ("Uwagi do wskaźników", "Notes on indicators"),
    # index
    "index.title": ("Ocena jednostek: {count}", "Assessment of {count} units"),
    "index.lead": (
        "Każda komórka to wartość; barwa mówi, gdzie leży wśród porównywanych jednostek (percentyl w grupie: {peers}).",
        "Every cell is a value; its colour says where it lies among the units compared (percentile among {peers}).",
    ),
    "index.name": ("jednostka", "unit"),
    "index.flags": ("wyróżnienia: niekorzystne / bez oceny / korzystne", "flags: unfavourable / open / favourable"),
    "index.files": (
        "Obok: assessment.csv i assessment.parquet (wartości i miejsca), series.csv, flags.csv, gaps.csv.",
        "Beside: assessment.csv and assessment.parquet (values and places), series.csv, flags.csv, gaps.csv.",
    ),
    "index.missing": ("brak wartości", "no value"),
    "index.heat": ("Wartości i percentyle", "Values and percentiles"),
    "class.0": ("najniższe 10%", "lowest 10%"),
    "class.1": ("10–25%", "10–25%"),
    "class.2": ("środkowa połowa", "middle half"),
    "class.3": ("75–90%", "75–90%"),
    "class.4": ("najwyższe 10%", "highest 10%"),
    # section of the report of a region
    "section.parts": ("Które jednostki się wyróżniają", "Which units stand out"),
    "section.powiats": (
        "Powiaty: wartości i położenie w grupie: {peers}",
        "Powiats: values and places among {peers}",
    ),
    "section.gminas": (
        "Gminy, które wyróżniają się najbardziej: wartości i położenie w grupie: {peers}",
        "Gminas that stand out most: values and places among {peers}",
    ),
    "section.order": (
        "Kolejność: liczba wskaźników wyróżniających się niekorzystnie, potem liczba wszystkich wyróżnionych, potem "
        "kod. Barwa mówi, czy wartość jest niska, czy wysoka – nie, czy jest dobra.",
        "Order: number of indicators that stand out unfavourably, then of all that stand out, then code. The colour "
        "says whether a value is low or high, not whether it is good.",
    ),
    "section.shown": (
        "Pokazano {shown} z {flagged} gmin, które się czymś wyróżniają; gmin w regionie jest {all}, wszystkie są "
        "w tabeli resources obok raportu.",
        "{shown} of the {flagged} gminas that stand out in something are shown; the region has {all} gminas, all in "
        "the table resources beside the report.",
    ),
    "section.inside": ("Czymś wyróżniają się: {parts}.", "Standing out in something: {parts}."),
    "section.powiat": ("powiaty – {flagged} z {all}", "powiats – {flagged} of {all}"),
    "section.gmina": ("gminy – {flagged} z {all}", "gminas – {flagged} of {all}"),
    "section.gaps": (
        "Brak wartości w jednostkach regionu: {count}; lista jest w tabeli resources_gaps.",
        "Values missing in units of the region: {count}; the table resources_gaps lists them.",
    ),
    "section.method": ("Ocena zasobów i potrzeb", "Assessment of resources and needs"),
    "class.none": ("bez porównania", "not compared"),
    # words of the workbook
    "level.gmina": ("gmina", "gmina"),
    "level.powiat": ("powiat", "powiat"),
    "level.subregion": ("podregion", "subregion"),
    "level.voivodeship": ("województwo", "voivodeship"),
    "missing.not_reported": ("nie podano", "not reported"),
    "missing.suppressed": ("tajemnica statystyczna", "statistical secrecy"),
    "missing.below_unit": ("poniżej połowy jednostki", "below half the unit"),
    "missing.not_applicable": ("nie dotyczy", "does not apply"),
    "direction.higher_favourable": ("wyższe korzystne", "higher favourable"),
    "direction.lower_favourable": ("niższe korzystne", "lower favourable"),
    "direction.not_stated": ("nie przyjęto", "not stated"),
    "few.True": ("tak", "yes"),
    "few.False": ("nie", "no"),
    "course.up": ("wzrost", "rise"),
    "course.down": ("spadek", "fall"),
    "course.level": ("bez zmian", "no change"),
    "rule.outside_fence": ("wyraźnie daleko", "far"),
    "rule.extreme": ("skrajna", "extreme"),
    "rule.big_change": ("duża zmiana", "big change"),
    "rule.against_peers": ("pod prąd", "against the others"),
    "rule.missing_value": ("brak wartości", "no value"),
    "judgement.unfavourable": ("niekorzystne", "unfavourable"),
    "judgement.not_stated": ("bez oceny", "no verdict"),
    "judgement.favourable": ("korzystne", "favourable"),
    "judgement.unknown": ("nieznane", "unknown"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return the words `key` in `lang` with ``{names}`` replaced."""
    chosen = _WORDS[key][0 if check_lang(lang) == "pl" else 1]
    written = chosen.format(**values) if values else chosen
    return bound(written) if lang == "pl" else written


def said(column: str, value: str, lang: str) -> str:
    """Return a value of a column of closed words in the language; `flags` lists rules. Others stand for themselves."""
    if column == "flags":
        return ", ".join(said("rule", rule, lang) for rule in value.split())
    key = f"{column}.{value}"
    return _WORDS[key][0 if lang == "pl" else 1] if key in _WORDS else value
