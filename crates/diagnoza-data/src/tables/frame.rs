//! Columns of a result and how numbers are written.

use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, Series};

use crate::embedded::DataError;
use crate::error::FigureError;

/// Persons rounded to a millionth: arithmetic leaves dust far below it, and official
/// figures come back as the whole numbers they are.
pub(super) fn persons(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A column of any values that polars knows.
pub(crate) fn column<T, Phantom: ?Sized>(name: &'static str, values: T) -> Column
where
    Series: NamedFrom<T, Phantom>,
{
    Series::new(name.into(), values).into_column()
}

/// A frame of columns of one height.
pub(crate) fn frame(height: usize, columns: Vec<Column>) -> Result<DataFrame, FigureError> {
    DataFrame::new(height, columns)
        .map_err(|e| DataError::Unreadable { name: "result".to_owned(), reason: e.to_string() }.into())
}
