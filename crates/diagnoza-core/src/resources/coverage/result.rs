use serde::{Deserialize, Serialize};

use super::count::{Count, count};
use super::double_counting::{double_counting, same_rows};
use super::{
    CheckedTarget, CheckedTargetSet, Counts, DoubleCounting, Goal, LeftOut, NamedUnit, Step, Support,
    SupportRegister, TargetStatus,
};
use crate::observation::{Label, Provenance};
use crate::territory::{Gazetteer, Level, UnitId};

/// How far a register of support has come towards the targets of a programme.
#[doc(alias = "zasięg wsparcia")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// What the programme is called.
    pub title: Label,
    /// Document of the targets.
    #[serde(with = "crate::observation::once_or_both")]
    pub source: Label,
    /// What a reader has to know.
    pub notes: Vec<Label>,
    /// What is known to be in the document and is not counted here.
    pub unknown: Vec<Label>,
    /// Every target, in the order of the set.
    pub targets: Vec<TargetCoverage>,
    /// Where the register counts the same twice.
    pub double_counting: DoubleCounting,
    /// Rows that are not counted, by row; first those that no target can count.
    pub left_out: Vec<LeftOut>,
    /// Forms and roles of rows that no target counts: a misspelling would show here.
    pub unmatched: Vec<UnmatchedWord>,
    /// Methods and inputs.
    pub provenance: Provenance,
}

/// Rows of a form and role that are the matter of no target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnmatchedWord {
    /// Form of support.
    pub form: Option<String>,
    /// Role.
    pub role: Option<String>,
    /// Module.
    pub module: Option<String>,
    /// Number of rows.
    pub rows: usize,
}

/// How far one target is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetCoverage {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// What is counted.
    pub counts: Counts,
    /// What is to be reached.
    pub goal: Option<Goal>,
    /// Number of units of which a share is taken; none if not known.
    pub frame: Option<u64>,
    /// What is to be reached as a number; none if goal or frame is not known.
    pub needed: Option<f64>,
    /// What is reached: distinct keys that meet the condition, or hours.
    pub achieved: f64,
    /// 100 x achieved / needed.
    pub percent: Option<f64>,
    /// What is missing to the target, 0 if it is reached.
    pub missing: Option<f64>,
    /// Part of the frame that is reached.
    pub share: Option<f64>,
    /// Keys with rows that do not meet the condition on hours and modules yet.
    pub incomplete: usize,
    /// What became of every row without fault.
    pub rows: RowAccount,
    /// By period, cumulated without double counting, up to the last row of the register.
    pub periods: Vec<PeriodCount>,
    /// Sum of the keys of the periods, less the distinct keys: counted twice if periods were added.
    pub twice_by_period: usize,
    /// By subregion, powiat and gmina.
    pub territory: Vec<TerritoryCount>,
    /// Sum of the keys of the gminas, less the distinct keys: counted twice if gminas were added.
    pub twice_by_gmina: usize,
    /// Units still without support: those of the frame, or the gminas of the territory where persons,
    /// institutions or hours are counted; none if it is not known which units there are.
    pub without_support: Option<Vec<NamedUnit>>,
    /// Members of a list of institutions that have no support yet.
    pub institutions_without_support: Option<Vec<String>>,
    /// How sure the target's words are.
    pub status: TargetStatus,
    /// Document of the target.
    #[serde(with = "crate::observation::once_or_both")]
    pub source: Label,
    /// What a reader has to know.
    pub remarks: Vec<Label>,
}

/// What became of the rows without fault; the four add up to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAccount {
    /// Counted.
    pub counted: usize,
    /// Equal to a counted row in every field.
    pub same: usize,
    /// Of a form, role or module that is not the target's matter.
    pub of_other_kind: usize,
    /// Left out, with a reason in [`Coverage::left_out`].
    pub left_out: usize,
}

/// One period of a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodCount {
    /// `2023`, `2023-H1`, `2023-Q1` or `2023-01`.
    pub period: String,
    /// Rows counted.
    pub rows: usize,
    /// Distinct keys with a row in the period.
    pub keys: usize,
    /// Hours.
    pub hours: f64,
    /// Keys that met the condition in this period, or hours.
    pub new: f64,
    /// Reached since the start, no key twice.
    pub cumulated: f64,
}

/// One unit of territory of a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TerritoryCount {
    /// Level of the unit.
    pub level: Level,
    /// The unit; none for rows that are of no unit of this level.
    pub unit: Option<NamedUnit>,
    /// Rows counted.
    pub rows: usize,
    /// Distinct keys with a row in the unit.
    pub keys: usize,
    /// Those of them that meet the condition, wherever they met it.
    pub complete: usize,
    /// Hours.
    pub hours: f64,
}

/// Counts a register towards targets; see the [module](super) for the formula.
#[must_use]
pub fn coverage(
    register: &SupportRegister,
    targets: &CheckedTargetSet,
    gazetteer: &Gazetteer,
    step: Step,
) -> Coverage {
    let same = same_rows(&register.supports);
    let mut left_out = register.left_out.clone();
    let mut reached = Vec::new();
    for target in &targets.targets {
        let mut counted = count(target, register, &same, gazetteer, step);
        left_out.append(&mut counted.left_out);
        reached.push(target_coverage(target, counted, &targets.set.source, gazetteer));
    }
    let methods = [
        ("coverage_keys", register.key_rule.word()),
        ("coverage_period", step.word()),
        ("coverage_same_rows", "counted_once"),
    ];
    Coverage {
        title: targets.set.title.clone(),
        source: targets.set.source.clone(),
        notes: targets.set.notes.clone(),
        unknown: targets.set.unknown.clone(),
        targets: reached,
        double_counting: double_counting(register, &same, step),
        left_out,
        unmatched: unmatched(register, targets),
        provenance: Provenance::new(&methods, Vec::new()),
    }
}

fn unmatched(register: &SupportRegister, targets: &CheckedTargetSet) -> Vec<UnmatchedWord> {
    let mut found = std::collections::BTreeMap::new();
    for support in &register.supports {
        if !targets.targets.iter().any(|target| target.concerns(support)) {
            let Support { form, role, module, .. } = support;
            *found.entry((form.clone(), role.clone(), module.clone())).or_insert(0) += 1;
        }
    }
    found.into_iter().map(|((form, role, module), rows)| UnmatchedWord { form, role, module, rows }).collect()
}

fn target_coverage(
    target: &CheckedTarget,
    counted: Count,
    source: &Label,
    gazetteer: &Gazetteer,
) -> TargetCoverage {
    let written = &target.target;
    let achieved = match written.counts {
        Counts::Hours => counted.hours,
        _ => counted.complete.len() as f64,
    };
    let needed = target.needed();
    let distinct = counted.complete.len() + counted.incomplete;
    let keys_by_gmina: usize =
        counted.territory.iter().filter(|unit| unit.level == Level::Gmina).map(|unit| unit.keys).sum();
    let keys_by_period: usize = counted.periods.iter().map(|period| period.keys).sum();
    let (without_support, institutions_without_support) = without_support(target, &counted, gazetteer);
    TargetCoverage {
        id: written.id.clone(),
        name: written.name.clone(),
        counts: written.counts,
        goal: written.goal,
        frame: target.frame_size,
        needed,
        achieved,
        percent: needed.map(|needed| 100.0 * achieved / needed),
        missing: needed.map(|needed| (needed - achieved).max(0.0)),
        share: target.frame_size.map(|size| achieved / size as f64),
        incomplete: counted.incomplete,
        rows: counted.rows,
        twice_by_period: keys_by_period.saturating_sub(distinct),
        twice_by_gmina: keys_by_gmina.saturating_sub(distinct),
        periods: counted.periods,
        territory: counted.territory,
        without_support,
        institutions_without_support,
        status: written.status,
        source: written.source.as_ref().map_or_else(|| source.clone(), |own| Label::new(own, own)),
        remarks: remarks(target, achieved),
    }
}

fn remarks(target: &CheckedTarget, achieved: f64) -> Vec<Label> {
    let written = &target.target;
    let mut found: Vec<Label> = written.note.iter().cloned().collect();
    if written.goal.is_none() {
        found.push(Label::new("Wartość docelowa nie jest znana.", "The target's value is not known."));
    }
    if matches!(written.goal, Some(Goal::Share(_))) && target.frame_size.is_none() {
        found.push(Label::new(
            "Cel jest udziałem, a liczba jednostek nie jest znana: podaj ją albo listę jednostek.",
            "The target is a share and the number of units is not known: give it, or a list of the units.",
        ));
    }
    if target.frame_size.is_some_and(|size| achieved > size as f64) {
        found.push(Label::new(
            "Policzono więcej jednostek, niż ich podano: sprawdź podaną liczbę.",
            "More units are counted than there are said to be: check the number given.",
        ));
    }
    found
}

type Without = (Option<Vec<NamedUnit>>, Option<Vec<String>>);

fn without_support(target: &CheckedTarget, counted: &Count, gazetteer: &Gazetteer) -> Without {
    let named = |unit: UnitId| NamedUnit::of(gazetteer.resolve(unit).unwrap_or(unit), gazetteer);
    match (&counted.without, target.target.counts) {
        (Some(without), Counts::Institutions) => (None, Some(without.iter().cloned().collect())),
        (Some(without), _) => {
            let units = without.iter().filter_map(|code| code.parse().ok());
            (Some(units.map(named).collect()), None)
        }
        (None, counts) if counts.of_territory() => (None, None),
        (None, _) => {
            let gminas = target.territory.and_then(|unit| gazetteer.gminas(unit).ok());
            let none = gminas.filter(|all| !all.is_empty()).map(|all| {
                all.into_iter().filter(|gmina| !counted.gminas.contains(gmina)).map(named).collect()
            });
            (none, None)
        }
    }
}
