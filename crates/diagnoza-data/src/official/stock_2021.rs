use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::reverse_survival::structure_one_year_before;
use diagnoza_core::demography::scenario::Baseline;
use diagnoza_core::observation::Source;
use diagnoza_core::territory::Teryt;
use ndarray::{Array2, Axis};

use super::projection::AGES;
use super::{STOCK_2021, calibrated, published_stocks};
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
    let (published, source) = published_stocks()?;
    let powiats = published.keys().map(|&(powiat, _)| powiat);
    let voivodeship = powiats.filter_map(Teryt::voivodeship).next().unwrap_or(Teryt::POLAND);
    let areas = calibrated(voivodeship, Baseline::Main)?;
    let mut stocks = BTreeMap::new();
    for area in &areas.0 {
        let Some(powiat) = area.unit.teryt() else { continue };
        let missing = || FigureError::NoFigures {
            unit: area.unit,
            what: "stock by sex",
            year: STOCK_2021,
            known: source.title.clone(),
        };
        let stock = published.get(&(powiat, STOCK_2021)).ok_or_else(missing)?;
        let survival = area.assumptions.survival().index_axis(Axis(0), 0);
        let structure = structure_one_year_before(area.base.view(), survival, &stock.groups, stock.totals)
            .map_err(|source| FigureError::Structure2021 { powiat, source })?;
        debug_assert_eq!(structure.ncols(), AGES);
        stocks.insert(powiat, Stock2021 { totals: stock.totals, structure });
    }
    Ok((stocks, vec![source.clone()]))
}
