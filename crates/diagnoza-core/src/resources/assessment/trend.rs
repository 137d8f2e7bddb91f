use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChangeMeasure, TableIndicator};
use crate::observation::{Cell, Status, Year};

/// Change of an indicator between the first and the last observed value that compare.
///
/// change = last - first; per year: change / (last year - first year); in per cent: 100 x (last / first - 1) for
/// a first value above zero. Values before a break of the series are left out, and so are projected ones.
#[doc(alias = "tendencja")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Year of the first value.
    pub first_year: Year,
    /// The first value.
    pub first: f64,
    /// Year of the last value.
    pub last_year: Year,
    /// The last value.
    pub last: f64,
    /// Last less first, in the unit of the values.
    pub change: f64,
    /// The change per year.
    pub per_year: f64,
    /// The change in per cent of the first value; `None` if that is not above zero.
    pub percent: Option<f64>,
    /// Where it goes.
    pub course: Course,
    /// Years between the two without a value.
    pub years_without_value: Vec<Year>,
    /// Year of the break before which values are known but do not compare.
    pub break_year: Option<Year>,
}

/// Where a series goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Higher at the end.
    Up,
    /// Lower at the end.
    Down,
    /// The change is below half of the last decimal shown.
    Level,
}

/// What is planned or projected after the observed years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The last projected year.
    pub year: Year,
    /// Its value.
    pub value: f64,
    /// Less the value of the assessed year; `None` if that is not known.
    pub change: Option<f64>,
}

impl Course {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Level => "level",
        }
    }

    pub(super) fn of(change: f64, decimals: u8) -> Self {
        let step = 0.5 * 10_f64.powi(-i32::from(decimals));
        match change {
            x if x.abs() < step => Self::Level,
            x if x > 0.0 => Self::Up,
            _ => Self::Down,
        }
    }

    pub(super) const fn is_against(self, other: Self) -> bool {
        matches!((self, other), (Self::Up, Self::Down) | (Self::Down, Self::Up))
    }
}

impl Trend {
    /// Over the observed values up to `until`; `None` with fewer than two.
    pub(super) fn of(indicator: &TableIndicator, cells: &BTreeMap<Year, Cell>, until: Year) -> Option<Self> {
        let points = comparable(indicator, cells, until);
        let (&(first_year, first), &(last_year, last)) = (points.first()?, points.last()?);
        let span = last_year.get().checked_sub(first_year.get()).filter(|&years| years > 0)?;
        let change = last - first;
        let known = |year: &Year| points.iter().any(|(at, _)| at == year);
        let earlier = cells.iter().any(|(&at, cell)| at < first_year && matches!(cell, Cell::Value(_)));
        Some(Self {
            first_year,
            first,
            last_year,
            last,
            change,
            per_year: change / f64::from(span),
            percent: ChangeMeasure::Relative.between(first, last),
            course: Course::of(change, indicator.decimals),
            years_without_value: first_year.through(last_year).filter(|year| !known(year)).collect(),
            break_year: indicator.break_before(until).map(|found| found.year).filter(|_| earlier),
        })
    }
}

impl Outlook {
    pub(super) fn of(
        indicator: &TableIndicator,
        cells: &BTreeMap<Year, Cell>,
        own: Option<f64>,
    ) -> Option<Self> {
        let projected = cells.iter().rev().filter(|&(&year, _)| indicator.status(year) == Status::Projected);
        let mut values = projected.filter_map(|(&year, cell)| match cell {
            Cell::Value(value) => Some((year, *value)),
            Cell::Missing(_) => None,
        });
        values.next().map(|(year, value)| Self { year, value, change: own.map(|own| value - own) })
    }
}

/// Observed values since the last break, up to `until`, in the order of years.
pub(super) fn comparable(
    indicator: &TableIndicator,
    cells: &BTreeMap<Year, Cell>,
    until: Year,
) -> Vec<(Year, f64)> {
    let since = indicator.break_before(until).map(|found| found.year);
    cells
        .iter()
        .filter(|&(&year, _)| year <= until && since.is_none_or(|first| year >= first))
        .filter(|&(&year, _)| indicator.status(year) == Status::Observed)
        .filter_map(|(&year, cell)| match cell {
            Cell::Value(value) => Some((year, *value)),
            Cell::Missing(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::SeriesBreak;
    use super::*;
    use crate::observation::Missing;

    fn cells(points: &[(u16, f64)]) -> BTreeMap<Year, Cell> {
        points.iter().map(|&(year, value)| (Year::constant(year), Cell::Value(value))).collect()
    }

    #[test]
    fn gaps_are_named_and_count_as_years() {
        let mut series = cells(&[(2016, 10.0), (2021, 20.0)]);
        series.insert(Year::constant(2018), Cell::Missing(Missing::Suppressed));
        let trend = Trend::of(&TableIndicator::new("x"), &series, Year::constant(2021)).unwrap();
        assert_eq!((trend.change, trend.per_year, trend.course), (10.0, 2.0, Course::Up));
        assert_eq!(trend.percent, Some(100.0));
        let gaps: Vec<u16> = trend.years_without_value.iter().map(|year| year.get()).collect();
        assert_eq!(gaps, [2017, 2018, 2019, 2020]);
        assert_eq!(trend.break_year, None);
    }

    #[test]
    fn a_break_and_the_projected_years_are_not_crossed() {
        let mut indicator = TableIndicator::new("x");
        indicator.observed_until = Some(Year::constant(2022));
        indicator.breaks = vec![SeriesBreak {
            year: Year::constant(2020),
            reason_pl: "NSP 2021".into(),
            reason_en: "2021 census".into(),
        }];
        let series = cells(&[(2019, 900.0), (2020, 50.0), (2022, 40.0), (2040, 10.0)]);
        let trend = Trend::of(&indicator, &series, Year::constant(2024)).unwrap();
        assert_eq!((trend.first, trend.last, trend.course), (50.0, 40.0, Course::Down));
        assert_eq!(trend.break_year, Some(Year::constant(2020)));
        let outlook = Outlook::of(&indicator, &series, Some(40.0)).unwrap();
        assert_eq!((outlook.year.get(), outlook.value, outlook.change), (2040, 10.0, Some(-30.0)));
        assert_eq!(Trend::of(&indicator, &cells(&[(2019, 1.0), (2020, 2.0)]), Year::constant(2024)), None);
    }

    #[test]
    fn what_prints_equal_is_level() {
        let indicator = TableIndicator::new("x");
        let course = |last| {
            Trend::of(&indicator, &cells(&[(2020, 5.0), (2021, last)]), Year::constant(2021)).unwrap().course
        };
        assert_eq!([course(5.04), course(4.96), course(5.06)], [Course::Level, Course::Level, Course::Up]);
    }
}
