use super::{
    ChoiceError, Column, CriteriaTable, Criterion, CriterionUsed, Denominator, Measured, MissingValue,
};
use crate::observation::{Cell, Year};
use crate::territory::Teryt;

/// A criterion with the columns it reads.
pub(super) struct CriterionColumns<'a> {
    pub(super) criterion: &'a Criterion,
    numerator: &'a Column,
    denominator: Option<(&'a Denominator, &'a Column)>,
}

impl<'a> CriterionColumns<'a> {
    pub(super) fn find(criterion: &'a Criterion, table: &'a CriteriaTable) -> Result<Self, ChoiceError> {
        let numerator = column(table, &criterion.variable, criterion.year)?;
        in_unit(numerator, &criterion.unit)?;
        let denominator = match &criterion.denominator {
            None => None,
            Some(d) => {
                let found = column(table, &d.variable, d.year)?;
                in_unit(found, &d.unit)?;
                Some((d, found))
            }
        };
        Ok(Self { criterion, numerator, denominator })
    }

    /// What the result says of the criterion.
    pub(super) fn used(&self) -> CriterionUsed {
        let criterion = self.criterion;
        CriterionUsed {
            variable: criterion.variable.clone(),
            year: criterion.year,
            label: criterion.label.clone(),
            unit: match self.denominator {
                None => criterion.unit.clone(),
                Some((d, _)) => format!("{} per {} {}", criterion.unit, d.factor, d.unit),
            },
            direction: criterion.direction,
            nominal: criterion.nominal,
            role: criterion.role,
            weight: None,
            constant: false,
            source: self.numerator.source.clone(),
            denominator_source: self.denominator.map(|(_, column)| column.source.clone()),
        }
    }

    /// The value of the gmina in row `i`, or the values it would need.
    pub(super) fn measure(
        &self,
        i: usize,
        code: Teryt,
        name: &str,
    ) -> Result<Result<Measured, Vec<MissingValue>>, ChoiceError> {
        let numerator = value(self.numerator, i, code, name);
        let Some((d, column)) = self.denominator else {
            return Ok(numerator
                .map(|n| Measured::new(self.criterion, n, None))
                .map_err(|missing| vec![missing]));
        };
        match (numerator, value(column, i, code, name)) {
            (_, Ok(got)) if got <= 0.0 => Err(ChoiceError::BadDenominator {
                code,
                name: name.to_owned(),
                variable: d.variable.clone(),
                year: d.year,
                got,
            }),
            (Ok(n), Ok(d)) => Ok(Ok(Measured::new(self.criterion, n, Some(d)))),
            (n, d) => Ok(Err([n.err(), d.err()].into_iter().flatten().collect())),
        }
    }
}

/// The column of a variable and year.
pub(super) fn column<'a>(
    table: &'a CriteriaTable,
    variable: &str,
    year: Year,
) -> Result<&'a Column, ChoiceError> {
    table.column(variable, year).ok_or_else(|| ChoiceError::MissingColumn {
        variable: variable.to_owned(),
        year,
        columns: table.columns().iter().map(|c| format!("{} of {}", c.variable, c.year)).collect(),
    })
}

/// The value of row `i`, or what is missing.
pub(super) fn value(column: &Column, i: usize, code: Teryt, name: &str) -> Result<f64, MissingValue> {
    match column.cells.get(i) {
        Some(&Cell::Value(value)) => Ok(value),
        other => Err(MissingValue {
            code,
            name: name.to_owned(),
            variable: column.variable.clone(),
            year: column.year,
            reason: match other {
                Some(&Cell::Missing(reason)) => reason,
                _ => crate::observation::Missing::NotReported,
            },
        }),
    }
}

fn in_unit(column: &Column, expected: &str) -> Result<(), ChoiceError> {
    if column.unit == expected {
        return Ok(());
    }
    Err(ChoiceError::OtherUnit {
        variable: column.variable.clone(),
        year: column.year,
        got: column.unit.clone(),
        expected: expected.to_owned(),
    })
}
