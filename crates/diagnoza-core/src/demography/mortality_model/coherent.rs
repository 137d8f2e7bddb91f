use ndarray::{Array2, ArrayView1};
use serde::{Deserialize, Serialize};

use super::expectancy::LifeTableFrame;
use super::forecast::expect_ages;
use super::target_e0::{E0Search, Pattern};
use super::{MortalityModelError, MortalitySurface, Rotation, ZeroRates, ultimate_bx};
use crate::observation::{Sex, Year};

/// The United Nations' coherent Lee-Carter for two sexes, not yet fitted: rates by age for given paths of life
/// expectancy.
///
/// # Formula
/// For each sex `a(x)` is the mean of `ln m(x,t)`, `k(t) = sum(ln m(x,t) - a(x))` and `b(x)` the slope of
/// `ln m - a` on `k`; a slope of zero or less becomes half that of the age before; `sum b = 1`. The
/// sexes share the mean of their `b`, so that their rates do not part.
///
/// # References
/// Li & Lee (2005); Ševčíková, Li, Kantorová, Gerland & Raftery (2016), algorithm 2; R `MortCast`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoherentLeeCarter {
    /// How many of the last columns `a(x)` is the mean of; all where `None`.
    pub ax_periods: Option<usize>,
}

/// A fitted coherent Lee-Carter model of two sexes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedCoherentLeeCarter {
    /// How it was estimated.
    pub method: CoherentLeeCarter,
    /// Ages.
    pub ages: Vec<u8>,
    /// First years of the periods fitted.
    pub years: Vec<Year>,
    /// `b(x)` that the sexes share.
    pub bx: Vec<f64>,
    /// `b(x)` after a complete rotation; `None` where the ages do not allow one.
    pub ultimate_bx: Option<Vec<f64>>,
    /// Females.
    pub female: SexSchedule,
    /// Males.
    pub male: SexSchedule,
}

/// The part of the model that belongs to one sex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SexSchedule {
    /// `a(x)`.
    pub ax: Vec<f64>,
    /// `b(x)` of this sex alone.
    pub own_bx: Vec<f64>,
    /// `k(t)`.
    pub kt: Vec<f64>,
}

/// How rates are found for life expectancies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoherentTarget {
    /// Rotation of `b`, driven by the mean of both sexes' e0; `None` for no rotation.
    pub rotation: Option<Rotation>,
    /// Life table and tolerance.
    pub search: E0Search,
    /// Age from which rates of males are at least those of females where females live longer; `None` for nowhere.
    pub male_floor: Option<u8>,
}

impl Default for CoherentTarget {
    /// Rotation between 80 and 102 years, the United Nations' life table, males above females from age 105: as
    /// R `MortCast::mortcast`, but for its tolerance.
    fn default() -> Self {
        let rotation = Some(Rotation::default());
        Self { rotation, search: E0Search::default(), male_floor: Some(105) }
    }
}

/// Rates of both sexes, ages x targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoherentMortality {
    /// Rates of females.
    pub female: Array2<f64>,
    /// Rates of males.
    pub male: Array2<f64>,
    /// Index of females, one per target.
    pub kt_female: Vec<f64>,
    /// Index of males.
    pub kt_male: Vec<f64>,
    /// How they were found.
    pub options: CoherentTarget,
}

impl CoherentLeeCarter {
    /// Fits the model to rates of both sexes at the same ages and years.
    ///
    /// # Errors
    /// Tables that differ in ages or years, rates of zero, rates without a common change.
    pub fn fit(
        &self,
        female: &MortalitySurface,
        male: &MortalitySurface,
    ) -> Result<FittedCoherentLeeCarter, MortalityModelError> {
        for (what, same) in
            [("ages", female.ages() == male.ages()), ("years", female.years() == male.years())]
        {
            if !same {
                let (population, first) = ("the table of males".to_owned(), "that of females".to_owned());
                return Err(MortalityModelError::Populations { population, what, first });
            }
        }
        let (ages, years) = (female.ages().to_vec(), female.years().to_vec());
        let (female, male) = (self.schedule(female)?, self.schedule(male)?);
        let both = female.own_bx.iter().zip(&male.own_bx);
        let bx: Vec<f64> = both.map(|(female, male)| f64::midpoint(*female, *male)).collect();
        let ultimate_bx = ultimate_bx(&bx, &ages).ok();
        Ok(FittedCoherentLeeCarter { method: *self, ages, years, bx, ultimate_bx, female, male })
    }

    fn schedule(&self, surface: &MortalitySurface) -> Result<SexSchedule, MortalityModelError> {
        let years = surface.years().len();
        let periods = self.ax_periods.unwrap_or(years);
        if periods == 0 || periods > years {
            let (what, expected) = ("ax_periods", "from 1 to the number of columns");
            return Err(MortalityModelError::Option { what, got: periods as f64, expected });
        }
        let (surface, _) = surface.without_zeros(ZeroRates::Refuse)?;
        let log_mx = surface.mx().mapv(f64::ln);
        let last = |row: ArrayView1<'_, f64>| row.iter().skip(years - periods).sum::<f64>() / periods as f64;
        let ax: Vec<f64> = log_mx.rows().into_iter().map(last).collect();
        let level: f64 = ax.iter().sum();
        let kt: Vec<f64> = log_mx.columns().into_iter().map(|column| column.sum() - level).collect();
        let squares: f64 = kt.iter().map(|k| k * k).sum();
        if squares <= 0.0 {
            return Err(MortalityModelError::NoChange);
        }
        let slopes = log_mx
            .rows()
            .into_iter()
            .zip(&ax)
            .map(|(row, a)| row.iter().zip(&kt).map(|(value, k)| (value - a) * k).sum::<f64>() / squares);
        Ok(SexSchedule { own_bx: declining(slopes.collect())?, ax, kt })
    }
}

/// Slopes without negative values, adding up to 1, as `MortCast` mends them.
fn declining(mut bx: Vec<f64>) -> Result<Vec<f64>, MortalityModelError> {
    let mut wrong: Vec<usize> = (0..bx.len()).filter(|&x| bx[x] <= 0.0).collect();
    if wrong.first() == Some(&0) {
        bx[0] = 0.0;
        wrong.remove(0);
    }
    while !wrong.is_empty() {
        let before = bx.clone();
        for &x in &wrong {
            bx[x] = 0.5 * before[x - 1];
        }
        wrong = (0..bx.len()).filter(|&x| bx[x] < 0.0).collect();
    }
    for x in (1..bx.len()).rev() {
        if bx[x] <= 0.0 {
            bx[x] = bx[x - 1];
        }
    }
    let sum: f64 = bx.iter().sum();
    if sum <= 0.0 {
        return Err(MortalityModelError::NoChange);
    }
    Ok(bx.iter().map(|value| value / sum).collect())
}

impl FittedCoherentLeeCarter {
    /// Rates of both sexes whose life expectancies are the targets, one pair per column.
    ///
    /// # Errors
    /// Targets of different number, a target that no level gives (by its position), a rotation that the ages do
    /// not allow.
    pub fn mx_from_e0(
        &self,
        e0_female: &[f64],
        e0_male: &[f64],
        options: CoherentTarget,
    ) -> Result<CoherentMortality, MortalityModelError> {
        let targets = e0_female.len();
        if targets == 0 || e0_male.len() != targets {
            let (what, got) = ("e0 of males", e0_male.len());
            return Err(MortalityModelError::Length { what, got, expected: targets.max(1) });
        }
        let (female_ax, male_ax) = (("ax of females", &self.female.ax), ("ax of males", &self.male.ax));
        expect_ages(&self.ages, [("bx", &self.bx), female_ax, male_ax])?;
        let frames = Sex::BOTH.map(|sex| LifeTableFrame::new(&self.ages, Some(sex), options.search.rule));
        let [frame_female, frame_male] = frames;
        let (frame_female, frame_male) = (frame_female?, frame_male?);
        let shape = (self.ages.len(), targets);
        let (mut female, mut male) = (Array2::zeros(shape), Array2::zeros(shape));
        let (mut kt_female, mut kt_male) = (Vec::with_capacity(targets), Vec::with_capacity(targets));
        for (position, (&of_females, &of_males)) in e0_female.iter().zip(e0_male).enumerate() {
            let bx = self.bx_at(f64::midpoint(of_females, of_males), options.rotation)?;
            let pattern = Pattern { ax: &self.female.ax, bx: &bx, floor: &[], frame: &frame_female };
            let found = pattern.solve(of_females, position, options.search.tolerance)?;
            let floor = match options.male_floor {
                Some(from) if of_females > of_males => floor_from(from, &self.ages, &found.mx),
                _ => Vec::new(),
            };
            kt_female.push(found.kt);
            female.column_mut(position).assign(&ndarray::aview1(&found.mx));
            let pattern = Pattern { ax: &self.male.ax, bx: &bx, floor: &floor, frame: &frame_male };
            let found = pattern.solve(of_males, position, options.search.tolerance)?;
            kt_male.push(found.kt);
            male.column_mut(position).assign(&ndarray::aview1(&found.mx));
        }
        Ok(CoherentMortality { female, male, kt_female, kt_male, options })
    }

    /// `b(x)` at a life expectancy.
    fn bx_at(&self, e0: f64, rotation: Option<Rotation>) -> Result<Vec<f64>, MortalityModelError> {
        match (rotation, &self.ultimate_bx) {
            (None, _) => Ok(self.bx.clone()),
            (Some(rotation), Some(ultimate)) => rotation.rotate(&self.bx, ultimate, e0),
            // Says which ages are missing.
            (Some(rotation), None) => rotation.rotate(&self.bx, &ultimate_bx(&self.bx, &self.ages)?, e0),
        }
    }
}

/// Rates of females from an age on, zero below it.
fn floor_from(from: u8, ages: &[u8], mx: &[f64]) -> Vec<f64> {
    ages.iter().zip(mx).map(|(age, rate)| if *age >= from { *rate } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_slopes_take_half_of_the_age_before() {
        let mended = declining(vec![0.4, -0.1, -0.3, 0.2, -0.1]).unwrap();
        // 0.4, 0.2, 0.1 (half of the age before once that is mended), 0.2, 0.1
        let expected = [0.4, 0.2, 0.1, 0.2, 0.1];
        assert!(mended.iter().zip(expected).all(|(got, want)| (got - want).abs() < 1e-15), "{mended:?}");
        assert!(declining(vec![-1.0, -1.0]).is_err());
    }
}
