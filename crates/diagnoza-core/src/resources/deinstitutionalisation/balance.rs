use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::DeinstitutionalisationError as Error;
use crate::observation::{Cell, Missing, Year};
use crate::territory::UnitId;

/// Where a service is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// In an institution, round the clock: a DPS.
    Institutional,
    /// In the community: at home, in a day centre, in a sheltered flat.
    Community,
}

/// Places, or persons served, of one service in one unit and year; the user's, all of them in the same unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormCount {
    /// The unit.
    pub unit: UnitId,
    /// The year.
    pub year: Year,
    /// The service, e.g. `dps`.
    pub service: String,
    /// Where it is given.
    pub form: Form,
    /// How many persons it serves.
    pub persons: Cell,
    /// Where the figure comes from.
    pub source: String,
}

/// Institutions against the community, by unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// The unit.
    pub unit: UnitId,
    /// By year.
    pub years: Vec<BalanceYear>,
}

/// Institutions against the community in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BalanceYear {
    /// The year.
    pub year: Year,
    /// Persons served in institutions.
    pub institutional: Cell,
    /// Persons served in the community.
    pub community: Cell,
    /// Part of both that is served in the community.
    pub community_share: Cell,
    /// Persons served in the community per person in an institution.
    pub community_per_institutional: Cell,
    /// Services known in another year of the unit and not in this one: why a sum is unknown.
    pub lacking: Vec<String>,
}

/// More persons than any service has.
const MOST: f64 = 1e9;

/// What is known of a unit in a year, by form and service.
type Cells<'c> = BTreeMap<(Form, &'c str), Cell>;

/// Sums by form. A sum of which a service is missing in a year, though the unit has it in another, is unknown.
///
/// ```
/// use diagnoza_core::observation::{Cell, Year};
/// use diagnoza_core::resources::deinstitutionalisation::{Form, FormCount, balance};
/// let count = |service: &str, form, persons| FormCount {
///     unit: "28".parse().unwrap(), year: Year::constant(2024), service: service.into(), form,
///     persons: Cell::Value(persons), source: "invented for this example".into(),
/// };
/// let found = balance(&[count("dps", Form::Institutional, 100.0), count("care_services", Form::Community, 300.0)])?;
/// assert_eq!(found[0].years[0].community_share, Cell::Value(0.75));
/// # Ok::<(), diagnoza_core::resources::deinstitutionalisation::DeinstitutionalisationError>(())
/// ```
///
/// # Errors
/// [`Error`]: a number below 0 or none, a service given twice, a figure without a source.
pub fn balance(counts: &[FormCount]) -> Result<Vec<Balance>, Error> {
    let mut units: BTreeMap<UnitId, BTreeMap<Year, Cells<'_>>> = BTreeMap::new();
    for count in counts {
        let (unit, year, what) = (count.unit, count.year, count.service.clone());
        if count.source.trim().is_empty() {
            return Err(Error::NoSource { unit, year, what });
        }
        match count.persons {
            Cell::Value(got) if !(0.0..=MOST).contains(&got) => {
                return Err(Error::Value { unit, year, what, got, expected: "a number from 0 to 1e9" });
            }
            _ => {}
        }
        let cells = units.entry(unit).or_default().entry(year).or_default();
        if cells.insert((count.form, &count.service), count.persons).is_some() {
            return Err(Error::Twice { unit, year, what });
        }
    }
    Ok(units
        .into_iter()
        .map(|(unit, years)| {
            let kinds: BTreeSet<(Form, &str)> =
                years.values().flat_map(|cells| cells.keys().copied()).collect();
            Balance { unit, years: years.iter().map(|(year, cells)| of_year(*year, cells, &kinds)).collect() }
        })
        .collect())
}

fn of_year(year: Year, cells: &Cells<'_>, kinds: &BTreeSet<(Form, &str)>) -> BalanceYear {
    let mut lacking = Vec::new();
    let mut sum = |form: Form| {
        let mut sum = None;
        for kind in kinds.iter().filter(|(of, _)| *of == form) {
            let cell = cells.get(kind).copied().unwrap_or(Cell::Missing(Missing::NotReported));
            if let Cell::Missing(_) = cell {
                lacking.push(kind.1.to_owned());
            }
            sum = Some(match (sum.unwrap_or(Cell::Value(0.0)), cell) {
                (Cell::Value(sum), Cell::Value(one)) => Cell::Value(sum + one),
                (Cell::Missing(reason), _) | (_, Cell::Missing(reason)) => Cell::Missing(reason),
            });
        }
        // A unit that reports nothing of a form is not one that has none of it.
        sum.unwrap_or(Cell::Missing(Missing::NotReported))
    };
    let (institutional, community) = (sum(Form::Institutional), sum(Form::Community));
    let (share, per) = match (institutional, community) {
        (Cell::Value(inside), Cell::Value(outside)) => {
            (ratio(outside, inside + outside), ratio(outside, inside))
        }
        (Cell::Missing(reason), _) | (_, Cell::Missing(reason)) => {
            (Cell::Missing(reason), Cell::Missing(reason))
        }
    };
    BalanceYear {
        year,
        institutional,
        community,
        community_share: share,
        community_per_institutional: per,
        lacking,
    }
}

fn ratio(part: f64, whole: f64) -> Cell {
    let ratio = part / whole;
    if whole > 0.0 && ratio.is_finite() { Cell::Value(ratio) } else { Cell::Missing(Missing::NotApplicable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(year: u16, service: &str, form: Form, persons: Cell) -> FormCount {
        FormCount {
            unit: "28".parse().unwrap(),
            year: Year::constant(year),
            service: service.to_owned(),
            form,
            persons,
            source: "synthetic".to_owned(),
        }
    }

    #[test]
    fn a_service_that_is_missing_in_a_year_makes_its_sum_unknown() {
        let counts = [
            count(2023, "dps", Form::Institutional, Cell::Value(100.0)),
            count(2023, "care", Form::Community, Cell::Value(50.0)),
            count(2023, "day", Form::Community, Cell::Value(50.0)),
            count(2024, "dps", Form::Institutional, Cell::Value(90.0)),
            count(2024, "care", Form::Community, Cell::Value(60.0)),
        ];
        let years = &balance(&counts).unwrap()[0].years;
        assert_eq!(
            (years[0].community_share, years[0].community_per_institutional),
            (Cell::Value(0.5), Cell::Value(1.0))
        );
        assert_eq!(years[1].community, Cell::Missing(Missing::NotReported));
        assert_eq!(
            (years[1].institutional, years[1].lacking.clone()),
            (Cell::Value(90.0), vec!["day".to_owned()])
        );
    }

    #[test]
    fn nothing_reported_of_a_form_is_unknown_and_a_true_zero_is_zero() {
        let only = balance(&[count(2024, "dps", Form::Institutional, Cell::Value(9.0))]).unwrap();
        assert_eq!(only[0].years[0].community, Cell::Missing(Missing::NotReported));
        let none = balance(&[
            count(2024, "dps", Form::Institutional, Cell::Value(0.0)),
            count(2024, "care", Form::Community, Cell::Value(9.0)),
        ])
        .unwrap();
        assert_eq!(none[0].years[0].community_share, Cell::Value(1.0));
        assert_eq!(none[0].years[0].community_per_institutional, Cell::Missing(Missing::NotApplicable));
    }

    #[test]
    fn wrong_counts_are_refused_with_unit_year_and_service() {
        let dps = count(2024, "dps", Form::Institutional, Cell::Value(9.0));
        let error = |counts: &[FormCount]| balance(counts).unwrap_err().to_string();
        assert!(error(&[dps.clone(), dps.clone()]).starts_with("28, 2024, dps: given twice"));
        assert!(error(&[FormCount { source: " ".to_owned(), ..dps.clone() }]).contains("no source"));
        for bad in [-1.0, f64::NAN, f64::INFINITY, 1e10] {
            assert!(balance(&[FormCount { persons: Cell::Value(bad), ..dps.clone() }]).is_err());
        }
        assert!(balance(&[]).unwrap().is_empty());
    }
}
