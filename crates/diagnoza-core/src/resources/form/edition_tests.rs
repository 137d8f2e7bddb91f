use std::collections::BTreeMap;

use super::*;
use crate::demography::{AgeRange, Sexes};
use crate::resources::catalogue::Part;
use crate::resources::form::{Content, edition, edition_for, editions};

fn spec() -> EditionSpec {
    edition("ozps_2012_2014").unwrap().spec().clone()
}

fn first_row(spec: &mut EditionSpec) -> &mut Row {
    &mut spec.chapters[0].rows[0]
}

#[test]
fn every_shipped_edition_is_read_and_none_overlaps_another() {
    let names: Vec<&str> = editions().iter().map(Edition::name).collect();
    assert_eq!(names, ["ozps_2011", "ozps_2012_2014", "ozps_2015_2016", "ozps_2017"]);
    for year in 2011..=2030 {
        let year = Year::new(year).unwrap();
        assert_eq!(editions().iter().filter(|edition| edition.covers(year)).count(), 1, "{year}");
    }
    assert_eq!(edition_for(Year::new(2010).unwrap()), None);
}

#[test]
fn editions_are_found_by_name_by_years_and_by_year() {
    for name in ["ozps_2012_2014", "2012-2014", "2012", "2013", "2014", "OZPS 2012-2014"] {
        assert_eq!(edition(name).unwrap().name(), "ozps_2012_2014", "{name}");
    }
    let message = edition("2010").unwrap_err().to_string();
    assert!(message.contains("'2010'") && message.contains("ozps_2017"), "{message}");
}

#[test]
fn the_known_edition_has_the_rows_that_were_read_and_says_how_surely() {
    let known = edition("2014").unwrap();
    let rows: Vec<u16> = known.rows().map(|(_, row)| row.number).collect();
    assert_eq!(rows, (1..=24).collect::<Vec<_>>());
    let identities: Vec<String> = known.identities().iter().map(Identity::to_string).collect();
    assert_eq!(identities, ["1=2+6", "2=3+4+5", "6=7+8+9", "10>=11", "10>=12", "13>=15"]);
    for (id, row) in known.rows() {
        assert_eq!((row.status, row.details), (Status::Verbatim, Status::Inferred), "{id}");
        assert!(!row.source.is_empty() && !row.label_en.clone().unwrap().is_empty(), "{id}");
        assert_eq!(row.content == Content::Text, row.number == 22);
        assert_eq!(row.input.is_none(), row.number == 22);
    }
    assert!(!known.chapter("2").unwrap().complete);
    assert!(!edition("2017").unwrap().has_rows());
}

#[test]
fn population_inputs_are_the_words_of_the_catalogue() {
    let part = |sexes, ages: &str| Part { sexes, ages: ages.parse::<AgeRange>().unwrap() }.to_string();
    let expected: BTreeMap<u16, String> = [
        (1, part(Sexes::Both, "0+")),
        (2, part(Sexes::Female, "0+")),
        (3, part(Sexes::Female, "0-17")),
        (4, part(Sexes::Female, "18-59")),
        (5, part(Sexes::Female, "60+")),
        (6, part(Sexes::Male, "0+")),
        (7, part(Sexes::Male, "0-17")),
        (8, part(Sexes::Male, "18-64")),
        (9, part(Sexes::Male, "65+")),
    ]
    .into();
    for (id, row) in edition("2014").unwrap().rows().take(9) {
        assert_eq!(row.input.as_ref(), expected.get(&row.number), "{id}");
    }
}

#[test]
fn editions_read_back_from_json_and_toml() {
    for known in editions() {
        let json = serde_json::to_string(known).unwrap();
        assert_eq!(&serde_json::from_str::<Edition>(&json).unwrap(), known);
        let toml = toml::to_string(known.spec()).unwrap();
        assert_eq!(&Edition::from_toml(&toml).unwrap(), known, "{toml}");
    }
}

#[test]
fn every_contradiction_is_listed_at_once() {
    let mut spec = spec();
    spec.name = "OZPS 2014".to_owned();
    spec.last_year = Year::new(2011).ok();
    spec.unit_kinds.clear();
    spec.chapters[1].number = "2".to_owned();
    spec.chapters[2].number = "III".to_owned();
    spec.chapters[3].columns.reverse();
    spec.chapters[4].title.clear();
    spec.chapters[0].columns.pop();
    let row = first_row(&mut spec);
    row.label.clear();
    row.identity = "1=2+77; 1".to_owned();
    row.not_applicable = vec![Column::Forecast2];
    spec.chapters[0].rows[1].number = 3;
    spec.chapters[0].rows[3].identity = "4>=22".to_owned();
    spec.chapters[0].rows[4].input = Some("women 18-59".to_owned());
    spec.chapters[0].rows[5].input = Some(" ".to_owned());
    spec.chapters[0].rows[21].input = Some("reasons".to_owned());
    let Err(EditionError::Faults { faults, .. }) = spec.check() else { unreachable!("faults were put in") };
    let text = EditionError::Faults { edition: "OZPS 2014".to_owned(), faults: faults.clone() }.to_string();
    for says in [
        "'OZPS 2014' is not",
        "2011 comes before",
        "unit_kinds is empty",
        "chapter 2 stands twice",
        "'III'",
        "columns of chapter 4",
        "chapter 5 has no title",
        "row 2:1 has no label",
        "not_applicable names forecast_2",
        "no =, >=",
        "row 2:3 stands twice",
        "speaks of row 2:22, which holds texts",
        "names the input 'women 18-59', which row 2:4 holds",
        "input of row 2:6 is empty",
        "row 2:22 holds texts",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[test]
fn files_that_are_no_edition_say_where() {
    let message = Edition::from_toml("format = \"diagnoza-form/1\"\nnam = \"x\"\n").unwrap_err().to_string();
    assert!(message.contains("line 2") && message.contains("nam"), "{message}");
    assert!(Edition::from_toml("").is_err());
}
