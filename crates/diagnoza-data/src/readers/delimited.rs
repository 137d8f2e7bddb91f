use csv::StringRecord;
use serde::{Deserialize, Serialize};

use super::violations::{SHOWN, Violations, shown};
use super::{Limits, ReadError};

/// The character between the cells of a text table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// `,`
    #[serde(rename = ",")]
    Comma,
    /// `;`, as Polish spreadsheets and BDL write.
    #[serde(rename = ";")]
    Semicolon,
    /// Tab.
    #[serde(rename = "\t")]
    Tab,
}

impl Delimiter {
    const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The candidate that stands most often in the header outside quotes; the comma if none does.
    fn of_header(text: &str) -> Self {
        let mut counts = [0_usize; 3];
        let mut quoted = false;
        for byte in text.trim_start().bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => break,
                _ if quoted => {}
                _ => {
                    for (count, candidate) in counts.iter_mut().zip(Self::ALL) {
                        *count += usize::from(byte == candidate.byte());
                    }
                }
            }
        }
        let mut best = (0, Self::Comma);
        for (count, candidate) in counts.into_iter().zip(Self::ALL) {
            if count > best.0 {
                best = (count, candidate);
            }
        }
        best.1
    }
}

/// A text table being read: its header, then record by record with the row of each.
pub(crate) struct Delimited<'t> {
    file: &'t str,
    text: &'t [u8],
    reader: csv::Reader<&'t [u8]>,
    /// Byte and row up to which line ends were counted.
    counted: (usize, usize),
    rows: usize,
    max_rows: usize,
    pub(crate) delimiter: Delimiter,
    /// Trimmed names, without the empty one that a trailing delimiter makes.
    pub(crate) header: Vec<String>,
    pub(crate) header_row: usize,
    trailing: bool,
}

impl<'t> Delimited<'t> {
    pub(crate) fn open(
        file: &'t str,
        text: &'t str,
        delimiter: Option<Delimiter>,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        if text.trim().is_empty() {
            return Err(ReadError::Empty { file: file.to_owned() });
        }
        let delimiter = delimiter.unwrap_or_else(|| Delimiter::of_header(text));
        limits.check_width(file, text, delimiter.byte())?;
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table = Self {
            file,
            text: text.as_bytes(),
            reader,
            counted: (0, 1),
            rows: 0,
            max_rows: limits.rows,
            delimiter,
            header: Vec::new(),
            header_row: 1,
            trailing: false,
        };
        let mut record = StringRecord::new();
        table.header_row = table.read(&mut record)?.unwrap_or(1);
        table.header = record.iter().map(|name| name.trim().to_owned()).collect();
        table.trailing = table.header.len() > 1 && table.header.last().is_some_and(String::is_empty);
        if table.trailing {
            table.header.pop();
        }
        Ok(table)
    }

    /// Reads the next record and returns its row, or `None` after the last.
    /// A record with more or fewer cells than the header is noted and passed over.
    pub(crate) fn next(
        &mut self,
        record: &mut StringRecord,
        violations: &mut Violations,
    ) -> Result<Option<usize>, ReadError> {
        loop {
            let Some(row) = self.next_of_any_width(record)? else {
                return Ok(None);
            };
            let width = self.header.len();
            let closes = record.len() == width + 1 && self.trailing && record.get(width) == Some("");
            if record.len() == width || closes {
                return Ok(Some(row));
            }
            let cells: Vec<&str> = record.iter().take(SHOWN).collect();
            let got = shown(&cells.join(&char::from(self.delimiter.byte()).to_string()));
            let expected = format!(
                "{width} cells as in the header, found {}: look for a missing, doubled or unquoted delimiter",
                record.len()
            );
            violations.push(row, "(whole row)", &got, expected);
        }
    }

    /// Reads the next record, however many cells it has, and returns its row, or `None` after the last.
    pub(crate) fn next_of_any_width(
        &mut self,
        record: &mut StringRecord,
    ) -> Result<Option<usize>, ReadError> {
        let Some(row) = self.read(record)? else {
            return Ok(None);
        };
        self.rows += 1;
        if self.rows > self.max_rows {
            return Err(ReadError::TooLarge {
                file: self.file.to_owned(),
                what: "the rows of the table",
                limit: self.max_rows as u64,
                setting: "rows",
            });
        }
        Ok(Some(row))
    }

    /// The error for a table without rows.
    pub(crate) fn no_rows(&self) -> ReadError {
        ReadError::NoRows { file: self.file.to_owned(), header: shown(&self.header.join(", ")) }
    }

    fn read(&mut self, record: &mut StringRecord) -> Result<Option<usize>, ReadError> {
        let more = self
            .reader
            .read_record(record)
            .map_err(|error| ReadError::Frame { file: self.file.to_owned(), why: error.to_string() })?;
        if !more {
            return Ok(None);
        }
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let row = self.row_of(start);
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        if end >= self.text.len() {
            self.check_last_quote(start, row)?;
        }
        Ok(Some(row))
    }

    /// Row of the record that begins at `start`. The tokeniser's own line count is one
    /// behind after CRLF, and empty lines, which it passes over, count for a person.
    fn row_of(&mut self, start: usize) -> usize {
        let (mut at, mut row) = self.counted;
        while let Some(&byte) = self.text.get(at) {
            let ends_line = byte == b'\n' || byte == b'\r' && self.text.get(at + 1) != Some(&b'\n');
            let breaks = matches!(byte, b'\n' | b'\r');
            if at >= start && !breaks {
                break;
            }
            row += usize::from(ends_line);
            at += 1;
        }
        self.counted = (at, row);
        row
    }

    /// A quote that is opened and never closed swallows the rest of the file in silence.
    fn check_last_quote(&self, start: usize, row: usize) -> Result<(), ReadError> {
        let last = self.text.get(start..).unwrap_or_default();
        let quotes = last.iter().filter(|&&b| b == b'"').count();
        if quotes % 2 == 0 {
            return Ok(());
        }
        let mut violations = Violations::new(self.file, 1);
        let got = String::from_utf8_lossy(last.get(..last.len().min(400)).unwrap_or_default());
        let expected = "a closing '\"' for every opening one: the file is cut off or a quote is missing";
        violations.push(row, "(whole row)", &got, expected);
        violations.into_result()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(text: &str) -> Vec<usize> {
        let mut table = Delimited::open("a.csv", text, None, &Limits::default()).unwrap();
        let mut violations = Violations::new("a.csv", 10);
        let mut record = StringRecord::new();
        let mut rows = Vec::new();
        while let Some(row) = table.next(&mut record, &mut violations).unwrap() {
            rows.push(row);
        }
        violations.into_result().unwrap();
        rows
    }

    #[test]
    fn rows_are_counted_as_a_person_counts_them() {
        assert_eq!(rows_of("a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(rows_of("a,b\r\n1,2\r\n3,4"), [2, 3]);
        assert_eq!(rows_of("a,b\r1,2\r3,4"), [2, 3]);
        assert_eq!(rows_of("a;b\n\n1;2\n\n\n3;4\n"), [3, 6]);
        assert_eq!(rows_of("a;b;\r\n1;2;\r\n3;4;\r\n"), [2, 3]);
        assert_eq!(rows_of("a,b\n\"x\ny\",2\n3,4\n"), [2, 4]);
    }

    #[test]
    fn the_delimiter_is_read_off_the_header() {
        for (header, delimiter) in [
            ("a,b;c,d\n", Delimiter::Comma),
            ("\"a,b,c\";d\n", Delimiter::Semicolon),
            ("a\tb\n1,5\t2,5", Delimiter::Tab),
            ("alone\n1", Delimiter::Comma),
        ] {
            assert_eq!(Delimiter::of_header(header), delimiter, "{header}");
        }
    }

    #[test]
    fn ragged_rows_and_open_quotes_are_named() {
        let mut table = Delimited::open("a.csv", "a,b\n1,2,3\n1\n1,2\n", None, &Limits::default()).unwrap();
        let mut violations = Violations::new("a.csv", 10);
        let mut record = StringRecord::new();
        assert_eq!(table.next(&mut record, &mut violations).unwrap(), Some(4));
        let message = violations.into_result().unwrap_err().to_string();
        assert!(message.contains("row 2") && message.contains("found 3"), "{message}");
        assert!(message.contains("row 3") && message.contains("found 1"), "{message}");

        let mut table = Delimited::open("a.csv", "a,b\n1,\"2\n3,4\n", None, &Limits::default()).unwrap();
        let mut violations = Violations::new("a.csv", 10);
        let message = table.next(&mut record, &mut violations).unwrap_err().to_string();
        assert!(message.starts_with("a.csv, row 2, column (whole row)"), "{message}");
    }
}
