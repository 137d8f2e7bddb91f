use std::collections::BTreeMap;

use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::Nuts;

use crate::embedded::{Columns, DataError};

/// The year of the yearbook's figures.
pub(super) const YEARBOOK: Year = Year::constant(2024);

/// Live births and deaths of the subregions of 28 in 2024, GUS.
pub(super) fn births_and_deaths() -> Result<(BTreeMap<Nuts, [f64; 2]>, Source), DataError> {
    let table = Columns::open("yearbook_2025")?;
    let (measures, codes) = (table.full_texts("measure")?, table.full_texts("code")?);
    let (groups, areas) = (table.texts("group")?, table.texts("area")?);
    let values = table.full_numbers("value")?;
    let mut found: BTreeMap<Nuts, [f64; 2]> = BTreeMap::new();
    for row in 0..table.height() {
        let (Ok(subregion), Some("total")) = (codes[row].parse::<Nuts>(), areas[row]) else { continue };
        let place = match measures[row] {
            "live_births" => 0,
            "deaths" => 1,
            _ => continue,
        };
        if groups[row].is_none_or(|group| group == "TOTAL") {
            found.entry(subregion).or_default()[place] = values[row];
        }
    }
    match found.iter().find(|(_, counts)| counts.iter().any(|count| *count <= 0.0)) {
        Some((subregion, _)) => Err(table.unreadable(&format!("{subregion} lacks births or deaths"))),
        None => Ok((found, table.source()?)),
    }
}

/// Stock of voivodeship 28 at 31 XII 2024 by group of ages, both sexes, GUS.
pub(super) fn ages_of_28() -> Result<BTreeMap<(u8, Option<u8>), f64>, DataError> {
    let table = Columns::open("yearbook_2025")?;
    let (measures, codes) = (table.full_texts("measure")?, table.full_texts("code")?);
    let (areas, sexes, groups) = (table.texts("area")?, table.texts("sex")?, table.texts("group")?);
    let (from, to) = (table.numbers("age_from")?, table.numbers("age_to")?);
    let values = table.full_numbers("value")?;
    let mut found = BTreeMap::new();
    for row in 0..table.height() {
        let here = (measures[row], codes[row]) == ("population", "28")
            && (areas[row], sexes[row]) == (Some("total"), Some("T"))
            && groups[row].is_some_and(|group| group != "TOTAL");
        if let (true, Some(from)) = (here, from[row]) {
            found.insert((from as u8, to[row].map(|to| to as u8)), values[row]);
        }
    }
    Ok(found)
}
