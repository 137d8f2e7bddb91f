use diagnoza_core::demography::Sexes;
use diagnoza_core::demography::life_table::{
    self as core, InfantRule, IntervalMethod, OldAge, OpenGroup, Rules, SeparationRule,
};
use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

/// Rule of age 0: a word, or years.
#[derive(FromPyObject)]
pub(crate) enum Infant {
    Word(String),
    Years(f64),
}

/// Rule of the ages above: a word, or years for every age.
#[derive(FromPyObject)]
pub(crate) enum Separation<'py> {
    Word(String),
    Years(PyReadonlyArray1<'py, f64>),
}

fn rules(a0: &Infant, ax: &Separation<'_>) -> Result<Rules, Fault> {
    let infant = match a0 {
        Infant::Years(years) => InfantRule::Given(*years),
        Infant::Word(word) => match word.as_str() {
            "andreev_kingkade" => InfantRule::AndreevKingkade,
            "coale_demeny" => InfantRule::CoaleDemeny,
            "coale_demeny_rate" => InfantRule::CoaleDemenyRate,
            "midpoint" => InfantRule::Midpoint,
            "constant_hazard" => InfantRule::ConstantHazard,
            _ => {
                let allowed =
                    ["andreev_kingkade", "coale_demeny", "coale_demeny_rate", "midpoint", "constant_hazard"];
                return Err(Fault::word("a0", word, &allowed));
            }
        },
    };
    let separation = match ax {
        Separation::Years(years) => SeparationRule::Given(years.as_array().to_vec()),
        Separation::Word(word) => match word.as_str() {
            "greville" => SeparationRule::Greville,
            "un" => SeparationRule::Un,
            "pas" => SeparationRule::Pas,
            "keyfitz" => SeparationRule::Keyfitz,
            "midpoint" => SeparationRule::Midpoint,
            "constant_hazard" => SeparationRule::ConstantHazard,
            _ => {
                let allowed = ["greville", "un", "pas", "keyfitz", "midpoint", "constant_hazard"];
                return Err(Fault::word("ax", word, &allowed));
            }
        },
    };
    Ok(Rules { infant, separation })
}

/// A life table; made by `diagnoza.LifeTable`.
#[pyclass(frozen, module = "diagnoza._native", name = "LifeTable")]
pub(crate) struct LifeTable(core::LifeTable);

#[pymethods]
impl LifeTable {
    /// Makes a table from `mx`, `qx` or `lx`, or from `deaths` with their `exposure`.
    #[staticmethod]
    #[pyo3(signature = (source, values, exposure, ages, *, sex, a0, ax, radix))]
    #[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
    fn make(
        py: Python<'_>,
        source: &str,
        values: PyReadonlyArray1<'_, f64>,
        exposure: Option<PyReadonlyArray1<'_, f64>>,
        ages: Vec<u32>,
        sex: &str,
        a0: Infant,
        ax: Separation<'_>,
        radix: Option<f64>,
    ) -> Result<Self, Fault> {
        let sex: Sexes = sex.parse().map_err(|_| Fault::word("sex", sex, &["F", "M", "T"]))?;
        let rules = rules(&a0, &ax)?;
        let values = values.as_array().to_vec();
        let exposure = exposure.map(|exposure| exposure.as_array().to_vec());
        let table = py.detach(|| {
            let table = match (source, &exposure) {
                ("mx", None) => core::LifeTable::from_mx(&ages, &values, sex, &rules)?,
                ("qx", None) => core::LifeTable::from_qx(&ages, &values, sex, &rules)?,
                ("lx", None) => core::LifeTable::from_lx(&ages, &values, sex, &rules)?,
                (_, Some(exposure)) => core::LifeTable::from_deaths(&ages, &values, exposure, sex, &rules)?,
                _ => return Err(Fault::word("source", source, &["mx", "qx", "lx", "deaths"])),
            };
            Ok(match radix {
                Some(radix) => table.with_radix(radix)?,
                None => table,
            })
        });
        Ok(Self(table?))
    }

    /// Lower bounds and widths of the ages; the open age has no width.
    fn ages(&self) -> (Vec<u32>, Vec<Option<u32>>) {
        (self.0.age().to_vec(), self.0.width())
    }

    /// Columns mx, ax, qx, lx, dx, Lx, Tx, ex.
    fn columns<'py>(&self, py: Python<'py>) -> Vec<(&'static str, Bound<'py, PyArray1<f64>>)> {
        let table = &self.0;
        [
            ("mx", table.mx()),
            ("ax", table.ax()),
            ("qx", table.qx()),
            ("lx", table.lx()),
            ("dx", table.dx()),
            ("Lx", table.person_years()),
            ("Tx", table.years_above()),
            ("ex", table.ex()),
        ]
        .map(|(name, column)| (name, column.to_pyarray(py)))
        .into()
    }

    /// Life expectancy at an exact age.
    fn ex(&self, age: u32) -> Result<f64, Fault> {
        Ok(self.0.expectancy_at(age)?)
    }

    /// Survival ratios, birth first, the open group last.
    fn survival_ratios<'py>(
        &self,
        py: Python<'py>,
        step: u32,
        open_age: Option<u32>,
        open_group: &str,
    ) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
        let group = match open_group {
            "pooled" => OpenGroup::Pooled,
            "apart" => OpenGroup::Apart,
            _ => return Err(Fault::word("open_group", open_group, &["pooled", "apart"])),
        };
        Ok(self.0.survival_ratios(step, open_age, group)?.to_pyarray(py))
    }

    /// Lower end, upper end, estimate and standard error of life expectancy at birth.
    fn e0_interval(
        &self,
        py: Python<'_>,
        method: &str,
        level: f64,
        seed: u64,
        draws: u32,
    ) -> Result<(f64, f64, f64, f64), Fault> {
        let chosen = match method {
            "chiang" => IntervalMethod::Chiang,
            "silcocks" => IntervalMethod::Silcocks,
            "monte_carlo" => IntervalMethod::MonteCarlo { draws, seed },
            _ => return Err(Fault::word("method", method, &["chiang", "silcocks", "monte_carlo"])),
        };
        let found = py.detach(|| self.0.e0_interval(chosen, level))?;
        Ok((found.lower, found.upper, found.estimate, found.standard_error))
    }

    /// The table in ages 0, 1 to 4 and five-year ages.
    fn abridged(&self) -> Result<Self, Fault> {
        Ok(Self(self.0.abridged()?))
    }

    /// The table with a younger open age.
    fn closed_at(&self, age: u32) -> Result<Self, Fault> {
        Ok(Self(self.0.closed_at(age)?))
    }

    /// The table at another level and slope of mortality.
    fn moved(&self, level: f64, slope: f64) -> Result<Self, Fault> {
        Ok(Self(self.0.moved(level, slope)?))
    }

    /// How the table was made, as JSON.
    fn record(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(self.0.record())?)
    }
}

/// Ages and death rates with the highest ages by Kannisto's law: of one sex, or of women and then men.
#[pyfunction]
#[pyo3(signature = (mx, mx_men, ages, *, fit, start, end, step))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
#[allow(clippy::type_complexity, reason = "ages, rates of one sex, rates of the other")]
pub(crate) fn kannisto(
    mx: PyReadonlyArray1<'_, f64>,
    mx_men: Option<PyReadonlyArray1<'_, f64>>,
    ages: Vec<u32>,
    fit: Option<(u32, u32)>,
    start: Option<u32>,
    end: Option<u32>,
    step: Option<u32>,
) -> Result<(Vec<u32>, Vec<f64>, Option<Vec<f64>>), Fault> {
    let usual = OldAge::usual(&ages);
    let (fit_from, fit_to) = fit.unwrap_or((usual.fit_from, usual.fit_to));
    let old = OldAge {
        fit_from,
        fit_to,
        extend_from: start.unwrap_or(usual.extend_from),
        extend_to: end.unwrap_or(usual.extend_to),
        step: step.unwrap_or(usual.step),
    };
    let mx = mx.as_array().to_vec();
    let Some(mx_men) = mx_men else {
        let found = core::kannisto(&ages, &mx, &old)?;
        return Ok((found.age, found.mx, None));
    };
    let (women, men) = core::kannisto_coherent(&ages, &mx, &mx_men.as_array().to_vec(), &old)?;
    Ok((women.age, women.mx, Some(men.mx)))
}
