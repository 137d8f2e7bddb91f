//! Calibration: the survival, fertility and net migration that an official projection implies.
//!
//! An office publishes stocks by sex and age, and totals of births, deaths and migration. From
//! them this module finds rates and flows that give every published cell back, so that
//! questions the office never answered can be asked of its own projection.
//!
//! # Method (`relational_logit_residual`)
//! For every area and year, migration at the end of the year:
//! 1. Published totals that do not close (GUS 2023: by 1 or 2 persons) are closed by a third of
//!    the gap on each of births, deaths and net migration.
//! 2. Deaths by age: Brass's relational logit on a national life table of each sex; one level
//!    for both sexes is solved so that all deaths equal the official total. Nobody is assumed to
//!    move at the open age: its survival ratio is the one its own cohort shows.
//! 3. Net migration by age: the cohort residual, zero at the open age.
//! 4. Fertility: a national age pattern times the total fertility rate that gives the official births.
//!
//! # What it cannot know
//! Official deaths and migration by age are not published; a migration peak at high ages that
//! the office assumed would appear here as mortality of the open group.

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use super::cohort_component::{Assumptions, CohortComponentError};
use super::mortality::StandardLifeTable;
use super::projection::Area;
use super::root;
use crate::observation::{Sex, Year};
use crate::territory::UnitId;

/// An official projection of one area: stocks by sex and single age, totals of flows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficialArea {
    /// The area.
    pub unit: UnitId,
    /// Year of the first stock, 31 XII.
    pub jump_off: Year,
    /// Stocks at 31 XII, `(T+1, 2, A)`, females first, the last age open.
    pub population: Array3<f64>,
    /// Live births of each year, `(T)`.
    pub births: Array1<f64>,
    /// Deaths of each year, `(T)`.
    pub deaths: Array1<f64>,
    /// Net migration, internal and international, of each year, `(T)`.
    pub net_migration: Array1<f64>,
}

/// National patterns by age that the calibration scales to the area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standards {
    /// Life table of females.
    pub female: StandardLifeTable,
    /// Life table of males.
    pub male: StandardLifeTable,
    /// Fertility rates by single age of the same ages as the stocks; only their proportions matter.
    pub fertility: Array1<f64>,
    /// Boys per girl at birth.
    pub sex_ratio_at_birth: f64,
}

/// Rates and flows that give an official projection back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalibratedArea {
    /// The area, ready to be projected.
    pub area: Area,
    /// Level of the relational model in each year, 0 is the standard.
    pub mortality_level: Vec<f64>,
    /// Persons by which the official balance of each year did not close.
    pub official_gap: Vec<f64>,
}

/// Why an official projection cannot be calibrated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// Arrays of the official projection, or the fertility pattern, do not fit together.
    #[error("{unit}: {what} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// The area.
        unit: UnitId,
        /// Name of the array.
        what: &'static str,
        /// Shape found.
        got: Vec<usize>,
        /// Shape the stocks ask for.
        expected: Vec<usize>,
    },
    /// The official balance is open by more than rounding.
    #[error("{unit}, {year}: stocks change by {change} but births, deaths and migration give {flows}")]
    OpenBalance {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Change of the stock.
        change: f64,
        /// Sum of the flows.
        flows: f64,
    },
    /// No level of mortality gives the official deaths.
    #[error("{unit}, {year}: no level of mortality gives {deaths} deaths in a population of {population}")]
    NoLevel {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Official deaths.
        deaths: f64,
        /// Population at the start of the year.
        population: f64,
    },
    /// The open group cannot be explained by survival alone.
    #[error(
        "{unit}, {year}, {sex}: the open age group would have to survive at a ratio of {ratio:.4}, \
         which no closed population does"
    )]
    OpenGroup {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// The sex.
        sex: Sex,
        /// Survival ratio it would take.
        ratio: f64,
    },
    /// There are births but no women of childbearing age.
    #[error("{unit}, {year}: {births} births but no women at the ages of the fertility pattern")]
    NoMothers {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Official births.
        births: f64,
    },
    /// The rates found are not valid rates.
    #[error("{unit}: {source}")]
    Rates {
        /// The area.
        unit: UnitId,
        /// What is wrong with them.
        source: CohortComponentError,
    },
}

/// Largest gap of an official balance that is taken for rounding, in persons.
const ROUNDING_GAP: f64 = 3.0;

/// Finds the rates and flows that an official projection of one area implies.
///
/// # Errors
/// [`CalibrationError`] names the area and year, and what does not fit.
pub fn calibrate(area: &OfficialArea, standards: &Standards) -> Result<CalibratedArea, CalibrationError> {
    let (stocks, _, ages) = area.population.dim();
    let steps = stocks.saturating_sub(1);
    check_shapes(area, standards, steps, ages)?;
    let mut survival = Array3::zeros((steps, 2, ages + 1));
    let mut asfr = Array2::zeros((steps, ages));
    let mut net_migration = Array3::zeros((steps, 2, ages));
    let mut mortality_level = Vec::with_capacity(steps);
    let mut official_gap = Vec::with_capacity(steps);

    for step in 0..steps {
        let year = area.jump_off.plus(step as u16 + 1);
        let start = area.population.index_axis(Axis(0), step);
        let end = area.population.index_axis(Axis(0), step + 1);
        let totals = close_balance(area, step, year, end.sum() - start.sum())?;
        official_gap.push(totals.gap);

        let born = born_by_sex(totals.births, standards.sex_ratio_at_birth);
        let level = solve_level(area.unit, year, start, end, born, totals.deaths, standards)?;
        mortality_level.push(level);
        for sex in Sex::BOTH {
            let i = sex.index();
            let ratios = ratios_with_closed_open_group(standards, sex, level, start.row(i), end.row(i));
            let open = ratios[ages];
            if !(open > 0.0 && open < 1.0) {
                return Err(CalibrationError::OpenGroup { unit: area.unit, year, sex, ratio: open });
            }
            for age in 0..ages - 1 {
                let survivors = if age == 0 { born[i] } else { start[[i, age - 1]] } * ratios[age];
                net_migration[[step, i, age]] = end[[i, age]] - survivors;
            }
            survival.slice_mut(s![step, i, ..]).assign(&ratios);
        }

        let survivors = &end.row(0) - &net_migration.slice(s![step, 0, ..]);
        let woman_years: Array1<f64> = (&start.row(0) + &survivors) / 2.0;
        let births_at_unit_rates: f64 = (&woman_years * &standards.fertility).sum();
        if totals.births > 0.0 && births_at_unit_rates <= 0.0 {
            return Err(CalibrationError::NoMothers { unit: area.unit, year, births: totals.births });
        }
        let scale = if totals.births > 0.0 { totals.births / births_at_unit_rates } else { 0.0 };
        asfr.row_mut(step).assign(&(&standards.fertility * scale));
    }

    let srb = Array1::from_elem(steps, standards.sex_ratio_at_birth);
    let assumptions = Assumptions::new(survival, asfr, srb, net_migration)
        .map_err(|source| CalibrationError::Rates { unit: area.unit, source })?;
    let base = area.population.index_axis(Axis(0), 0).to_owned();
    Ok(CalibratedArea {
        area: Area { unit: area.unit, jump_off: area.jump_off, base, assumptions },
        mortality_level,
        official_gap,
    })
}

struct Totals {
    births: f64,
    deaths: f64,
    gap: f64,
}

/// Spreads the rounding of the official balance evenly over births, deaths and net migration.
fn close_balance(
    area: &OfficialArea,
    step: usize,
    year: Year,
    change: f64,
) -> Result<Totals, CalibrationError> {
    let (births, deaths) = (area.births[step], area.deaths[step]);
    let flows = births - deaths + area.net_migration[step];
    let gap = change - flows;
    let closes = gap.abs() <= ROUNDING_GAP;
    if !closes {
        return Err(CalibrationError::OpenBalance { unit: area.unit, year, change, flows });
    }
    Ok(Totals { births: births + gap / 3.0, deaths: deaths - gap / 3.0, gap })
}

fn born_by_sex(births: f64, boys_per_girl: f64) -> [f64; 2] {
    let girls = births / (1.0 + boys_per_girl);
    [girls, births - girls]
}

/// The level of mortality at which deaths of all ages equal the official total.
fn solve_level(
    unit: UnitId,
    year: Year,
    start: ArrayView2<'_, f64>,
    end: ArrayView2<'_, f64>,
    born: [f64; 2],
    deaths: f64,
    standards: &Standards,
) -> Result<f64, CalibrationError> {
    let excess = |level: f64| {
        let died: f64 = Sex::BOTH
            .into_iter()
            .map(|sex| {
                let i = sex.index();
                let ratios = ratios_with_closed_open_group(standards, sex, level, start.row(i), end.row(i));
                let at_risk = std::iter::once(born[i]).chain(start.row(i).into_iter().copied());
                at_risk.zip(&ratios).map(|(people, ratio)| people * (1.0 - ratio)).sum::<f64>()
            })
            .sum();
        died - deaths
    };
    root::find(excess, -4.0, 4.0, 1e-9).ok_or_else(|| CalibrationError::NoLevel {
        unit,
        year,
        deaths,
        population: start.sum(),
    })
}

/// Survival ratios at a level, the open group's own taken from its cohort.
fn ratios_with_closed_open_group(
    standards: &Standards,
    sex: Sex,
    level: f64,
    start: ArrayView1<'_, f64>,
    end: ArrayView1<'_, f64>,
) -> Array1<f64> {
    let open = start.len() - 1;
    let standard = match sex {
        Sex::Female => &standards.female,
        Sex::Male => &standards.male,
    };
    let mut ratios = standard.survival_ratios(level, open);
    if start[open] > 0.0 {
        ratios[open + 1] = (end[open] - start[open - 1] * ratios[open]) / start[open];
    }
    ratios
}

fn check_shapes(
    area: &OfficialArea,
    standards: &Standards,
    steps: usize,
    ages: usize,
) -> Result<(), CalibrationError> {
    let expectations: [(&'static str, &[usize], Vec<usize>); 5] = [
        ("population", area.population.shape(), vec![steps + 1, 2, ages.max(3)]),
        ("births", area.births.shape(), vec![steps]),
        ("deaths", area.deaths.shape(), vec![steps]),
        ("net migration", area.net_migration.shape(), vec![steps]),
        ("fertility pattern", standards.fertility.shape(), vec![ages]),
    ];
    for (what, got, expected) in expectations {
        if got != expected {
            return Err(CalibrationError::Shape { unit: area.unit, what, got: got.to_vec(), expected });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::cohort_component::{MigrationTiming, NegativePopulation, project};
    use super::*;

    fn standards(ages: usize) -> Standards {
        let lx: Vec<f64> = (0..12).map(|x| (-0.01 * f64::from(x * x)).exp()).collect();
        let mut ax = vec![0.5; 12];
        ax[11] = 1.0;
        let table = StandardLifeTable::new(&lx, &ax).unwrap();
        let fertility = Array1::from_shape_fn(ages, |age| if (2..5).contains(&age) { 0.2 } else { 0.0 });
        Standards { female: table.clone(), male: table, fertility, sex_ratio_at_birth: 1.06 }
    }

    /// A synthetic official projection made with known rates, rounded to whole persons.
    fn official(ages: usize) -> OfficialArea {
        let standards = standards(ages);
        let steps = 4;
        let mut survival = Array3::zeros((steps, 2, ages + 1));
        for mut ratios in survival.lanes_mut(Axis(2)) {
            ratios.assign(&standards.female.survival_ratios(0.2, ages - 1));
        }
        let asfr = Array2::from_shape_fn((steps, ages), |(_, age)| standards.fertility[age] * 2.0);
        let moves = Array3::from_shape_fn((steps, 2, ages), |(_, _, age)| if age == 3 { -40.0 } else { 0.0 });
        let rates = Assumptions::new(survival, asfr, Array1::from_elem(steps, 1.06), moves).unwrap();
        let base = Array2::from_elem((2, ages), 5_000.0);
        let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
        let population = run.population.mapv(f64::round);
        let births = run.births.sum_axis(Axis(1)).mapv(f64::round);
        let deaths = run.deaths.sum_axis(Axis(2)).sum_axis(Axis(1)).mapv(f64::round);
        let change = Array1::from_shape_fn(steps, |t| {
            population.index_axis(Axis(0), t + 1).sum() - population.index_axis(Axis(0), t).sum()
        });
        let net_migration = &change - &births + &deaths + 1.0; // open by one person
        let unit = "2816".parse().unwrap();
        OfficialArea { unit, jump_off: Year::new(2022).unwrap(), population, births, deaths, net_migration }
    }

    #[test]
    fn the_official_cells_and_totals_come_back() {
        let area = official(8);
        let found = calibrate(&area, &standards(8)).unwrap();
        let run = project(
            found.area.base.view(),
            &found.area.assumptions,
            MigrationTiming::End,
            NegativePopulation::Refuse,
        )
        .unwrap();
        for (got, want) in run.population.iter().zip(&area.population) {
            assert!((got - want).abs() < 1e-6, "{got} {want}");
        }
        for step in 0..4 {
            assert!((run.births.row(step).sum() - area.births[step]).abs() < 0.5);
            assert!((run.deaths.index_axis(Axis(0), step).sum() - area.deaths[step]).abs() < 0.5);
            assert!((found.mortality_level[step] - 0.2).abs() < 0.02, "{:?}", found.mortality_level);
            assert!((found.area.assumptions.total_fertility()[step] - 1.2).abs() < 0.01);
        }
    }

    #[test]
    fn an_open_balance_is_refused_with_unit_and_year() {
        let mut area = official(8);
        area.deaths[2] += 500.0;
        let error = calibrate(&area, &standards(8)).unwrap_err();
        assert!(error.to_string().starts_with("2816, 2025: stocks change by"), "{error}");
    }

    #[test]
    fn impossible_deaths_are_refused() {
        let mut area = official(8);
        area.net_migration[0] += 90_000.0;
        area.deaths[0] += 90_000.0;
        assert!(matches!(
            calibrate(&area, &standards(8)),
            Err(CalibrationError::NoLevel { .. } | CalibrationError::OpenGroup { .. })
        ));
    }
}
