use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rates::Counting;
use super::{Capacity, Conversion, NeedError};
use crate::observation::{Cell, Missing, Year};
use crate::territory::UnitId;

/// Supply of services as the user wrote it, not yet checked. [`SupplySpec::check`] gives the type that runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplySpec {
    /// Edition of the format of this file.
    pub format: SupplyFormat,
    /// The rows.
    #[serde(default)]
    pub supply: Vec<SupplyRow>,
    /// How messages count the rows.
    #[serde(skip)]
    pub counting: Counting,
}

/// Edition of the format of a file of supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupplyFormat {
    /// `diagnoza-supply/1`.
    #[serde(rename = "diagnoza-supply/1")]
    V1,
}

/// Supply of one service in one unit and year as written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupplyRow {
    /// Code of the unit.
    pub unit: String,
    /// Service kind, one that has rates of need.
    pub service: String,
    /// Word of a [`Capacity`].
    pub measure: String,
    /// Year.
    pub year: Option<i64>,
    /// `stock` (also when empty): what is there; `change`: what is planned to be added or, below 0, taken away
    /// in the year.
    pub kind: String,
    /// The number.
    pub value: Option<f64>,
    /// Why there is none: `not_reported` (also when empty), `below_unit`, `suppressed`, `not_applicable`.
    pub missing: String,
    /// Name of the factor that turns the measure into the unit of the need.
    pub conversion: String,
    /// The factor.
    pub factor: Option<f64>,
    /// Where the factor comes from.
    pub factor_source: String,
    /// Where the number comes from.
    pub source: String,
}

/// How supply goes on after the years for which it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarryRule {
    /// What was there last stays.
    Constant,
    /// What was there last stays, with the planned changes of later years added up.
    PlannedChanges,
    /// Only the years given have a supply; the others are unknown.
    GivenPath,
}

/// Checked supply of units and services.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supply {
    pub(super) rule: CarryRule,
    pub(super) services: BTreeMap<UnitId, BTreeMap<String, ServiceSupply>>,
}

/// Checked supply of one service in one unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceSupply {
    /// What is counted.
    pub measure: Capacity,
    /// The factor to the unit of the need; `None` where the measure is that unit.
    pub conversion: Option<Conversion>,
    /// What is there, by year; no year lies after it without a row.
    pub stocks: BTreeMap<Year, Cell>,
    /// Planned changes by year, each after the first stock.
    pub changes: BTreeMap<Year, f64>,
    /// Sources of the rows, in their order.
    pub sources: Vec<String>,
}

impl CarryRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Constant, Self::PlannedChanges, Self::GivenPath];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::PlannedChanges => "planned_changes",
            Self::GivenPath => "given_path",
        }
    }

    /// The rule of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

impl SupplySpec {
    /// Reads supply in TOML; unknown keys are refused. `file` names it in messages.
    ///
    /// # Errors
    /// [`NeedError::Syntax`] with the line.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NeedError> {
        toml::from_str(text).map_err(|error| NeedError::syntax(file, &error))
    }

    /// Supply from the rows of a table.
    #[must_use]
    pub fn from_table(supply: Vec<SupplyRow>) -> Self {
        Self { format: SupplyFormat::V1, supply, counting: Counting::TableRows }
    }
}

impl Supply {
    /// No supply is known of any unit.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { rule: CarryRule::Constant, services: BTreeMap::new() }
    }

    /// The rule by which it is carried.
    #[must_use]
    pub const fn rule(&self) -> CarryRule {
        self.rule
    }

    /// What the user gave of a unit and service.
    #[must_use]
    pub fn given(&self, unit: UnitId, service: &str) -> Option<&ServiceSupply> {
        self.services.get(&unit)?.get(service)
    }

    /// Supply in the unit of the need, by year. A unit that is not in the table is the sum of `parts` (its powiats,
    /// say), unknown in a year in which one of them is.
    #[must_use]
    pub fn of(&self, unit: UnitId, service: &str, parts: &[UnitId], years: &[Year]) -> Vec<Cell> {
        let unknown = Cell::Missing(Missing::NotReported);
        if let Some(given) = self.given(unit, service) {
            return years.iter().map(|&year| given.in_year(year, self.rule)).collect();
        }
        if !parts.iter().any(|&part| self.given(part, service).is_some()) {
            return vec![unknown; years.len()];
        }
        let sum = |&year: &Year| {
            parts.iter().fold(Cell::Value(0.0), |sum, &part| {
                let one = self.given(part, service).map_or(unknown, |given| given.in_year(year, self.rule));
                match (sum, one) {
                    (Cell::Value(sum), Cell::Value(one)) => Cell::Value(sum + one),
                    (Cell::Missing(reason), _) | (_, Cell::Missing(reason)) => Cell::Missing(reason),
                }
            })
        };
        years.iter().map(sum).collect()
    }
}

impl ServiceSupply {
    /// Supply of a year in the unit of the need. A stock said to be missing stays unknown until the next one.
    #[must_use]
    pub fn in_year(&self, year: Year, rule: CarryRule) -> Cell {
        let unknown = Cell::Missing(Missing::NotReported);
        let stock = match rule {
            CarryRule::GivenPath => {
                return self.stocks.get(&year).map_or(unknown, |&cell| self.converted(cell));
            }
            CarryRule::Constant | CarryRule::PlannedChanges => self.stocks.range(..=year).next_back(),
        };
        let Some((&since, &cell)) = stock else { return unknown };
        let planned = self.changes.iter().filter(|(at, _)| since < **at && **at <= year);
        let changes: f64 = match rule {
            CarryRule::PlannedChanges => planned.map(|(_, change)| change).sum(),
            CarryRule::Constant | CarryRule::GivenPath => 0.0,
        };
        match cell {
            Cell::Value(value) => self.converted(Cell::Value(value + changes)),
            Cell::Missing(_) => cell,
        }
    }

    fn converted(&self, cell: Cell) -> Cell {
        match (cell, &self.conversion) {
            (Cell::Value(value), Some(conversion)) => Cell::Value(conversion.apply(value)),
            _ => cell,
        }
    }
}
