use jiff::civil::Date;

use crate::territory::UnitId;

/// What is wrong with a set of targets.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TargetError {
    /// Not the TOML of a set of targets.
    #[error("the targets cannot be read: {why}")]
    Toml {
        /// The parser's words, with line and column.
        why: String,
    },
    /// A word that names no rule for keys.
    #[error("'{got}' is no rule for keys: expected exact, trim or trim_case")]
    UnknownKeyRule {
        /// The word given.
        got: String,
    },
    /// No targets.
    #[error("the set has no targets: expected at least one [[target]]")]
    NoTargets,
    /// An id that is empty or not unique.
    #[error("target '{id}': expected an id of its own")]
    BadId {
        /// The id.
        id: String,
    },
    /// A goal that is no goal.
    #[error("target '{id}': the goal {got} is not {expected}")]
    BadGoal {
        /// The target.
        id: String,
        /// The number given.
        got: f64,
        /// What a goal is.
        expected: &'static str,
    },
    /// Hours that are no hours.
    #[error("target '{id}': {got} hours: expected a number above 0")]
    BadHours {
        /// The target.
        id: String,
        /// The number given.
        got: f64,
    },
    /// A sum of hours cannot ask for hours of a key.
    #[error("target '{id}' counts hours: minimum_hours and requires belong to targets that count keys")]
    HoursOfHours {
        /// The target.
        id: String,
    },
    /// A module without a name, or twice.
    #[error("target '{id}': module '{module}' has to have a name and to stand once")]
    BadModule {
        /// The target.
        id: String,
        /// The module.
        module: String,
    },
    /// A period that ends before it begins, or is not of 1990 to 2100.
    #[error("target '{id}': a period from {from} to {to}: expected days of 1990 to 2100, the first first")]
    BadPeriod {
        /// The target.
        id: String,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// The territory is not in the register of territory.
    #[error("target '{id}': territory {unit}: {why}")]
    UnknownTerritory {
        /// The target.
        id: String,
        /// The code.
        unit: UnitId,
        /// The register's words.
        why: String,
    },
    /// The register of territory cannot give the frame.
    #[error(
        "target '{id}': the register of territory holds no {counts} of {territory} on {date}: give their \
         number or a list of them"
    )]
    FrameNotHeld {
        /// The target.
        id: String,
        /// What is counted.
        counts: &'static str,
        /// Where.
        territory: String,
        /// When.
        date: Date,
    },
    /// A frame that does not fit what is counted.
    #[error("target '{id}' counts {counts}: its frame is {expected}")]
    FrameKind {
        /// The target.
        id: String,
        /// What is counted.
        counts: &'static str,
        /// What the frame may be.
        expected: &'static str,
    },
    /// A unit of the list is none of those counted.
    #[error("target '{id}': '{got}' on its list: {why}")]
    FrameUnit {
        /// The target.
        id: String,
        /// The text given.
        got: String,
        /// What is wrong.
        why: String,
    },
    /// An empty frame.
    #[error("target '{id}': the frame is empty: a share of nothing has no value")]
    FrameEmpty {
        /// The target.
        id: String,
    },
    /// A frame for a target that is not in the set.
    #[error("a frame is given for '{id}', which is no target of the set: its targets are {known}")]
    FrameOfNone {
        /// The id given.
        id: String,
        /// The targets.
        known: String,
    },
}
