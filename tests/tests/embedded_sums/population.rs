//! Observed population.

use std::collections::BTreeMap;

use crate::columns::{ints, table, texts};

#[test]
fn observed_gminas_sum_to_powiats_and_the_voivodeship() {
    let frame = table("population_gminas_28");
    let (teryt, level) = (texts(&frame, "teryt"), texts(&frame, "level"));
    let (year, population) = (ints(&frame, "year"), ints(&frame, "population"));
    let mut published = BTreeMap::new();
    let mut sums: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        published.insert((teryt[row].as_str(), year[row]), population[row]);
        let parent = match level[row].as_str() {
            "voivodeship" => continue,
            "powiat" => &teryt[row][..2],
            "gmina" => &teryt[row][..4],
            // Towns and rural areas: to the six digits of their gmina.
            _ => &teryt[row][..6],
        };
        *sums.entry((parent, year[row])).or_default() += population[row];
    }
    for (&(parent, year), &sum) in &sums {
        let code = if parent.len() == 6 { format!("{parent}3") } else { parent.to_owned() };
        assert_eq!(published[&(code.as_str(), year)], sum, "{code} {year}");
    }
    assert_eq!(sums.keys().filter(|(code, year)| code.len() == 4 && *year == 2024).count(), 21);
    assert_eq!(published[&("28", 2020)], 1_385_622, "the 2021-census figure, not the withdrawn 1,416,495");

    let ages = table("population_powiats_age_28");
    let (teryt, group) = (texts(&ages, "teryt"), texts(&ages, "group"));
    let (year, population) = (ints(&ages, "year"), ints(&ages, "population"));
    let mut totals: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in (0..ages.height()).filter(|&row| group[row] == "TOTAL" && year[row] >= 2015) {
        *totals.entry((teryt[row].as_str(), year[row])).or_default() += population[row];
    }
    assert_eq!(totals.len(), 21 * 10);
    for (key, total) in totals {
        assert_eq!(published[&key], total, "{key:?}: females and males");
    }
}

#[test]
fn stock_of_2021_by_subregion_is_that_of_gus() {
    let register = table("register");
    let (code, nuts3) = (texts(&register, "code"), texts(&register, "nuts3"));
    let subregion: BTreeMap<&str, &str> = code
        .iter()
        .zip(&nuts3)
        .filter(|(_, nuts)| !nuts.is_empty())
        .map(|(c, n)| (c.as_str(), n.as_str()))
        .collect();
    let frame = table("population_gminas_28");
    let (teryt, level) = (texts(&frame, "teryt"), texts(&frame, "level"));
    let (year, population) = (ints(&frame, "year"), ints(&frame, "population"));
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for row in (0..frame.height()).filter(|&row| level[row] == "gmina" && year[row] == 2021) {
        *sums.entry(subregion[&teryt[row][..4]]).or_default() += population[row];
    }
    let expected = [("PL621", 503_531), ("PL622", 595_895), ("PL623", 275_273)];
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(expected.iter().map(|(_, persons)| persons).sum::<i64>(), 1_374_699);
}

#[test]
fn ages_of_gminas_in_2020_sum_to_their_totals() {
    let frame = table("population_gminas_age_2020");
    let (teryt, level, group) = (texts(&frame, "teryt"), texts(&frame, "level"), texts(&frame, "group"));
    let population = ints(&frame, "population");
    let mut gap: BTreeMap<&str, i64> = BTreeMap::new();
    let mut total = 0;
    for row in 0..frame.height() {
        let sign = if group[row] == "TOTAL" { -1 } else { 1 };
        *gap.entry(&teryt[row]).or_default() += sign * population[row];
        if group[row] == "TOTAL" && level[row] == "gmina" {
            total += population[row];
        }
    }
    assert_eq!(gap.len(), 184);
    assert!(gap.values().all(|gap| *gap == 0));
    assert_eq!(total, 1_416_495, "GUS's first, later withdrawn figure of 31 XII 2020");
}
