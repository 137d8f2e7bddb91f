use std::io::Cursor;

use diagnoza_data::readers::tidy::{self, Column, Kind, Schema, Tidy, TidyOptions};
use diagnoza_data::readers::{Decimal, Delimiter, Encoding, Limits, ReadError};
use polars::prelude::{Column as PolarsColumn, DataFrame, NamedFrom, Series};
use polars_io::parquet::write::ParquetWriter;
use proptest::prelude::*;

use super::files::{golden, shared};

fn column(name: &str, kind: Kind) -> Column {
    Column { name: name.to_owned(), kind, required: true }
}

fn number(min: Option<f64>, nullable: bool) -> Kind {
    Kind::Number { min, max: None, nullable }
}

fn population() -> Schema {
    Schema {
        columns: vec![
            column("teryt", Kind::Code),
            column("sex", Kind::Sex),
            column("age", Kind::Age),
            column("year", Kind::Year),
            column("population", number(Some(0.0), false)),
        ],
        key: ["teryt", "sex", "age", "year"].map(str::to_owned).to_vec(),
    }
}

fn values(columns: &[(&str, Kind)]) -> Schema {
    Schema {
        columns: columns.iter().map(|(name, kind)| column(name, kind.clone())).collect(),
        key: Vec::new(),
    }
}

fn read(bytes: &[u8], schema: &Schema) -> Result<Tidy, ReadError> {
    tidy::read("powiaty.csv", bytes, schema, &TidyOptions::default())
}

fn message(bytes: &[u8], schema: &Schema) -> String {
    read(bytes, schema).unwrap_err().to_string()
}

#[test]
fn every_violation_of_a_file_is_listed() {
    let mut schema = population();
    schema.columns.push(column("families", number(None, true)));
    let error = read(&golden("synthetic_tidy_wrong.csv"), &schema).unwrap_err();
    let lines: Vec<String> = error.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "powiaty.csv, row 1, column families: got 'teryt, sex, age, year, population, familes, note', expected a column headed 'families'; the nearest header is 'familes', rename it if it is meant",
            "powiaty.csv, row 3, column population: got 'text', expected a number",
            "powiaty.csv, row 4, column population: got '1,5', expected a number with a decimal point: a decimal comma was found, use '.' or declare decimal = \",\"",
            "powiaty.csv, row 5, column population: got '-7', expected a number of at least 0",
            "powiaty.csv, row 6, column year: got '3022', expected a year (year 3022 is outside 1800..2200)",
            "powiaty.csv, row 7, column sex: got 'K', expected F for females (kobiety) or M for males (mężczyźni)",
            "powiaty.csv, row 8, column teryt, sex, age, year: got '2816, F, 0, 2022', expected one row per teryt, sex, age, year, found the same as row 2: remove one of the two",
            "powiaty.csv, row 9, column population: got '12 345', expected a number without spaces between thousands: write 12345",
            "powiaty.csv, row 10, column population: got 'NaN', expected a number",
            "powiaty.csv, row 11, column population: got an empty cell, expected a number (declare nullable if cells may be empty)",
            "powiaty.csv, row 12, column (whole row): got '2816,F,9,2022,1', expected 7 cells as in the header, found 5: look for a missing, doubled or unquoted delimiter",
            "powiaty.csv, row 13, column teryt: got '3416', expected a unit code ('3416' names no voivodeship: expected an even number from 02 to 32, or 00 for Poland)",
            "powiaty.csv, row 14, column age: got '140', expected an age (age 140 is outside 0..130)",
        ]
    );
}

#[test]
fn violations_past_the_limit_are_counted() {
    let mut text = String::from("year\n");
    text.push_str(&"x\n".repeat(250));
    let message = message(text.as_bytes(), &values(&[("year", Kind::Year)]));
    assert!(message.starts_with("powiaty.csv: 250 violations\n"), "{message}");
    assert!(message.ends_with("\nand 150 more"), "{message}");
}

#[test]
fn files_without_a_table_say_so() {
    let schema = values(&[("year", Kind::Year)]);
    for (bytes, says) in [
        (&b""[..], "powiaty.csv: the file is empty"),
        (b" \n\n", "powiaty.csv: the file is empty"),
        (b"year\n", "powiaty.csv: a header but no rows below it (year)"),
        (b"year\n2\x00022\n", "powiaty.csv, row 2, byte 6: a NUL byte"),
        (b"PK\x03\x04", "powiaty.csv: format: this is a workbook"),
        (b"year\n\"2022\n", "powiaty.csv, row 2, column (whole row)"),
        (b"year,year\n2022,2022\n", "expected one column with this header, found it twice"),
    ] {
        let message = message(bytes, &schema);
        assert!(message.contains(says), "{says}: {message}");
    }
    let limits = Limits { rows: 2, ..Limits::default() };
    let options = TidyOptions { limits, ..TidyOptions::default() };
    let error = tidy::read("a.csv", b"year\n2020\n2021\n2022\n", &schema, &options).unwrap_err();
    assert!(error.to_string().contains("the rows of the table exceed the limit of 2"), "{error}");
}

#[test]
fn polish_spreadsheets_are_read_as_declared() {
    let bytes = golden("synthetic_tidy_windows1250.csv");
    let schema =
        values(&[("population", number(Some(0.0), false)), ("teryt", Kind::Code), ("name", Kind::Text)]);
    let undeclared = message(&bytes, &schema);
    assert!(undeclared.contains("row 3, byte ") && undeclared.contains("'Miłomłyn'"), "{undeclared}");
    let options = TidyOptions {
        encoding: Some(Encoding::Windows1250),
        decimal: Decimal::Comma,
        ..TidyOptions::default()
    };
    let table = tidy::read("gminy.csv", &bytes, &schema, &options).unwrap();
    assert_eq!(table.delimiter, Some(Delimiter::Semicolon));
    assert_eq!(table.encoding, Some(Encoding::Windows1250));
    let names: Vec<_> =
        table.frame.column("name").unwrap().str().unwrap().iter().map(Option::unwrap).collect();
    assert_eq!(names, ["Korsze", "Miłomłyn"]);
    // The declared order, not the file's.
    assert_eq!(names_of(&table), ["population", "teryt", "name"]);
}

#[test]
fn numbers_that_may_be_missing_say_why() {
    let schema = values(&[("teryt", Kind::Code), ("families", number(Some(0.0), true))]);
    let text = b"teryt,families,extra\n2801,5,a\n2802,,b\n2803,suppressed,c\n2804,0,d\n";
    let table = read(text, &schema).unwrap();
    assert_eq!(table.ignored, ["extra"]);
    let families = table.frame.column("families").unwrap();
    assert_eq!(families.f64().unwrap().iter().collect::<Vec<_>>(), [Some(5.0), None, None, Some(0.0)]);
    let missing = table.frame.column("families_missing").unwrap();
    assert_eq!(
        missing.str().unwrap().iter().collect::<Vec<_>>(),
        [None, Some("not_reported"), Some("suppressed"), None]
    );
}

#[test]
fn columns_that_are_not_required_are_null_when_absent() {
    let mut schema = values(&[("teryt", Kind::Code), ("note", Kind::Text), ("share", number(None, false))]);
    schema.columns[1].required = false;
    schema.columns[2].required = false;
    let table = read(b"teryt\n28\n", &schema).unwrap();
    assert_eq!(names_of(&table), ["teryt", "note", "share", "share_missing"]);
    assert_eq!(table.frame.column("note").unwrap().null_count(), 1);
    assert_eq!(table.frame.column("share").unwrap().null_count(), 1);
}

fn names_of(table: &Tidy) -> Vec<&str> {
    let columns = table.frame.columns().iter();
    columns.map(|column| column.name().as_str()).collect()
}

fn parquet(columns: Vec<PolarsColumn>) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes.into_inner()
}

fn small_parquet() -> Vec<u8> {
    parquet(vec![
        Series::new("teryt".into(), ["2816", "2816", "2816"]).into(),
        Series::new("sex".into(), ["F", "M", "M"]).into(),
        Series::new("age".into(), [0_u8, 0, 1]).into(),
        Series::new("year".into(), [2022_u16, 2022, 2022]).into(),
        Series::new("population".into(), [0.1 + 0.2, 2.0, 3.0]).into(),
    ])
}

#[test]
fn parquet_and_csv_mean_the_same() {
    let from_parquet =
        tidy::read("p.parquet", &small_parquet(), &population(), &TidyOptions::default()).unwrap();
    let text = b"teryt,sex,age,year,population\n2816,F,0,2022,0.30000000000000004\n2816,M,0,2022,2\n2816,M,1,2022,3\n";
    let from_csv = read(text, &population()).unwrap();
    assert!(from_parquet.frame.equals(&from_csv.frame));

    let wrong = parquet(vec![
        Series::new("teryt".into(), [201_i32, 2816, 2816]).into(),
        Series::new("year".into(), [2022_i64, 3022, 2022]).into(),
        Series::new("population".into(), [1.0, -1.0, f64::NAN]).into(),
    ]);
    let mut schema = population();
    schema.columns.retain(|column| !matches!(column.kind, Kind::Sex | Kind::Age));
    schema.key.clear();
    let error = tidy::read("p.parquet", &wrong, &schema, &TidyOptions::default()).unwrap_err();
    let message = error.to_string();
    for says in [
        "p.parquet, row 2, column teryt: got '201'",
        "p.parquet, row 3, column year: got '3022'",
        "p.parquet, row 3, column population: got '-1.0', expected a number of at least 0",
        "p.parquet, row 4, column population: got 'NaN'",
    ] {
        assert!(message.contains(says), "{says}\nnot in\n{message}");
    }
    assert_eq!(error.violations().len(), 4, "{message}");
}

#[test]
fn damaged_parquet_is_an_error_or_gives_a_table_that_fits_the_schema() {
    let bytes = small_parquet();
    let options = TidyOptions::default();
    for length in 1..bytes.len() {
        let error = tidy::read("p.parquet", &bytes[..length], &population(), &options).unwrap_err();
        assert!(matches!(error, ReadError::Parquet { .. }), "{length}: {error}");
    }
    let mut refused = 0;
    for at in 0..bytes.len() {
        for mask in [0x01, 0x55, 0xff] {
            let mut flipped = bytes.clone();
            flipped[at] ^= mask;
            // Parquet pages carry no checksum here: a changed figure cannot be noticed, but
            // nothing may panic and the error names the file.
            if let Err(error) = tidy::read("p.parquet", &flipped, &population(), &options) {
                refused += 1;
                assert!(error.to_string().starts_with("p.parquet"), "byte {at}: {error}");
            }
        }
    }
    assert!(refused > bytes.len(), "{refused}");
}

#[test]
fn published_parquet_fits_the_population_schema() {
    let Some(path) = shared("gus_projection_2023_2060/voivodeship_population.parquet") else {
        return;
    };
    let mut schema = population();
    schema.columns.push(column("scenario", Kind::Text));
    schema.key.push("scenario".to_owned());
    let table = tidy::read_path(&path, &schema, &TidyOptions::default()).unwrap();
    assert_eq!(table.frame.height(), 78_780);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &population());
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "[a-z0-9,;\"\r\n .ął-]{0,200}") {
        let _ = read(text.as_bytes(), &population());
        let _ = diagnoza_data::readers::bdl_crel::read("a", text.as_bytes(), None, &Limits::default());
        let year = diagnoza_core::observation::Year::new(2020).ok();
        let headed = format!("Kod;Nazwa;{text}");
        let _ = diagnoza_data::readers::bdl_ctab::read("a", headed.as_bytes(), None, year, &Limits::default());
    }

    #[test]
    fn tables_written_are_read_back(rows in prop::collection::vec((0_u8..=130, 1800_u16..=2200, 0.0_f64..1e12), 1..40)) {
        let schema = values(&[("age", Kind::Age), ("year", Kind::Year), ("population", number(Some(0.0), false))]);
        for delimiter in [",", ";", "\t"] {
            let mut text = ["age", "year", "population"].join(delimiter);
            for (age, year, population) in &rows {
                text.push_str(&format!("\r\n{}", [age.to_string(), year.to_string(), population.to_string()].join(delimiter)));
            }
            let table = read(text.as_bytes(), &schema).unwrap().frame;
            let back = table.column("population").unwrap().f64().unwrap();
            prop_assert!(back.iter().zip(&rows).all(|(back, row)| back.map(f64::to_bits) == Some(row.2.to_bits())));
            let years = table.column("year").unwrap().i32().unwrap();
            prop_assert!(years.iter().zip(&rows).all(|(back, row)| back == Some(i32::from(row.1))));
        }
    }
}
