use diagnoza_core::observation::{Sex, Source, Year};
use polars::prelude::{DataFrame, DataType};

use super::{DataError, table, table_info};

/// An embedded table opened for reading into the types of the model.
pub(crate) struct Columns {
    name: String,
    frame: DataFrame,
}

impl Columns {
    /// Opens the table `name`.
    pub(crate) fn open(name: &str) -> Result<Self, DataError> {
        Ok(Self { name: name.to_owned(), frame: table(name)? })
    }

    /// Where the table comes from.
    pub(crate) fn source(&self) -> Result<Source, DataError> {
        table_info(&self.name).map(|info| info.source())
    }

    /// Number of rows.
    pub(crate) fn height(&self) -> usize {
        self.frame.height()
    }

    /// A column of texts.
    pub(crate) fn texts(&self, column: &str) -> Result<Vec<Option<&str>>, DataError> {
        let series = self.frame.column(column).map_err(|e| self.unreadable(&e.to_string()))?;
        Ok(series.str().map_err(|e| self.unreadable(&e.to_string()))?.iter().collect())
    }

    /// A column of numbers, whole or not.
    pub(crate) fn numbers(&self, column: &str) -> Result<Vec<Option<f64>>, DataError> {
        let series = self.frame.column(column).map_err(|e| self.unreadable(&e.to_string()))?;
        let numbers = series.cast(&DataType::Float64).map_err(|e| self.unreadable(&e.to_string()))?;
        Ok(numbers.f64().map_err(|e| self.unreadable(&e.to_string()))?.iter().collect())
    }

    /// A column of texts without gaps.
    pub(crate) fn full_texts(&self, column: &str) -> Result<Vec<&str>, DataError> {
        let gap = || self.unreadable(&format!("column {column} has an empty cell"));
        self.texts(column)?.into_iter().map(|cell| cell.ok_or_else(gap)).collect()
    }

    /// A column of numbers without gaps.
    pub(crate) fn full_numbers(&self, column: &str) -> Result<Vec<f64>, DataError> {
        let gap = || self.unreadable(&format!("column {column} has an empty cell"));
        self.numbers(column)?.into_iter().map(|cell| cell.ok_or_else(gap)).collect()
    }

    /// A cell as a year.
    pub(crate) fn year(&self, row: usize, year: f64) -> Result<Year, DataError> {
        Year::new(year as i64).map_err(|error| self.unreadable(&format!("row {}: {error}", row + 1)))
    }

    /// A cell as a sex.
    pub(crate) fn sex(&self, row: usize, letter: &str) -> Result<Sex, DataError> {
        letter.parse().map_err(|error| self.unreadable(&format!("row {}: {error}", row + 1)))
    }

    /// The error that the table does not hold what its manifest says.
    pub(crate) fn unreadable(&self, reason: &str) -> DataError {
        DataError::Unreadable { name: self.name.clone(), reason: reason.to_owned() }
    }
}
