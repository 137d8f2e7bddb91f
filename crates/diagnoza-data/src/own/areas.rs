use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::cohort_component::Assumptions;
use diagnoza_core::demography::projection::Area;
use diagnoza_core::demography::regional_forecast::{
    Country, CountryMortality, FittedRegion, ForecastSettings,
};
use diagnoza_core::demography::scenario::Baseline;
use diagnoza_core::observation::Source;
use diagnoza_core::territory::{Nuts, Teryt};
use ndarray::{Array2, Axis, concatenate, s, stack};

use super::published_years::{Carried, Part, carry_to_2024};
use super::yearbook::births_and_deaths;
use super::{country, subregions};
use crate::error::FigureError;
use crate::official::{
    AGES, JUMP_OFF, LAST_PROJECTED, OBSERVED_UNTIL, SEX_RATIO_AT_BIRTH, gazetteer, official_areas,
    published_stocks,
};

type Areas = (Vec<Area>, Vec<Source>);

/// The powiats of 28 with the rates of the forecast from observed data, 31 XII 2022 to 2060, with the sources.
///
/// 1. Each subregion's mortality, migration and fertility are learnt from what Eurostat published of it; see
///    [`FittedRegion`]. Single ages of its stocks follow those of 31 XII 2022 back.
/// 2. 2023 and 2024 are brought to what GUS published of them: stocks by sex and age of the powiats, births and deaths
///    of the subregions in 2024.
/// 3. From 2025 on powiats have the rates of their subregion: its mortality, moved by the factor that
///    gives the deaths of 2024; its TFR times the powiat's ratio of
///    children to women; its net migration by age, moved by how the powiat's crude rate of 2023-2024 differed.
///
/// # Errors
/// [`FigureError`] when an embedded table is damaged.
pub fn own_areas() -> Result<&'static Areas, FigureError> {
    static AREAS: OnceLock<Result<Areas, FigureError>> = OnceLock::new();
    AREAS.get_or_init(build).as_ref().map_err(Clone::clone)
}

fn build() -> Result<Areas, FigureError> {
    let (country, mut sources) = country()?.clone();
    let (subregions, more) = subregions()?;
    sources.extend(more.iter().cloned());
    let (vital, yearbook) = births_and_deaths()?;
    let bases = bases(&mut sources)?;
    sources.extend([published_stocks()?.1.clone(), yearbook]);
    let mut areas = Vec::new();
    for (&nuts, observed) in subregions {
        let unit = nuts.into();
        let fault = |source| FigureError::Forecast { unit, source };
        let parts = powiats_of(nuts, &bases)?;
        let together = parts.iter().fold(Array2::zeros((2, AGES)), |sum, (_, base)| sum + base);
        let observed = observed.graduated_back_from(together.view(), &country).map_err(fault)?;
        let settings = ForecastSettings::default();
        let before = FittedRegion::fit(&observed, &country, JUMP_OFF, &settings).map_err(fault)?;
        let mortality = mortality(&country, &settings).map_err(fault)?;
        let survival = before.survival(&mortality).map_err(fault)?;
        let vital = vital.get(&nuts).copied().unwrap_or_default();
        let carried = carry_to_2024(unit, &parts, &before, survival.view(), &country, vital)?;

        let mut observed = observed;
        observed
            .net_migration_rate
            .extend(carried.net_migration_rate.iter().map(|(&year, &rate)| (year, rate)));
        let mut fitted = FittedRegion::fit(&observed, &country, OBSERVED_UNTIL, &settings).map_err(fault)?;
        fitted.mortality_factor = carried.mortality_factor;
        let fitted = fitted.with_tfr(carried.tfr.clone());
        let later = CountryMortality {
            jump_off: OBSERVED_UNTIL,
            mx: mortality
                .mx
                .slice(s![usize::from(OBSERVED_UNTIL.get() - JUMP_OFF.get()).., .., ..])
                .to_owned(),
        };
        for part in &carried.parts {
            areas.push(area(part, &fitted, &carried, &later).map_err(fault)?);
        }
    }
    areas.sort_by_key(|area| area.unit);
    Ok((areas, sources))
}

/// Stocks of the powiats at 31 XII 2022, observed.
pub(super) fn bases(sources: &mut Vec<Source>) -> Result<BTreeMap<Teryt, Array2<f64>>, FigureError> {
    let voivodeship = published_stocks()?.0.keys().next().and_then(|(powiat, _)| powiat.voivodeship());
    let (areas, found) = official_areas(voivodeship.unwrap_or(Teryt::POLAND), Baseline::Main)?;
    sources.extend(found);
    Ok(areas
        .into_iter()
        .filter_map(|area| Some((area.unit.teryt()?, area.population.index_axis(Axis(0), 0).to_owned())))
        .collect())
}

pub(super) fn powiats_of(
    nuts: Nuts,
    bases: &BTreeMap<Teryt, Array2<f64>>,
) -> Result<Vec<(Teryt, Array2<f64>)>, FigureError> {
    let powiats = gazetteer()?.powiats(nuts)?;
    let powiats = powiats.into_iter().filter_map(|unit| unit.teryt());
    Ok(powiats.filter_map(|powiat| Some((powiat, bases.get(&powiat)?.clone()))).collect())
}

/// The country's mortality after 2022: 2023 as observed, then forecast.
fn mortality(
    country: &Country,
    settings: &ForecastSettings,
) -> Result<CountryMortality, diagnoza_core::demography::regional_forecast::RegionalForecastError> {
    let first = JUMP_OFF.next();
    let horizon = usize::from(LAST_PROJECTED.get() - first.get());
    let ahead = CountryMortality::forecast(country, first, horizon, settings)?;
    let observed = country.mx.get(&first).cloned().unwrap_or_default();
    let mx = concatenate![Axis(0), observed.insert_axis(Axis(0)), ahead.mx];
    Ok(CountryMortality { jump_off: JUMP_OFF, mx })
}

/// A powiat's base and assumptions: two published years, then the forecast.
fn area(
    part: &Part,
    fitted: &FittedRegion,
    carried: &Carried,
    later: &CountryMortality,
) -> Result<Area, diagnoza_core::demography::regional_forecast::RegionalForecastError> {
    let mut of_powiat =
        fitted.clone().with_net_migration_moved(part.stock.view(), part.crude_rate - carried.crude_rate());
    of_powiat.tfr *= part.fertility;
    let ahead = of_powiat.assumptions(part.stock.view(), later)?;
    let pattern = |tfr: f64| &carried.pattern * tfr;
    let published = stack![Axis(0), pattern(part.tfr[0]), pattern(part.tfr[1])];
    let asfr = concatenate![Axis(0), published, ahead.asfr().view()];
    let srb = ndarray::Array1::from_elem(asfr.nrows(), fitted.sex_ratio_at_birth);
    let assumptions = Assumptions::new(
        concatenate![Axis(0), part.survival, ahead.survival().view()],
        asfr,
        srb,
        concatenate![Axis(0), part.net_migration, ahead.net_migration().view()],
    )?;
    Ok(Area { unit: part.powiat.into(), jump_off: JUMP_OFF, base: part.base.clone(), assumptions })
}

/// The methods of the forecast by name, for its record.
pub(crate) fn own_methods() -> Vec<(&'static str, String)> {
    let settings = ForecastSettings::default();
    let years: Vec<String> = settings.excluded_years.iter().map(ToString::to_string).collect();
    vec![
        ("forecast", "observed_regional_rates".to_owned()),
        ("mortality", "lee_carter_svd_none, relational_logit_level_and_slope".to_owned()),
        ("mortality_from", settings.mortality_from.to_string()),
        ("mortality_years_left_out", years.join(", ")),
        ("mortality_jump_off_years", settings.jump_off_years.to_string()),
        ("net_migration", "cohort_residual".to_owned()),
        ("net_migration_profile_years", settings.profile_years.to_string()),
        ("net_migration_total_years", settings.migration_years.to_string()),
        ("fertility_years", settings.fertility_years.to_string()),
        ("stocks_2023_2024", "published_groups".to_owned()),
        ("sex_ratio_at_birth", SEX_RATIO_AT_BIRTH.to_string()),
        ("e0_shift", "proportional_hazards".to_owned()),
    ]
}
