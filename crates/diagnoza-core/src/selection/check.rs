use std::collections::{BTreeMap, BTreeSet};

use super::eligibility::Funnel;
use super::{Criterion, Frame, GminaRow, Measure, SelectionSpec, TieRule};
use crate::territory::{GminaKind, Level, Teryt};

/// A specification whose parts agree with each other and with the gminas it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSpec {
    spec: SelectionSpec,
    frame: Frame,
    pub(super) funnel: Funnel,
}

/// A contradiction in a specification, or between it and the gminas.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CheckError {
    /// `frame.voivodeship` is another level.
    #[error("frame.voivodeship: {got} is not a voivodeship, expected two digits such as 28")]
    NotAVoivodeship {
        /// The code given.
        got: Teryt,
    },
    /// No kinds.
    #[error("eligibility.kinds is empty: name at least one of urban, rural, urban_rural")]
    NoKinds,
    /// A part of a gmina is no kind of gmina.
    #[error("eligibility.kinds: {got} is a part of a gmina, expected urban, rural or urban_rural")]
    NotAWholeGmina {
        /// The kind given.
        got: GminaKind,
    },
    /// A code that is not in the frame.
    #[error("{place}: {code} is not among the {gminas} gminas of the frame")]
    UnknownGmina {
        /// Key of the specification.
        place: &'static str,
        /// The code given.
        code: Teryt,
        /// Number of gminas of the frame.
        gminas: usize,
    },
    /// A code named twice in a list.
    #[error("{place}: {code} is there twice")]
    RepeatedGmina {
        /// Key of the specification.
        place: &'static str,
        /// The code given.
        code: Teryt,
    },
    /// Gminas without the stratum key.
    #[error(
        "strata.by = \"{by}\": {} eligible gminas have no such stratum ({}); keys there are: subregion, \
         powiat, kind, all as words, and in the table {}",
        codes.len(), list(codes), keys.join(", ")
    )]
    NoStratum {
        /// The word given.
        by: String,
        /// Gminas without it.
        codes: Vec<Teryt>,
        /// Keys the table has.
        keys: Vec<String>,
    },
    /// A quota for a stratum that no gmina lies in.
    #[error("strata.quotas: no gmina lies in stratum '{stratum}'; strata are: {}", strata.join(", "))]
    UnknownStratum {
        /// The stratum given.
        stratum: String,
        /// Strata of the frame.
        strata: Vec<String>,
    },
    /// A stratum with eligible gminas and no quota.
    #[error(
        "strata.quotas: stratum '{stratum}' has {eligible} eligible gminas and no quota: write its \
         quota, 0 if none is wanted"
    )]
    NoQuota {
        /// The stratum.
        stratum: String,
        /// Its eligible gminas.
        eligible: usize,
    },
    /// More places than gminas.
    #[error("strata.quotas: stratum '{stratum}' has a quota of {quota} and only {eligible} eligible gminas")]
    QuotaAboveSupply {
        /// The stratum.
        stratum: String,
        /// Its quota.
        quota: usize,
        /// Its eligible gminas.
        eligible: usize,
    },
    /// No place at all.
    #[error("strata.quotas: the quotas add up to 0, so that nothing would be chosen")]
    NoPlaces,
    /// A rate without what it is divided by.
    #[error("{place}: {variable} is a rate and needs a denominator (variable, year, unit, factor)")]
    RateWithoutDenominator {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
    },
    /// A denominator that nothing is divided by.
    #[error("{place}: {variable} has a denominator, which only measure = \"rate\" uses: remove one of them")]
    DenominatorUnused {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
    },
    /// A factor that is no positive number.
    #[error("{place}.denominator.factor: {got} is not a number above 0, such as 10000")]
    BadFactor {
        /// Key of the specification.
        place: String,
        /// The factor given.
        got: f64,
    },
    /// The same criterion twice.
    #[error("{place}: {variable} of {year} is already a criterion, so that this one never decides")]
    DuplicateCriterion {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
        /// Year of the criterion.
        year: crate::observation::Year,
    },
    /// Further criteria that the tie rule never uses.
    #[error(
        "ties = \"report\" never uses the {criteria} criteria of 'then': write ties = \"next_criterion\", or remove them"
    )]
    ThenUnused {
        /// Number of further criteria.
        criteria: usize,
    },
    /// A tie rule without the criteria it asks for.
    #[error("ties = \"next_criterion\" needs at least one criterion in 'then'")]
    ThenMissing,
}

fn list(codes: &[Teryt]) -> String {
    let codes: Vec<String> = codes.iter().map(Teryt::to_string).collect();
    codes.join(", ")
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
        let checked = CheckedSpec {
            spec: self.clone(),
            frame: frame.clone(),
            funnel: Funnel::without_data(self, frame),
        };
        checked.check_strata()?;
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

    fn check_criteria(&self) -> Result<(), CheckError> {
        match (self.ties, self.then.len()) {
            (TieRule::Report, criteria @ 1..) => return Err(CheckError::ThenUnused { criteria }),
            (TieRule::NextCriterion, 0) => return Err(CheckError::ThenMissing),
            _ => {}
        }
        let mut seen: Vec<&Criterion> = Vec::new();
        for (i, criterion) in self.criteria().enumerate() {
            let place = || match i {
                0 => "criterion".to_owned(),
                _ => format!("then, criterion {i}"),
            };
            criterion.check(place)?;
            if seen.iter().any(|earlier| earlier.measures_the_same(criterion)) {
                return Err(CheckError::DuplicateCriterion {
                    place: place(),
                    variable: criterion.variable.clone(),
                    year: criterion.year,
                });
            }
            seen.push(criterion);
        }
        Ok(())
    }
}

impl Criterion {
    fn check(&self, place: impl Fn() -> String) -> Result<(), CheckError> {
        let variable = self.variable.clone();
        match (self.measure, &self.denominator) {
            (Measure::Rate, None) => Err(CheckError::RateWithoutDenominator { place: place(), variable }),
            (Measure::Rate, Some(d)) if !d.factor.is_finite() || d.factor <= 0.0 => {
                Err(CheckError::BadFactor { place: place(), got: d.factor })
            }
            (Measure::Count | Measure::AsPublished, Some(_)) => {
                Err(CheckError::DenominatorUnused { place: place(), variable })
            }
            _ => Ok(()),
        }
    }

    /// The same numbers in the same order, whatever label, direction or factor say.
    fn measures_the_same(&self, other: &Self) -> bool {
        let denominator = |c: &Self| c.denominator.as_ref().map(|d| (d.variable.clone(), d.year));
        (&self.variable, self.year, denominator(self)) == (&other.variable, other.year, denominator(other))
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
        let gminas = self.frame.gminas().iter();
        let known: BTreeSet<String> = gminas.filter_map(|row| row.stratum(by)).collect();
        for (stratum, rows) in self.strata(&self.funnel) {
            let eligible = rows.len();
            match self.spec.strata.quotas.get(&stratum) {
                Some(_) if !known.contains(&stratum) => {
                    return Err(CheckError::UnknownStratum { stratum, strata: known.into_iter().collect() });
                }
                Some(&quota) if quota > eligible => {
                    return Err(CheckError::QuotaAboveSupply { stratum, quota, eligible });
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
