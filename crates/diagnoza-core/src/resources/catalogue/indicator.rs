use serde::{Deserialize, Serialize};

use super::input::sum;
use super::{Input, Part, Summand};
use crate::demography::{AgeRange, Sexes};
use crate::territory::Level;

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
    /// Unit in Polish, as the source writes it.
    pub unit_pl: &'static str,
    /// Unit in English.
    pub unit_en: &'static str,
    /// What is computed from which inputs.
    pub measure: Measure,
    /// Decimals of its published figures; `None` where no figure was seen.
    pub decimals: Option<u8>,
    /// Levels of the published figures that were seen; empty where none was.
    pub levels: &'static [Level],
    /// What a higher value says about the ages.
    pub reading: Reading,
    /// How sure the definition is.
    pub status: Status,
    /// Who defined or published it.
    pub source: &'static str,
}

/// What is computed from the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// A number of people or things.
    Count {
        /// What is counted.
        of: &'static [Summand],
    },
    /// factor x numerator / denominator.
    Ratio {
        /// What is counted above the line.
        numerator: &'static [Summand],
        /// What is counted below the line.
        denominator: &'static [Summand],
        /// 100 for per cent and "per 100".
        factor: f64,
    },
    /// Median age in years, linear within the group of ages that holds it.
    MedianAge {
        /// Of whom.
        of: Sexes,
    },
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Numerator, denominator and factor are those its publisher states.
    Verbatim,
    /// The definition was found by reproducing the published figures.
    Inferred,
    /// The library's own definition.
    Own,
    /// A user's formula.
    User,
}

impl Status {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Inferred => "inferred",
            Self::Own => "own",
            Self::User => "user",
        }
    }
}

/// Publisher of the indicator base.
pub(super) const IOSS: &str = "IOSS, ROPS Kraków";

/// What the percentages of IOSS have in common.
pub(super) const IOSS_SHARE: Indicator = Indicator {
    id: "",
    ioss_id: None,
    name_pl: "",
    name_en: "",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Count { of: &[] },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: IOSS,
};

impl Indicator {
    /// The definition in one line, e.g. `100 * persons 80+ / persons 60+`.
    ///
    /// It is written from [`Indicator::measure`], so that it says what is computed.
    #[must_use]
    pub fn formula(&self) -> String {
        match self.measure {
            Measure::Count { of } => sum(of, false),
            Measure::Ratio { numerator, denominator, factor } => {
                let quotient = format!("{} / {}", sum(numerator, true), sum(denominator, true));
                // A factor of exactly 1 is not written.
                if factor.to_bits() == 1.0_f64.to_bits() {
                    quotient
                } else {
                    format!("{factor} * {quotient}")
                }
            }
            Measure::MedianAge { of } => {
                format!("median age of {}, linear within the group of ages", of.word())
            }
        }
    }

    /// The inputs it needs, numerator first.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let inputs = |parts: &[Summand]| parts.iter().map(|part| part.input).collect::<Vec<_>>();
        match self.measure {
            Measure::Count { of } => inputs(of),
            Measure::Ratio { numerator, denominator, .. } => {
                let mut all = inputs(numerator);
                all.extend(
                    inputs(denominator).into_iter().filter(|below| !inputs(numerator).contains(below)),
                );
                all
            }
            Measure::MedianAge { of } => vec![Input::People(Part { sexes: of, ages: AgeRange::ALL })],
        }
    }
}

impl Measure {
    /// 100 x part / whole.
    pub(super) const fn per_cent(part: &'static [Summand], whole: &'static [Summand]) -> Self {
        Self::Ratio { numerator: part, denominator: whole, factor: 100.0 }
    }

    /// 1000 x events / whole.
    pub(super) const fn per_thousand(events: &'static [Summand], whole: &'static [Summand]) -> Self {
        Self::Ratio { numerator: events, denominator: whole, factor: 1000.0 }
    }

    /// above / below.
    pub(super) const fn quotient(above: &'static [Summand], below: &'static [Summand]) -> Self {
        Self::Ratio { numerator: above, denominator: below, factor: 1.0 }
    }
}
