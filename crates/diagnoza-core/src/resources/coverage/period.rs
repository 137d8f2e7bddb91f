use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    pub(super) fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}

/// How long the periods of a result are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Calendar years.
    #[default]
    Year,
    /// Half-years.
    Half,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
}

impl Step {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Half => "half",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    const fn per_year(self) -> i32 {
        match self {
            Self::Year => 1,
            Self::Half => 2,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }

    /// Number of the period that holds `date`, counted from the year 0.
    pub(super) fn index(self, date: Date) -> i32 {
        let months = 12 / self.per_year();
        i32::from(date.year()) * self.per_year() + (i32::from(date.month()) - 1) / months
    }

    /// `2023`, `2023-H1`, `2023-Q1`, `2023-01`.
    pub(super) fn label(self, index: i32) -> String {
        let (year, part) = (index.div_euclid(self.per_year()), index.rem_euclid(self.per_year()) + 1);
        match self {
            Self::Year => year.to_string(),
            Self::Half => format!("{year}-H{part}"),
            Self::Quarter => format!("{year}-Q{part}"),
            Self::Month => format!("{year}-{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_calendar_labels() {
        let label = |step: Step, date: &str| step.label(step.index(date.parse().unwrap()));
        assert_eq!(label(Step::Year, "2023-12-31"), "2023");
        assert_eq!(label(Step::Half, "2023-07-01"), "2023-H2");
        assert_eq!(label(Step::Quarter, "2023-03-31"), "2023-Q1");
        assert_eq!(label(Step::Month, "2024-12-01"), "2024-12");
    }
}
