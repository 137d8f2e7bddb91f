//! The two definitions of beneficiaries of social assistance, kept apart by type.
//!
//! All members of the assisted households (GUS 1.D.5, IOSS 17) are more than the persons granted benefits by decision
//! (GUS 1.B.1): in Warmia-Mazury in 2012, 1353 against 814.3 per 10,000 inhabitants. Neither adds to, compares with or
//! stands for the other:
//!
//! ```compile_fail,E0308
//! use diagnoza_core::resources::{BenefitRecipients, HouseholdMembers};
//! let members = HouseholdMembers::new(2517.0)?;
//! let recipients = BenefitRecipients::new(1300.0)?;
//! let sum = members + recipients;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ```
//! use diagnoza_core::resources::HouseholdMembers;
//! // Powiat bocheński, 2024: 2517 persons in families covered, 106,985 inhabitants.
//! let members = HouseholdMembers::new(2517.0)?;
//! assert_eq!(members.per(10_000.0, 106_985.0).map(f64::round), Some(235.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

use crate::observation::{Persons, QuantityError};

macro_rules! beneficiaries {
    ($name:ident, $input:literal, $source:literal, $polish:literal, $doc:literal) => {
        #[doc = $doc]
        #[doc(alias = $polish)]
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
        pub struct $name(Persons);

        impl $name {
            /// Name of the input of the catalogue that holds them.
            pub const INPUT: &'static str = $input;
            /// Who defines and publishes them.
            pub const SOURCE: &'static str = $source;

            /// A number of them.
            ///
            /// # Errors
            /// [`QuantityError`] unless it is zero or more.
            pub fn new(persons: f64) -> Result<Self, QuantityError> {
                Persons::new(persons).map(Self)
            }

            /// Their number.
            #[must_use]
            pub const fn persons(self) -> f64 {
                self.0.get()
            }

            /// Their number per `base` inhabitants; `None` where nobody lives.
            #[must_use]
            pub fn per(self, base: f64, population: f64) -> Option<f64> {
                (population > 0.0).then(|| base * self.persons() / population).filter(|rate| rate.is_finite())
            }
        }

        impl Add for $name {
            type Output = f64;

            fn add(self, other: Self) -> f64 {
                self.persons() + other.persons()
            }
        }

        impl Sub for $name {
            type Output = f64;

            fn sub(self, other: Self) -> f64 {
                self.persons() - other.persons()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

beneficiaries!(
    HouseholdMembers,
    "persons_in_families_covered",
    "GUS, indicator 1.D.5; ROPS Kraków, IOSS 17",
    "osoby w rodzinach objętych pomocą",
    "All members of the households that social assistance reached, each counted once."
);
beneficiaries!(
    BenefitRecipients,
    "persons_granted_benefits",
    "GUS, indicator 1.B.1",
    "osoby, którym decyzją przyznano świadczenie",
    "Persons who were granted benefits of social assistance by decision, each counted once."
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::catalogue::figure;

    #[test]
    fn both_are_figures_of_the_catalogue() {
        assert!(figure(HouseholdMembers::INPUT).is_some() && figure(BenefitRecipients::INPUT).is_some());
        assert_ne!(HouseholdMembers::SOURCE, BenefitRecipients::SOURCE);
    }

    #[test]
    fn each_relates_to_itself_and_to_the_population() {
        let now = HouseholdMembers::new(90.0).unwrap();
        let before = HouseholdMembers::new(100.0).unwrap();
        assert!(now < before && (now - before + 10.0).abs() < 1e-12);
        assert!((now + before - 190.0).abs() < 1e-12);
        assert_eq!(now.per(100.0, 0.0), None);
        assert!(BenefitRecipients::new(-1.0).is_err() && BenefitRecipients::new(f64::NAN).is_err());
    }
}
