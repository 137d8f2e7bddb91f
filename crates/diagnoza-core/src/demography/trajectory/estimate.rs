//! Parameters of deviations from observed yearly series.

use std::collections::BTreeMap;

use super::{Process, TrajectoryError};
use crate::observation::Year;

/// A yearly series, years may be missing.
pub type Series = BTreeMap<Year, f64>;

/// A random walk without drift from the changes of one or more series between consecutive years.
///
/// # Formula
/// `sd^2 = mean(d^2) - noise`, `d` the changes of all series, not below 0. The mean is not taken away, as the central
/// forecast has no trend of its own to explain it. `noise` is the variance that sampling adds to a change.
///
/// ```
/// use diagnoza_core::demography::trajectory::{Series, random_walk};
/// use diagnoza_core::observation::Year;
/// let years = Year::constant(2019).through(Year::constant(2022));
/// let series: Series = years.zip([1.0, 1.3, 0.9, 0.9]).collect();
/// let walk = random_walk("ln TFR", &[series], 0.0)?;
/// assert!((walk.sd - (0.25_f64 / 3.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::demography::trajectory::TrajectoryError>(())
/// ```
///
/// # Errors
/// [`TrajectoryError`]: fewer than two changes, a value that is no number.
pub fn random_walk(what: &str, series: &[Series], noise: f64) -> Result<Process, TrajectoryError> {
    check(what, series)?;
    let changes: Vec<f64> = pairs(series).map(|(before, after)| after - before).collect();
    enough(what, changes.len(), 2)?;
    let variance = changes.iter().map(|change| change * change).sum::<f64>() / changes.len() as f64;
    Ok(Process::random_walk((variance - noise).max(0.0).sqrt()))
}

/// Deviations around the mean of one or more series, the persistence pooled, the mean itself uncertain.
///
/// # Formula
/// With `z` the differences of each series from its own mean, `n` its values:
///
/// ```text
/// q = sum(z^2) / sum(n - 1)                               without what sampling adds: q - noise
/// r = sum z(t) z(t+1) / sum z(t)^2                        over consecutive years
/// persistence = (r + (1 + 3 r) / n) q / (q - noise)       r of short series is too low (Kendall 1954); 0 to 0.95
/// v = (q - noise) (n - 1) / (n - f(n))                    as E[q] = v (n - f(n)) / (n - 1) + noise
/// sd^2 = v (1 - persistence^2)
/// level_sd^2 = v f(m) / m                                 error of a mean of m = mean_years years; at most v
/// f(m) = 1 + 2 sum((1 - k / m) persistence^k, k = 1..m-1) variance of a mean of m years over v / m
/// ```
///
/// `f(n)` counts for at most `n / 2`: so short a series says no more about its own mean.
///
/// # Errors
/// [`TrajectoryError`]: fewer than three values in a series, a value that is no number.
pub fn around_mean(
    what: &str,
    series: &[Series],
    noise: f64,
    mean_years: usize,
) -> Result<Process, TrajectoryError> {
    check(what, series)?;
    let centred: Vec<Series> = series
        .iter()
        .map(|one| {
            enough(what, one.len(), 3)?;
            let mean = one.values().sum::<f64>() / one.len() as f64;
            Ok(one.iter().map(|(&year, value)| (year, value - mean)).collect())
        })
        .collect::<Result<_, TrajectoryError>>()?;
    let squares: f64 = centred.iter().flat_map(BTreeMap::values).map(|z| z * z).sum();
    let free: usize = centred.iter().map(|one| one.len() - 1).sum();
    enough(what, free, 2)?;
    let raw = squares / free as f64;
    if raw <= noise {
        return Ok(Process::NONE);
    }
    let (mut products, mut before) = (0.0, 0.0);
    for (first, second) in pairs(&centred) {
        products += first * second;
        before += first * first;
    }
    let lagged = if before > 0.0 { products / before } else { 0.0 };
    let values = free as f64 / series.len() as f64 + 1.0;
    let unbiased = (lagged + (1.0 + 3.0 * lagged) / values) * raw / (raw - noise);
    let persistence = unbiased.clamp(0.0, 0.95);
    let f = of_mean(persistence, values.round() as usize).min(values / 2.0);
    let variance = (raw - noise) * (values - 1.0) / (values - f);
    let years = mean_years.max(1);
    let level = variance * of_mean(persistence, years) / years as f64;
    Ok(Process {
        level_sd: level.sqrt(),
        drift_sd: 0.0,
        sd: (variance * (1.0 - persistence * persistence)).sqrt(),
        persistence,
    })
}

/// `f(years)`: how much more the mean of consecutive years varies than that of as many independent ones.
fn of_mean(persistence: f64, years: usize) -> f64 {
    let (mut sum, mut power) = (1.0, 1.0);
    for lag in 1..years {
        power *= persistence;
        sum += 2.0 * (1.0 - lag as f64 / years as f64) * power;
    }
    sum
}

/// What series have in common, their mean in the years that all have, and what each has beyond it.
#[must_use]
pub fn split(series: &[Series]) -> (Series, Vec<Series>) {
    let Some(first) = series.first() else { return (Series::new(), Vec::new()) };
    let common: Series = first
        .keys()
        .filter_map(|&year| {
            let values: Option<Vec<f64>> = series.iter().map(|one| one.get(&year).copied()).collect();
            Some((year, values?.iter().sum::<f64>() / series.len() as f64))
        })
        .collect();
    let beyond = series
        .iter()
        .map(|one| common.iter().filter_map(|(year, mean)| Some((*year, one.get(year)? - mean))).collect())
        .collect();
    (common, beyond)
}

/// Mean square of the changes of series between consecutive years.
///
/// # Errors
/// As [`random_walk`].
pub fn yearly_variance(what: &str, series: &[Series]) -> Result<f64, TrajectoryError> {
    Ok(random_walk(what, series, 0.0)?.sd.powi(2))
}

/// Values of consecutive years.
fn pairs(series: &[Series]) -> impl Iterator<Item = (f64, f64)> + '_ {
    series
        .iter()
        .flat_map(|one| one.iter().filter_map(|(year, &before)| Some((before, *one.get(&year.next())?))))
}

fn check(what: &str, series: &[Series]) -> Result<(), TrajectoryError> {
    match series.iter().flatten().find(|(_, value)| !value.is_finite()) {
        Some((&year, &got)) => Err(TrajectoryError::Value { what: what.to_owned(), year, got }),
        None => Ok(()),
    }
}

fn enough(what: &str, got: usize, needed: usize) -> Result<(), TrajectoryError> {
    if got >= needed { Ok(()) } else { Err(TrajectoryError::TooFew { what: what.to_owned(), got, needed }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demography::mortality_model::Draws;

    fn series(first: u16, values: impl IntoIterator<Item = f64>) -> Series {
        values
            .into_iter()
            .enumerate()
            .map(|(i, value)| (Year::constant(first).plus(i as u16), value))
            .collect()
    }

    #[test]
    fn the_parameters_that_made_a_series_are_found_again() {
        let made: Vec<Series> = (0..200)
            .map(|path| {
                let process = Process { sd: 0.5, persistence: 0.6, ..Process::NONE };
                let mut values = vec![0.0; 50];
                process.add_path(&mut Draws::new(3, "estimate", path), &mut values);
                series(1990, values.split_off(20))
            })
            .collect();
        let found = around_mean("x", &made, 0.0, 10).unwrap();
        assert!((found.persistence - 0.6).abs() < 0.05 && (found.sd - 0.5).abs() < 0.03, "{found:?}");
        let walks: Vec<Series> = (0..100)
            .map(|path| {
                let mut values = vec![0.0; 20];
                Process::random_walk(0.3).add_path(&mut Draws::new(4, "estimate", path), &mut values);
                series(1990, values)
            })
            .collect();
        assert!((random_walk("x", &walks, 0.0).unwrap().sd - 0.3).abs() < 0.01);
        assert!((random_walk("x", &walks, 0.05).unwrap().sd - 0.2).abs() < 0.02);
        assert_eq!(random_walk("x", &walks, 1.0).unwrap().sd.to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn sampling_is_taken_away_and_the_error_of_a_mean_is_exact() {
        // Variance 0.25 / 0.64 = 0.39, and as much again by sampling.
        let noise: f64 = 0.4;
        let made: Vec<Series> = (0..600)
            .map(|path| {
                let process = Process { sd: 0.5, persistence: 0.6, ..Process::NONE };
                let mut draws = Draws::new(5, "estimate", path);
                let mut values = vec![0.0; 50];
                process.add_path(&mut draws, &mut values);
                series(1990, values.split_off(20).into_iter().map(|x| x + noise.sqrt() * draws.normal()))
            })
            .collect();
        let found = around_mean("x", &made, noise, 4).unwrap();
        assert!((found.persistence - 0.6).abs() < 0.05 && (found.sd - 0.5).abs() < 0.03, "{found:?}");
        // Var(mean) = v / m^2 sum of persistence^|i - j| over all pairs of years.
        let variance = found.sd.powi(2) / (1.0 - found.persistence.powi(2));
        for years in [1, 2, 4, 10] {
            let pairs = (0..years).flat_map(|i| (0..years).map(move |j: i32| i.abs_diff(j)));
            let sum: f64 = pairs.map(|lag| found.persistence.powi(lag as i32)).sum();
            let level = around_mean("x", &made, noise, years as usize).unwrap().level_sd;
            let expected = variance * sum / f64::from(years * years);
            assert!((level * level / expected - 1.0).abs() < 1e-12, "{years}: {level}");
        }
        let lasting = series(2000, (0..12).map(f64::from));
        let found = around_mean("x", &[lasting], 0.0, 12).unwrap();
        let lasting = Process { level_sd: 0.0, ..found }.standard_deviation(500);
        assert!(found.level_sd > 0.0 && found.level_sd < lasting, "{found:?}");
    }

    #[test]
    fn common_and_own_parts_add_up() {
        let both = [series(2000, [1.0, 2.0, 4.0]), series(2001, [4.0, 2.0, 9.0])];
        let (common, beyond) = split(&both);
        assert_eq!(common, series(2001, [3.0, 3.0]));
        assert_eq!(beyond, [series(2001, [-1.0, 1.0]), series(2001, [1.0, -1.0])]);
        assert_eq!(split(&[]), (Series::new(), vec![]));
    }

    #[test]
    fn what_cannot_be_estimated_from_is_refused() {
        assert!(random_walk("x", &[series(2000, [1.0, 2.0])], 0.0).is_err());
        assert!(around_mean("x", &[series(2000, [1.0, 2.0])], 0.0, 1).is_err());
        let error = around_mean("migration", &[series(2000, [1.0, f64::NAN, 2.0])], 0.0, 1).unwrap_err();
        assert_eq!(error.to_string(), "migration, 2001: NaN is not a number to estimate from");
    }
}
