use std::collections::BTreeMap;

use diagnoza_core::selection::{CheckedSpec, StrataBy};
use diagnoza_core::territory::Teryt;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, Series};

use crate::FigureError;
use crate::embedded::{Columns, DataError};

/// What official figures say of the gminas of a frame, before any choice.
///
/// Columns: `unit`, `name`, `powiat`, `kind`, `stratum`, `quota`, `published` (whether the specification
/// names the gmina in its published result). For voivodeship 28 also `population_2016` (31 XII 2016,
/// 2011-census basis), `own_revenue_2016` (zł) and `own_revenue_per_head_2016` (zł per inhabitant,
/// the quotient of the two).
///
/// # Errors
/// [`FigureError::Data`] when a table is damaged.
pub fn known_figures(spec: &CheckedSpec) -> Result<DataFrame, FigureError> {
    let by: &StrataBy = &spec.spec().strata.by;
    let rows: Vec<_> = spec.eligible().collect();
    let strata: Vec<String> = rows.iter().map(|row| row.stratum(by).unwrap_or_default()).collect();
    let published = |code: Teryt| {
        spec.spec().published.as_ref().is_some_and(|p| p.chosen.iter().any(|&chosen| chosen.same_unit(code)))
    };
    let quotas: Vec<i32> = strata
        .iter()
        .map(|stratum| spec.spec().strata.quotas.get(stratum).map_or(0, |&quota| quota as i32))
        .collect();
    let texts = |name: &'static str, values: Vec<String>| Series::new(name.into(), values).into_column();
    let kind = |code: Teryt| code.kind().map(|kind| kind.word().to_owned()).unwrap_or_default();
    let mut columns: Vec<Column> = vec![
        texts("unit", rows.iter().map(|row| row.code.to_string()).collect()),
        texts("name", rows.iter().map(|row| row.name.clone()).collect()),
        texts("powiat", rows.iter().map(|row| row.powiat.clone()).collect()),
        texts("kind", rows.iter().map(|row| kind(row.code)).collect()),
        texts("stratum", strata),
        Series::new("quota".into(), quotas).into_column(),
        Series::new("published".into(), rows.iter().map(|row| published(row.code)).collect::<Vec<_>>())
            .into_column(),
    ];
    if spec.spec().frame.voivodeship.to_string() == "28" {
        let people = by_gmina("population_gminas_28", "population")?;
        let revenue = by_gmina("own_revenue_28", "own_revenue")?;
        let of = |table: &BTreeMap<Teryt, f64>, code: Teryt| table.get(&code.without_kind()).copied();
        let per_head = |code| Some(of(&revenue, code)? / of(&people, code)?);
        let numbers = |name: &'static str, value: &dyn Fn(Teryt) -> Option<f64>| {
            Series::new(name.into(), rows.iter().map(|row| value(row.code)).collect::<Vec<_>>()).into_column()
        };
        columns.push(numbers("population_2016", &|code| of(&people, code)));
        columns.push(numbers("own_revenue_2016", &|code| of(&revenue, code)));
        columns.push(numbers("own_revenue_per_head_2016", &per_head));
    }
    DataFrame::new(rows.len(), columns)
        .map_err(|e| DataError::Unreadable { name: "frame".to_owned(), reason: e.to_string() }.into())
}

/// Values of 2016 by gmina, the kind digit left out.
fn by_gmina(table: &str, value: &str) -> Result<BTreeMap<Teryt, f64>, DataError> {
    let table = Columns::open(table)?;
    let (units, levels) = (table.full_texts("teryt")?, table.full_texts("level")?);
    let (years, values) = (table.full_numbers("year")?, table.full_numbers(value)?);
    let mut found = BTreeMap::new();
    for row in (0..table.height()).filter(|&row| levels[row] == "gmina" && (years[row] - 2016.0).abs() < 0.5)
    {
        let code: Teryt =
            units[row].parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1)))?;
        found.insert(code.without_kind(), values[row]);
    }
    Ok(found)
}
