use std::io::{Cursor, Read, Write};

use diagnoza_data::readers::{Limits, ReadError, gus_projection};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::files::golden;

fn read(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    gus_projection::read("gmina.xlsx", bytes, "2816033".parse().unwrap(), None, limits).map(|_| ())
}

#[test]
fn truncated_workbooks_are_errors_with_the_name_of_the_file() {
    let bytes = golden("gus_2816033.xlsx");
    for length in (0..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        let message = read(&bytes[..length], &Limits::default()).unwrap_err().to_string();
        let says = if length == 0 { "is empty" } else { "not a readable xlsx workbook" };
        assert!(message.starts_with("gmina.xlsx: ") && message.contains(says), "{length}: {message}");
    }
}

/// A flipped byte is either noticed (a part no longer meets its checksum) or lies where
/// nothing is read from, and then the figures are the same.
#[test]
fn workbooks_with_a_flipped_byte_never_give_other_figures() {
    let bytes = golden("gus_2816033.xlsx");
    let teryt = "2816033".parse().unwrap();
    let limits = Limits::default();
    let intact = gus_projection::read("gmina.xlsx", &bytes, teryt, None, &limits).unwrap();
    let mut refused = 0;
    for at in (0..bytes.len()).step_by(61) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x55;
        match gus_projection::read("gmina.xlsx", &flipped, teryt, None, &limits) {
            Ok(book) => {
                assert!(book.population.equals_missing(&intact.population), "byte {at}");
                assert!(book.components.equals_missing(&intact.components), "byte {at}");
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().starts_with("gmina.xlsx: "), "byte {at}: {error}");
            }
        }
    }
    assert!(refused > 300, "{refused} refused");
}

#[test]
fn workbooks_that_unpack_past_the_limit_are_refused_before_they_are_read() {
    let bomb = golden("synthetic_bomb.xlsx");
    assert!(bomb.len() < 100_000);
    let limits = Limits { unpacked_bytes: 16 << 20, ..Limits::default() };
    let message = read(&bomb, &limits).unwrap_err().to_string();
    assert!(message.contains("gmina.xlsx: the unpacked bytes exceed the limit of 16777216"), "{message}");
}

#[test]
fn a_claim_of_billions_of_strings_is_refused() {
    let message = read(&golden("synthetic_claims_strings.xlsx"), &Limits::default()).unwrap_err().to_string();
    assert!(message.contains("claims more strings than it has bytes"), "{message}");
}

#[test]
fn a_stray_cell_at_the_end_of_the_sheet_costs_nothing() {
    let read = read(&golden("synthetic_far_cell.xlsx"), &Limits::default());
    let message = read.unwrap_err().to_string();
    // Column XFD of a year row is no year; the reader says so instead of filling 17 billion cells.
    assert!(message.contains("column XFD"), "{message}");
}

/// The parts of a workbook: name and unpacked bytes.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Checksums hide the parser from flipped bytes, so here the XML is damaged and packed anew.
#[test]
fn damaged_xml_with_right_checksums_is_read_or_refused_by_name() {
    let intact = parts(&golden("gus_2816033.xlsx"));
    assert!(read(&archive(&intact), &Limits::default()).is_ok());
    let mut refused = 0;
    let xml = |name: &str| name.ends_with(".xml") || name.ends_with(".rels");
    for (index, (_, content)) in intact.iter().enumerate().filter(|(_, (name, _))| xml(name)) {
        let step = (content.len() / 9).max(1);
        for (at, damage) in (0..content.len()).step_by(step).zip([b'<', b'"', b'9', 0xff].into_iter().cycle())
        {
            let mut damaged = intact.clone();
            damaged[index].1[at] = damage;
            if let Err(error) = read(&archive(&damaged), &Limits::default()) {
                refused += 1;
                assert!(
                    error.to_string().starts_with("gmina.xlsx: ") || !error.violations().is_empty(),
                    "{error}"
                );
            }
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn workbooks_without_a_needed_sheet_list_the_sheets_there_are() {
    let mut renamed = parts(&golden("gus_2816033.xlsx"));
    for (_, content) in &mut renamed {
        let text = String::from_utf8_lossy(content).replace("RUCH NATURALNY", "COŚ INNEGO");
        if std::str::from_utf8(content).is_ok() {
            *content = text.into_bytes();
        }
    }
    let message = read(&archive(&renamed), &Limits::default()).unwrap_err().to_string();
    assert!(
        message.starts_with("gmina.xlsx: no sheet titled 'RUCH NATURALNY")
            && message.contains("Tabl. 1, Tabl. 2, Tabl. 3"),
        "{message}"
    );
}
