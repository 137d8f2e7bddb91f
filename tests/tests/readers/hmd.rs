use diagnoza_data::embedded;
use diagnoza_data::readers::hmd::{self, Hmd, HmdSex, HmdTable};
use diagnoza_data::readers::{Encoding, Limits, ReadError};

use proptest::prelude::*;

use super::bdl::row;
use super::files::{golden, shared};

fn read(text: &str) -> Result<Hmd, ReadError> {
    hmd::read("hmd.txt", text.as_bytes(), None, None, &Limits::default())
}

/// A file of the layout of mortality.org; `table` stands in the heading.
fn file(table: &str, header: &str, rows: &str) -> String {
    format!("Poland, {table}\tLast modified: 05 Nov 2024;  Methods Protocol: v6 (2017)\n\n{header}\n{rows}")
}

const LIFE: &str = "  Year          Age         mx       qx    ax      lx      dx      Lx       Tx     ex";
const SEXES: &str = "  Year          Age             Female            Male           Total";

#[test]
fn an_excerpt_of_poland_is_read_whole() {
    let bytes = golden("hmd_poland_fltper_excerpt.txt");
    let read = hmd::read("fltper_1x1.txt", &bytes, None, None, &Limits::default()).unwrap();
    assert_eq!((read.table, read.cohort, read.country.as_str()), (HmdTable::LifeTable, false, "Poland"));
    assert_eq!(read.frame.height(), 2 * 111);
    assert_eq!(
        row(&read.frame, 0),
        "F|2022|2022|0|0|0.0033|0.00329|0.14|100000.0|329.0|99718.0|8109270.0|81.09|null"
    );
    assert!(row(&read.frame, 110).starts_with("F|2022|2022|110|null|"));
    assert!(read.notes.is_empty());
    assert_eq!(read.source.publisher, "Human Mortality Database");
    assert_eq!(read.source.title, "Poland, Life tables (period 1x1), Females; Methods Protocol: v6 (2017)");
    assert_eq!((read.source.date.as_str(), read.source.sha256.len()), ("05 Nov 2024", 64));
}

#[test]
fn the_real_files_are_the_embedded_table() {
    let embedded = embedded::table("hmd_poland").unwrap();
    let mut start = 0;
    for (letter, name) in [("F", "hmd_poland_fltper_1x1.txt"), ("M", "hmd_poland_mltper_1x1.txt")] {
        let Some(path) = shared(&format!("mortality/{name}")) else {
            return;
        };
        let read = hmd::read_path(&path, None, None, &Limits::default()).unwrap();
        assert_eq!(read.frame.height(), 66 * 111);
        let part = embedded.slice(start, read.frame.height());
        start += i64::try_from(read.frame.height()).unwrap();
        assert!(part.column("sex").unwrap().str().unwrap().iter().all(|sex| sex == Some(letter)));
        for column in ["sex", "year", "age"] {
            assert!(
                read.frame.column(column).unwrap().equals_missing(part.column(column).unwrap()),
                "{column}"
            );
        }
        for column in ["mx", "qx", "ax", "lx", "dx", "Lx", "Tx", "ex"] {
            let expected = part.column(column).unwrap().cast(&polars::prelude::DataType::Float64).unwrap();
            assert!(read.frame.column(column).unwrap().equals_missing(&expected), "{column}");
        }
    }
    assert_eq!(usize::try_from(start).unwrap(), embedded.height());
}

#[test]
fn tables_with_columns_for_the_sexes_become_long() {
    let rows = "  2023   0   0.003400   0.004120   0.003770\n  2023   1-4  0.0001  .  0.0001\n  2023   5+  0.01 0.02 0.015\n";
    let mx = read(&file("Death rates (period 5x1), ", SEXES, rows)).unwrap();
    assert_eq!(mx.table, HmdTable::DeathRates);
    assert_eq!(mx.frame.height(), 9);
    assert_eq!(row(&mx.frame, 0), "F|2023|2023|0|0|0.0034|null");
    assert_eq!(row(&mx.frame, 4), "M|2023|2023|1|4|null|not_reported");
    assert_eq!(row(&mx.frame, 8), "T|2023|2023|5|null|0.015|null");

    let text = file("Deaths (period 1x5), ", SEXES, "1990-1994 0 12.50 13 25.5\n1990-1994 1+ 5 6 11\n");
    let males = hmd::read("d.txt", text.as_bytes(), Some(HmdSex::Male), None, &Limits::default()).unwrap();
    assert_eq!((males.frame.height(), row(&males.frame, 0)), (2, "M|1990|1994|0|0|13.0|null".to_owned()));

    let rows = "1959- 0 1 2 3\n1959- 1+ 1 2 3\n1959+ 0 4 5 9\n1959+ 1+ 4 5 9\n1960 0 4 5 9\n1960 1+ 4 5 9\n";
    let population = read(&file("Population size (1-year)", SEXES, rows)).unwrap();
    assert_eq!(row(&population.frame, 0), "F|1959|1959|before_change|0|0|1.0|null");
    assert_eq!(row(&population.frame, 6), "F|1959|1959|after_change|0|0|4.0|null");
    assert_eq!(
        population.notes,
        ["the territory changed in 1959: the year has a population before and after"]
    );

    let births = read(&file("Births (1-year)", "Year Female Male Total", "1990 10 11 21\n")).unwrap();
    assert_eq!(row(&births.frame, 2), "T|1990|1990|21.0|null");
    assert_eq!(births.table, HmdTable::Births);

    let lexis = file(
        "Deaths (Lexis triangle)",
        "Year Age Cohort Female Male Total",
        "1990 0 1990 1 2 3\n1990 0 1989 4 5 9\n1990 110+ . 0 0 0\n",
    );
    let lexis = read(&lexis).unwrap();
    assert_eq!(row(&lexis.frame, 3), "F|1990|1990|0|0|1989|4.0|null");
    assert_eq!(row(&lexis.frame, 6), "F|1990|1990|110|null|null|0.0|null");
}

#[test]
fn the_sex_comes_from_the_heading_or_the_caller() {
    let life = "1900 0 0.1 0.1 0.3 100000 10000 93000 5000000 50.00\n1900 1+ 0.02 1 50 90000 90000 4907000 4907000 54.5\n";
    let ask = |table: &str, sex| {
        hmd::read("lt.txt", file(table, LIFE, life).as_bytes(), sex, None, &Limits::default())
    };
    let cohort = ask("Life tables (cohort 1x1), Total", None).unwrap();
    assert!(cohort.cohort && row(&cohort.frame, 0).starts_with("T|1900"));
    assert!(row(&ask("Life tables (period 1x1)", Some(HmdSex::Male)).unwrap().frame, 0).starts_with("M|"));
    let message = ask("Life tables (period 1x1)", None).unwrap_err().to_string();
    assert!(message.contains("lt.txt") && message.contains("give sex F, M or T"), "{message}");
    let message = ask("Life tables (period 1x1), Females", Some(HmdSex::Male)).unwrap_err().to_string();
    assert!(message.contains("is of F, M was given"), "{message}");
}

#[test]
fn every_fault_of_a_file_is_listed() {
    let rows = "\
2020 0 0.1 0.2 0.15
2020 1 0.1 -0.2 0.15
2020 2 0.1 x 0.15
2020 3 0.1 0.2
2020 4 0,1 0.2 0.15
2020 4 0.1 0.2 0.15
2020 5+ 0.1 0.2 0.15
2021 0 0.1 0.2 0.15
2021 2 0.1 0.2 0.15
2022 0 NaN 0.2 0.15
20x2 1 0.1 0.2 0.15
2022 old 0.1 0.2 0.15
2022 2 0.1 0.2 0.15
";
    let error = read(&file("Death rates (period 1x1), ", SEXES, rows)).unwrap_err();
    let found: Vec<(usize, &str)> =
        error.violations().iter().map(|fault| (fault.row, fault.column.as_str())).collect();
    assert_eq!(
        found,
        [
            (5, "Male"),        // negative
            (6, "Male"),        // letters
            (7, "(whole row)"), // a cell too few
            (8, "Female"),      // decimal comma
            (9, "(whole row)"), // a duplicate
            (12, "Age"),        // 2 after 0
            (13, "Female"),     // NaN
            (13, "Year"),       // 2021 has no open age
            (14, "Year"),
            (15, "Age"),
            (16, "Year"), // cut off before the open age
        ],
        "{error}"
    );
    let message = error.to_string();
    assert!(message.contains("found the same as row 8"), "{message}");

    let life = "2020 0 0.1 1.2 0.3 100000 10000 93000 5000000 50.00\n2020 1+ 0.02 1 50 90000 90000 4907000 4907000 54.5\n";
    let message = read(&file("Life tables (period 1x1), Males", LIFE, life)).unwrap_err().to_string();
    assert!(message.starts_with("hmd.txt, row 4, column qx: got '1.2'"), "{message}");
}

#[test]
fn other_files_are_refused_by_name() {
    let refused = |bytes: &[u8], limits: &Limits| {
        let message = hmd::read("hmd.txt", bytes, None, None, limits).unwrap_err().to_string();
        assert!(message.contains("hmd.txt"), "{message}");
        message
    };
    let limits = Limits::default();
    assert!(refused(b"", &limits).contains("is empty"));
    assert!(refused(b" \n\n", &limits).contains("is empty"));
    assert!(refused(b"\x00\x01\x02", &limits).contains("NUL byte"));
    assert!(refused(b"PK\x03\x04zip", &limits).contains("mortality.org"));
    assert!(refused(b"<!DOCTYPE html>", &limits).contains("mortality.org"));
    assert!(refused(b"Year,Age,mx\n2020,0,0.1\n", &limits).contains("mortality.org"));
    assert!(refused(file("Death rates (period 1x1)", SEXES, "").as_bytes(), &limits).contains("no rows"));
    assert!(refused(file("Death rates (period 1x1)", LIFE, "").as_bytes(), &limits).contains("Female Male"));
    assert!(refused(file("Life tables (period 1x1)", SEXES, "").as_bytes(), &limits).contains("mx qx"));
    assert!(refused(file("Death rates (period 1x1)", "", "").as_bytes(), &limits).contains("no rows"));

    // A heading in Windows-1250 is named, and read when that is declared.
    let mut polish = b"Pa\xf1stwo, ".to_vec();
    polish.extend_from_slice(
        &file("Births (1-year)", "Year Female Male Total", "1990 1 2 3\n").as_bytes()[8..],
    );
    assert!(refused(&polish, &limits).contains("Windows-1250"));
    let declared = hmd::read("hmd.txt", &polish, None, Some(Encoding::Windows1250), &limits).unwrap();
    assert_eq!(declared.country, "Państwo");

    let excerpt = golden("hmd_poland_fltper_excerpt.txt");
    assert!(refused(&excerpt, &Limits { rows: 200, ..limits }).contains("limit of 200"));
    assert!(refused(&excerpt, &Limits { file_bytes: 999, ..limits }).contains("limit of 999"));
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_says_so() {
    let bytes = golden("hmd_poland_fltper_excerpt.txt");
    let mut said = 0;
    for length in (0..bytes.len()).step_by(13).chain(bytes.len() - 9..bytes.len()) {
        match hmd::read("cut.txt", &bytes[..length], None, None, &Limits::default()) {
            Err(error) => assert!(error.to_string().contains("cut.txt"), "{length}: {error}"),
            Ok(read) => {
                // The cut may fall just behind a whole year, or inside the last figure of one.
                assert!(read.frame.height() % 111 == 0, "{length}");
                assert!(bytes[length - 1] == b'\n' || read.notes.len() == 1, "{length}");
                said += read.notes.len();
            }
        }
    }
    assert!(said > 0);
}

proptest! {
    #[test]
    fn no_rows_make_the_reader_panic(rows in "[0-9.\\n\\r +x-]{0,200}") {
        for text in [file("Population size (1-year)", SEXES, &rows), file("Life tables (period 1x1), Total", LIFE, &rows), rows] {
            if let Err(error) = read(&text) {
                prop_assert!(error.to_string().contains("hmd.txt"), "{}", error);
            }
        }
    }
}
