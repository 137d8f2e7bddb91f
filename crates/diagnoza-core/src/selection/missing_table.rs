use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CheckedSpec, DiversitySpec, Label, SelectionSpec};
use crate::observation::Year;
use crate::territory::Teryt;

/// The table a specification asks for and nobody supplied: which columns, for
/// which gminas, and a template to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingTable {
    /// Name of the table, `frame.table` of the specification.
    pub table: String,
    /// Columns wanted, in the order of the criteria.
    pub columns: Vec<WantedColumn>,
    /// Eligible gminas by code, with their names.
    pub gminas: BTreeMap<Teryt, String>,
    /// Eligible gminas and quota by stratum.
    pub strata: BTreeMap<String, StratumSupply>,
    /// CSV: a header, then one row per eligible gmina with code and name and empty values.
    pub template: String,
}

/// A column that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedColumn {
    /// Name of the column in the template: the variable, and `@year` if two years are wanted.
    pub header: String,
    /// Name of the variable.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// Unit of the values.
    pub unit: String,
    /// What it means.
    pub meaning: Label,
}

/// Gminas and places of a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StratumSupply {
    /// Eligible gminas.
    pub eligible: usize,
    /// Places.
    pub quota: usize,
}

impl CheckedSpec {
    /// What has to be supplied before the specification can run: the answer for a
    /// user who has no table `frame.table` yet.
    #[must_use]
    pub fn missing_table(&self) -> MissingTable {
        let columns = wanted_columns([self.spec()]);
        let gminas: BTreeMap<Teryt, String> =
            self.eligible().map(|row| (row.code, row.name.clone())).collect();
        let strata = self.strata(&self.funnel).into_iter().map(|(stratum, rows)| {
            let quota = self.spec().strata.quotas.get(&stratum).copied().unwrap_or(0);
            let eligible = rows.len();
            (stratum, StratumSupply { eligible, quota })
        });
        MissingTable {
            table: self.spec().frame.table.clone(),
            strata: strata.collect(),
            template: template(&columns, &gminas),
            columns,
            gminas,
        }
    }
}

/// The columns that some specifications need on one table, each once; two years of a variable are told apart by
/// their headers.
pub fn wanted_columns<'a>(specs: impl IntoIterator<Item = &'a SelectionSpec>) -> Vec<WantedColumn> {
    let mut columns: Vec<WantedColumn> = Vec::new();
    let mut want = |variable: &str, year: Year, unit: &str, meaning: Label| {
        if !columns.iter().any(|c| c.variable == variable && c.year == year) {
            columns.push(WantedColumn {
                header: variable.to_owned(),
                variable: variable.to_owned(),
                year,
                unit: unit.to_owned(),
                meaning,
            });
        }
    };
    for spec in specs {
        let diversity = spec.diversity.as_ref().map(DiversitySpec::as_criterion);
        for criterion in spec.criteria.iter().chain(&diversity) {
            want(&criterion.variable, criterion.year, &criterion.unit, criterion.label.clone());
            if let Some(d) = &criterion.denominator {
                let meaning = Label {
                    pl: format!("mianownik: {}", criterion.label.pl),
                    en: format!("denominator of: {}", criterion.label.en),
                };
                want(&d.variable, d.year, &d.unit, meaning);
            }
        }
        for required in &spec.eligibility.require_data {
            let meaning = Label {
                pl: "wymagane, aby gmina się kwalifikowała".to_owned(),
                en: "required for a gmina to be eligible".to_owned(),
            };
            want(&required.variable, required.year, "", meaning);
        }
    }
    let years: Vec<(String, Year)> = columns.iter().map(|c| (c.variable.clone(), c.year)).collect();
    for column in &mut columns {
        if years.iter().any(|(v, y)| *v == column.variable && *y != column.year) {
            column.header = format!("{}@{}", column.variable, column.year);
        }
    }
    columns
}

fn template(columns: &[WantedColumn], gminas: &BTreeMap<Teryt, String>) -> String {
    let mut text = String::from("teryt,name");
    for column in columns {
        text.push(',');
        text.push_str(&field(&column.header));
    }
    text.push('\n');
    let empty = ",".repeat(columns.len());
    for (code, name) in gminas {
        text.push_str(&format!("{code},{}{empty}\n", field(name)));
    }
    text
}

/// A field of a CSV file, quoted where RFC 4180 asks for it.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

impl fmt::Display for MissingTable {
    /// One paragraph in English for an error message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table '{}' is not supplied; it needs ", self.table)?;
        for (i, column) in self.columns.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            let unit = if column.unit.is_empty() { "any unit" } else { &column.unit };
            write!(
                f,
                "{separator}column {} ({}, {}, {unit})",
                column.header, column.meaning.en, column.year
            )?;
        }
        write!(f, " for {} gminas: ", self.gminas.len())?;
        for (i, (stratum, supply)) in self.strata.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{stratum} {} (quota {})", supply.eligible, supply.quota)?;
        }
        f.write_str("; fill in the template and pass it with --table")
    }
}
