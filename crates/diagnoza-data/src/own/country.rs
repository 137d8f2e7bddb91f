use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::regional_forecast::Country;
use diagnoza_core::observation::{Source, Year};
use ndarray::{Array1, Array2};

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;
use crate::official::{AGES, SEX_RATIO_AT_BIRTH};

/// Ages of the national life tables: 0 to 109 and 110+.
const LIFE_TABLE_AGES: usize = 111;

/// Mortality of Poland 1958-2023 (HMD) and fertility of Poland 1990-2023 (Eurostat), with their sources.
///
/// # Errors
/// [`FigureError`] when an embedded table is damaged.
pub fn country() -> Result<&'static (Country, Vec<Source>), FigureError> {
    static COUNTRY: OnceLock<Result<(Country, Vec<Source>), FigureError>> = OnceLock::new();
    COUNTRY.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<(Country, Vec<Source>), FigureError> {
    let tables = Columns::open("hmd_poland")?;
    let rates = Columns::open("asfr_poland")?;
    let country =
        Country { mx: mortality(&tables)?, asfr: fertility(&rates)?, sex_ratio_at_birth: SEX_RATIO_AT_BIRTH };
    Ok((country, vec![tables.source()?, rates.source()?]))
}

fn mortality(table: &Columns) -> Result<BTreeMap<Year, Array2<f64>>, DataError> {
    let (sexes, mx) = (table.full_texts("sex")?, table.full_numbers("mx")?);
    let (years, ages) = (table.full_numbers("year")?, table.full_numbers("age")?);
    let mut found: BTreeMap<Year, Array2<f64>> = BTreeMap::new();
    for row in 0..table.height() {
        let surface = found
            .entry(table.year(row, years[row])?)
            .or_insert_with(|| Array2::from_elem((2, LIFE_TABLE_AGES), f64::NAN));
        let place = (usize::from(sexes[row] == "M"), ages[row] as usize);
        *surface.get_mut(place).ok_or_else(|| table.unreadable(&format!("row {}: age", row + 1)))? = mx[row];
    }
    match found.iter().find(|(_, surface)| surface.iter().any(|rate| rate.is_nan())) {
        Some((year, _)) => Err(table.unreadable(&format!("{year} lacks an age"))),
        None => Ok(found),
    }
}

fn fertility(table: &Columns) -> Result<BTreeMap<Year, Array1<f64>>, DataError> {
    let (years, rates) = (table.full_numbers("year")?, table.full_numbers("rate")?);
    let (from, to) = (table.full_numbers("age_from")?, table.numbers("age_to")?);
    let mut found: BTreeMap<Year, Array1<f64>> = BTreeMap::new();
    for row in 0..table.height() {
        // Single ages only: the table also has groups and the total.
        if to[row].is_some_and(|to| (to - from[row]).abs() < 0.5) {
            let pattern = found.entry(table.year(row, years[row])?).or_insert_with(|| Array1::zeros(AGES));
            let age = from[row] as usize;
            *pattern.get_mut(age).ok_or_else(|| table.unreadable(&format!("age {age}")))? = rates[row];
        }
    }
    Ok(found)
}
