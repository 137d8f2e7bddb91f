//! Frames across the boundary by the Arrow PyCapsule interface: out to polars, pandas, pyarrow or
//! duckdb, in from any of them. No copy of the numbers is made on the way out.
#![allow(unsafe_code, reason = "the Arrow C stream interface is a C interface")]

use polars::prelude::{Column, CompatLevel, DataFrame, IntoColumn, PlSmallStr, Series};
use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowArrayStream, ArrowArrayStreamReader, export_iterator};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::error::Fault;

const STREAM: &std::ffi::CStr = c"arrow_array_stream";

/// A table that any library with the Arrow PyCapsule interface reads, e.g. `polars.DataFrame(table)`.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Table(DataFrame);

impl From<DataFrame> for Table {
    fn from(frame: DataFrame) -> Self {
        Self(frame)
    }
}

#[pymethods]
impl Table {
    /// The table as an Arrow stream of record batches.
    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyCapsule>, Fault> {
        let _ = requested_schema; // the interface lets the producer ignore it
        let mut frame = self.0.clone();
        frame.rechunk_mut();
        let level = CompatLevel::oldest();
        let fields: Vec<Field> = frame.columns().iter().map(|c| c.field().to_arrow(level)).collect();
        let dtype = ArrowDataType::Struct(fields);
        let field = Field::new(PlSmallStr::EMPTY, dtype.clone(), false);
        let batches: Vec<_> = frame
            .iter_chunks(level, false)
            .map(|batch| {
                let length = batch.len();
                StructArray::try_new(dtype.clone(), length, batch.into_arrays(), None)
                    .map(|array| Box::new(array) as Box<dyn Array>)
            })
            .collect();
        let stream = export_iterator(Box::new(batches.into_iter()), field);
        Ok(PyCapsule::new_with_value(py, stream, STREAM)?)
    }
}

/// Reads a frame from any object with `__arrow_c_stream__`.
pub(crate) fn frame_from(object: &Bound<'_, PyAny>) -> Result<DataFrame, Fault> {
    let capsule = object.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<ArrowArrayStream>();
    // SAFETY: the capsule's name says that it holds an Arrow stream; moving the stream out and leaving a
    // released one behind is how the interface hands it over.
    let stream = unsafe { std::ptr::replace(pointer.as_ptr(), ArrowArrayStream::empty()) };
    // SAFETY: as above, the stream follows the interface.
    let mut reader = unsafe { ArrowArrayStreamReader::try_new(Box::new(stream))? };
    let ArrowDataType::Struct(fields) = reader.field().dtype.clone() else {
        return Err(Fault::input("the object is not a table: its Arrow stream has no columns"));
    };
    let mut chunks: Vec<Vec<Box<dyn Array>>> = vec![Vec::new(); fields.len()];
    // SAFETY: as above.
    while let Some(batch) = unsafe { reader.next() } {
        let batch = batch?;
        let Some(batch) = batch.as_any().downcast_ref::<StructArray>() else {
            return Err(Fault::input("the object is not a table: a record batch has no columns"));
        };
        chunks.iter_mut().zip(batch.values()).for_each(|(column, part)| column.push(part.clone()));
    }
    let columns = fields
        .iter()
        .zip(chunks)
        .map(|(field, parts)| {
            let series = if parts.is_empty() {
                Series::new_empty(field.name.clone(), &polars::prelude::DataType::from_arrow_field(field))
            } else {
                Series::try_from((field.name.clone(), parts))?
            };
            Ok(series.into_column())
        })
        .collect::<Result<Vec<Column>, Fault>>()?;
    Ok(DataFrame::new_infer_height(columns)?)
}
