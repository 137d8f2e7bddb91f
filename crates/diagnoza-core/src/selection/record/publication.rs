use serde::{Deserialize, Serialize};

use super::{DecisionRecord, RecordError};
use crate::selection::{FunnelStep, Label, Measure, Measured, Method, Place, SetObjective};
use crate::territory::Teryt;

/// What of a decision may be shown to everybody: small counts are kept back, and with them what they
/// would follow from: the value, margins, and, except in a lexicographic order, every score (one that is normalised
/// tells the extremes) with what the set is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Title of the specification.
    pub title: Label,
    /// SHA-256 of the full record.
    pub record_sha256: String,
    /// Counts above 0 and below this are not shown; `None` when nothing is kept back.
    pub threshold: Option<f64>,
    /// Values kept back.
    pub suppressed: usize,
    /// The gminas chosen.
    pub chosen: Vec<Teryt>,
    /// Steps from the frame to the choice.
    pub funnel: Vec<FunnelStep>,
    /// Rankings.
    pub strata: Vec<PublishedStratum>,
    /// What an optimal set is worth; `None` where a value that it is made of is kept back.
    pub objective: Option<SetObjective>,
}

/// A stratum as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedStratum {
    /// The stratum.
    pub stratum: String,
    /// Its places.
    pub quota: usize,
    /// Its gminas.
    pub rows: Vec<PublishedRow>,
}

/// A gmina as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedRow {
    /// Its rank.
    pub rank: usize,
    /// Its code.
    pub code: Teryt,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub place: Place,
    /// Its values in the order of the criteria.
    pub values: Vec<Shown>,
    /// Its score; `None` where a value that it is made of is kept back.
    pub score: Option<f64>,
}

/// A value that is shown or kept back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shown", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shown {
    /// Shown.
    Value {
        /// The value with its raw numbers.
        measured: Measured,
    },
    /// Kept back.
    Suppressed,
}

impl DecisionRecord {
    /// The view for publication, by `disclosure` of the specification; without it nothing is kept back.
    ///
    /// # Errors
    /// [`RecordError::Json`], from the hash of the record.
    pub fn publication(&self) -> Result<Publication, RecordError> {
        let threshold = self.spec.disclosure.map(|disclosure| disclosure.threshold);
        let small = |number: f64| threshold.is_some_and(|least| number > 0.0 && number < least);
        let measures: Vec<Measure> = self.spec.criteria.iter().map(|c| c.measure).collect();
        let mut suppressed = 0;
        let mut hidden_in_set = false;
        let mut strata = Vec::with_capacity(self.result.strata.len());
        for stratum in &self.result.strata {
            let mut rows = Vec::with_capacity(stratum.rows.len());
            for row in &stratum.rows {
                let show = |(value, measure): (&Measured, &Measure)| {
                    // A number that its publisher computed is no count of persons.
                    let count = *measure != Measure::AsPublished;
                    if count && (small(value.numerator) || value.denominator.is_some_and(small)) {
                        Shown::Suppressed
                    } else {
                        Shown::Value { measured: *value }
                    }
                };
                let values: Vec<Shown> = row.values.iter().zip(&measures).map(show).collect();
                let hidden = values.iter().filter(|value| **value == Shown::Suppressed).count();
                suppressed += hidden;
                hidden_in_set |= hidden > 0 && matches!(row.place, Place::Chosen | Place::Tied { .. });
                rows.push(PublishedRow {
                    rank: row.rank,
                    code: row.code,
                    name: row.name.clone(),
                    place: row.place,
                    values,
                    score: (hidden == 0).then_some(row.score),
                });
            }
            strata.push(PublishedStratum { stratum: stratum.stratum.clone(), quota: stratum.quota, rows });
        }
        if suppressed > 0 {
            suppressed += self.hide_imputed(&mut strata);
            strata.iter_mut().for_each(|stratum| share_ranks(&mut stratum.rows));
        }
        let scores_tell = suppressed > 0 && self.spec.method.name != Method::Lexicographic;
        if scores_tell {
            strata.iter_mut().flat_map(|stratum| &mut stratum.rows).for_each(|row| row.score = None);
        }
        Ok(Publication {
            title: self.result.title.clone(),
            record_sha256: self.sha256()?,
            threshold,
            suppressed,
            chosen: self.result.chosen.clone(),
            funnel: self.result.funnel.clone(),
            strata,
            objective: (!hidden_in_set && !scores_tell).then_some(self.result.choice.objective),
        })
    }

    /// Keeps back values put in place of missing ones in a criterion that has others kept back: they are made of them.
    fn hide_imputed(&self, strata: &mut [PublishedStratum]) -> usize {
        let rows = || strata.iter().flat_map(|stratum| &stratum.rows);
        let hidden: Vec<bool> = (0..self.spec.criteria.len())
            .map(|at| rows().any(|row| row.values.get(at) == Some(&Shown::Suppressed)))
            .collect();
        let mut more = 0;
        for imputed in &self.result.imputed {
            let criteria = self.spec.criteria.iter().zip(&hidden).enumerate();
            for (at, _) in criteria.filter(|(_, (criterion, hidden))| {
                **hidden && criterion.variable == imputed.variable && criterion.year == imputed.year
            }) {
                let mut rows = strata.iter_mut().flat_map(|stratum| &mut stratum.rows);
                let Some(row) = rows.find(|row| row.code == imputed.code) else { continue };
                if let Some(shown) = row.values.get_mut(at).filter(|shown| **shown != Shown::Suppressed) {
                    *shown = Shown::Suppressed;
                    row.score = None;
                    more += 1;
                }
            }
        }
        more
    }
}

/// Neighbours with a value kept back share the first of their ranks, by code: their order, and which of them are
/// equal, would tell small counts apart.
fn share_ranks(rows: &mut [PublishedRow]) {
    let hides = |row: &PublishedRow| row.values.contains(&Shown::Suppressed);
    for run in rows.chunk_by_mut(|a, b| hides(a) && hides(b)) {
        if let (true, Some(first)) = (run.len() > 1, run.first().map(|row| row.rank)) {
            run.sort_by_key(|row| row.code);
            run.iter_mut().for_each(|row| row.rank = first);
        }
    }
}
