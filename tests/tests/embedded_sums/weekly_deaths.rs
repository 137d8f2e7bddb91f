//! Deaths by ISO year.

use std::collections::BTreeMap;

use crate::columns::{ints, table, texts};

#[test]
fn deaths_of_iso_years_sum_over_ages_sexes_and_subregions() {
    let frame = table("deaths_iso_year");
    let (geo, sex, group) = (texts(&frame, "geo"), texts(&frame, "sex"), texts(&frame, "group"));
    let (year, deaths) = (ints(&frame, "iso_year"), ints(&frame, "deaths"));
    let mut ages: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
    let mut sexes: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
    let mut places: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        let (geo, sex, group, year) = (geo[row].as_str(), sex[row].as_str(), group[row].as_str(), year[row]);
        let signed = |whole: bool| if whole { -deaths[row] } else { deaths[row] };
        *ages.entry((geo, sex, year)).or_default() += signed(group == "TOTAL");
        *sexes.entry((geo, group, year)).or_default() += signed(sex == "T");
        if geo != "PL" {
            *places.entry((sex, group, year)).or_default() += signed(geo == "PL62");
        }
    }
    for gaps in [ages, sexes, places] {
        assert!(gaps.len() > 300);
        assert_eq!(gaps.iter().find(|(_, gap)| **gap != 0), None);
    }
}

/// An ISO year and a calendar year share all but a few days: at most four at either end, 2.2 % of the year.
#[test]
fn deaths_of_iso_years_are_near_those_eurostat_gives_for_calendar_years() {
    let totals = table("eurostat_births_deaths");
    let calendar: BTreeMap<(String, i64), i64> =
        texts(&totals, "geo").into_iter().zip(ints(&totals, "year")).zip(ints(&totals, "deaths")).collect();
    let frame = table("deaths_iso_year");
    let (geo, sex, group) = (texts(&frame, "geo"), texts(&frame, "sex"), texts(&frame, "group"));
    let (year, deaths) = (ints(&frame, "iso_year"), ints(&frame, "deaths"));
    let mut checked = 0;
    for row in (0..frame.height()).filter(|&row| sex[row] == "T" && group[row] == "TOTAL") {
        if let Some(&whole) = calendar.get(&(geo[row].clone(), year[row])) {
            let gap = (deaths[row] - whole).abs();
            assert!(gap * 1000 <= whole * 22, "{} {}: {gap} of {whole}", geo[row], year[row]);
            checked += 1;
        }
    }
    assert_eq!(checked, 5 * 22);
}
