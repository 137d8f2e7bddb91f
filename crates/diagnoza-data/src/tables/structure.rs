use diagnoza_core::demography::AgeStructure;
use diagnoza_core::demography::cohort_component::CohortProjection;
use diagnoza_core::observation::{AgeScheme, Status, Year};
use diagnoza_core::territory::{Teryt, UnitId};
use ndarray::{Array2, Axis};

use super::population::stock_of_2021;
use crate::error::FigureError;
use crate::official::{JUMP_OFF, STOCK_2021, gmina_counts};

/// Structure by sex and age of a unit made of powiats at 31 XII, and how it is known.
pub(super) fn area_structure(
    unit: UnitId,
    year: Year,
    run: &CohortProjection,
) -> Result<(AgeStructure, Status), FigureError> {
    if year == STOCK_2021 {
        let (_, structure) = stock_of_2021(unit)?;
        return Ok((from_array(unit, year, &structure)?, Status::Estimated));
    }
    let step = usize::from(year.get() - JUMP_OFF.get());
    let stock = run.population.index_axis(Axis(0), step).to_owned();
    let status = if step == 0 { Status::Observed } else { Status::Projected };
    Ok((from_array(unit, year, &stock)?, status))
}

/// Structure of a gmina from GUS's published groups at 31 XII of 2022 to 2040.
///
/// # Errors
/// [`FigureError::NoFigures`] outside voivodeship 28 and those years.
pub fn age_structure(gmina: Teryt, year: Year) -> Result<(AgeStructure, Status), FigureError> {
    let unit = UnitId::from(gmina);
    let (counts, _) = gmina_counts()?;
    let published = counts.get(&(gmina, year)).ok_or_else(|| FigureError::NoFigures {
        unit,
        what: "population by age",
        year,
        known: "gminas of voivodeship 28, 2022 to 2040".to_owned(),
    })?;
    let groups = published.iter().map(|count| (count.sexes, count.ages, count.persons));
    let structure =
        AgeStructure::from_groups(groups).map_err(|source| FigureError::Structure { unit, year, source })?;
    Ok((structure, if year == JUMP_OFF { Status::Observed } else { Status::Projected }))
}

fn from_array(unit: UnitId, year: Year, stock: &Array2<f64>) -> Result<AgeStructure, FigureError> {
    let ages = AgeScheme::single(90);
    AgeStructure::from_ages(&ages, &stock.row(0).to_vec(), &stock.row(1).to_vec())
        .map_err(|source| FigureError::Structure { unit, year, source })
}
