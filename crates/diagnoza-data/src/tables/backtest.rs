use diagnoza_core::demography::AgeRange;
use diagnoza_core::demography::backtest::{Backtest, Key};
use polars::prelude::DataFrame;

use super::frame::{column, frame, persons};
use crate::error::FigureError;
use crate::official::gazetteer;

/// Forecasts beside what happened, one row per unit, jump-off, year, ages and method.
///
/// Columns: `unit`, `name`, `jump_off`, `year`, `ages` (`0+`, `15-64`, ...), `method`, `forecast` and `observed`
/// (persons), `error` (forecast less observed, per cent of observed).
///
/// # Errors
/// [`FigureError::Unit`] for a unit the register does not have.
pub fn backtest_records(backtest: &Backtest) -> Result<DataFrame, FigureError> {
    let register = gazetteer()?;
    let rows = &backtest.records;
    let names = rows.iter().map(|row| register.name(row.area)).collect::<Result<Vec<_>, _>>()?;
    frame(
        rows.len(),
        vec![
            column("unit", rows.iter().map(|row| row.area.to_string()).collect::<Vec<_>>()),
            column("name", names),
            column("jump_off", rows.iter().map(|row| i32::from(row.jump_off.get())).collect::<Vec<_>>()),
            column("year", rows.iter().map(|row| i32::from(row.year.get())).collect::<Vec<_>>()),
            column("ages", rows.iter().map(|row| row.ages.to_string()).collect::<Vec<_>>()),
            column("method", rows.iter().map(|row| row.method.as_str()).collect::<Vec<_>>()),
            column("forecast", rows.iter().map(|row| persons(row.forecast)).collect::<Vec<_>>()),
            column("observed", rows.iter().map(|row| persons(row.observed)).collect::<Vec<_>>()),
            column(
                "error",
                rows.iter()
                    .map(|row| {
                        (row.observed > 0.0).then(|| 100.0 * (row.forecast - row.observed) / row.observed)
                    })
                    .collect::<Vec<_>>(),
            ),
        ],
    )
}

/// Errors of the methods by ages, and by more keys if wanted.
///
/// Columns: `method`, `ages`, then `unit`, `jump_off`, `year` or `horizon` as asked for; `count`; `mpe` and `mape`
/// (mean and mean absolute error, per cent), `wape` (all absolute errors over all observed, per cent), `me` and `rmse`
/// (persons).
///
/// # Errors
/// [`FigureError::Summary`] when groups that share people would be pooled.
pub fn backtest_summary(backtest: &Backtest, keys: &[Key]) -> Result<DataFrame, FigureError> {
    let keys: Vec<Key> = std::iter::once(Key::Ages).chain(keys.iter().copied()).collect();
    let rows = backtest.summary(&keys)?;
    let mut columns = vec![
        column("method", rows.iter().map(|row| row.method.as_str()).collect::<Vec<_>>()),
        column(
            "ages",
            rows.iter()
                .map(|row| row.ages.map_or("0+".to_owned(), |a: AgeRange| a.to_string()))
                .collect::<Vec<_>>(),
        ),
    ];
    for key in &keys {
        columns.extend(match key {
            Key::Area => Some(column(
                "unit",
                rows.iter().map(|row| row.area.map(|unit| unit.to_string())).collect::<Vec<_>>(),
            )),
            Key::JumpOff => Some(column(
                "jump_off",
                rows.iter().map(|row| row.jump_off.map(|y| i32::from(y.get()))).collect::<Vec<_>>(),
            )),
            Key::Year => Some(column(
                "year",
                rows.iter().map(|row| row.year.map(|y| i32::from(y.get()))).collect::<Vec<_>>(),
            )),
            Key::Horizon => {
                Some(column("horizon", rows.iter().map(|row| row.horizon.map(i32::from)).collect::<Vec<_>>()))
            }
            _ => None,
        });
    }
    columns.extend([
        column("count", rows.iter().map(|row| row.errors.count as i32).collect::<Vec<_>>()),
        column("mpe", rows.iter().map(|row| row.errors.mpe).collect::<Vec<_>>()),
        column("mape", rows.iter().map(|row| row.errors.mape).collect::<Vec<_>>()),
        column("wape", rows.iter().map(|row| row.errors.wape).collect::<Vec<_>>()),
        column("me", rows.iter().map(|row| row.errors.me).collect::<Vec<_>>()),
        column("rmse", rows.iter().map(|row| row.errors.rmse).collect::<Vec<_>>()),
    ]);
    frame(rows.len(), columns)
}
