use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::regional_forecast::Observed;
use diagnoza_core::observation::{Sex, Source, Year};
use diagnoza_core::territory::Nuts;
use ndarray::{Array1, Array2, Array3, Axis};

use super::graduated::within;
use crate::embedded::{Columns, DataError};
use crate::error::FigureError;
use crate::official::AGES;

/// The subregions of Warmia-Mazury: elbląski, olsztyński, ełcki.
pub(crate) const SUBREGIONS: [&str; 3] = ["PL621", "PL622", "PL623"];

/// First ages of the published groups: 0, 5, ..., 85 and 90+.
pub(super) const GROUPS: usize = 19;

/// Year of the first stock by age, 31 XII.
const FIRST: Year = Year::constant(2013);

/// Years with deaths by age and births after it: 2014 to 2021.
const YEARS: usize = 8;

type Subregions = (BTreeMap<Nuts, Observed>, Vec<Source>);

/// What Eurostat published of the subregions of 28: stocks by five-year age 31 XII 2013-2021 (usual residents),
/// deaths by five-year age and births 2014-2021, crude rates of net migration 2000-2021; with the sources.
///
/// Single ages of the stocks follow Poland's within each group (`within_structure`). The rate of net migration of
/// 2021 is not published: it is the balance of stocks, births and deaths.
///
/// # Errors
/// [`FigureError`] when an embedded table is damaged.
pub fn subregions() -> Result<&'static Subregions, FigureError> {
    static FOUND: OnceLock<Result<Subregions, FigureError>> = OnceLock::new();
    FOUND.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<Subregions, FigureError> {
    let stocks = Columns::open("eurostat_population")?;
    let deaths = Columns::open("eurostat_deaths")?;
    let births = Columns::open("eurostat_births_deaths")?;
    let rates = Columns::open("eurostat_migration_rate")?;
    let country = Columns::open("poland_single_age")?;
    let structures = structures(&country)?;
    let mut found = BTreeMap::new();
    for code in SUBREGIONS {
        let nuts: Nuts = code.parse().map_err(|e| stocks.unreadable(&format!("{e}")))?;
        // The stock of 1 January is that of 31 XII of the year before.
        let groups = groups(&stocks, "population", code, FIRST.next(), YEARS + 1)?;
        let mut single = Array3::zeros((YEARS + 1, 2, AGES));
        for (year, (published, mut stock)) in
            groups.axis_iter(Axis(0)).zip(single.axis_iter_mut(Axis(0))).enumerate()
        {
            let structure = structures
                .get(&FIRST.plus(year as u16))
                .ok_or_else(|| country.unreadable(&format!("no {}", FIRST.plus(year as u16))))?;
            stock.assign(&within(published, structure.view())?);
        }
        let deaths = self::groups(&deaths, "deaths", code, FIRST.next(), YEARS)?;
        let births = flows(&births, "births", code)?;
        let mut net_migration_rate = published_rates(&rates, code)?;
        for position in 0..YEARS {
            let people = |stock: usize| groups.index_axis(Axis(0), stock).sum();
            let natural = births[position] - deaths.index_axis(Axis(0), position).sum();
            let balance = people(position + 1) - people(position) - natural;
            let mean = (people(position + 1) + people(position)) / 2.0;
            net_migration_rate.entry(FIRST.plus(position as u16 + 1)).or_insert(balance / mean);
        }
        let death_ages = (0..GROUPS).map(|group| 5 * group).collect();
        found.insert(
            nuts,
            Observed { first: FIRST, stocks: single, deaths, death_ages, births, net_migration_rate },
        );
    }
    let sources = [&stocks, &deaths, &births, &rates, &country];
    Ok((found, sources.iter().map(|table| table.source()).collect::<Result<_, _>>()?))
}

/// Poland's stocks at 31 XII by year, `(2, 91)`: the ages above 90 go into 90+.
fn structures(table: &Columns) -> Result<BTreeMap<Year, Array2<f64>>, DataError> {
    let (sexes, years) = (table.full_texts("sex")?, table.full_numbers("year")?);
    let (ages, people) = (table.full_numbers("age")?, table.full_numbers("population")?);
    let mut found: BTreeMap<Year, Array2<f64>> = BTreeMap::new();
    for row in 0..table.height() {
        let stock = found.entry(table.year(row, years[row])?).or_insert_with(|| Array2::zeros((2, AGES)));
        stock[[table.sex(row, sexes[row])?.index(), (ages[row] as usize).min(AGES - 1)]] += people[row];
    }
    Ok(found)
}

/// A column by year, sex and five-year group, `(years, 2, 19)`.
fn groups(
    table: &Columns,
    column: &str,
    code: &str,
    first: Year,
    years: usize,
) -> Result<Array3<f64>, DataError> {
    let (units, sexes) = (table.full_texts("geo")?, table.full_texts("sex")?);
    let (dates, counts) = (table.full_numbers("year")?, table.numbers(column)?);
    let (from, to) = (table.numbers("age_from")?, table.numbers("age_to")?);
    let mut found = Array3::from_elem((years, 2, GROUPS), f64::NAN);
    for row in (0..table.height()).filter(|&row| units[row] == code && sexes[row] != "T") {
        let Some(from) = from[row].map(|age| age as usize) else { continue };
        // The table also has totals and 85+.
        let five = to[row].is_some_and(|to| to as usize == from + 4);
        let open = to[row].is_none() && from == 5 * (GROUPS - 1);
        if !(five || open) {
            continue;
        }
        let place = (dates[row] as usize).wrapping_sub(usize::from(first.get()));
        let cell = found.get_mut((place, table.sex(row, sexes[row])?.index(), from / 5));
        if let (Some(cell), Some(count)) = (cell, counts[row]) {
            *cell = count;
        }
    }
    match found.indexed_iter().find(|(_, count)| count.is_nan()) {
        Some(((year, sex, group), _)) => Err(table.unreadable(&format!(
            "{code} lacks {}, {}, ages from {}",
            first.plus(year as u16),
            Sex::BOTH[sex],
            5 * group
        ))),
        None => Ok(found),
    }
}

/// A column of yearly totals, the years after the first stock.
fn flows(table: &Columns, column: &str, code: &str) -> Result<Array1<f64>, DataError> {
    let (units, years) = (table.full_texts("geo")?, table.full_numbers("year")?);
    let counts = table.numbers(column)?;
    let mut found = Array1::from_elem(YEARS, f64::NAN);
    for row in (0..table.height()).filter(|&row| units[row] == code) {
        let place = (years[row] as usize).wrapping_sub(usize::from(FIRST.get()) + 1);
        if let (Some(cell), Some(count)) = (found.get_mut(place), counts[row]) {
            *cell = count;
        }
    }
    match found.iter().position(|count| count.is_nan()) {
        Some(year) => Err(table.unreadable(&format!("{code} lacks {}", FIRST.plus(year as u16 + 1)))),
        None => Ok(found),
    }
}

/// Published crude rates of net migration, per person.
fn published_rates(table: &Columns, code: &str) -> Result<BTreeMap<Year, f64>, DataError> {
    let (units, years) = (table.full_texts("geo")?, table.full_numbers("year")?);
    let rates = table.numbers("rate")?;
    let mut found = BTreeMap::new();
    for row in (0..table.height()).filter(|&row| units[row] == code) {
        if let Some(per_thousand) = rates[row] {
            found.insert(table.year(row, years[row])?, per_thousand / 1000.0);
        }
    }
    Ok(found)
}
