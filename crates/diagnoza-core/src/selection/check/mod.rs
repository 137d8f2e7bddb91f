//! A specification is checked before it runs: its parts against each other and against the gminas.

mod conditions;
mod criteria;
mod error;

use std::collections::{BTreeMap, BTreeSet};

pub use error::CheckError;

use super::conflict::Question;
use super::eligibility::Funnel;
use super::{Frame, GminaRow, SelectionSpec, Step};
use crate::territory::{GminaKind, Level, Teryt};

/// A specification whose parts agree with each other and with the gminas it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSpec {
    spec: SelectionSpec,
    frame: Frame,
    pub(super) funnel: Funnel,
}

impl SelectionSpec {
    /// Checks the specification against the gminas of its frame. The frame may hold
    /// more than the voivodeship; the rest drops out in the funnel.
    ///
    /// # Errors
    /// [`CheckError`]: the first contradiction, with its place.
    pub fn check(&self, frame: &Frame) -> Result<CheckedSpec, CheckError> {
        if self.frame.voivodeship.level() != Level::Voivodeship {
            return Err(CheckError::NotAVoivodeship { got: self.frame.voivodeship });
        }
        self.check_kinds()?;
        let excluded: Vec<Teryt> = self.eligibility.exclude.iter().map(|e| e.code).collect();
        known("eligibility.exclude", &excluded, frame)?;
        if let Some(published) = &self.published {
            known("published.chosen", &published.chosen, frame)?;
        }
        self.check_criteria()?;
        self.check_notes()?;
        self.check_consent(frame)?;
        self.check_diversity()?;
        self.check_second_level()?;
        let checked = CheckedSpec {
            spec: self.clone(),
            frame: frame.clone(),
            funnel: Funnel::without_data(self, frame),
        };
        checked.check_strata()?;
        if let Some(conflict) = Question::before_data(&checked).conflict()? {
            return Err(CheckError::Infeasible { conflict });
        }
        Ok(checked)
    }

    fn check_kinds(&self) -> Result<(), CheckError> {
        if self.eligibility.kinds.is_empty() {
            return Err(CheckError::NoKinds);
        }
        let part = |kind: &&GminaKind| matches!(kind, GminaKind::Town | GminaKind::RuralArea);
        match self.eligibility.kinds.iter().find(part) {
            Some(&got) => Err(CheckError::NotAWholeGmina { got }),
            None => Ok(()),
        }
    }
}

impl CheckedSpec {
    /// The specification as it was written.
    #[must_use]
    pub const fn spec(&self) -> &SelectionSpec {
        &self.spec
    }

    /// The gminas it was checked against.
    #[must_use]
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Gminas that may be chosen, as far as it shows without data, in the order of their codes.
    pub fn eligible(&self) -> impl Iterator<Item = &GminaRow> {
        self.funnel.eligible(&self.frame)
    }

    /// Eligible gminas by stratum; a stratum with a quota and no gmina is there too.
    pub(super) fn strata<'a>(&'a self, funnel: &'a Funnel) -> BTreeMap<String, Vec<&'a GminaRow>> {
        let quotas = self.spec.strata.quotas.keys();
        let mut strata: BTreeMap<String, Vec<&GminaRow>> =
            quotas.map(|stratum| (stratum.clone(), Vec::new())).collect();
        for row in funnel.eligible(&self.frame) {
            if let Some(stratum) = row.stratum(&self.spec.strata.by) {
                strata.entry(stratum).or_default().push(row);
            }
        }
        strata
    }

    /// Gminas of a stratum that dropped out, by the first step at which each did.
    fn dropped_by_step(&self, stratum: &str) -> Vec<(Step, usize)> {
        let mut steps: BTreeMap<Step, usize> = BTreeMap::new();
        for row in self.frame.gminas() {
            if row.stratum(&self.spec.strata.by).as_deref() == Some(stratum)
                && let Some((step, _)) = self.funnel.dropped.get(&row.code)
            {
                *steps.entry(*step).or_default() += 1;
            }
        }
        steps.into_iter().collect()
    }

    fn check_strata(&self) -> Result<(), CheckError> {
        let by = &self.spec.strata.by;
        let outside = self.eligible().filter(|row| row.stratum(by).is_none());
        let codes: Vec<Teryt> = outside.map(|row| row.code).collect();
        if !codes.is_empty() {
            return Err(CheckError::NoStratum {
                by: by.word().to_owned(),
                codes,
                keys: self.frame.strata_keys().into_iter().map(str::to_owned).collect(),
            });
        }
        if let Some(within) = &self.spec.strata.within {
            let outside = self.eligible().filter(|row| row.stratum(&within.by).is_none());
            let codes: Vec<Teryt> = outside.map(|row| row.code).collect();
            if !codes.is_empty() {
                return Err(CheckError::NoStratum {
                    by: within.by.word().to_owned(),
                    codes,
                    keys: self.frame.strata_keys().into_iter().map(str::to_owned).collect(),
                });
            }
        }
        let gminas = self.frame.gminas().iter();
        let known: BTreeSet<String> = gminas.filter_map(|row| row.stratum(by)).collect();
        for (stratum, rows) in self.strata(&self.funnel) {
            let eligible = rows.len();
            match self.spec.strata.quotas.get(&stratum) {
                Some(_) if !known.contains(&stratum) => {
                    return Err(CheckError::UnknownStratum { stratum, strata: known.into_iter().collect() });
                }
                Some(&quota) if quota > eligible => {
                    let dropped = self.dropped_by_step(&stratum);
                    return Err(CheckError::QuotaAboveSupply { stratum, quota, eligible, dropped });
                }
                Some(_) => {}
                None => return Err(CheckError::NoQuota { stratum, eligible }),
            }
        }
        if self.spec.places() == 0 {
            return Err(CheckError::NoPlaces);
        }
        Ok(())
    }
}

/// Every code is in the frame, and once.
fn known(place: &'static str, codes: &[Teryt], frame: &Frame) -> Result<(), CheckError> {
    let mut seen = BTreeSet::new();
    for &code in codes {
        if frame.get(code).is_none() {
            return Err(CheckError::UnknownGmina { place, code, gminas: frame.gminas().len() });
        }
        if !seen.insert(code.without_kind()) {
            return Err(CheckError::RepeatedGmina { place, code });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
