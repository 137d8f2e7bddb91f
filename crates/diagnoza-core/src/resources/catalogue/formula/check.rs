use super::FormulaError;
use super::expression::{Expression, Operator, UnitOf};
use crate::resources::catalogue::UnitOfMeasure;
use crate::resources::catalogue::beneficiaries::{PERSONS_GRANTED_BENEFITS, PERSONS_IN_FAMILIES_COVERED};

/// What is known of a part of a formula before any number is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kind {
    pub(super) unit: UnitOfMeasure,
    /// The definition of beneficiaries that it counts, if it counts them.
    beneficiaries: Option<&'static str>,
}

/// Unit of an expression; every sum is of like things.
pub(super) fn kind(of: &Expression, unit_of: &UnitOf<'_>) -> Result<Kind, FormulaError> {
    let plain = |unit| Kind { unit, beneficiaries: None };
    match of {
        Expression::Number(_) => Ok(plain(UnitOfMeasure::default())),
        Expression::Input { name, at } => {
            let unknown = || FormulaError::UnknownUnits { inputs: vec![(name.clone(), *at)] };
            let definitions = [PERSONS_IN_FAMILIES_COVERED.name, PERSONS_GRANTED_BENEFITS.name];
            Ok(Kind {
                unit: unit_of(name).ok_or_else(unknown)?,
                beneficiaries: definitions.into_iter().find(|definition| definition == name),
            })
        }
        Expression::Negative(of) => kind(of, unit_of),
        Expression::Binary { operator, at, left, right } => {
            let (operator, at) = (*operator, *at);
            if let (Operator::Over, Expression::Number(0.0)) = (operator, right.as_ref()) {
                return Err(FormulaError::DivisionByZero { at });
            }
            let (one, other) = (kind(left, unit_of)?, kind(right, unit_of)?);
            match operator {
                Operator::Plus | Operator::Minus => added(operator, at, one, other),
                Operator::Times => {
                    // A multiple of beneficiaries still counts them.
                    let multiple = one.unit.is_pure() || other.unit.is_pure();
                    let beneficiaries = one.beneficiaries.or(other.beneficiaries).filter(|_| multiple);
                    Ok(Kind { unit: one.unit.times(&other.unit), beneficiaries })
                }
                Operator::Over => {
                    let beneficiaries = one.beneficiaries.filter(|_| other.unit.is_pure());
                    Ok(Kind { unit: one.unit.over(&other.unit), beneficiaries })
                }
            }
        }
    }
}

fn added(operator: Operator, at: usize, one: Kind, other: Kind) -> Result<Kind, FormulaError> {
    let operator = operator.symbol();
    if one.unit != other.unit {
        let (left, right) = (one.unit.to_string(), other.unit.to_string());
        return Err(FormulaError::MixedUnits { at, operator, left, right });
    }
    match (one.beneficiaries, other.beneficiaries) {
        (Some(left), Some(right)) if left != right => Err(FormulaError::MixedBeneficiaries { at, operator }),
        (left, right) => Ok(Kind { unit: one.unit, beneficiaries: left.or(right) }),
    }
}
