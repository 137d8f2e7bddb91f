use serde::{Deserialize, Serialize};

use super::{NeedError, ServiceNeed};
use crate::demography::{AgeRange, Sexes};
use crate::observation::{AgeScheme, Cell, Panel, Quantity, Sex, Year};
use crate::territory::UnitId;

/// Need for one service in one unit, by year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedSeries {
    /// The unit.
    pub unit: UnitId,
    /// Years, at 31 XII.
    pub years: Vec<Year>,
    /// Need of each year in the unit of the service; missing where the population is.
    pub need: Vec<Cell>,
}

/// Need for a service of every unit and year of a population by sex and age.
///
/// # Formula
/// ```text
/// need(t) = sum over sex s and age x of population(s, x, t) * rate(s, x)
/// ```
///
/// Ages without a rate (said to have no need) add nothing. A population cell that a rate above 0 needs and that is
/// missing makes the need of that year missing, with the same reason.
///
/// ```
/// use diagnoza_core::observation::{AgeScheme, Basis, Cell, Panel, Quantity, Source, Year};
/// use diagnoza_core::resources::need::{RateRow, RatesSpec, need};
/// let source = Source { publisher: "example".into(), title: "two age groups".into(), date: "2024".into(), sha256: String::new() };
/// let people = Panel::new(
///     Quantity::Persons, Basis::Census2021, source, vec!["PL623".parse()?], vec![Year::new(2024)?],
///     AgeScheme::from_starts(vec![0, 65])?, [400.0, 120.0, 390.0, 80.0].map(Cell::Value).to_vec(),
/// )?;
/// let row = |sex: &str, ages: &str, rate| RateRow {
///     service: "care".into(), unit: "persons_per_person".into(), sex: sex.into(), ages: ages.into(),
///     rate: Some(rate), year: Some(2024), source: "invented".into(), ..RateRow::default()
/// };
/// let rates = RatesSpec::from_table(vec![row("T", "0-64", 0.0), row("F", "65+", 0.1), row("M", "65+", 0.05)]).check("rates")?;
/// let found = need(&people, &rates.services()[0])?;
/// assert_eq!(found[0].need, [Cell::Value(16.0)]); // 0.1 * 120 + 0.05 * 80
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NeedError::NotPersons`]; [`NeedError::AgesCut`] for a rate whose ages are not made of whole age groups.
#[doc(alias = "zapotrzebowanie")]
pub fn need(population: &Panel, service: &ServiceNeed) -> Result<Vec<NeedSeries>, NeedError> {
    if population.quantity() != Quantity::Persons {
        return Err(NeedError::NotPersons { got: population.quantity() });
    }
    let weights = weights(population.ages(), service)?;
    let series = |&unit: &UnitId| {
        let need = population.years().iter().map(|&year| {
            let cells = population.cells(unit, year)?;
            Ok(weighted_sum(cells, &weights))
        });
        Ok(NeedSeries {
            unit,
            years: population.years().to_vec(),
            need: need.collect::<Result<_, NeedError>>()?,
        })
    };
    population.units().iter().map(series).collect()
}

fn weighted_sum(cells: &[Cell], weights: &[f64]) -> Cell {
    let mut sum = 0.0;
    for (cell, &weight) in cells.iter().zip(weights) {
        match *cell {
            Cell::Value(persons) => sum += persons * weight,
            Cell::Missing(reason) if weight > 0.0 => return Cell::Missing(reason),
            Cell::Missing(_) => {}
        }
    }
    Cell::Value(sum)
}

/// The rate of each cell: females by age group, then males.
fn weights(groups: &AgeScheme, service: &ServiceNeed) -> Result<Vec<f64>, NeedError> {
    let mut weights = vec![0.0; 2 * groups.len()];
    for rate in &service.rates {
        let places = places(groups, rate.ages).ok_or_else(|| NeedError::AgesCut {
            service: service.service.clone(),
            sexes: rate.sexes,
            ages: rate.ages,
            groups: described(groups),
        })?;
        for sex in Sex::BOTH {
            if rate.sexes == Sexes::Both || rate.sexes == Sexes::from(sex) {
                let cells = weights.iter_mut().skip(sex.index() * groups.len() + places.start);
                cells.take(places.len()).for_each(|weight| *weight = rate.rate);
            }
        }
    }
    Ok(weights)
}

/// Positions of the age groups a range is made of; `None` if it cuts one. Nobody is older than 130, so a range
/// that ends there is open.
fn places(groups: &AgeScheme, ages: AgeRange) -> Option<std::ops::Range<usize>> {
    let starts = groups.starts();
    let first = starts.binary_search(&ages.first()).ok()?;
    let last = match ages.last() {
        None | Some(130) => starts.len(),
        Some(last) => starts.binary_search(&(last + 1)).ok()?,
    };
    Some(first..last)
}

fn described(groups: &AgeScheme) -> String {
    if groups.is_single() {
        return format!("single ages to {}+", groups.open());
    }
    let labels: Vec<String> = (0..groups.len()).filter_map(|place| groups.label(place)).collect();
    labels.join(", ")
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::observation::{Basis, Missing, Source};
    use crate::resources::need::{RateRow, RatesSpec};

    pub(crate) fn people(starts: Vec<u8>, units: &[&str], cells: Vec<Cell>) -> Panel {
        let source = Source {
            publisher: "test".to_owned(),
            title: "synthetic".to_owned(),
            date: "2024".to_owned(),
            sha256: String::new(),
        };
        Panel::new(
            Quantity::Persons,
            Basis::Census2021,
            source,
            units.iter().map(|unit| unit.parse().unwrap()).collect(),
            vec![Year::constant(2024)],
            AgeScheme::from_starts(starts).unwrap(),
            cells,
        )
        .unwrap()
    }

    fn service(rows: &[(&str, &str, f64)]) -> ServiceNeed {
        let rows = rows.iter().map(|&(sex, ages, rate)| RateRow {
            service: "care".to_owned(),
            unit: "hours_per_person".to_owned(),
            sex: sex.to_owned(),
            ages: ages.to_owned(),
            rate: Some(rate),
            year: Some(2024),
            source: "synthetic".to_owned(),
            other_ages: "no_need".to_owned(),
            ..RateRow::default()
        });
        RatesSpec::from_table(rows.collect()).check("rates").unwrap().services()[0].clone()
    }

    #[test]
    fn a_range_that_cuts_a_group_is_refused_with_the_groups() {
        let panel = people(vec![0, 10, 80], &["2816"], vec![Cell::Value(1.0); 6]);
        for bad in ["75+", "0-4", "85+", "80-89"] {
            let error = need(&panel, &service(&[("T", bad, 1.0)])).unwrap_err().to_string();
            assert!(error.contains(bad) && error.contains("0-9, 10-79, 80+"), "{error}");
        }
        let single = people((0..=90).collect(), &["2816"], vec![Cell::Value(1.0); 182]);
        let error = need(&single, &service(&[("F", "85-94", 1.0)])).unwrap_err().to_string();
        assert!(error.contains("rate of women 85-94") && error.contains("single ages to 90+"), "{error}");
        assert_eq!(need(&single, &service(&[("T", "85-130", 1.0)])).unwrap()[0].need, [Cell::Value(12.0)]);
    }

    #[test]
    fn a_missing_cell_matters_only_where_there_is_a_rate() {
        let cells =
            vec![Cell::Missing(Missing::Suppressed), Cell::Value(2.0), Cell::Value(3.0), Cell::Value(4.0)];
        let panel = people(vec![0, 65], &["2816"], cells);
        let found = |rows: &[(&str, &str, f64)]| need(&panel, &service(rows)).unwrap()[0].need[0];
        assert_eq!(found(&[("T", "65+", 0.5)]), Cell::Value(3.0));
        assert_eq!(found(&[("M", "0+", 1.0)]), Cell::Value(7.0));
        assert_eq!(found(&[("F", "0-64", 0.0), ("T", "65+", 1.0)]), Cell::Value(6.0));
        assert_eq!(found(&[("T", "0+", 1.0)]), Cell::Missing(Missing::Suppressed));
    }

    proptest! {
        #[test]
        fn a_rate_of_one_gives_the_population_and_need_is_linear(
            cells in proptest::collection::vec(0.0..1e6_f64, 12), rate in 0.0..1.0_f64,
        ) {
            let values: Vec<Cell> = cells.iter().copied().map(Cell::Value).collect();
            let panel = people(vec![0, 30, 80], &["2816", "2806"], values.clone());
            let all = need(&panel, &service(&[("T", "0+", 1.0)])).unwrap();
            let value = |cell: Cell| match cell { Cell::Value(value) => value, Cell::Missing(_) => f64::NAN };
            for (place, series) in all.iter().enumerate() {
                let total: f64 = cells[place * 6..place * 6 + 6].iter().sum();
                prop_assert!((value(series.need[0]) - total).abs() <= 1e-9 * total.max(1.0));
            }
            // Units add: the need of both together is the sum of theirs.
            let sum: Vec<Cell> = (0..6).map(|i| Cell::Value(cells[i] + cells[i + 6])).collect();
            let both = people(vec![0, 30, 80], &["PL623"], sum);
            let rates = service(&[("F", "30-79", rate), ("T", "80+", 1.0)]);
            let parts: f64 = need(&panel, &rates).unwrap().iter().map(|series| value(series.need[0])).sum();
            let together = value(need(&both, &rates).unwrap()[0].need[0]);
            prop_assert!((parts - together).abs() <= 1e-9 * together.max(1.0));
        }
    }
}
