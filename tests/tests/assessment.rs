//! The public indicators of 28 and 12: gminas added up give what the office publishes for powiats and the voivodeship;
//! every unit is assessed; gaps, ties and equal names stand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use diagnoza_core::observation::{Cell, Missing, Year};
use diagnoza_core::resources::PeerSet;
use diagnoza_core::resources::assessment::{
    Assessments, CheckedSettings, FlagRule, IndicatorTable, PeerGroup, assess_all, assess_units,
};
use diagnoza_core::territory::UnitId;
use diagnoza_data::assessment::{embedded_table, embedded_table_for, frame, select};
use diagnoza_data::embedded::table;

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

fn public(voivodeship: &str) -> &'static IndicatorTable {
    embedded_table(voivodeship.parse().unwrap()).unwrap()
}

fn assessed(table: &IndicatorTable) -> Assessments {
    let peers: Vec<PeerGroup> = PeerSet::ALL.into_iter().map(PeerGroup::Set).collect();
    assess_all(table, &peers, &CheckedSettings::default()).unwrap()
}

fn value(table: &IndicatorTable, indicator: &str, code: &str, year: u16) -> f64 {
    match table.cell(indicator, unit(code), Year::constant(year)) {
        Some(Cell::Value(value)) => value,
        other => panic!("{indicator} of {code} in {year}: {other:?}"),
    }
}

#[test]
fn population_added_up_is_the_published_one() {
    let published = table("population_gminas_28").unwrap();
    let texts = |name: &str| published.column(name).unwrap().str().unwrap().clone();
    let (codes, levels) = (texts("teryt"), texts("level"));
    let years = published.column("year").unwrap().i32().unwrap().clone();
    let people = published.column("population").unwrap().u32().unwrap().clone();
    let mut compared = 0;
    for row in 0..published.height() {
        if levels.get(row) == Some("part") {
            continue;
        }
        let found =
            value(public("28"), "population", codes.get(row).unwrap(), years.get(row).unwrap() as u16);
        assert!((found - f64::from(people.get(row).unwrap())).abs() < 0.5, "{:?}", codes.get(row));
        compared += 1;
    }
    assert_eq!(compared, 138 * 10);
    // GUS, 31 XII 2021 by subregion
    let subregions = ["PL621", "PL622", "PL623"].map(|code| value(public("28"), "population", code, 2021));
    assert_eq!(subregions.map(|people| people.round() as i64), [503_531, 595_895, 275_273]);
}

#[test]
fn own_revenue_per_head_is_the_published_sum_over_the_published_people() {
    let revenue = table("own_revenue_28").unwrap();
    let codes = revenue.column("teryt").unwrap().str().unwrap().clone();
    let years = revenue.column("year").unwrap().i32().unwrap().clone();
    let zloty = revenue.column("own_revenue").unwrap().f64().unwrap().clone();
    for row in 0..revenue.height() {
        let (code, year) = (codes.get(row).unwrap(), years.get(row).unwrap() as u16);
        let expected = zloty.get(row).unwrap() / value(public("28"), "population", code, year);
        let found = value(public("28"), "own_revenue_per_head", code, year);
        assert!((found / expected - 1.0).abs() < 1e-12, "{code} {year}");
    }
    assert_eq!(revenue.height(), 138 * 3);
}

#[test]
fn all_116_gminas_of_28_and_all_183_of_12_are_assessed() {
    let warmia = assessed(public("28"));
    assert_eq!(warmia.units.len(), 116 + 21 + 3 + 1);
    for found in &warmia.units {
        assert_eq!(found.indicators.len(), 12, "{}", found.unit);
        assert!(found.gaps.is_empty(), "{}", found.unit);
    }
    let malopolska = assessed(public("12"));
    assert_eq!(malopolska.units.len(), 183);
    let gaps: BTreeSet<(String, &str)> = malopolska
        .units
        .iter()
        .flat_map(|found| found.gaps.iter().map(|gap| (found.unit.to_string(), gap.indicator.as_str())))
        .collect();
    let expected = [
        ("1207052".to_owned(), "population_change_10y"),
        ("1207132".to_owned(), "beneficiaries_per_10k"),
        ("1207132".to_owned(), "population_change_10y"),
    ];
    assert_eq!(gaps, BTreeSet::from(expected));
    let missing =
        |rule: &FlagRule| matches!(rule, FlagRule::MissingValue { reason: Missing::NotReported, .. });
    let flagged =
        malopolska.units.iter().flat_map(|found| &found.flags).filter(|flag| missing(&flag.rule)).count();
    assert_eq!(flagged, 3);
    // equal names are two units
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    malopolska.units.iter().for_each(|found| *names.entry(&found.name).or_default() += 1);
    assert_eq!(names["Bochnia"], 2);
    // nobody has a place among peers without a value, and places are those of a full order with ties
    let population: Vec<usize> =
        malopolska.units.iter().map(|found| found.indicators[0].standings[0].place.unwrap().rank).collect();
    assert_eq!(population.iter().min().copied(), Some(1));
    let ties = malopolska.units.iter().flat_map(|found| &found.indicators).flat_map(|m| &m.standings);
    assert!(ties.filter_map(|standing| standing.place).any(|place| place.ties > 0));
}

#[test]
fn the_frame_has_a_row_for_every_standing() {
    let found = assessed(public("12"));
    let standings: usize =
        found.units.iter().flat_map(|unit| &unit.indicators).map(|m| m.standings.len().max(1)).sum();
    let frame = frame(&found).unwrap();
    assert_eq!(frame.height(), standings);
    for column in
        ["unit", "value", "n", "median", "percentile", "rank", "ties", "course", "flags", "without_value"]
    {
        assert!(frame.column(column).is_ok(), "{column}");
    }
    // the three missing values, once for each set of peers of their gmina: voivodeship, powiat, kind
    assert_eq!(frame.column("value").unwrap().null_count(), 3 * 3);
}

#[test]
fn units_are_selected_by_code_name_and_list() {
    let table = embedded_table_for("gminas:2816").unwrap();
    let units = select(table, "gminas:2816, 281603, Olsztyn (1)").unwrap();
    assert_eq!(units.len(), 5);
    let found = assess_units(table, &units, &[], &CheckedSettings::default()).unwrap();
    assert_eq!(found.units.len(), 5);
    assert!(embedded_table_for("2206").unwrap_err().to_string().contains("only of 12 (gminas) and 28"));
    assert!(embedded_table_for("28,gminas:12").unwrap_err().to_string().contains("ask for one at a time"));
    let none = select(table, "1201")
        .and_then(|units| Ok(assess_units(table, &units, &[], &CheckedSettings::default())?));
    assert!(none.unwrap_err().to_string().contains("the table has no unit 1201"));
}

#[test]
fn assessments_are_the_same_bytes_every_time() {
    let text = |table| serde_json::to_string(&assessed(table)).unwrap();
    assert_eq!(text(public("28")), text(public("28")));
}
