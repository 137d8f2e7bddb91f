use serde::{Deserialize, Serialize};

use super::{ExplainError, number, polish};
use crate::selection::{Label, Measured, Part, Ranked, Selection};
use crate::territory::Teryt;

/// Two candidates side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The first gmina.
    pub first: Teryt,
    /// The second gmina.
    pub second: Teryt,
    /// Whether both lie in one stratum, so that they compete for a place.
    pub same_stratum: bool,
    /// One row per criterion.
    pub criteria: Vec<PairRow>,
    /// Score of the first less that of the second.
    pub score_difference: f64,
    /// The comparison in a sentence.
    pub text: Label,
}

/// One criterion of two candidates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairRow {
    /// Variable of the criterion.
    pub variable: String,
    /// What it is, for people.
    pub label: Label,
    /// Unit of the values.
    pub unit: String,
    /// Value of the first.
    pub first: Measured,
    /// Value of the second.
    pub second: Measured,
    /// Which of the two it speaks for; `None` when they are equal.
    pub speaks_for: Option<Teryt>,
    /// Normalised value and contribution of the first, where the method says so.
    pub first_part: Option<Part>,
    /// Those of the second.
    pub second_part: Option<Part>,
}

impl Selection {
    /// Two candidates side by side: values, which of them each criterion speaks for, scores.
    ///
    /// # Errors
    /// [`ExplainError`] for a gmina that is not a candidate.
    pub fn compare(&self, first: Teryt, second: Teryt) -> Result<Pair, ExplainError> {
        let of = |code: Teryt| {
            let gminas = self.strata.iter().map(|stratum| stratum.rows.len()).sum();
            self.ranked(code).ok_or(ExplainError { code, gminas })
        };
        let ((first_stratum, a), (second_stratum, b)) = (of(first)?, of(second)?);
        let mut primary = 0;
        let mut rows = Vec::with_capacity(self.criteria.len());
        for (i, criterion) in self.criteria.iter().enumerate() {
            let (Some(&x), Some(&y)) = (a.values.get(i), b.values.get(i)) else { continue };
            let is_primary = criterion.role == crate::selection::Role::Primary;
            let part = |row: &Ranked| row.parts.get(primary).copied().filter(|_| is_primary);
            rows.push(PairRow {
                variable: criterion.variable.clone(),
                label: criterion.label.clone(),
                unit: criterion.unit.clone(),
                first: x,
                second: y,
                speaks_for: match criterion.prefers(&x, &y) {
                    std::cmp::Ordering::Less => Some(a.code),
                    std::cmp::Ordering::Greater => Some(b.code),
                    std::cmp::Ordering::Equal => None,
                },
                first_part: part(a),
                second_part: part(b),
            });
            primary += usize::from(is_primary);
        }
        let same_stratum = first_stratum.stratum == second_stratum.stratum;
        let score_difference = a.score - b.score;
        let text = pair_text(a, b, &rows, same_stratum);
        Ok(Pair { first: a.code, second: b.code, same_stratum, criteria: rows, score_difference, text })
    }
}

fn pair_text(a: &Ranked, b: &Ranked, rows: &[PairRow], same_stratum: bool) -> Label {
    let names = |code: Option<Teryt>, pl: bool| -> String {
        let of = rows.iter().filter(|row| row.speaks_for == code);
        let labels: Vec<String> = of
            .map(|row| {
                let label = if pl { &row.label.pl } else { &row.label.en };
                let number = if pl { polish } else { number };
                format!("{label} ({} / {})", number(row.first.value), number(row.second.value))
            })
            .collect();
        if labels.is_empty() { "-".to_owned() } else { labels.join(", ") }
    };
    let (pl_strata, en_strata) = if same_stratum {
        ("ta sama warstwa", "same stratum")
    } else {
        ("różne warstwy, nie konkurują o miejsce", "different strata, they do not compete for a place")
    };
    Label {
        pl: format!(
            "{} i {} ({pl_strata}). Za {}: {}. Za {}: {}. Równe: {}.",
            a.name,
            b.name,
            a.name,
            names(Some(a.code), true),
            b.name,
            names(Some(b.code), true),
            names(None, true)
        ),
        en: format!(
            "{} and {} ({en_strata}). For {}: {}. For {}: {}. Equal: {}.",
            a.name,
            b.name,
            a.name,
            names(Some(a.code), false),
            b.name,
            names(Some(b.code), false),
            names(None, false)
        ),
    }
}
