use diagnoza_core::observation::{Age, Missing, Sex, Year};
use diagnoza_core::territory::UnitId;
use polars::prelude::DataFrame;

use super::schema::{Column, Kind, Schema};
use crate::readers::ReadError;
use crate::readers::columns::{column, frame};
use crate::readers::number::{self, Decimal};
use crate::readers::seen::Seen;
use crate::readers::violations::Violations;

/// The cells read so far, a vector per declared column.
pub(super) struct Values<'s> {
    schema: &'s Schema,
    decimal: Decimal,
    columns: Vec<Cells>,
    seen: Seen,
}

enum Cells {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i32>>),
    Number { values: Vec<Option<f64>>, missing: Vec<Option<&'static str>> },
}

/// One cell read.
enum Value {
    Text(String),
    Whole(i32),
    Number(f64),
    Missing(Missing),
    Empty,
}

impl<'s> Values<'s> {
    pub(super) fn new(schema: &'s Schema, decimal: Decimal) -> Self {
        let columns = schema
            .columns
            .iter()
            .map(|column| match column.kind {
                Kind::Code | Kind::Sex | Kind::Text => Cells::Text(Vec::new()),
                Kind::Year | Kind::Age => Cells::Whole(Vec::new()),
                Kind::Number { .. } => Cells::Number { values: Vec::new(), missing: Vec::new() },
            })
            .collect();
        Self { schema, decimal, columns, seen: Seen::default() }
    }

    /// Adds a row. `cells` has one per declared column; `None` for a column the file has not.
    pub(super) fn push<'c>(
        &mut self,
        row: usize,
        cells: impl Iterator<Item = Option<&'c str>>,
        violations: &mut Violations,
    ) {
        let mut key = Vec::with_capacity(self.schema.key.len());
        for ((declared, column), cell) in self.schema.columns.iter().zip(&mut self.columns).zip(cells) {
            let value = match cell {
                None => Value::Empty,
                Some(text) => parse(text.trim(), declared, self.decimal).unwrap_or_else(|expected| {
                    violations.push(row, &declared.name, text, expected);
                    Value::Empty
                }),
            };
            if self.schema.key.contains(&declared.name) {
                match &value {
                    Value::Text(text) => key.push(text.clone()),
                    Value::Whole(whole) => key.push(whole.to_string()),
                    Value::Number(number) => key.push(number.to_string()),
                    Value::Missing(_) | Value::Empty => {}
                }
            }
            column.push(value);
        }
        // A row whose key could not be read is noted for that already.
        if !key.is_empty()
            && key.len() == self.schema.key.len()
            && let Some(earlier) = self.seen.insert(key.clone(), row)
        {
            let expected = format!(
                "one row per {}, found the same as row {earlier}: remove one of the two",
                self.schema.key.join(", ")
            );
            violations.push(row, &self.schema.key.join(", "), &key.join(", "), expected);
        }
    }

    pub(super) fn into_frame(self, file: &str) -> Result<DataFrame, ReadError> {
        let mut columns = Vec::new();
        for (declared, cells) in self.schema.columns.iter().zip(self.columns) {
            match cells {
                Cells::Text(values) => columns.push(column(&declared.name, values)),
                Cells::Whole(values) => columns.push(column(&declared.name, values)),
                Cells::Number { values, missing } => {
                    columns.push(column(&declared.name, values));
                    if let Some(name) = declared.missing_name() {
                        columns.push(column(&name, missing));
                    }
                }
            }
        }
        frame(file, columns)
    }
}

impl Cells {
    fn push(&mut self, value: Value) {
        match (self, value) {
            (Self::Text(cells), Value::Text(text)) => cells.push(Some(text)),
            (Self::Text(cells), _) => cells.push(None),
            (Self::Whole(cells), Value::Whole(whole)) => cells.push(Some(whole)),
            (Self::Whole(cells), _) => cells.push(None),
            (Self::Number { values, missing }, Value::Number(number)) => {
                values.push(Some(number));
                missing.push(None);
            }
            (Self::Number { values, missing }, value) => {
                let why = match value {
                    Value::Missing(why) => why,
                    _ => Missing::NotReported,
                };
                values.push(None);
                missing.push(Some(why.word()));
            }
        }
    }
}

/// The value of a cell, or what was expected there.
fn parse(text: &str, declared: &Column, decimal: Decimal) -> Result<Value, String> {
    if text.is_empty() {
        return match &declared.kind {
            Kind::Number { nullable: true, .. } => Ok(Value::Missing(Missing::NotReported)),
            _ if !declared.required => Ok(Value::Empty),
            Kind::Number { .. } => Err("a number (declare nullable if cells may be empty)".to_owned()),
            kind => Err(format!("{}, the column is required", kind.noun())),
        };
    }
    match &declared.kind {
        Kind::Code => match text.parse::<UnitId>() {
            Ok(unit) => Ok(Value::Text(unit.to_string())),
            Err(error) => Err(format!("a unit code ({error})")),
        },
        Kind::Year => match text.parse::<Year>() {
            Ok(year) => Ok(Value::Whole(i32::from(year.get()))),
            Err(error) => Err(format!("a year ({error})")),
        },
        Kind::Age => match text.parse::<Age>() {
            Ok(age) => Ok(Value::Whole(i32::from(age.get()))),
            Err(error) => Err(format!("an age ({error})")),
        },
        Kind::Sex => match text.parse::<Sex>() {
            Ok(sex) => Ok(Value::Text(sex.letter().to_owned())),
            Err(_) => Err("F for females (kobiety) or M for males (mężczyźni)".to_owned()),
        },
        Kind::Number { min, max, nullable } => {
            if *nullable && let Some(missing) = missing_word(text) {
                return Ok(Value::Missing(missing));
            }
            let number = number::parse(text, decimal)?;
            match (min, max) {
                (Some(min), _) if number < *min => Err(format!("a number of at least {min}")),
                (_, Some(max)) if number > *max => Err(format!("a number of at most {max}")),
                _ => Ok(Value::Number(number)),
            }
        }
        Kind::Text => Ok(Value::Text(text.to_owned())),
    }
}

fn missing_word(text: &str) -> Option<Missing> {
    [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable]
        .into_iter()
        .find(|missing| missing.word() == text)
}

impl Kind {
    const fn noun(&self) -> &'static str {
        match self {
            Self::Code => "a unit code",
            Self::Year => "a year",
            Self::Age => "an age",
            Self::Sex => "F or M",
            Self::Number { .. } => "a number",
            Self::Text => "a text",
        }
    }
}
