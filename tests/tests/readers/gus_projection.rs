use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use diagnoza_core::demography::scenario::Baseline;
use diagnoza_data::readers::Limits;
use diagnoza_data::readers::gus_projection::{self, GusProjection};
use polars::prelude::{DataFrame, DataType};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::files::{golden, shared};

const POWIAT: &str = "gus_projection_2023_2060";
const GMINA: &str = "gus_gmina_projection_2023_2040";

fn read(path: &Path, teryt: &str) -> GusProjection {
    gus_projection::read_path(path, teryt.parse().unwrap(), None, &Limits::default()).unwrap()
}

fn parquet(path: &Path) -> DataFrame {
    ParquetReader::new(File::open(path).unwrap()).finish().unwrap()
}

fn texts(frame: &DataFrame, name: &str) -> Vec<String> {
    let column = frame.column(name).unwrap();
    let texts = column.str().unwrap().iter();
    texts.map(|text| text.unwrap_or("null").to_owned()).collect()
}

fn numbers(frame: &DataFrame, name: &str) -> Vec<Option<i64>> {
    let column = frame.column(name).unwrap().cast(&DataType::Int64).unwrap();
    column.i64().unwrap().iter().collect()
}

/// (sex, age, year) -> persons.
fn by_age(frame: &DataFrame) -> BTreeMap<(String, i64, i64), i64> {
    let sexes = texts(frame, "sex");
    let (ages, years) = (numbers(frame, "age"), numbers(frame, "year"));
    let persons = numbers(frame, "population");
    let keys = sexes.into_iter().zip(ages).zip(years);
    keys.zip(persons)
        .map(|(((sex, age), year), persons)| ((sex, age.unwrap(), year.unwrap()), persons.unwrap()))
        .collect()
}

#[test]
fn powiat_and_voivodeship_workbooks_equal_the_published_tables() {
    for (table, workbooks) in [
        (
            "powiat_population.parquet",
            &["2808_main", "2808_low", "2808_high", "2816_main", "2816_low", "2816_high"][..],
        ),
        ("voivodeship_population.parquet", &["28_main"]),
    ] {
        let Some(table) = shared(&format!("{POWIAT}/{table}")) else {
            return;
        };
        let table = parquet(&table);
        let mut published: BTreeMap<(String, String), BTreeMap<_, _>> = BTreeMap::new();
        let (scenarios, codes, sexes) =
            (texts(&table, "scenario"), texts(&table, "teryt"), texts(&table, "sex"));
        let (ages, years) = (numbers(&table, "age"), numbers(&table, "year"));
        for (i, persons) in numbers(&table, "population").into_iter().enumerate() {
            let key = (sexes[i].clone(), ages[i].unwrap(), years[i].unwrap());
            published
                .entry((codes[i].clone(), scenarios[i].clone()))
                .or_default()
                .insert(key, persons.unwrap());
        }
        for workbook in workbooks {
            let (teryt, scenario) = workbook.split_once('_').unwrap();
            let Some(path) = shared(&format!("{POWIAT}/workbooks/{workbook}.xlsx")) else {
                return;
            };
            let book = read(&path, teryt);
            assert_eq!(book.scenario.word(), scenario);
            // GUS prints 50-44 for 50-54 in each of the three blocks of a powiat's five-year sheet.
            let misprints = if teryt == "28" { 0 } else { 3 };
            assert_eq!(book.notes.len(), misprints, "{:?}", book.notes);
            assert!(book.notes.iter().all(|note| note.contains("'50-44' read as 50-54")));
            let mut cells = by_age(&book.population);
            let expected = &published[&(teryt.to_owned(), scenario.to_owned())];
            // The published tables hold the sexes, the workbook the total as well.
            if !expected.keys().any(|(sex, _, _)| sex == "T") {
                cells.retain(|(sex, _, _), _| sex != "T");
            }
            assert_eq!(&cells, expected, "{workbook}");
            let open = if teryt == "28" { 100 } else { 90 };
            assert_eq!(book.population.height(), 3 * (open + 1) * 39, "{workbook}");
            assert_components(&book, &format!("{POWIAT}/components.csv"), &[scenario, teryt]);
        }
    }
}

#[test]
fn gmina_workbooks_equal_the_published_tables() {
    let (Some(tens), Some(selected)) = (
        shared(&format!("{GMINA}/gmina_population_10yr.parquet")),
        shared(&format!("{GMINA}/gmina_population_selected_groups.parquet")),
    ) else {
        return;
    };
    let (tens, selected) = (parquet(&tens), parquet(&selected));
    for (teryt, unit) in [("2808043", "Korsze (M-W)"), ("2816033", "Pisz (M-W)"), ("2862011", "m. Olsztyn")] {
        let Some(path) = shared(&format!("{GMINA}/workbooks/{teryt}.xlsx")) else {
            return;
        };
        let book = read(&path, teryt);
        assert_eq!((book.unit.as_str(), book.scenario), (unit, Baseline::Main));
        // GUS prints 50-49 for 50-59 in each of the three blocks.
        assert_eq!(book.notes.len(), 3, "{:?}", book.notes);
        assert!(book.notes[0].contains("row 14, column B: '50-49' read as 50-59"), "{}", book.notes[0]);

        let firsts = |group: &str| group.split(['-', '+']).next().unwrap().parse::<i64>().unwrap();
        let mut expected = BTreeMap::new();
        for (i, persons) in published(&tens, teryt) {
            if i.1 != "TOTAL" {
                expected.insert((i.0, firsts(&i.1), i.2), persons);
            }
        }
        assert_eq!(by_age(&book.population), expected, "{teryt}");

        // Selected groups: the same labels may stand twice, so both are compared as sorted lists.
        let mut expected: Vec<_> =
            published(&selected, teryt).into_iter().filter(|(key, _)| key.1 != "TOTAL").collect();
        let years = numbers(&book.groups, "year");
        let keys = texts(&book.groups, "sex").into_iter().zip(texts(&book.groups, "group")).zip(years);
        let mut cells: Vec<_> = keys
            .zip(numbers(&book.groups, "population"))
            .map(|(((sex, group), year), persons)| ((sex, group, year.unwrap()), persons.unwrap()))
            .collect();
        expected.sort();
        cells.sort();
        assert_eq!(cells, expected, "{teryt}");
        assert_components(&book, &format!("{GMINA}/gmina_components.csv"), &[teryt]);
    }
}

type Group = (String, String, i64);

fn published(table: &DataFrame, teryt: &str) -> Vec<(Group, i64)> {
    let codes = texts(table, "gmina");
    let (sexes, groups) = (texts(table, "sex"), texts(table, "age_group"));
    let (years, persons) = (numbers(table, "year"), numbers(table, "population"));
    (0..codes.len())
        .filter(|&i| codes[i] == teryt)
        .map(|i| ((sexes[i].clone(), groups[i].clone(), years[i].unwrap()), persons[i].unwrap()))
        .collect()
}

/// Compares the components with the lines of a published CSV whose first cells are `unit`.
fn assert_components(book: &GusProjection, csv: &str, unit: &[&str]) {
    let Some(path) = shared(csv) else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let expected: Vec<Vec<i64>> = text
        .lines()
        .filter(|line| line.starts_with(&format!("{},", unit.join(","))))
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let figures = &cells[cells.len() - 7..];
            figures.iter().map(|cell| cell.parse::<f64>().unwrap() as i64).collect()
        })
        .collect();
    let names = ["year", "births", "deaths", "internal_in", "internal_out", "immigration", "emigration"];
    let columns: Vec<_> = names.iter().map(|name| numbers(&book.components, name)).collect();
    let rows: Vec<Vec<i64>> = (0..book.components.height())
        .map(|i| columns.iter().map(|column| column[i].unwrap()).collect())
        .collect();
    assert!(!expected.is_empty(), "{csv} {unit:?}");
    assert_eq!(rows, expected, "{csv} {unit:?}");
}

#[test]
fn provenance_states_office_title_period_and_hash() {
    let bytes = golden("gus_2816033.xlsx");
    let book = gus_projection::read(
        "gus_2816033.xlsx",
        &bytes,
        "2816033".parse().unwrap(),
        None,
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(book.source.publisher, "GUS");
    assert_eq!(book.source.title, "PROGNOZA LUDNOŚCI DLA GMIN NA LATA 2023-2040");
    assert_eq!(book.source.date, "2023-2040");
    // sha256sum of the file
    assert_eq!(book.source.sha256, "9e4849384e96a2405fe56ed79d95b85d0df0f79024d7b5491a55a6dc3fa74162");
}

#[test]
fn codes_and_scenarios_that_contradict_the_workbook_are_refused() {
    let bytes = golden("gus_2816033.xlsx");
    let read = |teryt: &str, scenario| {
        gus_projection::read("w.xlsx", &bytes, teryt.parse().unwrap(), scenario, &Limits::default())
            .unwrap_err()
            .to_string()
    };
    let message = read("2816032", None);
    assert!(message.contains("'Pisz (M-W)'") && message.contains("2816032"), "{message}");
    let message = read("2816033", Some(Baseline::Low));
    assert!(message.contains("'Scenariusz główny (średni)' but low was given"), "{message}");
}

#[test]
fn broken_sums_and_cells_are_all_named() {
    let bytes = golden("synthetic_gus_broken_cells.xlsx");
    let error =
        gus_projection::read("broken.xlsx", &bytes, "2816033".parse().unwrap(), None, &Limits::default())
            .unwrap_err();
    let message = error.to_string();
    for line in [
        // 0-9, total, 2022: 2471 printed as 2472
        "broken.xlsx, sheet 'Tabl. 1', row 9, column C: got '2472', expected males + females = 1280 + 1191 = 2471 (rows 19 and 29), year 2022, age 0-9",
        "broken.xlsx, sheet 'Tabl. 1', row 8, column C: got '26145', expected the sum of the ages, 26146, year 2022, sex T",
        // 10-19, males, 2023: -1537
        "broken.xlsx, sheet 'Tabl. 1', row 20, column D: got '-1537', expected a number of persons, zero or more",
        // 20-29, females, 2024: text
        "broken.xlsx, sheet 'Tabl. 1', row 31, column E: got '1 269', expected a number of persons, found a text",
        // deaths of 2025: half a person
        "broken.xlsx, sheet 'Tabl. 3', row 11, column C: got '309.5', expected a whole number of persons",
    ] {
        assert!(message.contains(line), "{line}\nnot in\n{message}");
    }
    assert_eq!(error.violations().len(), 5, "{message}");
}
