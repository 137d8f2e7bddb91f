use diagnoza_core::selection::{
    CheckedSpec, CriteriaTable, DecisionRecord, MissingTable, ReplayError, SelectionSpec,
};
use polars::prelude::DataFrame;
use polars_io::prelude::ParquetWriter;

use super::SelectionError;
use super::frame::frame_of;
use super::known::known_figures;
use super::table::table_of;
use crate::embedded::DataError;
use crate::readers::tidy::TidyOptions;

/// A table the user brings, as bytes under a name.
#[derive(Clone, Debug)]
pub struct UserTable {
    /// File name, whose ending says CSV or Parquet.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// How to read it.
    pub options: TidyOptions,
}

impl UserTable {
    /// A frame in memory; it is checked like a file of the name `frame.parquet`.
    ///
    /// # Errors
    /// [`SelectionError::Figure`] for a column type that Parquet does not have.
    pub fn from_frame(mut frame: DataFrame) -> Result<Self, SelectionError> {
        let name = "frame.parquet".to_owned();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .finish(&mut frame)
            .map_err(|e| DataError::Unreadable { name: name.clone(), reason: e.to_string() })?;
        Ok(Self { name, bytes, options: TidyOptions::default() })
    }
}

/// What running a specification comes to.
#[derive(Debug)]
pub enum Outcome {
    /// The gminas are chosen.
    Decided(Box<Decision>),
    /// The table with the criteria has to be supplied first.
    TableMissing(Box<Missing>),
}

/// A choice with its record.
#[derive(Debug)]
pub struct Decision {
    /// The checked specification.
    pub spec: CheckedSpec,
    /// The table it was made on.
    pub table: CriteriaTable,
    /// The record: specification, hashes, rankings, reasons.
    pub record: DecisionRecord,
    /// What official figures say of the frame.
    pub frame: DataFrame,
}

/// What is missing for a choice, and what is known without it.
#[derive(Debug)]
pub struct Missing {
    /// The checked specification.
    pub spec: CheckedSpec,
    /// The missing table with a template to fill in.
    pub missing: MissingTable,
    /// What official figures say of the frame.
    pub frame: DataFrame,
}

/// Runs a specification (TOML or JSON text; `file` names it in errors) on the user's table or, without one, on the
/// embedded table that the specification names.
///
/// ```
/// use diagnoza_core::selection::shipped;
/// use diagnoza_data::selection::{Outcome, decide};
/// let outcome = decide("malopolska_2025.toml", shipped::MALOPOLSKA_2025, None)?;
/// let Outcome::Decided(decision) = outcome else { return Err("the table is embedded".into()) };
/// assert_eq!(decision.record.result.chosen.len(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`SelectionError`] names the file, row, key or gmina.
pub fn decide(file: &str, spec: &str, given: Option<&UserTable>) -> Result<Outcome, SelectionError> {
    run(file, &read_spec(file, spec)?, given)
}

/// Reads a specification in JSON, where the text begins with a brace, or in TOML.
pub(super) fn read_spec(file: &str, text: &str) -> Result<SelectionSpec, SelectionError> {
    let read = if is_json(text) { SelectionSpec::from_json } else { SelectionSpec::from_toml };
    read(text).map_err(|source| SelectionError::Spec { file: file.to_owned(), source })
}

pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Makes the decision of a record again and compares it to the byte; `file` names it in errors. The table is
/// the user's or, without one, the embedded one that the record names.
///
/// # Errors
/// [`SelectionError::Replay`] says what is not the same.
pub fn replay(file: &str, record: &[u8], given: Option<&UserTable>) -> Result<Decision, SelectionError> {
    let failed =
        |source: ReplayError| SelectionError::Replay { file: file.to_owned(), source: Box::new(source) };
    let record = DecisionRecord::from_json(record).map_err(failed)?;
    let checked = record.spec.check(&frame_of(&record.spec.frame)?).map_err(|e| failed(e.into()))?;
    let wanted = checked.missing_table().columns;
    let Some(table) = table_of(&record.spec, &wanted, given)? else {
        return Err(SelectionError::ReplayTable { file: file.to_owned(), table: record.table.name });
    };
    let again = record.replay(checked.frame(), &table).map_err(failed)?;
    let frame = known_figures(&checked)?;
    Ok(Decision { spec: checked, table, record: again, frame })
}

fn run(file: &str, spec: &SelectionSpec, given: Option<&UserTable>) -> Result<Outcome, SelectionError> {
    let spec = spec
        .check(&frame_of(&spec.frame)?)
        .map_err(|source| SelectionError::Check { file: file.to_owned(), source })?;
    let missing = spec.missing_table();
    let frame = known_figures(&spec)?;
    Ok(match table_of(spec.spec(), &missing.columns, given)? {
        Some(table) => {
            let record = spec.record(&table)?;
            Outcome::Decided(Box::new(Decision { spec, table, record, frame }))
        }
        None => Outcome::TableMissing(Box::new(Missing { spec, missing, frame })),
    })
}
