use std::collections::BTreeMap;

use diagnoza_core::demography::trajectory::{Process, Series, UncertaintySpec};
use diagnoza_core::observation::Year;
use serde::{Deserialize, Serialize};

use crate::error::FigureError;

/// A parameter of the uncertainty: its value and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, e.g. `fertility.common.sd`.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// How it was estimated, or `given`.
    pub method: String,
    /// What it was estimated from.
    pub series: String,
    /// First year used.
    pub first: Option<Year>,
    /// Last year used.
    pub last: Option<Year>,
    /// Number of values used.
    pub values: usize,
}

/// Method, series and years behind some parameters.
pub(super) struct Basis<'a> {
    pub(super) method: &'a str,
    pub(super) series: &'a str,
    pub(super) used: &'a [Series],
}

impl Basis<'_> {
    /// Records one parameter.
    pub(super) fn record(&self, name: &str, value: f64, to: &mut Vec<Parameter>) {
        let years = || self.used.iter().flat_map(|one| one.keys().copied());
        to.push(Parameter {
            name: name.to_owned(),
            value,
            method: self.method.to_owned(),
            series: self.series.to_owned(),
            first: years().min(),
            last: years().max(),
            values: years().count(),
        });
    }

    /// Records every number of a process.
    pub(super) fn record_process(&self, name: &str, process: Process, to: &mut Vec<Parameter>) {
        for (field, value) in [
            ("level_sd", process.level_sd),
            ("drift_sd", process.drift_sd),
            ("sd", process.sd),
            ("persistence", process.persistence),
        ] {
            self.record(&format!("{name}.{field}"), value, to);
        }
    }
}

/// Puts given values in the place of estimated ones, by name.
///
/// # Errors
/// [`FigureError::Setting`] lists the names there are.
pub(in crate::own) fn override_with(
    spec: &UncertaintySpec,
    parameters: &mut [Parameter],
    given: &BTreeMap<String, f64>,
) -> Result<UncertaintySpec, FigureError> {
    let mut spec = spec.clone();
    for (name, &value) in given {
        let known = || parameters.iter().map(|one| one.name.clone()).collect();
        let (Some(place), Some(position)) =
            (place(&mut spec, name), parameters.iter().position(|one| one.name == *name))
        else {
            return Err(FigureError::Setting { got: name.clone(), known: known() });
        };
        *place = value;
        let record = &mut parameters[position];
        record.value = value;
        "given".clone_into(&mut record.method);
        record.series.clear();
        (record.first, record.last, record.values) = (None, None, 0);
    }
    Ok(spec)
}

/// The number that a name means.
fn place<'a>(spec: &'a mut UncertaintySpec, name: &str) -> Option<&'a mut f64> {
    let (part, field) = name.rsplit_once('.')?;
    let process = match part {
        "fertility.common" => &mut spec.fertility.common,
        "fertility.group" => &mut spec.fertility.group,
        "fertility.area" => &mut spec.fertility.area,
        "mortality.common" => &mut spec.mortality.common,
        "mortality.group" => &mut spec.mortality.group,
        "mortality.area" => &mut spec.mortality.area,
        "migration.common" => &mut spec.migration.common,
        "migration.group" => &mut spec.migration.group,
        "migration.area" => &mut spec.migration.area,
        "mortality.index" => {
            let index = &mut spec.mortality.index;
            return match field {
                "innovation_sd_f" => Some(&mut index.innovation_sd_f),
                "innovation_sd_m" => Some(&mut index.innovation_sd_m),
                "drift_sd_f" => Some(&mut index.drift_sd_f),
                "drift_sd_m" => Some(&mut index.drift_sd_m),
                "sex_correlation" => Some(&mut index.sex_correlation),
                _ => None,
            };
        }
        _ => return None,
    };
    match field {
        "level_sd" => Some(&mut process.level_sd),
        "drift_sd" => Some(&mut process.drift_sd),
        "sd" => Some(&mut process.sd),
        "persistence" => Some(&mut process.persistence),
        _ => None,
    }
}
