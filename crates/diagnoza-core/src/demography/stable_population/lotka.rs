use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::StablePopulationError;
use super::error::check_rates;
use crate::demography::cohort_component::Interval;
use crate::demography::root;

/// The stable population of a life table and maternity rates, births spread over the age groups.
///
/// # Formula
/// With `L(a)` the person-years of a girl in the age group (radix 1), `m(a)` daughters a year and `x` the
/// middle age of the group:
///
/// ```text
/// L(0) = n S(birth)   L(a+1) = L(a) S(a)   open: L(A-2) S(A-2) / (1 - S(open))
/// R0 = sum m(a) L(a)                         1 = sum m(a) L(a) e^(-r x)
/// 1 / b = sum L(a) e^(-r x)                  c(a) = b L(a) e^(-r x)          d = b - r
/// ```
///
/// The open group is the sum of the groups of `n` years it would have with its one survival ratio.
///
/// # Reference
/// Preston, Heuveline, Guillot (2001), *Demography*, chapter 7; Keyfitz and Flieger (1971), *Population*.
#[doc(alias = "ludność ustabilizowana")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StablePopulation {
    /// Intrinsic growth rate, per year.
    pub r: f64,
    /// Births per person-year.
    pub birth_rate: f64,
    /// Deaths per person-year.
    pub death_rate: f64,
    /// Shares of the age groups, `(A)`, of sum 1.
    pub age_distribution: Array1<f64>,
    /// Net reproduction rate `R0`: daughters per woman under the life table.
    #[doc(alias = "współczynnik reprodukcji netto")]
    pub net_reproduction_rate: f64,
    /// Gross reproduction rate: daughters per woman who does not die.
    #[doc(alias = "współczynnik reprodukcji brutto")]
    pub gross_reproduction_rate: f64,
    /// Mean age of mothers in the stable population, years.
    pub mean_age_at_childbearing: f64,
    /// Mean length of a generation `ln R0 / r`, years.
    pub generation_length: f64,
    /// Mean age of the population, years.
    pub mean_age: f64,
    /// Width of the age groups.
    pub interval: Interval,
}

impl StablePopulation {
    /// The stable population of survival ratios `(A+1)`, birth first, and annual fertility rates `(A)`.
    ///
    /// # Errors
    /// [`StablePopulationError`].
    pub fn new(
        survival: &[f64],
        asfr: &[f64],
        srb: f64,
        interval: Interval,
    ) -> Result<Self, StablePopulationError> {
        check_rates(survival, asfr, srb)?;
        let (ages, years) = (asfr.len(), interval.years());
        let open = survival[ages];
        // Person-years; of the open group those of its first n years.
        let mut lived = vec![years * survival[0]; ages];
        for age in 1..ages {
            lived[age] = lived[age - 1] * survival[age];
        }
        let daughters: Vec<f64> = asfr.iter().map(|rate| rate / (1.0 + srb)).collect();
        let net: Vec<f64> = daughters.iter().zip(&lived).map(|(m, lived)| m * lived).collect();
        if net.iter().all(|&births| births <= 0.0) {
            return Err(StablePopulationError::NoBirths);
        }
        // Sum over ages of weight(a) L(a) e^(-r x), the open group to the end of life.
        let discounted = |weights: &[f64], r: f64| {
            let terms = lived.iter().zip(weights).enumerate().map(|(age, (lived, weight))| {
                let weight = lived * weight;
                if weight > 0.0 { weight * (-r * years * (age as f64 + 0.5)).exp() } else { 0.0 }
            });
            let mut terms: Vec<f64> = terms.collect();
            if let Some(last) = terms.last_mut().filter(|last| **last > 0.0) {
                let stays = 1.0 - open * (-r * years).exp();
                *last = if stays > 0.0 { *last / stays } else { f64::INFINITY };
            }
            terms
        };
        let total = |weights: &[f64], r: f64| discounted(weights, r).iter().sum::<f64>();
        // The root lies between all births in the middle of the first group and births for ever at the last.
        let (births, half) = (net.iter().sum::<f64>(), years / 2.0);
        let (low, high) = (births.ln().min(0.0) / half - 1e-9, births.ln_1p() / half + 1e-9);
        let r = root::find(|r| total(&daughters, r).ln(), low, high, 1e-15)
            .ok_or(StablePopulationError::NoBirths)?;
        let growth = (r * years).exp();
        let for_ever = open >= 1.0 && net[ages - 1] > 0.0;
        if for_ever || (open >= growth && lived[ages - 1] > 0.0) {
            return Err(StablePopulationError::OpenGroup { open, growth });
        }

        let people = discounted(&vec![1.0; ages], r);
        let birth_rate = 1.0 / people.iter().sum::<f64>();
        let mothers = discounted(&daughters, r);
        let ages_lived: Vec<f64> = (0..ages)
            .map(|age| {
                // Beyond its first years the open group goes on with the ratio open / growth.
                let stays = if age + 1 == ages { open / growth } else { 0.0 };
                years * (age as f64 + 0.5 + stays / (1.0 - stays))
            })
            .collect();
        let mean = |weights: &[f64]| {
            weights.iter().zip(&ages_lived).map(|(weight, age)| weight * age).sum::<f64>()
                / weights.iter().sum::<f64>()
        };
        let net_reproduction_rate = total(&daughters, 0.0);
        let mean_age_at_childbearing = mean(&mothers);
        Ok(Self {
            r,
            birth_rate,
            death_rate: birth_rate - r,
            mean_age: mean(&people),
            age_distribution: people.iter().map(|people| people * birth_rate).collect(),
            net_reproduction_rate,
            gross_reproduction_rate: daughters.iter().sum::<f64>() * years,
            mean_age_at_childbearing,
            generation_length: if r.abs() < 1e-9 {
                mean_age_at_childbearing
            } else {
                net_reproduction_rate.ln() / r
            },
            interval,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacement_is_stationary_with_the_life_tables_structure() {
        // S = 0.9 and daughters at age 1 only: L(1) = 0.81, so 1 / 0.81 daughters a year replace.
        let survival = [0.9; 4];
        let rate = 2.0 / 0.81;
        let stable = StablePopulation::new(&survival, &[0.0, rate, 0.0], 1.0, Interval::One).unwrap();
        assert!(stable.r.abs() < 1e-12 && (stable.net_reproduction_rate - 1.0).abs() < 1e-12);
        // e0 = 0.9 / (1 - 0.9) = 9 years: b = d = 1 / 9, shares 0.1, 0.09, 0.81.
        assert!((stable.birth_rate - 1.0 / 9.0).abs() < 1e-12);
        for (got, want) in stable.age_distribution.iter().zip([0.1, 0.09, 0.81]) {
            assert!((got - want).abs() < 1e-12, "{got}");
        }
        // Ages 0.5, 1.5, ... with weights 0.1 x 0.9^k: 0.5 + 0.9 / 0.1.
        assert!((stable.mean_age - 9.5).abs() < 1e-9, "{}", stable.mean_age);
        assert!((stable.mean_age_at_childbearing - 1.5).abs() < 1e-12);
    }

    #[test]
    fn fewer_or_no_births_are_told() {
        let survival = [1.0; 4];
        let error = StablePopulation::new(&survival, &[0.0, 0.0, 0.0], 1.05, Interval::Five).unwrap_err();
        assert_eq!(error, StablePopulationError::NoBirths);
        let error = StablePopulation::new(&survival, &[0.0, 0.1, 0.0], 1.05, Interval::Five).unwrap_err();
        assert!(matches!(error, StablePopulationError::OpenGroup { .. }), "{error}");
        let error =
            StablePopulation::new(&survival, &[0.0, f64::NAN, 0.0], 1.05, Interval::Five).unwrap_err();
        assert!(matches!(error, StablePopulationError::Value { what: "fertility", position: 1, .. }));
    }
}
