//! Death rates of a standard moved by level and slope, and how they change with both.

use super::super::mortality::StandardLifeTable;

/// A number and its derivatives by level and by slope.
pub(super) type Tangent = [f64; 3];

/// Survivors `l(x)` and person-years `T(x)` from each age on, with derivatives.
pub(super) struct MovedTable {
    survivors: Vec<Tangent>,
    beyond: Vec<Tangent>,
}

impl MovedTable {
    /// `l(x) = 1 / (1 + exp(2 (level + slope Y(x))))`, so that by level `l' = -2 l (1 - l)` and by slope `Y l'`.
    pub(super) fn new(standard: &StandardLifeTable, level: f64, slope: f64) -> Self {
        let (years_lived, open) = standard.years_lived();
        let moved = standard.logits().iter().map(|logit| {
            let l = 1.0 / (1.0 + (2.0 * (level + slope * logit)).exp());
            let by_level = -2.0 * l * (1.0 - l);
            [l, by_level, logit * by_level]
        });
        let survivors: Vec<Tangent> = std::iter::once([1.0, 0.0, 0.0]).chain(moved).collect();
        let last = survivors.len() - 1;
        let mut beyond = vec![[0.0; 3]; survivors.len()];
        beyond[last] = survivors[last].map(|l| open * l);
        for age in (0..last).rev() {
            let a = years_lived[age];
            beyond[age] = std::array::from_fn(|k| {
                beyond[age + 1][k] + a * survivors[age][k] + (1.0 - a) * survivors[age + 1][k]
            });
        }
        Self { survivors, beyond }
    }

    /// `m = (l(from) - l(until)) / (T(from) - T(until))`; without `until` the group is open.
    pub(super) fn rate(&self, from: usize, until: Option<usize>) -> Tangent {
        let minus = |of: &[Tangent]| -> Tangent {
            std::array::from_fn(|k| of[from][k] - until.map_or(0.0, |until| of[until][k]))
        };
        let (dead, years) = (minus(&self.survivors), minus(&self.beyond));
        let rate = dead[0] / years[0];
        [rate, (dead[1] - rate * years[1]) / years[0], (dead[2] - rate * years[2]) / years[0]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_small_steps() {
        let lx = [1.0, 0.98, 0.9, 0.5, 0.1];
        let standard = StandardLifeTable::new(&lx, &[0.2, 0.5, 0.5, 0.5, 1.5]).unwrap();
        let step = 1e-6;
        let at = |level, slope, ages: (usize, Option<usize>)| {
            MovedTable::new(&standard, level, slope).rate(ages.0, ages.1)
        };
        for ages in [(0, Some(1)), (1, Some(3)), (0, Some(4)), (3, None), (0, None)] {
            let [rate, by_level, by_slope] = at(0.2, 1.1, ages);
            let level = (at(0.2 + step, 1.1, ages)[0] - rate) / step;
            let slope = (at(0.2, 1.1 + step, ages)[0] - rate) / step;
            assert!((by_level - level).abs() < 1e-5 && (by_slope - slope).abs() < 1e-5, "{ages:?}");
        }
        let rates = standard.moved(0.2, 1.1).mortality_rates(3);
        assert!((at(0.2, 1.1, (3, None))[0] - rates[3]).abs() < 1e-12);
        assert!((at(0.2, 1.1, (1, Some(2)))[0] - rates[1]).abs() < 1e-12);
    }
}
