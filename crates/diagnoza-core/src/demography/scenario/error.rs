use super::{Baseline, FORMAT};
use crate::demography::survival::UnreachableLifeExpectancy;
use crate::observation::{Sex, Year};
use crate::territory::{Teryt, UnitId};

/// Why a scenario is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// The file is not TOML of this form; the text names line and key.
    #[error("scenario file {file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser says, with the line.
        reason: String,
    },
    /// Another format word.
    #[error("format '{got}' is not known: expected '{FORMAT}'")]
    Format {
        /// The word given.
        got: String,
    },
    /// The name is empty or is the word of an official variant although there are changes.
    #[error("scenario name '{got}' cannot be used: {reason}")]
    Name {
        /// The name given.
        got: String,
        /// Why.
        reason: &'static str,
    },
    /// Not a base.
    #[error("'{got}' is not a scenario: expected main, low, high or own, or a scenario file ending in .toml")]
    UnknownVariant {
        /// The word given.
        got: String,
    },
    /// A change with none or several assumptions.
    #[error(
        "change {number} sets {count} assumptions: expected exactly one of tfr, tfr_factor, e0_shift, \
         net_migration_factor, constant_rates"
    )]
    NotOneEffect {
        /// Position in the file, from 1.
        number: usize,
        /// Number of assumptions set.
        count: usize,
    },
    /// A value outside its range.
    #[error("change {number}: {key} = {got}, expected {expected}")]
    Value {
        /// Position in the file, from 1.
        number: usize,
        /// Key of the value.
        key: &'static str,
        /// Value given.
        got: f64,
        /// Range.
        expected: &'static str,
    },
    /// A key that does not go with the assumption.
    #[error("change {number}: '{key}' {reason}")]
    Key {
        /// Position in the file, from 1.
        number: usize,
        /// The key.
        key: &'static str,
        /// Why it does not fit.
        reason: &'static str,
    },
    /// A year outside the projection, or `by` before `from`.
    #[error("change {number}: {key} = {got} is outside the years {first} to {last} that it can have")]
    Years {
        /// Position in the file, from 1.
        number: usize,
        /// Key of the year.
        key: &'static str,
        /// Year given.
        got: Year,
        /// First year allowed.
        first: Year,
        /// Last year allowed.
        last: Year,
    },
    /// A unit without powiats in the register, or one smaller than a powiat.
    #[error("change {number}: unit {unit} is not a powiat, subregion or voivodeship of this projection")]
    Unit {
        /// Position in the file, from 1.
        number: usize,
        /// The unit given.
        unit: UnitId,
    },
    /// A change that takes back what one before it does.
    #[error(
        "change {later} ({later_key} from {from}) undoes change {earlier} ({earlier_key} until {by}) in {place}: \
         put it first, let it begin later, or leave one of them out"
    )]
    Undone {
        /// Position of the change that is undone, from 1.
        earlier: usize,
        /// Its assumption.
        earlier_key: &'static str,
        /// Year in which it is complete.
        by: Year,
        /// Position of the change that undoes it, from 1.
        later: usize,
        /// Its assumption.
        later_key: &'static str,
        /// First year with it.
        from: Year,
        /// The first powiat both are for.
        place: Place,
    },
    /// Scenarios of different official variants put together.
    #[error(
        "scenarios '{first}' and '{second}' start from different official variants, {first_base} and {second_base}: \
         expected the same"
    )]
    Bases {
        /// Name of the one.
        first: String,
        /// Its variant.
        first_base: Baseline,
        /// Name of the other.
        second: String,
        /// Its variant.
        second_base: Baseline,
    },
    /// The life expectancy asked for does not exist.
    #[error("{unit}, {year}, {sex}: {source}")]
    LifeExpectancy {
        /// The area.
        unit: Teryt,
        /// The year.
        year: Year,
        /// The sex.
        sex: Sex,
        /// The limits.
        source: UnreachableLifeExpectancy,
    },
    /// A fertility level for an area whose base has no births.
    #[error("{unit}, {year}: the base has no births, so its fertility has no pattern to scale")]
    NoFertility {
        /// The area.
        unit: Teryt,
        /// The year.
        year: Year,
    },
}

/// Where two changes meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In every powiat.
    Everywhere,
    /// In this powiat and maybe others.
    Powiat(Teryt),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everywhere => f.write_str("all powiats"),
            Self::Powiat(powiat) => write!(f, "powiat {powiat}"),
        }
    }
}
