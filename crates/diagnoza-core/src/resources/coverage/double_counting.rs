use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Step, Support, SupportRegister};

/// Where a register counts the same twice, so that sums of its parts exceed the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubleCounting {
    /// Rows given.
    pub rows: usize,
    /// Rows without fault.
    pub sound_rows: usize,
    /// Rows equal to an earlier one in every field, counted once.
    pub same_rows: Vec<SameRow>,
    /// Distinct persons.
    pub persons: usize,
    /// Distinct institutions.
    pub institutions: usize,
    /// Keys that stand in several rows.
    pub repeats: Vec<Repeat>,
    /// Groups of different keys that differ only in case, spaces, hyphens or dots. They are counted apart: look
    /// whether they mean the same.
    pub alike: Vec<Vec<String>>,
    /// Keys of persons that are valid PESEL numbers: replace them by pseudonyms.
    pub pesel_like: usize,
}

/// A row equal to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SameRow {
    /// The row.
    pub row: usize,
    /// The row it repeats.
    pub of: usize,
}

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// A person.
    Person,
    /// An institution.
    Institution,
}

/// A key that stands in several rows, and what the rows differ in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// What the key stands for.
    pub kind: KeyKind,
    /// The key.
    pub key: String,
    /// Its rows, equal ones left out.
    pub rows: Vec<usize>,
    /// Its periods.
    pub periods: Vec<String>,
    /// Its forms of support.
    pub forms: Vec<String>,
    /// Its units of territory.
    pub units: Vec<String>,
    /// Its institutions, if it is a person.
    pub institutions: Vec<String>,
}

/// For each row, the earlier one it equals in every field.
pub(super) fn same_rows(supports: &[Support]) -> Vec<Option<usize>> {
    let mut first = BTreeMap::new();
    let key = |s: &Support| {
        let hours = s.hours.map(f64::to_bits);
        let keys = (s.person.clone(), s.institution.clone(), s.unit);
        (s.date, keys, s.form.clone(), s.module.clone(), s.role.clone(), hours)
    };
    let earlier = |support: &Support| match first.entry(key(support)) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(place) => {
            place.insert(support.row);
            None
        }
    };
    supports.iter().map(earlier).collect()
}

pub(super) fn double_counting(
    register: &SupportRegister,
    same: &[Option<usize>],
    step: Step,
) -> DoubleCounting {
    let kept: Vec<&Support> =
        register.supports.iter().zip(same).filter(|(_, same)| same.is_none()).map(|(s, _)| s).collect();
    let same_rows = register.supports.iter().zip(same);
    let same_rows = same_rows.filter_map(|(s, of)| of.map(|of| SameRow { row: s.row, of })).collect();
    let persons = by_key(&kept, |support| support.person.as_deref());
    let institutions = by_key(&kept, |support| support.institution.as_deref());
    let mut repeats = repeats(KeyKind::Person, &persons, step);
    repeats.extend(self::repeats(KeyKind::Institution, &institutions, step));
    let mut alike = alike(persons.keys());
    alike.extend(self::alike(institutions.keys()));
    DoubleCounting {
        rows: register.rows,
        sound_rows: register.supports.len(),
        same_rows,
        persons: persons.len(),
        institutions: institutions.len(),
        repeats,
        alike,
        pesel_like: persons.keys().filter(|key| is_pesel(key)).count(),
    }
}

type ByKey<'r> = BTreeMap<&'r str, Vec<&'r Support>>;

fn by_key<'r>(supports: &[&'r Support], key: impl Fn(&'r Support) -> Option<&'r str>) -> ByKey<'r> {
    let mut found = ByKey::new();
    for support in supports.iter().copied() {
        if let Some(key) = key(support) {
            found.entry(key).or_default().push(support);
        }
    }
    found
}

fn repeats(kind: KeyKind, keys: &ByKey<'_>, step: Step) -> Vec<Repeat> {
    let several = keys.iter().filter(|(_, rows)| rows.len() > 1);
    let distinct = |texts: BTreeSet<String>| texts.into_iter().collect::<Vec<_>>();
    let repeat = |(key, rows): (&&str, &Vec<&Support>)| Repeat {
        kind,
        key: (*key).to_owned(),
        rows: rows.iter().map(|s| s.row).collect::<BTreeSet<_>>().into_iter().collect(),
        periods: distinct(rows.iter().map(|s| step.label(step.index(s.date))).collect()),
        forms: distinct(rows.iter().filter_map(|s| s.form.clone()).collect()),
        units: distinct(rows.iter().filter_map(|s| s.unit.map(|u| u.to_string())).collect()),
        institutions: match kind {
            KeyKind::Person => distinct(rows.iter().filter_map(|s| s.institution.clone()).collect()),
            KeyKind::Institution => Vec::new(),
        },
    };
    several.map(repeat).collect()
}

fn alike<'k>(keys: impl Iterator<Item = &'k &'k str>) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in keys {
        let bare = key.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '_' | '/'));
        let bare: String = bare.flat_map(char::to_lowercase).collect();
        groups.entry(bare).or_default().push((*key).to_owned());
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Eleven digits whose last is the check digit of PESEL (weights 1, 3, 7, 9).
fn is_pesel(key: &str) -> bool {
    const WEIGHTS: [u32; 11] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
    let digits: Option<Vec<u32>> = key.chars().map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        digits.len() == 11 && sum.is_multiple_of(10) && sum > 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pesel_numbers_are_known_by_their_check_digit() {
        // Numbers made for this test: 6 + 63 + 24 + 27 + 6 + 6 + 8 = 140.
        assert!(is_pesel("02070803628"));
        assert!(!is_pesel("02070803629") && !is_pesel("0207080362") && !is_pesel("A2070803628"));
    }
}
