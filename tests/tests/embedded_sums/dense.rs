//! Projections as dense arrays, and their flows.

use std::collections::BTreeMap;

use crate::columns::{ints, table, texts};

pub(crate) const SCENARIOS: [&str; 3] = ["main", "low", "high"];
pub(crate) const FLOWS: [&str; 6] =
    ["births", "deaths", "internal_in", "internal_out", "immigration", "emigration"];
pub(crate) const FIRST: i64 = 2022;
pub(crate) const YEARS: usize = 39;

/// A projection table as a dense array over (scenario, unit), sex, year, age, its order checked row by row.
pub(crate) struct Projection {
    pub(crate) blocks: BTreeMap<(String, String), usize>,
    ages: usize,
    population: Vec<i64>,
}

impl Projection {
    pub(crate) fn read(name: &str, ages: usize) -> Self {
        let frame = table(name);
        let (scenario, teryt) = (texts(&frame, "scenario"), texts(&frame, "teryt"));
        let (sex, year, age) = (texts(&frame, "sex"), ints(&frame, "year"), ints(&frame, "age"));
        let block = 2 * YEARS * ages;
        let mut blocks = BTreeMap::new();
        let mut last = None;
        for row in 0..frame.height() {
            let within = row % block;
            if within == 0 {
                let order = SCENARIOS.iter().position(|word| *word == scenario[row]).unwrap();
                let key = (order, teryt[row].clone());
                assert!(last.as_ref() < Some(&key), "{name}: {key:?} after {last:?}");
                last = Some(key);
                blocks.insert((scenario[row].clone(), teryt[row].clone()), row);
            }
            let start = row - within;
            assert_eq!((&scenario[row], &teryt[row]), (&scenario[start], &teryt[start]));
            assert_eq!(sex[row], if within < block / 2 { "F" } else { "M" });
            assert_eq!(year[row], FIRST + (within / ages % YEARS) as i64);
            assert_eq!(age[row], (within % ages) as i64);
        }
        assert_eq!(frame.height() % block, 0, "{name}: the last block is complete");
        Self { blocks, ages, population: ints(&frame, "population") }
    }

    pub(crate) fn by_age(&self, scenario: &str, teryt: &str, sex: usize, year: usize) -> &[i64] {
        let start = self.blocks[&(scenario.to_owned(), teryt.to_owned())] + (sex * YEARS + year) * self.ages;
        &self.population[start..start + self.ages]
    }

    pub(crate) fn total(&self, scenario: &str, teryt: &str, year: usize) -> i64 {
        (0..2).map(|sex| self.by_age(scenario, teryt, sex, year).iter().sum::<i64>()).sum()
    }

    pub(crate) fn units(&self) -> Vec<String> {
        let mut units: Vec<String> = self.blocks.keys().map(|(_, teryt)| teryt.clone()).collect();
        units.sort();
        units.dedup();
        units
    }
}

/// Flows by scenario, unit and year, in the order of [`FLOWS`].
pub(crate) fn components(name: &str) -> BTreeMap<(String, String, i64), [i64; 6]> {
    let frame = table(name);
    let scenario = frame
        .column("scenario")
        .map_or_else(|_| vec!["main".to_owned(); frame.height()], |_| texts(&frame, "scenario"));
    let (teryt, year) = (texts(&frame, "teryt"), ints(&frame, "year"));
    let flows = FLOWS.map(|flow| ints(&frame, flow));
    (0..frame.height())
        .map(|row| {
            let key = (scenario[row].clone(), teryt[row].clone(), year[row]);
            (key, [0, 1, 2, 3, 4, 5].map(|flow| flows[flow][row]))
        })
        .collect()
}

pub(crate) fn change([births, deaths, arrivals, departures, immigration, emigration]: [i64; 6]) -> i64 {
    births - deaths + arrivals - departures + immigration - emigration
}
