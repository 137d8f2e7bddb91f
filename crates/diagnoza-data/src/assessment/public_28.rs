use std::collections::BTreeMap;

use diagnoza_core::demography::{AgeRange, AgeStructure, Sexes};
use diagnoza_core::observation::{Cell, Source, Year};
use diagnoza_core::resources::assessment::{
    IndicatorTable, SeriesBreak, TableIndicator, TableUnit, TableValue,
};
use diagnoza_core::resources::catalogue::{evaluate, indicator};
use diagnoza_core::territory::{Teryt, UnitId};

use super::entry::{Entry, entries};
use super::public::unit;
use crate::FigureError;
use crate::embedded::{Columns, DataError};
use crate::official::{JUMP_OFF, gazetteer, gmina_counts, gmina_totals};

/// First year of the balances after the 2021 census.
const NEW_BASIS: Year = Year::constant(2020);

/// Last observed stock of the gminas.
const LAST_OBSERVED: Year = Year::constant(2024);

/// Projected years shown.
const PROJECTED: [Year; 3] = [Year::constant(2030), Year::constant(2035), Year::constant(2040)];

type Sums = BTreeMap<(UnitId, Year), f64>;
type Groups = BTreeMap<(Sexes, AgeRange), f64>;
type Structures = BTreeMap<(UnitId, Year), AgeStructure>;

/// Gminas, powiats, subregions and the voivodeship, all from figures of the gminas added up.
pub(super) fn table(voivodeship: Teryt) -> Result<IndicatorTable, FigureError> {
    let places = Places::of(voivodeship)?;
    let (stocks, stock_source) = stocks(&places)?;
    let (groups, projection_source) = groups(&places)?;
    let people = structures(&groups)?;
    let (revenue, revenue_source) = revenue(&places)?;
    let (mut indicators, mut values) = (Vec::new(), Vec::new());
    for entry in entries(voivodeship)? {
        let (made, found) =
            match entry.from.as_str() {
                "balance" => {
                    let mut made = entry.indicator(vec![stock_source.clone(), projection_source.clone()])?;
                    made.observed_until = Some(LAST_OBSERVED);
                    let mut found = stocks.clone();
                    let projected = groups.iter().filter(|((_, year), _)| PROJECTED.contains(year));
                    found.extend(projected.filter_map(|(&key, people)| {
                        Some((key, *people.get(&(Sexes::Both, AgeRange::ALL))?))
                    }));
                    (with_break(made), found)
                }
                "own_revenue" => {
                    let made = entry.indicator(vec![revenue_source.clone(), stock_source.clone()])?;
                    let quotient = |(&key, zloty): (&(UnitId, Year), &f64)| {
                        stocks.get(&key).filter(|&&people| people > 0.0).map(|people| (key, zloty / people))
                    };
                    (with_break(made), revenue.iter().filter_map(quotient).collect())
                }
                _ => structure(&entry, &people, &projection_source)?,
            };
        values.extend(found.into_iter().map(|((unit, year), value)| TableValue {
            indicator: made.id.clone(),
            unit,
            year,
            cell: Cell::Value(value),
        }));
        indicators.push(made);
    }
    IndicatorTable::new(indicators, places.units, values).map_err(|e| {
        let reason = e.to_string();
        DataError::Unreadable { name: "public indicators of 28".to_owned(), reason }.into()
    })
}

/// The people of every unit and year by sex and age.
fn structures(groups: &BTreeMap<(UnitId, Year), Groups>) -> Result<Structures, FigureError> {
    let structure = |(&(unit, year), of_unit): (&(UnitId, Year), &Groups)| {
        let parts = of_unit.iter().map(|(&(sexes, ages), &persons)| (sexes, ages, persons));
        let people = AgeStructure::from_groups(parts);
        people.map(|people| ((unit, year), people)).map_err(|source| FigureError::Structure {
            unit,
            year,
            source,
        })
    };
    groups.iter().map(structure).collect()
}

/// An indicator of the catalogue in the observed and the projected years.
fn structure(
    entry: &Entry,
    people: &Structures,
    source: &Source,
) -> Result<(TableIndicator, Sums), FigureError> {
    let mut made = entry.indicator(vec![source.clone()])?;
    made.observed_until = Some(JUMP_OFF);
    let definition = indicator(&entry.id)?;
    let value = |(&(unit, year), people): (&(UnitId, Year), &AgeStructure)| {
        let value = evaluate(definition, people);
        value.map(|value| ((unit, year), value)).map_err(|source| FigureError::Indicator {
            unit,
            year,
            source,
        })
    };
    Ok((made, people.iter().map(value).collect::<Result<_, _>>()?))
}

fn with_break(mut made: TableIndicator) -> TableIndicator {
    made.breaks = vec![SeriesBreak {
        year: NEW_BASIS,
        reason_pl: "od 2020 r. ludność według bilansu po spisie 2021".to_owned(),
        reason_en: "from 2020 the population is of the balance of the 2021 census".to_owned(),
    }];
    made
}

/// Each gmina with itself and the units it lies in.
struct Places {
    units: Vec<TableUnit>,
    of: BTreeMap<Teryt, Vec<UnitId>>,
}

impl Places {
    fn of(voivodeship: Teryt) -> Result<Self, FigureError> {
        let register = gazetteer()?;
        let whole = UnitId::from(voivodeship);
        let (gminas, powiats) = (register.gminas(whole)?, register.powiats(whole)?);
        let mut of = BTreeMap::new();
        for gmina in &gminas {
            let Some(code) = gmina.teryt() else { continue };
            let powiat = code.powiat().map(UnitId::from);
            let inside = [Some(*gmina), powiat, register.subregion_of(*gmina)?, Some(whole)];
            of.insert(code.without_kind(), inside.into_iter().flatten().collect());
        }
        let all = [whole].into_iter().chain(register.subregions(whole)?).chain(powiats).chain(gminas);
        Ok(Self { units: all.map(unit).collect::<Result<_, _>>()?, of })
    }

    fn add(&self, sums: &mut Sums, gmina: Teryt, year: Year, value: f64) {
        for &unit in self.of.get(&gmina.without_kind()).into_iter().flatten() {
            *sums.entry((unit, year)).or_default() += value;
        }
    }
}

fn stocks(places: &Places) -> Result<(Sums, Source), FigureError> {
    let (totals, source) = gmina_totals()?;
    let mut sums = Sums::new();
    for (&(gmina, year), &people) in totals {
        places.add(&mut sums, gmina, year, people);
    }
    Ok((sums, source.clone()))
}

fn revenue(places: &Places) -> Result<(Sums, Source), FigureError> {
    let table = Columns::open("own_revenue_28")?;
    let (codes, levels) = (table.full_texts("teryt")?, table.full_texts("level")?);
    let (years, zloty) = (table.full_numbers("year")?, table.full_numbers("own_revenue")?);
    let mut sums = Sums::new();
    for row in (0..table.height()).filter(|&row| levels[row] == "gmina") {
        let gmina = codes[row].parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1)))?;
        places.add(&mut sums, gmina, table.year(row, years[row])?, zloty[row]);
    }
    Ok((sums, table.source()?))
}

/// Counts by groups of ages for each unit and year.
type ByUnitAndYear = BTreeMap<(UnitId, Year), Groups>;

/// Published groups of ages of the jump-off and the projected years shown.
fn groups(places: &Places) -> Result<(ByUnitAndYear, Source), FigureError> {
    let (counts, source) = gmina_counts()?;
    let mut found: BTreeMap<(UnitId, Year), Groups> = BTreeMap::new();
    for (&(gmina, year), published) in counts {
        if year != JUMP_OFF && !PROJECTED.contains(&year) {
            continue;
        }
        for &unit in places.of.get(&gmina.without_kind()).into_iter().flatten() {
            let groups = found.entry((unit, year)).or_default();
            for count in published {
                *groups.entry((count.sexes, count.ages)).or_default() += count.persons;
            }
        }
    }
    Ok((found, source.clone()))
}
