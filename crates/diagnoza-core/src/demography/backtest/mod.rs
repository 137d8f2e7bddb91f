//! Forecasts against what happened.
