use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::error::{check, check_rates};
use super::{LeslieAnalysis, StablePopulationError};
use crate::demography::cohort_component::Interval;

/// One step of the projection of one sex without migration, as a matrix.
///
/// # Formula
/// With `n` the years of a step, `S` survival ratios, `f` annual fertility rates and `r` boys per girl:
///
/// ```text
/// first row       B(a) = n S(birth) / (1 + r) (f(a) + S(a) f(a+1)) / 2      open: f(open) for f(a+1)
/// below diagonal  S(a)          last cell  S(open)
/// ```
///
/// `P' = L P` is the step of [`project`] for females with migration zero.
///
/// # Reference
/// Leslie (1945), *On the use of matrices in certain population mathematics*; Keyfitz and Caswell (2005),
/// *Applied mathematical demography*, chapters 3 and 7; Preston, Heuveline, Guillot (2001), chapter 6.
///
/// ```
/// use diagnoza_core::demography::cohort_component::Interval;
/// use diagnoza_core::demography::stable_population::{LeslieMatrix, OldestMothers};
/// // Two ages, nobody dies in the first: every woman has one daughter a year while she is 1.
/// let leslie = LeslieMatrix::new(&[1.0, 1.0, 0.0], &[0.0, 2.0], 1.0, Interval::One, OldestMothers::Survivors)?;
/// assert_eq!(leslie.matrix()[[0, 1]], 0.5);
/// assert!((leslie.analyse()?.net_reproduction_rate - 1.0).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::demography::stable_population::StablePopulationError>(())
/// ```
///
/// [`project`]: crate::demography::cohort_component::project
#[doc(alias = "macierz Lesliego")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeslieMatrix {
    births: Vec<f64>,
    survival: Vec<f64>,
    open: f64,
    interval: Interval,
}

/// The births of the oldest mothers, whose next age has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldestMothers {
    /// As at every age: half of the step at their own rate, half at the next age's, which is zero.
    #[default]
    Survivors,
    /// `f / (1 + r)` in the column of the last fertile age, as the R package demogR has it.
    BareRate,
}

impl LeslieMatrix {
    /// The matrix of survival ratios `(A+1)`, birth first, and annual fertility rates `(A)`.
    ///
    /// `srb` is boys per girl; rates that count daughters alone do not go here but into [`Self::from_matrix`].
    ///
    /// # Errors
    /// [`StablePopulationError::Length`] and [`StablePopulationError::Value`].
    pub fn new(
        survival: &[f64],
        asfr: &[f64],
        srb: f64,
        interval: Interval,
        oldest: OldestMothers,
    ) -> Result<Self, StablePopulationError> {
        check_rates(survival, asfr, srb)?;
        let (ages, scale) = (asfr.len(), interval.years() * survival[0] / (1.0 + srb));
        let mut births: Vec<f64> = (0..ages)
            .map(|age| {
                let next = asfr[(age + 1).min(ages - 1)];
                scale * (asfr[age] + survival[age + 1] * next) / 2.0
            })
            .collect();
        if oldest == OldestMothers::BareRate
            && let Some(last) = asfr.iter().rposition(|&rate| rate > 0.0)
        {
            births[last] = asfr[last] / (1.0 + srb);
        }
        Ok(Self { births, survival: survival[1..ages].to_vec(), open: survival[ages], interval })
    }

    /// A matrix made elsewhere: births in the first row, survival below the diagonal and in the last cell.
    ///
    /// # Errors
    /// [`StablePopulationError::NotSquare`], [`StablePopulationError::NotLeslie`] and
    /// [`StablePopulationError::Value`].
    pub fn from_matrix(
        matrix: ArrayView2<'_, f64>,
        interval: Interval,
    ) -> Result<Self, StablePopulationError> {
        let (rows, columns) = matrix.dim();
        if rows != columns || rows < 2 {
            return Err(StablePopulationError::NotSquare { rows, columns });
        }
        let ages = rows;
        let belongs = |row: usize, column: usize| {
            row == 0 || row == column + 1 || (row == ages - 1 && column == ages - 1)
        };
        if let Some(((row, column), &got)) = matrix
            .indexed_iter()
            .find(|&((row, column), &value)| !belongs(row, column) && value.abs() > 0.0 || value.is_nan())
        {
            return Err(StablePopulationError::NotLeslie { row, column, got });
        }
        let births = matrix.row(0).to_vec();
        let survival: Vec<f64> = (1..ages).map(|age| matrix[[age, age - 1]]).collect();
        let open = matrix[[ages - 1, ages - 1]];
        check("first row", &births, "zero or more births", |value| value.is_finite() && value >= 0.0)?;
        check("survival", &survival, "a share between 0 and 1", |ratio| (0.0..=1.0).contains(&ratio))?;
        check("last cell", &[open], "a share between 0 and 1", |ratio| (0.0..=1.0).contains(&ratio))?;
        Ok(Self { births, survival, open, interval })
    }

    /// The matrix `(A, A)`.
    #[must_use]
    pub fn matrix(&self) -> Array2<f64> {
        let ages = self.births.len();
        let mut matrix = Array2::zeros((ages, ages));
        for (age, &births) in self.births.iter().enumerate() {
            matrix[[0, age]] = births;
        }
        for (age, &ratio) in self.survival.iter().enumerate() {
            matrix[[age + 1, age]] = ratio;
        }
        matrix[[ages - 1, ages - 1]] = self.open;
        matrix
    }

    /// Daughters alive at the end of the step per woman of each age, `(A)`: the first row.
    #[must_use]
    pub fn births(&self) -> &[f64] {
        &self.births
    }

    /// Survival from each age to the next, `(A-1)`: below the diagonal.
    #[must_use]
    pub fn survival(&self) -> &[f64] {
        &self.survival
    }

    /// Survival within the open group: the last cell.
    #[must_use]
    pub const fn open(&self) -> f64 {
        self.open
    }

    /// Width of the age groups and length of a step.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// Growth, stable structure, reproductive values and sensitivities.
    ///
    /// # Errors
    /// [`StablePopulationError::NoBirths`] and [`StablePopulationError::OpenGroup`].
    pub fn analyse(&self) -> Result<LeslieAnalysis, StablePopulationError> {
        LeslieAnalysis::of(self)
    }
}
