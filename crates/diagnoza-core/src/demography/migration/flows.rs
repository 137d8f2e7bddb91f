//! Gross flows of one area in the six directions of Polish official statistics.
//!
//! GUS counts registrations for permanent residence (zameldowania) *from towns*, *from the countryside*
//! and *from abroad*, and deregistrations (wymeldowania) *to towns*, *to the countryside* and *abroad*:
//! three ways in and three ways out. The town or countryside is the other end of an internal move; the
//! near end is the area itself. Internal moves are moves between gminas, and between the town and the
//! rural part of an urban-rural gmina: those inside a powiat count in the powiat's inflow and outflow
//! alike, and cancel in the net.

use std::fmt;
use std::str::FromStr;

use ndarray::{Array2, Array3, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::{MigrationError, check};
use crate::observation::Sex;

/// A direction of gross migration; see the module.
#[doc(alias = "kierunek migracji")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Zameldowania z miast: internal arrivals from towns.
    #[doc(alias = "zameldowania z miast")]
    InFromTowns,
    /// Zameldowania ze wsi: internal arrivals from the countryside.
    #[doc(alias = "zameldowania ze wsi")]
    InFromCountryside,
    /// Zameldowania z zagranicy: immigration.
    #[doc(alias = "imigracja")]
    Immigration,
    /// Wymeldowania do miast: internal departures to towns.
    #[doc(alias = "wymeldowania do miast")]
    OutToTowns,
    /// Wymeldowania na wieś: internal departures to the countryside.
    #[doc(alias = "wymeldowania na wieś")]
    OutToCountryside,
    /// Wymeldowania za granicę: emigration.
    #[doc(alias = "emigracja")]
    Emigration,
}

/// A text that is not a [`Direction`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{got}' is not a direction of migration: expected in_from_towns, in_from_countryside, immigration, \
     out_to_towns, out_to_countryside or emigration"
)]
pub struct DirectionError {
    /// The text given.
    pub got: String,
}

impl Direction {
    /// All six in array order, arrivals first.
    pub const ALL: [Self; 6] = [
        Self::InFromTowns,
        Self::InFromCountryside,
        Self::Immigration,
        Self::OutToTowns,
        Self::OutToCountryside,
        Self::Emigration,
    ];

    /// Position on the first axis of [`GrossFlows`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::InFromTowns => 0,
            Self::InFromCountryside => 1,
            Self::Immigration => 2,
            Self::OutToTowns => 3,
            Self::OutToCountryside => 4,
            Self::Emigration => 5,
        }
    }

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InFromTowns => "in_from_towns",
            Self::InFromCountryside => "in_from_countryside",
            Self::Immigration => "immigration",
            Self::OutToTowns => "out_to_towns",
            Self::OutToCountryside => "out_to_countryside",
            Self::Emigration => "emigration",
        }
    }

    /// Whether people arrive.
    #[must_use]
    pub const fn is_inflow(self) -> bool {
        matches!(self, Self::InFromTowns | Self::InFromCountryside | Self::Immigration)
    }

    /// Whether the move stays within the country.
    #[must_use]
    pub const fn is_internal(self) -> bool {
        !matches!(self, Self::Immigration | Self::Emigration)
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Direction {
    type Err = DirectionError;

    fn from_str(text: &str) -> Result<Self, DirectionError> {
        let found = Self::ALL.into_iter().find(|direction| direction.word() == text.trim());
        found.ok_or_else(|| DirectionError { got: text.to_owned() })
    }
}

/// Migrants of one area and period by direction, sex and age.
///
/// ```
/// use diagnoza_core::demography::migration::{Direction, GrossFlows};
/// use ndarray::Array3;
/// let mut counts = Array3::zeros((6, 2, 101));
/// counts[[Direction::InFromTowns.index(), 0, 30]] = 12.0;
/// counts[[Direction::Emigration.index(), 0, 30]] = 5.0;
/// let flows = GrossFlows::new(counts)?;
/// assert_eq!(flows.net()[[0, 30]], 7.0);
/// assert_eq!(flows.total(Direction::Emigration), 5.0);
/// # Ok::<(), diagnoza_core::demography::migration::MigrationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct GrossFlows {
    counts: Array3<f64>,
}

/// Flows as a file holds them.
#[derive(Deserialize)]
struct Unchecked {
    counts: Array3<f64>,
}

impl TryFrom<Unchecked> for GrossFlows {
    type Error = MigrationError;

    fn try_from(read: Unchecked) -> Result<Self, MigrationError> {
        Self::new(read.counts)
    }
}

impl GrossFlows {
    /// Flows `(6, 2, A)` in the order of [`Direction::ALL`], females first.
    ///
    /// # Errors
    /// [`MigrationError`]: shape, or a count below zero or not finite.
    pub fn new(counts: Array3<f64>) -> Result<Self, MigrationError> {
        let ages = counts.dim().2;
        check::shape("flows", counts.shape(), &[6, 2, ages.max(1)])?;
        if let Some(((index, sex, age), &got)) =
            counts.indexed_iter().find(|(_, count)| !(count.is_finite() && **count >= 0.0))
        {
            let direction = Direction::ALL.get(index).map_or("", |direction| direction.word());
            return Err(MigrationError::Flow { direction, sex: check::sex(sex), age, got });
        }
        check::sum("flows", counts.sum())?;
        Ok(Self { counts })
    }

    /// Migrants of one direction, `(2, A)`.
    #[must_use]
    pub fn of(&self, direction: Direction) -> ArrayView2<'_, f64> {
        self.counts.index_axis(Axis(0), direction.index())
    }

    /// Migrants of one direction, both sexes and all ages.
    #[must_use]
    pub fn total(&self, direction: Direction) -> f64 {
        self.of(direction).sum()
    }

    /// The sum of the directions that the test holds for, `(2, A)`.
    fn sum(&self, wanted: impl Fn(Direction) -> bool) -> Array2<f64> {
        let mut sum = Array2::zeros((2, self.counts.dim().2));
        for direction in Direction::ALL.into_iter().filter(|direction| wanted(*direction)) {
            sum += &self.of(direction);
        }
        sum
    }

    /// Arrivals of all directions, `(2, A)`.
    #[must_use]
    #[doc(alias = "napływ")]
    pub fn inflow(&self) -> Array2<f64> {
        self.sum(Direction::is_inflow)
    }

    /// Departures of all directions, `(2, A)`.
    #[must_use]
    #[doc(alias = "odpływ")]
    pub fn outflow(&self) -> Array2<f64> {
        self.sum(|direction| !direction.is_inflow())
    }

    /// Arrivals less departures, `(2, A)`.
    #[must_use]
    #[doc(alias = "saldo migracji")]
    pub fn net(&self) -> Array2<f64> {
        self.inflow() - self.outflow()
    }

    /// Net migration within the country, `(2, A)`.
    #[must_use]
    pub fn internal_net(&self) -> Array2<f64> {
        self.sum(|d| d.is_internal() && d.is_inflow()) - self.sum(|d| d.is_internal() && !d.is_inflow())
    }

    /// Immigration less emigration, `(2, A)`.
    #[must_use]
    pub fn external_net(&self) -> Array2<f64> {
        &self.of(Direction::Immigration) - &self.of(Direction::Emigration)
    }

    /// Migrants of one direction per person at risk, `(2, A)`.
    ///
    /// Departures are at the risk of the area's own population; arrivals have no population at risk in
    /// the area, their rates on it describe and do not explain. For arrivals at the risk of the other areas
    /// see [`in_rates`](super::in_rates).
    ///
    /// # Errors
    /// [`MigrationError`]: shape, values, an age of nobody.
    pub fn rates(
        &self,
        direction: Direction,
        population: ArrayView2<'_, f64>,
    ) -> Result<Array2<f64>, MigrationError> {
        super::net_rates(self.of(direction), population)
    }

    /// Migrants of one sex in one direction.
    #[must_use]
    pub fn total_of(&self, direction: Direction, sex: Sex) -> f64 {
        self.of(direction).row(sex.index()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for (index, direction) in Direction::ALL.into_iter().enumerate() {
            assert_eq!(direction.word().parse(), Ok(direction));
            assert_eq!(serde_json::to_string(&direction).unwrap(), format!("\"{direction}\""));
            assert_eq!(direction.index(), index);
        }
        assert!("abroad".parse::<Direction>().is_err());
    }

    #[test]
    fn nets_are_arrivals_less_departures() {
        let counts = Array3::from_shape_fn((6, 2, 3), |(d, sex, age)| (d * 7 + sex * 3 + age + 1) as f64);
        let flows = GrossFlows::new(counts).unwrap();
        assert_eq!(flows.net(), flows.internal_net() + flows.external_net());
        let whole: f64 = Direction::ALL.into_iter().map(|d| flows.total(d)).sum();
        assert!((flows.inflow().sum() + flows.outflow().sum() - whole).abs() < 1e-12);
        let by_sex: f64 = Sex::BOTH.into_iter().map(|sex| flows.total_of(Direction::Emigration, sex)).sum();
        assert!((by_sex - flows.total(Direction::Emigration)).abs() < 1e-12);
        let rates = flows.rates(Direction::Emigration, Array2::from_elem((2, 3), 100.0).view()).unwrap();
        assert!((rates[[0, 0]] - 0.36).abs() < 1e-15);
    }

    #[test]
    fn impossible_flows_are_refused() {
        assert!(GrossFlows::new(Array3::zeros((5, 2, 3))).is_err());
        assert!(GrossFlows::new(Array3::zeros((6, 2, 0))).is_err());
        let error = GrossFlows::new(Array3::from_elem((6, 2, 3), -1.0)).unwrap_err();
        assert!(error.to_string().starts_with("in_from_towns is -1 at sex F, age position 0"), "{error}");
        assert!(GrossFlows::new(Array3::from_elem((6, 2, 3), f64::MAX)).is_err());
    }

    #[test]
    fn flows_of_a_file_are_checked() {
        let flows = GrossFlows::new(Array3::from_elem((6, 2, 1), 2.0)).unwrap();
        let text = serde_json::to_string(&flows).unwrap();
        assert_eq!(serde_json::from_str::<GrossFlows>(&text).unwrap(), flows);
        assert!(serde_json::from_str::<GrossFlows>(&text.replacen("2.0", "-2.0", 1)).is_err());
    }
}
