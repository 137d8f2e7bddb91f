use std::fmt;

use serde::{Deserialize, Serialize};

/// What the numbers of a table measure, with the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// People, a stock or a flow.
    Persons,
    /// Events or people per person and year.
    Rate,
    /// Part of a whole, 0 to 1.
    Share,
    /// Polish zloty.
    Zloty,
}

/// A number that its quantity does not admit.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{got} is not a valid number of {quantity}: expected {expected}")]
pub struct QuantityError {
    /// The number given.
    pub got: f64,
    /// The quantity it was given for.
    pub quantity: Quantity,
    /// The range it should lie in.
    pub expected: &'static str,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Persons => "persons",
            Self::Rate => "rate",
            Self::Share => "share",
            Self::Zloty => "zloty",
        })
    }
}

macro_rules! quantity {
    ($name:ident, $quantity:expr, $holds:expr, $expected:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl $name {
            /// Checks the number and gives it its meaning.
            ///
            /// # Errors
            #[doc = concat!("[`QuantityError`] unless it is ", $expected, ".")]
            pub fn new(value: f64) -> Result<Self, QuantityError> {
                let holds: fn(f64) -> bool = $holds;
                if value.is_finite() && holds(value) {
                    Ok(Self(value))
                } else {
                    Err(QuantityError { got: value, quantity: $quantity, expected: $expected })
                }
            }

            /// The bare number.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = QuantityError;

            fn try_from(value: f64) -> Result<Self, QuantityError> {
                Self::new(value)
            }
        }

        impl From<$name> for f64 {
            fn from(value: $name) -> f64 {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

quantity!(
    Persons,
    Quantity::Persons,
    |x| x >= 0.0,
    "zero or more",
    "A number of people, a stock: zero or more."
);
quantity!(Rate, Quantity::Rate, |x| x >= 0.0, "zero or more", "Events per person and year: zero or more.");
quantity!(
    Share,
    Quantity::Share,
    |x| (0.0..=1.0).contains(&x),
    "between 0 and 1",
    "A part of a whole: 0 to 1."
);
quantity!(
    Zloty,
    Quantity::Zloty,
    |_| true,
    "a finite number",
    "An amount of Polish zloty, which may be negative."
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_their_quantity_are_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(Persons::new(bad).is_err(), "{bad}");
        }
        assert!(Share::new(1.2).is_err());
        assert!(Zloty::new(-3.5).is_ok());
        assert_eq!(
            Persons::new(-2.0).unwrap_err().to_string(),
            "-2 is not a valid number of persons: expected zero or more"
        );
    }
}
