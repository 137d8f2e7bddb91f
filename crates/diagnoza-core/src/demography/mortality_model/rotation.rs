//! Rotation of `b(x)`: at high life expectancy mortality declines faster at old ages than at young ones.

use std::f64::consts::FRAC_PI_2;

use serde::{Deserialize, Serialize};

use super::MortalityModelError;

/// When the age pattern of decline turns towards its ultimate form.
///
/// # Formula
/// `B(x) = (1 - w) b(x) + w u(x)`, `w = (1/2 (1 + sin(pi/2 (2 (e0 - from) / (to - from) - 1))))^power`, 0 below
/// `from` and 1 from `to` on; `u` is [`ultimate_bx`].
///
/// # Reference
/// Li, Lee & Gerland (2013), Demography 50, 2037-2051.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rotation {
    /// Life expectancy at which it begins, years.
    pub from: f64,
    /// Life expectancy at which it ends, years.
    pub to: f64,
    /// Exponent of the smooth weight.
    pub power: f64,
}

impl Default for Rotation {
    /// 80 to 102 years, power 1/2: the authors' choice and the United Nations'.
    fn default() -> Self {
        Self { from: 80.0, to: 102.0, power: 0.5 }
    }
}

impl Rotation {
    /// `B(x)` at a life expectancy.
    ///
    /// # Errors
    /// A range that is none; vectors of different length.
    pub fn rotate(&self, bx: &[f64], ultimate: &[f64], e0: f64) -> Result<Vec<f64>, MortalityModelError> {
        if !(self.to > self.from && self.power > 0.0) {
            let (what, expected) =
                ("the end of the rotation", "more than its beginning, and a power above 0");
            return Err(MortalityModelError::Option { what, got: self.to, expected });
        }
        if bx.len() != ultimate.len() {
            let (what, got) = ("the ultimate bx", ultimate.len());
            return Err(MortalityModelError::Length { what, got, expected: bx.len() });
        }
        let done = ((e0 - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        let weight = (0.5 * (1.0 + (FRAC_PI_2 * (2.0 * done - 1.0)).sin())).powf(self.power);
        Ok(bx.iter().zip(ultimate).map(|(now, then)| (1.0 - weight) * now + weight * then).collect())
    }
}

/// The ultimate `b(x)`: ages up to 60 decline alike, at their mean over 15 to 60; older ages keep their pattern,
/// scaled so that the first of them continues at the same level. They add up to 1.
///
/// # Errors
/// Ages without 15 or 60 or anything after, another number of values, a `b` of 0 after 60.
pub fn ultimate_bx(bx: &[f64], ages: &[u8]) -> Result<Vec<f64>, MortalityModelError> {
    if bx.len() != ages.len() {
        return Err(MortalityModelError::Length { what: "bx", got: bx.len(), expected: ages.len() });
    }
    let at = |age: u8| ages.iter().position(|start| *start == age);
    let (Some(from), Some(to)) = (at(15), at(60)) else {
        return Err(MortalityModelError::TooFew {
            what: "ages at 15 and 60, which rotation needs",
            got: 0,
            needed: 2,
        });
    };
    let Some(&next) = bx.get(to + 1) else {
        return Err(MortalityModelError::TooFew {
            what: "ages after 60, which rotation needs",
            got: 0,
            needed: 1,
        });
    };
    if !(next.is_finite() && next > 0.0) {
        let (what, age, expected) = ("bx", ages[to + 1], "above zero");
        return Err(MortalityModelError::Parameter { what, got: next, age, expected });
    }
    let level = bx[from..=to].iter().sum::<f64>() / (to - from + 1) as f64;
    let mut ultimate: Vec<f64> = bx.iter().map(|value| value * level / next).collect();
    ultimate[..=to].fill(level);
    let sum: f64 = ultimate.iter().sum();
    Ok(ultimate.iter().map(|value| value / sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_begins_and_ends_where_li_lee_and_gerland_put_it() {
        let (bx, ultimate) = ([0.7, 0.3], [0.4, 0.6]);
        let rotated = |e0| Rotation::default().rotate(&bx, &ultimate, e0).unwrap();
        assert!((rotated(79.0)[0] - 0.7).abs() < 1e-15);
        assert!((rotated(102.0)[0] - 0.4).abs() < 1e-15 && (rotated(120.0)[1] - 0.6).abs() < 1e-15);
        // Halfway the weight is sqrt(1/2).
        assert!((rotated(91.0)[0] - (0.7 - 0.3 * 0.5_f64.sqrt())).abs() < 1e-12);
        let backwards = Rotation { from: 90.0, to: 80.0, power: 0.5 };
        assert!(backwards.rotate(&bx, &ultimate, 85.0).is_err());
    }

    #[test]
    fn an_ultimate_pattern_needs_its_ages() {
        assert!(ultimate_bx(&[0.5, 0.5], &[0, 1]).is_err());
        assert!(ultimate_bx(&[0.5, 0.5], &[15, 60]).is_err());
        assert!(ultimate_bx(&[0.5, 0.5, 0.0], &[15, 60, 65]).is_err());
        let ultimate = ultimate_bx(&[0.4, 0.2, 0.3, 0.1], &[0, 15, 60, 65]).unwrap();
        assert!((ultimate.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(ultimate.iter().all(|value| (value - 0.25).abs() < 1e-15), "{ultimate:?}");
    }
}
