use ndarray::{ArrayView2, ArrayView3, Axis, s};

use super::block::{AreaBlock, LANES};
use super::error::{check_people, expect_shape};
use super::kernel::sum;
use super::side_by_side::SharedStep;
use super::{
    Assumptions, CohortComponentError, CohortProjection, MigrationTiming, NegativePopulation, project_into,
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
    // Rows of ages, copied only from another memory order.
    let bases = bases.as_standard_layout();
    let Some(people) = bases.as_slice() else {
        return Err(CohortComponentError::Shape { what: "bases", got: vec![], expected: vec![] });
    };
    let shared = SharedStep::all(assumptions, timing);
    let mut block = AreaBlock::new(sexes, ages, steps);
    let mut runs = Vec::new();
    for first in (0..areas).step_by(LANES) {
        let lanes = first..areas.min(first + LANES);
        let people = &people[lanes.start * sexes * ages..lanes.end * sexes * ages];
        for area in lanes.clone() {
            check_people(bases.index_axis(Axis(0), area)).map_err(in_area(area))?;
        }
        block.fill(lanes.clone(), steps, |lane, sex| &people[(lane * sexes + sex) * ages..][..ages]);
        let mut done = 0;
        if let Some(shared) = &shared {
            while done < steps && block.advance(done, &shared[done]) {
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
        project_into(run, *base, assumptions, timing, negative).map_err(in_area(first + lane))?;
    }
    Ok(())
}

fn in_area(area: usize) -> impl FnOnce(CohortComponentError) -> CohortComponentError {
    move |source| CohortComponentError::Area { area, source: Box::new(source) }
}

/// Hands over the steps of projections already done.
fn replay(
    block: &mut AreaBlock,
    runs: &[CohortProjection],
    steps: std::ops::Range<usize>,
    each: &mut impl FnMut(&AreaBlock),
) {
    let rows = |lane: usize, step: usize, sex: usize| {
        // Arrays of a projection are rows of ages.
        runs[lane].population.slice(s![step, sex, ..]).to_slice().unwrap_or(&[])
    };
    let before = steps.start;
    block.fill(block.areas(), 0, |lane, sex| rows(lane, before, sex));
    for step in steps {
        block.take(
            step,
            |lane, sex| rows(lane, step + 1, sex),
            |lane, sex| runs[lane].births[[step, sex]],
            |lane, sex| {
                let net = runs[lane].net_migration.index_axis(Axis(0), step).row(sex).to_vec();
                sum(&net)
            },
        );
        each(block);
    }
}
