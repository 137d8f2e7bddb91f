use std::collections::BTreeMap;

use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::trajectory::{Levels, Process, Series, around_mean, split};
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::{Teryt, UnitId};
use ndarray::Axis;

use super::parameter::Basis;
use super::{OF_A_THIRD, Parameter, beyond, fault, own_parts, rest};
use crate::embedded::{Columns, DataError};
use crate::error::FigureError;
use crate::official::gazetteer;
use crate::own::subregions::SUBREGIONS;
use crate::own::{own_areas, subregions};

/// A census that revised stocks: the first stock on its basis, and the years since the census before.
struct Revision {
    /// 31 XII of the first stock on the new basis.
    stock: Year,
    /// When its results were known.
    known: Year,
    /// Years between the census before and the stock.
    since: f64,
}

/// Censuses of 21 V 2002 and 1 IV 2011, whose results GUS carried back to 31 XII 1999 and 31 XII 2009; the census before
/// that of 2002 was on 7 XII 1988.
const BACK: [Revision; 2] = [
    Revision { stock: Year::constant(1999), known: Year::constant(2002), since: 11.07 },
    Revision { stock: Year::constant(2009), known: Year::constant(2012), since: 7.61 },
];

/// Census of 1 IV 2021, first in the stocks of 31 XII 2020.
const OF_2021: Revision = Revision { stock: Year::constant(2020), known: Year::constant(2022), since: 9.75 };

/// Years of which the mean crude rate of a powiat is taken: 2023 and 2024.
const YEARS_OF_POWIATS: usize = 2;

/// Deviations of net migration per person and year.
pub(super) fn estimate(
    until: Year,
    settings: &ForecastSettings,
    to: &mut Vec<Parameter>,
    sources: &mut Vec<Source>,
) -> Result<Levels, FigureError> {
    let stocks = Columns::open("eurostat_population_broad")?;
    let powiats = Columns::open("population_powiats_age_28")?;
    let rates = Columns::open("eurostat_migration_rate")?;
    sources.extend([rates.source()?, stocks.source()?, powiats.source()?]);
    let yearly = yearly_rates(until)?;
    let (mean, apart) = split(&yearly);
    let years = settings.migration_years;
    let mean = [mean];
    let own = own_parts(apart);
    let of_mean = around_mean("net migration of the subregions", &mean, 0.0, years).map_err(fault)?;
    let mut group = around_mean("net migration of a subregion", &own, 0.0, years).map_err(fault)?;

    let of_powiats = totals_of_powiats(&powiats, until)?;
    let mut revisions = revisions_of_subregions(&stocks, until)?;
    revisions.extend(revision_of_2021(&of_powiats, until)?);
    let squares = |values: &mut dyn Iterator<Item = f64>| {
        let all: Vec<f64> = values.collect();
        if all.is_empty() { 0.0 } else { all.iter().map(|v| v * v).sum::<f64>() / all.len() as f64 }
    };
    let mean_of = |of: &[f64; 3]| of.iter().sum::<f64>() / 3.0;
    let revision_of_mean = squares(&mut revisions.values().map(mean_of)).sqrt();
    // Differences from a mean of three have two thirds of the variance.
    let group_revision =
        (1.5 * squares(&mut revisions.values().flat_map(|of| of.map(|one| one - mean_of(of))))).sqrt();
    let mut common = beyond(of_mean, group, OF_A_THIRD);
    common.level_sd = common.level_sd.hypot(rest(revision_of_mean, group_revision, OF_A_THIRD));
    group.level_sd = group.level_sd.hypot(group_revision);

    let mut basis = yearly;
    let revised: Series = revisions.iter().map(|(&year, of)| (year, mean_of(of))).collect();
    basis.push(revised);
    let method = "AR(1) around the mean, persistence corrected for short series; level_sd: error of the mean of \
                  the forecast's years and mean square revision by censuses per year, added as variances";
    let of_all = format!(
        "{method}; each less a third of the variance of migration.group as estimated, which a mean of three holds, \
         not below 0; of sd what accumulates, sd / (1 - persistence)"
    );
    Basis {
        method: &of_all,
        series: "mean rate of net migration of PL621, PL622, PL623 (Eurostat; 2021 the balance; 2023-2024 GUS); \
                 revisions by the censuses of 2002, 2011 and 2021",
        used: &basis,
    }
    .record_process("migration.common", common, to);
    Basis {
        method,
        series: "rates of net migration of PL621, PL622, PL623 less their mean; revisions less their mean",
        used: &basis,
    }
    .record_process("migration.group", group, to);

    let (area, used) = of_areas(&of_powiats, until)?;
    Basis {
        method: "AR(1) around the mean of each census basis, chance of births and deaths taken away; level_sd: error \
                 of the mean of two years and revision by the census of 2021 per year, added as variances",
        series: "growth of the powiats of 28 less their subregion's (GUS); revision of 31 XII 2020",
        used: &used,
    }
    .record_process("migration.area", area, to);
    Ok(Levels { common, group, area })
}

/// Rates of net migration of the subregions until a year.
fn yearly_rates(until: Year) -> Result<Vec<Series>, FigureError> {
    let register = gazetteer()?;
    let mut found = Vec::new();
    for (&nuts, observed) in &subregions()?.0 {
        let mut rates: Series =
            observed.net_migration_rate.range(..=until).map(|(&year, &rate)| (year, rate)).collect();
        // After 2021: what the forecast carries to the published stocks.
        let unit = UnitId::from(nuts);
        if until > observed.last() {
            let powiats = register.powiats(unit)?;
            let areas: Vec<_> = own_areas()?.0.iter().filter(|area| powiats.contains(&area.unit)).collect();
            for step in 0..2_u16 {
                let place = usize::from(step);
                let net: f64 = areas
                    .iter()
                    .map(|a| a.assumptions.net_migration().index_axis(Axis(0), place).sum())
                    .sum();
                let people: f64 = areas.iter().map(|area| area.base.sum()).sum();
                if let Some(first) = areas.first() {
                    let year = first.jump_off.plus(step + 1);
                    if year <= until {
                        rates.insert(year, net / people);
                    }
                }
            }
        }
        found.push(rates);
    }
    Ok(found)
}

/// Revisions by the censuses of 2002 and 2011 per year since the census before, by subregion, as far as known.
fn revisions_of_subregions(table: &Columns, until: Year) -> Result<BTreeMap<Year, [f64; 3]>, FigureError> {
    let (units, years) = (table.full_texts("geo")?, table.full_numbers("year")?);
    let (sexes, groups) = (table.full_texts("sex")?, table.full_texts("group")?);
    let (editions, people) = (table.full_texts("edition")?, table.numbers("population")?);
    let mut totals: BTreeMap<(&str, Year), f64> = BTreeMap::new();
    for row in 0..table.height() {
        let total = sexes[row] == "T" && groups[row] == "TOTAL" && editions[row] == "pre_census";
        if let (true, Some(count)) = (total, people[row]) {
            // 1 January is 31 XII of the year before.
            totals.insert((units[row], table.year(row, years[row] - 1.0)?), count);
        }
    }
    let mut found = BTreeMap::new();
    for revision in BACK.iter().filter(|revision| revision.known <= until) {
        let mut of = [0.0; 3];
        for (place, code) in SUBREGIONS.iter().enumerate() {
            let growth = |year: u16| -> Result<f64, DataError> {
                let at = |year: u16| {
                    let place = Year::new(i64::from(year)).ok().and_then(|year| totals.get(&(*code, year)));
                    place.copied().ok_or_else(|| table.unreadable(&format!("{code} lacks {year}")))
                };
                Ok((at(year)? / at(year - 1)?).ln())
            };
            let year = revision.stock.get();
            let usual = (growth(year - 1)? + growth(year + 1)?) / 2.0;
            of[place] = (growth(year)? - usual) / revision.since;
        }
        found.insert(revision.stock, of);
    }
    Ok(found)
}

type Totals = BTreeMap<Teryt, Series>;

/// People of the powiats at 31 XII.
fn totals_of_powiats(table: &Columns, until: Year) -> Result<Totals, FigureError> {
    let (units, years) = (table.full_texts("teryt")?, table.full_numbers("year")?);
    let (groups, people) = (table.full_texts("group")?, table.numbers("population")?);
    let mut found = Totals::new();
    for row in (0..table.height()).filter(|&row| groups[row] == "TOTAL") {
        let powiat = units[row].parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1)))?;
        let year = table.year(row, years[row])?;
        if let Some(count) = people[row].filter(|_| year <= until) {
            *found.entry(powiat).or_default().entry(year).or_default() += count;
        }
    }
    Ok(found)
}

/// Powiats by subregion, in the order of [`SUBREGIONS`].
fn by_subregion(totals: &Totals) -> Result<Vec<Vec<Teryt>>, FigureError> {
    let register = gazetteer()?;
    let mut found = vec![Vec::new(); SUBREGIONS.len()];
    for &powiat in totals.keys() {
        let subregion = register.subregion_of(powiat)?.map(|unit| unit.to_string()).unwrap_or_default();
        if let Some(place) = SUBREGIONS.iter().position(|code| *code == subregion) {
            found[place].push(powiat);
        }
    }
    Ok(found)
}

/// Growth of a set of powiats in a year, `ln P(t) / P(t-1)`.
fn growth(totals: &Totals, powiats: &[Teryt], year: Year) -> Option<f64> {
    let at = |year: u16| {
        let year = Year::new(i64::from(year)).ok()?;
        powiats.iter().map(|powiat| totals.get(powiat)?.get(&year).copied()).sum::<Option<f64>>()
    };
    Some((at(year.get())? / at(year.get() - 1)?).ln())
}

/// Revision of a set of powiats by the census of 2021, per year since that of 2011.
fn revised(totals: &Totals, powiats: &[Teryt]) -> Option<f64> {
    let Revision { stock, since, .. } = OF_2021;
    let before = growth(totals, powiats, Year::new(i64::from(stock.get()) - 1).ok()?)?;
    let usual = (before + growth(totals, powiats, stock.next())?) / 2.0;
    Some((growth(totals, powiats, stock)? - usual) / since)
}

fn revision_of_2021(totals: &Totals, until: Year) -> Result<Option<(Year, [f64; 3])>, FigureError> {
    if OF_2021.known > until {
        return Ok(None);
    }
    let mut of = [0.0; 3];
    for (place, powiats) in by_subregion(totals)?.iter().enumerate() {
        let Some(found) = revised(totals, powiats) else { return Ok(None) };
        of[place] = found;
    }
    Ok(Some((OF_2021.stock, of)))
}

/// Deviations of a powiat from its subregion, and the series they come from.
fn of_areas(totals: &Totals, until: Year) -> Result<(Process, Vec<Series>), FigureError> {
    let flows = Columns::open("eurostat_births_deaths")?;
    let (mut all, mut noise, mut revisions) = (Vec::new(), Vec::new(), Vec::new());
    for (place, powiats) in by_subregion(totals)?.iter().enumerate() {
        let raise = match powiats.len() {
            0 | 1 => continue,
            n => (n as f64 / (n as f64 - 1.0)).sqrt(),
        };
        let code = SUBREGIONS[place];
        let events: f64 = [("births", code), ("deaths", code)]
            .into_iter()
            .map(|(column, code)| {
                let series = super::series(&flows, column, code, until)?;
                Ok(series.values().next_back().copied().unwrap_or_default())
            })
            .sum::<Result<f64, DataError>>()?;
        let people: f64 = powiats.iter().filter_map(|p| totals.get(p)?.values().next_back()).sum();
        for powiat in powiats {
            let Some(own) = totals.get(powiat) else { continue };
            let (mut before, mut after) = (Series::new(), Series::new());
            for &year in own.keys().skip(1).filter(|year| **year != OF_2021.stock) {
                let of_powiat = growth(totals, std::slice::from_ref(powiat), year);
                if let (Some(one), Some(together)) = (of_powiat, growth(totals, powiats, year)) {
                    let side = if year < OF_2021.stock { &mut before } else { &mut after };
                    side.insert(year, (one - together) * raise);
                }
            }
            all.extend([before, after].into_iter().filter(|side| side.len() >= 3));
            if let Some(own) = own.values().next_back().filter(|own| **own > 0.0) {
                noise.push(events / people / own);
            }
            if OF_2021.known <= until
                && let (Some(one), Some(together)) =
                    (revised(totals, std::slice::from_ref(powiat)), revised(totals, powiats))
            {
                revisions.push((one - together) * raise);
            }
        }
    }
    if all.is_empty() {
        return Ok((Process::NONE, all));
    }
    let chance = noise.iter().sum::<f64>() / (noise.len() as f64).max(1.0);
    let mut area = around_mean("growth of powiats", &all, chance, YEARS_OF_POWIATS).map_err(fault)?;
    let squares = revisions.iter().map(|r| r * r).sum::<f64>() / (revisions.len() as f64).max(1.0);
    area.level_sd = area.level_sd.hypot(squares.sqrt());
    Ok((area, all))
}
