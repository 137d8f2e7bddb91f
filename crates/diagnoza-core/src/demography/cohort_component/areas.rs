use ndarray::{ArrayView2, ArrayView3, Axis, s};

use super::block::{AreaBlock, LANES, mothers};
use super::error::{bad_value, expect_shape};
use super::kernel::{Rates, sum};
use super::{
    Assumptions, CohortComponentError, CohortProjection, Migration, MigrationTiming, NegativePopulation,
    project_into,
};

/// Projects many areas under the same rates, keeping nothing: `each` sees every step of every block of areas.
///
/// `bases (N, K, A)`. Areas are handed over in order, [`LANES`] at a time and all steps of a block before the
/// next, so that a fold needs memory for its summary alone. An area gets the same bytes whichever others are
/// with it, and its stocks and births are those of [`project`](super::project). A block costs the same with
/// one area in it: for few areas [`project_into`] is faster.
///
/// ```
/// use diagnoza_core::demography::cohort_component::{
///     Assumptions, MigrationTiming, NegativePopulation, project_areas,
/// };
/// use diagnoza_core::observation::Sex;
/// use ndarray::{Array1, Array2, Array3};
/// let rates = Assumptions::new(
///     Array3::from_elem((3, 2, 11), 0.9),
///     Array2::zeros((3, 10)),
///     Array1::ones(3),
///     Array3::zeros((3, 2, 10)),
/// )?;
/// let bases = Array3::from_elem((20, 2, 10), 100.0);
/// let mut women_of_all_areas = [0.0; 3];
/// project_areas(bases.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse, |block| {
///     let women = block.population(Sex::Female);
///     women_of_all_areas[block.step()] += women[..block.areas().len()].iter().sum::<f64>();
/// })?;
/// assert!((women_of_all_areas[2] - 20.0 * 1000.0 * 0.729).abs() < 1e-6);
/// # Ok::<(), diagnoza_core::demography::cohort_component::CohortComponentError>(())
/// ```
///
/// # Errors
/// [`CohortComponentError::Shape`], and [`CohortComponentError::Area`] with the position of the area; the
/// steps before it have been handed over.
pub fn project_areas(
    bases: ArrayView3<'_, f64>,
    assumptions: &Assumptions,
    timing: MigrationTiming,
    negative: NegativePopulation,
    mut each: impl FnMut(&AreaBlock),
) -> Result<(), CohortComponentError> {
    let (steps, sexes, ages) = (assumptions.steps(), assumptions.sexes(), assumptions.ages());
    let areas = bases.dim().0;
    expect_shape("bases", bases.shape(), &[areas, sexes, ages])?;
    let wrong = |people: &f64| !(people.is_finite() && *people >= 0.0);
    // Values first, in vectors, places only of a wrong one: the iterator with places is slow.
    if bases.fold(false, |found, people| found | wrong(people))
        && let Some(((area, sex, position), &got)) = bases.indexed_iter().find(|(_, people)| wrong(people))
    {
        let source = bad_value("base", got, (0, Some(sex), position), "zero or more persons");
        return Err(CohortComponentError::Area { area, source: Box::new(source) });
    }
    let side_by_side = SideBySide::of(assumptions, timing);
    let mut block = AreaBlock::new(sexes, ages, steps);
    let mut runs = Vec::new();
    for first in (0..areas).step_by(LANES) {
        let lanes = first..areas.min(first + LANES);
        block.fill(lanes.clone(), steps, |lane, sex| bases.slice(s![first + lane, sex, ..]));
        let mut done = 0;
        if let Some(rates) = &side_by_side {
            while done < steps && rates.advance(&mut block, done) {
                each(&block);
                done += 1;
            }
        }
        if done == steps {
            continue;
        }
        // One by one: another timing or form, or people who are not there and must be refused or settled.
        let bases: Vec<_> = lanes.clone().map(|area| bases.index_axis(Axis(0), area)).collect();
        one_by_one(&bases, first, assumptions, (timing, negative), &mut runs)?;
        replay(&mut block, &runs, done..steps, &mut each);
    }
    Ok(())
}

/// Rates whose areas can share a row: migrants as counts, at the end, and no births at the first or open age.
struct SideBySide<'a> {
    survival: &'a [f64],
    asfr: &'a [f64],
    net: &'a [f64],
    assumptions: &'a Assumptions,
    mothers: Vec<std::ops::Range<usize>>,
}

impl<'a> SideBySide<'a> {
    fn of(assumptions: &'a Assumptions, timing: MigrationTiming) -> Option<Self> {
        let Migration::Counts(net) = assumptions.migration() else { return None };
        if timing != MigrationTiming::End {
            return None;
        }
        let asfr = assumptions.asfr().as_slice()?;
        Some(Self {
            survival: assumptions.survival().as_slice()?,
            asfr,
            net: net.as_slice()?,
            assumptions,
            mothers: asfr.chunks_exact(assumptions.ages()).map(mothers).collect::<Option<_>>()?,
        })
    }

    fn advance(&self, block: &mut AreaBlock, step: usize) -> bool {
        let (sexes, ages) = (self.assumptions.sexes(), self.assumptions.ages());
        let ratios = sexes * (ages + 1);
        let rates = Rates {
            survival: &self.survival[step * ratios..(step + 1) * ratios],
            asfr: &self.asfr[step * ages..(step + 1) * ages],
            srb: self.assumptions.srb()[step],
            years: self.assumptions.interval().years(),
        };
        let net = &self.net[step * sexes * ages..(step + 1) * sexes * ages];
        block.advance(step, rates, self.mothers[step].clone(), net)
    }
}

/// Full projections of the areas of a block, in arrays used again.
fn one_by_one(
    bases: &[ArrayView2<'_, f64>],
    first: usize,
    assumptions: &Assumptions,
    (timing, negative): (MigrationTiming, NegativePopulation),
    runs: &mut Vec<CohortProjection>,
) -> Result<(), CohortComponentError> {
    runs.resize_with(runs.len().max(bases.len()), || CohortProjection::room_for(assumptions));
    for (lane, (base, run)) in bases.iter().zip(runs).enumerate() {
        project_into(run, *base, assumptions, timing, negative)
            .map_err(|source| CohortComponentError::Area { area: first + lane, source: Box::new(source) })?;
    }
    Ok(())
}

/// Hands over the steps of projections already done.
fn replay(
    block: &mut AreaBlock,
    runs: &[CohortProjection],
    steps: std::ops::Range<usize>,
    each: &mut impl FnMut(&AreaBlock),
) {
    let before = steps.start;
    block.fill(block.areas(), 0, |lane, sex| runs[lane].population.slice(s![before, sex, ..]));
    for step in steps {
        block.take(
            step,
            |lane, sex| runs[lane].population.slice(s![step + 1, sex, ..]),
            |lane, sex| runs[lane].births[[step, sex]],
            |lane, sex| {
                let net = runs[lane].net_migration.index_axis(Axis(0), step).row(sex).to_vec();
                sum(&net)
            },
        );
        each(block);
    }
}
