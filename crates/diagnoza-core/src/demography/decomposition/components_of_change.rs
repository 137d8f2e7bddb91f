use serde::{Deserialize, Serialize};

use super::error::{DecompositionError, check, not_negative};

/// The change of a population over a period and what made it, in persons.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeComponents {
    /// Stock at the start.
    pub start: f64,
    /// Stock at the end.
    pub end: f64,
    /// End less start.
    pub change: f64,
    /// Live births.
    pub births: f64,
    /// Deaths.
    pub deaths: f64,
    /// Births less deaths.
    pub natural_increase: f64,
    /// Net migration.
    pub net_migration: f64,
    /// Change that births, deaths and net migration leave unexplained: corrections of the stock,
    /// changes of border, a census.
    pub residual: f64,
    /// Person-years lived, each year's mean of its two stocks; per thousand of these are crude rates.
    pub person_years: f64,
}

impl ChangeComponents {
    /// Persons of a component per 1000 person-years; none where nobody lived.
    #[must_use]
    pub fn per_thousand(&self, persons: f64) -> Option<f64> {
        (self.person_years > 0.0).then(|| 1000.0 * persons / self.person_years)
    }
}

/// Splits the change of a population year by year, and over all years together (last).
///
/// # Formula
/// ```text
/// P(t+1) - P(t) = births - deaths + net migration + residual
/// ```
/// `population` has one value more than the flows.
///
/// ```
/// use diagnoza_core::demography::decomposition::components_of_change;
/// let years = components_of_change(&[100.0, 103.0, 101.0], &[5.0, 4.0], &[3.0, 4.0], &[1.0, -2.0])?;
/// let total = years[2];
/// assert_eq!((total.change, total.natural_increase, total.net_migration), (1.0, 2.0, -1.0));
/// # Ok::<(), diagnoza_core::demography::decomposition::DecompositionError>(())
/// ```
///
/// # Errors
/// [`DecompositionError`]: lengths and values.
#[doc(alias = "przyrost naturalny")]
#[doc(alias = "przyrost rzeczywisty")]
pub fn components_of_change(
    population: &[f64],
    births: &[f64],
    deaths: &[f64],
    net_migration: &[f64],
) -> Result<Vec<ChangeComponents>, DecompositionError> {
    let years = births.len();
    if years == 0 {
        return Err(DecompositionError::Empty { what: "births", least: 1 });
    }
    check("population", population, years + 1, not_negative())?;
    check("births", births, years, not_negative())?;
    check("deaths", deaths, years, not_negative())?;
    check("net_migration", net_migration, years, (f64::is_finite, "a finite number of persons"))?;
    let mut rows: Vec<ChangeComponents> = (0..years)
        .map(|year| {
            let (start, end) = (population[year], population[year + 1]);
            let lived = f64::midpoint(start, end);
            components(start, end, [births[year], deaths[year], net_migration[year]], lived)
        })
        .collect();
    let sum = |of: &dyn Fn(&ChangeComponents) -> f64| rows.iter().map(of).sum::<f64>();
    let flows = [births.iter().sum(), deaths.iter().sum(), net_migration.iter().sum()];
    let lived = sum(&|row| row.person_years);
    rows.push(components(population[0], population[years], flows, lived));
    Ok(rows)
}

fn components(
    start: f64,
    end: f64,
    [births, deaths, net_migration]: [f64; 3],
    person_years: f64,
) -> ChangeComponents {
    let (change, natural_increase) = (end - start, births - deaths);
    let residual = change - natural_increase - net_migration;
    ChangeComponents {
        start,
        end,
        change,
        births,
        deaths,
        natural_increase,
        net_migration,
        residual,
        person_years,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_of_the_stock_is_named_and_rates_are_crude() {
        let rows = components_of_change(&[1000.0, 1010.0], &[12.0], &[9.0], &[2.0]).unwrap();
        assert!((rows[0].residual - 5.0).abs() < 1e-12);
        assert_eq!(rows[0], rows[1]);
        assert!((rows[0].per_thousand(rows[0].births).unwrap() - 12_000.0 / 1005.0).abs() < 1e-12);
        let empty = components_of_change(&[0.0, 0.0], &[0.0], &[0.0], &[0.0]).unwrap();
        assert_eq!(empty[0].per_thousand(0.0), None);
    }

    #[test]
    fn hostile_input_is_refused_by_name() {
        let refused =
            |p: &[f64], b: &[f64], m: &[f64]| components_of_change(p, b, b, m).unwrap_err().to_string();
        assert!(refused(&[1.0], &[], &[]).contains("births is empty"));
        assert!(refused(&[1.0], &[1.0], &[1.0]).starts_with("population has 1 values, expected 2"));
        assert!(refused(&[1.0, -2.0], &[1.0], &[1.0]).contains("population is -2 at position 1"));
        assert!(refused(&[1.0, 2.0], &[1.0], &[f64::NAN]).contains("net_migration is NaN"));
    }
}
