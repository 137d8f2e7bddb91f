use std::collections::BTreeSet;

use serde::Serialize;

use super::{Frame, GminaRow};
use crate::observation::{Cell, Source, Year};
use crate::territory::Teryt;

/// The table of criteria: one row per gmina and columns of values or typed
/// missing values, each with its unit and source. Rows are kept by code, so the
/// order in which they come changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriteriaTable {
    frame: Frame,
    columns: Vec<Column>,
}

/// One variable of one year for every gmina of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Name of the variable.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// Unit of the values.
    pub unit: String,
    /// Where the values come from.
    pub source: Source,
    /// Whether a negative value is an error, as it is for a count.
    pub non_negative: bool,
    /// A value or the reason why there is none, in the order of the rows.
    pub cells: Vec<Cell>,
}

/// What is wrong with a table of criteria.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TableError {
    /// A row that is no whole gmina.
    #[error("{code} ({name}) is not a gmina: expected seven digits of which the last is 1, 2 or 3")]
    NotAGmina {
        /// Code of the row.
        code: Teryt,
        /// Name of the row.
        name: String,
    },
    /// Two rows for one gmina.
    #[error(
        "{first} ({first_name}) and {second} ({second_name}) are the same gmina twice: keep one row, \
         with the kind it had on the date of the register"
    )]
    DuplicateGmina {
        /// Code of the first row.
        first: Teryt,
        /// Name in the first row.
        first_name: String,
        /// Code of the second row.
        second: Teryt,
        /// Name in the second row.
        second_name: String,
    },
    /// A column with more or fewer cells than rows.
    #[error("column {variable} of {year} has {got} cells, the table has {expected} gminas")]
    WrongLength {
        /// Variable of the column.
        variable: String,
        /// Year of the column.
        year: Year,
        /// Number of rows.
        expected: usize,
        /// Number of cells.
        got: usize,
    },
    /// The same variable and year twice.
    #[error("column {variable} of {year} is there twice: keep one")]
    DuplicateColumn {
        /// Variable of the column.
        variable: String,
        /// Year of the column.
        year: Year,
    },
    /// A value that is no number, or a negative one where none may be.
    #[error("{code} ({name}), {variable} of {year}: {got} is not a valid value, expected {expected}")]
    BadValue {
        /// Code of the gmina.
        code: Teryt,
        /// Name of the gmina.
        name: String,
        /// Variable of the column.
        variable: String,
        /// Year of the column.
        year: Year,
        /// The value found.
        got: f64,
        /// What would be valid.
        expected: &'static str,
    },
}

impl CriteriaTable {
    /// Builds the table from rows and from columns whose cells follow the order of the rows.
    ///
    /// # Errors
    /// [`TableError`] with the gmina or column at fault.
    pub fn new(rows: Vec<GminaRow>, columns: Vec<Column>) -> Result<Self, TableError> {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&i| rows.get(i).map(|row| row.code));
        let frame = Frame::new(rows)?;
        let mut table = Self { frame, columns: Vec::with_capacity(columns.len()) };
        let mut seen = BTreeSet::new();
        for column in columns {
            if !seen.insert((column.variable.clone(), column.year)) {
                return Err(TableError::DuplicateColumn { variable: column.variable, year: column.year });
            }
            let column = table.by_code(&order, column)?;
            table.columns.push(column);
        }
        table.columns.sort_by(|a, b| (&a.variable, a.year).cmp(&(&b.variable, b.year)));
        Ok(table)
    }

    fn by_code(&self, order: &[usize], mut column: Column) -> Result<Column, TableError> {
        if column.cells.len() != order.len() {
            return Err(TableError::WrongLength {
                variable: column.variable,
                year: column.year,
                expected: order.len(),
                got: column.cells.len(),
            });
        }
        column.cells = order
            .iter()
            .filter_map(|&i| column.cells.get(i).copied())
            // -0 is 0: one number, one text, one hash.
            .map(|cell| match cell {
                Cell::Value(value) => Cell::Value(value + 0.0),
                Cell::Missing(_) => cell,
            })
            .collect();
        for (row, cell) in self.frame.gminas().iter().zip(&column.cells) {
            let Cell::Value(got) = *cell else { continue };
            // Products and squares of values must neither overflow nor vanish.
            let of_size = got.abs() <= 1e150 && (got.abs() >= 1e-150 || got.abs() <= 0.0);
            let expected = match (got.is_finite(), got < 0.0 && column.non_negative, of_size) {
                (false, ..) => "a finite number",
                (true, true, _) => "zero or more",
                (true, false, false) => "0, or a number between 1e-150 and 1e150 in size",
                (true, false, true) => continue,
            };
            return Err(TableError::BadValue {
                code: row.code,
                name: row.name.clone(),
                variable: column.variable,
                year: column.year,
                got,
                expected,
            });
        }
        Ok(column)
    }

    /// The gminas of the table.
    #[must_use]
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The columns, by variable and year; their cells follow the order of [`Frame::gminas`].
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of a variable and year.
    #[must_use]
    pub fn column(&self, variable: &str, year: Year) -> Option<&Column> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.variable == variable && column.year == year)
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{column, rows};
    use super::*;

    const SEVENS: [Cell; 5] = [Cell::Value(7.0); 5];

    #[test]
    fn values_that_are_no_values_are_refused_with_their_place() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let mut cells = SEVENS;
            cells[3] = Cell::Value(bad);
            let error = CriteriaTable::new(rows(), vec![column("x", cells)]).unwrap_err();
            assert!(error.to_string().starts_with("2816033 (Pisz), x of 2016: "), "{error}");
        }
    }

    #[test]
    fn rows_and_columns_that_do_not_fit_are_refused() {
        let mut short = column("x", SEVENS);
        short.cells.pop();
        assert_eq!(
            CriteriaTable::new(rows(), vec![short]).unwrap_err().to_string(),
            "column x of 2016 has 4 cells, the table has 5 gminas"
        );
        let twice = vec![column("x", SEVENS), column("x", SEVENS)];
        assert!(matches!(CriteriaTable::new(rows(), twice), Err(TableError::DuplicateColumn { .. })));
        for code in ["28", "2816", "281603", "2816034", "2816035"] {
            let mut rows = rows();
            rows[0].code = code.parse().unwrap();
            let error = CriteriaTable::new(rows, Vec::new()).unwrap_err();
            assert!(matches!(error, TableError::NotAGmina { .. }), "{code}");
        }
    }

    #[test]
    fn minus_zero_is_zero() {
        let table = CriteriaTable::new(rows(), vec![column("x", [Cell::Value(-0.0); 5])]).unwrap();
        let Cell::Value(zero) = table.columns()[0].cells[0] else { panic!("a value went missing") };
        assert!(zero.is_sign_positive());
    }
}
