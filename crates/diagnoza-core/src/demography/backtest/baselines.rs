use ndarray::{Array3, ArrayView2, s};
use serde::{Deserialize, Serialize};

use super::BaselineError;
use crate::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};
use crate::observation::Sex;

/// How a total grows on; see [`trend`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// The same number of persons every year.
    Linear,
    /// The same rate every year.
    Exponential,
}

/// Nothing changes: the stock `(2, A)` of the jump-off in each of the years after it, `(years, 2, A)`.
///
/// # Errors
/// [`BaselineError`]: shape and values of the stock.
pub fn no_change(stock: ArrayView2<'_, f64>, years: usize) -> Result<Array3<f64>, BaselineError> {
    check_stock("stock", stock)?;
    let mut future = Array3::zeros((years, 2, stock.ncols()));
    future.outer_iter_mut().for_each(|mut year| year.assign(&stock));
    Ok(future)
}

/// The total grows on as it grew, with the sexes and ages of the later stock, `(years, 2, A)`.
///
/// # Formula
/// With totals `P0`, `P1` that lie `interval` years apart and `t` years after the later:
///
/// ```text
/// linear       P(t) = P1 + t (P1 - P0) / interval
/// exponential  P(t) = P1 (P1 / P0)^(t / interval)
/// ```
///
/// # Errors
/// [`BaselineError`]: shapes and values, a line that falls below zero, growth from nobody.
///
/// # Reference
/// Smith, Tayman, Swanson (2013), 8.
pub fn trend(
    kind: Trend,
    earlier: ArrayView2<'_, f64>,
    later: ArrayView2<'_, f64>,
    interval: f64,
    years: usize,
) -> Result<Array3<f64>, BaselineError> {
    check_stock("earlier", earlier)?;
    check_stock("later", later)?;
    if !(interval > 0.0 && interval.is_finite()) {
        return Err(BaselineError::Option {
            option: "interval",
            got: interval,
            expected: "years, above zero",
        });
    }
    let (before, now) = (earlier.sum(), later.sum());
    for (what, total) in [("earlier", before), ("later", now)] {
        if total <= 0.0 {
            return Err(BaselineError::Nobody { what });
        }
        if !total.is_finite() {
            return Err(BaselineError::Overflow { year: 0 });
        }
    }
    let mut future = no_change(later, years)?;
    for (year, mut stock) in (1..=years).zip(future.outer_iter_mut()) {
        let t = year as f64 / interval;
        let growth = match kind {
            Trend::Linear => 1.0 + t * (now - before) / now,
            Trend::Exponential => (now / before).powf(t),
        };
        if growth < 0.0 {
            return Err(BaselineError::BelowZero { year, got: now * growth });
        }
        if !(now * growth).is_finite() {
            return Err(BaselineError::Overflow { year });
        }
        stock *= growth;
    }
    Ok(future)
}

/// Survival, fertility and migration of the last step of `rates` in every step, `(steps, K, A)`.
///
/// Migration is held in the form in which it is given: the same persons, or the same rates.
///
/// # Errors
/// [`BaselineError::CohortComponent`]: what the step itself refuses; rates of no step.
pub fn constant_rates(
    base: ArrayView2<'_, f64>,
    rates: &Assumptions,
    timing: MigrationTiming,
    negative: NegativePopulation,
    steps: usize,
) -> Result<Array3<f64>, BaselineError> {
    let Some(held) = rates.last_held(steps) else {
        return Err(BaselineError::Option { option: "years of rates", got: 0.0, expected: "1 or more" });
    };
    let run = project(base, &held, timing, negative)?;
    Ok(run.population.slice(s![1.., .., ..]).to_owned())
}

/// Refuses a stock that is not `(2, A)` with two ages or more, and values that count nobody.
pub(super) fn check_stock(what: &'static str, stock: ArrayView2<'_, f64>) -> Result<(), BaselineError> {
    if stock.nrows() != 2 || stock.ncols() < 2 {
        let (got, expected) = (stock.shape().to_vec(), "2 sexes and two ages or more");
        return Err(BaselineError::Shape { what, got, expected });
    }
    for ((sex, age), &got) in stock.indexed_iter() {
        if !(got.is_finite() && got >= 0.0) {
            return Err(BaselineError::Value { what, got, sex: Sex::BOTH[sex], age });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, Axis, arr2};

    use super::*;
    use crate::demography::cohort_component::{Interval, Migration, RateBase};

    #[test]
    fn trends_continue_the_total_and_keep_the_structure() {
        let (before, now) = (arr2(&[[50.0, 50.0], [50.0, 50.0]]), arr2(&[[40.0, 60.0], [40.0, 20.0]]));
        let line = trend(Trend::Linear, before.view(), now.view(), 5.0, 5).unwrap();
        assert!((line.index_axis(Axis(0), 4).sum() - 120.0).abs() < 1e-9);
        let curve = trend(Trend::Exponential, before.view(), now.view(), 5.0, 10).unwrap();
        assert!((curve.index_axis(Axis(0), 9).sum() - 160.0 * 0.64).abs() < 1e-9);
        assert!((curve[[9, 0, 1]] / curve[[9, 1, 1]] - 3.0).abs() < 1e-12);
        let held = no_change(now.view(), 3).unwrap();
        assert_eq!(held.index_axis(Axis(0), 2), now);
    }

    #[test]
    fn constant_rates_repeat_the_last_year() {
        let rates = Assumptions::new(
            Array3::from_shape_fn((2, 2, 4), |(year, _, _)| if year == 0 { 0.1 } else { 0.9 }),
            Array2::zeros((2, 3)),
            Array1::ones(2),
            Array3::zeros((2, 2, 3)),
        )
        .unwrap();
        let base = arr2(&[[10.0, 20.0, 30.0], [10.0, 20.0, 30.0]]);
        let (end, refuse) = (MigrationTiming::End, NegativePopulation::Refuse);
        let future = constant_rates(base.view(), &rates, end, refuse, 3).unwrap();
        assert!((future.index_axis(Axis(0), 2).sum() - 120.0 * 0.9_f64.powi(3)).abs() < 1e-9);
        assert!(constant_rates(base.view(), &rates.first(0), end, refuse, 3).is_err());
    }

    #[test]
    fn migration_is_held_in_its_form() {
        // Nobody dies or is born, 1 in 100 comes every year: the population grows by 1 % a year, not by 0.01.
        let rates = Assumptions::of_interval(
            Interval::One,
            Array3::ones((1, 2, 3)),
            Array2::zeros((1, 2)),
            Array1::ones(1),
            Migration::Rates { rates: Array3::from_elem((1, 2, 2), 0.01), base: RateBase::Start },
        )
        .unwrap();
        let base = arr2(&[[0.0, 100.0], [0.0, 300.0]]);
        let (end, refuse) = (MigrationTiming::End, NegativePopulation::Refuse);
        let future = constant_rates(base.view(), &rates, end, refuse, 2).unwrap();
        assert!((future.index_axis(Axis(0), 1).sum() - 400.0 * 1.01 * 1.01).abs() < 1e-9, "{future}");
        let women = base.slice(s![..1, ..]);
        assert!(constant_rates(women, &rates, end, refuse, 2).is_err(), "two sexes of rates, one of people");
    }

    #[test]
    fn hostile_stocks_are_refused_by_name() {
        let good = arr2(&[[1.0, 2.0], [3.0, 4.0]]);
        let refused = |stock: Array2<f64>| no_change(stock.view(), 1).unwrap_err().to_string();
        assert!(refused(Array2::zeros((1, 5))).contains("shape [1, 5]"));
        assert!(refused(arr2(&[[1.0, f64::NAN], [0.0, 0.0]])).contains("stock is NaN, F, age position 1"));
        let nobody = Array2::zeros((2, 2));
        let message = trend(Trend::Exponential, nobody.view(), good.view(), 1.0, 1).unwrap_err().to_string();
        assert!(message.starts_with("earlier has nobody"), "{message}");
        let many = good.mapv(|people| people * 3.0);
        let message = trend(Trend::Linear, many.view(), good.view(), 1.0, 2).unwrap_err().to_string();
        assert!(message.contains("falls to -10.0 persons in year 1"), "{message}");
        assert!(trend(Trend::Linear, good.view(), good.view(), 0.0, 2).is_err());
        let message = trend(Trend::Exponential, good.view(), many.view(), 1.0, 700).unwrap_err().to_string();
        assert!(message.starts_with("the trend grows past every number in year 6"), "{message}");
        let endless = arr2(&[[f64::MAX, f64::MAX]; 2]);
        assert!(trend(Trend::Linear, good.view(), endless.view(), 1.0, 1).is_err());
    }
}
