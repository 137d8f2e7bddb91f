//! Brass's system: a table moved by the relational logit model.
//!
//! # Formula
//! ```text
//! Y(x)  = 1/2 ln((1 - l(x)) / l(x))          logit of survivorship, radix 1
//! Y'(x) = level + slope Y(x)
//! l'(x) = 1 / (1 + exp(2 Y'(x)))
//! ```
//! A level above 0 is higher mortality; a slope above 1 lower mortality of the young and higher of the old, as against
//! the table. The years lived by those who die, and the life expectancy in the open age, are the table's.
//!
//! # Reference
//! Brass (1971), *On the scale of mortality*.

use super::{InfantRule, LifeTable, LifeTableError, Rules, SeparationRule};

impl LifeTable {
    /// The table at another level and slope of mortality; it must have single years of age.
    ///
    /// # Errors
    /// [`LifeTableError::NotSingleYears`]; survivors that reach zero, or a level or slope that is no number.
    #[doc(alias = "Brass")]
    pub fn moved(&self, level: f64, slope: f64) -> Result<Self, LifeTableError> {
        let lx = self.to_standard()?.moved(level, slope).survivors();
        let rules =
            Rules { infant: InfantRule::default(), separation: SeparationRule::Given(self.ax.clone()) };
        Self::from_lx(&self.age, &lx, self.record.sex, &rules)?.with_radix(self.lx[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demography::Sexes;

    fn table() -> LifeTable {
        let ages: Vec<u32> = (0..=100).collect();
        let mx: Vec<f64> = ages.iter().map(|&age| 0.0005 * (0.08 * f64::from(age)).exp()).collect();
        LifeTable::from_mx(&ages, &mx, Sexes::Female, &Rules::default()).unwrap()
    }

    #[test]
    fn level_and_slope_of_the_standard_change_nothing() {
        let (table, same) = (table(), table().moved(0.0, 1.0).unwrap());
        for (got, want) in same.lx().iter().zip(table.lx()) {
            assert!((got / want - 1.0).abs() < 1e-12, "{got} {want}");
        }
        assert!((same.e0() - table.e0()).abs() < 1e-9);
    }

    #[test]
    fn logits_are_moved_as_said() {
        let (table, moved) = (table(), table().moved(0.3, 1.2).unwrap());
        let logit = |table: &LifeTable, age: usize| {
            let alive = table.lx()[age] / table.lx()[0];
            0.5 * ((1.0 - alive) / alive).ln()
        };
        for age in [1, 40, 80, 100] {
            assert!((logit(&moved, age) - 0.3 - 1.2 * logit(&table, age)).abs() < 1e-9, "{age}");
        }
        assert!(table.moved(0.1, 1.0).unwrap().e0() < table.e0());
        assert!((moved.lx()[0] - table.lx()[0]).abs() < 1e-9);
    }

    #[test]
    fn hostile_moves_are_refused() {
        let table = table();
        assert!(table.abridged().unwrap().moved(0.0, 1.0).is_err());
        for (level, slope) in [(f64::NAN, 1.0), (0.0, f64::NAN), (1e9, 1.0), (0.0, -1.0), (0.0, 1e300)] {
            assert!(table.moved(level, slope).is_err(), "{level} {slope}");
        }
    }
}
