use serde::{Deserialize, Serialize};

use crate::selection::normalise::MethodError;

/// How strongly a lead `d` in one criterion speaks for an alternative, 0 to 1: the six preference functions of
/// PROMETHEE. A lead of 0 or less does not speak for it.
///
/// Thresholds have the unit of the criterion. Reference: Brans, J.-P., Vincke, P. (1985) Management Science 31(6).
#[doc(alias = "funkcja preferencji")]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Preference {
    /// 1 for any lead.
    Usual,
    /// 1 for a lead above `q`.
    UShape {
        /// Largest lead that does not count.
        q: f64,
    },
    /// `d / p`, 1 above `p`.
    VShape {
        /// Lead from which the preference is full.
        p: f64,
    },
    /// 1/2 above `q`, 1 above `p`.
    Level {
        /// Largest lead that does not count.
        q: f64,
        /// Largest lead that counts half.
        p: f64,
    },
    /// `(d - q) / (p - q)` above `q`, 1 above `p`: V-shape with indifference.
    Linear {
        /// Largest lead that does not count.
        q: f64,
        /// Lead from which the preference is full.
        p: f64,
    },
    /// `1 - exp(-d^2 / (2 s^2))`.
    Gaussian {
        /// Lead at which the curve bends.
        s: f64,
    },
}

/// What a lead between `q` and `p` counts.
#[derive(Clone, Copy)]
pub(super) enum Between {
    Half,
    Slope,
}

impl Preference {
    pub(super) fn check(self, criterion: usize) -> Result<(), MethodError> {
        let wrong = |name, got, expected| Err(MethodError::Threshold { criterion, name, got, expected });
        let not_negative = |x: f64| x.is_finite() && x >= 0.0;
        match self {
            Self::UShape { q } | Self::Level { q, .. } | Self::Linear { q, .. } if !not_negative(q) => {
                wrong("indifference threshold q", q, "0 or more")
            }
            Self::VShape { p } if !not_negative(p) => wrong("preference threshold p", p, "0 or more"),
            Self::Level { q, p } | Self::Linear { q, p } if !(p.is_finite() && p >= q) => {
                wrong("preference threshold p", p, "a number not below the indifference threshold q")
            }
            Self::Gaussian { s } if !(s.is_finite() && s > 0.0) => {
                wrong("width s of the Gaussian", s, "a number above 0")
            }
            _ => Ok(()),
        }
    }

    /// Thresholds and what lies between them; none for the Gaussian, which has no pieces.
    pub(super) fn pieces(self) -> Option<(f64, f64, Between)> {
        match self {
            Self::Usual => Some((0.0, 0.0, Between::Half)),
            Self::UShape { q } => Some((q, q, Between::Half)),
            Self::VShape { p } => Some((0.0, p, Between::Slope)),
            Self::Level { q, p } => Some((q, p, Between::Half)),
            Self::Linear { q, p } => Some((q, p, Between::Slope)),
            Self::Gaussian { .. } => None,
        }
    }
}
