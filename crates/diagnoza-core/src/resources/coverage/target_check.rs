use std::collections::{BTreeMap, BTreeSet};

use super::place::{self, Places};
use super::support::word;
use super::{Counts, Frame, Goal, Period, Target, TargetError, TargetSet};
use crate::territory::{Gazetteer, UnitId};

/// A set of targets that can be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedTargetSet {
    pub(super) set: TargetSet,
    pub(super) targets: Vec<CheckedTarget>,
}

/// A target that can be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedTarget {
    pub(super) target: Target,
    pub(super) period: Option<Period>,
    pub(super) territory: Option<UnitId>,
    pub(super) forms: BTreeSet<String>,
    pub(super) roles: BTreeSet<String>,
    pub(super) modules: BTreeMap<String, f64>,
    /// Keys of the frame; none where only their number, or nothing, is known.
    pub(super) members: Option<BTreeSet<String>>,
    pub(super) frame_size: Option<u64>,
}

impl CheckedTargetSet {
    /// The set as it was written.
    #[must_use]
    pub const fn set(&self) -> &TargetSet {
        &self.set
    }

    /// The targets in the order of the set.
    #[must_use]
    pub fn targets(&self) -> &[CheckedTarget] {
        &self.targets
    }

    pub(super) fn check(
        set: TargetSet,
        gazetteer: &Gazetteer,
        frames: &BTreeMap<String, Frame>,
    ) -> Result<Self, TargetError> {
        if set.targets.is_empty() {
            return Err(TargetError::NoTargets);
        }
        let mut ids = BTreeSet::new();
        if let Some(twice) = set.targets.iter().find(|t| t.id.trim().is_empty() || !ids.insert(t.id.as_str()))
        {
            return Err(TargetError::BadId { id: twice.id.clone() });
        }
        if let Some(id) = frames.keys().find(|id| !ids.contains(id.as_str())) {
            let known = set.targets.iter().map(|target| target.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(TargetError::FrameOfNone { id: id.clone(), known });
        }
        let targets = set.targets.iter().map(|target| {
            let mut target = target.clone();
            target.frame = frames.get(&target.id).cloned().or(target.frame);
            CheckedTarget::check(target, &set, gazetteer)
        });
        let targets = targets.collect::<Result<_, _>>()?;
        Ok(Self { set, targets })
    }
}

impl CheckedTarget {
    /// The target as it was written, with the frame taken.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    fn check(target: Target, set: &TargetSet, gazetteer: &Gazetteer) -> Result<Self, TargetError> {
        let id = || target.id.clone();
        check_goal(&target)?;
        let asked = target.requires.iter().map(|module| module.hours).chain(target.minimum_hours);
        if let Some(got) = asked.into_iter().find(|hours| !(hours.is_finite() && *hours > 0.0)) {
            return Err(TargetError::BadHours { id: id(), got });
        }
        if target.counts == Counts::Hours && (target.minimum_hours.is_some() || !target.requires.is_empty()) {
            return Err(TargetError::HoursOfHours { id: id() });
        }
        let mut modules = BTreeMap::new();
        for required in &target.requires {
            let name = word(&required.module).unwrap_or_default();
            if name.is_empty() || modules.insert(name, required.hours).is_some() {
                return Err(TargetError::BadModule { id: id(), module: required.module.clone() });
            }
        }
        let period = target.period.or(set.period);
        if let Some(Period { from, to }) = period
            && !(from <= to && from.year() >= 1990 && to.year() <= 2100)
        {
            return Err(TargetError::BadPeriod { id: id(), from, to });
        }
        let territory = target.territory.or(set.territory);
        if let Some(unit) = territory {
            let unknown = |why: String| TargetError::UnknownTerritory { id: id(), unit, why };
            gazetteer.resolve(unit).map_err(|error| unknown(error.to_string()))?;
        }
        let members = members(&target, territory, gazetteer)?;
        let frame_size = match (&target.frame, &members) {
            (Some(Frame::Number(n)), _) => Some(u64::from(*n)),
            (_, Some(members)) => Some(members.len() as u64),
            _ => None,
        };
        if frame_size == Some(0) {
            return Err(TargetError::FrameEmpty { id: id() });
        }
        let words = |texts: &[String]| texts.iter().filter_map(|text| word(text)).collect();
        let (forms, roles) = (words(&target.forms), words(&target.roles));
        Ok(Self { target, period, territory, forms, roles, modules, members, frame_size })
    }

    /// What is to be reached as a number: a share of the frame rounded up. None where goal or frame is unknown.
    pub(super) fn needed(&self) -> Option<f64> {
        match self.target.goal? {
            Goal::Value(value) => Some(value),
            // In millionths, so that 7 % of 100 is 7 and not the 7.000000000000001 that doubles give.
            Goal::Share(share) => {
                let millionths = (share * 1e6).round() as u64;
                Some((millionths * self.frame_size?).div_ceil(1_000_000) as f64)
            }
        }
    }
}

fn check_goal(target: &Target) -> Result<(), TargetError> {
    let (got, fits, expected) = match target.goal {
        None => return Ok(()),
        Some(Goal::Share(share)) => (share, (1e-6..=1.0).contains(&share), "a share: above 0 to 1"),
        Some(Goal::Value(value)) if target.counts == Counts::Hours => {
            (value, value.is_finite() && value > 0.0, "a number above 0")
        }
        Some(Goal::Value(value)) => {
            let whole = value.is_finite() && value >= 1.0 && value.fract().abs() < f64::EPSILON;
            (value, whole, "a whole number above 0")
        }
    };
    if fits { Ok(()) } else { Err(TargetError::BadGoal { id: target.id.clone(), got, expected }) }
}

/// Keys of the frame, units without the digit of the kind.
fn members(
    target: &Target,
    territory: Option<UnitId>,
    gazetteer: &Gazetteer,
) -> Result<Option<BTreeSet<String>>, TargetError> {
    let id = || target.id.clone();
    let counts = target.counts.word();
    match &target.frame {
        None | Some(Frame::Number(_)) => Ok(None),
        Some(Frame::Register(date)) if target.counts.of_territory() => {
            let day = gazetteer.on(*date);
            let within = territory.unwrap_or_else(|| crate::territory::Teryt::POLAND.into());
            let gminas = || day.gminas(within).unwrap_or_default();
            let powiats = || day.powiats(within).unwrap_or_default();
            let units: Vec<UnitId> = match target.counts {
                Counts::Gminas => gminas(),
                Counts::Powiats => powiats(),
                // Without the gminas the powiats alone would pass for the whole.
                _ if gminas().is_empty() => Vec::new(),
                _ => {
                    gminas().into_iter().chain(powiats()).filter_map(|u| place::government(u, &day)).collect()
                }
            };
            if units.is_empty() {
                let territory = territory.map_or_else(|| "Poland".to_owned(), |unit| unit.to_string());
                return Err(TargetError::FrameNotHeld { id: id(), counts, territory, date: *date });
            }
            Ok(Some(units.into_iter().map(|unit| unit.without_kind().to_string()).collect()))
        }
        Some(Frame::Register(_)) => {
            Err(TargetError::FrameKind { id: id(), counts, expected: "a number or a list" })
        }
        Some(Frame::Listed(texts)) if target.counts == Counts::Institutions => {
            Ok(Some(texts.iter().map(|text| text.trim().to_owned()).collect()))
        }
        Some(Frame::Listed(texts)) if target.counts.of_territory() => {
            let mut places = Places::new(gazetteer);
            let fault =
                |got: &str, why: String| TargetError::FrameUnit { id: id(), got: got.to_owned(), why };
            let unit = |text: &String| {
                let unit = places.find(text.trim(), None).map_err(|why| fault(text, why))?;
                let key = key_of_unit(target.counts, unit, gazetteer);
                key.ok_or_else(|| fault(text, format!("a {} is none of the {counts}", unit.level())))
            };
            Ok(Some(texts.iter().map(unit).collect::<Result<_, _>>()?))
        }
        Some(Frame::Listed(_)) => Err(TargetError::FrameKind { id: id(), counts, expected: "a number" }),
    }
}

/// The unit that a row's unit counts for, without the digit of its kind.
pub(super) fn key_of_unit(counts: Counts, unit: UnitId, gazetteer: &Gazetteer) -> Option<String> {
    let found = match counts {
        Counts::Gminas => place::gmina(unit, gazetteer),
        Counts::Powiats => place::powiat(unit),
        Counts::GminasAndPowiats => place::government(unit, gazetteer),
        Counts::Persons | Counts::Institutions | Counts::Hours => None,
    };
    found.map(|unit| unit.without_kind().to_string())
}
