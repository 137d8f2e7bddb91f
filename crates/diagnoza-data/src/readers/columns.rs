use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::ReadError;

/// A column of a frame from its values.
pub(crate) fn column<V, T: ?Sized>(name: &str, values: V) -> Column
where
    Series: NamedFrom<V, T>,
{
    Series::new(name.into(), values).into()
}

/// A frame from columns of equal height.
pub(crate) fn frame(file: &str, columns: Vec<Column>) -> Result<DataFrame, ReadError> {
    DataFrame::new_infer_height(columns)
        .map_err(|error| ReadError::Frame { file: file.to_owned(), why: error.to_string() })
}
