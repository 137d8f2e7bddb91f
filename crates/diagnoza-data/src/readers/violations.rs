use super::{ReadError, Violation};

/// Longest piece of a cell that a message repeats, in characters.
pub(crate) const SHOWN: usize = 60;

/// Collects what is wrong in one file, so that one run lists all of it.
pub(crate) struct Violations {
    file: String,
    cap: usize,
    found: Vec<Violation>,
    more: usize,
}

impl Violations {
    pub(crate) fn new(file: &str, cap: usize) -> Self {
        Self { file: file.to_owned(), cap: cap.max(1), found: Vec::new(), more: 0 }
    }

    /// Notes a violation in a text or Parquet file.
    pub(crate) fn push(&mut self, row: usize, column: &str, got: &str, expected: impl Into<String>) {
        self.push_in(None, row, column, got, expected);
    }

    /// Notes a violation in a sheet of a workbook.
    pub(crate) fn push_in(
        &mut self,
        sheet: Option<&str>,
        row: usize,
        column: &str,
        got: &str,
        expected: impl Into<String>,
    ) {
        if self.found.len() >= self.cap {
            self.more += 1;
            return;
        }
        self.found.push(Violation {
            file: self.file.clone(),
            sheet: sheet.map(str::to_owned),
            row,
            column: shown(column),
            got: shown(got),
            expected: expected.into(),
        });
    }

    /// Whether nothing was found so far.
    pub(crate) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// An error if anything was found.
    pub(crate) fn into_result(self) -> Result<(), ReadError> {
        if self.found.is_empty() {
            return Ok(());
        }
        Err(ReadError::Violations { file: self.file, violations: self.found, more: self.more })
    }
}

/// The error of a file of which only one thing can be said, as of a header that is none.
pub(crate) fn refusal(
    file: &str,
    row: usize,
    column: &str,
    got: &str,
    expected: impl Into<String>,
) -> ReadError {
    let mut violations = Violations::new(file, 1);
    violations.push(row, column, got, expected);
    ReadError::Violations { file: violations.file, violations: violations.found, more: 0 }
}

/// The text without control characters, cut to a length that fits a message.
pub(crate) fn shown(text: &str) -> String {
    let mut clean: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        clean.push('\u{2026}');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_past_the_cap_are_counted() {
        let mut violations = Violations::new("a.csv", 2);
        for row in 2..7 {
            violations.push(row, "year", "x", "a year");
        }
        let error = violations.into_result().unwrap_err();
        assert_eq!(error.violations().len(), 2);
        let text = error.to_string();
        assert!(text.starts_with("a.csv: 5 violations\n"), "{text}");
        assert!(text.ends_with("and 3 more"), "{text}");
    }

    #[test]
    fn long_and_unprintable_cells_are_shortened() {
        assert_eq!(shown("a\0b"), "a\u{fffd}b");
        assert_eq!(shown(&"x".repeat(1000)).chars().count(), SHOWN + 1);
    }
}
