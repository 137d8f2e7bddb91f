//! Gminas of voivodeship 28 projected with their powiat.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnoza_core::demography::cohort_component::CohortProjection;
use diagnoza_core::demography::local_projection::{LocalArea, LocalProjection, project_parts};
use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::{Sex, Year};
use diagnoza_core::territory::{Teryt, UnitId};
use ndarray::{Array2, ArrayView2, Axis, s};

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;
use crate::official::{AGES, GminaCount, JUMP_OFF, LAST_OF_GMINAS, gazetteer, gmina_counts};

/// Years whose mean difference goes on after GUS's projection of gminas ends: 2036-2040.
const LAST_YEARS: usize = 5;

/// The gminas of one powiat, projected.
#[derive(Clone, Debug)]
pub struct Gminas {
    /// Year of the first stock, 31 XII.
    pub from: Year,
    /// The gminas, in code order.
    pub gminas: Vec<Teryt>,
    /// Their stocks.
    pub local: LocalProjection,
}

impl Gminas {
    /// Stock of a gmina at 31 XII of a year, `(2, 91)`.
    #[must_use]
    pub fn stock(&self, gmina: Teryt, year: Year) -> Option<ArrayView2<'_, f64>> {
        let place = self.gminas.iter().position(|found| *found == gmina)?;
        let stocks = &self.local.stocks[place];
        let step = usize::from(year.get().checked_sub(self.from.get())?);
        (step < stocks.len_of(Axis(0))).then(|| stocks.index_axis(Axis(0), step))
    }
}

/// Projects the gminas of a powiat of 28 beside it, in the way of the office: the powiat's rates, each gmina's share of
/// its migration; see [`project_parts`].
///
/// `from` is 2022, the observed stock, or 2040, the last of GUS's own projection of gminas. Single ages of their
/// published ten-year groups follow the powiat's. How a gmina's net migration differs from its share is taken from GUS's
/// projection; after 2040 the mean of its last five years. Movers have the ages of those who moved in in 2024.
///
/// `powiat` is its projection from 31 XII 2022.
///
/// # Errors
/// [`FigureError::Local`] when the gminas do not add to their powiat.
pub fn project_gminas(unit: Teryt, powiat: &CohortProjection, from: Year) -> Result<Gminas, FigureError> {
    let gminas: Vec<Teryt> = gazetteer()?.gminas(unit)?.into_iter().filter_map(UnitId::teryt).collect();
    let step = usize::from(from.get() - JUMP_OFF.get());
    let area = powiat.after(step);
    let stock = area.population.index_axis(Axis(0), 0);
    let differences = differences(&gminas, from, area.steps())?;
    let mut parts = Vec::new();
    for (&gmina, difference) in gminas.iter().zip(differences) {
        let base = single_ages(gmina, from, stock, powiat_groups(&gminas, from)?)?;
        parts.push(LocalArea { base, migration_difference: difference });
    }
    let local = project_parts(&area, &parts, movers()?.view())
        .map_err(|source| FigureError::Local { powiat: unit, source })?;
    Ok(Gminas { from, gminas, local })
}

/// First and last ages of the published groups that do not overlap.
pub(crate) const TEN_YEAR_GROUPS: [(u8, Option<u8>); 9] = [
    (0, Some(9)),
    (10, Some(19)),
    (20, Some(29)),
    (30, Some(39)),
    (40, Some(49)),
    (50, Some(59)),
    (60, Some(69)),
    (70, Some(79)),
    (80, None),
];

/// A published group of a gmina.
fn count(gmina: Teryt, year: Year, sex: Sex, (from, to): (u8, Option<u8>)) -> Result<f64, FigureError> {
    let unit = UnitId::from(gmina);
    let sexes = Sexes::from(sex);
    let none = || FigureError::NoCount {
        unit,
        year,
        sexes,
        ages: AgeRange::new(from, to).map(|ages| ages.to_string()).unwrap_or_default(),
    };
    let counts = gmina_counts()?.0.get(&(gmina, year)).ok_or_else(none)?;
    let fits =
        |count: &&GminaCount| count.sexes == sexes && (count.ages.first(), count.ages.last()) == (from, to);
    counts.iter().find(fits).map(|count| count.persons).ok_or_else(none)
}

/// Sums of the gminas by sex and group: shares of it, so that gminas add to a powiat that is not GUS's main variant.
fn powiat_groups(gminas: &[Teryt], year: Year) -> Result<[[f64; 9]; 2], FigureError> {
    let mut sums = [[0.0; 9]; 2];
    for &gmina in gminas {
        for sex in Sex::BOTH {
            for (place, group) in TEN_YEAR_GROUPS.into_iter().enumerate() {
                sums[sex.index()][place] += count(gmina, year, sex, group)?;
            }
        }
    }
    Ok(sums)
}

/// A gmina's share of each ten-year group of its powiat, at every single age of it, `(2, 91)`.
fn single_ages(
    gmina: Teryt,
    year: Year,
    powiat: ArrayView2<'_, f64>,
    sums: [[f64; 9]; 2],
) -> Result<Array2<f64>, FigureError> {
    let mut base = Array2::zeros((2, AGES));
    for sex in Sex::BOTH {
        let i = sex.index();
        for (place, group) in TEN_YEAR_GROUPS.into_iter().enumerate() {
            let until = group.1.map_or(AGES, |last| usize::from(last) + 1);
            let ages = usize::from(group.0)..until;
            let share = match sums[i][place] {
                sum if sum > 0.0 => count(gmina, year, sex, group)? / sum,
                _ => 0.0,
            };
            let people = &powiat.slice(s![i, ages.clone()]) * share;
            base.slice_mut(s![i, ages]).assign(&people);
        }
    }
    Ok(base)
}

/// Net migration of each gmina beyond its share of the powiat's by people, for every year after `from`.
fn differences(gminas: &[Teryt], from: Year, steps: usize) -> Result<Vec<Vec<f64>>, FigureError> {
    let net = net_migration()?;
    let mut people = Vec::new();
    for &gmina in gminas {
        let mut persons = 0.0;
        for sex in Sex::BOTH {
            for group in TEN_YEAR_GROUPS {
                persons += count(gmina, JUMP_OFF, sex, group)?;
            }
        }
        people.push(persons);
    }
    let everybody: f64 = people.iter().sum();
    let mut found = vec![Vec::new(); gminas.len()];
    for year in JUMP_OFF.next().through(LAST_OF_GMINAS) {
        let of = |gmina: &Teryt| net.get(&(*gmina, year)).copied().unwrap_or(0.0);
        let powiat: f64 = gminas.iter().map(of).sum();
        for ((series, gmina), persons) in found.iter_mut().zip(gminas).zip(&people) {
            series.push(of(gmina) - powiat * persons / everybody);
        }
    }
    let skipped = usize::from(from.get() - JUMP_OFF.get());
    Ok(found
        .into_iter()
        .map(|series| {
            let last = &series[series.len().saturating_sub(LAST_YEARS)..];
            let mean = last.iter().sum::<f64>() / last.len() as f64;
            series.iter().copied().chain(std::iter::repeat(mean)).skip(skipped).take(steps).collect()
        })
        .collect())
}

type Net = BTreeMap<(Teryt, Year), f64>;

/// Net migration of the gminas in GUS's projection.
fn net_migration() -> Result<&'static Net, FigureError> {
    static NET: OnceLock<Result<Net, FigureError>> = OnceLock::new();
    NET.get_or_init(read_net).as_ref().map_err(Clone::clone)
}

fn read_net() -> Result<Net, FigureError> {
    let table = Columns::open("gmina_components_28")?;
    let (units, years) = (table.full_texts("teryt")?, table.full_numbers("year")?);
    let column = |name| table.full_numbers(name);
    let (arrivals, departures) = (column("internal_in")?, column("internal_out")?);
    let (immigrants, emigrants) = (column("immigration")?, column("emigration")?);
    let mut found = Net::new();
    for row in 0..table.height() {
        let unreadable = |what: &dyn std::fmt::Display| table.unreadable(&format!("row {}: {what}", row + 1));
        let gmina = units[row].parse().map_err(|e| unreadable(&e))?;
        let net = arrivals[row] - departures[row] + immigrants[row] - emigrants[row];
        found.insert((gmina, table.year(row, years[row])?), net);
    }
    Ok(found)
}

/// Ages of those who moved into a gmina of 28 in 2024, adding to 1: published groups spread evenly over their ages, 60
/// and over until 79, and over both sexes.
fn movers() -> Result<Array2<f64>, DataError> {
    let table = Columns::open("yearbook_2025")?;
    let (measures, codes) = (table.full_texts("measure")?, table.full_texts("code")?);
    let (from, to, values) =
        (table.numbers("age_from")?, table.numbers("age_to")?, table.full_numbers("value")?);
    let groups = table.texts("group")?;
    let mut ages = Array2::zeros((2, AGES));
    for row in 0..table.height() {
        let here = measures[row] == "internal_arrivals" && codes[row] == "28";
        let group = here && groups[row].is_some_and(|group| group != "TOTAL");
        if let (true, Some(from)) = (group, from[row]) {
            let (from, to) = (from as usize, to[row].map_or(79, |to| to as usize));
            let persons = values[row] / (to - from + 1) as f64;
            let mut cells = ages.slice_mut(s![.., from..=to]);
            cells += persons;
        }
    }
    let all = ages.sum();
    if all > 0.0 { Ok(ages / all) } else { Err(table.unreadable("no internal arrivals of 28 by age")) }
}
