use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::table_error::{TableError, TableFault};
use super::{TableIndicator, TableUnit};
use crate::observation::{Cell, Missing, Status, Year};
use crate::territory::{Level, UnitId};

/// Larger numbers are no statistics, and sums of them would leave the numbers a computer has.
const LARGEST: f64 = 1e15;

const MOST_DECIMALS: u8 = 9;

/// Values of indicators by unit and year, each a number or the reason why there is none.
///
/// The one thing that an assessment needs: whatever computes or reads indicators (a form, official tables, a
/// user's file) hands over [`TableValue`] rows, and [`IndicatorTable::new`] checks them all.
///
/// A unit is *asked* for an indicator in a year if any unit of its level has a row for them; if it has none
/// itself, its cell is [`Missing::NotReported`].
///
/// ```
/// use diagnoza_core::observation::{Cell, Year};
/// use diagnoza_core::resources::assessment::{IndicatorTable, TableIndicator, TableUnit, TableValue};
/// let unit = "2816033".parse()?;
/// let row = |year, value| TableValue { indicator: "share".into(), unit, year, cell: Cell::Value(value) };
/// let rows = vec![row(Year::constant(2023), 17.5), row(Year::constant(2024), 18.1)];
/// let table = IndicatorTable::new(vec![TableIndicator::new("share")], vec![TableUnit::new(unit, "Pisz")], rows)?;
/// assert_eq!(table.cell("share", unit, Year::constant(2024)), Some(Cell::Value(18.1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct IndicatorTable {
    indicators: Vec<TableIndicator>,
    units: Vec<TableUnit>,
    /// By indicator, then unit: the cells of the years that the unit's level is asked for.
    series: Vec<Vec<BTreeMap<Year, Cell>>>,
}

/// One value of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableValue {
    /// Id of the indicator.
    pub indicator: String,
    /// The unit, whatever kind digit its code carries.
    pub unit: UnitId,
    /// The year.
    pub year: Year,
    /// A number, or why there is none.
    pub cell: Cell,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    indicators: Vec<TableIndicator>,
    units: Vec<TableUnit>,
    values: Vec<TableValue>,
}

impl IndicatorTable {
    /// Checks indicators, units and rows of values, the rows in any order.
    ///
    /// # Errors
    /// A [`TableError`] with every [`TableFault`], by place.
    pub fn new(
        indicators: Vec<TableIndicator>,
        units: Vec<TableUnit>,
        values: Vec<TableValue>,
    ) -> Result<Self, TableError> {
        let mut faults = Vec::new();
        let ids = check_indicators(&indicators, &mut faults);
        let codes = check_units(&units, &mut faults);
        let mut series = vec![vec![BTreeMap::new(); units.len()]; indicators.len()];
        let mut rows: BTreeMap<(usize, usize, Year), usize> = BTreeMap::new();
        for (i, value) in values.into_iter().enumerate() {
            let row = i + 1;
            let TableValue { indicator, unit, year, cell } = value;
            let Some(&which) = ids.get(indicator.as_str()) else {
                faults.push(TableFault::UnknownIndicator { row, got: indicator });
                continue;
            };
            let Some(&(place, _)) = codes.get(&unit.without_kind()) else {
                faults.push(TableFault::UnknownUnit { row, indicator, unit });
                continue;
            };
            if let Cell::Value(got) = cell
                && !is_statistic(got)
            {
                faults.push(TableFault::Value { row, indicator, unit, year, got });
                continue;
            }
            if let Some(first) = rows.insert((which, place, year), row) {
                faults.push(TableFault::SameCell { first, second: row, indicator, unit, year });
                continue;
            }
            if let Some(cells) = series.get_mut(which).and_then(|units| units.get_mut(place)) {
                cells.insert(year, cell);
            }
        }
        if !faults.is_empty() {
            return Err(TableError { faults });
        }
        series.iter_mut().for_each(|of_indicator| fill(of_indicator, &units));
        Ok(Self { indicators, units, series })
    }

    /// The indicators, in the order given.
    #[must_use]
    pub fn indicators(&self) -> &[TableIndicator] {
        &self.indicators
    }

    /// The units, in the order given.
    #[must_use]
    pub fn units(&self) -> &[TableUnit] {
        &self.units
    }

    /// Place of a unit among [`units`](Self::units), whatever kind digit its code carries.
    #[must_use]
    pub fn place(&self, unit: UnitId) -> Option<usize> {
        self.units.iter().position(|known| known.unit.without_kind() == unit.without_kind())
    }

    /// A cell; `None` if the unit's level is not asked for the indicator in that year.
    #[must_use]
    pub fn cell(&self, indicator: &str, unit: UnitId, year: Year) -> Option<Cell> {
        let which = self.indicators.iter().position(|known| known.id == indicator)?;
        self.cells(which, self.place(unit)?).get(&year).copied()
    }

    /// Every value as a row, in the order of indicators, units and years.
    #[must_use]
    pub fn values(&self) -> Vec<TableValue> {
        let mut rows = Vec::new();
        for (indicator, of_indicator) in self.indicators.iter().zip(&self.series) {
            for (unit, cells) in self.units.iter().zip(of_indicator) {
                rows.extend(cells.iter().map(|(&year, &cell)| TableValue {
                    indicator: indicator.id.clone(),
                    unit: unit.unit,
                    year,
                    cell,
                }));
            }
        }
        rows
    }

    /// The same values with other directions, where the table's are not the user's.
    ///
    /// # Errors
    /// [`TableFault::Directions`] for an id the table does not have.
    pub fn with_directions(mut self, directions: &[(String, super::Direction)]) -> Result<Self, TableError> {
        let mut faults = Vec::new();
        for (id, direction) in directions {
            match self.indicators.iter_mut().find(|known| known.id == *id) {
                Some(indicator) => indicator.direction = *direction,
                None => faults.push(TableFault::Directions {
                    got: id.clone(),
                    known: self.indicators.iter().map(|known| known.id.clone()).collect(),
                }),
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(TableError { faults }) }
    }

    /// Cells of one indicator and unit by year.
    pub(super) fn cells(&self, indicator: usize, unit: usize) -> &BTreeMap<Year, Cell> {
        static NONE: BTreeMap<Year, Cell> = BTreeMap::new();
        self.series.get(indicator).and_then(|units| units.get(unit)).unwrap_or(&NONE)
    }

    /// A value; `None` if there is none, for whatever reason.
    pub(super) fn value(&self, indicator: usize, unit: usize, year: Year) -> Option<f64> {
        match self.cells(indicator, unit).get(&year) {
            Some(&Cell::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// The year in which units of a level are compared: the last observed one in which at least half of the units
    /// that ever have a value have one; without such a year the last of those with the most values. Never after
    /// `until`.
    pub(super) fn common_year(&self, indicator: usize, level: Level, until: Option<Year>) -> Option<Year> {
        let known = self.indicators.get(indicator)?;
        let mut counts: BTreeMap<Year, usize> = BTreeMap::new();
        let mut units = 0;
        for (place, _) in self.units.iter().enumerate().filter(|(_, unit)| unit.level() == level) {
            let mut any = false;
            for (&year, cell) in self.cells(indicator, place) {
                let here = usize::from(matches!(cell, Cell::Value(_)));
                if known.status(year) == Status::Observed && until.is_none_or(|last| year <= last) {
                    *counts.entry(year).or_default() += here;
                    any |= here == 1;
                }
            }
            units += usize::from(any);
        }
        let half = counts.iter().rev().find(|&(_, &n)| n > 0 && 2 * n >= units);
        let most = || counts.iter().max_by_key(|&(&year, &n)| (n, year));
        half.or_else(most).map(|(&year, _)| year)
    }
}

impl TryFrom<Parts> for IndicatorTable {
    type Error = TableError;

    fn try_from(parts: Parts) -> Result<Self, TableError> {
        Self::new(parts.indicators, parts.units, parts.values)
    }
}

impl From<IndicatorTable> for Parts {
    fn from(table: IndicatorTable) -> Self {
        let values = table.values();
        Self { indicators: table.indicators, units: table.units, values }
    }
}

/// A number up to 1e15 in size; not NaN.
pub(super) fn is_statistic(value: f64) -> bool {
    value.abs() <= LARGEST
}

fn check_indicators(indicators: &[TableIndicator], faults: &mut Vec<TableFault>) -> BTreeMap<String, usize> {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    if indicators.is_empty() {
        faults.push(TableFault::Nothing { what: "indicators" });
    }
    for (i, indicator) in indicators.iter().enumerate() {
        let id = indicator.id.clone();
        if id.trim().is_empty() {
            faults.push(TableFault::NoId { place: i + 1 });
        } else if let Some(first) = ids.get(&id) {
            faults.push(TableFault::SameIndicator { id, first: first + 1, second: i + 1 });
        } else {
            ids.insert(id, i);
        }
        if indicator.decimals > MOST_DECIMALS {
            faults.push(TableFault::Decimals { id: indicator.id.clone(), got: indicator.decimals });
        }
    }
    ids
}

fn check_units(units: &[TableUnit], faults: &mut Vec<TableFault>) -> BTreeMap<UnitId, (usize, UnitId)> {
    let mut codes: BTreeMap<UnitId, (usize, UnitId)> = BTreeMap::new();
    if units.is_empty() {
        faults.push(TableFault::Nothing { what: "units" });
    }
    for (i, unit) in units.iter().enumerate() {
        let code = unit.unit;
        if code.teryt().is_some_and(crate::territory::Teryt::is_part) {
            faults.push(TableFault::Part { place: i + 1, unit: code });
        } else if let Some(&(first, first_unit)) = codes.get(&code.without_kind()) {
            let (first, second) = (first + 1, i + 1);
            faults.push(TableFault::SameUnit { first, first_unit, second, second_unit: code });
        } else {
            codes.insert(code.without_kind(), (i, code));
        }
    }
    codes
}

/// Gives every unit a cell in each year that any unit of its level has one.
fn fill(of_indicator: &mut [BTreeMap<Year, Cell>], units: &[TableUnit]) {
    let mut asked: BTreeMap<Level, BTreeSet<Year>> = BTreeMap::new();
    for (cells, unit) in of_indicator.iter().zip(units) {
        asked.entry(unit.level()).or_default().extend(cells.keys());
    }
    for (cells, unit) in of_indicator.iter_mut().zip(units) {
        for &year in asked.get(&unit.level()).into_iter().flatten() {
            cells.entry(year).or_insert(Cell::Missing(Missing::NotReported));
        }
    }
}
