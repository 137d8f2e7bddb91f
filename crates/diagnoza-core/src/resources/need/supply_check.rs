use std::collections::BTreeMap;

use super::error::{NeedError, RowFault};
use super::supply::{CarryRule, ServiceSupply, Supply, SupplyRow, SupplySpec};
use super::{Capacity, Conversion, NeedRates, NeedUnit, conversion};
use crate::observation::{Cell, Missing, Year};
use crate::territory::UnitId;

impl SupplySpec {
    /// Checks every row against the services that have rates of need: units, measures, years, numbers of 0 or
    /// more, the named factor with its source, one row per year, planned changes only under
    /// [`CarryRule::PlannedChanges`] and after a stock.
    ///
    /// # Errors
    /// [`NeedError::Rows`] lists every fault by its place.
    pub fn check(&self, file: &str, rates: &NeedRates, rule: CarryRule) -> Result<Supply, NeedError> {
        let mut check = Check { spec: self, rates, rule, faults: Vec::new() };
        let mut supply = Supply { rule, services: BTreeMap::new() };
        for (index, row) in self.supply.iter().enumerate() {
            check.row(index, row, &mut supply);
        }
        if self.supply.is_empty() {
            check.fault(0, "value", "", "at least one row");
        }
        check.changes(&supply);
        if check.faults.is_empty() {
            return Ok(supply);
        }
        let mut faults = check.faults;
        faults.sort_by_key(|(index, _)| *index);
        Err(NeedError::Rows {
            file: file.to_owned(),
            faults: faults.into_iter().map(|(_, fault)| fault).collect(),
        })
    }
}

/// More than any service has of anything; a typing error lies beyond.
const MOST: f64 = 1e9;
/// Largest factor between two units, and one over it the smallest.
const LARGEST_FACTOR: f64 = 1e6;

struct Check<'s> {
    spec: &'s SupplySpec,
    rates: &'s NeedRates,
    rule: CarryRule,
    faults: Vec<(usize, RowFault)>,
}

impl Check<'_> {
    fn fault(&mut self, index: usize, column: &'static str, got: &str, expected: impl Into<String>) {
        let place = self.spec.counting.place(index);
        self.faults
            .push((index, RowFault { place, column, got: got.trim().to_owned(), expected: expected.into() }));
    }

    /// Checks a row and adds it to the supply; what cannot be read is noted and left out.
    fn row(&mut self, index: usize, row: &SupplyRow, supply: &mut Supply) {
        let before = self.faults.len();
        let unit = row.unit.parse::<UnitId>().ok();
        if unit.is_none() {
            self.fault(index, "unit", &row.unit, "the code of a unit, such as 2816 or PL623");
        }
        let need = self.need_unit(index, row);
        let measure = Capacity::from_word(row.measure.trim());
        if measure.is_none() {
            let expected = format!("one of {}", Capacity::ALL.map(Capacity::word).join(", "));
            self.fault(index, "measure", &row.measure, expected);
        }
        let year = row.year.and_then(|year| Year::new(year).ok());
        if year.is_none() {
            let got = row.year.map(|year| year.to_string()).unwrap_or_default();
            self.fault(index, "year", &got, "the year of the number, four digits");
        }
        let change = self.is_change(index, row);
        let cell = self.cell(index, row, change);
        let factor = match (need, measure) {
            (Some(need), Some(measure)) => self.conversion(index, row, need, measure),
            _ => None,
        };
        if row.source.trim().is_empty() {
            self.fault(
                index,
                "source",
                "",
                "where the number comes from: supply without a source is not used",
            );
        }
        if self.faults.len() > before {
            return;
        }
        if let (Some(unit), Some(measure), Some(year), Some(cell)) = (unit, measure, year, cell) {
            let new = || ServiceSupply {
                measure,
                conversion: factor.clone(),
                stocks: BTreeMap::new(),
                changes: BTreeMap::new(),
                sources: Vec::new(),
            };
            let services = supply.services.entry(unit).or_default();
            let service = services.entry(row.service.trim().to_owned()).or_insert_with(new);
            self.place(index, row, service, (measure, factor.clone()), (year, cell, change));
        }
    }

    fn need_unit(&mut self, index: usize, row: &SupplyRow) -> Option<NeedUnit> {
        let found = self.rates.service(row.service.trim());
        if found.is_err() {
            let known: Vec<&str> = self.rates.services.iter().map(|known| known.service.as_str()).collect();
            let expected = format!("a service that has rates of need: {}", known.join(", "));
            self.fault(index, "service", &row.service, expected);
        }
        found.ok().map(|service| service.unit)
    }

    fn is_change(&mut self, index: usize, row: &SupplyRow) -> bool {
        match row.kind.trim() {
            "" | "stock" => false,
            "change" => {
                if self.rule != CarryRule::PlannedChanges {
                    let expected = format!(
                        "stock, because supply is carried by '{}': choose planned_changes",
                        self.rule.word()
                    );
                    self.fault(index, "kind", "change", expected);
                }
                true
            }
            other => {
                self.fault(index, "kind", other, "stock or change");
                false
            }
        }
    }

    fn cell(&mut self, index: usize, row: &SupplyRow, change: bool) -> Option<Cell> {
        let words = [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];
        let word = row.missing.trim();
        match row.value {
            Some(value) if !word.is_empty() => {
                self.fault(index, "missing", word, format!("nothing, because the value is {value}"));
                None
            }
            Some(value) if value.abs() <= MOST && (change || value >= 0.0) => Some(Cell::Value(value)),
            Some(value) => {
                self.fault(
                    index,
                    "value",
                    &value.to_string(),
                    "a number from 0 to 1e9, or a change of at most that",
                );
                None
            }
            None if change => {
                self.fault(index, "value", "", "the planned change, a number");
                None
            }
            None if word.is_empty() => Some(Cell::Missing(Missing::NotReported)),
            None => {
                let found = words.into_iter().find(|missing| missing.word() == word);
                if found.is_none() {
                    let expected = format!("one of {}", words.map(Missing::word).join(", "));
                    self.fault(index, "missing", word, expected);
                }
                found.map(Cell::Missing)
            }
        }
    }

    fn conversion(
        &mut self,
        index: usize,
        row: &SupplyRow,
        need: NeedUnit,
        measure: Capacity,
    ) -> Option<Conversion> {
        let named = row.conversion.trim();
        let Some((name, direction)) = conversion(need, measure) else {
            if !named.is_empty() || row.factor.is_some() {
                let expected = format!("nothing: {measure} are the unit of the need");
                self.fault(index, "conversion", named, expected);
            }
            return None;
        };
        if named != name {
            let expected = format!("{name}, the factor from {measure} to {}", need.of_need());
            self.fault(index, "conversion", named, expected);
        }
        if row.factor_source.trim().is_empty() {
            self.fault(index, "factor_source", "", "where the factor comes from");
        }
        match row.factor {
            Some(factor) if (1.0 / LARGEST_FACTOR..=LARGEST_FACTOR).contains(&factor) => Some(Conversion {
                name: name.to_owned(),
                direction,
                factor,
                source: row.factor_source.trim().to_owned(),
            }),
            other => {
                let got = other.map(|factor| factor.to_string()).unwrap_or_default();
                self.fault(index, "factor", &got, format!("{name}, a number from 0.000001 to 1000000"));
                None
            }
        }
    }

    fn place(
        &mut self,
        index: usize,
        row: &SupplyRow,
        service: &mut ServiceSupply,
        (measure, factor): (Capacity, Option<Conversion>),
        (year, cell, change): (Year, Cell, bool),
    ) {
        if service.measure != measure {
            let expected = format!(
                "{} as in the other rows of this unit and service: two measures would count it twice",
                service.measure
            );
            return self.fault(index, "measure", measure.word(), expected);
        }
        if service.conversion != factor {
            let got = row.factor.map(|factor| factor.to_string()).unwrap_or_default();
            return self.fault(
                index,
                "factor",
                &got,
                "the factor and source of the other rows of this unit and service",
            );
        }
        let twice = match cell {
            Cell::Value(value) if change => service.changes.insert(year, value).is_some(),
            _ => service.stocks.insert(year, cell).is_some(),
        };
        if twice {
            self.fault(index, "year", &year.to_string(), "one row per unit, service, kind and year");
        }
        let source = row.source.trim();
        if !service.sources.iter().any(|known| known == source) {
            service.sources.push(source.to_owned());
        }
    }

    /// Planned changes that follow no stock, that coincide with one, or that leave less than nothing.
    fn changes(&mut self, supply: &Supply) {
        for (unit, services) in &supply.services {
            for (kind, service) in services {
                for &year in service.changes.keys() {
                    let stock_before = service.stocks.range(..year).next_back().is_some();
                    let problem = if service.stocks.contains_key(&year) {
                        Some("a year without a stock: the stock of the year says what is there".to_owned())
                    } else if !stock_before {
                        Some("a stock of an earlier year to which it is added".to_owned())
                    } else {
                        match service.in_year(year, self.rule) {
                            Cell::Value(left) if left < 0.0 => {
                                Some(format!("changes that leave 0 or more, these leave {left}"))
                            }
                            _ => None,
                        }
                    };
                    if let Some(expected) = problem {
                        let index = self.row_of_change(*unit, kind, year);
                        self.fault(index, "year", &year.to_string(), expected);
                    }
                }
            }
        }
    }

    fn row_of_change(&self, unit: UnitId, kind: &str, year: Year) -> usize {
        let is_it = |row: &SupplyRow| {
            row.kind.trim() == "change"
                && row.service.trim() == kind
                && row.year == Some(i64::from(year.get()))
                && row.unit.parse() == Ok(unit)
        };
        self.spec.supply.iter().position(is_it).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::need::{RateRow, RatesSpec};

    fn rates(unit: &str) -> NeedRates {
        RatesSpec::from_table(vec![RateRow {
            service: "care".to_owned(),
            unit: unit.to_owned(),
            sex: "T".to_owned(),
            ages: "0+".to_owned(),
            rate: Some(0.5),
            year: Some(2024),
            source: "synthetic".to_owned(),
            ..RateRow::default()
        }])
        .check("rates")
        .unwrap()
    }

    fn row(year: i64, value: Option<f64>) -> SupplyRow {
        SupplyRow {
            unit: "PL623".to_owned(),
            service: "care".to_owned(),
            measure: "places".to_owned(),
            year: Some(year),
            value,
            conversion: "persons_per_place".to_owned(),
            factor: Some(2.0),
            factor_source: "synthetic".to_owned(),
            source: "synthetic".to_owned(),
            ..SupplyRow::default()
        }
    }

    fn change(year: i64, value: f64) -> SupplyRow {
        SupplyRow { kind: "change".to_owned(), ..row(year, Some(value)) }
    }

    fn checked(rows: Vec<SupplyRow>, rule: CarryRule) -> Supply {
        SupplySpec::from_table(rows).check("supply.csv", &rates("persons_per_person"), rule).unwrap()
    }

    fn faults(rows: Vec<SupplyRow>, rule: CarryRule) -> String {
        SupplySpec::from_table(rows)
            .check("supply.csv", &rates("persons_per_person"), rule)
            .unwrap_err()
            .to_string()
    }

    fn years() -> Vec<Year> {
        Year::constant(2022).through(Year::constant(2026)).collect()
    }

    fn values(supply: &Supply) -> Vec<Option<f64>> {
        let cells = supply.of("PL623".parse().unwrap(), "care", &[], &years());
        cells.into_iter().map(|cell| if let Cell::Value(value) = cell { Some(value) } else { None }).collect()
    }

    #[test]
    fn each_rule_carries_supply_its_own_way() {
        let given = || vec![row(2023, Some(10.0)), row(2025, Some(20.0))];
        let constant = values(&checked(given(), CarryRule::Constant));
        assert_eq!(constant, [None, Some(20.0), Some(20.0), Some(40.0), Some(40.0)]);
        let path = values(&checked(given(), CarryRule::GivenPath));
        assert_eq!(path, [None, Some(20.0), None, Some(40.0), None]);
        let planned = vec![row(2022, Some(10.0)), change(2024, 5.0), change(2026, -3.0)];
        let planned = values(&checked(planned, CarryRule::PlannedChanges));
        assert_eq!(planned, [Some(20.0), Some(20.0), Some(30.0), Some(30.0), Some(24.0)]);
    }

    #[test]
    fn unknown_supply_stays_unknown_and_is_never_zero() {
        let rows = vec![row(2022, Some(10.0)), row(2024, None)];
        assert_eq!(values(&checked(rows, CarryRule::Constant)), [Some(20.0), Some(20.0), None, None, None]);
        let zero = values(&checked(vec![row(2022, Some(0.0))], CarryRule::Constant));
        assert_eq!(zero, [Some(0.0); 5]);
        assert_eq!(values(&Supply::unknown()), [None; 5]);
        let suppressed = SupplyRow { missing: "suppressed".to_owned(), ..row(2022, None) };
        let supply = checked(vec![suppressed], CarryRule::Constant);
        let cells = supply.of("PL623".parse().unwrap(), "care", &[], &years());
        assert_eq!(cells[0], Cell::Missing(Missing::Suppressed));
    }

    #[test]
    fn parts_add_up_only_when_all_are_known() {
        let at = |unit: &str, value| SupplyRow { unit: unit.to_owned(), ..row(2022, value) };
        let parts: Vec<UnitId> = ["2816", "2805"].map(|code| code.parse().unwrap()).to_vec();
        let sum = |rows| {
            checked(rows, CarryRule::Constant).of("PL623".parse().unwrap(), "care", &parts, &years())[0]
        };
        assert_eq!(sum(vec![at("2816", Some(1.0)), at("2805", Some(2.0))]), Cell::Value(6.0));
        assert_eq!(sum(vec![at("2816", Some(1.0))]), Cell::Missing(Missing::NotReported));
        assert_eq!(sum(vec![at("2816", Some(1.0)), at("2805", None)]), Cell::Missing(Missing::NotReported));
    }

    #[test]
    fn every_fault_is_listed_by_its_row() {
        let bad = SupplyRow {
            unit: "PL9".to_owned(),
            service: "cares".to_owned(),
            measure: "beds".to_owned(),
            year: None,
            kind: "plan".to_owned(),
            value: Some(-1.0),
            source: String::new(),
            ..row(2022, None)
        };
        let unconverted =
            SupplyRow { conversion: "persons".to_owned(), factor: Some(0.0), ..row(2023, Some(1.0)) };
        let found =
            faults(vec![bad, unconverted, row(2024, Some(1.0)), row(2024, Some(1.0))], CarryRule::Constant);
        for expected in [
            "supply.csv: 10 faults",
            "row 2, unit: 'PL9'",
            "row 2, service: 'cares', expected a service that has rates of need: care",
            "row 2, measure: 'beds', expected one of places, staff",
            "row 2, year: empty",
            "row 2, kind: 'plan'",
            "row 2, value: '-1'",
            "row 2, source: empty",
            "row 3, conversion: 'persons', expected persons_per_place",
            "row 3, factor: '0'",
            "row 5, year: '2024', expected one row per unit",
        ] {
            assert!(found.contains(expected), "{expected} is not in {found}");
        }
    }

    #[test]
    fn planned_changes_need_their_rule_and_a_stock() {
        assert!(faults(vec![change(2022, 1.0)], CarryRule::Constant).contains("choose planned_changes"));
        let planned = |rows| faults(rows, CarryRule::PlannedChanges);
        assert!(planned(vec![change(2022, 1.0)]).contains("a stock of an earlier year"));
        assert!(planned(vec![row(2022, Some(1.0)), change(2022, 1.0)]).contains("a year without a stock"));
        assert!(planned(vec![row(2022, Some(1.0)), change(2023, -2.0)]).contains("these leave -2"));
        assert!(planned(vec![row(2022, Some(1.0)), change(2023, f64::NAN)]).contains("'NaN'"));
    }

    #[test]
    fn measures_are_not_mixed_and_hours_need_no_factor() {
        let staff = SupplyRow {
            measure: "staff".to_owned(),
            conversion: "persons_per_worker".to_owned(),
            ..row(2023, Some(1.0))
        };
        assert!(faults(vec![row(2022, Some(1.0)), staff], CarryRule::Constant).contains("count it twice"));
        let hours = SupplyRow {
            measure: "hours".to_owned(),
            conversion: String::new(),
            factor: None,
            ..row(2022, Some(900.0))
        };
        let rates = rates("hours_per_person");
        let check = |row| SupplySpec::from_table(vec![row]).check("supply.csv", &rates, CarryRule::Constant);
        let supply = check(hours.clone()).unwrap();
        assert_eq!(values(&supply)[0], Some(900.0));
        let named = SupplyRow { factor: Some(2.0), ..hours };
        assert!(check(named).unwrap_err().to_string().contains("hours are the unit of the need"));
    }
}
