use std::collections::BTreeMap;

use diagnoza_core::demography::regional_forecast::{
    Country, FittedRegion, mortality_factor, net_migration_to_published,
};
use diagnoza_core::observation::Year;
use diagnoza_core::territory::{Teryt, UnitId};
use ndarray::{Array1, Array2, Array3, ArrayView2, ArrayView3, Axis, s, stack};

use super::yearbook::YEARBOOK;
use crate::error::FigureError;
use crate::official::{AGES, JUMP_OFF, PublishedStock, SEX_RATIO_AT_BIRTH, published_stocks, stock_2021};

/// Years carried: 2023 and 2024.
pub(super) const YEARS: usize = 2;

/// A powiat brought through the published years.
pub(super) struct Part {
    pub(super) powiat: Teryt,
    /// Stock of 31 XII 2022, observed, `(2, A)`.
    pub(super) base: Array2<f64>,
    /// Stock of 31 XII 2024: published by sex and five-year age 15-69, single ages estimated.
    pub(super) stock: Array2<f64>,
    /// Survival ratios of the years, `(2, 2, A+1)`.
    pub(super) survival: Array3<f64>,
    /// Net migration of the years, `(2, 2, A)`.
    pub(super) net_migration: Array3<f64>,
    /// TFR of the years.
    pub(super) tfr: [f64; YEARS],
    /// The powiat's TFR over its subregion's.
    pub(super) fertility: f64,
    /// Net migration per person and year.
    pub(super) crude_rate: f64,
}

/// The powiats of a subregion brought through the published years.
pub(super) struct Carried {
    pub(super) parts: Vec<Part>,
    /// TFR of the subregion in 2022, 2023 and 2024.
    pub(super) tfr: BTreeMap<Year, f64>,
    /// Fertility by age of the years, adding to 1.
    pub(super) pattern: Array1<f64>,
    /// Factor on the forecast's death rates that gives the deaths published for 2024.
    pub(super) mortality_factor: f64,
    /// Net migration of the subregion per person in 2023 and 2024.
    pub(super) net_migration_rate: BTreeMap<Year, f64>,
}

impl Carried {
    /// Mean crude rate of net migration of the years.
    pub(super) fn crude_rate(&self) -> f64 {
        self.net_migration_rate.values().sum::<f64>() / self.net_migration_rate.len() as f64
    }
}

/// Carries the powiats of a subregion from 31 XII 2022 to 31 XII 2024.
///
/// Births of 2024 are the published ones of the subregion; its TFR of 2022 follows from the children of age 0, that
/// of 2023 is the geometric mean of both. A powiat's TFR is its subregion's times its ratio of children aged 0-2 to the
/// births its women would have at the pattern of fertility, against the subregion's. Survival ratios of 2024 give the
/// published deaths.
pub(super) fn carry_to_2024(
    unit: UnitId,
    powiats: &[(Teryt, Array2<f64>)],
    fitted: &FittedRegion,
    survival: ArrayView3<'_, f64>,
    country: &Country,
    [births, deaths]: [f64; 2],
) -> Result<Carried, FigureError> {
    let fault = |source| FigureError::Forecast { unit, source };
    let Fertility2022 { tfr: tfr_2022, ratios } = fertility_of_2022(unit, powiats, fitted, country)?;
    let at_pattern = |women: &Array1<f64>| (women * &fitted.fertility).sum();

    // The women of 2024 do not depend on the births of 2023: a first pass gives the TFR of 2024.
    let of_2023 = survival.index_axis(Axis(0), 0);
    let of_2024 = survival.index_axis(Axis(0), 1);
    let first = |tfr: f64| carry_year(JUMP_OFF.next(), powiats, fitted, of_2023, tfr, &ratios);
    let stocks = stocks(&first(tfr_2022)?);
    let births_at_pattern: f64 = stocks
        .iter()
        .zip(&ratios)
        .map(|((_, stock), ratio)| {
            let survivors = survivors(stock.view(), of_2024, 0.0);
            ratio * at_pattern(&((&stock.row(0) + &survivors.row(0)) / 2.0))
        })
        .sum();
    let tfr_2024 = births / births_at_pattern;
    let tfr_2023 = (tfr_2022 * tfr_2024).sqrt();

    let first = first(tfr_2023)?;
    let middle = self::stocks(&first);
    let together = middle.iter().fold(Array2::zeros((2, AGES)), |sum, (_, stock)| sum + stock);
    let factor =
        mortality_factor(together.view(), births, SEX_RATIO_AT_BIRTH, of_2024, deaths).map_err(fault)?;
    let of_2024 = of_2024.mapv(|ratio| ratio.powf(factor));
    let second = carry_year(YEARBOOK, &middle, fitted, of_2024.view(), tfr_2024, &ratios)?;

    let mut net_migration_rate = BTreeMap::new();
    for (year, carried) in [(JUMP_OFF.next(), &first), (YEARBOOK, &second)] {
        let net: f64 = carried.iter().map(|part| part.net_migration.sum()).sum();
        let people: f64 = carried.iter().map(|part| part.stock.sum()).sum();
        net_migration_rate.insert(year, net / people);
    }
    let parts = powiats
        .iter()
        .zip(first.into_iter().zip(second))
        .zip(ratios)
        .map(|(((powiat, base), (first, second)), ratio)| Part {
            powiat: *powiat,
            base: base.clone(),
            crude_rate: (first.net_migration.sum() / first.stock.sum()
                + second.net_migration.sum() / second.stock.sum())
                / YEARS as f64,
            stock: second.stock,
            survival: stack![Axis(0), of_2023, of_2024.view()],
            net_migration: stack![Axis(0), first.net_migration, second.net_migration],
            tfr: [tfr_2023 * ratio, tfr_2024 * ratio],
            fertility: ratio,
        })
        .collect();
    let tfr = BTreeMap::from([(JUMP_OFF, tfr_2022), (JUMP_OFF.next(), tfr_2023), (YEARBOOK, tfr_2024)]);
    Ok(Carried {
        parts,
        tfr,
        net_migration_rate,
        mortality_factor: factor,
        pattern: fitted.fertility.clone(),
    })
}

/// A powiat in one year.
struct CarriedYear {
    powiat: Teryt,
    stock: Array2<f64>,
    net_migration: Array2<f64>,
}

fn stocks(carried: &[CarriedYear]) -> Vec<(Teryt, Array2<f64>)> {
    carried.iter().map(|part| (part.powiat, part.stock.clone())).collect()
}

/// One year of all powiats, net migration such that the published stocks come out.
fn carry_year(
    year: Year,
    stocks: &[(Teryt, Array2<f64>)],
    fitted: &FittedRegion,
    survival: ArrayView2<'_, f64>,
    tfr: f64,
    ratios: &[f64],
) -> Result<Vec<CarriedYear>, FigureError> {
    let (published, source) = published_stocks()?;
    let mut carried = Vec::new();
    for ((powiat, stock), ratio) in stocks.iter().zip(ratios) {
        let unit = UnitId::from(*powiat);
        let none =
            || FigureError::NoFigures { unit, what: "stock by sex", year, known: source.title.clone() };
        let PublishedStock { totals, groups } = published.get(&(*powiat, year)).ok_or_else(none)?;
        let mut expected = survivors(stock.view(), survival, 0.0);
        let women = (&stock.row(0) + &expected.row(0)) / 2.0;
        let births = (&women * &fitted.fertility).sum() * tfr * ratio;
        expected = survivors(stock.view(), survival, births);
        let net_migration = net_migration_to_published(expected.view(), groups, *totals)
            .map_err(|source| FigureError::Forecast { unit, source })?;
        carried.push(CarriedYear { powiat: *powiat, stock: expected + &net_migration, net_migration });
    }
    Ok(carried)
}

/// Everybody a year later without migration, `(2, A)`.
fn survivors(stock: ArrayView2<'_, f64>, survival: ArrayView2<'_, f64>, births: f64) -> Array2<f64> {
    let open = stock.ncols() - 1;
    let girls = births / (1.0 + SEX_RATIO_AT_BIRTH);
    let mut later = Array2::zeros(stock.dim());
    for (sex, born) in [girls, births - girls].into_iter().enumerate() {
        later[[sex, 0]] = born * survival[[sex, 0]];
        for age in 0..=open {
            later[[sex, (age + 1).min(open)]] += stock[[sex, age]] * survival[[sex, age + 1]];
        }
    }
    later
}

/// Fertility of a subregion in 2022 and how its powiats differ from it.
pub(super) struct Fertility2022 {
    /// TFR of the subregion, its births those of the children of age 0 at the end of the year.
    pub(super) tfr: f64,
    /// Each powiat's TFR over the subregion's.
    pub(super) ratios: Vec<f64>,
}

pub(super) fn fertility_of_2022(
    unit: UnitId,
    powiats: &[(Teryt, Array2<f64>)],
    fitted: &FittedRegion,
    country: &Country,
) -> Result<Fertility2022, FigureError> {
    let survival =
        fitted.survival_in(country, JUMP_OFF).map_err(|source| FigureError::Forecast { unit, source })?;
    let before = stock_2021()?;
    let (mut births, mut children, mut expected) = (0.0, Vec::new(), Vec::new());
    for (powiat, base) in powiats {
        births += base[[0, 0]] / survival[[0, 0]] + base[[1, 0]] / survival[[1, 0]];
        children.push(base.slice(s![.., ..3]).sum());
        let structure = before.0.get(powiat).map_or(base, |stock| &stock.structure);
        let women = (&structure.row(0) + &base.row(0)) / 2.0;
        expected.push((&women * &fitted.fertility).sum());
    }
    let all: f64 = expected.iter().sum();
    let usual = children.iter().sum::<f64>() / all;
    let ratios = children.iter().zip(&expected).map(|(children, births)| children / births / usual).collect();
    Ok(Fertility2022 { tfr: births / all, ratios })
}
