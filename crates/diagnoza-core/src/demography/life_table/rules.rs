//! Named choices of a life table, and the record of them.

use serde::{Deserialize, Serialize};

use super::super::Sexes;

/// How `a(0)`, the years lived in the first year of life by those who die in it, is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InfantRule {
    /// Andreev & Kingkade (2015), from `m(0)`, or from `q(0)` where probabilities are given.
    #[default]
    AndreevKingkade,
    /// Coale & Demeny West in its first form, from `q(0)` (*Manual X*, `DemoTools`).
    CoaleDemeny,
    /// Coale & Demeny West refitted to `m(0)` (Preston et al., table 3.3; `MortalityLaws`, `demography`).
    CoaleDemenyRate,
    /// Half a year.
    Midpoint,
    /// Deaths at a constant hazard within the year.
    ConstantHazard,
    /// Years given by the user.
    Given(f64),
}

/// How `a(x)` above age 0 is found.
///
/// Single years have half a year under all rules but `Keyfitz`, `ConstantHazard` and `Given`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeparationRule {
    /// Greville (1943) as the United Nations and `MortCast` use it; ages 1 to 4 by Coale & Demeny from `m(0)`.
    #[default]
    Greville,
    /// Greville from age 5 on, constant hazard where it leaves the middle fifth of the age (`DemoTools` `un`).
    Un,
    /// Midpoints; ages 1 to 4 by Coale & Demeny from `q(0)` (US Census Bureau's PAS, `DemoTools` `pas`).
    Pas,
    /// Deaths of neighbouring ages on a parabola, iterated (Keyfitz).
    Keyfitz,
    /// Half the width of every age.
    Midpoint,
    /// Deaths at a constant hazard within each age: `q = 1 - exp(-n m)`.
    ConstantHazard,
    /// Years given by the user, from age 0 on; with one more value than closed ages, the last is the
    /// life expectancy in the open age and replaces `1 / m`.
    Given(Vec<f64>),
}

impl SeparationRule {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Greville => "greville",
            Self::Un => "un",
            Self::Pas => "pas",
            Self::Keyfitz => "keyfitz",
            Self::Midpoint => "midpoint",
            Self::ConstantHazard => "constant_hazard",
            Self::Given(_) => "given",
        }
    }
}

/// Rules of separation of one table. By default Andreev & Kingkade with Greville, as in the
/// United Nations' projections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Rule of age 0; without effect beside [`SeparationRule::Given`], which has age 0 too.
    pub infant: InfantRule,
    /// Rule of the ages above.
    pub separation: SeparationRule,
}

/// What the table was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Death rates.
    Mx,
    /// Probabilities of dying.
    Qx,
    /// Survivors.
    Lx,
    /// Deaths and person-years of exposure.
    Deaths,
}

/// How the open age was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenAge {
    /// Life expectancy `1 / m` of its own rate.
    Rate,
    /// Life expectancy given by the user.
    Given,
    /// Rate continued from the two closed ages before, `m = m(-1)^2 / m(-2)`: probabilities and
    /// survivors say nothing of the open age. `m(-1)` where rates do not rise.
    Continued,
    /// Person-years of the older ages of the table this one was made from.
    Older,
}

/// How a table was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Whose mortality: women, men or both.
    pub sex: Sexes,
    /// What was given.
    pub input: Input,
    /// Rules used.
    pub rules: Rules,
    /// How the open age was closed.
    pub open_age: OpenAge,
    /// Ages whose rate and `a` together mean a probability of 1 or more: there deaths follow a
    /// constant hazard instead.
    pub constant_hazard_at: Vec<u32>,
    /// First age of the open group before the table was closed at a younger age.
    pub closed_from: Option<u32>,
    /// Whether ages were grouped from a table with narrower ones.
    pub grouped: bool,
}
