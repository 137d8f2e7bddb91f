use std::collections::BTreeSet;
use std::sync::OnceLock;

use diagnoza_core::resources::assessment::{IndicatorTable, TableUnit};
use diagnoza_core::territory::{Level, Nuts, Teryt, UnitId};

use super::{AssessError, public_12, public_28};
use crate::FigureError;
use crate::official::gazetteer;

/// The public indicators of a voivodeship, built once: 28 with its gminas, powiats and subregions, or the gminas of 12.
///
/// Voivodeship 28: population 2015-2024 and projected to 2040, own revenue of the gminas' budgets per inhabitant 2016,
/// 2021 and 2024, indicators of age structure 2022 and projected to 2040. Voivodeship 12: eight indicators of its 183
/// gminas, 2024 and 2025; three values are missing, names are borne by two gminas.
///
/// # Errors
/// [`AssessError::NoTable`] for another voivodeship.
pub fn embedded_table(voivodeship: Teryt) -> Result<&'static IndicatorTable, AssessError> {
    static TABLES: [OnceLock<Result<IndicatorTable, FigureError>>; 2] = [OnceLock::new(), OnceLock::new()];
    let [first, second] = &TABLES;
    let built = match voivodeship.to_string().as_str() {
        "28" => first.get_or_init(|| public_28::table(voivodeship)),
        "12" => second.get_or_init(|| public_12::table(voivodeship)),
        _ => return Err(AssessError::NoTable { voivodeship }),
    };
    built.as_ref().map_err(|error| error.clone().into())
}

/// The table of the voivodeship that a selection of units lies in; see [`embedded_table`].
///
/// # Errors
/// [`AssessError::Voivodeships`] if they lie in several, which have different indicators.
pub fn embedded_table_for(units: &str) -> Result<&'static IndicatorTable, AssessError> {
    let register = gazetteer()?;
    let mut voivodeships = BTreeSet::new();
    for selected in register.select(units)? {
        let lies_in = unit(register.resolve(selected).map_err(FigureError::from)?)?.voivodeship();
        voivodeships.insert(lies_in.unwrap_or(Teryt::POLAND));
    }
    match voivodeships.first() {
        Some(&only) if voivodeships.len() == 1 => embedded_table(only),
        _ => Err(AssessError::Voivodeships { voivodeships: voivodeships.into_iter().collect() }),
    }
}

/// A unit of the register with what its code does not say.
pub(super) fn unit(unit: UnitId) -> Result<TableUnit, FigureError> {
    let register = gazetteer()?;
    let record = register.unit(unit)?;
    let mut made = TableUnit::new(record.unit, record.name.clone());
    match record.unit {
        UnitId::Subregion(_) => {
            let powiat = register.powiats(unit)?.into_iter().find_map(UnitId::teryt);
            made.voivodeship = powiat.and_then(Teryt::voivodeship);
        }
        UnitId::Administrative(_) => made.subregion = subregion(register.subregion_of(unit)?),
    }
    if matches!(made.level(), Level::Poland | Level::Voivodeship) {
        made.subregion = None;
    }
    Ok(made)
}

fn subregion(unit: Option<UnitId>) -> Option<Nuts> {
    match unit {
        Some(UnitId::Subregion(nuts)) => Some(nuts),
        _ => None,
    }
}
