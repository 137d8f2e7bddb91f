//! One target counted over the rows of a register.

use std::collections::{BTreeMap, BTreeSet};

use super::target_check::key_of_unit;
use super::{
    CheckedTarget, Counts, LeftOut, LeftOutReason, NamedUnit, PeriodCount, RowAccount, Step, Support,
    SupportRegister, TerritoryCount, place,
};
use crate::territory::{Gazetteer, Level, UnitId};

/// Hours are sums of decimals: 0.1 + 0.2 is three tenths.
const HOURS_TOLERANCE: f64 = 1e-9;

/// A row that counts for the target, with the key it counts for.
struct Counted<'r> {
    key: String,
    support: &'r Support,
}

/// What the rows come to for one target.
pub(super) struct Count {
    pub(super) rows: RowAccount,
    pub(super) left_out: Vec<LeftOut>,
    /// Keys that meet the condition.
    pub(super) complete: BTreeSet<String>,
    /// Keys with rows that do not meet it yet.
    pub(super) incomplete: usize,
    pub(super) hours: f64,
    pub(super) periods: Vec<PeriodCount>,
    pub(super) territory: Vec<TerritoryCount>,
    /// Members of the frame that do not meet it.
    pub(super) without: Option<BTreeSet<String>>,
    /// Gminas with a row that counts.
    pub(super) gminas: BTreeSet<UnitId>,
}

pub(super) fn count(
    target: &CheckedTarget,
    register: &SupportRegister,
    same: &[Option<usize>],
    gazetteer: &Gazetteer,
    step: Step,
) -> Count {
    let members: Option<BTreeSet<String>> =
        target.members.as_ref().map(|members| match target.target.counts {
            Counts::Institutions => members.iter().filter_map(|key| register.key_rule.key(key)).collect(),
            _ => members.clone(),
        });
    let mut account = RowAccount::default();
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for (support, same) in register.supports.iter().zip(same) {
        if !target.concerns(support) {
            account.of_other_kind += 1;
            continue;
        }
        match target.key(support, members.as_ref(), gazetteer) {
            Err(fault) => left_out.push(fault.of_target(&target.target.id)),
            Ok(_) if same.is_some() => account.same += 1,
            Ok(key) => rows.push(Counted { key, support }),
        }
    }
    account.counted = rows.len();
    account.left_out = left_out.len();
    let completed = completed(target, &rows);
    let keys: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let without =
        members.map(|all| all.into_iter().filter(|key| !completed.contains_key(key.as_str())).collect());
    Count {
        without,
        rows: account,
        left_out,
        incomplete: keys.len() - completed.len(),
        hours: rows.iter().filter_map(|row| row.support.hours).sum(),
        periods: periods(target, &rows, &completed, register, step),
        territory: territory(&rows, &completed, gazetteer),
        gminas: rows.iter().filter_map(|row| place::gmina(row.support.unit?, gazetteer)).collect(),
        complete: completed.into_keys().map(str::to_owned).collect(),
    }
}

impl CheckedTarget {
    /// Whether form, role and module are the target's matter.
    pub(super) fn concerns(&self, support: &Support) -> bool {
        let fits = |words: &BTreeSet<String>, word: &Option<String>| {
            words.is_empty() || word.as_ref().is_some_and(|word| words.contains(word))
        };
        let module = self.modules.is_empty()
            || support.module.as_ref().is_none_or(|module| self.modules.contains_key(module));
        fits(&self.forms, &support.form) && fits(&self.roles, &support.role) && module
    }

    /// The key a row counts for, or why it does not count.
    fn key(
        &self,
        support: &Support,
        members: Option<&BTreeSet<String>>,
        gazetteer: &Gazetteer,
    ) -> Result<String, LeftOut> {
        let out = |reason, got: &str, detail: &str| Err(LeftOut::new(support.row, reason, got, detail));
        if let Some(period) = self.period.filter(|period| !period.contains(support.date)) {
            let days = format!("{} – {}", period.from, period.to);
            return Err(LeftOut::outside_period(support.row, support.date, &days));
        }
        let Some(unit) = support.unit else {
            if self.territory.is_some() || self.target.counts.of_territory() {
                return out(LeftOutReason::NoUnit, "", "");
            }
            return self.key_of(support, None, members, gazetteer);
        };
        if let Some(territory) = self.territory.filter(|of| !place::is_within(gazetteer, unit, *of)) {
            return out(LeftOutReason::OutsideTerritory, &unit.to_string(), &territory.to_string());
        }
        self.key_of(support, Some(unit), members, gazetteer)
    }

    fn key_of(
        &self,
        support: &Support,
        unit: Option<UnitId>,
        members: Option<&BTreeSet<String>>,
        gazetteer: &Gazetteer,
    ) -> Result<String, LeftOut> {
        let out = |reason, got: &str| Err(LeftOut::new(support.row, reason, got, ""));
        let counts = self.target.counts;
        let key = match (counts, unit) {
            (Counts::Persons, _) => support.person.clone().ok_or(LeftOutReason::NoPerson),
            (Counts::Institutions, _) => support.institution.clone().ok_or(LeftOutReason::NoInstitution),
            (Counts::Hours, _) => {
                Ok(support.institution.clone().or(support.person.clone()).unwrap_or_default())
            }
            (_, Some(unit)) => key_of_unit(counts, unit, gazetteer).ok_or(LeftOutReason::UnitTooWide),
            (_, None) => Err(LeftOutReason::NoUnit),
        };
        let got = unit.map(|unit| unit.to_string()).unwrap_or_default();
        let key = match key {
            Ok(key) => key,
            Err(reason @ LeftOutReason::UnitTooWide) => return out(reason, &got),
            Err(reason) => return out(reason, ""),
        };
        let needs_hours = self.target.minimum_hours.is_some() || !self.modules.is_empty();
        if (needs_hours || counts == Counts::Hours) && support.hours.is_none() {
            return out(LeftOutReason::NoHours, "");
        }
        if !self.modules.is_empty() && support.module.is_none() {
            return out(LeftOutReason::NoModule, "");
        }
        if members.is_some_and(|members| !members.contains(&key)) {
            return out(LeftOutReason::NotInFrame, &key);
        }
        Ok(key)
    }

    fn complete(&self, hours: f64, modules: &BTreeMap<&str, f64>) -> bool {
        let enough = |got: f64, asked: f64| got + HOURS_TOLERANCE >= asked;
        let done = |(name, asked): (&String, &f64)| {
            modules.get(name.as_str()).is_some_and(|got| enough(*got, *asked))
        };
        self.target.minimum_hours.is_none_or(|asked| enough(hours, asked)) && self.modules.iter().all(done)
    }
}

/// Keys that meet the condition, each with the row that met it first; rows come by date.
fn completed<'r>(target: &CheckedTarget, rows: &'r [Counted<'r>]) -> BTreeMap<&'r str, &'r Support> {
    let mut hours: BTreeMap<&str, (f64, BTreeMap<&str, f64>)> = BTreeMap::new();
    let mut done = BTreeMap::new();
    for row in rows {
        let (all, modules) = hours.entry(&row.key).or_default();
        let given = row.support.hours.unwrap_or_default();
        *all += given;
        if let Some(module) = &row.support.module {
            *modules.entry(module).or_default() += given;
        }
        if !done.contains_key(row.key.as_str()) && target.complete(*all, modules) {
            done.insert(row.key.as_str(), row.support);
        }
    }
    done
}

fn periods(
    target: &CheckedTarget,
    rows: &[Counted<'_>],
    completed: &BTreeMap<&str, &Support>,
    register: &SupportRegister,
    step: Step,
) -> Vec<PeriodCount> {
    let by_hours = target.target.counts == Counts::Hours;
    let starts = target.period.map(|period| period.from).or_else(|| rows.first().map(|row| row.support.date));
    let within = |date: &jiff::civil::Date| target.period.is_none_or(|period| period.contains(*date));
    // Not beyond the last row of the register: what comes later is not yet known to be nothing.
    let last = register.supports.iter().map(|support| support.date).filter(within).max();
    let (Some(first), Some(last)) = (starts, last) else { return Vec::new() };
    let mut cumulated = 0.0;
    (step.index(first)..=step.index(last))
        .map(|index| {
            let inside: Vec<&Counted<'_>> =
                rows.iter().filter(|row| step.index(row.support.date) == index).collect();
            let hours: f64 = inside.iter().filter_map(|row| row.support.hours).sum();
            let new = if by_hours {
                hours
            } else {
                completed.values().filter(|support| step.index(support.date) == index).count() as f64
            };
            cumulated += new;
            PeriodCount {
                period: step.label(index),
                rows: inside.len(),
                keys: inside.iter().map(|row| row.key.as_str()).collect::<BTreeSet<_>>().len(),
                hours,
                new,
                cumulated,
            }
        })
        .collect()
}

fn territory(
    rows: &[Counted<'_>],
    completed: &BTreeMap<&str, &Support>,
    gazetteer: &Gazetteer,
) -> Vec<TerritoryCount> {
    let at = |level: Level, unit: UnitId| match level {
        Level::Gmina => place::gmina(unit, gazetteer),
        Level::Powiat => place::powiat(unit),
        _ => gazetteer.subregion_of(place::powiat(unit)?).ok().flatten(),
    };
    let mut found = Vec::new();
    for level in [Level::Subregion, Level::Powiat, Level::Gmina] {
        let mut groups: BTreeMap<Option<UnitId>, Vec<&Counted<'_>>> = BTreeMap::new();
        for row in rows {
            groups.entry(row.support.unit.and_then(|unit| at(level, unit))).or_default().push(row);
        }
        // Rows of no unit of this level come last.
        let nowhere = groups.remove(&None).map(|rows| (None, rows));
        let groups = groups.into_iter().chain(nowhere);
        found.extend(groups.map(|(unit, rows)| {
            let keys: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
            TerritoryCount {
                level,
                unit: unit.map(|unit| NamedUnit::of(unit, gazetteer)),
                rows: rows.len(),
                keys: keys.len(),
                complete: keys.iter().filter(|key| completed.contains_key(*key)).count(),
                hours: rows.iter().filter_map(|row| row.support.hours).sum(),
            }
        }));
    }
    found
}
