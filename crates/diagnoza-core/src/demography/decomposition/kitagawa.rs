use serde::{Deserialize, Serialize};

use super::error::{DecompositionError, check, not_negative};

/// A difference of two crude rates, in the unit of the rates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kitagawa {
    /// Part of the rates in each group.
    pub rates: Vec<f64>,
    /// Part of the structure in each group. Only the sum has a meaning of its own where shares must sum to 1.
    pub structure: Vec<f64>,
    /// Sum of the rates' parts.
    pub rate_effect: f64,
    /// Sum of the structure's parts.
    pub structure_effect: f64,
    /// Crude rate of the first population.
    pub first: f64,
    /// Crude rate of the second population.
    pub second: f64,
}

/// One of several populations against the mean of their crude rates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Crude rate.
    pub crude: f64,
    /// Crude rate less the mean, as far as the rates explain it.
    pub rate_effect: f64,
    /// Crude rate less the mean, as far as the structure explains it.
    pub structure_effect: f64,
}

/// Decomposes the difference of two crude rates, second less first, into rates and structure.
///
/// # Formula
/// With `m` the rates and `c` the shares of the groups (any counts, divided by their sum):
///
/// ```text
/// rates(g)     = (c1(g) + c2(g))/2 (m2(g) - m1(g))
/// structure(g) = (m1(g) + m2(g))/2 (c2(g) - c1(g))        sum of both = sum c2 m2 - sum c1 m1
/// ```
///
/// ```
/// use diagnoza_core::demography::decomposition::kitagawa;
/// // The same death rates in an older population: structure explains all.
/// let parts = kitagawa(&[0.001, 0.05], &[80.0, 20.0], &[0.001, 0.05], &[70.0, 30.0])?;
/// assert!(parts.rate_effect.abs() < 1e-15);
/// assert!((parts.structure_effect - 0.0049).abs() < 1e-15);
/// # Ok::<(), diagnoza_core::demography::decomposition::DecompositionError>(())
/// ```
///
/// # Errors
/// [`DecompositionError`]: lengths, rates that are no numbers, structures that are negative or empty.
///
/// # Reference
/// Kitagawa (1955), *Journal of the American Statistical Association* 50: 1168-1194.
#[doc(alias = "standaryzacja")]
pub fn kitagawa(
    rates1: &[f64],
    structure1: &[f64],
    rates2: &[f64],
    structure2: &[f64],
) -> Result<Kitagawa, DecompositionError> {
    let groups = rates1.len();
    check_rates("rates1", rates1, groups)?;
    check_rates("rates2", rates2, groups)?;
    let shares1 = shares("structure1", structure1, groups)?;
    let shares2 = shares("structure2", structure2, groups)?;
    Ok(between(rates1, &shares1, rates2, &shares2))
}

/// Decomposes the crude rates of several populations against their mean.
///
/// # Formula
/// With `r_ij`, `s_ij` the two parts between populations `i` and `j` of [`kitagawa`], and `N` populations:
///
/// ```text
/// rate_effect(i) = 1/N sum_j r_ji        structure_effect(i) = 1/N sum_j s_ji
/// ```
///
/// The two sum to the crude rate less the mean, and the difference of any two populations is the
/// difference of their effects: A to B and B to C make A to C, which pairs taken alone do not.
///
/// # Errors
/// As [`kitagawa`]; fewer than two populations.
///
/// # Reference
/// Das Gupta (1993), *Standardization and Decomposition of Rates*, chapter 6.
pub fn kitagawa_many(rates: &[&[f64]], structures: &[&[f64]]) -> Result<Vec<Standing>, DecompositionError> {
    let groups = rates.first().map_or(0, |rates| rates.len());
    if rates.len() < 2 {
        return Err(DecompositionError::Empty { what: "the list of populations", least: 2 });
    }
    if structures.len() != rates.len() {
        let (got, expected) = (structures.len(), rates.len());
        return Err(DecompositionError::Length { what: "the list of structures", got, expected });
    }
    let populations = rates
        .iter()
        .zip(structures)
        .map(|(rates, structure)| {
            check_rates("rates", rates, groups)?;
            Ok((*rates, shares("structure", structure, groups)?))
        })
        .collect::<Result<Vec<_>, DecompositionError>>()?;
    let count = populations.len() as f64;
    let standing = |(rates, shares): &(&[f64], Vec<f64>)| {
        let pairs: Vec<Kitagawa> =
            populations.iter().map(|(other, theirs)| between(other, theirs, rates, shares)).collect();
        Standing {
            crude: pairs.first().map_or(0.0, |pair| pair.second),
            rate_effect: pairs.iter().map(|pair| pair.rate_effect).sum::<f64>() / count,
            structure_effect: pairs.iter().map(|pair| pair.structure_effect).sum::<f64>() / count,
        }
    };
    Ok(populations.iter().map(standing).collect())
}

fn check_rates(what: &'static str, rates: &[f64], groups: usize) -> Result<(), DecompositionError> {
    if rates.is_empty() {
        return Err(DecompositionError::Empty { what, least: 1 });
    }
    check(what, rates, groups, (f64::is_finite, "a finite rate"))
}

fn shares(what: &'static str, structure: &[f64], groups: usize) -> Result<Vec<f64>, DecompositionError> {
    check(what, structure, groups, not_negative())?;
    let total: f64 = structure.iter().sum();
    if total <= 0.0 {
        return Err(DecompositionError::Value {
            what,
            got: total,
            position: 0,
            expected: "somebody in a group",
        });
    }
    Ok(structure.iter().map(|people| people / total).collect())
}

fn between(rates1: &[f64], shares1: &[f64], rates2: &[f64], shares2: &[f64]) -> Kitagawa {
    let cells = || rates1.iter().zip(shares1).zip(rates2.iter().zip(shares2));
    let rates: Vec<f64> = cells().map(|((m1, c1), (m2, c2))| f64::midpoint(*c1, *c2) * (m2 - m1)).collect();
    let structure: Vec<f64> =
        cells().map(|((m1, c1), (m2, c2))| f64::midpoint(*m1, *m2) * (c2 - c1)).collect();
    let crude = |rates: &[f64], shares: &[f64]| rates.iter().zip(shares).map(|(m, c)| m * c).sum();
    Kitagawa {
        rate_effect: rates.iter().sum(),
        structure_effect: structure.iter().sum(),
        first: crude(rates1, shares1),
        second: crude(rates2, shares2),
        rates,
        structure,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_structures_leave_the_rates_only() {
        // Equal structures leave the rates only, whatever the size of the populations.
        let parts = kitagawa(&[0.01, 0.02], &[1.0, 3.0], &[0.02, 0.04], &[100.0, 300.0]).unwrap();
        assert!(parts.structure_effect.abs() < 1e-15 && (parts.rate_effect - 0.0175).abs() < 1e-15);
        assert!((parts.first - 0.0175).abs() < 1e-15 && (parts.second - 0.035).abs() < 1e-15);
    }

    #[test]
    fn hostile_input_is_refused_by_name() {
        let refused =
            |r1: &[f64], c1: &[f64]| kitagawa(r1, c1, &[0.1, 0.2], &[1.0, 1.0]).unwrap_err().to_string();
        assert!(refused(&[], &[]).starts_with("rates1 is empty"));
        assert!(refused(&[0.1], &[1.0]).starts_with("rates2 has 2 values, expected 1"));
        assert!(refused(&[0.1, f64::NAN], &[1.0, 1.0]).contains("rates1 is NaN at position 1"));
        assert!(refused(&[0.1, 0.2], &[1.0, -1.0]).contains("structure1 is -1"));
        assert!(refused(&[0.1, 0.2], &[0.0, 0.0]).contains("somebody in a group"));
        assert!(kitagawa_many(&[&[0.1]], &[&[1.0]]).is_err());
        assert!(
            kitagawa_many(&[&[0.1], &[0.2]], &[&[1.0]]).unwrap_err().to_string().contains("structures has 1")
        );
    }

    proptest! {
        #[test]
        fn effects_sum_and_many_populations_are_transitive(
            cells in proptest::collection::vec((0.0..1.0_f64, 0.1..9.0_f64, 0.0..1.0_f64, 0.1..9.0_f64, 0.0..1.0_f64, 0.1..9.0_f64), 1..12),
        ) {
            let rates: [Vec<f64>; 3] = [cells.iter().map(|c| c.0).collect(), cells.iter().map(|c| c.2).collect(), cells.iter().map(|c| c.4).collect()];
            let people: [Vec<f64>; 3] = [cells.iter().map(|c| c.1).collect(), cells.iter().map(|c| c.3).collect(), cells.iter().map(|c| c.5).collect()];
            let pair = kitagawa(&rates[0], &people[0], &rates[1], &people[1]).unwrap();
            prop_assert!((pair.rate_effect + pair.structure_effect - (pair.second - pair.first)).abs() < 1e-12);
            let two = kitagawa_many(&[&rates[0], &rates[1]], &[&people[0], &people[1]]).unwrap();
            prop_assert!((two[1].rate_effect - two[0].rate_effect - pair.rate_effect).abs() < 1e-12);
            let all = kitagawa_many(
                &[&rates[0], &rates[1], &rates[2]], &[&people[0], &people[1], &people[2]],
            ).unwrap();
            let mean = all.iter().map(|one| one.crude).sum::<f64>() / 3.0;
            for one in &all {
                prop_assert!((one.rate_effect + one.structure_effect - (one.crude - mean)).abs() < 1e-12);
            }
        }
    }
}
