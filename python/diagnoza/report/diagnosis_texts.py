"""Texts of the diagnosis, Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["METHODS", "OWN_FORECAST", "TEXTS"]

# key: (Polish, English)
TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Diagnoza demograficzna: {name}", "Demographic diagnosis: {name}"),
    "subtitle": (
        "Ludność {first}–{last}: ile nas jest, ile będzie, w jakim wieku",
        "Population {first}–{last}: how many live here, how many will, at what age",
    ),
    "percent": ("%", "%"),
    "peers.subregion": ("podregiony województwa", "subregions of the voivodeship"),
    "peers.powiat": ("powiaty województwa", "powiats of the voivodeship"),
    "peers.voivodeship": ("", ""),
    "powiats": ("powiaty", "powiats"),
    "gminas": ("gminy", "gminas"),
    "map.change": (
        "Zmiana liczby ludności {y0}–{y1}, wariant główny: {of}",
        "Change of the population {y0}–{y1}, main variant: {of}",
    ),
    "map.old": (
        "Osoby w wieku 65 lat i więcej w {y1} r., wariant główny: {of}",
        "Persons aged 65 and over in {y1}, main variant: {of}",
    ),
    "reference_note": (
        "EUROPOP2019 to projekcja Eurostatu sprzed spisu 2021: punkt startowy 1 I 2019, ludność rezydująca. "
        "Nie należy jej odejmować od prognozy GUS; pokazuje, jak różnie widziano przyszłość.",
        "EUROPOP2019 is Eurostat's projection from before the 2021 census: jump-off 1 I 2019, usual residents. "
        "It must not be subtracted from GUS's; it shows how differently the future was seen.",
    ),
    "still.name": ("bez migracji", "no migration"),
    "still.assumption": (
        "Od 2023 r. saldo migracji w każdym wieku wynosi zero; płodność i umieralność jak w wariancie głównym.",
        "From 2023 net migration is zero at every age; fertility and mortality as in the main variant.",
    ),
    "tfr.name": ("TFR 1,1 od 2025 r.", "TFR 1.1 from 2025"),
    "tfr.assumption": (
        "Od 2025 r. współczynnik dzietności wynosi 1,1 w każdym powiecie; reszta jak w wariancie głównym.",
        "From 2025 the total fertility rate is 1.1 in every powiat; the rest as in the main variant.",
    ),
    "used.totals": ("liczba i struktura ludności, warianty", "population, structure, variants"),
    "used.stock": ("stan w dniu 31 XII 2021 r.", "stock of 31 XII 2021"),
    "used.gminas": ("gminy do 2040 r.", "gminas to 2040"),
    "used.mortality": ("wzorzec umieralności w kalibracji", "mortality standard of the calibration"),
    "used.fertility": ("wzorzec płodności w kalibracji", "fertility pattern of the calibration"),
    "used.reference": ("punkt odniesienia", "reference"),
    "used.own": ("prognoza własna i jej przedziały", "own forecast and its intervals"),
    "used.resources": ("dochody własne gmin", "own revenue of gminas"),
    "used.indicators": ("definicje wskaźników", "definitions of indicators"),
    "used.borders": ("mapy", "maps"),
    # dates as the publishers state them, for tables whose manifest says them in English
    "date.projection": (
        "arkusze z VIII 2023; stan wyjściowy 31 XII 2022",
        "workbooks of August 2023; jump-off 31 XII 2022",
    ),
    "date.powiats": ("31 XII 2013 – 31 XII 2024", "31 XII 2013 to 31 XII 2024"),
    "date.stock": ("31 XII 2015 – 31 XII 2024", "31 XII 2015 to 31 XII 2024"),
    "date.gminas": (
        "arkusze z XI 2023; stan wyjściowy 31 XII 2022",
        "workbooks of November 2023; jump-off 31 XII 2022",
    ),
    "date.mortality": ("zmiana z 5 XI 2024", "last modified 5 November 2024"),
    "date.fertility": ("1990–2023", "1990 to 2023"),
    "date.reference": ("EUROPOP2019", "EUROPOP2019"),
    "date.malopolska": ("2024 i 2025, jak w nazwach kolumn", "2024 and 2025, as the columns say"),
    "date.revenue": ("2016, 2021, 2024", "2016, 2021, 2024"),
    "date.population5": (
        "1 I 2014 – 1 I 2022, wydanie sprzed rewizji po spisie 2021",
        "1 I 2014 to 1 I 2022, edition before the revision to the 2021 census",
    ),
    "date.population3": ("1 I 1990 – 1 I 2025, dwa wydania", "1 I 1990 to 1 I 2025, two editions"),
    "date.deaths": ("2013–2021", "2013 to 2021"),
    "date.births": ("1990–2021", "1990 to 2021"),
    "date.migration": ("2000–2020, województwo do 2021", "2000 to 2020, voivodeship to 2021"),
    "date.poland": ("31 XII 1970 – 31 XII 2060", "31 XII 1970 to 31 XII 2060"),
    "date.yearbook": (
        "2024; trwanie życia także 1990, 2000, 2010, 2020",
        "2024; life expectancy also 1990, 2000, 2010, 2020",
    ),
    "date.rates": ("1991–2019", "1991 to 2019"),
    "source.uncertainty": (
        "Obliczenia diagnoza z danych Eurostatu, HMD i GUS; warianty: GUS, Prognoza ludności na lata 2023–2060",
        "Computed by diagnoza from data of Eurostat, HMD and GUS; variants: GUS, Population projection 2023–2060",
    ),
    "uncertainty.none": (
        "{name}: przedziałów nie ma, bo prognozę własną z danych obserwowanych, z której się je losuje, biblioteka ma "
        "tylko dla województwa warmińsko-mazurskiego, jego podregionów i powiatów, a nie dla innych województw ani dla "
        "gmin. Warianty GUS przedziałów nie zastępują: nie mają przypisanego prawdopodobieństwa.",
        "{name}: there are no intervals, because the forecast from observed data from which they are drawn is there "
        "for warmińsko-mazurskie, its subregions and its powiats only, not for other voivodeships nor for gminas. "
        "GUS's variants do not replace intervals: no probability goes with them.",
    ),
    "resources.scope": (
        "Ocena obejmuje ludność, jej strukturę wieku i dochody własne gmin. Miejsc, kadr i świadczeń pomocy "
        "społecznej nie obejmuje: publicznych danych o nich dla poszczególnych gmin i powiatów regionu biblioteka "
        "nie ma. Wnosi je formularz OZPS złożony przez gminę lub powiat (polecenie: diagnoza assess).",
        "The assessment covers the population, its age structure and the gminas' own revenue. It does not cover "
        "places, staff and benefits of social assistance: the library has no public figures on them for single "
        "gminas and powiats of the region. An OZPS form filed by a gmina or powiat brings them (command: diagnoza "
        "assess).",
    ),
    "resources.none": (
        "{name}: oceny nie ma, bo biblioteka nie ma publicznych wskaźników jednostek tego województwa. Można ocenić "
        "własną tabelę lub formularz OZPS (polecenie: diagnoza assess).",
        "{name}: there is no assessment, because the library has no public indicators of units of this voivodeship. "
        "A table of your own or an OZPS form can be assessed (command: diagnoza assess).",
    ),
    "date.indicators": ("odczyt z 2024 r.", "as read in 2024"),
    "date.borders": ("kody z 2024 r.", "codes of 2024"),
    "source.totals": (
        "GUS, Prognoza ludności na lata 2023–2060; 2021 i 2022: bilans ludności GUS (NSP 2021)",
        "GUS, Population projection 2023–2060; 2021 and 2022: GUS balances (2021 census)",
    ),
    "source.structure": (
        "GUS, Prognoza ludności na lata 2023–2060; obliczenia diagnoza",
        "GUS, Population projection 2023–2060; computed by diagnoza",
    ),
    "source.reference": (
        "GUS, Prognoza ludności na lata 2023–2060; Eurostat, EUROPOP2019",
        "GUS, Population projection 2023–2060; Eurostat, EUROPOP2019",
    ),
    "source.indicators": (
        "Obliczenia diagnoza z prognozy GUS 2023–2060; definicje: ROPS Kraków (IOSS), Eurostat",
        "Computed by diagnoza from GUS's projection 2023–2060; definitions: ROPS Kraków (IOSS), Eurostat",
    ),
    "source.what_if": (
        "Obliczenia diagnoza na stawkach odtworzonych z wariantu głównego GUS; to nie jest prognoza GUS",
        "Computed by diagnoza from rates recovered from GUS's main variant; this is not GUS's projection",
    ),
    "source.gminas": (
        "GUS, prognoza ludności gmin do 2040 r.; obliczenia diagnoza",
        "GUS, population projection of gminas to 2040; computed by diagnoza",
    ),
}

# (Polish title, English title, Polish text, English text)
METHODS: Final = (
    (
        "Skąd liczby prognozy",
        "Where the projected figures come from",
        "Warianty główny, niski i wysoki to prognoza GUS na lata 2023–2060 dla powiatów, zsumowana do podregionów "
        "i województwa. Biblioteka odtwarza ją metodą składnikową (jednoroczne grupy wieku, dwie płci, migranci na "
        "koniec roku) co do osoby.",
        "The main, low and high variants are GUS's projection 2023–2060 of the powiats, summed to subregions and "
        "the voivodeship. The library gives it back by the cohort-component method (single ages, two sexes, "
        "migrants at the end of the year) to the person.",
    ),
    (
        "Kalibracja",
        "Calibration",
        "Zgony według wieku: relacyjny model logitowy Brassa na tablicach trwania życia dla Polski 2023 (HMD), poziom "
        "dobrany tak, by suma zgonów w powiecie była równa podanej przez GUS; przeżywalność grupy 90+ z jej własnej "
        "kohorty. Saldo migracji według wieku: reszta kohortowa. Płodność: polski wzorzec według wieku 2023 "
        "(Eurostat), poziom z liczby urodzeń GUS.",
        "Deaths by age: Brass's relational logit on the life tables of Poland 2023 (HMD), its level such that the "
        "powiat's deaths equal GUS's; survival of 90+ from its own cohort. Net migration by age: the cohort residual. "
        "Fertility: the Polish age pattern of 2023 (Eurostat), its level from GUS's births.",
    ),
    (
        "Rok 2021",
        "The year 2021",
        "Liczba ludności i jej podział na płeć w dniu 31 XII 2021 r. są obserwowane. Struktury według "
        "pojedynczych roczników GUS nie opublikował: oszacowano ją, cofając stan z 31 XII 2022 r. o rok "
        "i dopasowując do opublikowanych grup 15–69 lat oraz sum.",
        "The population and its sexes on 31 XII 2021 are observed. GUS did not publish single ages: they are "
        "estimated by surviving the stock of 31 XII 2022 back by a year and fitting it to the published groups "
        "15–69 and the totals.",
    ),
    (
        "Gminy",
        "Gminas",
        "Prognoza GUS dla gmin istnieje tylko w wariancie głównym, do 2040 r., w dziesięcioletnich i wybranych "
        "grupach wieku; wskaźników wymagających innych grup (85+) nie podano.",
        "GUS's projection of gminas exists in the main variant only, to 2040, in ten-year and selected age "
        "groups; indicators that need other groups (85+) are not given.",
    ),
)

OWN_FORECAST: Final = (
    "Prognoza własna i jej przedziały",
    "The own forecast and its intervals",
    "Prognoza własna przedłuża to, co zaobserwowano: umieralność według modelu Lee-Cartera dla Polski, dopasowana do "
    "regionu, dzietność na poziomie dwóch ostatnich lat, saldo migracji ze średniej dziesięciu lat. W każdej "
    "trajektorii dzietność, umieralność i migracje odchylają się od niej razem: wspólnie dla województwa, osobno w "
    "podregionach i osobno w powiatach; wielkość odchyleń oszacowano z szeregów urzędowych. Podregiony i województwo "
    "są sumami powiatów w tej samej trajektorii.",
    "The own forecast continues what was observed: mortality by the Lee-Carter model of Poland fitted to the region, "
    "fertility at the level of the last two years, net migration from the mean of ten years. In every trajectory "
    "fertility, mortality and migration depart from it together: in common for the voivodeship, apart in the "
    "subregions and apart in the powiats; how far is estimated from official series. Subregions and the voivodeship "
    "are sums of powiats in the same trajectory.",
)
