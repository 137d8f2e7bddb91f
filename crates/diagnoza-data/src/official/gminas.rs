use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::Teryt;

use crate::embedded::Columns;
use crate::error::FigureError;

/// One published count of a gmina.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GminaCount {
    /// Whom it covers.
    pub sexes: Sexes,
    /// Ages it covers; groups overlap.
    pub ages: AgeRange,
    /// Persons at 31 XII.
    pub persons: f64,
}

type Counts = BTreeMap<(Teryt, Year), Vec<GminaCount>>;

/// GUS's projection of the gminas of 28: every published group by gmina and year, 31 XII 2022
/// (observed) to 2040, main variant, with its source.
///
/// # Errors
/// [`FigureError::Data`] when the table is damaged.
pub fn gmina_counts() -> Result<&'static (Counts, Source), FigureError> {
    static COUNTS: OnceLock<Result<(Counts, Source), FigureError>> = OnceLock::new();
    COUNTS.get_or_init(read_counts).as_ref().map_err(Clone::clone)
}

fn read_counts() -> Result<(Counts, Source), FigureError> {
    let table = Columns::open("gmina_projection_28")?;
    let (units, sexes, groups) =
        (table.full_texts("teryt")?, table.full_texts("sex")?, table.full_texts("group")?);
    let (from, to) = (table.numbers("age_from")?, table.numbers("age_to")?);
    let (years, people) = (table.full_numbers("year")?, table.full_numbers("population")?);
    let mut counts = Counts::new();
    for row in 0..table.height() {
        // Groups whose limits differ by sex ("18-59/64") have no one pair of limits; they follow from the sexes.
        let (false, Some(from)) = (groups[row].contains('/'), from[row]) else { continue };
        let unreadable = |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
        let gmina = units[row].parse().map_err(|e| unreadable(&e))?;
        let year = Year::new(years[row] as i64).map_err(|e| unreadable(&e))?;
        let ages = AgeRange::new(from as u8, to[row].map(|to| to as u8)).map_err(|e| unreadable(&e))?;
        let sexes = sexes[row].parse().map_err(|e| unreadable(&e))?;
        counts.entry((gmina, year)).or_default().push(GminaCount { sexes, ages, persons: people[row] });
    }
    Ok((counts, table.source()?))
}

type Totals = BTreeMap<(Teryt, Year), f64>;

/// Observed totals of the gminas of 28 at 31 XII 2015 to 2024 by the code without its kind, with the
/// source. Years to 2019 are on the 2011-census basis, later ones on the 2021-census basis.
///
/// # Errors
/// [`FigureError::Data`] when the table is damaged.
pub fn gmina_totals() -> Result<&'static (Totals, Source), FigureError> {
    static TOTALS: OnceLock<Result<(Totals, Source), FigureError>> = OnceLock::new();
    TOTALS.get_or_init(read_totals).as_ref().map_err(Clone::clone)
}

fn read_totals() -> Result<(Totals, Source), FigureError> {
    let table = Columns::open("population_gminas_28")?;
    let (units, levels) = (table.full_texts("teryt")?, table.full_texts("level")?);
    let (years, people) = (table.full_numbers("year")?, table.full_numbers("population")?);
    let mut totals = Totals::new();
    for row in (0..table.height()).filter(|&row| levels[row] == "gmina") {
        let unreadable = |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
        let gmina: Teryt = units[row].parse().map_err(|e| unreadable(&e))?;
        let year = Year::new(years[row] as i64).map_err(|e| unreadable(&e))?;
        totals.insert((gmina.without_kind(), year), people[row]);
    }
    Ok((totals, table.source()?))
}
