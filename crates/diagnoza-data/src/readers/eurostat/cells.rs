//! Values and flags. The letters are those of Eurostat's list before 27 January 2025 (`c`, `r`, `s`, `z` among them)
//! and of the two lists since: status `b d e f i m n p u`, confidentiality `C N P`.

use diagnoza_core::observation::{Missing, Year};

use crate::readers::number;

const FLAGS: &str = "bcdefimnprsuzCNP";
const CONFIDENTIAL: [char; 4] = ['c', 'C', 'N', 'P'];

/// One observation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Observed {
    pub(super) value: Option<f64>,
    pub(super) flags: String,
    pub(super) missing: Option<Missing>,
}

impl Observed {
    /// Whether a number stands beside a flag that says it is withheld.
    pub(super) fn is_contradictory(&self) -> bool {
        self.value.is_some() && self.flags.contains(CONFIDENTIAL)
    }
}

/// A cell of a TSV file: value, space, flags; `123 b`, `: c`, `:z`, `0.5e`, `: @C`.
pub(super) fn tsv(cell: &str) -> Result<Observed, String> {
    let cell = cell.trim();
    if let Some((value, flags)) = cell.split_once(char::is_whitespace) {
        return observed(value, flags);
    }
    let letter = |c: char| c.is_ascii_alphabetic() || c == '@';
    let flags = cell.len() - cell.trim_end_matches(letter).len();
    match cell.split_at_checked(cell.len() - flags) {
        Some((value, flags)) if !value.is_empty() || flags.starts_with('@') => observed(value, flags),
        _ => observed(cell, ""),
    }
}

/// A value and its flags in cells of their own; the value is empty, or `NaN`, where there is none.
pub(super) fn sdmx(value: &str, status: &str, confidentiality: &str) -> Result<Observed, String> {
    let value = if value.trim() == "NaN" { "" } else { value.trim() };
    observed(value, &format!("{status} {confidentiality}"))
}

fn observed(value: &str, flags: &str) -> Result<Observed, String> {
    let flags: String =
        flags.chars().filter(|c| !c.is_whitespace() && !matches!(c, '@' | ',' | ';')).collect();
    if let Some(other) = flags.chars().find(|&flag| !FLAGS.contains(flag)) {
        return Err(format!("a number or ':' and flags of Eurostat (the letters {FLAGS}), found '{other}'"));
    }
    if matches!(value, "" | ":") {
        let why = if flags.contains(CONFIDENTIAL) {
            Missing::Suppressed
        } else if flags.contains(['z', 'm']) {
            Missing::NotApplicable
        } else {
            Missing::NotReported
        };
        return Ok(Observed { value: None, flags, missing: Some(why) });
    }
    let number = number::parse_point(value).map_err(|why| format!("{why}, or ':' where there is none"))?;
    if number.abs() < f64::MIN_POSITIVE && flags.contains('n') {
        return Ok(Observed { value: None, flags, missing: Some(Missing::BelowUnit) });
    }
    Ok(Observed { value: Some(number), flags, missing: None })
}

/// Year of a period: `2014`, `2014-Q1`, `2014Q1`, `2014-03`, `2014M03`, `2014-W05`, `2014-01-31`.
pub(super) fn year(period: &str) -> Result<i32, String> {
    let (year, rest) = period.split_at_checked(4).unwrap_or((period, ""));
    let year = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse::<Year>().ok()).flatten();
    let part = |rest: &str| {
        rest.len() <= 6
            && rest.ends_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || b"-QSMWDHT".contains(&b))
            && !rest.starts_with(|c: char| c.is_ascii_digit())
    };
    match year {
        Some(year) if rest.is_empty() || part(rest) => Ok(i32::from(year.get())),
        _ => Err("a period such as 2014, 2014-Q1 or 2014-03".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Option<f64>, String, Option<Missing>) {
        let observed = tsv(cell).unwrap();
        (observed.value, observed.flags, observed.missing)
    }

    #[test]
    fn cells_of_tsv_follow_the_conventions_of_eurostat() {
        let none = |flags: &str, why| (None, flags.to_owned(), Some(why));
        let number = |value, flags: &str| (Some(value), flags.to_owned(), None);
        assert_eq!(read("19613892 "), number(19_613_892.0, ""));
        assert_eq!(read("123 b"), number(123.0, "b"));
        assert_eq!(read("19532513 ep"), number(19_532_513.0, "ep"));
        assert_eq!(read("0.5e"), number(0.5, "e"));
        assert_eq!(read("-2.1 bp"), number(-2.1, "bp"));
        assert_eq!(read("1e3"), number(1000.0, ""));
        assert_eq!(read("0 z"), number(0.0, "z"));
        assert_eq!(read("0"), number(0.0, ""));
        assert_eq!(read("0 n"), none("n", Missing::BelowUnit));
        assert_eq!(read(": "), none("", Missing::NotReported));
        assert_eq!(read(""), none("", Missing::NotReported));
        assert_eq!(read(": u"), none("u", Missing::NotReported));
        assert_eq!(read(": c"), none("c", Missing::Suppressed));
        assert_eq!(read(":c"), none("c", Missing::Suppressed));
        assert_eq!(read(": @C"), none("C", Missing::Suppressed));
        assert_eq!(read(": e@N"), none("eN", Missing::Suppressed));
        assert_eq!(read(":z"), none("z", Missing::NotApplicable));
        assert_eq!(read(": m"), none("m", Missing::NotApplicable));
        assert!(tsv("7 c").unwrap().is_contradictory() && !tsv(": c").unwrap().is_contradictory());
    }

    #[test]
    fn sdmx_says_the_same_in_three_cells() {
        for (value, status, confidentiality, cell) in
            [("123", "b", "", "123 b"), ("", "", "C", ": @C"), ("NaN", "m", "", ": m"), (":", "", "", ":")]
        {
            assert_eq!(sdmx(value, status, confidentiality), tsv(cell), "{cell}");
        }
    }

    #[test]
    fn what_is_no_cell_says_why() {
        for (cell, says) in [
            ("12x", "found 'x'"),
            ("1 234", "found '2'"),
            ("1,5", "decimal comma"),
            ("abc", "a number"),
            ("c", "a number"),
            ("::", "a number"),
            ("12 q", "found 'q'"),
            ("NaN b", "a number"),
            ("--5", "a number"),
        ] {
            let why = tsv(cell).unwrap_err();
            assert!(why.contains(says), "{cell}: {why}");
        }
    }

    #[test]
    fn periods_begin_with_a_year() {
        for period in ["2014", "2014-Q1", "2014Q1", "2014-03", "2014M03", "2014-W05", "2014-S1", "2014-01-31"]
        {
            assert_eq!(year(period), Ok(2014), "{period}");
        }
        for period in ["", "201", "20145", "2014-", "2014 Q1", "abcd", "2014-Q1-Q2-Q3", "9999", "201ł"] {
            assert!(year(period).is_err(), "{period}");
        }
    }
}
