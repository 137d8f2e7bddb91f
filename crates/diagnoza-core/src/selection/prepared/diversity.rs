use super::{Prepared, PreparedError};
use crate::selection::{DiversityOver, DiversityPurpose, Locality, Spread};

/// The diversity variable of every gmina, and how difference is measured.
///
/// # Formula
/// - `max_min_gap`: the smallest `|v_i - v_j|` over pairs chosen
/// - `range`: `max v - min v`
/// - `quantile_classes`: number of distinct classes `floor(K x share of gminas with a lower value)`,
///   K classes from 0, over the gminas of the pool, or of the stratum where it is measured there
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedDiversity {
    pub(super) values: Vec<f64>,
    pub(super) classes: Vec<u32>,
    /// How difference is measured.
    pub spread: Spread,
    /// What it is for.
    pub purpose: DiversityPurpose,
    /// Among whom it is measured.
    pub over: DiversityOver,
    /// The least difference allowed.
    pub at_least: f64,
}

impl Prepared {
    /// The values, where a set is measured by its smallest difference and nothing else binds it.
    pub(super) fn gap_only(&self) -> Option<&[f64]> {
        let free = self.locality == Locality::Free && self.groups.is_none();
        let d = self.diversity.as_ref().filter(|_| free)?;
        let open = d.spread == Spread::MaxMinGap
            && d.over == DiversityOver::Set
            && d.purpose != DiversityPurpose::Threshold;
        open.then_some(d.values.as_slice())
    }
}

impl PreparedDiversity {
    /// Checks the values against the gminas of a problem.
    ///
    /// # Errors
    /// [`PreparedError`] for lengths, numbers or classes that do not fit, or where nothing has two places.
    pub fn new(
        problem: &Prepared,
        values: Vec<f64>,
        spread: Spread,
        classes: usize,
        purpose: DiversityPurpose,
        over: DiversityOver,
        at_least: f64,
    ) -> Result<Self, PreparedError> {
        if values.len() != problem.gminas.len() {
            let (got, expected) = (values.len(), problem.gminas.len());
            return Err(PreparedError::Length { what: "values of the diversity variable", got, expected });
        }
        let bad = problem.gminas.iter().zip(&values).find(|(_, value)| !value.is_finite());
        if let Some((&code, &got)) = bad {
            return Err(PreparedError::NotANumber { code, what: "value of the diversity variable", got });
        }
        if spread == Spread::QuantileClasses && !(2..=64).contains(&classes) {
            return Err(PreparedError::Classes { got: classes });
        }
        match over {
            DiversityOver::Set if problem.places() < 2 => {
                return Err(PreparedError::NoDiversity { among: "set" });
            }
            DiversityOver::Strata if problem.strata.iter().all(|s| s.quota < 2) => {
                return Err(PreparedError::NoDiversity { among: "stratum" });
            }
            _ => {}
        }
        let everyone: Vec<usize> = (0..values.len()).collect();
        let mut class_of = vec![0; values.len()];
        let pools: Vec<&[usize]> = match over {
            DiversityOver::Set => vec![&everyone],
            DiversityOver::Strata => problem.strata.iter().map(|s| s.members.as_slice()).collect(),
        };
        for pool in pools {
            for &gmina in pool {
                let lower = pool.iter().filter(|&&other| values[other] < values[gmina]).count();
                class_of[gmina] = (classes * lower / pool.len()) as u32;
            }
        }
        Ok(Self { values, classes: class_of, spread, purpose, over, at_least })
    }

    /// The difference within one group of gminas; `None` for fewer than two.
    fn of_group(&self, group: &[usize]) -> Option<f64> {
        if group.len() < 2 {
            return None;
        }
        let value = |&gmina: &usize| self.values[gmina];
        Some(match self.spread {
            Spread::MaxMinGap => {
                let mut values: Vec<f64> = group.iter().map(value).collect();
                values.sort_by(f64::total_cmp);
                values.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min)
            }
            Spread::Range => {
                let high = group.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
                high - group.iter().map(value).fold(f64::INFINITY, f64::min)
            }
            Spread::QuantileClasses => {
                let classes = group.iter().fold(0_u64, |seen, &gmina| seen | 1 << self.classes[gmina]);
                f64::from(classes.count_ones())
            }
        })
    }

    /// The difference of a set.
    pub(super) fn of_set(&self, problem: &Prepared, set: &[usize]) -> Option<f64> {
        match self.over {
            DiversityOver::Set => self.of_group(set),
            DiversityOver::Strata => problem
                .strata
                .iter()
                .filter_map(|stratum| {
                    let members = &stratum.members;
                    let inside: Vec<usize> =
                        set.iter().copied().filter(|gmina| members.binary_search(gmina).is_ok()).collect();
                    self.of_group(&inside)
                })
                .min_by(f64::total_cmp),
        }
    }
}
