use crate::resources::catalogue::{CatalogueFileError, PartError, UnitOfMeasureError};

/// Why a formula is refused; `at` is the character, counted from 1, where the fault stands.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FormulaError {
    /// A field that must be filled in is empty.
    #[error("{field} is empty: a formula states its id, name, expression, unit, author and source")]
    Blank {
        /// Name of the field.
        field: &'static str,
    },
    /// The id is not lower case with underscores.
    #[error("'{id}' is no id: expected lower-case letters, digits and underscores")]
    NotAnId {
        /// The id given.
        id: String,
    },
    /// The id is that of a published definition.
    #[error("'{id}' has a published definition, which a formula does not replace: choose another id")]
    Taken {
        /// The id given.
        id: String,
    },
    /// The id is that of a chapter of indicators.
    #[error(
        "'{id}' is the title of a chapter ({title}) and not an indicator: give the formula an id and name of its own"
    )]
    Section {
        /// The id given.
        id: String,
        /// The title.
        title: String,
    },
    /// Too many characters.
    #[error("the formula has {length} characters: expected at most {limit}")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// Brackets too deep.
    #[error("character {at}: brackets and signs stand in more than {limit} others: simplify the formula")]
    TooDeep {
        /// Place in the text.
        at: usize,
        /// How many may stand inside each other.
        limit: usize,
    },
    /// Something else was expected.
    #[error("character {at}: got {got}, expected {expected}")]
    Unexpected {
        /// Place in the text.
        at: usize,
        /// What stands there.
        got: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// A number that does not read.
    #[error("character {at}: '{got}' is not a number: expected digits, with a point before decimals (0.5)")]
    NotANumber {
        /// Place in the text.
        at: usize,
        /// What stands there.
        got: String,
    },
    /// People without ages, or with ages that do not read.
    #[error("character {at}: {source}")]
    NotAPart {
        /// Place in the text.
        at: usize,
        /// What is wrong with the words.
        source: PartError,
    },
    /// Nothing of the unit is measured.
    #[error(
        "the formula names no input: expected at least one, e.g. social_workers_ops or persons of all ages"
    )]
    NoInput,
    /// Inputs whose unit of measure is not known.
    #[error("the unit of measure is not known of {}: declare it under `inputs`", places(inputs))]
    UnknownUnits {
        /// Names and places of the inputs.
        inputs: Vec<(String, usize)>,
    },
    /// A unit is declared of an input that the formula does not use.
    #[error("`inputs` declares {input}, which the expression does not use: check the spelling")]
    Unused {
        /// Name of the input.
        input: String,
    },
    /// A unit is declared that is not the one of the catalogue.
    #[error("`inputs` declares {input} in {declared}, but it is in {known}")]
    OtherUnit {
        /// Name of the input.
        input: String,
        /// Unit declared.
        declared: String,
        /// Unit of the catalogue.
        known: String,
    },
    /// A text that is no unit of measure.
    #[error("{field}: {source}")]
    NotAUnit {
        /// `unit`, or the name of the input.
        field: String,
        /// What is wrong.
        source: UnitOfMeasureError,
    },
    /// Unlike things are added or taken away.
    #[error("character {at}: '{operator}' joins {left} and {right}: only like adds to like")]
    MixedUnits {
        /// Place of the sign.
        at: usize,
        /// The sign.
        operator: char,
        /// Unit on its left.
        left: String,
        /// Unit on its right.
        right: String,
    },
    /// The two definitions of beneficiaries are added or taken away.
    #[error(
        "character {at}: '{operator}' joins two definitions of beneficiaries, all members of assisted households \
         (persons_in_families_covered) and persons granted benefits by decision (persons_granted_benefits): use one"
    )]
    MixedBeneficiaries {
        /// Place of the sign.
        at: usize,
        /// The sign.
        operator: char,
    },
    /// Division by the number zero.
    #[error("character {at}: division by 0")]
    DivisionByZero {
        /// Place of the sign.
        at: usize,
    },
    /// The unit that follows is not the one declared.
    #[error("the formula gives {found}, but its unit is declared as '{declared}', which is {meant}")]
    WrongUnit {
        /// Unit as declared.
        declared: String,
        /// What the declaration means.
        meant: String,
        /// Unit that follows.
        found: String,
    },
    /// The list of official names does not read.
    #[error(transparent)]
    File(#[from] CatalogueFileError),
}

fn places(inputs: &[(String, usize)]) -> String {
    let inputs: Vec<String> = inputs.iter().map(|(name, at)| format!("{name} (character {at})")).collect();
    inputs.join(", ")
}
