use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::{Process, TrajectoryError};

/// One component's deviations: of all areas together, of a group of areas, of each area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Of all areas together.
    pub common: Process,
    /// Of a group, such as a subregion, beyond the common.
    pub group: Process,
    /// Of an area, such as a powiat, beyond its group.
    pub area: Process,
}

/// Deviation of the time index of a Lee-Carter model, by sex, and how ages follow it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MortalityIndex {
    /// Standard deviation of a year's innovation, females.
    pub innovation_sd_f: f64,
    /// Standard deviation of a year's innovation, males.
    pub innovation_sd_m: f64,
    /// Standard error of the drift, females.
    pub drift_sd_f: f64,
    /// Standard error of the drift, males.
    pub drift_sd_m: f64,
    /// Correlation of the sexes' innovations, and of their drifts.
    pub sex_correlation: f64,
    /// Change of `ln m` per unit of the index by sex, `(2, A+1)`: birth first, then age at the start of the year.
    pub loading: Array2<f64>,
}

/// Deviations of mortality: the country's index, and the level at all ages of the areas together, of groups, of areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MortalityUncertainty {
    /// The country's, common to all areas.
    pub index: MortalityIndex,
    /// Of all areas together against the country, `ln m` at all ages.
    pub common: Process,
    /// Of a group, `ln m` at all ages.
    pub group: Process,
    /// Of an area, `ln m` at all ages.
    pub area: Process,
}

/// Which components are uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Components {
    /// Fertility.
    pub fertility: bool,
    /// Mortality.
    pub mortality: bool,
    /// Migration.
    pub migration: bool,
}

impl Default for Components {
    fn default() -> Self {
        Self { fertility: true, mortality: true, migration: true }
    }
}

/// How uncertain a forecast is, unchecked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UncertaintySpec {
    /// Deviations of `ln TFR`.
    pub fertility: Levels,
    /// Deviations of mortality.
    pub mortality: MortalityUncertainty,
    /// Deviations of net migration per person and year.
    pub migration: Levels,
}

/// A checked [`UncertaintySpec`], with the components that are switched on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uncertainty {
    spec: UncertaintySpec,
    components: Components,
}

/// The largest standard deviation of a year in a logarithm: rates that change by a factor of 2.7.
const MOST_LOG: f64 = 1.0;

/// The largest standard deviation of net migration: a fifth of the people in a year.
const MOST_MIGRATION: f64 = 0.2;

impl UncertaintySpec {
    /// Checks the parameters for areas of `ages` ages; components that are switched off do not deviate.
    ///
    /// # Errors
    /// [`TrajectoryError::Parameter`] names it; [`TrajectoryError::Shape`] of the loading.
    pub fn check(self, components: Components, ages: usize) -> Result<Uncertainty, TrajectoryError> {
        for (name, levels, most) in
            [("fertility", &self.fertility, MOST_LOG), ("migration", &self.migration, MOST_MIGRATION)]
        {
            levels.common.check(&format!("{name}.common"), most)?;
            levels.group.check(&format!("{name}.group"), most)?;
            levels.area.check(&format!("{name}.area"), most)?;
        }
        self.mortality.common.check("mortality.common", MOST_LOG)?;
        self.mortality.group.check("mortality.group", MOST_LOG)?;
        self.mortality.area.check("mortality.area", MOST_LOG)?;
        let index = &self.mortality.index;
        if index.loading.dim() != (2, ages + 1) {
            return Err(TrajectoryError::Shape {
                what: "mortality.index.loading",
                got: index.loading.shape().to_vec(),
                expected: vec![2, ages + 1],
            });
        }
        let largest = index.loading.iter().fold(0.0_f64, |most, b| most.max(b.abs()));
        if let Some(&got) = index.loading.iter().find(|b| !b.is_finite()) {
            let (name, expected) = ("mortality.index.loading".to_owned(), "a number".to_owned());
            return Err(TrajectoryError::Parameter { name, got, expected });
        }
        let most = if largest > 0.0 { 10.0 * MOST_LOG / largest } else { f64::MAX };
        for (field, got) in [
            ("innovation_sd_f", index.innovation_sd_f),
            ("innovation_sd_m", index.innovation_sd_m),
            ("drift_sd_f", index.drift_sd_f),
            ("drift_sd_m", index.drift_sd_m),
        ] {
            if !(0.0..=most).contains(&got) {
                let expected = format!("a standard deviation from 0 to {most:.4}");
                return Err(TrajectoryError::Parameter {
                    name: format!("mortality.index.{field}"),
                    got,
                    expected,
                });
            }
        }
        let got = index.sex_correlation;
        if !(-1.0..=1.0).contains(&got) {
            let expected = "a correlation from -1 to 1".to_owned();
            let name = "mortality.index.sex_correlation".to_owned();
            return Err(TrajectoryError::Parameter { name, got, expected });
        }
        Ok(Uncertainty { spec: self, components })
    }
}

impl Uncertainty {
    /// The parameters, as they were checked.
    #[must_use]
    pub const fn spec(&self) -> &UncertaintySpec {
        &self.spec
    }

    /// The components that deviate.
    #[must_use]
    pub const fn components(&self) -> Components {
        self.components
    }

    pub(super) fn fertility(&self) -> Levels {
        if self.components.fertility { self.spec.fertility } else { Levels::default() }
    }

    pub(super) fn migration(&self) -> Levels {
        if self.components.migration { self.spec.migration } else { Levels::default() }
    }

    /// Mortality against the country's.
    pub(super) fn mortality(&self) -> Levels {
        let mortality = &self.spec.mortality;
        if self.components.mortality {
            Levels { common: mortality.common, group: mortality.group, area: mortality.area }
        } else {
            Levels::default()
        }
    }

    /// The country's index, where mortality deviates.
    pub(super) fn index(&self) -> Option<&MortalityIndex> {
        self.components.mortality.then_some(&self.spec.mortality.index)
    }
}

impl MortalityIndex {
    /// No deviation, for areas of so many ages.
    #[must_use]
    pub fn none(ages: usize) -> Self {
        Self {
            innovation_sd_f: 0.0,
            innovation_sd_m: 0.0,
            drift_sd_f: 0.0,
            drift_sd_m: 0.0,
            sex_correlation: 1.0,
            loading: Array2::zeros((2, ages + 1)),
        }
    }

    /// The deviation of each sex as a random walk whose drift is drawn once.
    pub(super) fn processes(&self) -> [Process; 2] {
        let of = |sd, drift_sd| Process { drift_sd, ..Process::random_walk(sd) };
        [of(self.innovation_sd_f, self.drift_sd_f), of(self.innovation_sd_m, self.drift_sd_m)]
    }

    /// Loadings of one sex.
    pub(super) fn of_sex(&self, sex: usize) -> Array1<f64> {
        self.loading.row(sex).to_owned()
    }
}
