use std::fmt;

use serde::Serialize;

use super::Part;
use crate::demography::{AgeRange, Sexes};

/// A number that is reported as such: social workers, persons in assisted families, area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Name in code and files, lower case with underscores.
    pub name: &'static str,
    /// Unit of measure, as [`super::UnitOfMeasure`] reads it.
    pub unit: &'static str,
    /// What it counts, in Polish.
    pub label_pl: &'static str,
    /// What it counts, in English.
    pub label_en: &'static str,
}

/// What an indicator is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Input {
    /// People by sex and age.
    People(Part),
    /// A reported number.
    Figure(&'static Figure),
}

/// An input that a sum adds or takes away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summand {
    /// The input.
    pub input: Input,
    /// Whether it is taken away.
    pub subtracted: bool,
}

impl Input {
    /// Unit of measure, as [`super::UnitOfMeasure`] reads it.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::People(_) => "persons",
            Self::Figure(figure) => figure.unit,
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::People(part) => part.fmt(f),
            Self::Figure(figure) => f.write_str(figure.name),
        }
    }
}

impl Summand {
    pub(super) const fn women(ages: AgeRange) -> Self {
        Self::people(Part { sexes: Sexes::Female, ages })
    }

    pub(super) const fn men(ages: AgeRange) -> Self {
        Self::people(Part { sexes: Sexes::Male, ages })
    }

    pub(super) const fn persons(ages: AgeRange) -> Self {
        Self::people(Part { sexes: Sexes::Both, ages })
    }

    pub(super) const fn of(figure: &'static Figure) -> Self {
        Self { input: Input::Figure(figure), subtracted: false }
    }

    pub(super) const fn less(figure: &'static Figure) -> Self {
        Self { input: Input::Figure(figure), subtracted: true }
    }

    const fn people(part: Part) -> Self {
        Self { input: Input::People(part), subtracted: false }
    }
}

/// People of all ages, the denominator of most shares.
pub(super) static EVERYBODY: &[Summand] = &[Summand::persons(AgeRange::ALL)];

/// `women 18-59 + men 18-64`, in brackets if it stands in a quotient.
pub(super) fn sum(parts: &[Summand], in_quotient: bool) -> String {
    let mut sum = String::new();
    for (i, part) in parts.iter().enumerate() {
        sum.push_str(match (i, part.subtracted) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        });
        sum.push_str(&part.input.to_string());
    }
    if in_quotient && parts.len() > 1 { format!("({sum})") } else { sum }
}
