use std::str;

use diagnoza_core::observation::{Source, sha256};
use diagnoza_core::resources::need::{
    CarryRule, NeedRates, RateRow, RatesSpec, Supply, SupplyRow, SupplySpec,
};
use diagnoza_core::territory::UnitId;
use polars::prelude::DataFrame;

use super::NeedsError;
use crate::official::gazetteer;
use crate::readers::Limits;
use crate::readers::tidy::{self, Column, Kind, Schema};
use crate::selection::UserTable;

/// Rates of need from a file, TOML by its name, else CSV or Parquet, with their source (file and hash).
///
/// ```
/// use diagnoza_data::needs::read_rates;
/// use diagnoza_data::selection::UserTable;
/// let table = UserTable {
///     name: "rates.csv".into(),
///     bytes: b"service,unit,sex,ages,rate,year,source\ncare,persons_per_person,T,0+,0.1,2024,invented\n".to_vec(),
///     options: Default::default(),
/// };
/// let (rates, source) = read_rates(&table)?;
/// assert_eq!((rates.services().len(), source.title.as_str()), (1, "rates.csv"));
/// # Ok::<(), diagnoza_data::needs::NeedsError>(())
/// ```
///
/// # Errors
/// [`NeedsError`] with every fault by row and column.
pub fn read_rates(table: &UserTable) -> Result<(NeedRates, Source), NeedsError> {
    let (spec, source) = if is_toml(table) {
        (RatesSpec::from_toml(&table.name, text(table)?)?, source(table))
    } else {
        let texts = ["service", "name_pl", "name_en", "unit", "sex", "ages", "basis", "source", "other_ages"];
        let read = tidy::read(&table.name, &table.bytes, &schema(&texts, &["rate"]), &table.options)?;
        let rows = Rows(&read.frame);
        let row = |i| RateRow {
            service: rows.text("service", i),
            name_pl: rows.text("name_pl", i),
            name_en: rows.text("name_en", i),
            unit: rows.text("unit", i),
            sex: rows.text("sex", i),
            ages: rows.text("ages", i),
            rate: rows.number("rate", i),
            year: rows.year(i),
            basis: rows.text("basis", i),
            source: rows.text("source", i),
            other_ages: rows.text("other_ages", i),
        };
        (RatesSpec::from_table((0..read.frame.height()).map(row).collect()), source(table))
    };
    Ok((spec.check(&table.name)?, source))
}

/// Supply from a file, TOML by its name, else CSV or Parquet, checked against the services that have rates and the
/// register, with its source (file and hash).
///
/// # Errors
/// [`NeedsError`] with every fault by row and column.
pub fn read_supply(
    table: &UserTable,
    rates: &NeedRates,
    rule: CarryRule,
) -> Result<(Supply, Source), NeedsError> {
    let mut spec = if is_toml(table) {
        SupplySpec::from_toml(&table.name, text(table)?)?
    } else {
        let texts =
            ["unit", "service", "measure", "kind", "missing", "conversion", "factor_source", "source"];
        let read =
            tidy::read(&table.name, &table.bytes, &schema(&texts, &["value", "factor"]), &table.options)?;
        let rows = Rows(&read.frame);
        let row = |i| SupplyRow {
            unit: rows.text("unit", i),
            service: rows.text("service", i),
            measure: rows.text("measure", i),
            year: rows.year(i),
            kind: rows.text("kind", i),
            value: rows.number("value", i),
            // A word for a missing value may stand in the column of the value as well.
            missing: Some(rows.text("missing", i))
                .filter(|word| !word.is_empty())
                .unwrap_or_else(|| rows.text("value_missing", i)),
            conversion: rows.text("conversion", i),
            factor: rows.number("factor", i),
            factor_source: rows.text("factor_source", i),
            source: rows.text("source", i),
        };
        SupplySpec::from_table((0..read.frame.height()).map(row).collect())
    };
    let register = gazetteer()?;
    // Units as the register writes them, so that 2817082 and 2817083 are one gmina.
    for (index, row) in spec.supply.iter_mut().enumerate() {
        if let Ok(unit) = row.unit.parse::<UnitId>() {
            let place = spec.counting.place(index);
            let unit = register.resolve(unit).map_err(|source| NeedsError::Unit {
                file: table.name.clone(),
                place,
                source,
            })?;
            row.unit = unit.to_string();
        }
    }
    Ok((spec.check(&table.name, rates, rule)?, source(table)))
}

fn is_toml(table: &UserTable) -> bool {
    table.name.to_lowercase().ends_with(".toml")
}

fn text(table: &UserTable) -> Result<&str, NeedsError> {
    Limits::default().check_file(&table.name, &table.bytes)?;
    str::from_utf8(&table.bytes)
        .map(|text| text.trim_start_matches('\u{feff}'))
        .map_err(|error| NeedsError::NotUtf8 { file: table.name.clone(), byte: error.valid_up_to() })
}

fn source(table: &UserTable) -> Source {
    Source {
        publisher: "user".to_owned(),
        title: table.name.clone(),
        date: "not stated".to_owned(),
        sha256: sha256(&table.bytes),
    }
}

/// Nothing is required here: what a row lacks is said by the check of its content, all at once.
fn schema(texts: &[&str], numbers: &[&str]) -> Schema {
    let column = |name: &&str, kind| Column { name: (*name).to_owned(), kind, required: false };
    let number = Kind::Number { min: None, max: None, nullable: true };
    let columns = texts
        .iter()
        .map(|name| column(name, Kind::Text))
        .chain(numbers.iter().map(|name| column(name, number.clone())))
        .chain([column(&"year", Kind::Year)]);
    Schema { columns: columns.collect(), key: Vec::new() }
}

/// Cells of a table that fits its schema; empty where there is none.
struct Rows<'f>(&'f DataFrame);

impl Rows<'_> {
    fn text(&self, column: &str, row: usize) -> String {
        let column = self.0.column(column).ok().and_then(|column| column.str().ok());
        column.and_then(|texts| texts.get(row)).unwrap_or_default().to_owned()
    }

    fn number(&self, column: &str, row: usize) -> Option<f64> {
        self.0.column(column).ok()?.f64().ok()?.get(row)
    }

    fn year(&self, row: usize) -> Option<i64> {
        self.0.column("year").ok()?.i32().ok()?.get(row).map(i64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::Decimal;
    use crate::readers::tidy::TidyOptions;

    fn table(name: &str, text: &str) -> UserTable {
        UserTable {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
            options: TidyOptions { decimal: Decimal::Comma, ..TidyOptions::default() },
        }
    }

    const RATES: &str =
        "service;unit;sex;ages;rate;year;source\ncare;persons_per_person;T;0+;0,1;2024;synthetic\n";

    #[test]
    fn a_table_and_a_toml_file_give_the_same_rates() {
        let (from_csv, source) = read_rates(&table("r.csv", RATES)).unwrap();
        assert_eq!(source.sha256.len(), 64);
        let toml = "format = \"diagnoza-need-rates/1\"\n[[rate]]\nservice = \"care\"\nunit = \"persons_per_person\"\n\
                    sex = \"T\"\nages = \"0+\"\nrate = 0.1\nyear = 2024\nsource = \"synthetic\"\n";
        assert_eq!(read_rates(&table("r.toml", toml)).unwrap().0, from_csv);
    }

    #[test]
    fn the_templates_read_as_tables() {
        let point = TidyOptions::default();
        let bytes = |text: &str| text.as_bytes().to_vec();
        let rates = UserTable {
            name: "need_rates.csv".to_owned(),
            bytes: bytes(diagnoza_core::resources::need::RATES_CSV),
            options: point.clone(),
        };
        let error = read_rates(&rates).unwrap_err().to_string();
        assert!(error.contains("36 faults") && error.contains("row 2, rate: empty"), "{error}");
        let supply = UserTable {
            name: "supply.csv".to_owned(),
            bytes: bytes(diagnoza_core::resources::need::SUPPLY_CSV),
            options: point,
        };
        let rates = read_rates(&table("r.csv", RATES)).unwrap().0;
        let error = read_supply(&supply, &rates, CarryRule::Constant).unwrap_err().to_string();
        assert!(error.contains("row 2, unit: empty") && error.contains("row 4, unit: empty"), "{error}");
    }

    #[test]
    fn units_are_those_of_the_register() {
        let rates = read_rates(&table("r.csv", RATES)).unwrap().0;
        let rows = |unit: &str| {
            table(
                "s.csv",
                &format!(
                    "unit;service;measure;year;value;conversion;factor;factor_source;source\n\
                     {unit};care;places;2023;10,5;persons_per_place;2;synthetic;synthetic\n"
                ),
            )
        };
        let (supply, _) = read_supply(&rows("2817082"), &rates, CarryRule::Constant).unwrap();
        assert!(supply.given("2817083".parse().unwrap(), "care").is_some());
        let error = read_supply(&rows("2899"), &rates, CarryRule::Constant).unwrap_err().to_string();
        assert!(error.starts_with("s.csv, row 2, unit: "), "{error}");
    }
}
