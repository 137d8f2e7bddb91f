use serde::{Deserialize, Serialize};

use super::value_change::ValueChange;
use super::weight_change::{WeightChange, WeightQuestion};
use super::{ExplainError, number, polish};
use crate::selection::{
    CheckedSpec, ChoiceError, CriteriaTable, CriterionUsed, Label, Method, Outcome, Place, Proof, Selection,
    SetObjective, Step,
};
use crate::territory::Teryt;

/// Why a gmina is in or is not, and the least that would change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Code of the gmina.
    pub code: Teryt,
    /// Its name.
    pub name: String,
    /// Whether it is in every optimal set.
    pub chosen: bool,
    /// The step at which it fell, or the choice.
    pub step: Step,
    /// The reason in a sentence.
    pub because: Label,
    /// For each primary criterion the smallest change of its value that brings it in, or, of a chosen
    /// one, that throws it out. Empty for a gmina that is not eligible.
    pub values: Vec<ValueChange>,
    /// The nearest weights that would bring it in; `None` for one that is in or not eligible.
    pub weights: Option<WeightChange>,
    /// The best set that has it, for one that is not in.
    pub best_set_with_it: Option<SetWith>,
    /// What the smallest changes are in sentences.
    pub text: Label,
}

/// A set with a gmina that the optimal sets do not all have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetWith {
    /// The set, by code.
    pub set: Vec<Teryt>,
    /// What it is worth.
    pub objective: SetObjective,
    /// How much less its score is than that of an optimal set.
    pub score_lost: f64,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WhyError {
    /// The selection says nothing about the gmina.
    #[error(transparent)]
    Unknown(#[from] ExplainError),
    /// The selection did not run.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The linear programme for the weights failed.
    #[error("the linear programme for the weights gave no answer: {reason}")]
    Programme {
        /// What it said.
        reason: String,
    },
}

impl CheckedSpec {
    /// Why a gmina is in or is not: the step at which it fell, the smallest change of one of its values
    /// or of the weights that would bring it in (each checked by choosing again), and the best set that
    /// has it.
    ///
    /// # Errors
    /// [`WhyError`].
    pub fn why(&self, table: &CriteriaTable, code: Teryt) -> Result<Why, WhyError> {
        let selection = self.choose(table)?;
        let because = selection.explain(code)?;
        let found = selection.reasons.iter().find(|(known, _)| known.same_unit(code));
        let Some((&code, reason)) = found else {
            return Err(ExplainError { code, gminas: selection.reasons.len() }.into());
        };
        let mut why = Why {
            code,
            name: reason.name.clone(),
            chosen: selection.chosen.contains(&code),
            step: Step::Choice,
            because,
            values: Vec::new(),
            weights: None,
            best_set_with_it: None,
            text: Label { pl: String::new(), en: String::new() },
        };
        match &reason.outcome {
            Outcome::Excluded { step, .. } => why.step = *step,
            Outcome::Ranked { result, .. } => {
                if *result == Place::Refused {
                    why.step = Step::Offer;
                } else {
                    self.changes(table, &selection, &mut why)?;
                }
            }
        }
        why.text = why.sentences(&selection);
        Ok(why)
    }

    fn changes(&self, table: &CriteriaTable, selection: &Selection, why: &mut Why) -> Result<(), WhyError> {
        let spec = self.spec();
        let candidates = self.candidates(table)?;
        let Some(gmina) = candidates.position(why.code) else { return Ok(()) };
        let quota = candidates.problem.strata().iter().find(|s| s.members.contains(&gmina)).map(|s| s.quota);
        if quota == Some(0) {
            return Ok(());
        }
        let units: Vec<String> = selection.criteria.iter().map(|c| c.unit.clone()).collect();
        why.values = candidates.value_changes(spec, &units, gmina, why.chosen)?;
        if why.chosen {
            return Ok(());
        }
        let scored = candidates.score(spec)?;
        why.weights = match (&scored.normalised, &scored.weights) {
            (Some(normalised), Some(weights))
                if spec.method.name == Method::WeightedSum && candidates.problem.by_order() =>
            {
                let weights = weights.as_slice();
                let question = WeightQuestion { problem: &candidates.problem, normalised, weights, gmina };
                Some(question.answer().map_err(|error| WhyError::Programme { reason: error.to_string() })?)
            }
            _ if spec.method.name.weighs() => Some(WeightChange::NotLinear),
            _ => None,
        };
        let best = candidates.problem.choose_scores(&scored.score).map_err(ChoiceError::Prepared)?;
        let mut with = candidates.problem.clone();
        with.inside = vec![gmina];
        // No set at all has it when a condition forbids it.
        if let Ok(sets) = with.choose_scores(&scored.score) {
            why.best_set_with_it = Some(SetWith {
                set: sets.first().into_iter().map(|gmina| candidates.gminas[gmina].code).collect(),
                objective: sets.objective,
                score_lost: best.objective.score - sets.objective.score,
            });
        }
        Ok(())
    }
}

impl Why {
    fn sentences(&self, selection: &Selection) -> Label {
        let (mut pl, mut en) = (self.because.pl.clone(), self.because.en.clone());
        for change in &self.values {
            let found =
                selection.criteria.iter().find(|c| c.variable == change.variable && c.year == change.year);
            let label = found.map(|c: &CriterionUsed| c.label.clone());
            let label =
                label.unwrap_or_else(|| Label { pl: change.variable.clone(), en: change.variable.clone() });
            let (pl_verb, en_verb) = if self.chosen {
                ("Wypadłaby", "It would fall out")
            } else {
                ("Weszłaby", "It would come in")
            };
            match change.enough {
                Some(enough) => {
                    // Where the two read the same, the end itself is not enough.
                    let (pl_to, en_to, pl_not, en_not) = if number(enough) != number(change.not_enough) {
                        (
                            polish(enough),
                            number(enough),
                            format!("; {} nie wystarcza", polish(change.not_enough)),
                            format!("; {} is not enough", number(change.not_enough)),
                        )
                    } else if enough < change.not_enough {
                        (
                            format!("mniej niż {}", polish(enough)),
                            format!("less than {}", number(enough)),
                            String::new(),
                            String::new(),
                        )
                    } else {
                        (
                            format!("więcej niż {}", polish(enough)),
                            format!("more than {}", number(enough)),
                            String::new(),
                            String::new(),
                        )
                    };
                    let sign = if enough > change.from { "+" } else { "" };
                    let by = enough - change.from;
                    pl.push_str(&format!(
                        " {pl_verb}, gdyby wartość „{}” wynosiła {pl_to} zamiast {} (zmiana {sign}{}{pl_not}).",
                        label.pl,
                        polish(change.from),
                        polish(by),
                    ));
                    en.push_str(&format!(
                        " {en_verb} with {} of {en_to} instead of {} (change {sign}{}{en_not}).",
                        label.en,
                        number(change.from),
                        number(by),
                    ));
                }
                None => {
                    pl.push_str(&format!(" Sama zmiana wartości „{}” niczego by nie zmieniła.", label.pl));
                    en.push_str(&format!(" A change of {} alone would change nothing.", label.en));
                }
            }
        }
        match &self.weights {
            Some(WeightChange::Enough { weights, change }) => {
                let list = |number: &dyn Fn(f64) -> String| {
                    weights.iter().map(|&weight| number(weight)).collect::<Vec<_>>().join("; ")
                };
                pl.push_str(&format!(
                    " Wagi najbliższe obecnym, przy których zrównuje się z ostatnią w limicie: {} (suma zmian {}).",
                    list(&polish),
                    polish(*change)
                ));
                en.push_str(&format!(
                    " Nearest weights at which it equals the last within the quota: {} (sum of changes {}).",
                    list(&number),
                    number(*change)
                ));
            }
            Some(WeightChange::Never { .. }) => {
                pl.push_str(" Żadne nieujemne wagi by jej nie wprowadziły (dowód: mieszanka innych gmin).");
                en.push_str(" No weights of 0 or more would bring it in (proof: a mixture of other gminas).");
            }
            _ => {}
        }
        // Where only quotas bind the margin has said it.
        if let (Some(with), true) = (&self.best_set_with_it, selection.choice.proof != Proof::Order) {
            let best = &selection.choice.objective;
            let (lost, diverse) = (with.score_lost.abs(), (with.objective.diversity, best.diversity));
            let lower = with.score_lost >= 0.0;
            pl.push_str(&format!(
                " Najlepszy zestaw z nią ma ocenę {} o {}",
                if lower { "niższą" } else { "wyższą" },
                polish(lost)
            ));
            en.push_str(&format!(
                " The best set with it scores {} {}",
                number(lost),
                if lower { "less" } else { "more" }
            ));
            if let (Some(its), Some(of_best)) = diverse {
                pl.push_str(&format!(", a zróżnicowanie {} wobec {}", polish(its), polish(of_best)));
                en.push_str(&format!(", with diversity {} against {}", number(its), number(of_best)));
            }
            pl.push('.');
            en.push('.');
        } else if self.best_set_with_it.is_none() && !self.chosen && !self.values.is_empty() {
            pl.push_str(" Żaden zestaw spełniający warunki jej nie zawiera.");
            en.push_str(" No set that meets the conditions has it.");
        }
        Label { pl, en }
    }
}
