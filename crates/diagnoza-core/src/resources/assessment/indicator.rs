use serde::{Deserialize, Serialize};

use crate::observation::{Source, Status, Year};

/// What a table says of an indicator, besides its values.
#[doc(alias = "wskaźnik")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableIndicator {
    /// Name in code and files, unique in its table.
    pub id: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// Unit of measure in Polish; may be empty.
    pub unit_pl: String,
    /// Unit of measure in English; may be empty.
    pub unit_en: String,
    /// Which values are better, where that can be said.
    pub direction: Direction,
    /// Whether the value grows with the unit.
    pub kind: ValueKind,
    /// How a change is measured when units are compared by it.
    pub change: ChangeMeasure,
    /// Decimals shown; a change too small to be seen with them is no change.
    pub decimals: u8,
    /// Last year whose values were observed; later ones are planned or projected. `None`: all were observed.
    pub observed_until: Option<Year>,
    /// Years from which the values do not compare with earlier ones.
    pub breaks: Vec<SeriesBreak>,
    /// Where the values come from; empty if it was not said.
    pub sources: Vec<Source>,
    /// What a reader must know, in Polish; may be empty.
    pub note_pl: String,
    /// What a reader must know, in English; may be empty.
    pub note_en: String,
}

/// A year from which a series does not compare with what it was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesBreak {
    /// First year of the new definition or basis.
    pub year: Year,
    /// Why, in Polish.
    pub reason_pl: String,
    /// Why, in English.
    pub reason_en: String,
}

/// Which values of an indicator are better. A judgement about policy, not about figures: where it is open,
/// a value may be far from the peers' but is neither good nor bad.
#[doc(alias = "stymulanta")]
#[doc(alias = "destymulanta")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The higher, the better.
    HigherFavourable,
    /// The lower, the better.
    LowerFavourable,
    /// Neither is said.
    #[default]
    NotStated,
}

/// Whether a value grows with the unit it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A number of people, places or zloty: a large unit has more of it, which is no finding. Such a value has
    /// its place among the peers, but only its change raises a flag.
    Size,
    /// A share, a rate, a mean: units of any size compare.
    #[default]
    Ratio,
}

/// How a change is measured when units are compared by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeMeasure {
    /// Last less first, in the unit of the values: percentage points of a share.
    #[default]
    Absolute,
    /// 100 x (last / first - 1), for values above zero: people and money.
    Relative,
}

impl TableIndicator {
    /// An indicator known by its id only: direction not stated, a ratio, one decimal, no source.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name_pl: id.clone(),
            name_en: id.clone(),
            id,
            unit_pl: String::new(),
            unit_en: String::new(),
            direction: Direction::default(),
            kind: ValueKind::default(),
            change: ChangeMeasure::default(),
            decimals: 1,
            observed_until: None,
            breaks: Vec::new(),
            sources: Vec::new(),
            note_pl: String::new(),
            note_en: String::new(),
        }
    }

    /// Whether a value of the year was observed or is projected (planned).
    #[must_use]
    pub fn status(&self, year: Year) -> Status {
        if self.observed_until.is_none_or(|last| year <= last) { Status::Observed } else { Status::Projected }
    }

    /// The last break at or before the year.
    #[must_use]
    pub fn break_before(&self, year: Year) -> Option<&SeriesBreak> {
        self.breaks.iter().filter(|found| found.year <= year).max_by_key(|found| found.year)
    }
}

macro_rules! words {
    ($type:ty, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $type {
            /// Every choice.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word used in tables and files.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

words!(Direction, HigherFavourable => "higher_favourable", LowerFavourable => "lower_favourable", NotStated => "not_stated");
words!(ValueKind, Size => "size", Ratio => "ratio");
words!(ChangeMeasure, Absolute => "absolute", Relative => "relative");

impl ChangeMeasure {
    /// The change from one value to another; `None` where it has no meaning (relative to zero or less).
    #[must_use]
    pub fn between(self, first: f64, last: f64) -> Option<f64> {
        match self {
            Self::Absolute => Some(last - first),
            Self::Relative => Some(100.0 * (last / first - 1.0)).filter(|_| first > 0.0),
        }
        .filter(|change| change.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_serialised_form() {
        for word in Direction::ALL {
            assert_eq!(serde_json::to_value(word).unwrap(), word.word());
        }
        assert_eq!(serde_json::to_value(ValueKind::Size).unwrap(), ValueKind::Size.word());
        assert_eq!(serde_json::to_value(ChangeMeasure::Relative).unwrap(), ChangeMeasure::Relative.word());
    }

    #[test]
    fn a_change_relative_to_nothing_has_no_meaning() {
        assert_eq!(ChangeMeasure::Relative.between(50.0, 40.0).map(f64::round), Some(-20.0));
        assert_eq!(ChangeMeasure::Relative.between(0.0, 3.0), None);
        assert_eq!(ChangeMeasure::Relative.between(-2.0, 3.0), None);
        assert_eq!(ChangeMeasure::Relative.between(1e-310, 1e15), None);
        assert_eq!(ChangeMeasure::Absolute.between(-2.0, 3.0), Some(5.0));
    }

    #[test]
    fn the_break_that_counts_is_the_last_one_before_the_year() {
        let mut indicator = TableIndicator::new("x");
        let at = |year| SeriesBreak {
            year: Year::constant(year),
            reason_pl: String::new(),
            reason_en: String::new(),
        };
        indicator.breaks = vec![at(2020), at(2015)];
        let found = |year| indicator.break_before(Year::constant(year)).map(|found| found.year.get());
        assert_eq!(
            [found(2014), found(2015), found(2019), found(2020)],
            [None, Some(2015), Some(2015), Some(2020)]
        );
    }
}
