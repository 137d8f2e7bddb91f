use std::sync::OnceLock;

use diagnoza_core::demography::calibration::Standards;
use diagnoza_core::demography::mortality::StandardLifeTable;
use diagnoza_core::observation::Source;
use ndarray::Array1;

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;

/// Year of the national patterns by age: the last one that both sources publish.
pub(crate) const STANDARD_YEAR: f64 = 2023.0;

/// Boys per girl at birth: Poland 2023 in the United Nations' World Population Prospects 2024.
pub(crate) const SEX_RATIO_AT_BIRTH: f64 = 1.06;

/// The national patterns the calibration scales: HMD life tables of Poland 2023 by sex, Eurostat's
/// fertility rates of Poland 2023 by single age, the sex ratio at birth 1.06; with their sources.
///
/// Fertility has shape `(91)`: ages 0 to 89 and 90+.
///
/// # Errors
/// [`FigureError`] when an embedded table is damaged.
pub fn standards() -> Result<&'static (Standards, Vec<Source>), FigureError> {
    static STANDARDS: OnceLock<Result<(Standards, Vec<Source>), FigureError>> = OnceLock::new();
    STANDARDS.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<(Standards, Vec<Source>), FigureError> {
    let tables = Columns::open("hmd_poland")?;
    let rates = Columns::open("asfr_poland")?;
    let standards = Standards {
        female: life_table(&tables, "F")?,
        male: life_table(&tables, "M")?,
        fertility: fertility(&rates)?,
        sex_ratio_at_birth: SEX_RATIO_AT_BIRTH,
    };
    Ok((standards, vec![tables.source()?, rates.source()?]))
}

fn life_table(table: &Columns, wanted: &str) -> Result<StandardLifeTable, FigureError> {
    let (sexes, years) = (table.full_texts("sex")?, table.full_numbers("year")?);
    let rows: Vec<usize> = (0..table.height())
        .filter(|&row| sexes[row] == wanted && (years[row] - STANDARD_YEAR).abs() < 0.5)
        .collect();
    let column = |name: &str| -> Result<Vec<f64>, DataError> {
        let all = table.full_numbers(name)?;
        Ok(rows.iter().map(|&row| all[row]).collect())
    };
    Ok(StandardLifeTable::new(&column("lx")?, &column("ax")?)?)
}

fn fertility(table: &Columns) -> Result<Array1<f64>, DataError> {
    let (years, from, to) =
        (table.full_numbers("year")?, table.full_numbers("age_from")?, table.numbers("age_to")?);
    let rates = table.full_numbers("rate")?;
    let mut pattern = Array1::zeros(91);
    for row in 0..table.height() {
        // Single ages only: the file also has groups and the total.
        let single = to[row].is_some_and(|to| (to - from[row]).abs() < 0.5);
        if (years[row] - STANDARD_YEAR).abs() < 0.5 && single {
            let age = from[row] as usize;
            *pattern.get_mut(age).ok_or_else(|| table.unreadable(&format!("age {age}")))? = rates[row];
        }
    }
    Ok(pattern)
}
