use serde::{Deserialize, Serialize};

/// What to do with an observed zero, of which no percentage can be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroObserved {
    /// Leave the cell out of the percentages (not of the other measures) and count it.
    #[default]
    Exclude,
    /// Refuse, naming the position.
    Refuse,
}

/// Errors of a set of forecasts, forecast less observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastErrors {
    /// Number of cells.
    pub count: usize,
    /// Mean error, in the unit of the figures: bias.
    pub me: f64,
    /// Mean absolute error, in the unit of the figures.
    pub mae: f64,
    /// Root of the mean squared error, in the unit of the figures.
    pub rmse: f64,
    /// Mean percentage error, with the sign; none when every observed value is zero.
    pub mpe: Option<f64>,
    /// Mean absolute percentage error; none when every observed value is zero.
    pub mape: Option<f64>,
    /// Weighted absolute percentage error: absolute errors in percent of what was observed, both summed;
    /// none when all observed values are zero.
    pub wape: Option<f64>,
    /// Cells with an observed zero, which `mpe` and `mape` leave out.
    pub zero_observed: usize,
}

/// Why forecasts cannot be measured. Positions count from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MeasureError {
    /// Nothing to measure.
    #[error("there is no forecast to compare: expected at least one")]
    Empty,
    /// Inputs of different lengths.
    #[error("{what} has {got} values, expected {expected}")]
    Length {
        /// Name of the input.
        what: &'static str,
        /// Values given.
        got: usize,
        /// Values expected.
        expected: usize,
    },
    /// A value that cannot be.
    #[error("{what} is {got} at position {position}: expected {expected}")]
    Value {
        /// Name of the input.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Where.
        position: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// An observed zero where none is allowed.
    #[error(
        "observed is 0 at position {position}: a percentage cannot be taken of it; exclude such cells by name"
    )]
    ZeroObserved {
        /// Where.
        position: usize,
    },
}

/// Measures forecasts against what was observed.
///
/// # Formula
/// With `e = forecast - observed` and `n` cells:
///
/// ```text
/// ME = sum e / n          MAE = sum |e| / n           RMSE = sqrt(sum e^2 / n)
/// MPE = 100/n sum e/|observed|     MAPE = 100/n sum |e|/|observed|     wAPE = 100 sum |e| / sum |observed|
/// ```
///
/// ```
/// use diagnoza_core::demography::backtest::{ZeroObserved, forecast_errors};
/// let found = forecast_errors(&[110.0, 90.0, 5.0], &[100.0, 100.0, 0.0], ZeroObserved::Exclude)?;
/// assert_eq!((found.mape, found.wape, found.zero_observed), (Some(10.0), Some(12.5), 1));
/// # Ok::<(), diagnoza_core::demography::backtest::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError`]: lengths, values that are no numbers, and observed zeros where refused.
///
/// # Reference
/// Smith, Tayman, Swanson (2013), *A Practitioner's Guide to State and Local Population Projections*, 13;
/// weighted: Siegel (2002).
#[doc(alias = "błąd prognozy")]
pub fn forecast_errors(
    forecast: &[f64],
    observed: &[f64],
    zero: ZeroObserved,
) -> Result<ForecastErrors, MeasureError> {
    let count = observed.len();
    check("forecast", forecast, count)?;
    check("observed", observed, count)?;
    let is_zero = |value: f64| value.abs() <= 0.0;
    if zero == ZeroObserved::Refuse
        && let Some(position) = observed.iter().position(|&value| is_zero(value))
    {
        return Err(MeasureError::ZeroObserved { position });
    }
    let pairs = || forecast.iter().zip(observed).map(|(forecast, observed)| (forecast - observed, *observed));
    let n = count as f64;
    let shares: Vec<f64> =
        pairs().filter(|pair| !is_zero(pair.1)).map(|(error, observed)| error / observed.abs()).collect();
    let mean = |sum: f64| (!shares.is_empty()).then(|| 100.0 * sum / shares.len() as f64);
    let (absolute, total) = pairs().fold((0.0, 0.0), |(a, t), (error, o)| (a + error.abs(), t + o.abs()));
    Ok(ForecastErrors {
        count,
        me: pairs().map(|(error, _)| error).sum::<f64>() / n,
        mae: absolute / n,
        rmse: (pairs().map(|(error, _)| error * error).sum::<f64>() / n).sqrt(),
        mpe: mean(shares.iter().sum()),
        mape: mean(shares.iter().map(|share| share.abs()).sum()),
        wape: (total > 0.0).then(|| 100.0 * absolute / total),
        zero_observed: count - shares.len(),
    })
}

/// Refuses nothing at all, another length and values that are no numbers.
pub(super) fn check(what: &'static str, values: &[f64], expected: usize) -> Result<(), MeasureError> {
    if values.len() != expected {
        return Err(MeasureError::Length { what, got: values.len(), expected });
    }
    if values.is_empty() {
        return Err(MeasureError::Empty);
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(position) => {
            Err(MeasureError::Value { what, got: values[position], position, expected: "a finite number" })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn smith_tayman_swanson_measures_by_hand() {
        let found = forecast_errors(&[12.0, 18.0, 33.0], &[10.0, 20.0, 30.0], ZeroObserved::Refuse).unwrap();
        assert!((found.me - 1.0).abs() < 1e-12 && (found.mae - 7.0 / 3.0).abs() < 1e-12);
        assert!((found.rmse - (17.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!(
            (found.mpe.unwrap() - 20.0 / 3.0).abs() < 1e-12
                && (found.mape.unwrap() - 40.0 / 3.0).abs() < 1e-12
        );
        assert!((found.wape.unwrap() - 700.0 / 60.0).abs() < 1e-12);
    }

    #[test]
    fn zeros_are_counted_or_refused_and_never_divided_by() {
        let found = forecast_errors(&[1.0], &[0.0], ZeroObserved::Exclude).unwrap();
        assert_eq!((found.mape, found.mpe, found.wape, found.zero_observed), (None, None, None, 1));
        let message =
            forecast_errors(&[1.0, 1.0], &[1.0, 0.0], ZeroObserved::Refuse).unwrap_err().to_string();
        assert!(message.starts_with("observed is 0 at position 1"), "{message}");
        assert_eq!(forecast_errors(&[], &[], ZeroObserved::Exclude), Err(MeasureError::Empty));
        assert!(forecast_errors(&[1.0], &[1.0, 2.0], ZeroObserved::Exclude).is_err());
        assert!(forecast_errors(&[f64::NAN], &[1.0], ZeroObserved::Exclude).is_err());
    }

    proptest! {
        #[test]
        fn measures_are_ordered_and_percentages_do_not_depend_on_the_unit(
            cells in proptest::collection::vec((0.0..100.0_f64, 1.0..100.0_f64), 1..40), unit in 0.001..1000.0_f64,
        ) {
            let (forecast, observed): (Vec<f64>, Vec<f64>) = cells.into_iter().unzip();
            let found = forecast_errors(&forecast, &observed, ZeroObserved::Refuse).unwrap();
            prop_assert!(found.me.abs() <= found.mae + 1e-9 && found.mae <= found.rmse + 1e-9);
            let scale = |values: &[f64]| values.iter().map(|value| value * unit).collect::<Vec<_>>();
            let scaled = forecast_errors(&scale(&forecast), &scale(&observed), ZeroObserved::Refuse).unwrap();
            prop_assert!((scaled.mape.unwrap() - found.mape.unwrap()).abs() < 1e-6 * found.mape.unwrap().max(1.0));
            prop_assert!((scaled.wape.unwrap() - found.wape.unwrap()).abs() < 1e-6 * found.wape.unwrap().max(1.0));
        }
    }
}
