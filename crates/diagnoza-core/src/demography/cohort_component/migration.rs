use ndarray::Array3;
use serde::{Deserialize, Serialize};

/// Net migration of every step, sex and age group `(T, K, A)`, in the form in which it is known.
///
/// # Formula
/// Persons of a step of `n` years, at the same age group `a` of the stock and of the flow:
///
/// ```text
/// counts              M(a) = value
/// rates, start        M(a) = n rate(a) P(a)
/// rates, mid          M(a) = n rate(a) (P(a) + C(a)) / 2    C the stock at the end if nobody moved
/// annual proportions  M(a) = n share(a) P(a)                Wheldon et al.; see `even` in the module
/// ```
#[doc(alias = "saldo migracji")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Migration {
    /// Persons of the whole step by age at its end.
    Counts(Array3<f64>),
    /// Net migrants per person-year.
    Rates {
        /// Rates a year.
        rates: Array3<f64>,
        /// Whose person-years.
        base: RateBase,
    },
    /// Net migrants of one year as a share of the stock at the start of the step.
    AnnualProportions(Array3<f64>),
}

/// The population a migration rate refers to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateBase {
    /// Stock at the start of the step.
    #[default]
    Start,
    /// Mean of the stock at the start and of the stock the step would end with if nobody moved.
    Mid,
}

/// The form of a [`Migration`] without its values, as results record it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MigrationForm {
    /// Persons of the step.
    #[default]
    Counts,
    /// Net migrants per person-year.
    Rates(RateBase),
    /// Annual proportions of the stock at the start.
    AnnualProportions,
}

impl Migration {
    /// Its values in the form given, `(T, K, A)`.
    #[must_use]
    pub const fn values(&self) -> &Array3<f64> {
        match self {
            Self::Counts(values) | Self::Rates { rates: values, .. } | Self::AnnualProportions(values) => {
                values
            }
        }
    }

    /// Its values, to be changed in place.
    pub(in crate::demography) const fn values_mut(&mut self) -> &mut Array3<f64> {
        match self {
            Self::Counts(values) | Self::Rates { rates: values, .. } | Self::AnnualProportions(values) => {
                values
            }
        }
    }

    /// Its form.
    #[must_use]
    pub const fn form(&self) -> MigrationForm {
        match self {
            Self::Counts(_) => MigrationForm::Counts,
            Self::Rates { base, .. } => MigrationForm::Rates(*base),
            Self::AnnualProportions(_) => MigrationForm::AnnualProportions,
        }
    }

    /// The same form with changed values.
    pub(super) fn map(self, change: impl FnOnce(Array3<f64>) -> Array3<f64>) -> Self {
        match self {
            Self::Counts(values) => Self::Counts(change(values)),
            Self::Rates { rates, base } => Self::Rates { rates: change(rates), base },
            Self::AnnualProportions(values) => Self::AnnualProportions(change(values)),
        }
    }
}
