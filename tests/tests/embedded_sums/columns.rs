//! Columns of an embedded table as plain vectors.

use diagnoza_data::embedded;
use polars::frame::DataFrame;
use polars::prelude::DataType;

pub(crate) fn table(name: &str) -> DataFrame {
    embedded::table(name).unwrap()
}

pub(crate) fn texts(frame: &DataFrame, column: &str) -> Vec<String> {
    let column = frame.column(column).unwrap();
    column.str().unwrap().iter().map(|text| text.unwrap_or("").to_owned()).collect()
}

pub(crate) fn ints(frame: &DataFrame, column: &str) -> Vec<i64> {
    let column = frame.column(column).unwrap().cast(&DataType::Int64).unwrap();
    column.i64().unwrap().iter().map(|number| number.unwrap_or(i64::MIN)).collect()
}

pub(crate) fn floats(frame: &DataFrame, column: &str) -> Vec<f64> {
    frame.column(column).unwrap().f64().unwrap().iter().map(Option::unwrap).collect()
}
