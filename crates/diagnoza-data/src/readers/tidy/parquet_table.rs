use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{DataFrame, DataType};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::parquet_pages::check_chunk;
use super::values::Values;
use super::{Schema, Table};
use crate::readers::number::Decimal;
use crate::readers::violations::{Violations, shown};
use crate::readers::{Limits, ReadError};

/// The header row a person would see above the first row of the table.
const HEADER_ROW: usize = 1;

pub(super) fn read(
    name: &str,
    bytes: &[u8],
    schema: &Schema,
    limits: &Limits,
    mut violations: Violations,
) -> Result<Table, ReadError> {
    // The decoder is other people's code fed with a stranger's bytes: should it panic, the
    // file is refused like any other that cannot be read.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(name, bytes, schema, limits)));
    let (frame, header) =
        decoded.unwrap_or_else(|_| Err(damaged(name, "its parts contradict each other")))?;
    let places = schema.places(&header, HEADER_ROW, &mut violations);
    let mut texts = Vec::new();
    for (declared, place) in schema.columns.iter().zip(&places) {
        if place.is_none() {
            texts.push(None);
            continue;
        }
        // Every cell takes the same way as a cell of CSV, so that both formats mean the same.
        let column = frame.column(&declared.name).map_err(|error| damaged(name, error))?;
        match column.cast(&DataType::String) {
            Ok(text) => texts.push(Some(text)),
            Err(_) => {
                let got = column.dtype().to_string();
                violations.push(HEADER_ROW, &declared.name, &got, "a column of texts or numbers");
                texts.push(None);
            }
        }
    }
    let mut cells = Vec::new();
    for text in &texts {
        let chunked = match text {
            None => None,
            Some(column) => Some(column.str().map_err(|error| damaged(name, error))?),
        };
        cells.push(chunked);
    }
    let mut values = Values::new(schema, Decimal::Point);
    for index in 0..frame.height() {
        let row = cells.iter().map(|column| column.map(|column| column.get(index).unwrap_or_default()));
        values.push(index + HEADER_ROW + 1, row, &mut violations);
    }
    violations.into_result()?;
    if frame.height() == 0 {
        return Err(ReadError::NoRows { file: name.to_owned(), header: shown(&header.join(", ")) });
    }
    Ok(Table {
        frame: values.into_frame(name)?,
        delimiter: None,
        encoding: None,
        ignored: schema.ignored(&header),
    })
}

/// The declared columns and the names of all columns of the file.
fn decode(
    name: &str,
    bytes: &[u8],
    schema: &Schema,
    limits: &Limits,
) -> Result<(DataFrame, Vec<String>), ReadError> {
    let fault = |error: polars::prelude::PolarsError| damaged(name, error);
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let header: Vec<String> = reader.schema().map_err(fault)?.iter_names().map(ToString::to_string).collect();
    let metadata = reader.get_metadata().map_err(fault)?.clone();
    limits.check_rows(name, metadata.num_rows)?;
    let rows = metadata.row_groups.iter().fold(0_usize, |rows, group| rows.saturating_add(group.num_rows()));
    if rows != metadata.num_rows {
        return Err(damaged(name, "its row groups do not sum to its rows"));
    }
    let mut unpacked = 0_u64;
    for group in &metadata.row_groups {
        for column in &schema.columns {
            let chunks = group.columns_under_root_iter(&column.name).into_iter().flatten();
            for chunk in chunks {
                let size = check_chunk(bytes, chunk, group.num_rows(), limits.unpacked_bytes)
                    .map_err(|why| damaged(name, format!("column {}: {why}", column.name)))?;
                unpacked = unpacked.saturating_add(size);
                limits.check_unpacked(name, unpacked)?;
            }
        }
    }
    let wanted = header
        .iter()
        .filter(|header| schema.columns.iter().any(|column| &column.name == *header))
        .cloned()
        .collect();
    let frame = reader.with_columns(Some(wanted)).finish().map_err(fault)?;
    Ok((frame, header))
}

fn damaged(file: &str, why: impl ToString) -> ReadError {
    ReadError::Parquet { file: file.to_owned(), why: why.to_string() }
}
