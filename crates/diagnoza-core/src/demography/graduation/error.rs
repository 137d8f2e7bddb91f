use super::super::AgeRange;
use super::GraduationMethod;

/// Why groups of ages cannot be graduated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GraduationError {
    /// Not one count for each group.
    #[error("{counts} counts were given for {groups} groups of ages: expected one for each, at least one")]
    Length {
        /// Number of counts.
        counts: usize,
        /// Number of groups.
        groups: usize,
    },
    /// Groups do not follow each other.
    #[error(
        "the group from age {got} comes after that from {before}: expected the first ages of the groups in order"
    )]
    Order {
        /// First age of the group before.
        before: u8,
        /// First age found.
        got: u8,
    },
    /// An age beyond the longest life.
    #[error("age {got} is above 130: expected ages in completed years")]
    Age {
        /// The age.
        got: u8,
    },
    /// The end of the last group comes before its start.
    #[error(
        "the last group starts at age {start} and is said to end with {last_age}: expected that age or a later one"
    )]
    LastAge {
        /// First age of the group.
        start: u8,
        /// Age said to be its last.
        last_age: u8,
    },
    /// A number that counts nobody.
    #[error("{what} at age {age} is {got}: expected a finite number, not below zero")]
    NotACount {
        /// Which series.
        what: &'static str,
        /// First age of the group, or the single age.
        age: u8,
        /// The number.
        got: f64,
    },
    /// Groups that the multipliers of five-year groups do not fit.
    #[error(
        "{method:?} takes five-year groups from age {first} (or parts of them), but no group starts at age {missing}: \
         choose mono, uniform, pclm or within_structure, which take groups of any width"
    )]
    NotFiveYears {
        /// The method.
        method: GraduationMethod,
        /// First age of the first group.
        first: u8,
        /// The age at which a group should start.
        missing: u8,
    },
    /// Too few groups for the method.
    #[error(
        "{method:?} needs at least {needed} closed groups, got {got}: choose mono, uniform or within_structure"
    )]
    TooFewGroups {
        /// The method.
        method: GraduationMethod,
        /// Groups needed.
        needed: usize,
        /// Groups given.
        got: usize,
    },
    /// Fewer than nobody at an age.
    #[error(
        "{method:?} gives {got} persons at age {age}: choose negatives `redistribute`, or the methods mono, pclm or \
         within_structure, which are never below zero"
    )]
    Negative {
        /// The method.
        method: GraduationMethod,
        /// The age.
        age: u8,
        /// The number.
        got: f64,
    },
    /// A structure is asked for and not given.
    #[error(
        "no structure was given: expected persons by single ages from 0, the last open, of the unit to follow"
    )]
    NoStructure,
    /// The structure ends before the groups do.
    #[error(
        "the structure has single ages up to {last} and then its open group, but ages {ages} must be spread: \
         expected single ages beyond them and an open group after (0 where there is nobody)"
    )]
    StructureEnds {
        /// Ages to be spread.
        ages: AgeRange,
        /// Last single age of the structure.
        last: i16,
    },
    /// People where the structure has nobody.
    #[error(
        "{persons} persons aged {ages} have nobody to follow in the structure: choose empty_structure `uniform` or another structure"
    )]
    EmptyStructure {
        /// Ages of the group.
        ages: AgeRange,
        /// Its count.
        persons: f64,
    },
    /// A setting of PCLM that cannot be.
    #[error("setting {setting} of PCLM is {got}: expected {expected}")]
    PclmSetting {
        /// Name of the setting.
        setting: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Exposure that fits neither the groups nor the single ages.
    #[error(
        "{got} exposures were given: expected one for each of the {groups} groups or the {ages} single ages"
    )]
    ExposureLength {
        /// Number given.
        got: usize,
        /// Number of groups.
        groups: usize,
        /// Number of single ages.
        ages: usize,
    },
    /// The penalised likelihood has no solution that can be computed.
    #[error("PCLM found no fit with lambda {lambda}: choose a larger lambda or the method mono")]
    PclmFit {
        /// Smoothing parameter.
        lambda: f64,
    },
}
