use std::sync::OnceLock;

use diagnoza_core::territory::{Gazetteer, UnitRecord};

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;

/// The register of territory with every version of every unit; take
/// [`Gazetteer::on`] a date for the units valid then.
///
/// ```
/// let gazetteer = diagnoza_data::official::gazetteer()?;
/// assert_eq!(gazetteer.name("2816033".parse::<diagnoza_core::territory::Teryt>()?)?, "Pisz");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`FigureError`] when the embedded register is damaged.
pub fn gazetteer() -> Result<&'static Gazetteer, FigureError> {
    static GAZETTEER: OnceLock<Result<Gazetteer, FigureError>> = OnceLock::new();
    GAZETTEER.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<Gazetteer, FigureError> {
    let table = Columns::open("register")?;
    let codes = table.full_texts("code")?;
    let names = table.full_texts("name")?;
    let froms = dates(&table, "valid_from")?;
    let tos = dates(&table, "valid_to")?;
    let subregions = table.texts("nuts3")?;
    let prefixes = table.texts("bdl_prefix")?;
    let records = (0..table.height())
        .map(|row| {
            let unreadable =
                |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
            let unit: diagnoza_core::territory::UnitId = codes[row].parse().map_err(|e| unreadable(&e))?;
            let mut record = UnitRecord::new(unit, names[row]);
            record.valid_from = froms[row];
            record.valid_to = tos[row];
            record.subregion = subregions[row].map(str::parse).transpose().map_err(|e| unreadable(&e))?;
            record.bdl_prefix = prefixes[row].map(str::parse).transpose().map_err(|e| unreadable(&e))?;
            Ok(record)
        })
        .collect::<Result<Vec<_>, DataError>>()?;
    Ok(Gazetteer::from_records(records)?)
}

/// A column of dates: days since 1 I 1970 in the file.
fn dates(table: &Columns, column: &str) -> Result<Vec<Option<jiff::civil::Date>>, DataError> {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    let date = |days: f64| {
        let span = jiff::Span::new().try_days(days as i64).ok()?;
        epoch.checked_add(span).ok()
    };
    table
        .numbers(column)?
        .into_iter()
        .map(|days| match days {
            None => Ok(None),
            Some(days) => {
                date(days).map(Some).ok_or_else(|| table.unreadable(&format!("{column}: day {days}")))
            }
        })
        .collect()
}
