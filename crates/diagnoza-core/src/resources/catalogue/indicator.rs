use std::fmt;

use serde::Serialize;

use crate::demography::{AgeRange, Sexes};

/// An indicator of the catalogue: names, definition and where it comes from.
#[doc(alias = "wskaźnik")]
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicator {
    /// Name in code and files, lower case with underscores.
    pub id: &'static str,
    /// Number in IOSS, the indicator base of ROPS Kraków, if it is one of its.
    pub ioss_id: Option<u16>,
    /// Polish name, as the source writes it.
    pub name_pl: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Unit in Polish.
    pub unit_pl: &'static str,
    /// Unit in English.
    pub unit_en: &'static str,
    /// What is computed from which counts.
    pub measure: Measure,
    /// What a higher value says about the ages.
    pub reading: Reading,
    /// How sure the definition is.
    pub status: Status,
    /// Who defined or published it.
    pub source: &'static str,
}

/// What is computed from counts by sex and age.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// A number of people.
    Count {
        /// Who is counted; parts add up.
        of: &'static [Part],
    },
    /// factor x numerator / denominator.
    Ratio {
        /// Who is counted above the line.
        numerator: &'static [Part],
        /// Who is counted below the line.
        denominator: &'static [Part],
        /// 100 for per cent and "per 100".
        factor: f64,
    },
    /// Median age in years, linear within the group of ages that holds it.
    MedianAge {
        /// Of whom.
        of: Sexes,
    },
}

/// People of a sex, or both, in a range of ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Part {
    /// The sex or both.
    pub sexes: Sexes,
    /// The ages.
    pub ages: AgeRange,
}

/// What a higher value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The population is older.
    Older,
    /// The population is younger, or has more people per old person.
    Younger,
    /// Neither.
    Neutral,
}

/// How sure the definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Numerator, denominator and factor are those its publisher states.
    Verbatim,
    /// The definition was found by reproducing the published figures.
    Inferred,
    /// The library's own definition.
    Own,
}

impl Indicator {
    /// The definition in one line, e.g. `100 * persons 80+ / persons 60+`.
    ///
    /// It is written from [`Indicator::measure`], so that it says what is computed.
    #[must_use]
    pub fn formula(&self) -> String {
        match self.measure {
            Measure::Count { of } => sum(of, false),
            Measure::Ratio { numerator, denominator, factor } => {
                format!("{factor} * {} / {}", sum(numerator, true), sum(denominator, true))
            }
            Measure::MedianAge { of } => {
                format!("median age of {}, linear within the group of ages", of.word())
            }
        }
    }

    /// The counts it needs, numerator first.
    #[must_use]
    pub fn inputs(&self) -> Vec<Part> {
        match self.measure {
            Measure::Count { of } => of.to_vec(),
            Measure::Ratio { numerator, denominator, .. } => [numerator, denominator].concat(),
            Measure::MedianAge { of } => vec![Part { sexes: of, ages: AgeRange::ALL }],
        }
    }
}

impl Part {
    pub(super) const fn women(ages: AgeRange) -> Self {
        Self { sexes: Sexes::Female, ages }
    }

    pub(super) const fn men(ages: AgeRange) -> Self {
        Self { sexes: Sexes::Male, ages }
    }

    pub(super) const fn persons(ages: AgeRange) -> Self {
        Self { sexes: Sexes::Both, ages }
    }
}

/// `women 18-59 + men 18-64`, in brackets if it stands in a quotient.
pub(super) fn sum(parts: &[Part], in_quotient: bool) -> String {
    let terms: Vec<String> = parts.iter().map(Part::to_string).collect();
    let sum = terms.join(" + ");
    if in_quotient && parts.len() > 1 { format!("({sum})") } else { sum }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ages == AgeRange::ALL {
            write!(f, "{} of all ages", self.sexes.word())
        } else {
            write!(f, "{} {}", self.sexes.word(), self.ages)
        }
    }
}
