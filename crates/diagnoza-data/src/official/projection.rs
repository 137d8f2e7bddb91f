use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use diagnoza_core::demography::calibration::{OfficialArea, calibrate};
use diagnoza_core::demography::projection::Area;
use diagnoza_core::demography::scenario::Baseline;
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::Teryt;
use ndarray::{Array1, Array3};

use super::standards;
use crate::embedded::{Columns, DataError};
use crate::error::FigureError;

/// Ages 0 to 89 and 90+.
pub(crate) const AGES: usize = 91;
const VOIVODESHIPS: [&str; 3] = ["02", "22", "28"];

/// Voivodeships whose powiats are in the embedded projection: 02, 22 and 28.
#[must_use]
pub fn projected_voivodeships() -> Vec<Teryt> {
    VOIVODESHIPS.iter().filter_map(|code| code.parse().ok()).collect()
}

/// GUS's projection 2023-2060 of the powiats of a voivodeship, as published, with its sources.
///
/// # Errors
/// [`FigureError::NoProjection`] for another voivodeship; [`FigureError::Data`] when a table is damaged.
pub fn official_areas(
    voivodeship: Teryt,
    variant: Baseline,
) -> Result<(Vec<OfficialArea>, Vec<Source>), FigureError> {
    if !projected_voivodeships().contains(&voivodeship) {
        return Err(FigureError::NoProjection { voivodeship, available: projected_voivodeships() });
    }
    let stocks = Columns::open(&format!("projection_{voivodeship}"))?;
    let flows = Columns::open("projection_components")?;
    let flows_by_powiat = read_flows(&flows, voivodeship, variant)?;
    let areas = read_stocks(&stocks, variant)?
        .into_iter()
        .map(|(powiat, (jump_off, population))| {
            let missing = || flows.unreadable(&format!("no components of powiat {powiat}"));
            let [births, deaths, net_migration] =
                flows_by_powiat.get(&powiat).cloned().ok_or_else(missing)?;
            Ok(OfficialArea {
                unit: powiat.into(),
                jump_off,
                population,
                births: Array1::from(births),
                deaths: Array1::from(deaths),
                net_migration: Array1::from(net_migration),
            })
        })
        .collect::<Result<_, DataError>>()?;
    Ok((areas, vec![stocks.source()?, flows.source()?]))
}

type Calibrated = Arc<(Vec<Area>, Vec<Source>)>;

/// The powiats of a voivodeship with the rates and flows that give GUS's projection back.
///
/// The calibration runs once per voivodeship and variant and is kept.
///
/// # Errors
/// As [`official_areas`], and [`FigureError::Calibration`].
pub fn calibrated(voivodeship: Teryt, variant: Baseline) -> Result<Calibrated, FigureError> {
    static KEPT: Mutex<BTreeMap<(Teryt, Baseline), Calibrated>> = Mutex::new(BTreeMap::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept.get(&(voivodeship, variant)) {
        return Ok(Arc::clone(found));
    }
    let (areas, mut sources) = official_areas(voivodeship, variant)?;
    let (standards, more) = standards()?;
    let found = areas
        .iter()
        .map(|area| Ok(calibrate(area, standards)?.area))
        .collect::<Result<Vec<Area>, FigureError>>()?;
    sources.extend(more.iter().cloned());
    let found = Arc::new((found, sources));
    kept.insert((voivodeship, variant), Arc::clone(&found));
    Ok(found)
}

/// Dense stocks by powiat: the table is sorted by scenario, powiat, sex, year, age.
fn read_stocks(
    table: &Columns,
    variant: Baseline,
) -> Result<BTreeMap<Teryt, (Year, Array3<f64>)>, DataError> {
    let (scenarios, powiats) = (table.full_texts("scenario")?, table.full_texts("teryt")?);
    let (years, people) = (table.full_numbers("year")?, table.full_numbers("population")?);
    let (sexes, ages) = (table.full_texts("sex")?, table.full_numbers("age")?);
    let first = years.iter().copied().fold(f64::INFINITY, f64::min);
    let last = years.iter().copied().fold(0.0, f64::max);
    let stocks = (last - first) as usize + 1;
    let jump_off = Year::new(first as i64).map_err(|e| table.unreadable(&e.to_string()))?;
    let mut areas: BTreeMap<Teryt, (Year, Array3<f64>)> = BTreeMap::new();
    for row in (0..table.height()).filter(|&row| scenarios[row] == variant.word()) {
        let powiat = powiats[row].parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1)))?;
        let (_, stock) =
            areas.entry(powiat).or_insert_with(|| (jump_off, Array3::from_elem((stocks, 2, AGES), f64::NAN)));
        let place = ((years[row] - first) as usize, usize::from(sexes[row] == "M"), ages[row] as usize);
        *stock.get_mut(place).ok_or_else(|| table.unreadable(&format!("row {}: {place:?}", row + 1)))? =
            people[row];
    }
    match areas.iter().find(|(_, (_, stock))| stock.iter().any(|people| people.is_nan())) {
        Some((powiat, _)) => Err(table.unreadable(&format!("powiat {powiat} lacks a cell"))),
        None => Ok(areas),
    }
}

/// Births, deaths and net migration of each year by powiat.
fn read_flows(
    table: &Columns,
    voivodeship: Teryt,
    variant: Baseline,
) -> Result<BTreeMap<Teryt, [Vec<f64>; 3]>, DataError> {
    let (scenarios, units) = (table.full_texts("scenario")?, table.full_texts("teryt")?);
    let column = |name| table.full_numbers(name);
    let (births, deaths) = (column("births")?, column("deaths")?);
    let (arrivals, departures) = (column("internal_in")?, column("internal_out")?);
    let (immigrants, emigrants) = (column("immigration")?, column("emigration")?);
    let mut flows: BTreeMap<Teryt, [Vec<f64>; 3]> = BTreeMap::new();
    for row in (0..table.height()).filter(|&row| scenarios[row] == variant.word()) {
        let unit: Teryt =
            units[row].parse().map_err(|e| table.unreadable(&format!("row {}: {e}", row + 1)))?;
        if unit.powiat().is_some() && unit.is_within(voivodeship) {
            let [b, d, net] = flows.entry(unit).or_default();
            b.push(births[row]);
            d.push(deaths[row]);
            net.push(arrivals[row] - departures[row] + immigrants[row] - emigrants[row]);
        }
    }
    Ok(flows)
}
