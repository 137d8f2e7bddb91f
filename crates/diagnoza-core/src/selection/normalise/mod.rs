//! Criteria brought to one scale: clusterSim's eighteen [`Formula`]s, zero unitarisation, ranks, percentiles
//! and goalposts.
//!
//! Tables are alternatives (rows) x criteria (columns) of finite numbers. After [`normalise`] more is better in
//! every criterion.
//!
//! ```
//! use diagnoza_core::selection::normalise::{Constant, Normalisation, Orientation, normalise};
//! use ndarray::array;
//!
//! // Income per inhabitant, and unemployment, of three gminas; made up for the example.
//! let table = array![[900.0, 5.0], [1_000.0, 9.0], [1_100.0, 7.0]];
//! let directions = [Orientation::Stimulant, Orientation::Destimulant];
//! let found = normalise(table.view(), &directions, &Normalisation::ZeroUnitarisation, Constant::Refuse)?;
//! assert_eq!(found.values, array![[0.0, 1.0], [0.5, 0.0], [1.0, 0.5]]);
//! # Ok::<(), diagnoza_core::selection::normalise::MethodError>(())
//! ```

mod error;

mod orientation;

mod column;

mod formula;

mod zero_unitarisation;

mod rank;

mod goalposts;

use ndarray::{Array2, ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

pub use error::MethodError;
pub use formula::Formula;
pub use goalposts::Goalposts;
pub use orientation::{Orientation, Turning, orient};
pub use rank::Ties;

pub(crate) use column::SortedColumn;
pub(crate) use orientation::check_orientations;
pub(crate) use rank::{ascending_ranks, descending_ranks};

/// A way to bring criteria to one scale.
#[doc(alias = "normalizacja")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Normalisation {
    /// From 0 to 1 between the worst and the best present; see the formula of the module of that name.
    ZeroUnitarisation,
    /// Rank from the worst, 1, to the best.
    Rank {
        /// What equal values get.
        ties: Ties,
    },
    /// Share of the other alternatives behind, 0 to 1.
    Percentile {
        /// What equal values get.
        ties: Ties,
    },
    /// From 0 to 1 between fixed ends.
    Goalposts {
        /// Ends for each criterion.
        posts: Vec<Goalposts>,
        /// Whether values outside count as the nearer end.
        clip: bool,
    },
    /// One of clusterSim's formulas.
    #[serde(untagged)]
    Formula(Formula),
}

/// What a criterion counts as that is the same for every alternative, where the formula would divide by 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constant {
    /// 0 for every alternative.
    #[default]
    Zero,
    /// 0.5.
    Half,
    /// 1.
    One,
    /// An error that names the criterion.
    Refuse,
}

impl Constant {
    fn value(self, criterion: usize, value: f64) -> Result<f64, MethodError> {
        match self {
            Self::Zero => Ok(0.0),
            Self::Half => Ok(0.5),
            Self::One => Ok(1.0),
            Self::Refuse => Err(MethodError::Constant { criterion, value }),
        }
    }
}

/// Criteria on one scale, more is better, and how they came there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Normalised {
    /// Alternatives x criteria.
    pub values: Array2<f64>,
    /// The method.
    pub method: Normalisation,
    /// Direction of each criterion before.
    pub orientations: Vec<Orientation>,
    /// What a constant criterion counts as.
    pub constant: Constant,
    /// The criteria that are the same for every alternative.
    pub constants: Vec<usize>,
}

/// Brings every criterion to one scale on which more is better.
///
/// # Errors
/// [`MethodError`] names the criterion and, where one is to blame, the alternative.
pub fn normalise(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    method: &Normalisation,
    constant: Constant,
) -> Result<Normalised, MethodError> {
    let turning = match method {
        Normalisation::Formula(formula) => formula.turning(),
        _ => Turning::Difference,
    };
    let turned = orient(values, orientations, turning)?;
    if let Normalisation::Goalposts { posts, .. } = method {
        check_length("goalposts", posts.len(), values.ncols())?;
    }
    let mut result = Array2::zeros(values.dim());
    let mut constants = Vec::new();
    for (criterion, mut target) in result.columns_mut().into_iter().enumerate() {
        let (raw, more) = (values.column(criterion).to_vec(), turned.column(criterion).to_vec());
        let orientation = orientations[criterion];
        if SortedColumn::new(raw.iter().copied()).is_constant() {
            constants.push(criterion);
        }
        let column = match method {
            Normalisation::Formula(formula) => formula.normalised(&more, criterion, constant)?,
            Normalisation::ZeroUnitarisation => {
                zero_unitarisation::zero_unitarised(&raw, criterion, orientation, constant)?
            }
            Normalisation::Rank { ties } => ascending_ranks(&more, *ties),
            Normalisation::Percentile { .. } if raw.len() == 1 => vec![constant.value(criterion, raw[0])?],
            Normalisation::Percentile { ties } => rank::percentiles(&more, *ties),
            Normalisation::Goalposts { posts, clip } => {
                posts[criterion].normalised(&raw, criterion, orientation, *clip)?
            }
        };
        if column.iter().any(|z| !z.is_finite()) {
            return Err(MethodError::Magnitude { criterion });
        }
        // A sum with 0 makes -0 a 0, so that equal values have equal bits.
        target.assign(&(ArrayView1::from(&column).mapv(|z| z + 0.0)));
    }
    let (method, orientations) = (method.clone(), orientations.to_vec());
    Ok(Normalised { values: result, method, orientations, constant, constants })
}

/// At least one row and one column, all of finite numbers.
pub(crate) fn check_table(values: ArrayView2<'_, f64>) -> Result<(), MethodError> {
    let (alternatives, criteria) = values.dim();
    if values.is_empty() {
        return Err(MethodError::Empty { alternatives, criteria });
    }
    match values.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some(((alternative, criterion), &got)) => Err(MethodError::NotFinite { alternative, criterion, got }),
        None => Ok(()),
    }
}

pub(crate) fn check_length(what: &'static str, got: usize, expected: usize) -> Result<(), MethodError> {
    if got == expected { Ok(()) } else { Err(MethodError::Length { what, got, expected }) }
}

#[cfg(test)]
mod tests;
