use serde::{Deserialize, Serialize};

use super::{NeedError, NeedUnit};
use crate::demography::{AgeRange, Sexes};
use crate::observation::Year;

/// Rates of need as the user wrote them, not yet checked. [`RatesSpec::check`] gives the type that runs.
///
/// ```
/// use diagnoza_core::resources::need::RatesSpec;
/// let spec = RatesSpec::from_toml("rates.toml", r#"
///     format = "diagnoza-need-rates/1"
///     [[rate]]
///     service = "care_services"
///     name_pl = "usługi opiekuńcze"
///     unit = "persons_per_person"
///     sex = "T"
///     ages = "80+"
///     rate = 0.1            # invented for this example
///     year = 2024
///     source = "example"
///     other_ages = "no_need"
/// "#)?;
/// let rates = spec.check("rates.toml")?;
/// assert_eq!(rates.service("care_services")?.without_rate[0].ages.to_string(), "0-79");
/// # Ok::<(), diagnoza_core::resources::need::NeedError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatesSpec {
    /// Edition of the format of this file.
    pub format: RatesFormat,
    /// The rates.
    #[serde(default)]
    pub rate: Vec<RateRow>,
    /// How messages count the rows.
    #[serde(skip)]
    pub counting: Counting,
}

/// Edition of the format of a file of rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RatesFormat {
    /// `diagnoza-need-rates/1`.
    #[serde(rename = "diagnoza-need-rates/1")]
    V1,
}

/// How rows are counted in messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// `entry 1` is the first of the file.
    #[default]
    Entries,
    /// `row 1` is the header, `row 2` the first of the table.
    TableRows,
}

/// One rate as written: a row of a table or a `[[rate]]` of a TOML file.
///
/// What describes the service (`name_pl`, `name_en`, `unit`, `other_ages`) may stand in one row of it or in all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateRow {
    /// Service kind, lower case with underscores.
    pub service: String,
    /// Polish name of the service.
    pub name_pl: String,
    /// English name of the service.
    pub name_en: String,
    /// Word of a [`NeedUnit`].
    pub unit: String,
    /// `F`, `M` or `T` (both).
    pub sex: String,
    /// Ages, such as `75-84` or `85+`.
    pub ages: String,
    /// The rate.
    pub rate: Option<f64>,
    /// Year the rate was measured in or is meant for.
    pub year: Option<i64>,
    /// What the rate is relative to, in words.
    pub basis: String,
    /// Where the rate comes from.
    pub source: String,
    /// `no_need` says that ages without a rate have no need.
    pub other_ages: String,
}

/// Checked rates of need, by service in the order of the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedRates {
    pub(super) services: Vec<ServiceNeed>,
}

/// Checked rates of one service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceNeed {
    /// Service kind.
    pub service: String,
    /// Polish name; the kind where none was given.
    pub name_pl: String,
    /// English name; the kind where none was given.
    pub name_en: String,
    /// Unit of the rates.
    pub unit: NeedUnit,
    /// The rates; no two of the same sex and age.
    pub rates: Vec<NeedRate>,
    /// Ages without a rate, said to have no need.
    pub without_rate: Vec<AgesWithoutRate>,
}

/// One checked rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedRate {
    /// Whom it is for.
    pub sexes: Sexes,
    /// Ages.
    pub ages: AgeRange,
    /// The rate, in the service's unit.
    pub rate: f64,
    /// Year.
    pub year: Year,
    /// What it is relative to; may be empty.
    pub basis: String,
    /// Where it comes from.
    pub source: String,
}

/// Ages that no rate covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgesWithoutRate {
    /// Whose.
    pub sexes: Sexes,
    /// Ages.
    pub ages: AgeRange,
}

impl RatesSpec {
    /// Reads rates in TOML; unknown keys are refused. `file` names it in messages.
    ///
    /// # Errors
    /// [`NeedError::Syntax`] with the line.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NeedError> {
        toml::from_str(text).map_err(|error| NeedError::syntax(file, &error))
    }

    /// Rates from the rows of a table.
    #[must_use]
    pub fn from_table(rate: Vec<RateRow>) -> Self {
        Self { format: RatesFormat::V1, rate, counting: Counting::TableRows }
    }
}

impl Counting {
    /// Name of the row at `index` from 0.
    #[must_use]
    pub fn place(self, index: usize) -> String {
        match self {
            Self::Entries => format!("entry {}", index + 1),
            Self::TableRows => format!("row {}", index + 2),
        }
    }
}

impl NeedRates {
    /// The services.
    #[must_use]
    pub fn services(&self) -> &[ServiceNeed] {
        &self.services
    }

    /// The rates of one service.
    ///
    /// # Errors
    /// [`NeedError::UnknownService`] lists those there are.
    pub fn service(&self, service: &str) -> Result<&ServiceNeed, NeedError> {
        let found = self.services.iter().find(|known| known.service == service);
        found.ok_or_else(|| NeedError::UnknownService {
            got: service.to_owned(),
            known: self.services.iter().map(|known| known.service.clone()).collect(),
        })
    }
}
