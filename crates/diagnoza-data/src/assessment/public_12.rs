use diagnoza_core::observation::{Cell, Missing, Year};
use diagnoza_core::resources::assessment::{IndicatorTable, TableValue};
use diagnoza_core::territory::{Teryt, UnitId};

use super::entry::entries;
use super::public::unit;
use crate::FigureError;
use crate::embedded::Columns;
use crate::official::gazetteer;

/// The gminas of Małopolska on the embedded table, by code: names are not unique.
pub(super) fn table(voivodeship: Teryt) -> Result<IndicatorTable, FigureError> {
    let table = Columns::open("malopolska_gminas_2025")?;
    let codes: Vec<UnitId> = table
        .full_texts("teryt")?
        .into_iter()
        .enumerate()
        .map(|(row, code)| code.parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1))))
        .collect::<Result<_, _>>()?;
    let (mut indicators, mut values) = (Vec::new(), Vec::new());
    for entry in entries(voivodeship)? {
        let year: Year = entry.year.ok_or_else(|| table.unreadable(&format!("{} has no year", entry.id)))?;
        for (&unit, value) in codes.iter().zip(table.numbers(&entry.from)?) {
            let cell = value.map_or(Cell::Missing(Missing::NotReported), Cell::Value);
            values.push(TableValue { indicator: entry.id.clone(), unit, year, cell });
        }
        indicators.push(entry.indicator(vec![table.source()?])?);
    }
    let units = gazetteer()?.gminas(voivodeship)?.into_iter().map(unit).collect::<Result<_, _>>()?;
    IndicatorTable::new(indicators, units, values).map_err(|e| table.unreadable(&e.to_string()).into())
}
