use diagnoza_core::territory::Teryt;
use polars::prelude::{Column, DataFrame};

use super::components::Components;
use super::table::Table;
use crate::readers::ReadError;
use crate::readers::columns::{column, frame};
use diagnoza_core::demography::scenario::Baseline;

/// Persons by age groups that do not overlap; the layout is documented at `GusProjection`.
pub(super) fn population(
    file: &str,
    table: &Table,
    teryt: Teryt,
    scenario: Baseline,
) -> Result<DataFrame, ReadError> {
    let cells = Cells::of(table);
    let mut columns = labels(cells.len(), teryt, scenario);
    columns.push(column("sex", cells.sex));
    columns.extend([
        column("age", cells.age),
        column("age_to", cells.age_to),
        column("year", cells.year),
        column("population", cells.population),
        column("observed", cells.observed),
    ]);
    frame(file, columns)
}

/// Persons by the selected groups, which overlap.
pub(super) fn groups(
    file: &str,
    table: &Table,
    teryt: Teryt,
    scenario: Baseline,
) -> Result<DataFrame, ReadError> {
    let cells = Cells::of(table);
    let mut columns = labels(cells.len(), teryt, scenario);
    columns.push(column("sex", cells.sex));
    columns.extend([
        column("order", cells.order),
        column("group", cells.group),
        column("age", cells.age),
        column("age_to", cells.age_to),
        column("year", cells.year),
        column("population", cells.population),
        column("observed", cells.observed),
    ]);
    frame(file, columns)
}

/// Events by year.
pub(super) fn components(
    file: &str,
    components: &Components,
    teryt: Teryt,
    scenario: Baseline,
) -> Result<DataFrame, ReadError> {
    let mut columns = labels(components.years.len(), teryt, scenario);
    columns.push(column("year", components.years.clone()));
    for (name, values) in &components.flows {
        columns.push(column(name, values.clone()));
    }
    frame(file, columns)
}

/// The cells of a table, one vector per column.
#[derive(Default)]
struct Cells {
    sex: Vec<&'static str>,
    order: Vec<i32>,
    group: Vec<String>,
    age: Vec<Option<i32>>,
    age_to: Vec<Option<i32>>,
    year: Vec<i32>,
    population: Vec<Option<i64>>,
    observed: Vec<bool>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let mut cells = Self::default();
        for block in &table.blocks {
            for (row, order) in block.rows.iter().zip(1..) {
                for (year, value) in table.years.iter().zip(&row.values) {
                    cells.sex.push(block.sex);
                    cells.order.push(order);
                    cells.group.push(row.label.clone());
                    cells.age.push(row.ages.map(|ages| ages.first));
                    cells.age_to.push(row.ages.and_then(|ages| ages.last));
                    cells.year.push(year.year);
                    cells.population.push(*value);
                    cells.observed.push(year.observed);
                }
            }
        }
        cells
    }

    fn len(&self) -> usize {
        self.year.len()
    }
}

fn labels(height: usize, teryt: Teryt, scenario: Baseline) -> Vec<Column> {
    vec![column("teryt", vec![teryt.to_string(); height]), column("scenario", vec![scenario.word(); height])]
}
