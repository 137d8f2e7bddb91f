use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Frame, GminaRow, Label, SelectionSpec};
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
    /// Has the data that eligibility asks for.
    RequiredData,
    /// Has a value of every criterion (`missing = "exclude"`).
    MissingValue,
    /// Stands high enough in its stratum.
    Choice,
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
}

impl Funnel {
    /// Takes the steps that need no data.
    pub(super) fn without_data(spec: &SelectionSpec, frame: &Frame) -> Self {
        let mut funnel = Self { steps: Vec::new(), dropped: BTreeMap::new() };
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
            en: kinds.iter().map(|k| k.word()).collect::<Vec<_>>().join(", "),
        };
        let rule = Label {
            pl: format!("rodzaj gminy: {}", admitted.pl),
            en: format!("kind of gmina: {}", admitted.en),
        };
        funnel.take(frame, Step::Kind, rule, |row| {
            let kind = row.code.kind().filter(|kind| !kinds.contains(kind))?;
            Some(Label {
                pl: format!("rodzaj gminy w dniu {date}: {}; dopuszczone: {}", kind.polish(), admitted.pl),
                en: format!("its kind on {date} is {kind}; admitted: {}", admitted.en),
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
            if !self.dropped.contains_key(&row.code)
                && let Some(because) = drops(row)
            {
                self.dropped.insert(row.code, (step, because));
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
