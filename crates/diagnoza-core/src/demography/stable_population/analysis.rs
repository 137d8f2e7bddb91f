use nalgebra::{DMatrix, Schur};
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::{LeslieMatrix, StablePopulationError};
use crate::demography::cohort_component::Interval;
use crate::demography::root;

/// What a Leslie matrix leads to if it stays as it is.
///
/// # Formula
/// With `B` the first row, `l(a)` the product of the survival ratios up to age `a` (`l(0) = 1`) and `S` the
/// ratio of the open group:
///
/// ```text
/// growth      1 = sum_a B(a) l(a) lambda^-(a+1)       open: l(a) lambda^-(a+1) / (1 - S / lambda)
/// structure   w(a) ~ l(a) lambda^-a                   reproductive value  v L = lambda v, v(0) = 1
/// sensitivity d lambda / d L(i,j) = v(i) w(j) / (v w) elasticity  L(i,j) / lambda x sensitivity
/// ```
///
/// # Reference
/// Caswell (2001), *Matrix population models*, chapters 4 and 9; Goodman, Keyfitz, Pullum (1974).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeslieAnalysis {
    /// Dominant eigenvalue `lambda`: growth in one step.
    pub growth_rate: f64,
    /// Intrinsic growth rate `ln(lambda) / n`, per year.
    #[doc(alias = "współczynnik Lotki")]
    pub r: f64,
    /// Shares of the age groups, `(A)`, of sum 1.
    #[doc(alias = "ludność ustabilizowana")]
    pub stable_age_distribution: Array1<f64>,
    /// Reproductive value of a woman of each age, `(A)`, relative to the youngest.
    pub reproductive_value: Array1<f64>,
    /// Change of `lambda` with every entry that is not zero, `(A, A)`; zero elsewhere.
    pub sensitivities: Array2<f64>,
    /// Relative change of `lambda` with a relative change of every entry, `(A, A)`, of sum 1.
    pub elasticities: Array2<f64>,
    /// `lambda` over the modulus of the second eigenvalue; `None` where all others are zero.
    pub damping_ratio: Option<f64>,
    /// Daughters who replace a woman, `R0 = sum B(a) l(a)`.
    #[doc(alias = "współczynnik reprodukcji netto")]
    pub net_reproduction_rate: f64,
    /// Years in which the population grows by `R0`: `ln R0 / r`.
    pub generation_length: f64,
    /// Mean age of mothers in the stable population in years, as one over the elasticities of births.
    pub generation_time: f64,
    /// Width of the age groups and length of a step.
    pub interval: Interval,
}

impl LeslieAnalysis {
    pub(super) fn of(leslie: &LeslieMatrix) -> Result<Self, StablePopulationError> {
        let (births, open, ages) = (leslie.births(), leslie.open(), leslie.births().len());
        let mut reached = vec![1.0; ages]; // l(a)
        for (age, ratio) in leslie.survival().iter().enumerate() {
            reached[age + 1] = reached[age] * ratio;
        }
        let net: Vec<f64> = births.iter().zip(&reached).map(|(births, alive)| births * alive).collect();
        if net.iter().all(|&daughters| daughters <= 0.0) {
            return Err(StablePopulationError::NoBirths);
        }
        let growth = growth(&net, open)?;

        let mut structure: Vec<f64> = Vec::with_capacity(ages);
        let mut discount = 1.0;
        for &alive in &reached {
            structure.push(alive * discount);
            discount /= growth;
        }
        let last = growth / (growth - open);
        structure[ages - 1] *= last;

        // From the oldest to the youngest: her own births of the step and the value she has after it.
        let mut value = vec![0.0; ages];
        value[ages - 1] = births[ages - 1] / (growth - open);
        for age in (0..ages - 1).rev() {
            value[age] = (births[age] + leslie.survival()[age] * value[age + 1]) / growth;
        }
        let (newborn, people): (f64, f64) = (value[0], structure.iter().sum());
        value.iter_mut().for_each(|value| *value /= newborn);
        structure.iter_mut().for_each(|share| *share /= people);

        let product: f64 = value.iter().zip(&structure).map(|(v, w)| v * w).sum();
        let matrix = leslie.matrix();
        let sensitivities = Array2::from_shape_fn((ages, ages), |(i, j)| {
            if matrix[[i, j]] > 0.0 { value[i] * structure[j] / product } else { 0.0 }
        });
        let elasticities = &sensitivities * &matrix / growth;

        let years = leslie.interval().years();
        let r = growth.ln() / years;
        let oldest = if net[ages - 1] > 0.0 { net[ages - 1] / (1.0 - open) } else { 0.0 };
        let net_reproduction_rate = net[..ages - 1].iter().sum::<f64>() + oldest;
        let generation_time = years / elasticities.row(0).sum();
        // In a stationary population both lengths are the same.
        let generation_length = if r.abs() < 1e-9 { generation_time } else { net_reproduction_rate.ln() / r };
        Ok(Self {
            growth_rate: growth,
            r,
            stable_age_distribution: Array1::from(structure),
            reproductive_value: Array1::from(value),
            sensitivities,
            elasticities,
            damping_ratio: damping_ratio(leslie, growth),
            net_reproduction_rate,
            generation_length,
            generation_time,
            interval: leslie.interval(),
        })
    }
}

/// The growth `lambda` of births that the net births of each age give.
fn growth(net: &[f64], open: f64) -> Result<f64, StablePopulationError> {
    let (closed, oldest) = net.split_at(net.len() - 1);
    // ln of the sum falls without a break as ln lambda rises: one root.
    let excess = |log: f64| {
        let step = (-log).exp();
        let mut discount = 1.0;
        let mut sum = 0.0;
        for &births in closed {
            discount *= step;
            if births > 0.0 {
                sum += births * discount;
            }
        }
        let stays = 1.0 - open * step;
        if oldest[0] > 0.0 {
            if stays <= 0.0 {
                return f64::INFINITY;
            }
            sum += oldest[0] * discount * step / stays;
        }
        sum.ln()
    };
    // The root lies between all births in the first step and births for ever at the last age.
    let total: f64 = net.iter().sum();
    let (low, high) = (total.ln().min(0.0) - 1e-9, total.ln_1p() + 1e-9);
    let log = root::find(excess, low, high, 1e-15).ok_or(StablePopulationError::NoBirths)?;
    let growth = log.exp();
    // Without deaths mothers at the open age would have infinitely many daughters.
    if open >= growth || (open >= 1.0 && oldest[0] > 0.0) {
        return Err(StablePopulationError::OpenGroup { open, growth });
    }
    Ok(growth)
}

/// `lambda` over the second largest modulus; `None` where that is zero or cannot be found.
fn damping_ratio(leslie: &LeslieMatrix, growth: f64) -> Option<f64> {
    let matrix = leslie.matrix();
    let ages = matrix.nrows();
    // Ages after the last mothers only add zeros and the ratio of the open group.
    let last = leslie.births().iter().rposition(|&births| births > 0.0)?;
    let dense = DMatrix::from_fn(last + 1, last + 1, |i, j| matrix[[i, j]]);
    let schur = Schur::try_new(dense, f64::EPSILON, 10_000)?;
    let mut moduli: Vec<f64> = schur.complex_eigenvalues().iter().map(|value| value.norm()).collect();
    moduli.sort_by(|a, b| b.total_cmp(a));
    let beyond = if last + 1 < ages { leslie.open() } else { 0.0 };
    let second = moduli.get(1).copied().unwrap_or(0.0).max(beyond);
    (second > f64::EPSILON * growth).then(|| growth / second)
}
