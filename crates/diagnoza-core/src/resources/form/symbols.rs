//! What the signs of a form mean.
//!
//! The explanations of OZPS (*Ocena zasobów pomocy społecznej, objaśnienia*, edition 2014/2015, "symbole
//! statystyczne") say: `0`, the phenomenon existed in values smaller than the unit of the table; `.`, no
//! information at all or none that is reliable; `x`, the field cannot or need not be filled. They have no dash.
//! GUS writes a dash where the phenomenon did not occur, and in its data bank `.` where secrecy withholds a value.
//! Filed forms use `0` for plain counts of nothing (Drobin: no nursery, no eviction).

use serde::{Deserialize, Serialize};

use super::{Content, Entry};
use crate::observation::Missing;

/// A text of a field that is no number.
#[derive(Clone, Debug, PartialEq)]
pub enum Sign {
    /// It has a meaning.
    Means(Entry),
    /// A dash, which [`DashRule::Refuse`] refuses.
    Dash,
}

/// How the signs of a form are read; recorded in every form.
///
/// ```
/// use diagnoza_core::observation::Missing;
/// use diagnoza_core::resources::form::{Content, Entry, Sign, Symbols};
/// let symbols = Symbols::default();
/// assert_eq!(symbols.sign("x"), Some(Sign::Means(Entry::Missing(Missing::NotApplicable))));
/// assert_eq!(symbols.zero(Content::Whole), Entry::Value(0.0));
/// assert_eq!(symbols.zero(Content::Decimal(1)), Entry::Missing(Missing::BelowUnit));
/// ```
#[doc(alias = "znaki umowne")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Symbols {
    /// What `0` says.
    pub zero: ZeroRule,
    /// What `.` says.
    pub dot: DotRule,
    /// What `-` says.
    pub dash: DashRule,
}

/// What `0` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroRule {
    /// In rows counted in whole units nothing is smaller than the unit, so `0` is a zero; in rows with
    /// decimals it is the official sign for less than the unit.
    #[default]
    ByUnit,
    /// A zero everywhere.
    Value,
    /// Less than the unit everywhere, as the explanations of OZPS have it to the letter.
    BelowUnit,
}

/// What `.` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DotRule {
    /// No information, as in OZPS.
    #[default]
    NotReported,
    /// Withheld for statistical secrecy, as in GUS's data bank.
    Suppressed,
}

/// What `-` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DashRule {
    /// A fault to be listed: OZPS does not define it, and it may mean nothing or unknown.
    #[default]
    Refuse,
    /// The phenomenon did not occur, as in GUS's tables: a zero.
    Zero,
    /// Not reported.
    NotReported,
}

impl Symbols {
    /// What a text says if it is a sign or a word (`suppressed`, `zero`); `None` for any other text.
    #[must_use]
    pub fn sign(&self, text: &str) -> Option<Sign> {
        let missing = |why| Some(Sign::Means(Entry::Missing(why)));
        match text.trim() {
            "zero" => Some(Sign::Means(Entry::Value(0.0))),
            "" | "not_reported" => missing(Missing::NotReported),
            "x" | "X" | "not_applicable" => missing(Missing::NotApplicable),
            "below_unit" => missing(Missing::BelowUnit),
            "suppressed" => missing(Missing::Suppressed),
            "." => missing(match self.dot {
                DotRule::NotReported => Missing::NotReported,
                DotRule::Suppressed => Missing::Suppressed,
            }),
            "-" | "\u{2013}" | "\u{2014}" | "\u{2212}" => match self.dash {
                DashRule::Refuse => Some(Sign::Dash),
                DashRule::Zero => Some(Sign::Means(Entry::Value(0.0))),
                DashRule::NotReported => missing(Missing::NotReported),
            },
            _ => None,
        }
    }

    /// What a written `0` says in a row of that content.
    #[must_use]
    pub const fn zero(&self, content: Content) -> Entry {
        match (self.zero, content) {
            (ZeroRule::Value, _) | (ZeroRule::ByUnit, Content::Whole | Content::Text) => Entry::Value(0.0),
            (ZeroRule::BelowUnit, _) | (ZeroRule::ByUnit, Content::Decimal(_)) => {
                Entry::Missing(Missing::BelowUnit)
            }
        }
    }

    /// How an entry is written so that it reads back: `x`, or a word where the sign depends on a rule.
    #[must_use]
    pub fn written(&self, entry: &Entry, content: Content) -> String {
        match entry {
            Entry::Missing(Missing::NotReported) => String::new(),
            Entry::Missing(Missing::NotApplicable) => "x".to_owned(),
            Entry::Missing(why) => why.word().to_owned(),
            Entry::Text(text) => text.clone(),
            Entry::Value(value)
                if value.abs() < f64::MIN_POSITIVE && self.zero(content) != Entry::Value(0.0) =>
            {
                "zero".to_owned()
            }
            Entry::Value(value) => value.to_string().replace('.', ","),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_read_as_they_are_written() {
        for dot in [DotRule::NotReported, DotRule::Suppressed] {
            let symbols = Symbols { dot, ..Symbols::default() };
            for why in [Missing::NotReported, Missing::NotApplicable, Missing::Suppressed, Missing::BelowUnit]
            {
                let entry = Entry::Missing(why);
                let text = symbols.written(&entry, Content::Whole);
                assert_eq!(symbols.sign(&text), Some(Sign::Means(entry)));
            }
        }
        let zero = Symbols::default().written(&Entry::Value(0.0), Content::Decimal(1));
        assert_eq!(Symbols::default().sign(&zero), Some(Sign::Means(Entry::Value(0.0))));
        assert_eq!(Symbols::default().written(&Entry::Value(1.5), Content::Decimal(1)), "1,5");
    }

    #[test]
    fn a_dash_is_refused_until_somebody_says_what_it_means() {
        let with = |dash| Symbols { dash, ..Symbols::default() };
        assert_eq!(Symbols::default().sign("-"), Some(Sign::Dash));
        assert_eq!(with(DashRule::Zero).sign("\u{2013}"), Some(Sign::Means(Entry::Value(0.0))));
        assert_eq!(with(DashRule::NotReported).sign("-"), Some(Sign::Means(Entry::default())));
        assert_eq!(Symbols::default().sign("12"), None);
    }

    #[test]
    fn zero_follows_its_rule() {
        let with = |zero| Symbols { zero, ..Symbols::default() };
        let decimal = Content::Decimal(2);
        assert_eq!(with(ZeroRule::Value).zero(decimal), Entry::Value(0.0));
        assert_eq!(with(ZeroRule::BelowUnit).zero(Content::Whole), Entry::Missing(Missing::BelowUnit));
        assert_eq!(with(ZeroRule::ByUnit).zero(Content::Whole), Entry::Value(0.0));
    }
}
