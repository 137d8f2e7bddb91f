//! Tables of Eurostat.

use std::collections::BTreeMap;

use crate::columns::{floats, ints, table, texts};

#[test]
fn eurostat_ages_and_sexes_sum_to_totals() {
    for (name, value, tops) in [
        ("eurostat_population", "population", &["90+"][..]),
        ("eurostat_deaths", "deaths", &["90+"]),
        ("eurostat_population_broad", "population", &["65+"]),
    ] {
        let frame = table(name);
        let (geo, sex, group) = (texts(&frame, "geo"), texts(&frame, "sex"), texts(&frame, "group"));
        let (year, to, counts) = (ints(&frame, "year"), ints(&frame, "age_to"), ints(&frame, value));
        let mut gap: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
        let mut sexes: BTreeMap<(&str, &str, i64), i64> = BTreeMap::new();
        // The edition before the census has totals only.
        let edition = frame.column("edition").map(|_| texts(&frame, "edition"));
        for row in 0..frame.height() {
            if edition.as_ref().is_ok_and(|edition| edition[row] == "pre_census") {
                continue;
            }
            let key = (geo[row].as_str(), sex[row].as_str(), year[row]);
            if group[row] == "TOTAL" {
                *gap.entry(key).or_default() -= counts[row];
            } else if to[row] != i64::MIN || tops.contains(&group[row].as_str()) {
                *gap.entry(key).or_default() += counts[row];
            }
            if counts[row] != i64::MIN {
                let sign = if sex[row] == "T" { -1 } else { 1 };
                *sexes.entry((&geo[row], &group[row], year[row])).or_default() += sign * counts[row];
            }
        }
        assert!(gap.len() > 100, "{name}");
        assert_eq!(gap.iter().find(|(_, gap)| **gap != 0), None, "{name}: ages");
        assert_eq!(sexes.iter().find(|(_, gap)| **gap != 0), None, "{name}: sexes");
    }
}

#[test]
fn eurostat_deaths_are_the_same_in_both_of_its_tables() {
    let by_age = table("eurostat_deaths");
    let (geo, sex, group) = (texts(&by_age, "geo"), texts(&by_age, "sex"), texts(&by_age, "group"));
    let (year, deaths) = (ints(&by_age, "year"), ints(&by_age, "deaths"));
    let totals = table("eurostat_births_deaths");
    let expected: BTreeMap<(String, i64), i64> =
        texts(&totals, "geo").into_iter().zip(ints(&totals, "year")).zip(ints(&totals, "deaths")).collect();
    let rows = (0..by_age.height()).filter(|&row| sex[row] == "T" && group[row] == "TOTAL");
    let mut checked = 0;
    for row in rows {
        assert_eq!(expected[&(geo[row].clone(), year[row])], deaths[row], "{} {}", geo[row], year[row]);
        checked += 1;
    }
    assert_eq!(checked, 6 * 9);
}

#[test]
fn fertility_rates_sum_to_the_published_total() {
    let frame = table("asfr_poland");
    let (year, group, rate) = (ints(&frame, "year"), texts(&frame, "group"), floats(&frame, "rate"));
    let mut gap: BTreeMap<i64, f64> = BTreeMap::new();
    for row in 0..frame.height() {
        *gap.entry(year[row]).or_default() += match group[row].as_str() {
            "TOTAL" => -rate[row],
            "10-14" => 5.0 * rate[row],
            "50+" => 0.0,
            _ => rate[row],
        };
    }
    // 35 single ages and five times 10-14, each rounded to 5 decimals: at most (35 + 5) x 0.000005, and the total's own.
    assert_eq!(gap.len(), 34);
    assert!(gap.values().all(|gap| gap.abs() <= 41.0 * 0.000_005 + 1e-12), "{gap:?}");
}
