use super::super::AgeRange;

/// Why ages cannot be judged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AgeQualityError {
    /// A number that counts nobody.
    #[error("the count at age {age} is {got}: expected a finite number, not below zero")]
    NotACount {
        /// The age.
        age: u16,
        /// The number.
        got: f64,
    },
    /// The range is not covered by the counts.
    #[error("ages {ages} are asked for, but there are counts from age {first} to {last} only")]
    NotCovered {
        /// Ages asked for.
        ages: AgeRange,
        /// First age with a count.
        first: u8,
        /// Last age with a count.
        last: i32,
    },
    /// An open range, or one in which not every digit has the same chance.
    #[error("ages {ages} cannot be judged: expected {expected}")]
    Range {
        /// Ages asked for.
        ages: AgeRange,
        /// What they should be.
        expected: &'static str,
    },
    /// A digit above 9, or none.
    #[error("{got:?} are no last digits of an age: expected one or more of 0 to 9, each once")]
    Digits {
        /// Digits given.
        got: Vec<u8>,
    },
    /// Nobody is counted.
    #[error("nobody is counted at ages {ages}")]
    Nobody {
        /// Ages asked for.
        ages: AgeRange,
    },
}
