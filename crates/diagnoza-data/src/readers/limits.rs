use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReadError;

/// How much a reader accepts, so that a wrong or hostile file ends in an error
/// and not in exhausted memory.
///
/// ```
/// use diagnoza_data::readers::Limits;
/// let limits = Limits { rows: 1_000, ..Limits::default() };
/// assert_eq!(limits.file_bytes, 256 * 1024 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file; 256 MiB by default.
    pub file_bytes: u64,
    /// Bytes the parts of a workbook, or the columns of a Parquet file, unpack to; 512 MiB.
    pub unpacked_bytes: u64,
    /// Rows of a table; 10 million.
    pub rows: usize,
    /// Filled cells of one sheet of a workbook, or cells of one row of a text; 5 million.
    pub cells: usize,
    /// Violations listed in an error, the rest are counted; 100.
    pub violations: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            unpacked_bytes: 512 << 20,
            rows: 10_000_000,
            cells: 5_000_000,
            violations: 100,
        }
    }
}

impl Limits {
    /// The file's bytes, of which no more than the limit are ever held.
    pub(crate) fn read_file(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        let file = path.display().to_string();
        let io = |source| ReadError::Io { file: file.clone(), source };
        let mut bytes = Vec::new();
        File::open(path)
            .map_err(io)?
            .take(self.file_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(io)?;
        self.check_file(&name_of(path), &bytes)?;
        Ok(bytes)
    }

    pub(crate) fn check_file(&self, file: &str, bytes: &[u8]) -> Result<(), ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty { file: file.to_owned() });
        }
        if bytes.len() as u64 > self.file_bytes {
            return Err(ReadError::TooLarge {
                file: file.to_owned(),
                what: "the bytes of the file",
                limit: self.file_bytes,
                setting: "file_bytes",
            });
        }
        Ok(())
    }

    pub(crate) fn check_rows(&self, file: &str, rows: usize) -> Result<(), ReadError> {
        if rows > self.rows {
            return Err(ReadError::TooLarge {
                file: file.to_owned(),
                what: "the rows of the table",
                limit: self.rows as u64,
                setting: "rows",
            });
        }
        Ok(())
    }

    /// A row of a text that never ends would be split into more cells than memory holds.
    pub(crate) fn check_width(&self, file: &str, text: &str, delimiter: u8) -> Result<(), ReadError> {
        let cells = |line: &str| 1 + line.bytes().filter(|&byte| byte == delimiter).count();
        if text.split(['\n', '\r']).any(|line| line.len() >= self.cells && cells(line) > self.cells) {
            return Err(ReadError::TooLarge {
                file: file.to_owned(),
                what: "the cells of a row",
                limit: self.cells as u64,
                setting: "cells",
            });
        }
        Ok(())
    }

    pub(crate) fn check_unpacked(&self, file: &str, bytes: u64) -> Result<(), ReadError> {
        if bytes > self.unpacked_bytes {
            return Err(ReadError::TooLarge {
                file: file.to_owned(),
                what: "the unpacked bytes",
                limit: self.unpacked_bytes,
                setting: "unpacked_bytes",
            });
        }
        Ok(())
    }
}

/// The name by which messages call the file at `path`.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_beyond_the_limit_and_absent_files_are_errors() {
        let small = Limits { file_bytes: 3, ..Limits::default() };
        assert!(small.check_file("a", b"abc").is_ok());
        let message = small.check_file("a.csv", b"abcd").unwrap_err().to_string();
        assert!(message.contains("a.csv") && message.contains("limit of 3"), "{message}");
        let narrow = Limits { cells: 3, ..Limits::default() };
        assert!(narrow.check_width("a", "a,b,c\n1,2,3\r1,2,3", b',').is_ok());
        let message = narrow.check_width("a.csv", "a\n1,2,3,4", b',').unwrap_err().to_string();
        assert!(message.contains("a.csv: the cells of a row exceed the limit of 3"), "{message}");
        let message = small.read_file(Path::new("no/such.csv")).unwrap_err().to_string();
        assert!(message.starts_with("no/such.csv: cannot be read"), "{message}");
    }
}
