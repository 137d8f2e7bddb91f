use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Measurements, impute};
use super::columns::{CriterionColumns, column, value};
use super::conflict::Question;
use super::eligibility::Funnel;
use super::offers::{Offered, offer};
use super::published::compare;
use super::ranking::{Chosen, Order};
use super::{
    Candidates, CheckedSpec, ChoiceError, ChoiceUsed, CriteriaTable, Criterion, Frame, FunnelStep, Label,
    MissingRule, MissingValue, Outcome, PreparedError, Reason, Role, Scored, Selection, Step, StratumRanking,
    TiedSets,
};
use crate::territory::Teryt;

impl CheckedSpec {
    /// Chooses the best set of gminas that meets the specification. Exact, never by chance: where more
    /// than one set is best, every one is reported, unless the tie rule names what decides.
    ///
    /// # Errors
    /// [`ChoiceError`]: other gminas, columns or units than the specification asks for, values missing
    /// under `missing = "refuse"`, values that the method cannot use, or conditions that no set meets.
    pub fn choose(&self, table: &CriteriaTable) -> Result<Selection, ChoiceError> {
        let criteria = self.criteria_read();
        let (columns, mut funnel, candidates) = self.prepare(table, &criteria)?;
        let spec = self.spec();
        let scored = candidates.score(spec)?;
        let Offered { sets, offers, refused } =
            offer(spec, &candidates, &scored.score).map_err(|error| match error {
                PreparedError::Infeasible => self.infeasible(&funnel, &candidates),
                other => ChoiceError::Prepared(other),
            })?;

        let order = Order { spec, candidates: &candidates, scored: &scored };
        let chosen = Chosen { sets: &sets, refused: &refused };
        let (mut strata, mut resolved_ties) = (Vec::new(), Vec::new());
        for stratum in 0..candidates.strata.len() {
            let (ranking, resolved) = order.rank(stratum, &chosen);
            strata.push(ranking);
            resolved_ties.extend(resolved.filter(|_| candidates.problem.by_order() && refused.is_empty()));
        }
        self.count_choice(&mut funnel, candidates.gminas.len(), refused.len());

        let codes = |set: Vec<usize>| -> Vec<Teryt> {
            set.into_iter().map(|gmina| candidates.gminas[gmina].code).collect()
        };
        let certain: BTreeSet<Teryt> = codes(sets.certain()).into_iter().collect();
        let list = sets.list();
        let tied = sets.count().get() != Some(1);
        let published = spec.published.as_ref();
        Ok(Selection {
            title: spec.title.clone(),
            published: published.map(|p| compare(p, &certain, &strata)),
            chosen: certain.into_iter().collect(),
            tied_sets: tied.then(|| TiedSets {
                count: sets.count(),
                sets: list.map(|sets| sets.into_iter().map(codes).collect()),
            }),
            resolved_ties,
            criteria: self.criteria_used(&columns, &candidates, &scored),
            method: spec.method,
            consistency_ratio: scored.consistency_ratio,
            choice: ChoiceUsed {
                proof: sets.proof,
                complete: sets.complete,
                sets_by_quotas: candidates.problem.sets_by_quotas(),
                feasible_sets: candidates.problem.feasible_sets(),
                objective: sets.objective,
                same_powiat_chance: candidates.problem.same_powiat_chance().map(|chance| chance.probability),
            },
            offers,
            imputed: candidates.imputed.clone(),
            strata_by: spec.strata.by.clone(),
            reasons: self.reasons(&funnel, &strata),
            strata,
            funnel: funnel.steps,
        })
    }

    /// The eligible gminas with their values and the problem of choice without its scores: the start of
    /// every study that scores or chooses again in another way.
    ///
    /// # Errors
    /// [`ChoiceError`], as [`CheckedSpec::choose`].
    pub fn candidates(&self, table: &CriteriaTable) -> Result<Candidates, ChoiceError> {
        Ok(self.prepare(table, &self.criteria_read())?.2)
    }

    /// The criteria and, after them, the diversity variable.
    fn criteria_read(&self) -> Vec<Criterion> {
        let diversity = self.spec().diversity.as_ref().map(super::DiversitySpec::as_criterion);
        self.spec().criteria.iter().cloned().chain(diversity).collect()
    }

    fn prepare<'a>(
        &self,
        table: &'a CriteriaTable,
        criteria: &'a [Criterion],
    ) -> Result<(Vec<CriterionColumns<'a>>, Funnel, Candidates), ChoiceError> {
        self.same_gminas(table)?;
        let columns: Vec<CriterionColumns<'a>> = criteria
            .iter()
            .map(|criterion| CriterionColumns::find(criterion, table))
            .collect::<Result<_, _>>()?;
        let mut funnel = self.funnel.clone();
        self.require_data(table, &mut funnel)?;
        let (mut values, missing) = self.measure(table, &columns, &mut funnel)?;
        let imputed = match self.spec().missing {
            MissingRule::Refuse | MissingRule::Exclude => Vec::new(),
            _ => impute(self, &columns, &funnel, &mut values, &missing)?,
        };
        self.thresholds(&mut funnel, &values);
        let candidates = Candidates::new(self, &columns, &funnel, &values, imputed)?;
        Ok((columns, funnel, candidates))
    }

    fn infeasible(&self, funnel: &Funnel, candidates: &Candidates) -> ChoiceError {
        let value = |code: Teryt| {
            let values = candidates.diversity.as_ref()?;
            values.get(candidates.position(code)?).map(|value| value.value)
        };
        let values = self.frame().gminas().iter().map(|row| value(row.code)).collect();
        match Question::new(self, funnel, Some(values)).conflict() {
            Ok(Some(conflict)) => ChoiceError::Infeasible { conflict },
            Ok(None) => ChoiceError::NoneLeftToOffer,
            Err(error) => ChoiceError::Prepared(error),
        }
    }

    /// Gminas outside `at_least` and `at_most` of a criterion drop out.
    fn thresholds(&self, funnel: &mut Funnel, values: &Measurements) {
        let bounded: Vec<(usize, &Criterion)> = self
            .spec()
            .criteria
            .iter()
            .enumerate()
            .filter(|(_, c)| c.at_least.is_some() || c.at_most.is_some())
            .collect();
        if bounded.is_empty() {
            return;
        }
        let words = |c: &Criterion, label: &str, least: &str, most: &str| {
            let least = c.at_least.map(|bound| format!(" {least} {bound}"));
            let most = c.at_most.map(|bound| format!(" {most} {bound}"));
            format!("{label}{}{}", least.unwrap_or_default(), most.unwrap_or_default())
        };
        let all = |text: &dyn Fn(&Criterion) -> String| -> String {
            bounded.iter().map(|(_, c)| text(c)).collect::<Vec<_>>().join("; ")
        };
        let pl = |c: &Criterion| words(c, &c.label.pl, "co najmniej", "co najwyżej").replace('.', ",");
        let en = |c: &Criterion| words(c, &c.label.en, "at least", "at most");
        let rule = Label { pl: format!("progi: {}", all(&pl)), en: format!("thresholds: {}", all(&en)) };
        funnel.take(self.frame(), Step::Threshold, rule, |row| {
            let values = values.get(&row.code)?;
            bounded.iter().find_map(|&(i, c)| {
                let value = values.get(i).copied().flatten()?.value;
                let below = c.at_least.is_some_and(|least| value < least);
                let above = c.at_most.is_some_and(|most| value > most);
                (below || above).then(|| Label {
                    pl: format!("{}: {value}; próg: {}", c.label.pl, pl(c)),
                    en: format!("{}: {value}; threshold: {}", c.label.en, en(c)),
                })
            })
        });
    }

    fn count_choice(&self, funnel: &mut Funnel, entered: usize, refused: usize) {
        let (spec, left) = (self.spec(), entered - refused);
        let mut step = |step, entered, left, pl: String, en: String| {
            let rule = Label { pl, en };
            funnel.steps.push(FunnelStep { step, entered, dropped: entered - left, left, rule });
        };
        if refused > 0 {
            step(
                Step::Offer,
                entered,
                left,
                format!("gminy, które nie odmówiły przyjęcia miejsca (odmów: {refused})"),
                format!("gminas that did not refuse an offered place (refusals: {refused})"),
            );
        }
        step(
            Step::Choice,
            left,
            spec.places(),
            format!("{} miejsc według kryteriów i limitów warstw", spec.places()),
            format!("{} places by the criteria and the quotas of the strata", spec.places()),
        );
    }

    fn criteria_used(
        &self,
        columns: &[CriterionColumns<'_>],
        candidates: &Candidates,
        scored: &Scored,
    ) -> Vec<super::CriterionUsed> {
        let mut weights = scored.weights.iter().flat_map(|weights| weights.as_slice());
        let used = columns.iter().take(self.spec().criteria.len()).enumerate();
        used.map(|(i, columns)| {
            let primary = columns.criterion.role == Role::Primary;
            let mut values = candidates.measured.iter().map(|values| &values[i]);
            let first = values.next();
            super::CriterionUsed {
                weight: if primary { weights.next().copied() } else { None },
                constant: first.is_some_and(|first| values.all(|value| value.order(first).is_eq())),
                ..columns.used()
            }
        })
        .collect()
    }

    fn same_gminas(&self, table: &CriteriaTable) -> Result<(), ChoiceError> {
        let codes = |frame: &Frame| -> BTreeSet<Teryt> { frame.gminas().iter().map(|r| r.code).collect() };
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

    /// Values of every criterion for the eligible gminas, and what is missing; gminas without drop out or
    /// are refused, as the rule says.
    fn measure(
        &self,
        table: &CriteriaTable,
        columns: &[CriterionColumns<'_>],
        funnel: &mut Funnel,
    ) -> Result<(Measurements, Vec<MissingValue>), ChoiceError> {
        let mut values = Measurements::new();
        let mut missing: Vec<MissingValue> = Vec::new();
        for (i, row) in table.frame().gminas().iter().enumerate() {
            if funnel.dropped.contains_key(&row.code) {
                continue;
            }
            let mut measured = Vec::with_capacity(columns.len());
            for criterion in columns {
                match criterion.measure(i, row.code, &row.name)? {
                    Ok(value) => measured.push(Some(value)),
                    Err(lacks) => {
                        measured.push(None);
                        missing.extend(lacks);
                    }
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
        Ok((values, missing))
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

#[cfg(test)]
mod tests;
