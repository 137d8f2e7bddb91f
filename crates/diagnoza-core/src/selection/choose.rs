use std::collections::{BTreeMap, BTreeSet};

use super::columns::{CriterionColumns, column, value};
use super::eligibility::Funnel;
use super::stratum::{Candidate, RankOrder};
use super::{
    CheckedSpec, ChoiceError, CriteriaTable, FunnelStep, Label, Measured, MissingRule, MissingValue, Outcome,
    Place, Published, PublishedComparison, Reason, Selection, SetCount, Step, StratumRanking, TiedSets,
};
use crate::territory::Teryt;

impl CheckedSpec {
    /// Chooses: in each stratum the gminas that stand first by the criteria. Exact,
    /// never by chance: where equal gminas stand on both sides of a quota every
    /// optimal set is reported, unless the tie rule names what decides.
    ///
    /// # Errors
    /// [`ChoiceError`]: other gminas, columns or units than the specification asks
    /// for, or values missing under `missing = "refuse"`.
    pub fn choose(&self, table: &CriteriaTable) -> Result<Selection, ChoiceError> {
        self.same_gminas(table)?;
        let spec = self.spec();
        let columns: Vec<CriterionColumns> = spec
            .criteria()
            .map(|criterion| CriterionColumns::find(criterion, table))
            .collect::<Result<_, _>>()?;

        let mut funnel = self.funnel.clone();
        self.require_data(table, &mut funnel)?;
        let values = self.measure(table, &columns, &mut funnel)?;

        let order = RankOrder { criteria: columns.iter().map(|c| c.criterion).collect(), ties: spec.ties };
        let (mut strata, mut resolved_ties) = (Vec::new(), Vec::new());
        for (stratum, rows) in self.strata(&funnel) {
            let quota = spec.strata.quotas.get(&stratum).copied().unwrap_or(0);
            if quota > rows.len() {
                return Err(ChoiceError::QuotaAboveSupply { stratum, quota, eligible: rows.len() });
            }
            let candidates = rows.into_iter().map(|row| Candidate {
                code: row.code,
                name: row.name.clone(),
                values: values.get(&row.code).cloned().unwrap_or_default(),
            });
            let (ranking, resolved) = order.rank(stratum, candidates.collect(), quota, spec.reserve);
            strata.push(ranking);
            resolved_ties.extend(resolved);
        }

        let chosen = codes(&strata, |place| place == Place::Chosen);
        let tied_sets = tied_sets(&strata, &chosen);
        let entered = strata.iter().map(|s| s.rows.len()).sum();
        funnel.steps.push(FunnelStep {
            step: Step::Choice,
            entered,
            dropped: entered - spec.places(),
            left: spec.places(),
            rule: Label {
                pl: format!("{} miejsc według kryteriów i limitów warstw", spec.places()),
                en: format!("{} places by the criteria and the quotas of the strata", spec.places()),
            },
        });
        let published = spec.published.as_ref();
        Ok(Selection {
            title: spec.title.clone(),
            published: published.map(|p| compare(p, &chosen, &strata)),
            chosen: chosen.into_iter().collect(),
            tied_sets,
            resolved_ties,
            criteria: columns.iter().map(CriterionColumns::used).collect(),
            strata_by: spec.strata.by.clone(),
            reasons: self.reasons(&funnel, &strata),
            strata,
            funnel: funnel.steps,
        })
    }

    fn same_gminas(&self, table: &CriteriaTable) -> Result<(), ChoiceError> {
        let codes =
            |frame: &super::Frame| -> BTreeSet<Teryt> { frame.gminas().iter().map(|r| r.code).collect() };
        let (wanted, got) = (codes(self.frame()), codes(table.frame()));
        if wanted != got {
            return Err(ChoiceError::OtherGminas {
                no_row: wanted.difference(&got).copied().collect(),
                not_in_frame: got.difference(&wanted).copied().collect(),
            });
        }
        let by = &self.spec().strata.by;
        let mut rows = self.frame().gminas().iter().zip(table.frame().gminas());
        match rows.find(|(a, b)| a.stratum(by) != b.stratum(by)) {
            Some((row, _)) => Err(ChoiceError::OtherStratum { code: row.code }),
            None => Ok(()),
        }
    }

    /// The step of eligibility that asks for data.
    fn require_data(&self, table: &CriteriaTable, funnel: &mut Funnel) -> Result<(), ChoiceError> {
        let required = &self.spec().eligibility.require_data;
        if required.is_empty() {
            return Ok(());
        }
        let mut lacking: BTreeMap<Teryt, MissingValue> = BTreeMap::new();
        for wanted in required {
            let column = column(table, &wanted.variable, wanted.year)?;
            for (i, row) in self.frame().gminas().iter().enumerate() {
                if let Err(missing) = value(column, i, row.code, &row.name) {
                    lacking.entry(row.code).or_insert(missing);
                }
            }
        }
        let names: Vec<&str> = required.iter().map(|r| r.variable.as_str()).collect();
        let rule = Label {
            pl: format!("wymagane dane: {}", names.join(", ")),
            en: format!("required data: {}", names.join(", ")),
        };
        funnel.take(self.frame(), Step::RequiredData, rule, |row| lacking.get(&row.code).map(no_value));
        Ok(())
    }

    /// Values of every criterion for the eligible gminas; those without drop out or are refused.
    fn measure(
        &self,
        table: &CriteriaTable,
        columns: &[CriterionColumns],
        funnel: &mut Funnel,
    ) -> Result<BTreeMap<Teryt, Vec<Measured>>, ChoiceError> {
        let mut values = BTreeMap::new();
        let mut missing: Vec<MissingValue> = Vec::new();
        for (i, row) in table.frame().gminas().iter().enumerate() {
            if funnel.dropped.contains_key(&row.code) {
                continue;
            }
            let mut measured = Vec::with_capacity(columns.len());
            for criterion in columns {
                match criterion.measure(i, row.code, &row.name)? {
                    Ok(value) => measured.push(value),
                    Err(lacks) => missing.extend(lacks),
                }
            }
            values.insert(row.code, measured);
        }
        if !missing.is_empty() && self.spec().missing == MissingRule::Refuse {
            return Err(ChoiceError::MissingValues { values: missing });
        }
        if self.spec().missing == MissingRule::Exclude {
            let rule = Label {
                pl: "gminy z wartością każdego kryterium".to_owned(),
                en: "gminas with a value of every criterion".to_owned(),
            };
            funnel.take(self.frame(), Step::MissingValue, rule, |row| {
                missing.iter().find(|m| m.code == row.code).map(no_value)
            });
        }
        Ok(values)
    }

    fn reasons(&self, funnel: &Funnel, strata: &[StratumRanking]) -> BTreeMap<Teryt, Reason> {
        let mut reasons = BTreeMap::new();
        for row in self.frame().gminas() {
            if let Some((step, because)) = funnel.dropped.get(&row.code) {
                let outcome = Outcome::Excluded { step: *step, because: because.clone() };
                let name = row.name.clone();
                reasons.insert(row.code, Reason { name, outcome });
            }
        }
        for stratum in strata {
            for row in &stratum.rows {
                let outcome = Outcome::Ranked {
                    stratum: stratum.stratum.clone(),
                    rank: row.rank,
                    of: stratum.rows.len(),
                    result: row.place,
                };
                let name = row.name.clone();
                reasons.insert(row.code, Reason { name, outcome });
            }
        }
        reasons
    }
}

fn no_value(missing: &MissingValue) -> Label {
    let MissingValue { variable, year, reason, .. } = missing;
    Label {
        pl: format!("brak wartości {variable} za {year} ({reason})"),
        en: format!("has no value of {variable} for {year} ({reason})"),
    }
}

fn codes(strata: &[StratumRanking], holds: impl Fn(Place) -> bool) -> BTreeSet<Teryt> {
    let rows = strata.iter().flat_map(|stratum| &stratum.rows);
    rows.filter(|row| holds(row.place)).map(|row| row.code).collect()
}

/// Every way to fill the places that ties leave open; `None` when there is one way.
fn tied_sets(strata: &[StratumRanking], chosen: &BTreeSet<Teryt>) -> Option<TiedSets> {
    let mut open: Vec<(usize, Vec<Teryt>)> = Vec::new();
    for stratum in strata {
        let tied = |place| matches!(place, Place::Tied { .. });
        let rows: Vec<_> = stratum.rows.iter().filter(|row| tied(row.place)).collect();
        if let Some(Place::Tied { places, .. }) = rows.first().map(|row| row.place) {
            open.push((places, rows.iter().map(|row| row.code).collect()));
        }
    }
    if open.is_empty() {
        return None;
    }
    let pairs: Vec<(usize, usize)> = open.iter().map(|(places, tied)| (tied.len(), *places)).collect();
    let count = SetCount::of_choices(&pairs);
    let sets = count.get().filter(|&n| n <= TiedSets::LISTED).map(|_| {
        let mut sets = vec![chosen.clone()];
        for (places, tied) in &open {
            let ways = subsets(tied, *places);
            let grown = sets.iter().flat_map(|set| {
                let with = |way: &Vec<Teryt>| set.iter().chain(way).copied().collect::<BTreeSet<_>>();
                ways.iter().map(with).collect::<Vec<_>>()
            });
            sets = grown.collect();
        }
        let mut sets: Vec<Vec<Teryt>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
        sets.sort();
        sets
    });
    Some(TiedSets { count, sets })
}

/// Every subset of `size` of the codes.
fn subsets(codes: &[Teryt], size: usize) -> Vec<Vec<Teryt>> {
    match (size, codes.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((&first, rest))) => {
            let with = subsets(rest, size - 1).into_iter().map(|mut subset| {
                subset.push(first);
                subset
            });
            // Short branches end at once: fewer codes than places is no subset.
            let without = if rest.len() >= size { subsets(rest, size) } else { Vec::new() };
            with.chain(without).collect()
        }
    }
}

fn compare(
    published: &Published,
    chosen: &BTreeSet<Teryt>,
    strata: &[StratumRanking],
) -> PublishedComparison {
    // The kind digit may have changed since publication: compare without it.
    let same = |codes: &BTreeSet<Teryt>, code: Teryt| codes.iter().any(|c| c.same_unit(code));
    let may = codes(strata, |place| matches!(place, Place::Tied { .. }));
    let part = |holds: &dyn Fn(Teryt) -> bool| -> Vec<Teryt> {
        let mut codes: Vec<Teryt> = published.chosen.iter().copied().filter(|&c| holds(c)).collect();
        codes.sort();
        codes
    };
    let published_has = |code: Teryt| published.chosen.iter().any(|p| p.same_unit(code));
    let only_computed: Vec<Teryt> = chosen.iter().copied().filter(|&c| !published_has(c)).collect();
    let only_published = part(&|c| !same(chosen, c) && !same(&may, c));
    let full = strata.iter().all(|stratum| {
        let taken = stratum.rows.iter().filter(|row| published_has(row.code)).count();
        taken == stratum.quota
    });
    PublishedComparison {
        source: published.source.clone(),
        note: published.note.clone(),
        chosen: published.chosen.clone(),
        in_both: part(&|c| same(chosen, c)),
        tied: part(&|c| same(&may, c)),
        reproduced: full && only_published.is_empty() && only_computed.is_empty(),
        only_published,
        only_computed,
    }
}
