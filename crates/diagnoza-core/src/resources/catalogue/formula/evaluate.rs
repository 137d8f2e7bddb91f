use super::Formula;
use super::expression::{Expression, Operator};
use crate::resources::catalogue::{IndicatorError, IndicatorValue, Inputs, Lack, Status};

impl Formula {
    /// The value for some inputs.
    ///
    /// # Errors
    /// [`IndicatorError::Lacking`] with all inputs that are lacking and why, [`IndicatorError::ZeroDenominator`] with
    /// what is divided by.
    pub fn compute(&self, inputs: &Inputs) -> Result<IndicatorValue, IndicatorError> {
        let spec = self.spec();
        let (indicator, place) = (|| spec.id.clone(), inputs.place());
        let mut used = Vec::new();
        let mut lacks = Vec::new();
        for (name, _) in self.expression().inputs() {
            match inputs.named(name) {
                Ok(number) => used.push((name.to_owned(), number)),
                Err(reason) => lacks.push(Lack { input: name.to_owned(), reason }),
            }
        }
        if !lacks.is_empty() {
            return Err(IndicatorError::Lacking { indicator: indicator(), place, lacks });
        }
        let number = |name: &str| used.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, n)| *n);
        let value = value(self.expression(), &number).map_err(|below| IndicatorError::ZeroDenominator {
            indicator: indicator(),
            place,
            denominator: below.to_string(),
            value: 0.0,
        })?;
        if !value.is_finite() {
            return Err(IndicatorError::TooLarge { indicator: indicator(), place });
        }
        Ok(IndicatorValue {
            indicator: indicator(),
            unit: place.unit,
            year: place.year,
            value,
            decimals: spec.decimals,
            formula: self.formula(),
            status: Status::User,
            source: self.source(),
            inputs: used,
            inputs_source: inputs.source().cloned(),
        })
    }
}

/// The value, or the denominator that is zero.
fn value<'a>(of: &'a Expression, number: &impl Fn(&str) -> f64) -> Result<f64, &'a Expression> {
    match of {
        Expression::Number(number) => Ok(*number),
        Expression::Input { name, .. } => Ok(number(name)),
        Expression::Negative(of) => Ok(-value(of, number)?),
        Expression::Binary { operator, left, right, .. } => {
            let (one, other) = (value(left, number)?, value(right, number)?);
            match operator {
                Operator::Plus => Ok(one + other),
                Operator::Minus => Ok(one - other),
                Operator::Times => Ok(one * other),
                Operator::Over if other.abs() > 0.0 => Ok(one / other),
                Operator::Over if other.is_nan() => Ok(f64::NAN),
                Operator::Over => Err(right),
            }
        }
    }
}
