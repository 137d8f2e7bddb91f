use serde::{Deserialize, Serialize};

use super::TrajectoryError;
use crate::demography::mortality_model::Draws;

/// A deviation from the central forecast over the years.
///
/// # Formula
/// `X(h) = level + drift h + y(h)`, `y(h) = persistence y(h-1) + e(h)`, `y(0) = 0`; `e(h) ~ N(0, sd^2)` a year, `level
/// ~ N(0, level_sd^2)` and `drift ~ N(0, drift_sd^2)` once a path. The unit is that of the component: `ln TFR`, `ln m`,
/// or net migrants per person and year.
///
/// ```
/// use diagnoza_core::demography::trajectory::Process;
/// let walk = Process::random_walk(0.04);
/// assert!((walk.standard_deviation(25) - 0.2).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Standard deviation of the level, drawn once.
    #[serde(default)]
    pub level_sd: f64,
    /// Standard deviation of the drift per year, drawn once.
    #[serde(default)]
    pub drift_sd: f64,
    /// Standard deviation of a year's innovation.
    #[serde(default)]
    pub sd: f64,
    /// Share of a year's deviation that stays in the next: 1 a random walk, 0 independent years.
    #[serde(default)]
    #[doc(alias = "autokorelacja")]
    pub persistence: f64,
}

impl Process {
    /// No deviation at all.
    pub const NONE: Self = Self { level_sd: 0.0, drift_sd: 0.0, sd: 0.0, persistence: 0.0 };

    /// A random walk without drift.
    #[must_use]
    pub const fn random_walk(sd: f64) -> Self {
        Self { sd, persistence: 1.0, ..Self::NONE }
    }

    /// Standard deviation of the process after so many years.
    #[must_use]
    pub fn standard_deviation(&self, years: usize) -> f64 {
        let kept = (0..years).fold(0.0, |sum, _| sum * self.persistence * self.persistence + 1.0);
        let drift = years as f64 * self.drift_sd;
        (self.level_sd * self.level_sd + drift * drift + self.sd * self.sd * kept).sqrt()
    }

    /// Whether it never deviates.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.level_sd <= 0.0 && self.drift_sd <= 0.0 && self.sd <= 0.0
    }

    /// Adds one path to `deviations`, a value a year.
    pub(super) fn add_path(&self, draws: &mut Draws, deviations: &mut [f64]) {
        if self.is_none() {
            return;
        }
        let level = self.level_sd * draws.normal();
        let drift = self.drift_sd * draws.normal();
        let mut kept = 0.0;
        for (year, deviation) in deviations.iter_mut().enumerate() {
            kept = self.persistence * kept + self.sd * draws.normal();
            *deviation += level + drift * (year + 1) as f64 + kept;
        }
    }

    /// Refuses what is no standard deviation, or one above `most`.
    pub(super) fn check(&self, name: &str, most: f64) -> Result<(), TrajectoryError> {
        for (field, got) in [("level_sd", self.level_sd), ("drift_sd", self.drift_sd), ("sd", self.sd)] {
            if !(0.0..=most).contains(&got) {
                let expected = format!("a standard deviation from 0 to {most}");
                return Err(TrajectoryError::Parameter { name: format!("{name}.{field}"), got, expected });
            }
        }
        if !(0.0..=1.0).contains(&self.persistence) {
            let expected = "a share from 0 (independent years) to 1 (random walk)".to_owned();
            let name = format!("{name}.persistence");
            return Err(TrajectoryError::Parameter { name, got: self.persistence, expected });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_spread_as_the_formula_says() {
        for process in [
            Process::random_walk(0.3),
            Process { level_sd: 0.5, drift_sd: 0.05, sd: 0.4, persistence: 0.6 },
            Process { level_sd: 0.2, ..Process::NONE },
        ] {
            let ends: Vec<f64> = (0..6_000)
                .map(|path| {
                    let mut deviations = vec![0.0; 12];
                    process.add_path(&mut Draws::new(5, "a test", path), &mut deviations);
                    deviations[11]
                })
                .collect();
            let mean = ends.iter().sum::<f64>() / ends.len() as f64;
            let sd = (ends.iter().map(|end| (end - mean).powi(2)).sum::<f64>() / ends.len() as f64).sqrt();
            let expected = process.standard_deviation(12);
            assert!(mean.abs() < 4.0 * expected / 6_000.0_f64.sqrt(), "{mean}");
            assert!((sd / expected - 1.0).abs() < 0.04, "{sd} {expected}");
        }
    }

    #[test]
    fn hostile_parameters_are_refused_by_name() {
        for bad in [-0.1, f64::NAN, f64::INFINITY, 2.0] {
            let error = Process::random_walk(bad).check("fertility.common", 1.0).unwrap_err();
            assert!(error.to_string().contains("fertility.common.sd"), "{error}");
            let process = Process { persistence: bad, ..Process::NONE };
            assert!(process.check("migration.area", 1.0).is_err());
        }
        assert!(Process::random_walk(0.04).check("fertility.common", 1.0).is_ok());
    }
}
