use diagnoza_core::demography::scenario::{self as core, Baseline, ChangeSpec, Direction, ScenarioSpec};
use diagnoza_core::observation::Year;
use diagnoza_data::official::{JUMP_OFF, check_scenario};
use pyo3::prelude::*;

use crate::error::Fault;

/// A scenario: a base and named, dated changes to it.
///
/// Bases are GUS's variants `main`, `low`, `high`, and `own`, the forecast from observed data (voivodeship 28).
///
/// Methods return a new scenario with one more change; `to_toml()` is the file that repeats it.
#[pyclass(frozen, eq, module = "diagnoza._native")]
#[derive(PartialEq)]
pub(crate) struct Scenario(pub(crate) core::Scenario);

#[pymethods]
impl Scenario {
    #[new]
    #[pyo3(signature = (name = "main", *, base = None, note = None))]
    fn new(name: &str, base: Option<&str>, note: Option<String>) -> Result<Self, Fault> {
        let base: Baseline = match base {
            Some(base) => base.parse()?,
            None => name.parse().unwrap_or(Baseline::Main),
        };
        let mut spec = ScenarioSpec::new(name, base);
        spec.note = note;
        Ok(Self(check_scenario(spec)?))
    }

    /// Reads the TOML form; `file` is the name that errors use.
    #[staticmethod]
    #[pyo3(signature = (text, *, file = "scenario"))]
    fn from_toml(text: &str, file: &str) -> Result<Self, Fault> {
        Ok(Self(check_scenario(ScenarioSpec::from_toml(file, text)?)?))
    }

    /// The TOML form of the scenario.
    fn to_toml(&self) -> Result<String, Fault> {
        Ok(self.0.spec().to_toml()?)
    }

    /// Total fertility rate of `value` children per woman from a year on; with `by`, on a line until then.
    #[pyo3(signature = (value, *, from_year, by = None, units = None))]
    fn tfr(&self, value: f64, from_year: i64, by: Option<i64>, units: Option<Units>) -> Result<Self, Fault> {
        self.with(ChangeSpec { tfr: Some(value), ..ChangeSpec::default() }, from_year, by, units)
    }

    /// Fertility rates of the base times `factor`.
    #[pyo3(signature = (factor, *, from_year, by = None, units = None))]
    fn tfr_factor(
        &self,
        factor: f64,
        from_year: i64,
        by: Option<i64>,
        units: Option<Units>,
    ) -> Result<Self, Fault> {
        self.with(ChangeSpec { tfr_factor: Some(factor), ..ChangeSpec::default() }, from_year, by, units)
    }

    /// Life expectancy at birth `years` longer than in the base, all death rates moved by one factor.
    #[pyo3(signature = (years, *, from_year, by = None, sex = None, units = None))]
    fn e0_shift(
        &self,
        years: f64,
        from_year: i64,
        by: Option<i64>,
        sex: Option<&str>,
        units: Option<Units>,
    ) -> Result<Self, Fault> {
        let sex = sex.map(str::parse).transpose().map_err(|e| Fault::input(format!("{e}")))?;
        self.with(ChangeSpec { e0_shift: Some(years), sex, ..ChangeSpec::default() }, from_year, by, units)
    }

    /// Net migration at every age times `factor`; 0 is no migration. With `direction` `gains` or `losses` only at the
    /// ages and sexes that gain or lose people.
    #[pyo3(signature = (factor, *, from_year, by = None, direction = None, units = None))]
    fn net_migration(
        &self,
        factor: f64,
        from_year: i64,
        by: Option<i64>,
        direction: Option<&str>,
        units: Option<Units>,
    ) -> Result<Self, Fault> {
        let known = |word: &str| Direction::ALL.into_iter().find(|direction| direction.word() == word);
        let direction = direction
            .map(|word| known(word).ok_or_else(|| Fault::word("direction", word, &["gains", "losses"])))
            .transpose()?;
        let net_migration_factor = Some(factor);
        let change = ChangeSpec { net_migration_factor, direction, ..ChangeSpec::default() };
        self.with(change, from_year, by, units)
    }

    /// Survival, fertility and net migration of a year in all later years.
    #[pyo3(signature = (*, from_year, units = None))]
    fn constant_rates(&self, from_year: i64, units: Option<Units>) -> Result<Self, Fault> {
        self.with(ChangeSpec { constant_rates: Some(true), ..ChangeSpec::default() }, from_year, None, units)
    }

    /// A reference that other scenarios are read against: `constant_rates` (survival, fertility and net migration of
    /// `from_year` ever after) or `zero_migration` (nobody moves from then on); by default from the first projected year.
    #[staticmethod]
    #[pyo3(signature = (kind, *, base = "main", from_year = None))]
    fn reference(kind: &str, base: &str, from_year: Option<i64>) -> Result<Self, Fault> {
        let from = from_year.map_or(Ok(JUMP_OFF.next()), Year::new)?;
        let spec = match kind {
            "constant_rates" => ScenarioSpec::constant_rates(base.parse()?, from),
            "zero_migration" => ScenarioSpec::zero_migration(base.parse()?, from),
            _ => return Err(Fault::word("kind", kind, &["constant_rates", "zero_migration"])),
        };
        Ok(Self(check_scenario(spec)?))
    }

    /// The changes of this scenario and then the other's, on the official variant that both start from.
    fn __add__(&self, other: PyRef<'_, Self>) -> Result<Self, Fault> {
        Ok(Self(self.0.then(&other.0)?))
    }

    /// The same scenario under another name.
    fn named(&self, name: &str) -> Result<Self, Fault> {
        let mut spec = self.0.spec().clone();
        name.clone_into(&mut spec.name);
        Ok(Self(check_scenario(spec)?))
    }

    /// Name shown in tables and charts.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// What the changes start from.
    #[getter]
    fn base(&self) -> &'static str {
        self.0.base().word()
    }

    fn __repr__(&self) -> String {
        format!(
            "Scenario('{}', base='{}', changes={})",
            self.0.name(),
            self.0.base(),
            self.0.spec().change.len()
        )
    }

    fn __reduce__(&self, py: Python<'_>) -> Result<(Py<PyAny>, (String,)), Fault> {
        let read = py.get_type::<Self>().getattr("from_toml")?.unbind();
        Ok((read, (self.to_toml()?,)))
    }
}

/// Units as one selection text or a list of codes and names.
#[derive(FromPyObject)]
pub(crate) enum Units {
    /// A selection such as `PL623,2816`.
    #[pyo3(transparent)]
    Selection(String),
    /// A list of them.
    #[pyo3(transparent)]
    List(Vec<String>),
}

impl Scenario {
    fn with(
        &self,
        mut change: ChangeSpec,
        from: i64,
        by: Option<i64>,
        units: Option<Units>,
    ) -> Result<Self, Fault> {
        change.from = Some(Year::new(from)?);
        change.by = by.map(Year::new).transpose()?;
        change.units = match units {
            None => Vec::new(),
            Some(Units::Selection(text)) => crate::territory::units(&text)?,
            Some(Units::List(texts)) => crate::territory::units(&texts.join(","))?,
        };
        let mut spec = self.0.spec().clone();
        if spec.change.is_empty() && spec.name == spec.base.word() {
            spec.name = format!("{}, changed", spec.base);
        }
        Ok(Self(check_scenario(spec.with(change))?))
    }
}
