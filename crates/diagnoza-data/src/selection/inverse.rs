use diagnoza_core::progress::Progress;
use diagnoza_core::selection::inverse::{self, Family, Inverse, RequiredValues};
use diagnoza_core::selection::{CriteriaTable, SelectionSpec, wanted_columns};
use diagnoza_core::territory::Teryt;

use super::frame::frame_of;
use super::run::{is_json, read_spec};
use super::table::table_of;
use super::{SelectionError, UserTable};

/// Which specifications of a family (TOML or JSON text; `file` names it in errors) give a published choice, on the user's
/// table or, without one, on the embedded table that the specification names.
///
/// # Errors
/// [`SelectionError`]: the family, the table, `Interrupted` in the search, or [`SelectionError::NoTable`] when there is none to run on.
pub fn which_specs(
    file: &str,
    family: &str,
    given: Option<&UserTable>,
    published: Option<&[Teryt]>,
    nearest: usize,
    progress: &Progress<'_>,
) -> Result<Inverse, SelectionError> {
    let read = if is_json(family) { Family::from_json } else { Family::from_toml };
    let family = read(family)
        .map_err(|source| SelectionError::Family { file: file.to_owned(), source: Box::new(source) })?;
    let (members, refused): (Vec<_>, Vec<_>) =
        (0..family.len()).map(|index| family.member(index)).partition(Result::is_ok);
    let members: Vec<SelectionSpec> = members.into_iter().flatten().map(|member| member.spec).collect();
    let first = members.first().ok_or_else(|| SelectionError::EmptyFamily {
        file: file.to_owned(),
        reason: refused.into_iter().find_map(Result::err).unwrap_or_default(),
    })?;
    let frame = frame_of(&first.frame)?;
    let wanted = wanted_columns(&members);
    let table = table_of(first, &wanted, given)?.ok_or_else(|| SelectionError::NoTable {
        table: first.frame.table.clone(),
        columns: wanted.iter().map(|column| column.header.clone()).collect(),
    })?;
    Ok(inverse::which_specs(&family, &frame, &table, published, nearest, progress).map_err(Box::new)?)
}

/// Bounds of the values that the table of a specification lacks under which its rule gives a published choice; without
/// any table every value is unknown.
///
/// # Errors
/// [`SelectionError`].
pub fn required_values(
    file: &str,
    spec: &str,
    given: Option<&UserTable>,
    published: Option<&[Teryt]>,
    floor: Option<f64>,
) -> Result<RequiredValues, SelectionError> {
    let spec = read_spec(file, spec)?;
    let frame = frame_of(&spec.frame)?;
    let checked =
        spec.check(&frame).map_err(|source| SelectionError::Check { file: file.to_owned(), source })?;
    let own = spec.published.as_ref().map(|published| published.chosen.clone());
    let published = published.map(<[Teryt]>::to_vec).or(own).unwrap_or_default();
    let table = match table_of(&spec, &checked.missing_table().columns, given)? {
        Some(table) => table,
        None => CriteriaTable::new(frame.gminas().to_vec(), Vec::new())
            .map_err(|source| SelectionError::Table { table: spec.frame.table.clone(), source })?,
    };
    Ok(inverse::required_values(&checked, &table, &published, floor).map_err(Box::new)?)
}
