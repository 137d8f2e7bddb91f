use serde::{Deserialize, Serialize};

use super::{AgeScheme, Basis, Missing, Quantity, Sex, Source, Year};
use crate::territory::UnitId;

/// One observation: a value, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// A reported number.
    Value(f64),
    /// No number, and why.
    Missing(Missing),
}

/// Observations of one quantity by unit, year, sex and age, every cell present
/// as a value or a typed [`Missing`].
///
/// Shape: units x years x sexes x ages, units outermost. Basis and source are
/// part of the panel: two panels add only when their bases agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    quantity: Quantity,
    basis: Basis,
    source: Source,
    units: Vec<UnitId>,
    years: Vec<Year>,
    ages: AgeScheme,
    cells: Vec<Cell>,
}

/// What is wrong with the content of a [`Panel`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PanelError {
    /// Cells given and cells the axes ask for differ in number.
    #[error(
        "a panel of {units} units, {years} years, 2 sexes and {ages} ages has {expected} cells, got {got}"
    )]
    WrongSize {
        /// Number of units.
        units: usize,
        /// Number of years.
        years: usize,
        /// Number of age groups.
        ages: usize,
        /// Cells the axes ask for.
        expected: usize,
        /// Cells given.
        got: usize,
    },
    /// A value that is no number, or a negative count of persons.
    #[error("{unit}, {year}, {sex}, age {age}: {got} is not a valid value of {quantity}")]
    BadValue {
        /// Unit of the cell.
        unit: UnitId,
        /// Year of the cell.
        year: Year,
        /// Sex of the cell.
        sex: Sex,
        /// Label of the age group.
        age: String,
        /// The value found.
        got: f64,
        /// The quantity of the panel.
        quantity: Quantity,
    },
    /// A cell that a sum needs is missing.
    #[error("{unit}, {year}, {sex}, age {age}: no value ({reason})")]
    MissingValue {
        /// Unit of the cell.
        unit: UnitId,
        /// Year of the cell.
        year: Year,
        /// Sex of the cell.
        sex: Sex,
        /// Label of the age group.
        age: String,
        /// Why there is none.
        reason: Missing,
    },
    /// The unit is not in the panel.
    #[error("{unit} is not in this table of {count} units")]
    UnknownUnit {
        /// The unit asked for.
        unit: UnitId,
        /// Number of units the panel has.
        count: usize,
    },
    /// The year is not in the panel.
    #[error("year {year} is not in this table, which has {first} to {last}")]
    UnknownYear {
        /// The year asked for.
        year: Year,
        /// First year of the panel.
        first: Year,
        /// Last year of the panel.
        last: Year,
    },
    /// Bases differ.
    #[error(
        "cannot combine a table on basis {left} with one on basis {right}: convert one of them by name first"
    )]
    MixedBasis {
        /// Basis of the first panel.
        left: Basis,
        /// Basis of the second panel.
        right: Basis,
    },
}

impl Panel {
    /// Builds a panel from cells in the order unit, year, sex (F, M), age.
    ///
    /// # Errors
    /// [`PanelError::WrongSize`] when cells and axes disagree, [`PanelError::BadValue`]
    /// for a value that is not finite, or a negative count of persons, rate or share.
    pub fn new(
        quantity: Quantity,
        basis: Basis,
        source: Source,
        units: Vec<UnitId>,
        years: Vec<Year>,
        ages: AgeScheme,
        cells: Vec<Cell>,
    ) -> Result<Self, PanelError> {
        let expected = units.len() * years.len() * Sex::BOTH.len() * ages.len();
        if cells.len() != expected {
            return Err(PanelError::WrongSize {
                units: units.len(),
                years: years.len(),
                ages: ages.len(),
                expected,
                got: cells.len(),
            });
        }
        let panel = Self { quantity, basis, source, units, years, ages, cells };
        match panel.cells.iter().position(|cell| !panel.admits(*cell)) {
            None => Ok(panel),
            Some(i) => {
                let (unit, year, sex, age) = panel.place(i);
                let got = match panel.cells[i] {
                    Cell::Value(value) => value,
                    Cell::Missing(_) => f64::NAN,
                };
                Err(PanelError::BadValue { unit, year, sex, age, got, quantity })
            }
        }
    }

    fn admits(&self, cell: Cell) -> bool {
        match cell {
            Cell::Missing(_) => true,
            Cell::Value(value) => match self.quantity {
                Quantity::Zloty => value.is_finite(),
                Quantity::Persons | Quantity::Rate => value.is_finite() && value >= 0.0,
                Quantity::Share => (0.0..=1.0).contains(&value),
            },
        }
    }

    fn place(&self, i: usize) -> (UnitId, Year, Sex, String) {
        let ages = self.ages.len();
        let sex = Sex::BOTH[i / ages % 2];
        let year = self.years[i / (ages * 2) % self.years.len()];
        let unit = self.units[i / (ages * 2 * self.years.len())];
        (unit, year, sex, self.ages.label(i % ages).unwrap_or_default())
    }

    /// What the numbers measure.
    #[must_use]
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// What the counts are based on.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// Where the numbers come from.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Units in row order.
    #[must_use]
    pub fn units(&self) -> &[UnitId] {
        &self.units
    }

    /// Years in row order.
    #[must_use]
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// How ages are cut.
    #[must_use]
    pub const fn ages(&self) -> &AgeScheme {
        &self.ages
    }

    /// Cells of one unit and year: females by age, then males by age.
    ///
    /// # Errors
    /// [`PanelError::UnknownUnit`] and [`PanelError::UnknownYear`].
    pub fn cells(&self, unit: UnitId, year: Year) -> Result<&[Cell], PanelError> {
        let u = self
            .units
            .iter()
            .position(|&x| x == unit)
            .ok_or(PanelError::UnknownUnit { unit, count: self.units.len() })?;
        let t = self.years.iter().position(|&x| x == year).ok_or(PanelError::UnknownYear {
            year,
            first: self.years.first().copied().unwrap_or(year),
            last: self.years.last().copied().unwrap_or(year),
        })?;
        let width = 2 * self.ages.len();
        let start = (u * self.years.len() + t) * width;
        Ok(&self.cells[start..start + width])
    }

    /// Values of one unit and year: females by age, then males by age.
    ///
    /// # Errors
    /// As [`Panel::cells`]; [`PanelError::MissingValue`] names the first cell without a value.
    pub fn values(&self, unit: UnitId, year: Year) -> Result<Vec<f64>, PanelError> {
        let ages = self.ages.len();
        self.cells(unit, year)?
            .iter()
            .enumerate()
            .map(|(i, cell)| match *cell {
                Cell::Value(value) => Ok(value),
                Cell::Missing(reason) => Err(PanelError::MissingValue {
                    unit,
                    year,
                    sex: Sex::BOTH[i / ages],
                    age: self.ages.label(i % ages).unwrap_or_default(),
                    reason,
                }),
            })
            .collect()
    }

    /// Refuses two panels whose bases differ.
    ///
    /// # Errors
    /// [`PanelError::MixedBasis`].
    pub fn same_basis(&self, other: &Self) -> Result<(), PanelError> {
        if self.basis == other.basis {
            Ok(())
        } else {
            Err(PanelError::MixedBasis { left: self.basis, right: other.basis })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            publisher: "GUS".to_owned(),
            title: "test".to_owned(),
            date: "2022-12-31".to_owned(),
            sha256: String::new(),
        }
    }

    fn panel(cells: Vec<Cell>) -> Result<Panel, PanelError> {
        let unit: UnitId = "2816".parse().unwrap();
        let ages = AgeScheme::from_starts(vec![0, 65]).unwrap();
        Panel::new(
            Quantity::Persons,
            Basis::Census2021,
            source(),
            vec![unit],
            vec![Year::new(2022).unwrap()],
            ages,
            cells,
        )
    }

    #[test]
    fn a_negative_count_is_refused_with_its_place() {
        let error = panel([1.0, 2.0, -3.0, 4.0].map(Cell::Value).to_vec()).unwrap_err();
        assert_eq!(error.to_string(), "2816, 2022, M, age 0-64: -3 is not a valid value of persons");
    }

    #[test]
    fn a_missing_cell_is_kept_and_named_when_a_sum_needs_it() {
        let cells =
            vec![Cell::Value(1.0), Cell::Missing(Missing::Suppressed), Cell::Value(0.0), Cell::Value(4.0)];
        let panel = panel(cells).unwrap();
        let (unit, year) = (panel.units()[0], panel.years()[0]);
        assert_eq!(panel.cells(unit, year).unwrap()[1], Cell::Missing(Missing::Suppressed));
        assert_eq!(
            panel.values(unit, year).unwrap_err().to_string(),
            "2816, 2022, F, age 65+: no value (suppressed)"
        );
    }

    #[test]
    fn too_few_cells_are_refused() {
        assert!(matches!(
            panel(vec![Cell::Value(1.0)]),
            Err(PanelError::WrongSize { expected: 4, got: 1, .. })
        ));
    }
}
