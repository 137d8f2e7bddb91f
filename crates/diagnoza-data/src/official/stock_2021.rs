use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::reverse_survival::{PublishedGroup, structure_one_year_before};
use diagnoza_core::demography::scenario::OfficialVariant;
use diagnoza_core::observation::{Sex, Source};
use diagnoza_core::territory::Teryt;
use ndarray::{Array2, Axis};

use super::calibrated;
use super::projection::AGES;
use crate::embedded::Columns;
use crate::error::FigureError;

/// Stock of one powiat at 31 XII 2021: the totals by sex are published, the structure is estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock2021 {
    /// Published totals, females and males.
    pub totals: [f64; 2],
    /// Estimated stock by sex and single age, `(2, 91)`; adds to the totals.
    pub structure: Array2<f64>,
}

type Stocks = (BTreeMap<Teryt, Stock2021>, Vec<Source>);

/// Stocks at 31 XII 2021 of the powiats of voivodeship 28, 2021-census basis, with their sources.
///
/// GUS publishes this stock by sex with five-year ages 15-69; single ages begin a year later. The
/// structure is the observed one of 31 XII 2022 survived backwards and fitted to the published groups
/// (`reverse_survival_fitted`).
///
/// # Errors
/// [`FigureError`] when a table is damaged or the estimate fails.
pub fn stock_2021() -> Result<&'static Stocks, FigureError> {
    static STOCKS: OnceLock<Result<Stocks, FigureError>> = OnceLock::new();
    STOCKS.get_or_init(estimate).as_ref().map_err(Clone::clone)
}

fn estimate() -> Result<Stocks, FigureError> {
    let table = Columns::open("population_powiats_age_28")?;
    let (units, sexes, groups) =
        (table.full_texts("teryt")?, table.full_texts("sex")?, table.full_texts("group")?);
    let (years, from, to) =
        (table.full_numbers("year")?, table.full_numbers("age_from")?, table.numbers("age_to")?);
    let people = table.full_numbers("population")?;
    let mut published: BTreeMap<Teryt, ([f64; 2], Vec<PublishedGroup>)> = BTreeMap::new();
    for row in (0..table.height()).filter(|&row| (years[row] - 2021.0).abs() < 0.5) {
        let unreadable = |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
        let powiat = units[row].parse().map_err(|e| unreadable(&e))?;
        let sex: Sex = sexes[row].parse().map_err(|e| unreadable(&e))?;
        let (totals, known) = published.entry(powiat).or_default();
        match to[row] {
            None if groups[row] == "TOTAL" => totals[sex.index()] = people[row],
            Some(to) => {
                let (from, to) = (from[row] as usize, to as usize);
                known.push(PublishedGroup { sex, from, to, persons: people[row] });
            }
            None => return Err(unreadable(&"an open group that is not the total").into()),
        }
    }
    let voivodeship = "28".parse().map_err(|e| table.unreadable(&format!("{e}")))?;
    let areas = calibrated(voivodeship, OfficialVariant::Main)?;
    let mut stocks = BTreeMap::new();
    for area in &areas.0 {
        let Some(powiat) = area.unit.teryt() else { continue };
        let missing = || table.unreadable(&format!("no stock of powiat {powiat}"));
        let (totals, known) = published.get(&powiat).ok_or_else(missing)?;
        let survival = area.assumptions.survival().index_axis(Axis(0), 0);
        let structure = structure_one_year_before(area.base.view(), survival, known, *totals)
            .map_err(|source| FigureError::Structure2021 { powiat, source })?;
        debug_assert_eq!(structure.ncols(), AGES);
        stocks.insert(powiat, Stock2021 { totals: *totals, structure });
    }
    Ok((stocks, vec![table.source()?]))
}
