use serde::{Deserialize, Serialize};

use super::TrajectoryError;
use crate::demography::{AgeRange, Sexes};

/// People of a sex, or both, in a range of ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The sex or both.
    pub sexes: Sexes,
    /// The ages.
    pub ages: AgeRange,
}

/// What is asked of every path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryIndicator {
    /// Its name in tables.
    pub id: String,
    /// How it is found.
    pub measure: TrajectoryMeasure,
}

/// How an indicator follows from the stock at 31 XII, or from the flows of the year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrajectoryMeasure {
    /// A number of people.
    Persons {
        /// Who is counted.
        of: Vec<People>,
    },
    /// factor x numerator / denominator.
    Ratio {
        /// Who is counted above the line.
        numerator: Vec<People>,
        /// Who is counted below the line.
        denominator: Vec<People>,
        /// 100 for per cent and "per 100".
        factor: f64,
    },
    /// Median age, linear within the year of age that holds it.
    MedianAge {
        /// Of whom.
        of: Sexes,
    },
    /// Live births of the year.
    Births,
    /// Deaths of the year.
    Deaths,
    /// Net migration of the year.
    NetMigration,
}

impl TrajectoryIndicator {
    /// A number of people, named as given.
    #[must_use]
    pub fn persons(id: impl Into<String>, sexes: Sexes, ages: AgeRange) -> Self {
        Self { id: id.into(), measure: TrajectoryMeasure::Persons { of: vec![People { sexes, ages }] } }
    }

    /// Refuses ages that the open group `open` does not tell.
    pub(super) fn check(&self, open: usize) -> Result<(), TrajectoryError> {
        let told = |people: &&People| {
            usize::from(people.ages.first()) <= open
                && people.ages.last().is_none_or(|last| usize::from(last) < open)
        };
        let people: Vec<&People> = match &self.measure {
            TrajectoryMeasure::Persons { of } => of.iter().collect(),
            TrajectoryMeasure::Ratio { numerator, denominator, factor } => {
                if !factor.is_finite() {
                    return Err(TrajectoryError::Parameter {
                        name: format!("factor of {}", self.id),
                        got: *factor,
                        expected: "a number".to_owned(),
                    });
                }
                numerator.iter().chain(denominator).collect()
            }
            _ => Vec::new(),
        };
        match people.into_iter().find(|people| !told(people)) {
            Some(people) => {
                Err(TrajectoryError::Ages { indicator: self.id.clone(), ages: people.ages, open })
            }
            None => Ok(()),
        }
    }

    /// Its value for a stock, females then males, and the flows `[births, deaths, net migration]`.
    pub(super) fn value(&self, stock: &[f64], flows: [f64; 3]) -> Option<f64> {
        let found = match &self.measure {
            TrajectoryMeasure::Persons { of } => count(stock, of),
            TrajectoryMeasure::Ratio { numerator, denominator, factor } => {
                let below = count(stock, denominator);
                if below <= 0.0 {
                    return None;
                }
                factor * count(stock, numerator) / below
            }
            TrajectoryMeasure::MedianAge { of } => median_age(stock, *of)?,
            TrajectoryMeasure::Births => flows[0],
            TrajectoryMeasure::Deaths => flows[1],
            TrajectoryMeasure::NetMigration => flows[2],
        };
        found.is_finite().then_some(found)
    }
}

fn sexes_of(sexes: Sexes) -> std::ops::Range<usize> {
    match sexes {
        Sexes::Female => 0..1,
        Sexes::Male => 1..2,
        Sexes::Both => 0..2,
    }
}

fn count(stock: &[f64], people: &[People]) -> f64 {
    let ages = stock.len() / 2;
    let mut sum = 0.0;
    for part in people {
        let first = usize::from(part.ages.first());
        let last = part.ages.last().map_or(ages, |last| usize::from(last) + 1);
        for sex in sexes_of(part.sexes) {
            sum += stock[sex * ages + first..sex * ages + last].iter().sum::<f64>();
        }
    }
    sum
}

/// As [`AgeStructure::median_age`](crate::demography::AgeStructure::median_age), without its copies.
fn median_age(stock: &[f64], sexes: Sexes) -> Option<f64> {
    let ages = stock.len() / 2;
    let at = |age: usize| sexes_of(sexes).map(|sex| stock[sex * ages + age]).sum::<f64>();
    let half = (0..ages).map(at).sum::<f64>() / 2.0;
    if half <= 0.0 {
        return None;
    }
    let mut younger = 0.0;
    for age in 0..ages - 1 {
        let people = at(age);
        if younger + people >= half {
            return Some(age as f64 + (half - younger) / people);
        }
        younger += people;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demography::AgeStructure;
    use crate::observation::AgeScheme;

    fn stock() -> Vec<f64> {
        (0..182).map(|place| 100.0 + 30.0 * (f64::from(place) * 0.37).sin()).collect()
    }

    #[test]
    fn people_and_median_are_those_of_the_age_structure() {
        let stock = stock();
        let structure = AgeStructure::from_ages(&AgeScheme::single(90), &stock[..91], &stock[91..]).unwrap();
        for sexes in [Sexes::Female, Sexes::Male, Sexes::Both] {
            let median = structure.median_age(sexes).unwrap().years;
            assert!((median_age(&stock, sexes).unwrap() - median).abs() < 1e-9);
            for ages in ["0+", "0-14", "15-64", "75+", "90+", "89"] {
                let ages: AgeRange = ages.parse().unwrap();
                let found = TrajectoryIndicator::persons("x", sexes, ages).value(&stock, [0.0; 3]).unwrap();
                assert!((found - structure.persons(sexes, ages).unwrap()).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn ages_beyond_the_open_group_and_empty_denominators_are_refused() {
        for bad in ["85-94", "91+", "90"] {
            let asked = TrajectoryIndicator::persons("old", Sexes::Both, bad.parse().unwrap());
            let error = asked.check(90).unwrap_err().to_string();
            assert!(error.contains("indicator old") && error.contains("90+"), "{error}");
        }
        let of = |ages: &str| vec![People { sexes: Sexes::Both, ages: ages.parse().unwrap() }];
        let measure = TrajectoryMeasure::Ratio { numerator: of("0-14"), denominator: of("65+"), factor: 1.0 };
        let ratio = TrajectoryIndicator { id: "x".to_owned(), measure };
        assert_eq!(ratio.value(&[0.0; 182], [0.0; 3]), None);
        assert_eq!(median_age(&[0.0; 182], Sexes::Both), None);
    }
}
