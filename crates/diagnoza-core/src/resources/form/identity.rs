//! Identities between the rows of a form.
//!
//! ```text
//! 1=2+6      row 1 is the sum of rows 2 and 6           z tego 2+6   the same, in row 1's own definition
//! 10>=11     row 11 is a part of row 10                  w tym 11, 12 each of them is a part of the row
//! 13>=15+16  parts that do not overlap; 15<=13 reads as 13>=15
//! 1=3.1:4    a row of another chapter
//! ```
//!
//! Several identities stand apart by `;`. The explanations of OZPS: "z tego" gives all parts of a sum, "w tym"
//! not all.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::RowId;
use super::row::number;

/// A relation between rows that holds in every column.
///
/// ```
/// use diagnoza_core::resources::form::{Identity, RowId};
/// let found = Identity::parse("1=2+6", &RowId::new("2", 1))?;
/// assert_eq!(found[0].to_string(), "1=2+6");
/// assert_eq!(Identity::parse("z tego 2+6", &RowId::new("2", 1))?, found);
/// # Ok::<(), diagnoza_core::resources::form::IdentityError>(())
/// ```
#[doc(alias = "z tego")]
#[doc(alias = "w tym")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// The whole.
    pub whole: RowId,
    /// How its parts relate to it.
    pub relation: Relation,
    /// The parts, which add up.
    pub parts: Vec<RowId>,
}

/// How parts relate to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The parts sum to the whole ("z tego").
    Sum,
    /// The parts are no more than the whole ("w tym").
    AtMost,
}

/// A text that is no [`Identity`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no identity ({why}): expected one such as 1=2+6, 10>=11, 'z tego 2+6' or 'w tym 11'")]
pub struct IdentityError {
    /// The text given.
    pub got: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl Identity {
    /// The identities in `text`, stated in the definition of `row`; an empty text has none.
    ///
    /// # Errors
    /// [`IdentityError`] for a text that is none, a part that is the whole or stands twice.
    pub fn parse(text: &str, row: &RowId) -> Result<Vec<Self>, IdentityError> {
        let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
        let found: Result<Vec<Vec<Self>>, _> = items.map(|item| Self::parse_one(item, row)).collect();
        Ok(found?.concat())
    }

    fn parse_one(item: &str, row: &RowId) -> Result<Vec<Self>, IdentityError> {
        let fault = |why| IdentityError { got: item.to_owned(), why };
        let plain = item.replace('≥', ">=").replace('≤', "<=");
        let id = |text: &str| row_id(text, &row.chapter).ok_or_else(|| fault("a row is a number"));
        let sum = |text: &str, mark: &[char]| text.split(mark).map(id).collect::<Result<Vec<_>, _>>();
        let (whole, relation, groups) = if let Some(rest) = plain.strip_prefix("z tego") {
            (row.clone(), Relation::Sum, vec![sum(rest.trim_start_matches(':'), &['+', ','])?])
        } else if let Some(rest) = plain.strip_prefix("w tym") {
            let each = rest.trim_start_matches(':').split(',');
            let groups: Result<Vec<_>, _> = each.map(|group| sum(group, &['+'])).collect();
            (row.clone(), Relation::AtMost, groups?)
        } else if let Some((whole, parts)) = plain.split_once(">=") {
            (id(whole)?, Relation::AtMost, vec![sum(parts, &['+'])?])
        } else if let Some((parts, whole)) = plain.split_once("<=") {
            (id(whole)?, Relation::AtMost, vec![sum(parts, &['+'])?])
        } else if let Some((whole, parts)) = plain.split_once('=') {
            (id(whole)?, Relation::Sum, vec![sum(parts, &['+'])?])
        } else {
            return Err(fault("no =, >=, <=, 'z tego' or 'w tym'"));
        };
        groups
            .into_iter()
            .map(|parts| {
                if parts.contains(&whole) {
                    return Err(fault("a row is no part of itself"));
                }
                if parts.iter().enumerate().any(|(n, part)| parts.iter().skip(n + 1).any(|p| p == part)) {
                    return Err(fault("a part stands twice"));
                }
                Ok(Self { whole: whole.clone(), relation, parts })
            })
            .collect()
    }

    /// Every row it speaks of, the whole first.
    pub fn rows(&self) -> impl Iterator<Item = &RowId> {
        std::iter::once(&self.whole).chain(&self.parts)
    }
}

fn row_id(text: &str, chapter: &str) -> Option<RowId> {
    number(text).map(|row| RowId::new(chapter, row)).or_else(|| text.parse().ok())
}

impl fmt::Display for Identity {
    /// As [`Identity::parse`] reads it; rows of the whole's chapter by their number alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_chapter = self.parts.iter().all(|part| part.chapter == self.whole.chapter);
        let name = |id: &RowId| if one_chapter { id.row.to_string() } else { id.to_string() };
        let parts: Vec<String> = self.parts.iter().map(name).collect();
        let sign = match self.relation {
            Relation::Sum => "=",
            Relation::AtMost => ">=",
        };
        write!(f, "{}{sign}{}", name(&self.whole), parts.join("+"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Vec<String>, IdentityError> {
        let found = Identity::parse(text, &RowId::new("2", 10))?;
        Ok(found.iter().map(Identity::to_string).collect())
    }

    #[test]
    fn every_way_of_writing_is_read() {
        for (text, expected) in [
            ("", &[][..]),
            ("1=2+6", &["1=2+6"]),
            (" 10 >= 11 ; 10>=12;", &["10>=11", "10>=12"]),
            ("11≤10", &["10>=11"]),
            ("z tego 11 + 12", &["10=11+12"]),
            ("z tego: 11, 12", &["10=11+12"]),
            ("w tym 11, 12", &["10>=11", "10>=12"]),
            ("w tym 11+12", &["10>=11+12"]),
            ("1=3.1:4", &["2:1=3.1:4"]),
        ] {
            assert_eq!(parse(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_identity_says_why() {
        for (text, says) in [
            ("1", "no ="),
            ("1=", "a row is a number"),
            ("=2", "a row is a number"),
            ("1=2+", "a row is a number"),
            ("1=2*3", "a row is a number"),
            ("1=1", "no part of itself"),
            ("1=2+2", "stands twice"),
            ("z tego", "a row is a number"),
            ("1==2", "a row is a number"),
            ("w tym 10", "no part of itself"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.why.contains(says) && error.to_string().contains("1=2+6"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(whole in 1_u16..9, parts in proptest::collection::btree_set(10_u16..99, 1..5), sum: bool, far: bool) {
            let chapter = if far { "3.1" } else { "2" };
            let identity = Identity {
                whole: RowId::new("2", whole),
                relation: if sum { Relation::Sum } else { Relation::AtMost },
                parts: parts.iter().map(|&row| RowId::new(chapter, row)).collect(),
            };
            let read = Identity::parse(&identity.to_string(), &RowId::new("2", 1)).unwrap();
            prop_assert_eq!(read, vec![identity]);
        }

        #[test]
        fn never_panics(text in "[0-9=<>+,;: a-z≥]{0,16}") {
            let _ = Identity::parse(&text, &RowId::new("2", 1));
        }
    }
}
