//! Migration rates: net on the population, gross on the population at risk.
//!
//! # Formula
//! ```text
//! net rate         n(x) = M(x) / P(x)
//! out-rate         o(i, x) = departures(i, x) / P(i, x)                    own population
//! in-rate          e(i, x) = arrivals(i, x) / sum over j != i of P(j, x)   the rest of the pool
//! annual proportion g(x) = M(x) / (n P(x))                                 M over n years
//! ```
//! `P` is the population at risk the user chooses: at the start of the year, or the year's mean.
//!
//! # Reference
//! Rees, Bell, Duke-Williams & Blake (2000), *Problems and solutions in the measurement of migration
//! intensities*; Smith, Tayman & Swanson (2013), *A Practitioner's Guide to State and Local
//! Population Projections*, chapter 6.

use ndarray::{Array2, Array3, ArrayView2, ArrayView3, Axis};

use super::{MigrationError, check};

/// Net migrants, or migrants of one direction, per person of the population: both `(2, A)`.
///
/// # Errors
/// [`MigrationError`]: shape, values; [`MigrationError::NobodyAtRisk`] for an age of nobody, where a
/// rate is not defined: join ages.
pub fn net_rates(
    migrants: ArrayView2<'_, f64>,
    population: ArrayView2<'_, f64>,
) -> Result<Array2<f64>, MigrationError> {
    annual_proportions(migrants, population, 1.0)
}

/// Net migrants per year as proportions of the population, from those of several years: both `(2, A)`.
///
/// # Errors
/// As [`net_rates`]; [`MigrationError::Parameter`] unless `years` is above zero.
pub fn annual_proportions(
    net: ArrayView2<'_, f64>,
    population: ArrayView2<'_, f64>,
    years: f64,
) -> Result<Array2<f64>, MigrationError> {
    check_pair(net, population, years)?;
    let mut rates = Array2::zeros(net.dim());
    for ((sex, age), rate) in rates.indexed_iter_mut() {
        *rate =
            per_person("migration rate", net[[sex, age]], years * population[[sex, age]], (None, sex, age))?;
    }
    Ok(rates)
}

/// Net migrants of several years from annual proportions of the population: both `(2, A)`.
///
/// The inverse of [`annual_proportions`], and the form in which the United Nations' five-year
/// projections take migration.
///
/// # Errors
/// [`MigrationError`]: shape, values, `years` not above zero.
pub fn net_from_proportions(
    proportions: ArrayView2<'_, f64>,
    population: ArrayView2<'_, f64>,
    years: f64,
) -> Result<Array2<f64>, MigrationError> {
    check_pair(proportions, population, years)?;
    let net = &proportions * &population * years;
    check::by_sex("net migration", net.view(), |_| true, "a finite number")?;
    Ok(net)
}

/// Departures per person of the own population: both `(areas, 2, A)`.
///
/// # Errors
/// [`MigrationError`]: shape, values, [`MigrationError::NobodyAtRisk`].
pub fn out_rates(
    departures: ArrayView3<'_, f64>,
    population: ArrayView3<'_, f64>,
) -> Result<Array3<f64>, MigrationError> {
    check_areas("departures", departures, population)?;
    let mut rates = Array3::zeros(departures.dim());
    for ((area, sex, age), rate) in rates.indexed_iter_mut() {
        let (moves, people) = (departures[[area, sex, age]], population[[area, sex, age]]);
        *rate = per_person("out-rate", moves, people, (Some(area), sex, age))?;
    }
    Ok(rates)
}

/// Arrivals per person of the other areas of a closed set: both `(areas, 2, A)`.
///
/// # Errors
/// [`MigrationError`]: shape, values, [`MigrationError::NobodyAtRisk`]; a set of one area has no rest.
pub fn in_rates(
    arrivals: ArrayView3<'_, f64>,
    population: ArrayView3<'_, f64>,
) -> Result<Array3<f64>, MigrationError> {
    check_areas("arrivals", arrivals, population)?;
    let mut rates = Array3::zeros(arrivals.dim());
    for ((area, sex, age), rate) in rates.indexed_iter_mut() {
        let others = (0..population.len_of(Axis(0))).filter(|other| *other != area);
        let rest = others.fold(0.0, |rest, other| rest + population[[other, sex, age]]);
        *rate = per_person("in-rate", arrivals[[area, sex, age]], rest, (Some(area), sex, age))?;
    }
    Ok(rates)
}

fn per_person(
    what: &'static str,
    moves: f64,
    population: f64,
    (area, sex, age): (Option<usize>, usize, usize),
) -> Result<f64, MigrationError> {
    let rate = moves / population;
    // an infinite population would make every rate a silent zero
    if rate.is_finite() && population.is_finite() {
        Ok(rate)
    } else {
        Err(MigrationError::NobodyAtRisk { what, area, sex: check::sex(sex), age, moves, population })
    }
}

fn check_pair(
    migrants: ArrayView2<'_, f64>,
    population: ArrayView2<'_, f64>,
    years: f64,
) -> Result<(), MigrationError> {
    check::shape("migrants", migrants.shape(), &[2, migrants.ncols().max(1)])?;
    check::shape("population", population.shape(), migrants.shape())?;
    check::by_sex("migrants", migrants, |_| true, "a finite number")?;
    check::by_sex("population", population, |count| count >= 0.0, "zero or more persons")?;
    if years.is_finite() && years > 0.0 {
        Ok(())
    } else {
        Err(MigrationError::Parameter { name: "years", got: years, expected: "more than zero years" })
    }
}

fn check_areas(
    what: &'static str,
    moves: ArrayView3<'_, f64>,
    population: ArrayView3<'_, f64>,
) -> Result<(), MigrationError> {
    let (areas, _, ages) = moves.dim();
    check::shape(what, moves.shape(), &[areas.max(1), 2, ages.max(1)])?;
    check::shape("population", population.shape(), moves.shape())?;
    check::by_axis(what, "area", moves, |count| count >= 0.0, "zero or more moves")?;
    check::by_axis("population", "area", population, |count| count >= 0.0, "zero or more persons")
}

#[cfg(test)]
mod tests {
    use ndarray::{arr2, arr3};

    use super::*;

    #[test]
    fn rates_have_the_population_at_risk_below() {
        let population = arr3(&[[[100.0], [200.0]], [[300.0], [400.0]], [[500.0], [600.0]]]);
        let moves = arr3(&[[[8.0], [10.0]], [[6.0], [8.0]], [[4.0], [6.0]]]);
        let out = out_rates(moves.view(), population.view()).unwrap();
        let arrive = in_rates(moves.view(), population.view()).unwrap();
        assert!((out[[0, 0, 0]] - 0.08).abs() < 1e-15 && (out[[2, 1, 0]] - 0.01).abs() < 1e-15);
        assert!((arrive[[0, 0, 0]] - 0.01).abs() < 1e-15 && (arrive[[2, 1, 0]] - 0.01).abs() < 1e-15);
        let alone = population.slice(ndarray::s![..1, .., ..]);
        let error = in_rates(moves.slice(ndarray::s![..1, .., ..]), alone).unwrap_err().to_string();
        assert!(
            error
                .starts_with("in-rate of area 0: 8 moves of sex F at age position 0 from a population of 0,")
        );
    }

    #[test]
    fn proportions_go_there_and_back() {
        let net = arr2(&[[-50.0, 20.0], [10.0, 0.0]]);
        let population = arr2(&[[1000.0, 500.0], [900.0, 400.0]]);
        let shares = annual_proportions(net.view(), population.view(), 5.0).unwrap();
        assert!((shares[[0, 0]] + 0.01).abs() < 1e-15);
        let back = net_from_proportions(shares.view(), population.view(), 5.0).unwrap();
        assert!((&back - &net).iter().all(|difference| difference.abs() < 1e-12));
        assert!(annual_proportions(net.view(), population.view(), 0.0).is_err());
    }

    #[test]
    fn an_age_of_nobody_has_no_rate() {
        let population = arr2(&[[1000.0, 0.0]; 2]);
        let error = net_rates(arr2(&[[1.0, 0.0]; 2]).view(), population.view()).unwrap_err();
        assert!(matches!(error, MigrationError::NobodyAtRisk { area: None, age: 1, .. }), "{error}");
        let crowd = arr2(&[[f64::MAX; 2]; 2]);
        assert!(annual_proportions(arr2(&[[1.0; 2]; 2]).view(), crowd.view(), 5.0).is_err());
        assert!(net_from_proportions(arr2(&[[0.9; 2]; 2]).view(), crowd.view(), 5.0).is_err());
        assert!(net_rates(arr2(&[[f64::NAN, 0.0]; 2]).view(), population.view()).is_err());
        assert!(net_rates(Array2::zeros((2, 0)).view(), Array2::zeros((2, 0)).view()).is_err());
    }
}
