use super::indicator::{Indicator, Measure};
use super::indicator_error::{IndicatorError, Lack, Reason};
use super::input::{Summand, sum};
use super::{IndicatorValue, Input, Inputs, Place};
use crate::demography::{AgeStructure, Sexes};

/// Value of an indicator for a population, not rounded.
///
/// # Errors
/// [`IndicatorError::Lacking`] if the groups of ages do not tell a count it needs, or it needs more than people
/// (the error names every input), [`IndicatorError::ZeroDenominator`].
pub fn evaluate(indicator: &Indicator, people: &AgeStructure) -> Result<f64, IndicatorError> {
    value(indicator, &Given::People(people))
}

/// Value of an indicator from inputs by name, with what it was computed from.
///
/// # Errors
/// [`IndicatorError::Lacking`] with all inputs that are lacking and why, [`IndicatorError::ZeroDenominator`].
pub fn compute(indicator: &Indicator, inputs: &Inputs) -> Result<IndicatorValue, IndicatorError> {
    let value = value(indicator, &Given::Inputs(inputs))?;
    let used = |input: Input| Some((input.to_string(), inputs.number(input).ok()?));
    Ok(IndicatorValue {
        indicator: indicator.id.to_owned(),
        unit: inputs.place().unit,
        year: inputs.place().year,
        value,
        decimals: indicator.decimals,
        formula: indicator.formula(),
        status: indicator.status,
        source: indicator.source.to_owned(),
        inputs: indicator.inputs().into_iter().filter_map(used).collect(),
        inputs_source: inputs.source().cloned(),
    })
}

/// Where numbers are looked up.
enum Given<'a> {
    People(&'a AgeStructure),
    Inputs(&'a Inputs),
}

impl Given<'_> {
    fn number(&self, input: Input) -> Result<f64, Reason> {
        match (self, input) {
            (Self::Inputs(inputs), _) => inputs.number(input),
            (Self::People(people), Input::People(part)) => Ok(people.persons(part.sexes, part.ages)?),
            (Self::People(_), Input::Figure(_)) => Err(Reason::NotGiven),
        }
    }

    fn median_age(&self, of: Sexes) -> Result<f64, Reason> {
        let people = match self {
            Self::People(people) => people,
            Self::Inputs(inputs) => inputs.structure()?,
        };
        Ok(people.median_age(of)?.years)
    }

    fn place(&self) -> Place {
        match self {
            Self::People(_) => Place::default(),
            Self::Inputs(inputs) => inputs.place(),
        }
    }

    /// Sum of the summands, or nothing if one is lacking.
    fn sum(&self, parts: &[Summand]) -> Option<f64> {
        parts.iter().try_fold(0.0, |sum, part| {
            let number = self.number(part.input).ok()?;
            Some(if part.subtracted { sum - number } else { sum + number })
        })
    }
}

fn value(indicator: &Indicator, given: &Given<'_>) -> Result<f64, IndicatorError> {
    let (id, place) = (|| indicator.id.to_owned(), given.place());
    let lacking = || {
        let lack = |input: Input| Some(Lack { input: input.to_string(), reason: given.number(input).err()? });
        let lacks = indicator.inputs().into_iter().filter_map(lack).collect();
        IndicatorError::Lacking { indicator: id(), place, lacks }
    };
    let value = match indicator.measure {
        Measure::Count { of } => given.sum(of).ok_or_else(lacking)?,
        Measure::Ratio { numerator, denominator, factor } => {
            let (above, below) = (given.sum(numerator), given.sum(denominator));
            let (above, below) = above.zip(below).ok_or_else(lacking)?;
            if below <= 0.0 {
                let denominator = sum(denominator, false);
                return Err(IndicatorError::ZeroDenominator {
                    indicator: id(),
                    place,
                    denominator,
                    value: below,
                });
            }
            factor * above / below
        }
        Measure::MedianAge { of } => given.median_age(of).map_err(|reason| {
            let input = indicator.inputs().first().map(Input::to_string).unwrap_or_default();
            IndicatorError::Lacking { indicator: id(), place, lacks: vec![Lack { input, reason }] }
        })?,
    };
    if value.is_finite() { Ok(value) } else { Err(IndicatorError::TooLarge { indicator: id(), place }) }
}
