//! Raking: iterative proportional fitting of a table to margins.
//!
//! # Formula
//! With `x` the table, `m_k` the margins and `sum_k` the sum over the axes that margin `k` does
//! not have, one iteration is, for every margin in turn,
//!
//! ```text
//! x <- x * m_k / sum_k(x)          factors_k <- factors_k * m_k / sum_k(x)
//! ```
//!
//! so that at the end `x = seed * factors_1 * factors_2 * ...`. Of all tables with these margins it is
//! the one nearest to the seed in relative entropy; zero cells stay zero and odds ratios are kept.
//!
//! # Reference
//! Deming, Stephan (1940), *Annals of Mathematical Statistics* 11: 427-444; Bishop, Fienberg, Holland (1975),
//! *Discrete Multivariate Analysis*, 3.5.

use ndarray::{ArrayD, ArrayViewD, Axis, Dimension, IxDyn};
use serde::{Deserialize, Serialize};

use super::RakeError;

/// Sums that a raked table has over all axes but some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Margin {
    /// Axes of the seed that the target has, in the target's order; none for the grand total.
    pub axes: Vec<usize>,
    /// Sums wanted, zero or more.
    pub target: ArrayD<f64>,
}

/// When to stop and what to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RakeOptions {
    /// Largest relative deviation of a sum from its target.
    pub tolerance: f64,
    /// Most iterations, each over all margins.
    pub max_iterations: usize,
    /// Largest relative difference between what two margins say of their shared total. Margins that
    /// differ cannot all be met: the table is taken when an iteration changes no cell by more than
    /// `tolerance`, the last margin holds, and `max_deviation` says how far off the others are.
    pub margin_tolerance: f64,
}

impl Default for RakeOptions {
    fn default() -> Self {
        Self { tolerance: 1e-12, max_iterations: 1_000, margin_tolerance: 1e-9 }
    }
}

/// A table with given margins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raked {
    /// The table, of the seed's shape.
    pub table: ArrayD<f64>,
    /// Iterations made.
    pub iterations: usize,
    /// Largest relative deviation of a sum from its target.
    pub max_deviation: f64,
    /// Factors on the seed, one array per margin and of its shape; 1 where there was nothing to scale.
    pub factors: Vec<ArrayD<f64>>,
    /// Settings used.
    pub options: RakeOptions,
}

/// A margin with its axes in the seed's order.
struct Sorted {
    axes: Vec<usize>,
    target: ArrayD<f64>,
}

/// A sum that is off.
struct Deviation {
    relative: f64,
    margin: usize,
    position: Vec<usize>,
    got: f64,
    target: f64,
}

/// Rakes a table of any number of axes to margins.
///
/// ```
/// use diagnoza_core::demography::reconcile::{Margin, RakeOptions, rake};
/// use ndarray::{arr1, arr2};
/// // Two gminas by sex: the powiat's sexes and the gminas' totals are known.
/// let seed = arr2(&[[40.0, 60.0], [30.0, 20.0]]).into_dyn();
/// let gminas = Margin { axes: vec![0], target: arr1(&[110.0, 55.0]).into_dyn() };
/// let sexes = Margin { axes: vec![1], target: arr1(&[80.0, 85.0]).into_dyn() };
/// let raked = rake(seed.view(), &[gminas, sexes], RakeOptions::default())?;
/// assert!((raked.table.sum() - 165.0).abs() < 1e-9 && raked.max_deviation <= 1e-12);
/// # Ok::<(), diagnoza_core::demography::reconcile::RakeError>(())
/// ```
///
/// # Errors
/// [`RakeError`]: shapes and values, margins that contradict each other, and targets that cannot be
/// reached, by margin and place.
#[doc(alias = "iterative proportional fitting")]
#[doc(alias = "IPF")]
#[doc(alias = "kalibracja do rozkładów brzegowych")]
pub fn rake(seed: ArrayViewD<'_, f64>, margins: &[Margin], options: RakeOptions) -> Result<Raked, RakeError> {
    check_options(options)?;
    check_seed(&seed)?;
    let sorted = margins
        .iter()
        .enumerate()
        .map(|(i, margin)| check_margin(i + 1, margin, seed.shape()))
        .collect::<Result<Vec<_>, _>>()?;
    if sorted.is_empty() {
        return Err(RakeError::NoMargin);
    }
    let discrepancy = check_agreement(&sorted, options.margin_tolerance)?;
    let mut table = seed.to_owned();
    let mut factors: Vec<_> = sorted.iter().map(|margin| ArrayD::ones(margin.target.raw_dim())).collect();
    for iteration in 1..=options.max_iterations {
        let before = (discrepancy > options.tolerance).then(|| table.clone());
        for (i, margin) in sorted.iter().enumerate() {
            let step = scaling(&table, margin, i + 1)?;
            table *= &spread(&step, &margin.axes, table.ndim());
            factors[i] *= &step;
        }
        let worst = worst_deviation(&table, &sorted);
        let settled = before.is_some_and(|before| {
            before.iter().zip(&table).all(|(&old, &new)| (new - old).abs() <= options.tolerance * old)
        });
        if worst.relative <= options.tolerance || settled {
            let factors = factors.into_iter().zip(margins).map(|(f, margin)| unsort(f, &margin.axes));
            return Ok(Raked {
                table,
                iterations: iteration,
                max_deviation: worst.relative,
                factors: factors.collect(),
                options,
            });
        }
    }
    let Deviation { margin, position, got, target, .. } = worst_deviation(&table, &sorted);
    Err(RakeError::NotConverged { iterations: options.max_iterations, margin, position, got, target })
}

fn check_options(options: RakeOptions) -> Result<(), RakeError> {
    for (option, got) in [("tolerance", options.tolerance), ("margin_tolerance", options.margin_tolerance)] {
        if !(got > 0.0 && got < 1.0) {
            return Err(RakeError::Option { option, got, expected: "a share above 0 and below 1" });
        }
    }
    if options.max_iterations == 0 {
        return Err(RakeError::Option { option: "max_iterations", got: 0.0, expected: "1 or more" });
    }
    Ok(())
}

fn check_seed(seed: &ArrayViewD<'_, f64>) -> Result<(), RakeError> {
    if seed.is_empty() {
        return Err(RakeError::Empty { shape: seed.shape().to_vec() });
    }
    match seed.indexed_iter().find(|(_, value)| !(value.is_finite() && **value >= 0.0)) {
        Some((position, &got)) => Err(RakeError::Seed { got, position: position.as_array_view().to_vec() }),
        None => Ok(()),
    }
}

/// The axes in rising order, and the target with its axes so.
fn check_margin(number: usize, margin: &Margin, shape: &[usize]) -> Result<Sorted, RakeError> {
    let (given, dimensions) = (&margin.axes, shape.len());
    let mut axes = given.clone();
    axes.sort_unstable();
    if axes.windows(2).any(|pair| pair[0] == pair[1]) || axes.last().is_some_and(|&axis| axis >= dimensions) {
        return Err(RakeError::Axes { margin: number, axes: given.clone(), dimensions });
    }
    let expected: Vec<usize> = given.iter().map(|&axis| shape[axis]).collect();
    if margin.target.shape() != expected {
        return Err(RakeError::Shape {
            margin: number,
            axes: given.clone(),
            got: margin.target.shape().to_vec(),
            expected,
        });
    }
    if let Some((position, &got)) =
        margin.target.indexed_iter().find(|(_, value)| !(value.is_finite() && **value >= 0.0))
    {
        return Err(RakeError::Target { margin: number, got, position: position.as_array_view().to_vec() });
    }
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_unstable_by_key(|&i| given[i]);
    Ok(Sorted { axes, target: margin.target.clone().permuted_axes(IxDyn(&order)) })
}

/// The array with its axes back in the order of `given`.
fn unsort(array: ArrayD<f64>, given: &[usize]) -> ArrayD<f64> {
    let place = |axis: &usize| given.iter().filter(|other| *other < axis).count();
    let order: Vec<usize> = given.iter().map(place).collect();
    array.permuted_axes(IxDyn(&order)).as_standard_layout().into_owned()
}

/// Refuses margins that contradict each other; returns the largest relative difference left.
fn check_agreement(margins: &[Sorted], tolerance: f64) -> Result<f64, RakeError> {
    let mut largest: f64 = 0.0;
    for (j, second) in margins.iter().enumerate() {
        for (i, first) in margins.iter().enumerate().take(j) {
            let axes: Vec<usize> =
                first.axes.iter().copied().filter(|axis| second.axes.contains(axis)).collect();
            let (ours, theirs) = (shared_totals(first, &axes), shared_totals(second, &axes));
            for ((position, &first_total), &second_total) in ours.indexed_iter().zip(&theirs) {
                let difference = first_total - second_total;
                let scale = first_total.max(second_total);
                if difference.abs() > tolerance * scale {
                    let position = position.as_array_view().to_vec();
                    return Err(RakeError::Inconsistent {
                        first: i + 1,
                        second: j + 1,
                        axes,
                        position,
                        first_total,
                        second_total,
                        difference,
                    });
                }
                if scale > 0.0 {
                    largest = largest.max(difference.abs() / scale);
                }
            }
        }
    }
    Ok(largest)
}

/// The margin's target summed to `axes`, which it has.
fn shared_totals(margin: &Sorted, axes: &[usize]) -> ArrayD<f64> {
    let kept: Vec<usize> = (0..margin.axes.len()).filter(|&i| axes.contains(&margin.axes[i])).collect();
    sum_to(&margin.target, &kept)
}

/// Sums over every axis that is not in `axes` (rising).
fn sum_to(table: &ArrayD<f64>, axes: &[usize]) -> ArrayD<f64> {
    let mut sums = table.clone();
    for axis in (0..table.ndim()).rev().filter(|axis| !axes.contains(axis)) {
        sums = sums.sum_axis(Axis(axis));
    }
    sums
}

/// What the cells of each place of a margin are to be multiplied by.
fn scaling(table: &ArrayD<f64>, margin: &Sorted, number: usize) -> Result<ArrayD<f64>, RakeError> {
    let mut factors = sum_to(table, &margin.axes);
    for ((position, factor), &target) in factors.indexed_iter_mut().zip(&margin.target) {
        *factor = if *factor > 0.0 {
            target / *factor
        } else if target > 0.0 {
            let position = position.as_array_view().to_vec();
            return Err(RakeError::Unreachable { margin: number, position, target });
        } else {
            1.0
        };
    }
    Ok(factors)
}

/// An array over some axes with length 1 along the others, to be broadcast.
fn spread(array: &ArrayD<f64>, axes: &[usize], dimensions: usize) -> ArrayD<f64> {
    let mut wide = array.clone();
    for axis in (0..dimensions).filter(|axis| !axes.contains(axis)) {
        wide = wide.insert_axis(Axis(axis));
    }
    wide
}

fn worst_deviation(table: &ArrayD<f64>, margins: &[Sorted]) -> Deviation {
    let mut worst = Deviation { relative: 0.0, margin: 1, position: Vec::new(), got: 0.0, target: 0.0 };
    for (i, margin) in margins.iter().enumerate() {
        let sums = sum_to(table, &margin.axes);
        for ((position, &got), &target) in sums.indexed_iter().zip(&margin.target) {
            // A target of zero is met exactly by the first factor of zero.
            let relative = if target > 0.0 { (got - target).abs() / target } else { got };
            if relative > worst.relative {
                let position = position.as_array_view().to_vec();
                worst = Deviation { relative, margin: i + 1, position, got, target };
            }
        }
    }
    worst
}

#[cfg(test)]
mod tests;
