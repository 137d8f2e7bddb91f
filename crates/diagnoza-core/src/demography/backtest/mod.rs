//! Forecasts against what happened: naive baselines ([`no_change`], [`constant_rates`], [`HamiltonPerry`],
//! [`trend`]), rolling jump-offs ([`rolling`]), errors ([`forecast_errors`]) and the quality of intervals
//! ([`interval_quality`]).

mod baseline_error;
mod baselines;
mod errors;
mod hamilton_perry;
mod history;
mod interval;
mod rolling;
mod summary;

pub use baseline_error::BaselineError;
pub use baselines::{Trend, constant_rates, no_change, trend};
pub use errors::{ForecastErrors, MeasureError, ZeroObserved, forecast_errors};
pub use hamilton_perry::{CappedRatio, EmptyCohort, FittedHamiltonPerry, HamiltonPerry};
pub use history::{History, HistoryError};
pub use interval::{IntervalQuality, interval_quality};
pub use rolling::{Backtest, BacktestError, BacktestRecord, Plan, STANDARD_GROUPS, rolling};
pub use summary::{Key, Summary, SummaryError};
