//! Rates that stand as reference beside the project's own: fertility of the region, the UN's assumptions.

use std::collections::BTreeMap;

use polars::frame::DataFrame;

use crate::columns::{floats, ints, table, texts};

fn gaps(frame: &DataFrame, column: &str) -> Vec<Option<f64>> {
    frame.column(column).unwrap().f64().unwrap().iter().collect()
}

#[test]
fn fertility_of_the_region_is_the_same_in_both_of_eurostats_tables() {
    let region = table("eurostat_region_rates");
    let by_year: BTreeMap<i64, f64> = ints(&region, "year").into_iter().zip(floats(&region, "tfr")).collect();
    let frame = table("eurostat_fertility");
    let (geo, year, tfr) = (texts(&frame, "geo"), ints(&frame, "year"), gaps(&frame, "tfr"));
    let (mean, median) = (gaps(&frame, "mean_age"), gaps(&frame, "median_age"));
    let mut compared = 0;
    for row in 0..frame.height() {
        // 2013 is published for the regions only.
        assert_eq!(tfr[row].is_none(), year[row] == 2013 && geo[row].len() == 5, "row {row}");
        assert_eq!(tfr[row].is_none(), mean[row].is_none(), "row {row}");
        assert!((28.0..31.0).contains(&median[row].unwrap()));
        if geo[row] == "PL62" {
            // Both are rounded to 0.01.
            assert!((tfr[row].unwrap() - by_year[&year[row]]).abs() <= 0.01 + 1e-9, "{}", year[row]);
            compared += 1;
        }
    }
    assert_eq!(compared, 6);
}

#[test]
fn the_uns_medium_variant_lies_inside_its_intervals() {
    let frame = table("wpp2024_poland");
    let (measure, sex, year) = (texts(&frame, "measure"), texts(&frame, "sex"), ints(&frame, "year"));
    let value = floats(&frame, "value");
    let bounds = ["lower_95", "lower_80", "upper_80", "upper_95"].map(|name| gaps(&frame, name));
    let mut e0: BTreeMap<(i64, &str), f64> = BTreeMap::new();
    for row in 0..frame.height() {
        let of_row = bounds.each_ref().map(|bound| bound[row]);
        assert_eq!(of_row.map(|b| b.is_none()), [measure[row] == "sex_ratio_at_birth"; 4], "row {row}");
        if let [Some(l95), Some(l80), Some(u80), Some(u95)] = of_row {
            assert!(l95 < l80 && l80 < value[row] && value[row] < u80 && u80 < u95, "row {row}");
        }
        if measure[row] == "life_expectancy" {
            e0.insert((year[row], &sex[row]), value[row]);
        }
    }
    assert_eq!(e0.len(), 77 * 3);
    for year in 2024..=2100 {
        assert!(e0[&(year, "M")] < e0[&(year, "T")] && e0[&(year, "T")] < e0[&(year, "F")], "{year}");
    }
    // The source: 82.4867 and 75.0972.
    assert!((e0[&(2024, "F")] - 82.49).abs() < 0.005 && (e0[&(2024, "M")] - 75.10).abs() < 0.005);
}
