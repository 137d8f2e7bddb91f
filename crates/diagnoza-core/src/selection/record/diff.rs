use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DecisionRecord, RecordError};
use crate::selection::Label;
use crate::territory::Teryt;

/// What differs between two records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordDiff {
    /// Whether the two are the same to the byte.
    pub same: bool,
    /// Differences of the version of the library.
    pub library: Option<Change>,
    /// Keys of the specification that differ.
    pub spec: Vec<Change>,
    /// What differs in the table: its name, hash, columns and sources.
    pub table: Vec<Change>,
    /// What differs in the result, without what follows from other codes chosen.
    pub result: Vec<Change>,
    /// Gminas chosen only in the first.
    pub only_first: Vec<Teryt>,
    /// Gminas chosen only in the second.
    pub only_second: Vec<Teryt>,
    /// Gminas chosen in both.
    pub both: Vec<Teryt>,
    /// The differences in sentences.
    pub text: Label,
}

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Where, such as `criteria[0].weight`.
    pub path: String,
    /// The value in the first; null when it is not there.
    pub first: Value,
    /// The value in the second; null when it is not there.
    pub second: Value,
}

impl DecisionRecord {
    /// What differs between this record and another: keys of the specification, data, result.
    ///
    /// # Errors
    /// [`RecordError::Json`].
    pub fn diff(&self, other: &Self) -> Result<RecordDiff, RecordError> {
        let json = |record: &Self| {
            serde_json::to_value(record).map_err(|source| RecordError::Json { what: "decision", source })
        };
        let (first, second) = (json(self)?, json(other)?);
        let part = |key: &str| {
            let mut changes = Vec::new();
            compare(key, &first[key], &second[key], &mut changes);
            for change in &mut changes {
                let path = change.path.strip_prefix(key).unwrap_or(&change.path);
                change.path = path.trim_start_matches('.').to_owned();
            }
            changes
        };
        let chosen = |record: &Self| -> BTreeSet<Teryt> { record.result.chosen.iter().copied().collect() };
        let (a, b) = (chosen(self), chosen(other));
        let mut diff = RecordDiff {
            same: first == second,
            library: part("library").into_iter().next(),
            spec: part("spec"),
            table: part("table"),
            result: part("result"),
            only_first: a.difference(&b).copied().collect(),
            only_second: b.difference(&a).copied().collect(),
            both: a.intersection(&b).copied().collect(),
            text: Label { pl: String::new(), en: String::new() },
        };
        diff.text = diff.sentences(self, other);
        Ok(diff)
    }
}

impl RecordDiff {
    fn sentences(&self, first: &DecisionRecord, second: &DecisionRecord) -> Label {
        if self.same {
            return Label {
                pl: "Zapisy są identyczne co do bajtu.".to_owned(),
                en: "The records are the same to the byte.".to_owned(),
            };
        }
        let names = |codes: &[Teryt]| -> String {
            let name = |code: &Teryt| {
                let reasons = [&first.result.reasons, &second.result.reasons];
                let found = reasons.iter().find_map(|reasons| reasons.get(code));
                format!("{} ({code})", found.map_or("", |reason| reason.name.as_str()))
            };
            if codes.is_empty() {
                "-".to_owned()
            } else {
                codes.iter().map(name).collect::<Vec<_>>().join(", ")
            }
        };
        let list = |changes: &[Change]| -> String {
            let text = |c: &Change| format!("{}: {} -> {}", c.path, c.first, c.second);
            changes.iter().map(text).collect::<Vec<_>>().join("; ")
        };
        let shown = |changes: &[Change], same: &str| {
            if changes.is_empty() { same.to_owned() } else { list(changes) }
        };
        Label {
            pl: format!(
                "Specyfikacja: {}. Dane: {}. Wybrane tylko w pierwszym: {}; tylko w drugim: {}; w obu: {}.",
                shown(&self.spec, "bez różnic"),
                shown(&self.table, "bez różnic"),
                names(&self.only_first),
                names(&self.only_second),
                names(&self.both)
            ),
            en: format!(
                "Specification: {}. Data: {}. Chosen only in the first: {}; only in the second: {}; in both: {}.",
                shown(&self.spec, "no difference"),
                shown(&self.table, "no difference"),
                names(&self.only_first),
                names(&self.only_second),
                names(&self.both)
            ),
        }
    }
}

/// Leaves that differ, in the order of their paths.
fn compare(path: &str, first: &Value, second: &Value, changes: &mut Vec<Change>) {
    match (first, second) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let value = |of: &serde_json::Map<String, Value>| of.get(key).cloned().unwrap_or(Value::Null);
                compare(&format!("{path}.{key}"), &value(a), &value(b), changes);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for i in 0..a.len().max(b.len()) {
                let value = |of: &[Value]| of.get(i).cloned().unwrap_or(Value::Null);
                compare(&format!("{path}[{i}]"), &value(a), &value(b), changes);
            }
        }
        _ if first == second => {}
        _ => changes.push(Change { path: path.to_owned(), first: first.clone(), second: second.clone() }),
    }
}
