use serde::{Deserialize, Serialize};

use super::NeedError;
use crate::observation::{Cell, Missing, Year};

/// Need and supply of a year and what lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GapYear {
    /// The year.
    pub year: Year,
    /// Need, in its unit.
    pub need: Cell,
    /// Supply, in the same unit.
    pub supply: Cell,
    /// Need less supply; below 0 where there is more than is needed.
    pub gap: Cell,
    /// Supply over need; not applicable where nothing is needed.
    pub coverage: Cell,
}

/// When need first exceeds supply, among the years in which both are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FirstGap {
    /// It opens in a year; there was none before.
    Opens {
        /// The year.
        year: Year,
    },
    /// It is there in the first year known.
    FromStart {
        /// The first year known.
        year: Year,
    },
    /// There is none until the last year known.
    NoneUntil {
        /// The last year known.
        year: Year,
    },
    /// Supply or need is unknown in every year.
    Unknown {
        /// Why.
        reason: Missing,
    },
}

/// Need less supply and the coverage of need by supply, by year. What is unknown on either side is unknown in both.
///
/// ```
/// use diagnoza_core::observation::{Cell, Missing, Year};
/// use diagnoza_core::resources::need::{FirstGap, first_gap, gap};
/// let years: Vec<Year> = Year::constant(2030).through(Year::constant(2032)).collect();
/// let rows = gap(
///     &years,
///     &[100.0, 110.0, 121.0].map(Cell::Value),
///     &[Cell::Missing(Missing::NotReported), Cell::Value(110.0), Cell::Value(110.0)],
/// )?;
/// assert_eq!(rows[0].gap, Cell::Missing(Missing::NotReported));
/// assert_eq!((rows[2].gap, rows[1].coverage), (Cell::Value(11.0), Cell::Value(1.0)));
/// assert_eq!(first_gap(&rows), FirstGap::Opens { year: Year::constant(2032) });
/// # Ok::<(), diagnoza_core::resources::need::NeedError>(())
/// ```
///
/// # Errors
/// [`NeedError::Length`] unless there is a need and a supply for every year.
#[doc(alias = "luka")]
pub fn gap(years: &[Year], need: &[Cell], supply: &[Cell]) -> Result<Vec<GapYear>, NeedError> {
    let expected = years.len();
    for (what, got) in [("need", need.len()), ("supply", supply.len())] {
        if got != expected {
            return Err(NeedError::Length { what, got, expected });
        }
    }
    let row = |((&year, &need), &supply): ((&Year, &Cell), &Cell)| {
        let (gap, coverage) = match (need, supply) {
            (Cell::Value(need), Cell::Value(supply)) => {
                let covered = supply / need;
                let coverage = if need > 0.0 && covered.is_finite() {
                    Cell::Value(covered)
                } else {
                    Cell::Missing(Missing::NotApplicable)
                };
                (Cell::Value(need - supply), coverage)
            }
            (Cell::Missing(reason), _) | (_, Cell::Missing(reason)) => {
                (Cell::Missing(reason), Cell::Missing(reason))
            }
        };
        GapYear { year, need, supply, gap, coverage }
    };
    Ok(years.iter().zip(need).zip(supply).map(row).collect())
}

/// When the gap opens. Need and supply that differ by less than a billionth are equal.
#[must_use]
pub fn first_gap(rows: &[GapYear]) -> FirstGap {
    let mut known = rows.iter().filter_map(|row| match (row.gap, row.need) {
        (Cell::Value(gap), Cell::Value(need)) => Some((row.year, gap > 1e-9 * need.abs())),
        _ => None,
    });
    let Some((first, open)) = known.next() else {
        let reason = rows.iter().find_map(|row| match row.gap {
            Cell::Missing(reason) => Some(reason),
            Cell::Value(_) => None,
        });
        return FirstGap::Unknown { reason: reason.unwrap_or(Missing::NotReported) };
    };
    if open {
        return FirstGap::FromStart { year: first };
    }
    let mut last = first;
    for (year, open) in known {
        if open {
            return FirstGap::Opens { year };
        }
        last = year;
    }
    FirstGap::NoneUntil { year: last }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pairs: &[(f64, Option<f64>)]) -> Vec<GapYear> {
        let years: Vec<Year> =
            Year::constant(2030).through(Year::constant(2029 + pairs.len() as u16)).collect();
        let need: Vec<Cell> = pairs.iter().map(|(need, _)| Cell::Value(*need)).collect();
        let supply: Vec<Cell> = pairs
            .iter()
            .map(|(_, supply)| supply.map_or(Cell::Missing(Missing::Suppressed), Cell::Value))
            .collect();
        gap(&years, &need, &supply).unwrap()
    }

    #[test]
    fn the_first_gap_is_told_in_every_case() {
        let year = Year::constant;
        assert_eq!(first_gap(&rows(&[(2.0, Some(1.0))])), FirstGap::FromStart { year: year(2030) });
        assert_eq!(
            first_gap(&rows(&[(1.0, None), (1.0, Some(1.0)), (2.0, None), (2.0, Some(1.0))])),
            FirstGap::Opens { year: year(2033) }
        );
        assert_eq!(
            first_gap(&rows(&[(1.0, Some(1.0)), (1.0, Some(9.0))])),
            FirstGap::NoneUntil { year: year(2031) }
        );
        assert_eq!(first_gap(&rows(&[(1.0, None)])), FirstGap::Unknown { reason: Missing::Suppressed });
        assert_eq!(first_gap(&[]), FirstGap::Unknown { reason: Missing::NotReported });
        // 0.1 + 0.2 needed, 0.3 there.
        assert_eq!(first_gap(&rows(&[(0.1 + 0.2, Some(0.3))])), FirstGap::NoneUntil { year: year(2030) });
    }

    #[test]
    fn nothing_needed_has_no_coverage_and_nothing_there_covers_nothing() {
        let rows = rows(&[(0.0, Some(5.0)), (5.0, Some(0.0)), (1e-320, Some(5.0))]);
        assert_eq!(rows[2].coverage, Cell::Missing(Missing::NotApplicable));
        assert_eq!(rows[0].coverage, Cell::Missing(Missing::NotApplicable));
        assert_eq!((rows[1].coverage, rows[1].gap), (Cell::Value(0.0), Cell::Value(5.0)));
        assert!(gap(&[Year::constant(2030)], &[], &[]).is_err());
    }
}
