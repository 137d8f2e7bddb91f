use super::indicator::{Indicator, Measure, Part, sum};
use crate::demography::{AgeStructure, StructureError};

/// Why an indicator has no value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum IndicatorError {
    /// A count it needs is not given.
    #[error("{indicator} needs {part}: {problem}")]
    Input {
        /// Name of the indicator.
        indicator: &'static str,
        /// The count that is needed.
        part: Part,
        /// Why there is none.
        problem: StructureError,
    },
    /// There is nobody to relate to.
    #[error("{indicator} has no value: its denominator, {}, is 0", sum(denominator, false))]
    ZeroDenominator {
        /// Name of the indicator.
        indicator: &'static str,
        /// Who is counted below the line.
        denominator: &'static [Part],
    },
}

/// Value of an indicator for a population, not rounded.
///
/// # Errors
/// [`IndicatorError::Input`] if the groups of ages do not tell a count it needs
/// (the error names it), [`IndicatorError::ZeroDenominator`].
pub fn evaluate(indicator: &Indicator, people: &AgeStructure) -> Result<f64, IndicatorError> {
    let count = |parts: &[Part]| -> Result<f64, IndicatorError> {
        parts.iter().try_fold(0.0, |sum, &part| {
            people
                .persons(part.sexes, part.ages)
                .map(|persons| sum + persons)
                .map_err(|problem| IndicatorError::Input { indicator: indicator.id, part, problem })
        })
    };
    match indicator.measure {
        Measure::Count { of } => count(of),
        Measure::Ratio { numerator, denominator, factor } => {
            let (above, below) = (count(numerator)?, count(denominator)?);
            if below > 0.0 {
                Ok(factor * above / below)
            } else {
                Err(IndicatorError::ZeroDenominator { indicator: indicator.id, denominator })
            }
        }
        Measure::MedianAge { of } => {
            people.median_age(of).map(|median| median.years).map_err(|problem| IndicatorError::Input {
                indicator: indicator.id,
                part: Part { sexes: of, ages: crate::demography::AgeRange::ALL },
                problem,
            })
        }
    }
}
