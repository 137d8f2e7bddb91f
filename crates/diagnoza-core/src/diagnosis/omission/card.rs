use serde::{Deserialize, Serialize};

use super::OmissionError;
use crate::observation::Year;

/// An empty card for the user to fill in.
pub const CARD_TOML: &str = include_str!("../../../templates/omission_card.toml");

/// A card of the cost of omission as the user wrote it, not yet checked. [`OmissionCard::check`] gives the type that
/// runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OmissionCard {
    /// Edition of the format of this file.
    pub format: CardFormat,
    /// What is omitted, for people.
    #[serde(default)]
    pub title: String,
    /// First year of the costs and of the intervention.
    pub start_year: i64,
    /// Number of years looked at, 1 to 100.
    pub horizon: i64,
    /// Year of the prices of all amounts.
    pub price_year: i64,
    /// Real discount rate per year, such as 0.04.
    pub discount_rate: Amount,
    /// Persons in need whom the intervention reaches, the same every year.
    #[serde(default)]
    pub persons: Amount,
    /// Persons of every year of the horizon instead; `persons` then holds the source only.
    #[serde(default)]
    pub persons_by_year: Vec<f64>,
    /// Share of the persons reached who leave the need, 0 to 1.
    pub effect: Amount,
    /// Years from the start until they have left it.
    #[serde(default)]
    pub effect_delay: i64,
    /// Years in which the intervention is paid for; the whole horizon if left out.
    #[serde(default)]
    pub intervention_years: Option<i64>,
    /// Costs of the need, zł per person in need and year.
    #[serde(default)]
    pub cost_of_need: Vec<Item>,
    /// Costs of the intervention, zł per person and year.
    #[serde(default)]
    pub intervention: Vec<Item>,
    /// Costs of starting it, zł once in the first year.
    #[serde(default)]
    pub start_up: Vec<Item>,
    /// Benefits, zł per person who has left the need and year.
    #[serde(default)]
    pub benefit: Vec<Item>,
    /// Savings beyond the costs of the need, zł per person who has left it and year.
    #[serde(default)]
    pub saving: Vec<Item>,
}

/// Edition of the format of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardFormat {
    /// `diagnoza-omission-cost/1`.
    #[serde(rename = "diagnoza-omission-cost/1")]
    V1,
}

/// A figure of the user's, with the range it may lie in and its source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Amount {
    /// The figure.
    pub value: Option<f64>,
    /// Lowest it may be; with `high` or not at all.
    pub low: Option<f64>,
    /// Highest it may be.
    pub high: Option<f64>,
    /// Where it comes from.
    pub source: String,
}

/// A named amount of zł.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Item {
    /// What is paid, saved or gained.
    pub name: String,
    /// zł.
    pub value: Option<f64>,
    /// Lowest it may be; with `high` or not at all.
    pub low: Option<f64>,
    /// Highest it may be.
    pub high: Option<f64>,
    /// Where it comes from.
    pub source: String,
}

/// A checked card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckedCard {
    pub(super) card: OmissionCard,
    pub(super) start: Year,
    pub(super) horizon: u16,
    pub(super) price_year: Year,
    pub(super) delay: u16,
    pub(super) paid_years: u16,
    pub(super) figures: Figures,
}

/// The numbers of a card; sensitivity changes one at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Figures {
    pub(super) discount_rate: f64,
    pub(super) persons: Vec<f64>,
    pub(super) effect: f64,
    pub(super) cost_of_need: Vec<f64>,
    pub(super) intervention: Vec<f64>,
    pub(super) start_up: Vec<f64>,
    pub(super) benefit: Vec<f64>,
    pub(super) saving: Vec<f64>,
}

impl OmissionCard {
    /// Reads a card in TOML; unknown keys are refused. `file` names it in messages.
    ///
    /// # Errors
    /// [`OmissionError::Syntax`] with the line.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, OmissionError> {
        toml::from_str(text).map_err(|error| OmissionError::Syntax {
            file: file.to_owned(),
            reason: error.to_string().trim().to_owned(),
        })
    }
}

impl CheckedCard {
    /// The card as written.
    #[must_use]
    pub const fn card(&self) -> &OmissionCard {
        &self.card
    }
}

impl Item {
    /// The figure without its name.
    pub(super) fn amount(&self) -> Amount {
        Amount { value: self.value, low: self.low, high: self.high, source: self.source.clone() }
    }
}
