use serde::{Deserialize, Serialize};

use super::BasketError;

/// A start for a basket: problems and services by name, without links.
pub const BASKET_TOML: &str = include_str!("../../../templates/service_basket.toml");

/// A basket as the user wrote it, not yet checked. [`BasketSpec::check`] gives the type that is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasketSpec {
    /// Edition of the format of this file.
    pub format: BasketFormat,
    /// Title, for people.
    #[serde(default)]
    pub title: String,
    /// The problems.
    #[serde(default)]
    pub problem: Vec<Problem>,
    /// The services.
    #[serde(default)]
    pub service: Vec<Service>,
    /// The institutions.
    #[serde(default)]
    pub institution: Vec<Institution>,
}

/// Edition of the format of a basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BasketFormat {
    /// `diagnoza-service-basket/1`.
    #[serde(rename = "diagnoza-service-basket/1")]
    V1,
}

/// A problem that services answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Problem {
    /// Name in files, lower case with underscores.
    pub id: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// Ids of the services that answer it.
    pub services: Vec<String>,
    /// Where the problem and its services are named.
    pub source: String,
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// Name in files, lower case with underscores.
    pub id: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// Ids of the institutions that may give it.
    pub institutions: Vec<String>,
    /// Ids of the services it cannot work without.
    pub requires: Vec<String>,
    /// Where the service is named.
    pub source: String,
}

/// An institution that gives services.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Institution {
    /// Name in files, lower case with underscores.
    pub id: String,
    /// Polish name.
    pub name_pl: String,
    /// English name.
    pub name_en: String,
    /// Where the institution is named.
    pub source: String,
}

/// A checked basket: every reference is to something that is there, and no services require each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Basket {
    pub(super) spec: BasketSpec,
}

impl BasketSpec {
    /// Reads a basket in TOML; unknown keys are refused. `file` names it in messages.
    ///
    /// # Errors
    /// [`BasketError::Syntax`] with the line.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, BasketError> {
        toml::from_str(text).map_err(|error| BasketError::Syntax {
            file: file.to_owned(),
            reason: error.to_string().trim().to_owned(),
        })
    }
}

impl Basket {
    /// The problems.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.spec.problem
    }

    /// The services.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.spec.service
    }

    /// The institutions.
    #[must_use]
    pub fn institutions(&self) -> &[Institution] {
        &self.spec.institution
    }

    /// The basket as written.
    #[must_use]
    pub const fn spec(&self) -> &BasketSpec {
        &self.spec
    }

    pub(super) fn service(&self, id: &str) -> Option<&Service> {
        self.spec.service.iter().find(|service| service.id == id)
    }
}
