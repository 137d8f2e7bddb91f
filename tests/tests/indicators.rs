//! The indicator catalogue against figures that others have published: Eurostat's
//! structure indicators of Poland, PL6 and the subregions of PL62, and the ageing
//! figures and indicator base of ROPS Kraków.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "functions beside the tests read the source files and say what is skipped"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use diagnoza_core::demography::{AgeRange, AgeStructure, Sexes};
use diagnoza_core::resources::catalogue::{
    DOUBLE_AGEING, FEMINISATION, MEDIAN_AGE, OLD_DEPENDENCY, POTENTIAL_SUPPORT, SHARE_60_PLUS, SHARE_65_PLUS,
    SHARE_80_PLUS, TOTAL_DEPENDENCY, YOUNG_DEPENDENCY, evaluate,
};

const POPULATIONS: &str = "eurostat/pl62_demo_r_pjangrp3_2014_2022_preCensusVintage.tsv";
const INDICATORS: &str = "eurostat/pl62_demo_r_pjanind3_2014_2021.tsv";

/// Text of a source file, or `None` with a word about it where the files are not.
fn shared(path: &str) -> Option<String> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    if !root.is_dir() {
        println!("skipped: ../shared/data is absent, so {path} is not compared");
        return None;
    }
    Some(std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// Rows without the header; the rows used here quote no separator.
fn rows(text: &str, separator: char) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(move |line| line.split(separator).map(str::trim).collect())
}

fn ages(text: &str) -> AgeRange {
    text.parse().unwrap()
}

/// Within half a unit of the last decimal published; 1e-9 for a border that is
/// no binary number.
fn rounds_to(value: f64, published: &str) -> bool {
    let decimals = published.split_once('.').map_or(0, |(_, after)| after.len());
    let unit = 10_f64.powi(-i32::try_from(decimals).unwrap());
    let number: f64 = published.parse().unwrap();
    (value - number).abs() <= unit / 2.0 + 1e-9
}

type Place = (String, u16);
type Group = (Sexes, AgeRange, f64);
type Structures = BTreeMap<Place, AgeStructure>;

/// Eurostat's 5-year groups by sex on 1 January, with `85+` beside `85-89` and `90+`.
fn eurostat(text: &str) -> Structures {
    let mut groups: BTreeMap<Place, Vec<Group>> = BTreeMap::new();
    for row in rows(text, '\t').filter(|row| row[2] != "UNK" && !row[4].is_empty()) {
        let label = match row[2] {
            "TOTAL" => "0+".to_owned(),
            "Y_LT5" => "0-4".to_owned(),
            other => other
                .strip_prefix("Y_GE")
                .map_or_else(|| other.trim_start_matches('Y').to_owned(), |first| format!("{first}+")),
        };
        let place = (row[0].to_owned(), row[3].parse().unwrap());
        let group = (row[1].parse().unwrap(), ages(&label), row[4].parse().unwrap());
        groups.entry(place).or_default().push(group);
    }
    groups.into_iter().map(|(place, groups)| (place, AgeStructure::from_groups(groups).unwrap())).collect()
}

/// How many published figures of a code were compared, and those that do not
/// round to what is computed.
fn compare(
    published: &str,
    structures: &Structures,
    code: &str,
    compute: impl Fn(&AgeStructure) -> f64,
) -> (usize, Vec<String>) {
    let (mut compared, mut off) = (0, Vec::new());
    for row in rows(published, '\t').filter(|row| row[1] == code && !row[4].is_empty()) {
        let place = (row[0].to_owned(), row[3].parse().unwrap());
        let value = compute(&structures[&place]);
        compared += 1;
        if !rounds_to(value, row[4]) {
            off.push(format!("{place:?}: published {}, computed {value}", row[4]));
        }
    }
    (compared, off)
}

#[test]
fn eurostat_structure_indicators_2014_2021_are_reproduced_to_their_decimal() {
    let (Some(populations), Some(published)) = (shared(POPULATIONS), shared(INDICATORS)) else {
        return;
    };
    let structures = eurostat(&populations);
    for (code, indicator) in [
        ("PC_FM", &FEMINISATION),
        ("YOUNGDEP1", &YOUNG_DEPENDENCY),
        ("OLDDEP1", &OLD_DEPENDENCY),
        ("DEPRATIO1", &TOTAL_DEPENDENCY),
        ("MEDAGEPOP", &MEDIAN_AGE),
        ("PC_Y60_MAX", &SHARE_60_PLUS),
        ("PC_Y65_MAX", &SHARE_65_PLUS),
        ("PC_Y80_MAX", &SHARE_80_PLUS),
    ] {
        let found = compare(&published, &structures, code, |people| evaluate(indicator, people).unwrap());
        assert_eq!(found, (48, vec![]), "{code} as {}", indicator.id);
    }
    for (code, sexes) in [("FMEDAGEPOP", Sexes::Female), ("MMEDAGEPOP", Sexes::Male)] {
        let found = compare(&published, &structures, code, |people| people.median_age(sexes).unwrap().years);
        assert_eq!(found, (48, vec![]), "{code}");
    }
}

#[test]
fn eurostat_age_shares_2014_2021_are_reproduced_to_their_decimal() {
    let (Some(populations), Some(published)) = (shared(POPULATIONS), shared(INDICATORS)) else {
        return;
    };
    let structures = eurostat(&populations);
    let mut codes: Vec<&str> = rows(&published, '\t').map(|row| row[1]).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut shares = 0;
    for code in codes {
        let Some(label) = code.strip_prefix("PC_Y") else {
            continue;
        };
        let range = ages(&label.replace("_MAX", "+").replace('_', "-"));
        let found = compare(&published, &structures, code, |people| {
            100.0 * people.persons(Sexes::Both, range).unwrap() / people.total(Sexes::Both).unwrap()
        });
        assert_eq!(found, (48, vec![]), "{code}");
        shares += 1;
    }
    assert_eq!(shares, 32);
}

/// Eurostat's other dependency ratios have other working ages: proof that the
/// comparison tells definitions apart. (Single figures may agree by chance: where
/// 20-24 and 60-64 are equally many, so are 20-59 and 25-64.)
#[test]
fn eurostat_variants_of_dependency_are_told_apart() {
    let (Some(populations), Some(published)) = (shared(POPULATIONS), shared(INDICATORS)) else {
        return;
    };
    let structures = eurostat(&populations);
    let variants = [
        ("DEPRATIO1", ages("15-64"), 48),
        ("DEPRATIO2", ages("20-59"), 48),
        ("DEPRATIO3", ages("20-64"), 48),
        ("DEPRATIO4", ages("25-64"), 6),
    ];
    for (code, right, figures) in variants {
        for (_, working, _) in variants {
            let (compared, off) = compare(&published, &structures, code, |people| {
                let workers = people.persons(Sexes::Both, working).unwrap();
                100.0 * (people.total(Sexes::Both).unwrap() - workers) / workers
            });
            assert_eq!(compared, figures, "{code}");
            assert_eq!(
                off.is_empty(),
                working == right,
                "{code} with {working}: {} of {figures} off",
                off.len()
            );
        }
    }
}

#[test]
fn rops_krakow_double_ageing_of_malopolska_2012_2021() {
    let Some(text) = shared("ozps/malopolska_ageing_2012_2021.csv") else {
        return;
    };
    let mut years = 0;
    for row in rows(&text, ',') {
        let people = AgeStructure::from_groups([
            (Sexes::Both, ages("60+"), row[2].parse().unwrap()),
            (Sexes::Both, ages("80+"), row[4].parse().unwrap()),
        ])
        .unwrap();
        let value = evaluate(&DOUBLE_AGEING, &people).unwrap();
        assert!(rounds_to(value, row[3]), "{}: {value}, published {}", row[0], row[3]);
        years += 1;
    }
    assert_eq!(years, 10);
}

/// ROPS Kraków publishes shares and ratios of 2024 without counts. The 65+ share
/// and the ageing index, both rounded, bound the potential support ratio.
#[test]
fn rops_krakow_potential_support_2024_lies_within_the_rounding_of_its_parts() {
    let Some(text) = shared("ozps/ioss_values_2024.csv") else {
        return;
    };
    let support = |old: f64, index: f64| {
        let young = 100.0 * old / index;
        let people = AgeStructure::from_groups([
            (Sexes::Both, ages("0-14"), young),
            (Sexes::Both, ages("15-64"), 100.0 - young - old),
            (Sexes::Both, ages("65+"), old),
        ])
        .unwrap();
        evaluate(&POTENTIAL_SUPPORT, &people).unwrap()
    };
    for powiat in ["bocheński", "brzeski"] {
        let values: BTreeMap<&str, f64> = rows(&text, ',')
            .filter(|row| row[0] == powiat)
            .map(|row| (row[1], row[2].parse().unwrap()))
            .collect();
        let (old, index) = (values["65+ %"], values["indeks starości"]);
        let low = support(old + 0.005, index - 0.5);
        let high = support(old - 0.005, index + 0.5);
        let published = values["potencjalne wsparcie"];
        assert!(
            low - 0.5 <= published && published <= high + 0.5,
            "{powiat}: {low} to {high}, published {published}"
        );
        assert!(high - low < 2.0, "{powiat}: bounds too wide to prove anything: {low} to {high}");
    }
}

/// GUS prints both sexes and men; women are the difference.
#[test]
fn gus_yearbook_2025_feminisation_of_warminsko_mazurskie() {
    let Some(text) = shared("yearbook_2025/warminsko_mazurskie_2024.csv") else {
        return;
    };
    // What a row holds stands in quotes before; then file, sheet, row, unit, values.
    let total = |sheet: &str, row: &str, place: usize| -> String {
        let fields = text.lines().filter_map(|line| line.rsplit('"').next());
        let mut fields = fields.map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let found = fields.find(|cells| cells.len() > place && cells[2] == sheet && cells[3] == row);
        found.unwrap_or_else(|| panic!("{sheet}, row {row} is not there"))[place].clone()
    };
    let people = AgeStructure::from_groups([
        (Sexes::Both, AgeRange::ALL, total("Tabl. 16", "27", 5).parse().unwrap()),
        (Sexes::Male, AgeRange::ALL, total("Tabl. 16", "47", 5).parse().unwrap()),
    ])
    .unwrap();
    let published = total("Tabl. XII", "74", 6);
    let value = evaluate(&FEMINISATION, &people).unwrap();
    assert!(rounds_to(value, &published), "{value}, published {published}");
}

/// Gminas of 28 on 31 XII 2020 (2011-census basis): `70+` and `0-14` overlap the
/// 5-year groups and must agree with them; the gminas weigh up to the whole.
#[test]
fn gus_overlapping_groups_of_gminas_2020_agree_and_weigh_up() {
    let Some(text) = shared("population/gmina_age_2020_nsp2011_basis.csv") else {
        return;
    };
    let header = text.lines().next().unwrap();
    let groups: Vec<AgeRange> = header
        .split(',')
        .skip(2)
        .map(|label| ages(&label.replace("ogółem", "0+").replace(" i więcej", "+")))
        .collect();
    // The last digit 4 or 5 is the town or the rural part of an urban-rural gmina.
    let whole = rows(&text, ',').filter(|row| !row[0].ends_with(['4', '5']));
    let (mut gminas, mut old, mut oldest, mut weighed) = (0, 0.0, 0.0, 0.0);
    for row in whole {
        let counts = groups.iter().zip(&row[2..]);
        let counts = counts.map(|(&ages, count)| (Sexes::Both, ages, count.parse().unwrap()));
        let people = AgeStructure::from_groups(counts).unwrap_or_else(|error| panic!("{}: {error}", row[1]));
        let count = |label: &str| people.persons(Sexes::Both, ages(label)).unwrap();
        old += count("60+");
        oldest += count("80+");
        weighed += count("60+") * evaluate(&DOUBLE_AGEING, &people).unwrap();
        gminas += 1;
    }
    assert_eq!(gminas, 116);
    let difference: f64 = (weighed - 100.0 * oldest) / old;
    assert!(difference.abs() < 1e-9, "{difference}");
}
