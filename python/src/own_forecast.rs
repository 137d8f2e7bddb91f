use diagnoza_core::demography::backtest::Key;
use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::observation::Year;
use diagnoza_data::own::{self, Method};
use diagnoza_data::tables;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;

const KEYS: [(&str, Key); 4] =
    [("unit", Key::Area), ("jump_off", Key::JumpOff), ("year", Key::Year), ("horizon", Key::Horizon)];

/// Records, or errors summed up by keys, of past forecasts of the subregions of 28; see `diagnoza.backtest`.
#[pyfunction]
#[pyo3(signature = (jump_offs, years, methods, settings, *, by = None))]
pub(crate) fn backtest(
    py: Python<'_>,
    jump_offs: Vec<i64>,
    years: Option<Vec<i64>>,
    methods: Vec<String>,
    settings: &str,
    by: Option<Vec<String>>,
) -> Result<Table, Fault> {
    let all = |years: Vec<i64>| years.into_iter().map(Year::new).collect::<Result<Vec<_>, _>>();
    let (jump_offs, years) = (all(jump_offs)?, years.map(all).transpose()?);
    let methods = words("methods", &methods, &Method::WORDS)?;
    let by = by.map(|by| words("by", &by, &KEYS)).transpose()?;
    let settings: ForecastSettings =
        serde_json::from_str(settings).map_err(|error| Fault::input(format!("settings: {error}")))?;
    let mut found = py.detach(|| own::backtest(&jump_offs, &methods, &settings))?;
    found.records.retain(|row| years.as_ref().is_none_or(|years| years.contains(&row.year)));
    if found.records.is_empty() {
        return Err(Fault::input("backtest: none of the years asked for was observed after a jump-off"));
    }
    let frame = py.detach(|| match by {
        None => tables::backtest_records(&found),
        Some(keys) => tables::backtest_summary(&found, &keys),
    })?;
    Ok(frame.into())
}

fn words<T: Copy>(option: &str, got: &[String], allowed: &[(&str, T)]) -> Result<Vec<T>, Fault> {
    let names: Vec<&str> = allowed.iter().map(|(word, _)| *word).collect();
    got.iter()
        .map(|word| {
            let found = allowed.iter().find(|(allowed, _)| allowed == word);
            found.map(|(_, value)| *value).ok_or_else(|| Fault::word(option, word, &names))
        })
        .collect()
}
