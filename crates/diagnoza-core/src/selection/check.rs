use std::collections::{BTreeMap, BTreeSet};

use super::eligibility::Funnel;
use super::{CheckError, Criterion, Frame, GminaRow, Measure, SelectionSpec, TieRule};
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
        match (self.ties, self.secondary().count()) {
            (TieRule::Report, criteria @ 1..) => return Err(CheckError::ThenUnused { criteria }),
            (TieRule::NextCriterion, 0) => return Err(CheckError::ThenMissing),
            _ => {}
        }
        let mut seen: Vec<&Criterion> = Vec::new();
        for (i, criterion) in self.criteria.iter().enumerate() {
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

#[cfg(test)]
mod tests {
    use super::super::example::{criterion, rows, spec};
    use super::super::{Denominator, Exclusion, Label, Published, Role, StrataBy};
    use super::*;

    fn refusal(change: impl Fn(&mut SelectionSpec)) -> String {
        let mut spec = spec();
        assert!(spec.check(&Frame::new(rows()).unwrap()).is_ok());
        change(&mut spec);
        spec.check(&Frame::new(rows()).unwrap()).unwrap_err().to_string()
    }

    fn secondary(variable: &str) -> Criterion {
        Criterion { role: Role::Secondary, ..criterion(variable) }
    }

    fn label() -> Label {
        Label { pl: "powód".to_owned(), en: "reason".to_owned() }
    }

    #[test]
    fn quotas_that_contradict_the_strata_are_refused() {
        let error = refusal(|s| {
            s.strata.quotas.insert("PL623".to_owned(), 3);
        });
        assert!(error.contains("'PL623' has quota 3 and supply 2"), "{error}");
        let error = refusal(|s| {
            s.strata.quotas.insert("PL621".to_owned(), 0);
        });
        assert!(error.contains("no gmina lies in stratum 'PL621'"), "{error}");
        let error = refusal(|s| {
            s.strata.quotas.remove("PL623");
        });
        assert!(error.contains("'PL623' has 2 eligible gminas and no quota"), "{error}");
        let error = refusal(|s| s.strata.quotas.values_mut().for_each(|quota| *quota = 0));
        assert!(error.contains("add up to 0"), "{error}");
        let error = refusal(|s| s.strata.by = StrataBy::Column("zone".to_owned()));
        assert!(error.contains("zone") && error.contains("2808043"), "{error}");
        // Three quotas that do not fit a machine word together.
        let error = refusal(|s| {
            s.strata.by = StrataBy::Kind;
            s.strata.quotas = ["a", "b", "c"].map(|k| (k.to_owned(), usize::MAX)).into();
        });
        assert!(error.contains("stratum 'a'"), "{error}");
    }

    #[test]
    fn gminas_that_are_not_there_or_there_twice_are_refused() {
        let exclusion = |code: &str| Exclusion { code: code.parse().unwrap(), reason: label() };
        let error = refusal(|s| s.eligibility.exclude = vec![exclusion("2801043")]);
        assert_eq!(error, "eligibility.exclude: 2801043 is not among the 5 gminas of the frame");
        let error = refusal(|s| s.eligibility.exclude = vec![exclusion("2816033"), exclusion("2816032")]);
        assert_eq!(error, "eligibility.exclude: 2816032 is there twice");
        let published =
            Published { chosen: vec!["2801043".parse().unwrap()], source: String::new(), note: label() };
        let error = refusal(|s| s.published = Some(published.clone()));
        assert!(error.starts_with("published.chosen: 2801043"), "{error}");
        let error = refusal(|s| s.frame.voivodeship = "2816".parse().unwrap());
        assert!(error.starts_with("frame.voivodeship: 2816"), "{error}");
        let error = refusal(|s| s.eligibility.kinds = vec![GminaKind::Town]);
        assert!(error.contains("town is a part of a gmina"), "{error}");
        assert!(refusal(|s| s.eligibility.kinds.clear()).contains("kinds is empty"));
    }

    #[test]
    fn criteria_that_contradict_each_other_are_refused() {
        let error = refusal(|s| s.criteria[0].measure = Measure::Rate);
        assert!(error.starts_with("criterion: x is a rate and needs a denominator"), "{error}");
        let per = |factor| {
            Some(Denominator {
                variable: "population".to_owned(),
                year: criterion("x").year,
                unit: "persons".to_owned(),
                factor,
            })
        };
        let error = refusal(|s| s.criteria[0].denominator = per(10_000.0));
        assert!(error.contains("only measure = \"rate\" uses"), "{error}");
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = refusal(|s| {
                s.criteria[0].measure = Measure::Rate;
                s.criteria[0].denominator = per(factor);
            });
            assert!(error.starts_with("criterion.denominator.factor"), "{error}");
        }
        let error = refusal(|s| {
            s.ties = TieRule::NextCriterion;
            s.criteria.extend([secondary("y"), secondary("x")]);
        });
        assert!(error.starts_with("then, criterion 2: x of 2016 is already"), "{error}");
        assert!(refusal(|s| s.criteria.push(secondary("y"))).contains("never uses the 1 criteria"));
        assert!(refusal(|s| s.ties = TieRule::NextCriterion).contains("needs at least one"));
    }
}
