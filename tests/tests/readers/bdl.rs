use diagnoza_core::observation::Year;
use diagnoza_data::readers::{BdlAttribute, Limits, ReadError, bdl_crel, bdl_ctab};
use polars::prelude::{AnyValue, DataFrame};

use super::files::{golden, shared};

fn crel(name: &str, text: &str) -> Result<bdl_crel::BdlCrel, ReadError> {
    bdl_crel::read(name, text.as_bytes(), None, &Limits::default())
}

fn ctab(text: &str, year: Option<i64>) -> Result<bdl_ctab::BdlCtab, ReadError> {
    let year = year.map(|year| Year::new(year).unwrap());
    bdl_ctab::read("tab.csv", text.as_bytes(), None, year, &Limits::default())
}

pub(crate) fn row(frame: &DataFrame, index: usize) -> String {
    let cells: Vec<String> = frame
        .columns()
        .iter()
        .map(|column| match column.get(index).unwrap() {
            AnyValue::String(text) => text.to_owned(),
            AnyValue::StringOwned(text) => text.to_string(), // in a frame of one row
            AnyValue::Float64(number) => format!("{number:?}"),
            other => other.to_string(),
        })
        .collect();
    cells.join("|")
}

/// (file, its dimensions, its first row as printed)
type Export = (&'static str, &'static str, &'static str);

#[test]
fn real_crel_exports_are_read_whole() {
    let exports: &[Export] = &[
        (
            "FINA_1579_CREL_20250113235613_WM.csv",
            "Rodzaje wydatków",
            "28|WARMIŃSKO-MAZURSKIE|null|ogółem|2001|77941052.0|zł|null|null|null",
        ),
        (
            "LUDN_1868_CREL_20250125192139_WM.csv",
            "Grupy osób",
            "28|WARMIŃSKO-MAZURSKIE|null|ogółem|2014|2.64|osoba|null|null|null",
        ),
        (
            "LUDN_2137_CREL_20250113221303_WM.csv",
            "Wiek,Płeć",
            "28|WARMIŃSKO-MAZURSKIE|null|15-19|mężczyźni|2000|69751.0|osoba|null|null|null",
        ),
        (
            "LUDN_4382_CREL_20250125191617_WM.csv",
            "Zakres przedmiotowy",
            "28|WARMIŃSKO-MAZURSKIE|null|migracje międzywojewódzkie na pobyt stały - wymeldowania osób w wieku 20–40 lat|2014|null|osoba|null|not_reported|null",
        ),
    ];
    for (file, dimensions, first) in exports {
        let Some(path) = shared(&format!("bdl_exports/{file}")) else {
            return;
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let export = bdl_crel::read_path(&path, None, &Limits::default()).unwrap();
        assert_eq!(export.dimensions.join(","), *dimensions, "{file}");
        assert_eq!(row(&export.frame, 0), *first, "{file}");
        assert_eq!(export.frame.height(), text.lines().count() - 1, "{file}");
        // The sum of the value cells as printed, commas read as points.
        let printed = text.lines().skip(1).map(|line| {
            let cell = line.split(';').rev().nth(3).unwrap();
            cell.replace(',', ".").parse::<f64>().unwrap_or(0.0)
        });
        let printed: f64 = printed.sum();
        let values = export.frame.column("value").unwrap().f64().unwrap();
        let read: f64 = values.iter().flatten().sum();
        assert!((read - printed).abs() <= 1e-9 * printed.abs(), "{file}: {read} {printed}");
    }
}

#[test]
fn every_real_crel_export_is_read_or_says_that_it_is_empty() {
    let Some(folder) = shared("bdl_exports") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("_CREL_"))
        .collect();
    files.sort();
    let mut empty = Vec::new();
    for path in &files {
        match bdl_crel::read_path(path, None, &Limits::default()) {
            Ok(export) => {
                assert_eq!(export.source.publisher, "GUS");
                assert!(export.source.date.starts_with("2025-0"), "{}", export.source.date);
            }
            Err(error @ ReadError::NoRows { .. }) => empty.push(error.to_string()),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(files.len(), 17);
    assert_eq!(empty.len(), 1, "{empty:?}");
    assert!(empty[0].starts_with("LUDN_2137_CREL_20250203183614_WM.csv: a header but no rows"));
}

#[test]
fn real_ctab_export_is_read_whole() {
    let Some(path) = shared("bdl_exports/LUDN_2137_CTAB_20210624222104.csv") else {
        return;
    };
    let year = Some(Year::new(2020).unwrap());
    let export = bdl_ctab::read_path(&path, None, year, &Limits::default()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(export.frame.height(), (text.lines().count() - 1) * 21);
    assert_eq!(
        row(&export.frame, 0),
        "0201|Powiat bolesławiecki|null|ogółem|2020|89762.0|null|null|null|null"
    );
    let last = export.frame.height() - 1;
    assert_eq!(
        row(&export.frame, last),
        "3263|Powiat m.Świnoujście|null|0-14|2020|5037.0|null|null|null|null"
    );
    assert_eq!(export.source.title, "Bank Danych Lokalnych, LUDN_2137");
    assert_eq!(export.source.date, "2021-06-24");
    let message = bdl_ctab::read_path(&path, None, None, &Limits::default()).unwrap_err().to_string();
    assert!(message.contains("say which year the export holds"), "{message}");
}

#[test]
fn crel_keeps_kinds_attributes_and_reasons_apart() {
    let text = String::from_utf8(golden("synthetic_crel_missing.csv")).unwrap();
    let frame = crel("synthetic_crel_missing.csv", &text).unwrap().frame;
    let rows: Vec<String> = (0..frame.height()).map(|index| row(&frame, index)).collect();
    assert_eq!(
        rows,
        [
            "2808043|Korsze|urban_rural|ogółem|2020|12.5|osoba|null|null|null",
            "2808043|Korsze|urban_rural|ogółem|2021|null|osoba|null|not_reported|null",
            "2808043|Korsze|urban_rural|ogółem|2022|null|osoba|null|suppressed|null",
            "2808043|Korsze|urban_rural|ogółem|2023|null|osoba|x|suppressed|null",
            "2808044|Korsze - miasto|town|ogółem|2023|null|osoba|a|below_unit|null",
            "2808045|Korsze - obszar wiejski|rural_area|ogółem|2023|0.0|osoba|z|null|null",
            "2816|Powiat piski|null|ogółem|2023|null|osoba|null|not_reported|null",
            "00|POLSKA|null|ogółem|2023|7.0|osoba|k|null|incomplete_aggregate",
        ]
    );
}

#[test]
fn crel_names_everything_that_is_wrong() {
    let text = String::from_utf8(golden("synthetic_crel_wrong.csv")).unwrap();
    let error = crel("wrong.csv", &text).unwrap_err();
    let lines: Vec<String> = error.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "wrong.csv, row 3, column (whole row): got '2816000 2020', expected one row per code, dimensions and year, found the same as row 2: remove one of the two",
            "wrong.csv, row 4, column Wartosc: got '12.5', expected a number with a decimal comma: a decimal point was found, use ',' or declare decimal = \".\"",
            "wrong.csv, row 5, column Rok: got '3020', expected a year (year 3020 is outside 1800..2200)",
            "wrong.csv, row 6, column Kod: got '201000', expected a code of 7 digits, found 6: a spreadsheet may have dropped leading zeros",
            "wrong.csv, row 7, column Nazwa: got 'Korsze (2)', expected a name that agrees with the code 2808043, which does not end in 2",
            "wrong.csv, row 8, column Wartosc: got 'brak', expected a number",
            "wrong.csv, row 9, column (whole row): got '2816000;Powiat piski;ogółem;2025;1', expected 7 cells as in the header, found 5: look for a missing, doubled or unquoted delimiter",
        ]
    );
}

#[test]
fn other_layouts_are_told_apart() {
    let message = crel("a.csv", "Kod;Nazwa;ogółem;\n2800000;X;1;\n").unwrap_err().to_string();
    assert!(message.contains("is this a CREL export"), "{message}");
    let message =
        ctab("Kod;Nazwa;Wiek;Rok;Wartosc;Jednostka miary;Atrybut;\n", Some(2020)).unwrap_err().to_string();
    assert!(message.contains("read it with bdl_crel"), "{message}");
    let message = ctab("a;b;c\n", Some(2020)).unwrap_err().to_string();
    assert!(message.contains("is this a CTAB export"), "{message}");
}

#[test]
fn ctab_headings_state_categories_year_and_unit() {
    let text = "\"Kod\";\"Nazwa\";\"ogółem;0-4;2020;[osoba]\";\"ogółem;0-4;2021;[osoba]\";\r\n2808043;\"Korsze (3)\";12;-;\r\n";
    let frame = ctab(text, None).unwrap().frame;
    assert_eq!(row(&frame, 0), "2808043|Korsze|urban_rural|ogółem|0-4|2020|12.0|osoba|null|null|null");
    assert_eq!(
        row(&frame, 1),
        "2808043|Korsze|urban_rural|ogółem|0-4|2021|null|osoba|null|not_reported|null"
    );
    let message = ctab(text, Some(2021)).unwrap_err().to_string();
    assert!(message.contains("is of 2020 but 2021 was given"), "{message}");
    let repeated = "Kod;Nazwa;ogółem;\n2816000;Powiat piski;1;\n2816000;Powiat piski;1;\n";
    let message = ctab(repeated, Some(2020)).unwrap_err().to_string();
    assert!(message.contains("row 3, column Kod: got '2816000'") && message.contains("row 2"), "{message}");
    assert!(matches!(ctab("Kod;Nazwa;ogółem;\n", Some(2020)), Err(ReadError::NoRows { .. })));
}

#[test]
fn the_table_of_attributes_is_that_of_the_api() {
    let Some(path) = shared("bdl_api/attributes.json") else {
        return;
    };
    let captured: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let listed = captured["list_attributes"].as_array().unwrap();
    assert_eq!(listed.len(), BdlAttribute::all().len());
    for attribute in listed {
        let id = u16::try_from(attribute["id"].as_u64().unwrap()).unwrap();
        let ours = BdlAttribute::of_id(id).unwrap();
        assert_eq!(ours.symbol, attribute["symbol"].as_str().unwrap().trim(), "{id}");
        assert_eq!(ours.description, attribute["description"].as_str().unwrap(), "{id}");
        // BDL prints a value, or a point, dash or zero in its place; a zero that is one has z or Z.
        let prints = attribute["name"].as_str().unwrap();
        let value = matches!(prints, "wartość") || id == 0 || matches!(ours.symbol.as_str(), "z" | "Z");
        assert_eq!(ours.missing.is_none(), value, "{id}: {prints}");
    }
}

#[test]
fn withheld_values_of_real_exports_are_suppressed() {
    for (file, count) in
        [("LUDN_3000_CREL_20250203204210_WM.csv", 1), ("RYNE_4089_CREL_20250113231804_WM.csv", 4)]
    {
        let Some(path) = shared(&format!("bdl_exports/{file}")) else {
            return;
        };
        let frame = bdl_crel::read_path(&path, None, &Limits::default()).unwrap().frame;
        let texts = |name: &str| frame.column(name).unwrap().str().unwrap().clone();
        let (attributes, missing) = (texts("attribute"), texts("missing"));
        let values = frame.column("value").unwrap().f64().unwrap();
        let withheld: Vec<usize> = (0..frame.height()).filter(|i| attributes.get(*i) == Some("x")).collect();
        assert_eq!(withheld.len(), count, "{file}");
        assert!(withheld.iter().all(|i| missing.get(*i) == Some("suppressed") && values.get(*i).is_none()));
    }
}
