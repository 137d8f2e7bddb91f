use serde::{Deserialize, Serialize};

use super::error::{DecompositionError, check, not_negative};

/// Columns of a life table at the same ages, of any width, the last age open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifeTableColumns<'a> {
    /// Survivors to the start of each age group, `lx`, of any radix.
    pub survivors: &'a [f64],
    /// Person-years lived in each age group, `nLx`, on the same radix.
    pub person_years: &'a [f64],
}

/// Which life table the effects of mortality at an age are measured on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArriagaMethod {
    /// From the first to the second, as published.
    #[default]
    Forward,
    /// Mean of first to second and second to first with the sign turned: swapping the tables only
    /// turns signs.
    Symmetric,
}

/// A difference of life expectancies at birth by the ages that cause it, in years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arriaga {
    /// Years lived more within the age group itself.
    pub direct: Vec<f64>,
    /// Years lived more at later ages because more reach them, interaction included; 0 at the open age.
    pub indirect: Vec<f64>,
    /// Both together.
    pub total: Vec<f64>,
    /// Life expectancy at birth of the first table.
    pub first_e0: f64,
    /// Life expectancy at birth of the second table.
    pub second_e0: f64,
    /// Method.
    pub method: ArriagaMethod,
}

/// Decomposes the difference of two life expectancies at birth, second less first, by age.
///
/// # Formula
/// With `l` survivors, `nL` person-years, `T` person-years from an age on, and 1, 2 the tables:
///
/// ```text
/// direct(x)   = l1(x)/l1(0) (nL2(x)/l2(x) - nL1(x)/l1(x))
/// indirect(x) = T2(x+n)/l1(0) (l1(x)/l2(x) - l1(x+n)/l2(x+n))        none at the open age
/// ```
///
/// Their sum over all ages is `e0(2) - e0(1)`. An age nobody of either table reaches adds nothing.
///
/// ```
/// use diagnoza_core::demography::decomposition::{ArriagaMethod, LifeTableColumns, arriaga};
/// let before = LifeTableColumns { survivors: &[1.0, 0.8, 0.5], person_years: &[0.9, 0.7, 1.0] };
/// let after = LifeTableColumns { survivors: &[1.0, 0.9, 0.6], person_years: &[0.95, 0.8, 1.3] };
/// let parts = arriaga(before, after, ArriagaMethod::Forward)?;
/// assert!((parts.total.iter().sum::<f64>() - (3.05 - 2.6)).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::demography::decomposition::DecompositionError>(())
/// ```
///
/// # Errors
/// [`DecompositionError`]: lengths, values, survivors that increase, or a table that ends before the other.
///
/// # Reference
/// Arriaga (1984), *Demography* 21: 83-96; Preston, Heuveline, Guillot (2001), *Demography*, 3.10.
#[doc(alias = "dekompozycja różnicy trwania życia")]
pub fn arriaga(
    first: LifeTableColumns<'_>,
    second: LifeTableColumns<'_>,
    method: ArriagaMethod,
) -> Result<Arriaga, DecompositionError> {
    let ages = first.survivors.len();
    check_table(first, ages, ["first lx", "first nLx"])?;
    check_table(second, ages, ["second lx", "second nLx"])?;
    let (mut direct, mut indirect) = effects(first, second, "second")?;
    if method == ArriagaMethod::Symmetric {
        let (back, back_indirect) = effects(second, first, "first")?;
        direct.iter_mut().zip(back).for_each(|(there, back)| *there = (*there - back) / 2.0);
        indirect.iter_mut().zip(back_indirect).for_each(|(there, back)| *there = (*there - back) / 2.0);
    }
    let total = direct.iter().zip(&indirect).map(|(direct, indirect)| direct + indirect).collect();
    let e0 = |table: LifeTableColumns<'_>| table.person_years.iter().sum::<f64>() / table.survivors[0];
    Ok(Arriaga { direct, indirect, total, first_e0: e0(first), second_e0: e0(second), method })
}

fn check_table(
    table: LifeTableColumns<'_>,
    ages: usize,
    [lx, n_lx]: [&'static str; 2],
) -> Result<(), DecompositionError> {
    if table.survivors.is_empty() {
        return Err(DecompositionError::Empty { what: lx, least: 1 });
    }
    check(lx, table.survivors, ages, not_negative())?;
    check(n_lx, table.person_years, ages, not_negative())?;
    let wrong = |position: usize, expected| {
        Err(DecompositionError::Value { what: lx, got: table.survivors[position], position, expected })
    };
    if table.survivors[0] <= 0.0 {
        return wrong(0, "a radix above zero");
    }
    match table.survivors.windows(2).position(|pair| pair[1] > pair[0]) {
        Some(before) => wrong(before + 1, "no more survivors than at the age before"),
        None => Ok(()),
    }
}

/// Direct and indirect effects from one table to another; `name` is the other's in errors.
fn effects(
    from: LifeTableColumns<'_>,
    to: LifeTableColumns<'_>,
    name: &'static str,
) -> Result<(Vec<f64>, Vec<f64>), DecompositionError> {
    let (l1, l2) = (from.survivors, to.survivors);
    if let Some(position) = l1.iter().zip(l2).position(|(one, other)| *one > 0.0 && *other <= 0.0) {
        return Err(DecompositionError::NobodyLeft { which: name, position });
    }
    let ages = l1.len();
    // Survivors of one table per survivor of the other; nobody of either adds nothing.
    let ratio: Vec<f64> =
        l1.iter().zip(l2).map(|(one, other)| if *other > 0.0 { one / other } else { 0.0 }).collect();
    let mut later = 0.0; // T2(x+n)
    let (mut direct, mut indirect) = (vec![0.0; ages], vec![0.0; ages]);
    for age in (0..ages).rev() {
        direct[age] = (ratio[age] * to.person_years[age] - from.person_years[age]) / l1[0];
        if age + 1 < ages {
            indirect[age] = later * (ratio[age] - ratio[age + 1]) / l1[0];
        }
        later += to.person_years[age];
    }
    Ok((direct, indirect))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table<'a>(survivors: &'a [f64], person_years: &'a [f64]) -> LifeTableColumns<'a> {
        LifeTableColumns { survivors, person_years }
    }

    #[test]
    fn equal_tables_differ_nowhere_and_the_open_age_has_no_indirect_effect() {
        let (l, years) = ([1.0, 0.9, 0.5], [0.95, 3.0, 2.0]);
        let same = arriaga(table(&l, &years), table(&l, &years), ArriagaMethod::Forward).unwrap();
        assert!(same.total.iter().all(|effect| effect.abs() < 1e-15));
        let other =
            arriaga(table(&l, &years), table(&[1.0, 0.95, 0.7], &[0.97, 3.4, 3.5]), ArriagaMethod::Forward);
        let other = other.unwrap();
        assert!(other.indirect[2].abs() < 1e-15 && other.direct[2] > 0.0);
    }

    #[test]
    fn a_death_avoided_at_one_age_acts_at_that_age_only() {
        // Only age 1 differs: later ages have the same rates, so their effects vanish.
        let l1 = [1.0, 0.9, 0.45, 0.30];
        let l2 = [1.0, 0.9, 0.60, 0.40];
        let first = table(&l1, &[0.95, 0.7, 0.4, 0.5]);
        let person_years = [0.95, 0.8, 0.4 / 0.45 * 0.60, 0.5 / 0.30 * 0.40];
        let parts = arriaga(first, table(&l2, &person_years), ArriagaMethod::Forward).unwrap();
        for age in [0, 2, 3] {
            assert!(parts.total[age].abs() < 1e-12, "{age} {}", parts.total[age]);
        }
        assert!((parts.total[1] - (parts.second_e0 - parts.first_e0)).abs() < 1e-12);
    }

    #[test]
    fn radix_is_free_and_ages_beyond_both_add_nothing() {
        let one =
            arriaga(table(&[1.0, 0.5], &[0.8, 0.6]), table(&[1.0, 0.6], &[0.9, 0.8]), ArriagaMethod::Forward);
        let other = arriaga(
            table(&[1e5, 5e4, 0.0], &[8e4, 6e4, 0.0]),
            table(&[100.0, 60.0, 0.0], &[90.0, 80.0, 0.0]),
            ArriagaMethod::Forward,
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert!(
            (one.total[0] - other.total[0]).abs() < 1e-12 && (one.total[1] - other.total[1]).abs() < 1e-12
        );
        assert!(other.total[2].abs() < 1e-15);
    }

    #[test]
    fn hostile_tables_are_refused_by_place() {
        let ok = table(&[1.0, 0.5], &[0.8, 0.6]);
        let refused = |second| arriaga(ok, second, ArriagaMethod::Forward).unwrap_err().to_string();
        assert!(refused(table(&[1.0], &[0.8])).starts_with("second lx has 1 values, expected 2"));
        assert!(refused(table(&[1.0, 0.5], &[0.8])).starts_with("second nLx has 1 values"));
        assert!(refused(table(&[1.0, f64::NAN], &[0.8, 0.6])).contains("second lx is NaN at position 1"));
        assert!(refused(table(&[1.0, 0.5], &[-0.8, 0.6])).contains("second nLx is -0.8"));
        assert!(refused(table(&[0.5, 1.0], &[0.8, 0.6])).contains("no more survivors"));
        assert!(refused(table(&[0.0, 0.0], &[0.0, 0.0])).contains("radix"));
        assert!(
            refused(table(&[1.0, 0.0], &[0.8, 0.0]))
                .contains("second life table has nobody left at position 1")
        );
        let empty = table(&[], &[]);
        assert!(arriaga(empty, empty, ArriagaMethod::Forward).unwrap_err().to_string().contains("empty"));
    }

    proptest! {
        #[test]
        fn effects_sum_to_the_difference_and_symmetry_turns_signs(
            q in proptest::collection::vec((0.001..0.9_f64, 0.001..0.9_f64, 0.1..5.0_f64), 2..30),
        ) {
            let column = |rates: Vec<f64>| {
                let survivors: Vec<f64> = rates
                    .iter()
                    .scan(1000.0, |left, q| { let now = *left; *left *= 1.0 - q; Some(now) })
                    .collect();
                let years: Vec<f64> = survivors.iter().zip(&q).map(|(l, (_, _, width))| l * width).collect();
                (survivors, years)
            };
            let (l1, years1) = column(q.iter().map(|q| q.0).collect());
            let (l2, years2) = column(q.iter().map(|q| q.1).collect());
            let (one, two) = (table(&l1, &years1), table(&l2, &years2));
            for method in [ArriagaMethod::Forward, ArriagaMethod::Symmetric] {
                let parts = arriaga(one, two, method).unwrap();
                let sum: f64 = parts.total.iter().sum();
                prop_assert!((sum - (parts.second_e0 - parts.first_e0)).abs() <= 1e-9);
            }
            let there = arriaga(one, two, ArriagaMethod::Symmetric).unwrap();
            let back = arriaga(two, one, ArriagaMethod::Symmetric).unwrap();
            for (there, back) in there.total.iter().zip(&back.total) {
                prop_assert!((there + back).abs() < 1e-9);
            }
        }
    }
}
