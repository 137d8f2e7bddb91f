//! Forms of OZPS: the two real input tables of `shared/data/ozps`, forms with many faults, templates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use diagnoza_core::observation::{Cell, Missing, Year};
use diagnoza_core::resources::form::{
    Column, DashRule, DotRule, Entry, Fault, Forecasts, Form, Note, RowId, Symbols, UnitKind, ZeroRule,
    edition,
};
use diagnoza_data::readers::ozps::{
    FormOptions, Reading, Rows, form_frame, inputs_frame, read, read_all, violations_frame,
};
use diagnoza_data::readers::{Encoding, Limits};
use diagnoza_tests::shared;
use polars::prelude::DataFrame;
use polars_io::SerWriter;
use polars_io::csv::write::CsvWriter;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn row(number: u16) -> RowId {
    RowId::new("2", number)
}

fn options() -> FormOptions {
    FormOptions { edition: Some(edition("ozps_2012_2014").unwrap().clone()), ..FormOptions::default() }
}

fn rules(reading: &Reading) -> Vec<&'static str> {
    reading.violations.iter().map(|violation| violation.rule()).collect()
}

fn messages(reading: &Reading) -> String {
    reading.violations.iter().map(|violation| format!("{violation}\n{}\n", violation.polish())).collect()
}

/// A workbook with one sheet per name, written as the format asks: texts inline, numbers as numbers.
fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let (mut names, mut links, mut kinds) = (String::new(), String::new(), String::new());
    for (n, (name, rows)) in (1..).zip(sheets) {
        let mut data = String::new();
        for (r, cells) in (1..).zip(rows) {
            data.push_str(&format!("<row r=\"{r}\">"));
            for (c, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let at = format!("{}{r}", char::from(b'A' + u8::try_from(c).unwrap()));
                match cell.parse::<f64>() {
                    Ok(number) => data.push_str(&format!("<c r=\"{at}\"><v>{number}</v></c>")),
                    Err(_) => data.push_str(&format!(
                        "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escape(cell)
                    )),
                }
            }
            data.push_str("</row>");
        }
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        parts.insert(
            format!("xl/worksheets/sheet{n}.xml"),
            format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        );
        names.push_str(&format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>", escape(name)));
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        links.push_str(&format!(
            "<Relationship Id=\"rId{n}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        ));
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        kinds.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{sheet}\"/>"
        ));
        parts.insert(
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{names}</sheets></workbook>"),
        );
        let package = "http://schemas.openxmlformats.org/package/2006";
        parts.insert(
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}/relationships\">{links}</Relationships>"),
        );
        parts.insert(
            "_rels/.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        );
        parts.insert(
            "[Content_Types].xml".to_owned(),
            format!("<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{kinds}</Types>"),
        );
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn csv(mut frame: DataFrame) -> Vec<u8> {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

#[test]
fn the_two_real_tables_read_without_a_violation_and_their_identities_hold() {
    let Some(path) = shared("data/ozps/ozps_inputs_examples.csv") else { return };
    let bytes = std::fs::read(path).unwrap();
    let readings = read_all("ozps_inputs_examples.csv", &bytes, &options()).unwrap();
    assert_eq!(readings.len(), 2);
    for reading in &readings {
        assert!(reading.violations.is_empty(), "{}", messages(reading));
        assert_eq!((reading.rows, reading.form.unit, reading.form.year), (Rows::Partial, None, None));
    }
    let [baniel, drobin] = readings.as_slice() else { unreachable!() };
    assert!(drobin.form.unit_name.as_deref().unwrap().starts_with("Drobin"));
    assert!(
        drobin.unchecked.is_empty(),
        "every identity of Drobin has all its numbers: {:?}",
        drobin.unchecked
    );
    let lacking: Vec<String> = baniel.unchecked.iter().map(|one| one.identity.to_string()).collect();
    assert_eq!(lacking, ["10>=12"; 5], "rows 12 to 24 of the other table were not seen");
    let notes: Vec<String> = baniel.notes.iter().map(ToString::to_string).collect();
    let absent = notes.iter().find(|note| note.contains("not reported")).unwrap();
    assert!(absent.contains("2:12") && absent.contains("2:24") && !absent.contains("2:11"), "{absent}");
    assert!(notes.iter().any(|note| note.contains("'source'")), "{notes:?}");
    let polish: Vec<String> = baniel.notes.iter().map(Note::polish).collect();
    assert!(polish.iter().any(|note| note.starts_with("pominięto kolumnę 'source'")), "{polish:?}");
    assert_eq!(drobin.form.entry(&row(24), Column::Forecast2), Entry::Missing(Missing::NotReported));
    assert_eq!(drobin.form.entry(&row(24), Column::Forecast1), Entry::Value(256.0));
    assert_eq!(drobin.form.entry(&row(17), Column::Assessed), Entry::Value(0.0), "a true zero is a zero");
    assert_eq!(baniel.form.entry(&row(1), Column::YearMinus2), Entry::Value(9_173.0));
    let inputs: BTreeMap<String, Cell> = drobin.form.inputs(Column::Assessed).into_iter().collect();
    assert_eq!(inputs["women 18-59"], Cell::Value(2_343.0));
    assert_eq!(inputs["unemployed_with_benefit"], Cell::Value(75.0));
    assert_eq!(inputs.len(), 23);
}

#[test]
fn drobin_as_its_form_is_printed() {
    // OZPS of Drobin for 2014, rows 1 to 12 as printed: labels split over group headings, words for columns.
    let printed = "2. DANE O SYTUACJI DEMOGRAFICZNEJ i SPOŁECZNEJ (stan na 31.XII);;;;;;\n\
        WYSZCZEGÓLNIENIE;;2012;2013;2014;PROGNOZA*;\n;;;;;Rok po ocenie;Dwa lata po ocenie\n\
        MIESZKAŃCY (w osobach);;;;;;\nOgółem;1;8 316;8 279;8 279;8 279;8 279\n\
        KOBIETY;;;;;;\nOgółem;2;4 150;4 149;4 149;4 149;4 149\nWiek 0-17;3;875;851;851;851;851\n\
        Wiek 18-59;4;2 333;2 343;2 343;2 343;2 343\nWiek 60 lat i więcej;5;942;955;955;955;955\n\
        MĘŻCZYŹNI;;;;;;\nOgółem;6;4 166;4 130;4 130;4 130;4 130\nWiek 0-17;7;921;900;900;900;900\n\
        Wiek 18-64;8;2 825;2 804;2 804;2 804;2 804\nWiek 65 lat i więcej;9;420;426;426;426;426\n\
        18 lat i więcej;;;;;;\nRYNEK PRACY;;;;;;\nBezrobotni ogółem;10;562;608;483;483;485\n\
        Bezrobotni długotrwale ogółem;11;287;327;279;279;280\nBezrobotni ogółem z prawem do zasiłku;12;116;89;75;80;80\n";
    for (bytes, encoding) in
        [(printed.as_bytes().to_vec(), None), (windows_1250(printed), Some(Encoding::Windows1250))]
    {
        let partial = FormOptions { rows: Some(Rows::Partial), encoding, ..FormOptions::default() };
        let reading = read("drobin.csv", &bytes, &partial).unwrap();
        assert!(reading.violations.is_empty(), "{}", messages(&reading));
        assert_eq!(reading.form.year, Year::new(2014).ok());
        assert_eq!(reading.form.entry(&row(8), Column::YearMinus2), Entry::Value(2_825.0));
        assert_eq!(reading.form.entry(&row(10), Column::Forecast2), Entry::Value(485.0));
    }
    let complete = read("drobin.csv", printed.as_bytes(), &FormOptions::default()).unwrap();
    assert_eq!(rules(&complete), ["missing_row"; 11], "rows 13 to 24 but the text row 22");
    let wrong = read("drobin.csv", &windows_1250(printed), &FormOptions::default()).unwrap_err().to_string();
    assert!(wrong.contains("windows-1250"), "{wrong}");
}

fn windows_1250(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'Ó' => 0xd3,
        'Ł' => 0xa3,
        'ł' => 0xb3,
        'ó' => 0xf3,
        'Ń' => 0xd1,
        'ń' => 0xf1,
        'Ę' => 0xca,
        'ę' => 0xea,
        'Ż' => 0xaf,
        'Ź' => 0x8f,
        'ś' => 0x9c,
        'Ś' => 0x8c,
        _ => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// Row and column of the file, from 1, and the rule.
type Planted = (usize, usize, &'static str);

/// A form with twelve different faults and, by file row and column from 1, where they stand.
fn twelve_faults() -> (Vec<Vec<String>>, Vec<Planted>) {
    let lines = [
        "Formularz;ozps_2041;;;;;",
        "Jednostka (kod TERYT);9916033;;;;;",
        "Rok oceny;2014;;;;;",
        "2. Dane o sytuacji demograficznej i społecznej;;;;;;",
        "Wiersz;Wyszczególnienie;2012;2031;2014;2015 (prognoza);2016 (prognoza)",
        "1;Mieszkańcy ogółem;100;100;100;;",
        "2;Kobiety ogółem;60;60;61;;",
        "3;Kobiety wiek 0-17;20;20;20;;",
        "4;Kobiety wiek 18-59;30;30;31;;",
        "5;Kobiety wiek 60 lat i więcej;10;10;10;;",
        "6;Mężczyźni ogółem;40;40;40;;",
        "7;Mężczyźni wiek 18-64;10;10;10;;",
        "8;Mężczyźni wiek 18-64;20;dwadzieścia;20;;",
        "9;Mężczyźni wiek 65 lat i więcej;10;10;10;;",
        "10;Bezrobotni ogółem;15;15;15;;",
        "11;Bezrobotni długotrwale ogółem;16;5;-5;;",
        "12;Bezrobotni ogółem z prawem do zasiłku;2,5;3;3;;",
        "13;Liczba mieszkań komunalnych w zasobie gminy;7;-;7;;",
        "14;Liczba wniosków złożonych na mieszkanie komunalne z zasobów gminy;1;1;1;;",
        "14;Liczba wniosków złożonych na mieszkanie komunalne z zasobów gminy;2;2;2;;",
        "15;w tym z wiersza 13: Liczba mieszkań socjalnych (lokali);3;3;3;;",
        "16;Liczba oczekujących na mieszkanie socjalne;1;1;1;;",
        "17;Liczba wyroków eksmisyjnych bez wskazania lokalu socjalnego;0;0;0;;",
        "18;Liczba żłobków;1;1;1;;",
        "19;Liczba opiekunów dziennych do dzieci;1;1;1;;",
        "20;Liczba miejsc w żłobkach;30;30;30;;",
        "21;Liczba dzieci, którym nie przyznano miejsc w żłobku;.;x;3;;",
        "22;Powody nie przyznania miejsca w żłobku;;;brak miejsc;;",
        "23;Liczba przedszkoli;4;4;4;;",
        "77;Liczba świetlic;1;1;1;;",
    ];
    let rows = lines.iter().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    let faults = vec![
        (1, 2, "unknown_edition"),
        (2, 2, "wrong_unit"),
        (5, 4, "wrong_year"),
        (6, 5, "sum"),
        (12, 0, "wrong_label"),
        (13, 4, "not_a_number"),
        (15, 3, "at_most"),
        (16, 5, "negative"),
        (17, 3, "fraction"),
        (18, 4, "undefined_sign"),
        (20, 0, "duplicate_row"),
        (30, 0, "unknown_row"),
        (0, 0, "missing_row"),
    ];
    (rows, faults)
}

fn places(reading: &Reading) -> Vec<(usize, String, &'static str)> {
    let place = |violation: &diagnoza_core::resources::form::Violation| violation.place.clone().unwrap();
    reading.violations.iter().map(|v| (place(v).row, place(v).column, v.rule())).collect()
}

#[test]
fn a_form_with_a_dozen_faults_reports_all_of_them_by_place_in_csv_and_xlsx() {
    let (rows, faults) = twelve_faults();
    let distinct: std::collections::BTreeSet<&str> = faults.iter().map(|fault| fault.2).collect();
    assert!(distinct.len() >= 12);
    let text: String = rows.iter().map(|cells| cells.join(";") + "\n").collect();
    let number = |column: usize| if column == 0 { String::new() } else { column.to_string() };
    let reading = read("form.csv", text.as_bytes(), &FormOptions::default()).unwrap();
    let expected: Vec<_> = faults.iter().map(|&(row, column, rule)| (row, number(column), rule)).collect();
    assert_eq!(places(&reading), expected, "{}", messages(&reading));

    let letter = |column: usize| ["", "A", "B", "C", "D", "E", "F", "G"][column].to_owned();
    let dotted = |cells: &Vec<String>| cells.iter().map(|cell| cell.replace("2,5", "2.5")).collect();
    let book = workbook(&[("Rozdział 2", rows.iter().map(dotted).collect())]);
    let reading = read("form.xlsx", &book, &FormOptions::default()).unwrap();
    let expected: Vec<_> = faults.iter().map(|&(row, column, rule)| (row, letter(column), rule)).collect();
    assert_eq!(places(&reading), expected, "{}", messages(&reading));
    let sheets: Vec<_> =
        reading.violations.iter().filter_map(|v| v.place.as_ref().unwrap().sheet.clone()).collect();
    assert_eq!(sheets, ["Rozdział 2"; 12]);

    // what is right in it is read
    let at = |row_number, column| reading.form.entry(&row(row_number), column);
    assert_eq!(at(8, Column::Assessed), Entry::Value(20.0));
    assert_eq!(at(21, Column::YearMinus1), Entry::Missing(Missing::NotApplicable));
    assert_eq!(at(14, Column::Assessed), Entry::Value(1.0), "the first of two rows is kept");
    assert_eq!(at(22, Column::Assessed), Entry::Text("brak miejsc".to_owned()));
    let sum = reading.violations.iter().find(|v| v.rule() == "sum").unwrap();
    assert_eq!(sum.fault.numbers(), (Some(100.0), Some(101.0)));
    assert_eq!(
        sum.to_string(),
        "form.xlsx, sheet 'Rozdział 2', row 6, column E, chapter 2 row 1 'Mieszkańcy ogółem', 2014: \
         1=2+6 does not hold: the row says 100, the parts sum to 101"
    );
    let frame = violations_frame(&reading.violations, false).unwrap();
    assert_eq!((frame.height(), frame.width()), (13, 13));
}

#[test]
fn a_field_that_is_not_to_be_filled_and_figures_without_a_number() {
    let mut spec = edition("2014").unwrap().spec().clone();
    spec.name = "mine".to_owned();
    spec.chapters[0].rows[9].not_applicable = vec![Column::Forecast2];
    let own = FormOptions { edition: spec.check().ok(), ..FormOptions::default() };
    let text =
        "row,label,2012,2013,2014,2015,2016\n10,Bezrobotni,5,5,5,5,7\n,Bezrobotni,5,5,5,,\nilu,?,5,,,,\n";
    let reading = read("a.csv", text.as_bytes(), &FormOptions { rows: Some(Rows::Partial), ..own }).unwrap();
    assert_eq!(
        places(&reading),
        [
            (2, "7".to_owned(), "not_applicable"),
            (3, String::new(), "unnumbered_row"),
            (4, String::new(), "unknown_row")
        ]
    );
}

#[test]
fn signs_read_by_their_rules_and_the_rules_are_recorded() {
    let text = "row;2012;2013;2014\n17;0;.;-\n";
    let with = |symbols| {
        let options = FormOptions { symbols: Some(symbols), ..FormOptions::default() };
        let reading = read("a.csv", text.as_bytes(), &options).unwrap();
        assert_eq!(reading.form.symbols, symbols);
        let entries = [Column::YearMinus2, Column::YearMinus1, Column::Assessed]
            .map(|c| reading.form.entry(&row(17), c));
        (entries, rules(&reading).len())
    };
    let empty = Entry::Missing(Missing::NotReported);
    assert_eq!(with(Symbols::default()), ([Entry::Value(0.0), empty.clone(), empty], 1));
    let gus = Symbols { zero: ZeroRule::BelowUnit, dot: DotRule::Suppressed, dash: DashRule::Zero };
    let expected =
        [Entry::Missing(Missing::BelowUnit), Entry::Missing(Missing::Suppressed), Entry::Value(0.0)];
    assert_eq!(with(gus), (expected, 0));
}

#[test]
fn units_years_and_editions_of_file_and_caller_must_agree() {
    let text = |unit: &str, year: &str| {
        format!("Jednostka (kod TERYT);{unit};;\nRok oceny;{year};;\nrow;2012;2013;2014\n10;1;1;1\n")
    };
    let read_with = |text: String, options: FormOptions| read("a.csv", text.as_bytes(), &options).unwrap();
    let drobin = FormOptions { unit: "1419033".parse().ok(), ..FormOptions::default() };
    assert!(
        read_with(text("1419032", "2014"), drobin.clone()).violations.is_empty(),
        "the kind digit changes in time"
    );
    assert_eq!(rules(&read_with(text("1419043", "2014"), drobin.clone())), ["wrong_unit"]);
    assert_eq!(rules(&read_with(text("1419034", "2014"), FormOptions::default())), ["wrong_unit"]);
    assert_eq!(rules(&read_with(text("1419", "2014"), FormOptions::default())), ["wrong_unit"], "a powiat");
    let other_year = FormOptions { year: Year::new(2013).ok(), ..drobin };
    let wrong = read_with(text("1419033", "2014"), other_year);
    assert_eq!(rules(&wrong)[0], "wrong_year");
    // an edition known by name only cannot read, and says what to do
    let error =
        read("a.csv", text("1419033", "2019").as_bytes(), &FormOptions::default()).unwrap_err().to_string();
    assert!(error.contains("ozps_2017") && error.contains("edition file"), "{error}");
}

#[test]
fn long_tables_of_several_units_are_several_forms() {
    let text = "unit,row,year,value,state\n2816033,10,2012,5,\n2816033,10,2013,,suppressed\n2816033,10,2014,7,value\n\
                2816033,11,2015,3,\n1419033,10,2014,\"1,5\",\n1419033,10,2014,2,\n1419033,10,2041,2,\n1419033,10,2013,2,x\n\
                1419033,99,2013,2,\n";
    let year = FormOptions { year: Year::new(2014).ok(), ..FormOptions::default() };
    let readings = read_all("a.csv", text.as_bytes(), &year).unwrap();
    assert_eq!(readings.len(), 2);
    assert!(readings[0].violations.is_empty(), "{}", messages(&readings[0]));
    assert_eq!(readings[0].form.entry(&row(10), Column::YearMinus1), Entry::Missing(Missing::Suppressed));
    assert_eq!(readings[0].form.unit, "2816033".parse().ok());
    assert_eq!(
        rules(&readings[1]),
        ["fraction", "duplicate_row", "wrong_year", "not_a_number", "unknown_row"],
        "{}",
        messages(&readings[1])
    );
    let error = read("a.csv", text.as_bytes(), &year).unwrap_err().to_string();
    assert!(error.contains("2 forms"), "{error}");
}

#[test]
fn sheets_are_chapters_and_sheets_of_other_chapters_are_told() {
    let cells =
        |lines: &[&str]| lines.iter().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    let book = workbook(&[
        ("Objaśnienia", cells(&["Jak wypełniać"])),
        ("Rozdział 2", cells(&["Wiersz;Wyszczególnienie;2012;2013;2014", "10;Bezrobotni ogółem;5;5;5"])),
        ("Rozdział 7", cells(&["Wiersz;Wyszczególnienie;2012;2013;2014", "1;Wydatki;5;5;5"])),
    ]);
    let partial = FormOptions { rows: Some(Rows::Partial), ..FormOptions::default() };
    let reading = read("a.xlsx", &book, &partial).unwrap();
    assert_eq!(rules(&reading), ["unknown_row"]);
    let Fault::UnknownRow { got, partial, .. } = &reading.violations[0].fault else { unreachable!() };
    assert_eq!((got.as_str(), *partial), ("7:1", true));
    assert_eq!(reading.violations[0].place.as_ref().unwrap().sheet.as_deref(), Some("Rozdział 7"));
    assert!(
        reading.notes.contains(&Note::NoTable { sheet: "Objaśnienia".to_owned() }),
        "{:?}",
        reading.notes
    );
}

#[test]
fn files_that_hold_no_form_say_so() {
    for (bytes, says) in [
        (&b""[..], "empty"),
        (b"a;b;c\n1;2;3\n", "no row with the header of a form"),
        (b"PK\x03\x04", "not a readable xlsx"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"row;2012;2013;2014\n10;\"1;2;3\n", "closing"),
    ] {
        let message = read("a.csv", bytes, &FormOptions::default()).unwrap_err().to_string();
        assert!(message.starts_with("a.csv") && message.contains(says), "{message}");
    }
    let small = FormOptions { limits: Limits { rows: 2, ..Limits::default() }, ..FormOptions::default() };
    let message = read("a.csv", b"row;2012;2013\n1;1;1\n2;1;1\n3;1;1\n", &small).unwrap_err().to_string();
    assert!(message.contains("raise rows"), "{message}");
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        4 => (0_u32..100_000).prop_map(|n| Entry::Value(f64::from(n))),
        1 => Just(Entry::Missing(Missing::NotApplicable)),
        1 => Just(Entry::Missing(Missing::BelowUnit)),
        1 => Just(Entry::Missing(Missing::Suppressed)),
        1 => Just(Entry::default()),
    ]
}

fn filled(entries: &[Entry], text: &str) -> Form {
    let unit = "2816033".parse().unwrap();
    let mut form = Form::empty(edition("2014").unwrap(), unit, Year::new(2014).unwrap()).unwrap();
    form.unit_name = Some("Pisz".to_owned());
    let ids: Vec<RowId> = form.rows().map(|(id, _)| id).collect();
    for (n, entry) in entries.iter().enumerate() {
        let (id, column) = (&ids[n / 5], Column::ALL[n % 5]);
        let text = (id.row == 22).then(|| Entry::Text(text.to_owned()));
        form.set(id, column, text.unwrap_or_else(|| entry.clone())).unwrap();
    }
    form
}

fn structural(reading: &Reading) -> Vec<&'static str> {
    rules(reading).into_iter().filter(|rule| !matches!(*rule, "sum" | "at_most")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What a template writes the reader reads back; so does the CSV of the frame.
    #[test]
    fn templates_and_frames_read_back(entries in proptest::collection::vec(entry(), 120), text in "brak [a-ząęł;\"]{1,9} 4") {
        let form = filled(&entries, text.trim());
        let mut template = read("t.csv", form.template().unwrap().csv().as_bytes(), &FormOptions::default()).unwrap();
        prop_assert!(structural(&template).is_empty(), "{}", messages(&template));
        template.form.source = form.source.clone();
        prop_assert_eq!(&template.form, &form);
        let mut frame = read("f.csv", &csv(form_frame(&form, false).unwrap()), &FormOptions::default()).unwrap();
        prop_assert!(structural(&frame).is_empty(), "{}", messages(&frame));
        frame.form.source = form.source.clone();
        frame.form.unit_name.clone_from(&form.unit_name);
        prop_assert_eq!(&frame.form, &form);
    }

    #[test]
    fn the_reader_never_panics(text in "(row|Wiersz|value|2014|2013|Rok oceny|[0-9x.;,\n -]){0,60}") {
        let _ = read_all("a.csv", text.as_bytes(), &FormOptions::default());
    }
}

#[test]
fn an_empty_template_reads_back_empty_and_a_shifted_form_as_it_is() {
    let unit = "2816033".parse().unwrap();
    let empty = Form::empty(edition("2014").unwrap(), unit, Year::new(2014).unwrap()).unwrap();
    let reading = read("t.csv", empty.template().unwrap().csv().as_bytes(), &FormOptions::default()).unwrap();
    assert!(reading.violations.is_empty(), "{}", messages(&reading));
    assert!(
        reading
            .form
            .inputs(Column::Assessed)
            .iter()
            .all(|(_, cell)| *cell == Cell::Missing(Missing::NotReported))
    );
    let form = filled(&vec![Entry::Value(4.0); 120], "brak miejsc");
    let next = form.shift(edition("2014").unwrap(), Forecasts::Carry).form;
    let options = options();
    let reading = read("t.csv", next.template().unwrap().csv().as_bytes(), &options).unwrap();
    assert_eq!(reading.form.year, Year::new(2015).ok());
    assert_eq!(reading.form.entry(&row(10), Column::YearMinus1), Entry::Value(4.0));
    assert_eq!(reading.form.unit_kind, UnitKind::Gmina);
    assert!(reading.notes.iter().any(|note| note.to_string().contains("2015")), "{:?}", reading.notes);
    assert!(
        Form::empty(edition("2017").unwrap(), unit, Year::new(2018).unwrap()).unwrap().template().is_err()
    );
    assert_eq!(inputs_frame(&form, Column::Assessed).unwrap().height(), 23);
}
