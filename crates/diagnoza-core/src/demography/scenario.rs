//! Scenarios: a base and named, dated changes to its assumptions.
//!
//! A scenario is a file, so that a run can be repeated:
//!
//! ```toml
//! format = "diagnoza-scenario/1"
//! name = "no migration, TFR 1.1"
//! base = "main"                 # main, low, high or own
//!
//! [[change]]
//! net_migration_factor = 0.0    # nobody moves
//! from = 2023
//!
//! [[change]]
//! tfr = 1.1                     # reached at once; with `by`, on a straight line
//! from = 2025
//! units = ["PL623"]             # left out: everywhere
//! ```
//!
//! # Order
//! Changes are applied in the order written, each on what those before it left. Factors on the same rates, shifts
//! of e0 and changes of different assumptions give the same in any order. `tfr` is a level and `constant_rates`
//! holds what is there, so their place matters: a change that would undo an earlier one is refused, naming both.
//! Several `tfr` one after the other in time are a path; different changes for different `units` a what-if of
//! many areas. [`Scenario::then`] puts one scenario's changes after another's.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use ndarray::{Axis, s};
use serde::{Deserialize, Serialize};

use super::cohort_component::Assumptions;
use super::survival::shift_life_expectancy;
use crate::observation::{Sex, Year};
use crate::territory::{Teryt, UnitId};

mod algebra;
mod error;

pub use error::{Place, ScenarioError};

/// The format word a scenario file begins with.
pub const FORMAT: &str = "diagnoza-scenario/1";

/// What a scenario starts from: a variant of the official projection, or the forecast from observed data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// Główny: what the office holds most likely.
    Main,
    /// Niski.
    Low,
    /// Wysoki.
    High,
    /// The forecast from observed data, independent of the office's assumptions.
    Own,
}

impl Baseline {
    /// The variants of the official projection, main first.
    pub const OFFICIAL: [Self; 3] = [Self::Main, Self::Low, Self::High];

    /// All bases.
    pub const ALL: [Self; 4] = [Self::Main, Self::Low, Self::High, Self::Own];

    /// The word used in tables, files and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Low => "low",
            Self::High => "high",
            Self::Own => "own",
        }
    }
}

impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Baseline {
    type Err = ScenarioError;

    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        Self::ALL
            .into_iter()
            .find(|variant| variant.word() == text)
            .ok_or_else(|| ScenarioError::UnknownVariant { got: text.to_owned() })
    }
}

/// A scenario as written, not yet checked. [`ScenarioSpec::check`] makes it a [`Scenario`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// The word `diagnoza-scenario/1`.
    pub format: String,
    /// Name shown in tables and charts.
    pub name: String,
    /// What the changes start from.
    pub base: Baseline,
    /// Why these assumptions, and whose they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Changes, applied in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change: Vec<ChangeSpec>,
}

/// One change as written: exactly one of the assumptions, and when and where it holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSpec {
    /// Total fertility rate to reach, children per woman.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tfr: Option<f64>,
    /// Factor on the base's fertility rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tfr_factor: Option<f64>,
    /// Years added to life expectancy at birth, all death rates moved by one factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e0_shift: Option<f64>,
    /// Sex that `e0_shift` is for; left out: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Factor on net migration at every age; 0 is no migration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_migration_factor: Option<f64>,
    /// Ages at which `net_migration_factor` holds: those that gain or those that lose; left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Survival, fertility and net migration of the year `from` in all later years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant_rates: Option<bool>,
    /// First year with the change.
    pub from: Option<Year>,
    /// Year in which the change is complete; between, a straight line. Left out: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Year>,
    /// Units the change is for; left out: everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
}

/// Sign of net migration at an age and sex. Gross flows are not known: an age that gains has leavers too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More came than left.
    Gains,
    /// More left than came.
    Losses,
}

impl Direction {
    /// Both directions.
    pub const ALL: [Self; 2] = [Self::Gains, Self::Losses];

    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::Losses => "losses",
        }
    }
}

/// A checked scenario, ready to be applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "ScenarioSpec")]
pub struct Scenario {
    spec: ScenarioSpec,
    changes: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq)]
struct Change {
    effect: Effect,
    from: Year,
    by: Year,
    /// Powiats the change is for; `None`: all.
    powiats: Option<BTreeSet<Teryt>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Effect {
    Tfr(f64),
    TfrFactor(f64),
    E0Shift(f64, Option<Sex>),
    NetMigrationFactor(f64, Option<Direction>),
    ConstantRates,
}

impl ScenarioSpec {
    /// A scenario without changes yet.
    #[must_use]
    pub fn new(name: &str, base: Baseline) -> Self {
        Self { format: FORMAT.to_owned(), name: name.to_owned(), base, note: None, change: Vec::new() }
    }

    /// The same scenario with one more change at the end.
    #[must_use]
    pub fn with(mut self, change: ChangeSpec) -> Self {
        self.change.push(change);
        self
    }

    /// Reads the TOML form; `file` is the name errors use.
    ///
    /// # Errors
    /// [`ScenarioError::Syntax`] with line, column and the keys that are allowed.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, ScenarioError> {
        toml::from_str(text).map_err(|e| ScenarioError::Syntax {
            file: file.to_owned(),
            reason: e.to_string().trim().to_owned(),
        })
    }

    /// The TOML form, which [`ScenarioSpec::from_toml`] reads back.
    ///
    /// # Errors
    /// [`ScenarioError::Syntax`] for a text that TOML cannot hold.
    pub fn to_toml(&self) -> Result<String, ScenarioError> {
        toml::to_string(self)
            .map_err(|e| ScenarioError::Syntax { file: self.name.clone(), reason: e.to_string() })
    }

    /// Checks every part and resolves units to powiats.
    ///
    /// `first` and `last` are the projected years a change can have; `powiats_of` lists the
    /// powiats of a unit, `None` for a unit that has none.
    ///
    /// # Errors
    /// [`ScenarioError`] names the change by its position.
    pub fn check(
        self,
        first: Year,
        last: Year,
        powiats_of: impl Fn(UnitId) -> Option<Vec<Teryt>>,
    ) -> Result<Scenario, ScenarioError> {
        if self.format != FORMAT {
            return Err(ScenarioError::Format { got: self.format });
        }
        let name = self.name.trim();
        if name.is_empty() {
            return Err(ScenarioError::Name { got: self.name, reason: "it is empty" });
        }
        if name.parse::<Baseline>().is_ok() && (!self.change.is_empty() || name != self.base.word()) {
            return Err(ScenarioError::Name { got: self.name, reason: "it is that of a base" });
        }
        let changes: Vec<Change> = self
            .change
            .iter()
            .enumerate()
            .map(|(i, change)| change.check(i + 1, first, last, &powiats_of))
            .collect::<Result<_, _>>()?;
        algebra::refuse_undone(&changes)?;
        Ok(Scenario { spec: self, changes })
    }
}

impl ChangeSpec {
    fn check(
        &self,
        number: usize,
        first: Year,
        last: Year,
        powiats_of: &impl Fn(UnitId) -> Option<Vec<Teryt>>,
    ) -> Result<Change, ScenarioError> {
        let candidates = [
            self.tfr.map(Effect::Tfr),
            self.tfr_factor.map(Effect::TfrFactor),
            self.e0_shift.map(|years| Effect::E0Shift(years, self.sex)),
            self.net_migration_factor.map(|factor| Effect::NetMigrationFactor(factor, self.direction)),
            self.constant_rates.and_then(|on| on.then_some(Effect::ConstantRates)),
        ];
        let effects: Vec<Effect> = candidates.into_iter().flatten().collect();
        let [effect] = effects[..] else {
            return Err(ScenarioError::NotOneEffect { number, count: effects.len() });
        };
        let (key, got, range, expected) = match effect {
            Effect::Tfr(x) => ("tfr", x, 0.0..=10.0, "0 to 10 children per woman"),
            Effect::TfrFactor(x) => ("tfr_factor", x, 0.0..=10.0, "0 to 10"),
            Effect::E0Shift(x, _) => ("e0_shift", x, -30.0..=30.0, "-30 to 30 years"),
            Effect::NetMigrationFactor(x, _) => ("net_migration_factor", x, -10.0..=10.0, "-10 to 10"),
            Effect::ConstantRates => ("constant_rates", 0.0, 0.0..=0.0, "true"),
        };
        if !range.contains(&got) {
            return Err(ScenarioError::Value { number, key, got, expected });
        }
        if self.sex.is_some() && !matches!(effect, Effect::E0Shift(..)) {
            return Err(ScenarioError::Key { number, key: "sex", reason: "goes with e0_shift only" });
        }
        if self.direction.is_some() && !matches!(effect, Effect::NetMigrationFactor(..)) {
            let reason = "goes with net_migration_factor only";
            return Err(ScenarioError::Key { number, key: "direction", reason });
        }
        if self.by.is_some() && effect == Effect::ConstantRates {
            return Err(ScenarioError::Key { number, key: "by", reason: "does not go with constant_rates" });
        }
        let from = self.from.ok_or(ScenarioError::Key {
            number,
            key: "from",
            reason: "is missing: say the first year with the change",
        })?;
        let by = self.by.unwrap_or(from);
        for (key, got, first) in [("from", from, first), ("by", by, from)] {
            if got < first || got > last {
                return Err(ScenarioError::Years { number, key, got, first, last });
            }
        }
        let mut powiats = BTreeSet::new();
        for &unit in &self.units {
            powiats.extend(powiats_of(unit).ok_or(ScenarioError::Unit { number, unit })?);
        }
        Ok(Change { effect, from, by, powiats: (!self.units.is_empty()).then_some(powiats) })
    }
}

impl Scenario {
    /// An official variant, unchanged.
    #[must_use]
    pub fn unchanged(variant: Baseline) -> Self {
        Self { spec: ScenarioSpec::new(variant.word(), variant), changes: Vec::new() }
    }

    /// Name shown in tables and charts.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.spec.name
    }

    /// The official variant that the changes start from.
    #[must_use]
    pub const fn base(&self) -> Baseline {
        self.spec.base
    }

    /// The scenario as written.
    #[must_use]
    pub const fn spec(&self) -> &ScenarioSpec {
        &self.spec
    }

    /// Applies the changes to the assumptions of one powiat whose first projected year follows `jump_off`.
    ///
    /// # Errors
    /// [`ScenarioError::LifeExpectancy`] and [`ScenarioError::NoFertility`].
    pub fn apply(
        &self,
        unit: Teryt,
        jump_off: Year,
        assumptions: &mut Assumptions,
    ) -> Result<(), ScenarioError> {
        for change in &self.changes {
            if change.powiats.as_ref().is_none_or(|powiats| powiats.contains(&unit)) {
                change.apply(unit, jump_off, assumptions)?;
            }
        }
        Ok(())
    }
}

impl Change {
    /// Part of the change that holds in a year: 0 before `from`, 1 from `by` on, a line between.
    fn part(&self, year: Year) -> f64 {
        if year < self.from {
            return 0.0;
        }
        let done = f64::from(year.get() - self.from.get() + 1);
        (done / f64::from(self.by.get() - self.from.get() + 1)).min(1.0)
    }

    fn apply(&self, unit: Teryt, jump_off: Year, assumptions: &mut Assumptions) -> Result<(), ScenarioError> {
        let years: Vec<Year> = (1..=assumptions.steps() as u16).map(|n| jump_off.plus(n)).collect();
        let first = usize::from(self.from.get().saturating_sub(jump_off.get() + 1));
        let base_tfr = assumptions.total_fertility();
        for (step, &year) in years.iter().enumerate().skip(first) {
            let part = self.part(year);
            match self.effect {
                Effect::Tfr(target) => {
                    let start = base_tfr[first.saturating_sub(1)];
                    let current = base_tfr[step];
                    if current <= 0.0 {
                        return Err(ScenarioError::NoFertility { unit, year });
                    }
                    let wanted = start + (target - start) * part;
                    assumptions.asfr.row_mut(step).mapv_inplace(|rate| rate * (wanted / current));
                }
                Effect::TfrFactor(factor) => {
                    assumptions.asfr.row_mut(step).mapv_inplace(|rate| rate * (1.0 + (factor - 1.0) * part));
                }
                Effect::NetMigrationFactor(factor, direction) => {
                    let by = 1.0 + (factor - 1.0) * part;
                    let holds = |net: f64| match direction {
                        None => true,
                        Some(Direction::Gains) => net > 0.0,
                        Some(Direction::Losses) => net < 0.0,
                    };
                    let mut flows = assumptions.migration.values_mut().index_axis_mut(Axis(0), step);
                    flows.mapv_inplace(|net| if holds(net) { net * by } else { net });
                }
                Effect::E0Shift(shift, only) => {
                    for sex in Sex::BOTH.into_iter().filter(|&sex| only.is_none_or(|only| only == sex)) {
                        let mut ratios = assumptions.survival.slice_mut(s![step, sex.index(), ..]);
                        let moved = shift_life_expectancy(ratios.view(), shift * part)
                            .map_err(|source| ScenarioError::LifeExpectancy { unit, year, sex, source })?;
                        ratios.assign(&moved);
                    }
                }
                Effect::ConstantRates => {
                    let survival = assumptions.survival.index_axis(Axis(0), first).to_owned();
                    let asfr = assumptions.asfr.row(first).to_owned();
                    let net_migration = assumptions.migration.values().index_axis(Axis(0), first).to_owned();
                    assumptions.survival.index_axis_mut(Axis(0), step).assign(&survival);
                    assumptions.asfr.row_mut(step).assign(&asfr);
                    assumptions.migration.values_mut().index_axis_mut(Axis(0), step).assign(&net_migration);
                    assumptions.srb[step] = assumptions.srb[first];
                }
            }
        }
        Ok(())
    }
}

impl From<Scenario> for ScenarioSpec {
    fn from(scenario: Scenario) -> Self {
        scenario.spec
    }
}

#[cfg(test)]
mod tests;
