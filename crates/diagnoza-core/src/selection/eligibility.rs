use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ConsentRule, Frame, GminaRow, Label, SelectionSpec};
use crate::territory::Teryt;

/// A step at which gminas drop out, in the order in which the steps are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Lies in the voivodeship.
    Voivodeship,
    /// Is of an admitted kind.
    Kind,
    /// Is not left out by name.
    Exclusion,
    /// Agreed to take part (`consent.rule = "before"`).
    Consent,
    /// Has the data that eligibility asks for.
    RequiredData,
    /// Has a value of every criterion (`missing = "exclude"`).
    MissingValue,
    /// Lies within `at_least` and `at_most` of every criterion.
    Threshold,
    /// Did not refuse an offered place (`consent.rule = "offers"`).
    Offer,
    /// Is in every optimal set.
    Choice,
}

impl Step {
    /// The word used in results.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Voivodeship => "voivodeship",
            Self::Kind => "kind",
            Self::Exclusion => "exclusion",
            Self::Consent => "consent",
            Self::RequiredData => "required_data",
            Self::MissingValue => "missing_value",
            Self::Threshold => "threshold",
            Self::Offer => "offer",
            Self::Choice => "choice",
        }
    }
}

/// How many gminas entered a step, dropped out at it and passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunnelStep {
    /// The step.
    pub step: Step,
    /// Gminas before it.
    pub entered: usize,
    /// Gminas that dropped out.
    pub dropped: usize,
    /// Gminas after it.
    pub left: usize,
    /// What the step asks.
    pub rule: Label,
}

/// Gminas dropped, with step and reason, and the funnel so far.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Funnel {
    pub(super) steps: Vec<FunnelStep>,
    pub(super) dropped: BTreeMap<Teryt, (Step, Label)>,
    /// Every step that a gmina would drop out at by itself, for the search of what contradicts what.
    pub(super) barred: BTreeMap<Teryt, BTreeSet<Step>>,
}

impl Funnel {
    /// Takes the steps that need no data.
    pub(super) fn without_data(spec: &SelectionSpec, frame: &Frame) -> Self {
        let mut funnel = Self { steps: Vec::new(), dropped: BTreeMap::new(), barred: BTreeMap::new() };
        let (voivodeship, date) = (spec.frame.voivodeship, spec.frame.date);
        let rule = Label {
            pl: format!("gminy województwa {voivodeship}, rejestr z dnia {date}"),
            en: format!("gminas of voivodeship {voivodeship}, register of {date}"),
        };
        funnel.take(frame, Step::Voivodeship, rule, |row| {
            (!row.code.is_within(voivodeship)).then(|| Label {
                pl: format!("leży poza województwem {voivodeship}"),
                en: format!("lies outside voivodeship {voivodeship}"),
            })
        });

        let kinds = &spec.eligibility.kinds;
        let admitted = Label {
            pl: kinds.iter().map(|k| k.polish()).collect::<Vec<_>>().join(", "),
            en: kinds.iter().map(|k| k.word().replace('_', "-")).collect::<Vec<_>>().join(", "),
        };
        let rule = Label {
            pl: format!("rodzaj gminy: {}", admitted.pl),
            en: format!("kind of gmina: {}", admitted.en),
        };
        funnel.take(frame, Step::Kind, rule, |row| {
            let kind = row.code.kind().filter(|kind| !kinds.contains(kind))?;
            Some(Label {
                pl: format!("rodzaj gminy w dniu {date}: {}; dopuszczone: {}", kind.polish(), admitted.pl),
                en: format!(
                    "its kind on {date} is {}; admitted: {}",
                    kind.word().replace('_', "-"),
                    admitted.en
                ),
            })
        });

        if !spec.eligibility.exclude.is_empty() {
            let rule = Label {
                pl: "gminy niewyłączone z nazwy".to_owned(),
                en: "gminas not left out by name".to_owned(),
            };
            funnel.take(frame, Step::Exclusion, rule, |row| {
                let mut exclusions = spec.eligibility.exclude.iter();
                let exclusion = exclusions.find(|e| e.code.same_unit(row.code));
                exclusion.map(|e| e.reason.clone())
            });
        }
        if let Some(consent) = spec.consent.as_ref().filter(|c| c.rule == ConsentRule::Before) {
            let rule = Label {
                pl: format!("gminy, które wyraziły zgodę ({})", consent.agreed.len()),
                en: format!("gminas that agreed ({})", consent.agreed.len()),
            };
            funnel.take(frame, Step::Consent, rule, |row| {
                let agreed = consent.agreed.iter().any(|code| code.same_unit(row.code));
                (!agreed).then(|| Label {
                    pl: "nie wyraziła zgody".to_owned(),
                    en: "did not agree to take part".to_owned(),
                })
            });
        }
        funnel
    }

    /// Takes one more step: `drops` gives the reason why a gmina drops out, or none.
    pub(super) fn take(
        &mut self,
        frame: &Frame,
        step: Step,
        rule: Label,
        drops: impl Fn(&GminaRow) -> Option<Label>,
    ) {
        let before = self.dropped.len();
        for row in frame.gminas() {
            if let Some(because) = drops(row) {
                self.barred.entry(row.code).or_default().insert(step);
                self.dropped.entry(row.code).or_insert((step, because));
            }
        }
        let (entered, left) = (frame.gminas().len() - before, frame.gminas().len() - self.dropped.len());
        self.steps.push(FunnelStep { step, entered, dropped: entered - left, left, rule });
    }

    /// The gminas still in, in the order of their codes.
    pub(super) fn eligible<'a>(&'a self, frame: &'a Frame) -> impl Iterator<Item = &'a GminaRow> {
        let gminas = frame.gminas().iter();
        gminas.filter(|row| !self.dropped.contains_key(&row.code))
    }
}
