//! Life tables, own revenue and the yearbook.

use std::collections::BTreeMap;

use crate::columns::{floats, ints, table, texts};

#[test]
fn hmd_survivors_less_deaths_are_the_next_survivors() {
    let frame = table("hmd_poland");
    let age = ints(&frame, "age");
    let (lx, dx) = (ints(&frame, "lx"), ints(&frame, "dx"));
    let (big_l, big_t) = (ints(&frame, "Lx"), ints(&frame, "Tx"));
    for row in 0..frame.height() {
        if age[row] == 0 {
            assert_eq!(lx[row], 100_000);
        }
        if age[row] == 110 {
            assert_eq!((lx[row], big_l[row]), (dx[row], big_t[row]), "open age: everyone dies in it");
            continue;
        }
        // lx, dx, Lx and Tx are rounded to whole numbers each.
        assert!((lx[row] - dx[row] - lx[row + 1]).abs() <= 1, "row {row}");
        assert!((big_t[row] - big_l[row] - big_t[row + 1]).abs() <= 1, "row {row}");
    }
}

#[test]
fn own_revenue_sums_to_the_grosz() {
    let frame = table("own_revenue_28");
    let (teryt, level, year) = (texts(&frame, "teryt"), texts(&frame, "level"), ints(&frame, "year"));
    let grosze: Vec<i64> =
        floats(&frame, "own_revenue").iter().map(|zloty| (zloty * 100.0).round() as i64).collect();
    let mut gap: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for row in 0..frame.height() {
        let (own, parent) = match level[row].as_str() {
            "voivodeship" => (Some("28"), None),
            "powiat" => (Some(&teryt[row][..]), Some("28")),
            _ => (None, Some(&teryt[row][..4])),
        };
        if let Some(own) = own {
            *gap.entry((own, year[row])).or_default() -= grosze[row];
        }
        if let Some(parent) = parent {
            *gap.entry((parent, year[row])).or_default() += grosze[row];
        }
    }
    assert_eq!(gap.len(), 22 * 3);
    assert!(gap.values().all(|gap| *gap == 0), "{gap:?}");
    assert_eq!(grosze[0], 264_327_872_878);
}

#[test]
fn yearbook_gives_what_gus_printed_for_2024() {
    let frame = table("yearbook_2025");
    let columns = ["measure", "code", "area", "sex", "group"].map(|column| texts(&frame, column));
    let (year, value) = (ints(&frame, "year"), floats(&frame, "value"));
    let figure = |key: [&str; 5]| {
        let mut rows = (0..frame.height()).filter(|&row| {
            year[row] == 2024 && columns.iter().zip(key).all(|(column, text)| column[row] == text)
        });
        let row = rows.next().unwrap();
        assert_eq!(rows.next(), None);
        value[row]
    };
    let near = |key: [&str; 5], printed: f64| assert!((figure(key) - printed).abs() < 1e-9, "{key:?}");
    near(["life_expectancy", "28", "total", "M", "0"], 74.29);
    near(["life_expectancy", "28", "total", "F", "0"], 81.84);
    near(["tfr", "28", "total", "F", "TOTAL"], 1.045);
    near(["asfr", "28", "total", "F", "25-29"], 73.5);
    let all = figure(["population", "28", "total", "T", "TOTAL"]);
    let balances = table("population_gminas_28");
    let (teryt, years) = (texts(&balances, "teryt"), ints(&balances, "year"));
    let row = (0..balances.height()).find(|&row| teryt[row] == "28" && years[row] == 2024).unwrap();
    assert_eq!(all.round() as i64, ints(&balances, "population")[row]);
}
