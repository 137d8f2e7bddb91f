use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::trajectory::{
    self, Components, People, Trajectories, TrajectoryArea, TrajectoryIndicator, TrajectoryMeasure,
    TrajectoryRequest, TrajectoryUnit,
};
use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::{Provenance, Year};
use diagnoza_core::progress::Progress;
use diagnoza_core::resources::catalogue::{ALL, Indicator, Input, Measure, Summand};
use diagnoza_core::territory::{Teryt, UnitId};
use serde::{Deserialize, Serialize};

use super::uncertainty::override_with;
use super::{Parameter, own_areas, own_methods, uncertainty};
use crate::error::FigureError;
use crate::official::{AGES, OBSERVED_UNTIL, gazetteer, powiats_of};

/// Which trajectories of the forecast from observed data are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulationRequest {
    /// Powiats and subregions of 28, and 28 itself.
    pub units: Vec<UnitId>,
    /// Words of [`trajectory_indicator`].
    pub indicators: Vec<String>,
    /// Probabilities of the quantiles.
    pub probabilities: Vec<f64>,
    /// Number of paths.
    pub draws: usize,
    /// Seed of the paths.
    pub seed: u64,
    /// Last year.
    pub until: Year,
    /// Components that are uncertain.
    pub components: Components,
    /// Parameters that replace estimated ones, by name.
    pub settings: BTreeMap<String, f64>,
    /// Whether the paths of the indicators are kept.
    pub keep_paths: bool,
    /// Threads; the result does not depend on them.
    pub threads: NonZeroUsize,
}

/// Trajectories with the parameters they were drawn with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// Fans of every indicator of every unit.
    pub trajectories: Trajectories,
    /// Parameters with method, series and years.
    pub parameters: Vec<Parameter>,
    /// Methods and inputs.
    pub provenance: Provenance,
}

/// Draws trajectories of powiats of 28 from the last stocks published, 31 XII 2024, and sums units up.
///
/// `progress` is told how many paths are done.
///
/// # Errors
/// [`FigureError`]: a unit without a forecast of its own, an unknown indicator or parameter, what
/// [`trajectory::simulate`] refuses.
pub fn simulate(request: &SimulationRequest, progress: &Progress<'_>) -> Result<Simulation, FigureError> {
    let (areas, sources) = own_areas()?;
    let units = request.units.iter().map(|&unit| unit_of(unit)).collect::<Result<Vec<_>, FigureError>>()?;
    let indicators =
        request.indicators.iter().map(|word| trajectory_indicator(word)).collect::<Result<_, _>>()?;
    let register = gazetteer()?;
    let areas = areas
        .iter()
        .map(|area| {
            let group = register.subregion_of(area.unit)?.unwrap_or(area.unit);
            Ok(TrajectoryArea { area: area.clone(), group })
        })
        .collect::<Result<Vec<_>, FigureError>>()?;
    let mut estimated = uncertainty(OBSERVED_UNTIL, &ForecastSettings::default())?.beyond_powiats()?;
    let spec = override_with(&estimated.spec, &mut estimated.parameters, &request.settings)?;
    let trajectories = trajectory::simulate(
        &areas,
        &spec.check(request.components, AGES)?,
        &TrajectoryRequest {
            units,
            indicators,
            probabilities: request.probabilities.clone(),
            draws: request.draws,
            seed: request.seed,
            jump_off: OBSERVED_UNTIL,
            until: request.until,
            keep_paths: request.keep_paths,
        },
        request.threads,
        progress,
    )?;
    let mut methods = own_methods();
    methods.extend([
        ("trajectories", "common_group_area_processes".to_owned()),
        ("fertility_deviations", "log_tfr".to_owned()),
        ("mortality_deviations", "lee_carter_index, log_level".to_owned()),
        ("migration_deviations", "crude_rate_by_absolute_age_rates".to_owned()),
        ("negative_population", "spread".to_owned()),
        ("quantiles", "type_7".to_owned()),
        ("random_numbers", "chacha12, streams by component, unit and path".to_owned()),
    ]);
    let methods: Vec<(&str, &str)> = methods.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let mut inputs = sources.clone();
    inputs.extend(estimated.sources.into_iter().filter(|source| !sources.contains(source)));
    let provenance = Provenance::new(&methods, inputs);
    Ok(Simulation { trajectories, parameters: estimated.parameters, provenance })
}

/// A unit as the sum of its powiats.
fn unit_of(unit: UnitId) -> Result<TrajectoryUnit, FigureError> {
    let resolved = gazetteer()?.resolve(unit)?;
    let powiats = powiats_of(resolved)?;
    let known = |powiat: &Teryt| -> Result<bool, FigureError> {
        Ok(own_areas()?.0.iter().any(|area| area.unit == UnitId::from(*powiat)))
    };
    for powiat in &powiats {
        if !known(powiat)? {
            return Err(FigureError::NoTrajectories { unit: resolved });
        }
    }
    if powiats.is_empty() {
        return Err(FigureError::NoTrajectories { unit: resolved });
    }
    Ok(TrajectoryUnit { unit: resolved, areas: powiats.into_iter().map(UnitId::from).collect() })
}

/// Indicators of the catalogue that people by sex and age give, by name.
#[must_use]
pub fn trajectory_indicators() -> Vec<&'static str> {
    ALL.iter().filter(|indicator| measure_of(indicator).is_some()).map(|indicator| indicator.id).collect()
}

/// An indicator by its word: `births`, `deaths`, `net_migration`, people such as `75+`, `F 15-49` or `T 0-14`, or a name of
/// the catalogue (`median_age`, `old_dependency`).
///
/// # Errors
/// [`FigureError::TrajectoryIndicator`] lists the names.
pub fn trajectory_indicator(word: &str) -> Result<TrajectoryIndicator, FigureError> {
    let named = |measure| TrajectoryIndicator { id: word.trim().to_owned(), measure };
    let flow = match word.trim() {
        "births" => Some(TrajectoryMeasure::Births),
        "deaths" => Some(TrajectoryMeasure::Deaths),
        "net_migration" => Some(TrajectoryMeasure::NetMigration),
        _ => None,
    };
    if let Some(measure) = flow {
        return Ok(named(measure));
    }
    if let Some(measure) = ALL.iter().find(|known| known.id == word.trim()).and_then(|one| measure_of(one)) {
        return Ok(named(measure));
    }
    if let Some(people) = people(word.trim()) {
        return Ok(named(TrajectoryMeasure::Persons { of: vec![people] }));
    }
    let known = trajectory_indicators();
    let alike = |name: &&&str| strsim::jaro_winkler(word, name);
    let nearest = known.iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).copied();
    let nearest = nearest.filter(|name| strsim::jaro_winkler(word, name) > 0.85);
    Err(FigureError::TrajectoryIndicator { got: word.to_owned(), nearest, known })
}

/// `75+`, `F 15-49`, `T 0-14`.
fn people(word: &str) -> Option<People> {
    let (sexes, ages) = word.split_once(' ').unwrap_or(("T", word));
    let (sexes, ages): (Sexes, AgeRange) = (sexes.parse().ok()?, ages.parse().ok()?);
    Some(People { sexes, ages })
}

/// The measure of an indicator of the catalogue, if people by sex and age are all it needs.
fn measure_of(indicator: &Indicator) -> Option<TrajectoryMeasure> {
    let people = |summands: &[Summand]| -> Option<Vec<People>> {
        summands
            .iter()
            .map(|summand| match summand.input {
                Input::People(part) if !summand.subtracted => {
                    Some(People { sexes: part.sexes, ages: part.ages })
                }
                _ => None,
            })
            .collect()
    };
    match indicator.measure {
        Measure::Count { of } => Some(TrajectoryMeasure::Persons { of: people(of)? }),
        Measure::Ratio { numerator, denominator, factor } => Some(TrajectoryMeasure::Ratio {
            numerator: people(numerator)?,
            denominator: people(denominator)?,
            factor,
        }),
        Measure::MedianAge { of } => Some(TrajectoryMeasure::MedianAge { of }),
    }
}
