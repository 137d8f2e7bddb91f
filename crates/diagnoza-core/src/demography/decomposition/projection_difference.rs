use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use super::error::DecompositionError;
use crate::demography::cohort_component::{
    Assumptions, CohortComponentError, MigrationTiming, NegativePopulation, project,
};

/// What a projection starts from and assumes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectionInputs<'a> {
    /// Stock at the jump-off, `(2, A)`.
    pub base: &'a Array2<f64>,
    /// Survival, fertility, sex ratio at birth and net migration.
    pub assumptions: &'a Assumptions,
}

/// The difference of two projections' last stocks by what causes it: persons by sex and age, `(2, A)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectionDifference {
    /// Last stock of the first projection.
    pub first: Array2<f64>,
    /// Last stock of the second projection.
    pub second: Array2<f64>,
    /// Part of the jump-off stock.
    pub jump_off: Array2<f64>,
    /// Part of fertility and the sex ratio at birth.
    pub fertility: Array2<f64>,
    /// Part of survival.
    pub mortality: Array2<f64>,
    /// Part of net migration.
    pub net_migration: Array2<f64>,
}

const PARTS: [&str; 4] = ["jump-off", "fertility", "mortality", "net migration"];

/// Decomposes the difference of two projections' last stocks, second less first.
///
/// # Formula
/// With `v(S)` the last stock when the inputs in `S` are the second's and the others the first's, the part
/// of an input is its effect averaged over the 24 orders in which inputs can be replaced (Shapley):
///
/// ```text
/// part(i) = sum over S without i of |S|! (3 - |S|)! / 4! (v(S + i) - v(S))
/// ```
///
/// The four parts sum to `second - first` at every sex and age; swapping the projections turns signs.
///
/// # Errors
/// [`DecompositionError::Shape`], and [`DecompositionError::Projection`] when a mixture of the two
/// cannot be projected, e.g. when one's emigrants exceed the other's people.
///
/// # Reference
/// Shorrocks (2013), *Journal of Economic Inequality* 11: 99-126; Das Gupta (1993).
pub fn projection_difference(
    first: ProjectionInputs<'_>,
    second: ProjectionInputs<'_>,
    timing: MigrationTiming,
    negative: NegativePopulation,
) -> Result<ProjectionDifference, DecompositionError> {
    let shape = |inputs: ProjectionInputs<'_>| [inputs.assumptions.steps(), inputs.assumptions.ages()];
    if shape(first) != shape(second) {
        return Err(DecompositionError::Shape { got: shape(second), expected: shape(first) });
    }
    // Bit i of a set says that input i is the second's.
    let stocks = (0..16_usize)
        .map(|set| {
            last_stock(set, first, second, timing, negative)
                .map_err(|source| DecompositionError::Projection { parts: named(set), source })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let part = |input: usize| {
        let mut sum = Array2::zeros(stocks[0].raw_dim());
        for set in (0..16_usize).filter(|set| set & (1 << input) == 0) {
            let weight = [6.0, 2.0, 2.0, 6.0][set.count_ones() as usize] / 24.0;
            sum.scaled_add(weight, &(&stocks[set | (1 << input)] - &stocks[set]));
        }
        sum
    };
    Ok(ProjectionDifference {
        jump_off: part(0),
        fertility: part(1),
        mortality: part(2),
        net_migration: part(3),
        first: stocks[0].clone(),
        second: stocks[15].clone(),
    })
}

fn last_stock(
    set: usize,
    first: ProjectionInputs<'_>,
    second: ProjectionInputs<'_>,
    timing: MigrationTiming,
    negative: NegativePopulation,
) -> Result<Array2<f64>, CohortComponentError> {
    let of = |input: usize| if set & (1 << input) == 0 { first } else { second };
    let assumptions = Assumptions::new(
        of(2).assumptions.survival().clone(),
        of(1).assumptions.asfr().clone(),
        of(1).assumptions.srb().clone(),
        of(3).assumptions.net_migration().clone(),
    )?;
    let run = project(of(0).base.view(), &assumptions, timing, negative)?;
    Ok(run.population.index_axis(Axis(0), assumptions.steps()).to_owned())
}

fn named(set: usize) -> String {
    let of_second: Vec<&str> =
        PARTS.iter().enumerate().filter(|(i, _)| set & (1 << i) != 0).map(|(_, part)| *part).collect();
    if of_second.is_empty() { "nothing".to_owned() } else { of_second.join(", ") }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array3};

    use super::*;

    fn inputs(people: f64, survival: f64, births: f64, net: f64) -> (Array2<f64>, Assumptions) {
        let assumptions = Assumptions::new(
            Array3::from_elem((5, 2, 5), survival),
            Array2::from_elem((5, 4), births),
            Array1::from_elem(5, 1.05),
            Array3::from_elem((5, 2, 4), net),
        );
        (Array2::from_elem((2, 4), people), assumptions.unwrap())
    }

    fn difference(
        one: &(Array2<f64>, Assumptions),
        other: &(Array2<f64>, Assumptions),
    ) -> ProjectionDifference {
        let of = |(base, assumptions)| ProjectionInputs { base, assumptions };
        let (end, refuse) = (MigrationTiming::End, NegativePopulation::Refuse);
        projection_difference(of((&one.0, &one.1)), of((&other.0, &other.1)), end, refuse).unwrap()
    }

    #[test]
    fn parts_sum_at_every_age_and_turn_with_the_order() {
        let (one, other) = (inputs(1000.0, 0.95, 0.2, -5.0), inputs(900.0, 0.97, 0.25, 8.0));
        let found = difference(&one, &other);
        let back = difference(&other, &one);
        let parts = &found.jump_off + &found.fertility + &found.mortality + &found.net_migration;
        let wanted = &found.second - &found.first;
        assert!((&parts - &wanted).iter().all(|gap| gap.abs() < 1e-9));
        assert!((&found.mortality + &back.mortality).iter().all(|gap| gap.abs() < 1e-9));
        assert!(found.jump_off.sum() < 0.0 && found.fertility.sum() > 0.0);
        assert!(found.mortality.sum() > 0.0 && found.net_migration.sum() > 0.0);
    }

    #[test]
    fn an_input_that_is_the_same_has_no_part() {
        let found = difference(&inputs(1000.0, 0.95, 0.2, -5.0), &inputs(1000.0, 0.95, 0.3, -5.0));
        assert!(
            found.jump_off.iter().chain(&found.mortality).chain(&found.net_migration).all(|p| p.abs() < 1e-9)
        );
        assert!((found.fertility.sum() - (&found.second - &found.first).sum()).abs() < 1e-9);
    }

    #[test]
    fn other_years_and_impossible_mixtures_are_refused() {
        let (base, assumptions) = inputs(1000.0, 0.95, 0.2, -5.0);
        let first = ProjectionInputs { base: &base, assumptions: &assumptions };
        let short = assumptions.first(3);
        let second = ProjectionInputs { base: &base, assumptions: &short };
        let (end, refuse) = (MigrationTiming::End, NegativePopulation::Refuse);
        let message = projection_difference(first, second, end, refuse).unwrap_err().to_string();
        assert!(message.contains("[3, 4] (years, ages), the first [5, 4]"), "{message}");
        let (few, _) = inputs(1.0, 0.95, 0.2, 0.0);
        let second = ProjectionInputs { base: &few, assumptions: &assumptions };
        let message = projection_difference(first, second, end, refuse).unwrap_err().to_string();
        assert!(
            message.starts_with("projecting with jump-off of the second: net migration leaves"),
            "{message}"
        );
    }
}
