use diagnoza_core::resources::form::{Content, Entry, Fault, Sign, Symbols};

use super::grid::Raw;
use crate::readers::number::{Decimal, parse};
use crate::readers::violations::shown;

/// What a field of a row says, or what is wrong with it.
pub(super) fn entry(raw: Option<&Raw>, content: Content, symbols: Symbols) -> Result<Entry, Fault> {
    let Some(raw) = raw else { return Ok(Entry::default()) };
    let text = raw.text();
    match symbols.sign(&text) {
        Some(Sign::Means(entry)) => return Ok(entry),
        Some(Sign::Dash) if content != Content::Text => return Err(Fault::UndefinedSign { got: text }),
        Some(Sign::Dash) | None => {}
    }
    if content == Content::Text {
        return Ok(Entry::Text(text));
    }
    let number = match raw {
        Raw::Number(number) if number.is_finite() => Some(*number),
        Raw::Number(_) => None,
        Raw::Text(text) => of_text(text.trim()),
    };
    match number {
        Some(number) if number.abs() < f64::MIN_POSITIVE => Ok(symbols.zero(content)),
        Some(number) => Ok(Entry::Value(number)),
        None => Err(Fault::NotANumber { got: shown(&text), expected: "a number".to_owned() }),
    }
}

/// A number with either decimal mark; thousands may stand in groups of three, as forms print them.
pub(super) fn of_text(text: &str) -> Option<f64> {
    let joined = joined_groups(text);
    let text = joined.as_deref().unwrap_or(text);
    parse(text, Decimal::Comma).or_else(|_| parse(text, Decimal::Point)).ok()
}

/// `9 187` as `9187`; `None` unless spaces stand exactly between groups of three digits.
fn joined_groups(text: &str) -> Option<String> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let whole = text.split([',', '.']).next()?;
    let unsigned = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let mut groups = unsigned.split(is_space);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|group| (1..4).contains(&group.len()) && digits(group))?;
    let rest: Vec<&str> = groups.collect();
    let fits =
        !first.is_empty() && !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && digits(group));
    fits.then(|| text.chars().filter(|c| !is_space(*c)).collect())
}

#[cfg(test)]
mod tests {
    use diagnoza_core::observation::Missing;

    use super::*;

    fn read(text: &str, content: Content) -> Result<Entry, Fault> {
        entry(Some(&Raw::Text(text.to_owned())), content, Symbols::default())
    }

    #[test]
    fn numbers_read_as_forms_write_them() {
        for (text, value) in [
            ("8279", 8_279.0),
            ("9 187", 9_187.0),
            ("1\u{a0}234\u{a0}567,5", 1_234_567.5),
            ("-3", -3.0),
            ("12.5", 12.5),
            ("0,5", 0.5),
        ] {
            assert_eq!(read(text, Content::Decimal(1)), Ok(Entry::Value(value)), "{text}");
        }
        for text in ["91 87", "9 1870", "ok. 5", "1,2,3", "NaN", "inf", "5%", "9  187", "1 234 5"] {
            assert!(matches!(read(text, Content::Whole), Err(Fault::NotANumber { .. })), "{text}");
        }
    }

    #[test]
    fn signs_and_texts() {
        assert_eq!(read("0", Content::Whole), Ok(Entry::Value(0.0)));
        assert_eq!(read("0,0", Content::Decimal(1)), Ok(Entry::Missing(Missing::BelowUnit)));
        assert_eq!(read("x", Content::Whole), Ok(Entry::Missing(Missing::NotApplicable)));
        assert_eq!(read(".", Content::Whole), Ok(Entry::Missing(Missing::NotReported)));
        assert!(matches!(read("-", Content::Whole), Err(Fault::UndefinedSign { .. })));
        assert_eq!(read("brak miejsc: 4", Content::Text), Ok(Entry::Text("brak miejsc: 4".to_owned())));
        assert_eq!(
            entry(Some(&Raw::Number(4.0)), Content::Text, Symbols::default()),
            Ok(Entry::Text("4".to_owned()))
        );
        assert_eq!(entry(None, Content::Whole, Symbols::default()), Ok(Entry::default()));
    }
}
