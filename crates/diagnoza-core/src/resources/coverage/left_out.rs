use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::observation::Label;

/// A row, or one target's view of a row, that is not counted, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Row of the register as the reader counts it.
    pub row: usize,
    /// The target that leaves it out; none where no target can count it.
    pub target: Option<String>,
    /// Why.
    pub reason: LeftOutReason,
    /// What stands there; empty for an empty cell.
    pub got: String,
    /// The reason in words, with what to do.
    pub because: Label,
}

/// Why a row is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The date is empty.
    NoDate,
    /// The date cannot be read, or is not of 1990 to 2100.
    BadDate,
    /// The unit is no code or name of the register of territory.
    UnknownUnit,
    /// Hours are not a number.
    BadHours,
    /// Hours are negative.
    NegativeHours,
    /// More hours than any support has.
    TooManyHours,
    /// Neither a person nor an institution.
    NoKey,
    /// The target counts persons and the row has none.
    NoPerson,
    /// The target counts institutions and the row has none.
    NoInstitution,
    /// The target needs a unit of territory and the row has none.
    NoUnit,
    /// The row's unit is wider than those the target counts.
    UnitTooWide,
    /// The target needs hours and the row has none.
    NoHours,
    /// The target needs modules and the row names none.
    NoModule,
    /// The date is not of the target's period.
    OutsidePeriod,
    /// The unit is not of the target's territory.
    OutsideTerritory,
    /// The unit or institution is not on the target's list.
    NotInFrame,
}

impl LeftOut {
    pub(super) fn new(row: usize, reason: LeftOutReason, got: &str, detail: &str) -> Self {
        let because = reason.words(detail);
        Self { row, target: None, reason, got: got.to_owned(), because }
    }

    pub(super) fn outside_period(row: usize, date: Date, detail: &str) -> Self {
        Self::new(row, LeftOutReason::OutsidePeriod, &date.to_string(), detail)
    }

    pub(super) fn of_target(mut self, target: &str) -> Self {
        self.target = Some(target.to_owned());
        self
    }
}

impl LeftOutReason {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoDate => "no_date",
            Self::BadDate => "bad_date",
            Self::UnknownUnit => "unknown_unit",
            Self::BadHours => "bad_hours",
            Self::NegativeHours => "negative_hours",
            Self::TooManyHours => "too_many_hours",
            Self::NoKey => "no_key",
            Self::NoPerson => "no_person",
            Self::NoInstitution => "no_institution",
            Self::NoUnit => "no_unit",
            Self::UnitTooWide => "unit_too_wide",
            Self::NoHours => "no_hours",
            Self::NoModule => "no_module",
            Self::OutsidePeriod => "outside_period",
            Self::OutsideTerritory => "outside_territory",
            Self::NotInFrame => "not_in_frame",
        }
    }

    fn words(self, detail: &str) -> Label {
        let (pl, en) = match self {
            Self::NoDate => ("brak daty wsparcia", "the date is empty"),
            Self::BadDate => (
                "to nie jest data z lat 1990–2100: oczekiwano 2023-05-31 albo 31.05.2023",
                "not a date of 1990 to 2100: expected 2023-05-31 or 31.05.2023",
            ),
            Self::UnknownUnit => ("nieznana jednostka terytorialna", "unknown unit of territory"),
            Self::BadHours => (
                "godziny nie są liczbą: oczekiwano np. 7,5 albo 7.5",
                "hours are not a number: expected such as 7.5 or 7,5",
            ),
            Self::NegativeHours => ("liczba godzin jest ujemna", "hours are negative"),
            Self::TooManyHours => {
                ("więcej niż 100 000 godzin w jednym wierszu", "more than 100,000 hours in one row")
            }
            Self::NoKey => {
                ("brak klucza osoby i klucza instytucji", "neither a key of a person nor of an institution")
            }
            Self::NoPerson => (
                "cel liczy osoby, a wiersz nie ma klucza osoby",
                "the target counts persons, the row has none",
            ),
            Self::NoInstitution => (
                "cel liczy instytucje, a wiersz nie ma klucza instytucji",
                "the target counts institutions, the row has none",
            ),
            Self::NoUnit => (
                "cel wymaga jednostki terytorialnej, a wiersz jej nie ma",
                "the target needs a unit of territory, the row has none",
            ),
            Self::UnitTooWide => (
                "jednostka wiersza jest szersza niż jednostki liczone przez cel",
                "the row's unit is wider than the units the target counts",
            ),
            Self::NoHours => {
                ("cel wymaga liczby godzin, a wiersz jej nie ma", "the target needs hours, the row has none")
            }
            Self::NoModule => {
                ("cel wymaga modułu, a wiersz go nie podaje", "the target needs a module, the row names none")
            }
            Self::OutsidePeriod => ("data spoza okresu celu", "the date is outside the target's period"),
            Self::OutsideTerritory => {
                ("jednostka spoza obszaru celu", "the unit is outside the target's territory")
            }
            Self::NotInFrame => ("spoza listy celu", "not on the target's list"),
        };
        if detail.is_empty() {
            return Label::new(pl, en);
        }
        Label::new(format!("{pl}: {detail}"), format!("{en}: {detail}"))
    }
}
