use ndarray::{Array2, Array3, ArrayView1, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use super::BaselineError;
use super::baselines::check_stock;
use crate::observation::Sex;

/// What the ratio of a cohort is that had nobody at the earlier date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyCohort {
    /// None: refuse, naming the age.
    #[default]
    Refuse,
    /// 1: who is there later stays.
    NoChange,
}

/// Settings of the Hamilton-Perry method.
///
/// # Formula
/// From two stocks `P0`, `P1` that lie `n` years apart, in age groups of `w` years (`n` a multiple of `w`):
///
/// ```text
/// CCR(x+n) = P1(x+n) / P0(x)             open:  P1(x+) / P0((x-n)+)
/// CWR(g)   = P1(g) / women1(15+g-44+g)   for the groups born in between, by sex, g their first age
/// P(x+n)(t+n) = CCR(x+n) P(x)(t)         P(g)(t+n) = CWR(g) women(15+g-44+g)(t+n)
/// ```
///
/// With `w = n = 5` this is the published method, with `w = n = 1` its yearly form.
///
/// # Reference
/// Hamilton, Perry (1962), *Social Forces* 41: 163-170; Swanson, Schlottmann, Schmidt (2010), *Population Research
/// and Policy Review* 29: 47-63; caps: Swanson, Tayman (2017).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HamiltonPerry {
    /// Width of the closed age groups in years.
    pub width: u8,
    /// Years between the two stocks, a multiple of `width`.
    pub interval: u8,
    /// First and last age of the women to whom children below `width` are related; whole groups.
    pub mothers: (u8, u8),
    /// Lowest and highest cohort change ratio; none: as observed.
    pub caps: Option<(f64, f64)>,
    /// What the ratio of an empty cohort is.
    pub empty: EmptyCohort,
}

impl Default for HamiltonPerry {
    fn default() -> Self {
        Self { width: 5, interval: 5, mothers: (15, 44), caps: None, empty: EmptyCohort::Refuse }
    }
}

/// A ratio that the caps changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CappedRatio {
    /// Sex.
    pub sex: Sex,
    /// Position of the age the cohort arrives at.
    pub age: usize,
    /// Ratio observed.
    pub observed: f64,
    /// Ratio used.
    pub used: f64,
}

/// Ratios of two stocks, ready to be projected on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedHamiltonPerry {
    /// Settings.
    pub settings: HamiltonPerry,
    /// Cohort change ratios by the age arrived at, `(2, A)`; the groups born in between hold their
    /// child-woman ratio.
    pub ratios: Array2<f64>,
    /// Ratios that the caps changed.
    pub capped: Vec<CappedRatio>,
}

impl HamiltonPerry {
    /// Takes the ratios of two stocks `(2, A)`, the last age open.
    ///
    /// ```
    /// use diagnoza_core::demography::backtest::HamiltonPerry;
    /// use ndarray::Array2;
    /// let (earlier, later) = (Array2::from_elem((2, 18), 100.0), Array2::from_elem((2, 18), 90.0));
    /// let fitted = HamiltonPerry::default().fit(earlier.view(), later.view())?;
    /// assert_eq!(fitted.ratios[[0, 4]], 0.9);
    /// assert!((fitted.project(later.view(), 1)?[[0, 0, 4]] - 81.0).abs() < 1e-12);
    /// # Ok::<(), diagnoza_core::demography::backtest::BaselineError>(())
    /// ```
    ///
    /// # Errors
    /// [`BaselineError`]: shapes, values and settings; a cohort without people earlier, no women.
    pub fn fit(
        &self,
        earlier: ArrayView2<'_, f64>,
        later: ArrayView2<'_, f64>,
    ) -> Result<FittedHamiltonPerry, BaselineError> {
        check_stock("earlier", earlier)?;
        check_stock("later", later)?;
        if earlier.dim() != later.dim() {
            let (got, expected) = (later.shape().to_vec(), "the shape of the earlier stock");
            return Err(BaselineError::Shape { what: "later", got, expected });
        }
        self.check(later.ncols())?;
        let mut fitted =
            FittedHamiltonPerry { settings: *self, ratios: Array2::zeros(later.dim()), capped: Vec::new() };
        for sex in Sex::BOTH {
            let i = sex.index();
            for group in 0..self.shift() {
                let women = self.women(later.row(0), group)?;
                fitted.ratios[[i, group]] = later[[i, group]] / women;
            }
            for age in self.shift()..later.ncols() {
                let before = self.cohort(earlier.row(i), age);
                let observed = if before > 0.0 {
                    later[[i, age]] / before
                } else if self.empty == EmptyCohort::NoChange {
                    1.0
                } else {
                    return Err(BaselineError::EmptyCohort { sex, age });
                };
                let used = self.caps.map_or(observed, |(lowest, highest)| observed.clamp(lowest, highest));
                if (used - observed).abs() > 0.0 {
                    fitted.capped.push(CappedRatio { sex, age, observed, used });
                }
                fitted.ratios[[i, age]] = used;
            }
        }
        Ok(fitted)
    }

    fn check(&self, ages: usize) -> Result<(), BaselineError> {
        let refuse = |option, got, expected| Err(BaselineError::Option { option, got, expected });
        let (width, interval) = (self.width, self.interval);
        if width == 0 {
            return refuse("width", 0.0, "1 year or more");
        }
        if interval == 0 || !interval.is_multiple_of(width) {
            return refuse("interval", interval.into(), "a multiple of the width of an age group");
        }
        if self.shift() + 1 >= ages {
            return refuse("interval", interval.into(), "fewer years than the closed ages cover");
        }
        let (first, last) = self.mothers;
        if last < first || !first.is_multiple_of(width) || !(u16::from(last) + 1).is_multiple_of(width.into())
        {
            return refuse("mothers", first.into(), "the first and last age of whole groups");
        }
        // The oldest mothers are those of the oldest children born in between; they must not reach the open age.
        let end = (usize::from(last) + 1) / usize::from(width) + self.shift() - 1;
        if end > ages - 1 {
            return refuse("mothers", last.into(), "ages below the open age group");
        }
        if let Some((lowest, highest)) = self.caps
            && !(lowest >= 0.0 && lowest <= highest && highest.is_finite())
        {
            return refuse(
                "caps",
                lowest,
                "a lowest ratio of zero or more and a highest that is not below it",
            );
        }
        Ok(())
    }

    /// Age groups that a cohort moves on in an interval.
    fn shift(&self) -> usize {
        usize::from(self.interval / self.width.max(1))
    }

    /// The people who arrive at an age an interval later.
    fn cohort(&self, stock: ArrayView1<'_, f64>, age: usize) -> f64 {
        let from = age - self.shift();
        if age + 1 == stock.len() { stock.slice(s![from..]).sum() } else { stock[from] }
    }

    /// Women whose children are in a group.
    fn women(&self, women: ArrayView1<'_, f64>, group: usize) -> Result<f64, BaselineError> {
        let (width, (first, last)) = (usize::from(self.width), self.mothers);
        let range = usize::from(first) / width + group..(usize::from(last) + 1) / width + group;
        let there = women.slice(s![range]).sum();
        if there > 0.0 {
            return Ok(there);
        }
        let later = |age: u8| age.saturating_add(self.width.saturating_mul(group as u8));
        Err(BaselineError::NoWomen { first: later(first), last: later(last) })
    }
}

impl FittedHamiltonPerry {
    /// Stocks after 1, 2, ..., `steps` intervals, `(steps, 2, A)`, from a stock `(2, A)`.
    ///
    /// # Errors
    /// [`BaselineError`]: shape and values of the stock, no women left.
    pub fn project(&self, base: ArrayView2<'_, f64>, steps: usize) -> Result<Array3<f64>, BaselineError> {
        check_stock("base", base)?;
        if base.dim() != self.ratios.dim() {
            let (got, expected) = (base.shape().to_vec(), "the shape of the stocks that were fitted");
            return Err(BaselineError::Shape { what: "base", got, expected });
        }
        let mut future = Array3::zeros((steps, 2, base.ncols()));
        let mut stock = base.to_owned();
        for mut next in future.axis_iter_mut(Axis(0)) {
            for ((sex, age), &ratio) in self.ratios.indexed_iter() {
                if age >= self.settings.shift() {
                    next[[sex, age]] = ratio * self.settings.cohort(stock.row(sex), age);
                }
            }
            // Eldest first: the mothers of the youngest may themselves be a group set here.
            for group in (0..self.settings.shift()).rev() {
                let women = self.settings.women(next.row(0), group)?;
                for sex in 0..2 {
                    next[[sex, group]] = self.ratios[[sex, group]] * women;
                }
            }
            stock.assign(&next);
        }
        Ok(future)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(size: f64, ages: usize) -> Array2<f64> {
        Array2::from_shape_fn((2, ages), |(sex, age)| size * (200.0 - 2.0 * age as f64 - sex as f64))
    }

    #[test]
    fn hamilton_and_perry_ratios_of_five_and_ten_years() {
        let (earlier, later) = (stock(1.0, 18), stock(1.1, 18));
        let five = HamiltonPerry::default().fit(earlier.view(), later.view()).unwrap();
        assert!((five.ratios[[0, 1]] - later[[0, 1]] / earlier[[0, 0]]).abs() < 1e-12);
        let open = later[[1, 17]] / (earlier[[1, 16]] + earlier[[1, 17]]);
        assert!((five.ratios[[1, 17]] - open).abs() < 1e-12);
        let women: f64 = later.slice(s![0, 3..9]).sum();
        assert!((five.ratios[[1, 0]] - later[[1, 0]] / women).abs() < 1e-12);
        // Projecting the earlier stock gives every cohort of the later one back.
        let back = five.project(earlier.view(), 1).unwrap();
        assert!((&back.slice(s![0, .., ..]) - &later).iter().all(|gap| gap.abs() < 1e-9));
        let settings = HamiltonPerry { interval: 10, ..HamiltonPerry::default() };
        let ten = settings.fit(earlier.view(), later.view()).unwrap();
        let open: f64 = earlier.slice(s![0, 15..]).sum();
        assert!((ten.ratios[[0, 17]] - later[[0, 17]] / open).abs() < 1e-12);
        let women: f64 = later.slice(s![0, 4..10]).sum();
        assert!((ten.ratios[[0, 1]] - later[[0, 1]] / women).abs() < 1e-12);
        let back = ten.project(earlier.view(), 1).unwrap();
        assert!((&back.slice(s![0, .., ..]) - &later).iter().all(|gap| gap.abs() < 1e-9));
    }

    #[test]
    fn single_years_and_caps() {
        let (earlier, mut later) = (stock(0.3, 91), stock(0.3, 91));
        later[[0, 20]] *= 10.0;
        let settings =
            HamiltonPerry { width: 1, interval: 1, caps: Some((0.5, 2.0)), ..HamiltonPerry::default() };
        let fitted = settings.fit(earlier.view(), later.view()).unwrap();
        assert!((fitted.ratios[[0, 20]] - 2.0).abs() < 1e-12);
        assert!(fitted.capped.iter().any(|ratio| ratio.age == 20 && ratio.observed > 9.0));
        let future = fitted.project(later.view(), 30).unwrap();
        assert!(future.iter().all(|&people| people.is_finite() && people >= 0.0));
    }

    #[test]
    fn empty_cohorts_are_refused_or_hold() {
        let (mut earlier, later) = (stock(1.0, 18), stock(1.1, 18));
        earlier[[1, 4]] = 0.0;
        let message = HamiltonPerry::default().fit(earlier.view(), later.view()).unwrap_err().to_string();
        assert!(message.starts_with("M, age position 5: nobody of the cohort"), "{message}");
        let settings = HamiltonPerry { empty: EmptyCohort::NoChange, ..HamiltonPerry::default() };
        let fitted = settings.fit(earlier.view(), later.view()).unwrap();
        assert!((fitted.ratios[[1, 5]] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn hostile_settings_are_refused_by_name() {
        let (earlier, later) = (stock(1.0, 18), stock(1.1, 18));
        let refused =
            |settings: HamiltonPerry| settings.fit(earlier.view(), later.view()).unwrap_err().to_string();
        let fine = HamiltonPerry::default();
        assert!(refused(HamiltonPerry { width: 0, ..fine }).starts_with("width is 0"));
        assert!(refused(HamiltonPerry { interval: 7, ..fine }).starts_with("interval is 7"));
        assert!(refused(HamiltonPerry { interval: 85, ..fine }).starts_with("interval is 85"));
        assert!(refused(HamiltonPerry { mothers: (16, 44), ..fine }).starts_with("mothers is 16"));
        assert!(refused(HamiltonPerry { mothers: (15, 89), ..fine }).starts_with("mothers is 89"));
        assert!(refused(HamiltonPerry { caps: Some((2.0, 1.0)), ..fine }).starts_with("caps is 2"));
        let short = stock(1.0, 17);
        assert!(fine.fit(earlier.view(), short.view()).unwrap_err().to_string().contains("[2, 17]"));
        let mut nobody = later.clone();
        nobody.slice_mut(s![0, 3..9]).fill(0.0);
        let message = fine.fit(earlier.view(), nobody.view()).unwrap_err().to_string();
        assert!(message.starts_with("no women of ages 15-44"), "{message}");
    }
}
