use diagnoza_core::demography::mortality_model::FittedLeeCarter;
use diagnoza_core::demography::regional_forecast::{ForecastSettings, country_lee_carter};
use diagnoza_core::demography::trajectory::{
    MortalityIndex, MortalityUncertainty, Series, age_loading, random_walk, split,
};
use diagnoza_core::observation::{Sex, Source, Year};
use ndarray::Array2;

use super::parameter::Basis;
use super::{OF_A_THIRD, Parameter, beyond, chance, fault, less, logarithms, own_parts, series};
use crate::embedded::Columns;
use crate::error::FigureError;
use crate::official::AGES;
use crate::own::country;
use crate::own::subregions::SUBREGIONS;

/// Deviations of mortality: the country's Lee-Carter index, and deaths of the region and of subregions beyond it.
pub(super) fn estimate(
    until: Year,
    settings: &ForecastSettings,
    to: &mut Vec<Parameter>,
    sources: &mut Vec<Source>,
) -> Result<MortalityUncertainty, FigureError> {
    let country = &country()?.0;
    let model = |sex| {
        country_lee_carter(country, until, sex, settings)
            .map_err(|source| FigureError::Country { what: "mortality", source: Box::new(source) })
    };
    let models = [model(Sex::Female)?, model(Sex::Male)?];
    let mut loading = Array2::zeros((2, AGES + 1));
    for (sex, model) in models.iter().enumerate() {
        let of_sex = age_loading(&model.bx, &model.last_mx, AGES - 1).map_err(fault)?;
        loading.row_mut(sex).assign(&of_sex);
    }
    let index = MortalityIndex {
        innovation_sd_f: models[0].walk.innovation_sd,
        innovation_sd_m: models[1].walk.innovation_sd,
        drift_sd_f: models[0].walk.drift_se,
        drift_sd_m: models[1].walk.drift_se,
        sex_correlation: correlation(&innovations(&models[0]), &innovations(&models[1])),
        loading,
    };
    let used: Series = models[0].years.iter().copied().zip(models[0].kt.iter().copied()).collect();
    let of_index = Basis {
        method: "Lee-Carter by SVD: random walk with drift, standard error of the drift kept",
        series: "death rates of Poland by sex and age (HMD), years of the epidemic left out",
        used: std::slice::from_ref(&used),
    };
    for (name, value) in [
        ("innovation_sd_f", index.innovation_sd_f),
        ("innovation_sd_m", index.innovation_sd_m),
        ("drift_sd_f", index.drift_sd_f),
        ("drift_sd_m", index.drift_sd_m),
        ("sex_correlation", index.sex_correlation),
    ] {
        of_index.record(&format!("mortality.index.{name}"), value, to);
    }

    let flows = Columns::open("eurostat_births_deaths")?;
    sources.extend([Columns::open("hmd_poland")?.source()?, flows.source()?]);
    let deaths = |code: &str| -> Result<Series, FigureError> {
        let mut found = series(&flows, "deaths", code, until)?;
        found.retain(|year, _| !settings.excluded_years.contains(year));
        Ok(found)
    };
    let (of_region, of_country) = (deaths("PL62")?, deaths("PL")?);
    let against = [less(&logarithms(&of_region), &logarithms(&of_country))];
    let of_region = random_walk("ln deaths of PL62", &against, chance(std::slice::from_ref(&of_region)))
        .map_err(fault)?;
    let of_subregions = SUBREGIONS.iter().map(|code| deaths(code)).collect::<Result<Vec<_>, _>>()?;
    let logs: Vec<Series> = of_subregions.iter().map(logarithms).collect();
    let group = random_walk("ln deaths of subregions", &own_parts(split(&logs).1), chance(&of_subregions))
        .map_err(fault)?;
    let method = "random walk without drift: root mean square of yearly changes, chance of deaths taken away";
    let common = beyond(of_region, group, OF_A_THIRD);
    Basis {
        method: "random walk without drift: root mean square of yearly changes, chance of deaths taken away; less a \
                 third of the variance of mortality.group as estimated, which the series holds, not below 0",
        series: "ln deaths of PL62 less Poland's (Eurostat)",
        used: &against,
    }
    .record_process("mortality.common", common, to);
    let series = "ln deaths of PL621, PL622, PL623 less their mean (Eurostat)";
    Basis { method, series, used: &of_subregions }.record_process("mortality.group", group, to);
    Basis {
        method: "as a subregion: no yearly deaths of powiats are embedded",
        series,
        used: &of_subregions,
    }
    .record_process("mortality.area", group, to);
    Ok(MortalityUncertainty { index, common, group, area: group })
}

/// Changes of the index beyond its drift, per root of the years between.
fn innovations(model: &FittedLeeCarter) -> Vec<f64> {
    let steps = model.years.windows(2).zip(model.kt.windows(2));
    steps
        .map(|(years, k)| {
            let gap = f64::from(years[1].get() - years[0].get());
            (k[1] - k[0] - model.walk.drift * gap) / gap.sqrt()
        })
        .collect()
}

fn correlation(first: &[f64], second: &[f64]) -> f64 {
    let products = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let size = (products(first, first) * products(second, second)).sqrt();
    if size > 0.0 { (products(first, second) / size).clamp(-1.0, 1.0) } else { 0.0 }
}
