use serde::{Deserialize, Serialize};

use super::{Identity, Relation, UnitKind};
use crate::observation::Year;
use crate::territory::Teryt;

/// What can be wrong in a form.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Fault {
    /// The file names an edition that is not known.
    #[error("edition '{got}' is not known: expected one of {}, or give an edition file", known.join(", "))]
    UnknownEdition {
        /// The name found.
        got: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The file names another edition than the caller.
    #[error("the file says edition '{got}', but it is read as '{expected}'")]
    OtherEdition {
        /// The name found.
        got: String,
        /// The edition the file is read with.
        expected: String,
    },
    /// The edition is not for that year.
    #[error("edition '{edition}' is not for the assessed year {year}: give the edition of that year")]
    EditionYear {
        /// The edition.
        edition: String,
        /// The assessed year.
        year: Year,
    },
    /// A code that is none, or of a unit that does not fill this form.
    #[error("unit '{got}': {why}")]
    WrongUnit {
        /// The code found.
        got: String,
        /// What is wrong with it.
        why: UnitFault,
    },
    /// A year that is not the one of its place.
    #[error("'{got}' stands where {} is expected", expected.map_or("a year".to_owned(), |year| format!("the year {year}")))]
    WrongYear {
        /// What stands there.
        got: String,
        /// The year of the place, if it is known.
        expected: Option<Year>,
    },
    /// A column that is not there.
    #[error("the table has no column {column}")]
    MissingColumn {
        /// The column.
        column: super::Column,
    },
    /// A row the edition does not have.
    #[error("row '{got}' ('{label}') is not in the edition{}", if *partial { ", of which only some rows are known: an edition file may add it" } else { "" })]
    UnknownRow {
        /// Chapter and number found.
        got: String,
        /// The label found.
        label: String,
        /// Whether more rows exist than the edition lists.
        partial: bool,
    },
    /// A row of the edition that is not there.
    #[error("the row is not in the form: add it, its fields may be empty")]
    MissingRow,
    /// A row that stands twice; the first is kept.
    #[error("the row stands twice, first in row {first} of the file: the first is kept, remove one")]
    DuplicateRow {
        /// Row of the file in which it stood first.
        first: usize,
    },
    /// Figures in a row without a number.
    #[error("figures stand in a row without a number ('{label}'): give the number of the row")]
    UnnumberedRow {
        /// The label found.
        label: String,
    },
    /// The label is not that of the row.
    #[error("the label is '{got}', expected '{expected}': the row number or the label is wrong")]
    WrongLabel {
        /// The label found.
        got: String,
        /// The label of the edition.
        expected: String,
    },
    /// No number where one is needed.
    #[error("'{got}' is no number: expected {expected}, empty, x, or .")]
    NotANumber {
        /// What stands there.
        got: String,
        /// What is expected.
        expected: String,
    },
    /// A sign whose meaning nobody has stated.
    #[error(
        "'{got}' is no sign of this form: write 0 if there was none, leave it empty if it is not known, or say what a dash means"
    )]
    UndefinedSign {
        /// The sign.
        got: String,
    },
    /// Below zero.
    #[error("{got} is below zero, which this row does not admit")]
    Negative {
        /// The number.
        got: f64,
    },
    /// More decimals than the unit has.
    #[error("{got} is not {}: the unit is {unit}", decimals_en(*decimals))]
    Fraction {
        /// The number.
        got: f64,
        /// Decimals of the row.
        decimals: u8,
        /// Unit of measure.
        unit: String,
    },
    /// A number in a field that is not to be filled.
    #[error("'{got}' stands in a field that is not to be filled: expected x or empty")]
    NotApplicable {
        /// What stands there.
        got: String,
    },
    /// A row that this kind of unit does not fill.
    #[error("the row is not asked of a {kind}: leave it empty")]
    NotAsked {
        /// Kind of the unit.
        kind: UnitKind,
    },
    /// An identity that does not hold.
    #[error("{}", identity_en(identity, *whole, *parts, *all_known))]
    Identity {
        /// The identity.
        identity: Identity,
        /// Value of the whole.
        whole: f64,
        /// Sum of the parts that are known.
        parts: f64,
        /// Whether every part is known.
        all_known: bool,
    },
}

/// What is wrong with the code of a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UnitFault {
    /// Not a code.
    #[error("not a TERYT code, expected 4 digits (powiat) or 6 or 7 (gmina), 2 (voivodeship)")]
    NotACode,
    /// A unit that does not fill this form.
    #[error("such a unit does not fill this form, which is filled by: {}", asked.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", "))]
    FillsNoForm {
        /// Kinds that fill it.
        asked: Vec<UnitKind>,
    },
    /// Another unit than the caller says.
    #[error("the form is read as that of {expected}")]
    Other {
        /// The unit the caller says.
        expected: Teryt,
    },
}

impl UnitFault {
    fn polish(&self) -> String {
        match self {
            Self::NotACode => {
                "to nie jest kod TERYT (gmina 6 lub 7 cyfr, powiat 4, województwo 2)".to_owned()
            }
            Self::FillsNoForm { asked } => {
                let asked: Vec<&str> = asked.iter().map(|kind| kind.polish()).collect();
                format!("taka jednostka nie wypełnia tego formularza, wypełnia go {}", asked.join(", "))
            }
            Self::Other { expected } => format!("formularz jest czytany jako formularz jednostki {expected}"),
        }
    }
}

impl Fault {
    /// The rule that is broken, one word for tables.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::UnknownEdition { .. } => "unknown_edition",
            Self::OtherEdition { .. } => "other_edition",
            Self::EditionYear { .. } => "edition_year",
            Self::WrongUnit { .. } => "wrong_unit",
            Self::WrongYear { .. } => "wrong_year",
            Self::MissingColumn { .. } => "missing_column",
            Self::UnknownRow { .. } => "unknown_row",
            Self::MissingRow => "missing_row",
            Self::DuplicateRow { .. } => "duplicate_row",
            Self::UnnumberedRow { .. } => "unnumbered_row",
            Self::WrongLabel { .. } => "wrong_label",
            Self::NotANumber { .. } => "not_a_number",
            Self::UndefinedSign { .. } => "undefined_sign",
            Self::Negative { .. } => "negative",
            Self::Fraction { .. } => "fraction",
            Self::NotApplicable { .. } => "not_applicable",
            Self::NotAsked { .. } => "not_asked",
            Self::Identity { identity, .. } => match identity.relation {
                Relation::Sum => "sum",
                Relation::AtMost => "at_most",
            },
        }
    }

    /// The two numbers that disagree: the one found and the one it should be, or be no more or no less than.
    #[must_use]
    pub fn numbers(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Identity { identity, whole, parts, .. } => match identity.relation {
                Relation::Sum => (Some(*whole), Some(*parts)),
                Relation::AtMost => (Some(*parts), Some(*whole)),
            },
            Self::Negative { got } => (Some(*got), Some(0.0)),
            Self::Fraction { got, decimals, .. } => {
                let scale = 10_f64.powi(i32::from(*decimals));
                (Some(*got), Some((got * scale).round() / scale))
            }
            Self::WrongYear { got, expected } => (
                got.trim().parse::<Year>().ok().map(|year| f64::from(year.get())),
                expected.map(|year| f64::from(year.get())),
            ),
            _ => (None, None),
        }
    }

    /// The sentence in Polish.
    #[must_use]
    pub fn polish(&self) -> String {
        match self {
            Self::UnknownEdition { got, known } => format!(
                "edycja '{got}' nie jest znana: oczekiwano jednej z {} albo pliku edycji",
                known.join(", ")
            ),
            Self::OtherEdition { got, expected } => {
                format!("plik podaje edycję '{got}', a jest czytany jako '{expected}'")
            }
            Self::EditionYear { edition, year } => {
                format!("edycja '{edition}' nie obejmuje roku oceny {year}: podaj edycję z tego roku")
            }
            Self::WrongUnit { got, why } => format!("jednostka '{got}': {}", why.polish()),
            Self::WrongYear { got, expected } => match expected {
                Some(year) => format!("'{got}' stoi w miejscu roku {year}"),
                None => format!("'{got}' stoi w miejscu roku"),
            },
            Self::MissingColumn { column } => format!("tabela nie ma kolumny '{}'", column.polish()),
            Self::UnknownRow { got, label, partial } => format!(
                "wiersza '{got}' ('{label}') nie ma w edycji{}",
                if *partial {
                    ", z której znana jest tylko część wierszy: można go dodać w pliku edycji"
                } else {
                    ""
                }
            ),
            Self::MissingRow => "w formularzu brak tego wiersza: dodaj go, pola mogą być puste".to_owned(),
            Self::DuplicateRow { first } => {
                format!(
                    "wiersz występuje dwa razy, pierwszy raz w wierszu pliku {first}: zachowano pierwszy, usuń jeden"
                )
            }
            Self::UnnumberedRow { label } => {
                format!("liczby stoją w wierszu bez numeru ('{label}'): podaj numer wiersza")
            }
            Self::WrongLabel { got, expected } => {
                format!("opis '{got}', oczekiwano '{expected}': błędny jest numer wiersza albo opis")
            }
            Self::NotANumber { got, .. } => {
                format!("'{got}' nie jest liczbą: oczekiwano liczby, pustego pola, x albo .")
            }
            Self::UndefinedSign { got } => format!(
                "znak '{got}' nie jest określony w tym formularzu: wpisz 0, jeśli zjawiska nie było, zostaw puste pole, jeśli nie wiadomo, albo podaj znaczenie kreski"
            ),
            Self::Negative { got } => {
                format!("{} jest poniżej zera, a ten wiersz na to nie pozwala", pl(*got))
            }
            Self::Fraction { got, decimals, unit } => {
                format!("{} ma więcej miejsc po przecinku niż {decimals}: jednostka to {unit}", pl(*got))
            }
            Self::NotApplicable { got } => {
                format!("'{got}' stoi w polu, którego się nie wypełnia: oczekiwano x albo pustego pola")
            }
            Self::NotAsked { kind } => {
                format!("tego wiersza nie wypełnia {}: zostaw puste pola", kind.polish())
            }
            Self::Identity { identity, whole, parts, all_known } => {
                identity_pl(identity, *whole, *parts, *all_known)
            }
        }
    }
}

fn decimals_en(decimals: u8) -> String {
    if decimals == 0 { "a whole number".to_owned() } else { format!("a number with {decimals} decimals") }
}

/// A sum of decimals without the digits that the binary form adds.
fn tidy(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn pl(number: f64) -> String {
    tidy(number).to_string().replace('.', ",")
}

fn identity_en(identity: &Identity, whole: f64, parts: f64, all_known: bool) -> String {
    let (whole, parts) = (tidy(whole), tidy(parts));
    let of = if all_known { "the parts" } else { "the parts that are given" };
    match identity.relation {
        Relation::Sum => format!("{identity} does not hold: the row says {whole}, {of} sum to {parts}"),
        Relation::AtMost => {
            format!("{identity} does not hold: the row says {whole}, less than {parts} of {of}")
        }
    }
}

fn identity_pl(identity: &Identity, whole: f64, parts: f64, all_known: bool) -> String {
    let (whole, parts) = (pl(whole), pl(parts));
    let of = if all_known { "części" } else { "podane części" };
    match identity.relation {
        Relation::Sum => format!("{identity} nie zachodzi: w wierszu jest {whole}, {of} dają {parts}"),
        Relation::AtMost => {
            format!("{identity} nie zachodzi: w wierszu jest {whole}, a {of} dają więcej: {parts}")
        }
    }
}
