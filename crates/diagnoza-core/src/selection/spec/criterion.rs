use serde::{Deserialize, Serialize};

use crate::observation::Year;
use crate::selection::Label;
use crate::selection::aggregate::{Comparison, ElectreThresholds, Preference};
use crate::selection::normalise::Goalposts;

/// A criterion: one variable of one year, the way it is measured, its direction and its part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Name of the variable, a column of the table.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// What it is, for people.
    pub label: Label,
    /// Unit of the column, as the table states it.
    pub unit: String,
    /// How it is measured.
    pub measure: Measure,
    /// What it is divided by; for `measure = "rate"` only.
    #[serde(default)]
    pub denominator: Option<Denominator>,
    /// Whether more or less of it speaks for a gmina, or nearness to a value.
    pub direction: Direction,
    /// The value or range that is best; for `direction = "nominant"` only.
    #[serde(default)]
    pub nominal: Option<Nominal>,
    /// Whether the method uses it, or only the tie rule.
    #[serde(default)]
    pub role: Role,
    /// Its weight; for `weights.rule = "given"` only.
    #[serde(default)]
    pub weight: Option<f64>,
    /// Values that count as equal, strictly equal ones if left out; for the lexicographic method only.
    #[serde(default)]
    pub comparison: Option<Comparison>,
    /// A gmina below this value is not eligible.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// A gmina above this value is not eligible.
    #[serde(default)]
    pub at_most: Option<f64>,
    /// The values that stand for 0 and 1; for `normalisation = "goalposts"` only.
    #[serde(default)]
    pub goalposts: Option<Goalposts>,
    /// Preference function with its thresholds; for PROMETHEE II only.
    #[serde(default)]
    pub preference: Option<Preference>,
    /// Thresholds of indifference, preference and veto; for ELECTRE III only.
    #[serde(default)]
    pub thresholds: Option<ElectreThresholds>,
}

/// How a criterion is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The number as it stands.
    Count,
    /// The number divided by the denominator, times its factor.
    Rate,
    /// A rate, share or amount that its publisher computed, taken as it stands.
    AsPublished,
}

/// What a rate is divided by, `rate = factor x numerator / denominator`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denominator {
    /// Name of the variable, a column of the table.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// Unit of the column, as the table states it.
    pub unit: String,
    /// Multiplier, such as 10000 for "per 10 000 inhabitants".
    pub factor: f64,
}

/// Direction of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More speaks for the gmina.
    #[doc(alias = "stymulanta")]
    Stimulant,
    /// Less speaks for the gmina.
    #[doc(alias = "destymulanta")]
    Destimulant,
    /// Nearness to the nominal value or range speaks for the gmina.
    #[doc(alias = "nominanta")]
    Nominant,
}

/// The best value of a nominant, or the range within which every value is best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a number such as 12.5, or { from = 10, to = 15 }")]
pub enum Nominal {
    /// One value.
    Value(f64),
    /// A range, both ends within.
    Range(Bounds),
}

/// Two ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
}

impl Nominal {
    /// The range; one value is a range of one point.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        match self {
            Self::Value(value) => Bounds { from: value, to: value },
            Self::Range(bounds) => bounds,
        }
    }
}

/// Part of a criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The method uses it.
    #[default]
    Primary,
    /// It decides between gminas that the method leaves equal, under `ties = "next_criterion"` or
    /// `"code_order"`.
    Secondary,
}

impl Criterion {
    /// A primary criterion taken as it stands; set what differs.
    ///
    /// ```
    /// use diagnoza_core::observation::Year;
    /// use diagnoza_core::selection::{Criterion, Direction};
    /// let more = Criterion::new("families", Year::new(2016)?, "families", Direction::Stimulant);
    /// let less = Criterion { weight: Some(0.3), direction: Direction::Destimulant, ..more };
    /// # assert_eq!(less.variable, "families");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(variable: &str, year: Year, unit: &str, direction: Direction) -> Self {
        Self {
            variable: variable.to_owned(),
            year,
            label: Label { pl: variable.to_owned(), en: variable.to_owned() },
            unit: unit.to_owned(),
            measure: Measure::Count,
            denominator: None,
            direction,
            nominal: None,
            role: Role::Primary,
            weight: None,
            comparison: None,
            at_least: None,
            at_most: None,
            goalposts: None,
            preference: None,
            thresholds: None,
        }
    }

    /// The same criterion as a rate.
    #[must_use]
    pub fn per(mut self, denominator: Denominator) -> Self {
        self.measure = Measure::Rate;
        self.denominator = Some(denominator);
        self
    }
}
