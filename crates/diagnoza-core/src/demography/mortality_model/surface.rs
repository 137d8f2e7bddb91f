use ndarray::{Array2, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::MortalityModelError;
use super::ages::closed_widths;
use crate::observation::{Sex, Year};

/// Central death rates of one population by age and year, checked: what every mortality model is
/// fitted on.
///
/// Rows are ages (single years, or abridged groups 0, 1, 5, 10, ...; the last is open), columns years. Years
/// may have gaps, so that the years of an epidemic can be left out.
///
/// ```
/// use diagnoza_core::demography::mortality_model::MortalitySurface;
/// use diagnoza_core::observation::{Sex, Year};
/// use ndarray::array;
/// let years = (2018..2022).map(Year::new).collect::<Result<Vec<_>, _>>()?;
/// let mx = array![[0.004, 0.0039, 0.0038, 0.0041], [0.2, 0.19, 0.21, 0.24]];
/// let surface = MortalitySurface::new(mx, None, vec![80, 81], years, Some(Sex::Female))?;
/// let without_2020 = surface.keeping(|year| year.get() < 2020)?;
/// assert_eq!(without_2020.years().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "umieralność")]
#[doc(alias = "współczynnik zgonów")]
#[derive(Clone, Debug, PartialEq)]
pub struct MortalitySurface {
    mx: Array2<f64>,
    exposure: Option<Array2<f64>>,
    weights: Option<Array2<f64>>,
    ages: Vec<u8>,
    years: Vec<Year>,
    sex: Option<Sex>,
}

/// What to do with rates of zero, which have no logarithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroRates {
    /// An error that names the first age and year.
    #[default]
    Refuse,
    /// The mean of the nearest rates above zero before and after, at the same age; at the ends the nearest
    /// one. As `demography::lca(interpolate = TRUE)`. Rates below 1e-9 count as zero.
    Interpolate,
}

/// A rate of zero that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interpolated {
    /// Age.
    pub age: u8,
    /// Year.
    pub year: Year,
    /// The rate put there.
    pub mx: f64,
}

impl MortalitySurface {
    /// Rates `mx` and, where known, person-years `exposure`, ages x years. `sex` of `None` is both together.
    ///
    /// # Errors
    /// [`MortalityModelError`] names the shape, or the first age and year that is wrong.
    pub fn new(
        mx: Array2<f64>,
        exposure: Option<Array2<f64>>,
        ages: Vec<u8>,
        years: Vec<Year>,
        sex: Option<Sex>,
    ) -> Result<Self, MortalityModelError> {
        closed_widths(&ages)?;
        if years.len() < 2 {
            return Err(MortalityModelError::TooFew { what: "years", got: years.len(), needed: 2 });
        }
        if let Some(pair) = years.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(MortalityModelError::Years { before: pair[0], got: pair[1] });
        }
        check("mx", mx.view(), &ages, &years)?;
        if let Some(exposure) = &exposure {
            check("exposure", exposure.view(), &ages, &years)?;
        }
        Ok(Self { mx, exposure, weights: None, ages, years, sex })
    }

    /// Rates as deaths over person-years.
    ///
    /// # Errors
    /// As [`Self::new`]; deaths where nobody lived are named.
    pub fn from_deaths(
        deaths: &Array2<f64>,
        exposure: Array2<f64>,
        ages: Vec<u8>,
        years: Vec<Year>,
        sex: Option<Sex>,
    ) -> Result<Self, MortalityModelError> {
        check("deaths", deaths.view(), &ages, &years)?;
        check("exposure", exposure.view(), &ages, &years)?;
        let mut mx = deaths.clone();
        for ((i, j), rate) in mx.indexed_iter_mut() {
            let lived = exposure[[i, j]];
            if lived > 0.0 {
                *rate /= lived;
            } else if *rate > 0.0 {
                return Err(MortalityModelError::Cell {
                    what: "deaths",
                    got: *rate,
                    age: ages[i],
                    year: years[j],
                    expected: "0, for the exposure is 0",
                });
            }
        }
        Self::new(mx, Some(exposure), ages, years, sex)
    }

    /// The same with weights between 0 and 1, ages x years, by which cells count in the Poisson likelihood: 0 leaves
    /// a cell out, as the cohorts of [`cohort_weights`].
    ///
    /// # Errors
    /// [`MortalityModelError`] names the shape, or the first age and year that is wrong.
    pub fn with_weights(self, weights: Array2<f64>) -> Result<Self, MortalityModelError> {
        check("the weight", weights.view(), &self.ages, &self.years)?;
        match weights.indexed_iter().find(|(_, weight)| **weight > 1.0) {
            Some(((i, j), &got)) => Err(MortalityModelError::Cell {
                what: "the weight",
                got,
                age: self.ages[i],
                year: self.years[j],
                expected: "0 to 1",
            }),
            None => Ok(Self { weights: Some(weights), ..self }),
        }
    }

    /// The same population in the years for which `keep` is true.
    ///
    /// # Errors
    /// Fewer than two years are left.
    pub fn keeping(&self, keep: impl Fn(Year) -> bool) -> Result<Self, MortalityModelError> {
        let kept: Vec<usize> = (0..self.years.len()).filter(|&j| keep(self.years[j])).collect();
        let columns = |table: &Array2<f64>| table.select(Axis(1), &kept);
        let years = kept.iter().map(|&j| self.years[j]).collect();
        let exposure = self.exposure.as_ref().map(columns);
        let surface = Self::new(columns(&self.mx), exposure, self.ages.clone(), years, self.sex)?;
        Ok(Self { weights: self.weights.as_ref().map(columns), ..surface })
    }

    /// Central death rates, ages x years.
    #[must_use]
    pub fn mx(&self) -> ArrayView2<'_, f64> {
        self.mx.view()
    }

    /// Person-years lived, ages x years.
    #[must_use]
    pub fn exposure(&self) -> Option<ArrayView2<'_, f64>> {
        self.exposure.as_ref().map(|exposure| exposure.view())
    }

    /// Weights of the cells, ages x years.
    #[must_use]
    pub fn weights(&self) -> Option<ArrayView2<'_, f64>> {
        self.weights.as_ref().map(|weights| weights.view())
    }

    /// First age of each group; the last is open.
    #[must_use]
    pub fn ages(&self) -> &[u8] {
        &self.ages
    }

    /// Years, increasing.
    #[must_use]
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// Sex, `None` for both together.
    #[must_use]
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The surface with rates above zero everywhere, and what was replaced. Least squares know no weights.
    pub(super) fn without_zeros(
        &self,
        zeros: ZeroRates,
    ) -> Result<(Self, Vec<Interpolated>), MortalityModelError> {
        if self.weights.is_some() {
            return Err(MortalityModelError::Weights);
        }
        let mut filled = self.clone();
        let mut replaced = Vec::new();
        if zeros == ZeroRates::Refuse {
            return match self.mx.indexed_iter().find(|(_, rate)| **rate <= 0.0) {
                Some(((i, j), _)) => {
                    Err(MortalityModelError::ZeroRate { age: self.ages[i], year: self.years[j] })
                }
                None => Ok((filled, replaced)),
            };
        }
        let positive = |rate: f64| rate >= 1e-9;
        for (i, &age) in self.ages.iter().enumerate() {
            let row = self.mx.row(i);
            for (j, &year) in self.years.iter().enumerate().filter(|&(j, _)| !positive(row[j])) {
                let before = (0..j).rev().map(|at| row[at]).find(|&rate| positive(rate));
                let after = (j + 1..row.len()).map(|at| row[at]).find(|&rate| positive(rate));
                let mx = match (before, after) {
                    (Some(before), Some(after)) => f64::midpoint(before, after),
                    (Some(nearest), None) | (None, Some(nearest)) => nearest,
                    (None, None) => return Err(MortalityModelError::NoDeathsAtAge { age }),
                };
                filled.mx[[i, j]] = mx;
                replaced.push(Interpolated { age, year, mx });
            }
        }
        Ok((filled, replaced))
    }
}

/// Weights of 0 for the `clip` earliest and the `clip` latest cohorts of a table, 1 elsewhere: cohorts seen at few
/// ages are the least certain. As R `StMoMo::genWeightMat`; a cohort is year less age.
#[must_use]
pub fn cohort_weights(ages: &[u8], years: &[Year], clip: u16) -> Array2<f64> {
    let cohort = |x: usize, t: usize| i32::from(years[t].get()) - i32::from(ages[x]);
    let (mut first, mut last) = (i32::MAX, i32::MIN);
    for x in 0..ages.len() {
        for t in 0..years.len() {
            first = first.min(cohort(x, t));
            last = last.max(cohort(x, t));
        }
    }
    let clip = i32::from(clip);
    Array2::from_shape_fn((ages.len(), years.len()), |(x, t)| {
        if cohort(x, t) - first >= clip && last - cohort(x, t) >= clip { 1.0 } else { 0.0 }
    })
}

/// Shape and values of a table of rates, counts or person-years.
fn check(
    what: &'static str,
    table: ArrayView2<'_, f64>,
    ages: &[u8],
    years: &[Year],
) -> Result<(), MortalityModelError> {
    let (rows, columns) = table.dim();
    if (rows, columns) != (ages.len(), years.len()) {
        return Err(MortalityModelError::Shape { what, rows, columns, ages: ages.len(), years: years.len() });
    }
    match table.indexed_iter().find(|(_, value)| !(value.is_finite() && **value >= 0.0)) {
        Some(((i, j), &got)) => Err(MortalityModelError::Cell {
            what,
            got,
            age: ages[i],
            year: years[j],
            expected: "a number of zero or more",
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn years(n: u16) -> Vec<Year> {
        Year::constant(2000).through(Year::constant(1999 + n)).collect()
    }

    #[test]
    fn wrong_cells_are_named_by_age_and_year() {
        let mx = array![[0.1, f64::NAN], [0.2, 0.2]];
        let error = MortalitySurface::new(mx, None, vec![60, 61], years(2), None).unwrap_err();
        assert_eq!(error.to_string(), "mx is NaN at age 60 in 2001: expected a number of zero or more");
        let good = array![[0.1, 0.1], [0.2, 0.2]];
        let negative = array![[1.0, 1.0], [1.0, -2.0]];
        let error = MortalitySurface::new(good.clone(), Some(negative), vec![60, 61], years(2), None);
        assert!(matches!(error, Err(MortalityModelError::Cell { what: "exposure", age: 61, .. })));
        let error = MortalitySurface::new(good.clone(), None, vec![60, 61], years(3), None);
        assert!(matches!(error, Err(MortalityModelError::Shape { columns: 2, years: 3, .. })));
        let backwards = years(2).into_iter().rev().collect();
        let error = MortalitySurface::new(good, None, vec![60, 61], backwards, None);
        assert!(matches!(error, Err(MortalityModelError::Years { .. })));
    }

    #[test]
    fn zeros_are_refused_or_filled_as_in_demography() {
        let mx = array![[0.0, 0.1, 0.0, 0.0, 0.3, 0.0], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2]];
        let surface = MortalitySurface::new(mx, None, vec![60, 61], years(6), None).unwrap();
        let error = surface.without_zeros(ZeroRates::Refuse).unwrap_err();
        assert_eq!(error, MortalityModelError::ZeroRate { age: 60, year: Year::constant(2000) });
        let (filled, replaced) = surface.without_zeros(ZeroRates::Interpolate).unwrap();
        assert_eq!(filled.mx().row(0).to_vec(), [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]);
        assert_eq!(replaced.len(), 4);
        let none = MortalitySurface::new(Array2::zeros((2, 2)), None, vec![60, 61], years(2), None).unwrap();
        let error = none.without_zeros(ZeroRates::Interpolate).unwrap_err();
        assert_eq!(error, MortalityModelError::NoDeathsAtAge { age: 60 });
    }

    #[test]
    fn cohorts_at_both_corners_are_clipped() {
        let weights = cohort_weights(&[60, 61, 62], &years(4), 2);
        let expected = array![[1.0, 1.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]];
        assert_eq!(weights, expected);
        assert_eq!(cohort_weights(&[60, 61, 62], &years(4), 0), Array2::<f64>::ones((3, 4)));
        let surface =
            MortalitySurface::new(Array2::ones((2, 2)), None, vec![60, 61], years(2), None).unwrap();
        let error = surface.clone().with_weights(array![[1.0, 2.0], [1.0, 1.0]]).unwrap_err();
        assert!(matches!(error, MortalityModelError::Cell { age: 60, .. }), "{error}");
        let weighted = surface.with_weights(Array2::ones((2, 2))).unwrap();
        assert_eq!(weighted.without_zeros(ZeroRates::Refuse), Err(MortalityModelError::Weights));
    }

    #[test]
    fn deaths_where_nobody_lived_are_refused() {
        let deaths = array![[1.0, 0.0], [2.0, 1.0]];
        let exposure = array![[10.0, 0.0], [10.0, 0.0]];
        let error = MortalitySurface::from_deaths(&deaths, exposure, vec![60, 61], years(2), None);
        assert!(matches!(error, Err(MortalityModelError::Cell { what: "deaths", age: 61, .. })));
    }
}
