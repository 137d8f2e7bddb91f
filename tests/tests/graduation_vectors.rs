//! Graduation against DemoTools and ungroup: females of Poland 2020 in five-year groups
//! (`shared/vectors/graduation`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::graduation::{
    Graduation, GraduationMethod, GroupTotals, NegativeAges, graduate,
};
use diagnoza_tests::shared;

type Columns = Vec<(GraduationMethod, Vec<f64>)>;

/// Counts, first ages of the groups, and single ages by method.
fn poland() -> Option<(Vec<f64>, Vec<u8>, Columns)> {
    let folder = shared("vectors/graduation")?;
    let rows = |file: &str| -> Vec<Vec<f64>> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect()
    };
    let groups = rows("in_poland_females_2020_5yr.csv");
    let single = rows("out_single_age.csv");
    let methods = [
        GraduationMethod::Sprague,
        GraduationMethod::BeersOrdinary,
        GraduationMethod::BeersModified,
        GraduationMethod::Grabill,
        GraduationMethod::Mono,
        GraduationMethod::Uniform,
        GraduationMethod::Pclm,
    ];
    let column = |i: usize| single.iter().map(|row| row[i + 1]).collect();
    Some((
        groups.iter().map(|row| row[1]).collect(),
        groups.iter().map(|row| row[0] as u8).collect(),
        methods.into_iter().enumerate().map(|(i, method)| (method, column(i))).collect(),
    ))
}

#[test]
fn matches_demotools_for_females_of_poland_2020() {
    let Some((counts, ages, columns)) = poland() else { return };
    for (method, expected) in columns {
        let tolerance = if method == GraduationMethod::Pclm { 1e-3 } else { 1e-6 };
        let as_the_tool =
            Graduation { totals: GroupTotals::AsMethod, negatives: NegativeAges::Allow, ..method.into() };
        let got = graduate(&counts, &ages, &as_the_tool).unwrap();
        assert_eq!(got.counts.len(), 101);
        let worst = got.counts.iter().zip(&expected).map(|(g, e)| (g / e - 1.0).abs()).fold(0.0, f64::max);
        println!("{method:?}: largest relative difference {worst:.1e}");
        assert!(worst < tolerance, "{method:?}: {worst}");
    }
}

#[test]
fn groups_keep_their_counts_by_every_method() {
    let Some((counts, ages, columns)) = poland() else { return };
    for (method, expected) in columns {
        let got = graduate(&counts, &ages, &method.into()).unwrap();
        for (group, count) in got.counts.chunks(5).zip(&counts) {
            let sum: f64 = group.iter().sum();
            assert!((sum - count).abs() <= 1e-9 * count, "{method:?}: {sum} {count}");
        }
        let moves = matches!(
            method,
            GraduationMethod::BeersModified | GraduationMethod::Grabill | GraduationMethod::Pclm
        );
        assert_eq!(got.adjusted.is_empty(), !moves, "{method:?}");
        if !moves {
            for (got, expected) in got.counts.iter().zip(&expected) {
                assert!((got / expected - 1.0).abs() < 1e-6, "{method:?}: {got} {expected}");
            }
        }
    }
}
