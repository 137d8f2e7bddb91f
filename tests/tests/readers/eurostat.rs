use std::collections::BTreeMap;

use diagnoza_data::embedded;
use diagnoza_data::readers::eurostat::{self, Eurostat, Format};
use diagnoza_data::readers::{Encoding, Limits, ReadError};
use polars::prelude::DataFrame;

use proptest::prelude::*;

use super::bdl::row;
use super::files::{golden, shared};

const REAL: &str = "eurostat/estat_demo_r_pjangrp3_bulk_format.tsv";
const TSV: &str = "freq,unit,sex,age,geo\\TIME_PERIOD\t2021 \t2022 \n";
const CSV: &str = "DATAFLOW,LAST UPDATE,freq,sex,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n";

fn read(bytes: &[u8]) -> Result<Eurostat, ReadError> {
    eurostat::read("estat.tsv", bytes, None, None, &Limits::default())
}

fn text(header: &str, rows: &str) -> Result<Eurostat, ReadError> {
    read(format!("{header}{rows}").as_bytes())
}

fn texts<'f>(frame: &'f DataFrame, column: &str) -> Vec<Option<&'f str>> {
    frame.column(column).unwrap().str().unwrap().iter().collect()
}

#[test]
fn an_excerpt_in_the_bulk_format_is_read_whole() {
    let read = read(&golden("eurostat_pjangrp3_excerpt.tsv")).unwrap();
    assert_eq!(read.format, Format::Tsv);
    assert_eq!(read.dimensions, ["freq", "sex", "unit", "age", "geo"]);
    assert_eq!(read.frame.height(), 18 * 9);
    assert_eq!(row(&read.frame, 0), "A|F|NR|TOTAL|PL|0|null|2014|2014|19613892.0|null|null");
    assert_eq!(row(&read.frame, 8), "A|F|NR|TOTAL|PL|0|null|2022|2022|19443954.0|ep|null");
    assert_eq!(row(&read.frame, 27), "A|F|NR|UNK|PL|null|null|2014|2014|0.0|null|null");
    assert_eq!(row(&read.frame, 54), "A|F|NR|Y85-89|PL|85|89|2014|2014|326422.0|null|null");
    assert_eq!(row(&read.frame, 81), "A|F|NR|Y_GE85|PL|85|null|2014|2014|null|null|not_reported");
    assert_eq!(row(&read.frame, 135), "A|F|NR|Y_LT5|PL|0|4|2014|2014|962627.0|null|null");
    assert_eq!(
        read.notes,
        ["age 'UNK', kept: no group of completed years: age_from and age_to are null (rows: 27)"]
    );
    assert_eq!((read.source.publisher.as_str(), read.source.date.as_str()), ("Eurostat", "not stated"));
}

#[test]
fn the_same_figures_in_every_layout_give_the_same_frame() {
    let tsv = read(&golden("eurostat_pjangrp3_excerpt.tsv")).unwrap();
    let packed = read(&golden("eurostat_pjangrp3_excerpt.tsv.gz")).unwrap();
    assert!(packed.frame.equals_missing(&tsv.frame));
    assert_ne!(packed.source.sha256, tsv.source.sha256, "the hash is that of the file");
    for name in ["1", "1_labels", "2_labels"] {
        let name = format!("synthetic_layout_sdmx_csv_{name}.csv");
        let read = eurostat::read(&name, &golden(&name), None, None, &Limits::default()).unwrap();
        assert_eq!(read.format, Format::SdmxCsv);
        assert_eq!(read.dimensions, tsv.dimensions, "{name}");
        assert!(read.frame.equals_missing(&tsv.frame), "{name}");
        assert_eq!(read.notes, tsv.notes, "{name}");
        assert_eq!(read.source.title, "demo_r_pjangrp3", "{name}");
        let updated = if name.contains("csv_1") { "07/03/24 23:00:00" } else { "not stated" };
        assert_eq!(read.source.date, updated, "{name}");
    }
}

/// The figures of the real file, written as the API writes SDMX-CSV 1.0: synthetic in layout only.
#[test]
fn the_real_file_and_its_figures_as_sdmx_csv_give_the_same_frame() {
    let Some(path) = shared(REAL) else {
        return;
    };
    let tsv = eurostat::read_path(&path, None, None, &Limits::default()).unwrap();
    let real = std::fs::read_to_string(&path).unwrap();
    let mut lines = real.lines();
    let header = lines.next().unwrap();
    let (key, periods) = header.split_once("\\TIME_PERIOD\t").unwrap();
    let mut csv = format!("DATAFLOW,LAST UPDATE,{key},TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n");
    for line in lines {
        let (series, cells) = line.split_once('\t').unwrap();
        for (period, cell) in periods.split('\t').zip(cells.split('\t')) {
            let (value, flags) = cell.split_once(' ').unwrap();
            let value = value.replace(':', "");
            csv += &format!(
                "ESTAT:DEMO_R_PJANGRP3(1.0),07/03/24 23:00:00,{series},{},{value},{flags},\n",
                period.trim()
            );
        }
    }
    let sdmx = text(&csv, "").unwrap();
    assert_eq!(tsv.frame.height(), 594 * 9);
    assert!(sdmx.frame.equals_missing(&tsv.frame));
    assert_eq!(sdmx.notes, tsv.notes);
}

/// Place, sex, first and last age, year.
type Key = (String, String, Option<i32>, Option<i32>, i32);

#[test]
fn the_real_file_agrees_with_the_embedded_table() {
    let Some(path) = shared(REAL) else {
        return;
    };
    let read = eurostat::read_path(&path, Some(Format::Tsv), None, &Limits::default()).unwrap();
    let key = |frame: &DataFrame| -> Vec<Key> {
        let int = |name: &str| frame.column(name).unwrap().i32().unwrap().iter().collect::<Vec<_>>();
        let (from, to, year) = (int("age_from"), int("age_to"), int("year"));
        let (geo, sex) = (texts(frame, "geo"), texts(frame, "sex"));
        (0..frame.height())
            .map(|i| (geo[i].unwrap().into(), sex[i].unwrap().into(), from[i], to[i], year[i].unwrap()))
            .collect()
    };
    let figures = |frame: &DataFrame, name: &str| -> Vec<Option<f64>> {
        let floats = frame.column(name).unwrap().cast(&polars::prelude::DataType::Float64).unwrap();
        floats.f64().unwrap().iter().collect()
    };
    let table = embedded::table("eurostat_population").unwrap();
    let known: BTreeMap<_, _> = key(&table).into_iter().zip(figures(&table, "population")).collect();
    let mut compared = 0;
    for (key, value) in key(&read.frame).into_iter().zip(figures(&read.frame, "value")) {
        if let Some(expected) = known.get(&key) {
            assert_eq!(&value, expected, "{key:?}");
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn the_old_format_and_other_periods_are_read() {
    let old = text("age,sex,unit,geo\\time\t2013 \t2012M01 \n", "Y1,T,NR,PL\t: c\t-3.5 bp\n").unwrap();
    assert_eq!(row(&old.frame, 0), "Y1|T|NR|PL|1|1|2013|2013|null|c|suppressed");
    assert_eq!(row(&old.frame, 1), "Y1|T|NR|PL|1|1|2012M01|2012|-3.5|bp|null");
    let plain = text("freq,indic_de,geo\\TIME_PERIOD\t2020-Q1\n", "Q,GROW,PL62\t0 n\n").unwrap();
    assert_eq!(row(&plain.frame, 0), "Q|GROW|PL62|2020-Q1|2020|null|n|below_unit");
    let sdmx = text(
        CSV,
        "ESTAT:X(1.0),01/10/26 11:00:00,A,F,Y5-9,PL62,2022,,m,\nESTAT:X(1.0),01/10/26 11:00:00,A,F,Y5-9,PL62,2023,,,C\n",
    );
    assert_eq!(texts(&sdmx.unwrap().frame, "missing"), [Some("not_applicable"), Some("suppressed")]);
}

#[test]
fn what_cannot_be_interpreted_is_kept_and_said() {
    let read = text(TSV, "A,NR,DIFF,Y_OPEN,PL62x\t1 \t2 c\nA,NR,F,Y5-9,PL\t3 \t4 ").unwrap();
    assert_eq!(
        read.notes,
        [
            "age 'Y_OPEN', kept: no group of completed years: age_from and age_to are null (rows: 2)",
            "sex 'DIFF', kept: not F, M or T (rows: 2)",
            "geo 'PL62x', kept: no Polish NUTS code (rows: 2)",
            "numbers beside a flag that says they are confidential, kept: 1",
            "the last row has no line end: the file may have been cut off, compare its last rows with the source",
        ]
    );
    assert_eq!(texts(&read.frame, "geo")[0], Some("PL62x"));
    let csv = "DATAFLOW,freq,geo,TIME_PERIOD,OBS_VALUE,DECIMALS\nESTAT:X(1.0),A,PL,2020,1.5,1\n";
    assert_eq!(read_notes(csv), ["column 'DECIMALS' is no flag and was left out"]);
}

fn read_notes(text: &str) -> Vec<String> {
    read(text.as_bytes()).unwrap().notes
}

fn places(error: &ReadError) -> Vec<(usize, &str)> {
    error.violations().iter().map(|fault| (fault.row, fault.column.as_str())).collect()
}

#[test]
fn every_fault_of_a_tsv_is_listed() {
    let rows = "\
A,NR,F,Y5-9,PL62\t1 \t2 ep
A,NR,F,Y5-9,PL62\t1 \t2
A,NR,F,PL62\t1 \t2
A,NR,F,Y10-14,PL62\t1
A,NR,F,Y10-14,PL62\t1x\t2 q
A,NR,F,,PL62\t1 \t2
A,NR,M,Y5-9,PL62\t1,5 \t1 234
";
    let error = text(TSV, rows).unwrap_err();
    let key = "freq,unit,sex,age,geo";
    assert_eq!(
        places(&error),
        [
            (3, key), // a duplicate
            (4, key), // a code too few
            (5, "(whole row)"),
            (6, "2021"),
            (6, "2022"),
            (7, key), // an empty code
            (8, "2021"),
            (8, "2022"),
        ],
        "{error}"
    );
    assert!(error.to_string().contains("found the same as row 2"), "{error}");
    for (header, says) in [
        ("freq,geo\\TIME_PERIOD\t2020\t2020\n", "every period once"),
        ("freq,geo\\TIME_PERIOD\tyear\n", "a period such as 2014"),
        ("freq,geo\\TIME_PERIOD\n", "a column per period"),
        ("freq,unit\\geo\tPL\tDE\n", "\\TIME_PERIOD or \\time"),
        ("geo,geo\\TIME_PERIOD\t2020\n", "names of their own, found 'geo'"),
        ("value,geo\\TIME_PERIOD\t2020\n", "names of their own, found 'value'"),
        (",geo\\TIME_PERIOD\t2020\n", "names of their own, found ''"),
    ] {
        let message = text(header, "A,PL\t1\n").unwrap_err().to_string();
        assert!(message.contains("row 1, column (header)") && message.contains(says), "{message}");
    }
}

#[test]
fn every_fault_of_an_sdmx_csv_is_listed() {
    let flow = "ESTAT:X(1.0),01/10/26 11:00:00";
    let rows = format!(
        "{flow},A,F,Y5-9,PL62,2022,1,,\n\
         {flow},A,F,Y5-9,PL62,2022,2,,\n\
         {flow},A,F,,PL62,2022,1,,\n\
         {flow},A,F,Y5-9,PL62,22,many,q,\n\
         {flow},A,F,Y5-9,PL62\n\
         ESTAT:Y(1.0),01/10/26 11:00:00,A,F,Y5-9,PL62,2023,1,,\n"
    );
    let error = text(CSV, &rows).unwrap_err();
    assert_eq!(
        places(&error),
        [
            (3, "(whole row)"),
            (4, "age"),
            (5, "TIME_PERIOD"),
            (5, "OBS_VALUE"),
            (6, "(whole row)"),
            (7, "DATAFLOW"),
        ],
        "{error}"
    );
    let deleted =
        "STRUCTURE,STRUCTURE_ID,ACTION,geo,TIME_PERIOD,OBS_VALUE\ndataflow,ESTAT:X(1.0),D,PL,2020,1\n";
    assert_eq!(places(&read(deleted.as_bytes()).unwrap_err()), [(2, "ACTION")]);
    for header in [
        "DATAFLOW,LAST UPDATE,Time frequency,Geopolitical entity,Time,Observation value\n",
        "STRUCTURE,freq,geo,TIME_PERIOD,OBS_VALUE\n",
        "DATAFLOW,TIME_PERIOD,OBS_VALUE\n",
        "DATAFLOW,geo,geo,TIME_PERIOD,OBS_VALUE\n",
    ] {
        let error = text(header, "").unwrap_err();
        assert_eq!(places(&error), [(1, "(header)")], "{header}");
    }
}

#[test]
fn other_files_are_refused_by_name() {
    let refused = |bytes: &[u8], limits: &Limits| {
        let message = eurostat::read("a.tsv", bytes, None, None, limits).unwrap_err().to_string();
        assert!(message.contains("a.tsv"), "{message}");
        message
    };
    let limits = Limits::default();
    assert!(refused(b"", &limits).contains("is empty"));
    assert!(refused(b"\n \n", &limits).contains("is empty"));
    assert!(refused(b"\x00\x01", &limits).contains("NUL byte"));
    assert!(refused(b"PK\x03\x04", &limits).contains("read with tidy"));
    assert!(refused(b"<?xml version=\"1.0\"?><S:Fault/>", &limits).contains("header of Eurostat"));
    // A tidy extract is another layout.
    assert!(
        refused(b"geo\tsex\tage\tyear\tvalue\tflag\nPL\tF\tTOTAL\t2014\t1\t\n", &limits).contains("tidy")
    );
    assert!(refused(TSV.as_bytes(), &limits).contains("no rows"));
    assert!(refused(CSV.as_bytes(), &limits).contains("no rows"));
    let wrong = eurostat::read("a.tsv", TSV.as_bytes(), Some(Format::SdmxCsv), None, &limits).unwrap_err();
    assert!(wrong.to_string().contains("is this an SDMX-CSV file"), "{wrong}");
    let wrong = eurostat::read("a.csv", CSV.as_bytes(), Some(Format::Tsv), None, &limits).unwrap_err();
    assert!(wrong.to_string().contains("is this a TSV file"), "{wrong}");

    let polish =
        b"DATAFLOW,geo: Kraj,TIME_PERIOD,OBS_VALUE\nESTAT:X(1.0),PL62: Warmi\xf1sko-mazurskie,2020,1\n";
    assert!(refused(polish, &limits).contains("Windows-1250"));
    let declared = eurostat::read("a.csv", polish, None, Some(Encoding::Windows1250), &limits).unwrap();
    assert_eq!(texts(&declared.frame, "geo"), [Some("PL62")]);

    let excerpt = golden("eurostat_pjangrp3_excerpt.tsv");
    assert!(refused(&excerpt, &Limits { rows: 100, ..limits }).contains("limit of 100"));
    assert!(refused(&excerpt, &Limits { file_bytes: 9, ..limits }).contains("limit of 9"));
    let packed = golden("eurostat_pjangrp3_excerpt.tsv.gz");
    for length in (2..packed.len()).step_by(7) {
        assert!(refused(&packed[..length], &limits).contains("not a readable gzip file"), "{length}");
    }
    let bomb = golden("synthetic_bomb.tsv.gz");
    let small = Limits { unpacked_bytes: 4 << 20, ..limits };
    assert!(
        bomb.len() < 10_000
            && refused(&bomb, &small).contains("the unpacked bytes exceed the limit of 4194304")
    );
    assert!(refused(&bomb, &limits).contains("the cells of a row exceed the limit of 5000000"));
}

#[test]
fn a_tsv_cut_off_anywhere_is_refused_or_says_so() {
    let bytes = golden("eurostat_pjangrp3_excerpt.tsv");
    for length in 0..bytes.len() {
        match read(&bytes[..length]) {
            Err(error) => assert!(error.to_string().contains("estat.tsv"), "{length}: {error}"),
            Ok(read) => {
                let whole = matches!(bytes[length - 1], b'\n' | b'\r');
                let said = read.notes.iter().any(|note| note.contains("cut off"));
                assert!(whole != said, "{length}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_rows_make_the_reader_panic(rows in "[0-9FMTY:,.\\t\\n\\r \"eb_+\\\\-]{0,200}") {
        for header in [TSV, CSV, ""] {
            if let Err(error) = text(header, &rows) {
                prop_assert!(error.to_string().contains("estat.tsv"), "{}", error);
            }
        }
    }
}
