use super::super::mortality::StandardLifeTable;
use super::SmallAreaError;
use super::model::{MovedTable, Tangent};

/// Which exposure goes with which deaths.
pub(super) struct AgePlan<'a> {
    ages: &'a [u8],
    /// Group, first age and first age after of every exposure.
    cells: Vec<(usize, usize, Option<usize>)>,
}

impl<'a> AgePlan<'a> {
    pub(super) fn new(
        ages: &'a [u8],
        deaths: usize,
        exposures: usize,
        standard: &StandardLifeTable,
    ) -> Result<Self, SmallAreaError> {
        let (Some(&first), Some(&last)) = (ages.first(), ages.last()) else {
            return Err(SmallAreaError::Deaths { deaths, groups: 0 });
        };
        if deaths != ages.len() {
            return Err(SmallAreaError::Deaths { deaths, groups: ages.len() });
        }
        if let Some(pair) = ages.windows(2).find(|pair| pair[1] <= pair[0]) {
            return Err(SmallAreaError::Order { before: pair[0], got: pair[1] });
        }
        let single = usize::from(last - first) + 1;
        let starts: Vec<usize> = if exposures == ages.len() {
            ages.iter().map(|age| usize::from(*age)).collect()
        } else if exposures >= single {
            (usize::from(first)..).take(exposures).collect()
        } else {
            return Err(SmallAreaError::Exposure { got: exposures, groups: ages.len(), first, single });
        };
        let open = standard.logits().len();
        if let Some(&got) = starts.iter().find(|age| **age > open) {
            return Err(SmallAreaError::Standard { standard: open, got });
        }
        let cells = starts
            .iter()
            .enumerate()
            .map(|(i, &from)| {
                let group = ages.partition_point(|age| usize::from(*age) <= from).saturating_sub(1);
                (group, from, starts.get(i + 1).copied())
            })
            .collect();
        Ok(Self { ages, cells })
    }

    /// Refuses numbers that are none, and deaths where nobody lived.
    pub(super) fn check(&self, area: usize, deaths: &[f64], exposure: &[f64]) -> Result<(), SmallAreaError> {
        let bad = |values: &[f64]| values.iter().position(|value| !(value.is_finite() && *value >= 0.0));
        if let Some(i) = bad(deaths) {
            let age = usize::from(self.ages[i]);
            return Err(SmallAreaError::NotACount { what: "deaths", area, age, got: deaths[i] });
        }
        if let Some(i) = bad(exposure) {
            return Err(SmallAreaError::NotACount {
                what: "exposure",
                area,
                age: self.cells[i].1,
                got: exposure[i],
            });
        }
        let mut lived = vec![0.0; deaths.len()];
        for ((group, ..), years) in self.cells.iter().zip(exposure) {
            lived[*group] += years;
        }
        match (0..deaths.len()).find(|&group| deaths[group] > 0.0 && lived[group] <= 0.0) {
            Some(i) => {
                Err(SmallAreaError::DeathsWithoutExposure { area, age: self.ages[i], deaths: deaths[i] })
            }
            None => Ok(()),
        }
    }

    /// Expected deaths by group, `sum of exposure(a) m(a)`, with derivatives.
    pub(super) fn expected(&self, table: &MovedTable, exposure: &[f64]) -> Vec<Tangent> {
        let mut expected = vec![[0.0; 3]; self.ages.len()];
        for ((group, from, until), years) in self.cells.iter().zip(exposure) {
            if *years > 0.0 {
                let rate = table.rate(*from, *until);
                for (sum, part) in expected[*group].iter_mut().zip(rate) {
                    *sum += years * part;
                }
            }
        }
        expected
    }
}
