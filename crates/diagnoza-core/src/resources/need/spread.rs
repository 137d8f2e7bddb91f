//! How far need may differ: between scenarios, which carry no probability, or within trajectories, which do.

use serde::{Deserialize, Serialize};

use super::NeedError;
use crate::observation::{Cell, quantile};

/// Lowest and highest need of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What a [`Spread`] says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SpreadKind {
    /// From the lowest to the highest scenario: not an interval of any probability.
    Scenarios,
    /// Between quantiles of trajectories.
    Trajectories {
        /// Probability between the ends, e.g. 0.8.
        level: f64,
    },
}

/// From the lowest to the highest scenario of each year; `None` where one of them has no value.
///
/// # Errors
/// [`NeedError::Length`] for series of different length.
pub fn scenario_spread(scenarios: &[&[Cell]]) -> Result<Vec<Option<Spread>>, NeedError> {
    by_year(scenarios, |values| {
        let low = values.iter().copied().reduce(f64::min)?;
        let high = values.iter().copied().reduce(f64::max)?;
        Some(Spread { low, high })
    })
}

/// Between the quantiles `(1 - level)/2` and `(1 + level)/2` (Hyndman and Fan's type 7) of trajectories of each year;
/// `None` where one of them has no value.
///
/// # Errors
/// [`NeedError::Level`] unless the level lies between 0 and 1; [`NeedError::Length`].
#[doc(alias = "przedział predykcji")]
pub fn trajectory_spread(trajectories: &[&[Cell]], level: f64) -> Result<Vec<Option<Spread>>, NeedError> {
    if !(level > 0.0 && level < 1.0) {
        return Err(NeedError::Level { got: level });
    }
    let tail = (1.0 - level) / 2.0;
    by_year(trajectories, |values| {
        values.sort_by(f64::total_cmp);
        Some(Spread { low: quantile(values, tail)?, high: quantile(values, 1.0 - tail)? })
    })
}

fn by_year(
    series: &[&[Cell]],
    ends: impl Fn(&mut [f64]) -> Option<Spread>,
) -> Result<Vec<Option<Spread>>, NeedError> {
    let expected = series.first().map_or(0, |one| one.len());
    if let Some(other) = series.iter().find(|one| one.len() != expected) {
        return Err(NeedError::Length { what: "need", got: other.len(), expected });
    }
    let year = |place: usize| {
        let mut values = series
            .iter()
            .map(|one| match one.get(place) {
                Some(Cell::Value(value)) => Some(*value),
                _ => None,
            })
            .collect::<Option<Vec<f64>>>()?;
        ends(&mut values)
    };
    Ok((0..expected).map(year).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Missing;

    #[test]
    fn scenarios_span_from_lowest_to_highest_whatever_their_order() {
        let series = [[3.0, 5.0], [1.0, 9.0], [2.0, 4.0]].map(|one| one.map(Cell::Value));
        let spread = scenario_spread(&series.each_ref().map(<[Cell; 2]>::as_slice)).unwrap();
        assert_eq!(spread, [Some(Spread { low: 1.0, high: 3.0 }), Some(Spread { low: 4.0, high: 9.0 })]);
        let missing = [Cell::Value(1.0), Cell::Missing(Missing::Suppressed)];
        let spread = scenario_spread(&[&series[0], &missing]).unwrap();
        assert_eq!((spread[0].is_some(), spread[1]), (true, None));
        assert!(scenario_spread(&[&series[0], &series[1][..1]]).unwrap_err().to_string().contains("1 years"));
        assert!(scenario_spread(&[]).unwrap().is_empty());
    }

    #[test]
    fn trajectories_give_type_7_quantiles() {
        let paths: Vec<[Cell; 1]> = [8.0, 1.0, 4.0, 2.0].map(|value| [Cell::Value(value)]).to_vec();
        let paths: Vec<&[Cell]> = paths.iter().map(<[Cell; 1]>::as_slice).collect();
        // R: quantile(c(1, 2, 4, 8), c(0.25, 0.75), type = 7) gives 1.75 and 5.
        assert_eq!(trajectory_spread(&paths, 0.5).unwrap(), [Some(Spread { low: 1.75, high: 5.0 })]);
        for bad in [0.0, 1.0, f64::NAN, -0.5] {
            assert!(trajectory_spread(&paths, bad).is_err(), "{bad}");
        }
    }
}
