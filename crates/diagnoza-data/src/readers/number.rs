use serde::{Deserialize, Serialize};

/// The mark between the whole part and the fraction of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decimal {
    /// `1.5`
    #[default]
    #[serde(rename = ".")]
    Point,
    /// `1,5`, as Polish spreadsheets and BDL write.
    #[serde(rename = ",")]
    Comma,
}

impl Decimal {
    const fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }
}

/// The finite number written in `text`, or what was expected there instead.
/// No thousands separators, no `NaN`, no `inf`: each of them hides a mistake.
pub(crate) fn parse(text: &str, decimal: Decimal) -> Result<f64, String> {
    if let Some(number) = plain(text, decimal) {
        return Ok(number);
    }
    let mark = decimal.mark();
    let spaceless: String = text.chars().filter(|c| !is_space(*c)).collect();
    let has_spaces = spaceless.len() != text.len();
    if has_spaces && (plain(&spaceless, decimal).is_some() || plain(&spaceless, decimal.other()).is_some()) {
        return Err(format!("a number without spaces between thousands: write {spaceless}"));
    }
    if plain(text, decimal.other()).is_some() {
        let other = decimal.other();
        return Err(format!(
            "a number with a decimal {}: a decimal {} was found, use '{mark}' or declare decimal = \"{}\"",
            decimal.word(),
            other.word(),
            other.mark()
        ));
    }
    let digits_and_marks = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ",.' ".contains(c));
    if digits_and_marks {
        return Err(format!(
            "a number without separators between thousands and with '{mark}' before the fraction"
        ));
    }
    Err("a number".to_owned())
}

/// As [`parse`] with a decimal point, in files whose mark is not for the caller to declare.
pub(crate) fn parse_point(text: &str) -> Result<f64, String> {
    if plain(text, Decimal::Point).is_none() && plain(text, Decimal::Comma).is_some() {
        return Err("a number with a decimal point: a decimal comma was found".to_owned());
    }
    parse(text, Decimal::Point)
}

/// Spaces people put between thousands, the ones that do not break included.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Sign, digits, at most one mark followed by digits, at most one exponent.
fn plain(text: &str, decimal: Decimal) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)));
    let mantissa_fits = match mantissa.split_once(decimal.mark()) {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa),
    };
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    let number: f64 = text.replace(decimal.mark(), ".").parse().ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_with_the_declared_mark() {
        let cases = [
            ("0", Decimal::Point, 0.0),
            ("-2.5", Decimal::Point, -2.5),
            ("1e3", Decimal::Point, 1000.0),
            ("767,87", Decimal::Comma, 767.87),
        ];
        for (text, decimal, number) in cases {
            let read = parse(text, decimal).unwrap();
            assert!((read - number).abs() < f64::EPSILON, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        let cases = [
            ("1,5", Decimal::Point, "a decimal comma was found"),
            ("1.5", Decimal::Comma, "a decimal point was found"),
            ("12 345", Decimal::Point, "write 12345"),
            ("12\u{a0}345,5", Decimal::Comma, "write 12345,5"),
            ("12,345.5", Decimal::Point, "separators between thousands"),
            ("NaN", Decimal::Point, "a number"),
            ("inf", Decimal::Point, "a number"),
            ("1e999", Decimal::Point, "a number"),
            ("", Decimal::Point, "a number"),
            ("about 5", Decimal::Point, "a number"),
            ("0x10", Decimal::Point, "a number"),
        ];
        for (text, decimal, says) in cases {
            let why = parse(text, decimal).unwrap_err();
            assert!(why.contains(says), "{text}: {why}");
        }
        let why = parse_point("1,5").unwrap_err();
        assert!(why.contains("a decimal comma was found") && !why.contains("declare"), "{why}");
        assert!((parse_point("1.5").unwrap() - 1.5).abs() < f64::EPSILON);
    }
}
