//! Synthetic areas: made up so that every figure is a short formula of area, year, sex and age.
//!
//! The formulas stand a second time in `benches/numpy_twin.py`; the twin checks that both give
//! the same populations. No figure here describes a real place.

use std::error::Error;

use diagnoza_core::demography::calibration::{OfficialArea, Standards};
use diagnoza_core::demography::cohort_component::{
    Assumptions, CohortComponentError, MigrationTiming, NegativePopulation, project,
};
use diagnoza_core::demography::mortality::StandardLifeTable;
use diagnoza_core::demography::mortality_model::{MortalityModelError, MortalitySurface};
use diagnoza_core::observation::Year;
use ndarray::{Array1, Array2, Array3, Axis};

/// Years projected.
pub const STEPS: usize = 28;

/// Ages 0, 1, ..., 100+.
pub const AGES: usize = 101;

/// Areas that differ; with more areas they repeat, each in memory of its own.
pub const DISTINCT: usize = 50;

/// Stock of an area at the jump-off, `(2, A)`.
#[must_use]
pub fn base(area: usize) -> Array2<f64> {
    let area = area % DISTINCT;
    Array2::from_shape_fn((2, AGES), |(sex, age)| {
        (500 + (7 * area + 13 * sex + 29 * age) % 200) as f64 * (1.0 - age as f64 / 100.0)
    })
}

/// Rates and flows of an area: Gompertz mortality that falls, fertility as a parabola over
/// ages 15 to 49, net migration between -1 and 1 person below age 70.
///
/// # Errors
/// [`CohortComponentError`] if the formulas left the range of valid rates.
pub fn assumptions(area: usize) -> Result<Assumptions, CohortComponentError> {
    let area = area % DISTINCT;
    let survival = Array3::from_shape_fn((STEPS, 2, AGES + 1), |(step, sex, position)| {
        let level = (1.0 - 0.005 * step as f64) * (1.0 + 0.3 * sex as f64) * (1.0 + 0.01 * (area % 7) as f64);
        (-4e-5 * level * (0.095 * position as f64).exp()).exp()
    });
    let asfr = Array2::from_shape_fn((STEPS, AGES), |(_, age)| {
        let age = age as f64;
        let shape = ((age - 15.0) * (49.0 - age) / 289.0).max(0.0);
        0.06 * shape * (1.0 + 0.01 * (area % 5) as f64)
    });
    let net_migration = Array3::from_shape_fn((STEPS, 2, AGES), |(step, sex, age)| {
        let phase = (area + 3 * step + 5 * sex + 7 * age) % 9;
        if age < 70 { (phase as f64 - 4.0) / 4.0 } else { 0.0 }
    });
    Assumptions::new(survival, asfr, Array1::from_elem(STEPS, 1.06), net_migration)
}

/// Rates of so many areas, each in memory of its own.
///
/// # Errors
/// As [`assumptions`].
pub fn own_assumptions(areas: usize) -> Result<Vec<Assumptions>, CohortComponentError> {
    let distinct: Vec<Assumptions> = (0..DISTINCT.min(areas)).map(assumptions).collect::<Result<_, _>>()?;
    Ok(distinct.iter().cycle().take(areas).cloned().collect())
}

/// A synthetic official projection with its national standards, for calibration.
///
/// # Errors
/// Those of the parts it is made of; none with the formulas above.
pub fn official() -> Result<(OfficialArea, Standards), Box<dyn Error>> {
    let lx: Vec<f64> = (0..111).map(|age| (-4.2e-4 * ((0.095 * f64::from(age)).exp() - 1.0)).exp()).collect();
    let mut ax = vec![0.5; 111];
    ax[110] = 1.0;
    let table = StandardLifeTable::new(&lx, &ax)?;

    let rates = assumptions(0)?;
    let mut survival = Array3::zeros((STEPS, 2, AGES + 1));
    for mut ratios in survival.lanes_mut(Axis(2)) {
        ratios.assign(&table.survival_ratios(0.1, AGES - 1));
    }
    // The calibration assumes that nobody moves at the open age; the formulas have no moves there.
    let rates =
        Assumptions::new(survival, rates.asfr().clone(), rates.srb().clone(), rates.net_migration().clone())?;
    let run = project(base(0).view(), &rates, MigrationTiming::End, NegativePopulation::Refuse)?;

    let fertility = rates.asfr().row(0).to_owned();
    let standards = Standards { female: table.clone(), male: table, fertility, sex_ratio_at_birth: 1.06 };
    let area = OfficialArea {
        unit: "2801".parse()?,
        jump_off: Year::new(2022)?,
        births: run.births.sum_axis(Axis(1)),
        deaths: run.deaths.sum_axis(Axis(2)).sum_axis(Axis(1)),
        net_migration: run.net_migration.sum_axis(Axis(2)).sum_axis(Axis(1)),
        population: run.population,
    };
    Ok((area, standards))
}

/// Ages 0 to 100+ and years of the surface for the Lee-Carter benches.
pub const SURFACE: (u8, u16) = (101, 57);

/// Gompertz rates that fall faster at young ages, with a ripple over ages and years.
///
/// # Errors
/// [`MortalityModelError`] if the formulas left the range of valid rates.
pub fn surface() -> Result<MortalitySurface, MortalityModelError> {
    let (ages, years) = SURFACE;
    let shape = (usize::from(ages), usize::from(years));
    let mx = Array2::from_shape_fn(shape, |(x, t)| {
        let (age, year) = (x as f64, t as f64);
        let ripple = 0.05 * (((7 * x + 13 * t + x * t) % 23) as f64 - 11.0) / 11.0;
        (-9.0 + 0.085 * age - (0.025 - 0.0002 * age) * year + ripple).exp()
    });
    let exposure = Array2::from_shape_fn(shape, |(x, t)| 4e5 * (1.0 - x as f64 / 102.0) + 1e3 * t as f64);
    let calendar = Year::constant(1950).through(Year::constant(1949 + years)).collect();
    MortalitySurface::new(mx, Some(exposure), (0..ages).collect(), calendar, None)
}
