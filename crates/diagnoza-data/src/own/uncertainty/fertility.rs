use diagnoza_core::demography::trajectory::{Levels, Process, Series, random_walk, split};
use diagnoza_core::observation::{Source, Year};

use super::parameter::Basis;
use super::{OF_A_THIRD, Parameter, beyond, chance, fault, less, logarithms, own_parts, series};
use crate::embedded::Columns;
use crate::error::FigureError;
use crate::own::country;
use crate::own::subregions::SUBREGIONS;

/// Deviations of `ln TFR`, random walks without drift.
pub(super) fn estimate(
    until: Year,
    to: &mut Vec<Parameter>,
    sources: &mut Vec<Source>,
) -> Result<Levels, FigureError> {
    let country: Series =
        country()?.0.asfr.range(..=until).map(|(&year, rates)| (year, rates.sum().ln())).collect();
    let region = Columns::open("eurostat_region_rates")?;
    let flows = Columns::open("eurostat_births_deaths")?;
    sources.extend([Columns::open("asfr_poland")?.source()?, region.source()?, flows.source()?]);
    let against = less(&logarithms(&series(&region, "tfr", "PL62", until)?), &country);
    let births_of_region = [series(&flows, "births", "PL62", until)?];
    let of_country = random_walk("ln TFR of Poland", std::slice::from_ref(&country), 0.0).map_err(fault)?;
    let of_region = random_walk("ln TFR of PL62", std::slice::from_ref(&against), chance(&births_of_region))
        .map_err(fault)?;

    let births =
        SUBREGIONS.iter().map(|code| series(&flows, "births", code, until)).collect::<Result<Vec<_>, _>>()?;
    let logs: Vec<Series> = births.iter().map(logarithms).collect();
    let own = own_parts(split(&logs).1);
    let group = random_walk("ln births of subregions", &own, chance(&births)).map_err(fault)?;

    let common = Process::random_walk(of_country.sd.hypot(beyond(of_region, group, OF_A_THIRD).sd));
    Basis {
        method: "random walk without drift: root mean square of yearly changes, both parts added as variances; that \
                 of PL62 less a third of the variance of fertility.group as estimated, which its series holds, not \
                 below 0",
        series: "ln TFR of Poland (Eurostat); ln TFR of PL62 less Poland's (Eurostat), chance of births taken away",
        used: &[country, against],
    }
    .record_process("fertility.common", common, to);
    let subregions = Basis {
        method: "random walk without drift: root mean square of yearly changes, chance of births taken away",
        series: "ln births of PL621, PL622, PL623 less their mean (Eurostat)",
        used: &births,
    };
    subregions.record_process("fertility.group", group, to);
    Basis {
        method: "as a subregion: no yearly births of powiats are embedded",
        series: subregions.series,
        used: &births,
    }
    .record_process("fertility.area", group, to);
    Ok(Levels { common, group, area: group })
}
